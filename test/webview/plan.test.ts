import { strict as assert } from "node:assert";
import type { Page } from "playwright-core";
import type { PlanPanelState, ToPlanPanel } from "../../src/planner/panelProtocol.ts";
import { planOf } from "../../src/planner/plan.ts";
import { shownPlans } from "../../src/planner/planTree.ts";
import { PanelPages, post, told, violations } from "./panels.ts";

type Json = Readonly<Record<string, unknown>>;
const node = (type: string, cost: number, rows: number, more: Json, ...plans: readonly Json[]): Json => ({
  "Node Type": type,
  "Startup Cost": 0,
  "Total Cost": cost,
  "Plan Rows": rows,
  "Parent Relationship": "Outer",
  ...more,
  Plans: plans,
});
const read = (json: Json) => {
  const plan = planOf([{ Plan: json }]);
  assert.ok(plan !== undefined);
  return plan;
};

const BEFORE = read(
  node(
    "Limit",
    24_959.47,
    20,
    {},
    node(
      "Sort",
      24_959.47,
      3_333,
      { "Sort Key": ["expires_at DESC"] },
      node("Seq Scan", 24_810.0, 3_333, { "Relation Name": "tickets", Alias: "t1", Filter: "(owner_id = $1)" }),
    ),
  ),
);
const AFTER = read(
  node(
    "Limit",
    81.16,
    20,
    {},
    node("Index Scan", 13_201.4, 3_333, {
      "Relation Name": "tickets",
      Alias: "t1",
      "Index Name": "idx_tickets_owner_id_expires_at",
      "Index Cond": "(owner_id = $1)",
    }),
  ),
);

const STATE: PlanPanelState = {
  title: "Plan of TicketRepository.findNewest",
  sql: "SELECT t1.* FROM tickets t1 WHERE t1.owner_id = $1 ORDER BY t1.expires_at DESC LIMIT 20",
  message: undefined,
  plans: shownPlans([
    { title: "Before", summary: "cost 24,959", plan: BEFORE },
    { title: "After", summary: "cost 81.2", plan: AFTER },
  ]),
  indexes: [
    {
      sql: "CREATE INDEX idx_tickets_owner_id_expires_at ON tickets (owner_id, expires_at DESC);",
      remarks: ["about 41 MB, built in about 2 s on one core", "tickets_by_owner becomes redundant"],
    },
  ],
  assumed: ["1,000,000 rows in tickets: nobody says how many"],
  place: { uri: "file:///a/TicketRepository.java", line: 3, character: 2 },
};
const state = (more: Partial<PlanPanelState>): ToPlanPanel => ({ kind: "state", state: { ...STATE, ...more } });

const THEMES: Readonly<Record<string, string>> = {
  "a dark theme":
    "--vscode-foreground: #ccc; --vscode-descriptionForeground: #9d9d9d; --vscode-editor-background: #1f1f1f; --vscode-focusBorder: #0078d4; --vscode-charts-blue: #3794ff; --vscode-charts-red: #f14c4c; --vscode-charts-orange: #d18616; --vscode-textCodeBlock-background: #2b2b2b; --vscode-button-background: #0078d4; --vscode-button-foreground: #fff; --vscode-font-family: sans-serif; --vscode-font-size: 13px; --vscode-editor-font-family: monospace; --vscode-editor-font-size: 13px; --vscode-list-hoverBackground: #2a2d2e",
  "a theme of high contrast":
    "--vscode-foreground: #fff; --vscode-descriptionForeground: #fff; --vscode-editor-background: #000; --vscode-focusBorder: #f38518; --vscode-contrastBorder: #6fc3df; --vscode-charts-blue: #3794ff; --vscode-charts-red: #f48771; --vscode-charts-orange: #d18616; --vscode-textCodeBlock-background: #000; --vscode-button-border: #6fc3df; --vscode-button-foreground: #fff; --vscode-button-background: #000; --vscode-font-family: sans-serif; --vscode-font-size: 13px; --vscode-editor-font-family: monospace; --vscode-editor-font-size: 13px",
};

describe("the panel of plans in a browser", function () {
  this.timeout(60_000);
  let pages: PanelPages;

  before(async function () {
    const found = await PanelPages.launch("plan");
    if (found === undefined) this.skip();
    else pages = found;
  });
  after(() => pages?.close());

  it("shows both plans side by side, as trees and as text, within its policy", async () => {
    const page = await pages.open(undefined, "", { width: 1280, height: 800 });
    assert.deepEqual(await told(page), [{ kind: "ready" }]);
    await post(page, state({}));
    assert.equal(await page.textContent("h1"), "Plan of TicketRepository.findNewest");
    assert.deepEqual(await page.getByRole("heading", { level: 2 }).allTextContents(), [
      "Before: cost 24,959",
      "After: cost 81.2",
      "Indexes",
      "Assumed",
    ]);
    const [before, after] = [page.getByRole("region", { name: "Before" }), page.getByRole("region", { name: "After" })];
    const [left, right] = [await before.boundingBox(), await after.boundingBox()];
    assert.ok(left !== null && right !== null);
    assert.ok(left.x + left.width <= right.x && Math.abs(left.y - right.y) < 1, JSON.stringify([left, right]));
    assert.deepEqual(await labels(page, "Before"), [
      "Limit, 0 % of the cost, 100 % with what is below, cost 24,959, 20 rows",
      "Sort, changed, <1 % of the cost, 100 % with what is below, cost 24,959, 3,333 rows, Sort Key: expires_at DESC",
      "Seq Scan on tickets t1, changed, 99 % of the cost, cost 24,810, 3,333 rows, Filter: (owner_id = $1)",
    ]);
    assert.match(
      (await labels(page, "After"))[1] ?? "",
      /^Index Scan using idx_tickets_owner_id_expires_at on tickets t1, changed, 100 % of the cost,/,
    );
    assert.deepEqual(await page.locator(".uses").allTextContents(), ["Uses no index", "Uses idx_tickets_owner_id_expires_at"]);
    const [bar, whole] = [await page.locator(".bar").nth(2).boundingBox(), await page.locator(".bar").nth(0).boundingBox()];
    assert.equal(bar?.width, whole?.width);
    const filled = await page.evaluate<readonly string[]>(
      `[...document.querySelectorAll("section[aria-label=Before] .bar")].map((bar) => getComputedStyle(bar, "::before").width)`,
    );
    assert.ok(Number.parseFloat(filled[2] ?? "") > 40 && Number.parseFloat(filled[0] ?? "") === 0, filled.join());

    const text = before.getByRole("group", { name: "Before: plan as text" });
    assert.equal(await text.isVisible(), false);
    await before.getByText("As text").click();
    assert.match((await text.textContent()) ?? "", /^Limit {2}\(cost=0\.00\.\.24959\.47 rows=20\)\n {2}-> Sort/);
    const items = await page.getByRole("listitem").allTextContents();
    assert.deepEqual(items, [...(STATE.indexes[0]?.remarks ?? []), ...STATE.assumed]);
    assert.deepEqual(await violations(page), []);
    await picture(page, "before-after");
    await page.close();
  });

  it("puts one below the other where there is no room", async () => {
    const page = await pages.open(undefined, "", { width: 500, height: 900 });
    await post(page, state({}));
    const boxes = await Promise.all(["Before", "After"].map((name) => page.getByRole("region", { name }).boundingBox()));
    assert.ok((boxes[0]?.y ?? 0) + (boxes[0]?.height ?? 0) <= (boxes[1]?.y ?? 0), JSON.stringify(boxes));
    const over = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
    assert.ok(over <= 0, `${over} px too wide`);
    await page.close();
  });

  it("is walked by keyboard as trees are", async () => {
    const page = await pages.open();
    await post(page, state({}));
    const focused = () =>
      page.evaluate<string>("document.activeElement.getAttribute('aria-label')?.split(',')[0] ?? document.activeElement.textContent");
    const press = async (...keys: readonly string[]) => {
      for (const key of keys) await page.keyboard.press(key);
      return focused();
    };
    assert.equal(await press("Tab"), "Prove on Rows");
    assert.equal(await press("Tab", "Tab"), "Limit");
    assert.equal(await press("ArrowDown", "ArrowDown"), "Seq Scan on tickets t1");
    assert.equal(await press("ArrowDown"), "Seq Scan on tickets t1");
    assert.equal(await press("ArrowLeft"), "Sort");
    assert.equal(await press("ArrowLeft", "ArrowDown"), "Sort");
    const sort = page.getByRole("treeitem", { name: /^Sort/ });
    assert.equal(await sort.getAttribute("aria-expanded"), "false");
    assert.equal(await page.getByRole("treeitem", { name: /^Seq Scan/ }).count(), 0);
    assert.equal(await press("ArrowRight", "ArrowRight"), "Seq Scan on tickets t1");
    assert.equal(await press("Home", "Enter", "End"), "Limit");
    assert.equal(await press("Enter", "End"), "Seq Scan on tickets t1");
    // One stop of the tabulator a tree.
    assert.equal(await press("Tab"), "As text");
    await page.close();
  });

  it("opens and closes by the mouse, and asks for a proof", async () => {
    const page = await pages.open();
    await post(page, state({}));
    await page.locator(".twisty").nth(1).click();
    assert.equal(await page.getByRole("treeitem", { name: /^Sort/ }).getAttribute("aria-expanded"), "false");
    await page.getByRole("button", { name: "Prove on Rows" }).click();
    assert.deepEqual(await told(page), [{ kind: "ready" }, { kind: "prove" }]);
    await post(page, state({ plans: [], place: undefined, message: "There is no plan: its name is not translated." }));
    assert.equal(await page.getByRole("button").count(), 0);
    assert.equal(await page.getByRole("status").textContent(), "There is no plan: its name is not translated.");
    assert.equal(await page.getByRole("tree").count(), 0);
    await page.close();
  });

  it("shows a plan of forty nodes", async () => {
    const page = await pages.open(undefined, "", { width: 1280, height: 1600 });
    const large = read(joins(13));
    await post(page, state({ plans: shownPlans([{ title: "Plan", summary: "cost 91,204", plan: large }]), indexes: [] }));
    assert.equal(await page.getByRole("treeitem").count(), 40);
    const over = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
    assert.ok(over <= 0, `${over} px too wide`);
    const narrowest = await page.evaluate<number>(`Math.min(...[...document.querySelectorAll(".what")].map((what) => what.clientWidth))`);
    assert.ok(narrowest > 200, `${narrowest} px are left of the deepest node`);
    await picture(page, "forty-nodes");
    await page.close();
  });

  for (const [theme, colours] of Object.entries(THEMES)) {
    it(`keeps marks and focus to be seen in ${theme}`, async () => {
      const page = await pages.open(undefined, `:root { ${colours} }`, { width: 1280, height: 800 });
      await post(page, state({}));
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      await page.keyboard.press("ArrowDown");
      const outline = await page.evaluate<string>("getComputedStyle(document.activeElement.querySelector(':scope > .node')).outline");
      assert.match(outline, /solid 1px/);
      assert.deepEqual(await page.locator("section[aria-label=Before] .mark").allTextContents(), ["changed", "changed"]);
      await picture(page, theme.replaceAll(" ", "-"));
      await page.close();
    });
  }

  it("comes back as it was after a reload, and ignores what it does not know", async () => {
    const page = await pages.open(STATE);
    assert.equal(await page.getByRole("treeitem").count(), 5);
    const broken = { kind: "state", state: { ...STATE, plans: [{ title: "Before" }] } };
    for (const message of [{}, { kind: "state" }, broken]) await post(page, message);
    assert.equal(await page.getByRole("treeitem").count(), 5);
    await page.close();
    const strange = await pages.open({ title: 1 });
    assert.equal(await strange.textContent("h1"), "");
    assert.equal(await strange.getByRole("button").count(), 0);
    await strange.close();
  });

  it("shows text of queries as text", async () => {
    const page = await pages.open();
    await post(page, state({ title: "<b>x</b>", sql: "SELECT '<img src=x onerror=alert(1)>'", assumed: ["<i>y</i>"] }));
    assert.equal(await page.textContent("h1"), "<b>x</b>");
    assert.equal(await page.locator("img, b, i").count(), 0);
    assert.deepEqual(await violations(page), []);
    await page.close();
  });
});

/** Nested loops within each other, each with a hash over a scan on its inner side: three nodes a level, and the innermost scan. */
function joins(levels: number): Json {
  const innermost = node("Seq Scan", 400, 50, { "Relation Name": "table_0", Alias: "table_0", Filter: "(shop_id = $1)" });
  return Array.from({ length: levels }).reduce<Json>((outer, _, i) => {
    const name = `a_table_with_a_long_name_${i + 1}`;
    const scan = node("Seq Scan", 3000, 90_000, { "Relation Name": name, Alias: `t${i + 1}` });
    const hash = node("Hash", 3500, 90_000, { "Parent Relationship": "Inner" }, scan);
    return node("Hash Join", 4000 * (i + 2), 50, { "Hash Cond": `(t${i}.id = t${i + 1}.parent_id)` }, outer, hash);
  }, innermost);
}

const labels = (page: Page, side: string): Promise<readonly string[]> =>
  page.evaluate(
    `[...document.querySelectorAll("section[aria-label=${side}] [role=treeitem]")].map((item) => item.getAttribute("aria-label"))`,
  );

async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env["PANEL_SCREENSHOTS"];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/plan-${name}.png`, fullPage: true });
}
