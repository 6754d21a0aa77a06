import type { Model } from "../../model/model.ts";
import type { Report } from "../rule.ts";
import { FLYWAY_LOCK, flywayLockEdit, isFlywayLockSettled } from "./edits/rewriteMigration.ts";
import { pendingSteps } from "./shared/lockedSteps.ts";
import { defineMigrationRule } from "./shared/migrationRule.ts";

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
    const known = weight(model, file.file);
    if (known === undefined) return;
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
      ...known,
    });
  },
});

/** Flyway has held a transaction open since 9.1.2; Spring Boot brings such a version since 3.0. Without Flyway in the build, it is run in another way. */
function weight(model: Model, file: string): Pick<Report, "certainty" | "severity"> | undefined {
  const { artifacts, boot, has } = model.configuration.buildOf(file);
  if (!has("flyway-core", "flyway-database-postgresql", "spring-boot-starter-flyway")) return undefined;
  const version = /^(\d+)\.(\d+)(?:\.(\d+))?/
    .exec(artifacts["flyway-core"] ?? "")
    ?.slice(1)
    .map((part) => Number(part ?? 0));
  if (version !== undefined) {
    const [major = 0, minor = 0, patch = 0] = version;
    return major > 9 || (major === 9 && (minor > 1 || (minor === 1 && patch >= 2))) ? {} : undefined;
  }
  const bootMajor = Number(/^\d+/.exec(boot ?? "")?.[0] ?? Number.NaN);
  if (bootMajor >= 3) return {};
  return boot === undefined ? { certainty: "likely", severity: "warning" } : undefined;
}
