/** A plan of PostgreSQL as a tree. Costs are in its own unit: reading one page in order is 1. */
export interface PlanNode {
  /** As PostgreSQL calls it: "Seq Scan", "Index Only Scan", "Sort". */
  readonly type: string;
  readonly relation: string | undefined;
  readonly alias: string | undefined;
  readonly index: string | undefined;
  readonly startupCost: number;
  readonly totalCost: number;
  readonly rows: number;
  /** How it hangs on the node above: "Outer", "Inner", "InitPlan", "SubPlan"; undefined at the top. */
  readonly role: string | undefined;
  /** What happened, where the query was run. */
  readonly actual: Actual | undefined;
  /** Conditions and keys with their labels: "Index Cond", "Filter", "Sort Key". */
  readonly details: readonly { readonly label: string; readonly text: string }[];
  readonly children: readonly PlanNode[];
}

/** What `EXPLAIN (ANALYZE, BUFFERS)` tells of a node. */
export interface Actual {
  /** In each round. */
  readonly rows: number;
  /** How often it was run. */
  readonly loops: number;
  /** Of all rounds, with everything below. */
  readonly durationMs: number;
  /** Pages of 8 KB that were read or found in memory, with everything below. */
  readonly buffers: number;
}

const DETAILS = [
  "Operation",
  "Strategy",
  "Join Type",
  "CTE Name",
  "Function Name",
  "Scan Direction",
  "Index Cond",
  "Recheck Cond",
  "Hash Cond",
  "Merge Cond",
  "Join Filter",
  "One-Time Filter",
  "Filter",
  "Order By",
  "Sort Key",
  "Presorted Key",
  "Group Key",
  "Cache Key",
  "Subplan Name",
] as const;

/** The tree of what `EXPLAIN (FORMAT JSON)` gives; undefined for anything else. */
export function planOf(explained: unknown): PlanNode | undefined {
  const parsed = typeof explained === "string" ? (JSON.parse(explained) as unknown) : explained;
  const first: unknown = Array.isArray(parsed) ? parsed[0] : parsed;
  const plan = isRecord(first) ? first["Plan"] : undefined;
  return isRecord(plan) ? nodeOf(plan) : undefined;
}

function nodeOf(plan: Readonly<Record<string, unknown>>): PlanNode {
  const text = (key: string): string | undefined => (typeof plan[key] === "string" ? plan[key] : undefined);
  const number = (key: string): number => (typeof plan[key] === "number" ? plan[key] : 0);
  const details = DETAILS.flatMap((label) => {
    const value = plan[label];
    if (value === undefined || value === "Inner" || value === "Forward" || value === "Plain") return [];
    return [{ label, text: Array.isArray(value) ? value.join(", ") : String(value) }];
  });
  const children = Array.isArray(plan["Plans"]) ? plan["Plans"].filter(isRecord).map(nodeOf) : [];
  return {
    type: text("Node Type") ?? "?",
    relation: text("Relation Name"),
    alias: text("Alias"),
    index: text("Index Name"),
    startupCost: number("Startup Cost"),
    totalCost: number("Total Cost"),
    rows: number("Plan Rows"),
    role: text("Parent Relationship"),
    actual: plan["Actual Loops"] === undefined ? undefined : actualOf(number),
    details,
    children,
  };
}

function actualOf(number: (key: string) => number): Actual {
  const loops = number("Actual Loops");
  return {
    rows: number("Actual Rows"),
    loops,
    durationMs: number("Actual Total Time") * loops,
    buffers: number("Shared Hit Blocks") + number("Shared Read Blocks"),
  };
}

/** Rows that met the conditions of a query that was run, before they are counted, sorted, cut to a page or changed. */
export function rowsMet({ type, actual, children }: PlanNode): number {
  const [below, ...others] = children.filter(({ role }) => role !== "SubPlan");
  const isScan = type.endsWith("Scan") && type !== "Subquery Scan";
  if (below !== undefined && others.length === 0 && !isScan) return rowsMet(below);
  return actual === undefined ? 0 : actual.rows * actual.loops;
}

/** A node and everything below it, outermost first. */
export function nodesOf(plan: PlanNode): readonly PlanNode[] {
  return [plan, ...plan.children.flatMap(nodesOf)];
}

/**
 * What a plan costs in the end. Of a scan that stops at its first row PostgreSQL counts the share up to that row, as if matching rows lay
 * evenly in the table; a question whether something is there is asked most often where nothing is, and then reads to the end. So does who
 * walks an index in its order past rows of which nobody knows how many pass: of a list of values that it does not know PostgreSQL takes
 * ten, which nearly all rows of a few states have, and of a pattern a share that it makes up.
 */
export function costToTheEnd(plan: PlanNode): number {
  const walked = plan.type === "Limit" ? plan.children[0] : undefined;
  if (walked !== undefined && passesUnknownShare(walked)) return Math.max(plan.totalCost, walked.totalCost);
  const scan = plan.children.find(({ type }) => type.endsWith("Scan"));
  const stops = (plan.type === "Limit" && plan.rows <= 1) || (plan.type === "Result" && plan.children.length === 1);
  const filters = scan?.details.some(({ label }) => label === "Filter") === true;
  return stops && scan !== undefined && filters ? Math.max(plan.totalCost, scan.totalCost) : plan.totalCost;
}

/** Whether rows come in the order of an index, and are left out by a list of unknown values or a pattern. */
function passesUnknownShare({ type, details, children }: PlanNode): boolean {
  if (type === "Nested Loop") return children[0] !== undefined && passesUnknownShare(children[0]);
  const text = (wanted: string): string | undefined => details.find(({ label }) => label === wanted)?.text;
  return /^Index (?:Only )?Scan/.test(type) && text("Index Cond") === undefined && /= ANY \(\$\d|~~\*? .*?\$\d/.test(text("Filter") ?? "");
}

export function indexesOf(plan: PlanNode): readonly string[] {
  return [...new Set(nodesOf(plan).flatMap(({ index }) => index ?? []))];
}

/** " using tickets_by_owner on tickets t": what a node reads. */
export function targetOf({ relation, alias, index }: PlanNode): string {
  const on = relation === undefined ? "" : ` on ${relation}${alias === relation ? "" : ` ${alias}`}`;
  return `${index === undefined ? "" : relation === undefined ? ` on ${index}` : ` using ${index}`}${on}`;
}

/** The plan as `EXPLAIN` prints it, one node a line, its conditions below. */
export function planText(plan: PlanNode, indent = ""): string {
  const cost = `(cost=${plan.startupCost.toFixed(2)}..${plan.totalCost.toFixed(2)} rows=${plan.rows})`;
  const { actual } = plan;
  const ran =
    actual === undefined
      ? ""
      : actual.loops === 0
        ? " (never executed)"
        : ` (actual time=${actual.durationMs.toFixed(3)} ms rows=${actual.rows} loops=${actual.loops} pages=${actual.buffers})`;
  const arrow = indent === "" ? "" : "-> ";
  const inner = `${indent}${indent === "" ? "  " : "     "}`;
  const details = plan.details.map(({ label, text }) => `${inner}${label}: ${text}\n`).join("");
  return `${indent}${arrow}${plan.type}${targetOf(plan)}  ${cost}${ran}\n${details}${plan.children.map((child) => planText(child, inner)).join("")}`;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null;
