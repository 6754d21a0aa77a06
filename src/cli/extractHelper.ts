import { Worker } from "node:worker_threads";
import { decodeFacts } from "../analysis/factsCodec.ts";
import type { ExtractionHelper, ExtractionJob, HelpedFacts, SkippedFile } from "../analysis/survey.ts";
import type { ParserFiles } from "./tool.ts";

export interface ThreadData {
  readonly wasm: ParserFiles;
}

export interface Batch {
  readonly id: number;
  readonly jobs: readonly ExtractionJob[];
}

/** Facts as bytes, or why there are none. */
export type ThreadResult = Uint8Array | SkippedFile | "generated";

export interface BatchDone {
  readonly id: number;
  readonly results: readonly ThreadResult[];
}

const BATCH_JOBS = 12;
/** Batches that are on their way: enough that the thread never waits for this one to look up. */
const AHEAD = 3;

/** So many jobs are done before a thread is up: a small workspace starts none. */
const DECLINED = 150;

interface Waiting {
  readonly job: ExtractionJob;
  resolve(result: HelpedFacts | SkippedFile | "generated"): void;
  reject(error: Error): void;
}

/**
 * A second thread that extracts facts: parsing is most of a cold check, and the machine has other cores. It starts with its
 * first job. `script` is that of the thread.
 */
export class ExtractThread implements ExtractionHelper {
  readonly #script: string;
  readonly #data: ThreadData;
  readonly #sent = new Map<number, readonly Waiting[]>();
  #gathered: Waiting[] = [];
  #worker: Worker | undefined;
  #failed: Error | undefined;
  #lastId = 0;
  #declined = 0;

  constructor(script: string, wasm: ParserFiles) {
    this.#script = script;
    this.#data = { wasm };
  }

  take(job: ExtractionJob): Promise<HelpedFacts | SkippedFile | "generated"> | undefined {
    if (this.#declined < DECLINED) {
      this.#declined++;
      return undefined;
    }
    if (this.#failed !== undefined || this.#sent.size >= AHEAD) return undefined;
    return new Promise((resolve, reject) => {
      this.#gathered.push({ job, resolve, reject });
      if (this.#gathered.length >= BATCH_JOBS) this.flush();
    });
  }

  flush(): void {
    if (this.#gathered.length === 0) return;
    const id = ++this.#lastId;
    const batch: Batch = { id, jobs: this.#gathered.map(({ job }) => job) };
    this.#sent.set(id, this.#gathered);
    this.#gathered = [];
    this.#worker ??= this.#start();
    this.#worker.postMessage(batch);
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#fail(new Error("The thread was closed"));
    await worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(this.#script, { workerData: this.#data, resourceLimits: { maxYoungGenerationSizeMb: 8 } });
    worker.on("message", (done: BatchDone) => this.#take(done));
    worker.on("error", (error) => this.#fail(error));
    worker.on("exit", (code) => this.#fail(new Error(`The thread ended with ${code}`)));
    return worker;
  }

  #take({ id, results }: BatchDone): void {
    const waiting = this.#sent.get(id) ?? [];
    this.#sent.delete(id);
    for (const [i, { resolve }] of waiting.entries()) {
      const result = results[i] as ThreadResult;
      resolve(result instanceof Uint8Array ? { facts: decodeFacts(result), bytes: result } : result);
    }
  }

  /** Whoever waits does the work itself. */
  #fail(error: Error): void {
    this.#failed ??= error;
    const waiting = [...this.#gathered, ...[...this.#sent.values()].flat()];
    this.#gathered = [];
    this.#sent.clear();
    for (const { reject } of waiting) reject(error);
  }
}
