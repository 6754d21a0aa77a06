import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import { mayRun } from "../../../../model/calls/dispatch.ts";
import type { DeclaredMethod } from "../../../../model/calls/typing/callees.ts";
import type { Model } from "../../../../model/model.ts";
import { insideTemplate } from "../../../../model/transactions/template.ts";
import { needsTransaction, transactionOf } from "../../../../model/transactions/transactions.ts";
import type { TypeIndex } from "../../../../model/types/typeIndex.ts";

/**
 * Whether a method runs in a transaction: its own, one of a method of its file that calls it, or one on the way from the entry point
 * that reaches it. "unknown" where no entry point is known to reach it.
 */
export function transactionAround(model: Model, method: MethodNode): "yes" | "no" | "unknown" {
  if ([method, ...callersNearby(model, method)].some((one) => opensTransaction(model, one))) return "yes";
  const path = model.effects.pathTo(method.key);
  for (const [i, key] of path.entries()) {
    const node = model.calls.method(key);
    if (node === undefined) continue;
    // The answer hangs on annotations of that file.
    model.calls.noteBody(node);
    if (opensTransaction(model, node) || callsInTemplate(model, node, path[i + 1])) return "yes";
  }
  return path.length === 0 ? "unknown" : "no";
}

/** Whether a method makes its next step in what a TransactionTemplate executes. */
function callsInTemplate({ calls }: Model, method: MethodNode, next: string | undefined): boolean {
  const site = next === undefined || method.declared.method.body < 0 ? undefined : method.sites.find((one) => mayRun(one, next));
  if (site === undefined) return false;
  const { nodes, typer } = calls.codeOf(method);
  const call = nodes[site.order];
  return call !== undefined && insideTemplate(call, typer);
}

/** Whether a method opens a transaction, or takes part in one, by what it is annotated with or is. */
export function opensTransaction({ types }: Model, { declared }: MethodNode): boolean {
  const transaction = transactionOf(declared, types);
  return transaction === undefined ? isStep(types, declared) : needsTransaction(transaction);
}

/** What Spring Batch runs in the transaction of a step, one for each chunk. */
const isStep = (types: TypeIndex, { owner, method }: DeclaredMethod): boolean =>
  STEPS.get(method.name) !== undefined && types.reaches(owner, STEPS.get(method.name) as ReadonlySet<string>);

const STEPS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["execute", new Set(["Tasklet"])],
  ["write", new Set(["ItemWriter"])],
  ["process", new Set(["ItemProcessor"])],
]);

/** Whether a method on the known way to this one, or it itself, opens a transaction by its annotations. */
export function isOpenedOnTheWay(model: Model, { key }: MethodNode): boolean {
  return [key, ...model.effects.pathTo(key)].some((step) => {
    const node = model.calls.method(step);
    if (node === undefined) return false;
    // The answer hangs on annotations of that file.
    model.calls.noteBody(node);
    return opensTransaction(model, node);
  });
}

/** Whether a method is given away to one of the project's, which runs it somewhere: `whenDeleting(Order.class, this::remove)`. */
export function isHandedOn({ calls }: Model, { key, declared }: MethodNode): boolean {
  return calls.methodsIn(declared.owner.file.file).some((giver) => {
    const given = giver.sites.filter(({ targets }) => targets.includes(key));
    const { nodes } = given.length === 0 ? { nodes: [] } : calls.codeOf(giver);
    return given.some(({ order }) => {
      const node = nodes[order];
      if (node?.kind !== "reference" || node.role !== "argument") return false;
      return giver.sites.some((site) => nodes[site.order] === node.parent && site.targets.length > 0);
    });
  });
}

/** The methods of the same file that lead here, over any number of calls. */
function callersNearby(model: Model, method: MethodNode): readonly MethodNode[] {
  const all = model.calls.methodsIn(method.declared.owner.file.file);
  const found = new Set<MethodNode>([method]);
  for (const callee of found) {
    for (const caller of all) if (caller.sites.some((site) => mayRun(site, callee.key))) found.add(caller);
  }
  found.delete(method);
  return [...found];
}
