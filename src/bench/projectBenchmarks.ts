import type { ProjectFacts, Scenario as WrittenScenario, Sla as WrittenSla } from "../facts/project/projectFacts.ts";
import { type EndpointSla, type ProjectBenchmarks, slaOf } from "./choices.ts";
import { METHODS, parseEndpoint } from "./endpoint.ts";
import type { ScenarioDraft } from "./panelProtocol.ts";
import { DEFAULTS, defaultMaxInFlight, type Load, type Sla } from "./scenario.ts";

/** What a `performance.yaml` says of benchmarks. A scenario gets the SLA of its endpoint. */
export function projectBenchmarks(facts: ProjectFacts): ProjectBenchmarks {
  const slas = facts.slas.map((written): EndpointSla => ({ endpoint: written.endpoint, sla: slaFrom(written) }));
  return { slas, scenarios: facts.scenarios.map((written) => draftFrom(written, slas)) };
}

function slaFrom({ p50Ms, p90Ms, p95Ms, p99Ms, maxMs, errorRate, throughputPerSecond }: WrittenSla): Sla {
  return {
    ...(p50Ms === undefined ? {} : { p50Ms }),
    ...(p90Ms === undefined ? {} : { p90Ms }),
    ...(p95Ms === undefined ? {} : { p95Ms }),
    ...(p99Ms === undefined ? {} : { p99Ms }),
    ...(maxMs === undefined ? {} : { maxMs }),
    ...(errorRate === undefined ? {} : { errorRate }),
    ...(throughputPerSecond === undefined ? {} : { throughputPerSecond }),
  };
}

function draftFrom(written: WrittenScenario, slas: readonly EndpointSla[]): ScenarioDraft {
  const { name, endpoint, headers, body, durationMs, warmupMs, timeoutMs } = written;
  const { origin, path } = partsOf(written.url);
  const method = METHODS.find((known) => known === written.method) ?? "GET";
  const named = parseEndpoint(endpoint);
  const sla = named === undefined ? undefined : slaOf(named, slas)?.sla;
  return {
    name,
    target: origin ?? written.target,
    load: loadFrom(written),
    warmupMs,
    durationMs,
    timeoutMs,
    maxRequests: DEFAULTS.maxRequests,
    requests: [
      {
        endpoint,
        method,
        path,
        ...(Object.keys(headers).length === 0 ? {} : { headers }),
        ...(body === undefined ? {} : { body }),
        ...(sla === undefined ? {} : { sla }),
      },
    ],
  };
}

function loadFrom({ executor, vus, ratePerSecond, timeoutMs }: WrittenScenario): Load {
  if (executor === "constant-arrival-rate" && ratePerSecond !== undefined)
    return { executor, ratePerSecond, maxInFlight: defaultMaxInFlight(ratePerSecond, timeoutMs) };
  return { executor: "constant-vus", vus: vus ?? 1 };
}

/** `http://host:port` and `/path?query` of a URL; a path alone has no origin. */
function partsOf(url: string): { readonly origin: string | undefined; readonly path: string } {
  const [, origin, rest] = /^(https?:\/\/[^/?#]*)?(.*)$/s.exec(url) ?? [];
  const path = (rest ?? "").replace(/#.*$/, "");
  return { origin, path: path.startsWith("/") ? path : `/${path}` };
}
