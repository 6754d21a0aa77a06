import { type ExtensionContext, InputBoxValidationSeverity, Uri, ViewColumn, type WebviewPanel, window, workspace } from "vscode";
import {
  type BenchmarkChoice,
  completeDraft,
  describeRun,
  MOST_TICKS,
  type PanelState,
  readFromPanel,
  readPanelState,
  remarkOnTarget,
  type Scenario,
  type ToPanel,
} from "../../bench/panelProtocol.ts";
import { type BenchmarkProcess, startBenchmark } from "./benchmarkProcess.ts";
import { optionsOf, page } from "./page.ts";

/** The view type that the extension registers a serializer for. */
const BENCHMARK_VIEW = "performanceAuditor.benchmark";

export interface BenchmarkRequest {
  /** What the person may choose from; one alone is run without asking. */
  readonly choices: readonly BenchmarkChoice[];
  /** Where requests go unless the choice or the person says otherwise. */
  readonly target: string;
  /** Folder of the project: runs are kept in its `.performance/runs`. */
  readonly folder: string;
  /** Told of every run that was kept, with its file. */
  readonly onKept?: (file: string) => void;
}

/** Asks what to run and where, runs it, and shows it in a panel of its own. Returns when the run has begun, or was not wanted. */
export async function openBenchmarkPanel(context: ExtensionContext, request: BenchmarkRequest): Promise<void> {
  if (!workspace.isTrusted) {
    await window.showInformationMessage("A benchmark sends requests that the folder describes: trust the folder first.");
    return;
  }
  const scenario = await askForScenario(request);
  if (scenario === undefined) return;
  const panel = window.createWebviewPanel(BENCHMARK_VIEW, titleOf(scenario.name), ViewColumn.Active, optionsOf(context));
  new BenchmarkPanel(context, panel, { scenario, folder: request.folder, onKept: request.onKept }).start(false);
}

/** Fills a panel that the editor brought back after a restart; what ran then does not run any more. */
export function restoreBenchmarkPanel(context: ExtensionContext, panel: WebviewPanel, kept: unknown): void {
  panel.webview.options = optionsOf(context);
  const state = readPanelState(kept);
  new BenchmarkPanel(context, panel, undefined, state === undefined ? LOST : { ...asEnded(state), repeatable: false });
}

interface Run {
  readonly scenario: Scenario;
  readonly folder: string;
  readonly onKept: ((file: string) => void) | undefined;
}

const LOST: PanelState = {
  title: "Benchmark",
  subtitle: "",
  phase: "failed",
  ticks: [],
  message: "What this panel showed was not kept",
  repeatable: false,
};

const asEnded = (state: PanelState): PanelState =>
  state.phase === "finished" || state.phase === "failed"
    ? state
    : { ...state, phase: "failed", message: "The run ended when the window was closed" };

class BenchmarkPanel {
  readonly #context: ExtensionContext;
  readonly #panel: WebviewPanel;
  readonly #run: Run | undefined;
  #state: PanelState;
  #process: BenchmarkProcess | undefined;

  constructor(context: ExtensionContext, panel: WebviewPanel, run: Run | undefined, state?: PanelState) {
    this.#context = context;
    this.#panel = panel;
    this.#run = run;
    this.#state = state ?? stateOf(run);
    panel.webview.onDidReceiveMessage((value) => this.#hear(value));
    panel.onDidDispose(() => this.#process?.dispose());
    panel.webview.html = page(panel.webview, context, "bench", "Benchmark");
  }

  start(allowRemote: boolean): void {
    if (this.#run === undefined) return;
    const { scenario, folder } = this.#run;
    this.#show(stateOf(this.#run));
    const entry = this.#context.asAbsolutePath("dist/bench.cjs");
    const running = startBenchmark(entry, { kind: "start", scenario, allowRemote, folder }, (tick) => {
      this.#state = { ...this.#state, ticks: [...this.#state.ticks, tick].slice(-MOST_TICKS) };
      this.#tell({ kind: "tick", tick });
    });
    this.#process = running;
    void running.outcome.then((outcome) => {
      this.#process = undefined;
      if (outcome.kind === "done") {
        const { result, file, notKept } = outcome;
        if (file !== undefined) this.#run?.onKept?.(file);
        this.#show({
          ...this.#state,
          phase: "finished",
          result,
          ...(file === undefined ? {} : { file }),
          ...(notKept === undefined ? {} : { message: `The run could not be kept: ${notKept}` }),
        });
      } else {
        this.#show({ ...this.#state, phase: "failed", message: outcome.message });
        if (outcome.remoteHost !== undefined) void this.#confirm(outcome.remoteHost);
      }
    });
  }

  /** Load on another machine needs its name typed: a click is too easily made. */
  async #confirm(host: string): Promise<void> {
    const typed = await window.showInputBox({
      title: "This benchmark sends load to another machine",
      prompt: `Type ${host} to confirm that you may load it`,
      ignoreFocusOut: true,
      validateInput: (text) => (text === "" || host.startsWith(text) ? undefined : `This is not ${host}`),
    });
    if (typed === host) this.start(true);
  }

  #hear(value: unknown): void {
    switch (readFromPanel(value)?.kind) {
      case "ready":
        this.#tell({ kind: "state", state: this.#state });
        break;
      case "stop":
        if (this.#process === undefined) break;
        this.#process.stop();
        this.#show({ ...this.#state, phase: "stopping" });
        break;
      case "again":
        if (this.#process === undefined) this.start(false);
        break;
      case "openFile":
        if (this.#state.file !== undefined) void window.showTextDocument(Uri.file(this.#state.file));
        break;
    }
  }

  #show(state: PanelState): void {
    this.#state = state;
    this.#tell({ kind: "state", state });
  }

  #tell(message: ToPanel): void {
    void this.#panel.webview.postMessage(message);
  }
}

function stateOf(run: Run | undefined): PanelState {
  if (run === undefined) return LOST;
  const { scenario } = run;
  const subtitle = `${describeRun(scenario)} against ${scenario.target}`;
  return { title: scenario.name, subtitle, phase: "running", ticks: [], repeatable: true };
}

async function askForScenario({ choices, target }: BenchmarkRequest): Promise<Scenario | undefined> {
  const choice = choices.length === 1 ? choices[0] : await pick(choices);
  if (choice === undefined) return undefined;
  const values = new Map<string, string>();
  for (const variable of choice.variables) {
    const value = await window.showInputBox({
      title: choice.label,
      prompt: `Value of ${variable}`,
      ignoreFocusOut: true,
      validateInput: (text) => (text.trim() === "" ? "A value is needed" : undefined),
    });
    if (value === undefined) return undefined;
    values.set(variable, value.trim());
  }
  // A scenario that says where it runs is not asked about.
  if (choice.draft.target !== undefined) return completeDraft(choice.draft, choice.draft.target, values);
  const chosen = await window.showInputBox({
    title: `Benchmark ${choice.label}`,
    prompt: "Address of the running application",
    value: target,
    ignoreFocusOut: true,
    validateInput: (text) => {
      const remark = remarkOnTarget(text.trim());
      if (remark === undefined) return undefined;
      return { message: remark.message, severity: remark.isError ? InputBoxValidationSeverity.Error : InputBoxValidationSeverity.Info };
    },
  });
  return chosen === undefined ? undefined : completeDraft(choice.draft, chosen.trim(), values);
}

const GROUPS: Readonly<Record<BenchmarkChoice["kind"], string>> = { scenario: "scenario", sla: "SLA", endpoint: "endpoint" };

async function pick(choices: readonly BenchmarkChoice[]): Promise<BenchmarkChoice | undefined> {
  if (choices.length === 0) {
    await window.showInformationMessage("There is nothing to run: no endpoint was found, and performance.yaml has no scenario.");
    return undefined;
  }
  const items = choices.map((choice) => ({ label: choice.label, description: GROUPS[choice.kind], detail: choice.detail, choice }));
  const picked = await window.showQuickPick(items, { title: "Run Benchmark", placeHolder: "Scenario or endpoint", matchOnDetail: true });
  return picked?.choice;
}

const titleOf = (name: string) => `Benchmark: ${name}`;
