import "../panel.css";
import "./plan.css";
import {
  type FromPlanPanel,
  type PlanPanelState,
  readPlanPanelState,
  readToPlanPanel,
  type ShownIndex,
  type ShownPlan,
} from "../../planner/panelProtocol.ts";
import { element } from "../dom.ts";
import { connectEditor } from "../vscode.ts";
import { planTree } from "./tree.ts";

const editor = connectEditor<FromPlanPanel["kind"], PlanPanelState>(readPlanPanelState);
const heading = element("h1");
const status = element("p", { class: "status", role: "status" });
const prove = element("button", { type: "button" }, "Prove on Rows");
const content = element("div");
prove.addEventListener("click", () => editor.tell("prove"));
document.body.append(element("main", {}, heading, element("div", { class: "actions" }, prove), status, content));

window.addEventListener("message", ({ data }) => {
  const message = readToPlanPanel(data);
  if (message !== undefined) show(message.state);
});
const kept = editor.kept();
if (kept === undefined) prove.hidden = true;
else show(kept);
editor.tell("ready");

function show(state: PlanPanelState): void {
  const { title, sql, message, plans, indexes, assumed, place } = state;
  editor.keep(state);
  heading.textContent = title;
  status.textContent = message ?? "";
  status.hidden = message === undefined;
  prove.hidden = place === undefined || plans.length === 0;
  content.replaceChildren(
    ...(sql === undefined ? [] : [code(sql, "SQL as PostgreSQL gets it")]),
    element("div", { class: "plans" }, ...plans.map(shownPlan)),
    ...(indexes.length === 0 ? [] : [element("section", {}, element("h2", {}, "Indexes"), ...indexes.flatMap(shownIndex))]),
    ...(assumed.length === 0 ? [] : [element("section", {}, element("h2", {}, "Assumed"), list(assumed))]),
  );
}

function shownPlan(plan: ShownPlan): HTMLElement {
  const { title, summary, text, indexes } = plan;
  const uses = indexes.length === 0 ? "Uses no index" : `Uses ${indexes.join(", ")}`;
  return element(
    "section",
    { "aria-label": title },
    element("h2", {}, `${title}: ${summary}`),
    element("p", { class: "uses" }, uses),
    planTree(plan),
    element("details", {}, element("summary", {}, "As text"), code(text, `${title}: plan as text`)),
  );
}

function shownIndex({ sql, remarks }: ShownIndex): readonly HTMLElement[] {
  return [code(sql, "Statement that creates the index"), list(remarks)];
}

function list(lines: readonly string[]): HTMLElement {
  return element("ul", {}, ...lines.map((line) => element("li", {}, line)));
}

/** Long lines are scrolled to, by keyboard too. */
function code(text: string, label: string): HTMLElement {
  return element("pre", { tabindex: "0", role: "group", "aria-label": label }, element("code", {}, text));
}
