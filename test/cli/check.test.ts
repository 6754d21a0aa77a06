import assert from "node:assert/strict";
import type { CheckReport } from "../../src/report/checkReport.ts";
import { inFolder } from "./shell.ts";
import { TWO_TABLES, table, withWords } from "./twoTables.ts";
import { wordRules } from "./wordRules.ts";

interface Sarif {
  readonly runs: readonly { readonly results: readonly { readonly message: { readonly text: string } }[] }[];
}

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
        stats: { files: 2, parsed: 2, partlyParsed: [], notJudged: [], skipped: [] },
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

  it("reports nothing below a severity that was asked for, which decides how it ends, too", () =>
    withWords(TWO_TABLES, async (folder) => {
      const found = async (severity: string) => {
        const { findings, exit } = await folder.check("--minimum-severity", severity);
        return [exit, ...findings.map(({ rule }) => rule)];
      };
      assert.deepEqual(await found("hint"), [1, "sql/slow-table", "sql/odd-table"]);
      assert.deepEqual(await found("warning"), [1, "sql/slow-table"]);
      assert.deepEqual(await found("error"), [0]);
    }));

  it("says of a file that was named, and of a folder, that there is nothing to judge", () =>
    withWords(TWO_TABLES, async (folder) => {
      folder.write("notes.txt", "slow_orders");
      folder.write("src/test/java/ATest.java", "class ATest {}");
      folder.write("nothing/notes.txt", "");
      const said = async (...paths: string[]) => (await folder.run("check", ...paths)).err;
      assert.equal(await said("notes.txt"), "notes.txt is not judged: its kind is not read\n");
      assert.match(
        await said("src/test/java/ATest.java", "db"),
        /^src\/test\/java\/ATest\.java is not judged: a test, generated, or ignored /,
      );
      assert.match(await said("nothing"), /^There is nothing to judge: no Java/);
      assert.equal(await said("db/V1__first.sql"), "");
      assert.equal(await said("db"), "");
    }));

  it("says once that its cache cannot be written, and why", () =>
    withWords(TWO_TABLES, async (folder) => {
      folder.write("taken", "a file where a folder should be");
      const { err } = await folder.run("check", "--cache-location", "taken/cache");
      assert.match(err, /^The cache could not be written: ENOTDIR: not a directory, mkdir '[^\n]*taken\/cache'\n$/);
    }));

  it("tells no cost of what is wrong with a file itself", () =>
    withWords("", async (folder) => {
      folder.write("performance.yaml", "version: 1\nruels: {}\n");
      const message = 'performance.yaml has no key "ruels"; did you mean "rules"?';
      assert.doesNotMatch((await folder.run("check")).out, /cost/);
      assert.match((await folder.run("check", "--format", "github")).out, /title=project\/problem::performance\.yaml has .*\?\n$/);
      const { runs } = JSON.parse((await folder.run("check", "--format", "sarif")).out) as Sarif;
      assert.equal(runs[0]?.results[0]?.message.text, message);
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

  it("list them for programs", () =>
    withWords("", async (folder) => {
      assert.deepEqual(
        (JSON.parse((await folder.run("rules", "--format", "json")).out) as { id: string; severity: string }[]).map(({ id, severity }) => [
          id,
          severity,
        ]),
        [
          ["sql/odd-table", "hint"],
          ["sql/slow-table", "warning"],
        ],
      );
    }));

  it("explain what reports name and is no rule", () =>
    inFolder("", async (folder) => {
      for (const id of ["project/problem", "project/unused-suppression", "java/sla-broken"]) {
        const { out, exit } = await folder.run("explain", id);
        assert.equal(exit, 0);
        assert.ok(out.startsWith(`# ${id}\n`), id);
      }
      assert.equal((await folder.run("explain", "../configuration")).exit, 2);
    }));

  it("explain a rule by its document", () =>
    inFolder("", async (folder) => {
      const { out, exit } = await folder.run("explain", "sql/redundant-index");
      assert.equal(exit, 0);
      assert.match(out, /^# sql\/redundant-index\n/);
    }));
});
