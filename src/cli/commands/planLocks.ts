import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Workspace } from "../../analysis/workspace.ts";
import type { Schema } from "../../model/schema/schema.ts";
import { locksOf, type StatementLocks, sinceVersion } from "../../planner/locks.ts";
import type { Planner } from "../../planner/planner.ts";
import { assumedStatistics, sizesOf } from "../../planner/statistics/assumed.ts";
import { isUnavailable, type NoPlanner } from "../../planner/whatIf.ts";
import { decodeText } from "../../text/encodings.ts";
import { UsageError } from "../io.ts";
import type { Session } from "../session.ts";

interface LockReport {
  readonly sql: string;
  readonly since: number;
  readonly result: StatementLocks;
}

/** What each statement of a migration locks, as text or JSON. */
export async function migrationLocks(
  file: string,
  format: "text" | "json",
  workspace: Workspace,
  session: Session,
  planner: Planner,
): Promise<string | NoPlanner> {
  const { model } = workspace;
  const path = resolve(session.io.cwd, file).replaceAll("\\", "/");
  const known = [...workspace.files()].find((name) => session.pathOf(name) === path);
  const schema = known === undefined ? undefined : model.schema.schemaBefore(known);
  const facts = known === undefined ? undefined : workspace.get(known);
  if (schema === undefined || facts?.language !== "sql") throw new UsageError(`${file} is no migration of an ordered set`);
  const { text } = decodeText(readFileSync(path));
  const statements = facts.sql.statements.map(({ span }) => text.slice(span.start, span.end));
  const answers = await locksOf(planner, schema, statements, earlierStatements(schema, known as string, workspace, session));
  if (isUnavailable(answers)) return answers;
  const { tables } = assumedStatistics(schema, sizesOf(model), "usual");
  const rowsOf = (table: string) => tables.get(table.toLowerCase());
  const reports = statements.map((sql, i): LockReport => ({ sql, since: sinceVersion(sql), result: answers[i] as StatementLocks }));
  if (format === "json") {
    const shown = reports.map(({ sql, since, result }) => ({
      sql,
      since,
      ...(result.ok
        ? {
            source: result.source,
            locks: result.locks.map((lock) => ({ rows: rowsOf(lock.table)?.rows, assumed: rowsOf(lock.table)?.assumed, ...lock })),
          }
        : { error: result.why }),
    }));
    return `${JSON.stringify({ version: 1, file: known, statements: shown }, null, 2)}\n`;
  }
  return reports.map((report) => reportText(report, rowsOf)).join("");
}

/** The statements of the migrations before one, in their order. */
function earlierStatements({ migrations }: Schema, file: string, workspace: Workspace, session: Session): readonly string[] {
  const place = migrations.findIndex((migration) => migration.file === file);
  return migrations.slice(0, Math.max(0, place)).flatMap((migration) => {
    const facts = workspace.get(migration.file);
    if (facts?.language !== "sql" || !/\.sql$/i.test(migration.file)) return [];
    const { text } = decodeText(readFileSync(session.pathOf(migration.file)));
    return facts.sql.statements.map(({ span }) => text.slice(span.start, span.end));
  });
}

function reportText(
  { sql, since, result }: LockReport,
  rowsOf: (table: string) => { readonly rows: number; readonly assumed: boolean } | undefined,
): string {
  const line = sql.replace(/\s+/g, " ");
  const head = `${line.length > 100 ? `${line.slice(0, 100)}…` : line}${since > 12 ? `  (PostgreSQL ${since} and later)` : ""}\n`;
  if (!result.ok) return `${head}  not run: ${result.why}\n`;
  if (result.locks.length === 0) return `${head}  locks no table that was there before\n`;
  return (
    head +
    result.locks
      .map(({ table, mode, rewrites }) => {
        const size = rowsOf(table);
        const rows = size === undefined ? "" : ` of ${size.rows.toLocaleString("en")} rows${size.assumed ? ", assumed" : ""}`;
        return `  ${table}${rows}: ${mode}${rewrites === false ? "" : `, all rows are written anew${rewrites === true ? "" : ` ${rewrites}`}`}\n`;
      })
      .join("")
  );
}
