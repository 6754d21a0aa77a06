import type { EntryPoint } from "../../model/calls/effects/spread.ts";
import type { Model } from "../../model/model.ts";
import { hasFewValues, type IndexNeed } from "../../model/persistence/scans/indexNeed.ts";
import { missingIndex, type ProposedIndex } from "../../model/persistence/scans/planClaim.ts";
import type { Query } from "../../model/persistence/scans/query.ts";
import type { Index, Schema, Table } from "../../model/schema/schema.ts";
import type { RelatedPlace } from "../finding.ts";
import { isLookup } from "../java/shared/mapping/smallTables.ts";
import { defineRule, type Report } from "../rule.ts";
import { createIndexEitherWay } from "./edits/createIndexConcurrently.ts";
import { withoutNulls } from "./edits/withoutNulls.ts";
import { isDeclaredFor } from "./shared/indexes/declaredIndexes.ts";
import { dialectGaps } from "./shared/indexes/dialectGaps.ts";
import { indexOfNeeds, type WantedIndex } from "./shared/indexes/indexOfNeeds.ts";
import { groupsElsewhere, type LackGroup, lackGroups, queriesOf, speaksBefore } from "./shared/indexes/lackGroups.ts";
import { lacksKeyFor } from "./shared/indexes/missingKey.ts";
import { entryOf } from "./shared/queries/entries.ts";
import { feltOn } from "./shared/queries/fewRows.ts";
import { queriesIn, schemaOf } from "./shared/queries/queries.ts";
import { keepsWhatHappens } from "./shared/tables/growth.ts";
import { isKindByName, isOfThing, isPlainKind } from "./shared/tables/quietTables.ts";
import { askedByPolicies } from "./shared/tables/schemaQuestions.ts";

export const missingIndexForQuery = defineRule({
  id: "sql/missing-index-for-query",
  title: "Query without an index on what it filters or sorts by",
  language: "java",
  certainty: "likely",
  cost: "each call reads the whole table",
  references: [
    "https://www.postgresql.org/docs/current/indexes-multicolumn.html",
    "https://www.postgresql.org/docs/current/indexes-ordering.html",
    "https://docs.spring.io/spring-data/jpa/reference/jpa/query-methods.html",
  ],
  messages: {
    filters: "{{method}} filters {{table}} by {{filters}} without an index",
    sorts: "{{method}} sorts {{table}} by {{sorts}} without an index",
    order: "{{method}} filters {{table}} by {{filters}}: {{index}} has {{column}} behind {{first}}",
    partial: "{{method}} filters {{table}} by {{filters}}: {{index}} holds only rows where {{predicate}}",
    weak: "{{method}} filters {{table}} by {{filters}}: {{index}} knows only {{first}}, of few values",
    between: "{{method}} filters {{table}} by {{filters}}: {{index}} knows only a range of {{first}}",
    filtersAndSorts: "{{method}} reads {{table}} by {{filters}} in order of {{sorts}} without an index",
    walks: "{{method}} looks for {{filters}} of {{table}} along {{index}}",
    turned: "{{method}} sorts {{table}} by {{sorts}} with NULL at the other end than {{index}} has it: all rows are sorted",
    turnedRows: "{{method}} reads {{table}} by {{filters}} in order of {{sorts}}, with NULL at the other end than {{index}} has it",
    extreme: "{{method}} asks {{table}} for the first or last {{sorts}} without an index",
    filtersAndExtreme: "{{method}} asks {{table}} by {{filters}} for the first or last {{sorts}} without an index",
  },

  check({ file, model, report }) {
    const queries = queriesIn(model, file);
    const schema = queries.length === 0 ? undefined : schemaOf(model, file.file);
    if (schema === undefined) return;
    for (const group of lackGroups(queries, schema, model, file)) {
      if (!isTold(group, schema, model)) continue;
      const elsewhere = groupsElsewhere(group, schema, model).filter((other) => isTold(other, schema, model));
      if (elsewhere.some((other) => speaksBefore(other, group))) continue;
      const felt = feltOn(
        group.table,
        model,
        [group, ...elsewhere].flatMap((one) => queriesOf(one).map((query) => ({ query, file: one.file }))),
      );
      if (felt === undefined) continue;
      const { query, table, need } = group;
      // Files that say nothing themselves are named first.
      const others = [...elsewhere, ...group.others, ...elsewhere.flatMap((other) => other.others)];
      const served = [query, ...others.map((other) => other.query)];
      const order = wrongOrder(table, need);
      const partial = order === undefined ? heldInPart(table, need) : undefined;
      const near = need.turned ?? need.walked ?? need.weak ?? need.ranged ?? order ?? partial;
      const index = indexOfNeeds(
        need,
        others.map((other) => other.need),
        table,
        schema,
      );
      report({
        at: query.at,
        message: messageOf(need, query, order, partial),
        data: {
          method: query.method,
          table: table.name,
          filters: listed(need.filters),
          sorts: listed(need.sorts),
          index: near?.name ?? "",
          predicate: partial?.predicate?.replace(/\s+/g, " ") ?? "",
          column: need.columns[0] ?? "",
          first: (need.weak ?? need.ranged ?? order)?.keys[0]?.column ?? "an expression",
        },
        cost: costOf(need, query, table),
        related: [
          { at: table.at, message: `${table.name} is created here` },
          ...need.columns.flatMap((column) => placeOf(table, column)),
          ...(near === undefined ? [] : [{ at: near.at, message: `${near.name} is created here` }]),
          ...others
            .slice(0, MOST_OTHERS)
            .map((other) => ({ at: other.query.at, message: `${other.query.method} would use the index too` })),
          ...felt.related,
        ],
        fixes: [
          ...(need.turned !== undefined && isNeverNull(need.sorts, table) ? withoutNulls(file, query) : []),
          ...createIndexEitherWay(model, schema.id, table, index.keys, table.at, index),
        ],
        // The planner knows the text of a query, not the order that its calls give it.
        ...(served.some(({ orderOfCalls }) => orderOfCalls) ? {} : { claim: missingIndex(schema, table, proposed(index), ...served) }),
        ...weight([group, ...elsewhere], model),
        ...felt.rank,
      });
    }
  },
});

const isNeverNull = (columns: readonly string[], table: Table): boolean =>
  columns.every((column) => table.columns.get(column)?.nullable === false);

const proposed = ({ keys, where, directions }: WantedIndex): ProposedIndex => ({
  keys,
  method: "btree",
  ...(where !== undefined && { where }),
  ...(directions !== undefined && { directions }),
});

/** Rows from which reading a table takes tenths of a second. */
const MANY_ROWS = 1_000_000;
const MOST_OTHERS = 5;

/** Whether an index that the queries of a file lack is worth a word, and nothing else says so. */
function isTold(group: LackGroup, schema: Schema, model: Model): boolean {
  const { file, need, query, table } = group;
  const served = queriesOf(group);
  if (hasFewRows(need, table, schema.id, model) || sortsFew(need, query, table, schema, model)) return false;
  if (isPurgeByKey(need, table, served) || isSaidOfTable(need, schema, table, model)) return false;
  if (served.every((one) => removesSamples(one) && entryOf(one, file, model) === undefined)) return false;
  return !isBehindPolicies(schema, table, need);
}

/** What nothing but deletes by a foreign key lack, it says of the key, too. */
const isPurgeByKey = ({ columns: [column, ...more] }: IndexNeed, { foreignKeys }: Table, queries: readonly Query[]): boolean =>
  more.length === 0 &&
  queries.every(({ kind }) => kind === "delete") &&
  foreignKeys.some((key) => key.columns.length === 1 && key.columns[0] === column);

/** What the table lacks as a whole, beside those of other databases or beside its entity's is said there, for all of its queries. */
function isSaidOfTable({ columns, filters }: IndexNeed, { id }: Schema, table: Table, model: Model): boolean {
  const [first] = columns;
  if (lacksKeyFor([...columns, ...filters], id, table, model) || isDeclaredFor(columns, table, model)) return true;
  return first !== undefined && dialectGaps(id, table, model).has(first);
}

/** Names for a message of one line. */
function listed(columns: readonly string[]): string {
  return columns.length <= 3 ? columns.join(", ") : `${columns.slice(0, 2).join(", ")} and ${columns.length - 2} more`;
}

function messageOf(
  { sorts, filters, walked, weak, ranged, turned }: IndexNeed,
  query: Query,
  order: Index | undefined,
  partial: Index | undefined,
) {
  if (turned !== undefined) return filters.length === 0 ? "turned" : "turnedRows";
  if (walked !== undefined) return "walks";
  if (sorts.length > 0 && isOfExtreme(query)) return filters.length === 0 ? "extreme" : "filtersAndExtreme";
  if (sorts.length > 0) return filters.length === 0 ? "sorts" : "filtersAndSorts";
  if (weak !== undefined) return "weak";
  if (ranged !== undefined) return "between";
  if (order !== undefined) return "order";
  return partial !== undefined ? "partial" : "filters";
}

/** `select max(t.createdAt)`: nothing is sorted, and the order of an index spares the reading. */
const isOfExtreme = ({ scans }: Query): boolean => scans.some(({ extreme }) => extreme !== undefined);

function costOf({ orderOnly, filters, walked, weak, ranged }: IndexNeed, query: Query, { name }: Table): string {
  if (ranged !== undefined) return `each call reads all rows of ${name} between two values of ${ranged.keys[0]?.column}`;
  if (weak !== undefined) return `each call reads all rows of ${name} with its ${weak.keys[0]?.column}`;
  if (walked !== undefined) return `each call reads all of ${name} where fewer rows than are asked for have these values`;
  if (orderOnly) return `each call reads and sorts all rows with its ${filters.join(", ")} to return the first`;
  return filters.length === 0 && !isOfExtreme(query)
    ? `each call reads and sorts all of ${name} to return the first rows`
    : `each call reads all of ${name}`;
}

function placeOf(table: Table, column: string): readonly RelatedPlace[] {
  const at = table.columns.get(column)?.at;
  const isLed = table.indexes.some(({ keys, predicate }) => predicate === undefined && keys[0]?.column === column);
  return at === undefined || isLed ? [] : [{ at, message: `no index leads with ${column}` }];
}

/** An index that has the columns, behind another one: it finds nothing by them alone. */
function wrongOrder({ indexes }: Table, { columns }: IndexNeed): Index | undefined {
  return indexes.find(
    ({ keys, predicate, method }) =>
      method === "btree" &&
      predicate === undefined &&
      keys.findIndex((key) => key.column === columns[0]) > 0 &&
      columns.every((column) => keys.some((key) => key.column === column)),
  );
}

/** Whether an index has one of the columns behind one that the query does not ask for, but policies of the table do in its stead. */
function isBehindPolicies(schema: Schema, table: Table, { columns, filters }: IndexNeed): boolean {
  const behind = table.indexes.flatMap(({ keys: [first, ...others] }) =>
    first?.column !== undefined && !filters.includes(first.column) && others.some(({ column = "" }) => columns.includes(column))
      ? [first.column]
      : [],
  );
  if (behind.length === 0) return false;
  const asked = askedByPolicies(schema, table);
  return behind.some((column) => asked.has(column));
}

/** An index that leads with the column for some rows only: those that the query asks for are others, or more. */
function heldInPart({ indexes }: Table, { columns }: IndexNeed): Index | undefined {
  return indexes.find(
    ({ keys, predicate, method }) =>
      method === "btree" && predicate !== undefined && predicate.length <= LONGEST_PREDICATE && keys[0]?.column === columns[0],
  );
}

/** What still fits into a line. */
const LONGEST_PREDICATE = 40;

/** Felt most where requests wait for it and the table is known to be large. */
function weight(groups: readonly [LackGroup, ...LackGroup[]], model: Model): Pick<Report, "certainty" | "severity"> {
  const [{ need, table }] = groups;
  const queries = groups.flatMap(queriesOf);
  // How soon enough rows are found, the spread of values decides.
  if (need.orderOnly || (need.walked ?? need.weak ?? need.ranged) !== undefined) return { certainty: "possible" };
  // Nobody waits for a clean-up as for a page, and the index would cost every insert.
  if (queries.every(({ kind }) => kind === "delete")) return { certainty: "possible" };
  const rows = model.tableSizes.rowsOf(table.name);
  const entries = groups.flatMap((group) => queriesOf(group).map((query) => entryOf(query, group.file, model)));
  if ((rows ?? 0) < MANY_ROWS && queries.every((query) => asksForOld(query, table)) && entries.every(isNowAndThen))
    return { certainty: "possible" };
  // "When did anything change last" is asked of lists of codes, too (tmfg/digitraffic-road).
  const isOfAll = need.filters.every((column) => hasFewValues({ column, fewValues: false }, table));
  if (rows === undefined && isOfAll && queries.every((query) => isOfExtreme(query) || isOfOldest(query, table)))
    return { certainty: "possible" };
  if ((rows ?? 0) < MANY_ROWS) return {};
  return entries.some((entry) => entry?.kind === "endpoint") ? { severity: "warning" } : {};
}

/** The oldest of all rows is asked for of what has one: settings that the first start writes (mousko667/FINAL-PROJECT-). */
const isOfOldest = ({ limit, scans: [scan, ...others] }: Query, { key }: Table): boolean =>
  limit === 1 &&
  others.length === 0 &&
  scan?.table === key &&
  scan.tests.length === 0 &&
  scan.sort.length > 0 &&
  scan.sort.every(
    ({ column, descending }) => !descending && /^(?:id|created(?:_?(?:at|on|date|time))?|creation_?(?:date|time))$/.test(column),
  );

/** `createdAt < :cutoff` and nothing else: what has become old is looked for to be cleaned up, and few rows of all have become so. */
const asksForOld = ({ scans }: Query, { key, columns }: Table): boolean =>
  scans.some(
    ({ table, tests }) =>
      table === key &&
      tests.length > 0 &&
      tests.every(({ column, bound }) => bound === "below" && /^(?:timestamp|date)/.test(columns.get(column)?.type ?? "")),
  );

/** Nobody waits for a nightly job, and the index would cost every insert. */
const isNowAndThen = (entry: EntryPoint | undefined): boolean => entry !== undefined && entry.kind !== "endpoint" && !entry.often;

/**
 * Few rows are sorted faster than an index is written: those that a nearly unique value finds, and those of one parent of which the last is
 * asked for, unless the table keeps what happens all the time.
 */
function sortsFew({ orderOnly, filters }: IndexNeed, { limit }: Query, table: Table, schema: Schema, model: Model): boolean {
  if (!orderOnly) return false;
  if (filters.some((column) => NEARLY_UNIQUE.test(column))) return true;
  const isOfOneParent = table.foreignKeys.some(({ columns: [column, ...more] }) => more.length === 0 && filters.includes(column ?? ""));
  return limit === 1 && isOfOneParent && model.tableSizes.rowsOf(table.name) === undefined && !keepsWhatHappens(table, schema, model);
}
const NEARLY_UNIQUE = /^(?:e_?mail(?:_?address)?|uuid|guid|token|user_?name|login|iban)$/;

/** `delete … where provenance = 'sample'` in code that nothing reaches is run by hand, if at all (waltz has a generator for each table). */
const removesSamples = (query: Query): boolean =>
  query.kind === "delete" &&
  "sender" in query &&
  query.scans[0]?.tests.some(({ test, constant }) => test === "equals" && constant) === true;

/** Its name says that few rows are in it, and nobody has said otherwise. */
const hasFewRows = ({ columns }: IndexNeed, table: Table, schema: string, model: Model): boolean =>
  isKindByName(table) &&
  model.tableSizes.rowsOf(table.name) === undefined &&
  !columns.some((column) => isOfOthers(column, table, schema, model));

/** Options of a poll and roles of a user are as many as there are polls and users: the column leads to another table. */
function isOfOthers(column: string, table: Table, schema: string, model: Model): boolean {
  const key = table.foreignKeys.find(({ columns }) => columns.includes(column));
  if (key === undefined) return /_(?:id|fk|uuid)$|^(?:user_?name|login)$/.test(column);
  const parent = model.schema.tableOf(schema, key.parent);
  return isOfThing(key, table) || (parent !== undefined && parent !== table && isLookup(parent.name) && !isPlainKind(parent));
}
