import { defineRule } from "../rule.ts";
import { isFelt } from "./shared/queries/queries.ts";

export const manyIndexes = defineRule({
  id: "sql/many-indexes",
  title: "Very many indexes on one table",
  language: ["sql", "java"],
  certainty: "possible",
  cost: "each insert, and each update that is no HOT update, writes an entry to every one of them",
  references: [
    "https://www.postgresql.org/docs/current/indexes-intro.html",
    "https://www.postgresql.org/docs/current/storage-hot.html",
    "https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-ALL-INDEXES-VIEW",
  ],
  messages: { many: "{{table}} has {{count}} indexes, which each insert writes" },

  check({ file, model, report }) {
    for (const { table } of model.schema.tablesDeclaredIn(file.file)) {
      const { length: count } = table.indexes;
      if (count < MANY || table.kind !== "table" || !isFelt(model, table)) continue;
      report({ at: table.at, message: "many", data: { table: table.name, count } });
    }
  },
});

const MANY = 12;
