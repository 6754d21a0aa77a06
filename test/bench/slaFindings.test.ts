import { strict as assert } from "node:assert";
import { type Endpoint, parseEndpoint } from "../../src/bench/endpoint.ts";
import { slaFindings } from "../../src/bench/slaFindings.ts";
import { resultFor } from "./results.ts";

const place = (text: string, start: number) => ({
  ...(parseEndpoint(text) as Endpoint),
  at: { file: "src/TicketController.java", start, end: start + 10 },
});
const endpoints = [place("GET /tickets/{ticketId}", 100), place("GET /tickets", 200)];
const sla = { p95Ms: 200 };

describe("a broken SLA in the code", () => {
  it("stands on the mapping with what was measured", async () => {
    const [finding, ...more] = slaFindings([await resultFor({ sla })], endpoints);
    assert.deepEqual(more, []);
    assert.equal(finding?.rule, "java/sla-broken");
    assert.equal(finding?.message, "GET /tickets/{id} p95 412 ms, SLA 200 ms");
    assert.deepEqual([finding?.file, finding?.span], ["src/TicketController.java", { start: 100, end: 110 }]);
    assert.equal(finding?.cost, "measured 2026-01-01 12:00 UTC over 1000 requests");
    assert.deepEqual([finding?.severity, finding?.certainty], ["warning", "proven"]);
  });

  it("is silent where the SLA is kept, unproven or nobody's", async () => {
    assert.deepEqual(slaFindings([await resultFor({ sla: { p95Ms: 500 } })], endpoints), []);
    assert.deepEqual(slaFindings([await resultFor({ sla, stopAtMs: 300 })], endpoints), []);
    assert.deepEqual(slaFindings([await resultFor({})], endpoints), []);
    assert.deepEqual(slaFindings([], endpoints), []);
  });

  it("goes by the newest run of each endpoint", async () => {
    const slow = await resultFor({ sla });
    const fast = await resultFor({ sla, afterMs: 20 });
    assert.deepEqual(slaFindings([fast, slow], endpoints), []);
    assert.equal(slaFindings([slow, fast], endpoints).length, 1);
    const other = await resultFor({ sla, endpoint: "GET /tickets" });
    assert.deepEqual(
      slaFindings([fast, other, slow], endpoints).map(({ span }) => span.start),
      [200],
    );
  });

  it("says nothing of a run that was stopped", async () => {
    const stopped = await resultFor({ sla, stopAtMs: 5000 });
    assert.equal(stopped.ended, "stopped");
    assert.deepEqual(slaFindings([stopped], endpoints), []);
    assert.equal(slaFindings([stopped, await resultFor({ sla })], endpoints).length, 1);
  });

  it("goes by the limits of now", async () => {
    const runs = [await resultFor({ sla })];
    const now = (p95Ms: number) => slaFindings(runs, endpoints, [{ endpoint: "GET /tickets/{id}", sla: { p95Ms } }]);
    assert.equal(now(300)[0]?.message, "GET /tickets/{id} p95 412 ms, SLA 300 ms");
    assert.deepEqual(now(450), []);
    assert.deepEqual(slaFindings(runs, endpoints, []), []);
  });

  it("is gone with the endpoint", async () => {
    assert.deepEqual(slaFindings([await resultFor({ sla })], [place("POST /tickets", 1)]), []);
  });

  it("names failures as what they are", async () => {
    const runs = [await resultFor({ sla: { p95Ms: 500, errorRate: 0.01 }, failEvery: 4 })];
    assert.deepEqual(
      slaFindings(runs, endpoints).map(({ message }) => message),
      ["GET /tickets/{id} p95 not met, 25 % failed, SLA 500 ms", "GET /tickets/{id} fails 25 % of requests, SLA 1 %"],
    );
    const long = await resultFor({ sla, endpoint: `GET /${"very-long-path/".repeat(10)}x` });
    const [finding] = slaFindings([long], [place(`GET /${"very-long-path/".repeat(10)}x`, 1)]);
    assert.ok((finding?.message.length ?? 0) < 100);
  });
});
