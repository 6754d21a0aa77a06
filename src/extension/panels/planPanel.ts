import { commands, type ExtensionContext, ViewColumn, type WebviewPanel, window } from "vscode";
import { type PlanPanelState, readFromPlanPanel, readPlanPanelState, type ToPlanPanel } from "../../planner/panelProtocol.ts";
import { PROVE_QUERY_COMMAND } from "../../server/protocol.ts";
import { ByTitle } from "./byTitle.ts";
import { optionsOf, page } from "./page.ts";

/** The view type that the extension registers a serializer for. */
const PLAN_VIEW = "performanceAuditor.plan";

/** The panels that show plans, one for each title. */
export class PlanPanels {
  readonly #context: ExtensionContext;
  readonly #open = new ByTitle<PlanPanel>();

  constructor(context: ExtensionContext) {
    this.#context = context;
  }

  show(state: PlanPanelState): void {
    const { title } = state;
    const known = this.#open.get(title);
    if (known !== undefined) {
      known.show(state);
      return;
    }
    const panel = window.createWebviewPanel(PLAN_VIEW, title, ViewColumn.Active, optionsOf(this.#context));
    this.#fill(panel, state);
  }

  /** Fills a panel that the editor brought back after a restart. */
  restore(panel: WebviewPanel, kept: unknown): void {
    panel.webview.options = optionsOf(this.#context);
    this.#fill(panel, readPlanPanelState(kept) ?? LOST);
  }

  #fill(panel: WebviewPanel, state: PlanPanelState): void {
    const shown = new PlanPanel(this.#context, panel, state);
    this.#open.add(state.title, shown);
    panel.onDidDispose(() => this.#open.remove(state.title, shown));
  }
}

const LOST: PlanPanelState = {
  title: "Plan",
  sql: undefined,
  message: "What this panel showed was not kept",
  plans: [],
  indexes: [],
  assumed: [],
  place: undefined,
};

class PlanPanel {
  readonly #panel: WebviewPanel;
  #state: PlanPanelState;

  constructor(context: ExtensionContext, panel: WebviewPanel, state: PlanPanelState) {
    this.#panel = panel;
    this.#state = state;
    panel.webview.onDidReceiveMessage((value) => this.#hear(value));
    panel.webview.html = page(panel.webview, context, "plan", "Plan");
  }

  show(state: PlanPanelState): void {
    this.#state = state;
    this.#panel.reveal();
    this.#tell();
  }

  #hear(value: unknown): void {
    const kind = readFromPlanPanel(value)?.kind;
    if (kind === "ready") this.#tell();
    else if (kind === "prove" && this.#state.place !== undefined) void commands.executeCommand(PROVE_QUERY_COMMAND, this.#state.place);
  }

  #tell(): void {
    const message: ToPlanPanel = { kind: "state", state: this.#state };
    void this.#panel.webview.postMessage(message);
  }
}
