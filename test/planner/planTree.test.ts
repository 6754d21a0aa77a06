import assert from "node:assert/strict";
import type { ShownNode } from "../../src/planner/panelProtocol.ts";
import { planOf } from "../../src/planner/plan.ts";
import { shownPlans } from "../../src/planner/planTree.ts";

type Json = Readonly<Record<string, unknown>>;

/** A node of what `EXPLAIN (FORMAT JSON)` gives. */
const node = (type: string, cost: number, rows: number, more: Json, ...plans: readonly Json[]): Json => ({
  "Node Type": type,
  "Startup Cost": 0,
  "Total Cost": cost,
  "Plan Rows": rows,
  ...more,
  ...(plans.length === 0 ? {} : { Plans: plans }),
});
const scan = (table: string, cost: number, rows: number, more: Json): Json =>
  node("Seq Scan", cost, rows, { "Relation Name": table, Alias: table, ...more });
const OUTER = { "Parent Relationship": "Outer" };
const INNER = { "Parent Relationship": "Inner" };

function treeOf(plan: Json): ShownNode {
  const [shown] = shownPlans([{ title: "Plan", summary: "", plan: planned(plan) }]);
  assert.ok(shown !== undefined);
  return shown.root;
}

function planned(plan: Json) {
  const parsed = planOf([{ Plan: plan }]);
  assert.ok(parsed !== undefined);
  return parsed;
}

/** A line a node: depth, type, share of the cost alone and with what is below. */
function sharesOf(tree: ShownNode, indent = ""): readonly string[] {
  const percent = (share: number) => Math.round(100 * share);
  return [
    `${indent}${tree.type} ${percent(tree.share)} ${percent(tree.shareWithin)}`,
    ...tree.children.flatMap((child) => sharesOf(child, `${indent}  `)),
  ];
}

describe("a plan as a tree", () => {
  it("tells what a node reads, under which conditions, at which cost", () => {
    const tree = treeOf(
      node("Index Scan", 8.19, 3, {
        "Relation Name": "tickets",
        Alias: "t1",
        "Index Name": "tickets_by_owner",
        "Index Cond": "(owner_id = $1)",
        Filter: "(status = 'OPEN'::text)",
      }),
    );
    assert.deepEqual(tree, {
      type: "Index Scan",
      target: " using tickets_by_owner on tickets t1",
      conditions: ["Index Cond: (owner_id = $1)", "Filter: (status = 'OPEN'::text)"],
      cost: 8.19,
      rows: 3,
      share: 1,
      shareWithin: 1,
      changed: false,
      ran: undefined,
      children: [],
    });
  });

  it("gives each node its own share of the whole cost", () => {
    assert.deepEqual(sharesOf(treeOf(node("Sort", 100, 10, {}, scan("tickets", 80, 10, OUTER)))), ["Sort 20 100", "  Seq Scan 80 80"]);
  });

  it("counts the inner side of a nested loop once for each outer row", () => {
    const inner = node("Index Scan", 8, 1, { ...INNER, "Relation Name": "owners", Alias: "owners", "Index Name": "owners_pkey" });
    const joined = node("Nested Loop", 1000, 100, {}, scan("tickets", 100, 100, OUTER), inner);
    assert.deepEqual(sharesOf(treeOf(joined)), ["Nested Loop 10 100", "  Seq Scan 10 10", "  Index Scan 80 80"]);
  });

  it("multiplies rounds of loops in loops", () => {
    const inmost = node("Index Scan", 1, 1, { ...INNER, "Index Name": "a" });
    const within = node("Nested Loop", 60, 5, INNER, node("Index Scan", 10, 50, { ...OUTER, "Index Name": "b" }), inmost);
    const tree = treeOf(node("Nested Loop", 700, 50, {}, scan("tickets", 100, 10, OUTER), within));
    assert.deepEqual(sharesOf(tree), [
      "Nested Loop 0 100",
      "  Seq Scan 14 14",
      "  Nested Loop 0 86",
      "    Index Scan 14 14",
      "    Index Scan 71 71",
    ]);
  });

  it("gives what stands below a LIMIT no more than what is spent", () => {
    const tree = treeOf(
      node("Limit", 50, 20, {}, node("Nested Loop", 5000, 2000, OUTER, scan("a", 4000, 2000, OUTER), scan("b", 0.4, 1, INNER))),
    );
    assert.deepEqual(sharesOf(tree), ["Limit 0 100", "  Nested Loop 4 100", "    Seq Scan 80 80", "    Seq Scan 16 16"]);
  });

  it("counts a subplan for each row, a hashed one and an initial one once", () => {
    const below = (name: string, role: string) => scan("notes", 10, 1, { "Parent Relationship": role, "Subplan Name": name });
    assert.deepEqual(sharesOf(treeOf(scan("a", 1000, 50, { Plans: [below("SubPlan 1", "SubPlan")] }))), [
      "Seq Scan 50 100",
      "  Seq Scan 50 50",
    ]);
    const hashed = scan("a", 1000, 50, { Filter: "(hashed SubPlan 1)", Plans: [below("SubPlan 1", "SubPlan")] });
    assert.deepEqual(sharesOf(treeOf(hashed)), ["Seq Scan 99 100", "  Seq Scan 1 1"]);
    const initial = scan("a", 1000, 50, { Plans: [below("InitPlan 1", "InitPlan")] });
    assert.deepEqual(sharesOf(treeOf(initial)), ["Seq Scan 99 100", "  Seq Scan 1 1"]);
  });

  it("marks what only one of two plans does, and no node for its cost alone", () => {
    const before = node(
      "Limit",
      900,
      20,
      {},
      node("Sort", 900, 500, { ...OUTER, "Sort Key": ["expires_at"] }, scan("tickets", 800, 500, OUTER)),
    );
    const using = { ...OUTER, "Relation Name": "tickets", Alias: "tickets", "Index Name": "advised" };
    const after = node("Limit", 8, 20, {}, node("Index Scan", 80, 500, using));
    const [first, second] = shownPlans([
      { title: "Before", summary: "cost 900", plan: planned(before) },
      { title: "After", summary: "cost 8", plan: planned(after) },
    ]);
    const marks = (tree: ShownNode): readonly string[] => [`${tree.type}${tree.changed ? "!" : ""}`, ...tree.children.flatMap(marks)];
    assert.deepEqual(
      [first, second].map((plan) => plan && marks(plan.root)),
      [
        ["Limit", "Sort!", "Seq Scan!"],
        ["Limit", "Index Scan!"],
      ],
    );
    assert.deepEqual(second?.indexes, ["advised"]);
    assert.match(second?.text ?? "", /^Limit {2}\(cost=0\.00\.\.8\.00 rows=20\)\n {2}-> Index Scan using advised on tickets /);
  });

  it("marks the second of two like nodes where the other plan has one", () => {
    const one = scan("tickets", 10, 1, OUTER);
    const plans = shownPlans([
      { title: "Before", summary: "", plan: planned(node("Append", 20, 2, {}, one, one)) },
      { title: "After", summary: "", plan: planned(node("Append", 10, 1, {}, one)) },
    ]);
    assert.deepEqual(
      plans.map(({ root }) => root.children.map(({ changed }) => changed)),
      [[false, true], [false]],
    );
  });

  it("tells what a run did", () => {
    const run = (loops: number, rows: number) => ({
      "Actual Rows": rows,
      "Actual Loops": loops,
      "Actual Total Time": 0.5,
      "Shared Hit Blocks": 3,
      "Shared Read Blocks": 1,
    });
    const ran = (loops: number, rows: number) => treeOf(scan("a", 1, 1, run(loops, rows))).ran;
    assert.equal(ran(1, 12), "12 rows, 0.5 ms, 4 pages");
    assert.equal(ran(2000, 1), "1 row in each of 2,000 rounds, 1,000 ms, 4 pages");
    assert.equal(ran(0, 0), "never run");
  });

  it("is as deep and wide as the plan", () => {
    const deep = Array.from({ length: 39 }).reduce<Json>(
      (below, _, i) => node("Subquery Scan", 41 + i, 1, OUTER, below),
      scan("a", 40, 1, OUTER),
    );
    const shares = sharesOf(treeOf(deep));
    assert.equal(shares.length, 40);
    assert.equal(shares.at(-1)?.trim(), "Seq Scan 51 51");
  });
});
