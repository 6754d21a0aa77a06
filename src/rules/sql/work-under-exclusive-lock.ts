import type { SqlFile } from "../../facts/fileFacts.ts";
import type { MigrationStep, MigrationUnit, PendingMigration } from "../../model/schema/pendingMigrations.ts";
import { lineBreakOf } from "../../text/edits.ts";
import type { Fix } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { canSplit, splitMigration } from "./edits/splitMigration.ts";
import { firstWork, hasWork, WORK } from "./shared/lockedWork.ts";

export const workUnderExclusiveLock = defineRule({
  id: "sql/work-under-exclusive-lock",
  title: "Rows written while a table is locked for everybody",
  language: "sql",
  certainty: "likely",
  severity: "warning",
  cost: "nothing can read or write the locked table until the rows are written and the transaction ends",
  references: [
    "https://www.postgresql.org/docs/current/explicit-locking.html",
    "https://documentation.red-gate.com/fd/migrations-184127470.html",
  ],
  messages: {
    works: "{{what}} runs while {{table}} is locked for reads and writes",
  },

  check({ file, model, report }) {
    if (!hasWork(file)) return;
    const migration = model.pending.of(file.file);
    for (const unit of migration?.units ?? []) {
      const found = firstWork(unit, model);
      if (found === undefined || migration === undefined) continue;
      const { step, holder } = found;
      report({
        at: step.operation.at,
        message: "works",
        data: { what: `${WORK[step.operation.form]} ${step.operation.table?.name}`, table: holder.table?.name ?? "" },
        related: [{ at: { file: file.file, ...holder.operation.at }, message: `${holder.table?.name} is locked from here on` }],
        fixes: canSplit({ file, migration, unit, statement: step.statement }) ? [splitBefore(step, unit, migration, file)] : [],
      });
    }
  },
});

function splitBefore(step: MigrationStep, unit: MigrationUnit, migration: PendingMigration, file: SqlFile): Fix {
  return {
    title: "Move it and what follows to the next migration",
    safe: false,
    edits: (sources) => {
      const text = sources.text(file.file);
      return text === undefined
        ? undefined
        : splitMigration(
            { file, migration, unit, statement: step.statement },
            `fill_${step.operation.table?.name ?? ""}`,
            text,
            lineBreakOf(text),
            sources,
          );
    },
  };
}
