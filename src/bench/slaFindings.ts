import type { Finding } from "../rules/finding.ts";
import { type EndpointPlace, type EndpointSla, slaOf } from "./choices.ts";
import { bestMatch, parseEndpoint } from "./endpoint.ts";
import { formatMs, formatShare } from "./format.ts";
import type { EndpointResult, RunResult, SlaCheck } from "./result.ts";

export const SLA_BROKEN = "java/sla-broken";

/**
 * What the newest measurement of each endpoint says of its SLA, on the endpoint's mapping. `runs` come newest first; a run that was
 * stopped says nothing. With `slas` the limits of now decide: a limit that was raised or taken away leaves no finding behind.
 */
export function slaFindings(
  runs: readonly RunResult[],
  endpoints: readonly EndpointPlace[],
  slas?: readonly EndpointSla[],
): readonly Finding[] {
  const places = endpoints.map((place) => ({ endpoint: place, at: place.at }));
  const judged = new Set<string>();
  const findings: Finding[] = [];
  for (const run of runs) {
    if (run.ended === "stopped") continue;
    for (const result of run.endpoints) {
      if (judged.has(result.endpoint) || result.count === 0) continue;
      judged.add(result.endpoint);
      const named = parseEndpoint(result.endpoint);
      const place = named === undefined ? undefined : bestMatch(places, named);
      if (place === undefined) continue;
      for (const check of result.checks) {
        const limit = slas === undefined ? check.limit : limitOf(slas, result.endpoint, check.metric);
        if (limit === undefined || !breaks(check, limit)) continue;
        findings.push({
          rule: SLA_BROKEN,
          file: place.at.file,
          span: { start: place.at.start, end: place.at.end },
          severity: "warning",
          certainty: "proven",
          message: messageFor(result, check, limit),
          cost: `measured ${run.startedAt.slice(0, 16).replace("T", " ")} UTC over ${result.count} requests`,
          related: [],
          fixes: [],
        });
      }
    }
  }
  return findings;
}

/** Against its own limit a check has its verdict; against another, the whole interval must lie beyond. */
function breaks(check: SlaCheck, limit: number): boolean {
  if (limit === check.limit) return check.verdict === "FAIL";
  if (check.metric === "throughput") return check.verdict === "FAIL" && limit > check.limit;
  return check.lower === null || check.lower > limit;
}

function limitOf(slas: readonly EndpointSla[], endpoint: string, metric: SlaCheck["metric"]): number | undefined {
  const named = parseEndpoint(endpoint);
  const sla = (slas.find((entry) => entry.endpoint === endpoint) ?? (named === undefined ? undefined : slaOf(named, slas)))?.sla;
  if (metric === "errorRate") return sla?.errorRate;
  return metric === "throughput" ? sla?.throughputPerSecond : sla?.[`${metric}Ms`];
}

const MOST_CHARACTERS = 60;

/** `GET /tickets p95 412 ms, SLA 200 ms` */
function messageFor({ endpoint, errorRate }: EndpointResult, { metric, measured }: SlaCheck, limit: number): string {
  const name = endpoint.length > MOST_CHARACTERS ? `${endpoint.slice(0, MOST_CHARACTERS - 1)}…` : endpoint;
  if (metric === "errorRate") return `${name} fails ${formatShare(errorRate)} of requests, SLA ${formatShare(limit)}`;
  if (metric === "throughput") return `${name} answers ${measured ?? 0} requests/s, SLA ${limit}`;
  const latency = measured === null ? `not met, ${formatShare(errorRate)} failed` : formatMs(measured);
  return `${name} ${metric} ${latency}, SLA ${formatMs(limit)}`;
}
