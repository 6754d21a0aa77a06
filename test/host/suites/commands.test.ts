import assert from "node:assert/strict";
import { commands, type Tab, window } from "vscode";
import { closeAll, open, SERVICE } from "./editor.ts";

describe("commands", () => {
  afterEach(closeAll);

  it("Check Workspace counts the findings of all files", async () => {
    const result = await commands.executeCommand<{ files: number; findings: Record<string, number> }>("performanceAuditor.checkWorkspace");
    assert.ok(result.files >= 7, `${result.files} files`);
    const { warning = 0, information = 0 } = result.findings;
    assert.ok(warning + information >= 2, JSON.stringify(result.findings));
  });

  it("Explain Rule opens the document of the rule", async () => {
    await commands.executeCommand("performanceAuditor.explainRule", "java/query-in-loop");
    await tab((label) => label.includes("query-in-loop"));
  });

  it("Show Effective Configuration says what holds for the file", async () => {
    await open(SERVICE);
    await commands.executeCommand("performanceAuditor.showEffectiveConfiguration");
    await tab((label) => label.includes("configuration of TicketService.java"));
  });
});

/** A tab with such a label, as soon as there is one. */
function tab(wanted: (label: string) => boolean): Promise<Tab> {
  const find = () => window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ label }) => wanted(label));
  return new Promise((resolve) => {
    const look = () => {
      const found = find();
      if (found === undefined) return;
      listener.dispose();
      resolve(found);
    };
    const listener = window.tabGroups.onDidChangeTabs(look);
    look();
  });
}
