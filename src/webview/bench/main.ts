import "uplot/dist/uPlot.min.css";
import "../panel.css";
import "./bench.css";
import { type FromPanel, MOST_TICKS, type PanelState, readPanelState, readToPanel, type Tick } from "../../bench/panelProtocol.ts";
import { element } from "../dom.ts";
import { connectEditor } from "../vscode.ts";
import { Charts } from "./charts.ts";
import { latestTable, outcome } from "./tables.ts";

const editor = connectEditor<FromPanel["kind"], PanelState>(readPanelState);
const heading = element("h1");
const subtitle = element("p", { class: "subtitle" });
const status = element("p", { class: "status", role: "status", "aria-live": "polite" });
const stop = button("Stop", "stop");
const again = button("Run Again", "again");
const openFile = button("Open Run as JSON", "openFile");
const charts = element("div", { class: "charts", "aria-hidden": "true" });
const latest = element("section", { "aria-label": "Last half second" });
const results = element("section", { "aria-label": "Results" });
document.body.append(
  element("main", {}, heading, subtitle, element("div", { class: "actions" }, stop, again, openFile), status, results, charts, latest),
);
const plots = new Charts(charts);
let state: PanelState | undefined;
let ticks: readonly Tick[] = [];

window.addEventListener("message", ({ data }) => {
  const message = readToPanel(data);
  if (message?.kind === "state") show(message.state);
  else if (message?.kind === "tick" && state !== undefined) {
    ticks = [...ticks, message.tick].slice(-MOST_TICKS);
    showTicks();
  }
});
const kept = editor.kept();
if (kept !== undefined) show(kept);
editor.tell("ready");

function show(next: PanelState): void {
  const changed = state?.phase !== next.phase;
  state = next;
  ticks = next.ticks;
  heading.textContent = next.title;
  subtitle.textContent = next.subtitle;
  document.body.dataset["phase"] = next.phase;
  stop.hidden = next.phase !== "running";
  again.hidden = next.phase === "running" || next.phase === "stopping" || !next.repeatable;
  openFile.hidden = next.file === undefined;
  if (changed) status.textContent = statusOf(next);
  results.replaceChildren(...(next.result === undefined ? [] : outcome(next.result)));
  showTicks();
}

function showTicks(): void {
  if (state === undefined) return;
  plots.show(ticks);
  charts.hidden = ticks.length === 0;
  latest.replaceChildren(...latestTable(ticks));
  editor.keep({ ...state, ticks });
}

/** Said once for each phase: a live region that changes four times a second would never fall silent. */
function statusOf({ phase, message, result }: PanelState): string {
  switch (phase) {
    case "running":
      return "Running…";
    case "stopping":
      return "Stopping: what is in flight has a second to end…";
    case "failed":
      return message ?? "The benchmark failed";
    case "finished":
      return [result?.verdict === undefined || result.verdict === null ? "Finished, no SLA" : `Finished: ${result.verdict}`, message ?? ""]
        .filter((part) => part !== "")
        .join(". ");
  }
}

function button(label: string, kind: "stop" | "again" | "openFile"): HTMLButtonElement {
  const made = element("button", { type: "button" }, label);
  made.hidden = true;
  made.addEventListener("click", () => editor.tell(kind));
  return made;
}
