import type { Index, Table } from "../schema.ts";
import type { ChangingTables } from "./changingTables.ts";
import { indexName } from "./defaultNames.ts";

/** A table that is no part of another one any more: what it had of that is its own now. */
export function detached(table: Table, parent: string, tables: ChangingTables): Table {
  if (table.partitionOf !== parent) return withoutParent(table, parent);
  const whole = tables.get(parent);
  const foreignKeys = [...table.foreignKeys];
  for (const key of whole?.foreignKeys ?? [])
    if (!foreignKeys.some(({ columns }) => columns.join() === key.columns.join())) foreignKeys.push(key);
  let next: Table = { ...table, partitionOf: undefined, foreignKeys };
  for (const index of whole?.indexes ?? []) {
    const own = { ...index, name: "" };
    if (next.indexes.some((other) => isTwin(other, own))) continue;
    next = { ...next, indexes: [...next.indexes, { ...own, name: indexName(next, own, tables) }] };
  }
  return { ...next, indexes: next.indexes.map(({ attachedTo: _, invalid: __, ...index }) => index) };
}

const isTwin = (a: Index, b: Index): boolean => keysOf(a) === keysOf(b);
const keysOf = ({ keys, unique, method, predicate }: Index): string => JSON.stringify([keys, unique, method, predicate]);

function withoutParent({ inherits, ...table }: Table, parent: string): Table {
  const others = (inherits ?? []).filter((name) => name !== parent);
  if (others.length > 0) return { inherits: others, ...table };
  return { ...table, checks: table.checks.map(({ inherited: _, ...check }) => check) };
}
