import assert from "node:assert/strict";
import { maskJava, parseJava } from "../../../src/syntax/trees/javaMask.ts";
import { parsesNewer } from "./newerSyntax.ts";

const inMethod = (statement: string): string => `class A {\n  void m(Object x) {\n    ${statement}\n  }\n}`;

/** Syntax that the pinned grammar does not know, one piece each. */
const NEWER: Readonly<Record<string, string>> = {
  "a record's pattern by its outer type": inMethod("if (x instanceof Shape.Circle(int radius)) draw(radius);"),
  "a record's pattern over several lines": inMethod("if (!(x instanceof Shape.Circle(\n        int radius\n    ))) return;"),
  "a case of a record by its outer type": inMethod("switch (x) { case Shape.Circle(int radius) -> draw(radius); default -> {} }"),
  "a case with a guard": inMethod("switch (x) { case a.Shape.Circle(int r, Shape.Pen p) when r > 3 -> draw(r, p); default -> {} }"),
  "records in records": inMethod("if (x instanceof Shape.Pair(Shape.Circle(var r), Shape.Line(int from, int to))) draw(r, from, to);"),
  "a case that is final": inMethod("switch (x) { case final Circle c -> draw(c); default -> {} }"),
  "a case that is final, with a guard": inMethod("switch (x) { case final Circle c when c.seen() -> draw(c); default -> {} }"),
  "parts of a record that are final": inMethod("if (x instanceof Circle(final int radius, final List<String> names)) draw(radius);"),
  "a case with an annotation": inMethod("switch (x) { case @Seen Circle c -> draw(c); default -> {} }"),
  "several cases without names": inMethod("switch (x) { case Circle _,\n      Line _, // both\n      Dot _ -> draw(); default -> {} }"),
  "several records without names": inMethod("switch (x) { case Circle(_), Line(_, _) -> draw(); default -> {} }"),
  "statements before another constructor": "class A extends B {\n  A(int a) {\n    check(a);\n    super(a);\n    draw();\n  }\n}",
  "variables before another constructor": "class A {\n  A(int a) { int b = a + 1; this(b, 1); }\n  A(int a, int b) { }\n}",
  "an annotation of all arguments": "class A { void m(String a, Object @Nullable ... rest) { } }",
  "the import of a module": "import module java.base;\nclass A { }",
};

describe("Java syntax that the grammar does not know", () => {
  parsesNewer("java", parseJava, maskJava, NEWER);

  const untouched: Readonly<Record<string, string>> = {
    "cases of constants": "switch (x) { case A, B -> f(a, b); case C.D: g(final_); case 1, 2 -> h(); }",
    "the first call of a constructor": "A(int a) { this(a, 1); }",
    "variables that are final": "void m(final int a) { for (final var b : c) d(b); try { } catch (final E e) { } }",
    "comparisons behind a type": "boolean b = x instanceof Box<?> box && box.size() < 3 && box.size() > 1;",
  };
  for (const [name, text] of Object.entries(untouched)) {
    it(`leaves ${name}`, () => assert.equal(maskJava(text), text));
  }

  it("keeps the names of what a pattern binds", () => {
    assert.equal(
      maskJava("case Shape.Pair(final Pen.Tip tip, Shape.Circle(var r)), Other(_) when r > 1 ->"),
      `case ${" ".repeat(6)}Pair(${" ".repeat(6)}Pen.Tip tip, ${" ".repeat(6)}Circle(var r))${" ".repeat(10)} when r > 1 ->`,
    );
  });

  it("ends at an unfinished pattern", () => {
    for (const text of ["if (x instanceof", "case A(", "case A.B(final ", "case A(B b,", "x instanceof A<B<", "case A(_), B"]) {
      assert.equal(maskJava(text).length, text.length);
    }
  });
});
