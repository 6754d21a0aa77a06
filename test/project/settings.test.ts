import assert from "node:assert/strict";
import type { RuleSettings } from "../../src/analysis/settings.ts";
import { Discovery } from "../../src/project/discovery.ts";
import { baselinePathOf, ProjectSettings, unknownRules } from "../../src/project/settings.ts";
import { memoryHost } from "./memoryHost.ts";

async function settingsOf(
  files: Readonly<Record<string, string>>,
  roots: readonly string[] = ["/w"],
  config?: string,
): Promise<ProjectSettings> {
  const discovery = await Discovery.create({ host: memoryHost(files), roots, config });
  const { configurations } = await discovery.all();
  return new ProjectSettings(configurations, discovery.paths);
}

describe("settings", () => {
  it("give rules their severities, by file where the project says so", async () => {
    const settings: RuleSettings = await settingsOf({
      "/w/performance.yaml": `version: 1
rules: { a/b: hint, c/d: "off" }
overrides:
  - files: [legacy/*, "*.gen.sql", "!legacy/new"]
    rules: { a/b: "off" }
  - files: [legacy/old/]
    rules: { a/b: error }
`,
    });
    const of = (file: string) => settings.severityOf("a/b", file);
    assert.deepEqual(["src/A.java", "legacy/A.java", "legacy/new/A.java", "legacy/old/A.java", "deep/x.gen.sql"].map(of), [
      "hint",
      "off",
      "hint",
      "error",
      "off",
    ]);
    assert.deepEqual([settings.severityOf("c/d", "src/A.java"), settings.severityOf("x/y", "src/A.java")], ["off", undefined]);
  });

  it("come from the nearest file alone", async () => {
    const settings = await settingsOf({
      "/w/performance.yaml": "version: 1\nrules: { a/b: error, c/d: error }\n",
      "/w/app/performance.yaml": "version: 1\nrules: { a/b: hint }\noverrides:\n  - { files: [/lib/], rules: { a/b: warning } }\n",
    });
    assert.deepEqual(
      [settings.severityOf("a/b", "x/A.java"), settings.severityOf("a/b", "app/A.java"), settings.severityOf("a/b", "app/lib/a.dart")],
      ["error", "hint", "warning"],
    );
    assert.equal(settings.severityOf("c/d", "app/A.java"), undefined);
    assert.equal(settings.configurationOf("app/lib/a.dart")?.path, "/w/app/performance.yaml");
  });

  it("are looked for above a root, up to the top of its repository", async () => {
    const files = {
      "/r/.git/HEAD": "",
      "/r/performance.yaml": "version: 1\noverrides:\n  - { files: [app/lib/**], rules: { a/b: hint } }\n",
      "/r/app/lib/a.dart": "",
    };
    const settings = await settingsOf(files, ["/r/app"]);
    assert.equal(settings.severityOf("a/b", "lib/a.dart"), "hint");
    const { "/r/.git/HEAD": _, ...withoutRepository } = files;
    assert.equal((await settingsOf(withoutRepository, ["/r/app"])).severityOf("a/b", "lib/a.dart"), undefined);
  });

  it("of --config hold for all roots, its patterns from the root", async () => {
    const settings = await settingsOf(
      {
        "/a/x/A.java": "",
        "/ci/strict.yaml": "version: 1\nrules: { c/d: error }\noverrides:\n  - { files: [x/**], rules: { a/b: hint } }\n",
      },
      ["/a"],
      "/ci/strict.yaml",
    );
    assert.deepEqual([settings.severityOf("a/b", "x/A.java"), settings.severityOf("c/d", "y/B.java")], ["hint", "error"]);
  });

  it("of --config hold in every one of several roots", async () => {
    const settings = await settingsOf(
      {
        "/a/x/A.java": "",
        "/b/x/B.java": "",
        "/ci/strict.yaml": "version: 1\nrules: { c/d: error }\noverrides:\n  - { files: [/x/], rules: { a/b: hint } }\n",
      },
      ["/a", "/b"],
      "/ci/strict.yaml",
    );
    assert.deepEqual(
      ["a/x/A.java", "b/x/B.java"].map((file) => [settings.severityOf("c/d", file), settings.severityOf("a/b", file)]),
      [
        ["error", "hint"],
        ["error", "hint"],
      ],
    );
  });

  it("name the rules that nobody has", async () => {
    const text = "version: 1\nrules: { java/query-in-lop: hint, x/y: hint, sql/redundant-index: hint }\n";
    const [configuration] = (await settingsOf({ "/w/performance.yaml": text })).configurations;
    assert.ok(configuration !== undefined);
    assert.deepEqual(
      unknownRules(configuration, ["java/query-in-loop", "sql/redundant-index"]).map(({ span, message, severity }) => [
        text.slice(span.start, span.end),
        message,
        severity,
      ]),
      [
        ["java/query-in-lop", 'There is no rule "java/query-in-lop"; did you mean "java/query-in-loop"?', "warning"],
        ["x/y", 'There is no rule "x/y"', "warning"],
      ],
    );
  });

  it("name the baseline from the folder of the file", async () => {
    const [configuration] = (await settingsOf({ "/w/performance.yaml": "version: 1\nbaseline: ./.performance/known.json\n" }))
      .configurations;
    assert.equal(configuration === undefined ? undefined : baselinePathOf(configuration), "/w/.performance/known.json");
  });
});
