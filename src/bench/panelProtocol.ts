import { isRecord, isResult, isTick } from "./protocol.ts";
import type { RunResult, Tick } from "./result.ts";
import type { Scenario } from "./scenario.ts";

export { describeRun, formatMs } from "./format.ts";
export type { EndpointResult, RunResult, SlaCheck, Tick } from "./result.ts";
export { checkText, RESULT_COLUMNS, remarks, resultRow, verdictText } from "./resultRows.ts";
export type { Scenario } from "./scenario.ts";
export { remarkOnTarget } from "./target.ts";

/** A scenario that still lacks its target, and values for the `{variables}` in its paths. */
export type ScenarioDraft = Omit<Scenario, "target"> & {
  /** Where the project says that it runs. */
  readonly target?: string | undefined;
};

/** One thing that can be run: a scenario of the project, an endpoint with an SLA, or a GET endpoint that the code has. */
export interface BenchmarkChoice {
  readonly kind: "scenario" | "sla" | "endpoint";
  /** `GET /tickets/{id}` or the scenario's name. */
  readonly label: string;
  /** `10 users for 10 s`, `p95 200 ms`. */
  readonly detail: string;
  readonly draft: ScenarioDraft;
  /** `["{id}"]`: what the person has to fill in. */
  readonly variables: readonly string[];
}

/** The scenario of a choice. `values` has one for each variable, as a person typed it. */
export function completeDraft(draft: ScenarioDraft, target: string, values: ReadonlyMap<string, string>): Scenario {
  const fill = (path: string) => {
    let filled = path;
    for (const [variable, value] of values) filled = filled.replaceAll(variable, encodeURIComponent(value));
    return filled;
  };
  return { ...draft, target, requests: draft.requests.map((request) => ({ ...request, path: fill(request.path) })) };
}

/** What the panel shows. It is kept by the editor between sessions, so that it holds no headers and bodies of requests. */
export interface PanelState {
  readonly title: string;
  /** `10 users for 10 s against http://127.0.0.1:8080`. */
  readonly subtitle: string;
  readonly phase: "running" | "stopping" | "finished" | "failed";
  readonly ticks: readonly Tick[];
  readonly result?: RunResult;
  /** Where the run is kept. */
  readonly file?: string;
  /** Why it failed, or what else a person should know. */
  readonly message?: string;
  /** Whether the same run can be started again. */
  readonly repeatable: boolean;
}

/** What the editor tells the panel. */
export type ToPanel = { readonly kind: "state"; readonly state: PanelState } | { readonly kind: "tick"; readonly tick: Tick };

/** What the panel tells the editor. */
export interface FromPanel {
  readonly kind: "ready" | "stop" | "again" | "openFile";
}

export function readFromPanel(value: unknown): FromPanel | undefined {
  const kinds: readonly FromPanel["kind"][] = ["ready", "stop", "again", "openFile"];
  const kind = isRecord(value) ? kinds.find((known) => known === value["kind"]) : undefined;
  return kind === undefined ? undefined : { kind };
}

export function readToPanel(value: unknown): ToPanel | undefined {
  if (!isRecord(value)) return undefined;
  if (value["kind"] === "tick") return isTick(value["tick"]) ? { kind: "tick", tick: value["tick"] } : undefined;
  const state = value["kind"] === "state" ? readPanelState(value["state"]) : undefined;
  return state === undefined ? undefined : { kind: "state", state };
}

const PHASES: readonly PanelState["phase"][] = ["running", "stopping", "finished", "failed"];

/** A state that the editor kept, perhaps by another version; undefined where it does not fit. */
export function readPanelState(value: unknown): PanelState | undefined {
  if (!isRecord(value)) return undefined;
  const { title, subtitle, ticks, result, file, message, repeatable } = value;
  const phase = PHASES.find((known) => known === value["phase"]);
  if (typeof title !== "string" || typeof subtitle !== "string" || phase === undefined) return undefined;
  if (!Array.isArray(ticks) || !ticks.every(isTick)) return undefined;
  return {
    title,
    subtitle,
    phase,
    ticks,
    repeatable: repeatable === true,
    ...(isResult(result) ? { result } : {}),
    ...(typeof file === "string" ? { file } : {}),
    ...(typeof message === "string" ? { message } : {}),
  };
}

/** So many ticks are shown and kept: the oldest go first. */
export const MOST_TICKS = 1200;
