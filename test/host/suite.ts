import type { Runner } from "mocha";
import { say } from "./say.ts";

/** Runs the suites inside an extension host: VS Code calls `run` (its `extensionTestsPath`), here and under @vscode/test-electron. */
export async function run(): Promise<void> {
  const { default: Mocha } = await import("mocha");
  const mocha = new Mocha({ ui: "bdd", timeout: 20_000, reporter: Printed as unknown as string });
  mocha.suite.emit("pre-require", globalThis, "suite", mocha);
  if (process.env["PERFORMANCE_AUDITOR_SUITE"] === "untrusted") await import("./suites/untrusted.test.ts");
  else {
    await import("./suites/activation.test.ts");
    await import("./suites/diagnostics.test.ts");
    await import("./suites/commands.test.ts");
    await import("./suites/benchmark.test.ts");
    await import("./suites/server.test.ts");
  }
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} failed`);
}

/** Mocha's own reporters print with format strings, which arrive unformatted at the other end. */
class Printed {
  constructor(runner: Runner) {
    let passed = 0;
    let failed = 0;
    runner.on("pass", (test) => {
      passed++;
      say(`  ✔ ${test.fullTitle()} (${test.duration} ms)`);
    });
    runner.on("fail", (test, error) => {
      failed++;
      say(`  ✘ ${test.fullTitle()}\n${error.stack ?? error.message}`);
    });
    runner.on("end", () => {
      say(`${passed} passing`);
      if (failed > 0) say(`${failed} failing`);
    });
  }
}
