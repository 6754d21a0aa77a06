import assert from "node:assert/strict";
import { checkText, remarks, resultRow } from "../../src/bench/resultRows.ts";
import { resultFor } from "./results.ts";

describe("results as rows", () => {
  it("shows the figures of an endpoint", async () => {
    const [endpoint] = (await resultFor({ failEvery: 100 })).endpoints;
    assert.ok(endpoint !== undefined);
    assert.deepEqual(resultRow(endpoint).slice(1), ["1000", "412 ms", "412 ms", "412 ms", "412 ms", "412 ms", "1 %", "95/s", "no SLA"]);
  });

  it("says of a run that ended in its warm-up that nothing was sent, and no figure", async () => {
    const sla = { p95Ms: 200, maxMs: 900, errorRate: 0.01, throughputPerSecond: 50 };
    const result = await resultFor({ sla, warmupMs: 2000, stopAtMs: 500 });
    const [endpoint] = result.endpoints;
    assert.ok(endpoint !== undefined);
    assert.deepEqual(resultRow(endpoint), ["GET /tickets/{id}", "0", "–", "–", "–", "–", "–", "–", "–", "? INCONCLUSIVE"]);
    assert.deepEqual(remarks(result), [
      "The run was stopped before its end",
      "Nothing was sent in the measured time, so nothing is said of it",
    ]);
    assert.deepEqual(endpoint.checks.map(checkText), [
      "p95 not measured, SLA 200 ms: INCONCLUSIVE (0 requests; the percentile needs at least 72)",
      "max not measured, SLA 900 ms: INCONCLUSIVE (0 requests; no request ended)",
      "errors not measured, SLA 1 %: INCONCLUSIVE (0 requests; no request ended)",
      "rate not measured, SLA 50/s: INCONCLUSIVE (0 requests; no request ended)",
    ]);
  });
});
