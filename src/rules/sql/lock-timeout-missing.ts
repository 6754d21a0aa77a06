import { insertKey } from "../../facts/config/insertKey.ts";
import type { SqlFile } from "../../facts/fileFacts.ts";
import type { Model } from "../../model/model.ts";
import { lockOf, waitsFor } from "../../model/schema/locks.ts";
import type { MigrationStep } from "../../model/schema/pendingMigrations.ts";
import type { Fix } from "../finding.ts";
import { isSwitchedOff } from "./edits/flywayLock.ts";
import { isFelt } from "./shared/migrations/lockedSteps.ts";
import { defineMigrationRule } from "./shared/migrations/migrationRule.ts";

export const lockTimeoutMissing = defineMigrationRule({
  id: "sql/lock-timeout-missing",
  title: "Migrations that wait for locks without an end",
  certainty: "possible",
  cost: "while the migration waits behind one long transaction, every query of the table waits behind the migration",
  references: [
    "https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-LOCK-TIMEOUT",
    "https://documentation.red-gate.com/fd/flyway-init-sql-setting-277579047.html",
  ],
  messages: {
    waits: "{{table}} is locked without a lock_timeout: whoever comes after waits, too",
  },

  check({ file, model, report }) {
    const step = firstLock(file, model);
    if (step?.table === undefined || model.pending.setsLockTimeout(file.file) || isConfigured(model, file.file)) return;
    // Once in a history: what comes before has said so.
    const migrations = model.schema.migration(file.file)?.schema.migrations ?? [];
    for (const { file: earlier } of migrations) {
      if (earlier === file.file) break;
      const before = model.schema.migration(earlier)?.file;
      if (before !== undefined && firstLock(before, model) !== undefined) return;
    }
    report({
      at: step.operation.at,
      message: "waits",
      data: { table: step.table.name },
      fixes: model.pending.of(file.file)?.tool === "flyway" ? withTimeout(model, file.file) : [],
    });
  },
});

/** The first new statement that others wait for. */
function firstLock(file: SqlFile, model: Model): MigrationStep | undefined {
  return model.pending
    .of(file.file)
    ?.units.flatMap(({ steps }) => steps)
    .find(({ pending, table, operation }) => {
      const row = lockOf(operation.form);
      return pending && table !== undefined && row !== undefined && waitsFor(row.lock) !== undefined && isFelt(table, model);
    });
}

/** In the statements that a connection begins with, or among the options of its URL. */
function isConfigured(model: Model, file: string): boolean {
  return ["spring.flyway", "spring.datasource"].some((prefix) =>
    model.configuration.everyValueBelow(prefix, file).some(({ value }) => /lock_timeout\b/i.test(value)),
  );
}

const KEY = "spring.flyway.init-sqls";
const VALUE = "SET lock_timeout = '5s'";

function withTimeout(model: Model, file: string): readonly Fix[] {
  const main = model.configuration.mainFileOf(file);
  if (main === undefined || isSwitchedOff(model, file)) return [];
  return [
    {
      title: `Set ${KEY} to ${VALUE}`,
      safe: false,
      edits(sources) {
        const text = sources.text(main);
        const edit = text === undefined ? undefined : insertKey(main, text, KEY, VALUE);
        return edit === undefined ? undefined : [{ kind: "change", file: main, edits: [edit] }];
      },
    },
  ];
}
