import { Worker } from "node:worker_threads";
import type { FileFacts } from "../facts/fileFacts.ts";
import type { FromWorker, SyncOutcome, SyncRequest, ToWorker, WorkerData } from "./workerProtocol.ts";

export interface SyncResult extends SyncOutcome {
  /** What was read. Files of `changed` that are missing here are gone or cannot be read. */
  readonly facts: ReadonlyMap<string, FileFacts>;
}

export interface SyncWork extends Omit<SyncRequest, "kind" | "id"> {
  readonly signal: AbortSignal;
  onProgress?(done: number, total: number): void;
}

/** So long the thread stays when there is nothing to do: it holds the memory of its parsers. */
const IDLE_MS = 10_000;

/**
 * Reads files in a thread of its own, so that the server answers meanwhile. A thread that is idle or died is started anew at the
 * next work.
 */
export class Indexer {
  readonly #script: string;
  readonly #data: WorkerData;
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #lastId = 0;
  readonly #waiting = new Map<number, Waiting>();

  constructor(script: string, data: WorkerData) {
    this.#script = script;
    this.#data = data;
  }

  /** Rejects when the thread dies, when its work fails, and with the signal's reason when aborted. */
  sync(work: SyncWork): Promise<SyncResult> {
    const id = ++this.#lastId;
    const { roots, discover, known, changed, signal } = work;
    return new Promise((resolve, reject) => {
      const abort = () => {
        this.#post({ kind: "cancel", id });
        this.#waiting.delete(id);
        reject(signal.reason);
      };
      if (signal.aborted) return reject(signal.reason);
      signal.addEventListener("abort", abort, { once: true });
      const done = () => signal.removeEventListener("abort", abort);
      this.#waiting.set(id, { work, facts: new Map(), resolve, reject, done });
      const request: SyncRequest = { kind: "sync", id, roots, discover, known, changed };
      this.#post(request);
    });
  }

  async dispose(): Promise<void> {
    clearTimeout(this.#idle);
    this.#failAll(new Error("The server is shutting down"));
    await this.#letGo();
  }

  async #letGo(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  #post(message: ToWorker): void {
    clearTimeout(this.#idle);
    if (this.#worker === undefined) {
      if (message.kind === "cancel") return;
      this.#worker = this.#start();
    }
    this.#worker.postMessage(message);
  }

  #start(): Worker {
    const worker = new Worker(this.#script, { workerData: this.#data });
    const gone = (error: Error) => {
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      this.#failAll(error);
    };
    worker.on("message", (message: FromWorker) => this.#take(message));
    worker.on("error", gone);
    worker.on("exit", (code) => gone(new Error(`The indexing thread ended with code ${code}`)));
    worker.unref();
    return worker;
  }

  #take(message: FromWorker): void {
    const waiting = this.#waiting.get(message.id);
    if (waiting === undefined) return;
    switch (message.kind) {
      case "progress":
        waiting.work.onProgress?.(message.done, message.total);
        return;
      case "facts":
        for (const facts of message.facts) waiting.facts.set(facts.file, facts);
        return;
      case "done":
      case "failed":
        this.#waiting.delete(message.id);
        waiting.done();
        if (this.#waiting.size === 0) this.#idle = setTimeout(() => void this.#letGo(), IDLE_MS).unref();
        if (message.kind === "done") waiting.resolve({ facts: waiting.facts, ...message.outcome });
        else waiting.reject(new Error(message.message));
    }
  }

  #failAll(error: Error): void {
    const all = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { done, reject } of all) {
      done();
      reject(error);
    }
  }
}

interface Waiting {
  readonly work: SyncWork;
  readonly facts: Map<string, FileFacts>;
  resolve(result: SyncResult): void;
  reject(error: unknown): void;
  done(): void;
}
