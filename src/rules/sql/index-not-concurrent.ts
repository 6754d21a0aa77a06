import { indexName } from "../../model/schema/defaultNames.ts";
import { defineRule } from "../rule.ts";
import { buildConcurrently } from "./edits/concurrentIndex.ts";
import { lockedSteps, sizeOf, weight } from "./shared/lockedSteps.ts";
import { isPartitioned } from "./shared/schemaQuestions.ts";

export const indexNotConcurrent = defineRule({
  id: "sql/index-not-concurrent",
  title: "Index that is built while writes wait",
  language: "sql",
  certainty: "likely",
  cost: "inserts, updates and deletes wait until the index is built",
  references: [
    "https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY",
    "https://www.postgresql.org/docs/current/explicit-locking.html",
  ],
  messages: {
    blocks: "CREATE INDEX blocks writes to {{table}} while it builds {{index}}",
  },

  check({ file, model, report }) {
    for (const step of lockedSteps(file, model, ["create index"])) {
      const { table, operation, statement, migration } = step;
      // Nothing but REFRESH writes to it.
      if (table.kind === "materialized view") continue;
      const made = statement.changes.find(({ kind }) => kind === "createIndex");
      if (made?.kind !== "createIndex") continue;
      const name = operation.name ?? indexName(table, { keys: made.index.keys, constraint: undefined });
      report({
        at: operation.at,
        message: "blocks",
        data: { table: table.name, index: name },
        cost: `a SHARE lock: writes to ${table.name} wait until ${sizeOf(step)} are read and sorted`,
        related: [{ at: table.at, message: `${table.name} was there before` }],
        fixes: isPartitioned(table, migration.schema)
          ? []
          : [buildConcurrently(`Build ${name} concurrently`, step, name, table.namespace, file, model)],
        ...weight(step, "index", "writes"),
      });
    }
  },
});
