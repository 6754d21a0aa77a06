import { defineRule } from "../rule.ts";
import { validateLater } from "./edits/validateLater.ts";
import { lockedSteps, sizeOf, weight } from "./shared/lockedSteps.ts";
import { isPartitioned } from "./shared/schemaQuestions.ts";

export const checkValidatedAtOnce = defineRule({
  id: "sql/check-validated-at-once",
  title: "Check that reads all rows while everything waits",
  language: "sql",
  certainty: "likely",
  cost: "reads and writes wait until every row has been checked",
  references: [
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT",
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES",
  ],
  messages: {
    blocks: "{{check}} blocks reads and writes of {{table}} while every row is checked",
  },

  check({ file, model, report }) {
    for (const step of lockedSteps(file, model, ["add check"])) {
      const { table, operation } = step;
      // Written behind a new column, it is of a column that has one value.
      if (operation.ofNewColumn) continue;
      const { name } = operation;
      const fixes = name === undefined || isPartitioned(table, step.migration.schema) ? [] : [validateLater(step, name, file, model)];
      report({
        at: operation.at,
        message: "blocks",
        data: { check: name ?? "ADD CHECK", table: table.name },
        cost: `an ACCESS EXCLUSIVE lock on ${table.name} while ${sizeOf(step)} are read`,
        related: [{ at: table.at, message: `${table.name} was there before` }],
        fixes,
        ...weight(step, "scan", "all"),
      });
    }
  },
});
