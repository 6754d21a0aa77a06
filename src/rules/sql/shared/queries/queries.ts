import type { JavaFile } from "../../../../facts/fileFacts.ts";
import type { JavaMethod } from "../../../../facts/java/javaFacts.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { Model } from "../../../../model/model.ts";
import { looksDerived } from "../../../../model/persistence/repositories/queries.ts";
import { statementOf } from "../../../../model/persistence/repositories/repository.ts";
import { asksForValue, hasFewValues } from "../../../../model/persistence/scans/indexNeed.ts";
import { withLedJoins } from "../../../../model/persistence/scans/ledJoins.ts";
import type { ColumnTest, Query, Remark, Scan } from "../../../../model/persistence/scans/query.ts";
import { withTableKeys } from "../../../../model/persistence/scans/tableKeys.ts";
import { viewScans } from "../../../../model/persistence/scans/viewScans.ts";
import type { WrittenQuery } from "../../../../model/persistence/written/writtenQueries.ts";
import { indexServing } from "../../../../model/schema/coverage.ts";
import { isFrameworkTable } from "../../../../model/schema/frameworkTables.ts";
import { isJudged, type Schema, type Table } from "../../../../model/schema/schema.ts";
import { isLookup, isSmallTable } from "../../../java/shared/mapping/smallTables.ts";
import { reachOf } from "../../../java/shared/running/reach.ts";
import { isCodeList, isKindByName, isPlainKind } from "../tables/quietTables.ts";
import { senderOf } from "./entries.ts";
import { withTextCasts } from "./textCasts.ts";

/** The schema that the code of a file works with, where it is one that is judged. */
export function schemaOf(model: Model, file: string): Schema | undefined {
  const schema = model.schema.schemaFor(file);
  return schema && judged(schema);
}

/** The schema that a script belongs to, where it is one that is judged. */
export function schemaOfScript(model: Model, file: string): Schema | undefined {
  const schema = model.schema.migration(file)?.schema;
  return schema === undefined ? schemaOf(model, file) : judged(schema);
}

const judged = (schema: Schema): Schema | undefined => (schema.test || !isJudged(schema.dialect) ? undefined : schema);

interface Latest {
  readonly state: object;
  readonly file: JavaFile;
  readonly queries: readonly Query[];
}

/** A dozen rules ask for the queries of one file, one after the other. */
const LATEST = new WeakMap<Model, Latest>();

/** The queries that methods of this file send or are declared to send, in source order. */
export function queriesIn(model: Model, file: JavaFile): readonly Query[] {
  const queries = sentQueries(model, file);
  return queries.length === 0 ? queries : queries.map((query) => onSchema(query, model, file.file));
}

/** Those of another file than the one that is judged which look at a table. */
export const queriesBeside = (model: Model, file: JavaFile, table: string): readonly Query[] =>
  readQueries(model, file)
    .map((query) => onSchema(query, model, file.file))
    .filter(({ scans }) => scans.some((scan) => scan.table === table));

/** A query with what its names and casts mean in the schema that a file works with. */
const onSchema = (query: Query, model: Model, file: string): Query =>
  withTextCasts(withTableKeys(query, model.schema.sharedNames(file)), () => schemaOf(model, file), model);

function sentQueries(model: Model, file: JavaFile): readonly Query[] {
  const { state } = model.calls;
  const known = LATEST.get(model);
  if (known?.file === file && known.state === state) return known.queries;
  const queries = readQueries(model, file);
  LATEST.set(model, { state, file, queries });
  return queries;
}

function readQueries(model: Model, file: JavaFile): readonly Query[] {
  // What a mapper inherits stands at its own name, one query like the other.
  const queries = new Map<string, Query>();
  const keyOf = ({ at, method }: Query): string => `${at.start} ${method}`;
  for (const { kind, qualified, methods } of file.java.types) {
    if (kind !== "interface") continue;
    const own = model.persistence.repository(qualified) === undefined ? [] : model.persistence.queriesOf(qualified);
    for (const query of own) if (query.at.file === file.file) queries.set(keyOf(query), query);
    if (own.length > 0 || !methods.some(isQuery)) continue;
    // What an interface declares for the entities of those below it is a query for each of their tables.
    for (const query of inheritedQueries(model, qualified, file.file)) {
      const key = `${keyOf(query)} ${query.scans.map(({ table }) => table).join()}`;
      if (!queries.has(key) && isCalledOn(query, file, model)) queries.set(key, query);
    }
  }
  for (const query of formulasIn(file, model)) queries.set(`${keyOf(query)} ${query.repository}`, query);
  const written = model.persistence.written.in(file.file).filter((query) => isSentAgain(query, model));
  for (const query of written)
    if (query.sender.endsWith(")") || isReachedIn(query, written, model)) queries.set(`${keyOf(query)} ${query.repository}`, query);
  return [...queries.values()].sort((a, b) => a.at.start - b.at.start);
}

/** `@Formula` of the entities of a file, and of those that a mapped superclass of it has below. */
const formulasIn = ({ file, java: { imports } }: JavaFile, { persistence }: Model): readonly Query[] =>
  imports.some(({ name }) => /^org\.hibernate\.annotations(?:\.Formula)?$/.test(name))
    ? persistence.formulas.all().filter(({ at }) => at.file === file)
    : [];

/** What an interface of a file declares for those below it, as each of these sends it, by their names. */
function inheritedQueries(model: Model, qualified: string, file: string): readonly Query[] {
  const entry = model.types.declared(qualified, file);
  const below = entry === undefined ? [] : model.types.descendantsOf(entry).map(({ type }) => type.qualified);
  return below
    .sort()
    .flatMap((heir) => (model.persistence.repository(heir) === undefined ? [] : model.persistence.queriesOf(heir)))
    .filter(({ at }) => at.file === file);
}

/** A generic interface has methods that are called on some of those below it only. */
function isCalledOn(query: Query, file: JavaFile, { persistence }: Model): boolean {
  const sender = senderOf(query, file);
  return sender === undefined || persistence.uses.reaches(sender, query.repository);
}

const isQuery = (method: JavaMethod): boolean => method.body < 0 && (looksDerived(method.name) || statementOf(method) !== undefined);

/** Of what classes inherit, what is sent from one of them; from any where nobody is known to send it. */
const isReachedIn = ({ sender, order }: WrittenQuery, written: readonly WrittenQuery[], { effects }: Model): boolean =>
  effects.reachedFrom(sender) !== undefined ||
  !written.some((other) => other.order === order && other.sender !== sender && effects.reachedFrom(other.sender) !== undefined);

/** An index for a migration or a start-up costs more than it gives (alf.io's DataMigrator). */
function isSentAgain({ sender }: WrittenQuery, model: Model): boolean {
  const method = model.calls.method(sender);
  if (method === undefined || isTool(method)) return false;
  const { often, entry } = reachOf(model, method);
  return often !== "seldom" || entry?.kind === "endpoint";
}

/** A program that somebody runs by hand, its queries beside its `main` (waltz's RemoveTaxonomy); an application's `main` only starts it. */
const isTool = ({ declared: { owner } }: MethodNode): boolean =>
  owner.type.methods.some(({ name, parameters }) => name === "main" && parameters.length === 1) &&
  !owner.type.annotations.some(({ name }) => /Application$/.test(name));

/** A column without its table belongs to the one table of the query that has it. */
export function certain(scan: Scan, table: Table, tables: readonly (Table | undefined)[]): Scan {
  const elsewhere = (column: string): boolean =>
    tables.some((other) => other === undefined || (other !== table && other.columns.has(column)));
  return { ...scan, tests: scan.tests.filter((test) => !test.ambiguous || !elsewhere(test.column)) };
}

/** A column that refers to a table which stays small has as few values as that has rows. */
export function knowingFew(scan: Scan, table: Table, schema: Schema, model: Model): Scan {
  if (table.foreignKeys.length === 0) return scan;
  const isFew = ({ fewValues, column }: ColumnTest): boolean => !fewValues && refersToFew(column, table, schema, model);
  return { ...scan, tests: scan.tests.map((test) => (isFew(test) ? { ...test, fewValues: true } : test)) };
}

/** Whether a column refers to a table which stays small. */
const refersToFew = (column: string, { foreignKeys }: Table, schema: Schema, model: Model): boolean =>
  foreignKeys.some(({ columns, parent }) => {
    const referred = columns.length === 1 && columns[0] === column ? model.schema.tableOf(schema.id, parent) : undefined;
    return referred !== undefined && (model.growth.isHandful(referred) || isCodeList(referred, model) || isUntoldKind(referred, model));
  });

/** A query with the joins that ask for a value, where the rows that they are joined to are found first. */
export const ledByRows = (query: Query, schema: Schema, model: Model): Query =>
  withLedJoins(query, (name) => {
    const table = model.schema.tableOf(schema.id, name);
    const isFew = (test: ColumnTest): boolean =>
      table !== undefined && (hasFewValues(test, table) || refersToFew(test.column, table, schema, model));
    return table && { table, isFew };
  });

const isUntoldKind = (table: Table, { tableSizes }: Model): boolean => tableSizes.rowsOf(table.name) === undefined && isPlainKind(table);

/** A query of a file on the schema that is judged, with the tables of its scans in their order. */
export interface JudgedQuery {
  readonly query: Query;
  readonly schema: Schema;
  readonly tables: readonly (Table | undefined)[];
}

/** One look of a query at a table with so many rows that a whole look at it is felt. */
export interface FeltScan extends JudgedQuery {
  readonly scan: Scan;
  readonly table: Table;
}

function judgedQueries(model: Model, file: JavaFile, isWanted: (query: Query) => boolean): readonly JudgedQuery[] {
  const queries = queriesIn(model, file).filter(isWanted);
  const schema = queries.length === 0 ? undefined : schemaOf(model, file.file);
  return schema === undefined ? [] : queries.map((query) => judgedOn(query, schema, model));
}

/** A query on a schema. */
export const judgedOn = (query: Query, schema: Schema, model: Model): JudgedQuery => ({
  query,
  schema,
  tables: tablesOf(model, schema, query),
});

/** The looks of a file's queries at tables that are large, of those queries that are understood as a whole. */
export function feltScans(model: Model, file: JavaFile): readonly FeltScan[] {
  return judgedQueries(model, file, ({ understood }) => understood).flatMap((judged) =>
    seenScans(model, judged.schema, judged.query).flatMap(({ scan, table }): readonly FeltScan[] =>
      isFelt(model, table) ? [{ scan, table, ...judged }] : [],
    ),
  );
}

/** Those of one query, whether it is understood as a whole or not. */
export function feltScansOf(model: Model, query: Query, file: string): readonly FeltScan[] {
  const schema = schemaOf(model, file);
  const tables = schema === undefined ? [] : tablesOf(model, schema, query);
  return schema === undefined
    ? []
    : seenScans(model, schema, query).flatMap(({ scan, table }) => (isFelt(model, table) ? [{ query, schema, tables, scan, table }] : []));
}

/** The looks of a query at tables, those through views at the tables behind them. */
export function seenScans(
  model: Model,
  { id }: Schema,
  { scans }: Query,
): readonly { readonly scan: Scan; readonly table: Table | undefined }[] {
  return scans.flatMap((scan) => {
    const table = model.schema.tableOf(id, scan.table);
    const schema = table === undefined ? model.schema.schema(id) : undefined;
    if (schema === undefined) return [{ scan, table }];
    return viewScans(scan, schema).map((behind) => ({ scan: behind, table: model.schema.tableOf(id, behind.table) }));
  });
}

type RemarkOf<K extends Remark["kind"]> = Extract<Remark, { kind: K }>;

/** What the statements of a file do beside their conditions, of one kind. */
export function remarksIn<K extends Remark["kind"]>(
  model: Model,
  file: JavaFile,
  kind: K,
): readonly (JudgedQuery & { readonly remark: RemarkOf<K> })[] {
  return judgedQueries(model, file, ({ remarks }) => remarks.length > 0).flatMap((judged) =>
    judged.query.remarks.flatMap((remark) => (remark.kind === kind ? [{ remark: remark as RemarkOf<K>, ...judged }] : [])),
  );
}

/** The look of a query at a table that a remark names, where the table is large and no index finds the rows by a value. */
export function unfoundScan(
  model: Model,
  { query, tables }: JudgedQuery,
  name: string | undefined,
): { readonly scan: Scan; readonly table: Table } | undefined {
  const at = name === undefined ? 0 : query.scans.findIndex(({ table }) => table === name);
  const [scan, table] = [query.scans[at], tables[at]];
  return scan === undefined || !isFelt(model, table) || isFoundByIndex(scan, table, query) ? undefined : { scan, table };
}

/** The tables of a query's scans, in their order. */
function tablesOf(model: Model, schema: Schema, { scans }: Query): readonly (Table | undefined)[] {
  return scans.map((scan) => model.schema.tableOf(schema.id, scan.table));
}

/** Whether a table has so many rows that a whole look at it is felt, as far as anybody knows. */
export function isFelt(model: Model, table: Table | undefined): table is Table {
  if (table === undefined || table.uncertain || model.tableSizes.isSmall(table) || isFrameworkTable(table.name)) return false;
  // Where nobody has told how many rows there are, its name and its columns may tell.
  return model.tableSizes.rowsOf(table.name) !== undefined || !(isKindByName(table) || isCodeList(table, model));
}

/** What a query looks at first, where it may be large in any database: its table, where the schema is known. */
export function largeFirst(
  model: Model,
  { scans: [scan] }: Query,
  file: string,
): { readonly scan: Scan; readonly table: Table | undefined } | undefined {
  if (scan === undefined) return undefined;
  const table = model.schema.table(scan.table, file);
  const isLarge = table === undefined ? !isLookup(scan.table) && !isSmallTable(model, scan.table, file) : isFelt(model, table);
  return isLarge ? { scan, table } : undefined;
}

/**
 * Whether an index finds the rows of a scan by a value: what else the query asks for is then asked of few. A join finds them only where the
 * query asks another table for a value.
 */
export function isFoundByIndex(scan: Scan, table: Table, { scans }: Query): boolean {
  // `certain` and `knowingFew` leave a copy of the query's own scan.
  const isItself = (other: Scan): boolean => other === scan || other.tests.some((test) => scan.tests.includes(test));
  return scan.tests.some(
    ({ column, test, folded, fewValues }) =>
      (GIVES_VALUE.has(test) || (test === "join" && scans.some((other) => !isItself(other) && asksForValue(other)))) &&
      folded === undefined &&
      !fewValues &&
      // Half of the rows are not found.
      table.columns.get(column)?.type !== "bool" &&
      indexServing([column], table) !== undefined,
  );
}

const GIVES_VALUE: ReadonlySet<string> = new Set(["equals", "in"]);
