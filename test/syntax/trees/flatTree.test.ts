import assert from "node:assert/strict";
import { Language, Parser } from "web-tree-sitter";
import { sourceAssets } from "../../../src/syntax/assets.ts";
import { flattenByCursor, grammarNames } from "../../../src/syntax/trees/flatTree.ts";
import { SyntaxRuntime, sameTree, timedOut } from "../../../src/syntax/trees/runtime.ts";
import { startTreeSitter } from "../../../src/syntax/trees/wasmRuntime.ts";
import { flattenFromMemory, type WasmMemory } from "../../../src/syntax/trees/wasmTree.ts";

const SNIPPETS = {
  java: [
    "class A { int f = 1; @X(1) void m(List<String> s) { s.get(1); this.x = y + 2; } }",
    "package a; import static b.C.*; sealed interface S permits T {} record T(int a, Map<K, List<V>> b) implements S {}",
    "class A { void m() { if (a) for (;;) { b(() -> c, D::new); } // tail\n } /* open",
    'class 😀 { String s = "é漢😀"; void m( { }',
    "",
  ],
  dart: [
    "class A extends B<C> with D { final int x; A(this.x); Widget build(c) => E(f: [for (var g in h) i(g)]); }",
    "void main() async { await f?.g!.h(1, k: 2)..i(); switch (a) { case 1 || 2: break; } } // 😀",
    "class A { void m( { }",
  ],
};

describe("flat trees", () => {
  for (const [id, snippets] of Object.entries(SNIPPETS) as ["java" | "dart", string[]][]) {
    it(`reads ${id} trees from WASM memory exactly as the cursor does`, async () => {
      const memory = await startTreeSitter(sourceAssets().treeSitter);
      const language = await Language.load(sourceAssets()[id]);
      const parser = new Parser();
      parser.setLanguage(language);
      const names = grammarNames(language);
      const slow = flattenByCursor(names);
      const fast = flattenFromMemory(language, names, memory as WasmMemory);
      for (const snippet of snippets) {
        for (let length = 0; length <= snippet.length; length++) {
          const text = snippet.slice(0, length);
          const tree = parser.parse(text);
          assert.ok(tree !== null);
          assert.ok(sameTree(slow(tree, text), fast(tree, text)), `differs for: ${text}`);
          tree.delete();
        }
      }
    });
  }

  it("uses the fast way with the pinned runtime", async () => {
    const syntax = await SyntaxRuntime.create(sourceAssets());
    await syntax.load("java");
    await syntax.load("dart");
    assert.ok(
      syntax.readsMemory("java") && syntax.readsMemory("dart"),
      "the layouts of tree-sitter have moved: see src/syntax/trees/wasmTree.ts",
    );
  });

  it("survives very deep trees", async () => {
    const syntax = await SyntaxRuntime.create(sourceAssets());
    await syntax.load("java");
    const tree = syntax.parse("java", `class A { String s = ${Array(30_000).fill('"x"').join(" + ")}; }`);
    assert.ok(!timedOut(tree) && tree.size > 60_000 && tree.errors.length === 0);
  });

  it("gives up when its time budget is spent, and parses the next file", async () => {
    const syntax = await SyntaxRuntime.create(sourceAssets());
    await syntax.load("java");
    const tree = syntax.parse("java", `class A { ${"void m() { a(b, c -> d); }\n".repeat(50_000)} }`, 0);
    assert.ok(timedOut(tree));
    const next = syntax.parse("java", "class A {}");
    assert.ok(!timedOut(next) && next.size === 4);
  });
});
