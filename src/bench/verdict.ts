import { formatMs, formatShare } from "./format.ts";
import type { LatencyHistogram } from "./histogram.ts";
import { PERCENTILES, type PercentileName, toMicros } from "./latency.ts";
import type { GeneratorHealth, SlaCheck, Verdict } from "./result.ts";
import type { Sla } from "./scenario.ts";
import { minimumSamples, quantileRanks, wilson } from "./statistics.ts";

/** What a verdict is formed from. */
export interface Evidence {
  /** Requests that ended. */
  readonly count: number;
  readonly failed: number;
  readonly timeouts: number;
  /** Of successes and timeouts. */
  readonly response: LatencyHistogram;
  /** Whose fault a delay may be other than the server's. */
  /** Successful answers. */
  readonly ratePerSecond: number;
  /** What the schedule asked of this endpoint; undefined in the closed model, which asks for as much as there is. */
  readonly askedPerSecond: number | undefined;
  readonly generator: Pick<GeneratorHealth, "lagP99Ms" | "lagMaxMs" | "utilisation" | "dropped" | "scheduled">;
}

/**
 * Each limit against the 95 % interval of what was measured: PASS where the whole interval keeps it, FAIL where the whole interval
 * breaks it, INCONCLUSIVE in between or where the generator and not the server may have made the difference. A failed request is
 * slower than any limit, so that errors never make a percentile look good.
 */
export function judge(sla: Sla, evidence: Evidence): readonly SlaCheck[] {
  const checks: SlaCheck[] = [];
  for (const name of Object.keys(PERCENTILES) as PercentileName[]) {
    const limit = sla[`${name}Ms`];
    if (limit !== undefined) checks.push(percentileCheck(name, limit, evidence));
  }
  if (sla.maxMs !== undefined) checks.push(maxCheck(sla.maxMs, evidence));
  if (sla.errorRate !== undefined) checks.push(errorRateCheck(sla.errorRate, evidence));
  if (sla.throughputPerSecond !== undefined) checks.push(throughputCheck(sla.throughputPerSecond, evidence));
  return checks;
}

/** The worst of all; null where there is nothing to judge. */
export function overall(verdicts: readonly (Verdict | null)[]): Verdict | null {
  return (["FAIL", "INCONCLUSIVE", "PASS"] as const).find((verdict) => verdicts.includes(verdict)) ?? null;
}

/** Above it the answers wait for us. */
const SATURATED = 0.85;
const TOLERATED_DROPS = 0.001;

function percentileCheck(metric: PercentileName, limit: number, evidence: Evidence): SlaCheck {
  const { count, failed, timeouts, response, generator } = evidence;
  const share = PERCENTILES[metric];
  const succeeded = response.count - timeouts;
  const at = (rank: number) => (rank > succeeded ? null : rank < 1 ? 0 : toMicros(response.rankMs(rank)));
  const ranks = quantileRanks(count, share);
  const lower = count === 0 ? 0 : at(ranks.lower);
  const upper = at(ranks.upper);
  const check = { metric, limit, measured: count === 0 ? null : at(Math.ceil(share * count - 1e-9)), lower, upper, samples: count };

  // The table's percentile is of the answers alone; this one is not, and says so where the two differ.
  const slower = failed === 0 ? null : `${failed} failed and count as slower`;
  if (upper !== null && upper <= limit) return passUnlessDropped(check, generator, slower);
  if (lower === null) return { verdict: "FAIL", note: `${formatShare(failed / count)} of the requests failed`, ...check };
  if (lower > limit) {
    if (generator.utilisation > SATURATED)
      return { verdict: "INCONCLUSIVE", note: `the load generator was busy ${formatShare(generator.utilisation)} of the time`, ...check };
    if (lower - generator.lagP99Ms > limit) return { verdict: "FAIL", note: slower, ...check };
    return { verdict: "INCONCLUSIVE", note: `the load generator itself lagged ${formatMs(generator.lagP99Ms)}`, ...check };
  }
  return { verdict: "INCONCLUSIVE", note: tooFew(share, count) ?? slower, ...check };
}

/** Where there are enough, the interval itself says why. */
function tooFew(share: number, count: number): string | null {
  const needed = minimumSamples(share);
  return count < needed ? `the percentile needs at least ${needed}` : null;
}

const NONE_ENDED = "no request ended";

/** No sample proves a maximum: the limit speaks of this run. */
function maxCheck(limit: number, { count, failed, response, generator }: Evidence): SlaCheck {
  const slowest = count === 0 || failed > 0 ? null : toMicros(response.maxMs);
  const check = { metric: "max", limit, measured: slowest, lower: slowest, upper: slowest, samples: count } as const;
  if (count === 0) return { verdict: "INCONCLUSIVE", note: NONE_ENDED, ...check, lower: 0 };
  if (slowest === null) return { verdict: "FAIL", note: `${formatShare(failed / count)} of the requests failed`, ...check };
  if (slowest <= limit) return passUnlessDropped(check, generator);
  if (slowest - generator.lagMaxMs > limit) return { verdict: "FAIL", note: null, ...check };
  return { verdict: "INCONCLUSIVE", note: `the load generator itself lagged ${formatMs(generator.lagMaxMs)}`, ...check };
}

/** The last answers of a run come after its end: so much less is as much as was asked for. */
const TAIL = 0.01;

function throughputCheck(limit: number, { count, ratePerSecond, askedPerSecond, generator }: Evidence): SlaCheck {
  const measured = Math.round(ratePerSecond * 100) / 100;
  const check = { metric: "throughput", limit, measured, lower: measured, upper: measured, samples: count } as const;
  if (count === 0) return { verdict: "INCONCLUSIVE", note: NONE_ENDED, ...check, measured: null };
  if (measured >= limit * (1 - TAIL)) return { verdict: "PASS", note: null, ...check };
  if (askedPerSecond !== undefined && askedPerSecond < limit)
    return { verdict: "INCONCLUSIVE", note: `the run asked for ${Number(askedPerSecond.toFixed(2))} requests/s only`, ...check };
  if (generator.utilisation > SATURATED)
    return { verdict: "INCONCLUSIVE", note: `the load generator was busy ${formatShare(generator.utilisation)} of the time`, ...check };
  return { verdict: "FAIL", note: null, ...check };
}

function errorRateCheck(limit: number, { count, failed, generator }: Evidence): SlaCheck {
  const { lower, upper } = wilson(failed, count);
  const check = { metric: "errorRate", limit, measured: count === 0 ? null : failed / count, lower, upper, samples: count } as const;
  if (count === 0) return { verdict: "INCONCLUSIVE", note: NONE_ENDED, ...check };
  // No sample proves a rate of zero: that limit says that this run has no failure.
  if (limit === 0) return failed > 0 ? { verdict: "FAIL", note: null, ...check } : passUnlessDropped(check, generator);
  if (upper <= limit) return passUnlessDropped(check, generator);
  if (lower > limit) return { verdict: "FAIL", note: null, ...check };
  return { verdict: "INCONCLUSIVE", note: null, ...check };
}

/** Requests that were never sent are the slowest ones. */
function passUnlessDropped(
  check: Omit<SlaCheck, "verdict" | "note">,
  { dropped, scheduled }: Evidence["generator"],
  note: string | null = null,
): SlaCheck {
  if (dropped <= scheduled * TOLERATED_DROPS) return { verdict: "PASS", note, ...check };
  return { verdict: "INCONCLUSIVE", note: `${dropped} of ${scheduled} requests were not sent: too many were in flight`, ...check };
}
