import type { Clock } from "./clock.ts";
import { type ArrivalSchedule, arrivalSchedule } from "./executors.ts";
import { LatencyHistogram } from "./histogram.ts";
import { startOf } from "./latency.ts";
import { type EndpointRecord, type Outcome, recordsFor } from "./recorder.ts";
import type { RunEnd, Tick } from "./result.ts";
import type { RequestSpec, Scenario } from "./scenario.ts";
import { TickMeter } from "./ticks.ts";
import type { Exchange, GiveUp, Transport } from "./transport.ts";

/** What the engine saw; the runner makes a result of it. */
export interface Measurement {
  readonly ended: RunEnd;
  readonly endpoints: readonly EndpointRecord[];
  /** From the start of the measured time to the end of its last request, at least the time that was planned unless stopped. */
  readonly durationMs: number;
  /** Delay of sending against the schedule (open model). */
  readonly lag: LatencyHistogram;
  readonly scheduled: number;
  readonly dropped: number;
  readonly unfinished: number;
}

export interface EngineOptions {
  readonly clock: Clock;
  readonly transport: Transport;
  readonly onTick: (tick: Tick) => void;
}

export interface EngineRun {
  readonly done: Promise<Measurement>;
  /** Sends nothing more, gives what is in flight a second, and ends with what there is. */
  stop(): void;
}

/** Starts to send at once. Never throws for what a server does. */
export function startEngine(scenario: Scenario, options: EngineOptions): EngineRun {
  const engine = new Engine(scenario, options);
  return { done: engine.done, stop: () => engine.stop() };
}

const DRAIN_AFTER_STOP_MS = 1000;
const FIRST_BACKOFF_MS = 50;
const LONGEST_BACKOFF_MS = 1000;

interface Flight {
  readonly request: RequestSpec;
  readonly startMs: number;
  readonly measured: boolean;
  sentMs: number;
  over: boolean;
  giveUp: GiveUp;
  cancelTimeout: () => void;
  readonly landed: (failed: boolean) => void;
}

class Engine {
  readonly done: Promise<Measurement>;
  readonly #scenario: Scenario;
  readonly #clock: Clock;
  readonly #transport: Transport;
  readonly #records: ReadonlyMap<string, EndpointRecord>;
  readonly #ticks: TickMeter;
  readonly #lag = LatencyHistogram.create();
  readonly #flights = new Set<Flight>();
  readonly #timers = new Set<() => void>();
  readonly #startMs: number;
  readonly #measureFromMs: number;
  readonly #issueUntilMs: number;
  #resolve: (measurement: Measurement) => void = () => {};
  #ended: RunEnd = "completed";
  #issuing = true;
  #finished = false;
  #issued = 0;
  #scheduled = 0;
  #dropped = 0;
  #unfinished = 0;
  #lastEndMs: number;

  constructor(scenario: Scenario, { clock, transport, onTick }: EngineOptions) {
    this.#scenario = scenario;
    this.#clock = clock;
    this.#transport = transport;
    this.#records = recordsFor(scenario);
    this.done = new Promise((resolve) => (this.#resolve = resolve));
    this.#startMs = clock.now();
    this.#measureFromMs = this.#startMs + scenario.warmupMs;
    this.#issueUntilMs = this.#measureFromMs + scenario.durationMs;
    this.#lastEndMs = this.#measureFromMs;
    this.#ticks = new TickMeter(clock, scenario.warmupMs, () => this.#flights.size, onTick);
    if (scenario.load.executor === "constant-vus") this.#startUsers(scenario.load.vus);
    else this.#followSchedule(arrivalSchedule(scenario.load.ratePerSecond, scenario), scenario.load.maxInFlight, 0);
  }

  stop(): void {
    if (this.#finished || !this.#issuing) return;
    this.#endIssuing("stopped");
    this.#later(DRAIN_AFTER_STOP_MS, () => {
      for (const flight of [...this.#flights]) this.#abandon(flight);
      this.#finishWhenLanded();
    });
  }

  /** Closed model: every user sends its next request when the last has ended; spread over the start of the warm-up. */
  #startUsers(vus: number): void {
    const apartMs = Math.min(1000, this.#scenario.warmupMs) / vus;
    for (let user = 0; user < vus; user++) this.#later(user * apartMs, () => this.#iterate(FIRST_BACKOFF_MS));
    this.#later(this.#scenario.warmupMs + this.#scenario.durationMs, () => this.#endIssuing("completed"));
  }

  #iterate(backoffMs: number): void {
    const now = this.#clock.now();
    if (!this.#issuing || now >= this.#issueUntilMs) return;
    const measured = now >= this.#measureFromMs;
    if (measured) this.#scheduled++;
    this.#issue(now, measured, (failed) => {
      // A server that refuses is not asked in a tight loop.
      if (failed) this.#later(backoffMs, () => this.#iterate(Math.min(LONGEST_BACKOFF_MS, backoffMs * 2)));
      else this.#clock.soon(() => this.#iterate(FIRST_BACKOFF_MS));
    });
  }

  /** Open model: sends what is due, then sleeps until the next is. */
  #followSchedule(schedule: ArrivalSchedule, maxInFlight: number, next: number): void {
    let k = next;
    for (; this.#issuing && k < schedule.count; k++) {
      const now = this.#clock.now();
      const dueMs = this.#startMs + schedule.dueMs(k);
      if (dueMs > now) {
        this.#later(dueMs - now, () => this.#followSchedule(schedule, maxInFlight, k));
        return;
      }
      const measured = k >= schedule.firstMeasured;
      if (measured) {
        this.#scheduled++;
        this.#lag.record(now - dueMs);
      }
      if (this.#flights.size < maxInFlight) this.#issue(dueMs, measured, () => {});
      else {
        this.#ticks.dropped();
        if (measured) this.#dropped++;
      }
    }
    if (this.#issuing) this.#endIssuing("completed");
  }

  #issue(intendedMs: number, measured: boolean, landed: (failed: boolean) => void): void {
    const { requests, timeoutMs, maxRequests } = this.#scenario;
    const request = requests[this.#issued % requests.length] as RequestSpec;
    const now = this.#clock.now();
    const nothing = () => {};
    const flight: Flight = {
      request,
      startMs: startOf(intendedMs, now),
      measured,
      sentMs: now,
      over: false,
      giveUp: nothing,
      cancelTimeout: nothing,
      landed,
    };
    this.#flights.add(flight);
    this.#issued++;
    flight.cancelTimeout = this.#clock.after(timeoutMs, () => {
      flight.giveUp();
      this.#land(flight, { kind: "failure", failure: "timeout", detail: `no whole answer in ${timeoutMs} ms` });
    });
    const giveUp = this.#transport.send(request, this.#exchangeOf(flight));
    flight.giveUp = giveUp;
    if (this.#issued >= maxRequests && this.#issuing) this.#endIssuing("request-limit");
  }

  #exchangeOf(flight: Flight): Exchange {
    return {
      sent: () => {
        flight.sentMs = this.#clock.now();
      },
      answered: (status, bytes) => {
        const { expectStatus } = flight.request;
        const ok = expectStatus === undefined ? status < 400 : status === expectStatus;
        this.#land(flight, { kind: "answer", status, bytes, ok });
      },
      failed: (failure, detail) => {
        if (failure !== "status") this.#land(flight, { kind: "failure", failure, detail });
      },
    };
  }

  #land(flight: Flight, outcome: Outcome): void {
    if (flight.over) return;
    flight.over = true;
    flight.cancelTimeout();
    this.#flights.delete(flight);
    const now = this.#clock.now();
    const responseMs = now - flight.startMs;
    this.#ticks.ended(outcome, responseMs);
    if (flight.measured) {
      this.#lastEndMs = now;
      this.#records.get(flight.request.endpoint)?.add(outcome, responseMs, now - flight.sentMs);
    }
    flight.landed(outcome.kind === "failure");
    this.#finishWhenLanded();
  }

  #abandon(flight: Flight): void {
    flight.over = true;
    flight.cancelTimeout();
    flight.giveUp();
    this.#flights.delete(flight);
    if (flight.measured) this.#unfinished++;
  }

  /** A timer of the schedule itself: none outlives the run. */
  #later(delayMs: number, callback: () => void): void {
    const cancel = this.#clock.after(delayMs, () => {
      this.#timers.delete(cancel);
      callback();
    });
    this.#timers.add(cancel);
  }

  #endIssuing(ended: RunEnd): void {
    if (!this.#issuing) return;
    this.#issuing = false;
    this.#ended = ended;
    this.#finishWhenLanded();
  }

  #finishWhenLanded(): void {
    if (this.#issuing || this.#flights.size > 0 || this.#finished) return;
    this.#finished = true;
    for (const cancel of this.#timers) cancel();
    this.#ticks.close();
    const plannedEndMs = this.#ended === "completed" ? this.#issueUntilMs : this.#measureFromMs;
    const measurement: Measurement = {
      ended: this.#ended,
      endpoints: [...this.#records.values()],
      durationMs: Math.max(this.#lastEndMs, plannedEndMs) - this.#measureFromMs,
      lag: this.#lag,
      scheduled: this.#scheduled,
      dropped: this.#dropped,
      unfinished: this.#unfinished,
    };
    void this.#transport.close().then(
      () => this.#resolve(measurement),
      () => this.#resolve(measurement),
    );
  }
}
