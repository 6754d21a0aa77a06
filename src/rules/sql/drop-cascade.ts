import { takenAlong } from "../../model/schema/fold/takenAlong.ts";
import type { Place } from "../../text/positions.ts";
import { defineMigrationRule } from "./shared/migrations/migrationRule.ts";

export const dropCascade = defineMigrationRule({
  id: "sql/drop-cascade",
  title: "CASCADE that takes what the migration does not name",
  certainty: "possible",
  cost: "queries of a view that goes fail, and rows that a foreign key kept apart get in",
  references: ["https://www.postgresql.org/docs/current/ddl-depend.html"],
  messages: {
    takes: "CASCADE takes {{what}} along",
  },

  check({ file, model, report }) {
    if (!file.sql.statements.some(({ changes }) => changes.some((change) => "cascade" in change))) return;
    const steps = model.pending.of(file.file);
    const before = steps === undefined ? undefined : model.schema.schemaBefore(file.file);
    if (before === undefined) return;
    for (const [{ span }, all] of takenAlong(file.file, file.sql, before)) {
      const taken = all.filter(({ at }) => !model.pending.isPending(at));
      if (taken.length === 0 || !model.pending.isPending({ file: file.file, ...span })) continue;
      const named = taken.slice(0, NAMED).map(({ kind, name }) => `${kind} ${name}`);
      const more = taken.length - named.length;
      report({
        at: span,
        message: "takes",
        data: { what: more > 0 ? `${named.join(", ")} and ${more} more` : named.join(" and ") },
        related: taken.map(({ name, at }): { at: Place; message: string } => ({ at, message: `${name} goes with it` })),
      });
    }
  },
});

const NAMED = 2;
