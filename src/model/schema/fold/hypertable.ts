import { plainKey } from "../../../facts/sql/constraints.ts";
import type { Hypertable } from "../../../facts/sql/sqlFacts.ts";
import type { Place } from "../../../text/positions.ts";
import type { Index, IndexKey, Table } from "../schema.ts";
import type { ChangingTables } from "./changingTables.ts";
import { indexName } from "./defaultNames.ts";
import { notNull } from "./tableChanges.ts";

/**
 * A table that becomes chunks by time. Its time is not null, and has an index unless one of this column alone is there; so has what it is
 * cut by besides, together with the time (`create_default_indexes` of TimescaleDB's indexing.c).
 */
export function hypertable(table: Table, { time, space, indexed }: Hypertable, at: Place, among: ChangingTables): Table {
  const [last, first] = [time.toLowerCase(), space?.toLowerCase()];
  if (table.partitionBy !== undefined || !table.columns.has(last)) return table;
  const byTime = { ...plainKey(last), descending: true, nullsFirst: true };
  const wanted = indexed ? [[byTime], ...(first === undefined ? [] : [[plainKey(first), byTime]])] : [];
  let now: Table = { ...table, partitionBy: "chunks", columns: notNull(table.columns, [byTime]) };
  for (const keys of wanted) {
    if (now.indexes.some((index) => isOn(index, keys))) continue;
    const index = { keys, constraint: undefined, at, ...PLAIN };
    now = { ...now, indexes: [...now.indexes, { name: indexName(now, index, among), ...index }] };
  }
  return now;
}

const PLAIN = { unique: false, method: "btree", predicate: undefined, include: [], nullsNotDistinct: false } as const;

const isOn = ({ keys }: Pick<Index, "keys">, columns: readonly IndexKey[]): boolean =>
  keys.length === columns.length && keys.every(({ column }, i) => column === columns[i]?.column);
