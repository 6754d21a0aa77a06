import { indexServing } from "../../model/schema/coverage.ts";
import { defineRule } from "../rule.ts";
import { withoutMaterialized } from "./edits/withoutMaterialized.ts";
import { remarksIn, unfoundScan } from "./shared/queries/queries.ts";

export const materializedCte = defineRule({
  id: "sql/materialized-cte",
  title: "AS MATERIALIZED keeps a condition from an index",
  language: "java",
  certainty: "likely",
  cost: "each call writes all rows of the query inside down before the first one is thrown away",
  references: ["https://www.postgresql.org/docs/current/queries-with.html#QUERIES-WITH-CTE-MATERIALIZATION"],
  messages: { keeps: "{{method}} makes all of {{name}} for one {{column}}: AS MATERIALIZED keeps it from {{index}}" },

  check({ file, model, report }) {
    for (const judged of remarksIn(model, file, "materialized")) {
      const { query, remark } = judged;
      // What an index finds inside is little to write down.
      const table = query.understood ? unfoundScan(model, judged, remark.table)?.table : undefined;
      const index = table === undefined ? undefined : indexServing([remark.column], table);
      if (table === undefined || index === undefined) continue;
      report({
        at: query.at,
        message: "keeps",
        data: { method: query.method, name: remark.name, column: remark.column, index: index.name },
        related: [{ at: index.at, message: `${index.name} would find the rows` }],
        fixes: withoutMaterialized(file, query),
      });
    }
  },
});
