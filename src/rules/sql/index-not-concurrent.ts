import { indexName } from "../../model/schema/fold/defaultNames.ts";
import { buildConcurrently } from "./edits/concurrentIndex.ts";
import { canRewrite } from "./edits/rewriteMigration.ts";
import { lockedSteps, sizeOf, weight } from "./shared/migrations/lockedSteps.ts";
import { defineMigrationRule } from "./shared/migrations/migrationRule.ts";
import { isPartitioned } from "./shared/tables/schemaQuestions.ts";

export const indexNotConcurrent = defineMigrationRule({
  id: "sql/index-not-concurrent",
  title: "Index that is built while writes wait",
  certainty: "likely",
  cost: "inserts, updates and deletes wait until the index is built",
  references: [
    "https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY",
    "https://www.postgresql.org/docs/current/explicit-locking.html",
  ],
  messages: {
    blocks: "CREATE INDEX blocks writes to {{table}} while it builds {{index}}",
    several: "CREATE INDEX blocks writes to {{table}} while it builds {{index}} and {{others}} more",
  },

  check({ file, model, report }) {
    // Nothing but REFRESH writes to a materialized view.
    const steps = lockedSteps(file, model, ["create index"]).filter(({ table }) => table.kind === "table");
    for (const step of steps) {
      const { table, operation, statement, migration, unit } = step;
      // The lock stays until the transaction ends: the first index on a table speaks for all.
      const alike = unit.transactional ? steps.filter((one) => one.unit === unit && one.table.name === table.name) : [step];
      if (alike[0] !== step) continue;
      const made = statement.changes.find(({ kind }) => kind === "createIndex");
      if (made?.kind !== "createIndex") continue;
      const name = operation.name ?? indexName(table, { keys: made.index.keys, include: made.index.include, constraint: undefined });
      report({
        at: operation.at,
        message: alike.length === 1 ? "blocks" : "several",
        data: { table: table.name, index: name, others: alike.length - 1 },
        cost: `a SHARE lock: writes to ${table.name} wait until ${sizeOf(step)} are read and sorted`,
        related: [
          { at: table.at, message: `${table.name} was there before` },
          ...alike.slice(1).map((one) => ({ at: { file: file.file, ...one.operation.at }, message: "and while it builds this one" })),
        ],
        fixes:
          isPartitioned(table, migration.schema) || !canRewrite({ file, ...step }, model, true)
            ? []
            : [buildConcurrently(`Build ${name} concurrently`, step, name, table.namespace, file, model)],
        ...weight(step, "index", "writes"),
      });
    }
  },
});
