import { join } from "node:path";
import { commands, type ExtensionContext, type LogOutputChannel, window, workspace } from "vscode";
import {
  CloseAction,
  ErrorAction,
  type ErrorHandler,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  TransportKind,
} from "vscode-languageclient/node";
import { type InitializationOptions, SETTINGS, STATUS, type Status } from "../server/protocol.ts";
import { Clients } from "./clients.ts";
import { Commands } from "./commands.ts";
import { MarkdownDocuments } from "./markdownDocuments.ts";
import type { PlanPanels } from "./panels/planPanel.ts";
import { Restarts } from "./restarts.ts";
import { editorSettings, isEnabled, keepsCache, runsOn, SELECTOR } from "./settings.ts";
import { StatusItem } from "./statusItem.ts";

/** What the commands of the palette do. */
export type Client = Commands;

/** Starts the server and returns before it runs; the status item says how it is. */
export function startClient(context: ExtensionContext, log: LogOutputChannel, planPanels: () => Promise<PlanPanels>): Client {
  const status = new StatusItem(SELECTOR);
  const problem = (message: string) => status.show({ state: "problem", files: 0, message });
  const restarts = new Restarts();
  const module = join(context.extensionPath, "dist/server.cjs");
  const clients: Clients<LanguageClient> = new Clients(() => {
    const client = new QuietClient(
      "performanceAuditor",
      "Performance Auditor",
      { module, transport: TransportKind.ipc },
      clientOptions(context, log, problem, quietRestarts(restarts, log, problem, start)),
    );
    client.onNotification(STATUS, (given: Status) => status.show(given));
    return client;
  });
  const start = () => clients.start().catch((error: unknown) => problem(`The server did not start: ${String(error)}`));
  const restart = () => {
    restarts.startAnew();
    return start();
  };
  const documents = new MarkdownDocuments();
  const palette = new Commands({ context, clients, documents, log, restart, planPanels });
  context.subscriptions.push(
    status,
    documents,
    { dispose: () => clients.stop() },
    workspace.onDidChangeConfiguration((event) => {
      const concerns = (name: string) => event.affectsConfiguration(`performanceAuditor.${name}`);
      if (concerns("enable")) {
        void (isEnabled() ? restart() : clients.stop());
      } else if (clients.current?.isRunning() !== true) return;
      else if (concerns("run") || concerns("cache")) void palette.restartServer();
      else if (event.affectsConfiguration("performanceAuditor")) void clients.current.sendNotification(SETTINGS, editorSettings());
    }),
  );
  void start();
  return palette;
}

/** Says nothing in windows of its own: what a person has to know is said here, once. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

function clientOptions(
  context: ExtensionContext,
  log: LogOutputChannel,
  problem: (message: string) => void,
  errorHandler: ErrorHandler,
): LanguageClientOptions {
  // Asked at every start: a restart takes the settings of then.
  const initializationOptions = (): InitializationOptions => ({
    settings: editorSettings(),
    ...(keepsCache() ? { cacheDirectory: (context.storageUri ?? context.globalStorageUri).fsPath } : {}),
  });
  return {
    documentSelector: SELECTOR,
    outputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationOptions,
    diagnosticPullOptions: {
      get onChange() {
        return runsOn() === "type";
      },
      get onSave() {
        return runsOn() === "save";
      },
    },
    initializationFailedHandler: (error) => {
      problem(`The server did not start: ${String(error)}`);
      return false;
    },
    errorHandler,
    middleware: {
      async resolveCodeAction(action, token, next) {
        const taken = await next(action, token);
        if (taken?.edit === undefined && taken?.command === undefined && !token.isCancellationRequested)
          window.setStatusBarMessage(OUTDATED, OUTDATED_MS);
        return taken;
      },
    },
  };
}

const OUTDATED = "$(warning) The text has changed since this was offered: ask for it again";
const OUTDATED_MS = 8_000;

/** A server that dies is started again, silently; one that keeps dying is left, and a person hears of it: nothing is judged any more. */
function quietRestarts(restarts: Restarts, log: LogOutputChannel, problem: (message: string) => void, start: () => unknown): ErrorHandler {
  return {
    error: (error) => {
      log.error("The connection to the server had an error", error);
      return { action: ErrorAction.Continue, handled: true };
    },
    closed: () => {
      const why = restarts.ended();
      if (why === undefined) {
        log.warn("The server ended and is started again");
        // When this client knows that it has none.
        setImmediate(start);
      } else {
        log.error(`The server is not started again: ${why}`);
        // More than this hides the command behind it.
        problem(why);
        void offerRestart(why);
      }
      return { action: CloseAction.DoNotRestart, handled: true };
    },
  };
}

const RESTART = "Restart Server";
const LOG = "Show Log";

/** An empty list of problems would say that all is well. */
async function offerRestart(why: string): Promise<void> {
  const chosen = await window.showErrorMessage(`Performance Auditor judges nothing any more: ${why}.`, RESTART, LOG);
  if (chosen === RESTART) await commands.executeCommand("performanceAuditor.restartServer");
  else if (chosen === LOG) await commands.executeCommand("performanceAuditor.showLog");
}
