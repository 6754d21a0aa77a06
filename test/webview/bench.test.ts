import { strict as assert } from "node:assert";
import type { PanelState } from "../../src/bench/panelProtocol.ts";
import { resultFor } from "../bench/results.ts";
import { scenarioOf, simulate } from "../bench/simulation.ts";
import { PanelPages, post, told, violations } from "./panels.ts";

describe("the benchmark panel in a browser", function () {
  this.timeout(60_000);
  let pages: PanelPages;

  before(async function () {
    const found = await PanelPages.launch("bench");
    if (found === undefined) this.skip();
    else pages = found;
  });
  after(() => pages?.close());
  const open = (kept?: PanelState) => pages.open(kept);

  const running: PanelState = {
    title: "GET /tickets/{id}",
    subtitle: "100 requests/s for 10 s against http://127.0.0.1:8080",
    phase: "running",
    ticks: [],
    repeatable: true,
  };

  it("shows a run while it goes and what came of it, within its policy", async () => {
    const page = await open();
    assert.deepEqual(await told(page), [{ kind: "ready" }]);
    await post(page, { kind: "state", state: running });
    assert.equal(await page.textContent("h1"), "GET /tickets/{id}");
    assert.equal(await page.getByRole("status").textContent(), "Running…");

    const { ticks } = await simulate(scenarioOf({}), (nowMs) => ({ afterMs: nowMs > 4000 && nowMs < 6000 ? 6000 - nowMs : 12 }));
    for (const tick of ticks) await post(page, { kind: "tick", tick });
    const lastTick = page.getByRole("table", { name: "Last half second" });
    assert.match((await lastTick.textContent()) ?? "", /measured10\.0 s100\/s12 ms12 ms12 ms/);
    assert.equal(await page.locator("canvas").count(), 2);
    const drawn = await page.evaluate(
      `[...document.querySelectorAll("canvas")].map((canvas) =>
        canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value > 0))`,
    );
    assert.deepEqual(drawn, [true, true]);

    const result = await resultFor({ sla: { p95Ms: 200, errorRate: 0.01 }, failEvery: 100 });
    await post(page, { kind: "state", state: { ...running, phase: "finished", ticks, result, file: "/p/.performance/runs/x.json" } });
    assert.equal(await page.getByRole("status").textContent(), "Finished: FAIL");
    const row = page.getByRole("table", { name: "Results by endpoint" }).getByRole("row").nth(1);
    assert.equal(await row.getByRole("rowheader").textContent(), "GET /tickets/{id}");
    assert.deepEqual(await row.getByRole("cell").allTextContents(), [
      "1000",
      "412 ms",
      "412 ms",
      "412 ms",
      "412 ms",
      "412 ms",
      "1 %",
      "95/s",
      "✗ FAIL",
    ]);
    const lines = await page.getByRole("listitem").allTextContents();
    assert.deepEqual(lines.slice(0, 2), [
      "GET /tickets/{id} p95 412 ms, SLA 200 ms: FAIL (1000 requests; 10 failed and count as slower)",
      "GET /tickets/{id} errors 1 %, SLA 1 %: INCONCLUSIVE (95 % interval 0.54 % to 1.8 %, 1000 requests)",
    ]);
    assert.ok(
      lines.some((line) => line === "GET /tickets/{id}: 10 failed, mostly status 500 (10)"),
      lines.join("\n"),
    );
    assert.deepEqual(await violations(page), []);
    if (process.env["PANEL_SCREENSHOT"] !== undefined) await page.screenshot({ path: process.env["PANEL_SCREENSHOT"], fullPage: true });
    await page.close();
  });

  it("can be used by keyboard, and offers only what can be done", async () => {
    const page = await open();
    await post(page, { kind: "state", state: running });
    assert.deepEqual(await page.getByRole("button").allTextContents(), ["Stop"]);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await post(page, { kind: "state", state: { ...running, phase: "stopping" } });
    assert.equal(await page.getByRole("button").count(), 0);
    const result = await resultFor({});
    await post(page, { kind: "state", state: { ...running, phase: "finished", result, file: "/x.json" } });
    assert.deepEqual(await page.getByRole("button").allTextContents(), ["Run Again", "Open Run as JSON"]);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.deepEqual(
      (await told(page)).map((message) => message.kind),
      ["ready", "stop", "again", "openFile"],
    );
    await page.close();
  });

  it("comes back as it was after a reload, and ignores what it does not know", async () => {
    const kept = { ...running, phase: "finished" as const, result: await resultFor({}) };
    const page = await open(kept);
    assert.equal(await page.getByRole("status").textContent(), "Finished, no SLA");
    for (const message of [{}, { kind: "tick", tick: {} }, { kind: "state", state: { title: 5 } }]) await post(page, message);
    assert.equal(await page.textContent("h1"), "GET /tickets/{id}");
    await page.close();
    const strange = await open({ title: 1 } as unknown as PanelState);
    assert.equal(await strange.textContent("h1"), "");
    await strange.close();
  });

  it("shows text from servers as text", async () => {
    const page = await open();
    const result = await resultFor({ endpoint: "GET /<img src=x onerror=alert(1)>" });
    await post(page, { kind: "state", state: { ...running, title: "<b>x</b>", phase: "finished", result } });
    assert.equal(await page.textContent("h1"), "<b>x</b>");
    assert.equal(await page.locator("img, b").count(), 0);
    assert.deepEqual(await violations(page), []);
    await page.close();
  });
});
