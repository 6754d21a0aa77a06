import assert from "node:assert/strict";
import { gradleStatements } from "../../src/syntax/gradle.ts";
import { cpuClock } from "../harness/cpuTime.ts";

describe("Gradle statements", () => {
  it("know their blocks, strings and places", () => {
    const script = `plugins { id 'java'; id "x" version "1" }
subprojects {
    dependencies {
        implementation("a:b:1") { // why
            exclude group: 'c'
        }
        api(
            "d:e", // first
            'f:g:2',
        )
    }
}
`;
    const statements = gradleStatements(script);
    assert.deepEqual(
      statements.map(({ path, text, strings }) => [
        path.join(" "),
        text.replace(/\s+/g, " "),
        strings.map((string) => string.text).join(" "),
      ]),
      [
        ["", "plugins", ""],
        ["plugins", "id 'java'", "java"],
        ["plugins", 'id "x" version "1"', "x 1"],
        ["", "subprojects", ""],
        ["subprojects", "dependencies", ""],
        ["subprojects dependencies", 'implementation("a:b:1")', "a:b:1"],
        ["subprojects dependencies implementation", "exclude group: 'c'", "c"],
        ["subprojects dependencies", "api( \"d:e\", 'f:g:2', )", "d:e f:g:2"],
      ],
    );
    for (const { strings } of statements) for (const { text, span } of strings) assert.equal(script.slice(span.start, span.end), text);
  });

  it("take no comment for code and no string for a comment", () => {
    const statements = gradleStatements('/* id "a" */\nurl "https://x" // id "b"\n"""\n{ // c\n"""\nx = 1');
    assert.deepEqual(
      statements.map(({ text }) => text),
      ['url "https://x"', '"""\n{ // c\n"""', "x = 1"],
    );
  });

  for (const [name, script, count] of [
    ["nothing", "", 0],
    ["a string that stays open", "a 'b\nc 'd'", 2],
    ["too many ends", "}}}}\na 'b'", 1],
    ["100,000 blocks", "a {\n".repeat(100_000), 100_000],
    ["100,000 quotes", '"'.repeat(100_000), 1],
  ] as const) {
    it(`are ${count} of ${name}, at once`, () => {
      const spentMs = cpuClock();
      assert.equal(gradleStatements(script).length, count);
      assert.ok(spentMs() < 3_000);
    });
  }
});
