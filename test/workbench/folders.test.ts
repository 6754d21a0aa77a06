import { Workbench } from "./workbench.ts";

describe("workbench: a folder that only holds projects", function () {
  this.timeout(120_000);
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.open("test/host/workspace");
  });
  after(() => workbench?.close());
  afterEach(async function () {
    if (this.currentTest?.state === "failed") await workbench.screenshot("failed-folders");
  });

  it("is judged before a file is opened, whatever the folders of the projects are called", async () => {
    await workbench.command("Problems: Focus on Problems View");
    await workbench.page.locator(".markers-panel .monaco-list-row", { hasText: "sql/foreign-key-without-index" }).first().waitFor();
  });
});
