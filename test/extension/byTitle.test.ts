import assert from "node:assert/strict";
import { ByTitle } from "../../src/extension/panels/byTitle.ts";

describe("panels by title", () => {
  it("knows what is open, and forgets it when it is closed", () => {
    const open = new ByTitle<symbol>();
    const restored = Symbol("restored");
    open.add("Plan of find", restored);
    assert.equal(open.get("Plan of find"), restored);
    assert.equal(open.get("Plan of count"), undefined);
    open.remove("Plan of find", restored);
    assert.equal(open.get("Plan of find"), undefined);
  });

  it("keeps the first of two when the second is closed", () => {
    const open = new ByTitle<symbol>();
    const [first, second] = [Symbol("first"), Symbol("second")];
    open.add("Plan of find", first);
    open.add("Plan of find", second);
    open.remove("Plan of find", second);
    assert.equal(open.get("Plan of find"), first);
  });
});
