/**
 * `npm run fixes -- PATH [--compile] [MAVEN_ARGUMENT…]`: the proof that fixes compile and break nothing, on a real Maven project.
 *
 * Runs the project's own tests, applies the safe fixes, runs them again, applies the suggestions, runs them again. No test that passed
 * before may fail, go missing or not compile; when one does, each rule is tried alone and the guilty ones are named. A second run of the
 * same fixes has to find nothing more. With `--compile`
 * sources and tests are compiled and nothing is run; `-pl MODULE -am` and the like say what. The project is copied: nothing in it is
 * changed. Exit 0: nothing newly failing; 1: something; 2: it could not be run.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { runCli } from "../../src/cli/program.ts";
import { locateTool } from "../../src/cli/tool.ts";
import { rules } from "../../src/rules/index.ts";
import type { AnyRule, JudgedLanguage, RuleContext } from "../../src/rules/rule.ts";
import { childrenOf, parseXml, type XmlElement } from "../../src/syntax/xml.ts";

/** What a build checks besides compiling and testing, and would stop for. */
const SKIPPED = ["enforcer", "checkstyle", "spring-javaformat", "spotless.check", "jacoco", "pmd", "spotbugs"].map(
  (name) => `-D${name}.skip=true`,
);
const MINUTES = 20;
const AS_IT_IS = "as-it-is";
const tool = locateTool();

interface TestRun {
  /** By class and method: whether it passed. Skipped tests are not in it. */
  readonly tests: ReadonlyMap<string, boolean>;
  /** The compiler's complaints. */
  readonly broken: readonly string[];
}

/** What is asked of the project before and after. */
interface Trial {
  readonly project: string;
  readonly compileOnly: boolean;
  readonly mavenArguments: readonly string[];
}

interface Stage {
  readonly name: string;
  readonly options: readonly string[];
  readonly rules: readonly AnyRule[];
  /** Whether it begins with the project as it is, not with what the stage before has made of it. */
  readonly anew: boolean;
}

/** Where a finding has several suggestions, which exclude each other, one stage takes the first and one the last. */
const STAGES: readonly Stage[] = [
  { name: "safe fixes", options: [], rules, anew: false },
  { name: "suggestions", options: ["--suggestions"], rules, anew: false },
  { name: "other suggestions", options: ["--suggestions"], rules: rules.map(lastFixFirst), anew: true },
];

async function main(): Promise<number> {
  const [path, ...rest] = process.argv.slice(2);
  if (path === undefined || !existsSync(join(path, "pom.xml")))
    return stop("Usage: npm run fixes -- PATH_OF_A_MAVEN_PROJECT [--compile] [MAVEN_ARGUMENT…]");
  if (spawnSync("mvn", ["--version"]).status !== 0) return stop("There is no Maven here: nothing was run, and nothing is proven.");
  const work = mkdtempSync(join(tmpdir(), "java-fixes-"));
  try {
    const mavenArguments = rest.filter((argument) => argument !== "--compile");
    return await prove({ project: copyOf(resolve(path), work), compileOnly: rest.includes("--compile"), mavenArguments });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function prove(trial: Trial): Promise<number> {
  const { project, compileOnly } = trial;
  const before = run(trial);
  if (before.broken.length > 0) return stop(`The project does not build as it is: ${before.broken[0]}`);
  say(`as it is: ${counted(before, trial)}`);
  if (!compileOnly && ![...before.tests.values()].includes(true)) return stop("No test passes as it is: nothing could be proven.");
  let failures = 0;
  for (const stage of STAGES) {
    if (stage.anew) git(project, "checkout", "-q", "-f", AS_IT_IS);
    const fixed = await applied(project, stage);
    if (fixed.length === 0) {
      say(`\n${stage.name}: none`);
      continue;
    }
    const after = run(trial);
    const lost = newlyFailing(before, after);
    say(`\n${stage.name}: ${counted(after, trial)}${lost.length === 0 ? ", nothing newly failing" : `, ${lost.length} newly failing`}`);
    for (const line of fixed) say(`  ${line}`);
    if (lost.length > 0) {
      failures += lost.length;
      for (const line of lost.slice(0, 20)) say(`  ✘ ${line}`);
      await blame(trial, stage, fixed.map(ruleOf), before);
    }
    const again = await applied(project, stage);
    if (again.length > 0) say(`  ✘ a second run finds more to fix: ${again.map((line) => line.trim()).join(", ")}`);
    failures += again.length;
    git(project, "add", "-A");
    git(project, "commit", "-q", "--allow-empty", "-m", stage.name);
  }
  return failures === 0 ? 0 : 1;
}

/** Each rule alone, from where the stage began. */
async function blame(trial: Trial, stage: Stage, ids: readonly string[], before: TestRun): Promise<void> {
  const { project } = trial;
  for (const rule of ids) {
    git(project, "stash", "-q", "-u");
    await applied(project, { ...stage, options: [...stage.options, "--rule", rule] });
    const lost = newlyFailing(before, run(trial));
    if (lost.length > 0) {
      say(`  ${rule} is to blame: ${lost.slice(0, 5).join("\n    ")}`);
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

/** Applies fixes; a line for each rule, with the number of findings that its edits fixed. */
async function applied(project: string, stage: Stage): Promise<readonly string[]> {
  let out = "";
  let err = "";
  const io = {
    cwd: project,
    env: {},
    colours: false,
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
  };
  await runCli(["fix", "--verify", "--no-cache", ...stage.options, "--", ...builtFiles(project)], { io, tool, rules: stage.rules });
  // All files are named, also those that are none of ours.
  for (const line of err.split("\n")) if (line !== "" && !line.includes(" is not judged: ")) say(`  ${line}`);
  return out.split("\n").filter((line) => /^ *\d+ {2}[a-z]+\/[a-z0-9-]+$/.test(line));
}

function lastFixFirst(rule: AnyRule): AnyRule {
  const check = rule.check as (context: RuleContext<JudgedLanguage, string>) => void;
  return {
    ...rule,
    check(context: RuleContext<JudgedLanguage, string>): void {
      check({ ...context, report: (finding) => context.report({ ...finding, fixes: [...(finding.fixes ?? [])].reverse() }) });
    },
  };
}

/** Files of modules that were not built would be counted, and are not compiled. */
function builtFiles(project: string): readonly string[] {
  const moduleOf = (file: string): string => {
    const folder = dirname(file);
    return folder === "." || existsSync(join(project, folder, "pom.xml")) ? folder : moduleOf(folder);
  };
  const built = (module: string) => existsSync(join(project, module, "target")) || !existsSync(join(project, module, "src/main/java"));
  const answers = new Map<string, boolean>();
  return git(project, "-c", "core.quotepath=off", "ls-files")
    .split("\n")
    .filter((file) => {
      const module = moduleOf(file);
      if (!answers.has(module)) answers.set(module, built(module));
      return file !== "" && existsSync(join(project, file)) && answers.get(module) === true;
    });
}

const ruleOf = (line: string): string => line.trim().split("  ")[1] as string;

function run({ project, compileOnly, mavenArguments }: Trial): TestRun {
  for (const report of reportsIn(project)) rmSync(report);
  const goals = compileOnly ? ["clean", "test-compile"] : ["-fae", "test", "-Dmaven.test.failure.ignore=true"];
  const { stdout } = spawnSync("mvn", ["-B", "-ntp", ...goals, ...SKIPPED, ...mavenArguments], {
    cwd: project,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    timeout: MINUTES * 60_000,
  });
  const failed = /BUILD FAILURE/.test(stdout) || !/BUILD SUCCESS/.test(stdout);
  const complaints = stdout.split("\n").filter((line) => line.startsWith("[ERROR]"));
  const tests = new Map<string, boolean>();
  for (const report of reportsIn(project)) for (const [name, passed] of resultsOf(report)) tests.set(name, passed);
  const broken = complaints.length === 0 ? ["Maven did not finish"] : complaints.map((line) => line.replaceAll(project, ""));
  return { tests, broken: failed ? broken : [] };
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
  if (after.broken.length > 0) return after.broken.map((complaint) => `the build: ${complaint}`);
  return [...before.tests]
    .filter(([name, passed]) => passed && after.tests.get(name) !== true)
    .map(([name]) => `${name} ${after.tests.has(name) ? "fails" : "is missing"}`);
}

function counted({ tests, broken }: TestRun, { compileOnly }: Trial): string {
  if (broken.length > 0) return "does not build";
  if (compileOnly) return "compiles";
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
  git(project, "tag", AS_IT_IS);
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

process.exitCode = await main();
