import type { SqlParser } from "../../syntax/sql/sql.ts";
import type { JavaFile, SqlFile } from "../fileFacts.ts";
import { namesIn } from "../sql/blocks/doBlock.ts";
import { dialectOf } from "../sql/dialect.ts";
import { sqlScript } from "../sql/extract.ts";
import type { SqlFacts, SqlStatement } from "../sql/sqlFacts.ts";
import type { JavaFacts, JavaType } from "./javaFacts.ts";

/** What Flyway runs as migrations; the last two until its version 5. */
const FLYWAY_MIGRATIONS: ReadonlySet<string> = new Set(["BaseJavaMigration", "JavaMigration", "JdbcMigration", "SpringJdbcMigration"]);

/** A class that Flyway runs, perhaps through a base class of the project's own: only Flyway names one "V7__add_index". */
export const isFlywayMigration = ({ name, superclass, interfaces }: Pick<JavaType, "name" | "superclass" | "interfaces">): boolean => {
  const above = [...(superclass === undefined ? [] : [superclass]), ...interfaces];
  return above.some((one) => FLYWAY_MIGRATIONS.has(one.slice(one.lastIndexOf(".") + 1))) || (above.length > 0 && VERSIONED.test(name));
};

const VERSIONED = /^(?:[VB]\d[\d_]*|R)__/;

/**
 * What the statements in the texts of a migration written in Java change in the schema, in the order in which they stand; undefined for
 * any other class. Places are those of the file: a text is read as it stands, what Java puts between its parts blanked. A statement that
 * is put together of more than texts is unclear.
 */
export function migrationSql(file: string, text: string, { types }: JavaFacts, parser: SqlParser): SqlFacts | undefined {
  if (!types.some(isFlywayMigration)) return undefined;
  const written = textsIn(text).filter(({ sql, whole }) => CHANGES.test(sql) || (whole && isWork(sql)));
  if (written.length === 0) return undefined;
  const { dialect } = dialectOf(file, written.map(({ sql }) => sql).join(";\n"));
  const statements: SqlStatement[] = [];
  if (dialect === "postgresql" || dialect === "unknown")
    for (const { start, sql, whole } of written) {
      if (!whole) statements.push(unclear(start, sql));
      // What only looks like work on rows says nothing.
      else
        statements.push(
          ...sqlScript(sql, start, dialect, parser).facts.statements.filter(({ kind }) => kind !== undefined || CHANGES.test(sql)),
        );
    }
  return { dialect, liquibase: false, changesets: [], statements, insertedRows: [], runs: runsIn(text) };
}

/** The statements of a migration written in Java as a script, each where it stands in the class; undefined for any other class. */
export function migrationScript(java: JavaFile): SqlFile | undefined {
  const sql = java.java.migration;
  if (sql === undefined) return undefined;
  let script = SCRIPTS.get(java);
  if (script === undefined) {
    const { java: _, ...head } = java;
    SCRIPTS.set(java, (script = { sql, ...head, language: "sql" }));
  }
  return script;
}

const SCRIPTS = new WeakMap<JavaFile, SqlFile>();

const CHANGES = /(?:^|;)\s*(?:CREATE|ALTER|DROP|DO)\b/i;

/** What changes no table but works on all of one; with a parameter it is run for rows that Java has picked. */
const isWork = (sql: string): boolean => WORK.test(sql) && !/\?|[^:]:[a-z]/i.test(sql);
const WORK =
  /^\s*(?:UPDATE|DELETE\s+FROM|INSERT\s[\s\S]*\bSELECT|TRUNCATE|REFRESH|REINDEX|VACUUM|CLUSTER|LOCK|SET\s[\s\S]*lock_timeout)\b/i;

/** Flyway asks the class; one that takes its connection elsewhere, or commits itself, runs as nobody knows. */
function runsIn(text: string): NonNullable<SqlFacts["runs"]> {
  const code = withoutComments(text);
  const said = /\bcanExecuteInTransaction\s*\(\s*\)\s*\{\s*(?:return\s+(true|false)\s*;\s*\})?/.exec(code);
  if (said?.[1] === "false") return "without transaction";
  if ((said !== null && said[1] === undefined) || /\.\s*(?:setAutoCommit|commit)\s*\(/.test(code)) return "unknown";
  return /\.\s*getConnection\s*\(\s*\)/.test(code) && !/\bdataSource\b/i.test(code) ? "in transaction" : "unknown";
}

function unclear(start: number, sql: string): SqlStatement {
  const changes = [{ kind: "unclear", names: namesIn(sql) }] as const;
  return { span: { start, end: start + sql.length }, kind: undefined, changes, operations: [] };
}

interface WrittenText {
  /** Of the text, behind its quote. */
  readonly start: number;
  /** As long as it is in the file. */
  readonly sql: string;
  /** Nothing but literals is put together. */
  readonly whole: boolean;
}

/** Comments, characters, text blocks and strings: what may hold a quote. */
const TOKEN = /\/\/[^\r\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\r\n])*'|"""[\s\S]*?(?<!\\)"""|"(?:\\.|[^"\\\r\n])*"/g;

/** The texts of a file, each with the literals that `+` adds to it. */
function textsIn(text: string): readonly WrittenText[] {
  const literals = [...text.matchAll(TOKEN)].flatMap(({ 0: token, index }) => {
    if (!token.startsWith('"')) return [];
    const quotes = token.startsWith('"""') ? 3 : 1;
    return [{ start: index + quotes, end: index + token.length - quotes, after: index + token.length, before: index }];
  });
  const found: WrittenText[] = [];
  for (let i = 0; i < literals.length; i++) {
    const first = literals[i] as (typeof literals)[number];
    let last = first;
    let sql = blanked(text.slice(first.start, first.end));
    for (;;) {
      const next = literals[i + 1];
      if (next === undefined || !/^\s*\+\s*$/.test(withoutComments(text.slice(last.after, next.before)))) break;
      sql += " ".repeat(next.start - last.end) + blanked(text.slice(next.start, next.end));
      last = next;
      i++;
    }
    const lead = text.slice(Math.max(0, first.before - 60), first.before);
    if (SAID.test(lead)) continue;
    const added = /\+\s*$/.test(lead) || /^\s*\+/.test(text.slice(last.after, last.after + 40));
    const formatted = /^\s*\.\s*(?:formatted|replace\w*)\b/.test(text.slice(last.after, last.after + 40)) || /%(?:\d+\$)?s\b/.test(sql);
    found.push({ start: first.start, sql, whole: !added && !formatted });
  }
  return found;
}

/** What only tells people. */
const SAID = /(?:\blog(?:ger)?\s*\.\s*\w+|\bnew\s+\w*(?:Exception|Error)|\bprintln)\s*\(\s*$/i;

const withoutComments = (text: string): string => text.replace(/\/\/[^\r\n]*|\/\*[\s\S]*?\*\//g, " ");

/** The text with Java's escapes blanked: a quote stays one. */
function blanked(text: string): string {
  const blank = (written: string): string => (/^\\["']$/.test(written) ? ` ${written[1]}` : " ".repeat(written.length));
  return text.replace(/\\(?:u+[0-9a-fA-F]{4}|\r\n|[\s\S])/g, blank);
}
