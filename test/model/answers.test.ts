import assert from "node:assert/strict";
import { Answers } from "../../src/model/answers.ts";
import { ReadLog } from "../../src/model/readLog.ts";

describe("answers that are kept", () => {
  function setUp() {
    const reads = new ReadLog();
    const inputs = new Map<string, number>([
      ["a", 1],
      ["b", 2],
    ]);
    let worked = 0;
    const halves = new Answers(reads, "half", (name) => {
      worked++;
      reads.note(`input:${name}`);
      return Math.floor((inputs.get(name) ?? 0) / 2);
    });
    const sums = new Answers(reads, "sum", () => halves.get("a") + halves.get("b"));
    return { reads, inputs, halves, sums, worked: () => worked };
  }

  it("are worked out once", () => {
    const { halves, worked } = setUp();
    assert.deepEqual([halves.get("b"), halves.get("b")], [1, 1]);
    assert.equal(worked(), 1);
  });

  it("note themselves, not what they are made of", () => {
    const { reads, sums } = setUp();
    assert.deepEqual([...reads.during(() => sums.get("all"))], ["sum:all"]);
  });

  it("are told only when they come out different", () => {
    const { inputs, halves, sums } = setUp();
    sums.get("all");
    inputs.set("b", 3);
    assert.deepEqual(halves.refresh(new Set(["input:b"])), [], "half of 3 is still 1");
    inputs.set("b", 8);
    assert.deepEqual(halves.refresh(new Set(["input:a", "input:b"])), ["half:b"]);
    assert.deepEqual(sums.refresh(new Set(["half:b"])), ["sum:all"]);
    assert.equal(sums.get("all"), 4);
  });

  it("stay when something else has changed", () => {
    const { halves, worked } = setUp();
    halves.get("a");
    assert.deepEqual(halves.refresh(new Set(["input:b", "other"])), []);
    assert.equal(worked(), 1);
  });
});
