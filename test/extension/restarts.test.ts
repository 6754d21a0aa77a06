import assert from "node:assert/strict";
import { Restarts } from "../../src/extension/restarts.ts";

const MINUTE = 60_000;

describe("restarts of a server", () => {
  let now = 0;
  let restarts: Restarts;
  beforeEach(() => {
    now = 0;
    restarts = new Restarts(() => now);
  });
  const endsEvery = (ms: number, times: number) =>
    Array.from({ length: times }, () => {
      now += ms;
      return restarts.ended();
    });

  it("are worth it five times within three minutes", () => {
    assert.deepEqual(endsEvery(1000, 5), Array(5).fill(undefined));
    assert.equal(restarts.ended(), "the server ended 6 times in 3 minutes");
  });

  it("forget what is longer ago", () => {
    assert.deepEqual(endsEvery(MINUTE, 20), Array(20).fill(undefined));
  });

  it("begin anew when a person has started the server", () => {
    endsEvery(1000, 6);
    restarts.startAnew();
    assert.deepEqual(endsEvery(1000, 5), Array(5).fill(undefined));
    assert.match(restarts.ended() ?? "", /6 times/);
  });
});
