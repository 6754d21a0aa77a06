import { isIndexable } from "../../model/persistence/scans/indexNeed.ts";
import { missingIndex } from "../../model/persistence/scans/planClaim.ts";
import type { Query } from "../../model/persistence/scans/query.ts";
import { defineRule } from "../rule.ts";
import { createIndex } from "./edits/createIndex.ts";
import { isFelt, remarksIn } from "./shared/queries.ts";
import { isLedByOne } from "./shared/schemaQuestions.ts";

export const subqueryPerRow = defineRule({
  id: "sql/subquery-per-row",
  title: "A subquery in the select list that no index serves",
  language: "java",
  certainty: "likely",
  cost: "the subquery reads its whole table once for each row of the result",
  references: [
    "https://www.postgresql.org/docs/current/sql-expressions.html#SQL-SYNTAX-SCALAR-SUBQUERIES",
    "https://www.postgresql.org/docs/current/indexes-intro.html",
  ],
  messages: { read: "{{method}} reads all of {{table}} for each row: no index leads with {{columns}}" },

  check({ file, model, report }) {
    const said = new Set<Query>();
    for (const { query, schema, remark, tables } of remarksIn(model, file, "perRow")) {
      if (!query.understood || !bringsMany(query) || said.has(query)) continue;
      const table = tables[query.scans.findIndex((scan) => scan.table === remark.table)];
      if (!isFelt(model, table)) continue;
      const columns = remark.columns.filter((column) => isIndexable(table.columns.get(column)?.type ?? "json"));
      const [column] = columns;
      if (column === undefined || isLedByOne(columns, table)) continue;
      said.add(query);
      report({
        at: query.at,
        message: "read",
        data: { method: query.method, table: table.name, columns: columns.join(" or ") },
        severity: "warning",
        related: [{ at: table.columns.get(column)?.at ?? table.at, message: `no index leads with ${column}` }],
        claim: missingIndex(schema, table, { keys: [column], method: "btree" }, query),
        fixes: createIndex(model, schema.id, table, [column], table.at),
      });
    }
  },
});

/** For one row the subquery runs once. */
const bringsMany = ({ returns, limit, kind }: Query): boolean =>
  kind === "find" && limit !== 1 && /^(?:list|page|slice|stream)$/.test(returns);
