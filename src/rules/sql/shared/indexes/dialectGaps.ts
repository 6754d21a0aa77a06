import type { Model } from "../../../../model/model.ts";
import { indexServing } from "../../../../model/schema/coverage.ts";
import { isFrameworkTable } from "../../../../model/schema/frameworkTables.ts";
import type { Table } from "../../../../model/schema/schema.ts";
import type { DialectIndex } from "../../../../model/schema/sets/dialects.ts";
import { findersBy } from "../queries/finders.ts";
import { isIndexed } from "../tables/schemaQuestions.ts";
import { lacksKeyFor } from "./missingKey.ts";

/**
 * The columns that an index of another database starts with and none of PostgreSQL's table is about, each with the first such index.
 * What a missing primary key explains is left to sql/no-primary-key.
 */
export function dialectGaps(schema: string, table: Table, model: Model): ReadonlyMap<string, DialectIndex> {
  const gaps = new Map<string, DialectIndex>();
  if (table.uncertain || table.partitionOf !== undefined || model.tableSizes.isSmall(table) || isFrameworkTable(table.name)) return gaps;
  for (const index of model.schema.indexesElsewhere(schema, table.name)) {
    const [column] = index.columns;
    if (column === undefined || gaps.has(column) || !lacks(table, index)) continue;
    // Each table has some key, and an order of columns was chosen: others count where somebody looks for rows by them.
    const isOtherwise = (index.primary && hasKey(table)) || isPermuted(index, table);
    if (isOtherwise && findersBy(column, table, model).length === 0) continue;
    if (lacksKeyFor(index.columns, schema, table, model) || model.javaMigrations.indexes(table.name, column)) continue;
    gaps.set(column, index);
  }
  return gaps;
}

const hasKey = ({ indexes }: Table): boolean => indexes.some(({ constraint }) => constraint === "primary");

/** The same columns in another order. */
const isPermuted = ({ columns }: DialectIndex, { indexes }: Table): boolean =>
  columns.length > 1 && indexes.some(({ keys }) => columns.every((column) => keys.some((key) => key.column === column)));

/** No index of ours helps with the column that the other one starts with; a foreign key without one has a rule of its own. */
function lacks(table: Table, { columns }: DialectIndex): boolean {
  const [first] = columns;
  if (first === undefined || !columns.every((column) => table.columns.has(column))) return false;
  if (isIndexed(first, table)) return false;
  return !table.foreignKeys.some((key) => key.columns.includes(first) && indexServing(key.columns, table) === undefined);
}
