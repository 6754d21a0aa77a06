import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { exampleIn, ruleIndex, withTable } from "../scripts/ruleDocuments.ts";
import { rules } from "../src/rules/index.ts";
import type { AnyRule } from "../src/rules/rule.ts";
import { TestWorkspace } from "./harness/check.ts";
import { parseFixture } from "./harness/fixture.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

describe("rules and their documents", () => {
  it("lists every rule that has a file, sorted by id", () => {
    const ids = rules.map(({ id }) => id);
    assert.deepEqual(ids, [...ids].sort());
    assert.deepEqual(ids, ruleFiles());
  });

  it("has an up-to-date index of rules", () => {
    assert.equal(read("docs/rules/README.md"), ruleIndex(rules), 'run "npm run docs"');
  });

  for (const rule of rules) describe(rule.id, () => documentTests(rule));
});

function documentTests(rule: AnyRule): void {
  const path = `docs/rules/${rule.id}.md`;
  const document = () => read(path);

  it("has a document with its table, and a test", () => {
    assert.ok(existsSync(join(root, path)), `${path} is missing`);
    assert.ok(existsSync(join(root, `test/rules/${rule.id}.test.ts`)), `test/rules/${rule.id}.test.ts is missing`);
    assert.ok(document().startsWith(`# ${rule.id}\n`), "the heading is the rule's id");
    assert.equal(document(), withTable(document(), rule), 'run "npm run docs"');
  });

  it("has every section, filled", () => {
    for (const heading of ["## Examples", "## When not to use it", "## References"]) {
      const at = document().indexOf(`\n${heading}\n`);
      assert.ok(at >= 0, `no section "${heading}"`);
      const body =
        document()
          .slice(at + heading.length + 2)
          .split(/^## /m, 1)[0] ?? "";
      assert.ok(body.trim().length > 20, `"${heading}" is empty`);
    }
  });

  it("reports its ❌ example", async () => {
    const found = await findingsIn(rule, exampleIn(document(), "### ❌ Reported"));
    assert.ok(found.length > 0, "nothing is found in the ❌ example");
  });

  it("does not report its ✅ example", async () => {
    assert.deepEqual(await findingsIn(rule, exampleIn(document(), "### ✅ Not reported")), []);
  });
}

async function findingsIn(rule: AnyRule, example: string | undefined): Promise<readonly string[]> {
  assert.ok(
    example !== undefined,
    "the section is files alone: each its path in backquotes, an empty line, a fenced block in its language",
  );
  const { files, history, statistics, findings, related } = parseFixture(example);
  assert.equal(findings.length + related.length, 0, "an example has no caret markers");
  const workspace = new TestWorkspace([rule]);
  workspace.workspace.setHistory(history);
  workspace.setStatistics(statistics);
  await workspace.put(files);
  return workspace.findings().map(({ file, message }) => `${file}: ${message}`);
}

/** Files below `src/rules/<group>` that define a rule, as ids. */
function ruleFiles(): readonly string[] {
  return readdirSync(join(root, "src/rules"), { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => name.includes("/") && name.endsWith(".ts") && /= define(?:Migration)?Rule\(\{/.test(read(`src/rules/${name}`)))
    .map((name) => name.slice(0, -".ts".length))
    .sort();
}

function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}
