import assert from "node:assert/strict";
import { fingerprintsOf } from "../../src/analysis/fingerprint.ts";
import type { Finding } from "../../src/rules/finding.ts";

const finding = (text: string, what: string, from = 0, rule = "a/b", file = "f.sql") => {
  const start = text.indexOf(what, from);
  assert.ok(start >= 0);
  return { rule, file, span: { start, end: start + what.length } };
};

const one = (text: string, what: string, rule?: string, file?: string) =>
  fingerprintsOf([finding(text, what, 0, rule, file)], text)[0]?.[0];

describe("fingerprintsOf", () => {
  it("stays the same when lines above, indentation or line ends change", () => {
    const before = one("a\n  call(b);\nc", "call");
    assert.equal(one("new\nlines\na\n\tcall(b);   \nc", "call"), before);
    assert.equal(one("a\r\n  call(b);\r\nc", "call"), before);
    assert.equal(one("a\n  call(b);", "call"), before, "last line without an end");
  });

  it("differs by rule, file and text of the line", () => {
    const all = [one("call(b);", "call"), one("call(c);", "call"), one("call(b);", "call", "a/c"), one("call(b);", "call", "a/b", "g.sql")];
    assert.equal(new Set(all).size, all.length);
  });

  it("tells findings on lines alike apart by their order", () => {
    const text = "call(b);\nother();\ncall(b);\n";
    const both = fingerprintsOf([finding(text, "call"), finding(text, "call", 4)], text);
    assert.equal(new Set(both.flat()).size, 2);
    assert.equal(both[0]?.[0], one("call(b);", "call"), "the first one is as if it were alone");
  });

  it("names each place of what is put together, as if it stood alone", () => {
    const text = "first(a);\nsecond(b);\n";
    const [a, b] = [finding(text, "first"), finding(text, "second")];
    const part = (one: typeof a): Finding => ({
      ...one,
      severity: "hint",
      certainty: "possible",
      message: "",
      cost: "",
      related: [],
      fixes: [],
    });
    assert.deepEqual(fingerprintsOf([{ ...b, parts: [part(b), part(a)] }], text), [[one(text, "second"), one(text, "first")]]);
  });
});
