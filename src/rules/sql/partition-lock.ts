import type { SqlFile } from "../../facts/fileFacts.ts";
import type { Model } from "../../model/model.ts";
import type { Fix } from "../finding.ts";
import { canRewrite, rewriteMigration } from "./edits/rewriteMigration.ts";
import { isFelt, type LockedStep, lockedSteps } from "./shared/migrations/lockedSteps.ts";
import { defineMigrationRule } from "./shared/migrations/migrationRule.ts";

export const partitionLock = defineMigrationRule({
  id: "sql/partition-lock",
  title: "Partition attached or detached while others wait",
  certainty: "possible",
  cost: "queries of the partitioned table, or of the partition, wait for the lock",
  references: [
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DETACH-PARTITION",
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-ATTACH-PARTITION",
  ],
  messages: {
    detach: "DETACH PARTITION {{partition}} blocks reads and writes of {{table}} from when it waits for its lock",
    attach: "ATTACH PARTITION blocks reads and writes of {{partition}} while every row is checked",
  },

  check({ file, model, report }) {
    for (const step of lockedSteps(file, model, ["detach partition", "attach partition"])) {
      const { table, other, operation } = step;
      const detaches = operation.form === "detach partition";
      // A new partition is empty; a check that says the same as its bounds spares the scan.
      if (other === undefined || (!detaches && (!isFelt(other, model) || hasCheck(other.name, file)))) continue;
      report({
        at: operation.at,
        message: detaches ? "detach" : "attach",
        data: { partition: other.name, table: table.name },
        fixes: detaches && canRewrite({ file, ...step }, model, false) ? [detachConcurrently(step, file, model)] : [],
      });
    }
  },
});

function hasCheck(partition: string, file: SqlFile): boolean {
  return file.sql.statements.some(({ operations }) =>
    operations.some(({ form, table }) => form.startsWith("add check") && table?.name.toLowerCase() === partition.toLowerCase()),
  );
}

/** Since PostgreSQL 14. */
function detachConcurrently(step: LockedStep, file: SqlFile, model: Model): Fix {
  return {
    title: "Detach the partition concurrently",
    safe: false,
    edits(sources) {
      const { span } = step.statement;
      const text = sources.text(file.file)?.slice(span.start, span.end);
      if (text === undefined || step.statement.operations.length > 1) return undefined;
      const description = `detach_${step.other?.name ?? ""}`.toLowerCase();
      const followUps = [{ description, statements: [`${text} CONCURRENTLY;`], alone: true }];
      return rewriteMigration({ file, ...step }, { at: span, here: undefined, followUps }, model, sources);
    },
  };
}
