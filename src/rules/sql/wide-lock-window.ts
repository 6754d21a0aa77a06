import type { Model } from "../../model/model.ts";
import { lockOf, waitsFor } from "../../model/schema/locks.ts";
import type { MigrationStep, MigrationUnit } from "../../model/schema/pendingMigrations.ts";
import { isFelt } from "./shared/migrations/lockedSteps.ts";
import { defineMigrationRule } from "./shared/migrations/migrationRule.ts";

export const wideLockWindow = defineMigrationRule({
  id: "sql/wide-lock-window",
  title: "Many tables locked at once",
  certainty: "possible",
  cost: "each lock is held until the last one is had; transactions that take the tables in another order deadlock",
  references: ["https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-DEADLOCKS"],
  messages: {
    wide: "{{table}} is locked while {{count}} other tables stay locked in the same transaction",
  },

  check({ file, model, report }) {
    const migration = model.pending.of(file.file);
    for (const unit of migration?.units ?? []) {
      const locked = unit.transactional ? lockedTables(unit, model) : [];
      const last = locked.at(-1);
      if (locked.length < MANY || last === undefined) continue;
      report({
        at: last.operation.at,
        message: "wide",
        data: { table: last.table?.name ?? "", count: locked.length - 1 },
        related: locked
          .slice(0, -1)
          .map((step) => ({ at: { file: file.file, ...step.operation.at }, message: `${step.table?.name} is locked here` })),
      });
    }
  },
});

const MANY = 4;

/** The first step that locks each table for writes or more. */
function lockedTables({ steps }: MigrationUnit, model: Model): readonly MigrationStep[] {
  const byTable = new Map<string, MigrationStep>();
  for (const step of steps) {
    const { table, operation } = step;
    // Nobody works any more with a table that goes.
    const row = operation.form === "drop table" ? undefined : lockOf(operation.form);
    if (table === undefined || row === undefined || waitsFor(row.lock) === undefined || !step.pending || !isFelt(table, model)) continue;
    if (!byTable.has(table.name)) byTable.set(table.name, step);
  }
  return [...byTable.values()];
}
