import type { Model } from "../../../model/model.ts";
import { missingIndex, type PlanClaim } from "../../../model/persistence/scans/planClaim.ts";
import type { Query } from "../../../model/persistence/scans/query.ts";
import { indexServing } from "../../../model/schema/coverage.ts";
import { isFrameworkTable } from "../../../model/schema/frameworkTables.ts";
import type { ForeignKey, Table } from "../../../model/schema/schema.ts";
import type { Report } from "../../rule.ts";
import { lacksOf } from "./lacks.ts";
import { lacksKeyFor } from "./missingKey.ts";
import { isCodeList, isHistory } from "./quietTables.ts";
import { withTextCasts } from "./textCasts.ts";

/** Whether no index finds the rows of a foreign key, and nothing else says so. */
export function isUnindexed(key: ForeignKey, schema: string, table: Table, model: Model): boolean {
  if (table.uncertain || model.tableSizes.isSmall(table)) return false;
  const telling = tellingColumns(key, model.schema.tableOf(schema, key.parent));
  if (repeats(key, telling, table)) return false;
  const partitioned = table.partitionOf === undefined ? undefined : model.schema.tableOf(schema, table.partitionOf);
  if ([key.columns, telling].some((columns) => indexServing(columns, table, partitioned) !== undefined)) return false;
  return !key.columns.some((column) => model.javaMigrations.indexes(table.name, column)) && !lacksKeyFor(key.columns, schema, table, model);
}

/** Whether a key without an index is a warning of its own: then it speaks for the queries that find rows by it. */
export const isLoudKey = (key: ForeignKey, schema: string, table: Table, model: Model): boolean =>
  isUnindexed(key, schema, table, model) && weightOfKey(key, schema, table, model).severity === "warning";

/** An index that a foreign key and the queries that find rows by it lack. */
interface Lacking {
  readonly queries: readonly Query[];
  /** Behind the key's column those that one of the queries asks for, too. */
  readonly keys: readonly string[];
  /** Undefined where deletes of parents want the index whatever the planner says of queries. */
  readonly claim?: PlanClaim;
}

/** The queries of all files that find rows by a foreign key, and the index that serves it and them. */
export function lookupsLacking(key: ForeignKey, id: string, table: Table, model: Model): Lacking {
  const schema = key.columns.length === 1 ? model.schema.schema(id) : undefined;
  if (schema === undefined) return { queries: [], keys: key.columns };
  const lacks = model.tableQueries
    .of(table.name)
    .flatMap((query) =>
      lacksOf(
        withTextCasts(query, () => schema, model),
        schema,
        model,
        key.at.file,
      ),
    )
    .filter(({ table: lacking, need }) => lacking === table && need.columns[0] === key.columns[0]);
  const most = Math.max(1, ...lacks.map(({ need }) => need.columns.length));
  const keys = lacks.find(({ need }) => need.columns.length === most)?.need.columns ?? key.columns;
  const queries = [...new Set(lacks.map(({ query }) => query))];
  const isOfQueries = queries.length > 0 && key.onDelete !== "cascade" && model.usage.deletesFrom(key.parent, key.at.file) !== true;
  return { queries, keys, ...(isOfQueries && { claim: missingIndex(schema, table, { keys, method: "btree" }, ...queries) }) };
}

/**
 * The columns of a key that tell its rows apart: of `(connection_id, workspace_id)` that repeats whose the connection is the first alone,
 * where it is unique in the parent.
 */
function tellingColumns({ columns, parentColumns }: ForeignKey, parent: Table | undefined): readonly string[] {
  const alone = columns.find((_, i) =>
    parent?.indexes.some(
      ({ keys, unique, predicate }) => unique && predicate === undefined && keys.length === 1 && keys[0]?.column === parentColumns[i],
    ),
  );
  return alone === undefined ? columns : [alone];
}

/** One index serves all foreign keys over the same columns, and those that only add to them: the first of them says so. */
function repeats(key: ForeignKey, telling: readonly string[], table: Table): boolean {
  const text = (columns: readonly string[]): string => [...columns].sort().join();
  const same = table.foreignKeys.find(({ columns }) => text(columns) === text(key.columns));
  return same !== key || (telling.length < key.columns.length && table.foreignKeys.some(({ columns }) => text(columns) === text(telling)));
}

/** What is known of deletes and lookups decides whether the missing index is felt. */
export function weightOfKey(key: ForeignKey, schema: string, table: Table, model: Model): Pick<Report, "certainty" | "severity"> {
  const parent = model.schema.tableOf(schema, key.parent);
  const { file } = key.at;
  const deletes = model.usage.deletesFrom(key.parent, file);
  const lookups = key.columns.map((column) => model.usage.lookupsBy(table.name, column, file));
  const clears = key.onDelete === "set null" || key.onDelete === "set default";
  // Who has children go with their parents deletes parents; who leaves them behind has a way out for what may never come.
  const deletesParents = key.onDelete === "cascade" ? deletes !== false : clears && deletes === true;
  // Envers writes revisions, and nobody deletes them.
  if (isFrameworkTable(table.name) || isFrameworkTable(parent?.name ?? key.parent)) return { certainty: "possible" };
  // Rows of a list of kinds are hardly deleted, and no filter on a few values is selective.
  if (parent !== undefined && (model.tableSizes.isSmall(parent) || isCodeList(parent, model))) return { certainty: "possible" };
  // Lookups are many. Deletes of parents are few, unless the schema is made for them.
  if (lookups.some((known) => known?.some((others) => !isFoundBy(others, table))) || deletesParents)
    return { certainty: "likely", severity: "warning" };
  if (key.columns.some((column) => model.usage.purgesBy(table.name, column, file) === true)) return {};
  // No query is known: whoever wrote a row is hardly ever looked up by, nor is what was; and deletes would be refused, or leave the row.
  const isQuiet = key.columns.every((column) => WRITER.test(column)) || isHistory(table);
  if (isQuiet && deletes !== true && key.onDelete !== "cascade") return { certainty: "possible" };
  // The queries are known, and none of them asks for it; a parent that is deleted now and then waits.
  return lookups.every((known) => known === undefined) && deletes === undefined ? {} : { certainty: "possible" };
}

/** Who wrote a row, or did something with it (submitted_by, sent_by_id): in English, and in Finnish as finnishtransportagency/harja has it in 173 keys. */
const WRITER =
  /^(?:last_?)?(?:created|creator|inserted|updated|updater|modified|modifier|changed|edited|entered|archived)(?:_?by)?(?:_?user)?(?:_?id)?$|^(?:luoja|muokkaaja|poistaja)(?:_id)?$|(?:^|_)(?!owned|followed|used)(?:\w*ed|sent|written|given|taken|chosen|paid|made)_by(?:_?user)?(?:_?id)?$/;

/** A lookup by several columns goes through the index of another one. */
const isFoundBy = (columns: readonly string[], table: Table): boolean =>
  columns.some((column) => indexServing([column], table) !== undefined);
