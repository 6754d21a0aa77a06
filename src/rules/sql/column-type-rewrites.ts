import { typeChange } from "../../model/schema/columnTypes.ts";
import { lockedSteps, sizeOf, weight } from "./shared/migrations/lockedSteps.ts";
import { defineMigrationRule } from "./shared/migrations/migrationRule.ts";
import { isNewColumn } from "./shared/tables/schemaQuestions.ts";

export const columnTypeRewrites = defineMigrationRule({
  id: "sql/column-type-rewrites",
  title: "Change of a column's type that writes the whole table anew",
  certainty: "likely",
  cost: "every row and every index of the table is written anew while everything waits",
  references: [
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES",
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DATA-TYPE",
  ],
  messages: {
    rewrites: "{{column}} from {{from}} to {{to}} rewrites {{table}} while nothing can read or write it",
  },

  check({ file, model, report }) {
    for (const step of lockedSteps(file, model, ["set column type", "rewrite column type"])) {
      const { table, operation } = step;
      const column = table.columns.get(operation.name?.toLowerCase() ?? "");
      const to = operation.detail;
      if (column === undefined || to === undefined || column.type === "" || isNewColumn(table, column.name, model)) continue;
      // A USING is worked out for each row.
      const change = operation.form === "rewrite column type" ? "rewrite" : typeChange(column.type, to);
      if (change !== "rewrite") continue;
      report({
        at: operation.at,
        message: "rewrites",
        data: { column: column.name, from: column.type, to, table: table.name },
        cost: `an ACCESS EXCLUSIVE lock on ${table.name} while ${sizeOf(step)} and their indexes are written anew`,
        related: [{ at: column.at, message: `${column.name} is made here` }],
        ...weight(step, "rewrite", "all"),
      });
    }
  },
});
