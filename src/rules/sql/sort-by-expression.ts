import { missingIndex } from "../../model/persistence/scans/planClaim.ts";
import { defineRule } from "../rule.ts";
import { remarksIn, unfoundScan } from "./shared/queries/queries.ts";

export const sortByExpression = defineRule({
  id: "sql/sort-by-expression",
  title: "The first rows in an order that no index has",
  language: "java",
  certainty: "likely",
  cost: "each call reads the whole table, computes the expression for each row and sorts, to return the first rows",
  references: [
    "https://www.postgresql.org/docs/current/indexes-ordering.html",
    "https://www.postgresql.org/docs/current/indexes-expressional.html",
  ],
  messages: { sorted: "{{method}} sorts {{table}} by {{expression}} over {{column}}: no index has this order" },

  check({ file, model, report }) {
    for (const judged of remarksIn(model, file, "sortExpression")) {
      const { query, remark } = judged;
      // All rows are read in any case where all are wanted.
      if (!query.understood || query.limit === "none" || query.aggregates) continue;
      const table = unfoundScan(model, judged, remark.table)?.table;
      if (table === undefined) continue;
      const named = new RegExp(`\\b${remark.column}\\b`, "i");
      if (table.indexes.some(({ keys }) => keys.some(({ expression }) => expression !== undefined && named.test(expression)))) continue;
      report({
        at: query.at,
        message: "sorted",
        data: { method: query.method, table: table.name, expression: remark.expression, column: remark.column },
        related: [{ at: table.at, message: `${table.name} is created here` }],
        claim: missingIndex(judged.schema, table, undefined, query),
      });
    }
  },
});
