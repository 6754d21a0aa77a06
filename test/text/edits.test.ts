import assert from "node:assert/strict";
import { indentStep } from "../../src/text/edits.ts";

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
