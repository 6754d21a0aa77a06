import type { ShownNode, ShownPlan } from "../../planner/panelProtocol.ts";
import { element } from "../dom.ts";

/** What of a plan's cost makes a node worth a second look. */
const LARGE_SHARE = 0.2;

/**
 * A plan as a tree, to be walked as trees are: up and down, left closes or goes to the node above, right opens or goes to the first one
 * below, Home and End, Enter opens and closes.
 */
export function planTree({ title, root }: ShownPlan): HTMLElement {
  const tree = element("ul", { role: "tree", "aria-label": `${title}: plan as a tree` }, treeItem(root, 1));
  tree.querySelector<HTMLElement>("[role=treeitem]")?.setAttribute("tabindex", "0");
  tree.addEventListener("keydown", (event) => walk(tree, event));
  tree.addEventListener("click", ({ target }) => {
    const item = target instanceof Element ? target.closest<HTMLElement>("[role=treeitem]") : null;
    if (item === null || (target instanceof Element && target.closest("ul") !== item.parentElement)) return;
    focus(tree, item);
    if (target instanceof Element && target.closest(".twisty") !== null) toggle(item);
  });
  return tree;
}

function treeItem(node: ShownNode, level: number): HTMLElement {
  const { children } = node;
  const open = children.length === 0 ? {} : { "aria-expanded": "true" };
  const item = element("li", { role: "treeitem", "aria-level": String(level), "aria-label": spoken(node), tabindex: "-1", ...open });
  item.append(row(node));
  if (children.length > 0) item.append(element("ul", { role: "group" }, ...children.map((child) => treeItem(child, level + 1))));
  return item;
}

/** What eyes see; who listens hears the item's label instead. */
function row(node: ShownNode): HTMLElement {
  const { type, target, changed, conditions, ran, children, share } = node;
  const bar = element("span", { class: "bar" });
  bar.style.setProperty("--share", `${(100 * share).toFixed(1)}%`);
  return element(
    "div",
    { class: `node${changed ? " changed" : ""}${share >= LARGE_SHARE ? " large" : ""}`, "aria-hidden": "true" },
    element("span", { class: "twisty" }, children.length === 0 ? "" : "▾"),
    element(
      "div",
      { class: "what" },
      element("strong", {}, type),
      element("span", {}, target),
      ...(changed ? [element("span", { class: "mark" }, "changed")] : []),
    ),
    element("div", { class: "numbers" }, bar, element("span", { class: "share" }, percent(share)), element("span", {}, costAndRows(node))),
    ...conditions.map((condition) => element("div", { class: "condition" }, condition)),
    ...(ran === undefined ? [] : [element("div", { class: "ran" }, ran)]),
  );
}

const costAndRows = ({ cost, rows }: ShownNode): string => `cost ${number(cost)}, ${number(rows)} ${rows === 1 ? "row" : "rows"}`;

function spoken(node: ShownNode): string {
  const { type, target, share, shareWithin, changed, conditions, ran, children } = node;
  const within = children.length === 0 ? [] : [`${percent(shareWithin)} with what is below`];
  return [
    `${type}${target}`,
    ...(changed ? ["changed"] : []),
    `${percent(share)} of the cost`,
    ...within,
    costAndRows(node),
    ...conditions,
    ...(ran === undefined ? [] : [ran]),
  ].join(", ");
}

function walk(tree: HTMLElement, event: KeyboardEvent): void {
  const item = document.activeElement;
  if (!(item instanceof HTMLElement) || item.getAttribute("role") !== "treeitem" || event.altKey || event.ctrlKey || event.metaKey) return;
  const seen = [...tree.querySelectorAll<HTMLElement>("[role=treeitem]")].filter((one) => one.closest("[hidden]") === null);
  const at = seen.indexOf(item);
  const expanded = item.getAttribute("aria-expanded");
  const to = (next: Element | null | undefined): void => {
    if (next instanceof HTMLElement) focus(tree, next);
  };
  switch (event.key) {
    case "ArrowDown":
      to(seen[at + 1]);
      break;
    case "ArrowUp":
      to(seen[at - 1]);
      break;
    case "ArrowRight":
      if (expanded === "false") toggle(item);
      else if (expanded === "true") to(seen[at + 1]);
      break;
    case "ArrowLeft":
      if (expanded === "true") toggle(item);
      else to(item.parentElement?.closest("[role=treeitem]"));
      break;
    case "Home":
      to(seen[0]);
      break;
    case "End":
      to(seen.at(-1));
      break;
    case "Enter":
    case " ":
      if (expanded !== null) toggle(item);
      break;
    default:
      return;
  }
  event.preventDefault();
}

function focus(tree: HTMLElement, item: HTMLElement): void {
  for (const one of tree.querySelectorAll("[role=treeitem][tabindex='0']")) one.setAttribute("tabindex", "-1");
  item.setAttribute("tabindex", "0");
  item.focus();
}

function toggle(item: HTMLElement): void {
  const group = item.querySelector<HTMLElement>(":scope > ul");
  if (group === null) return;
  group.hidden = !group.hidden;
  item.setAttribute("aria-expanded", String(!group.hidden));
}

const percent = (share: number): string => (share > 0 && share < 0.01 ? "<1 %" : `${Math.round(100 * share)} %`);
const number = (value: number): string => value.toLocaleString("en", { maximumFractionDigits: value < 100 ? 1 : 0 });
