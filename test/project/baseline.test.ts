import assert from "node:assert/strict";
import { type Baseline, type BaselineProblem, baselineOf, baselineText, parseBaseline, readBaseline } from "../../src/project/baseline.ts";
import { memoryHost } from "./memoryHost.ts";

const entries = [
  { rule: "sql/b", file: "b.sql", fingerprint: "2" },
  { rule: "sql/a", file: "b.sql", fingerprint: "3" },
  { rule: "sql/z", file: "a.sql", fingerprint: "1" },
];

function knows(baseline: Baseline | BaselineProblem, fingerprint: string): boolean {
  assert.ok("has" in baseline, JSON.stringify(baseline));
  return baseline.has(fingerprint);
}

describe("the baseline", () => {
  it("is written one finding a line, the same for any order", () => {
    const text = baselineText(baselineOf(entries));
    assert.equal(
      text,
      `{
  "version": 1,
  "findings": [
    {"file":"a.sql","rule":"sql/z","fingerprint":"1"},
    {"file":"b.sql","rule":"sql/a","fingerprint":"3"},
    {"file":"b.sql","rule":"sql/b","fingerprint":"2"}
  ]
}
`,
    );
    assert.equal(baselineText(baselineOf([...entries].reverse())), text);
  });

  it("is read as it was written", () => {
    for (const list of [entries, []]) {
      const text = baselineText(baselineOf(list));
      const read = parseBaseline(text);
      assert.equal("entries" in read ? baselineText(read) : read.problem, text);
    }
    const read = parseBaseline(`\ufeff${baselineText(baselineOf(entries))}`);
    assert.deepEqual([knows(read, "1"), knows(read, "4")], [true, false]);
  });

  for (const [text, wanted] of [
    ["", /is not JSON/],
    ["{", /is not JSON/],
    ["[]", /is not understood/],
    ['{"version":2,"findings":[]}', /version/],
    ['{"version":1,"findings":[{"rule":1}]}', /findings\.0\.rule/],
  ] as const) {
    it(`says what is wrong with ${JSON.stringify(text)}`, () => {
      const read = parseBaseline(text);
      assert.match("problem" in read ? read.problem : "", wanted);
    });
  }

  it("is empty where there is no file, and says so where it cannot be read", async () => {
    const host = memoryHost({ "/w/known.json": "" }, ["/w/known.json"]);
    assert.equal(knows(await readBaseline(host, "/w/none.json"), "1"), false);
    const denied = await readBaseline(host, "/w/known.json");
    assert.equal("problem" in denied ? denied.problem : "", "the baseline could not be read: permission denied");
  });
});
