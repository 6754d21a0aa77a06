import type { AnyRule } from "../rule.ts";
import { animatedBuilderWithoutChild } from "./animated-builder-without-child.ts";
import { controllerNotDisposed } from "./controller-not-disposed.ts";
import { futureCreatedInBuild } from "./future-created-in-build.ts";
import { queryPerRow } from "./query-per-row.ts";
import { rebuildWideState } from "./rebuild-wide-state.ts";
import { writeInLoop } from "./write-in-loop.ts";

/** The rules on Dart, in the order of their ids. */
export const dartRules: readonly AnyRule[] = [
  animatedBuilderWithoutChild,
  controllerNotDisposed,
  futureCreatedInBuild,
  queryPerRow,
  rebuildWideState,
  writeInLoop,
];
