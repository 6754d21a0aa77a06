import { lockedSteps, sizeOf, weight } from "./shared/migrations/lockedSteps.ts";
import { defineMigrationRule } from "./shared/migrations/migrationRule.ts";

export const exclusionConstraint = defineMigrationRule({
  id: "sql/exclusion-constraint",
  title: "Exclusion constraint on a table that is in use",
  certainty: "likely",
  cost: "reads and writes wait until its index is built",
  references: ["https://www.postgresql.org/docs/current/sql-createtable.html#SQL-CREATETABLE-EXCLUDE"],
  messages: {
    builds: "EXCLUDE {{name}} blocks reads and writes of {{table}} while its index is built",
  },

  check({ file, model, report }) {
    for (const step of lockedSteps(file, model, ["add exclusion"])) {
      const { table, operation } = step;
      report({
        at: operation.at,
        message: "builds",
        data: { name: operation.name ?? "constraint", table: table.name },
        cost: `an ACCESS EXCLUSIVE lock on ${table.name} while ${sizeOf(step)} are compared; no index can be built before`,
        related: [{ at: table.at, message: `${table.name} was there before` }],
        ...weight(step, "index", "all"),
      });
    }
  },
});
