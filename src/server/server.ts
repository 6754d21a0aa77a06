import { join } from "node:path";
import {
  type Connection,
  DidChangeWatchedFilesNotification,
  DocumentDiagnosticReportKind,
  type InitializeParams,
  type InitializeResult,
  LSPErrorCodes,
  ResponseError,
  TextDocumentSyncKind,
  TextDocuments,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { QueryPlace } from "../planner/panelProtocol.ts";
import type { AnyRule } from "../rules/rule.ts";
import { pathOfUri } from "./documents.ts";
import { Benchmarks } from "./features/benchmarks.ts";
import { CodeActions } from "./features/codeActions.ts";
import { checkWorkspace, RuleDocuments, untilIndexed, withProgress } from "./features/commands.ts";
import { effectiveConfiguration } from "./features/effectiveConfiguration.ts";
import { PlanVerdicts } from "./features/planVerdicts.ts";
import { QueryPlans } from "./features/queryPlans.ts";
import { Reports } from "./features/reports.ts";
import { WorkspaceDiagnostics } from "./features/workspaceDiagnostics.ts";
import { concernsRuns, FileEvents, WATCHERS } from "./fileEvents.ts";
import { Indexer } from "./indexer.ts";
import { extractorsVersion, loadParsers } from "./parsers.ts";
import {
  BENCHMARK_CHOICES,
  CHECK_WORKSPACE,
  type CheckWorkspaceParams,
  type EditorSettings,
  EFFECTIVE_CONFIGURATION,
  type EffectiveConfigurationParams,
  EXPLAIN_QUERY,
  EXPLAIN_RULE,
  type ExplainRuleParams,
  FIX_ALL_KIND,
  type InitializationOptions,
  PROVE_QUERY,
  type ProveQueryParams,
  RULES,
  type RuleSummary,
  SETTINGS,
  STATUS,
} from "./protocol.ts";
import { Session } from "./session.ts";

export interface ServerOptions {
  readonly rules: readonly AnyRule[];
  /** Folder with the bundles and `wasm/`. */
  readonly distDirectory: string;
  readonly documentsDirectory: string;
}

const DEFAULT_SETTINGS: EditorSettings = { minimumSeverity: "hint", unopenedFiles: true, planVerdicts: false };
/** Typing comes with a request of its own; what nobody asks for is read after this pause. */
const IDLE_MS = 300;
/** A client may not take a report that comes at the wrong moment, and does not say so: it is sent once more after this pause. */
const ONCE_MORE_MS = 1_500;
/** A burst of changes asks the client once to pull again. */
const REFRESH_MS = 50;

/** Speaks LSP on a connection until it ends. */
export function startServer(connection: Connection, options: ServerOptions): void {
  connection.onInitialize((params) => {
    const start = new Server(connection, options, params);
    return start.result();
  });
  connection.listen();
}

/** One client: its session, and how messages reach it. */
class Server {
  readonly #connection: Connection;
  readonly #session: Session;
  readonly #benchmarks: Benchmarks;
  readonly #plans: QueryPlans;
  readonly #verdicts: PlanVerdicts;
  readonly #reports: Reports;
  readonly #workspaceDiagnostics: WorkspaceDiagnostics;
  /** By file: what is told once more. */
  readonly #late = new Map<string, NodeJS.Timeout>();
  readonly #open = new TextDocuments(TextDocument);
  readonly #params: InitializeParams;
  readonly #events: FileEvents;
  #roots: readonly string[];
  #refresh: NodeJS.Timeout | undefined;
  #idle: NodeJS.Timeout | undefined;

  constructor(connection: Connection, { rules, distDirectory, documentsDirectory }: ServerOptions, params: InitializeParams) {
    const given = (params.initializationOptions ?? {}) as InitializationOptions;
    const documents = new RuleDocuments(documentsDirectory, rules);
    this.#connection = connection;
    this.#params = params;
    this.#roots = (params.workspaceFolders ?? (params.rootUri ? [{ uri: params.rootUri, name: "" }] : [])).map(({ uri }) => pathOfUri(uri));
    this.#session = new Session({
      rules,
      indexer: new Indexer(join(distDirectory, "worker.cjs"), {
        distDirectory,
        cacheDirectory: given.cacheDirectory,
        version: extractorsVersion(distDirectory),
      }),
      loadParsers: () => loadParsers(distDirectory, { keepsTrees: true }),
      log: (message) => connection.console.error(message),
      revise: (findings) => this.#verdicts.applied(findings),
      onStatus: (status) => void connection.sendNotification(STATUS, status),
      onStale: (files, edited) => {
        this.#benchmarks.followSession();
        this.#verdicts.touched();
        this.#stale(files, edited);
      },
    });
    this.#benchmarks = new Benchmarks({
      session: this.#session,
      log: (message) => connection.console.warn(message),
      onStale: (files) => this.#stale(files, new Set()),
    });
    this.#reports = new Reports(this.#session, this.#benchmarks, { ...DEFAULT_SETTINGS, ...given.settings }, (rule) =>
      documents.uriOf(rule),
    );
    this.#plans = new QueryPlans(this.#session, distDirectory);
    this.#verdicts = new PlanVerdicts({
      session: this.#session,
      planner: this.#plans.planner,
      log: (message) => connection.console.warn(message),
      onStale: (files) => this.#stale(files, new Set()),
    });
    this.#verdicts.enabled = this.#reports.settings.planVerdicts;
    this.#workspaceDiagnostics = new WorkspaceDiagnostics(this.#session, this.#reports);
    this.#events = new FileEvents(this.#session.documents, ({ changed, rediscover }) => this.#session.diskChanged(changed, rediscover));
    this.#listenToDocuments();
    this.#listenToDisk();
    this.#answerDiagnostics();
    this.#answerCodeActions();
    this.#answerCommands(documents, rules);
    connection.onShutdown(() => this.#dispose());
  }

  result(): InitializeResult {
    return {
      serverInfo: { name: "Performance Auditor" },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        diagnosticProvider: { identifier: "performance-auditor", interFileDependencies: true, workspaceDiagnostics: true },
        codeLensProvider: {},
        codeActionProvider: { codeActionKinds: ["quickfix", FIX_ALL_KIND], resolveProvider: this.#resolvesEdits() },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  }

  #listenToDocuments(): void {
    const session = this.#session;
    this.#open.onDidOpen(({ document }) => session.opened(document));
    this.#open.onDidChangeContent(({ document }) => {
      session.edited(document);
      clearTimeout(this.#idle);
      this.#idle = setTimeout(() => void session.flush(), IDLE_MS);
    });
    this.#open.onDidClose(({ document }) => {
      const file = session.documents.fileOf(document.uri);
      session.closed(document);
      // A client takes no report of the workspace for a document that is open: it has missed what came meanwhile.
      if (file === undefined) return;
      this.#workspaceDiagnostics.touch([file], true);
      // It may still take the document for open for a moment, until the last tab of it is gone from its books.
      this.#tellOnceMore(file);
    });
    this.#open.listen(this.#connection);
  }

  #listenToDisk(): void {
    this.#connection.onDidChangeWatchedFiles(({ changes }) => {
      this.#events.add(changes);
      if (changes.some(({ uri }) => concernsRuns(uri))) void this.#benchmarks.readRuns();
    });
    this.#connection.onInitialized(() => {
      if (this.#params.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true)
        void this.#connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [...WATCHERS] });
      if (this.#params.capabilities.workspace?.workspaceFolders === true)
        this.#connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
          const gone = new Set(removed.map(({ uri }) => pathOfUri(uri)));
          this.#roots = [...this.#roots.filter((root) => !gone.has(root)), ...added.map(({ uri }) => pathOfUri(uri))];
          this.#session.setRoots(this.#roots);
        });
      this.#session.setRoots(this.#roots);
    });
  }

  #answerDiagnostics(): void {
    const { diagnostics } = this.#connection.languages;
    diagnostics.on(async ({ textDocument, previousResultId }, token) => {
      // A key pressed meanwhile has cancelled this request: its message comes before the work is done for nothing.
      await new Promise((resolve) => setImmediate(resolve));
      if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, "The client no longer asks");
      await this.#session.flush();
      const file = this.#session.documents.fileOf(textDocument.uri);
      if (file === undefined) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
      const { items, resultId } = this.#reports.of(file);
      if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
      // VS Code's client throws the answer away when the tab was closed meanwhile, and asks no more.
      this.#tellOnceMore(file);
      return { kind: DocumentDiagnosticReportKind.Full, items, resultId };
    });
    diagnostics.onWorkspace((params, token, _progress, results) => this.#workspaceDiagnostics.hold(params, token, results));
  }

  #answerCodeActions(): void {
    const actions = new CodeActions(this.#session, this.#resolvesEdits());
    this.#connection.onCodeAction((params) => actions.at(params));
    this.#connection.onCodeActionResolve((action) => actions.resolve(action));
  }

  #resolvesEdits(): boolean {
    const given = this.#params.capabilities.textDocument?.codeAction;
    return given?.dataSupport === true && given.resolveSupport?.properties.includes("edit") === true;
  }

  #answerCommands(documents: RuleDocuments, rules: readonly AnyRule[]): void {
    const connection = this.#connection;
    connection.onRequest(CHECK_WORKSPACE, async (params: CheckWorkspaceParams, token) => {
      // Where nothing can be watched, a person who asks for everything gets everything.
      await this.#benchmarks.readRuns();
      return checkWorkspace(this.#session, token, connection.window.attachWorkDoneProgress(params.workDoneToken));
    });
    connection.onRequest(EXPLAIN_RULE, ({ rule }: ExplainRuleParams) => documents.explain(rule) ?? null);
    connection.onRequest(RULES, (): RuleSummary[] => rules.map(({ id, title }) => ({ id, title })));
    connection.onRequest(EFFECTIVE_CONFIGURATION, async ({ uri }: EffectiveConfigurationParams, token) => {
      await untilIndexed(this.#session, token);
      await this.#session.flush();
      return effectiveConfiguration(this.#session, rules, uri ?? undefined);
    });
    connection.onCodeLens(async ({ textDocument }, token) => {
      await untilIndexed(this.#session, token);
      await this.#session.flush();
      return this.#plans.lenses(textDocument.uri);
    });
    connection.onRequest(EXPLAIN_QUERY, async (params: QueryPlace, token) => {
      await untilIndexed(this.#session, token);
      await this.#session.flush();
      return (await this.#plans.explain(params)) ?? null;
    });
    connection.onRequest(PROVE_QUERY, async (params: ProveQueryParams, token) => {
      await untilIndexed(this.#session, token);
      await this.#session.flush();
      return (
        (await withProgress(connection.window.attachWorkDoneProgress(params.workDoneToken), token, "Proving on rows", (options) =>
          this.#plans.prove(params, options),
        )) ?? null
      );
    });
    connection.onRequest(BENCHMARK_CHOICES, async (_params: unknown, token) => {
      await untilIndexed(this.#session, token);
      await this.#session.flush();
      return this.#benchmarks.choices();
    });
    connection.onNotification(SETTINGS, (settings: EditorSettings) => {
      this.#reports.settings = settings;
      this.#verdicts.enabled = settings.planVerdicts;
      this.#stale(new Set(this.#session.workspace.files()), new Set());
    });
  }

  async #dispose(): Promise<void> {
    this.#events.dispose();
    this.#benchmarks.dispose();
    this.#verdicts.dispose();
    clearTimeout(this.#idle);
    clearTimeout(this.#refresh);
    for (const late of this.#late.values()) clearTimeout(late);
    this.#workspaceDiagnostics.end();
    await this.#plans.dispose();
    await this.#session.dispose();
  }

  #tellOnceMore(file: string): void {
    clearTimeout(this.#late.get(file));
    const late = setTimeout(() => {
      this.#late.delete(file);
      this.#workspaceDiagnostics.touch([file], true);
    }, ONCE_MORE_MS);
    this.#late.set(file, late);
  }

  #stale(files: ReadonlySet<string>, edited: ReadonlySet<string>): void {
    this.#workspaceDiagnostics.touch(files);
    const { documents } = this.#session;
    const others = [...files].some((file) => !edited.has(file) && documents.isOpen(file));
    if (!others || this.#params.capabilities.workspace?.diagnostics?.refreshSupport !== true) return;
    clearTimeout(this.#refresh);
    this.#refresh = setTimeout(() => this.#connection.languages.diagnostics.refresh(), REFRESH_MS);
  }
}
