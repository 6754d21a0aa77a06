import { runTests } from "@vscode/test-electron";
import { PROJECT } from "./install.ts";
import { bundledSuites, workspaceFor } from "./prepare.ts";

/**
 * Runs the same suites in the desktop VS Code: `tsx test/host/electron.ts [version]`. It takes the VS Code of VSCODE_EXECUTABLE, or
 * downloads one where VSCODE_DOWNLOAD says that it may, and says why where it does neither. Needs `dist/` built, and a display.
 */
const executable = process.env["VSCODE_EXECUTABLE"];
const mayDownload = process.env["VSCODE_DOWNLOAD"] !== undefined;
const reason =
  executable === undefined && !mayDownload
    ? "VSCODE_EXECUTABLE names no VS Code, and VSCODE_DOWNLOAD does not allow to download one"
    : process.platform === "linux" && process.env["DISPLAY"] === undefined
      ? "there is no display (run it under xvfb-run)"
      : undefined;

if (reason !== undefined) console.log(`Skipped: ${reason}`);
else {
  await runTests({
    ...(executable === undefined ? { version: process.argv[2] ?? "stable" } : { vscodeExecutablePath: executable }),
    extensionDevelopmentPath: PROJECT,
    extensionTestsPath: await bundledSuites(),
    extensionTestsEnv: { PERFORMANCE_AUDITOR_SUITE: "trusted" },
    launchArgs: [workspaceFor("desktop"), "--disable-extensions", "--disable-workspace-trust", "--skip-welcome", "--no-sandbox"],
  });
}
