import type { Index, Table } from "../../model/schema/schema.ts";
import type { Candidate } from "../whatIf.ts";
import type { AdvisedQuery } from "./query.ts";

const MOST_NAMES = 3;

/** What a person should weigh against what an index saves: who writes it, and how seldom it is read. A line each. */
export function priceOf({ table, index }: Candidate, readers: readonly AdvisedQuery[], all: readonly AdvisedQuery[]): readonly string[] {
  const writers = all.filter(({ writes }) => writes?.table === table.key);
  const inserts = writers.filter(({ writes }) => writes?.kind === "insert");
  const columns = columnsOf(index, table);
  const indexed = new Set(table.indexes.flatMap((one) => [...columnsOf(one, table)]));
  const updates = writers.flatMap((query) => {
    const { writes } = query;
    const set = writes?.kind === "update" ? writes.columns.filter((column) => columns.has(column)) : [];
    // PostgreSQL leaves the indexes alone where an update touches no column of any.
    const wasHot = writes?.columns.every((column) => !indexed.has(column)) === true;
    return set.length === 0 ? [] : [{ query, set, wasHot }];
  });
  const hot = updates.filter(({ wasHot }) => wasHot);
  const set = [...new Set(updates.flatMap((update) => update.set))];
  const seldom = readers.length > 0 && readers.every(({ heat }) => heat?.often === "seldom");
  const by = [...new Set(readers.flatMap(({ heat }) => heat?.by ?? []))];
  return [
    ...(seldom ? [`it is read seldom: ${listed(by)}`] : []),
    ...(inserts.length === 0
      ? []
      : [`${listed(inserts.map(({ name }) => name))} ${inserts.length === 1 ? "writes" : "write"} it with each row`]),
    ...(updates.length === 0
      ? []
      : [
          `${listed(updates.map(({ query }) => query.name))} ${updates.length === 1 ? "sets" : "set"} ${set.join(", ")}: each update writes it${hot.length === 0 ? "" : ", and is HOT no more"}`,
        ]),
  ];
}

/** Every column that an index holds or that decides what is in it. */
function columnsOf({ keys, include, predicate }: Index, table: Table): ReadonlySet<string> {
  const text = `${keys.map(({ expression }) => expression ?? "").join(" ")} ${predicate ?? ""}`.toLowerCase();
  const words = new Set(text.match(/[a-z_][\w$]*/g));
  return new Set([
    ...keys.flatMap(({ column }) => column ?? []),
    ...include,
    ...[...table.columns.keys()].filter((name) => words.has(name)),
  ]);
}

const listed = (names: readonly string[]): string =>
  names.length <= MOST_NAMES ? names.join(", ") : `${names.slice(0, MOST_NAMES).join(", ")} and ${names.length - MOST_NAMES} more`;
