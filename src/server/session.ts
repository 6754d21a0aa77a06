import type { TextDocument } from "vscode-languageserver-textdocument";
import { fingerprintsOf } from "../analysis/fingerprint.ts";
import { together } from "../analysis/oncePerCause.ts";
import { defaultSettings } from "../analysis/settings.ts";
import { Workspace } from "../analysis/workspace.ts";
import { SLA_BROKEN } from "../bench/slaFindings.ts";
import { extractFacts, type Parsers, prepare } from "../facts/extract.ts";
import type { FileFacts } from "../facts/fileFacts.ts";
import { languageOf } from "../facts/languages.ts";
import { projectFacts } from "../facts/project/extract.ts";
import { whyLeftOut } from "../project/admission.ts";
import type { SkippedFile } from "../project/discovery.ts";
import { migrationChanges } from "../project/migrationChanges.ts";
import { nodeHost } from "../project/nodeHost.ts";
import { type Project, projectOf } from "../project/project.ts";
import { isWithin, WorkspacePaths } from "../project/workspacePaths.ts";
import { besides, speakerOf } from "../rules/alike.ts";
import type { Finding } from "../rules/finding.ts";
import type { AnyRule } from "../rules/rule.ts";
import { DiskSync } from "./diskSync.ts";
import { Documents, hashOf, pathOfUri } from "./documents.ts";
import type { Indexer, SyncResult } from "./indexer.ts";
import type { Status } from "./protocol.ts";
import { productionStatistics, StatisticsWatch } from "./statistics.ts";
import type { Found, WorkspaceFile } from "./workerProtocol.ts";

export interface SessionOptions {
  readonly rules: readonly AnyRule[];
  readonly indexer: Indexer;
  loadParsers(): Promise<Parsers>;
  log(message: string): void;
  onStatus(status: Status): void;
  /** What is left of the findings of a file, and what else is to be said of them. */
  revise(findings: readonly Finding[]): readonly Finding[];
  /** Files whose diagnostics may be others now; `edited` are those whose own editor caused it. */
  onStale(files: ReadonlySet<string>, edited: ReadonlySet<string>): void;
}

/**
 * What the server knows: the workspace as the disk and the open documents have it. Files on disk are read by the indexing thread;
 * open documents are read here, and win.
 */
export class Session {
  readonly workspace: Workspace;
  readonly documents = new Documents();
  readonly #options: SessionOptions;
  #parsers: Promise<Parsers> | undefined;
  /** As it lies on disk. */
  #found: Found = { files: [], configurations: [], skipped: [] };
  readonly #unread = new Map<string, string>();
  #project: Project | undefined;
  /** Open documents that were edited since their facts were read. */
  readonly #edited = new Set<string>();
  readonly #strangers = new Set<string>();
  readonly #disk: DiskSync;
  readonly #statistics = new StatisticsWatch(() => this.#statisticsChanged());
  #isIndexed = false;
  #history: Promise<void> | undefined;
  /** What a project's baseline has left of the findings of a file, as long as these are the same. */
  readonly #judgedByBaseline = new WeakMap<readonly Finding[], { readonly project: Project; readonly unknown: readonly Finding[] }>();
  readonly #untilIndexed: (() => void)[] = [];

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#disk = new DiskSync({
      indexer: options.indexer,
      known: () => this.documents.filePaths(),
      fileOfPath: (path) => this.documents.fileOfPath(path),
      take: (result, changed) => this.#take(result, changed),
      onStatus: options.onStatus,
      log: options.log,
    });
    this.workspace = new Workspace({
      rules: options.rules,
      settings: defaultSettings,
      onRuleError: ({ rule, file, error }) => options.log(`${rule} failed on ${file}: ${describe(error)}`),
    });
  }

  get isIndexed(): boolean {
    return this.#isIndexed;
  }

  get roots(): readonly string[] {
    return this.#disk.roots;
  }

  /** What `performance.yaml` says, open ones as they are being edited; undefined before the index is complete. */
  get project(): Project | undefined {
    return this.#project;
  }

  /** What is left out for a reason that a person should know. */
  get skipped(): readonly SkippedFile[] {
    return [...this.#found.skipped, ...[...this.#unread].map(([file, why]) => ({ file, why }))];
  }

  indexed(): Promise<void> {
    return this.#isIndexed ? Promise.resolve() : new Promise((resolve) => this.#untilIndexed.push(resolve));
  }

  /** Absolute paths; several are one system. Everything is read again when they change. */
  setRoots(roots: readonly string[]): void {
    this.#isIndexed = false;
    this.#project = undefined;
    this.#disk.setRoots(roots);
  }

  /** Takes what happened on the disk: paths whose content may be new, and whether files may have come or gone. */
  diskChanged(paths: Iterable<string>, discover: boolean): void {
    this.#disk.read(paths, discover);
  }

  opened(document: TextDocument): void {
    this.documents.open(document);
    const file = this.documents.fileOf(document.uri);
    if (file !== undefined) this.#edited.add(file);
    else if (this.#isIndexed && this.#mayBelong(document.uri)) {
      // Perhaps it is new and the watcher is late. Once is enough: a test or an ignored file stays a stranger.
      this.#strangers.add(document.uri);
      this.#disk.read([], true);
    }
  }

  edited(document: TextDocument): void {
    const file = this.documents.fileOf(document.uri);
    if (file !== undefined) this.#edited.add(file);
  }

  /** The disk counts again. */
  closed(document: TextDocument): void {
    const file = this.documents.fileOf(document.uri);
    this.documents.close(document);
    if (file === undefined) return;
    this.#edited.delete(file);
    this.#disk.read([pathOfUri(document.uri)], false);
  }

  /** Reads what was typed since the last call. Cheap when nothing was. */
  async flush(): Promise<void> {
    if (!this.#isIndexed || this.#edited.size === 0) return;
    await this.#apply(new Map());
  }

  /**
   * The findings of a file that its project wants to hear of: not those of its baseline. What several files have in common is told in
   * each open one, beside the others, and at one of them where none is open. None before the index is complete, when a finding that
   * needs other files would be a guess.
   */
  findings(file: string): readonly Finding[] {
    if (!this.#isIndexed) return [];
    const isOpen = this.documents.document(file) !== undefined;
    return this.#options.revise(
      this.#unknown(file).flatMap((finding) => {
        if (finding.cause === undefined) return finding;
        const [first, ...others] = this.workspace.alike(finding).filter((one) => this.#unknown(one.file).includes(one));
        if (first === undefined || others.length === 0) return finding;
        if (!isOpen && speakerOf([first, ...others]) !== finding) return [];
        return together(finding, besides([first, ...others], finding));
      }),
    );
  }

  /** The own findings of a file that its baseline does not know. */
  #unknown(file: string): readonly Finding[] {
    const facts = this.workspace.get(file);
    const findings = this.workspace.ownFindings(file);
    const project = this.#project;
    const configuration = project?.settings.configurationOf(file);
    if (facts === undefined || project === undefined || configuration?.facts.baseline === undefined || findings.length === 0)
      return findings;
    const known = this.#judgedByBaseline.get(findings);
    if (known?.project === project) return known.unknown;
    const text = this.documents.text(facts);
    if (text === undefined) return findings;
    const fingerprints = fingerprintsOf(findings, text, facts.lineStarts);
    const unknown = findings.filter((_, order) => fingerprints[order]?.some((name) => !project.isKnown(file, name)));
    this.#judgedByBaseline.set(findings, { project, unknown });
    return unknown;
  }

  /** The parsers of every language that the workspace has. */
  async parsers(): Promise<Parsers> {
    const parsers = await (this.#parsers ??= this.#options.loadParsers());
    const languages = new Set([...this.workspace.files()].flatMap((file) => languageOf(file) ?? []));
    await prepare(languages, parsers);
    return parsers;
  }

  async dispose(): Promise<void> {
    this.#statistics.follow(undefined);
    await this.#disk.dispose();
  }

  #mayBelong(uri: string): boolean {
    const path = pathOfUri(uri);
    return (
      uri.startsWith("file:") &&
      !this.#strangers.has(uri) &&
      languageOf(path) !== undefined &&
      this.roots.some((root) => isWithin(path, root))
    );
  }

  async #take({ found, facts, unread }: SyncResult, changed: readonly WorkspaceFile[]): Promise<void> {
    const next = new Map<string, FileFacts | undefined>();
    if (found !== undefined) {
      if (JSON.stringify(found.configurations) !== JSON.stringify(this.#found.configurations)) this.#project = undefined;
      this.#found = found;
      for (const file of this.documents.setFiles(new WorkspacePaths(this.roots), found.files)) {
        next.set(file, undefined);
        this.#edited.delete(file);
        this.#unread.delete(file);
      }
    }
    // A changed file without facts is empty of them now: it was deleted, or is generated.
    for (const [file] of changed) {
      if (languageOf(file) === "project") this.#project = undefined;
      next.set(file, undefined);
      this.#unread.delete(file);
    }
    for (const [file, read] of facts) next.set(file, read);
    for (const { file, why } of unread) this.#unread.set(file, why);
    for (const [file] of this.documents.openFiles()) {
      next.delete(file);
      this.#edited.add(file);
    }
    await this.#apply(next);
    if (found !== undefined || changed.some(([file]) => languageOf(file) === "sql")) this.#askHistory();
    if (this.#isIndexed) return;
    this.#isIndexed = true;
    this.#options.onStale(new Set(this.workspace.files()), new Set());
    for (const resolve of this.#untilIndexed.splice(0)) resolve();
  }

  /** Asks version control which migrations are new; what happens meanwhile asks once more. */
  #askHistory(): void {
    const paths = this.documents.paths;
    this.#history = (this.#history ?? Promise.resolve())
      .then(() => migrationChanges(paths, undefined))
      .then(({ changed }) => {
        const stale = this.workspace.setHistory({ changed });
        if (stale.size > 0) this.#options.onStale(stale, new Set());
      })
      .catch((error: unknown) => this.#options.log(`Version control could not be asked for migrations: ${describe(error)}`));
  }

  #statisticsChanged(): void {
    if (this.#project === undefined) return;
    const stale = this.workspace.setStatistics(productionStatistics(this.#project, this.#options.log));
    if (stale.size > 0) this.#options.onStale(stale, new Set());
  }

  /** Applies facts from the disk together with those of the edited documents. */
  async #apply(fromDisk: Map<string, FileFacts | undefined>): Promise<void> {
    const parsers = this.#edited.size === 0 ? undefined : await (this.#parsers ??= this.#options.loadParsers());
    if (parsers !== undefined)
      await prepare(
        [...this.#edited].flatMap((file) => languageOf(file) ?? []),
        parsers,
      );
    const project = await this.#projectAsEdited();
    // From here on nothing waits: the texts that are read are those of one moment.
    const edited = new Set(this.#edited);
    this.#edited.clear();
    if (parsers !== undefined) for (const file of edited) this.#read(file, parsers, fromDisk);
    let stale = this.workspace.apply(fromDisk);
    if (project !== this.#project) {
      this.#project = project;
      this.workspace.configure(project.settings);
      this.#statistics.follow(project);
      this.workspace.setStatistics(productionStatistics(project, this.#options.log));
      stale = new Set([...this.workspace.files(), ...stale]);
    }
    if (stale.size > 0) this.#options.onStale(stale, edited);
  }

  /** The project with its open `performance.yaml` files as they are being edited; the same one where nothing of it was. */
  async #projectAsEdited(): Promise<Project> {
    const isEdited = this.#found.configurations.some(({ path }) => this.#edited.has(this.documents.fileOfPath(path) ?? ""));
    if (this.#project !== undefined && !isEdited) return this.#project;
    const configurations = this.#found.configurations.map((configuration) => {
      const text = this.documents.openAt(configuration.path)?.getText();
      return text === undefined ? configuration : { ...configuration, text, ...projectFacts(configuration.path, text) };
    });
    const ids = [...this.#options.rules.map(({ id }) => id), SLA_BROKEN];
    return projectOf({ configurations, paths: this.documents.paths }, ids, nodeHost);
  }

  #read(file: string, parsers: Parsers, into: Map<string, FileFacts | undefined>): void {
    const language = languageOf(file);
    const document = this.documents.document(file);
    if (language === undefined || document === undefined) return;
    const text = document.getText();
    const hash = hashOf(text);
    if (this.workspace.get(file)?.hash === hash) return;
    if (whyLeftOut(file, text) !== undefined) {
      into.set(file, undefined);
      return;
    }
    try {
      into.set(file, extractFacts(language, { file, text, hash }, parsers));
    } catch (error) {
      this.#options.log(`${file} could not be analysed: ${describe(error)}`);
      into.set(file, undefined);
    }
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
