import assert from "node:assert/strict";
import { Workbench } from "./workbench.ts";

const SERVICE = "ChainService.java";
const REPOSITORY = "TicketRepository.java";
const WIDGET = "app/lib/widgets/ticket_qr.dart";

describe("workbench: the sample in the newest VS Code", function () {
  this.timeout(120_000);
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.open("samples/ticket-chain");
  });
  after(() => workbench?.close());
  afterEach(async function () {
    if (this.currentTest?.state === "failed") await workbench.screenshot(`failed-${this.currentTest.title.replace(/\W+/g, "-")}`);
  });

  it("shows the findings of files that nobody has opened", async () => {
    const { page } = workbench;
    await workbench.command("Problems: Focus on Problems View");
    const marker = page.locator(".markers-panel .monaco-list-row", { hasText: "dart/controller-not-disposed" });
    await marker.first().waitFor();
    await workbench.screenshot("problems");
    await workbench.command("View: Toggle Panel Visibility");
    await workbench.command("View: Toggle Primary Side Bar Visibility");
  });

  it("shows a query in a loop with the chain down to the repository", async () => {
    const { page } = workbench;
    await workbench.file(SERVICE);
    await workbench.goTo(71, 1);
    const widget = page.locator(".marker-widget");
    // Warnings come before what is only worth knowing.
    for (;;) {
      await workbench.command("Go to Next Problem (Error, Warning, Info)");
      await widget.waitFor();
      if ((await widget.textContent())?.includes("sizeOf") === true) break;
    }
    const text = (await widget.textContent()) ?? "";
    assert.match(text, /Cost: 1 \+ N/);
    assert.match(text, /java\/query-in-loop/);
    assert.match(text, /ChainReader\.java/);
    await workbench.screenshot("finding");
    await page.keyboard.press("Escape");
  });

  it("opens the document of a finding's code as it is meant to be read", async () => {
    const { page } = workbench;
    await workbench.command("Problems: Focus on Problems View");
    await page.locator(".markers-panel a", { hasText: "dart/controller-not-disposed" }).first().click();
    await page.locator(".tab.active", { hasText: "controller-not-disposed.md" }).waitFor();
    const document = page.frameLocator("iframe.webview.ready").frameLocator("iframe").locator("h1");
    await document.filter({ hasText: "dart/controller-not-disposed" }).waitFor();
    await workbench.command("View: Close Editor");
    await workbench.command("View: Toggle Panel Visibility");
  });

  it("explains a query at production size from its code lens, before and after side by side", async () => {
    const { page } = workbench;
    await workbench.file(REPOSITORY);
    const lens = page.locator(".codelens-decoration a", { hasText: "Explain at production size" });
    await lens.first().waitFor();
    await workbench.goTo(20, 18);
    await workbench.command("Performance Auditor: Explain Query at Production Size");
    await page.locator(".tab.active", { hasText: "Plan of TicketRepository.findByOwnerIdAndStatus" }).waitFor();
    const panel = page.frameLocator("iframe.webview.ready").frameLocator("iframe");
    await panel.locator("h1", { hasText: "Plan of TicketRepository.findByOwnerIdAndStatus" }).waitFor();
    const [before, after] = [panel.getByRole("tree", { name: /^Before/ }), panel.getByRole("tree", { name: /^After/ })];
    assert.match(
      (await before.getByRole("treeitem").last().getAttribute("aria-label")) ?? "",
      /^Seq Scan on tickets t1, changed, \d+ % of the cost, /,
    );
    assert.match((await after.getByRole("treeitem").nth(1).getAttribute("aria-label")) ?? "", /^(?:Index|Bitmap Heap) Scan .*changed, /);
    const [left, right] = [await before.boundingBox(), await after.boundingBox()];
    assert.ok(left !== null && right !== null && left.x + left.width <= right.x, JSON.stringify([left, right]));
    await before.getByRole("treeitem").first().focus();
    await page.keyboard.press("End");
    assert.match((await panel.locator(":focus").getAttribute("aria-label")) ?? "", /^Seq Scan/);
    await workbench.screenshot("plan");
    await workbench.command("View: Close Editor");
  });

  it("applies a quick fix by keyboard", async () => {
    const { page } = workbench;
    await workbench.file("ticket_qr.dart");
    await workbench.goTo(25, 22);
    await page.locator(".codicon-gutter-lightbulb, .codicon-light-bulb, [class*='lightbulb']").first().waitFor();
    assert.match(
      (await workbench.quickFixes()).join("\n"),
      /MediaQuery\.sizeOf[\s\S]*Ignore dart\/rebuild-wide-state on this line[\s\S]*Explain/,
    );
    await workbench.screenshot("fix");
    await page.keyboard.press("Enter");
    await workbench.line("MediaQuery.sizeOf(context)");
    await workbench.save();
    assert.match(workbench.read(WIDGET), /final size = MediaQuery\.sizeOf\(context\)\.shortestSide \* 0\.6;/);
  });

  it("asks for the rules of the file first, the nearest to the cursor before the others", async () => {
    const { page } = workbench;
    await workbench.file("ticket_qr.dart");
    await workbench.goTo(18, 1);
    await page.locator(".squiggly-info, .squiggly-warning").first().waitFor();
    await workbench.command("Performance Auditor: Explain Rule");
    const rows = page.locator(".quick-input-list .monaco-list-row");
    await rows.filter({ hasText: "config/" }).first().waitFor();
    const [first, second] = await rows.allTextContents();
    assert.match(first ?? "", /dart\/controller-not-disposed/);
    assert.match(second ?? "", /dart\//);
    await page.keyboard.press("Escape");
  });

  it("opens the document of a rule", async () => {
    const { page } = workbench;
    await workbench.command("Performance Auditor: Explain Rule");
    await page.locator(".quick-input-widget input").waitFor();
    await page.keyboard.type("java/query-in-loop");
    await page.keyboard.press("Enter");
    await page.locator(".tab.active", { hasText: "query-in-loop" }).waitFor();
    const document = page.frameLocator("iframe.webview.ready").frameLocator("iframe").locator("h1");
    await document.filter({ hasText: "java/query-in-loop" }).waitFor();
    await workbench.screenshot("rule");
  });
});
