import type { SqlFile } from "../../facts/fileFacts.ts";
import type { LockForm } from "../../facts/sql/operationFacts.ts";
import type { Model } from "../../model/model.ts";
import type { Fix } from "../finding.ts";
import { canRewrite, rewriteMigration } from "./edits/rewriteMigration.ts";
import { type LockedStep, lockedSteps, sizeOf, weight } from "./shared/migrations/lockedSteps.ts";
import { defineMigrationRule } from "./shared/migrations/migrationRule.ts";

export const maintenanceInMigration = defineMigrationRule({
  id: "sql/maintenance-in-migration",
  title: "Table rebuilt or locked by a migration",
  certainty: "likely",
  cost: "reads and writes wait until the table or its indexes are built anew",
  references: [
    "https://www.postgresql.org/docs/current/sql-reindex.html#SQL-REINDEX-CONCURRENTLY",
    "https://www.postgresql.org/docs/current/sql-vacuum.html",
    "https://www.postgresql.org/docs/current/sql-cluster.html",
  ],
  messages: {
    writes: "{{what}} blocks writes to {{table}} while its indexes are built anew",
    all: "{{what}} blocks reads and writes of {{table}} while it is written anew",
    locks: "LOCK TABLE blocks {{who}} {{table}} until the migration ends",
  },

  check({ file, model, report }) {
    for (const step of lockedSteps(file, model, FORMS)) {
      const { table, operation } = step;
      const { form, detail } = operation;
      const locks = form === "lock table";
      // Weaker modes keep nobody from reading and writing.
      if (locks && !["SHARE", "SHARE ROW EXCLUSIVE", "EXCLUSIVE", "ACCESS EXCLUSIVE"].includes(detail ?? "")) continue;
      const reindex = form === "reindex";
      const all = detail === "ACCESS EXCLUSIVE" || !(locks || reindex);
      report({
        at: operation.at,
        message: locks ? "locks" : reindex ? "writes" : "all",
        data: {
          what: form === "set logged" ? `SET ${detail}` : (NAMES[form] ?? ""),
          table: table.name,
          who: all ? "reads and writes of" : "writes to",
        },
        cost: locks
          ? `${all ? "reads and writes" : "writes"} of ${table.name} wait`
          : `${sizeOf(step)} are read and written anew under the lock`,
        related: [{ at: table.at, message: `${table.name} was there before` }],
        fixes: reindex && canRewrite({ file, ...step }, model, true) ? [concurrently(step, file, model)] : [],
        ...weight(step, reindex ? "index" : "rewrite", all ? "all" : "writes"),
      });
    }
  },
});

const NAMES: Readonly<Partial<Record<LockForm, string>>> = {
  reindex: "REINDEX",
  "vacuum full": "VACUUM FULL",
  cluster: "CLUSTER",
  "lock table": "LOCK TABLE",
  "set logged": "SET LOGGED",
  "set tablespace": "SET TABLESPACE",
};
const FORMS = Object.keys(NAMES) as LockForm[];

function concurrently(step: LockedStep, file: SqlFile, model: Model): Fix {
  return {
    title: "Rebuild concurrently",
    safe: false,
    edits(sources) {
      const { span } = step.statement;
      const text = sources.text(file.file)?.slice(span.start, span.end);
      const head = text === undefined ? undefined : /^REINDEX\s+(?:INDEX|TABLE)\b/i.exec(text)?.[0].length;
      if (text === undefined || head === undefined) return undefined;
      const statement = `${text.slice(0, head)} CONCURRENTLY${text.slice(head)};`;
      const description = `reindex_${step.operation.name ?? step.table.name}`.toLowerCase();
      const followUps = [{ description, statements: [statement], alone: true }];
      return rewriteMigration({ file, ...step }, { at: span, here: undefined, followUps }, model, sources);
    },
  };
}
