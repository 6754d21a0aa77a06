import assert from "node:assert/strict";
import { maskDart, parseDart } from "../../../src/syntax/trees/dartMask.ts";
import { type Syntax, timedOut } from "../../../src/syntax/trees/runtime.ts";
import { testParsers } from "../../harness/check.ts";
import { parsesNewer } from "./newerSyntax.ts";

/** Syntax that the pinned grammar does not know, one piece each. */
const NEWER: Readonly<Record<string, string>> = {
  "a library without a name": "library;\nimport 'a.dart';\nclass A {}",
  "a constant in the shorthand": "final a = Padding(padding: const .all(8));",
  "a case in the shorthand": "void f() { switch (a) { case .red: break; case .green || .blue: g(); } }",
  "an expression's cases in the shorthand": "final a = switch (b) { .red => 1, .green || .blue => 2, _ => 3 };",
  "a key that may be null": "final a = {?k: v, 'b': 1};",
  "an external field": "class A {\n  external int x;\n  abstract int y;\n}",
  "an annotation before a record": "class A {\n  @override ({int a}) get x => (a: 1);\n}",
  "an annotation on the line before a record": "class A {\n  @protected\n  (int, int)? m() => null;\n}",
  "arguments named set and get": "final a = f(set: 1, get: 2);",
  "a label": "void f() {\n  outer: for (final a in b) { continue outer; }\n}",
  "a label before await": "Future<void> f() async {\n  rows:\n  await for (final a in b) { continue rows; }\n}",
  "a statement of nothing": "void f() {\n  g();\n  ;\n}",
  "a case of an object in the shorthand": "void f() { if (a case Light(:final on, color: .red)) g(); }",
  "a case in the shorthand behind a comment": "final a = switch (b) {\n  .red => 1, // warm\n  .blue => 2,\n};",
  "a key that is asked of what may be null": "final a = {?k?.id: v, ?k.b!: v};",
  "an abstract field of a function's type": "class A {\n  abstract final int Function(B b) x;\n}",
  "a call of Function.apply": "void f() { Function.apply(a, []); }",
  "a zero in a string": "final a = 'b\u0000c';",
  "an assertion in a cascade": "void f() { a..b!.c()..d!.e()..f['g']!['h'] = i; }",
};

describe("Dart syntax that the grammar does not know", () => {
  let syntax: Syntax;
  before(async () => {
    syntax = (await testParsers()).syntax;
  });

  parsesNewer("dart", parseDart, maskDart, NEWER);

  it("keeps the better of two trees", () => {
    const text = "class A { void m( { }\nfinal a = f(set: 1);";
    const raw = syntax.parse("dart", text);
    assert.ok(!timedOut(raw));
    const rawErrors = raw.errors.reduce((sum, error) => sum + error.end - error.start, 0);
    const tree = parseDart(text, syntax);
    assert.ok(!timedOut(tree));
    assert.ok(tree.errors.length > 0 && tree.errors.reduce((sum, error) => sum + error.end - error.start, 0) <= rawErrors);
  });

  it("leaves alone what parses", () => {
    const text = "class A { var s = 'case .red: const .all'; }";
    const tree = parseDart(text, syntax);
    assert.ok(!timedOut(tree) && tree.errors.length === 0 && tree.text === text);
  });
});
