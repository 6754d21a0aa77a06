import assert from "node:assert/strict";
import { ByTitle } from "../../src/extension/panels/byTitle.ts";

describe("panels by title", () => {
  it("knows what is open, and forgets it when it is closed", () => {
    const open = new ByTitle<symbol>();
    const restored = Symbol("restored");
    open.add("plan of find", restored);
    assert.equal(open.get("plan of find"), restored);
    assert.equal(open.get("plan of count"), undefined);
    open.remove("plan of find", restored);
    assert.equal(open.get("plan of find"), undefined);
  });

  it("keeps the first of two when the second is closed", () => {
    const open = new ByTitle<symbol>();
    const [first, second] = [Symbol("first"), Symbol("second")];
    open.add("plan of find", first);
    open.add("plan of find", second);
    open.remove("plan of find", second);
    assert.equal(open.get("plan of find"), first);
  });
});
