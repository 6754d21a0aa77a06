import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { unifiedDiff } from "../../src/report/unifiedDiff.ts";

describe("unifiedDiff", () => {
  it("shows a changed line with three lines around it", () => {
    const before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
    assert.equal(
      unifiedDiff("a.txt", before, before.replace("5", "five")),
      "--- a/a.txt\n+++ b/a.txt\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n",
    );
  });

  it("shows a new file", () => {
    assert.equal(unifiedDiff("new.sql", undefined, "a\nb\n"), "--- /dev/null\n+++ b/new.sql\n@@ -0,0 +1,2 @@\n+a\n+b\n");
  });

  it("names a missing last line end", () => {
    assert.match(unifiedDiff("a", "x\n", "x"), /-x\n\+x\n\\ No newline at end of file\n$/);
  });

  it("is empty where nothing differs", () => {
    assert.equal(unifiedDiff("a", "x\n", "x\n"), "");
  });

  it("is what `git apply` turns the old text into the new one with", () => {
    const folder = mkdtempSync(join(tmpdir(), "performance-auditor-diff-"));
    const text = fc
      .array(fc.constantFrom("a", "b", "c", "d", "", "long line"), { maxLength: 30 })
      .chain((lines) => fc.boolean().map((ended) => lines.join("\n") + (ended ? "\n" : "")));
    try {
      fc.assert(
        fc.property(text, text, (before, after) => {
          fc.pre(before !== after && before !== "" && after !== "");
          writeFileSync(join(folder, "file"), before);
          execFileSync("git", ["apply", "--whitespace=nowarn", "-"], {
            cwd: folder,
            input: unifiedDiff("file", before, after),
            env: { ...process.env, GIT_CEILING_DIRECTORIES: tmpdir() },
          });
          assert.equal(readFileSync(join(folder, "file"), "utf8"), after);
        }),
        { numRuns: 60 },
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
