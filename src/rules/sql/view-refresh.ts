import type { JavaFile } from "../../facts/fileFacts.ts";
import type { Model } from "../../model/model.ts";
import type { Query } from "../../model/persistence/scans/query.ts";
import { isRefreshedConcurrently } from "../../model/schema/coverage.ts";
import { runsAtStartUp } from "../../model/web/startUp.ts";
import { defineRule } from "../rule.ts";
import { feltOn } from "./shared/queries/fewRows.ts";
import { queriesIn, schemaOf } from "./shared/queries/queries.ts";

export const viewRefresh = defineRule({
  id: "sql/view-refresh",
  title: "Materialized view that cannot be read while it is refreshed",
  language: "java",
  certainty: "likely",
  cost: "every query of the view waits until its own query has run",
  references: ["https://www.postgresql.org/docs/current/sql-refreshmaterializedview.html"],
  messages: {
    blocks: "{{method}} refreshes {{view}} under a lock that its readers wait for",
    fails: "{{method}} refreshes {{view}} concurrently, which fails without a unique index",
  },

  check({ file, model, report }) {
    const refreshes = refreshesIn(file, model);
    const schema = refreshes.length === 0 ? undefined : schemaOf(model, file.file);
    if (schema === undefined) return;
    for (const { query, view: name, concurrently } of refreshes) {
      const view = model.schema.tableOf(schema.id, name);
      if (view?.kind !== "materialized view" || view.uncertain) continue;
      const can = isRefreshedConcurrently(view);
      const felt = concurrently ? undefined : feltOn(view, model);
      if (concurrently ? can : felt === undefined) continue;
      report({
        at: query.at,
        message: concurrently ? "fails" : "blocks",
        data: { method: query.method, view: view.name },
        related: [
          { at: view.at, message: can ? `${view.name} is created here` : `${view.name} has no unique index on plain columns` },
          ...(felt?.related ?? []),
        ],
        ...felt?.rank,
        ...(concurrently
          ? { certainty: "proven", severity: "error", cost: "the statement fails each time, and the view keeps its old rows" }
          : {}),
      });
    }
  },
});

interface Refresh {
  readonly query: Query;
  readonly view: string;
  readonly concurrently: boolean;
}

/** Readers wait for a nightly job as for any other; at the start there are none. */
function refreshesIn(file: JavaFile, model: Model): readonly Refresh[] {
  const written = model.persistence.written.in(file.file).filter(({ sender, remarks }) => {
    if (!remarks.some(({ kind }) => kind === "refresh")) return false;
    const method = model.calls.method(sender);
    return method === undefined || !runsAtStartUp(method);
  });
  const declared = queriesIn(model, file).filter((query) => !("sender" in query));
  return [...declared, ...written].flatMap((query) =>
    query.remarks.flatMap((remark) => (remark.kind === "refresh" ? [{ query, view: remark.view, concurrently: remark.concurrently }] : [])),
  );
}
