import assert from "node:assert/strict";
import { workspace } from "vscode";
import { diagnostics, MIGRATION, uriOf } from "./editor.ts";

describe("an untrusted folder", () => {
  it("is judged all the same", async () => {
    assert.equal(workspace.isTrusted, false);
    await diagnostics(uriOf(MIGRATION), (codes) => codes.includes("sql/foreign-key-without-index"));
  });
});
