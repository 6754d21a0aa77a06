import type { SqlFile } from "../../facts/fileFacts.ts";
import type { Model } from "../../model/model.ts";
import { isRefreshedConcurrently } from "../../model/schema/coverage.ts";
import type { Table } from "../../model/schema/schema.ts";
import type { Span } from "../../text/positions.ts";
import { pendingSteps } from "./shared/migrations/lockedSteps.ts";
import { defineMigrationRule } from "./shared/migrations/migrationRule.ts";
import { schemaOfScript } from "./shared/queries/queries.ts";

export const refreshWithoutUniqueIndex = defineMigrationRule({
  id: "sql/refresh-without-unique-index",
  title: "Concurrent refresh of a materialized view that has no unique index",
  certainty: "proven",
  severity: "error",
  cost: "the statement fails each time, and the view keeps its old rows",
  references: ["https://www.postgresql.org/docs/current/sql-refreshmaterializedview.html"],
  messages: {
    fails: "REFRESH CONCURRENTLY fails: {{view}} has no unique index on plain columns",
  },

  check({ file, model, report }) {
    for (const { at, view } of [...refreshesNow(file, model), ...refreshesLater(file, model)]) {
      if (view?.kind !== "materialized view" || view.uncertain || isRefreshedConcurrently(view)) continue;
      report({
        at,
        message: "fails",
        data: { view: view.name },
        related: [{ at: view.at, message: `${view.name} is created here` }],
      });
    }
  },
});

interface Refreshed {
  readonly at: Span;
  readonly view: Table | undefined;
}

/** In a migration that has not run: the view as the statements before have left it. */
const refreshesNow = (file: SqlFile, model: Model): readonly Refreshed[] =>
  pendingSteps(file, model, ["refresh materialized view concurrently"]).map(({ operation, known }) => ({ at: operation.at, view: known }));

/** In functions that the last migration leaves as this file declares them, and in jobs: the view as all migrations leave it. */
function refreshesLater(file: SqlFile, model: Model): readonly Refreshed[] {
  const statements = file.sql.statements.filter(({ refreshes }) => refreshes !== undefined);
  const schema = statements.length === 0 ? undefined : schemaOfScript(model, file.file);
  if (schema === undefined) return [];
  const objects = [...schema.objects.values()];
  return statements.flatMap(({ kind, span, refreshes }) => {
    const lives = kind === "SelectStmt" || objects.some(({ at }) => at.file === file.file && at.start === span.start);
    return lives ? (refreshes ?? []).map(({ at, view }) => ({ at, view: model.schema.tableOf(schema.id, view.name) })) : [];
  });
}
