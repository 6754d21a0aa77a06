import type { JavaFile } from "../../facts/fileFacts.ts";
import type { EntryPoint } from "../../model/calls/effects/spread.ts";
import type { Model } from "../../model/model.ts";
import type { Query } from "../../model/persistence/scans/query.ts";
import type { Table } from "../../model/schema/schema.ts";
import { runsAtStartUp } from "../../model/web/startUp.ts";
import { defineRule, type Report } from "../rule.ts";
import { createIndexEitherWay } from "./edits/createIndexConcurrently.ts";
import { ageOf, indexOfAge, isCut, isOrdered } from "./shared/indexes/purges.ts";
import { entryOf } from "./shared/queries/entries.ts";
import { isFelt, isFoundByIndex, queriesIn, schemaOf } from "./shared/queries/queries.ts";
import { keepsWhatHappens } from "./shared/tables/growth.ts";

export const purgeWithoutIndex = defineRule({
  id: "sql/purge-without-index",
  title: "Old rows are deleted by an age that no index knows",
  language: "java",
  certainty: "likely",
  cost: "each run reads the whole table to find the few rows that have become old",
  references: [
    "https://www.postgresql.org/docs/current/indexes-intro.html",
    "https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-OVERVIEW",
  ],
  messages: { purges: "{{method}} deletes from {{table}} by {{column}}, which no index starts with" },
  subsumes: ["sql/missing-index-for-query"],

  check({ file, model, report }) {
    const purges = purgesIn(file, model);
    const schema = purges.length === 0 ? undefined : schemaOf(model, file.file);
    if (schema === undefined) return;
    const said = new Set<string>();
    for (const query of purges) {
      const [scan] = query.scans;
      const table = scan === undefined ? undefined : model.schema.tableOf(schema.id, scan.table);
      if (scan === undefined || !isFelt(model, table) || isCut(table, schema)) continue;
      const age = ageOf(scan, table);
      if (age === undefined || isFoundByIndex(scan, table, query) || isOrdered(table, age.column)) continue;
      if (isReadBy(age.column, table, queriesIn(model, file))) continue;
      // One index serves all purges of a table.
      const key = `${table.name} ${age.column}`;
      if (said.has(key) || model.javaMigrations.indexes(table.name, age.column)) continue;
      said.add(key);
      const column = table.columns.get(age.column);
      const index = indexOfAge(age, table, schema);
      report({
        at: query.at,
        message: "purges",
        data: { method: query.method, table: table.name, column: column?.name ?? age.column },
        related: [{ at: column?.at ?? table.at, message: `no index leads with ${column?.name ?? age.column}` }],
        fixes: createIndexEitherWay(model, schema.id, table, index.keys, table.at, index),
        ...weight(entryOf(query, file, model), model.tableSizes.rowsOf(table.name), keepsWhatHappens(table, schema, model)),
      });
    }
  },
});

/** Rows from which reading a table takes tenths of a second. */
const MANY_ROWS = 1_000_000;

/** Deletes of a file's methods, those of nightly jobs too. */
function purgesIn(file: JavaFile, model: Model): readonly Query[] {
  const deletes = ({ kind, understood, scans }: Query): boolean =>
    kind === "delete" && understood && scans.some(({ tests }) => tests.some(({ test }) => test === "range"));
  const written = model.persistence.written.in(file.file).filter((query) => {
    const method = deletes(query) ? model.calls.method(query.sender) : undefined;
    return method !== undefined && !runsAtStartUp(method);
  });
  return [...queriesIn(model, file).filter((query) => !("sender" in query) && deletes(query)), ...written];
}

/** A query of the same file that looks for the time lacks the same index, and sql/missing-index-for-query names the delete beside it. */
function isReadBy(column: string, table: Table, queries: readonly Query[]): boolean {
  const name = table.key;
  return queries.some(
    ({ kind, scans }) =>
      kind !== "delete" &&
      scans.some((scan) => scan.table === name && scan.tests.some((one) => one.column === column && one.test === "range")),
  );
}

/**
 * What happens every few minutes is felt where the table is known to be large or keeps what happens: one that is cleaned so often may be
 * short (sechub's heartbeats, one a server). Now and then it is felt in such tables only.
 */
function weight(entry: EntryPoint | undefined, rows: number | undefined, grows: boolean): Pick<Report, "certainty" | "severity"> {
  if (rows !== undefined && rows < MANY_ROWS) return { certainty: "possible" };
  const isLarge = rows !== undefined || grows;
  if (entry?.often === true) return isLarge ? { severity: "warning" } : {};
  return isLarge ? {} : { certainty: "possible" };
}
