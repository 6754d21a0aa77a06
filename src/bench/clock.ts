import { performance } from "node:perf_hooks";

/** Time as the engine sees it: milliseconds that only grow. A test may drive its own. */
export interface Clock {
  now(): number;
  /** Calls back once, `delayMs` from now or later. The answer takes it back. */
  after(delayMs: number, callback: () => void): () => void;
  /** Calls back when what is going on has ended, before any timer. */
  soon(callback: () => void): void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
  soon: (callback) => void setImmediate(callback),
};
