import type { ColumnTest, Scan } from "../../../../model/persistence/scans/query.ts";
import { indexServing } from "../../../../model/schema/coverage.ts";
import { columnSql } from "../../../../model/schema/edits/migrationEdit.ts";
import { isEndTime } from "../../../../model/schema/openRows.ts";
import type { Schema, Table } from "../../../../model/schema/schema.ts";
import { isPartitioned } from "../tables/schemaQuestions.ts";
import type { WantedIndex } from "./indexOfNeeds.ts";

/** Whether parts of a table may be dropped instead of its rows. */
export const isCut = (table: Table, schema: Schema): boolean => table.partitionOf !== undefined || isPartitioned(table, schema);

/**
 * The time that rows are old by: also one that counts milliseconds. Rows above a value are those to come, and rows between two are replaced,
 * not old.
 */
export function ageOf({ tests }: Scan, { columns }: Table): ColumnTest | undefined {
  const isTime = (column: string): boolean => {
    const type = columns.get(column)?.type ?? "";
    return /^(?:timestamp|date)/.test(type) || (type === "int8" && /(?:^|_)(?:ts|time|timestamp|at|date|millis)$/.test(column));
  };
  const isAbove = (column: string): boolean => tests.some((one) => one.column === column && one.bound === "above");
  return tests.find(({ column, test, ambiguous }) => test === "range" && !ambiguous && isTime(column) && !isAbove(column));
}

/** The index that finds old rows: of a time that most rows do not have, the rows that have it. */
export function indexOfAge({ column }: ColumnTest, table: Table, { mapped }: Schema): WantedIndex {
  const keys = [column];
  const known = table.columns.get(column);
  const isRare = !mapped && known?.nullable === true && isEndTime(column, known.type);
  return { keys, about: keys, ...(isRare && { where: `${columnSql(table, column)} IS NOT NULL` }) };
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
