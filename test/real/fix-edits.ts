/**
 * `npm run fix-edits -- PATH… [--unrun] [--show N]`: the proof that every fix that is offered makes an edit that does what it says.
 *
 * Each fix of each finding is applied alone, in memory, as the editor and `fix` do; nothing on disk is changed. There has to be an edit, its
 * result has to parse by another parser and to look as before, the finding has to be gone, and no new one may have come. With `--unrun`
 * each migration is judged as if it were the one that has not run yet. `--show N` prints every N-th fix as a diff, to be read.
 * Exit 0: nothing to say against any fix; 1: something, each case is named; 2: there is nothing to try.
 */
import { createHash } from "node:crypto";
import { basename, resolve } from "node:path";
import { workspaceOf } from "../../src/analysis/scan.ts";
import { type FixedText, verifyFix } from "../../src/analysis/verifyFix.ts";
import type { Workspace } from "../../src/analysis/workspace.ts";
import { DiskTexts } from "../../src/cli/diskTexts.ts";
import { openSession, type Session } from "../../src/cli/session.ts";
import { locateTool } from "../../src/cli/tool.ts";
import { extractFacts, prepare } from "../../src/facts/extract.ts";
import type { FileFacts } from "../../src/facts/fileFacts.ts";
import { languageOf } from "../../src/facts/languages.ts";
import { isJudged } from "../../src/model/schema/schema.ts";
import { unifiedDiff } from "../../src/report/unifiedDiff.ts";
import { atLeast, type Finding, type Fix } from "../../src/rules/finding.ts";
import { rules } from "../../src/rules/index.ts";
import { positionAt } from "../../src/text/positions.ts";
import { doesNotParse, looksOther } from "./editedText.ts";

const FAILURES = ["no edit", "does not parse", "looks other", "still there", "new findings"] as const;
type Failure = (typeof FAILURES)[number];

interface Attempt {
  readonly rule: string;
  readonly place: string;
  readonly title: string;
  readonly failures: readonly { readonly kind: Failure; readonly why: string }[];
}

async function main(): Promise<number> {
  const args = process.argv.slice(2);
  const every = Number(args[args.indexOf("--show") + 1]);
  const paths = args.filter((argument, i) => !argument.startsWith("--") && args[i - 1] !== "--show");
  if (paths.length === 0) {
    process.stderr.write("Usage: npm run fix-edits -- PATH_OF_A_PROJECT… [--unrun] [--show N]\n");
    return 2;
  }
  const attempts: Attempt[] = [];
  for (const path of paths) attempts.push(...(await triedIn(resolve(path), args.includes("--unrun"), Number.isNaN(every) ? 0 : every)));
  say(table(attempts));
  return attempts.length === 0 ? 2 : attempts.every(({ failures }) => failures.length === 0) ? 0 : 1;
}

async function triedIn(path: string, unrun: boolean, every: number): Promise<readonly Attempt[]> {
  const io = { cwd: path, env: {}, colours: false, out: say, err: (text: string) => process.stderr.write(text) };
  const session = await openSession([path], { rule: [], cache: false }, { io, tool: locateTool(), rules });
  await prepare(["java", "dart", "sql"], session.parsers);
  const { project, onRuleError } = session;
  const workspace = await workspaceOf(session, { rules, settings: project.settings, onRuleError });
  workspace.setHistory(session.history);
  const trial = new Trial(basename(path), session, workspace, every);
  const all = [...workspace.files()].sort();
  const attempts = trial.all(all, all);
  if (!unrun) return attempts;
  for (const { id, liquibase } of workspace.model.schema.schemas().filter(({ dialect, test }) => isJudged(dialect) && !test)) {
    const files = (workspace.model.schema.schema(id)?.migrations ?? []).map(({ file }) => file);
    const hidden = new Map<string, FileFacts | undefined>();
    // From the newest on: what comes behind a migration is not there yet. Change logs include each other.
    for (const file of new Set(files.reverse())) {
      workspace.setHistory({ changed: new Map([[file, "new"]]) });
      attempts.push(
        ...trial.all(
          [file],
          [...workspace.of("sql")].map((one) => one.file),
        ),
      );
      if (liquibase) continue;
      hidden.set(file, workspace.get(file));
      workspace.apply(new Map([[file, undefined]]));
    }
    workspace.apply(hidden);
  }
  return attempts;
}

class Trial {
  readonly #name: string;
  readonly #session: Session;
  readonly #workspace: Workspace;
  readonly #every: number;
  readonly #texts: DiskTexts;
  readonly #tried = new Set<string>();

  constructor(name: string, session: Session, workspace: Workspace, every: number) {
    this.#name = name;
    this.#session = session;
    this.#workspace = workspace;
    this.#every = every;
    this.#texts = new DiskTexts(session.pathOf, session.targets.roots);
  }

  /** Every fix of some files, with an eye on those around; what was tried before is not tried again. */
  all(files: readonly string[], around: readonly string[]): Attempt[] {
    const before = new Map([...around].map((file) => [file, this.#workspace.findings(file)]));
    const attempts: Attempt[] = [];
    for (const finding of files.flatMap((file) => before.get(file) ?? [])) {
      for (const fix of finding.fixes) {
        const key = [finding.file, finding.rule, finding.span.start, finding.message, fix.title].join("\0");
        if (this.#tried.has(key)) continue;
        this.#tried.add(key);
        attempts.push(this.#attempt(finding, fix, before));
      }
    }
    return attempts;
  }

  #attempt(finding: Finding, fix: Fix, before: ReadonlyMap<string, readonly Finding[]>): Attempt {
    const results = this.#resultsOf(fix);
    const facts = this.#workspace.get(finding.file) as FileFacts;
    const attempt = {
      rule: finding.rule,
      place: `${this.#name}/${finding.file}:${positionAt(facts.lineStarts, finding.span.start).line + 1}`,
      title: fix.title,
      failures: typeof results === "string" ? [{ kind: "no edit" as const, why: results }] : this.#failures(results, finding, before),
    };
    const shown = this.#every > 0 && this.#tried.size % this.#every === 0;
    if (shown || attempt.failures.length > 0) say(`${attempt.rule} ${attempt.place} "${attempt.title}"\n`);
    for (const { kind, why } of attempt.failures) say(`  ${kind}: ${why}\n`);
    if (shown && typeof results !== "string") for (const { file, before: old, after } of results) say(unifiedDiff(file, old, after));
    return attempt;
  }

  #resultsOf(fix: Fix): readonly FixedText[] | string {
    try {
      const verified = verifyFix(fix, this.#texts, this.#session.parsers);
      if (verified.kind === "verified") return verified.results;
      return verified.kind === "breaksSyntax" ? "its result would have errors" : "it makes none, or it does not fit the texts";
    } catch (error) {
      return `it throws: ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  #failures(results: readonly FixedText[], finding: Finding, around: ReadonlyMap<string, readonly Finding[]>): Attempt["failures"] {
    const failures: { kind: Failure; why: string }[] = [];
    for (const result of results) {
      const unparsed = doesNotParse(result, this.#session.parsers);
      if (unparsed !== undefined) failures.push({ kind: "does not parse", why: unparsed });
      const look = looksOther(result);
      if (look !== undefined) failures.push({ kind: "looks other", why: look });
    }
    const before = new Map([...around, ...results.map(({ file }) => [file, this.#workspace.findings(file)] as const)]);
    const originals = new Map(results.map(({ file }) => [file, this.#workspace.get(file)]));
    const touched = this.#workspace.apply(new Map(results.map(({ file, after }) => [file, this.#factsOf(file, after)])));
    const earlier = [...touched].flatMap((file) => before.get(file) ?? []);
    const then = countsOf(earlier);
    const after = [...touched].filter((file) => before.has(file)).flatMap((file) => this.#workspace.findings(file));
    const now = countsOf(after);
    const own = keyOf(finding);
    if ((now.get(own) ?? 0) >= (then.get(own) ?? 1)) failures.push({ kind: "still there", why: finding.message });
    // What a finding has hidden so far, and one that only reads otherwise, is not new.
    const hidden = rules.find(({ id }) => id === finding.rule)?.subsumes ?? [];
    const fresh = after.filter(
      (found) =>
        atLeast(found.severity, "information") &&
        (now.get(keyOf(found)) ?? 0) > (then.get(keyOf(found)) ?? 0) &&
        countOf(found.rule, after) > countOf(found.rule, earlier) &&
        !hidden.includes(found.rule),
    );
    for (const { rule, file, message } of fresh) failures.push({ kind: "new findings", why: `${rule} ${file}: ${message}` });
    this.#workspace.apply(originals);
    return failures;
  }

  #factsOf(file: string, text: string): FileFacts | undefined {
    const language = languageOf(file);
    const hash = createHash("sha256").update(text).digest("hex");
    return language === undefined ? undefined : extractFacts(language, { file, text, hash }, this.#session.parsers);
  }
}

/** Findings that a person could not tell apart share a key. */
const keyOf = ({ file, rule, message }: Finding): string => [file, rule, message].join("\0");

const countOf = (rule: string, findings: readonly Finding[]): number =>
  findings.filter((found) => found.rule === rule && atLeast(found.severity, "information")).length;

function countsOf(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const finding of findings) counts.set(keyOf(finding), (counts.get(keyOf(finding)) ?? 0) + 1);
  return counts;
}

function table(attempts: readonly Attempt[]): string {
  const head = ["rule", "offered", ...FAILURES];
  const row = (name: string, of: readonly Attempt[]): readonly string[] => [
    name,
    String(of.length),
    ...FAILURES.map((kind) => String(of.filter(({ failures }) => failures.some((failure) => failure.kind === kind)).length)),
  ];
  const ids = [...new Set(attempts.map(({ rule }) => rule))].sort();
  const rows = [
    head,
    ...ids.map((id) =>
      row(
        id,
        attempts.filter(({ rule }) => rule === id),
      ),
    ),
    row("all", attempts),
  ];
  const widths = head.map((_, column) => Math.max(...rows.map((cells) => (cells[column] as string).length)));
  const line = (cells: readonly string[]): string =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] as number) : cell.padStart(widths[column] as number))).join("  ");
  return `${rows.map(line).join("\n")}\n`;
}

function say(text: string): void {
  process.stdout.write(text);
}

process.exitCode = await main();
