import assert from "node:assert/strict";
import { similarNames } from "../../src/text/similar.ts";

const rules = ["java/query-in-loop", "java/unbounded-find-all", "sql/redundant-index", "sql/missing-index-for-query"];

describe("similarNames", () => {
  it("finds what was mistyped", () => {
    assert.deepEqual(similarNames("java/qurey-in-lop", rules), ["java/query-in-loop"]);
  });
  it("finds a rule by its name without the group", () => {
    assert.deepEqual(similarNames("redundant-index", rules), ["sql/redundant-index"]);
  });
  it("suggests nothing for something else", () => {
    assert.deepEqual(similarNames("colour", rules), []);
  });
});
