import { lockOf, waitsFor } from "../../model/schema/locks.ts";
import type { MigrationStep } from "../../model/schema/pendingMigrations.ts";
import { lockedSteps } from "./shared/migrations/lockedSteps.ts";
import { defineMigrationRule } from "./shared/migrations/migrationRule.ts";

export const triggerLock = defineMigrationRule({
  id: "sql/trigger-lock",
  title: "Trigger made, dropped or switched on a table that is in use",
  certainty: "possible",
  cost: "the statement waits for every transaction that has written to the table, and writers wait behind it",
  references: [
    "https://www.postgresql.org/docs/current/sql-createtrigger.html",
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-DISABLE-ENABLE-TRIGGER",
  ],
  messages: {
    blocks: "{{what}} blocks {{who}} {{table}} from when it waits for its lock",
  },

  check({ file, model, report }) {
    const seen = new Set<string>();
    for (const step of lockedSteps(file, model, ["create trigger", "drop trigger", "toggle trigger"])) {
      const { table, operation, unit, statement } = step;
      // The first lock on a table is the one that is waited for.
      const held = unit.steps.some(
        (one) => one.table?.name === table.name && one.statement.span.start < statement.span.start && keepsWritersOff(one),
      );
      if (seen.has(table.name) || (unit.transactional && held)) continue;
      seen.add(table.name);
      const drops = operation.form === "drop trigger";
      report({
        at: operation.at,
        message: "blocks",
        data: {
          what: drops ? "DROP TRIGGER" : operation.form === "create trigger" ? "CREATE TRIGGER" : "ALTER TABLE … TRIGGER",
          who: drops ? "reads and writes of" : "writes to",
          table: table.name,
        },
        related: [{ at: table.at, message: `${table.name} was there before` }],
      });
    }
  },
});

function keepsWritersOff({ operation }: MigrationStep): boolean {
  const row = lockOf(operation.form);
  return row !== undefined && waitsFor(row.lock) !== undefined;
}
