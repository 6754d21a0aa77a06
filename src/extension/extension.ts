import { commands, type ExtensionContext, FileType, Uri, window, workspace } from "vscode";
import type { Client } from "./client.ts";
import type { PlanPanels } from "./panels/planPanel.ts";

/** A folder with one of these in it, or a little below, is worth a look before a file is opened. */
const MARKERS = new Set(["pom.xml", "build.gradle", "build.gradle.kts", "pubspec.yaml", "performance.yaml"]);
const LANGUAGES = new Set(["java", "dart", "sql"]);

/**
 * The door of the extension: commands and nothing heavier. The client is a bundle of its own, loaded when a file that concerns it
 * is there, or a command needs it. Answers with how long it took, for the test that holds it to its budget.
 */
export function activate(context: ExtensionContext): { readonly activationMs: number } {
  const startedAt = performance.now();
  const log = window.createOutputChannel("Performance Auditor", { log: true });
  let client: Promise<Client> | undefined;
  let plans: Promise<PlanPanels> | undefined;
  // One place knows all panels, those that the editor brings back before anything else is loaded, too.
  const planPanels = () => (plans ??= import("./panels/planPanel.ts").then((panels) => new panels.PlanPanels(context)));
  const load = () => (client ??= import("./client.ts").then(({ startClient }) => startClient(context, log, planPanels)));
  const register = (name: string, run: (...given: readonly unknown[]) => unknown) =>
    context.subscriptions.push(commands.registerCommand(`performanceAuditor.${name}`, run));

  context.subscriptions.push(log);
  register("checkWorkspace", async () => (await load()).checkWorkspace());
  register("explainRule", async (rule) => (await load()).explainRule(typeof rule === "string" ? rule : undefined));
  register("explainQuery", async (place) => (await load()).explainQuery(place));
  register("proveQuery", async (place) => (await load()).proveQuery(place));
  register("showEffectiveConfiguration", async () => (await load()).showEffectiveConfiguration());
  register("restartServer", async () => (await load()).restartServer());
  register("showLog", () => log.show());
  register("runBenchmark", async () => (await load()).runBenchmark());
  context.subscriptions.push(
    window.registerWebviewPanelSerializer("performanceAuditor.benchmark", {
      deserializeWebviewPanel: async (panel, kept: unknown) =>
        (await import("./panels/benchmarkPanel.ts")).restoreBenchmarkPanel(context, panel, kept),
    }),
    window.registerWebviewPanelSerializer("performanceAuditor.plan", {
      deserializeWebviewPanel: async (panel, kept: unknown) => (await planPanels()).restore(panel, kept),
    }),
  );
  whenConcerned(context, () => {
    load().catch((error) => log.error("The language client could not be loaded", error));
  });
  return { activationMs: performance.now() - startedAt };
}

/** Calls once: now or when such a file is opened. */
function whenConcerned(context: ExtensionContext, start: () => void): void {
  const isEnabled = () => workspace.getConfiguration("performanceAuditor").get("enable", true);
  const listeners = [
    workspace.onDidOpenTextDocument(({ languageId }) => LANGUAGES.has(languageId) && decide()),
    workspace.onDidChangeConfiguration((event) => event.affectsConfiguration("performanceAuditor.enable") && look()),
    workspace.onDidChangeWorkspaceFolders(() => look()),
  ];
  let started = false;
  const decide = () => {
    if (started || !isEnabled()) return;
    started = true;
    for (const listener of listeners) listener.dispose();
    start();
  };
  const look = async () => {
    if (workspace.textDocuments.some(({ languageId }) => LANGUAGES.has(languageId)) || (await hasMarker())) decide();
  };
  context.subscriptions.push(...listeners);
  // Behind the activation, which is over when this one has returned.
  setImmediate(look);
}

/** So far below a folder of the workspace is looked for them: `services/orders/pom.xml`. */
const DEPTH = 2;
/** A folder of very many folders is no reason to read on and on. */
const MOST_FOLDERS = 300;

async function hasMarker(): Promise<boolean> {
  let level = (workspace.workspaceFolders ?? []).map(({ uri }) => uri);
  for (let depth = 0, left = MOST_FOLDERS; depth <= DEPTH && level.length > 0; depth++) {
    const below: Uri[] = [];
    for (const folder of level.slice(0, left)) {
      const entries = await entriesOf(folder);
      if (entries.some(([name]) => MARKERS.has(name))) return true;
      for (const [name, type] of entries)
        if (type === FileType.Directory && !name.startsWith(".") && name !== "node_modules") below.push(Uri.joinPath(folder, name));
    }
    left -= Math.min(left, level.length);
    level = below;
  }
  return false;
}

async function entriesOf(folder: Uri): Promise<readonly (readonly [string, FileType])[]> {
  try {
    return await workspace.fs.readDirectory(folder);
  } catch {
    return [];
  }
}
