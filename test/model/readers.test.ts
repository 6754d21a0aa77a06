import assert from "node:assert/strict";
import { Readers } from "../../src/model/readers.ts";

describe("readers of keys", () => {
  const sorted = (found: ReadonlySet<string>): readonly string[] => [...found].sort();

  it("are found by any key that they have read", () => {
    const readers = new Readers();
    readers.add("a", new Set(["type:Owner", "table:owners"]));
    readers.add("b", new Set(["table:owners"]));
    readers.add("c", new Set(["table:owners", "type:Pet"]));
    assert.deepEqual(sorted(readers.of(["type:Owner"])), ["a"]);
    assert.deepEqual(sorted(readers.of(["table:owners"])), ["a", "b", "c"]);
    assert.deepEqual(sorted(readers.of(["type:Owner", "type:Pet", "type:Visit"])), ["a", "c"]);
  });

  it("keep what they have read before when they read more", () => {
    const readers = new Readers();
    readers.add("a", new Set(["one"]));
    readers.add("a", new Set(["one", "two"]));
    assert.deepEqual(sorted(readers.of(["one"])), ["a"]);
    assert.deepEqual(sorted(readers.of(["two"])), ["a"]);
    readers.forget("a");
    assert.deepEqual(sorted(readers.of(["one", "two"])), []);
  });

  it("are forgotten one by one", () => {
    const readers = new Readers();
    for (const reader of ["a", "b", "c"]) readers.add(reader, new Set(["shared", reader]));
    readers.forget("b");
    readers.forget("unknown");
    assert.deepEqual(sorted(readers.of(["shared", "b"])), ["a", "c"]);
    readers.forget("a");
    readers.forget("c");
    assert.deepEqual(sorted(readers.of(["shared", "a", "b", "c"])), []);
    readers.add("b", new Set(["shared"]));
    assert.deepEqual(sorted(readers.of(["shared"])), ["b"]);
  });
});
