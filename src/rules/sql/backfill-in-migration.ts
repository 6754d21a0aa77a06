import type { SqlFile } from "../../facts/fileFacts.ts";
import type { Model } from "../../model/model.ts";
import type { Fix } from "../finding.ts";
import { defineRule } from "../rule.ts";
import { batchedUpdate } from "./edits/batchedUpdate.ts";
import { canRewrite, rewriteMigration } from "./edits/rewriteMigration.ts";
import { type LockedStep, lockedSteps, sizeOf, weight } from "./shared/lockedSteps.ts";
import { firstWork } from "./shared/lockedWork.ts";
import { isPartitioned } from "./shared/schemaQuestions.ts";

export const backfillInMigration = defineRule({
  id: "sql/backfill-in-migration",
  title: "Every row of a table written in one transaction",
  language: "sql",
  certainty: "likely",
  cost: "every row stays locked until the end, and the table grows by its own size",
  references: [
    "https://www.postgresql.org/docs/current/routine-vacuuming.html#VACUUM-FOR-SPACE-RECOVERY",
    "https://www.postgresql.org/docs/current/plpgsql-transactions.html",
  ],
  messages: {
    writes: "{{what}} every row of {{table}} in one transaction",
  },

  check({ file, model, report }) {
    for (const step of lockedSteps(file, model, ["update", "delete"])) {
      const { table, operation } = step;
      // Under a lock for everybody that is what is said of the first one.
      if (operation.filtered || firstWork(step.unit, model) !== undefined) continue;
      const updates = operation.form === "update";
      const fix = updates && !isPartitioned(table, step.migration.schema) && isLast(step, file) ? inBatches(step, file, model) : undefined;
      report({
        at: operation.at,
        message: "writes",
        data: { what: updates ? "UPDATE writes" : "DELETE takes", table: table.name },
        cost: `${sizeOf(step)} stay locked until the end${updates ? ", and each leaves its old version behind" : ""}`,
        related: [{ at: table.at, message: `${table.name} was there before` }],
        fixes: fix === undefined ? [] : [fix],
        ...weight(step, "rewrite", "writes"),
      });
    }
  },
});

/** What follows may need the rows as they are then. */
function isLast({ statement, operation }: LockedStep, file: SqlFile): boolean {
  const name = operation.table?.name.toLowerCase();
  return !file.sql.statements.some(
    ({ span, operations }) => span.start > statement.span.start && operations.some(({ table }) => table?.name.toLowerCase() === name),
  );
}

/** `UPDATE t SET a = b WHERE c` without FROM, RETURNING, aliases and subqueries. */
const UPDATE = /^UPDATE\s+(?:ONLY\s+)?(?:"[^"]+"|\$\{[^}]+\}|[\w.])+\s+SET\s+([\s\S]+?)(?:\s+WHERE\s+([\s\S]+))?$/i;

function inBatches(step: LockedStep, file: SqlFile, model: Model): Fix | undefined {
  if (
    !step.operation.plain ||
    file.sql.changelog !== undefined ||
    !canRewrite({ ...step, file }, model, false) ||
    batchedUpdate(step.table, "", undefined) === undefined
  )
    return undefined;
  return {
    title: `Update ${step.table.name} in batches of their own`,
    safe: false,
    edits(sources) {
      const { span } = step.statement;
      const text = sources.text(file.file)?.slice(span.start, span.end);
      const match = text === undefined ? null : UPDATE.exec(text);
      if (text === undefined || match === null || /\(\s*SELECT\b|\bFROM\b|\bRETURNING\b|--|\/\*/i.test(text)) return undefined;
      const [, assignments = "", condition] = match;
      const batched = batchedUpdate(step.table, assignments.trim(), condition?.trim());
      if (batched === undefined) return undefined;
      const followUps = [{ description: `fill_${step.table.name}`.toLowerCase(), statements: [batched], alone: true, whole: true }];
      return rewriteMigration({ ...step, file }, { at: span, here: undefined, followUps }, model, sources);
    },
  };
}
