import assert from "node:assert/strict";
import { applyEdits, breakBefore, chainStep, indentStep, listWithin } from "../../src/text/edits.ts";

describe("indentStep", () => {
  it("is what the first indented line has", () => {
    assert.equal(indentStep("class A {\n  int a;\n    int b;\n}\n"), "  ");
    assert.equal(indentStep("class A {\n    int a;\n}\n"), "    ");
    assert.equal(indentStep("class A {\r\n\tint a;\r\n}\r\n"), "\t");
  });

  it("takes no comment for it, and four spaces where nothing is indented", () => {
    assert.equal(indentStep("/**\n * A comment.\n  * Another.\n */\nclass A {\n    int a;\n}\n"), "    ");
    assert.equal(indentStep("class A {}\n"), "    ");
  });
});

describe("listWithin", () => {
  const names = ["a".repeat(20), "b".repeat(20), "c".repeat(20)];
  it("goes on in the next line before what would make a line too long", () => {
    assert.equal(listWithin(names, 50, "\n    ", 2), names.join(", "));
    assert.equal(listWithin(names, 60, "\n    ", 2), `${names[0]}, ${names[1]},\n    ${names[2]}`);
    assert.equal(listWithin(names, 95, "\r\n\t", 2), `${names[0]},\r\n\t${names[1]}, ${names[2]}`);
  });

  it("leaves room for what stands behind it", () => {
    assert.equal(listWithin(names, 56, "\n", 0), names.join(", "));
    assert.equal(listWithin(names, 56, "\n", 1), `${names[0]}, ${names[1]},\n${names[2]}`);
  });
});

describe("chainStep", () => {
  const chains = (indent: string): string =>
    `class A {\n    int a = b\n    ${indent}.c();\n    int d = e\n    ${indent}.f()\n    ${indent}.g();\n}\n`;
  it("is what most chains have", () => {
    assert.equal(chainStep(chains("    ")), "    ");
    assert.equal(chainStep(chains("        ")), "        ");
    assert.equal(chainStep(`${chains("    ")}${chains("    ")}${chains("        ")}`), "    ");
  });

  it("is two steps where there are none", () => {
    assert.equal(chainStep("class A {\n    int a;\n}\n"), "        ");
    assert.equal(chainStep("class A {\n\tint a;\n}\n"), "\t\t");
    assert.equal(chainStep("class A {\n  int a;\n}\n"), "    ");
  });
});

describe("breakBefore", () => {
  const LONG = "x".repeat(70);
  const broken = (text: string, at: string, added: number): string => applyEdits(text, breakBefore(text, text.indexOf(at), added));

  it("is nothing where the line has room", () => {
    assert.deepEqual(breakBefore("  int a = b;\n", 10, 20), []);
  });

  it("is before what follows the beginning of a value, an argument or a lambda", () => {
    assert.equal(broken(`  int ${LONG} = one(b);\n`, "one", 60), `  int ${LONG} =\n    one(b);\n`.replace("    one", "      one"));
    assert.equal(broken(`  set(${LONG}(one(b)));\n`, "one", 60), `  set(${LONG}(\n      one(b)));\n`);
  });

  it("is before the steps of a chain, but for those before it and within their arguments", () => {
    assert.equal(
      broken(`  return rows().sorted().map(r -> one(r).two().get()).filter("a).b(c)"::equals).toList(); // ${LONG}\n`, "one", 10),
      `  return rows().sorted()\n      .map(r -> one(r).two().get())\n      .filter("a).b(c)"::equals)\n      .toList(); // ${LONG}\n`,
    );
  });

  it("is nowhere within an expression that nothing parts", () => {
    assert.deepEqual(breakBefore(`  return ${LONG} + one(b);\n`, 82, 60), []);
  });
});
