import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { BROWSER, POSTGRESQL, provide } from "./debian.ts";

/**
 * Everything that must be green, one suite after the other: `npm test`. A suite that cannot run here is skipped with its reason;
 * the last line counts, as "N passed, N failed, N skipped".
 */
interface Suite {
  readonly name: string;
  readonly command: readonly string[];
  readonly directory?: string;
  /** A runner that prints mocha's "N passing" and "N failing"; any other command counts as one test. */
  readonly counts?: boolean;
  readonly minutes: number;
  /** What some of its tests need, and why they cannot have it: they say so and are skipped. */
  readonly wants?: () => string | undefined;
  /** Why it cannot run here. */
  readonly unless?: () => string | undefined;
}

const PROJECT = join(dirname(fileURLToPath(import.meta.url)), "..");
const node = process.execPath;
const tool = (name: string): string => join(PROJECT, "node_modules/.bin", name);
const browser = (): string | undefined => provide(BROWSER, say);
const postgresql = (): string | undefined => provide(POSTGRESQL, say);
const maven = (): string | undefined => (["/usr/bin/mvn", "/usr/local/bin/mvn"].some(existsSync) ? undefined : "there is no Maven here");

const ACCURACY = "test/bench/accuracy.test.ts";

const SUITES: readonly Suite[] = [
  { name: "types", command: [tool("tsc"), "-p", "."], minutes: 3 },
  { name: "types of the panels", command: [tool("tsc"), "-p", "src/webview"], minutes: 3 },
  { name: "lint", command: [tool("biome"), "ci", "--error-on-warnings"], minutes: 2 },
  { name: "build", command: [node, "esbuild.mjs", "--production"], minutes: 3 },
  {
    name: "units",
    command: [
      tool("mocha"),
      "--ignore",
      ACCURACY,
      "test/*.test.ts",
      "test/{text,syntax,project,facts,model,rules,analysis,planner,report,cli,bench,webview}/**/*.test.ts",
    ],
    counts: true,
    minutes: 25,
    wants: postgresql,
  },
  // In a process of its own: the collector of one that has run thousands of tests stops the clock.
  { name: "benchmark accuracy", command: [tool("mocha"), ACCURACY], counts: true, minutes: 10 },
  { name: "planner against a server", command: [tool("tsx"), "test/real/planner-costs.ts"], minutes: 10, unless: postgresql },
  { name: "planner's speed", command: [tool("tsx"), "test/real/planner-speed.ts"], minutes: 6 },
  { name: "server", command: [tool("mocha"), "test/server/**/*.test.ts"], counts: true, minutes: 12 },
  {
    name: "extension host, newest VS Code",
    command: [tool("tsx"), "test/host/run.ts", "1.139"],
    counts: true,
    minutes: 15,
    unless: browser,
  },
  {
    name: "extension host, oldest VS Code",
    command: [tool("tsx"), "test/host/run.ts", "1.100"],
    counts: true,
    minutes: 15,
    unless: browser,
  },
  { name: "workbench", command: [tool("mocha"), "test/workbench/**/*.test.ts"], counts: true, minutes: 15, unless: browser },
  {
    name: "sample backend",
    command: ["mvn", "-q", "-B", "package"],
    directory: "samples/ticket-chain/backend",
    minutes: 15,
    unless: maven,
  },
];

interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Runs a command, shows what it prints, and counts. */
function run(suite: Suite): Promise<Outcome> {
  return new Promise((resolve) => {
    const [command = "", ...args] = suite.command;
    const child = spawn(command, args, {
      cwd: join(PROJECT, suite.directory ?? "."),
      env: { ...process.env, FORCE_COLOR: "0" },
      stdio: ["ignore", "pipe", "inherit"],
      timeout: suite.minutes * 60_000,
      killSignal: "SIGKILL",
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      process.stdout.write(chunk);
    });
    child.on("error", (error) => {
      say(error.message);
      resolve({ passed: 0, failed: 1, skipped: 0 });
    });
    child.on("close", (code, signal) => {
      if (signal !== null) say(`Ended by ${signal}; a suite has ${suite.minutes} minutes`);
      const green = code === 0;
      if (suite.counts !== true) resolve({ passed: green ? 1 : 0, failed: green ? 0 : 1, skipped: 0 });
      else
        resolve({
          passed: count(output, "passing"),
          failed: Math.max(count(output, "failing"), green ? 0 : 1),
          skipped: count(output, "pending"),
        });
    });
  });
}

/** The sum of mocha's "N passing" lines; a runner may print several. */
function count(output: string, word: string): number {
  return [...output.matchAll(new RegExp(`^\\s*(\\d+) ${word}\\b`, "gm"))].reduce((sum, match) => sum + Number(match[1]), 0);
}

const wanted = process.argv.slice(2);
const total = { passed: 0, failed: 0, skipped: 0 };
for (const suite of SUITES.filter(({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)))) {
  say(`\n── ${suite.name}`);
  const reason = suite.unless?.();
  if (reason !== undefined) {
    say(`Skipped: ${reason}`);
    total.skipped++;
    continue;
  }
  const lacking = suite.wants?.();
  if (lacking !== undefined) say(`Without the tests on a real server: ${lacking}`);
  const startMs = performance.now();
  const outcome = await run(suite);
  say(`${suite.name}: ${outcome.passed} passed, ${outcome.failed} failed in ${Math.round((performance.now() - startMs) / 1000)} s`);
  total.passed += outcome.passed;
  total.failed += outcome.failed;
  total.skipped += outcome.skipped;
}
say(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
