import { Worker } from "node:worker_threads";
import type { ParsingHelper } from "../analysis/survey.ts";
import type { PackedTree } from "../syntax/trees/packedTree.ts";
import type { GrammarId, ParseTimeout, SyntaxAssets } from "../syntax/trees/runtime.ts";

export interface ThreadData {
  readonly assets: SyntaxAssets;
}

export interface Batch {
  readonly id: number;
  readonly texts: readonly { readonly grammar: GrammarId; readonly text: string }[];
}

export interface BatchDone {
  readonly id: number;
  readonly trees: readonly (PackedTree | ParseTimeout)[];
}

const BATCH_TEXTS = 12;
/** Batches that are on their way: enough that the thread never waits for this one to look up. */
const AHEAD = 3;

/** So many texts are left to the asker first: a workspace of which a cache knows nearly all starts no thread. */
const DECLINED = 16;

interface Waiting {
  readonly grammar: GrammarId;
  readonly text: string;
  resolve(tree: PackedTree | ParseTimeout): void;
  reject(error: Error): void;
}

/**
 * A second thread that parses: it is half of a cold check, and the machine has other cores. It starts with its first text.
 * `script` is that of the thread.
 */
export class ParsingThread implements ParsingHelper {
  readonly #script: string;
  readonly #data: ThreadData;
  readonly #sent = new Map<number, readonly Waiting[]>();
  #gathered: Waiting[] = [];
  #worker: Worker | undefined;
  #failed: Error | undefined;
  #lastId = 0;
  #declined = 0;

  constructor(script: string, assets: SyntaxAssets) {
    this.#script = script;
    this.#data = { assets };
  }

  take(grammar: GrammarId, text: string): Promise<PackedTree | ParseTimeout> | undefined {
    if (this.#declined < DECLINED) {
      this.#declined++;
      return undefined;
    }
    if (this.#failed !== undefined || this.#sent.size >= AHEAD) return undefined;
    return new Promise((resolve, reject) => {
      this.#gathered.push({ grammar, text, resolve, reject });
      if (this.#gathered.length >= BATCH_TEXTS) this.flush();
    });
  }

  flush(): void {
    if (this.#gathered.length === 0) return;
    const id = ++this.#lastId;
    const batch: Batch = { id, texts: this.#gathered.map(({ grammar, text }) => ({ grammar, text })) };
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

  #take({ id, trees }: BatchDone): void {
    const waiting = this.#sent.get(id) ?? [];
    this.#sent.delete(id);
    for (const [i, { resolve }] of waiting.entries()) resolve(trees[i] as PackedTree | ParseTimeout);
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
