import assert from "node:assert/strict";
import { SYSTEM_CLOCK, timeBudget } from "../../../src/syntax/trees/timeBudget.ts";

describe("timeBudget", () => {
  const spent = (wallMs: number, processorMs: number): boolean => {
    let now = { wallMs: 1_000, processorMs: 200 };
    const isSpent = timeBudget(5_000, { wallMs: () => now.wallMs, processorMs: () => now.processorMs });
    assert.ok(!isSpent());
    now = { wallMs: 1_000 + wallMs, processorMs: 200 + processorMs };
    return isSpent();
  };

  it("is spent when the work has had its time of the processor", () => {
    assert.ok(spent(5_100, 5_050));
  });

  it("is not spent while the machine does something else, or sleeps", () => {
    assert.ok(!spent(3_600_000, 300));
  });

  it("is not spent by other threads", () => {
    assert.ok(!spent(4_900, 9_000));
  });

  it("hears of the processor's time from the system", () => {
    const isSpent = timeBudget(20, SYSTEM_CLOCK);
    const end = performance.now() + 10_000;
    let rounds = 0;
    while (!isSpent() && performance.now() < end) rounds++;
    assert.ok(isSpent() && rounds > 0);
  });
});
