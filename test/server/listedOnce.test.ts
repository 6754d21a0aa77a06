import { strict as assert } from "node:assert";
import type { CodeAction, Diagnostic } from "vscode-languageserver";
import { listedOnce } from "../../src/server/features/listedOnce.ts";

const at = (line: number): Diagnostic => ({
  range: { start: { line, character: 0 }, end: { line, character: 5 } },
  message: `finding ${line}`,
});

const sets = (value: number, line: number, more: Partial<CodeAction> = {}): CodeAction => ({
  title: `Set batches to ${value}`,
  diagnostics: [at(line)],
  edit: { changes: { "file:///application.properties": [{ range: at(0).range, newText: `batches=${value}` }] } },
  ...more,
});

describe("server: code actions of several findings", () => {
  it("lists what they offer alike once, where the first stands, for all of them", () => {
    const other: CodeAction = { title: "Fetch lines", diagnostics: [at(1)] };
    assert.deepEqual(listedOnce([sets(16, 1), other, sets(16, 2)]), [{ ...sets(16, 1), diagnostics: [at(1), at(2)] }, other]);
  });

  it("keeps apart what changes something else under the same title", () => {
    const elsewhere = sets(16, 2, { edit: { changes: {} } });
    assert.deepEqual(listedOnce([sets(16, 1), elsewhere]), [sets(16, 1), elsewhere]);
  });

  it("prefers what one of them prefers", () => {
    assert.deepEqual(listedOnce([sets(16, 1, { isPreferred: false }), sets(16, 2, { isPreferred: true })]), [
      { ...sets(16, 1), diagnostics: [at(1), at(2)], isPreferred: true },
    ]);
  });

  it("names a finding once", () => {
    const diagnostic = at(3);
    assert.deepEqual(listedOnce([sets(16, 3, { diagnostics: [diagnostic] }), sets(16, 3, { diagnostics: [diagnostic] })]), [
      sets(16, 3, { diagnostics: [diagnostic] }),
    ]);
  });
});
