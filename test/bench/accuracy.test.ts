import { strict as assert } from "node:assert";
import { performance } from "node:perf_hooks";
import type { EndpointResult, RunResult, Tick } from "../../src/bench/result.ts";
import { runScenario } from "../../src/bench/runner.ts";
import type { Scenario } from "../../src/bench/scenario.ts";
import { Servers } from "./servers.ts";
import { closedModel, openModel, scenarioOf } from "./simulation.ts";

const run = (scenario: Scenario, more: { signal?: AbortSignal; onTick?: (tick: Tick) => void } = {}) =>
  runScenario(scenario, { allowRemote: false, onTick: () => {}, ...more });
const only = (result: RunResult) => result.endpoints[0] as EndpointResult;

/** By how much each percentile up to `last` is off, as shares of what it should be. */
function errorsOf(result: RunResult, expected: (share: number) => number, last = 0.99): readonly number[] {
  const { response } = only(result);
  const measured = [
    [0.5, response.p50Ms],
    [0.9, response.p90Ms],
    [0.95, response.p95Ms],
    [0.99, response.p99Ms],
  ] as const;
  return measured.filter(([share]) => share <= last).map(([share, ms]) => Math.abs(ms - expected(share)) / expected(share));
}

const shown = (errors: readonly number[]) => errors.map((error) => `${(error * 100).toFixed(1)} %`).join(", ");

interface Attempt {
  readonly result: RunResult;
  /** How late the test's own server was, by its own clock. */
  readonly serverLateMs: number;
}

/**
 * These are real runs on a machine that does other things too, and a delay of 2 ms is 4 % of 50. An engine that measures wrongly is
 * wrong at every attempt, so one of four has to be within 3 %. On a machine so busy that none is, the last is allowed what the
 * server's own clock and the schedule say that it was disturbed by; beyond 5 ms it says nothing of the engine, and the answer is false.
 */
async function isWithin3Percent(expectedMs: number, last: number, measure: () => Promise<Attempt>): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    const { result, serverLateMs } = await measure();
    const errors = errorsOf(result, () => expectedMs, last);
    if (Math.max(...errors) <= 0.03) return true;
    if (attempt < 4) continue;
    const { lagP99Ms, lagMaxMs } = result.generator;
    // A response counts from its intended start, so what the schedule was late is part of it.
    const disturbedMs = Math.max(0, serverLateMs) + (lagP99Ms > 2 ? lagMaxMs : lagP99Ms);
    const words = `off by ${shown(errors)}; the server was ${serverLateMs.toFixed(1)} ms late, the schedule ${lagP99Ms} ms (p99)`;
    const isHopeless = serverLateMs > 5 || lagP99Ms > 5;
    assert.ok(isHopeless || Math.max(...errors) <= 0.03 + disturbedMs / expectedMs, words);
    console.log(`      this machine is too busy to ${isHopeless ? "measure 50 ms on" : "hold the last percent to 3 %"}: ${words}`);
    return !isHopeless;
  }
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
    it(`measures an answer after 50 ms within 3 %, ${load.executor}`, async function () {
      const delays: number[] = [];
      const target = await servers.http((_, response) => {
        const arrivedMs = performance.now();
        // Timers come half a millisecond late on average.
        setTimeout(() => {
          delays.push(performance.now() - arrivedMs);
          response.end("{}");
        }, 49);
      });
      const measured = await isWithin3Percent(50, last, async () => {
        delays.length = 0;
        const result = await run(scenarioOf({ target, load, warmupMs: 300, durationMs: 1500 }));
        assert.equal(only(result).failed, 0);
        assert.equal(result.ended, "completed");
        if (load.executor === "constant-arrival-rate") assert.equal(only(result).count, 450);
        const slowest = delays.sort((a, b) => a - b)[Math.ceil(delays.length * last) - 1] as number;
        return { result, serverLateMs: slowest - 50 };
      });
      if (!measured) this.skip();
    });
  }

  it("measures a stall of 2 s in 10 s at 100/s within 3 % of the model", async () => {
    // Arrivals are even, so that 20 % of them meet the stall and wait for a time that is even between 0 and 2 s.
    const baseMs = 50;
    const share = 2 / 10;
    const expected = (q: number) => baseMs + (q < 1 - share ? 0 : 2000 * (1 - (1 - q) / share));
    let firstMs: number | undefined;
    const target = await servers.http((_, response) => {
      const nowMs = performance.now();
      firstMs ??= nowMs;
      const sinceMs = nowMs - firstMs;
      setTimeout(() => response.end(), (sinceMs >= 4000 && sinceMs < 6000 ? 6000 - sinceMs : 0) + baseMs - 1);
    });
    const result = await run(scenarioOf({ target, load: openModel(100), durationMs: 10_000 }));
    assert.equal(only(result).count, 1000);
    assert.equal(result.generator.dropped, 0);
    const errors = errorsOf(result, expected);
    assert.ok(Math.max(...errors) <= 0.03, `off by ${shown(errors)}`);
    const mean = baseMs + (share * 2000) / 2;
    assert.ok(Math.abs(only(result).response.meanMs - mean) <= 0.03 * mean, `mean ${only(result).response.meanMs}, expected ${mean}`);
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
    const result = await run(scenarioOf({ target, load: closedModel(10), durationMs: 1500 }), { onTick: (tick) => ticks.push(tick) });
    const { count, failed, response } = only(result);
    assert.equal(failed, 0);
    assert.ok(connections >= count / 100, `${connections} connections for ${count} requests`);
    assert.ok(response.p50Ms >= 4 && response.p50Ms < 7, `p50 ${response.p50Ms}`);
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
