import { relative } from "node:path";
import { fingerprintsOf } from "../../analysis/fingerprint.ts";
import { type AppliedFix, type FixAllResult, fixAll } from "../../analysis/fixAll.ts";
import { workspaceOf } from "../../analysis/scan.ts";
import type { FixedText } from "../../analysis/verifyFix.ts";
import type { Workspace } from "../../analysis/workspace.ts";
import { nodeHost } from "../../project/nodeHost.ts";
import type { Project } from "../../project/project.ts";
import { TestStubs } from "../../project/testStubs.ts";
import { unifiedDiff } from "../../report/unifiedDiff.ts";
import { atLeast, type Finding, type Fix } from "../../rules/finding.ts";
import { DiskTexts } from "../diskTexts.ts";
import { EXIT, type ExitCode, type Shell } from "../io.ts";
import { configuredStatistics, toldBy } from "../planSources.ts";
import { openSession, type Session, type SessionOptions } from "../session.ts";
import { stubNotes } from "../stubNotes.ts";
import { writeFixed } from "../writeFixed.ts";

export interface FixOptions extends SessionOptions {
  readonly suggestions: boolean;
  readonly dryRun: boolean;
  readonly verify: boolean;
}

/**
 * Applies fixes until none is left and writes the results, each file as a whole. The exit code speaks of what remains: with
 * `dryRun` of what would remain.
 */
export async function fix(paths: readonly string[], options: FixOptions, shell: Shell): Promise<ExitCode> {
  const session = await openSession(paths, options, shell);
  const { io, project, rules, parsers } = session;
  const workspace = await workspaceOf(session, { rules, settings: project.settings, onRuleError: session.onRuleError });
  workspace.setHistory(session.history);
  workspace.setStatistics(toldBy(configuredStatistics(session)).statistics);
  const texts = new DiskTexts(session.pathOf, session.targets.roots);
  const wanted = (file: string) => session.targets.wants(session.pathOf(file));
  const result = await fixAll({
    workspace,
    sources: texts,
    parsers,
    history: session.history,
    wants: (finding) => (wanted(finding.file) ? chosenFix(finding, options) : undefined),
    objection: await objections(texts, options, session),
  });
  const unwritten = options.dryRun ? [] : writeFixed(result.changed, result.applied, texts);
  if (options.dryRun) for (const { file, before, after } of result.changed) io.out(unifiedDiff(session.shownPath(file), before, after));
  else io.out(summary(result, session));
  for (const line of await stubNotes(result.changed, session)) (options.dryRun ? io.err : io.out)(line);
  for (const { rule, file, title, why } of result.rejected)
    io.err(`left out: "${title}" (${rule}) in ${session.shownPath(file)}: ${why}\n`);
  for (const { file, why } of unwritten) io.err(`not written: ${session.shownPath(file)}: ${why}\n`);
  if (unwritten.length > 0) return EXIT.error;
  const fixed = new Map(result.changed.map(({ file, after }) => [file, after]));
  const textOf = (file: string) => fixed.get(file) ?? texts.text(file);
  return [...workspace.files()].filter(wanted).some((file) => hasWarning(file, workspace, project, textOf)) ? EXIT.findings : EXIT.clean;
}

/** Whether a check would exit with findings for a file: the baseline may know them. */
function hasWarning(file: string, workspace: Workspace, { isKnown }: Project, textOf: (file: string) => string | undefined): boolean {
  const findings = workspace.ownFindings(file);
  if (!findings.some(({ severity }) => atLeast(severity, "warning"))) return false;
  const fingerprints = fingerprintsOf(findings, textOf(file) ?? "");
  return findings.some(({ severity }, i) => atLeast(severity, "warning") && fingerprints[i]?.some((name) => !isKnown(file, name)) === true);
}

/** The first safe fix; a suggestion only where those are asked for. */
function chosenFix(finding: Finding, { suggestions }: FixOptions): Fix | undefined {
  return finding.fixes.find(({ safe }) => safe) ?? (suggestions ? finding.fixes[0] : undefined);
}

type Objection = (result: FixedText, finding: Pick<Finding, "severity">) => Promise<string | undefined>;

/**
 * A file that may not be written takes no part in any fix. What tests stub may have to be changed with them, which a hint is not worth:
 * those that fail behind a fix have been of hints.
 */
async function objections(texts: DiskTexts, { verify }: FixOptions, { shownPath, pathOf, io }: Session): Promise<Objection> {
  const tests = new TestStubs(nodeHost);
  const strict = verify ? await strictObjection() : undefined;
  return async (result, finding) => {
    const { file } = result;
    const outside = texts.outside(file);
    if (outside !== undefined) return `a symbolic link leads from ${shownPath(file)} out of the project, to ${outside}`;
    if (texts.isReadOnly(file)) return `${shownPath(file)} is read-only`;
    const { before, after } = result;
    const standIn = before === undefined ? undefined : await tests.standIn({ path: pathOf(file), before, after });
    if (standIn !== undefined)
      return `a class in ${relative(io.cwd, standIn).replaceAll("\\", "/")} implements the interface and would not compile`;
    const [stub] = before === undefined || finding.severity !== "hint" ? [] : await tests.concerned({ path: pathOf(file), before, after });
    if (stub !== undefined) {
      const place = `${relative(io.cwd, stub.path).replaceAll("\\", "/")}:${stub.line}`;
      return `a test stubs ${stub.type}.${stub.method} (${place}), and it is a hint`;
    }
    return strict?.(result, finding);
  };
}

/** Java is parsed a second time by an independent, strict grammar; it takes some time to load. */
async function strictObjection(): Promise<Objection> {
  const { parse } = await import("java-parser");
  return async ({ file, after }) => {
    if (!file.endsWith(".java")) return undefined;
    try {
      parse(after);
      return undefined;
    } catch (error) {
      return `java-parser does not accept the result: ${firstLine(error)}`;
    }
  };
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n", 1)[0] as string;
}

function summary({ applied, changed }: FixAllResult, session: Session): string {
  if (applied.length === 0) return "Nothing to fix.\n";
  const lines = changed.map(({ file, before }) => {
    const here = applied.filter(({ files }) => files.includes(file));
    return `${before === undefined ? "created" : "changed"} ${session.shownPath(file)}${here.length === 0 ? "" : `: ${titles(here)}`}\n`;
  });
  return `${lines.join("")}Fixed ${applied.length} finding${applied.length === 1 ? "" : "s"}:\n${countsByRule(applied).join("")}`;
}

function countsByRule(applied: readonly AppliedFix[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { rule } of applied) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([rule, count]) => `${String(count).padStart(4)}  ${rule}\n`);
}

function titles(applied: readonly AppliedFix[]): string {
  return [...new Set(applied.map(({ title }) => title))].join("; ");
}
