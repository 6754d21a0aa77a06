import type { JpqlExpression, JpqlFrom, JpqlSelect, NamedSelect } from "../../../syntax/jpql/jpqlAst.ts";
import { nodesOf } from "./expressionNodes.ts";

/** A value that is asked of what `as materialized` has made, and the column of the table inside that has it. */
export interface MaterializedLook {
  readonly name: string;
  readonly table: string;
  readonly column: string;
}

/**
 * The values that a statement of SQL asks of its `as materialized`: only of those that are read once, whose rows are rows of one table,
 * and where a plain subquery would be asked the same inside. PostgreSQL takes no condition through the word.
 */
export function materializedLooks(statement: JpqlSelect): readonly MaterializedLook[] {
  const { named, from, where, combined } = statement;
  if (!named.some(({ materialized }) => materialized) || combined.length > 0 || !statement.understood) return [];
  const names = new Set(named.map(({ name }) => name.toLowerCase()));
  const read = [...sourcesOf(statement), ...named.flatMap(({ select }) => sourcesOf(select))];
  return named.flatMap((one): readonly MaterializedLook[] => {
    const table = one.materialized ? plainTable(one, names) : undefined;
    const uses = read.filter((source) => isNamed(source, one.name));
    const [use, ...others] = uses;
    if (table === undefined || use === undefined || others.length > 0 || !from.includes(use) || !isKept(use, from)) return [];
    const alias = (use.alias ?? one.name).toLowerCase();
    const asked = termsOf(where).flatMap((term) => askedColumn(term, alias, from.length === 1) ?? []);
    const [column] = asked.flatMap((name) => columnBehind(one.select, name) ?? []);
    return column === undefined ? [] : [{ name: one.name, table, column }];
  });
}

/** All sources of a select and of what is in it. */
function sourcesOf(select: JpqlSelect): readonly JpqlFrom[] {
  const { items, from, where, groupBy, having, orderBy, combined } = select;
  const expressions = [...[...items, ...orderBy].map(({ value }) => value), ...from.map(({ on }) => on), where, ...groupBy, having];
  const inner = expressions
    .flatMap(nodesOf)
    .flatMap((node) => (node.kind === "subquery" || node.kind === "exists" ? sourcesOf(node.select) : []));
  const derived = from.flatMap(({ source }) => (source.kind === "subquery" ? sourcesOf(source.select) : []));
  return [...from, ...inner, ...derived, ...combined.flatMap(sourcesOf)];
}

const isNamed = ({ source }: JpqlFrom, name: string): boolean =>
  source.kind === "name" && source.parts.length === 1 && source.parts[0]?.toLowerCase() === name.toLowerCase();

/** Joins that may add rows without it are left alone. */
const isKept = (use: JpqlFrom, from: readonly JpqlFrom[]): boolean =>
  (use === from[0] || use.join === "inner") && from.every(({ join }) => join !== "right" && join !== "full");

/** The table whose rows a select gives, each once and for itself: what is asked of them later could be asked of the table. */
function plainTable({ select }: NamedSelect, names: ReadonlySet<string>): string | undefined {
  const { distinct, groupBy, having, limit, offset, lock, combined, from, items, understood, orderBy } = select;
  const [first, ...more] = from;
  if (!understood || distinct || groupBy.length > 0 || having !== undefined || combined.length > 0 || orderBy.length > 0) return undefined;
  if (limit !== undefined || offset !== undefined || lock !== undefined || first?.source.kind !== "name" || more.length > 0)
    return undefined;
  // A function may count its calls, or wait.
  if (!items.every(({ value }) => nodesOf(value).every(isPlain))) return undefined;
  const table = first.source.parts.at(-1)?.toLowerCase() ?? "";
  return first.source.parts.length === 1 && names.has(table) ? undefined : table;
}

const isPlain = (node: JpqlExpression): boolean =>
  node.kind === "path" ||
  node.kind === "literal" ||
  (node.kind === "call" && node.cut !== true && /^(?:lower|upper|coalesce|cast)$/.test(node.name));

const termsOf = (where: JpqlExpression | undefined): readonly JpqlExpression[] =>
  where === undefined ? [] : where.kind === "and" ? where.terms : [where];

/** The column of an alias that a term compares with a value. */
function askedColumn(term: JpqlExpression, alias: string, alone: boolean): string | undefined {
  if (term.kind !== "compare" || term.operator !== "=") return undefined;
  const [path, value] = term.left.kind === "path" ? [term.left, term.right] : [term.right, term.left];
  if (path.kind !== "path" || (value.kind !== "parameter" && value.kind !== "literal")) return undefined;
  const [of, ...column] = path.parts;
  if (column.length === 0) return alone ? of?.toLowerCase() : undefined;
  return column.length === 1 && of?.toLowerCase() === alias ? column[0]?.toLowerCase() : undefined;
}

function columnBehind({ items }: JpqlSelect, name: string): string | undefined {
  const item = items.find(({ value, alias }) => (alias ?? lastOf(value))?.toLowerCase() === name);
  if (item !== undefined) return lastOf(item.value)?.toLowerCase();
  return items.some(({ value }) => lastOf(value) === "*") ? name : undefined;
}

const lastOf = (value: JpqlExpression): string | undefined => (value.kind === "path" ? value.parts.at(-1) : undefined);
