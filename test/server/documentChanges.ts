import assert from "node:assert/strict";
import type { CodeAction, TextDocumentEdit } from "vscode-languageserver";
import { applyEdits } from "../../src/text/edits.ts";
import { lineStartsOf, offsetAt } from "../../src/text/positions.ts";

/** What a code action changes in a document. */
export function changeOf(action: CodeAction, uri: string): TextDocumentEdit {
  const change = action.edit?.documentChanges?.find(
    (candidate): candidate is TextDocumentEdit => "textDocument" in candidate && candidate.textDocument.uri === uri,
  );
  assert.ok(change !== undefined, `${action.title} changes ${uri}`);
  return change;
}

/** The text of a document with a change. */
export function applied(text: string, { edits }: TextDocumentEdit): string {
  const lineStarts = lineStartsOf(text);
  return applyEdits(
    text,
    edits.map((edit) => {
      assert.ok("newText" in edit);
      return {
        span: { start: offsetAt(lineStarts, edit.range.start, text.length), end: offsetAt(lineStarts, edit.range.end, text.length) },
        text: edit.newText,
      };
    }),
  );
}
