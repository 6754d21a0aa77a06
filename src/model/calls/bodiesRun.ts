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
    // Notes the file's key: its body is followed.
    calls.methodsIn(node.declared.owner.file.file);
    if (node.declared.method.body >= 0) running.push(node);
  }
  return running.length > 1 ? running.sort((one, other) => (one.key < other.key ? -1 : 1)) : running;
}
