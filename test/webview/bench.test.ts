import { strict as assert } from "node:assert";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import type { PanelState, ToPanel } from "../../src/bench/panelProtocol.ts";
import { resultFor } from "../bench/results.ts";
import { scenarioOf, simulate } from "../bench/simulation.ts";
import { browserPath, launch } from "../host/browser.ts";

const ENTRY = fileURLToPath(new URL("../../src/webview/bench/main.ts", import.meta.url));
const ORIGIN = "http://panel.invalid";

/** What the editor does for a panel, and what the page did that its policy forbids; as text, so that it is not compiled for Node. */
const editorScript = (kept: unknown) => `
  Object.assign(window, { told: [], violations: [], kept: ${JSON.stringify(kept) ?? "undefined"} });
  addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
  window.acquireVsCodeApi = () => ({
    postMessage: (message) => told.push(message),
    getState: () => window.kept,
    setState: (state) => { window.kept = state; },
  });`;

describe("the benchmark panel in a browser", function () {
  this.timeout(60_000);
  let browser: Browser;
  let assets: ReadonlyMap<string, string>;

  before(async function () {
    const path = browserPath();
    if (path === undefined) {
      console.log("      left out: there is no Chromium; its path goes into CHROMIUM");
      this.skip();
    }
    const built = await build({ entryPoints: [ENTRY], bundle: true, format: "iife", outdir: "out", write: false, logLevel: "silent" });
    assets = new Map(built.outputFiles.map(({ path, text }) => [path.endsWith(".css") ? "/bench.css" : "/bench.js", text]));
    browser = await launch(path);
  });
  after(() => browser?.close());

  /** The page as the editor makes it, with the policy of benchmarkPanel.ts. */
  async function open(kept?: PanelState): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 900, height: 900 } });
    const policy = `default-src 'none'; style-src ${ORIGIN}; script-src 'nonce-abc'`;
    const html = `<!DOCTYPE html><html lang="en"><head><meta http-equiv="Content-Security-Policy" content="${policy}"><title>Benchmark</title><link rel="stylesheet" href="/bench.css"></head><body><script nonce="abc" src="/bench.js"></script></body></html>`;
    await page.route("**/*", (route) => {
      const path = new URL(route.request().url()).pathname;
      const asset = assets.get(path);
      const contentType = path.endsWith(".css") ? "text/css" : path.endsWith(".js") ? "text/javascript" : "text/html";
      return route.fulfill({ contentType, body: asset ?? html });
    });
    await page.addInitScript({ content: editorScript(kept) });
    await page.goto(ORIGIN);
    return page;
  }

  const post = (page: Page, message: ToPanel | object) =>
    page.evaluate(`dispatchEvent(new MessageEvent("message", { data: ${JSON.stringify(message)} }))`);
  const told = (page: Page) => page.evaluate<readonly { readonly kind: string }[]>("told");
  const violations = (page: Page) => page.evaluate<readonly string[]>("violations");

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
