import assert from "node:assert/strict";
import { type CodeLens, ConfigurationTarget, commands, type Tab, window, workspace } from "vscode";
import { closeAll, diagnostics, MIGRATION, open, SERVICE, uriOf } from "./editor.ts";

describe("settings", () => {
  afterEach(closeAll);

  for (const [name, value] of [
    ["minimumSeverity", "error"],
    ["enable", false],
  ] as const) {
    it(`${name}: ${value} takes the findings away, and its default brings them back`, async () => {
      const settings = workspace.getConfiguration("performanceAuditor");
      await diagnostics(uriOf(MIGRATION), (codes) => codes.length > 0);
      await settings.update(name, value, ConfigurationTarget.Global);
      await diagnostics(uriOf(MIGRATION), (codes) => codes.length === 0);
      await settings.update(name, undefined, ConfigurationTarget.Global);
      await diagnostics(uriOf(MIGRATION), (codes) => codes.length > 0);
    });
  }
});

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

  it("Explain Query at Production Size shows the plan of the query that a code lens stands above", async () => {
    const uri = uriOf(SERVICE.replace("TicketService", "TicketRepository"));
    await workspace.openTextDocument(uri);
    const [lens] = await commands.executeCommand<readonly CodeLens[]>("vscode.executeCodeLensProvider", uri, 1);
    const command = lens?.command;
    assert.equal(command?.title, "Explain at production size");
    await commands.executeCommand(command?.command ?? "", ...(command?.arguments ?? []));
    await tab((label) => label.includes("Plan of TicketRepository."));
  });

  it("Show Effective Configuration says what holds for the file", async () => {
    await open(SERVICE);
    await commands.executeCommand("performanceAuditor.showEffectiveConfiguration");
    await tab((label) => label.includes("Configuration of TicketService.java"));
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
