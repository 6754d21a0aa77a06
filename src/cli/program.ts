import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { type CheckOptions, check, FORMATS } from "./commands/check.ts";
import { explain } from "./commands/explain.ts";
import { type FixOptions, fix } from "./commands/fix.ts";
import { listRules } from "./commands/rules.ts";
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
    .configureOutput({ writeOut: (text) => shell.io.out(text), writeErr: (text) => shell.io.err(text) })
    .showHelpAfterError('(see "performance-auditor --help")');

  shared(root.command("check").description("report what is slow, or will be").argument("[path...]", "folders of one system, or files", []))
    .addOption(new Option("--format <format>", "how to report").choices(FORMATS).default("text"))
    .option("--since <revision>", "report only what touches lines changed since a git revision")
    .action(async (paths: string[], options: CheckOptions) => finish(await check(paths, options, shell)))
    .addHelpText("after", "\nExit code: 0 nothing at warning or above, 1 findings, 2 usage or internal error.");

  shared(root.command("fix").description("apply the safe fixes").argument("[path...]", "folders of one system, or files", []))
    .option("--suggestions", "apply suggestions too: they change what the code does or need a look", false)
    .option("--dry-run", "print the changes as a unified diff, write nothing", false)
    .option("--verify", "parse every Java result with a second, strict parser and check it again", false)
    .action(async (paths: string[], options: FixOptions) => finish(await fix(paths, options, shell)));

  root
    .command("explain")
    .description("print the document of a rule")
    .argument("<rule>", "its id, as in findings")
    .action((rule: string) => finish(explain(rule, shell)));

  root
    .command("rules")
    .description("list all rules")
    .action(() => finish(listRules(shell)));

  return root;
}

function shared(command: Command): Command {
  return command
    .option("--rule <id>", "only this rule; may be given again", collected, [])
    .option("--config <file>", "another project file than performance.yaml")
    .option("--no-cache", "read every file anew and keep nothing")
    .option("--cache-location <folder>", "where facts are kept between runs");
}

function collected(value: string, before: readonly string[]): readonly string[] {
  if (value === "") throw new InvalidArgumentError("A rule has an id.");
  return [...before, value];
}
