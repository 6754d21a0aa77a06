import type { FactsOf, FileFacts, FileProblem, Language } from "../facts/fileFacts.ts";
import { Model } from "../model/model.ts";
import type { FactsChange, FactsStore } from "../model/part.ts";
import { Readers } from "../model/readers.ts";
import type { MigrationHistory } from "../model/schema/migrationHistory.ts";
import { type Dialect, isJudged } from "../model/schema/schema.ts";
import type { DatabaseStatistics } from "../model/schema/statistics.ts";
import { type Alike, besides, speakerOf } from "../rules/alike.ts";
import type { Finding } from "../rules/finding.ts";
import { type AnyRule, isRunOn, languagesOf } from "../rules/rule.ts";
import { judge, type RuleError } from "./judge.ts";
import { byCause, together } from "./oncePerCause.ts";
import { resolveFindings } from "./resolve.ts";
import type { RuleSettings } from "./settings.ts";

export interface WorkspaceOptions {
  readonly rules: readonly AnyRule[];
  readonly settings: RuleSettings;
  /** True where facts are applied once and looked at once: neither what was read nor findings are kept, and a second `apply` throws. */
  readonly once?: boolean;
  /** A rule that fails costs its findings in that file, never the run. */
  onRuleError(error: RuleError): void;
}

/**
 * All files of a workspace as facts, the model over them, and the findings. `apply` is cheap: it marks what must be judged
 * again; judging happens when findings are asked for.
 */
export class Workspace implements FactsStore {
  readonly model = new Model();
  readonly #options: WorkspaceOptions;
  readonly #files = new Map<string, FileFacts>();
  readonly #byLanguage = new Map<Language, Map<string, FileFacts>>();
  readonly #rulesOf = new Map<Language, readonly AnyRule[]>();
  /** By file, then rule id. A missing judgement is a stale one. */
  readonly #judged = new Map<string, Map<string, readonly Finding[]>>();
  /** The files by what the rules asked for when they judged them. They share what they learn of a file's code, so they share this, too. */
  readonly #readers = new Readers();
  readonly #resolved = new Map<string, readonly Finding[]>();
  /** Languages with rules whose findings in several files may be one. */
  readonly #spread: ReadonlySet<Language>;
  /** The files that have such findings, and these by what they have in common; undefined until it is asked for. */
  readonly #withCauses = new Set<string>();
  #byCause: ReadonlyMap<string, Alike<Finding>> | undefined;
  #settings: RuleSettings;

  constructor(options: WorkspaceOptions) {
    this.#options = options;
    this.#settings = options.settings;
    this.#spread = new Set(
      options.rules.filter(({ toldOnce, toldOnceAlike }) => (toldOnce ?? toldOnceAlike) !== undefined).flatMap(languagesOf),
    );
    if (options.once === true) this.model.reads.close();
  }

  get(file: string): FileFacts | undefined {
    return this.#files.get(file);
  }

  of<L extends Language>(language: L): Iterable<FactsOf<L>> {
    return (this.#byLanguage.get(language)?.values() ?? []) as Iterable<FactsOf<L>>;
  }

  files(): Iterable<string> {
    return this.#files.keys();
  }

  /** Takes new facts, or `undefined` for files that are gone, and answers with the files whose findings may differ now. */
  apply(next: ReadonlyMap<string, FileFacts | undefined>): ReadonlySet<string> {
    if (this.#options.once === true && this.#files.size > 0) throw new Error("This workspace takes facts once");
    const changes: FactsChange[] = [];
    for (const [file, after] of next) {
      const before = this.#files.get(file);
      if (before === after || (before !== undefined && after !== undefined && before.hash === after.hash)) continue;
      this.#replace(file, before, after);
      changes.push({ file, before, after });
    }
    const stale = new Set<string>();
    if (changes.length === 0) return stale;
    for (const { file } of changes) {
      this.#forget(file);
      stale.add(file);
    }
    // A chain that leads through a changed file has moved with it.
    const moved = changes.map(({ file }) => `file:${file}`);
    return this.#outdate([...this.model.update(changes, this), ...moved], stale);
  }

  /** Takes what version control says of migrations, and answers with the files whose findings may differ now. */
  setHistory(history: MigrationHistory): ReadonlySet<string> {
    return this.#outdate(this.model.pending.setHistory(history), new Set());
  }

  /** Takes the statistics of production, and answers with the files whose findings may differ now. */
  setStatistics(statistics: DatabaseStatistics | undefined): ReadonlySet<string> {
    return this.#outdate(this.model.statistics.set(statistics), new Set());
  }

  /** Changes what is reported without changing what is known. */
  configure(settings: RuleSettings): void {
    this.#settings = settings;
    this.#resolved.clear();
    this.#withCauses.clear();
    this.#byCause = undefined;
  }

  /** The findings of one file, ordered by place and rule. What several files have in common is told at one of them. */
  findings(file: string): readonly Finding[] {
    const own = this.ownFindings(file);
    if (own.every(({ cause }) => cause === undefined)) return own;
    return own.flatMap((finding) => {
      const alike = this.alike(finding);
      return speakerOf(alike) === finding ? together(finding, besides(alike, finding)) : [];
    });
  }

  /** The findings of one file as if it were alone in what it has in common with others. */
  ownFindings(file: string): readonly Finding[] {
    const facts = this.#files.get(file);
    return facts === undefined ? NOTHING : this.#resolvedOf(facts);
  }

  /** All own findings that are one with this own finding, itself among them, in order of their files and places. */
  alike(finding: Finding): Alike<Finding> {
    if (finding.cause === undefined) return [finding];
    this.#byCause ??= this.#groupByCause();
    return this.#byCause.get(finding.cause) ?? [finding];
  }

  #groupByCause(): ReadonlyMap<string, Alike<Finding>> {
    const files = [...this.#spread].flatMap((language) => [...(this.#byLanguage.get(language)?.values() ?? [])]);
    files.sort((a, b) => (a.file < b.file ? -1 : 1));
    return byCause(files.flatMap((facts) => this.#resolvedOf(facts)));
  }

  #resolvedOf(facts: FileFacts): readonly Finding[] {
    const { file } = facts;
    const wanted = this.#wanted(facts);
    if (this.#options.once === true) {
      const known = this.#resolved.get(file);
      if (known !== undefined) return known;
      const resolved = resolveFindings(facts, [...this.#judge(wanted, facts).values()].flat(), wanted, this.#settings);
      if (this.#spread.has(facts.language)) this.#resolved.set(file, resolved);
      return resolved;
    }
    let judged = this.#judged.get(file);
    if (judged === undefined) this.#judged.set(file, (judged = new Map()));
    const missing = wanted.filter((rule) => !judged.has(rule.id));
    if (missing.length > 0) {
      const reads = this.model.reads.during(() => {
        const said = this.#judge(missing, facts);
        for (const { id } of missing) judged.set(id, said.get(id) ?? NOTHING);
      });
      this.#readers.add(file, reads);
      this.#resolved.delete(file);
    }
    let resolved = this.#resolved.get(file);
    if (resolved === undefined)
      this.#resolved.set(
        file,
        (resolved = resolveFindings(
          facts,
          wanted.flatMap(({ id }) => judged.get(id) ?? []),
          wanted,
          this.#settings,
        )),
      );
    if (resolved.some(({ cause }) => cause !== undefined)) this.#withCauses.add(file);
    return resolved;
  }

  /** What is wrong with a file itself. A statement that PostgreSQL does not read is right in a script for another database. */
  problemsOf(file: string): readonly FileProblem[] {
    const facts = this.#files.get(file);
    const problems = facts?.problems ?? [];
    if (!problems.some(({ dialect }) => dialect !== undefined) || this.otherDialectOf(file) === undefined) return problems;
    return problems.filter(({ dialect }) => dialect === undefined);
  }

  /** The database that a script is for, where that is not PostgreSQL: then no rule judges it. */
  otherDialectOf(file: string): Dialect | undefined {
    const facts = this.#files.get(file);
    const dialect = facts?.language === "sql" ? this.model.schema.dialectOf(facts) : undefined;
    return dialect === undefined || isJudged(dialect) ? undefined : dialect;
  }

  #wanted({ language, file }: FileFacts): readonly AnyRule[] {
    return this.#rulesFor(language).filter((rule) => this.#settings.severityOf(rule.id, file) !== "off");
  }

  #judge(rules: readonly AnyRule[], facts: FileFacts): ReadonlyMap<string, readonly Finding[]> {
    return judge(rules, facts, this.model, this.#options.onRuleError);
  }

  #rulesFor(language: Language): readonly AnyRule[] {
    let rules = this.#rulesOf.get(language);
    if (rules === undefined) this.#rulesOf.set(language, (rules = this.#options.rules.filter((rule) => isRunOn(rule, language))));
    return rules;
  }

  #replace(file: string, before: FileFacts | undefined, after: FileFacts | undefined): void {
    if (before !== undefined) this.#byLanguage.get(before.language)?.delete(file);
    if (after === undefined) {
      this.#files.delete(file);
      return;
    }
    this.#files.set(file, after);
    let same = this.#byLanguage.get(after.language);
    if (same === undefined) this.#byLanguage.set(after.language, (same = new Map()));
    same.set(file, after);
  }

  /** Marks what has read one of the keys. */
  #outdate(keys: Iterable<string>, stale: Set<string>): ReadonlySet<string> {
    for (const file of this.#readers.of(keys)) {
      this.#forget(file);
      stale.add(file);
    }
    // Their findings stay, but another one may speak for them.
    if (this.#byCause === undefined) for (const file of this.#withCauses) stale.add(file);
    return stale;
  }

  #forget(file: string): void {
    const language = this.#files.get(file)?.language;
    if (this.#withCauses.delete(file) || (language !== undefined && this.#spread.has(language))) this.#byCause = undefined;
    this.#readers.forget(file);
    this.#judged.delete(file);
    this.#resolved.delete(file);
  }
}

const NOTHING: readonly Finding[] = [];
