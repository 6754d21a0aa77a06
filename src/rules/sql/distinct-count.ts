import type { JavaFile } from "../../facts/fileFacts.ts";
import type { Model } from "../../model/model.ts";
import type { Query } from "../../model/persistence/scans/query.ts";
import { defineRule } from "../rule.ts";
import { countDistinctRows } from "./edits/countDistinctRows.ts";
import { entryOf, isKept, senderOf } from "./shared/queries/entries.ts";
import { isKey } from "./shared/queries/keys.ts";
import { largeFirst, queriesIn, schemaOf } from "./shared/queries/queries.ts";

export const distinctCount = defineRule({
  id: "sql/distinct-count",
  title: "COUNT(DISTINCT …) over a whole table for a request",
  language: "java",
  certainty: "possible",
  cost: "each request reads all rows and sorts them by what is counted",
  references: [
    "https://www.postgresql.org/docs/current/functions-aggregate.html",
    "https://www.postgresql.org/docs/current/rules-materializedviews.html",
  ],
  messages: { counts: "{{method}} counts the different {{column}} of all {{table}} for each {{entry}}" },

  check({ file, model, report }) {
    for (const query of queriesIn(model, file)) {
      const remark = query.remarks.find((one) => one.kind === "distinctCount");
      if (remark?.kind !== "distinctCount" || remark.column === undefined || !readsAll(query)) continue;
      const large = isPostgres(file, model) ? largeFirst(model, query, file.file) : undefined;
      // Rows that differ anyway are sql/redundant-distinct's.
      if (large === undefined || (!remark.joined && isKey(remark.table, remark.column, query, file.file, model))) continue;
      const entry = entryOf(query, file, model);
      if (entry?.kind !== "endpoint" || !entry.often || isKept(senderOf(query, file), model)) continue;
      const { scan, table } = large;
      report({
        at: query.at,
        message: "counts",
        data: { method: query.method, column: remark.column, table: table?.name ?? scan.table, entry: entry.label },
        related: table === undefined ? [] : [{ at: table.at, message: `${table.name} is created here` }],
        fixes: countDistinctRows(file, query),
      });
    }
  },
});

/** Whether the database is PostgreSQL, by the schema or the driver: what others do is not known here. */
const isPostgres = ({ file }: JavaFile, model: Model): boolean =>
  schemaOf(model, file) !== undefined ||
  (model.schema.schemaFor(file) === undefined && model.configuration.buildOf(file).has("postgresql", "r2dbc-postgresql"));

/** Whether no condition is known that lets few rows through. */
const readsAll = ({ understood, scans }: Query): boolean =>
  understood &&
  scans.every(({ tests }) => tests.every(({ test, constant, fewValues }) => LEAVES_MOST.has(test) || (constant && fewValues)));

const LEAVES_MOST: ReadonlySet<string> = new Set(["join", "notNull", "not"]);
