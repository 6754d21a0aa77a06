import { join } from "node:path";
import { type ExtensionContext, type LogOutputChannel, workspace } from "vscode";
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
import { Commands } from "./commands.ts";
import { MarkdownDocuments } from "./markdownDocuments.ts";
import type { PlanPanels } from "./panels/planPanel.ts";
import { editorSettings, isEnabled, keepsCache, runsOn, SELECTOR } from "./settings.ts";
import { StatusItem } from "./statusItem.ts";

/** What the commands of the palette do. */
export type Client = Commands;

/** Starts the server and returns before it runs; the status item says how it is. */
export function startClient(context: ExtensionContext, log: LogOutputChannel, planPanels: () => Promise<PlanPanels>): Client {
  const status = new StatusItem(SELECTOR);
  const problem = (message: string) => status.show({ state: "problem", files: 0, message });
  const module = join(context.extensionPath, "dist/server.cjs");
  const client = new LanguageClient(
    "performanceAuditor",
    "Performance Auditor",
    { module, transport: TransportKind.ipc },
    clientOptions(context, log, problem),
  );
  client.onNotification(STATUS, (given: Status) => status.show(given));
  const documents = new MarkdownDocuments();
  const commands = new Commands({ context, client, documents, log, problem, planPanels });
  context.subscriptions.push(
    status,
    documents,
    client,
    workspace.onDidChangeConfiguration((event) => {
      const concerns = (name: string) => event.affectsConfiguration(`performanceAuditor.${name}`);
      if (concerns("enable")) void (isEnabled() ? client.start() : client.stop());
      else if (!client.isRunning()) return;
      else if (concerns("run") || concerns("cache")) void commands.restartServer();
      else if (event.affectsConfiguration("performanceAuditor")) void client.sendNotification(SETTINGS, editorSettings());
    }),
  );
  client.start().catch((error: unknown) => problem(`The server did not start: ${String(error)}`));
  return commands;
}

function clientOptions(context: ExtensionContext, log: LogOutputChannel, problem: (message: string) => void): LanguageClientOptions {
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
    errorHandler: quietRestarts(log, problem),
  };
}

const RESTARTS = 5;
const WITHIN_MS = 180_000;

/** A server that dies is started again, silently; one that keeps dying is left, and the status item says so. */
function quietRestarts(log: LogOutputChannel, problem: (message: string) => void): ErrorHandler {
  const deaths: number[] = [];
  return {
    error: (error) => {
      log.error("The connection to the server had an error", error);
      return { action: ErrorAction.Continue, handled: true };
    },
    closed: () => {
      const now = Date.now();
      while (deaths.length > 0 && now - (deaths[0] as number) > WITHIN_MS) deaths.shift();
      deaths.push(now);
      if (deaths.length <= RESTARTS) {
        log.warn("The server ended and is started again");
        return { action: CloseAction.Restart, handled: true };
      }
      // More than this hides the command behind it.
      problem(`the server ended ${deaths.length} times in ${WITHIN_MS / 60_000} minutes`);
      return { action: CloseAction.DoNotRestart, handled: true };
    },
  };
}
