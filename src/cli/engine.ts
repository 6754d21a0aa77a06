import { setFlagsFromString } from "node:v8";

/**
 * Sets V8 up for a process that runs for seconds. Its optimising compiler inlines up to 920 bytes of bytecode into one function;
 * a run is over before that pays, and while both cores parse, the compiler takes its time from them. Measured on 5,252 files in
 * one run: 5.5 s with 200 bytes, 5.9 s with the default.
 */
export function tuneForShortRuns(): void {
  setFlagsFromString("--max-inlined-bytecode-size-cumulative=200");
}
