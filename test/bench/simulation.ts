import type { Clock } from "../../src/bench/clock.ts";
import { type EngineRun, type Measurement, startEngine } from "../../src/bench/engine.ts";
import type { Tick } from "../../src/bench/result.ts";
import type { Scenario } from "../../src/bench/scenario.ts";
import type { Transport } from "../../src/bench/transport.ts";

interface Timer {
  readonly atMs: number;
  readonly order: number;
  readonly callback: () => void;
}

/** A clock that jumps from timer to timer: hours pass in milliseconds, and every figure is exact. */
class SimulatedClock implements Clock {
  readonly #timers = new Set<Timer>();
  #nowMs = 0;
  #order = 0;

  now(): number {
    return this.#nowMs;
  }

  after(delayMs: number, callback: () => void): () => void {
    const timer = { atMs: this.#nowMs + delayMs, order: this.#order++, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  soon(callback: () => void): void {
    this.after(0, callback);
  }

  /** Nothing runs for so long: what a busy machine does to the generator. */
  freeze(durationMs: number): void {
    this.#nowMs += durationMs;
  }

  get pending(): number {
    return this.#timers.size;
  }

  runToEnd(): void {
    for (;;) {
      let next: Timer | undefined;
      for (const timer of this.#timers)
        if (next === undefined || timer.atMs < next.atMs || (timer.atMs === next.atMs && timer.order < next.order)) next = timer;
      if (next === undefined) return;
      this.#timers.delete(next);
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.callback();
    }
  }
}

/** What a simulated server does with a request that arrives at `nowMs`: answers after `afterMs`, or fails, or never says a word. */
export type Behaviour = (
  nowMs: number,
  index: number,
) => { readonly afterMs: number; readonly status?: number; readonly refuse?: boolean } | "silence";

export interface Simulation {
  readonly measurement: Measurement;
  readonly ticks: readonly Tick[];
  readonly sentAtMs: readonly number[];
  readonly givenUp: number;
  readonly clock: SimulatedClock;
}

/** Runs a scenario against a simulated server, with `script` as what else happens. */
export async function simulate(
  scenario: Scenario,
  behaviour: Behaviour,
  script: (clock: SimulatedClock, run: () => EngineRun) => void = () => {},
  onTick: (run: EngineRun) => void = () => {},
): Promise<Simulation> {
  const clock = new SimulatedClock();
  const ticks: Tick[] = [];
  const sentAtMs: number[] = [];
  let givenUp = 0;
  const transport: Transport = {
    send: (_, exchange) => {
      const index = sentAtMs.push(clock.now()) - 1;
      exchange.sent();
      const fate = behaviour(clock.now(), index);
      if (fate !== "silence")
        clock.after(fate.afterMs, () =>
          fate.refuse === true ? exchange.failed("refused", "ECONNREFUSED") : exchange.answered(fate.status ?? 200, 10),
        );
      return () => {
        givenUp++;
      };
    },
    close: async () => {},
  };
  let run: EngineRun | undefined;
  const told = (tick: Tick) => {
    ticks.push(tick);
    onTick(run as EngineRun);
  };
  script(clock, () => run as EngineRun);
  run = startEngine(scenario, { clock, transport, onTick: told });
  clock.runToEnd();
  return { measurement: await run.done, ticks, sentAtMs, givenUp, clock };
}

export const openModel = (ratePerSecond: number, maxInFlight = 4000): Scenario["load"] => ({
  executor: "constant-arrival-rate",
  ratePerSecond,
  maxInFlight,
});
export const closedModel = (vus: number): Scenario["load"] => ({ executor: "constant-vus", vus });

export function scenarioOf(changes: Partial<Scenario>): Scenario {
  return {
    name: "a test",
    target: "http://127.0.0.1:1",
    load: openModel(100),
    warmupMs: 0,
    durationMs: 10_000,
    timeoutMs: 10_000,
    maxRequests: 1_000_000,
    requests: [{ endpoint: "GET /x", method: "GET", path: "/x" }],
    ...changes,
  };
}
