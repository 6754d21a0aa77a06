import type { Index, Table } from "../../schema/schema.ts";
import { isIndexable } from "./indexable.ts";
import type { Query, Scan, SortKey } from "./query.ts";

/** How a key of an index is ordered. */
export interface KeyDirection {
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

/** The sort keys of a query that brings the first rows only: an index in this order lets it stop there. */
export function sortOf(query: Query, scan: Scan, table: Table): readonly SortKey[] {
  if (query.kind !== "find" || query.scans.length > 1) return [];
  // PostgreSQL looks for a minimum as for the first row in that order, but not behind several values of a column.
  if (scan.extreme === undefined ? query.limit === "none" || query.aggregates : scan.tests.some(({ test }) => test === "in")) return [];
  if (scan.tests.some(({ test }) => test === "either" || test === "contains" || test === "like" || test === "other")) return [];
  if (scan.extreme !== undefined)
    return isIndexable(table.columns.get(scan.extreme)?.type ?? "json") ? [{ column: scan.extreme, descending: false }] : [];
  return scan.sort.every(({ column }) => table.columns.has(column)) ? scan.sort : [];
}

/** Sort keys behind those that tell all rows apart, with the columns that are given, decide nothing. */
export function untilUnique(sort: readonly SortKey[], given: readonly string[], indexes: readonly Index[]): readonly SortKey[] {
  const tellApart = (columns: readonly string[]): boolean =>
    indexes.some(
      ({ unique, predicate, keys }) =>
        unique &&
        predicate === undefined &&
        keys.length > 0 &&
        keys.every(({ column }) => column !== undefined && columns.includes(column)),
    );
  const enough = sort.findIndex((_, i) => tellApart([...given, ...sort.slice(0, i + 1).map(({ column }) => column)]));
  return enough < 0 ? sort : sort.slice(0, enough + 1);
}

/**
 * Whether rows with the given values come out in this order, read forwards or backwards: equality columns in any order, then the sort keys.
 * `wherever` NULL comes: PostgreSQL minds it in columns that are never NULL, too.
 */
export function inOrder({ keys }: Index, equal: readonly string[], sort: readonly SortKey[], wherever = false): boolean {
  let at = 0;
  while (at < keys.length && keys[at]?.column !== sort[0]?.column && equal.includes(keys[at]?.column ?? "")) at++;
  const isRead = (backwards: boolean): boolean =>
    sort.every((wanted, i) => {
      const key = keys[at + i];
      const { descending, nullsFirst } = directionOf(wanted);
      return (
        key?.column === wanted.column &&
        (key.descending !== descending) === backwards &&
        (wherever || (key.nullsFirst !== nullsFirst) === backwards)
      );
    });
  return isRead(false) || isRead(true);
}

/** What has to be said of an index's keys for this order: nothing where plain columns give it. */
export function directionsOf(sort: readonly SortKey[]): { readonly directions?: Readonly<Record<string, KeyDirection>> } {
  const [first] = sort;
  const isPlain = sort.every(({ descending, nulls }) => descending === first?.descending && nulls === undefined);
  return isPlain ? {} : { directions: Object.fromEntries(sort.map((key) => [key.column, directionOf(key)])) };
}

const directionOf = ({ descending, nulls }: SortKey): KeyDirection => ({
  descending,
  nullsFirst: nulls === undefined ? descending : nulls === "first",
});
