import { type CodeNode, childOf, childrenOf } from "../../../facts/java/code.ts";
import type { LazyAccess } from "./associationLooks.ts";
import type { EntityValue } from "./entityValue.ts";
import type { EntityValues } from "./entityValues.ts";

/**
 * A mapper reads a dozen columns of its parameter: the first of them loads it. So with each of its associations, whatever way leads
 * there: handlers of a chain that hand a request on to one another would double the ways with each of them.
 */
export function oncePerParameter(accesses: readonly LazyAccess[]): readonly LazyAccess[] {
  const seen = new Set<string>();
  return accesses.filter(({ origin, path, each }) => {
    if (!("parameter" in origin)) return true;
    const key = `${origin.parameter} ${each} ${path.map(({ table, name }) => `${table}.${name}`).join(" ")}`;
    return !seen.has(key) && seen.add(key);
  });
}

/**
 * Whether looking into a parameter looks into the association that is handed over: a reference, a collection, or a list of references,
 * whose elements are what it loads. What came out of a collection is there.
 */
export function isLoadedBy({ origin, path, many, gathered }: EntityValue, { each }: LazyAccess): boolean {
  const last = path.at(-1);
  if (last === undefined) return "parameter" in origin;
  if (last.kind === "toOne") return !many || each !== undefined;
  return last.kind !== "embedded" && (many ? gathered !== true : last.container === "map");
}

export function lookedInto({ origin, path }: LazyAccess, parameters: readonly { readonly name: string }[]): string {
  if (path.length > 0 || !("parameter" in origin)) return path.map(({ name }) => name).join(".");
  return parameters[origin.parameter]?.name ?? "it";
}

/** An entity, or several, that a call gives away: by its place among the arguments. */
export interface Handed {
  readonly index: number;
  readonly value: EntityValue;
}

/** The entities that a call gives away: its arguments, the object that it is made on (-1), or what a stream gives a reference. */
export function handed(values: EntityValues, node: CodeNode): readonly Handed[] {
  if (node.kind === "reference") {
    const value = values.given(node);
    return value === undefined ? [] : [{ index: 0, value }];
  }
  const on = node.kind === "new" ? undefined : childOf(node, "receiver");
  const receiver = node.kind === "new" ? undefined : on === undefined ? values.own() : values.of(on);
  const given = childrenOf(node, "argument").map((argument, index) => ({ index, value: values.of(argument) }));
  return [{ index: -1, value: receiver }, ...given].flatMap(({ index, value }) => (value === undefined ? [] : [{ index, value }]));
}
