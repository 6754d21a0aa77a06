import { Worker } from "node:worker_threads";
import { withoutPlaceholders } from "./placeholders.ts";
import type { PlannerAssets, Request, Response, Step, StepResult } from "./protocol.ts";

/** What the planner says, or why it cannot: then the static verdict stays as it is. */
export type PlannerAnswer =
  | {
      readonly ok: true;
      readonly results: readonly StepResult[];
      /** What became of the steps of the setup, when they ran. */
      readonly setup: readonly StepResult[];
    }
  | { readonly ok: false; readonly why: string };

/** What must be in the planner's database before a question; the same key means the same steps. */
export interface Setup {
  readonly key: string;
  readonly steps: readonly Step[];
}

export interface PlannerOptions {
  /** The script of the thread. */
  readonly script: string;
  readonly assets: PlannerAssets;
  /** Without a question for so long, the thread ends and its memory with it. */
  readonly idleMs: number;
  /** A thread that does not start in time is given up. */
  readonly startMs: number;
  /** A thread that does not answer in time has run away, and is killed. */
  readonly limitMs: number;
}

export const IDLE_MS = 60_000;
export const START_MS = 60_000;
/** One statement takes about a millisecond; what takes so long has run away. */
export const LIMIT_MS = 20_000;
/** So much longer for each statement: a hundred thousand of them are no query that runs away. */
const STEP_MS = 10;

interface Waiting {
  readonly id: number;
  readonly timer: NodeJS.Timeout;
  answer(answer: PlannerAnswer): void;
}

/**
 * PostgreSQL's planner in a thread of its own: started by the first question, ended when nobody asks, killed when it overruns, and
 * started anew by the next question, which finds its setup there again.
 */
export class Planner {
  readonly #options: PlannerOptions;
  #worker: Worker | undefined;
  #ready: Promise<string | undefined> | undefined;
  #loaded: { readonly key: string; readonly results: readonly StepResult[] } | undefined;
  #waiting: Waiting | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #idle: NodeJS.Timeout | undefined;
  #lastId = 0;
  /** Memory of the whole process after the last start. */
  residentBytes = 0;

  constructor(options: PlannerOptions) {
    this.#options = options;
  }

  get running(): boolean {
    return this.#worker !== undefined;
  }

  /** Runs steps in a database that has the setup; one caller after the other. */
  run(setup: Setup, steps: readonly Step[], limitMs = this.#limitOf(steps)): Promise<PlannerAnswer> {
    const answer = this.#queue.then(() => this.#run(setup, steps, limitMs));
    this.#queue = answer;
    return answer;
  }

  async close(): Promise<void> {
    await this.#end("the planner was closed");
  }

  async #run(setup: Setup, steps: readonly Step[], limitMs: number): Promise<PlannerAnswer> {
    clearTimeout(this.#idle);
    try {
      const failed = await this.#start();
      if (failed !== undefined) return { ok: false, why: failed };
      if (this.#loaded?.key !== setup.key) {
        this.#loaded = undefined;
        const prepared = await this.#ask([{ kind: "reset" }, ...setup.steps], this.#limitOf(setup.steps));
        if (!prepared.ok) return prepared;
        this.#loaded = { key: setup.key, results: prepared.results.slice(1) };
      }
      const { results } = this.#loaded;
      if (steps.length === 0) return { ok: true, results: [], setup: results };
      const answer = await this.#ask(steps, limitMs);
      return answer.ok ? { ...answer, setup: results } : answer;
    } finally {
      this.#idle = setTimeout(() => void this.#end("the planner was idle"), this.#options.idleMs);
      this.#idle.unref();
    }
  }

  #limitOf(steps: readonly Step[]): number {
    return this.#options.limitMs + steps.length * STEP_MS;
  }

  #ask(steps: readonly Step[], limitMs: number): Promise<PlannerAnswer> {
    const worker = this.#worker;
    if (worker === undefined) return Promise.resolve({ ok: false, why: "the planner has ended" });
    return new Promise((answer) => {
      const id = ++this.#lastId;
      const timer = setTimeout(
        () => void this.#end(`the planner did not answer within ${(limitMs / 1000).toFixed(1)} s and was stopped`),
        limitMs,
      );
      this.#waiting = { id, timer, answer };
      const request: Request = { id, steps: steps.map(withoutPlaceholders) };
      worker.postMessage(request);
    });
  }

  /** Why it did not start; undefined once it runs. */
  #start(): Promise<string | undefined> {
    return (this.#ready ??= new Promise((resolve) => {
      const worker = new Worker(this.#options.script, { workerData: this.#options.assets });
      this.#worker = worker;
      const { startMs } = this.#options;
      const late = setTimeout(() => over(`the planner did not start within ${startMs / 1000} s`), startMs);
      const over = (why: string): void => {
        clearTimeout(late);
        if (this.#worker === worker) void this.#end(why);
        resolve(why);
      };
      worker.on("message", (response: Response) => {
        if (response.kind === "failed") over(`the planner could not start: ${response.why}`);
        else if (response.kind === "ready") {
          clearTimeout(late);
          this.residentBytes = response.residentBytes;
          resolve(undefined);
        } else this.#take(response.id, response.results);
      });
      worker.on("error", (error) => over(`the planner died: ${error.message}`));
      worker.on("exit", () => over("the planner died"));
    }));
  }

  #take(id: number, results: readonly StepResult[]): void {
    const waiting = this.#waiting;
    if (waiting?.id !== id) return;
    this.#waiting = undefined;
    clearTimeout(waiting.timer);
    waiting.answer({ ok: true, results, setup: [] });
  }

  async #end(why: string): Promise<string> {
    const worker = this.#worker;
    const waiting = this.#waiting;
    this.#worker = undefined;
    this.#ready = undefined;
    this.#loaded = undefined;
    this.#waiting = undefined;
    clearTimeout(this.#idle);
    clearTimeout(waiting?.timer);
    waiting?.answer({ ok: false, why });
    await worker?.terminate();
    return why;
  }
}
