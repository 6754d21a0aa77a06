import assert from "node:assert/strict";
import { chainStep, indentStep, listWithin } from "../../src/text/edits.ts";

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
