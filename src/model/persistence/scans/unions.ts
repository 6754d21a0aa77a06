import type { JpqlExpression, JpqlSelect } from "../../../syntax/jpql/jpqlAst.ts";
import { nodesOf } from "./expressionNodes.ts";

/** The selects that nothing but UNION joins; undefined where something else does. */
export function unionArms(select: JpqlSelect): readonly JpqlSelect[] | undefined {
  const { combined } = select;
  return combined.length > 0 && select.understood && combined.every(({ joinedBy }) => joinedBy === "union")
    ? [select, ...combined]
    : undefined;
}

/** Whether no two arms have a row in common: one of their columns is a constant in each, and another in each. */
export function areApart(arms: readonly JpqlSelect[]): boolean {
  // How many columns stand behind a star is not known here.
  if (arms.some(({ items }) => items.some(({ value }) => value.kind === "path" && value.parts.at(-1) === "*"))) return false;
  return (arms[0]?.items ?? []).some((_, i) => {
    const constants = arms.map(({ items }) => constantOf(items[i]?.value));
    const [first] = constants;
    // A text beside a number is read as a number.
    if (first === undefined || constants.some((one) => one?.sort !== first.sort)) return false;
    return new Set(constants.map((one) => one?.value)).size === constants.length;
  });
}

function constantOf(expression: JpqlExpression | undefined): { readonly sort: string; readonly value: string | number } | undefined {
  if (expression?.kind !== "literal" || expression.sort === "null") return undefined;
  const { sort, value } = expression;
  return { sort, value: sort === "number" ? Number(value) : value.toLowerCase() };
}

/**
 * What has to be unique for a select to give no row twice: the selected columns where it reads one table, "nothing" where its form says so
 * already, or that there is one row; undefined where nothing is known.
 */
export function uniqueOf({
  distinct,
  distinctOn,
  items,
  groupBy,
  from,
}: JpqlSelect): "nothing" | "one row" | readonly (readonly string[])[] | undefined {
  // A function may give several rows for one.
  if (!items.every(({ value }) => nodesOf(value).every(isOneValue))) return undefined;
  const paths = items.flatMap(({ value }) => (value.kind === "path" ? [value.parts] : []));
  if (distinct && !distinctOn) return "nothing";
  if (groupBy.length > 0) {
    const names = new Set(paths.map(nameOf));
    return groupBy.every((key) => key.kind === "path" && names.has(nameOf(key.parts))) ? "nothing" : undefined;
  }
  if (items.some(({ value }) => nodesOf(value).some((node) => node.kind === "call" && AGGREGATES.has(node.name)))) return "one row";
  return from.length === 1 && from[0]?.source.kind === "name" && paths.length > 0 ? paths : undefined;
}

const nameOf = (parts: readonly string[]): string => parts.join(".").toLowerCase();

const isOneValue = (node: JpqlExpression): boolean =>
  node.kind === "path" ||
  node.kind === "literal" ||
  node.kind === "parameter" ||
  (node.kind === "call" && node.cut !== true && PLAIN.has(node.name));

const AGGREGATES: ReadonlySet<string> = new Set(["count", "sum", "avg", "min", "max"]);
const PLAIN: ReadonlySet<string> = new Set([...AGGREGATES, "coalesce", "nullif", "lower", "upper", "cast", "concat", "trim"]);

/** Whether a list of values is looked up in the arms as in one: none of them is cut off. */
export const isLookedUpInArms = ({ limit, offset, distinctOn }: JpqlSelect): boolean =>
  limit === undefined && offset === undefined && !distinctOn;
