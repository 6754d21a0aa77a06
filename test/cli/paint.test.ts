import assert from "node:assert/strict";
import { painter, wantsColours } from "../../src/cli/paint.ts";

describe("colours", () => {
  it("are for terminals", () => {
    assert.equal(wantsColours({}, true), true);
    assert.equal(wantsColours({}, false), false);
    assert.equal(wantsColours({ TERM: "dumb" }, true), false);
  });

  it("are forbidden by NO_COLOR, whoever forces them, and forced where a pipeline shows them; empty variables say nothing", () => {
    assert.equal(wantsColours({ NO_COLOR: "1", FORCE_COLOR: "1" }, true), false);
    assert.equal(wantsColours({ NO_COLOR: "" }, true), true);
    assert.equal(wantsColours({ FORCE_COLOR: "1" }, false), true);
    assert.equal(wantsColours({ FORCE_COLOR: "0" }, true), false);
    assert.equal(wantsColours({ FORCE_COLOR: "" }, false), false);
  });

  it("are written whatever stands behind the process", () => {
    assert.equal(painter(true)("red", "slow"), "\u001b[31mslow\u001b[39m");
    assert.equal(painter(false)("red", "slow"), "slow");
  });
});
