import type { SqlFile } from "../../../facts/fileFacts.ts";
import type { Model } from "../../../model/model.ts";
import { qualified, sqlName } from "../../../model/schema/edits/migrationEdit.ts";
import { insertAt } from "../../../text/edits.ts";
import type { Fix } from "../../finding.ts";
import type { LockedStep } from "../shared/migrations/lockedSteps.ts";
import { foreignKeySql } from "./elementSql.ts";
import { rewriteMigration } from "./rewriteMigration.ts";

/**
 * The constraint as NOT VALID, which holds for new rows at once, and its validation, which lets reads and writes go on, in the migration
 * behind. `name` is what PostgreSQL calls the constraint where the statement does not say.
 */
export function validateLater(step: LockedStep, name: string, file: SqlFile, model: Model): Fix {
  const { table, operation } = step;
  return {
    title: `Add ${name} as NOT VALID and validate it in the next migration`,
    safe: false,
    edits(sources) {
      const statements = [`ALTER TABLE ${qualified(table)} VALIDATE CONSTRAINT ${sqlName(name)};`];
      const followUps = [{ description: `validate_${name.toLowerCase()}`, statements, alone: false }];
      if (file.sql.changelog !== undefined) {
        const inChangelog = foreignKeySql(step, name);
        if (inChangelog === undefined) return undefined;
        return rewriteMigration({ file, ...step }, { at: operation.at, here: undefined, inChangelog, followUps }, model, sources);
      }
      const text = sources.text(file.file)?.slice(operation.at.start, operation.at.end);
      const add = text === undefined ? undefined : /^ADD\s+/i.exec(text)?.[0].length;
      if (text === undefined || add === undefined) return undefined;
      const named = operation.name === undefined ? [insertAt(operation.at.start + add, `CONSTRAINT ${sqlName(name)} `)] : [];
      const rewriting = {
        at: { start: operation.at.end, end: operation.at.end },
        here: " NOT VALID",
        more: named,
        followUps,
      };
      return rewriteMigration({ file, ...step }, rewriting, model, sources);
    },
  };
}
