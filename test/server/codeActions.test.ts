import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { CodeAction, Diagnostic } from "vscode-languageserver";
import { applied, changeOf } from "./documentChanges.ts";
import { MIGRATION, REPOSITORY, SERVICE, ServerWorkspace } from "./workspace.ts";

describe("server: code actions", () => {
  let workspace: ServerWorkspace;
  beforeEach(() => {
    workspace = new ServerWorkspace();
  });
  afterEach(() => workspace.dispose());

  const textOf = (file: string) => readFileSync(workspace.path(file), "utf8");
  const titles = (actions: readonly CodeAction[]) => actions.map(({ title }) => title);

  it("offers the fix, to ignore and to explain; the edit names the version of the open document", async () => {
    const client = await workspace.start();
    client.open(SERVICE, textOf(SERVICE));
    const text = client.edit(SERVICE, textOf(SERVICE), "package demo;\n", "package demo;\n\n");
    const [found] = await client.diagnostics(SERVICE);
    const actions = await client.codeActions(SERVICE, found as Diagnostic);
    assert.deepEqual(titles(actions).slice(-3), [
      "Ignore java/query-in-loop on this line",
      "Ignore java/query-in-loop in this file",
      "Explain java/query-in-loop",
    ]);
    assert.deepEqual(actions.at(-1)?.command?.arguments, ["java/query-in-loop"]);
    const fix = actions[0] as CodeAction;
    assert.ok(fix.edit !== undefined && !fix.title.startsWith("Ignore"), `a fix comes first: ${titles(actions).join("; ")}`);
    assert.deepEqual(fix.diagnostics, [found]);
    const change = changeOf(fix, client.uri(SERVICE));
    assert.equal(change.textDocument.version, 2);
    const fixed = applied(text, change);
    client.edit(SERVICE, text, text, fixed);
    assert.deepEqual(await client.diagnostics(SERVICE), []);
  });

  it("edits the text that it names, whatever is typed and judged while its parsers load", async () => {
    const client = await workspace.start();
    const text = textOf(SERVICE);
    client.open(SERVICE, text);
    const [found] = await client.diagnostics(SERVICE);
    const asked = client.codeActions(SERVICE, found as Diagnostic);
    const typed = client.edit(SERVICE, text, "package demo;\n", "package demo;\n\n\n\n");
    const judged = client.diagnostics(SERVICE);
    const actions = await asked;
    await judged;
    for (const { edit, title } of actions) {
      if (edit === undefined) continue;
      const change = changeOf({ edit, title }, client.uri(SERVICE));
      const fixed = applied(change.textDocument.version === 1 ? text : typed, change);
      assert.equal(client.edit(SERVICE, typed, typed, fixed), fixed);
      assert.deepEqual(await client.diagnostics(SERVICE), [], title);
      client.edit(SERVICE, fixed, fixed, typed);
    }
  });

  it("keeps the line breaks and the tabs of each file that it edits", async () => {
    const files = [SERVICE, REPOSITORY, MIGRATION];
    for (const file of files) {
      const other = textOf(file).replace(/^(?: {2})+/gm, (blanks) => "\t".repeat(blanks.length / 2));
      writeFileSync(workspace.path(file), other.replaceAll("\n", "\r\n"));
    }
    const client = await workspace.start();
    const edited = new Set<string>();
    for (const file of files) {
      client.open(file, textOf(file));
      for (const found of await client.diagnostics(file))
        for (const { edit, title } of await client.codeActions(file, found))
          for (const change of edit?.documentChanges ?? []) {
            if (!("textDocument" in change)) continue;
            const target = files.find((one) => client.uri(one) === change.textDocument.uri);
            const text = applied(target === undefined ? "" : textOf(target), change);
            assert.doesNotMatch(text, /(?<!\r)\n|\r(?!\n)/, `${title}: ${JSON.stringify(text)}`);
            if (target !== MIGRATION && target !== undefined) assert.doesNotMatch(text, /^\t* +\S/m, `${title}: ${text}`);
            edited.add(target ?? "a new migration");
          }
    }
    assert.deepEqual(edited, new Set([SERVICE, REPOSITORY, "a new migration"]));
  });

  it("says how many tests stub what a fix no longer calls", async () => {
    const test = workspace.path("backend/src/test/java/demo/TicketServiceTest.java");
    mkdirSync(dirname(test), { recursive: true });
    writeFileSync(
      test,
      "package demo;\nimport org.mockito.Mock;\nclass TicketServiceTest {\n  @Mock TicketRepository tickets;\n  void finds() { when(tickets.findByOwnerId(1L)).thenReturn(List.of()); }\n}\n",
    );
    const client = await workspace.start();
    client.open(SERVICE, textOf(SERVICE));
    const [found] = await client.diagnostics(SERVICE);
    const [fix] = await client.codeActions(SERVICE, found as Diagnostic);
    assert.match(fix?.title ?? "", / \(1 test stubs findByOwnerId\)$/);
  });

  it("ignores a finding on its line", async () => {
    const client = await workspace.start();
    client.open(SERVICE, textOf(SERVICE));
    const [found] = await client.diagnostics(SERVICE);
    const ignore = (await client.codeActions(SERVICE, found as Diagnostic)).find(({ title }) => title.endsWith("on this line"));
    const fixed = applied(textOf(SERVICE), changeOf(ignore as CodeAction, client.uri(SERVICE)));
    assert.match(fixed, /^ {6}\/\/ perf-ignore java\/query-in-loop: accepted\n {6}found\.addAll/m);
    client.edit(SERVICE, textOf(SERVICE), textOf(SERVICE), fixed);
    assert.deepEqual(await client.diagnostics(SERVICE), []);
  });

  it("creates the next migration and never edits one, not even to ignore", async () => {
    const client = await workspace.start();
    client.open(MIGRATION, textOf(MIGRATION));
    const [found] = await client.diagnostics(MIGRATION);
    const actions = await client.codeActions(MIGRATION, found as Diagnostic);
    const changes = actions.flatMap(({ edit }) => edit?.documentChanges ?? []);
    assert.equal(
      titles(actions).some((title) => title.startsWith("Ignore")),
      false,
    );
    const created = changes.find((change) => "kind" in change && change.kind === "create");
    assert.ok(created !== undefined && "uri" in created);
    assert.match(created.uri, /\/db\/migration\/V2__\w+\.sql$/);
    assert.equal(
      changes.some((change) => "textDocument" in change && change.textDocument.uri === client.uri(MIGRATION)),
      false,
    );
  });

  it("offers no edit of a file that the disk has changed since it was read", async () => {
    const client = await workspace.start();
    const [found] = await client.diagnostics(SERVICE);
    writeFileSync(workspace.path(SERVICE), `// moved\n${textOf(SERVICE)}`);
    const actions = await client.codeActions(SERVICE, found as Diagnostic);
    assert.deepEqual(titles(actions), ["Explain java/query-in-loop"]);
  });

  it("answers for the range that is asked and the kind that is wanted", async () => {
    const client = await workspace.start();
    client.open(SERVICE, textOf(SERVICE));
    const [found] = await client.diagnostics(SERVICE);
    const elsewhere = { ...(found as Diagnostic), range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } };
    assert.deepEqual(await client.codeActions(SERVICE, elsewhere), []);
    assert.deepEqual(await client.codeActions(SERVICE, found as Diagnostic, ["refactor"]), []);
    assert.deepEqual(await client.codeActions(SERVICE, found as Diagnostic, ["source.fixAll"]), [], "a suggestion never runs unasked");
  });
});
