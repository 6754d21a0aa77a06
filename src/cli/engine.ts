import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * Sets V8 up for a process that runs for seconds: its optimising compiler inlines up to 920 bytes of bytecode into one function,
 * and a run is over before that pays.
 */
export function tuneForShortRuns(): void {
  setFlagsFromString("--max-inlined-bytecode-size-cumulative=200");
}

/**
 * Gives back what building the model has left, and lets the heap grow in smaller steps from here on.
 */
export function settleHeap(): void {
  setFlagsFromString("--heap-growing-percent=50");
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
}
