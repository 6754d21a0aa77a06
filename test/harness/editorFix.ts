import assert from "node:assert/strict";
import { type CodeAction, CodeActionKind } from "vscode-languageserver";
import { URI } from "vscode-uri";
import type { FileHead } from "../../src/facts/fileFacts.ts";
import { WorkspacePaths } from "../../src/project/workspacePaths.ts";
import type { Finding, Fix } from "../../src/rules/finding.ts";
import { rangeOf, shapeOf } from "../../src/server/convert.ts";
import { CodeActions } from "../../src/server/features/codeActions.ts";
import type { Session } from "../../src/server/session.ts";
import { applyEdits } from "../../src/text/edits.ts";
import { lineStartsOf, offsetAt } from "../../src/text/positions.ts";
import { type TestWorkspace, testParsers } from "./check.ts";

/** A title is read in a menu, without the finding: it says in one line what the fix does to what. */
export function assertTitle({ title }: Fix): void {
  assert.match(title, /^[A-Z][a-z]+ \S/, "a title begins with what is done");
  assert.doesNotMatch(title, /^\w+ (?:it|them)\b/, "a title names what it is done to");
  assert.ok(title.length <= 100 && !/[.!]$|\n|\{\{|undefined/.test(title), title);
}

/** What the editor is offered for the range of a finding, but to ignore and to explain it. */
export async function quickFixes({ file, span, fixes }: Finding, { workspace, texts }: TestWorkspace): Promise<readonly CodeAction[]> {
  const session = {
    workspace,
    isIndexed: true,
    findings: (asked: string) => workspace.findings(asked),
    parsers: testParsers,
    flush: () => Promise.resolve(),
    documents: {
      paths: new WorkspacePaths([]),
      fileOf: (uri: string) => uri.slice(URI.file(`${ROOT}/`).toString().length),
      uriOf: (asked: string) => (texts.has(asked) ? uriOf(asked) : undefined),
      newUriOf: uriOf,
      document: () => undefined,
      text: (facts: FileHead) => texts.get(facts.file),
      textOnDisk: (asked: string) => texts.get(asked),
    },
  } as unknown as Session;
  const range = rangeOf(span, shapeOf(texts.get(file) ?? ""));
  const context = { diagnostics: [], only: [CodeActionKind.QuickFix] };
  const actions = await new CodeActions(session, false).at({ textDocument: { uri: uriOf(file) }, range, context });
  const titles = fixes.map(({ title }) => title);
  const first = actions.findIndex(({ title }) => title === titles[0]);
  return first < 0 ? [] : actions.slice(first, first + titles.length);
}

const ROOT = "/somewhere";
const uriOf = (file: string): string => URI.file(`${ROOT}/${file}`).toString();

/** The files that an action leaves behind, by path. */
export function editedBy({ edit }: CodeAction, { texts }: TestWorkspace): Readonly<Record<string, string>> {
  const results: Record<string, string> = {};
  for (const change of edit?.documentChanges ?? []) {
    if ("kind" in change) continue;
    const file = change.textDocument.uri.slice(uriOf("").length);
    const text = texts.get(file) ?? "";
    const offset = (position: { line: number; character: number }): number => offsetAt(lineStartsOf(text), position, text.length);
    const edits = change.edits.map((one) => {
      assert.ok("newText" in one && "range" in one);
      return { span: { start: offset(one.range.start), end: offset(one.range.end) }, text: one.newText };
    });
    results[file] = applyEdits(text, edits);
  }
  return results;
}
