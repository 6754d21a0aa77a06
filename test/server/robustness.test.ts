import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { LspClient } from "../harness/lspClient.ts";
import { MIGRATION, SERVICE, ServerWorkspace } from "./workspace.ts";

describe("server: robustness", () => {
  let workspace: ServerWorkspace;
  beforeEach(() => {
    workspace = new ServerWorkspace();
  });
  afterEach(() => workspace.dispose());

  it("has the same findings after it was killed in the middle of its work", async () => {
    const first = await workspace.start();
    const expected = [await first.diagnostics(SERVICE), await first.diagnostics(MIGRATION)];
    await first.kill();
    const cut = await LspClient.start([workspace.root]);
    await cut.kill();
    const second = await workspace.start();
    assert.deepEqual([await second.diagnostics(SERVICE), await second.diagnostics(MIGRATION)], expected);
  });

  it("answers while it indexes, without findings that need other files", async () => {
    const client = await LspClient.start([workspace.root]);
    client.open(SERVICE, readFileSync(workspace.path(SERVICE), "utf8"));
    const early = client.diagnostics(SERVICE);
    const check = client.request<{ files: number }>("performanceAuditor/checkWorkspace", {});
    assert.ok((await early).length <= 1);
    assert.ok((await check).files >= 5);
    assert.equal((await client.diagnostics(SERVICE)).length, 1);
    await client.stop();
  });

  it("cancels a check of the workspace, and leaves nothing of it behind", async () => {
    const client = await LspClient.start([workspace.root]);
    const check = client.startRequest("performanceAuditor/checkWorkspace", { workDoneToken: "check" });
    client.notify("$/cancelRequest", { id: check.id });
    await assert.rejects(check.answer, { code: -32800 });
    await client.status("ready");
    const whole = await client.request<{ files: number }>("performanceAuditor/checkWorkspace", { workDoneToken: "again" });
    assert.ok(whole.files >= 5);
    const said = (token: string) =>
      client.received.flatMap(({ method, params }) => {
        const given = params as { readonly token: unknown; readonly value: { readonly kind: string } };
        return method === "$/progress" && given.token === token && given.value.kind !== "report" ? given.value.kind : [];
      });
    assert.deepEqual(
      [said("check"), said("again")],
      [
        ["begin", "end"],
        ["begin", "end"],
      ],
    );
    assert.equal((await client.diagnostics(SERVICE)).length, 1);
    await client.stop();
  });

  it("lives with empty, binary and huge files", async () => {
    const folder = "backend/src/main/java/demo";
    writeFileSync(workspace.path(`${folder}/Empty.java`), "");
    writeFileSync(workspace.path(`${folder}/Binary.java`), Buffer.from([0xca, 0xfe, 0xba, 0xbe, 0, 0xff, 0xfe, 0x80]));
    writeFileSync(workspace.path(`${folder}/Huge.java`), `class Huge {\n${"  int a = 1;\n".repeat(50_000)}}\n`);
    writeFileSync(workspace.path(`${folder}/TooHuge.java`), `class TooHuge {\n${"  int aaaaaaaaaaaa = 1;\n".repeat(60_000)}}\n`);
    const client = await workspace.start();
    const { skipped } = await client.request<{ skipped: readonly { file: string; why: string }[] }>(
      "performanceAuditor/checkWorkspace",
      {},
    );
    assert.deepEqual(
      skipped.map(({ file }) => file),
      [`${folder}/TooHuge.java`],
    );
    assert.match(skipped[0]?.why ?? "", /1 MiB/);
    for (const name of ["Empty", "Huge"]) assert.deepEqual(await client.diagnostics(`${folder}/${name}.java`), []);
    assert.equal((await client.diagnostics(SERVICE)).length, 1);
  });

  it("ignores what is no file of the workspace", async () => {
    const client = await workspace.start();
    client.notify("textDocument/didOpen", {
      textDocument: { uri: "untitled:Untitled-1", languageId: "java", version: 1, text: "class A {}" },
    });
    client.notify("textDocument/didOpen", {
      textDocument: { uri: "file:///elsewhere/A.java", languageId: "java", version: 1, text: "class A {}" },
    });
    const ask = (uri: string) => client.request<{ items: unknown[] }>("textDocument/diagnostic", { textDocument: { uri } });
    assert.deepEqual((await ask("untitled:Untitled-1")).items, []);
    assert.deepEqual((await ask("file:///elsewhere/A.java")).items, []);
  });

  it("explains rules, lists them, and says what holds for a file", async () => {
    const client = await workspace.start();
    const rules = await client.request<readonly { id: string; title: string }[]>("performanceAuditor/rules", {});
    assert.ok(rules.some(({ id }) => id === "java/query-in-loop"));
    const explained = await client.request<{ markdown: string }>("performanceAuditor/explainRule", { rule: "java/query-in-loop" });
    assert.match(explained.markdown, /^# java\/query-in-loop/);
    assert.equal(await client.request("performanceAuditor/explainRule", { rule: "../../package" }), null);
    const configuration = await client.request<{ markdown: string }>("performanceAuditor/effectiveConfiguration", {
      uri: client.uri(SERVICE),
    });
    assert.match(configuration.markdown, /`java\/query-in-loop` \| \w+ \| the rule/);
  });
});
