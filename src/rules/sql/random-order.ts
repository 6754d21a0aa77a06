import { defineRule } from "../rule.ts";
import { isFelt, isFoundByIndex, queriesIn, schemaOf, tablesOf } from "./shared/queries.ts";

export const randomOrder = defineRule({
  id: "sql/random-order",
  title: "Rows in random order, for which all of them are read and sorted",
  language: "java",
  certainty: "likely",
  cost: "each call reads and sorts the whole table",
  references: ["https://www.postgresql.org/docs/current/sql-select.html#SQL-FROM"],
  messages: { sorted: "{{method}} gives every row of {{table}} a random number and sorts them" },

  check({ file, model, report }) {
    const queries = queriesIn(model, file).filter(({ remarks }) => remarks.some(({ kind }) => kind === "random"));
    const schema = queries.length === 0 ? undefined : schemaOf(model, file.file);
    if (schema === undefined) return;
    for (const query of queries) {
      const [table] = tablesOf(model, schema, query);
      const [scan] = query.scans;
      if (scan === undefined || !isFelt(model, table) || isFoundByIndex(scan, table)) continue;
      report({
        at: query.at,
        message: "sorted",
        data: { method: query.method, table: table.name },
        related: [{ at: table.at, message: `${table.name} is created here` }],
      });
    }
  },
});
