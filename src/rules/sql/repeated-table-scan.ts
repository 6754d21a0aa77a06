import type { SqlFile } from "../../facts/fileFacts.ts";
import type { LockForm } from "../../facts/sql/operationFacts.ts";
import { indentAt, insertAt, lineBreakOf, remove } from "../../text/edits.ts";
import type { Fix } from "../finding.ts";
import { type LockedStep, lockedSteps } from "./shared/migrations/lockedSteps.ts";
import { defineMigrationRule } from "./shared/migrations/migrationRule.ts";

export const repeatedTableScan = defineMigrationRule({
  id: "sql/repeated-table-scan",
  title: "Several ALTER TABLE that each read the whole table",
  certainty: "likely",
  cost: "one pass over the table for each statement, under one lock",
  references: ["https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES"],
  messages: {
    again: "{{table}} is read a second time for {{what}}, behind {{first}}",
  },

  check({ file, model, report }) {
    const steps = lockedSteps(file, model, FORMS).filter(({ operation }) => !operation.ofNewColumn);
    for (const [i, step] of steps.entries()) {
      const first = steps
        .slice(0, i)
        .find(
          ({ table, unit, statement }) =>
            table.name === step.table.name && unit === step.unit && statement !== step.statement && isUntouched(step, statement.span.end),
        );
      // Commands of one statement share its pass; the second statement on a table says so once.
      if (first === undefined || !step.unit.transactional || steps.findIndex((one) => one.statement === step.statement) !== i) continue;
      report({
        at: step.statement.span,
        message: "again",
        data: { table: step.table.name, what: NAMES[step.operation.form] ?? "", first: NAMES[first.operation.form] ?? "" },
        related: [{ at: { file: file.file, ...first.operation.at }, message: "the first pass" }],
        fixes: isBehind(first, step, file) && canMerge(first, step) ? [merged(first, step, file)] : [],
      });
    }
  },
});

const NAMES: Readonly<Partial<Record<LockForm, string>>> = {
  "set not null": "SET NOT NULL",
  "add check": "ADD CHECK",
  "rewrite column type": "TYPE … USING",
  "add column with volatile default": "a volatile default",
  "add serial column": "a serial column",
  "add identity column": "an identity column",
  "add stored generated column": "a stored column",
};
const FORMS = Object.keys(NAMES) as LockForm[];

/** No other statement on the table lies between `from` and the step: both could be one. */
function isUntouched({ unit, table, statement }: LockedStep, from: number): boolean {
  return !unit.steps.some(
    (one) =>
      one.statement.span.start > from &&
      one.statement.span.start < statement.span.start &&
      one.operation.table?.name.toLowerCase() === table.key,
  );
}

/** Nothing stands between the two statements. */
function isBehind(first: LockedStep, step: LockedStep, file: SqlFile): boolean {
  const at = file.sql.statements.indexOf(first.statement);
  return at >= 0 && file.sql.statements[at + 1] === step.statement;
}

/** Whether both are statements, which elements of a change log are not. */
const canMerge = (...steps: readonly LockedStep[]): boolean =>
  steps.every(({ statement, migration }) => migration.editable && statement.kind === "AlterTableStmt");

/** The commands of the second statement behind those of the first. */
function merged(first: LockedStep, step: LockedStep, file: SqlFile): Fix {
  return {
    title: "Merge both ALTER TABLE statements",
    safe: false,
    edits(sources) {
      const text = sources.text(file.file);
      const commands = step.statement.operations;
      const start = Math.min(...commands.map(({ at }) => at.start));
      const { span } = step.statement;
      if (text === undefined) return undefined;
      // The last statement may have no semicolon.
      const end = /^\s*;/.exec(text.slice(span.end, span.end + 200))?.[0].length ?? 0;
      const lineStart = text.lastIndexOf("\n", span.start - 1) + 1;
      const lineEnd = /^[ \t]*(?:\r\n|\n|$)/.exec(text.slice(span.end + end))?.[0].length;
      const whole = lineEnd !== undefined && text.slice(lineStart, span.start).trim() === "";
      const behind = span.end + end + (lineEnd ?? 0);
      // A last line without an end leaves none behind.
      const from = behind === text.length && !text.endsWith("\n") ? text.slice(0, lineStart).trimEnd().length : lineStart;
      const gone = whole ? { start: from, end: behind } : { start: span.start, end: span.end + end };
      const edits = [insertAt(first.statement.span.end, `,${gapBefore(first, text)}${text.slice(start, span.end)}`), remove(gone)];
      return [{ kind: "change", file: file.file, edits }];
    },
  };
}

/** Commands of a statement in several lines stand in lines of their own. */
function gapBefore({ statement }: LockedStep, text: string): string {
  const { start, end } = statement.span;
  if (!text.slice(start, end).includes("\n")) return " ";
  const command = Math.min(...statement.operations.map(({ at }) => at.start));
  const indent = indentAt(text, command);
  const own = text.slice(text.lastIndexOf("\n", command - 1) + 1, command) === indent;
  return `${lineBreakOf(text)}${own ? indent : `${indent}    `}`;
}
