import type { Model } from "../../model/model.ts";
import { type IndexNeed, indexNeed } from "../../model/persistence/indexNeed.ts";
import type { Query, Scan } from "../../model/persistence/query.ts";
import { isFrameworkTable } from "../../model/schema/frameworkTables.ts";
import { isJudged, type Schema, type Table } from "../../model/schema/schema.ts";
import { defineRule } from "../rule.ts";
import { createIndex } from "./edits/createIndex.ts";

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
    filtersAndSorts: "{{method}} reads {{table}} by {{filters}} in order of {{sorts}} without an index",
  },

  check({ file, model, report }) {
    const schema = schemaOf(model, file.file);
    if (schema === undefined) return;
    const said = new Map<string, string>();
    for (const query of queriesIn(model, file)) {
      for (const lack of lacksOf(query, schema, model, file.file)) {
        const { table, need } = lack;
        // Several methods may want one index: the first says so.
        const key = `${table.name}(${need.columns.join()})`;
        if (said.has(key)) continue;
        said.set(key, query.method);
        const sorts = need.sorts.join(", ");
        report({
          at: query.at,
          message: need.sorts.length === 0 ? "filters" : need.filters.length === 0 ? "sorts" : "filtersAndSorts",
          data: { method: query.method, table: table.name, filters: need.filters.join(", "), sorts },
          cost: need.orderOnly
            ? `each call reads and sorts all rows with its ${need.filters.join(", ")} to return the first`
            : need.filters.length === 0
              ? `each call reads and sorts all of ${table.name} to return the first rows`
              : `each call reads all of ${table.name}`,
          related: [
            { at: table.at, message: `${table.name} is created here` },
            ...need.columns.flatMap((column) => {
              const at = table.columns.get(column)?.at;
              return at === undefined ? [] : [{ at, message: `no index leads with ${column}` }];
            }),
          ],
          fixes: [createIndex(model, schema.id, table, need.columns, table.at)],
          ...(need.orderOnly ? { certainty: "possible" } : {}),
        });
      }
    }
  },
});

/** Rows below which PostgreSQL reads a table as fast as an index. */
const FEW_ROWS = 10_000;

function schemaOf(model: Model, file: string): Schema | undefined {
  const schema = model.schema.schemaFor(file);
  return schema === undefined || schema.test || !isJudged(schema.dialect) ? undefined : schema;
}

function queriesIn(
  model: Model,
  file: { readonly file: string; readonly java: { readonly types: readonly { readonly kind: string; readonly qualified: string }[] } },
): readonly Query[] {
  const queries = new Map<number, Query>();
  for (const { kind, qualified } of file.java.types) {
    if (kind !== "interface" || model.persistence.repository(qualified) === undefined) continue;
    for (const query of model.persistence.queriesOf(qualified)) if (query.at.file === file.file) queries.set(query.at.start, query);
  }
  return [...queries.values()].sort((a, b) => a.at.start - b.at.start);
}

interface Lack {
  readonly table: Table;
  readonly need: IndexNeed;
}

function lacksOf(query: Query, schema: Schema, model: Model, file: string): readonly Lack[] {
  if (!query.understood || query.kind === "insert" || query.kind === "other") return [];
  const tables = query.scans.map((scan) => model.schema.tableOf(schema.id, scan.table));
  return query.scans.flatMap((scan, i): readonly Lack[] => {
    const table = tables[i];
    if (table === undefined || table.uncertain || isSmall(table, model) || isFrameworkTable(table.name)) return [];
    const parent = table.partitionOf === undefined ? undefined : model.schema.table(table.partitionOf, file);
    const need = indexNeed(query, certain(scan, table, tables), table, parent?.indexes);
    return need === undefined ? [] : [{ table, need }];
  });
}

/** Small by its checks or seeds, or declared so. */
function isSmall(table: Table, model: Model): boolean {
  const rows = model.tableSizes.rowsOf(table.name);
  return rows === undefined ? table.small !== undefined : rows < FEW_ROWS;
}

/** A column without its table belongs to the one table of the query that has it. */
function certain(scan: Scan, table: Table, tables: readonly (Table | undefined)[]): Scan {
  const elsewhere = (column: string): boolean =>
    tables.some((other) => other === undefined || (other !== table && other.columns.has(column)));
  return { ...scan, tests: scan.tests.filter((test) => !test.ambiguous || !elsewhere(test.column)) };
}
