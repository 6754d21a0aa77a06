import assert from "node:assert/strict";
import type { JavaFile } from "../../../../src/facts/fileFacts.ts";
import { annotate } from "../../../../src/rules/java/edits/annotate.ts";
import { applyEdits } from "../../../../src/text/edits.ts";
import { factsOf } from "../../../harness/check.ts";

/** The members of a class, `all` with `@New` at its method `m`. */
async function annotated(members: string, added: readonly string[] = ["@New"]): Promise<string> {
  const text = `class A {\n${members}\n}\n`;
  const file = (await factsOf("src/A.java", text)) as JavaFile;
  assert.equal(file.parse, "full");
  const method = file.java.types[0]?.methods.find(({ name }) => name === "m") ?? assert.fail("a method m");
  return applyEdits(text, [annotate(file, method, added, text)]).slice("class A {\n".length, -"\n}\n".length);
}

describe("An annotation that a fix adds", () => {
  const CASES: readonly (readonly [string, string, string])[] = [
    [
      "stands behind the others",
      "  @Override\n  @Transactional\n  public void m() {}",
      "  @Override\n  @Transactional\n  @New\n  public void m() {}",
    ],
    ["stands alone", "  public void m() {}", "  @New\n  public void m() {}"],
    ["leaves a line as it is", "  @Override public void m() {}", "  @New\n  @Override public void m() {}"],
    ["leaves a comment where it is", "  @Override // as above\n  void m() {}", "  @Override // as above\n  @New\n  void m() {}"],
    ["knows what belongs to a type", "  @Override\n  public @Nullable B m() {}", "  @Override\n  @New\n  public @Nullable B m() {}"],
    ["knows what is in the middle", "  public @Nullable B m() {}", "  @New\n  public @Nullable B m() {}"],
    ["stands behind several lines", '  @Query(\n    "a"\n  )\n  void m() {}', '  @Query(\n    "a"\n  )\n  @New\n  void m() {}'],
    [
      "stands in front where the file has it there",
      "  @New\n  @Override\n  void n() {}\n  @Override\n  void m() {}",
      "  @New\n  @Override\n  void n() {}\n  @New\n  @Override\n  void m() {}",
    ],
    [
      "stands behind where the file has it there, too",
      "  @New\n  @Override\n  void n() {}\n  @Override\n  @New\n  void o() {}\n  @Override\n  void m() {}",
      "  @New\n  @Override\n  void n() {}\n  @Override\n  @New\n  void o() {}\n  @Override\n  @New\n  void m() {}",
    ],
  ];
  for (const [what, before, after] of CASES)
    it(what, async () => {
      assert.equal(await annotated(before), after);
    });

  it("may have another behind it", async () => {
    assert.equal(await annotated("  @Override\n  void m() {}", ["@A(x = 1)", "@B"]), "  @Override\n  @A(x = 1)\n  @B\n  void m() {}");
  });
});
