import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { SEVERITIES } from "../rules/finding.ts";
import { BENCH_FORMATS, type BenchOptions, bench } from "./commands/bench.ts";
import { type CheckOptions, check, FORMATS } from "./commands/check.ts";
import { explain } from "./commands/explain.ts";
import { type FixOptions, fix } from "./commands/fix.ts";
import { PLAN_FORMATS, type PlanOptions, plan } from "./commands/plan.ts";
import { listRules, RULE_FORMATS, type RulesOptions } from "./commands/rules.ts";
import { EXIT, type ExitCode, type Shell, UsageError } from "./io.ts";

/** Runs one command line (without the program's name) and answers with its exit code. Never throws. */
export async function runCli(args: readonly string[], shell: Shell): Promise<ExitCode> {
  let exit: ExitCode = EXIT.clean;
  try {
    await program(shell, (code) => {
      exit = code;
    }).parseAsync([...args], { from: "user" });
    return exit;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.clean : EXIT.error;
    if (error instanceof UsageError) shell.io.err(`performance-auditor: ${error.message}\n`);
    else shell.io.err(`performance-auditor failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return EXIT.error;
  }
}

function program(shell: Shell, finish: (code: ExitCode) => void): Command {
  const root = new Command("performance-auditor")
    .description("Finds, proves and fixes performance problems across Spring Boot, PostgreSQL and Flutter.")
    .version(shell.tool.version)
    .exitOverride()
    .configureHelp({ optionDescription })
    .addHelpText("after", "\nColours are for terminals: NO_COLOR forbids them, FORCE_COLOR brings them to a pipeline's log.")
    .configureOutput({ writeOut: (text) => shell.io.out(text), writeErr: (text) => shell.io.err(text) })
    .showHelpAfterError('(see "performance-auditor --help")');

  shared(
    root
      .command("check")
      .description("report what is slow, or will be")
      .argument("[path...]", "folders of one system, or files (default: this folder)"),
  )
    .addOption(new Option("--format <format>", "how to report").choices(FORMATS).default("text"))
    .addOption(new Option("--minimum-severity <severity>", "report nothing below it").choices(SEVERITIES).default("hint"))
    .option("--since <revision>", "report only what touches lines changed since a git revision")
    .option("--plan", "let PostgreSQL's planner confirm or withdraw what is found about indexes", false)
    .addOption(new Option("--statistics <file>", "of production, for --plan: see performance-auditor plan --help").implies({ plan: true }))
    .action(async (paths: string[], options: CheckOptions) => finish(await check(paths, options, shell)))
    .addHelpText("after", "\nExit code: 0 nothing at warning or above, 1 findings, 2 usage or internal error.");

  shared(
    root.command("fix").description("apply the safe fixes").argument("[path...]", "folders of one system, or files (default: this folder)"),
  )
    .option("--suggestions", "apply suggestions too: they change what the code does or need a look", false)
    .option("--dry-run", "print the changes as a unified diff, write nothing", false)
    .option("--verify", "parse every Java result with a second, strict parser and check it again", false)
    .action(async (paths: string[], options: FixOptions) => finish(await fix(paths, options, shell)))
    .addHelpText(
      "after",
      "\nExit code: that of a check of what is left, 0 or 1; 2 usage or internal error, or a file that could not be written.",
    );

  root
    .command("bench")
    .description("load an endpoint or a scenario of performance.yaml, and judge its SLA")
    .argument("[path]", "folder of the project", ".")
    .option("--endpoint <endpoint>", 'method and path, as in "GET /tickets/42"')
    .option("--scenario <name>", "a scenario of performance.yaml")
    .option("--target <url>", "address of the running application (default: the scenario's, else http://127.0.0.1:8080)")
    .option("--vus <number>", "closed model: so many users, each waiting for its answer")
    .option("--rate <requests>", "open model: so many requests a second, answered or not")
    .option("--duration <time>", "how long to measure: 10s, 2m")
    .option("--warmup <time>", "how long to load before that; its results are thrown away")
    .option("--timeout <time>", "when a request is given up")
    .option("--config <file>", "another project file than performance.yaml")
    .option("--allow-remote", "send load to a machine that is not this one", false)
    .option("--no-keep", "do not write the run to .performance/runs")
    .addOption(new Option("--format <format>", "how to report").choices(BENCH_FORMATS).default("text"))
    .action(async (path: string, options: BenchOptions) => finish(await interruptible((signal) => bench(path, options, shell, signal))))
    .addHelpText("after", "\nExit code: 0 SLAs kept, none set, or not yet proven either way; 1 an SLA broken; 2 usage or internal error.");

  root
    .command("plan")
    .description("ask PostgreSQL's planner about queries at production size, and which indexes would help")
    .argument("[path]", "folder of the project", ".")
    .addOption(
      new Option("--query <name>", "one query: TicketRepository.findByOwner (default: all of all repositories)").conflicts([
        "sql",
        "migration",
      ]),
    )
    .addOption(new Option("--sql <file>", "the statements of a file, parameters written $1, $2").conflicts("migration"))
    .option("--migration <file>", "what each statement of a migration locks and rewrites, on the schema before it")
    .option("--statistics <file>", "what --export-query printed the query for, or a dump of pg_dump --statistics-only")
    .option("--prove", "with --query or --sql: make rows as the statistics say, and run the query on them before and after", false)
    .option("--rows <number>", "with --prove: rows of the largest table at most", (given) => {
      if (!/^[1-9]\d{0,6}$/.test(given)) throw new InvalidArgumentError("A number of rows up to 9,999,999.");
      return Number(given);
    })
    .option("--export-query", "print the SELECT whose result --statistics reads, for PostgreSQL 12 to 17", false)
    .option("--config <file>", "another project file than performance.yaml")
    .option("--no-cache", "read every file anew and keep nothing")
    .option("--cache-location <folder>", "where facts are kept between runs")
    .addOption(new Option("--format <format>", "how to report").choices(PLAN_FORMATS).default("text"))
    .action(async (path: string, options: PlanOptions) => finish(await interruptible((signal) => plan(path, options, shell, signal))));

  root
    .command("explain")
    .description("print the document of a rule: what it costs, an example, when not to follow it")
    .argument("<rule>", "its id, as in findings")
    .action((rule: string) => finish(explain(rule, shell)));

  root
    .command("rules")
    .description("list all rules")
    .addOption(new Option("--format <format>", "how to list").choices(RULE_FORMATS).default("text"))
    .action((options: RulesOptions) => finish(listRules(options, shell)));

  return root;
}

function shared(command: Command): Command {
  return command
    .option("--rule <id>", "only this rule; may be given again", collected, [])
    .option("--config <file>", "another project file than performance.yaml")
    .option("--unapplied-since <revision>", "migrations that this git revision does not have, have not run (default: the default branch)")
    .option("--no-cache", "read every file anew and keep nothing")
    .option("--cache-location <folder>", "where facts are kept between runs");
}

/** Without the defaults that go without saying: a flag is off, a list empty. */
function optionDescription(option: Option): string {
  const saysDefault = option.defaultValue !== undefined && option.defaultValue !== false && !Array.isArray(option.defaultValue);
  const notes = [
    ...(option.argChoices === undefined ? [] : [option.argChoices.join(", ")]),
    ...(saysDefault && !option.negate ? [`default: ${String(option.defaultValue)}`] : []),
  ];
  return notes.length === 0 ? option.description : `${option.description} (${notes.join("; ")})`;
}

/** Ctrl-C ends the run with what it has; a second one ends the process. */
async function interruptible<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stop = () => controller.abort();
  process.once("SIGINT", stop);
  try {
    return await run(controller.signal);
  } finally {
    process.off("SIGINT", stop);
  }
}

function collected(value: string, before: readonly string[]): readonly string[] {
  if (value === "") throw new InvalidArgumentError("A rule has an id.");
  return [...before, value];
}
