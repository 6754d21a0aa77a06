import {
  type CancellationToken,
  DocumentDiagnosticReportKind,
  LSPErrorCodes,
  ResponseError,
  type ResultProgressReporter,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  type WorkspaceDiagnosticReportPartialResult,
  type WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver";
import { URI } from "vscode-uri";
import type { Session } from "../session.ts";
import { Turns } from "../turns.ts";
import { emptyReport, type Reports } from "./reports.ts";

type Send = ResultProgressReporter<WorkspaceDiagnosticReportPartialResult> | undefined;

/** Changes that come together go out together; a client converts two messages at once in any order. */
const PAUSE_MS = 120;
const BATCH = 100;
/** Whoever waits for the first findings of a large workspace is not made to wait for a whole batch. */
const LONGEST_MS = 1_000;

/**
 * Answers `workspace/diagnostic`: the request stays open, and what changes is sent as partial results. A client without partial
 * results gets its answer at the first change and asks again.
 */
export class WorkspaceDiagnostics {
  readonly #session: Session;
  readonly #reports: Reports;
  #stream: Stream | undefined;

  constructor(session: Session, reports: Reports) {
    this.#session = session;
    this.#reports = reports;
  }

  /** Files whose reports may be others now. With `again`, they are sent even where the client has been told the same before. */
  touch(files: Iterable<string>, again = false): void {
    this.#stream?.touch(files, again);
  }

  end(): void {
    this.#stream?.end();
  }

  async hold(params: WorkspaceDiagnosticParams, token: CancellationToken, send: Send): Promise<WorkspaceDiagnosticReport> {
    this.#stream?.end();
    const stream = new Stream(this.#session, this.#reports, params, send);
    this.#stream = stream;
    const cancelled = token.onCancellationRequested(() => stream.end());
    try {
      const items = await stream.run();
      if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, "The client no longer asks");
      return { items };
    } finally {
      cancelled.dispose();
      if (this.#stream === stream) this.#stream = undefined;
    }
  }
}

/** One open request. */
class Stream {
  readonly #session: Session;
  readonly #reports: Reports;
  readonly #send: Send;
  /** What the client shows, by URI. */
  readonly #sent: Map<string, string>;
  readonly #dirty = new Set<string>();
  /** Those of the dirty ones that are sent whatever the client has been told before. */
  readonly #again = new Set<string>();
  #wake: (() => void) | undefined;
  #ended = false;

  constructor(session: Session, reports: Reports, params: WorkspaceDiagnosticParams, send: Send) {
    this.#session = session;
    this.#reports = reports;
    this.#send = send;
    this.#sent = new Map(params.previousResultIds.map(({ uri, value }) => [canonical(uri), value]));
  }

  touch(files: Iterable<string>, again: boolean): void {
    for (const file of files) {
      this.#dirty.add(file);
      if (again) this.#again.add(file);
    }
    this.#wake?.();
  }

  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  async run(): Promise<WorkspaceDocumentDiagnosticReport[]> {
    await this.#untilAwake(this.#session.indexed());
    for (const file of this.#session.workspace.files()) this.#dirty.add(file);
    let items = this.#gone();
    while (!this.#ended) {
      items.push(...(await this.#changed()));
      if (items.length > 0 && this.#send === undefined) return items;
      if (items.length > 0) this.#send?.report({ items });
      items = [];
      if (this.#dirty.size > 0 || this.#ended) continue;
      await this.#untilAwake();
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    return [];
  }

  /** Reports of up to a batch of dirty files that differ from what the client shows. */
  async #changed(): Promise<WorkspaceDocumentDiagnosticReport[]> {
    const items: WorkspaceDocumentDiagnosticReport[] = [];
    const turns = new Turns();
    const until = performance.now() + LONGEST_MS;
    for (const file of this.#dirty) {
      if (this.#ended || items.length >= BATCH || (items.length > 0 && performance.now() > until)) break;
      await turns.yieldWhenDue();
      this.#dirty.delete(file);
      const again = this.#again.delete(file);
      const uri = this.#session.documents.uriOf(file);
      if (uri === undefined) continue;
      const key = canonical(uri);
      const isShown = this.#reports.settings.unopenedFiles || this.#session.documents.document(file) !== undefined;
      const { items: shown, resultId } = isShown ? this.#reports.of(file) : emptyReport();
      if (!again && (this.#sent.get(key) === resultId || (shown.length === 0 && !this.#sent.has(key)))) continue;
      if (shown.length === 0) this.#sent.delete(key);
      else this.#sent.set(key, resultId);
      items.push({
        kind: DocumentDiagnosticReportKind.Full,
        uri,
        version: this.#session.documents.document(file)?.version ?? null,
        items: shown,
        resultId,
      });
    }
    items.push(...this.#gone());
    return items;
  }

  /** Files that the client shows diagnostics of and that are no longer there. */
  #gone(): WorkspaceDocumentDiagnosticReport[] {
    const gone = [...this.#sent.keys()].filter((uri) => this.#session.documents.fileOf(uri) === undefined);
    return gone.map((uri) => {
      this.#sent.delete(uri);
      return { kind: DocumentDiagnosticReportKind.Full, uri, version: null, items: [] };
    });
  }

  async #untilAwake(or?: Promise<void>): Promise<void> {
    if (this.#ended) return;
    const awake = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    await (or === undefined ? awake : Promise.race([or, awake.then(() => (this.#ended ? undefined : or))]));
    this.#wake = undefined;
  }
}

const canonical = (uri: string): string => URI.parse(uri).toString();
