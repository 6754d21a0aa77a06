import type { ColumnTest } from "../../../model/persistence/scans/query.ts";
import { indexServing } from "../../../model/schema/coverage.ts";
import type { Schema, Table } from "../../../model/schema/schema.ts";
import { isPartitioned } from "./schemaQuestions.ts";

/** Whether parts of a table may be dropped instead of its rows. */
export const isCut = (table: Table, schema: Schema): boolean => table.partitionOf !== undefined || isPartitioned(table, schema);

/** A time that is compared: also one that counts milliseconds. */
export function isAge({ column, test, ambiguous }: ColumnTest, { columns }: Table): boolean {
  const type = columns.get(column)?.type;
  if (test !== "range" || ambiguous || type === undefined) return false;
  return /^(?:timestamp|date)/.test(type) || (type === "int8" && /(?:^|_)(?:ts|time|timestamp|at|date|millis)$/.test(column));
}

/** Whether an index, of a kind that knows an order, starts with the column. */
export function isOrdered(table: Table, column: string): boolean {
  return (
    indexServing([column], table) !== undefined ||
    table.indexes.some(
      ({ method, keys, predicate }) => method === "brin" && predicate === undefined && keys.some((key) => key.column === column),
    )
  );
}
