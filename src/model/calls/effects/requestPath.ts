import { type CodeNode, nodesOf } from "../../../facts/java/code.ts";
import { annotationNamed } from "../../types/constants.ts";
import { RUNS_APART } from "../asynchronous.ts";
import type { CallGraph } from "../callGraph.ts";
import { mayRun } from "../dispatch.ts";
import { isLetGo, runsElsewhere, runsWithoutTransaction } from "../threads.ts";
import type { Typer } from "../typing/typer.ts";
import type { WorkKind } from "../workKinds.ts";
import type { Effects } from "./effects.ts";

/** Whether the entry point's own thread runs a method on the way that is known: no @Async method and no task on that way. */
export function runsOnEntryThread(calls: CallGraph, effects: Effects, method: string): boolean {
  const path = effects.pathTo(method);
  return path.length > 0 && staysOnThread(calls, path);
}

/** Whether each of some methods, of which one calls the next, runs on the thread of the first. */
export const staysOnThread = (calls: CallGraph, path: readonly string[]): boolean => staysBefore(calls, path, undefined, runsElsewhere);

/** The same, in the transaction of the first. */
export const staysInTransaction = (calls: CallGraph, path: readonly string[]): boolean =>
  staysBefore(calls, path, undefined, (call, typer) => runsElsewhere(call, typer) || runsWithoutTransaction(call));

/** Whether a way down to work of one kind leaves the transaction: an @Async method, a task for an executor, what runs without one alone. */
export const leavesTransaction = (calls: CallGraph, path: readonly string[], work: WorkKind): boolean =>
  !staysBefore(calls, path, work, (call, typer) => isLetGo(call, typer) || runsWithoutTransaction(call));

/** Whether a way down to work of one kind gives it to another thread that nobody waits for: an @Async method, a task for an executor. */
export const leavesThread = (calls: CallGraph, path: readonly string[], work: WorkKind): boolean =>
  !staysBefore(calls, path, work, isLetGo);

function staysBefore(
  calls: CallGraph,
  path: readonly string[],
  work: WorkKind | undefined,
  leaves: (call: CodeNode, typer: Typer) => boolean,
): boolean {
  for (const [i, key] of path.entries()) {
    const node = calls.method(key);
    if (node === undefined) return false;
    calls.noteBody(node);
    if (annotationNamed(node.declared.method.annotations, ...RUNS_APART) !== undefined) return false;
    const next = path[i + 1];
    const sites = node.sites.filter((called) =>
      next === undefined ? work !== undefined && called.work?.kind === work : mayRun(called, next),
    );
    if (sites.length === 0) continue;
    const { body, typer } = calls.codeOf(node);
    const nodes = nodesOf(body);
    if (sites.every(({ order }) => nodes[order] === undefined || leaves(nodes[order], typer))) return false;
  }
  return true;
}
