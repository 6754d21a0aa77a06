/**
 * `npm run fix-migrations -- PATH…`: the proof that the migrations which fixes write run on the schemas that they are written for.
 *
 * The migrations of each Flyway schema of a project run on a throw-away PostgreSQL server. Each fix that writes a new migration is then
 * applied, in memory, and its file runs on a copy of that database, as Flyway would run it: it must run, and must change the catalog.
 * What an administrator does before the first migration stands in BEFORE_SQL. Exit 0: all do; 1: some do not, each is named; 2: there is
 * nothing to try.
 */
import { basename } from "node:path";
import { workspaceOf } from "../../src/analysis/scan.ts";
import { verifyFix } from "../../src/analysis/verifyFix.ts";
import { DiskTexts } from "../../src/cli/diskTexts.ts";
import { openSession } from "../../src/cli/session.ts";
import { locateTool } from "../../src/cli/tool.ts";
import { prepare } from "../../src/facts/extract.ts";
import { isJudged, type Schema } from "../../src/model/schema/schema.ts";
import { rules } from "../../src/rules/index.ts";
import { type PostgresDatabase, PostgresServer } from "../harness/postgres.ts";

interface Outcome {
  readonly rule: string;
  readonly what: "runs" | "fails" | "changes nothing";
}

async function main(): Promise<number> {
  const paths = process.argv.slice(2);
  const missing = PostgresServer.missing();
  if (paths.length === 0 || missing !== undefined) {
    say(missing ?? "Usage: npm run fix-migrations -- PATH_OF_A_PROJECT…");
    return 2;
  }
  const server = PostgresServer.start();
  const outcomes: Outcome[] = [];
  try {
    for (const path of paths) outcomes.push(...(await tried(path, server)));
  } finally {
    server.stop();
  }
  for (const rule of [...new Set(outcomes.map((one) => one.rule))].sort()) {
    const count = (what: Outcome["what"]): number => outcomes.filter((one) => one.rule === rule && one.what === what).length;
    say(`${rule}: ${count("runs")} run, ${count("fails")} fail, ${count("changes nothing")} change nothing`);
  }
  return outcomes.length === 0 ? 2 : outcomes.every(({ what }) => what === "runs") ? 0 : 1;
}

async function tried(path: string, server: PostgresServer): Promise<readonly Outcome[]> {
  const io = { cwd: path, env: {}, colours: false, out: () => {}, err: () => {} };
  const session = await openSession([path], { rule: [], cache: false }, { io, tool: locateTool(), rules });
  await prepare(["java", "dart", "sql"], session.parsers);
  const workspace = await workspaceOf(session, { rules, settings: session.project.settings, onRuleError: session.onRuleError });
  workspace.setHistory(session.history);
  const texts = new DiskTexts(session.pathOf);
  const bases = new Map<string, PostgresDatabase>();
  for (const schema of workspace.model.schema.schemas()) {
    if (!isJudged(schema.dialect) || schema.test || schema.liquibase || schema.tables.size === 0) continue;
    const { database, failed } = migrated(schema, server, (file) => texts.text(file) ?? "");
    bases.set(schema.id, database);
    // What does not run here, for want of an extension say, is not there for those that judge either.
    workspace.apply(new Map(failed.map((file) => [file, undefined])));
  }
  const outcomes: Outcome[] = [];
  const seen = new Set<string>();
  for (const finding of [...workspace.files()].sort().flatMap((file) => workspace.findings(file))) {
    for (const fix of finding.fixes) {
      const verified = verifyFix(fix, texts, session.parsers);
      const scripts = verified.kind === "verified" ? verified.results.filter(({ file }) => file.endsWith(".sql")) : [];
      const [made] = scripts;
      const key = scripts.map(({ after }) => after).join();
      if (made === undefined || scripts.some(({ before }) => before !== undefined) || seen.has(key)) continue;
      seen.add(key);
      const folder = made.file.slice(0, made.file.lastIndexOf("/"));
      const schema = workspace.model.schema.schemas().find((one) => one.migrations.some(({ file }) => file.startsWith(`${folder}/`)));
      const base = schema && bases.get(schema.id);
      if (base === undefined) continue;
      const place = `${finding.rule} ${basename(path)}/${finding.file} "${fix.title}"`;
      try {
        const isSame = catalogAfter(scripts, base, server).join("\n") === base.catalog().join("\n");
        if (isSame) say(`changes nothing: ${place}`);
        outcomes.push({ rule: finding.rule, what: isSame ? "changes nothing" : "runs" });
      } catch (error) {
        say(`fails: ${place}\n  ${errorIn(error)}\n  ${made.after.trim().split("\n").slice(-3).join("\n  ")}`);
        outcomes.push({ rule: finding.rule, what: "fails" });
      }
    }
  }
  return outcomes;
}

/** What runs in no transaction runs on a copy. */
function catalogAfter(scripts: readonly { readonly after: string }[], base: PostgresDatabase, server: PostgresServer): readonly string[] {
  const isPlain = (script: string): boolean => !/\bCONCURRENTLY\b/i.test(script);
  const [only, ...more] = scripts;
  if (only !== undefined && more.length === 0 && isPlain(only.after)) return base.catalogAfter(only.after);
  const copy = server.database(base);
  for (const { after } of scripts) copy.run(after, isPlain(after));
  const catalog = copy.catalog();
  server.drop(copy);
  return catalog;
}

/** A database after the migrations of a schema, as far as they run. */
function migrated(
  schema: Schema,
  server: PostgresServer,
  textOf: (file: string) => string,
): { readonly database: PostgresDatabase; readonly failed: readonly string[] } {
  const database = server.database();
  const failed: string[] = [];
  database.run(process.env["BEFORE_SQL"] ?? "");
  for (const { file } of schema.migrations.filter((one) => one.file.endsWith(".sql"))) {
    const text = textOf(file).replace(/\$\{[^}]*\}/g, (placeholder) => `p${placeholder.slice(1).replace(/\W/g, "_")}`);
    try {
      database.run(text, !/\bCONCURRENTLY\b/i.test(text));
    } catch (error) {
      failed.push(file);
      say(`did not run: ${file}: ${errorIn(error)}`);
    }
  }
  return { database, failed };
}

const errorIn = (error: unknown): string => /^ERROR:.*$/m.exec((error as Error).message)?.[0] ?? String(error);

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

process.exitCode = await main();
