import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import type { Socket } from "node:net";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { CodeAction, Diagnostic, DocumentDiagnosticReport, WorkspaceDocumentDiagnosticReport } from "vscode-languageserver";
import type { EditorSettings } from "../../src/server/protocol.ts";

const SERVER = resolve(fileURLToPath(new URL("../../dist/server.cjs", import.meta.url)));

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

export interface StartOptions {
  readonly cacheDirectory?: string;
  readonly settings?: EditorSettings;
  readonly until?: "ready";
  /** Whether it asks for the edit of a code action when that is taken. */
  readonly resolvesEdits?: boolean;
}

/** A language client that speaks JSON-RPC over stdio by hand, and waits for messages, never for time. */
export class LspClient {
  readonly root: string;
  readonly process: ChildProcessWithoutNullStreams;
  readonly stderr: string[] = [];
  /** Every notification and request of the server, in order. */
  readonly received: Message[] = [];
  /** What the held `workspace/diagnostic` request has said so far, by path relative to the root. */
  readonly workspaceReports = new Map<string, WorkspaceDocumentDiagnosticReport>();
  readonly #answers = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  readonly #waiting = new Set<() => void>();
  readonly #versions = new Map<string, number>();
  #lastId = 0;
  #buffer = Buffer.alloc(0);

  private constructor(root: string) {
    this.root = root;
    this.process = spawn(process.execPath, [SERVER, "--stdio"], { stdio: "pipe" });
    // One that a failed test leaves behind keeps the run from ending no longer than the tests do, and ends with it.
    for (const handle of [this.process, ...this.process.stdio.slice(0, 3)]) (handle as unknown as Pick<Socket, "unref">).unref();
    this.process.stdout.on("data", (chunk: Buffer) => this.#read(chunk));
    this.process.stderr.on("data", (chunk: Buffer) => this.stderr.push(chunk.toString()));
    this.process.on("exit", () => {
      for (const { reject } of this.#answers.values()) reject(this.#ended());
      this.#answers.clear();
      this.#wake();
    });
  }

  /** Starts a server on some folders and says hello; `until: "ready"` waits for the index. */
  static async start(folders: readonly string[], { until, resolvesEdits, ...given }: StartOptions = {}): Promise<LspClient> {
    const client = new LspClient(folders[0] as string);
    await client.request("initialize", {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: folders.map((folder) => ({ uri: pathToFileURL(folder).href, name: folder.slice(folder.lastIndexOf("/") + 1) })),
      initializationOptions: given,
      capabilities: {
        workspace: {
          workspaceFolders: true,
          didChangeWatchedFiles: { dynamicRegistration: true },
          diagnostics: { refreshSupport: true },
          workspaceEdit: { documentChanges: true, resourceOperations: ["create"] },
        },
        textDocument: {
          diagnostic: { relatedDocumentSupport: false },
          codeAction: {
            codeActionLiteralSupport: { codeActionKind: { valueSet: [] } },
            ...(resolvesEdits === true ? { dataSupport: true, resolveSupport: { properties: ["edit"] } } : {}),
          },
        },
      },
    });
    client.notify("initialized", {});
    if (until === "ready") await client.status("ready");
    return client;
  }

  uri(file: string): string {
    return pathToFileURL(join(this.root, file)).href;
  }

  request<T = unknown>(method: string, params: unknown): Promise<T> {
    return this.startRequest<T>(method, params).answer;
  }

  /** A request that can be cancelled by its id. */
  startRequest<T = unknown>(method: string, params: unknown): { readonly id: number; readonly answer: Promise<T> } {
    const id = ++this.#lastId;
    const answer = new Promise<T>((resolve, reject) => this.#answers.set(id, { resolve: resolve as (result: unknown) => void, reject }));
    this.#send({ id, method, params });
    return { id, answer };
  }

  notify(method: string, params: unknown): void {
    this.#send({ method, params });
  }

  /** Waits until `find` answers something else than undefined; fails when the server ends before. */
  async until<T>(find: () => T | undefined): Promise<T> {
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      if (this.process.exitCode !== null || this.process.signalCode !== null) throw this.#ended();
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  /** The next message of a method after `from` messages. */
  message(method: string, from: number): Promise<Message> {
    return this.until(() => this.received.slice(from).find((message) => message.method === method));
  }

  status(state: string, from = 0): Promise<unknown> {
    return this.until(() =>
      this.received
        .slice(from)
        .map(({ method, params }) => (method === "performanceAuditor/status" ? (params as { state: string }) : undefined))
        .find((status) => status?.state === state),
    );
  }

  open(file: string, text: string): void {
    const languageId = file.slice(file.lastIndexOf(".") + 1);
    this.#versions.set(file, 1);
    this.notify("textDocument/didOpen", { textDocument: { uri: this.uri(file), languageId, version: 1, text } });
  }

  /** Replaces the first occurrence of `before` in the open document `text` incrementally; answers with the new text. */
  edit(file: string, text: string, before: string, after: string): string {
    const at = text.indexOf(before);
    if (at < 0) throw new Error(`${file} has no "${before}"`);
    const position = (offset: number) => {
      const lines = text.slice(0, offset).split("\n");
      return { line: lines.length - 1, character: (lines.at(-1) as string).length };
    };
    const version = (this.#versions.get(file) ?? 1) + 1;
    this.#versions.set(file, version);
    this.notify("textDocument/didChange", {
      textDocument: { uri: this.uri(file), version },
      contentChanges: [{ range: { start: position(at), end: position(at + before.length) }, text: after }],
    });
    return text.slice(0, at) + after + text.slice(at + before.length);
  }

  close(file: string): void {
    this.notify("textDocument/didClose", { textDocument: { uri: this.uri(file) } });
  }

  /** 1 created, 2 changed, 3 deleted. */
  fileEvents(events: readonly (readonly [file: string, type: 1 | 2 | 3])[]): void {
    this.notify("workspace/didChangeWatchedFiles", { changes: events.map(([file, type]) => ({ uri: this.uri(file), type })) });
  }

  async diagnostics(file: string): Promise<readonly Diagnostic[]> {
    const report = await this.pull(file);
    return report.kind === "full" ? report.items : [];
  }

  pull(file: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    return this.request("textDocument/diagnostic", { textDocument: { uri: this.uri(file) }, previousResultId });
  }

  /** Asks for the diagnostics of the whole workspace; the reports arrive in `workspaceReports`. */
  pullWorkspace(previousResultIds: readonly { uri: string; value: string }[] = []): {
    readonly id: number;
    readonly answer: Promise<unknown>;
  } {
    return this.startRequest("workspace/diagnostic", { previousResultIds, partialResultToken: `workspace-${this.#lastId}` });
  }

  /** The codes that the workspace reports of a file have now, in order; waits until `wanted` accepts them. */
  workspaceCodes(file: string, wanted: (codes: readonly unknown[]) => boolean): Promise<readonly unknown[]> {
    return this.until(() => {
      const report = this.workspaceReports.get(file);
      const codes = report?.kind === "full" ? report.items.map(({ code }) => code) : [];
      return wanted(codes) ? codes : undefined;
    });
  }

  codeActions(file: string, diagnostic: Diagnostic, only?: readonly string[]): Promise<readonly CodeAction[]> {
    const context = { diagnostics: [diagnostic], ...(only === undefined ? {} : { only }) };
    return this.request("textDocument/codeAction", { textDocument: { uri: this.uri(file) }, range: diagnostic.range, context });
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = once(this.process, "exit");
    await this.request("shutdown", null);
    this.notify("exit", null);
    await ended;
  }

  async kill(): Promise<void> {
    const ended = once(this.process, "exit");
    this.process.kill("SIGKILL");
    await ended;
  }

  #ended(): Error {
    const { exitCode, signalCode } = this.process;
    return new Error(`The server ended with ${signalCode ?? exitCode}: ${this.stderr.join("")}`);
  }

  #send(message: Message): void {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    this.process.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  #read(chunk: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    for (;;) {
      const headerEnd = this.#buffer.indexOf("\r\n\r\n");
      if (headerEnd < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.#buffer.subarray(0, headerEnd).toString())?.[1]);
      const end = headerEnd + 4 + length;
      if (this.#buffer.length < end) return;
      const message = JSON.parse(this.#buffer.subarray(headerEnd + 4, end).toString()) as Message;
      this.#buffer = this.#buffer.subarray(end);
      this.#take(message);
    }
  }

  #take(message: Message): void {
    if (message.method === undefined) {
      const waiting = this.#answers.get(message.id as number);
      this.#answers.delete(message.id as number);
      if (message.error === undefined) waiting?.resolve(message.result);
      else waiting?.reject(Object.assign(new Error(message.error.message), { code: message.error.code }));
    } else {
      this.received.push(message);
      if (message.id !== undefined) this.#send({ id: message.id, result: null });
      if (message.method === "$/progress") this.#takeReports(message.params);
    }
    this.#wake();
  }

  #takeReports(params: unknown): void {
    const { value } = params as { readonly value: { readonly items?: readonly WorkspaceDocumentDiagnosticReport[] } };
    for (const report of value.items ?? [])
      this.workspaceReports.set(decodeURIComponent(report.uri).slice(`file://${this.root}/`.length), report);
  }

  #wake(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const resolve of waiting) resolve();
  }
}
