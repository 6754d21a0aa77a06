/**
 * `npm run fixes -- PATH [MAVEN_ARGUMENT…]`: the proof that fixes compile and break nothing, on a real Maven project.
 *
 * Runs the project's own tests, applies the safe fixes, runs them again, applies the suggestions, runs them again. No test that passed
 * before may fail, go missing or not compile; when one does, each rule is tried alone and the guilty ones are named. The project is
 * copied: nothing in it is changed. Exit 0: nothing newly failing; 1: something; 2: it could not be run.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { childrenOf, parseXml, type XmlElement } from "../../src/syntax/xml.ts";

const projectRoot = join(dirname(fileURLToPath(import.meta.url)), "../..");
const cli = join(projectRoot, "dist/cli.js");
/** What a build checks besides compiling and testing, and would stop for. */
const SKIPPED = ["enforcer", "checkstyle", "spring-javaformat", "spotless.check", "jacoco", "pmd", "spotbugs"].map(
  (name) => `-D${name}.skip=true`,
);
const MINUTES = 20;

interface TestRun {
  /** By class and method: whether it passed. Skipped tests are not in it. */
  readonly tests: ReadonlyMap<string, boolean>;
  /** The compiler's first complaint. */
  readonly broken: string | undefined;
}

interface Stage {
  readonly name: string;
  readonly options: readonly string[];
}

const STAGES: readonly Stage[] = [
  { name: "safe fixes", options: [] },
  { name: "suggestions", options: ["--suggestions"] },
];

function main(): number {
  const [path, ...mavenArguments] = process.argv.slice(2);
  if (path === undefined || !existsSync(join(path, "pom.xml")))
    return stop("Usage: npm run fixes -- PATH_OF_A_MAVEN_PROJECT [MAVEN_ARGUMENT…]");
  if (spawnSync("mvn", ["--version"]).status !== 0) return stop("There is no Maven here: nothing was run, and nothing is proven.");
  if (!existsSync(cli)) return stop("dist/ is not built: npm run build");
  const work = mkdtempSync(join(tmpdir(), "java-fixes-"));
  try {
    return prove(copyOf(resolve(path), work), mavenArguments);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function prove(project: string, mavenArguments: readonly string[]): number {
  const before = runTests(project, mavenArguments);
  if (before.broken !== undefined) return stop(`The project does not build as it is: ${before.broken}`);
  say(`as it is: ${counted(before)}`);
  if (![...before.tests.values()].includes(true)) return stop("No test passes as it is: nothing could be proven.");
  let failures = 0;
  for (const stage of STAGES) {
    const fixed = applied(project, stage.options);
    if (fixed.size === 0) {
      say(`\n${stage.name}: none`);
      continue;
    }
    const after = runTests(project, mavenArguments);
    const lost = newlyFailing(before, after);
    say(`\n${stage.name}: ${counted(after)}${lost.length === 0 ? ", nothing newly failing" : `, ${lost.length} newly failing`}`);
    for (const [rule, count] of fixed) say(`  ${String(count).padStart(4)}  ${rule}`);
    if (lost.length > 0) {
      failures += lost.length;
      for (const line of lost.slice(0, 20)) say(`  ✘ ${line}`);
      blame(project, stage, [...fixed.keys()], before, mavenArguments);
    }
    git(project, "add", "-A");
    git(project, "commit", "-q", "--allow-empty", "-m", stage.name);
  }
  return failures === 0 ? 0 : 1;
}

/** Each rule alone, from where the stage began. */
function blame(project: string, stage: Stage, rules: readonly string[], before: TestRun, mavenArguments: readonly string[]): void {
  for (const rule of rules) {
    git(project, "stash", "-q", "-u");
    applied(project, [...stage.options, "--rule", rule]);
    const lost = newlyFailing(before, runTests(project, mavenArguments));
    if (lost.length > 0) {
      say(`  ${rule} is to blame: ${lost[0]}`);
      say(
        git(project, "diff")
          .split("\n")
          .slice(0, 60)
          .map((line) => `    ${line}`)
          .join("\n"),
      );
    }
    git(project, "checkout", "-q", ".");
    git(project, "clean", "-qfd");
    git(project, "stash", "pop", "-q");
  }
}

/** Applies fixes and counts, by rule, the findings that are gone. */
function applied(project: string, options: readonly string[]): ReadonlyMap<string, number> {
  const rules = options.includes("--rule") ? options.slice(options.indexOf("--rule")) : [];
  const before = fixable(project, rules);
  const { stderr } = spawnSync(process.execPath, [cli, "fix", project, "--verify", "--no-cache", ...options], { encoding: "utf8" });
  for (const line of stderr.split("\n")) if (line.startsWith("left out:")) say(`  ${line}`);
  const after = fixable(project, rules);
  const gone = [...before].map(([rule, count]) => [rule, count - (after.get(rule) ?? 0)] as const).filter(([, count]) => count > 0);
  return git(project, "status", "--porcelain") === "" ? new Map() : new Map(gone.sort((a, b) => b[1] - a[1]));
}

function fixable(project: string, rules: readonly string[]): ReadonlyMap<string, number> {
  const { stdout } = spawnSync(process.execPath, [cli, "check", project, "--format", "json", "--no-cache", ...rules], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  const counts = new Map<string, number>();
  const { findings } = JSON.parse(stdout) as {
    readonly findings: readonly { readonly rule: string; readonly fixes: readonly unknown[] }[];
  };
  for (const { rule, fixes } of findings) if (fixes.length > 0) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
}

function runTests(project: string, mavenArguments: readonly string[]): TestRun {
  for (const report of reportsIn(project)) rmSync(report);
  const { stdout } = spawnSync("mvn", ["-B", "-ntp", "-fae", "test", "-Dmaven.test.failure.ignore=true", ...SKIPPED, ...mavenArguments], {
    cwd: project,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    timeout: MINUTES * 60_000,
  });
  const failed = /BUILD FAILURE/.test(stdout) || !/BUILD SUCCESS/.test(stdout);
  const complaint = stdout.split("\n").find((line) => line.startsWith("[ERROR]"));
  const tests = new Map<string, boolean>();
  for (const report of reportsIn(project)) for (const [name, passed] of resultsOf(report)) tests.set(name, passed);
  return { tests, broken: failed ? (complaint ?? "Maven did not finish").replaceAll(project, "") : undefined };
}

/** Surefire's reports of all modules. */
function reportsIn(project: string): readonly string[] {
  return readdirSync(project, { recursive: true, encoding: "utf8" })
    .filter((file) => /surefire-reports[\\/]TEST-[^\\/]+\.xml$/.test(file))
    .map((file) => join(project, file));
}

function resultsOf(report: string): readonly (readonly [string, boolean])[] {
  const { root } = parseXml(readFileSync(report, "utf8"));
  return childrenOf(root, "testcase")
    .filter((test) => !has(test, "skipped"))
    .map((test) => [`${test.attributes["classname"]}#${test.attributes["name"]}`, !has(test, "failure") && !has(test, "error")] as const);
}

const has = (test: XmlElement, name: string): boolean => test.children.some((child) => child.name === name);

function newlyFailing(before: TestRun, after: TestRun): readonly string[] {
  if (after.broken !== undefined) return [`the build: ${after.broken}`];
  return [...before.tests]
    .filter(([name, passed]) => passed && after.tests.get(name) !== true)
    .map(([name]) => `${name} ${after.tests.has(name) ? "fails" : "is missing"}`);
}

function counted({ tests, broken }: TestRun): string {
  if (broken !== undefined) return "does not build";
  const passed = [...tests.values()].filter(Boolean).length;
  return `${passed} of ${tests.size} tests pass`;
}

/** With a history of one commit: builds ask for one, and changes are to be taken back. */
function copyOf(path: string, work: string): string {
  const project = join(work, basename(path));
  cpSync(path, project, { recursive: true, filter: (source) => !/[\\/](?:\.git|target|node_modules)$/.test(source) });
  git(project, "init", "-q");
  git(project, "config", "user.name", "java-fixes");
  git(project, "config", "user.email", "java-fixes@localhost");
  git(project, "add", "-A");
  git(project, "commit", "-q", "-m", "as it is");
  return project;
}

function git(project: string, ...args: readonly string[]): string {
  return spawnSync("git", args, { cwd: project, encoding: "utf8", maxBuffer: 1 << 28 }).stdout;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function stop(reason: string): number {
  process.stderr.write(`${reason}\n`);
  return 2;
}

process.exitCode = main();
