import type { Indexer, SyncResult } from "./indexer.ts";
import type { Status } from "./protocol.ts";
import type { WorkspaceFile } from "./workerProtocol.ts";

export interface DiskSyncOptions {
  readonly indexer: Indexer;
  /** The files whose facts are known, and how a path of the disk is one of them. */
  known(): readonly string[];
  fileOfPath(path: string): string | undefined;
  /** Takes in what was read. The next reading starts when it is done. */
  take(result: SyncResult, changed: readonly WorkspaceFile[]): Promise<void>;
  onStatus(status: Status): void;
  log(message: string): void;
}

interface Work {
  discover: boolean;
  readonly paths: Set<string>;
}

/** Keeps what is known in step with the disk: one reading at a time, what happens meanwhile is the next one. */
export class DiskSync {
  readonly #options: DiskSyncOptions;
  #roots: readonly string[] = [];
  /** Nothing that was read of other roots counts. */
  #startsAnew = true;
  #pending: Work | undefined;
  #running: Promise<void> | undefined;
  #abort = new AbortController();

  constructor(options: DiskSyncOptions) {
    this.#options = options;
  }

  get roots(): readonly string[] {
    return this.#roots;
  }

  setRoots(roots: readonly string[]): void {
    this.#roots = roots;
    this.#startsAnew = true;
    this.#abort.abort(new Error("The folders of the workspace have changed"));
    this.#abort = new AbortController();
    this.read([], true);
  }

  /** Reads files whose content may be new; with `discover`, looks for files that came or went. */
  read(paths: Iterable<string>, discover: boolean): void {
    this.#pending ??= { discover: false, paths: new Set() };
    this.#pending.discover ||= discover;
    for (const path of paths) this.#pending.paths.add(path);
    if (this.#running !== undefined) return;
    this.#running = this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  async dispose(): Promise<void> {
    this.#pending = undefined;
    this.#abort.abort(new Error("The server is shutting down"));
    await this.#options.indexer.dispose();
  }

  async #run(): Promise<void> {
    // What comes in one turn is one piece of work.
    await undefined;
    for (let failures = 0; this.#pending !== undefined; ) {
      const work = this.#pending;
      const { signal } = this.#abort;
      this.#pending = undefined;
      try {
        await this.#readOnce(work, signal);
        failures = 0;
      } catch (error) {
        if (signal.aborted) continue;
        const message = error instanceof Error ? error.message : String(error);
        this.#options.log(`Reading the workspace failed: ${message}`);
        this.#options.onStatus({ state: "problem", files: 0, message: `The workspace could not be read: ${message}` });
        if (++failures > 1) return;
        this.read(work.paths, true);
      }
    }
  }

  async #readOnce(work: Work, signal: AbortSignal): Promise<void> {
    const { indexer, known, fileOfPath, take, onStatus } = this.#options;
    const startsAnew = this.#startsAnew;
    const startedAt = performance.now();
    const changed = startsAnew ? [] : [...work.paths].flatMap((path) => pair(fileOfPath(path), path));
    if (startsAnew) onStatus({ state: "indexing", files: 0 });
    const result = await indexer.sync({
      roots: this.#roots,
      discover: work.discover || startsAnew,
      known: startsAnew ? [] : known(),
      changed,
      signal,
      onProgress: (done, total) => {
        if (startsAnew) onStatus({ state: "indexing", files: done, total });
      },
    });
    if (signal.aborted) return;
    this.#startsAnew = false;
    await take(result, changed);
    onStatus({ state: "ready", files: known().length, durationMs: Math.round(performance.now() - startedAt) });
  }
}

function pair(file: string | undefined, path: string): WorkspaceFile[] {
  return file === undefined ? [] : [[file, path]];
}
