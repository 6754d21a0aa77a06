import type { JpqlExpression, JpqlSelect } from "../../../syntax/jpql/jpqlAst.ts";
import { functionOf, nodesOf } from "./expressionNodes.ts";
import type { Query } from "./query.ts";

/** `count(x) > 0`, also as `case when count(x) > 0 then true else false end`. */
export function countsOnly({ items, groupBy, combined, having }: JpqlSelect): boolean {
  const [item, ...others] = items;
  if (item === undefined || others.length > 0 || groupBy.length > 0 || combined.length > 0 || having !== undefined) return false;
  const [when, yes, no, ...more] = item.value.kind === "case" ? item.value.parts : [];
  const isBoolean =
    yes?.kind === "literal" && yes.sort === "boolean" && no?.kind === "literal" && no.sort === "boolean" && more.length === 0;
  const test = isBoolean ? when : item.value;
  if (test?.kind !== "compare" || test.left.kind !== "call" || test.left.name !== "count" || test.right.kind !== "literal") return false;
  return ["> 0", ">= 1", "<> 0", "= 0", "< 1"].includes(`${test.operator} ${test.right.value}`);
}

/** The table of which `select *` and `select t.*` give all columns and no others; undefined where it is none, or several. */
export function allColumnsOf({ items, from, combined }: JpqlSelect): string | undefined {
  const [item, ...others] = items;
  const parts = item?.value.kind === "path" && item.value.parts.at(-1) === "*" ? item.value.parts : undefined;
  if (parts === undefined || others.length > 0 || combined.length > 0 || (parts.length === 1 && from.length !== 1)) return undefined;
  const named = from.map(({ alias, source }) => ({ alias, name: source.kind === "name" ? source.parts.at(-1) : undefined }));
  const of = parts.at(-2)?.toLowerCase();
  return named.find(({ alias, name }) => of === undefined || (alias ?? name)?.toLowerCase() === of)?.name;
}

export function refreshes(text: string): Query["remarks"] {
  const [refresh, concurrently, view = ""] =
    /^\s*refresh\s+materialized\s+view\s+(concurrently\s+)?(?:"?[\w$]+"?\s*\.\s*)?"?([\w$]+)/i.exec(text) ?? [];
  if (refresh === undefined || /\bwith\s+no\s+data\b/i.test(text)) return [];
  return [{ kind: "refresh", view: view.toLowerCase(), concurrently: concurrently !== undefined }];
}

/** `t.kind`: of which rows have the same; a whole entity is another in each row. */
export const isColumn = (expression: JpqlExpression, language: "jpql" | "sql"): boolean =>
  expression.kind === "path" && !expression.parts.includes("*") && (language === "sql" || expression.parts.length > 1);

/** `count(x)`, also inside others: `coalesce(avg(x), 0)`. */
export function isAggregate(expression: JpqlExpression): boolean {
  return nodesOf(expression).some((inner) => inner.kind === "call" && AGGREGATES.has(inner.name));
}

/** Whether a select gives one row at most by its form: values without a table, aggregates of all rows, `limit 1`. */
export function isOneRow({ from, items, groupBy, combined, limit }: JpqlSelect): boolean {
  if (limit?.kind === "literal" && limit.value === "1") return true;
  const isWhole = ({ value }: JpqlSelect["items"][number]): boolean =>
    nodesOf(value).some((node) => node.kind === "call" && AGGREGATES.has(node.name) && node.cut !== true);
  return combined.length === 0 && (from.length === 0 || (groupBy.length === 0 && items.some(isWhole)));
}

/** The `t.createdAt` of `select max(t.createdAt)`, also as `coalesce(max(t.createdAt), :none)`, where nothing else is selected. */
export function extremeOf({ items, from, groupBy, combined, having }: JpqlSelect): readonly string[] | undefined {
  const [item, ...others] = items;
  if (item === undefined || others.length > 0 || from.length !== 1 || groupBy.length > 0 || combined.length > 0 || having !== undefined)
    return undefined;
  const [call, ...more] = nodesOf(item.value).filter((node) => node.kind === "call" && AGGREGATES.has(node.name));
  const isOuter = item.value === call || (item.value.kind === "call" && item.value.name === "coalesce" && item.value.args[0] === call);
  if (call?.kind !== "call" || more.length > 0 || !isOuter || !/^(?:min|max)$/.test(call.name) || call.cut === true) return undefined;
  const [value, ...rest] = call.args;
  return value?.kind === "path" && rest.length === 0 ? value.parts : undefined;
}

/** `random()`, MySQL's `rand()`, and JPQL's `function('random')`. */
export function isRandom(expression: JpqlExpression): boolean {
  if (expression.kind !== "call") return false;
  const name = functionOf(expression);
  return name === "random" || name === "rand";
}

export function limitOf({ limit }: JpqlSelect): Query["limit"] {
  if (limit === undefined) return "none";
  const rows = limit.kind === "literal" ? Number(limit.value) : Number.NaN;
  return Number.isFinite(rows) ? rows : "page";
}

const AGGREGATES: ReadonlySet<string> = new Set(["count", "sum", "avg", "min", "max"]);

/**
 * Whether fewer rows may come than the derived tables of a select read: `select … from (select …, row_number() over (…) as place from t)
 * where place = 1`. What tells which of their rows come is no column of a table.
 */
export function keepsSome({ from, where, named }: JpqlSelect): boolean {
  return from.some(({ source }) => {
    const [name = "", ...more] = source.kind === "name" ? source.parts : [];
    const derived =
      source.kind === "subquery"
        ? source.select
        : more.length > 0
          ? undefined
          : named.find((one) => one.name.toLowerCase() === name.toLowerCase())?.select;
    return derived !== undefined && (where !== undefined || keepsFew(derived));
  });
}

const keepsFew = (select: JpqlSelect): boolean =>
  select.groupBy.length > 0 || select.distinct || limitOf(select) !== "none" || keepsSome(select);
