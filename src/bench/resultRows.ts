import { formatMs, formatShare } from "./format.ts";
import type { EndpointResult, RunResult, SlaCheck, Verdict } from "./result.ts";

/** What every table of results shows of an endpoint, in this order. */
export const RESULT_COLUMNS = ["Endpoint", "Requests", "p50", "p90", "p95", "p99", "max", "Errors", "Rate", "SLA"] as const;

/** One endpoint as the cells of RESULT_COLUMNS. What is said of too few requests is a dash, since it says nothing. */
export function resultRow(result: EndpointResult): readonly string[] {
  const { endpoint, count, response, errorRate, ratePerSecond, verdict } = result;
  const latency = (ms: number, leastSamples: number) => (response.count < leastSamples ? "–" : formatMs(ms));
  return [
    endpoint,
    String(count),
    latency(response.p50Ms, 1),
    latency(response.p90Ms, 10),
    latency(response.p95Ms, 20),
    latency(response.p99Ms, 100),
    latency(response.maxMs, 1),
    count === 0 ? "–" : formatShare(errorRate),
    count === 0 ? "–" : `${Number(ratePerSecond.toFixed(ratePerSecond < 10 ? 2 : 0))}/s`,
    verdictText(verdict),
  ];
}

/** A word and a sign, so that colour is never the only carrier. */
export function verdictText(verdict: Verdict | null): string {
  return verdict === null ? "no SLA" : `${{ PASS: "✓", FAIL: "✗", INCONCLUSIVE: "?" }[verdict]} ${verdict}`;
}

/** `p95 412 ms, SLA 200 ms: FAIL (95 % interval 408 ms to 420 ms, 1000 requests)` */
export function checkText({ metric, limit, measured, lower, upper, samples, verdict, note }: SlaCheck): string {
  const value = (amount: number) =>
    metric === "errorRate" ? formatShare(amount) : metric === "throughput" ? `${amount}/s` : formatMs(amount);
  const name = { errorRate: "errors", throughput: "rate", max: "max", p50: "p50", p90: "p90", p95: "p95", p99: "p99" }[metric];
  const isInterval = lower !== upper && samples > 0;
  const interval = isInterval
    ? `95 % interval ${lower === null ? "failed" : value(lower)} to ${upper === null ? "beyond what was answered" : value(upper)}, `
    : "";
  const reason = note === null ? "" : `; ${note}`;
  const was = measured !== null ? value(measured) : samples === 0 ? "not measured" : "not reached";
  return `${name} ${was}, SLA ${value(limit)}: ${verdict} (${interval}${samples} requests${reason})`;
}

/** What a reader must know beside the figures: failures by kind, and what the load generator says of itself. */
export function remarks({ endpoints, generator, ended }: RunResult): readonly string[] {
  const failing = endpoints
    .filter(({ failed }) => failed > 0)
    .map(({ endpoint, failed, reasons }) => {
      const [most] = reasons;
      return `${endpoint}: ${failed} failed${most === undefined ? "" : `, mostly ${most.detail} (${most.count})`}`;
    });
  const stopped = ended === "stopped" ? ["The run was stopped before its end"] : [];
  const limited = ended === "request-limit" ? ["The run ended at its most requests"] : [];
  const nothing = generator.scheduled === 0 ? ["Nothing was sent in the measured time, so nothing is said of it"] : [];
  return [...stopped, ...limited, ...nothing, ...failing, ...generator.warnings];
}
