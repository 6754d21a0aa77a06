import type { SqlFile } from "../../../facts/fileFacts.ts";
import type { Model } from "../../../model/model.ts";
import type { Table } from "../../../model/schema/schema.ts";
import type { Fix } from "../../finding.ts";
import type { PendingStep } from "../shared/migrations/lockedSteps.ts";
import { isPartitioned } from "../shared/tables/schemaQuestions.ts";
import { batchedUpdate } from "./batchedUpdate.ts";
import { canRewrite, rewriteMigration } from "./rewriteMigration.ts";

export type UpdateStep = PendingStep & { readonly table: Table };

/** The fix for an UPDATE of all rows that is the last word on its table: batches that commit, behind the migration. */
export function updateInBatches(step: UpdateStep, file: SqlFile, model: Model): Fix | undefined {
  if (!isLast(step, file) || !canBeBatched(step, file, model)) return undefined;
  return {
    title: `Update ${step.table.name} in batches of their own`,
    safe: false,
    edits(sources) {
      const { span } = step.statement;
      const batched = batchesFor(step, sources.text(file.file));
      if (batched === undefined) return undefined;
      const followUps = [{ description: `fill_${step.table.name}`.toLowerCase(), statements: [batched], alone: true, whole: true }];
      return rewriteMigration({ file, ...step }, { at: span, here: undefined, followUps }, model, sources);
    },
  };
}

/** Whether an UPDATE of all rows can be cut into batches by the primary key, as far as its form tells. */
export function canBeBatched(step: UpdateStep, file: SqlFile, model: Model): boolean {
  return (
    step.operation.plain &&
    !isPartitioned(step.table, step.migration.schema) &&
    file.sql.changelog === undefined &&
    canRewrite({ file, ...step }, model, false) &&
    batchedUpdate(step.table, "", undefined) !== undefined
  );
}

/** The block that does in batches what an UPDATE in the text of its file does at once. */
export function batchesFor({ statement, table }: UpdateStep, source: string | undefined): string | undefined {
  const text = source?.slice(statement.span.start, statement.span.end);
  const match = text === undefined ? null : UPDATE.exec(text);
  if (text === undefined || match === null || /\(\s*SELECT\b|\bFROM\b|\bRETURNING\b|--|\/\*/i.test(text)) return undefined;
  const [, assignments = "", condition] = match;
  return batchedUpdate(table, assignments.trim(), condition?.trim());
}

/** What follows may need the rows as they are then. */
function isLast({ statement, operation }: UpdateStep, file: SqlFile): boolean {
  const name = operation.table?.name.toLowerCase();
  return !file.sql.statements.some(
    ({ span, operations }) => span.start > statement.span.start && operations.some(({ table }) => table?.name.toLowerCase() === name),
  );
}

/** `UPDATE t SET a = b WHERE c` without FROM, RETURNING, aliases and subqueries. */
const UPDATE = /^UPDATE\s+(?:ONLY\s+)?(?:"[^"]+"|\$\{[^}]+\}|[\w.])+\s+SET\s+([\s\S]+?)(?:\s+WHERE\s+([\s\S]+))?$/i;
