import type { TypeIndex } from "../types/typeIndex.ts";
import type { CallGraph, MethodNode } from "./callGraph.ts";

/**
 * The declarations with a body that a call of these targets may run, by their keys: of ways that lead to one place, the first is told, not
 * by which file came first. Notes what the answer and those who follow the bodies depend on.
 */
export function bodiesRun(calls: CallGraph, types: TypeIndex, targets: readonly string[]): readonly MethodNode[] {
  if (!calls.isFinal) {
    // Notes the classes below: one that comes later may run in their place.
    for (const target of targets) {
      const declared = calls.method(target)?.declared;
      if (declared !== undefined) types.descendantsOf(declared.owner);
    }
  }
  const keys = new Set(targets.flatMap((target) => [target, ...calls.overridesOf(target)]));
  const running: MethodNode[] = [];
  for (const key of keys) {
    const node = calls.method(key);
    if (node === undefined) continue;
    calls.noteBody(node);
    if (node.declared.method.body >= 0) running.push(node);
  }
  return running.length > 1 ? running.sort((one, other) => (one.key < other.key ? -1 : 1)) : running;
}

/** The body that a call of a method runs: its own, or that of the one class which has one. Notes what the answer depends on. */
export function bodyRun(calls: CallGraph, target: string): MethodNode | undefined {
  const declared = calls.method(target);
  if (declared === undefined) return undefined;
  calls.noteBody(declared);
  if (declared.declared.method.body >= 0) return declared;
  const [only, ...others] = calls.overridesOf(target);
  const runs = only === undefined || others.length > 0 ? undefined : calls.method(only);
  if (runs === undefined || runs.declared.method.body < 0) return undefined;
  calls.noteBody(runs);
  return runs;
}

/** The same, where no class has another body. */
export function onlyBodyRun(calls: CallGraph, target: string): MethodNode | undefined {
  const runs = bodyRun(calls, target);
  const hasOwn = (calls.method(target)?.declared.method.body ?? -1) >= 0;
  return hasOwn && calls.overridesOf(target).size > 0 ? undefined : runs;
}
