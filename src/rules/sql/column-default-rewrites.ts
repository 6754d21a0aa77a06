import type { SqlFile } from "../../facts/fileFacts.ts";
import type { LockForm } from "../../facts/sql/operationFacts.ts";
import type { Model } from "../../model/model.ts";
import { sqlName } from "../../model/schema/edits/migrationEdit.ts";
import type { Fix } from "../finding.ts";
import { batchedUpdate } from "./edits/batchedUpdate.ts";
import { notNullByCheck } from "./edits/notNull.ts";
import { canRewrite, type FollowUp, rewriteMigration } from "./edits/rewriteMigration.ts";
import { type LockedStep, lockedSteps, sizeOf, weight } from "./shared/migrations/lockedSteps.ts";
import { defineMigrationRule } from "./shared/migrations/migrationRule.ts";
import { isPartitioned } from "./shared/tables/schemaQuestions.ts";

export const columnDefaultRewrites = defineMigrationRule({
  id: "sql/column-default-rewrites",
  title: "New column whose value is worked out for every row",
  certainty: "likely",
  cost: "every row and every index of the table is written anew while everything waits",
  references: ["https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES"],
  messages: {
    rewrites: "{{what}} {{column}} rewrites {{table}} while nothing can read or write it",
  },

  // A new column that is a primary key builds its index in the same pass.
  subsumes: ["sql/unique-constraint-builds-index"],

  check({ file, model, report }) {
    for (const step of lockedSteps(file, model, FORMS)) {
      const { table, operation } = step;
      report({
        at: operation.at,
        message: "rewrites",
        data: { what: KINDS[operation.form] ?? "", column: operation.name ?? "", table: table.name },
        cost: `an ACCESS EXCLUSIVE lock on ${table.name} while ${sizeOf(step)} and their indexes are written anew`,
        related: [{ at: table.at, message: `${table.name} was there before` }],
        fixes:
          isPartitioned(table, step.migration.schema) || !canRewrite({ file, ...step }, model, false)
            ? []
            : [fillLater(step, file, model)].flatMap((fix) => fix ?? []),
        ...weight(step, "rewrite", "all"),
      });
    }
  },
});

const KINDS: Readonly<Partial<Record<LockForm, string>>> = {
  "add column with volatile default": "The default of",
  "add serial column": "The serial column",
  "add identity column": "The identity column",
  "add stored generated column": "The stored column",
};
const FORMS = Object.keys(KINDS) as LockForm[];

/** Column, type, default: `ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid()`. */
const COMMAND =
  /^(ADD\s+(?:COLUMN\s+)?(?:IF\s+NOT\s+EXISTS\s+)?(?:"[^"]+"|\w+)\s+[\w.]+(?:\s+[\w.]+){0,3}?(?:\s*\([\d\s,]+\))?(?:\s*\[\s*\])?)(\s+NOT\s+NULL)?\s+DEFAULT\s+([\w.]+\((?:[^()']|'[^']*')*\))(\s+NOT\s+NULL)?$/i;

/** Whether the rest of the file leaves the table's keys, by which the rows are filled later, and the column as they are. */
function keepsKey({ statement, operation }: LockedStep, file: SqlFile): boolean {
  const table = operation.table?.name.toLowerCase();
  return !file.sql.statements.some(
    ({ span, operations }) =>
      span.start >= statement.span.start &&
      operations.some(
        (other) =>
          other !== operation &&
          other.table?.name.toLowerCase() === table &&
          (KEY_CHANGING.test(other.form) || other.columns.includes(operation.name ?? "")),
      ),
  );
}

const KEY_CHANGING = /^(?:drop (?:column|constraint|table)|rename|add primary key)/;

/** The column without values and its default for new rows; then the old rows in batches; then NOT NULL. */
function fillLater(step: LockedStep, file: SqlFile, model: Model): Fix | undefined {
  const { table, operation } = step;
  const column = operation.name;
  const filled = column === undefined ? undefined : batchedUpdate(table, `${sqlName(column)} = DEFAULT`, `${sqlName(column)} IS NULL`);
  if (
    file.sql.changelog !== undefined ||
    !operation.plain ||
    !keepsKey(step, file) ||
    operation.form !== "add column with volatile default" ||
    column === undefined ||
    filled === undefined
  )
    return undefined;
  return {
    title: `Add ${column} without values and fill it in batches`,
    safe: false,
    edits(sources) {
      const text = sources.text(file.file)?.slice(operation.at.start, operation.at.end);
      const match = text === undefined ? null : COMMAND.exec(text);
      if (match === null) return undefined;
      const [, added = "", before, value = "", behind] = match;
      const followUps: FollowUp[] = [
        { description: `fill_${table.name}_${column}`.toLowerCase(), statements: [filled], alone: true, whole: true },
      ];
      if (before !== undefined || behind !== undefined) {
        const { check, validation } = notNullByCheck(table, column);
        const alter = `ALTER TABLE ${table.namespace === undefined ? "" : `${sqlName(table.namespace)}.`}${sqlName(table.name)} ${check};`;
        followUps.push({ description: `check_${table.name}_${column}`.toLowerCase(), statements: [alter], alone: false }, validation);
      }
      const here = `${added}, ALTER COLUMN ${sqlName(column)} SET DEFAULT ${value}`;
      return rewriteMigration({ file, ...step }, { at: operation.at, here, followUps }, model, sources);
    },
  };
}
