import { browserPath, launch } from "./browser.ts";
import { type Served, serve } from "./codeServer.ts";
import { type Installed, install, PROJECT, VERSIONS } from "./install.ts";
import { bundledSuites, workspaceFor } from "./prepare.ts";
import { MARK } from "./say.ts";

/**
 * Runs the suites inside the extension hosts of VS Code's server: `tsx test/host/run.ts [version…]`. Needs `dist/` built, Chromium,
 * and Linux; says so and fails where one is missing.
 */
const LIMIT_MS = 240_000;
const wanted = process.argv.slice(2);
const versions = VERSIONS.filter((version) => wanted.length === 0 || wanted.includes(version));
const browser = browserPath();
if (process.platform !== "linux" || process.arch !== "x64") {
  console.log(`Skipped: the VS Code server of the host tests is there for Linux on x64, not for ${process.platform} on ${process.arch}`);
  process.exit(0);
}
if (browser === undefined) {
  console.error("The host tests need Chromium (apt-get install chromium), or its path in CHROMIUM");
  process.exit(2);
}
const bundle = await bundledSuites();
let failed = 0;
for (const version of versions) {
  const installed = install(version, console.log);
  for (const trust of ["trusted", "untrusted"] as const) {
    const startedAt = performance.now();
    const code = await runIn(installed, bundle, trust, browser);
    if (code !== 0) failed++;
    console.log(
      `VS Code ${version}, ${trust}: ${code === 0 ? "passed" : "FAILED"} in ${Math.round((performance.now() - startedAt) / 1000)} s`,
    );
  }
}
process.exit(failed === 0 ? 0 : 1);

async function runIn(
  { node, serverMain, version }: Installed,
  suites: string,
  trust: "trusted" | "untrusted",
  browserPath: string,
): Promise<number> {
  const workspace = workspaceFor(version);
  const served = await serve(
    node,
    [
      serverMain,
      ...["--host", "127.0.0.1", "--port", "{port}", "--without-connection-token", "--enable-smoke-test-driver"],
      ...[
        "--accept-server-license-terms",
        "--disable-telemetry",
        "--server-data-dir",
        "{home}/data",
        "--extensions-dir",
        "{home}/extensions",
      ],
      ...(trust === "trusted" ? ["--disable-workspace-trust"] : []),
    ],
    /Extension host agent listening on/,
    { PERFORMANCE_AUDITOR_SUITE: trust },
  );
  try {
    return await runPage(served, workspace, suites, browserPath);
  } finally {
    await served.stop();
  }
}

async function runPage({ origin, port }: Served, workspace: string, suites: string, browserPath: string): Promise<number> {
  const chromium = await launch(browserPath);
  const others: string[] = [];
  try {
    const page = await chromium.newPage();
    const exit = new Promise<number>((resolve) => {
      void page.exposeFunction("codeAutomationExit", (code: number) => resolve(code));
      page.on("crash", () => resolve(1));
      setTimeout(() => {
        console.error(`The suites did not end within ${LIMIT_MS / 1000} s`);
        resolve(1);
      }, LIMIT_MS).unref();
    });
    await page.exposeFunction("codeAutomationLog", (_type: string, args: readonly unknown[]) => {
      const line = args.map(String).join(" ");
      if (line.includes(MARK)) console.log(line.slice(line.indexOf(MARK) + MARK.length));
      else others.push(line);
    });
    const remote = (path: string) => `vscode-remote://127.0.0.1:${port}${path}`;
    const payload = JSON.stringify([
      ["extensionDevelopmentPath", remote(PROJECT)],
      ["extensionTestsPath", remote(suites)],
      ["skipWelcome", "true"],
    ]);
    await page.goto(`${origin}/?folder=${workspace}&payload=${encodeURIComponent(payload)}`);
    const code = await exit;
    if (code !== 0 && process.env["VERBOSE"] !== undefined) console.log(others.join("\n"));
    return code;
  } finally {
    await chromium.close();
  }
}
