import assert from "node:assert/strict";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Diagnostic } from "vscode-languageserver";
import { type EditorSettings, SETTINGS } from "../../src/server/protocol.ts";
import { gitIn } from "../harness/git.ts";
import { MIGRATION, REPOSITORY, SERVICE, ServerWorkspace } from "./workspace.ts";

describe("server: diagnostics", () => {
  let workspace: ServerWorkspace;
  beforeEach(() => {
    workspace = new ServerWorkspace();
  });
  afterEach(() => workspace.dispose());

  const textOf = (file: string) => readFileSync(workspace.path(file), "utf8");
  const codes = (diagnostics: readonly Diagnostic[]) => diagnostics.map(({ code }) => code);

  it("has the findings of an open file, with a document, the cost and the chain", async () => {
    const client = await workspace.start();
    client.open(SERVICE, textOf(SERVICE));
    const [found, ...others] = await client.diagnostics(SERVICE);
    assert.deepEqual(others, []);
    assert.equal(found?.code, "java/query-in-loop");
    assert.equal(found?.source, "performance");
    assert.match(found?.codeDescription?.href ?? "", /^file:.*\/docs\/rules\/java\/query-in-loop\.md$/);
    assert.match(String(found?.message), /\nCost: 1 \+ N/);
    const line = textOf(SERVICE).split("\n")[found?.range.start.line ?? -1];
    assert.match(line ?? "", /tickets\.findByOwnerId\(ownerId\)/);
    assert.ok((found?.relatedInformation?.length ?? 0) > 0);
  });

  it("has the findings of files that are not open, and keeps the request", async () => {
    const client = await workspace.start();
    const held = client.pullWorkspace();
    await client.workspaceCodes(SERVICE, (found) => found.includes("java/query-in-loop"));
    await client.workspaceCodes(MIGRATION, (found) => found.includes("sql/foreign-key-without-index"));
    client.notify("$/cancelRequest", { id: held.id });
    await assert.rejects(held.answer, { code: -32800 });
  });

  it("takes the findings of files that are not open away, and brings them back, when the setting is changed", async () => {
    const client = await workspace.start();
    client.open(SERVICE, textOf(SERVICE));
    client.pullWorkspace();
    await client.workspaceCodes(MIGRATION, (found) => found.length > 0);
    await client.workspaceCodes(SERVICE, (found) => found.length > 0);
    const settings: EditorSettings = { minimumSeverity: "hint", unopenedFiles: false, planVerdicts: false };
    client.notify(SETTINGS, settings);
    await client.workspaceCodes(MIGRATION, (found) => found.length === 0);
    assert.equal((await client.diagnostics(SERVICE)).length, 1);
    client.notify(SETTINGS, { ...settings, unopenedFiles: true });
    await client.workspaceCodes(MIGRATION, (found) => found.includes("sql/foreign-key-without-index"));
  });

  it("judges the locks of a migration that git does not have, from when it is there", async () => {
    const git = gitIn(workspace.root);
    writeFileSync(workspace.path(MIGRATION), `${textOf(MIGRATION)}CREATE TABLE seat (id bigserial PRIMARY KEY, row text);\n`);
    git("init", "-q", "-b", "main");
    git("add", ".");
    git("commit", "-qm", "first");
    const client = await workspace.start();
    client.pullWorkspace();
    const next = MIGRATION.replace("V1__init", "V2__index");
    writeFileSync(workspace.path(next), "CREATE INDEX idx_row ON seat (row);\n");
    client.fileEvents([[next, 1]]);
    await client.workspaceCodes(next, (found) => found.includes("sql/index-not-concurrent"));
  });

  it("says unchanged where the client has the same already, also in another run of the server", async () => {
    const first = await workspace.start();
    const report = await first.pull(SERVICE);
    assert.equal(report.kind, "full");
    const id = report.resultId as string;
    assert.deepEqual(await first.pull(SERVICE, id), { kind: "unchanged", resultId: id });
    await first.kill();
    const second = await workspace.start();
    assert.deepEqual(await second.pull(SERVICE, id), { kind: "unchanged", resultId: id });
    second.pullWorkspace([{ uri: second.uri(SERVICE), value: id }]);
    await second.workspaceCodes(MIGRATION, (found) => found.length > 0);
    assert.equal(second.workspaceReports.has(SERVICE), false, "what the client has already is not sent again");
  });

  it("judges a file again when another one that it reads is edited", async () => {
    const client = await workspace.start();
    client.open(SERVICE, textOf(SERVICE));
    client.open(REPOSITORY, textOf(REPOSITORY));
    assert.deepEqual(codes(await client.diagnostics(SERVICE)), ["java/query-in-loop"]);
    const before = client.received.length;
    const edited = client.edit(REPOSITORY, textOf(REPOSITORY), " extends JpaRepository<Ticket, Long>", "");
    await client.pull(REPOSITORY);
    await client.message("workspace/diagnostic/refresh", before);
    assert.deepEqual(await client.diagnostics(SERVICE), []);
    client.edit(REPOSITORY, edited, "TicketRepository", "TicketRepository extends JpaRepository<Ticket, Long>");
    assert.deepEqual(codes(await client.diagnostics(SERVICE)), ["java/query-in-loop"]);
  });

  it("moves the places of a chain with the text that they are in", async () => {
    const client = await workspace.start();
    client.open(SERVICE, textOf(SERVICE));
    client.open(REPOSITORY, textOf(REPOSITORY));
    const related = async () => {
      const [found] = await client.diagnostics(SERVICE);
      const place = found?.relatedInformation?.find(({ location }) => location.uri === client.uri(REPOSITORY));
      return place?.location.range.start.line;
    };
    const line = await related();
    assert.ok(line !== undefined, "the chain ends in the repository");
    client.edit(REPOSITORY, textOf(REPOSITORY), "package demo;\n", "package demo;\n\n\n");
    assert.equal(await related(), line + 2);
  });

  it("follows a file that is being typed in through its syntax errors", async () => {
    const client = await workspace.start();
    let text = textOf(SERVICE);
    client.open(SERVICE, text);
    text = client.edit(SERVICE, text, "    return found;\n", "    return fou(nd;;; {\n");
    await client.diagnostics(SERVICE);
    text = client.edit(SERVICE, text, "    return fou(nd;;; {\n", "    return found;\n");
    assert.deepEqual(codes(await client.diagnostics(SERVICE)), ["java/query-in-loop"]);
    client.edit(SERVICE, text, text, '\0\uD800 ]]] ((( "');
    assert.deepEqual(
      codes(await client.diagnostics(SERVICE)).filter((code) => code !== undefined),
      [],
    );
  });

  it("counts columns as editors do: characters outside the BMP, CRLF, a byte order mark", async () => {
    writeFileSync(
      workspace.path(MIGRATION),
      `\uFEFF/* 😀 */ CREATE TABLE owner (id BIGINT PRIMARY KEY);\r\n${textOf(MIGRATION).slice(textOf(MIGRATION).indexOf("CREATE TABLE ticket")).replaceAll("\n", "\r\n")}`,
    );
    const client = await workspace.start();
    const closed = await client.diagnostics(MIGRATION);
    assert.deepEqual(
      closed.map(({ range }) => textOf(MIGRATION).split("\r\n")[range.start.line]?.slice(range.start.character, range.end.character)),
      ["REFERENCES owner (id) ON DELETE CASCADE"],
    );
    const related = closed[0]?.relatedInformation?.[0]?.location.range;
    assert.deepEqual(related?.start, { line: 0, character: "/* 😀 */ CREATE TABLE ".length });
    client.open(MIGRATION, textOf(MIGRATION).slice(1));
    const open = await client.diagnostics(MIGRATION);
    assert.deepEqual(open[0]?.range, closed[0]?.range);
    assert.deepEqual(open[0]?.relatedInformation?.[0]?.location.range, related);
  });

  it("prefers the open document to the disk, and the disk again when it is closed", async () => {
    const client = await workspace.start();
    client.pullWorkspace();
    await client.workspaceCodes(SERVICE, (found) => found.length === 1);
    client.open(SERVICE, textOf(SERVICE));
    client.edit(SERVICE, textOf(SERVICE), "tickets.findByOwnerId(ownerId)", "List.of()");
    assert.deepEqual(await client.diagnostics(SERVICE), []);
    await client.workspaceCodes(SERVICE, (found) => found.length === 0);
    client.close(SERVICE);
    await client.workspaceCodes(SERVICE, (found) => found.length === 1);
  });

  it("says once more what it has answered: a client throws answers away when the tab is closed meanwhile", async () => {
    const client = await workspace.start();
    client.pullWorkspace();
    await client.workspaceCodes(SERVICE, (found) => found.length === 1);
    client.open(SERVICE, textOf(SERVICE));
    const edited = client.edit(SERVICE, textOf(SERVICE), "tickets.findByOwnerId(ownerId)", "List.of()");
    assert.deepEqual(await client.diagnostics(SERVICE), []);
    // The tab is closed without saving; the document itself stays open.
    client.edit(SERVICE, edited, "List.of()", "tickets.findByOwnerId(ownerId)");
    assert.deepEqual(codes(await client.diagnostics(SERVICE)), ["java/query-in-loop"]);
    client.workspaceReports.clear();
    await client.workspaceCodes(SERVICE, (found) => found.length === 1);
    client.edit(SERVICE, textOf(SERVICE), "tickets.findByOwnerId(ownerId)", "List.of()");
    assert.deepEqual(await client.diagnostics(SERVICE), []);
    await client.workspaceCodes(SERVICE, (found) => found.length === 0);
    client.workspaceReports.clear();
    await client.until(() => client.workspaceReports.get(SERVICE));
  });

  it("forgets deleted files, also open ones, and follows renamed ones", async () => {
    const client = await workspace.start();
    client.pullWorkspace();
    await client.workspaceCodes(MIGRATION, (found) => found.length === 1);
    client.open(MIGRATION, textOf(MIGRATION));
    assert.equal((await client.diagnostics(MIGRATION)).length, 1);
    const renamed = MIGRATION.replace("V1__init", "V1__start");
    const before = client.received.length;
    renameSync(workspace.path(MIGRATION), workspace.path(renamed));
    client.fileEvents([
      [MIGRATION, 3],
      [renamed, 1],
    ]);
    await client.workspaceCodes(renamed, (found) => found.length === 1);
    await client.workspaceCodes(MIGRATION, (found) => found.length === 0);
    // A client takes no report of the workspace for a document that is open: it is told to ask.
    await client.message("workspace/diagnostic/refresh", before);
    assert.deepEqual(await client.diagnostics(MIGRATION), []);
  });

  it("forgets the files of a folder that is told as itself alone", async () => {
    const client = await workspace.start();
    client.pullWorkspace();
    await client.workspaceCodes(SERVICE, (found) => found.length === 1);
    rmSync(workspace.path("backend/src/main/java/demo"), { recursive: true });
    client.fileEvents([["backend/src/main/java/demo", 3]]);
    await client.workspaceCodes(SERVICE, (found) => found.length === 0);
  });

  it("takes a branch switch of 2,000 files as one change", async () => {
    const client = await workspace.start();
    client.pullWorkspace();
    await client.workspaceCodes(SERVICE, (found) => found.length === 1);
    const before = client.received.length;
    const folder = "backend/src/main/java/demo/many";
    mkdirSync(workspace.path(folder));
    const files = Array.from({ length: 2_000 }, (_, number) => `${folder}/Service${number}.java`);
    for (const [number, file] of files.entries()) {
      const text = textOf(SERVICE)
        .replaceAll("TicketService", `Service${number}`)
        .replace("package demo;", "package demo.many;\nimport demo.*;");
      writeFileSync(workspace.path(file), text);
    }
    for (let at = 0; at < files.length; at += 100) client.fileEvents(files.slice(at, at + 100).map((file) => [file, 1]));
    await client.workspaceCodes(files.at(-1) as string, (found) => found.length === 1);
    await client.workspaceCodes(files[0] as string, (found) => found.length === 1);
    const readies = client.received
      .slice(before)
      .filter(({ method, params }) => method === "performanceAuditor/status" && (params as { state: string }).state === "ready");
    assert.ok(readies.length <= 2, `${readies.length} rounds`);
    assert.deepEqual(await client.pull(SERVICE).then(({ kind }) => kind), "full");
  });

  it("takes two folders as one system, and each alone when the other is removed", async () => {
    const client = await workspace.start([workspace.path("backend"), workspace.path("app")]);
    const file = SERVICE.replace("backend/", "");
    client.pullWorkspace();
    await client.workspaceCodes(file, (found) => found.length === 1);
    const before = client.received.length;
    client.notify("workspace/didChangeWorkspaceFolders", { event: { added: [], removed: [{ uri: client.uri(""), name: "backend" }] } });
    await client.status("ready", before);
    await client.workspaceCodes(file, (found) => found.length === 0);
  });

  it("finds the files of a folder of which it is told alone", async () => {
    const client = await workspace.start();
    client.pullWorkspace();
    await client.workspaceCodes(SERVICE, (found) => found.length === 1);
    const copy = SERVICE.replace("demo/TicketService", "demo/copy/deep/TicketService");
    mkdirSync(workspace.path(dirname(copy)), { recursive: true });
    writeFileSync(workspace.path(copy), textOf(SERVICE));
    client.fileEvents([[dirname(dirname(copy)), 1]]);
    await client.workspaceCodes(copy, (found) => found.includes("java/query-in-loop"));
  });

  it("warns of an unknown key in an open performance.yaml, and obeys it while it is being typed", async () => {
    const file = "performance.yaml";
    writeFileSync(workspace.path(file), "version: 1\n");
    const client = await workspace.start();
    client.open(SERVICE, textOf(SERVICE));
    assert.deepEqual(codes(await client.diagnostics(SERVICE)), ["java/query-in-loop"]);
    client.open(file, "version: 1\n");
    const off = client.edit(file, "version: 1\n", "1\n", "1\nrules:\n  java/query-in-loop: off\n");
    assert.deepEqual(await client.diagnostics(file), []);
    assert.deepEqual(await client.diagnostics(SERVICE), []);
    client.edit(file, off, "rules:", "rulez:");
    const [problem] = await client.diagnostics(file);
    assert.match(String(problem?.message), /rulez.*rules/s);
    assert.equal(problem?.range.start.line, 1);
  });

  it("starts from its cache with the same findings, and from a broken one as if there were none", async () => {
    const cache = workspace.path("../cache-of-server");
    try {
      const first = await workspace.start([workspace.root], cache);
      const expected = await first.diagnostics(SERVICE);
      await first.stop();
      const second = await workspace.start([workspace.root], cache);
      assert.deepEqual(await second.diagnostics(SERVICE), expected);
    } finally {
      rmSync(cache, { recursive: true, force: true });
    }
  });
});
