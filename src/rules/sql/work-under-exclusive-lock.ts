import type { SqlFile } from "../../facts/fileFacts.ts";
import type { Model } from "../../model/model.ts";
import type { MigrationStep, MigrationUnit, PendingMigration } from "../../model/schema/pendingMigrations.ts";
import { lineBreakOf } from "../../text/edits.ts";
import type { Fix } from "../finding.ts";
import { canSplit, splitAround, splitMigration } from "./edits/splitMigration.ts";
import { batchesFor, canBeBatched, type UpdateStep, updateInBatches } from "./edits/updateInBatches.ts";
import { firstWork, hasWork, WORK } from "./shared/migrations/lockedWork.ts";
import { defineMigrationRule } from "./shared/migrations/migrationRule.ts";

export const workUnderExclusiveLock = defineMigrationRule({
  id: "sql/work-under-exclusive-lock",
  title: "Rows written while a table is locked for everybody",
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
        fixes: fixesFor(step, unit, migration, file, model),
      });
    }
  },
});

/** An UPDATE that could be cut into batches would be said to need that in the next migration, too. */
function fixesFor(step: MigrationStep, unit: MigrationUnit, migration: PendingMigration, file: SqlFile, model: Model): readonly Fix[] {
  const place = { file, migration, unit, statement: step.statement };
  const { table, operation } = step;
  const isNamed = file.sql.statements.some(({ kind }) => kind === "VariableSetStmt");
  if (table !== undefined && operation.form === "update" && !isNamed) {
    const update = { unit, migration, ...step, table };
    const batches = updateInBatches(update, file, model);
    if (batches !== undefined) return [batches];
    if (migration.tool === "flyway" && canSplit(place) && !worksBehind(step, file) && canBeBatched(update, file, model))
      return [batchesBetween(update, file)];
  }
  return canSplit(place) ? [splitBefore(step, unit, migration, file)] : [];
}

const worksBehind = ({ statement }: MigrationStep, { sql }: SqlFile): boolean =>
  sql.statements.some(
    ({ span, operations }) => span.start > statement.span.start && operations.some(({ form }) => WORK[form] !== undefined),
  );

function batchesBetween(step: UpdateStep, file: SqlFile): Fix {
  return {
    title: `Update ${step.table.name} in batches of their own, and what follows after them`,
    safe: false,
    edits(sources) {
      const text = sources.text(file.file);
      const sql = batchesFor(step, text);
      if (text === undefined || sql === undefined) return undefined;
      return splitAround({ file, ...step }, { sql, description: `fill_${step.table.name}` }, text, sources);
    },
  };
}

function splitBefore(step: MigrationStep, unit: MigrationUnit, migration: PendingMigration, file: SqlFile): Fix {
  return {
    title: "Move the statement and what follows to the next migration",
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
