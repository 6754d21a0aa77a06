import assert from "node:assert/strict";
import { redos } from "../../src/rules/java/redos.ts";
import { indexNotConcurrent } from "../../src/rules/sql/index-not-concurrent.ts";
import { applyEdits } from "../../src/text/edits.ts";
import { TestWorkspace } from "../harness/check.ts";

describe("a comment that silences nothing", () => {
  it("is a finding, whose fix takes the line away with it", async () => {
    const text = "class Fares {\n  // perf-ignore java/redos: three letters at most\n\n  int sum;\n}\n";
    assert.deepEqual(await fixed("src/Fares.java", text), ["class Fares {\n\n  int sum;\n}\n"]);
  });

  it("leaves the code that it stands behind", async () => {
    const text = "class Fares {\n  int sum; // perf-ignore java/redos: three letters at most\n}\n";
    assert.deepEqual(await fixed("src/Fares.java", text), ["class Fares {\n  int sum;\n}\n"]);
  });

  it("stays in a script, whose checksum would be another one", async () => {
    assert.deepEqual(await fixed("db/migration/V1__a.sql", "-- perf-ignore sql/index-not-concurrent: small\nSELECT 1;\n"), [undefined]);
  });
});

/** The text after the fix of each comment that silences nothing; undefined for one without a fix. */
async function fixed(file: string, text: string): Promise<readonly (string | undefined)[]> {
  const workspace = new TestWorkspace([redos, indexNotConcurrent]);
  await workspace.put([[file, text]]);
  return workspace
    .findings()
    .filter(({ rule }) => rule === "project/unused-suppression")
    .map(({ fixes: [fix] }) => {
      const [edit] = fix?.edits({ text: () => text }) ?? [];
      return edit?.kind === "change" ? applyEdits(text, edit.edits) : undefined;
    });
}
