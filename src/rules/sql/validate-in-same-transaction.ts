import type { SqlFile } from "../../facts/fileFacts.ts";
import type { Model } from "../../model/model.ts";
import type { MigrationStep } from "../../model/schema/pendingMigrations.ts";
import type { Fix } from "../finding.ts";
import { canRewrite, rewriteMigration } from "./edits/rewriteMigration.ts";
import { type LockedStep, lockedSteps, sizeOf, weight } from "./shared/migrations/lockedSteps.ts";
import { defineMigrationRule } from "./shared/migrations/migrationRule.ts";

export const validateInSameTransaction = defineMigrationRule({
  id: "sql/validate-in-same-transaction",
  title: "Constraint validated in the transaction that adds it",
  certainty: "likely",
  cost: "the lock of ADD CONSTRAINT is held while all rows are read, as if NOT VALID were not there",
  references: ["https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-VALIDATE-CONSTRAINT"],
  messages: {
    holds: "VALIDATE CONSTRAINT {{constraint}} reads {{table}} under the lock that added it",
  },

  check({ file, model, report }) {
    for (const step of lockedSteps(file, model, ["validate constraint"])) {
      const { table, operation, unit } = step;
      const added = unit.transactional ? unit.steps.find((one) => addsNotValid(one, step)) : undefined;
      if (added === undefined || operation.name === undefined) continue;
      const all = added.operation.form !== "add foreign key not valid";
      report({
        at: operation.at,
        message: "holds",
        data: { constraint: operation.name, table: table.name },
        cost: `${all ? "reads and writes" : "writes"} of ${table.name} wait while ${sizeOf(step)} are read`,
        related: [{ at: { file: file.file, ...added.operation.at }, message: "the lock is taken here" }],
        fixes: canRewrite({ file, ...step }, model, false) ? [validateNext(step, operation.name, file, model)] : [],
        ...weight(step, "scan", all ? "all" : "writes"),
      });
    }
  },
});

function addsNotValid({ operation, statement }: MigrationStep, later: LockedStep): boolean {
  return (
    /not valid$/.test(operation.form) &&
    statement.span.start <= later.statement.span.start &&
    operation.name?.toLowerCase() === later.operation.name?.toLowerCase() &&
    operation.table?.name.toLowerCase() === later.operation.table?.name.toLowerCase()
  );
}

function validateNext(step: LockedStep, name: string, file: SqlFile, model: Model): Fix {
  return {
    title: `Validate ${name} in the next migration`,
    safe: false,
    edits(sources) {
      const { span } = step.statement;
      const text = sources.text(file.file)?.slice(span.start, span.end);
      if (text === undefined || step.statement.operations.length > 1) return undefined;
      const followUps = [{ description: `validate_${name.toLowerCase()}`, statements: [`${text};`], alone: false }];
      return rewriteMigration({ file, ...step }, { at: span, here: undefined, followUps }, model, sources);
    },
  };
}
