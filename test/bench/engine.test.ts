import { strict as assert } from "node:assert";
import type { EndpointRecord } from "../../src/bench/recorder.ts";
import { closedModel, openModel, type Simulation, scenarioOf, simulate } from "./simulation.ts";

const within = (actual: number, expected: number, share: number, what: string) =>
  assert.ok(Math.abs(actual - expected) <= expected * share, `${what} is ${actual}, expected ${expected} ± ${share * 100} %`);
const first = ({ measurement }: Simulation) => measurement.endpoints[0] as EndpointRecord;

describe("the load engine on simulated time", () => {
  it("measures a fixed answer time exactly", async () => {
    for (const load of [openModel(100), closedModel(10)]) {
      const record = first(await simulate(scenarioOf({ load }), () => ({ afterMs: 50 })));
      for (const share of [0.5, 0.95, 0.99, 1]) within(record.response.quantileMs(share), 50, 0.001, `p${share * 100} of ${load.executor}`);
      within(record.response.meanMs, 50, 1e-9, "mean");
    }
  });

  it("charges a stall to every request that was due in it", async () => {
    // From 4 s to 6 s nothing is answered. A request that comes at t in it waits 6 s - t: 200 of 1000, evenly between 0 and 2 s.
    const base = 1;
    const stall = (nowMs: number) => ({ afterMs: (nowMs >= 4000 && nowMs < 6000 ? 6000 - nowMs : 0) + base });
    const record = first(await simulate(scenarioOf({ load: openModel(100) }), stall));
    assert.equal(record.count, 1000);
    const shareHit = 2 / 10;
    const quantile = (share: number) => base + (share < 1 - shareHit ? 0 : 2000 * (1 - (1 - share) / shareHit));
    for (const share of [0.5, 0.9, 0.95, 0.99]) within(record.response.quantileMs(share), quantile(share), 0.012, `p${share * 100}`);
    within(record.response.meanMs, base + (shareHit * 2000) / 2, 0.01, "mean");
  });

  it("sees a stall of few requests in the closed model, as that model does", async () => {
    // Ten users wait through the stall once each: 10 requests of about 8000.
    const stall = (nowMs: number) => ({ afterMs: nowMs >= 4000 && nowMs < 6000 ? 6000 - nowMs + 10 : 10 });
    const record = first(await simulate(scenarioOf({ load: closedModel(10) }), stall));
    within(record.response.quantileMs(0.99), 10, 0.01, "p99");
    within(record.response.maxMs, 2010, 0.01, "max");
  });

  it("counts from the intended start when the generator itself was late", async () => {
    const simulation = await simulate(
      scenarioOf({ load: openModel(100) }),
      () => ({ afterMs: 1 }),
      (clock) => clock.after(4000, () => clock.freeze(500)),
    );
    // 50 requests were due while nothing ran: they waited 500, 490, … 10 ms for being sent, the others not at all.
    const { response, service } = first(simulation);
    within(response.maxMs, 501, 0.01, "worst response");
    within(service.maxMs, 1, 0.001, "worst service");
    assert.equal(simulation.measurement.lag.count, 1000);
    within(simulation.measurement.lag.quantileMs(0.99), 400, 0.03, "lag p99");
  });

  it("keeps a schedule for hours without drift", async () => {
    const { sentAtMs } = await simulate(scenarioOf({ load: openModel(3), durationMs: 3_600_000 }), () => ({ afterMs: 1 }));
    assert.equal(sentAtMs.length, 3 * 3600);
    within(sentAtMs.at(-1) as number, ((3 * 3600 - 1) * 1000) / 3, 1e-9, "last start");
  });

  it("throws the warm-up away, by intended start", async () => {
    const slowAtFirst = (nowMs: number) => ({ afterMs: nowMs < 2000 ? 900 : 5 });
    for (const load of [openModel(100), closedModel(5)]) {
      const simulation = await simulate(scenarioOf({ load, warmupMs: 2000, durationMs: 3000 }), slowAtFirst);
      within(first(simulation).response.maxMs, 5, 0.001, `slowest after the warm-up of ${load.executor}`);
      assert.ok(simulation.ticks.some(({ warmup }) => warmup) && simulation.ticks.some(({ warmup }) => !warmup));
    }
    const open = await simulate(scenarioOf({ load: openModel(100), warmupMs: 2000, durationMs: 3000 }), slowAtFirst);
    assert.equal(first(open).count, 300);
    assert.equal(open.sentAtMs.length, 500);
  });

  it("times requests out one by one and counts their wait", async () => {
    const simulation = await simulate(scenarioOf({ durationMs: 1000, timeoutMs: 300 }), (_, index) =>
      index % 10 === 0 ? "silence" : { afterMs: 5 },
    );
    const record = first(simulation);
    assert.deepEqual([record.count, record.failures.get("timeout"), simulation.givenUp], [100, 10, 10]);
    within(record.response.quantileMs(0.91), 300, 0.001, "p91");
    within(record.response.quantileMs(0.9), 5, 0.001, "p90");
  });

  it("counts answers of the wrong status as failures and keeps them out of the latencies", async () => {
    const simulation = await simulate(scenarioOf({}), (_, index) => ({
      afterMs: index % 4 === 0 ? 1 : 20,
      status: index % 4 === 0 ? 503 : 200,
    }));
    const record = first(simulation);
    assert.deepEqual([...record.statuses].sort(), [
      [200, 750],
      [503, 250],
    ]);
    assert.equal(record.failures.get("status"), 250);
    assert.equal(record.response.count, 750);
    within(record.response.minMs, 20, 1e-9, "fastest success");
  });

  it("takes the one status that the scenario expects", async () => {
    const request = { endpoint: "GET /old", method: "GET", path: "/old", expectStatus: 404 } as const;
    const record = first(await simulate(scenarioOf({ requests: [request] }), (_, i) => ({ afterMs: 1, status: i % 2 === 0 ? 404 : 200 })));
    assert.equal(record.failures.get("status"), 500);
  });

  it("asks a refusing server ever less often in the closed model", async () => {
    const simulation = await simulate(scenarioOf({ load: closedModel(1) }), () => ({ afterMs: 0, refuse: true }));
    // 50, 100, 200, 400, 800 ms, then every second: 6 attempts in the first 1.55 s, 8 more until 10 s.
    assert.equal(first(simulation).count, 14);
    assert.equal(first(simulation).failures.get("refused"), 14);
  });

  it("drops what would exceed the requests in flight, and says how many", async () => {
    // One answer a second at ten in flight: ten sent in each second, the other 90 dropped.
    const simulation = await simulate(scenarioOf({ load: openModel(100, 10) }), () => ({ afterMs: 1000 }));
    const { dropped, scheduled } = simulation.measurement;
    assert.equal(scheduled, 1000);
    assert.equal(dropped + first(simulation).count, 1000);
    within(first(simulation).count, 100, 0.1, "sent");
    assert.equal(
      simulation.ticks.reduce((sum, tick) => sum + tick.dropped, 0),
      dropped,
    );
  });

  it("spreads requests evenly over the endpoints", async () => {
    const requests = ["/a", "/b"].map((path) => ({ endpoint: `GET ${path}`, method: "GET" as const, path }));
    const { measurement } = await simulate(scenarioOf({ requests }), () => ({ afterMs: 1 }));
    assert.deepEqual(
      measurement.endpoints.map(({ endpoint, count }) => [endpoint, count]),
      [
        ["GET /a", 500],
        ["GET /b", 500],
      ],
    );
  });

  it("ends at its most requests", async () => {
    for (const load of [openModel(100), closedModel(7)]) {
      const { measurement, sentAtMs } = await simulate(scenarioOf({ load, maxRequests: 30 }), () => ({ afterMs: 5 }));
      assert.equal(measurement.ended, "request-limit");
      assert.equal(sentAtMs.length, 30);
    }
  });

  it("stops when told to, drains for a second and leaves no timer behind", async () => {
    for (const load of [openModel(100), closedModel(10)]) {
      const { measurement, sentAtMs, clock } = await simulate(
        scenarioOf({ load }),
        (nowMs) => (nowMs > 2500 ? "silence" : { afterMs: 5 }),
        (time, run) => time.after(3000, () => run().stop()),
      );
      assert.equal(measurement.ended, "stopped");
      assert.ok((sentAtMs.at(-1) as number) <= 3000);
      assert.equal(clock.now(), 4000);
      assert.equal(measurement.unfinished, load.executor === "constant-vus" ? 10 : sentAtMs.filter((at) => at > 2500).length);
      assert.equal(clock.pending, 0);
    }
  });

  it("can be stopped by whoever is told of a tick", async () => {
    const { measurement, ticks, clock } = await simulate(
      scenarioOf({}),
      () => ({ afterMs: 0 }),
      () => {},
      (run) => run.stop(),
    );
    assert.equal(measurement.ended, "stopped");
    assert.equal(ticks.length, 1);
    assert.equal(clock.pending, 0);
  });

  it("reports every half second what happened in it", async () => {
    const { ticks } = await simulate(scenarioOf({ durationMs: 5000 }), (nowMs) => ({ afterMs: nowMs < 2500 ? 10 : 40 }));
    assert.equal(ticks.length, 10);
    const [early, late] = [ticks[2], ticks[8]];
    within(early?.rate ?? 0, 100, 0.02, "rate");
    within(early?.p95Ms ?? 0, 10, 0.001, "p95 before");
    within(late?.p95Ms ?? 0, 40, 0.001, "p95 after");
    assert.equal(
      ticks.reduce((sum, tick) => sum + tick.failed, 0),
      0,
    );
  });
});
