import type { SqlFile } from "../../facts/fileFacts.ts";
import type { LockForm } from "../../facts/sql/operationFacts.ts";
import type { SqlStatement } from "../../facts/sql/sqlFacts.ts";
import type { Model } from "../../model/model.ts";
import type { PendingMigration } from "../../model/schema/pendingMigrations.ts";
import type { Fix } from "../finding.ts";
import { canRewrite, rewriteMigration } from "./edits/rewriteMigration.ts";
import { type PendingStep, pendingSteps } from "./shared/migrations/lockedSteps.ts";
import { defineMigrationRule } from "./shared/migrations/migrationRule.ts";

export const concurrentIndexInTransaction = defineMigrationRule({
  id: "sql/concurrent-index-in-transaction",
  title: "Concurrent statement in a migration that is a transaction",
  certainty: "proven",
  severity: "error",
  cost: "the migration fails, and the application that migrates at its start does not start",
  references: [
    "https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY",
    "https://documentation.red-gate.com/fd/flyway-mixed-setting-277579005.html",
    "https://docs.liquibase.com/concepts/changelogs/attributes/run-in-transaction.html",
    "https://github.com/golang-migrate/migrate/blob/master/database/postgres/README.md",
  ],
  messages: {
    inTransaction: "{{statement}} fails in the transaction that {{unit}} runs in",
    oneMessage: "{{statement}} fails beside other statements, which golang-migrate sends as one",
    mixed: "Flyway refuses {{statement}} beside statements that run in a transaction",
  },

  check({ file, model, report }) {
    for (const step of pendingSteps(file, model, FORMS)) {
      const { operation, migration, unit } = step;
      const explicit = file.sql.statements.some(({ mark }) => mark === "begin");
      const mixed = migration.tool === "flyway" && !unit.transactional && file.sql.runs === undefined && isMixed(file, step, model);
      if (migration.tool === "golang-migrate") {
        if (isFirst(step, file) && unit.transactional && !runsSeveral(migration, model))
          report({
            at: operation.at,
            message: "oneMessage",
            data: { statement: NAMES[operation.form] ?? "" },
            certainty: "likely",
            severity: "error",
          });
        continue;
      }
      if (!mixed && !(unit.transactional && (migration.tool !== "other" || explicit))) continue;
      report({
        at: operation.at,
        message: mixed ? "mixed" : "inTransaction",
        data: {
          statement: NAMES[operation.form] ?? "",
          unit: explicit
            ? "BEGIN"
            : migration.tool === "liquibase"
              ? "this changeset"
              : file.sql.runs === undefined
                ? "this file"
                : "this class",
        },
        fixes:
          explicit || migration.tool === "other" || !canRewrite({ file, ...step }, model, operation.form.includes("index"))
            ? []
            : [onItsOwn(step, file, model)],
      });
    }
  },
});

const NAMES: Readonly<Partial<Record<LockForm, string>>> = {
  "create index concurrently": "CREATE INDEX CONCURRENTLY",
  "drop index concurrently": "DROP INDEX CONCURRENTLY",
  "reindex concurrently": "REINDEX CONCURRENTLY",
  "detach partition concurrently": "DETACH PARTITION CONCURRENTLY",
};
const FORMS = Object.keys(NAMES) as LockForm[];

/** Statements that Flyway runs in a transaction stand in the same file; the first concurrent statement says so. */
function isMixed(file: SqlFile, { statement }: PendingStep, model: Model): boolean {
  const allowed = model.configuration.everyValue("spring.flyway.mixed", file.file).some(({ value }) => value.trim() === "true");
  if (allowed || model.pending.isConfigured(file.file)) return false;
  const concurrent = file.sql.statements.filter(isConcurrent);
  return concurrent[0] === statement && concurrent.length < file.sql.statements.length;
}

const isConcurrent = ({ operations }: SqlStatement): boolean => operations.some(({ form }) => FORMS.includes(form));

const isFirst = ({ statement }: PendingStep, { sql }: SqlFile): boolean => sql.statements.find(isConcurrent) === statement;

/** A migration that has run tells that the driver is set to send statement by statement. */
function runsSeveral({ schema }: PendingMigration, model: Model): boolean {
  return schema.migrations.some(({ file }) => {
    const statements = model.schema.migration(file)?.file.sql.statements ?? [];
    return statements.length > 1 && statements.some(isConcurrent) && model.pending.of(file) === undefined;
  });
}

function onItsOwn(step: PendingStep, file: SqlFile, model: Model): Fix {
  const name = NAMES[step.operation.form] ?? "";
  return {
    title: step.migration.tool === "liquibase" ? `Run ${name} without a transaction` : `Move ${name} to a migration of its own`,
    safe: false,
    edits(sources) {
      const { span } = step.statement;
      const text = sources.text(file.file)?.slice(span.start, span.end);
      if (text === undefined) return undefined;
      const description = `${name
        .toLowerCase()
        .replace(/ concurrently| partition/g, "")
        .replace(/ /g, "_")}_${step.operation.name ?? step.operation.other?.name ?? ""}`;
      const followUps = [{ description: description.toLowerCase(), statements: [`${text};`], alone: true }];
      return rewriteMigration({ file, ...step }, { at: span, here: undefined, followUps }, model, sources);
    },
  };
}
