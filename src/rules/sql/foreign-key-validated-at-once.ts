import { constraintName } from "../../model/schema/fold/defaultNames.ts";
import { canRewrite } from "./edits/rewriteMigration.ts";
import { validateLater } from "./edits/validateLater.ts";
import { isFelt, lockedSteps, sizeOf, weight } from "./shared/migrations/lockedSteps.ts";
import { defineMigrationRule } from "./shared/migrations/migrationRule.ts";
import { isNewColumn, isPartitioned } from "./shared/tables/schemaQuestions.ts";

export const foreignKeyValidatedAtOnce = defineMigrationRule({
  id: "sql/foreign-key-validated-at-once",
  title: "Foreign key that checks all rows while writes wait",
  certainty: "likely",
  cost: "writes to both tables wait until every row has been checked",
  references: [
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT",
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES",
  ],
  messages: {
    blocks: "{{key}} blocks writes to {{table}} and {{parent}} while every row is checked",
  },

  check({ file, model, report }) {
    for (const step of lockedSteps(file, model, ["add foreign key"])) {
      const { table, other: parent, operation, migration } = step;
      // A new parent has no rows that old ones could refer to, a new column no values that could refer to them.
      if (parent === undefined || operation.ofNewColumn || operation.columns.some((column) => isNewColumn(table, column, model))) continue;
      const name = operation.name ?? constraintName(table, operation.columns, "fkey");
      report({
        at: operation.at,
        message: "blocks",
        data: { key: name, table: table.name, parent: parent.name },
        cost: `SHARE ROW EXCLUSIVE locks on ${table.name} and ${parent.name} while ${sizeOf(step)} are looked up`,
        related: [
          { at: table.at, message: `${table.name} was there before` },
          ...(isFelt(parent, model) ? [{ at: parent.at, message: `${parent.name} was there before` }] : []),
        ],
        fixes:
          isPartitioned(table, migration.schema) || !canRewrite({ file, ...step }, model, false)
            ? []
            : [validateLater(step, name, file, model)],
        ...weight(step, "scan", "writes"),
      });
    }
  },
});
