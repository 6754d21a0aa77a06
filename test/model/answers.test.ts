import assert from "node:assert/strict";
import { Answers, FileAnswers } from "../../src/model/answers.ts";
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

describe("answers of all files", () => {
  function setUp() {
    const reads = new ReadLog();
    const lengths = new Map([
      ["b", 2],
      ["a", 1],
    ]);
    const worked: string[] = [];
    const answers = new FileAnswers(
      reads,
      "length",
      () => lengths.keys(),
      (file) => {
        worked.push(file);
        reads.note(`input:${file}`);
        return lengths.get(file) ?? 0;
      },
    );
    return { reads, lengths, answers, worked };
  }

  it("come in the order of the names, and are noted by one key", () => {
    const { reads, answers } = setUp();
    let all: readonly number[] = [];
    const noted = reads.during(() => {
      all = answers.all();
    });
    assert.deepEqual(all, [1, 2]);
    assert.deepEqual([...noted], ["length:all"]);
  });

  it("are worked out again for the file that has changed alone, and told where they differ", () => {
    const { lengths, answers, worked } = setUp();
    answers.all();
    worked.length = 0;
    assert.deepEqual(answers.refresh(new Set(["input:a"]), false), []);
    lengths.set("a", 5);
    assert.deepEqual(answers.refresh(new Set(["input:a"]), false), ["length:all"]);
    assert.deepEqual(answers.all(), [5, 2]);
    assert.deepEqual(worked, ["a", "a"]);
  });

  it("take in files that come, and let go of those that leave", () => {
    const { lengths, answers, worked } = setUp();
    answers.all();
    worked.length = 0;
    lengths.set("c", 3);
    lengths.delete("b");
    assert.deepEqual(answers.refresh(new Set(), true), ["length:all"]);
    assert.deepEqual(answers.all(), [1, 3]);
    assert.deepEqual(worked, ["c"]);
  });
});
