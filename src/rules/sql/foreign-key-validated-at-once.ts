import { constraintName } from "../../model/schema/fold/defaultNames.ts";
import { canRewrite } from "./edits/rewriteMigration.ts";
import { validateLater } from "./edits/validateLater.ts";
import { isFelt, type LockedStep, lockedSteps, sizeOf, weight } from "./shared/migrations/lockedSteps.ts";
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
    blocksOne: "{{key}} blocks writes to {{table}} while every row is looked up in {{parent}}, which is filled from it",
  },

  check({ file, model, report }) {
    for (const step of lockedSteps(file, model, ["add foreign key"])) {
      const { table, other: parent, operation, migration } = step;
      const filled = parent === undefined ? nameOfFilled(step) : undefined;
      // Else a new parent has no rows that old ones could refer to, and a new column no values that could refer to them.
      if (
        (parent === undefined && filled === undefined) ||
        operation.ofNewColumn ||
        operation.columns.some((column) => isNewColumn(table, column, model))
      )
        continue;
      const name = operation.name ?? constraintName(table, operation.columns, "fkey");
      report({
        at: operation.at,
        message: parent === undefined ? "blocksOne" : "blocks",
        data: { key: name, table: table.name, parent: parent?.name ?? filled ?? "" },
        cost: `SHARE ROW EXCLUSIVE locks on ${table.name} and ${parent?.name ?? filled} while ${sizeOf(step)} are looked up`,
        related: [
          { at: table.at, message: `${table.name} was there before` },
          ...(parent !== undefined && isFelt(parent, model) ? [{ at: parent.at, message: `${parent.name} was there before` }] : []),
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

/** The new parent that the migration has filled with what is in the table: each row of that refers to one. */
function nameOfFilled({ unit, table, operation }: LockedStep): string | undefined {
  const name = operation.other?.name;
  const fills = unit.steps.some(
    (one) =>
      one.operation.form === "insert select" &&
      one.operation.table?.name.toLowerCase() === name?.toLowerCase() &&
      one.other?.key === table.key,
  );
  return fills ? name : undefined;
}
