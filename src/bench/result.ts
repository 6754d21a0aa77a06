import type { LatencySummary, PercentileName } from "./latency.ts";
import type { Load } from "./scenario.ts";
import type { FailureKind } from "./transport.ts";

/** What a run measured, as plain data: shown, kept and compared. Milliseconds; shares from 0 to 1. */
export interface RunResult {
  readonly name: string;
  readonly target: string;
  readonly load: Load;
  readonly warmupMs: number;
  /** Time from the first measured request to the end of the last one. */
  readonly durationMs: number;
  /** Wall clock at the start, ISO 8601 in UTC. */
  readonly startedAt: string;
  readonly ended: RunEnd;
  readonly endpoints: readonly EndpointResult[];
  readonly generator: GeneratorHealth;
  /** Over all endpoints; null where nobody set a limit. */
  readonly verdict: Verdict | null;
}

/** completed: the whole time was measured; stopped: a person stopped it; request-limit: it reached the most requests of a run. */
export type RunEnd = "completed" | "stopped" | "request-limit";

export interface EndpointResult {
  readonly endpoint: string;
  /** Requests that ended, well or not. */
  readonly count: number;
  readonly failed: number;
  readonly failures: Readonly<Partial<Record<FailureKind, number>>>;
  /** Answers by status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** The most frequent reasons of failures, at most ten. */
  readonly reasons: readonly { readonly detail: string; readonly count: number }[];
  readonly errorRate: number;
  /** Successful answers. */
  readonly ratePerSecond: number;
  readonly bytes: number;
  /** From the intended start, of successes and of what was given up after the timeout. */
  readonly response: LatencySummary;
  /** From when the request went onto its connection. */
  readonly service: LatencySummary;
  readonly checks: readonly SlaCheck[];
  readonly verdict: Verdict | null;
  /** Response times in µs as compressed HdrHistogram V2, base64. */
  readonly histogram: string;
}

export type Verdict = "PASS" | "FAIL" | "INCONCLUSIVE";

export type SlaMetric = PercentileName | "max" | "errorRate" | "throughput";

/** One limit against what was measured. `lower` and `upper` are the ends of a 95 % interval; null lies beyond every answer. */
export interface SlaCheck {
  readonly metric: SlaMetric;
  /** Milliseconds, a share, or answers per second. */
  readonly limit: number;
  /** null where so many requests failed that the percentile is a failure. */
  readonly measured: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly samples: number;
  readonly verdict: Verdict;
  /** Why it is inconclusive, or what made it fail beyond latency; one line. */
  readonly note: string | null;
}

/** Whether the figures are the server's or the generator's. */
export interface GeneratorHealth {
  /** How late requests were sent against the schedule; 0 in the closed model. */
  readonly lagP99Ms: number;
  readonly lagMaxMs: number;
  /** Busy share of the generator's thread. */
  readonly utilisation: number;
  /** Requests never sent since too many were in flight. */
  readonly dropped: number;
  /** Requests of the schedule, or sent, within the measured time. */
  readonly scheduled: number;
  /** In flight when the run was stopped. */
  readonly unfinished: number;
  /** What a reader must know before trusting the figures. */
  readonly warnings: readonly string[];
}

/** What happened in the last part of a second. */
export interface Tick {
  /** Milliseconds since the start of the run, warm-up included. */
  readonly tMs: number;
  readonly warmup: boolean;
  /** Answers and failures per second. */
  readonly rate: number;
  /** null when nothing was answered. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
  readonly failed: number;
  readonly inFlight: number;
  readonly dropped: number;
}
