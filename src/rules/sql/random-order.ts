import { defineRule } from "../rule.ts";
import { remarksIn, unfoundScan } from "./shared/queries/queries.ts";

export const randomOrder = defineRule({
  id: "sql/random-order",
  title: "Rows in random order, for which all of them are read and sorted",
  language: "java",
  certainty: "likely",
  cost: "each call reads and sorts the whole table",
  references: ["https://www.postgresql.org/docs/current/sql-select.html#SQL-FROM"],
  messages: { sorted: "{{method}} gives every row of {{table}} a random number and sorts them" },

  check({ file, model, report }) {
    for (const judged of remarksIn(model, file, "random")) {
      const { query } = judged;
      const table = unfoundScan(model, judged, undefined)?.table;
      if (table === undefined) continue;
      report({
        at: query.at,
        message: "sorted",
        data: { method: query.method, table: table.name },
        related: [{ at: table.at, message: `${table.name} is created here` }],
      });
    }
  },
});
