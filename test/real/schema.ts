/**
 * `npm run schema -- PATH… [--any]`: the proof that the folded schema is the one that migrations make.
 *
 * Runs the migrations of each schema of a project on a throw-away PostgreSQL server, and what their fold says on a second, empty
 * database of it. Both catalogs must be the same: tables, columns with types, not null and defaults, indexes, constraints. Exit 0: the
 * same; 1: different, each line is said; 2: nothing could be run. Change logs of Liquibase are run by Liquibase itself, whose jars (with
 * PostgreSQL's driver and picocli) the folder LIQUIBASE_HOME holds. A schema that Hibernate makes is compared with the script that it
 * wrote (`jakarta.persistence.schema-generation.scripts.create-target`), which HIBERNATE_DDL names. What an administrator does before the
 * first migration (roles, schemas, publications) stands in BEFORE_SQL.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { languageOf } from "../../src/facts/languages.ts";
import { upwards } from "../../src/facts/sql/upwards.ts";
import { isJudged, type Schema } from "../../src/model/schema/schema.ts";
import { TestWorkspace } from "../harness/check.ts";
import { foldedDdl } from "../harness/foldedDdl.ts";
import { errorsIn, type PostgresDatabase, PostgresServer } from "../harness/postgres.ts";
import { LIQUIBASE_PORT, liquibaseHome, liquibaseTable, updateByLiquibase } from "./liquibase.ts";

const SKIPPED = /^(?:\.git|node_modules|target|build|dist|test|tests)$/;

async function main(): Promise<number> {
  const paths = process.argv.slice(2).filter((argument) => argument !== "--any");
  if (paths.length === 0) return stop("Usage: npm run schema -- PATH_OF_A_PROJECT…");
  const missing = PostgresServer.missing();
  if (missing !== undefined) return stop(`Nothing was run: ${missing}`);
  const server = PostgresServer.start(liquibaseHome === undefined ? undefined : LIQUIBASE_PORT);
  try {
    let different = 0;
    for (const path of paths) different += await prove(path, server);
    return different === 0 ? 0 : 1;
  } finally {
    server.stop();
  }
}

/** Change logs run on PostgreSQL whatever a project uses. */
const any = process.argv.includes("--any");
const hibernateDdl = process.env["HIBERNATE_DDL"];

async function prove(path: string, server: PostgresServer): Promise<number> {
  const workspace = new TestWorkspace([]);
  await workspace.put(filesIn(path, "").map((file) => [file, readFileSync(join(path, file), "utf8")]));
  const schemas = workspace.workspace.model.schema
    .schemas()
    .filter(
      ({ dialect, test, tables, mapped }) =>
        (isJudged(dialect) || any) && !test && tables.size > 0 && mapped === (hibernateDdl !== undefined),
    );
  let different = 0;
  for (const { id } of schemas) {
    const name = `${path}: ${id}`;
    try {
      different += await compare(path, id, workspace, server);
    } catch (error) {
      different++;
      say(`✘ ${name}: ${error instanceof Error ? error.message.slice(0, 2_000) : String(error)}`);
    }
  }
  return different;
}

async function compare(path: string, id: string, workspace: TestWorkspace, server: PostgresServer): Promise<number> {
  const name = `${path}: ${id}`;
  const folds = (): Schema => workspace.workspace.model.schema.schema(id) as Schema;
  const real = server.database();
  real.run(process.env["BEFORE_SQL"] ?? "");
  const failed =
    hibernateDdl !== undefined
      ? hibernate(real, hibernateDdl)
      : id.endsWith(".sql") || !folds().liquibase
        ? migrate(real, folds(), workspace.texts)
        : liquibase(real, id, path);
  // A script for an extension that the server has not, or for another set-up.
  await workspace.put(failed.map((file) => [file, undefined]));
  if (workspace.workspace.model.schema.schema(id) === undefined) throw new Error(`nothing ran: ${failed.join(", ")}`);
  const folded = server.database();
  const before = process.env["BEFORE_SQL"] ?? "";
  folded.run(before);
  const script = withoutPlaceholders(foldedDdl(folds(), ({ file, start, end }) => workspace.texts.get(file)?.slice(start, end) ?? ""));
  if (process.env["SHOW_DDL"] !== undefined) say(script);
  // What names the row type of a table stands before the table: what fails is tried again.
  folded.attempt(script);
  const refused = folded.attempt(script).filter((error) => !REPEATED.test(error));
  const [there, said] = [new Set(catalogOf(real)), new Set(catalogOf(folded))];
  const lines = [
    ...[...there].filter((line) => !said.has(line)).map((line) => `  missing: ${line}`),
    ...[...said].filter((line) => !there.has(line)).map((line) => `  wrong:   ${line}`),
  ];
  const counts = KINDS.map(([kind, many]) => `${[...there].filter((line) => line.startsWith(`${kind} `)).length} ${many}`);
  say(
    `${lines.length === 0 ? "✔" : "✘"} ${name}: ${counts.join(", ")}${failed.length === 0 ? "" : `; did not run and left out: ${failed.join(", ")}`}`,
  );
  for (const line of lines.sort()) say(line);
  if (lines.length > 0) for (const error of new Set(refused)) say(`  of the fold: ${error}`);
  return lines.length;
}

/** What the second try says of what the first has made. */
const REPEATED = /already exists|multiple primary keys/;

const KINDS = [
  ["table", "tables"],
  ["column", "columns"],
  ["index", "indexes"],
  ["constraint", "constraints"],
] as const;

function liquibase(database: PostgresDatabase, id: string, path: string): readonly string[] {
  updateByLiquibase(database, id, path);
  database.run(`DROP TABLE ${liquibaseTable}, databasechangeloglock`);
  return [];
}

function hibernate(database: PostgresDatabase, script: string): readonly string[] {
  database.run(readFileSync(script, "utf8"));
  return [];
}

/** `${name}` as some name: `p_name_`. */
const withoutPlaceholders = (text: string): string =>
  text.replace(/\$\{[^}]*\}/g, (placeholder) => `p${placeholder.slice(1).replace(/\W/g, "_")}`);

/** What a file says that runs outside of a transaction: goose and dbmate write it into a comment. */
const OUTSIDE = /\bCONCURRENTLY\b|--.*\bNO TRANSACTION\b|--.*\btransaction:\s*false\b/i;

/** Each file in a transaction of its own, in order; what fails is tried again behind the others where no order is known. */
function migrate(database: PostgresDatabase, schema: Schema, texts: ReadonlyMap<string, string>): readonly string[] {
  let left = schema.migrations.map(({ file }) => file).filter((file) => file.endsWith(".sql"));
  for (;;) {
    const failed: string[] = [];
    for (const file of left) {
      const text = withoutPlaceholders(upwards(texts.get(file) ?? ""));
      try {
        database.run(text, !OUTSIDE.test(text));
      } catch (error) {
        if (schema.migrations.some(({ kind }) => kind !== "plain")) say(`  ${file}: ${errorsIn((error as Error).message)[0]}`);
        failed.push(file);
      }
    }
    if (failed.length === 0 || failed.length === left.length) return failed;
    left = failed;
  }
}

/**
 * Without the casts in checks: the server wrote them when the check was made, for the types of then, and keeps them when a column changes
 * its type.
 */
function catalogOf(database: PostgresDatabase): readonly string[] {
  const plain = (line: string): string =>
    /^constraint .* CHECK /.test(line) ? line.replace(/::\w+(?: varying| precision)?(?:\[\])?|[()]/g, "") : line;
  const lines = database.run(CATALOG).split("\n").filter(Boolean).map(plain);
  return hibernateDdl === undefined ? lines : lines.map(withoutChoices);
}

/** What Hibernate chooses and no rule asks for: names of constraints, what fills a key, the precision of a time. */
function withoutChoices(line: string): string {
  return line
    .replace(/^(constraint \w+)\.\S+/, "$1")
    .replace(/^(index CREATE (?:UNIQUE )?INDEX) \S+/, "$1")
    .replace(/ (?:IDENTITY|DEFAULT .*)$/, "")
    .replace(/\(6\)/, "");
}

const OWN = "n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')";
/** Partitions of a day: which of them there are tells the day on which the migrations ran. */
const LASTING = "NOT (c.relispartition AND c.relname ~ '[0-9]{6}')";
/** Tables of one name in two schemas are two. */
const named = (relation: string): string => `CASE WHEN n.nspname = 'public' THEN '' ELSE n.nspname || '.' END || ${relation}.relname`;
const CATALOG = `
SELECT 'table ' || ${named("c")} FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${OWN} AND ${LASTING} AND c.relkind IN ('r', 'p');
SELECT 'column ' || ${named("c")} || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
  || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
  || CASE WHEN a.attidentity <> '' THEN ' IDENTITY' WHEN a.attgenerated <> '' THEN ' GENERATED' ELSE '' END
  || coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '')
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE ${OWN} AND ${LASTING} AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p');
SELECT 'index ' || regexp_replace(pg_get_indexdef(i.indexrelid), ' WITH \\(\\w+=[^)]*\\)', '') || CASE WHEN i.indisvalid THEN '' ELSE ' INVALID' END
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE ${OWN} AND t.relkind IN ('r', 'p') AND NOT c.relispartition;
SELECT 'constraint ' || ${named("r")} || '.' || k.conname || ' ' || pg_get_constraintdef(k.oid)
  FROM pg_constraint k JOIN pg_class r ON r.oid = k.conrelid JOIN pg_namespace n ON n.oid = r.relnamespace
  WHERE ${OWN} AND k.contype IN ('p', 'u', 'f', 'c', 'x') AND NOT r.relispartition;
`;

function filesIn(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return SKIPPED.test(entry.name) ? [] : filesIn(root, path);
    const language = languageOf(path);
    const wanted =
      language !== undefined &&
      language !== "dart" &&
      (language !== "java" || hibernateDdl !== undefined || /(?:^|\/)V\d[\d_]*__\w+\.java$/.test(path));
    return wanted ? [path] : [];
  });
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function stop(reason: string): number {
  process.stderr.write(`${reason}\n`);
  return 2;
}

process.exitCode = await main();
