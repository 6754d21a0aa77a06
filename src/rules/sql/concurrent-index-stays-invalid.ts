import type { SqlFile } from "../../facts/fileFacts.ts";
import type { Model } from "../../model/model.ts";
import { sqlName } from "../../model/schema/edits/migrationEdit.ts";
import { insertAt, lineBreakOf } from "../../text/edits.ts";
import type { Fix } from "../finding.ts";
import { buildConcurrently } from "./edits/concurrentIndex.ts";
import { type PendingStep, pendingSteps } from "./shared/migrations/lockedSteps.ts";
import { defineMigrationRule } from "./shared/migrations/migrationRule.ts";

export const concurrentIndexStaysInvalid = defineMigrationRule({
  id: "sql/concurrent-index-stays-invalid",
  title: "Concurrent index build whose failure the next run keeps",
  certainty: "likely",
  severity: "warning",
  cost: "an index that every write pays for and no query uses",
  references: ["https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY"],
  messages: {
    one: "IF NOT EXISTS keeps {{index}} as it is, also when its first build failed",
    several: "IF NOT EXISTS keeps {{index}} and {{others}} more as they are, also when their first build failed",
  },

  check({ file, model, report }) {
    const kept = pendingSteps(file, model, ["create index concurrently"]).filter((step) => isKept(step, file));
    // One habit, one finding: the statements that run together.
    for (const step of kept.filter((one, i) => kept.findIndex(({ unit }) => unit === one.unit) === i)) {
      const alike = kept.filter(({ unit }) => unit === step.unit);
      const index = step.operation.name ?? "";
      report({
        at: step.operation.at,
        message: alike.length === 1 ? "one" : "several",
        data: { index, others: alike.length - 1 },
        related: alike.slice(1).map(({ operation }) => ({ at: { file: file.file, ...operation.at }, message: `${operation.name}, too` })),
        fixes: step.migration.editable
          ? [step.migration.tool === "liquibase" ? inChangesets(step, index, file, model) : dropBefore(alike, file)]
          : [],
      });
    }
  },
});

function isKept({ operation, statement }: PendingStep, file: SqlFile): boolean {
  const { name, conditional } = operation;
  if (!conditional || name === undefined) return false;
  return !file.sql.statements.some(
    ({ span, operations }) =>
      span.start < statement.span.start &&
      operations.some((one) => /^drop index/.test(one.form) && one.name?.toLowerCase() === name.toLowerCase()),
  );
}

const namespaceOf = ({ operation, table }: PendingStep): string | undefined => operation.table?.namespace ?? table?.namespace;

function inChangesets(step: PendingStep, index: string, file: SqlFile, model: Model): Fix {
  return buildConcurrently(`Drop what is left of ${index} first`, step, index, namespaceOf(step), file, model);
}

function dropBefore(steps: readonly PendingStep[], file: SqlFile): Fix {
  return {
    title: steps.length === 1 ? `Drop what is left of ${steps[0]?.operation.name} first` : "Drop what is left of the indexes first",
    safe: false,
    edits(sources) {
      const text = sources.text(file.file);
      if (text === undefined || steps.some(({ migration }) => !migration.editable)) return undefined;
      const edits = steps.map((step) => {
        const namespace = namespaceOf(step);
        const name = `${namespace === undefined ? "" : `${sqlName(namespace)}.`}${sqlName(step.operation.name ?? "")}`;
        return insertAt(step.statement.span.start, `DROP INDEX CONCURRENTLY IF EXISTS ${name};${lineBreakOf(text)}`);
      });
      return [{ kind: "change", file: file.file, edits }];
    },
  };
}
