import { defineRule } from "../rule.ts";
import { isFelt, isFoundByIndex, queriesIn, schemaOf, tablesOf } from "./shared/queries.ts";

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
    const queries = queriesIn(model, file).filter(({ remarks }) => remarks.some(({ kind }) => kind === "sortExpression"));
    const schema = queries.length === 0 ? undefined : schemaOf(model, file.file);
    if (schema === undefined) return;
    for (const query of queries) {
      // All rows are read in any case where all are wanted.
      if (!query.understood || query.limit === "none" || query.aggregates) continue;
      const remark = query.remarks.find(({ kind }) => kind === "sortExpression");
      if (remark?.kind !== "sortExpression") continue;
      const at = query.scans.findIndex(({ table }) => table === remark.table);
      const [scan, table] = [query.scans[at], tablesOf(model, schema, query)[at]];
      if (scan === undefined || !isFelt(model, table) || isFoundByIndex(scan, table)) continue;
      const named = new RegExp(`\\b${remark.column}\\b`, "i");
      if (table.indexes.some(({ keys }) => keys.some(({ expression }) => expression !== undefined && named.test(expression)))) continue;
      report({
        at: query.at,
        message: "sorted",
        data: { method: query.method, table: table.name, expression: remark.expression, column: remark.column },
        related: [{ at: table.at, message: `${table.name} is created here` }],
      });
    }
  },
});
