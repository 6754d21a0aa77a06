import type { SqlFile } from "../../facts/fileFacts.ts";
import { isRefreshedConcurrently } from "../../model/schema/coverage.ts";
import { insertAt } from "../../text/edits.ts";
import type { Fix } from "../finding.ts";
import { type LockedStep, lockedSteps } from "./shared/migrations/lockedSteps.ts";
import { defineMigrationRule } from "./shared/migrations/migrationRule.ts";

export const refreshNotConcurrent = defineMigrationRule({
  id: "sql/refresh-not-concurrent",
  title: "Materialized view that nobody can read while it is filled",
  certainty: "likely",
  cost: "every query of the view waits until its own query has run",
  references: ["https://www.postgresql.org/docs/current/sql-refreshmaterializedview.html"],
  messages: {
    blocks: "REFRESH blocks reads of {{view}} while its query runs",
  },

  check({ file, model, report }) {
    for (const step of lockedSteps(file, model, ["refresh materialized view"])) {
      const { table: view } = step;
      if (view.kind !== "materialized view") continue;
      report({
        at: step.operation.at,
        message: "blocks",
        data: { view: view.name },
        related: [{ at: view.at, message: `${view.name} was there before` }],
        fixes: isRefreshedConcurrently(view) && step.migration.editable ? [concurrently(step, file)] : [],
      });
    }
  },
});

function concurrently(step: LockedStep, file: SqlFile): Fix {
  return {
    title: `Refresh ${step.table.name} concurrently`,
    safe: false,
    edits(sources) {
      const { span } = step.statement;
      const head = /^REFRESH\s+MATERIALIZED\s+VIEW/i.exec(sources.text(file.file)?.slice(span.start, span.end) ?? "")?.[0].length;
      return head === undefined ? undefined : [{ kind: "change", file: file.file, edits: [insertAt(span.start + head, " CONCURRENTLY")] }];
    },
  };
}
