import type { SqlFile } from "../../facts/fileFacts.ts";
import type { LockForm } from "../../facts/sql/operationFacts.ts";
import type { Model } from "../../model/model.ts";
import { lockOf } from "../../model/schema/locks.ts";
import type { MigrationStep, MigrationUnit, PendingMigration } from "../../model/schema/pendingMigrations.ts";
import { lineBreakOf } from "../../text/edits.ts";
import type { Fix } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { splitMigration } from "./edits/splitMigration.ts";
import { isFelt } from "./shared/lockedSteps.ts";

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
  subsumes: ["sql/backfill-in-migration"],

  check({ file, model, report }) {
    if (!file.sql.statements.some(({ operations }) => operations.some(({ form }) => WORK[form] !== undefined))) return;
    const migration = model.pending.of(file.file);
    for (const unit of migration?.units ?? []) {
      const found = unit.transactional ? firstWork(unit, model) : undefined;
      if (found === undefined || migration === undefined) continue;
      const { step, holder } = found;
      report({
        at: step.operation.at,
        message: "works",
        data: { what: `${WORK[step.operation.form]} ${step.operation.table?.name}`, table: holder.table?.name ?? "" },
        related: [{ at: { file: file.file, ...holder.operation.at }, message: `${holder.table?.name} is locked from here on` }],
        fixes: [splitBefore(step, unit, migration, file)],
      });
    }
  },
});

const WORK: Readonly<Partial<Record<LockForm, string>>> = { update: "UPDATE", delete: "DELETE FROM", "insert select": "INSERT INTO" };

/** The first statement that writes or copies all rows of a table, and what has locked a table before it. */
function firstWork(unit: MigrationUnit, model: Model): { readonly step: MigrationStep; readonly holder: MigrationStep } | undefined {
  let holder: MigrationStep | undefined;
  for (const step of unit.steps) {
    const { form, filtered } = step.operation;
    const rows = form === "insert select" ? step.other : step.table;
    if (holder !== undefined && WORK[form] !== undefined && !filtered && step.pending && rows !== undefined && isFelt(rows, model))
      return { step, holder };
    const locks = lockOf(form)?.lock === "ACCESS EXCLUSIVE";
    if (locks && holder === undefined && step.table !== undefined && isFelt(step.table, model)) holder = step;
  }
  return undefined;
}

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
