import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import type { CheckReport } from "../../src/report/checkReport.ts";
import { inFolder } from "./shell.ts";
import { wordRules } from "./wordRules.ts";

const TWO_TABLES = `
//- db/V1__first.sql
create table slow_orders (id bigint primary key);
create table odd_things (id bigint primary key);
//- db/V2__second.sql
create table fine (id bigint primary key);
`;

/** Comments, so that files differ only in what a test is about. */
const table = (name: string) => `create table ${name} (id bigint primary key);\n`;

const withWords = (fixture: string, work: Parameters<typeof inFolder>[1]) => inFolder(fixture, work, wordRules);

describe("check", () => {
  it("prints JSON of the promised shape, the same at every run but for the duration", () =>
    withWords(TWO_TABLES, async (folder) => {
      const { out, exit } = await folder.run("check", ".", "--format", "json");
      assert.equal(exit, 1);
      const expected = {
        version: 1,
        findings: [
          {
            file: "db/V1__first.sql",
            line: 1,
            column: 14,
            rule: "sql/slow-table",
            endLine: 1,
            endColumn: 25,
            severity: "warning",
            certainty: "proven",
            message: "slow_orders is a name like that",
            cost: "one letter a letter",
            related: [],
            fixes: [{ title: "Rename slow_orders", safe: true }],
          },
          {
            file: "db/V1__first.sql",
            line: 2,
            column: 14,
            rule: "sql/odd-table",
            endLine: 2,
            endColumn: 24,
            severity: "hint",
            certainty: "possible",
            message: "odd_things is a name like that",
            cost: "one letter a letter",
            related: [],
            fixes: [{ title: "Rename odd_things", safe: false }],
          },
        ],
        stats: { files: 2, parsed: 2, partlyParsed: [], skipped: [] },
      };
      const { findings, stats, ...rest } = JSON.parse(out) as CheckReport;
      for (const { fingerprint } of findings) assert.match(fingerprint, /^[0-9a-f]{32}$/);
      assert.ok(stats.durationMs >= 0);
      assert.deepEqual(
        { ...rest, findings: findings.map(({ fingerprint, ...finding }) => finding), stats: { ...stats, durationMs: 0 } },
        { ...expected, stats: { ...expected.stats, durationMs: 0 } },
      );
      const withoutTime = (text: string) => text.replace(/"durationMs": \d+/, "");
      for (const args of [[], ["--no-cache"]]) {
        const again = await folder.run("check", ".", "--format", "json", ...args);
        assert.equal(withoutTime(again.out), withoutTime(out));
      }
    }));

  it("prints text for people", () =>
    withWords(TWO_TABLES, async (folder) => {
      const { out, exit } = await folder.run("check");
      assert.equal(exit, 1);
      assert.equal(
        out.replace(/\d+\.\d s/, "0.0 s"),
        [
          "db/V1__first.sql",
          "  1:14  warning  slow_orders is a name like that  sql/slow-table",
          "                 cost: one letter a letter",
          "  2:14  hint     odd_things is a name like that  sql/odd-table",
          "                 cost: one letter a letter",
          "",
          "✖ 2 findings (1 warning, 1 hint) in 2 files, 0.0 s",
          "  1 with a safe fix (performance-auditor fix), 1 with a suggestion (fix --suggestions)",
          "",
        ].join("\n"),
      );
    }));

  it("prints GitHub annotations", () =>
    withWords(TWO_TABLES, async (folder) => {
      const { out } = await folder.run("check", "--format", "github");
      assert.equal(
        out.split("\n")[0],
        "::warning file=db/V1__first.sql,line=1,endLine=1,col=14,endColumn=25,title=sql/slow-table::slow_orders is a name like that (one letter a letter)",
      );
      assert.match(out, /^::notice .*title=sql\/odd-table/m);
    }));

  it("ends with 0 where nothing is at warning or above", () =>
    withWords("\n//- a.sql\ncreate table odd_one (id int primary key);\n", async (folder) => {
      assert.equal((await folder.run("check")).exit, 0);
    }));

  it("shows only what was asked for: a rule, a folder, a file", () =>
    withWords(`${TWO_TABLES}//- other/V1__a.sql\n${table("slow_other")}`, async (folder) => {
      const rulesIn = async (...args: string[]) => (await folder.check(...args)).findings.map(({ file, rule }) => `${file} ${rule}`);
      assert.deepEqual(await rulesIn("--rule", "sql/odd-table"), ["db/V1__first.sql sql/odd-table"]);
      assert.deepEqual(await rulesIn("--rule", "sql/odd-table", "--rule", "sql/slow-table"), await rulesIn());
      assert.deepEqual(await rulesIn("other"), ["V1__a.sql sql/slow-table"]);
      assert.deepEqual(await rulesIn("other/V1__a.sql"), ["other/V1__a.sql sql/slow-table"]);
      assert.deepEqual(await rulesIn("other", "db"), [
        "db/V1__first.sql sql/slow-table",
        "db/V1__first.sql sql/odd-table",
        "other/V1__a.sql sql/slow-table",
      ]);
    }));

  it("ends with 2 and a remedy for a mistake of usage", () =>
    withWords(TWO_TABLES, async (folder) => {
      const mistakes: readonly (readonly [readonly string[], RegExp])[] = [
        [["check", "--rule", "sql/slwo-table"], /no rule sql\/slwo-table\. Did you mean sql\/slow-table/],
        [["check", "--rule", "nonsense"], /no rule nonsense\. See "performance-auditor rules"/],
        [["check", "missing"], /no file or folder missing/],
        [["check", "--format", "xml"], /Allowed choices are text, json, sarif, github/],
        [["check", "--config", "missing.yaml"], /missing\.yaml/],
        [["check", "--since", "HEAD"], /no git repository/],
        [["explain", "sql/slow-tabel"], /Did you mean sql\/slow-table/],
        [["chekc"], /Did you mean check/],
      ];
      for (const [args, message] of mistakes) {
        const { exit, err } = await folder.run(...args);
        assert.equal(exit, 2, args.join(" "));
        assert.match(err, message);
      }
    }));

  it("takes its severities from performance.yaml, or from the file of --config", () =>
    withWords(TWO_TABLES, async (folder) => {
      folder.write("performance.yaml", "version: 1\nrules:\n  sql/slow-table: hint\n  sql/odd-table: off\n");
      const { findings, exit } = await folder.check();
      assert.deepEqual(
        findings.map(({ rule, severity }) => [rule, severity]),
        [["sql/slow-table", "hint"]],
      );
      assert.equal(exit, 0);
      folder.write("strict.yaml", "version: 1\nrules:\n  sql/odd-table: error\n");
      const strict = await folder.check("--config", "strict.yaml");
      assert.deepEqual(
        strict.findings.map(({ rule, severity }) => [rule, severity]),
        [
          ["sql/slow-table", "warning"],
          ["sql/odd-table", "error"],
        ],
      );
    }));

  it("points at the key of performance.yaml that nobody knows", () =>
    withWords(TWO_TABLES, async (folder) => {
      folder.write("performance.yaml", "version: 1\nrulez:\n  sql/slow-table: off\nrules:\n  sql/slow-tabel: off\n");
      const problems = (await folder.check()).findings.filter(({ file }) => file === "performance.yaml");
      assert.deepEqual(
        problems.map(({ line, column, endColumn }) => [line, column, endColumn]),
        [
          [2, 1, 6],
          [5, 3, 17],
        ],
      );
    }));

  it("points at the keys of a --config file outside of what is checked", () =>
    withWords(TWO_TABLES, async (folder) => {
      folder.write("ci/strict.yaml", "version: 1\nrulez: {}\nrules:\n  sql/slow-tabel: off\n");
      const { findings, stats } = await folder.check("db", "--config", "ci/strict.yaml");
      assert.deepEqual(
        findings.filter(({ rule }) => rule === "project/problem").map(({ file, line }) => [file, line]),
        [
          ["../ci/strict.yaml", 2],
          ["../ci/strict.yaml", 4],
        ],
      );
      assert.deepEqual(stats.skipped, []);
    }));

  it("keeps silent about what the baseline knows, and about suppressed lines", () =>
    withWords(TWO_TABLES, async (folder) => {
      const [known] = (await folder.check()).findings;
      assert.ok(known !== undefined);
      folder.write("performance.yaml", "version: 1\nbaseline: known.json\n");
      folder.write(
        "known.json",
        JSON.stringify({ version: 1, findings: [{ rule: known.rule, file: known.file, fingerprint: known.fingerprint }] }),
      );
      assert.deepEqual(
        (await folder.check()).findings.map(({ rule }) => rule),
        ["sql/odd-table"],
      );
      folder.write(
        "db/V1__first.sql",
        `-- a comment moves everything\n-- perf-ignore sql/odd-table: named so elsewhere\n${table("odd_things")}${table("slow_orders")}`,
      );
      assert.deepEqual((await folder.check()).findings, []);
    }));

  describe("--since", () => {
    it("reports what touches lines that have changed, in new files too", () =>
      withWords(TWO_TABLES, async (folder) => {
        const git = (...args: string[]) =>
          execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.invalid", ...args], { cwd: folder.path, stdio: "pipe" });
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
  });

  describe("migrations that have not run", () => {
    const MIGRATIONS = `
//- db/migration/V1__init.sql
CREATE TABLE orders (id bigserial PRIMARY KEY, state text);
`;
    const rule = ["--rule", "sql/index-not-concurrent"];

    it("are those of a branch, of a revision, or behind the version of performance.yaml; the cache sees when that changes", () =>
      inFolder(MIGRATIONS, async (folder) => {
        const git = (...args: string[]) =>
          execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.invalid", ...args], { cwd: folder.path, stdio: "pipe" });
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

    it("are fixed on the command line", () =>
      inFolder(MIGRATIONS, async (folder) => {
        folder.write("performance.yaml", "version: 1\nmigrations: { applied: 1 }\n");
        folder.write("db/migration/V2__check.sql", "ALTER TABLE orders ADD CONSTRAINT k CHECK (state <> '');\n");
        const { out } = await folder.run("fix", "--suggestions", "--rule", "sql/check-validated-at-once");
        assert.match(out, /created db\/migration\/V3__validate_k\.sql/);
        assert.deepEqual((await folder.check("--rule", "sql/check-validated-at-once")).findings, []);
      }));
  });

  describe("bad input", () => {
    it("reads BOM, CRLF, UTF-16 and Latin-1, and counts columns in UTF-16 units", () =>
      withWords("", async (folder) => {
        folder.write("bom.sql", `\ufeff${table("slow_bom")}`);
        folder.write("crlf.sql", `-- first\r\n${table("slow_crlf").replace("\n", "\r\n")}`);
        folder.write("utf16.sql", Buffer.from(`\ufeff${table("slow_wide")}`, "utf16le"));
        folder.write("latin1.sql", Buffer.from(`-- é\n${table("slow_latin")}`, "latin1"));
        folder.write("astral.sql", `/* 😀 */ ${table("slow_astral")}`);
        const { findings } = await folder.check("--rule", "sql/slow-table");
        assert.deepEqual(
          findings.map(({ file, line, column, endColumn }) => [file, line, column, endColumn]),
          [
            ["astral.sql", 1, 23, 34],
            ["bom.sql", 1, 14, 22],
            ["crlf.sql", 2, 14, 23],
            ["latin1.sql", 2, 14, 24],
            ["utf16.sql", 1, 14, 23],
          ],
        );
        const all = await folder.check();
        assert.match(all.findings.find(({ file, rule }) => file === "latin1.sql" && rule === "project/problem")?.message ?? "", /Latin-1/);
      }));

    it("survives empty, broken, minified and huge files, and says which were read in part or not at all", () =>
      withWords(TWO_TABLES, async (folder) => {
        folder.write("src/Empty.java", "");
        folder.write("src/Broken.java", "class Broken { void a( { int = ; } ");
        folder.write("src/Minified.java", `class M{${"int a(){return 1;}".repeat(8_000)}}`);
        folder.write("src/Long.java", `class L {\n${"  // a line\n".repeat(50_000)}}\n`);
        folder.write("src/Huge.java", `class H { String s = "${"x".repeat(1_100_000)}"; }`);
        folder.write(
          "src/Binary.java",
          Uint8Array.from({ length: 4_000 }, (_, i) => (i * 37) % 256),
        );
        const { findings, stats } = await folder.check("--rule", "sql/slow-table");
        assert.deepEqual(
          findings.map(({ file }) => file),
          ["db/V1__first.sql"],
        );
        assert.ok(stats.partlyParsed.includes("src/Broken.java"));
        assert.deepEqual(
          stats.skipped.map(({ file }) => file),
          ["src/Huge.java", "src/Minified.java"],
        );
        assert.match(stats.skipped[0]?.why ?? "", /larger than 1 MiB/);
        assert.match(stats.skipped[1]?.why ?? "", /minified/);
      }));

    it("does not run in circles of links, and says which folder it could not read", () =>
      withWords(TWO_TABLES, async (folder) => {
        symlinkSync("..", join(folder.path, "db", "again"));
        mkdirSync(join(folder.path, "closed"));
        folder.write("closed/V9__a.sql", table("slow_closed"));
        chmodSync(join(folder.path, "closed"), 0);
        try {
          const { findings, stats } = await folder.check("--rule", "sql/slow-table");
          const readable = process.getuid?.() === 0;
          assert.deepEqual(
            findings.map(({ file }) => file),
            readable ? ["closed/V9__a.sql", "db/V1__first.sql"] : ["db/V1__first.sql"],
          );
          if (!readable) assert.match(stats.skipped.map(({ file, why }) => `${file} ${why}`).join(), /closed.*permission denied/);
        } finally {
          chmodSync(join(folder.path, "closed"), 0o755);
        }
      }));

    it("answers for a folder with nothing in it", () =>
      withWords("", async (folder) => {
        const { findings, stats, exit } = await folder.check();
        assert.deepEqual({ findings, files: stats.files, exit }, { findings: [], files: 0, exit: 0 });
      }));
  });

  it("costs a failing rule its findings, not the run", () =>
    inFolder(
      TWO_TABLES,
      async (folder) => {
        const { exit, out, err } = await folder.run("check", "--format", "json");
        assert.equal(exit, 1);
        assert.match(err, /sql\/odd-table failed on db\/V1__first\.sql/);
        assert.deepEqual(
          (JSON.parse(out) as { findings: { rule: string }[] }).findings.map(({ rule }) => rule),
          ["sql/slow-table"],
        );
        assert.match((await folder.run("check")).err, /failed/, "a failed run is not kept");
      },
      wordRules.map((rule) =>
        rule.id === "sql/odd-table"
          ? {
              ...rule,
              check: () => {
                throw new Error("on purpose");
              },
            }
          : rule,
      ),
    ));
});

describe("rules and explain", () => {
  it("list every rule with its severity", () =>
    withWords("", async (folder) => {
      assert.equal(
        (await folder.run("rules")).out,
        "sql/odd-table   hint     possible  A table named odd_…\nsql/slow-table  warning  proven    A table named slow_…\n",
      );
    }));

  it("explain a rule by its document", () =>
    inFolder("", async (folder) => {
      const { out, exit } = await folder.run("explain", "sql/redundant-index");
      assert.equal(exit, 0);
      assert.match(out, /^# sql\/redundant-index\n/);
    }));
});
