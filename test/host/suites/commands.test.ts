import assert from "node:assert/strict";
import { commands, type TabInputWebview, window } from "vscode";
import { closeAll } from "./editor.ts";

describe("commands", () => {
  afterEach(closeAll);

  it("Check Workspace counts the findings of all files", async () => {
    const result = await commands.executeCommand<{ files: number; findings: Record<string, number> }>("performanceAuditor.checkWorkspace");
    assert.ok(result.files >= 7, `${result.files} files`);
    const { warning = 0, information = 0 } = result.findings;
    assert.ok(warning + information >= 3, JSON.stringify(result.findings));
  });

  it("Explain Rule opens the document of the rule", async () => {
    await commands.executeCommand("performanceAuditor.explainRule", "java/query-in-loop");
    const labels = window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    assert.ok(
      labels.some((label) => label.includes("query-in-loop")),
      labels.join("; "),
    );
    assert.ok(window.tabGroups.activeTabGroup.activeTab?.input as TabInputWebview | undefined);
  });

  it("Show Effective Configuration says what holds for the file", async () => {
    await commands.executeCommand("performanceAuditor.showEffectiveConfiguration");
    const labels = window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    assert.ok(
      labels.some((label) => label.includes("configuration")),
      labels.join("; "),
    );
  });
});
