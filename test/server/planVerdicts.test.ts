import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import type { Diagnostic } from "vscode-languageserver";
import type { EditorSettings } from "../../src/server/protocol.ts";
import type { LspClient } from "../harness/lspClient.ts";
import { MIGRATION, REPOSITORY, ServerWorkspace } from "./workspace.ts";

const SETTINGS: EditorSettings = { minimumSeverity: "hint", unopenedFiles: true, planVerdicts: true };
const PLAIN = `CREATE TABLE ticket (id BIGINT PRIMARY KEY, owner_id BIGINT NOT NULL);\n`;

describe("server: the planner's verdict on findings", function () {
  this.timeout(90_000);
  let workspace: ServerWorkspace;
  beforeEach(() => {
    workspace = new ServerWorkspace();
    writeFileSync(workspace.path(MIGRATION), PLAIN);
  });
  afterEach(() => workspace.dispose());

  it("comes when nothing changes for a while, and is another when the schema is", async () => {
    const client = await workspace.start(undefined, undefined, SETTINGS);
    client.pullWorkspace();
    const confirmed = await verdict(client, (message) => message.includes("Plan: "));
    assert.match(confirmed, /\nPlan: the planner confirms: cost [\d,]+ → [\d.]+ at an assumed 1,000,000 rows$/);
    client.open(REPOSITORY, readFileSync(workspace.path(REPOSITORY), "utf8"));
    assert.equal((await client.diagnostics(REPOSITORY)).find(isMissing)?.message, confirmed);
    writeFileSync(workspace.path("performance.yaml"), "version: 1\ndatabase: { tables: { ticket: { rows: 3M } } }\n");
    client.fileEvents([["performance.yaml", 1]]);
    const known = await verdict(client, (message) => message.includes(" at 3,000,000 rows"));
    assert.match(known, /\nPlan: the planner confirms: cost [\d,]+ → [\d.,]+ at 3,000,000 rows$/);
  });

  it("is not asked for where the setting says no", async () => {
    const client = await workspace.start(undefined, undefined, SETTINGS);
    client.pullWorkspace();
    await verdict(client, (message) => message.includes("Plan: "));
    client.notify("performanceAuditor/settings", { ...SETTINGS, planVerdicts: false });
    assert.doesNotMatch(await verdict(client, (message) => !message.includes("Plan: ")), /Plan:/);
  });
});

const isMissing = ({ code }: Diagnostic): boolean => code === "sql/missing-index-for-query";

/** The message of the finding in the repository, once it is as wanted. */
function verdict(client: LspClient, wants: (message: string) => boolean): Promise<string> {
  return client.until(() => {
    const report = client.workspaceReports.get(REPOSITORY);
    const found = report?.kind === "full" ? report.items.find(isMissing) : undefined;
    return found !== undefined && wants(String(found.message)) ? String(found.message) : undefined;
  });
}
