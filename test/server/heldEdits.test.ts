import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import type { CodeAction, Diagnostic } from "vscode-languageserver";
import type { LspClient } from "../harness/lspClient.ts";
import { applied, changeOf } from "./documentChanges.ts";
import { MIGRATION, REPOSITORY, SERVICE, ServerWorkspace } from "./workspace.ts";

const CONTENT_MODIFIED = -32801;

describe("server: edits that are handed out when they are taken", () => {
  let workspace: ServerWorkspace;
  let client: LspClient;
  beforeEach(async () => {
    workspace = new ServerWorkspace();
    client = await workspace.startAs({ resolvesEdits: true });
  });
  afterEach(() => workspace.dispose());

  const textOf = (file: string) => readFileSync(workspace.path(file), "utf8");
  const taken = (action: CodeAction) => client.request<CodeAction>("codeAction/resolve", action);
  async function offered(file: string): Promise<readonly CodeAction[]> {
    client.open(file, textOf(file));
    const [found] = await client.diagnostics(file);
    return client.codeActions(file, found as Diagnostic);
  }

  it("gives each action its edit, and leaves alone what has none", async () => {
    const actions = await offered(SERVICE);
    assert.deepEqual(new Set(actions.map(({ edit }) => edit)), new Set([undefined]));
    const [fix, explain] = [actions[0] as CodeAction, actions.at(-1) as CodeAction];
    const { edit } = await taken(fix);
    const fixed = applied(textOf(SERVICE), changeOf({ ...fix, ...(edit === undefined ? {} : { edit }) }, client.uri(SERVICE)));
    client.edit(SERVICE, textOf(SERVICE), textOf(SERVICE), fixed);
    assert.deepEqual(await client.diagnostics(SERVICE), []);
    assert.deepEqual(await taken(explain), explain);
  });

  it("gives none where the document is another one meanwhile", async () => {
    const actions = await offered(SERVICE);
    const typed = client.edit(SERVICE, textOf(SERVICE), "package demo;\n", "package demo;\n\n");
    for (const action of actions.slice(0, -1)) await assert.rejects(taken(action), { code: CONTENT_MODIFIED }, action.title);
    client.edit(SERVICE, typed, "package demo;\n\n", "package demo;\n");
    for (const action of actions.slice(0, -1)) assert.ok((await taken(action)).edit !== undefined, action.title);
  });

  it("gives none where another file of the edit is another one on the disk", async () => {
    const [fix] = await offered(SERVICE);
    const changes = (await taken(fix as CodeAction)).edit?.documentChanges ?? [];
    assert.ok(changes.some((change) => "textDocument" in change && change.textDocument.uri === client.uri(REPOSITORY)));
    writeFileSync(workspace.path(REPOSITORY), `// before\n${textOf(REPOSITORY)}`);
    await assert.rejects(taken(fix as CodeAction), { code: CONTENT_MODIFIED });
  });

  it("gives none where the file that it would create is there", async () => {
    const created = (await offered(MIGRATION)).find(({ data }) => JSON.stringify(data).includes("/V2__")) as CodeAction;
    const uri = (await taken(created)).edit?.documentChanges?.flatMap((change) =>
      "kind" in change && "uri" in change ? change.uri : [],
    )[0];
    assert.ok(uri !== undefined);
    writeFileSync(new URL(uri), "SELECT 1;\n");
    await assert.rejects(taken(created), { code: CONTENT_MODIFIED });
  });
});
