/**
 * `npm run fix-migrations -- PATH…`: the proof that the migrations which fixes write run on the schemas that they are written for.
 *
 * The migrations of each Flyway schema of a project run on a throw-away PostgreSQL server. Each fix that writes a new migration is then
 * applied, in memory, and its file runs on a copy of that database, as Flyway would run it: it must run, and must change the catalog as it
 * says. Change logs, and what fixes add to them, are run by Liquibase (`test/real/liquibase.ts` says what that needs). What an
 * administrator does before the first migration stands in BEFORE_SQL. Exit 0: all do; 1: some do not, each is named; 2: there is nothing
 * to try.
 */
import { basename, resolve } from "node:path";
import { workspaceOf } from "../../src/analysis/scan.ts";
import { type FixedText, type VerifiedFix, verifyFix } from "../../src/analysis/verifyFix.ts";
import { DiskTexts } from "../../src/cli/diskTexts.ts";
import { openSession } from "../../src/cli/session.ts";
import { locateTool } from "../../src/cli/tool.ts";
import { prepare } from "../../src/facts/extract.ts";
import { isJudged, type Schema } from "../../src/model/schema/schema.ts";
import type { Sources } from "../../src/rules/finding.ts";
import { rules } from "../../src/rules/index.ts";
import { type PostgresDatabase, PostgresServer } from "../harness/postgres.ts";
import { wrongIn } from "./catalogChange.ts";
import { ChangelogProof, type ChangelogTrial } from "./changelogFixes.ts";
import { LIQUIBASE_PORT, liquibaseHome } from "./liquibase.ts";

interface Outcome {
  readonly rule: string;
  readonly what: "runs" | "fails" | "changes something else";
}

async function main(): Promise<number> {
  const paths = process.argv.slice(2);
  const missing = PostgresServer.missing();
  if (paths.length === 0 || missing !== undefined) {
    say(missing ?? "Usage: npm run fix-migrations -- PATH_OF_A_PROJECT…");
    return 2;
  }
  const server = PostgresServer.start(liquibaseHome === undefined ? undefined : LIQUIBASE_PORT);
  const outcomes: Outcome[] = [];
  try {
    for (const path of paths) outcomes.push(...(await tried(resolve(path), server)));
  } finally {
    server.stop();
  }
  for (const rule of [...new Set(outcomes.map((one) => one.rule))].sort()) {
    const count = (what: Outcome["what"]): number => outcomes.filter((one) => one.rule === rule && one.what === what).length;
    say(`${rule}: ${count("runs")} run, ${count("fails")} fail, ${count("changes something else")} change something else`);
  }
  return outcomes.length === 0 ? 2 : outcomes.every(({ what }) => what === "runs") ? 0 : 1;
}

async function tried(path: string, server: PostgresServer): Promise<readonly Outcome[]> {
  const io = { cwd: path, env: {}, colours: false, out: () => {}, err: () => {} };
  const session = await openSession([path], { rule: [], cache: false }, { io, tool: locateTool(), rules });
  await prepare(["java", "dart", "sql"], session.parsers);
  const workspace = await workspaceOf(session, { rules, settings: session.project.settings, onRuleError: session.onRuleError });
  workspace.setHistory(session.history);
  const texts = new DiskTexts(session.pathOf, session.targets.roots);
  const bases = new Map<string, PostgresDatabase>();
  const changelogs = new Map<string, { readonly proof: ChangelogProof; readonly trials: ChangelogTrial<Place>[] }>();
  for (const schema of workspace.model.schema.schemas()) {
    if (!isJudged(schema.dialect) || schema.test || schema.mapped || schema.tables.size === 0) continue;
    if (schema.liquibase) {
      const proof = changelogProof(schema, path, server);
      if (proof !== undefined) changelogs.set(schema.id, { proof, trials: [] });
      continue;
    }
    const { database, failed } = migrated(schema, server, (file) => texts.text(file) ?? "");
    bases.set(schema.id, database);
    // What does not run here, for want of an extension say, is not there for those that judge either.
    workspace.apply(new Map(failed.map((file) => [file, undefined])));
  }
  const outcomes: Outcome[] = [];
  const answer = ({ rule, place }: Place, wrong: string | undefined): void => {
    if (wrong !== undefined) say(`${place}: ${wrong}`);
    outcomes.push({ rule, what: wrong === undefined ? "runs" : wrong.startsWith("changes") ? "changes something else" : "fails" });
  };
  const seen = new Set<string>();
  for (const finding of [...workspace.files()].sort().flatMap((file) => workspace.findings(file))) {
    for (const fix of finding.fixes) {
      const verified = verifyFix(fix, texts, session.parsers);
      if (verified.kind !== "verified") continue;
      const about = { rule: finding.rule, place: `${basename(path)}/${finding.file} "${fix.title}"` };
      const schema = schemaOf(verified, workspace.model.schema.schemas());
      const key = verified.results.map(({ file, after }) => `${file}\n${after}`).join();
      if (schema === undefined || seen.has(key)) continue;
      seen.add(key);
      const base = bases.get(schema.id);
      const fixed = (now: Sources): readonly FixedText[] | undefined => {
        const again = verifyFix(fix, now, session.parsers);
        return again.kind === "verified" ? again.results : undefined;
      };
      const trials = changelogs.get(schema.id)?.trials;
      // Two findings may have one fix in common, each in its own words.
      if (base === undefined && trials?.some(({ title }) => title === fix.title) === false) trials.push({ about, title: fix.title, fixed });
      if (base !== undefined) answer(about, wrongAlone(fix.title, verified.results, base, server));
    }
  }
  for (const { proof, trials } of changelogs.values()) {
    // An index and the same one built concurrently have one name.
    for (const concurrently of [false, true]) {
      const some = trials.filter(({ title }) => title.endsWith(" concurrently") === concurrently);
      proof.try(some, texts, answer);
    }
    proof.end();
  }
  return outcomes;
}

interface Place {
  readonly rule: string;
  readonly place: string;
}

/** The schema that a fix adds a migration to: new scripts and change logs, or what a change log of Liquibase is made longer by. */
function schemaOf({ edits, results }: VerifiedFix, schemas: readonly Schema[]): Schema | undefined {
  const changed = results.filter(({ file, before }) => before !== undefined && file.endsWith(".sql"));
  const made = results.find(({ file, before }) => before === undefined && /\.(?:sql|xml|ya?ml|json)$/.test(file));
  if (made !== undefined && changed.length === 0) {
    const folder = made.file.slice(0, made.file.lastIndexOf("/"));
    return schemas.find(({ migrations }) => migrations.some(({ file }) => file.startsWith(`${folder}/`)));
  }
  const [edit, ...more] = edits;
  const isLonger = edit?.kind === "change" && edit.edits.every(({ span }) => span.start === span.end);
  if (!isLonger || more.length > 0) return undefined;
  return schemas.find(({ liquibase, migrations }) => liquibase && migrations.some(({ file }) => file === edit.file));
}

function changelogProof({ id }: Schema, path: string, server: PostgresServer): ChangelogProof | undefined {
  if (liquibaseHome === undefined) {
    say(`not tried, since Liquibase's jars are not there: ${id}`);
    return undefined;
  }
  try {
    return ChangelogProof.start(id, path, process.env["BEFORE_SQL"] ?? "", server);
  } catch (error) {
    say(`did not run: ${id}: ${(error as Error).message}`);
    return undefined;
  }
}

function wrongAlone(title: string, results: readonly FixedText[], base: PostgresDatabase, server: PostgresServer): string | undefined {
  const scripts = results.filter(({ file }) => file.endsWith(".sql"));
  try {
    return wrongIn([title], base.catalog(), catalogAfter(scripts, base, server));
  } catch (error) {
    return `fails: ${errorIn(error)}\n  ${scripts[0]?.after.trim().split("\n").slice(-3).join("\n  ")}`;
  }
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
