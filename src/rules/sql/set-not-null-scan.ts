import type { SqlFile } from "../../facts/fileFacts.ts";
import type { Model } from "../../model/model.ts";
import { qualified } from "../../model/schema/edits/migrationEdit.ts";
import type { Table } from "../../model/schema/schema.ts";
import type { Fix } from "../finding.ts";
import { notNullByCheck } from "./edits/notNull.ts";
import { canRewrite, rewriteMigration } from "./edits/rewriteMigration.ts";
import { type LockedStep, lockedSteps, sizeOf, weight } from "./shared/migrations/lockedSteps.ts";
import { firstWork } from "./shared/migrations/lockedWork.ts";
import { defineMigrationRule } from "./shared/migrations/migrationRule.ts";
import { isNewColumn, isPartitioned } from "./shared/tables/schemaQuestions.ts";

export const setNotNullScan = defineMigrationRule({
  id: "sql/set-not-null-scan",
  title: "NOT NULL that reads all rows while everything waits",
  certainty: "likely",
  cost: "reads and writes wait until every row has been looked at",
  references: [
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DROP-NOT-NULL",
    "https://www.postgresql.org/docs/12/release-12.html",
  ],
  messages: {
    scans: "SET NOT NULL on {{column}} blocks reads and writes of {{table}} while every row is read",
  },

  check({ file, model, report }) {
    for (const step of lockedSteps(file, model, ["set not null"])) {
      const { table, operation, migration } = step;
      const column = table.columns.get(operation.columns[0]?.toLowerCase() ?? "");
      if (column === undefined || !column.nullable || isFilledByDefault(step, file, column.name)) continue;
      // A new column that is filled under a lock for everybody: that takes longer, and is said.
      if (isNewColumn(table, column.name, model) && firstWork(step.unit, model) !== undefined) continue;
      if (isProven(table, column.name)) continue;
      report({
        at: operation.at,
        message: "scans",
        data: { column: column.name, table: table.name },
        cost: `an ACCESS EXCLUSIVE lock on ${table.name} while ${sizeOf(step)} are read`,
        related: [{ at: column.at, message: `${column.name} may be null since here` }],
        fixes:
          isPartitioned(table, migration.schema) || !canRewrite({ file, ...step }, model, false)
            ? []
            : [byValidatedCheck(step, column.name, file, model)],
        ...weight(step, "scan", "all"),
      });
    }
  },
});

/** Whether a valid check says that there is no null. */
function isProven({ checks }: Table, column: string): boolean {
  return checks.some(({ text, notValid }) => {
    const checked = /^[\s(]*"?([^\s"()]+)"?\s+IS\s+NOT\s+NULL[\s)]*$/i.exec(text)?.[1];
    return notValid === undefined && checked?.toLowerCase() === column.toLowerCase();
  });
}

/** A column that the same file adds with a default: the table may be read, but it was not there for anybody before. */
function isFilledByDefault({ operation }: LockedStep, file: SqlFile, column: string): boolean {
  return file.sql.statements.some(({ operations }) =>
    operations.some(
      ({ form, table, name }) =>
        form === "add column with default" &&
        table?.name.toLowerCase() === operation.table?.name.toLowerCase() &&
        name?.toLowerCase() === column.toLowerCase(),
    ),
  );
}

/** PostgreSQL 12 and later read no row where a valid check says that there is no null. */
function byValidatedCheck(step: LockedStep, column: string, file: SqlFile, model: Model): Fix {
  const { table, operation } = step;
  return {
    title: `Prove ${column} by a check that the next migration validates`,
    safe: false,
    edits(sources) {
      // An element may fill the nulls, too.
      if (file.sql.changelog !== undefined && step.statement.operations.length > 1) return undefined;
      const { check: here, validation } = notNullByCheck(table, column);
      const inChangelog = `ALTER TABLE ${qualified(table)} ${here}`;
      return rewriteMigration({ file, ...step }, { at: operation.at, here, inChangelog, followUps: [validation] }, model, sources);
    },
  };
}
