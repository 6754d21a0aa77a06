import type { SqlFile } from "../../facts/fileFacts.ts";
import { plainKey } from "../../facts/sql/constraints.ts";
import type { Model } from "../../model/model.ts";
import { columnSql, qualified, sqlName } from "../../model/schema/edits/migrationEdit.ts";
import { indexName } from "../../model/schema/fold/defaultNames.ts";
import type { Fix } from "../finding.ts";
import { canRewrite, rewriteMigration } from "./edits/rewriteMigration.ts";
import { type LockedStep, lockedSteps, sizeOf, weight } from "./shared/migrations/lockedSteps.ts";
import { defineMigrationRule } from "./shared/migrations/migrationRule.ts";
import { isNewColumn, isPartitioned } from "./shared/tables/schemaQuestions.ts";

export const uniqueConstraintBuildsIndex = defineMigrationRule({
  id: "sql/unique-constraint-builds-index",
  title: "Unique constraint whose index is built while everything waits",
  certainty: "likely",
  cost: "reads and writes wait until the index is built",
  references: [
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT-USING-INDEX",
    "https://www.postgresql.org/docs/current/explicit-locking.html",
  ],
  messages: {
    builds: "{{kind}} {{name}} blocks reads and writes of {{table}} while its index is built",
  },

  check({ file, model, report }) {
    for (const step of lockedSteps(file, model, ["add unique", "add primary key"])) {
      const { table, operation } = step;
      const primary = operation.form === "add primary key";
      // The index of a new column without values holds nothing to compare.
      if (!primary && (operation.ofNewColumn || operation.columns.every((column) => isNewColumn(table, column, model)))) continue;
      const keys = operation.columns.map((column) => plainKey(column.toLowerCase()));
      const name = operation.name ?? indexName(table, { keys, constraint: primary ? "primary" : "unique" });
      report({
        at: operation.at,
        message: "builds",
        data: { kind: primary ? "PRIMARY KEY" : "UNIQUE", name, table: table.name },
        cost: `an ACCESS EXCLUSIVE lock on ${table.name} while ${sizeOf(step)} are read and sorted`,
        related: [{ at: table.at, message: `${table.name} was there before` }],
        fixes: isMovable(step, file) && canRewrite({ file, ...step }, model, true) ? [fromIndex(step, name, primary, file, model)] : [],
        ...weight(step, "index", "all"),
      });
    }
  },
});

/** Whether nothing behind it may lean on the constraint, and the columns of a primary key are not null already: or they are all read. */
function isMovable(step: LockedStep, file: SqlFile): boolean {
  const { table, operation, migration, statement } = step;
  if (operation.ofNewColumn || isPartitioned(table, migration.schema)) return false;
  const columns = operation.columns.map((column) => table.columns.get(column.toLowerCase()));
  if (columns.some((column) => column === undefined || (operation.form === "add primary key" && column.nullable))) return false;
  if (migration.tool !== "liquibase" && migration.schema.naming?.isLast(file.file) !== true) return false;
  // The constraint on an index could not be put off any more, where an element says so.
  if (file.sql.changelog !== undefined && isDeferrable(step)) return false;
  return file.sql.statements.every(({ span }) => span.start <= statement.span.start);
}

/** The index concurrently, then the constraint on it. */
function fromIndex(step: LockedStep, name: string, primary: boolean, file: SqlFile, model: Model): Fix {
  const { table, operation } = step;
  return {
    title: `Build ${name} concurrently, then add the constraint on it`,
    safe: false,
    edits(sources) {
      const text = sources.text(file.file)?.slice(operation.at.start, operation.at.end);
      const inElement = file.sql.changelog !== undefined;
      const written = inElement ? ["", ""] : CONSTRAINT.exec(text ?? "");
      if (written === null) return undefined;
      const spelled = operation.columns.map((column) => columnSql(table, column)).join(", ");
      const namespace = table.namespace === undefined ? "" : `${sqlName(table.namespace)}.`;
      const index = [
        `DROP INDEX CONCURRENTLY IF EXISTS ${namespace}${sqlName(name)};`,
        `CREATE UNIQUE INDEX CONCURRENTLY ${sqlName(name)} ON ${qualified(table)} (${spelled});`,
      ];
      const kind = primary ? "PRIMARY KEY" : "UNIQUE";
      const add = `ALTER TABLE ${qualified(table)} ADD CONSTRAINT ${sqlName(name)} ${kind} USING INDEX ${sqlName(name)}${written[1] ?? ""};`;
      const followUps = [
        { description: `create_index_${name}`.toLowerCase(), statements: index, alone: true },
        { description: `add_constraint_${name}`.toLowerCase(), statements: [add], alone: false },
      ];
      const at = step.statement.operations.length === 1 ? step.statement.span : operation.at;
      return rewriteMigration({ file, ...step }, { at, here: undefined, followUps }, model, sources);
    },
  };
}

/** A constraint over plain columns, and when it is checked. */
const CONSTRAINT =
  /^ADD\s+(?:CONSTRAINT\s+\S+\s+)?(?:UNIQUE|PRIMARY\s+KEY)\s*\([^()]*\)((?:\s+(?:NOT\s+)?DEFERRABLE)?(?:\s+INITIALLY\s+(?:DEFERRED|IMMEDIATE))?)$/i;

/** A constraint that can be put off, which the one on the index would not be. */
const isDeferrable = ({ statement }: LockedStep): boolean =>
  statement.changes.some((change) => change.kind === "addConstraint" && "deferrable" in change.constraint);
