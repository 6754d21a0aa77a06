import type { Model } from "../../../../model/model.ts";
import { hasFewValues, type IndexNeed } from "../../../../model/persistence/scans/indexNeed.ts";
import { missingIndex, type PlanClaim } from "../../../../model/persistence/scans/planClaim.ts";
import { type ColumnTest, looksUp, type Query } from "../../../../model/persistence/scans/query.ts";
import { findsRows, indexServing } from "../../../../model/schema/coverage.ts";
import { isFrameworkTable } from "../../../../model/schema/frameworkTables.ts";
import type { ForeignKey, Schema, Table } from "../../../../model/schema/schema.ts";
import { isLookup } from "../../../java/shared/mapping/smallTables.ts";
import type { Report } from "../../../rule.ts";
import { isAskedOften, isUncalled } from "../queries/entries.ts";
import { ledQueriesOn } from "../queries/finders.ts";
import { lookupsOn } from "../queries/loadedCollections.ts";
import { withTextCasts } from "../queries/textCasts.ts";
import { entityOf } from "../tables/entities.ts";
import { deletesOf, hasCode, isDeletedSeldom } from "../tables/parentDeletes.ts";
import { isCodeList, isHistory, isPlainKind } from "../tables/quietTables.ts";
import { type Lack, lacksOf } from "./lacks.ts";
import { lacksKeyFor } from "./missingKey.ts";
import { orsLacking } from "./unservedOrs.ts";

/** Whether no index finds the rows of a foreign key, and nothing else says so. */
export function isUnindexed(key: ForeignKey, schema: string, table: Table, model: Model): boolean {
  if (table.uncertain || model.tableSizes.isSmall(table)) return false;
  const telling = tellingColumns(key, model.schema.tableOf(schema, key.parent));
  if (repeats(key, telling, table)) return false;
  const partitioned = table.partitionOf === undefined ? undefined : model.schema.tableOf(schema, table.partitionOf);
  if ([key.columns, telling].some((columns) => indexServing(columns, table, partitioned) !== undefined)) return false;
  return !key.columns.some((column) => model.javaMigrations.indexes(table.name, column)) && !lacksKeyFor(key.columns, schema, table, model);
}

/**
 * Whether a key without an index is asked for, made for deletes of its parents, or what rows are deleted by: then it speaks for the queries
 * that find rows by it.
 */
export const isLoudKey = (key: ForeignKey, schema: string, table: Table, model: Model): boolean =>
  isUnindexed(key, schema, table, model) && LOUD.has(needOf(key, schema, table, model));

/** An index that a foreign key and the queries that find rows by it lack. */
interface Lacking {
  readonly queries: readonly Query[];
  /** Behind the key's columns those that one of the queries asks for, too. */
  readonly keys: readonly string[];
  /** The query that asks for more than the key's columns. */
  readonly wider?: Query;
  /** Undefined where deletes of parents want the index whatever the planner says of queries. */
  readonly claim?: PlanClaim;
}

/** The queries of all files that find rows by a foreign key, and the index that serves it and them. */
export function lookupsLacking(key: ForeignKey, id: string, table: Table, model: Model): Lacking {
  const schema = model.schema.schema(id);
  if (schema === undefined) return { queries: [], keys: key.columns };
  const lacks = model.tableQueries.of(table.name).flatMap((query) => lacksBy(key, query, schema, table, model));
  const wider = lacks.filter(
    ({ query, need }) => query.kind !== "delete" && wantsMore(need, key, table) && speaker(need, id, table, model) === key,
  );
  const most = Math.max(0, ...wider.map(({ need }) => need.columns.length));
  const widest = wider.find(({ need }) => need.columns.length === most);
  const keys = [...new Set([...key.columns, ...(widest?.need.columns ?? [])])];
  const ors = key.columns.length === 1 ? orsLacking(key.columns[0] as string, table, schema, model) : [];
  const queries = [...new Set([...(widest ? [widest.query] : []), ...lacks.map(({ query }) => query), ...ors])];
  const isOfQueries =
    queries.length > 0 &&
    !queries.some(({ orderOfCalls }) => orderOfCalls) &&
    key.onDelete !== "cascade" &&
    deletesOf(key.parent, id, key.at.file, model) !== true;
  return {
    queries,
    keys,
    ...(widest && { wider: widest.query }),
    ...(isOfQueries && { claim: missingIndex(schema, table, { keys, method: "btree" }, ...queries) }),
  };
}

/** What a query lacks that an index on a key would give it. */
function lacksBy(key: ForeignKey, sent: Query, schema: Schema, table: Table, model: Model): readonly Lack[] {
  const query = withTextCasts(sent, () => schema, model);
  return lacksOf(query, schema, model, key.at.file).filter(({ table: lacking, need }) => lacking === table && isAskedBy(key, need));
}

/** Whether a query gives values for all columns of a key, and no other index finds its rows: one that begins with the key serves both. */
export const isAskedBy = ({ columns }: ForeignKey, need: IndexNeed): boolean =>
  !need.orderOnly && columns.every((column) => need.filters.includes(column) && need.columns.includes(column));

/** Whether a query asks for more than a key, and not only for what few values tell: these spare little behind the key. */
const wantsMore = ({ columns }: IndexNeed, key: ForeignKey, table: Table): boolean =>
  columns.some((column) => !key.columns.includes(column) && !hasFewValues({ column, fewValues: false }, table));

/** Of several keys that a query gives values for, the one that speaks for it. */
function speaker(need: IndexNeed, schema: string, table: Table, model: Model): ForeignKey | undefined {
  const asked = table.foreignKeys.filter((key) => isAskedBy(key, need) && isLoudKey(key, schema, table, model));
  return asked.find(({ columns }) => columns.includes(need.columns[0] ?? "")) ?? asked[0];
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

/**
 * What wants the index: queries that find rows by the key, or a schema that is made for deletes of its parents; queries of rows that
 * somebody has typed; deletes of many parents at once; deletes of its rows; nothing that is known; deletes of whoever wrote a row; hardly anything; or nothing, as far as all queries are known.
 */
type Need = "asked" | "typed" | "swept" | "purged" | "unknown" | "author" | "little" | "none";
const LOUD: ReadonlySet<Need> = new Set(["asked", "typed", "purged"]);

function needOf(key: ForeignKey, schema: string, table: Table, model: Model): Need {
  if (isFrameworkTable(table.name)) return "none";
  const parent = model.schema.tableOf(schema, key.parent);
  const { file } = key.at;
  const isAsked = lookupsOf(key, schema, table, model).length > 0;
  // Envers writes revisions, and nobody deletes them.
  if (isFrameworkTable(parent?.name ?? key.parent)) return isAsked ? "little" : "none";
  // Rows of a list of kinds are hardly deleted, and no filter on a few values is selective. Seeds may be a sample of what is added later.
  if (parent !== undefined && isCodeList(parent, model)) return "none";
  const size = model.growth.sizeOf(table);
  if (size?.rows === "few") return "none";
  if (parent !== undefined && model.tableSizes.isSmall(parent)) return isAsked ? "little" : "none";
  const isKind = (one: Table | undefined): boolean =>
    one !== undefined && isPlainKind(one) && model.tableSizes.rowsOf(one.name) === undefined;
  // All of a small table is soon read: kinds of kinds, kinds of each tenant. A parent that may be more than a kind has many of them.
  if (isKind(table) && (isKind(parent) || !isLookup(key.parent))) return isAsked ? "little" : "none";
  // CASCADE says what happens to the rows of a kind, not that anybody deletes one.
  if (isKind(parent)) return isAsked ? "little" : "none";
  if (size !== undefined) return isAsked ? "typed" : "none";
  const sizeOfParent = parent && model.growth.sizeOf(parent);
  if (parent !== undefined && sizeOfParent?.rows === "few" && (!isAsked || model.growth.isHandful(parent)))
    return isAsked ? "little" : "none";
  // Lookups are many. Deletes of parents are few, unless the schema is made for them; people who run the application delete one at times.
  if (isAsked || (sizeOfParent === undefined && deletesParents(key, schema, model))) return "asked";
  if (sizeOfParent !== undefined) return "little";
  const isPurged = key.columns.some((column) => model.usage.purgesBy(table.name, column, file) === true);
  if (isPurged && !findsRows(key.columns, table, entityOf(table, model)?.restriction)) return "purged";
  const deletes = deletesOf(key.parent, schema, file, model);
  // Whoever wrote a row is hardly ever looked up by; only the delete of a user looks through all that he or she wrote.
  if (key.columns.every((column) => WRITER.test(column)) && key.onDelete !== "cascade") return deletes === true ? "author" : "none";
  if (sweepsOf(key, schema, model).length > 0) return "swept";
  const lookups = key.columns.map((column) => lookupsOn(table.name, column, file, model));
  // Repositories have both: their queries are known, and none of them asks for it. What jOOQ and JDBC are given is known in part.
  const isKnown = lookups.every((known) => known !== undefined) && deletes === false;
  if (isKnown && parent !== undefined && [table, parent].every((one) => entityOf(one, model) !== undefined)) return "none";
  // No query is known. A parent that is deleted now and then waits, and what was is hardly ever looked up by anything.
  return lookups.every((known) => known === undefined) && deletes === undefined && !isHistory(table) && !hasCode(model)
    ? "unknown"
    : isToldByQueries(key, schema, table, model)
      ? "none"
      : "little";
}

/** Whether a query finds rows by the key first, and by no other one, though it gives more: what it lacks is told where it stands. */
function isToldByQueries(key: ForeignKey, id: string, table: Table, model: Model): boolean {
  const schema = model.schema.schema(id);
  const others = table.foreignKeys.filter((other) => other !== key);
  const isLed = ({ need }: Lack): boolean =>
    need.weak === undefined && key.columns.includes(need.columns[0] ?? "") && !others.some((other) => isAskedBy(other, need));
  return model.tableQueries
    .of(table.name)
    .some((query) => schema !== undefined && !isUncalled(query, model) && lacksBy(key, query, schema, table, model).some(isLed));
}

/**
 * The keys of a schema that say who wrote a row of a parent: an index on each of them would cost every insert, for deletes that are few.
 * In the order of the tables.
 */
export function keysOfAuthors(parent: string, id: string, model: Model): readonly ForeignKey[] {
  const tables = model.schema.schema(id)?.tables.values() ?? [];
  return [...tables].flatMap((table) =>
    table.foreignKeys.filter(
      (key) => key.parent === parent && isUnindexed(key, id, table, model) && needOf(key, id, table, model) === "author",
    ),
  );
}

/** How much the index of a foreign key is missed. */
export type KeyWeight = Pick<Report, "certainty" | "severity"> & {
  /** It says who wrote a row, as many others do: one of them speaks for all. */
  readonly ofAuthor?: true;
};

/**
 * What is known of deletes and lookups decides whether the missing index is felt, and who waits for them how loud it is; undefined where
 * nobody would miss it.
 */
export function weightOfKey(key: ForeignKey, schema: string, table: Table, model: Model): KeyWeight | undefined {
  const need = needOf(key, schema, table, model);
  if (need === "none") return undefined;
  if (need === "author") return { certainty: "possible", ofAuthor: true };
  if (need === "little" || need === "typed") return { certainty: "possible" };
  if (need !== "asked") return {};
  const isFelt = deletesParents(key, schema, model) || isLarge(table, model) || isLookedUpOften(key, schema, table, model);
  return isFelt ? { certainty: "likely", severity: "warning" } : {};
}

/**
 * Whether parents of a key are deleted for whom its children are looked for. Where no code is known, a schema that has children go with
 * their parents says that these are deleted; who leaves them behind has a way out for what may never come.
 */
function deletesParents({ parent, onDelete, at }: ForeignKey, schema: string, model: Model): boolean {
  if (onDelete !== "cascade" && onDelete !== "set null" && onDelete !== "set default") return false;
  const deletes = deletesOf(parent, schema, at.file, model);
  // Who runs the application deletes a tenant once a year.
  if (deletes === true && isDeletedSeldom(parent, schema, at.file, model)) return false;
  return deletes === true || (onDelete === "cascade" && deletes === undefined && !hasCode(model));
}

/**
 * The statements that delete many parents of a key at once: for each of them its children are looked for, be there any or not
 * (gridsuite/sensitivity-analysis-server). All rows are deleted by whoever begins anew.
 */
export function sweepsOf({ parent, at }: ForeignKey, schema: string, model: Model): readonly Query[] {
  const table = model.schema.tableOf(schema, parent);
  if (table === undefined || isDeletedSeldom(parent, schema, at.file, model)) return [];
  return model.tableQueries.of(table.name).filter((query) => {
    const [scan] = query.scans;
    if (query.kind !== "delete" || !query.understood || scan?.table !== table.key || scan.tests.length === 0) return false;
    return !areNamed(scan.tests, table) && !isUncalled(query, model);
  });
}

/** Whether rows are given by all columns of a unique index: whoever does so knows them, and they are few. */
const areNamed = (tests: readonly ColumnTest[], { indexes }: Table): boolean =>
  indexes.some(
    ({ unique, predicate, keys }) =>
      unique &&
      predicate === undefined &&
      keys.every(({ column }) =>
        tests.some((test) => test.column === column && (test.test === "equals" || test.test === "in") && !test.ambiguous),
      ),
  );

/** Rows from which reading a table takes tenths of a second. */
const isLarge = (table: Table, model: Model): boolean => (model.tableSizes.rowsOf(table.name) ?? 0) >= 1_000_000;

/** Each as the columns that it gives values for. */
type Lookup = readonly string[];

/** The lookups by a key that something calls, and that no other index, nor one that another key wants for them, finds the rows of. */
function lookupsOf(key: ForeignKey, schema: string, table: Table, model: Model): readonly Lookup[] {
  return key.columns.flatMap((column) =>
    (lookupsOn(table.name, column, key.at.file, model) ?? [])
      .map((others) => [column, ...others])
      .filter(
        (columns) =>
          !isFound(columns, key, schema, table, model) && !isLeftTo(key, columns, schema, table, model) && isSent(columns, table, model),
      ),
  );
}

/** Whether an index finds the rows of a lookup, and not only by what has few values. */
function isFound(lookup: Lookup, key: ForeignKey, id: string, table: Table, model: Model): boolean {
  if (!findsRows(lookup, table, entityOf(table, model)?.restriction)) return false;
  const schema = model.schema.schema(id);
  const isWeak = (query: Query): boolean =>
    schema !== undefined && lacksBy(key, query, schema, table, model).some(({ need }) => need.weak !== undefined);
  return !askingFor(lookup, table, model).some(isWeak);
}

/** Whether more than queries that nothing calls ask for a lookup. */
function isSent(lookup: Lookup, table: Table, model: Model): boolean {
  const asking = askingFor(lookup, table, model);
  return asking.length === 0 || asking.some((query) => !isUncalled(query, model));
}

/**
 * Whether an index for another key serves a lookup that asks for both: the index for the one that is asked for without this one, too, or
 * that comes first.
 */
function isLeftTo(key: ForeignKey, columns: Lookup, schema: string, table: Table, model: Model): boolean {
  const [own = ""] = key.columns;
  return table.foreignKeys.some((other, position) => {
    const [column = "", ...more] = other.columns;
    if (other === key || more.length > 0 || column === own || !columns.includes(column)) return false;
    if (!isUnindexed(other, schema, table, model)) return false;
    const alone = lookupsOn(table.name, column, other.at.file, model)?.some((others) => !others.includes(own)) === true;
    return alone || position < table.foreignKeys.indexOf(key);
  });
}

/** Whether requests, messages or a quick clock send one of the lookups by a key. Of associations, which anything may load, it is taken so. */
const isLookedUpOften = (key: ForeignKey, schema: string, table: Table, model: Model): boolean =>
  lookupsOf(key, schema, table, model).some((lookup) => {
    const asking = askingFor(lookup, table, model);
    return asking.length === 0 || asking.some((query) => isAskedOften(query, model));
  });

/** The known queries that find rows by the columns of a lookup, and by no others. */
function askingFor(lookup: Lookup, table: Table, model: Model): readonly Query[] {
  const name = table.key;
  return ledQueriesOn(name, model)
    .filter(({ kind }) => kind !== "delete")
    .filter(({ scans }) =>
      scans.some(
        (scan, position) =>
          scan.table === name &&
          lookup.every((column) => scan.tests.some((test) => test.column === column && looksUp(test, position))) &&
          scan.tests.every((test) => lookup.includes(test.column) || !looksUp(test, position)),
      ),
    );
}

/** Who wrote a row, or did something with it (submitted_by, sent_by_id): in English, and in Finnish as finnishtransportagency/harja has it in 173 keys. */
const WRITER =
  /^(?:last_?)?(?:created|creator|inserted|updated|updater|modified|modifier|changed|edited|entered|archived)(?:_?by)?(?:_?user)?(?:_?id)?$|^(?:luoja|muokkaaja|poistaja)(?:_id)?$|(?:^|_)(?!owned|followed|used)(?:\w*ed|sent|written|given|taken|chosen|paid|made)_by(?:_?user)?(?:_?id)?$/;
