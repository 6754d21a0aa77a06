import { updateInBatches } from "./edits/updateInBatches.ts";
import { lockedSteps, sizeOf, weight } from "./shared/migrations/lockedSteps.ts";
import { firstWork } from "./shared/migrations/lockedWork.ts";
import { defineMigrationRule } from "./shared/migrations/migrationRule.ts";

export const backfillInMigration = defineMigrationRule({
  id: "sql/backfill-in-migration",
  title: "Every row of a table written in one transaction",
  certainty: "likely",
  cost: "every row stays locked until the end, and the table grows by its own size",
  references: [
    "https://www.postgresql.org/docs/current/routine-vacuuming.html#VACUUM-FOR-SPACE-RECOVERY",
    "https://www.postgresql.org/docs/current/plpgsql-transactions.html",
  ],
  messages: {
    writes: "{{what}} every row of {{table}} in one transaction",
  },

  check({ file, model, report }) {
    for (const step of lockedSteps(file, model, ["update", "delete"])) {
      const { table, operation } = step;
      // From the first one on that runs under a lock for everybody, that is what is said.
      const locked = firstWork(step.unit, model)?.step.statement.span.start ?? Number.POSITIVE_INFINITY;
      if (operation.filtered || step.statement.span.start >= locked) continue;
      const updates = operation.form === "update";
      const fix = updates ? updateInBatches(step, file, model) : undefined;
      report({
        at: operation.at,
        message: "writes",
        data: { what: updates ? "UPDATE writes" : "DELETE takes", table: table.name },
        cost: `${sizeOf(step)} stay locked until the end${updates ? ", and each leaves its old version behind" : ""}`,
        related: [{ at: table.at, message: `${table.name} was there before` }],
        fixes: fix === undefined ? [] : [fix],
        ...weight(step, "rewrite", "writes"),
      });
    }
  },
});
