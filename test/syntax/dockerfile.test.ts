import assert from "node:assert/strict";
import { parseDockerfile } from "../../src/syntax/dockerfile.ts";

const read = (text: string) => parseDockerfile(text).map(({ keyword, value }) => [keyword, value]);

describe("parseDockerfile", () => {
  it("reads instructions, in any case, and passes over comments and empty lines", () => {
    assert.deepEqual(read('# syntax=docker/dockerfile:1\n\nfrom alpine AS a\n  # more\nCMD ["sh"]\n'), [
      ["FROM", "alpine AS a"],
      ["CMD", '["sh"]'],
    ]);
  });
  it("joins continued lines, with comments and empty lines between them", () => {
    assert.deepEqual(read("RUN a \\\n  # why\n\n  && b\nUSER x"), [
      ["RUN", "a \\\n  # why\n\n  && b"],
      ["USER", "x"],
    ]);
  });
  it("knows the other escape character, CRLF, and a byte order mark", () => {
    assert.deepEqual(
      read("# escape=`\r\nRUN a `\r\n  b\r\nUSER x\r\n").map(([keyword]) => keyword),
      ["RUN", "USER"],
    );
    assert.deepEqual(read("\uFEFFFROM a\r\n"), [["FROM", "a"]]);
  });
  it("says where things stand", () => {
    const text = "FROM a\nENTRYPOINT  java -jar é😀.jar";
    const [, entry] = parseDockerfile(text);
    assert.equal(text.slice(entry?.valueSpan.start, entry?.valueSpan.end), "java -jar é😀.jar");
    assert.equal(text.slice(entry?.keywordSpan.start, entry?.keywordSpan.end), "ENTRYPOINT");
  });
  it("takes empty, endless and broken texts", () => {
    assert.deepEqual(read(""), []);
    assert.deepEqual(read("RUN a \\"), [["RUN", "a \\"]]);
    assert.deepEqual(read("[1]\n---\n{"), []);
    assert.equal(parseDockerfile("RUN x\n".repeat(50_000)).length, 50_000);
  });
});
