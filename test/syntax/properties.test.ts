import assert from "node:assert/strict";
import { parseProperties } from "../../src/syntax/properties.ts";

describe("properties", () => {
  // The cases are those of the documentation of java.util.Properties.load.
  for (const [text, key, value] of [
    ["Truth = Beauty", "Truth", "Beauty"],
    [" Truth:Beauty", "Truth", "Beauty"],
    ["Truth                    :Beauty", "Truth", "Beauty"],
    ["cheeses", "cheeses", ""],
    ["cheeses=", "cheeses", ""],
    ["a b c", "a", "b c"],
    ["a\\:b\\ c=1", "a:b c", "1"],
    ["path=c:\\\\temp\\tx", "path", "c:\\temp\tx"],
    ["u=\\u00e9\\u6f22", "u", "é漢"],
    ["fruits  apple, banana, \\\n    cantaloupe", "fruits", "apple, banana, cantaloupe"],
    ["fruits  apple, \\\r\n    banana", "fruits", "apple, banana"],
    ["ends=here\\", "ends", "here"],
    ["unknown=\\z", "unknown", "z"],
    ["spring.jpa.open-in-view=false  ", "spring.jpa.open-in-view", "false  "],
    ["=x", "", "x"],
  ] as const) {
    it(`reads ${JSON.stringify(text)}`, () => {
      const { entries } = parseProperties(text);
      assert.deepEqual(
        entries.map((entry) => [entry.key, entry.value]),
        [[key, value]],
      );
    });
  }

  it("gives keys and values their places, behind a byte order mark, CRLF and comments", () => {
    const text = "\ufeff# 😀 first\r\n\r\n  a = 1\r\n! second\r\nb:2\\\r\n  3\r\n";
    const { entries, comments } = parseProperties(text);
    assert.deepEqual(
      entries.map(({ keySpan, valueSpan }) => [text.slice(keySpan.start, keySpan.end), text.slice(valueSpan.start, valueSpan.end)]),
      [
        ["a", "1"],
        ["b", "2\\\r\n  3"],
      ],
    );
    assert.deepEqual(
      comments.map(({ start, end }) => text.slice(start, end)),
      ["# 😀 first", "! second"],
    );
  });

  it("reports a broken escape at its place", () => {
    const text = "a=1\nb=x\\u12y\n";
    const { entries, problems } = parseProperties(text);
    assert.equal(entries.length, 2);
    assert.deepEqual(
      problems.map(({ span }) => text.slice(span.start, span.end)),
      ["\\u"],
    );
  });

  for (const text of ["", "\ufeff", "\n\n", "# only", "\\"]) {
    it(`has no values in ${JSON.stringify(text)}`, () => {
      assert.deepEqual(
        parseProperties(text).entries.filter(({ value }) => value !== ""),
        [],
      );
    });
  }
});
