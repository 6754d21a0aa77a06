import assert from "node:assert/strict";
import type { FlatTree } from "../../../src/syntax/trees/flatTree.ts";
import type { Mask } from "../../../src/syntax/trees/masked.ts";
import { type GrammarId, type ParseTimeout, type Syntax, timedOut } from "../../../src/syntax/trees/runtime.ts";
import { testParsers } from "../../harness/check.ts";

/** Texts with one piece of syntax each that the pinned grammar does not know: with the mask they parse whole. */
export function parsesNewer(
  grammar: GrammarId,
  parse: (text: string, syntax: Syntax) => FlatTree | ParseTimeout,
  mask: Mask,
  texts: Readonly<Record<string, string>>,
): void {
  for (const [name, text] of Object.entries(texts)) {
    it(`parses ${name}`, async () => {
      const { syntax } = await testParsers();
      const raw = syntax.parse(grammar, text);
      assert.ok(!timedOut(raw) && raw.errors.length > 0, "the grammar knows it by now: the mask can go");
      const tree = parse(text, syntax);
      assert.ok(!timedOut(tree));
      assert.deepEqual(tree.errors, []);
      assert.equal(tree.text, text, "texts are sliced from the original");
      assert.equal(mask(text).length, text.length);
    });
  }
}
