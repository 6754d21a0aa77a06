import assert from "node:assert/strict";
import { openTree, ParsedAhead, packTree } from "../../../src/syntax/trees/packedTree.ts";
import { sameTree, timedOut } from "../../../src/syntax/trees/runtime.ts";
import { testParsers } from "../../harness/check.ts";

const JAVA = "class A { void f() { g(1); } void broken( { }\n";

describe("PackedTree", () => {
  it("opens as the tree that was packed, errors included", async () => {
    const { syntax } = await testParsers();
    await syntax.load("java");
    const tree = syntax.parse("java", JAVA);
    assert.ok(!timedOut(tree) && tree.errors.length > 0);
    const packed = packTree(tree);
    assert.ok(sameTree(openTree(packed, JAVA, syntax.names("java")), tree));
  });

  it("answers for the text that it was made of, and parses any other", async () => {
    const { syntax } = await testParsers();
    await syntax.load("java");
    const ahead = new ParsedAhead(JAVA, { timedOut: true, budgetMs: 7 }, syntax);
    assert.deepEqual(ahead.parse("java", JAVA), { timedOut: true, budgetMs: 7 });
    const other = ahead.parse("java", "class B {}");
    assert.ok(!timedOut(other) && other.errors.length === 0);
  });
});
