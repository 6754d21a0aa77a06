import type { Query, Remark } from "../../model/persistence/scans/query.ts";
import { defineRule } from "../rule.ts";
import { feltScans, isFoundByIndex } from "./shared/queries/queries.ts";

export const optionalParameter = defineRule({
  id: "sql/optional-parameter",
  title: "Conditions that may be off in one statement for all cases",
  language: "java",
  certainty: "possible",
  cost: "a plan that serves all cases reads the whole table",
  references: [
    "https://www.postgresql.org/docs/current/sql-prepare.html#SQL-PREPARE-NOTES",
    "https://use-the-index-luke.com/sql/where-clause/obfuscation/smart-logic",
    "https://docs.spring.io/spring-data/jpa/reference/jpa/specifications.html",
  ],
  messages: { off: "{{method}} may leave out {{columns}}: a plan for all cases reads {{table}} past its index" },

  check({ file, model, report }) {
    for (const { query, scan, table } of feltScans(model, file)) {
      const optional = optionalIn(query);
      if (optional.length === 0 || isFoundByIndex(scan, table, query)) continue;
      const leading = new Map(table.indexes.map((index) => [index.keys[0]?.column, index]));
      // Without an index there is nothing that the plan could use.
      const columns = [...new Set(optional.filter((remark) => remark.table === scan.table).map(({ column }) => column))].filter((column) =>
        leading.has(column),
      );
      const index = columns.length === 0 ? undefined : leading.get(columns[0]);
      if (index === undefined) continue;
      report({
        at: query.at,
        message: "off",
        data: { method: query.method, columns: listed(columns), table: table.name },
        related: [{ at: index.at, message: `${index.name} is on ${columns[0]}` }],
      });
    }
  },
});

const optionalIn = ({ remarks }: Query) =>
  remarks.filter((remark): remark is Extract<Remark, { kind: "optional" }> => remark.kind === "optional");

const listed = (columns: readonly string[]): string =>
  columns.length <= 3 ? columns.join(", ") : `${columns.slice(0, 2).join(", ")} and ${columns.length - 2} more`;
