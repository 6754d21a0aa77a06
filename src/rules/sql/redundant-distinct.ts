import type { JavaFile } from "../../facts/fileFacts.ts";
import { versionAtLeast } from "../../model/configuration/versions.ts";
import type { Model } from "../../model/model.ts";
import { hasFewValues } from "../../model/persistence/scans/indexNeed.ts";
import type { ColumnTest, Query } from "../../model/persistence/scans/query.ts";
import { defineRule } from "../rule.ts";
import { withoutDistinct } from "./edits/withoutDistinct.ts";
import { declarationOf } from "./shared/queries/declarations.ts";
import { isKey } from "./shared/queries/keys.ts";
import { isFelt, isFoundByIndex, type JudgedQuery, largeFirst, queriesIn, remarksIn } from "./shared/queries/queries.ts";

export const redundantDistinct = defineRule({
  id: "sql/redundant-distinct",
  title: "DISTINCT that takes out no row, but sorts or hashes all of them",
  language: "java",
  certainty: "proven",
  severity: "information",
  cost: "all rows are sorted or hashed by all of their columns before the first one comes",
  references: [
    "https://www.postgresql.org/docs/current/sql-select.html#SQL-DISTINCT",
    "https://github.com/hibernate/hibernate-orm/blob/6.0/migration-guide.adoc#distinct",
  ],
  messages: {
    none: "{{method}} asks for different rows of {{table}}, which differ anyway",
    joined: "{{method}} takes the first of {{table}} behind DISTINCT: all rows that the join has doubled are sorted for each page",
    fetched: "{{method}} asks for different rows of {{table}}: with what it fetches all of them differ",
    counted: "{{method}} counts different rows of {{table}}, which differ anyway",
    subquery: "{{method}} asks IN of different values of {{table}}, all of which are looked up first",
  },

  check({ file, model, report }) {
    for (const query of queriesIn(model, file)) {
      const remark = query.remarks.find((one) => one.kind === "distinct");
      if (remark?.kind !== "distinct" || query.source !== "jpql") continue;
      if (remark.duplicates === "joined") {
        const large = isPagedForMany(query, file, model) ? largeFirst(model, query, file.file) : undefined;
        if (large?.table === undefined) continue;
        report({
          at: query.at,
          message: "joined",
          data: { method: query.method, table: large.table.name },
          certainty: "possible",
          cost: "each page joins, sorts and compares all rows; EXISTS in place of the join stops when the page is full",
          related: [{ at: large.table.at, message: `${large.table.name} is created here` }],
        });
        continue;
      }
      const large = isSpared(query, remark.duplicates, file, model) ? largeFirst(model, query, file.file) : undefined;
      if (large === undefined) continue;
      const { scan, table } = large;
      report({
        at: query.at,
        message: remark.duplicates,
        data: { method: query.method, table: table?.name ?? scan.table },
        // Few rows are soon sorted.
        ...(table === undefined || isFoundByIndex(scan, table, query) ? { severity: "hint" as const } : {}),
        related: table === undefined ? [] : [{ at: table.at, message: `${table.name} is created here` }],
        fixes: withoutDistinct(file, query, "selected"),
      });
    }
    for (const query of queriesIn(model, file)) {
      const large = countsKeys(query, file, model) ? largeFirst(model, query, file.file) : undefined;
      if (large === undefined) continue;
      const { scan, table } = large;
      report({
        at: query.at,
        message: "counted",
        data: { method: query.method, table: table?.name ?? scan.table },
        cost: "all rows are sorted by what is counted before they are counted",
        ...(table === undefined || isFoundByIndex(scan, table, query) ? { severity: "hint" as const } : {}),
        related: table === undefined ? [] : [{ at: table.at, message: `${table.name} is created here` }],
        fixes: withoutDistinct(file, query, "counted"),
      });
    }
    const said = new Set<Query>();
    for (const judged of remarksIn(model, file, "distinctIn")) {
      const { query, remark } = judged;
      const table = tableOf(remark.table, judged);
      if (said.has(query) || !isFelt(model, table)) continue;
      said.add(query);
      report({
        at: query.at,
        message: "subquery",
        data: { method: query.method, table: table.name },
        cost: `everything that the subquery finds in ${table.name} is read first, where an index could look up a few rows`,
        related: [{ at: table.at, message: `${table.name} is created here` }],
        fixes: withoutDistinct(file, query, "looked up"),
      });
    }
  },
});

/** Hibernate puts together what a fetched collection has doubled by itself since version 6; a page's count knows nothing of it. */
const PUTS_TOGETHER = "6.0";

/** Whether nothing is missing without DISTINCT, and anything is spared. */
function isSpared(query: Query, duplicates: "none" | "fetched", file: JavaFile, model: Model): boolean {
  if (!["list", "page", "slice"].includes(query.returns)) return false;
  // An entity graph fetches collections, too.
  const graph = declarationOf(query, file)?.method.annotations.some(({ name }) => /(?:^|\.)EntityGraph$/.test(name)) ?? true;
  if (duplicates === "none" && !graph) return true;
  const { hibernate } = model.configuration.buildOf(file.file);
  return query.limit === "none" && hibernate !== undefined && versionAtLeast(hibernate, PUTS_TOGETHER);
}

/** Whether the first rows of a query are taken, and no value that few rows have leaves little to sort. */
function isPagedForMany({ limit, scans }: Query, { file }: JavaFile, model: Model): boolean {
  if (limit === "none") return false;
  return scans.every(({ table: name, tests }) => {
    const table = model.schema.table(name, file);
    const isGiven = ({ test }: ColumnTest): boolean => test === "equals" || test === "in";
    return table !== undefined && !tests.some((test) => isGiven(test) && !hasFewValues(test, table));
  });
}

/** Whether a query counts different values of a key, whose rows nothing doubles. */
function countsKeys(query: Query, file: JavaFile, model: Model): boolean {
  const remark = query.remarks.find((one) => one.kind === "distinctCount");
  return remark?.kind === "distinctCount" && !remark.joined && isKey(remark.table, remark.column, query, file.file, model);
}

const tableOf = (name: string, { query, tables }: JudgedQuery) => tables[query.scans.findIndex(({ table }) => table === name)];
