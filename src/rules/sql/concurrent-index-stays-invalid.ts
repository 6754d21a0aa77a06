import { defineRule } from "../rule.ts";
import { buildConcurrently } from "./edits/concurrentIndex.ts";
import { pendingSteps } from "./shared/lockedSteps.ts";

export const concurrentIndexStaysInvalid = defineRule({
  id: "sql/concurrent-index-stays-invalid",
  title: "Concurrent index build whose failure the next run keeps",
  language: "sql",
  certainty: "likely",
  severity: "warning",
  cost: "an index that every write pays for and no query uses",
  references: ["https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY"],
  messages: {
    stays: "IF NOT EXISTS keeps {{index}} as it is, also when its first build failed",
  },

  check({ file, model, report }) {
    for (const step of pendingSteps(file, model, ["create index concurrently"])) {
      const { operation, statement, table } = step;
      const { name } = operation;
      if (!operation.conditional || name === undefined) continue;
      const dropped = file.sql.statements.some(
        ({ span, operations }) =>
          span.start < statement.span.start &&
          operations.some((one) => /^drop index/.test(one.form) && one.name?.toLowerCase() === name.toLowerCase()),
      );
      if (dropped) continue;
      const namespace = operation.table?.namespace ?? table?.namespace;
      report({
        at: operation.at,
        message: "stays",
        data: { index: name },
        fixes: [buildConcurrently(`Drop what is left of ${name} first`, step, name, namespace, file, model)],
      });
    }
  },
});
