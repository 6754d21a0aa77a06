import type { LatencyHistogram } from "./histogram.ts";

export const PERCENTILES = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 } as const;
export type PercentileName = keyof typeof PERCENTILES;

/** Milliseconds, to the microsecond. A percentile is the smallest latency that its share of all requests do not exceed. */
export interface LatencySummary {
  readonly count: number;
  readonly minMs: number;
  readonly meanMs: number;
  readonly p50Ms: number;
  readonly p90Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

export function summarise(histogram: LatencyHistogram): LatencySummary {
  return {
    count: histogram.count,
    minMs: toMicros(histogram.minMs),
    meanMs: toMicros(histogram.meanMs),
    p50Ms: toMicros(histogram.quantileMs(PERCENTILES.p50)),
    p90Ms: toMicros(histogram.quantileMs(PERCENTILES.p90)),
    p95Ms: toMicros(histogram.quantileMs(PERCENTILES.p95)),
    p99Ms: toMicros(histogram.quantileMs(PERCENTILES.p99)),
    maxMs: toMicros(histogram.maxMs),
  };
}

const JITTER_MS = 2;

/**
 * From when a request's response time counts. In the open model that is when the schedule wanted it sent, so that a request which
 * a stall held back has waited since then (coordinated omission, Gil Tene). A lag within the timer's own grain is the generator's
 * and is not charged to a server that answers in less.
 */
export function startOf(intendedMs: number, dispatchedMs: number): number {
  return dispatchedMs - intendedMs <= JITTER_MS ? dispatchedMs : intendedMs;
}

export const toMicros = (ms: number): number => Math.round(ms * 1000) / 1000;
