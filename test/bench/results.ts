import type { RunResult } from "../../src/bench/result.ts";
import { resultOf } from "../../src/bench/runner.ts";
import type { Sla } from "../../src/bench/scenario.ts";
import { scenarioOf, simulate } from "./simulation.ts";

/** A result of a simulated run of 1000 requests that take `afterMs`, of which every `failEvery`-th fails. */
export async function resultFor(options: {
  readonly name?: string;
  readonly startedAt?: string;
  readonly endpoint?: string;
  readonly afterMs?: number;
  readonly failEvery?: number;
  readonly sla?: Sla;
  readonly warmupMs?: number;
  readonly stopAtMs?: number;
}): Promise<RunResult> {
  const { endpoint = "GET /tickets/{id}", afterMs = 412, failEvery = 0, sla, warmupMs, stopAtMs } = options;
  const request = { endpoint, method: "GET", path: "/x", ...(sla === undefined ? {} : { sla }) } as const;
  const scenario = scenarioOf({ name: options.name ?? "tickets", requests: [request], ...(warmupMs === undefined ? {} : { warmupMs }) });
  const { measurement } = await simulate(
    scenario,
    (_, index) => ({ afterMs, status: failEvery > 0 && index % failEvery === 0 ? 500 : 200 }),
    (clock, run) => {
      if (stopAtMs !== undefined) clock.after(stopAtMs, () => run().stop());
    },
  );
  return resultOf(scenario, options.startedAt ?? "2026-01-01T12:00:00.000Z", measurement, 0.1);
}
