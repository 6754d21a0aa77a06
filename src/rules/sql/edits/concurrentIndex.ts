import type { SqlFile } from "../../../facts/fileFacts.ts";
import type { Model } from "../../../model/model.ts";
import { sqlName } from "../../../model/schema/edits/migrationEdit.ts";
import type { Fix } from "../../finding.ts";
import type { PendingStep } from "../shared/migrations/lockedSteps.ts";
import { indexSql } from "./elementSql.ts";
import { rewriteMigration } from "./rewriteMigration.ts";

/**
 * `CREATE INDEX` as a migration of its own that builds the index while the table is written. A build that fails leaves an index that is
 * not valid behind: it is dropped before the next try. `name` is the index's, also where PostgreSQL makes it up.
 */
export function buildConcurrently(
  title: string,
  step: PendingStep,
  name: string,
  namespace: string | undefined,
  file: SqlFile,
  model: Model,
): Fix {
  return {
    title,
    safe: false,
    edits(sources) {
      const statement =
        file.sql.changelog === undefined
          ? concurrently(sources.text(file.file)?.slice(step.statement.span.start, step.statement.span.end), name)
          : indexSql(step, name);
      if (statement === undefined) return undefined;
      const statements = [
        `DROP INDEX CONCURRENTLY IF EXISTS ${namespace === undefined ? "" : `${sqlName(namespace)}.`}${sqlName(name)};`,
        statement,
      ];
      const followUps = [{ description: `create_index_${name.toLowerCase()}`, statements, alone: true }];
      return rewriteMigration({ file, ...step }, { at: step.statement.span, here: undefined, followUps }, model, sources);
    },
  };
}

function concurrently(text: string | undefined, name: string): string | undefined {
  const match = text === undefined ? null : CREATE.exec(text);
  if (text === undefined || match === null) return undefined;
  const [head, create = "", rest = ""] = match;
  const named = /^ON\b/i.test(rest) ? `${sqlName(name)} ` : "";
  return `${create} CONCURRENTLY ${named}${rest}${text.slice(head.length)};`;
}

/** What stands behind INDEX: CONCURRENTLY may be there already. */
const CREATE = /^(CREATE\s+(?:UNIQUE\s+)?INDEX)\s+(?:CONCURRENTLY\s+)?(\S+)/i;
