import assert from "node:assert/strict";
import { gitIn } from "../harness/git.ts";
import { inFolder } from "./shell.ts";
import { TWO_TABLES, table, withWords } from "./twoTables.ts";

describe("check --since", () => {
  it("reports what touches lines that have changed, in new files too", () =>
    withWords(TWO_TABLES, async (folder) => {
      const git = gitIn(folder.path);
      git("init", "-q");
      git("add", ".");
      git("commit", "-qm", "first");
      assert.deepEqual((await folder.check("--since", "HEAD")).findings, []);
      folder.write("db/V2__second.sql", `${table("fine")}${table("slow_second")}`);
      folder.write("db/V3__ä new.sql", table("slow_third"));
      const changed = ["db/V2__second.sql:2", "db/V3__ä new.sql:1"];
      const places = async (revision: string) =>
        (await folder.check("--since", revision)).findings.map(({ file, line }) => `${file}:${line}`);
      assert.deepEqual(await places("HEAD"), changed);
      git("add", ".");
      git("commit", "-qm", "second");
      assert.deepEqual(await places("HEAD"), []);
      assert.deepEqual(await places("HEAD~1"), changed);
      assert.match((await folder.run("check", "--since", "nowhere")).err, /no revision nowhere/);
      assert.equal((await folder.run("check", "--since", "--output=x")).exit, 2);
    }));

  it("takes a file under another name for the old one, with the lines that differ", () =>
    withWords(TWO_TABLES, async (folder) => {
      const git = gitIn(folder.path);
      const places = async () => (await folder.check("--since", "HEAD")).findings.map(({ file, line }) => `${file}:${line}`);
      folder.write("db/V2__second.sql", `${table("slow_second")}${table("fine")}${table("fine_too")}`);
      git("init", "-q");
      git("add", ".");
      git("commit", "-qm", "first");
      git("mv", "db/V2__second.sql", "db/V3__second.sql");
      assert.deepEqual(await places(), []);
      folder.write("db/V3__second.sql", `${table("slow_second")}${table("fine")}${table("slow_third")}`);
      assert.deepEqual(await places(), ["db/V3__second.sql:3"]);
    }));
});

describe("check: migrations that have not run", () => {
  const MIGRATIONS = `
//- db/migration/V1__init.sql
CREATE TABLE orders (id bigserial PRIMARY KEY, state text);
`;
  const rule = ["--rule", "sql/index-not-concurrent"];

  it("are those of a branch, of a revision, or behind the version of performance.yaml; the cache sees when that changes", () =>
    inFolder(MIGRATIONS, async (folder) => {
      const git = gitIn(folder.path);
      const found = async (...args: string[]) => (await folder.check(...rule, ...args)).findings.map(({ file }) => file);
      const V2 = "db/migration/V2__index.sql";
      git("init", "-q", "-b", "main");
      git("add", ".");
      git("commit", "-qm", "first");
      folder.write(V2, "CREATE INDEX idx_state ON orders (state);\n");
      assert.deepEqual(await found(), [V2]);
      git("add", ".");
      git("commit", "-qm", "second");
      assert.deepEqual(await found(), []);
      assert.deepEqual(await found("--unapplied-since", "HEAD~1"), [V2]);
      assert.deepEqual(await found("--since", "HEAD~1"), [V2]);
      assert.match((await folder.run("check", "--unapplied-since", "nowhere")).err, /--unapplied-since: git knows no revision nowhere/);
      folder.write("performance.yaml", "version: 1\nmigrations: { applied: 1 }\n");
      assert.deepEqual(await found(), [V2]);
    }));

  it("are none outside of version control, where the newest one is named", () =>
    inFolder(MIGRATIONS, async (folder) => {
      const V2 = "db/migration/V2__index.sql";
      folder.write(V2, "CREATE INDEX idx_state ON orders (state);\n");
      const { findings, stats } = await folder.check();
      assert.ok(findings.every((finding) => finding.rule !== "sql/index-not-concurrent"));
      assert.deepEqual(stats.notKnownToRun, [V2]);
      folder.write("performance.yaml", "version: 1\nmigrations: { applied: 1 }\n");
      const told = await folder.check();
      assert.ok(told.findings.some((finding) => finding.rule === "sql/index-not-concurrent" && finding.file === V2));
      assert.equal(told.stats.notKnownToRun, undefined);
    }));

  it("are fixed on the command line", () =>
    inFolder(MIGRATIONS, async (folder) => {
      folder.write("performance.yaml", "version: 1\nmigrations: { applied: 1 }\n");
      folder.write("db/migration/V2__check.sql", "ALTER TABLE orders ADD CONSTRAINT k CHECK (state <> '');\n");
      const { out } = await folder.run("fix", "--suggestions", "--rule", "sql/check-validated-at-once");
      assert.match(out, /created db\/migration\/V3__validate_k\.sql/);
      assert.deepEqual((await folder.check("--rule", "sql/check-validated-at-once")).findings, []);
    }));
});
