import type { SqlFile } from "../../../../facts/fileFacts.ts";
import type { LockForm } from "../../../../facts/sql/operationFacts.ts";
import type { Model } from "../../../../model/model.ts";
import { lockOf } from "../../../../model/schema/locks.ts";
import type { MigrationStep, MigrationUnit } from "../../../../model/schema/pendingMigrations.ts";
import { isFelt } from "./lockedSteps.ts";

/** Statements that write or copy rows. */
export const WORK: Readonly<Partial<Record<LockForm, string>>> = {
  update: "UPDATE",
  delete: "DELETE FROM",
  "insert select": "INSERT INTO",
};

/** The first statement that writes or copies all rows of a table, and what has locked a table before it. */
export function firstWork(unit: MigrationUnit, model: Model): { readonly step: MigrationStep; readonly holder: MigrationStep } | undefined {
  if (!unit.transactional) return undefined;
  let holder: MigrationStep | undefined;
  for (const step of unit.steps) {
    const { form, filtered } = step.operation;
    const rows = form === "insert select" ? step.other : step.table;
    const works = WORK[form] !== undefined && !filtered && step.pending && rows !== undefined && isFelt(rows, model);
    // What is copied is most often a list of settings, unless somebody says that it is not.
    if (holder !== undefined && works && (form !== "insert select" || model.tableSizes.rowsOf(rows.name) !== undefined))
      return { step, holder };
    const locks = lockOf(form)?.lock === "ACCESS EXCLUSIVE";
    if (locks && holder === undefined && step.table !== undefined && isFelt(step.table, model)) holder = step;
  }
  return undefined;
}

export function hasWork(file: SqlFile): boolean {
  return file.sql.statements.some(({ operations }) => operations.some(({ form }) => WORK[form] !== undefined));
}
