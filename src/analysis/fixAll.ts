import { createHash } from "node:crypto";
import { extractFacts, type Parsers } from "../facts/extract.ts";
import type { FileFacts } from "../facts/fileFacts.ts";
import { languageOf } from "../facts/languages.ts";
import type { LineRange, MigrationHistory } from "../model/schema/migrationHistory.ts";
import type { Finding, Fix, Sources } from "../rules/finding.ts";
import { type FixedText, verifyFix, withOfferedFixes } from "./verifyFix.ts";
import type { Workspace } from "./workspace.ts";

export interface FixAllOptions {
  readonly workspace: Workspace;
  /** The texts that the workspace's facts were read from. */
  readonly sources: Sources;
  readonly parsers: Parsers;
  /** Which findings to fix, and with which of their fixes. */
  wants(finding: Finding): Fix | undefined;
  /** Which migrations have not run: those that fixes make have not either, and are judged as such. */
  readonly history?: MigrationHistory;
  /** A second opinion on a result: why it must not be kept. */
  objection?(result: FixedText, finding: Finding): Promise<string | undefined>;
}

export interface FixAllResult {
  /** Every file that is not as it was, by path; `before` is the text at the start. */
  readonly changed: readonly FixedText[];
  readonly applied: readonly AppliedFix[];
  readonly rejected: readonly RejectedApplication[];
}

export interface AppliedFix {
  readonly rule: string;
  readonly file: string;
  readonly title: string;
  /** What it has changed or made. */
  readonly files: readonly string[];
}

export interface RejectedApplication extends Omit<AppliedFix, "files"> {
  readonly why: string;
}

/** Against fixes that bring back what others remove. */
const MAX_PASSES = 500;

/**
 * Applies fixes in memory until none is left, and leaves the workspace as it is afterwards. In one pass a file gets one fix at
 * most: the next one is built from its new text, so that fixes never meet. A fix that does not remove its finding, adds
 * syntax errors or meets an objection is taken back and not tried again.
 */
export async function fixAll(given: FixAllOptions): Promise<FixAllResult> {
  const texts = new Overlay(given.sources);
  const options: FixAllOptions = { ...given, wants: (finding) => given.wants(withOfferedFixes(finding, texts)) };
  const applied: AppliedFix[] = [];
  const rejected = new Map<string, RejectedApplication>();
  const asked = new Set(wanted(options).map(({ finding, fix }) => askOf(finding, fix)));
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const attempts = await onePass(options, texts, rejected, asked);
    if (attempts.length === 0) break;
    const kept = retract(options, texts, attempts, rejected);
    applied.push(...kept.map(({ named, results }) => ({ files: results.map(({ file }) => file), ...named })));
    if (options.history !== undefined && kept.some(({ results }) => results.some(isMigration(options.workspace))))
      options.workspace.setHistory(withMade(options, options.history, texts));
  }
  return {
    changed: texts.changed(),
    applied,
    rejected: [...rejected.values()].sort((a, b) => order(a.file, b.file) || order(a.rule, b.rule)),
  };
}

/** With the migrations that fixes have made or added to: as version control will see them. */
function withMade({ workspace }: FixAllOptions, { changed }: MigrationHistory, texts: Overlay): MigrationHistory {
  const made = texts.changed().filter(isMigration(workspace));
  return {
    changed: new Map([
      ...changed,
      ...made.map(({ file, before, after }) => {
        const known = changed.get(file) ?? [];
        return [file, before === undefined || known === "new" ? "new" : [...known, linesApart(before, after)]] as const;
      }),
    ]),
  };
}

const isMigration =
  (workspace: Workspace) =>
  ({ file }: FixedText): boolean =>
    workspace.get(file)?.language === "sql";

/** The lines of `after` from the first to the last that `before` does not have at their places, from its beginning or its end. */
function linesApart(before: string, after: string): LineRange {
  const [old, now] = [before.split("\n"), after.split("\n")];
  let same = 0;
  while (same < Math.min(old.length, now.length) && old[same] === now[same]) same++;
  let behind = 0;
  while (behind < Math.min(old.length, now.length) - same && old.at(-1 - behind) === now.at(-1 - behind)) behind++;
  return { first: same + 1, last: now.length - behind };
}

interface Attempt {
  readonly key: string;
  readonly named: Omit<AppliedFix, "files">;
  readonly results: readonly FixedText[];
  /** How many findings of this key there were before. */
  readonly alike: number;
}

/** `asked` is what was to be done at the start, whatever the findings say by now. */
async function onePass(
  options: FixAllOptions,
  texts: Overlay,
  rejected: Map<string, RejectedApplication>,
  asked: ReadonlySet<string>,
): Promise<readonly Attempt[]> {
  const { parsers } = options;
  const touched = new Set<string>();
  const created = new Set<string>();
  const attempts: Attempt[] = [];
  for (const { finding, fix, findings } of wanted(options)) {
    const { file } = finding;
    if (touched.has(file)) continue;
    const key = keyOf(finding, fix);
    if (rejected.has(key)) continue;
    const named = { rule: finding.rule, file, title: fix.title };
    const verified = verifyFix(fix, texts, parsers);
    if (verified.kind !== "verified") {
      // It may only not fit what this pass has changed: the next pass tries again.
      if (touched.size === 0) rejected.set(key, { why: WHY[verified.kind], ...named });
      continue;
    }
    if (
      verified.results.some((result) => touched.has(result.file) || (result.before === undefined && created.has(folderOf(result.file))))
    ) {
      continue;
    }
    // What is said of a migration that a fix has just written is for who reads it, where it would be answered by another one behind it.
    const makesFile = verified.results.some(({ before }) => before === undefined);
    if (makesFile && !asked.has(askOf(finding, fix)) && isSaidOfNew(finding, texts)) continue;
    const objection = await firstObjection(verified.results, finding, options.objection);
    if (objection !== undefined) {
      rejected.set(key, { why: objection, ...named });
      continue;
    }
    // Before the text is another one: a fix that may be none is asked of it.
    const alike = countAlike(findings, key, options);
    for (const result of verified.results) {
      touched.add(result.file);
      // The name of a new file may depend on its neighbours: the next migration's version.
      if (result.before === undefined) created.add(folderOf(result.file));
      texts.set(result.file, result.after);
    }
    attempts.push({ key, named, results: verified.results, alike });
  }
  reread(options, texts, touched);
  return attempts;
}

interface Wanted {
  readonly finding: Finding;
  readonly fix: Fix;
  /** All of the finding's file. */
  readonly findings: readonly Finding[];
}

/** What is to be fixed, by files and places, but indexes with many keys before those with few, whose work they may do. */
function wanted({ workspace, wants }: FixAllOptions): readonly Wanted[] {
  const all = [...workspace.files()].sort(order).flatMap((file) => {
    const findings = workspace.findings(file);
    return findings.flatMap((finding): readonly Wanted[] => {
      const fix = wants(finding);
      return fix === undefined ? [] : [{ finding, fix, findings }];
    });
  });
  return all.sort((a, b) => (b.fix.keys ?? 0) - (a.fix.keys ?? 0));
}

/** Whether it is about what a fix has made; an index that a new one makes needless was there before. */
function isSaidOfNew({ file, related }: Finding, texts: Overlay): boolean {
  return related.some(({ at }) => texts.isNew(at.file)) && (texts.isNew(file) || languageOf(file) !== "sql");
}

const folderOf = (file: string): string => file.slice(0, Math.max(0, file.lastIndexOf("/")));

const WHY = { notApplicable: "it does not fit the text", breaksSyntax: "its result would have syntax errors" } as const;

async function firstObjection(
  results: readonly FixedText[],
  finding: Finding,
  objection: FixAllOptions["objection"],
): Promise<string | undefined> {
  for (const result of results) {
    const why = await objection?.(result, finding);
    if (why !== undefined) return why;
  }
  return undefined;
}

/** Takes back what did not help, and answers with what did. */
function retract(
  options: FixAllOptions,
  texts: Overlay,
  attempts: readonly Attempt[],
  rejected: Map<string, RejectedApplication>,
): readonly Attempt[] {
  const useless = attempts.filter(({ key, named, alike }) => countAlike(options.workspace.findings(named.file), key, options) >= alike);
  const undone = new Set<string>();
  for (const { key, named, results } of useless) {
    rejected.set(key, { why: "it does not remove the finding", ...named });
    for (const { file, before } of results) {
      texts.set(file, before);
      undone.add(file);
    }
  }
  reread(options, texts, undone);
  return attempts.filter((attempt) => !useless.includes(attempt));
}

/** Findings that a person could not tell apart share a key: what matters is that there are fewer of them after a fix. */
function keyOf(finding: Finding, fix: Fix): string {
  return [finding.file, finding.rule, finding.message, fix.title].join("\0");
}

const askOf = ({ file, rule }: Finding, { title }: Fix): string => [file, rule, title].join("\0");

function countAlike(findings: readonly Finding[], key: string, options: FixAllOptions): number {
  return findings.filter((finding) => {
    const fix = options.wants(finding);
    return fix !== undefined && keyOf(finding, fix) === key;
  }).length;
}

function reread({ workspace, parsers }: FixAllOptions, texts: Overlay, files: ReadonlySet<string>): void {
  const changes = new Map<string, FileFacts | undefined>();
  for (const file of files) {
    const language = languageOf(file);
    if (language === undefined) continue;
    const text = texts.text(file);
    const hash = text === undefined ? "" : createHash("sha256").update(text).digest("hex");
    changes.set(file, text === undefined ? undefined : extractFacts(language, { file, text, hash }, parsers));
  }
  workspace.apply(changes);
}

/** Texts as the fixes have left them. */
class Overlay implements Sources {
  readonly #under: Sources;
  readonly #texts = new Map<string, string | undefined>();

  constructor(under: Sources) {
    this.#under = under;
  }

  text(file: string): string | undefined {
    return this.#texts.has(file) ? this.#texts.get(file) : this.#under.text(file);
  }

  /** Whether a fix has made the file. */
  isNew(file: string): boolean {
    return this.#texts.get(file) !== undefined && this.#under.text(file) === undefined;
  }

  set(file: string, text: string | undefined): void {
    this.#texts.set(file, text);
  }

  changed(): readonly FixedText[] {
    const results: FixedText[] = [];
    for (const [file, after] of this.#texts) {
      const before = this.#under.text(file);
      if (after !== undefined && after !== before) results.push({ file, before, after });
    }
    return results.sort((a, b) => order(a.file, b.file));
  }
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
