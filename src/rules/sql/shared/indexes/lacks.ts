import type { Model } from "../../../../model/model.ts";
import { type IndexNeed, indexNeed } from "../../../../model/persistence/scans/indexNeed.ts";
import type { Query } from "../../../../model/persistence/scans/query.ts";
import { isFrameworkTable } from "../../../../model/schema/frameworkTables.ts";
import type { Schema, Table } from "../../../../model/schema/schema.ts";
import { inAskedOrder } from "../queries/askedOrder.ts";
import { certain, knowingFew, ledByRows, seenScans } from "../queries/queries.ts";

/** An index that a query wants of one of its tables. */
export interface Lack {
  readonly query: Query;
  readonly table: Table;
  readonly need: IndexNeed;
}

/** The indexes that a query of `file` lacks, one a table at most. */
export function lacksOf(sentQuery: Query, schema: Schema, model: Model, file: string): readonly Lack[] {
  if (sentQuery.kind === "other") return [];
  if (!sentQuery.understood) return surelyLacked(sentQuery, schema, model, file);
  const query = ledByRows(inAskedOrder(sentQuery, model), schema, model);
  const tables = query.scans.map((scan) => model.schema.tableOf(schema.id, scan.table));
  return seenScans(model, schema, query).flatMap(({ scan: sent, table }): readonly Lack[] => {
    if (table === undefined || table.uncertain || model.tableSizes.isSmall(table) || isFrameworkTable(table.name)) return [];
    const scan = knowingFew(sent, table, schema, model);
    const parent = table.partitionOf === undefined ? undefined : model.schema.table(table.partitionOf, file);
    // A column that may be another table's is no reason to report, but may be why an index is found after all: alf.io.
    if (indexNeed(query, scan, table, parent?.indexes) === undefined) return [];
    const need = indexNeed(query, certain(scan, table, tables), table, parent?.indexes);
    if (need === undefined || need.columns.some((column) => model.javaMigrations.indexes(table.name, column))) return [];
    return [{ query, table, need }];
  });
}

/** What a dynamic statement lacks whatever it is given: an index on a value that it always asks for. Order and limit may be others. */
function surelyLacked(query: Query, schema: Schema, model: Model, file: string): readonly Lack[] {
  if (query.always === undefined) return [];
  const { always, ...others } = query;
  const sure: Query = { ...others, scans: always.map(({ table, tests }) => ({ table, tests, sort: [] })), limit: "none", understood: true };
  return lacksOf(sure, schema, model, file).flatMap((lack) =>
    lack.need.sorts.length > 0 || lack.need.filters.length === 0 ? [] : [{ ...lack, query }],
  );
}
