import assert from "node:assert/strict";
import { configFacts } from "../../src/facts/config/extract.ts";
import { conflictsIn } from "../../src/facts/conflicts.ts";
import { syntaxProblems } from "../../src/facts/syntaxProblems.ts";

const lineOf = (text: string, at: number): number => text.slice(0, at).split("\n").length;

describe("problems of files", () => {
  it("are one for each merge conflict, at its first marker", () => {
    const text = `spring:
<<<<<<< HEAD
  jpa: 1
||||||| base
=======
  jpa: 2
>>>>>>> topic
server:
<<<<<<<
  port: 1
=======
>>>>>>>
`;
    assert.deepEqual(
      conflictsIn(text).map(({ span, message, severity }) => [lineOf(text, span.start), span.end - span.start, message, severity]),
      [
        [2, 7, "A merge conflict is not resolved", "error"],
        [9, 7, "A merge conflict is not resolved", "error"],
      ],
    );
    const crlf = text.replaceAll("\n", "\r\n");
    assert.deepEqual(
      conflictsIn(crlf).map(({ span }) => lineOf(crlf, span.start)),
      [2, 9],
    );
  });

  for (const [name, text] of [
    ["a heading under a line of equals signs", "Title\n=======\ntext\n"],
    ["an end without a start", "a\n=======\nb\n>>>>>>> topic\n"],
    ["more signs than git writes", "<<<<<<<< a\n=======\n>>>>>>>> b\n"],
    ["signs inside a line", "x <<<<<<< a\n=======\n>>>>>>> b\n"],
  ] as const) {
    it(`are no conflict for ${name}`, () => assert.deepEqual(conflictsIn(text), []));
  }

  it("are one for errors of syntax on neighbouring lines", () => {
    const text = "a:\n\tb: 1\n\tc: 2\nd:\n  e: f: g\nh: 1\n";
    const { problems, unparsed } = configFacts("application.yml", text);
    assert.deepEqual(
      problems.map(({ span }) => lineOf(text, span.start)),
      [2, 5],
    );
    assert.ok(unparsed.length > 2, "all of it counts as not read");
  });

  it("are one for each key that is there twice", () => {
    const at = (start: number, code?: string) => ({ span: { start, end: start + 1 }, message: `at ${start}`, ...(code && { code }) });
    const told = syntaxProblems([at(0), at(2, "DUPLICATE_KEY"), at(2), at(4, "DUPLICATE_KEY"), at(8)], "a\nb\nc\n\n\nd", "error");
    assert.deepEqual(
      told.map(({ message }) => message),
      ["at 0", "at 2", "at 4", "at 8"],
    );
  });
});
