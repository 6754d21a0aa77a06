import type { ShownNode, ShownPlan } from "./panelProtocol.ts";
import { indexesOf, nodesOf, type PlanNode, planText, targetOf } from "./plan.ts";

/** A plan and its title: "Before", with "cost 21,433". */
export interface TitledPlan {
  readonly title: string;
  readonly summary: string;
  readonly plan: PlanNode;
}

/** Plans of one query as trees. What a plan does that none of the others does is marked. */
export function shownPlans(plans: readonly TitledPlan[]): readonly ShownPlan[] {
  return plans.map(({ title, summary, plan }) => {
    const others = plans.filter((one) => one.plan !== plan).flatMap((one) => nodesOf(one.plan).map(workOf));
    const left = others.length === 0 ? undefined : countOf(others);
    return {
      title,
      summary,
      root: shownNode(plan, plan.totalCost, plan.totalCost, 1, left),
      text: planText(plan),
      indexes: indexesOf(plan),
    };
  });
}

/**
 * `spent` is what the node costs the whole plan, with everything below and in all its rounds. `left` counts the work of the other plan that
 * has not met its like here; undefined where there is no other plan.
 */
function shownNode(node: PlanNode, spent: number, whole: number, rounds: number, left: Map<string, number> | undefined): ShownNode {
  const work = workOf(node);
  const like = left?.get(work) ?? 0;
  if (like > 0) left?.set(work, like - 1);
  const below = spentBelow(node, spent, rounds);
  const children = node.children.map((child, i) => shownNode(child, below[i]?.spent ?? 0, whole, below[i]?.rounds ?? 1, left));
  const alone = below.reduce((rest, { spent: one }) => rest - one, spent);
  const shareOf = (cost: number): number => (whole <= 0 ? 0 : Math.min(1, Math.max(0, cost / whole)));
  return {
    type: node.type,
    target: targetOf(node),
    conditions: node.details.map(({ label, text }) => `${label}: ${text}`),
    cost: node.totalCost,
    rows: node.rows,
    share: shareOf(alone),
    shareWithin: shareOf(spent),
    changed: left !== undefined && like === 0,
    ran: ranOf(node),
    children,
  };
}

/**
 * What a node's children cost the whole plan. A node's own cost includes its children's, but PostgreSQL tells a child's for one round that
 * is run to its end: the inner side of a nested loop runs once for each outer row, and below a LIMIT nothing runs to its end. What would
 * be more than the node itself costs is cut down to that.
 */
function spentBelow(node: PlanNode, spent: number, rounds: number): readonly { readonly spent: number; readonly rounds: number }[] {
  const outer = node.children.find(({ role }) => role === "Outer");
  const each = node.children.map((child) => {
    const often = repeatsOf(child, node, outer) * rounds;
    return { spent: child.totalCost * often, rounds: often };
  });
  const sum = each.reduce((total, one) => total + one.spent, 0);
  if (sum <= spent || sum === 0) return each;
  return each.map((one) => ({ spent: (one.spent * spent) / sum, rounds: (one.rounds * spent) / sum }));
}

function repeatsOf(child: PlanNode, node: PlanNode, outer: PlanNode | undefined): number {
  if (child.role === "Inner" && node.type === "Nested Loop") return Math.max(1, outer?.rows ?? 1);
  // Once for each row that leaves at least; one that is hashed runs once.
  if (child.role === "SubPlan" && !isHashed(child, node)) return Math.max(1, node.rows);
  return 1;
}

function isHashed(child: PlanNode, node: PlanNode): boolean {
  const name = child.details.find(({ label }) => label === "Subplan Name")?.text;
  return name !== undefined && node.details.some(({ text }) => text.includes(`hashed ${name}`));
}

/** Two nodes that say the same here do the same, whatever it costs. */
function workOf(node: PlanNode): string {
  return JSON.stringify([node.type, targetOf(node), node.details]);
}

function countOf(works: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const work of works) counts.set(work, (counts.get(work) ?? 0) + 1);
  return counts;
}

function ranOf({ actual }: PlanNode): string | undefined {
  if (actual === undefined) return undefined;
  if (actual.loops === 0) return "never run";
  const { rows, loops, durationMs, buffers } = actual;
  const round = loops === 1 ? "" : ` in each of ${loops.toLocaleString("en")} rounds`;
  return `${counted(rows, "row")}${round}, ${durationMs.toLocaleString("en", { maximumFractionDigits: 2 })} ms, ${counted(buffers, "page")}`;
}

const counted = (count: number, what: string): string =>
  `${count.toLocaleString("en", { maximumFractionDigits: 1 })} ${what}${count === 1 ? "" : "s"}`;
