import type { Place } from "../text/positions.ts";
import { bestMatch, type Endpoint, endpointName, matchesEndpoint, parseEndpoint, variablesOf } from "./endpoint.ts";
import { describeRun, formatMs, formatShare } from "./format.ts";
import type { BenchmarkChoice, ScenarioDraft } from "./panelProtocol.ts";
import { DEFAULTS, type Sla } from "./scenario.ts";

/** What the project file says of benchmarks, in this folder's terms. */
export interface ProjectBenchmarks {
  readonly slas: readonly EndpointSla[];
  readonly scenarios: readonly ScenarioDraft[];
}

export interface EndpointSla {
  /** As the project names it: `GET /tickets/{id}`. */
  readonly endpoint: string;
  readonly sla: Sla;
}

/** An endpoint that the code has, and where its mapping stands. */
export interface EndpointPlace extends Endpoint {
  readonly at: Place;
}

/** What a person may run: the project's scenarios, its endpoints with an SLA, then the other GET endpoints of the code. */
export function benchmarkChoices(project: ProjectBenchmarks, endpoints: readonly EndpointPlace[]): readonly BenchmarkChoice[] {
  const scenarios = project.scenarios.map((draft) => choice("scenario", draft.name, describeRun(draft), draft));
  const withSla = project.slas.flatMap(({ endpoint, sla }) => {
    const named = parseEndpoint(endpoint);
    return named === undefined ? [] : [{ named, choice: choice("sla", endpointName(named), describeSla(sla), draftFor(named, sla)) }];
  });
  const others = endpoints
    .filter((found) => found.method === "GET" && !withSla.some(({ named }) => matchesEndpoint(named, found)))
    .map((found) => choice("endpoint", endpointName(found), nameOf(found.at), draftFor(found, undefined)));
  const seen = new Set<string>();
  return [...scenarios, ...withSla.map(({ choice }) => choice), ...others].filter(({ kind, label }) => {
    const key = `${kind} ${label}`;
    return !seen.has(key) && seen.add(key) !== undefined;
  });
}

/** The end of a long path is what tells files apart, and what a list would cut off. */
const nameOf = ({ file }: Place): string => file.slice(file.lastIndexOf("/") + 1);

/** One endpoint with the usual load. */
export function draftFor(endpoint: Endpoint, sla: Sla | undefined): ScenarioDraft {
  const name = endpointName(endpoint);
  return {
    name,
    load: { executor: "constant-vus", vus: DEFAULTS.vus },
    warmupMs: DEFAULTS.warmupMs,
    durationMs: DEFAULTS.durationMs,
    timeoutMs: DEFAULTS.timeoutMs,
    maxRequests: DEFAULTS.maxRequests,
    requests: [{ endpoint: name, method: endpoint.method, path: endpoint.path, ...(sla === undefined ? {} : { sla }) }],
  };
}

/** The SLA that a concrete call falls under, and the name that the project gives its endpoint. */
export function slaOf(call: Endpoint, slas: readonly EndpointSla[]): EndpointSla | undefined {
  const candidates = slas.flatMap((entry) => {
    const endpoint = parseEndpoint(entry.endpoint);
    return endpoint === undefined ? [] : [{ endpoint, entry }];
  });
  return bestMatch(candidates, call)?.entry;
}

function describeSla(sla: Sla): string {
  const latencies = (["p50", "p90", "p95", "p99"] as const).flatMap((name) => {
    const limit = sla[`${name}Ms`];
    return limit === undefined ? [] : [`${name} ${formatMs(limit)}`];
  });
  return [
    ...latencies,
    ...(sla.maxMs === undefined ? [] : [`max ${formatMs(sla.maxMs)}`]),
    ...(sla.errorRate === undefined ? [] : [`errors ${formatShare(sla.errorRate)}`]),
    ...(sla.throughputPerSecond === undefined ? [] : [`${sla.throughputPerSecond} requests/s`]),
  ].join(", ");
}

function choice(kind: BenchmarkChoice["kind"], label: string, detail: string, draft: ScenarioDraft): BenchmarkChoice {
  return { kind, label, detail, draft, variables: [...new Set(draft.requests.flatMap(({ path }) => variablesOf(path)))] };
}
