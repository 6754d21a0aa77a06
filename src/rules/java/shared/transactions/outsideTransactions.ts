import type { CodeNode } from "../../../../facts/java/code.ts";
import { bodiesRun } from "../../../../model/calls/bodiesRun.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { CallSite } from "../../../../model/calls/callSites.ts";
import type { Model } from "../../../../model/model.ts";
import { constructorCall } from "../../../../model/persistence/loading/constructorCalls.ts";
import { insideTemplate } from "../../../../model/transactions/template.ts";
import { annotationNamed } from "../../../../model/types/constants.ts";
import { opensTransaction } from "./transactionAround.ts";

/** A call that leaves what runs without a transaction, and the methods that open theirs there. */
export interface Crossing {
  readonly caller: MethodNode;
  readonly site: CallSite;
  readonly callee: MethodNode;
}

/**
 * What runs without a transaction below some methods, over whatever calls, in the order in which it is met: the methods whose bodies do,
 * and the calls that leave them. Of threads that are started nothing is said.
 */
export function* outsideTransactions(model: Model, entrances: readonly string[]): Generator<MethodNode | Crossing> {
  const { calls, types } = model;
  const methods = new Map<string, MethodNode>();
  const enter = (method: MethodNode, isOwnCall: boolean): boolean => {
    calls.noteBody(method);
    if (method.declared.method.body < 0 || annotationNamed(method.declared.method.annotations, "Async") !== undefined) return true;
    // An object that calls itself passes the proxy by.
    if (!isOwnCall && opensTransaction(model, method)) return false;
    methods.set(method.key, method);
    return true;
  };
  for (const key of entrances) for (const method of bodiesRun(calls, types, [key])) enter(method, false);
  // A map is walked in the order in which it grows.
  for (const caller of methods.values()) {
    yield caller;
    const { nodes, typer } = calls.codeOf(caller);
    for (const site of caller.sites) {
      const node = nodes[site.order];
      if (site.work !== undefined || node === undefined || insideTemplate(node, typer)) continue;
      for (const callee of bodiesRun(calls, types, site.targets))
        if (!methods.has(callee.key) && !enter(callee, site.self !== undefined)) yield { caller, site, callee };
    }
    for (const node of nodes) for (const callee of constructed(model, caller, node)) if (!methods.has(callee.key)) enter(callee, true);
  }
}

function constructed({ calls, types }: Model, caller: MethodNode, node: CodeNode): readonly MethodNode[] {
  if (node.kind !== "new" && node.kind !== "reference" && !(node.kind === "call" && /^(?:this|super)$/.test(node.text))) return [];
  const { typer } = calls.codeOf(caller);
  return bodiesRun(calls, types, constructorCall(types, typer, node)?.keys ?? []);
}
