import { setFlagsFromString } from "node:v8";

/**
 * Sets V8 up for a process that runs for seconds; measured on 5,252 files, five runs each.
 *
 * Its optimising compiler inlines up to 920 bytes of bytecode into one function: a run is over before that pays, and while both
 * cores parse, the compiler takes its time from them. 5.5 s with 200 bytes, 5.9 s with the default.
 *
 * Its heap may grow to a multiple of what is alive before it is collected, more on machines with much memory. In steps of a half
 * the peak is 420 MB instead of 450 MB, for 4 % more work, most of it on the other core.
 */
export function tuneForShortRuns(): void {
  setFlagsFromString("--max-inlined-bytecode-size-cumulative=200");
  setFlagsFromString("--heap-growing-percent=50");
}
