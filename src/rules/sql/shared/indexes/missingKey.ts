import type { Model } from "../../../../model/model.ts";
import { type Entity, idColumns } from "../../../../model/persistence/mapping/entity.ts";
import type { Query } from "../../../../model/persistence/scans/query.ts";
import { indexServing } from "../../../../model/schema/coverage.ts";
import { isFrameworkTable } from "../../../../model/schema/frameworkTables.ts";
import type { Table } from "../../../../model/schema/schema.ts";
import type { DialectIndex } from "../../../../model/schema/sets/dialects.ts";
import { findersBy } from "../queries/finders.ts";
import { entityOf } from "../tables/entities.ts";

/** The primary key that a table lacks, and that no index stands in for. */
export interface MissingKey {
  readonly columns: readonly string[];
  /** Who says that these columns are the key. */
  readonly from:
    | { readonly kind: "entity"; readonly entity: Entity }
    | { readonly kind: "elsewhere"; readonly index: DialectIndex }
    | { readonly kind: "queries" };
  /** The queries that find rows by it. */
  readonly queries: readonly Query[];
}

/**
 * Which key a table without any should have: the one of its entity, that of the scripts for another database, or `id` where queries find
 * rows by it. sql/no-primary-key says so of the table, for all that find its rows by these columns.
 */
export function missingKey(schema: string, table: Table, model: Model): MissingKey | undefined {
  if (!lacksKey(table) || model.tableSizes.isSmall(table)) return undefined;
  const known = keyOf(schema, table, model);
  if (known === undefined || indexServing(known.columns, table) !== undefined) return undefined;
  const queries = findersBy(known.columns[0] ?? "", table, model);
  return known.from.kind === "queries" && queries.length === 0 ? undefined : { queries, ...known };
}

/** Whether a missing primary key is what a search by these columns lacks. */
export function lacksKeyFor(columns: readonly string[], schema: string, table: Table, model: Model): boolean {
  const key = missingKey(schema, table, model)?.columns;
  return key !== undefined && (key[0] === columns[0] || key.every((column) => columns.includes(column)));
}

function keyOf(schema: string, table: Table, model: Model): Pick<MissingKey, "columns" | "from"> | undefined {
  const mapped = mappedKey(table, model);
  if (mapped !== undefined) return { columns: mapped.columns, from: { kind: "entity", entity: mapped.entity } };
  const elsewhere = model.schema.indexesElsewhere(schema, table.name).find((index) => index.primary);
  if (elsewhere?.columns.every((column) => table.columns.has(column)) === true)
    return { columns: elsewhere.columns, from: { kind: "elsewhere", index: elsewhere } };
  return table.columns.has("id") ? { columns: ["id"], from: { kind: "queries" } } : undefined;
}

/** The columns by which a table's entity is found; undefined where the table has none of them. */
export function mappedKey(table: Table, model: Model): { readonly entity: Entity; readonly columns: readonly string[] } | undefined {
  const entity = entityOf(table, model);
  const columns = entity === undefined ? [] : idColumns(entity).filter((column) => table.columns.has(column));
  return entity === undefined || columns.length === 0 ? undefined : { entity, columns };
}

/** Whether a table that should have a primary key has neither that nor a unique index in its place. */
export function lacksKey(table: Table): boolean {
  if (table.kind !== "table" || table.uncertain || table.partitionOf !== undefined || table.partitionBy !== undefined) return false;
  // A copy of rows is one that somebody keeps for a while.
  if (table.columns.size === 0 || table.copied === true || [...table.columns.values()].some(({ type }) => type === "")) return false;
  if (isFrameworkTable(table.name) || PASSING.test(table.name)) return false;
  return !table.indexes.some(
    ({ constraint, unique, predicate, keys }) =>
      constraint === "primary" || (unique && predicate === undefined && keys.every(({ column }) => column !== undefined)),
  );
}

/** Tables that rows pass through, and copies. */
const PASSING = /(?:^|_)(?:te?mp|staging|stage|bac?k|backup|copy|old|import|archive)(?:_|\d|$)/i;
