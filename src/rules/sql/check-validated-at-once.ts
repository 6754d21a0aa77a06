import { constraintName } from "../../model/schema/fold/defaultNames.ts";
import { contains } from "../../text/positions.ts";
import { canRewrite } from "./edits/rewriteMigration.ts";
import { validateLater } from "./edits/validateLater.ts";
import { type LockedStep, lockedSteps, sizeOf, weight } from "./shared/migrations/lockedSteps.ts";
import { defineMigrationRule } from "./shared/migrations/migrationRule.ts";
import { isPartitioned } from "./shared/tables/schemaQuestions.ts";

export const checkValidatedAtOnce = defineMigrationRule({
  id: "sql/check-validated-at-once",
  title: "Check that reads all rows while everything waits",
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
      const name = operation.name ?? madeUpName(step);
      const isFixed = !isPartitioned(table, step.migration.schema) && canRewrite({ file, ...step }, model, false);
      const fixes = name === undefined || !isFixed ? [] : [validateLater(step, name, file, model)];
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

/** PostgreSQL names a check after the column, where it is of one. */
function madeUpName({ statement, operation, table }: LockedStep): string | undefined {
  for (const change of statement.changes) {
    if (change.kind !== "addConstraint" || change.constraint.type !== "check") continue;
    const { at, columns } = change.constraint;
    if (contains(operation.at, at))
      return constraintName(table, columns.length === 1 ? columns.map((column) => column.toLowerCase()) : [], "check");
  }
  return undefined;
}
