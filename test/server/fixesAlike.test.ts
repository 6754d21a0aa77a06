import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { CodeAction } from "vscode-languageserver";
import { exampleIn } from "../../scripts/ruleDocuments.ts";
import { fixAll } from "../../src/analysis/fixAll.ts";
import type { Finding, Fix } from "../../src/rules/finding.ts";
import { rules } from "../../src/rules/index.ts";
import type { AnyRule } from "../../src/rules/rule.ts";
import { TestWorkspace, testParsers } from "../harness/check.ts";
import { assertTitle, editedBy, quickFixes } from "../harness/editorFix.ts";
import { parseFixture } from "../harness/fixture.ts";

describe("server: the fixes of the rules' examples", () => {
  for (const rule of rules) {
    it(`${rule.id}: a fix says in one line what it does, only a safe one is preferred, and the editor's edit is that of the command line`, async () => {
      const example = exampleIn(readFileSync(new URL(`../../docs/rules/${rule.id}.md`, import.meta.url), "utf8"), "### ❌ Reported");
      const { workspace, findings } = await opened(rule, example as string);
      for (const finding of findings) {
        const actions = await quickFixes(finding, workspace);
        assert.deepEqual(
          actions.map(({ title }) => title),
          finding.fixes.map(({ title }) => title),
          "each fix is offered, in order",
        );
        assert.equal(new Set(actions.map(({ title }) => title)).size, actions.length, "no two fixes of a finding have one title");
        for (const [order, fix] of finding.fixes.entries()) {
          const action = actions[order] as CodeAction;
          assertTitle(fix);
          assert.equal(action.isPreferred, order === 0 && fix.safe, fix.title);
          assert.deepEqual(editedBy(action, workspace), await byCommandLine(rule, example as string, finding, fix), fix.title);
        }
      }
    });
  }
});

interface Opened {
  readonly workspace: TestWorkspace;
  readonly findings: readonly Finding[];
}

async function opened(rule: AnyRule, example: string): Promise<Opened> {
  const { files, history, statistics } = parseFixture(example);
  const workspace = new TestWorkspace([rule]);
  workspace.workspace.setHistory(history);
  workspace.setStatistics(statistics);
  await workspace.put(files);
  return { workspace, findings: workspace.findings() };
}

/** What `fix` leaves behind when it is to apply one fix of one finding. */
async function byCommandLine(rule: AnyRule, example: string, finding: Finding, fix: Fix): Promise<Readonly<Record<string, string>>> {
  const { workspace } = await opened(rule, example);
  const { changed } = await fixAll({
    workspace: workspace.workspace,
    sources: { text: (file) => workspace.texts.get(file) },
    parsers: await testParsers(),
    wants: (found) =>
      found.file === finding.file && found.message === finding.message && found.span.start === finding.span.start
        ? found.fixes.find(({ title }) => title === fix.title)
        : undefined,
  });
  return Object.fromEntries(changed.map(({ file, after }) => [file, after]));
}
