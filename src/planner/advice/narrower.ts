import type { Index, IndexKey } from "../../model/schema/schema.ts";
import type { Candidate } from "../whatIf.ts";
import type { AdvisedQuery } from "./query.ts";
import type { TableScan } from "./scans.ts";

/**
 * Whether an index would find fewer rows for a query than those that are there, give them in an order that they don't, or carry what they
 * don't. Where it does neither, a lower cost is one of the planner's making: of lists of unknown length in two columns of one index it
 * counts a descent for each pair, of an index that leaves one of them out a tenth of that.
 */
export function isNarrower({ table, index }: Candidate, { scans }: AdvisedQuery, beside: readonly Candidate[]): boolean {
  if (index.method !== "btree") return true;
  const there = [...table.indexes, ...beside.flatMap((one) => (one.table === table ? [one.index] : []))].filter(
    ({ method, predicate }) => method === "btree" && (predicate === undefined || predicate === index.predicate),
  );
  return scans.some((scan) => scan.table === table && !there.some((one) => one !== index && doesAsMuch(one, index, scan)));
}

/**
 * Whether an index finds by its first columns what each of others finds by theirs: PostgreSQL 18 skips a column that lies between, older
 * versions read all that is behind it.
 */
export function findsAsMuch({ table, index }: Candidate, { scans }: AdvisedQuery, others: readonly Candidate[]): boolean {
  const found = (one: Index, scan: TableScan): ReadonlySet<string> => use(one, [...scan.equal, ...scan.joined], scan).found;
  return scans
    .filter((scan) => scan.table === table)
    .every((scan) => others.every((other) => [...found(other.index, scan)].every((column) => found(index, scan).has(column))));
}

function doesAsMuch(one: Index, other: Index, scan: TableScan): boolean {
  if (other.predicate !== undefined && one.predicate === undefined) return false;
  if (other.keys.some(({ column }) => column === undefined)) return false;
  if (covers(other, scan) && !covers(one, scan)) return false;
  // A join may give some of what it compares and not all: what is found must hold for each of it.
  const given = [scan.equal, ...scan.joined.map((column) => [...scan.equal, column]), [...scan.equal, ...scan.joined]];
  return given.every((equal) => {
    const [by, wanted] = [use(one, equal, scan), use(other, equal, scan)];
    return [...wanted.found].every((column) => by.found.has(column)) && by.sorted >= wanted.sorted;
  });
}

/** The columns by which an index finds rows where those of `equal` are given, and how many columns of the sort it has them in order of. */
function use({ keys }: Index, equal: readonly string[], { ranges, sort }: TableScan): { found: ReadonlySet<string>; sorted: number } {
  const end = keys.findIndex(({ column }) => column === undefined || !equal.includes(column));
  const [first, rest] = end < 0 ? [keys, []] : [keys.slice(0, end), keys.slice(end)];
  const next = rest[0]?.column;
  const found = new Set(first.flatMap(({ column }) => column ?? []));
  if (next !== undefined && ranges.includes(next)) found.add(next);
  const wanted = sort.filter(({ column }) => !equal.includes(column));
  return { found, sorted: Math.max(inOrder(rest, wanted, false), inOrder(rest, wanted, true)) };
}

/** How many columns of a sort the keys give in its order, read forwards or backwards. */
function inOrder(keys: readonly IndexKey[], wanted: TableScan["sort"], backwards: boolean): number {
  const differs = wanted.findIndex(({ column, descending, nullsFirst }, i) => {
    const key = keys[i];
    return key?.column !== column || (key.descending !== descending) !== backwards || (key.nullsFirst !== nullsFirst) !== backwards;
  });
  return differs < 0 ? wanted.length : differs;
}

const covers = ({ keys, include }: Index, { needed }: TableScan): boolean =>
  needed?.every((column) => keys.some((key) => key.column === column) || include.includes(column)) === true;
