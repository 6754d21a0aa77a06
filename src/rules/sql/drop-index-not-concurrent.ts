import type { SqlFile } from "../../facts/fileFacts.ts";
import type { Model } from "../../model/model.ts";
import { sqlName } from "../../model/schema/edits/migrationEdit.ts";
import type { Fix } from "../finding.ts";
import { canRewrite, rewriteMigration } from "./edits/rewriteMigration.ts";
import { type LockedStep, lockedSteps } from "./shared/migrations/lockedSteps.ts";
import { defineMigrationRule } from "./shared/migrations/migrationRule.ts";
import { isPartitioned } from "./shared/tables/schemaQuestions.ts";

export const dropIndexNotConcurrent = defineMigrationRule({
  id: "sql/drop-index-not-concurrent",
  title: "Index that is dropped while everything waits",
  certainty: "possible",
  cost: "the drop waits for the longest query on the table, and everything else waits behind it",
  references: [
    "https://www.postgresql.org/docs/current/sql-dropindex.html",
    "https://www.postgresql.org/docs/current/explicit-locking.html",
  ],
  messages: {
    blocks: "DROP INDEX {{index}} blocks reads and writes of {{table}} from when it waits for its lock",
  },

  check({ file, model, report }) {
    for (const step of lockedSteps(file, model, ["drop index"])) {
      const { table, operation, migration } = step;
      const { name } = operation;
      const index = table.indexes.find((one) => one.name.toLowerCase() === name?.toLowerCase());
      if (name === undefined || index === undefined || index.constraint !== undefined || model.pending.isPending(index.at)) continue;
      report({
        at: operation.at,
        message: "blocks",
        data: { index: name, table: table.name },
        cost: `an ACCESS EXCLUSIVE lock on ${table.name}, short unless a long query or transaction holds it off`,
        related: [{ at: index.at, message: `${name} was made here` }],
        fixes:
          isPartitioned(table, migration.schema) || !canRewrite({ file, ...step }, model, true)
            ? []
            : [dropConcurrently(step, name, file, model)],
      });
    }
  },
});

function dropConcurrently(step: LockedStep, name: string, file: SqlFile, model: Model): Fix {
  return {
    title: `Drop ${name} concurrently`,
    safe: false,
    edits(sources) {
      // Of several indexes in one statement each would need its own.
      if (step.statement.operations.length > 1) return undefined;
      const namespace = step.table.namespace === undefined ? "" : `${sqlName(step.table.namespace)}.`;
      const statement = `DROP INDEX CONCURRENTLY IF EXISTS ${namespace}${sqlName(name)};`;
      const followUps = [{ description: `drop_index_${name.toLowerCase()}`, statements: [statement], alone: true }];
      return rewriteMigration({ file, ...step }, { at: step.statement.span, here: undefined, followUps }, model, sources);
    },
  };
}
