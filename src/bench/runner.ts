import { connect } from "node:net";
import { performance } from "node:perf_hooks";
import { type Clock, systemClock } from "./clock.ts";
import { type Measurement, startEngine } from "./engine.ts";
import { formatMs, formatShare } from "./format.ts";
import { summarise, toMicros } from "./latency.ts";
import type { EndpointRecord } from "./recorder.ts";
import type { EndpointResult, GeneratorHealth, RunResult, Tick } from "./result.ts";
import { readScenario, type Scenario } from "./scenario.ts";
import { checkTarget } from "./target.ts";
import { undiciTransport } from "./undiciTransport.ts";
import { judge, overall } from "./verdict.ts";

export interface RunnerOptions {
  /** The person confirmed a target that is not this machine. */
  readonly allowRemote: boolean;
  readonly onTick: (tick: Tick) => void;
  /** Stops the run, which then ends with what it has. */
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
}

/** A run that did not take place: the message says why and what to do. */
export class RunRefused extends Error {
  /** The host that the person would have to confirm. */
  readonly remoteHost: string | undefined;

  constructor(message: string, remoteHost?: string) {
    super(message);
    this.remoteHost = remoteHost;
  }
}

/** Checks a scenario, runs it and judges it. Rejects with RunRefused where it cannot start. */
export async function runScenario(input: unknown, options: RunnerOptions): Promise<RunResult> {
  const read = readScenario(input);
  if (!read.ok) throw new RunRefused(`The scenario is not valid: ${read.why}`);
  const { scenario } = read;
  const target = checkTarget(scenario.target, options.allowRemote);
  if (!target.ok) throw new RunRefused(target.why, target.remoteHost);
  await reach(target.url, Math.min(scenario.timeoutMs, 5000));
  if (options.signal?.aborted) throw new RunRefused("The run was stopped before it began");

  const { load } = scenario;
  const connections = load.executor === "constant-vus" ? load.vus : load.maxInFlight;
  const startedAt = new Date().toISOString();
  const before = performance.eventLoopUtilization();
  const run = startEngine(scenario, {
    clock: options.clock ?? systemClock,
    transport: undiciTransport(target.url, connections, scenario.timeoutMs),
    onTick: options.onTick,
  });
  const stop = () => run.stop();
  options.signal?.addEventListener("abort", stop, { once: true });
  const measurement = await run.done;
  options.signal?.removeEventListener("abort", stop);
  return resultOf(scenario, startedAt, measurement, performance.eventLoopUtilization(before).utilization);
}

/** The measurement as data with verdicts. `utilisation` is the busy share of the thread that sent the load. */
export function resultOf(scenario: Scenario, startedAt: string, measurement: Measurement, utilisation: number): RunResult {
  const generator = healthOf(scenario, measurement, utilisation);
  const endpoints = measurement.endpoints.map((record) => endpointResult(record, scenario, measurement.durationMs, generator));
  return {
    name: scenario.name,
    target: scenario.target,
    load: scenario.load,
    warmupMs: scenario.warmupMs,
    durationMs: toMicros(measurement.durationMs),
    startedAt,
    ended: measurement.ended,
    endpoints,
    generator,
    verdict: overall(endpoints.map(({ verdict }) => verdict)),
  };
}

function endpointResult(record: EndpointRecord, scenario: Scenario, durationMs: number, generator: GeneratorHealth): EndpointResult {
  const { count, failed, response, service } = record;
  const sla = scenario.requests.find(({ endpoint, sla }) => endpoint === record.endpoint && sla !== undefined)?.sla;
  const timeouts = record.failures.get("timeout") ?? 0;
  const ratePerSecond = durationMs <= 0 ? 0 : ((count - failed) * 1000) / durationMs;
  const askedPerSecond = askedOf(scenario, record.endpoint);
  const checks = sla === undefined ? [] : judge(sla, { count, failed, timeouts, response, ratePerSecond, askedPerSecond, generator });
  return {
    endpoint: record.endpoint,
    count,
    failed,
    failures: Object.fromEntries(record.failures),
    statuses: Object.fromEntries(record.statuses),
    reasons: [...record.reasons].map(([detail, count]) => ({ detail, count })).sort((a, b) => b.count - a.count),
    errorRate: count === 0 ? 0 : failed / count,
    ratePerSecond,
    bytes: record.bytes,
    response: summarise(response),
    service: summarise(service),
    checks,
    verdict: overall(checks.map(({ verdict }) => verdict)),
    histogram: response.encode(),
  };
}

/** Requests go round: an endpoint gets the share of them that names it. */
function askedOf({ load, requests }: Scenario, name: string): number | undefined {
  if (load.executor === "constant-vus") return undefined;
  return (load.ratePerSecond * requests.filter(({ endpoint }) => endpoint === name).length) / requests.length;
}

function healthOf(scenario: Scenario, measurement: Measurement, utilisation: number): GeneratorHealth {
  const { lag, dropped, scheduled, unfinished } = measurement;
  const lagP99Ms = toMicros(lag.quantileMs(0.99));
  const warnings: string[] = [];
  if (lagP99Ms > LAG_WORTH_SAYING_MS) warnings.push(`The generator sent 1 % of the requests ${formatMs(lagP99Ms)} late or more`);
  if (utilisation > 0.85) warnings.push(`The generator was busy ${formatShare(utilisation)} of the time: latencies may be its own`);
  if (dropped > 0) warnings.push(`${dropped} of ${scheduled} requests were not sent: ${maxInFlightOf(scenario)} were in flight`);
  if (unfinished > 0) warnings.push(`${unfinished} requests were in flight when the run was stopped`);
  return {
    lagP99Ms,
    lagMaxMs: toMicros(lag.maxMs),
    utilisation: Math.round(utilisation * 1000) / 1000,
    dropped,
    scheduled,
    unfinished,
    warnings,
  };
}

const LAG_WORTH_SAYING_MS = 5;

const maxInFlightOf = ({ load }: Scenario) => (load.executor === "constant-vus" ? load.vus : load.maxInFlight);

/** One connection, so that a server which is not there is said at once and not as a run full of errors. */
function reach(url: URL, timeoutMs: number): Promise<void> {
  const port = url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: url.hostname.replace(/^\[|\]$/g, ""), port, timeout: timeoutMs });
    const refuse = (why: string) => {
      socket.destroy();
      reject(new RunRefused(`Nothing answers at ${url.origin} (${why}): is the application running?`));
    };
    socket.once("connect", () => {
      socket.destroy();
      resolve();
    });
    socket.once("timeout", () => refuse(`no connection in ${timeoutMs} ms`));
    socket.once("error", (error: NodeJS.ErrnoException) => refuse(error.code ?? error.message));
  });
}
