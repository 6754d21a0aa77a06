import type { Clock } from "./clock.ts";
import { LatencyHistogram } from "./histogram.ts";
import { PERCENTILES, toMicros } from "./latency.ts";
import { isTimed, type Outcome } from "./recorder.ts";
import type { Tick } from "./result.ts";

const TICK_MS = 500;

/** Sums up every half second of a run for whoever watches it. */
export class TickMeter {
  readonly #clock: Clock;
  readonly #warmupMs: number;
  readonly #inFlight: () => number;
  readonly #onTick: (tick: Tick) => void;
  readonly #startMs: number;
  readonly #latencies = LatencyHistogram.create();
  #sinceMs: number;
  #ended = 0;
  #failed = 0;
  #dropped = 0;
  #cancel: () => void;
  #closed = false;

  constructor(clock: Clock, warmupMs: number, inFlight: () => number, onTick: (tick: Tick) => void) {
    this.#clock = clock;
    this.#warmupMs = warmupMs;
    this.#inFlight = inFlight;
    this.#onTick = onTick;
    this.#startMs = clock.now();
    this.#sinceMs = this.#startMs;
    this.#cancel = this.#schedule();
  }

  ended(outcome: Outcome, responseMs: number): void {
    this.#ended++;
    if (outcome.kind === "failure" || !outcome.ok) this.#failed++;
    if (isTimed(outcome)) this.#latencies.record(responseMs);
  }

  dropped(): void {
    this.#dropped++;
  }

  /** Reports what is left and falls silent. A rate over a few milliseconds says nothing: so short a rest is left out. */
  close(): void {
    this.#closed = true;
    this.#cancel();
    const isShort = this.#clock.now() - this.#sinceMs < TICK_MS / 4;
    if (!isShort || this.#failed > 0 || this.#dropped > 0) this.#report();
  }

  #schedule(): () => void {
    return this.#clock.after(TICK_MS, () => {
      this.#report();
      // Whoever was told may have ended the run.
      if (!this.#closed) this.#cancel = this.#schedule();
    });
  }

  #report(): void {
    const now = this.#clock.now();
    const spentMs = now - this.#sinceMs;
    if (spentMs <= 0) return;
    const percentile = (share: number) => (this.#latencies.count === 0 ? null : toMicros(this.#latencies.quantileMs(share)));
    const tick: Tick = {
      tMs: toMicros(now - this.#startMs),
      warmup: now - this.#startMs <= this.#warmupMs,
      rate: (this.#ended * 1000) / spentMs,
      p50Ms: percentile(PERCENTILES.p50),
      p95Ms: percentile(PERCENTILES.p95),
      p99Ms: percentile(PERCENTILES.p99),
      failed: this.#failed,
      inFlight: this.#inFlight(),
      dropped: this.#dropped,
    };
    this.#latencies.reset();
    this.#sinceMs = now;
    this.#ended = 0;
    this.#failed = 0;
    this.#dropped = 0;
    this.#onTick(tick);
  }
}
