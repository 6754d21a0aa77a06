import { FLYWAY_LOCK, flywayLockEdit, holdsTransaction, isFlywayLockSettled } from "./edits/flywayLock.ts";
import { pendingSteps } from "./shared/migrations/lockedSteps.ts";
import { defineMigrationRule } from "./shared/migrations/migrationRule.ts";

export const flywayConcurrentIndexHangs = defineMigrationRule({
  id: "sql/flyway-concurrent-index-hangs",
  title: "Concurrent index build that waits for Flyway itself",
  certainty: "proven",
  severity: "error",
  cost: "the migration waits for ever, and the application that migrates at its start does not start",
  references: [
    "https://documentation.red-gate.com/fd/flyway-postgresql-transactional-lock-setting-277579114.html",
    "https://github.com/flyway/flyway/issues/3508",
    "https://github.com/flyway/flyway/issues/3854",
  ],
  messages: {
    hangs: "CREATE INDEX CONCURRENTLY {{index}} waits for the transaction that Flyway holds open",
  },

  check({ file, model, report }) {
    const [step] = pendingSteps(file, model, ["create index concurrently"]);
    if (step === undefined || step.migration.tool !== "flyway" || isFlywayLockSettled(model, file.file)) return;
    const holds = holdsTransaction(model, file.file);
    if (holds === "no" || holds === "unknown") return;
    const edit = {
      title: `Set ${FLYWAY_LOCK} to false`,
      safe: false,
      edits: (sources: Parameters<typeof flywayLockEdit>[2]) => {
        const change = flywayLockEdit(model, file.file, sources);
        return change === undefined || change === "settled" ? undefined : [change];
      },
    };
    const configured = model.configuration.mainFileOf(file.file) !== undefined;
    report({
      at: step.operation.at,
      message: "hangs",
      data: { index: step.operation.name ?? "" },
      fixes: configured ? [edit] : [],
      ...(holds === "likely" ? { certainty: "likely", severity: "warning" } : {}),
    });
  },
});
