import assert from "node:assert/strict";
import { decodeText, encodeText } from "../../src/text/encodings.ts";

const bytesOf = (text: string, encoding: BufferEncoding) => new Uint8Array(Buffer.from(text, encoding));

describe("decodeText", () => {
  const cases: readonly [string, Uint8Array, string, string][] = [
    ["UTF-8", bytesOf("é漢😀", "utf8"), "é漢😀", "utf-8"],
    ["UTF-8 with a byte order mark", bytesOf("\ufeffclass A {}", "utf8"), "class A {}", "utf-8"],
    ["UTF-16 LE", bytesOf("\ufeffé😀", "utf16le"), "é😀", "utf-16le"],
    ["UTF-16 BE", bytesOf("\ufeffé😀", "utf16le").map((_, i, all) => all[i ^ 1] as number), "é😀", "utf-16be"],
    ["Latin-1", Uint8Array.of(0x63, 0x61, 0x66, 0xe9), "café", "latin1"],
    ["Latin-1 in its upper controls", Uint8Array.of(0x80, 0x9f, 0xff), "\u0080\u009fÿ", "latin1"],
    ["nothing", new Uint8Array(), "", "utf-8"],
  ];
  for (const [name, bytes, text, encoding] of cases) {
    it(`reads ${name} as editors show it, and encodes it to the same bytes`, () => {
      const read = decodeText(bytes);
      assert.equal(read.text, text);
      assert.equal(read.encoding, encoding);
      assert.deepEqual(encodeText(read), bytes);
    });
  }

  it("does not invent bytes for what an encoding does not have", () => {
    assert.equal(encodeText({ text: "漢", encoding: "latin1", byteOrderMark: false }), undefined);
  });
});
