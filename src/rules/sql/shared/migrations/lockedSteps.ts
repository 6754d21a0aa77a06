import type { SqlFile } from "../../../../facts/fileFacts.ts";
import type { LockForm } from "../../../../facts/sql/operationFacts.ts";
import type { Model } from "../../../../model/model.ts";
import { isFrameworkTable } from "../../../../model/schema/frameworkTables.ts";
import type { LockedWork } from "../../../../model/schema/locks.ts";
import type { MigrationStep, MigrationUnit, PendingMigration } from "../../../../model/schema/pendingMigrations.ts";
import type { Table } from "../../../../model/schema/schema.ts";
import type { Report } from "../../../rule.ts";

/** A statement of a migration that has not run yet, on a table that was there before and is not small. */
export interface LockedStep extends PendingStep {
  readonly table: Table;
  /** Rows in production, where `performance.yaml` says so. */
  readonly rows: number | undefined;
}

/** A statement of a migration that has not run yet, whatever it is about. */
export interface PendingStep extends MigrationStep {
  readonly migration: PendingMigration;
  readonly unit: MigrationUnit;
}

/** The new steps of a file that have one of some forms. */
export function pendingSteps(file: SqlFile, model: Model, forms: readonly LockForm[]): readonly PendingStep[] {
  // Most migrations have run, and most statements have other forms.
  if (!file.sql.statements.some(({ operations }) => operations.some(({ form }) => forms.includes(form)))) return [];
  const migration = model.pending.of(file.file);
  if (migration === undefined) return [];
  return migration.units.flatMap((unit) =>
    unit.steps.flatMap((step) => (step.pending && forms.includes(step.operation.form) ? [{ migration, unit, ...step }] : [])),
  );
}

/** Those of them that somebody waits for. */
export function lockedSteps(file: SqlFile, model: Model, forms: readonly LockForm[]): readonly LockedStep[] {
  return pendingSteps(file, model, forms).flatMap((step): readonly LockedStep[] => {
    const { table } = step;
    return table !== undefined && isFelt(table, model) ? [{ rows: model.tableSizes.rowsOf(table.name), ...step, table }] : [];
  });
}

/** Whether anybody waits for a lock on the table, as far as is known. */
export function isFelt(table: Table, model: Model): boolean {
  return !table.uncertain && !model.tableSizes.isSmall(table);
}

/**
 * Seconds that a million rows of about a hundred bytes take: a scan, a btree on a text, the table with three indexes written anew
 * (PostgreSQL 15, one run, in memory). On disks of a cloud it is rather more.
 */
const SECONDS_PER_MILLION: Readonly<Record<LockedWork, number>> = { none: 0, scan: 0.1, index: 0.7, rewrite: 2.5 };
const FELT_S = 0.5;
const OUTAGE_S = 10;

/**
 * How sure a finding is, and how loud: by the time for which others wait. Without a size a table counts as one that grows; what only reads
 * it is information then.
 */
export function weight({ rows, table }: LockedStep, work: LockedWork, blocks: "all" | "writes"): Pick<Report, "certainty" | "severity"> {
  if (isFrameworkTable(table.name)) return { certainty: "possible" };
  if (rows === undefined) return { certainty: "likely", severity: work === "scan" ? "information" : "warning" };
  const seconds = (rows / 1e6) * SECONDS_PER_MILLION[work];
  if (seconds < FELT_S) return { certainty: "likely", severity: "information" };
  return { certainty: "proven", severity: seconds >= OUTAGE_S && blocks === "all" ? "error" : "warning" };
}

/** What a table's size is known to be, for a cost. */
export function sizeOf({ rows, table }: LockedStep): string {
  return rows === undefined ? `all rows of ${table.name}` : `${rows.toLocaleString("en-US")} rows`;
}
