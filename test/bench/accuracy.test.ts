import { strict as assert } from "node:assert";
import type { ServerResponse } from "node:http";
import { performance } from "node:perf_hooks";
import type { LatencySummary } from "../../src/bench/latency.ts";
import type { EndpointResult, RunResult, Tick } from "../../src/bench/result.ts";
import { runScenario } from "../../src/bench/runner.ts";
import type { Scenario } from "../../src/bench/scenario.ts";
import { Servers } from "./servers.ts";
import { closedModel, openModel, scenarioOf } from "./simulation.ts";
import { Wire } from "./wire.ts";
import { witnessed } from "./witness.ts";

const run = (scenario: Scenario, more: { signal?: AbortSignal; onTick?: (tick: Tick) => void } = {}) =>
  runScenario(scenario, { allowRemote: false, onTick: () => {}, ...more });
const only = (result: RunResult) => result.endpoints[0] as EndpointResult;

const percentilesOf = ({ p50Ms, p90Ms, p95Ms, p99Ms }: LatencySummary) =>
  [
    [0.5, p50Ms],
    [0.9, p90Ms],
    [0.95, p95Ms],
    [0.99, p99Ms],
  ] as const;

type Quantile = (share: number) => number;

/** By how much each percentile from `first` to `last` is off, as shares of what it should be. */
function errorsOf(result: RunResult, expected: Quantile, { first = 0.5, last = 0.99 } = {}): readonly number[] {
  return percentilesOf(only(result).response)
    .filter(([share]) => share >= first && share <= last)
    .map(([share, ms]) => Math.abs(ms - expected(share)) / expected(share));
}

/** What a server took for each request by its own clock, in the order in which they came. */
class Took {
  readonly #ms: number[] = [];

  /** Ends a request that came just now after a delay. */
  answer(response: ServerResponse, delayMs: number): void {
    const arrivedMs = performance.now();
    const index = this.#ms.push(Number.NaN) - 1;
    setTimeout(() => {
      this.#ms[index] = performance.now() - arrivedMs;
      response.end("{}");
    }, delayMs);
  }

  /** Of the last `count` requests: those before were the warm-up. */
  quantileOfLast(count: number): Quantile {
    const sorted = this.#ms.slice(-count).sort((a, b) => a - b);
    return (share) => sorted[Math.ceil(sorted.length * share) - 1] as number;
  }
}

const shown = (errors: readonly number[]) => errors.map((error) => `${(error * 100).toFixed(1)} %`).join(", ");

/**
 * Each answer belongs to its own request, and each percentile is that of what the sockets saw, in every run and whatever else the
 * machine does.
 */
function assertCountsWhatTheWireSaw(result: RunResult, wire: Wire): void {
  const { count, service } = only(result);
  for (const [share, ms] of percentilesOf(service)) {
    const seenMs = wire.quantileOfLast(count, share);
    assert.ok(Math.abs(ms - seenMs) <= Math.max(0.01 * seenMs, 0.5), `${share * 100} % within ${ms} ms, on the wire within ${seenMs} ms`);
  }
}

/** What a machine with time for it stays below, and a third of what 3 % of 50 ms are. */
const FAIR_MS = 0.5;
const FAIR_ATTEMPTS = 3;

/**
 * Real runs on a machine that does other things too. One run that is within 3 % everywhere is enough: an engine that holds answers
 * up does so in every run, and one that counts them wrongly is told by the wire. Where none is, those runs count during which a
 * thread beside them says that the machine had time; without enough of these nothing can be said of the engine, and the answer is
 * false, with the reason printed.
 */
async function isWithin3Percent(attempts: number, measure: () => Promise<readonly number[]>): Promise<boolean> {
  const fair: string[] = [];
  const unfair: string[] = [];
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const { result: errors, lateP99Ms } = await witnessed(measure);
    if (Math.max(...errors) <= 0.03) return true;
    if (lateP99Ms > FAIR_MS) unfair.push(`off by ${shown(errors)} while threads woke ${lateP99Ms.toFixed(1)} ms late (p99)`);
    else fair.push(`off by ${shown(errors)}`);
  }
  assert.ok(fair.length < FAIR_ATTEMPTS, `on a machine that had time ${fair.join("; ")}`);
  console.log(`      this machine is too busy to be held to 3 %, ${attempts} times, at last ${unfair.at(-1)}`);
  return false;
}

describe("the benchmark against real servers", function () {
  this.timeout(60_000);
  const servers = new Servers();
  afterEach(() => servers.close());

  // Users of the closed model move in step: their last percent is what this machine does to a burst, so that p95 is the last to be held.
  for (const { load, last } of [
    { load: openModel(300), last: 0.99 },
    { load: closedModel(20), last: 0.95 },
  ]) {
    it(`measures answers after 50 ms within 3 % of the server's own clock, ${load.executor}`, async function () {
      const measured = await isWithin3Percent(12, async () => {
        const took = new Took();
        const target = await servers.http((_, response) => took.answer(response, 50));
        const { result, wire } = await Wire.watch(() => run(scenarioOf({ target, load, warmupMs: 300, durationMs: 1500 })));
        assertCountsWhatTheWireSaw(result, wire);
        const { count, failed } = only(result);
        assert.equal(failed, 0);
        assert.equal(result.ended, "completed");
        if (load.executor === "constant-arrival-rate") assert.equal(count, 450);
        return errorsOf(result, took.quantileOfLast(count), { last });
      });
      if (!measured) this.skip();
    });
  }

  it("measures a stall of 2 s in 10 s at 100/s within 3 % of the model", async function () {
    // Arrivals are even, so that 20 % of them meet the stall and wait for a time that is even between 0 and 2 s.
    const baseMs = 50;
    const share = 2 / 10;
    const expected = (q: number) => baseMs + (q < 1 - share ? 0 : 2000 * (1 - (1 - q) / share));
    const meanMs = baseMs + (share * 2000) / 2;
    const measured = await isWithin3Percent(4, async () => {
      const took = new Took();
      let firstMs: number | undefined;
      const target = await servers.http((_, response) => {
        const nowMs = performance.now();
        firstMs ??= nowMs;
        const sinceMs = nowMs - firstMs;
        took.answer(response, (sinceMs >= 4000 && sinceMs < 6000 ? 6000 - sinceMs : 0) + baseMs);
      });
      const { result, wire } = await Wire.watch(() => run(scenarioOf({ target, load: openModel(100), durationMs: 10_000 })));
      assertCountsWhatTheWireSaw(result, wire);
      const { count, response } = only(result);
      assert.equal(count, 1000);
      assert.equal(result.generator.dropped, 0);
      // Half of the answers wait for 50 ms, which a timer misses by more than 3 %: only the server's clock knows them well enough.
      const own = errorsOf(result, took.quantileOfLast(count));
      return [...own, ...errorsOf(result, expected, { first: 0.9 }), Math.abs(response.meanMs - meanMs) / meanMs];
    });
    if (!measured) this.skip();
  });

  it("is honest about a server that closes each connection after 100 requests", async () => {
    const requestsOf = new WeakMap<object, number>();
    let connections = 0;
    const target = await servers.http(({ socket }, response) => {
      const served = (requestsOf.get(socket) ?? 0) + 1;
      if (served === 1) connections++;
      requestsOf.set(socket, served);
      if (served === 100) response.setHeader("Connection", "close");
      setTimeout(() => response.end("ok"), 5);
    });
    const ticks: Tick[] = [];
    const { result, lateP99Ms } = await witnessed(() =>
      run(scenarioOf({ target, load: closedModel(10), durationMs: 1500 }), { onTick: (tick) => ticks.push(tick) }),
    );
    const { count, failed, response } = only(result);
    assert.equal(failed, 0);
    assert.ok(connections >= count / 100, `${connections} connections for ${count} requests`);
    assert.ok(response.p50Ms >= 4, `p50 ${response.p50Ms}`);
    if (lateP99Ms <= FAIR_MS) assert.ok(response.p50Ms < 7, `p50 ${response.p50Ms}`);
    else console.log(`      p50 ${response.p50Ms.toFixed(1)} ms is not held to 7 ms: threads woke ${lateP99Ms.toFixed(1)} ms late (p99)`);
    // A request that is paired with another's answer would make latency grow with every closed connection.
    const [early, late] = [ticks.at(1)?.p50Ms ?? 0, ticks.at(-2)?.p50Ms ?? 0];
    assert.ok(late < early * 1.5, `p50 went from ${early} to ${late}`);
  });

  it("counts a connection that breaks in the middle of an answer", async () => {
    let served = 0;
    const target = await servers.http((_, response) => {
      if (++served % 5 !== 0) return response.end("whole");
      response.writeHead(200, { "Content-Length": "100" });
      response.write("half");
      return setImmediate(() => response.destroy());
    });
    const { count, failed, failures, response, errorRate } = only(
      await run(scenarioOf({ target, load: openModel(100), durationMs: 1000 })),
    );
    assert.equal(count, 100);
    assert.equal(failed, 20);
    assert.deepEqual(failures, { reset: 20 });
    assert.equal(errorRate, 0.2);
    assert.equal(response.count, 80);
  });

  it("counts a server that vanishes as refused, and asks it ever less often", async () => {
    const vanishing = new Servers();
    let served = 0;
    let closing: Promise<void> | undefined;
    const target = await vanishing.http((_, response) => {
      response.end();
      if (++served === 20) closing = vanishing.close();
    });
    const { count, failed, failures } = only(await run(scenarioOf({ target, load: closedModel(2), durationMs: 1500 })));
    await closing;
    // Each user: 50, 100, 200, 400, 800 ms apart.
    assert.ok(failed >= 4 && failed <= 16, `${failed} failures in 1.5 s`);
    assert.equal((failures.refused ?? 0) + (failures.reset ?? 0), failed);
    assert.ok((failures.refused ?? 0) >= 4, `refused ${failures.refused}`);
    assert.equal(count - failed <= 20, true);
  });

  it("gives up after the timeout and counts the wait", async () => {
    let asked = 0;
    const target = await servers.http((_, response) => {
      if (++asked % 4 === 0) return;
      response.end("ok");
    });
    const result = await run(scenarioOf({ target, load: openModel(40), durationMs: 1000, timeoutMs: 400 }));
    const { count, failures, response } = only(result);
    assert.deepEqual([count, failures], [40, { timeout: 10 }]);
    assert.ok(response.maxMs >= 400 && response.maxMs < 500, `max ${response.maxMs}`);
    assert.ok(response.p50Ms < 50, `p50 ${response.p50Ms}`);
    assert.ok(result.durationMs < 1500);
  });

  it("counts answers by status", async () => {
    let asked = 0;
    const target = await servers.http((_, response) => {
      response.statusCode = ++asked % 2 === 0 ? 500 : 204;
      response.end();
    });
    const { statuses, failures, reasons } = only(await run(scenarioOf({ target, load: openModel(50), durationMs: 400 })));
    assert.deepEqual(statuses, { 204: 10, 500: 10 });
    assert.deepEqual(failures, { status: 10 });
    assert.deepEqual(reasons, [{ detail: "status 500", count: 10 }]);
  });

  it("sends method, path below the target's own, headers and body", async () => {
    const seen: string[] = [];
    const target = await servers.http((request, response) => {
      let body = "";
      request.setEncoding("utf8").on("data", (part: string) => (body += part));
      request.on("end", () => {
        seen.push(`${request.method} ${request.url} ${request.headers["x-tenant"]} ${body}`);
        response.end();
      });
    });
    const request = {
      endpoint: "POST /tickets",
      method: "POST",
      path: "/tickets?x=1",
      headers: { "X-Tenant": "a" },
      body: "žluť 𝔸",
    } as const;
    const result = await run(
      scenarioOf({ target: `${target}/api/`, load: closedModel(1), maxRequests: 1, durationMs: 500, requests: [request] }),
    );
    assert.deepEqual(seen, ["POST /api/tickets?x=1 a žluť 𝔸"]);
    assert.equal(result.ended, "request-limit");
  });

  it("survives a server that speaks something else", async () => {
    const target = await servers.raw((socket) => {
      socket.on("error", () => {});
      socket.on("data", () => socket.end("SSH-2.0-x\r\n"));
    });
    const { count, failed } = only(await run(scenarioOf({ target, load: openModel(20), durationMs: 500 })));
    assert.deepEqual([count, failed], [10, 10]);
  });

  it("stops when told to and keeps what it has", async () => {
    const target = await servers.http((_, response) => response.end("ok"));
    const controller = new AbortController();
    const startedMs = performance.now();
    const result = await run(scenarioOf({ target, load: openModel(100), durationMs: 60_000 }), {
      signal: controller.signal,
      onTick: () => controller.abort(),
    });
    assert.equal(result.ended, "stopped");
    assert.ok(performance.now() - startedMs < 3000);
    const { count } = only(result);
    assert.ok(count >= 40 && count <= 60, `${count} requests in the half second until the first tick`);
  });

  it("says that nothing listens before it begins", async () => {
    const target = await servers.closedPort();
    await assert.rejects(run(scenarioOf({ target })), /^RunRefused|Nothing answers at http:\/\/127\.0\.0\.1:\d+ \(ECONNREFUSED\)/);
  });
});
