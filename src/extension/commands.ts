import { randomUUID } from "node:crypto";
import { basename } from "node:path";
import {
  commands,
  type Diagnostic,
  type ExtensionContext,
  type LogOutputChannel,
  languages,
  ProgressLocation,
  type QuickPickItem,
  QuickPickItemKind,
  Uri,
  window,
} from "vscode";
import { DidChangeWatchedFilesNotification, FileChangeType, type LanguageClient, WorkDoneProgress } from "vscode-languageclient/node";
import { isPlace, type PlanPanelState, type QueryPlace } from "../planner/panelProtocol.ts";
import {
  BENCHMARK_CHOICES,
  type BenchmarkProject,
  CHECK_WORKSPACE,
  type CheckWorkspaceResult,
  DIAGNOSTIC_SOURCE,
  EFFECTIVE_CONFIGURATION,
  EXPLAIN_QUERY,
  EXPLAIN_RULE,
  type MarkdownDocument,
  PROVE_QUERY,
  RULES,
  type RuleSummary,
} from "../server/protocol.ts";
import type { Clients } from "./clients.ts";
import type { MarkdownDocuments } from "./markdownDocuments.ts";
import type { PlanPanels } from "./panels/planPanel.ts";
import { benchmarkTarget } from "./settings.ts";

/** How long the status bar says what a check of everything has found. */
const SUMMARY_MS = 15_000;

export interface CommandsOptions {
  readonly context: ExtensionContext;
  readonly clients: Clients<LanguageClient>;
  readonly documents: MarkdownDocuments;
  readonly log: LogOutputChannel;
  /** Starts a server in the place of the one of now. */
  restart(): Promise<void>;
  planPanels(): Promise<PlanPanels>;
}

/** The commands that need the server. */
export class Commands {
  readonly #options: CommandsOptions;

  constructor(options: CommandsOptions) {
    this.#options = options;
  }

  /** Judges all files, with progress and cancel, and shows the Problems view. Answers with what was found, or nothing when cancelled. */
  async checkWorkspace(): Promise<CheckWorkspaceResult | undefined> {
    const { log } = await this.#ready();
    const result = await this.#longRequest<CheckWorkspaceResult>("Performance Auditor", CHECK_WORKSPACE, {});
    if (result === undefined) return undefined;
    const summary = `${result.files} files: ${countsOf(result)}`;
    log.info(`${summary}, in ${result.durationMs} ms`);
    // The Problems view lists no hints, and stays as it is where all was known before.
    window.setStatusBarMessage(`$(check) ${summary}`, SUMMARY_MS);
    for (const { file, why } of result.skipped) log.info(`Left out: ${file}: ${why}`);
    await commands.executeCommand("workbench.actions.view.problems");
    return result;
  }

  /** Shows a rule's document; asks which when none is named. */
  async explainRule(rule: string | undefined): Promise<void> {
    const { client, documents, log } = await this.#ready();
    const wanted = rule ?? (await pickRule(await client.sendRequest<readonly RuleSummary[]>(RULES)));
    if (wanted === undefined) return;
    const document = await client.sendRequest<MarkdownDocument | null>(EXPLAIN_RULE, { rule: wanted });
    if (document === null) log.warn(`There is no rule ${wanted}`);
    else await documents.show(document);
  }

  /** Shows the plan of a query: of the one that a code lens stands above, or of the one that the cursor is in. */
  async explainQuery(given: unknown): Promise<void> {
    const { client } = await this.#ready();
    const place = isPlace(given) ? given : placeOfCursor();
    const state =
      place === undefined
        ? null
        : await window.withProgress({ location: ProgressLocation.Window, title: "Planning the query" }, () =>
            client.sendRequest<PlanPanelState | null>(EXPLAIN_QUERY, place),
          );
    if (state === null) await window.showInformationMessage("There is no query here that could be planned.");
    else (await this.#options.planPanels()).show(state);
  }

  /** Runs a query on rows that are made for it: the one that the cursor is in. */
  async proveQuery(given: unknown): Promise<void> {
    await this.#ready();
    const place = isPlace(given) ? given : placeOfCursor();
    const state =
      place === undefined ? null : await this.#longRequest<PlanPanelState | null>("Proving the query on rows", PROVE_QUERY, place);
    if (state === null) await window.showInformationMessage("There is no query here that could be run.");
    else if (state !== undefined) (await this.#options.planPanels()).show(state);
  }

  /** Shows what holds for the file of the active editor, or for the workspace, and where it is said. */
  async showEffectiveConfiguration(): Promise<void> {
    const { client, documents } = await this.#ready();
    const uri = window.activeTextEditor?.document.uri.toString();
    await documents.show(await client.sendRequest<MarkdownDocument>(EFFECTIVE_CONFIGURATION, { uri: uri ?? null }));
  }

  /** Asks what to measure and opens the panel that runs it. */
  async runBenchmark(): Promise<void> {
    const { client, context } = await this.#ready();
    const projects = await client.sendRequest<readonly BenchmarkProject[]>(BENCHMARK_CHOICES, {});
    if (projects.length === 0) await window.showInformationMessage("There is nothing to run: no folder is open.");
    const project = projects.length < 2 ? projects[0] : await pickProject(projects);
    if (project === undefined) return;
    const { openBenchmarkPanel } = await import("./panels/benchmarkPanel.ts");
    await openBenchmarkPanel(context, {
      ...project,
      target: benchmarkTarget(),
      // A watcher may miss the first file of a folder that is new itself.
      onKept: (file) =>
        void client.sendNotification(DidChangeWatchedFilesNotification.type, {
          changes: [{ uri: Uri.file(file).toString(), type: FileChangeType.Created }],
        }),
    });
  }

  async restartServer(): Promise<void> {
    this.#options.log.info("The server is restarted");
    await this.#options.restart();
  }

  /** A request with progress and cancel; undefined when it was cancelled. */
  async #longRequest<T>(title: string, method: string, params: object): Promise<T | undefined> {
    const { client } = await this.#ready();
    const workDoneToken = randomUUID();
    return window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, async (progress, token) => {
      let percentage = 0;
      const listener = client.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
        if (value.kind !== "report") return;
        progress.report({
          increment: (value.percentage ?? percentage) - percentage,
          ...(value.message === undefined ? {} : { message: value.message }),
        });
        percentage = value.percentage ?? percentage;
      });
      try {
        return await client.sendRequest<T>(method, { workDoneToken, ...params }, token);
      } catch (error) {
        if (token.isCancellationRequested) return undefined;
        throw error;
      } finally {
        listener.dispose();
      }
    });
  }

  async #ready(): Promise<CommandsOptions & { readonly client: LanguageClient }> {
    return { ...this.#options, client: await this.#options.clients.running() };
  }
}

function countsOf({ findings: { error, warning, information, hint } }: CheckWorkspaceResult): string {
  const counted = (count: number, noun: string) => (count === 0 ? [] : [`${count} ${noun}${count === 1 ? "" : "s"}`]);
  const notes = information === 0 ? [] : [`${information} information`];
  const all = [...counted(error, "error"), ...counted(warning, "warning"), ...notes, ...counted(hint, "hint")];
  return all.length === 0 ? "no findings" : all.join(", ");
}

function placeOfCursor(): QueryPlace | undefined {
  const editor = window.activeTextEditor;
  if (editor === undefined) return undefined;
  const { line, character } = editor.selection.active;
  return { uri: editor.document.uri.toString(), line, character };
}

async function pickProject(projects: readonly BenchmarkProject[]): Promise<BenchmarkProject | undefined> {
  const items = projects.map((project) => ({
    label: basename(project.folder),
    description: `${project.choices.length} to choose from`,
    detail: project.folder,
    project,
  }));
  return (await window.showQuickPick(items, { placeHolder: "Which project?" }))?.project;
}

/** All rules, those first that have found something in the active file, the nearest to the cursor before the others. */
async function pickRule(rules: readonly RuleSummary[]): Promise<string | undefined> {
  const found = rulesOfEditor();
  const item = ({ id, title }: RuleSummary): QuickPickItem => ({ label: id, description: title });
  const here = found.flatMap((id) => rules.find((rule) => rule.id === id) ?? []);
  const others = rules.filter((rule) => !here.includes(rule));
  const heading = (label: string): QuickPickItem => ({ label, kind: QuickPickItemKind.Separator });
  const items = here.length === 0 ? rules.map(item) : [heading("in this file"), ...here.map(item), heading("others"), ...others.map(item)];
  return (await window.showQuickPick(items, { placeHolder: "Which rule?", matchOnDescription: true }))?.label;
}

function rulesOfEditor(): readonly string[] {
  const editor = window.activeTextEditor;
  if (editor === undefined) return [];
  const { line } = editor.selection.active;
  const own = languages.getDiagnostics(editor.document.uri).filter(({ source }) => source === DIAGNOSTIC_SOURCE);
  const distance = ({ range }: Diagnostic) => Math.abs(range.start.line - line);
  const ids = own.sort((a, b) => distance(a) - distance(b)).map(({ code }) => (typeof code === "object" ? code.value : code));
  return [...new Set(ids.map(String))];
}
