import { statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { draftFor, type ProjectBenchmarks, slaOf } from "../../bench/choices.ts";
import { endpointName, parseEndpoint, variablesOf } from "../../bench/endpoint.ts";
import { completeDraft, type ScenarioDraft } from "../../bench/panelProtocol.ts";
import { projectBenchmarks } from "../../bench/projectBenchmarks.ts";
import type { RunResult, Tick } from "../../bench/result.ts";
import { keepRun } from "../../bench/runFile.ts";
import { defaultMaxInFlight, type Load } from "../../bench/scenario.ts";
import { NO_PROJECT_FACTS } from "../../facts/project/projectFacts.ts";
import { parseDurationMs, parseRatePerSecond } from "../../facts/project/units.ts";
import { CONFIGURATION_NAMES, type Configuration, readConfiguration } from "../../project/folders.ts";
import { hostPath, nodeHost } from "../../project/nodeHost.ts";
import { join, parentOf } from "../../project/workspacePaths.ts";
import { similarNames } from "../../text/similar.ts";
import { benchReport, liveLine } from "../benchReport.ts";
import { EXIT, type ExitCode, type Io, type Shell, UsageError } from "../io.ts";
import { painter } from "../paint.ts";

export const BENCH_FORMATS = ["text", "json"] as const;

/** As on the command line; quantities are texts with their units. */
export interface BenchOptions {
  readonly endpoint?: string;
  readonly scenario?: string;
  readonly target?: string;
  readonly vus?: string;
  readonly rate?: string;
  readonly duration?: string;
  readonly warmup?: string;
  readonly timeout?: string;
  readonly config?: string;
  readonly format: (typeof BENCH_FORMATS)[number];
  /** The person confirmed a target that is not this machine. */
  readonly allowRemote?: boolean;
  /** False when the run is not to be written to `.performance/runs`. */
  readonly keep: boolean;
}

const DEFAULT_TARGET = "http://127.0.0.1:8080";

/**
 * Sends the load, reports and keeps the run. 0 where every SLA is kept or cannot be judged yet, 1 where one is broken or nothing
 * succeeded. Throws a UsageError where nothing could be sent. `signal` ends the run with what it has.
 */
export async function bench(path: string, options: BenchOptions, { io }: Shell, signal: AbortSignal): Promise<ExitCode> {
  const folder = folderOf(path, io);
  const configuration = await configurationFor(folder, options.config, io);
  const project = projectBenchmarks(configuration?.facts ?? NO_PROJECT_FACTS);
  const draft = withOptions(selected(options, project), options);
  const scenario = completeDraft(draft, options.target ?? draft.target ?? DEFAULT_TARGET, new Map());
  const isLive = options.format === "text" && io.colours;
  const onTick = (tick: Tick) => {
    if (isLive) io.err(`\r\u001b[K${liveLine(tick)}`);
  };
  const { RunRefused, runScenario } = await import("../../bench/runner.ts");
  const result = await runScenario(scenario, { allowRemote: options.allowRemote === true, onTick, signal }).catch((error: unknown) => {
    throw error instanceof RunRefused ? new UsageError(error.message) : error;
  });
  if (isLive) io.err("\r\u001b[K");
  const file = options.keep ? await kept(configuration === undefined ? folder : dirname(configuration.path), result, io) : undefined;
  if (options.format === "json") io.out(`${JSON.stringify({ version: 1, file: file ?? null, result }, null, 2)}\n`);
  else io.out(benchReport(result, { paint: painter(io.colours), file }));
  const nothingSucceeded =
    result.endpoints.every(({ count, failed }) => failed === count) && result.endpoints.some(({ count }) => count > 0);
  return result.verdict === "FAIL" || nothingSucceeded ? EXIT.findings : EXIT.clean;
}

function folderOf(path: string, io: Io): string {
  const folder = resolve(io.cwd, path);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw new UsageError(`There is no folder ${path}`);
  return folder;
}

/** The project file that was named, else the nearest one at or above the folder. */
async function configurationFor(folder: string, named: string | undefined, io: Io): Promise<Configuration | undefined> {
  if (named !== undefined) {
    const configuration = await readConfiguration(nodeHost, hostPath(resolve(io.cwd, named)), true);
    if (configuration === undefined) throw new UsageError(`There is no project file ${named}`);
    return configuration;
  }
  for (let at: string | undefined = hostPath(folder); at !== undefined; at = parentOf(at)) {
    for (const name of CONFIGURATION_NAMES) {
      const configuration = await readConfiguration(nodeHost, join(at, name), false);
      if (configuration !== undefined) return configuration;
    }
  }
  return undefined;
}

function selected({ endpoint, scenario }: BenchOptions, project: ProjectBenchmarks): ScenarioDraft {
  if (endpoint !== undefined && scenario !== undefined) throw new UsageError("Give --endpoint or --scenario, not both");
  if (endpoint !== undefined) return draftForEndpoint(endpoint, project);
  const names = project.scenarios.map(({ name }) => name);
  if (scenario === undefined) {
    const known = names.length === 0 ? "performance.yaml has no scenarios" : `scenarios: ${names.join(", ")}`;
    throw new UsageError(`Say what to run: --endpoint "GET /path" or --scenario NAME (${known})`);
  }
  const found = project.scenarios.find(({ name }) => name === scenario);
  if (found !== undefined) return found;
  const near = similarNames(scenario, names);
  const hint =
    near.length > 0 ? `Did you mean ${near.join(" or ")}?` : names.length > 0 ? `There are ${names.join(", ")}` : "There are none";
  throw new UsageError(`performance.yaml has no scenario "${scenario}". ${hint}`);
}

function draftForEndpoint(text: string, project: ProjectBenchmarks): ScenarioDraft {
  const endpoint = parseEndpoint(text);
  if (endpoint === undefined) throw new UsageError(`"${text}" is no endpoint; give method and path, as in "GET /tickets/42"`);
  const [variable] = variablesOf(endpoint.path);
  if (variable !== undefined) throw new UsageError(`${endpointName(endpoint)} needs a value for ${variable}, as in "GET /tickets/42"`);
  const known = slaOf(endpoint, project.slas);
  const draft = draftFor(endpoint, known?.sla);
  // A query may hold a token: it is sent and never kept.
  const name = endpointName(endpoint).replace(/\?.*$/, "");
  // Results go by the project's own name of the endpoint, so that its SLA and its history are found.
  return { ...draft, name, requests: draft.requests.map((request) => ({ ...request, endpoint: known?.endpoint ?? name })) };
}

function withOptions(draft: ScenarioDraft, options: BenchOptions): ScenarioDraft {
  const timeoutMs = duration("--timeout", options.timeout) ?? draft.timeoutMs;
  return {
    ...draft,
    timeoutMs,
    load: loadOf(draft.load, options, timeoutMs),
    durationMs: duration("--duration", options.duration) ?? draft.durationMs,
    warmupMs: duration("--warmup", options.warmup) ?? draft.warmupMs,
  };
}

function loadOf(load: Load, { vus, rate }: BenchOptions, timeoutMs: number): Load {
  if (vus !== undefined && rate !== undefined) throw new UsageError("Give --vus (closed model) or --rate (open model), not both");
  if (vus !== undefined) {
    if (!/^[1-9]\d*$/.test(vus)) throw new UsageError(`--vus is a number of users, not "${vus}"`);
    return { executor: "constant-vus", vus: Number(vus) };
  }
  if (rate === undefined) return load;
  const ratePerSecond = /^\d+(\.\d+)?$/.test(rate) ? Number(rate) : parseRatePerSecond(rate);
  if (ratePerSecond === undefined || ratePerSecond === 0) throw new UsageError(`--rate is requests a second, not "${rate}"`);
  return { executor: "constant-arrival-rate", ratePerSecond, maxInFlight: defaultMaxInFlight(ratePerSecond, timeoutMs) };
}

function duration(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ms = parseDurationMs(text);
  if (ms === undefined) throw new UsageError(`${option} is a time with its unit, such as 500ms, 10s or 2m, not "${text}"`);
  return ms;
}

async function kept(folder: string, result: RunResult, io: Io): Promise<string | undefined> {
  try {
    return await keepRun(folder, result);
  } catch (error) {
    io.err(`The run could not be kept: ${error instanceof Error ? error.message : String(error)}\n`);
    return undefined;
  }
}
