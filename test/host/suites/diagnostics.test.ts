import assert from "node:assert/strict";
import { copyFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { type CodeAction, commands, type Diagnostic, Range, Uri, WorkspaceEdit, workspace } from "vscode";
import { closeAll, codeOf, diagnostics, MIGRATION, open, REPOSITORY, SERVICE, uriOf, WIDGET } from "./editor.ts";

describe("diagnostics", () => {
  afterEach(closeAll);

  it("shows findings of files that are not open", async () => {
    const [found] = await diagnostics(uriOf(MIGRATION), (codes) => codes.includes("sql/foreign-key-without-index"));
    assert.equal(found?.source, "performance");
    assert.ok(typeof found?.code === "object" && found.code.target.path.endsWith("docs/rules/sql/foreign-key-without-index.md"));
  });

  it("shows the chain of a finding as related information", async () => {
    await open(SERVICE);
    const found = await diagnostics(uriOf(SERVICE), (codes) => codes.includes("java/query-in-loop"));
    const loop = found.find((diagnostic) => codeOf(diagnostic) === "java/query-in-loop");
    assert.match(loop?.message ?? "", /findByOwnerId/);
    assert.match(loop?.message ?? "", /Cost: 1 \+ N/);
    assert.ok((loop?.relatedInformation?.length ?? 0) > 0);
  });

  it("follows an edit in another file", async () => {
    await open(SERVICE);
    await diagnostics(uriOf(SERVICE), (codes) => codes.includes("java/query-in-loop"));
    const repository = await open(REPOSITORY);
    await replace(repository.uri, " extends JpaRepository<Ticket, Long>", "");
    await diagnostics(uriOf(SERVICE), (codes) => !codes.includes("java/query-in-loop"));
    await commands.executeCommand("undo");
    await diagnostics(uriOf(SERVICE), (codes) => codes.includes("java/query-in-loop"));
  });

  it("follows an edit of an open file that is not shown in the editor any more", async () => {
    const widget = await open(WIDGET);
    await diagnostics(widget.uri, (codes) => codes.includes("dart/controller-not-disposed"));
    await replace(
      widget.uri,
      "  @override\n  Widget build",
      "  @override\n  void dispose() {\n    _name.dispose();\n    super.dispose();\n  }\n\n  @override\n  Widget build",
    );
    await diagnostics(widget.uri, (codes) => codes.length === 0);
    await closeAll();
    await diagnostics(widget.uri, (codes) => codes.includes("dart/controller-not-disposed"));
  });

  it("forgets a file that is deleted, and finds it when it is back", async () => {
    const uri = uriOf(MIGRATION);
    const text = await workspace.fs.readFile(uri);
    await diagnostics(uri, (codes) => codes.length > 0);
    await workspace.fs.delete(uri);
    await diagnostics(uri, (codes) => codes.length === 0);
    await workspace.fs.writeFile(uri, text);
    await diagnostics(uri, (codes) => codes.length > 0);
  });

  it("finds a file that comes with the folders above it", async () => {
    const folder = uriOf("backend/src/main/java/demo/fresh");
    const copy = Uri.joinPath(folder, "deep/TicketService.java");
    // At once, as a branch switch does it: VS Code's watcher comes to the inner folder when the file is there already.
    mkdirSync(dirname(copy.fsPath), { recursive: true });
    copyFileSync(uriOf(SERVICE).fsPath, copy.fsPath);
    await diagnostics(copy, (codes) => codes.includes("java/query-in-loop"));
    await workspace.fs.delete(folder, { recursive: true });
    await diagnostics(copy, (codes) => codes.length === 0);
  });
});

describe("fixes", () => {
  afterEach(closeAll);

  it("offers a fix, a way to ignore and an explanation, and applies the fix", async () => {
    const document = await open(WIDGET);
    const [found] = await diagnostics(document.uri, (codes) => codes.includes("dart/controller-not-disposed"));
    assert.ok(found !== undefined);
    const actions = await actionsAt(document.uri, found);
    assert.ok(actions.some(({ title }) => title === "Ignore dart/controller-not-disposed on this line"));
    assert.ok(actions.some(({ title }) => title === "Explain dart/controller-not-disposed"));
    const fix = actions.find(({ edit, title }) => edit !== undefined && !title.startsWith("Ignore"));
    assert.ok(fix?.edit !== undefined, `a fix among ${actions.map(({ title }) => title).join("; ")}`);
    assert.ok(await workspace.applyEdit(fix.edit));
    assert.match(document.getText(), /_name\.dispose\(\);/);
    await diagnostics(document.uri, (codes) => codes.length === 0);
  });

  it("fixes all that is safe when a file is saved", async () => {
    const document = await open(WIDGET);
    await diagnostics(document.uri, (codes) => codes.includes("dart/controller-not-disposed"));
    const actions = await commands.executeCommand<CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      new Range(0, 0, document.lineCount, 0),
      "source.fixAll.performanceAuditor",
      MOST_ACTIONS,
    );
    assert.equal(actions.length, 1);
    assert.ok(actions[0]?.edit !== undefined && (await workspace.applyEdit(actions[0].edit)));
    await diagnostics(document.uri, (codes) => codes.length === 0);
  });

  it("silences a finding with a comment", async () => {
    const document = await open(SERVICE);
    const [found] = await diagnostics(document.uri, (codes) => codes.includes("java/query-in-loop"));
    assert.ok(found !== undefined);
    const ignore = (await actionsAt(document.uri, found)).find(({ title }) => title === "Ignore java/query-in-loop on this line");
    assert.ok(ignore?.edit !== undefined && (await workspace.applyEdit(ignore.edit)));
    await diagnostics(document.uri, (codes) => codes.length === 0);
  });
});

function actionsAt(uri: Uri, { range }: Diagnostic): Thenable<readonly CodeAction[]> {
  return commands.executeCommand<CodeAction[]>("vscode.executeCodeActionProvider", uri, range, "quickfix", MOST_ACTIONS);
}

/** So many actions get their edits, which are made when they are taken. */
const MOST_ACTIONS = 50;

async function replace(uri: Uri, before: string, after: string): Promise<void> {
  const document = await workspace.openTextDocument(uri);
  const at = document.getText().indexOf(before);
  assert.ok(at >= 0, `${uri.path} has "${before}"`);
  const edit = new WorkspaceEdit();
  edit.replace(uri, new Range(document.positionAt(at), document.positionAt(at + before.length)), after);
  assert.ok(await workspace.applyEdit(edit));
}
