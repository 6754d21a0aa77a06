import type { Model } from "../../../../model/model.ts";
import { indexServing } from "../../../../model/schema/coverage.ts";
import type { Schema, Table } from "../../../../model/schema/schema.ts";

/** Whether a table has partitions: PostgreSQL builds no index on it concurrently, and takes no constraint that is not valid. */
export function isPartitioned(table: Table, schema: Schema): boolean {
  if (table.partitionBy !== undefined) return true;
  const name = table.key;
  return [...schema.tables.values()].some(({ partitionOf }) => partitionOf === name);
}

/** Whether a column is new, too, and no row has a value in it that migrations did not give. */
export function isNewColumn(table: Table, column: string, model: Model): boolean {
  const known = table.columns.get(column.toLowerCase());
  return known !== undefined && model.pending.isPending(known.at);
}

/** Whether a btree leads with a column, another index has it, or an expression of theirs speaks of it. */
export function isIndexed(column: string, { indexes }: Table): boolean {
  return indexes.some(({ keys, method }) =>
    (method === "btree" ? keys.slice(0, 1) : keys).some(
      (key) => key.column === column || key.expression?.toLowerCase().includes(column) === true,
    ),
  );
}

/** Whether an index finds rows by one of the columns, or leads with it, whatever rows it leaves out. */
export function isLedByOne(columns: readonly string[], table: Table): boolean {
  return columns.some(
    (column) => indexServing([column], table) !== undefined || table.indexes.some(({ keys }) => keys[0]?.column === column),
  );
}

/** The columns that PostgreSQL asks for in each query of a table, besides the query's own. */
export function askedByPolicies({ objects }: Schema, { name }: Table): ReadonlySet<string> {
  const table = name.toLowerCase();
  if (!objects.has(`row security:${table}.${table}`)) return new Set();
  return new Set([...objects.values()].flatMap(({ what, table: of, asks = [] }) => (what === "policy" && of === table ? asks : [])));
}
