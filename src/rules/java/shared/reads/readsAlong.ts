import type { CodeNode } from "../../../../facts/java/code.ts";
import { BodyCode } from "../../../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import { type CallSite, passesOn } from "../../../../model/calls/callSites.ts";
import type { Model } from "../../../../model/model.ts";
import type { RelatedPlace } from "../../../finding.ts";
import { bothRun } from "../running/order.ts";
import { keepsSession, lookedUpByKey } from "./firstLevelCache.ts";

/**
 * What a method reads for certain besides the query that it comes to by its shortest way: the queries that stand in the same body, where no
 * condition, loop or way out lies between. What that body calls besides may read more.
 */
export function readsAlong(model: Model, method: string): readonly RelatedPlace[] {
  const sender = model.calls.method(model.effects.methodsFrom(method, "read").at(-1) ?? "");
  const step = sender === undefined || sender.declared.method.body < 0 ? undefined : model.effects.stepFrom(sender.key, "read");
  return sender === undefined || step === undefined ? [] : readsBeside(model, sender, step);
}

function readsBeside(model: Model, method: MethodNode, step: CallSite): readonly RelatedPlace[] {
  const others = method.sites.filter(
    (site) => site !== step && site.work?.kind === "read" && site.iterations.length === 0 && site.excuses.length === 0 && passesOn(site),
  );
  if (others.length === 0) return [];
  model.calls.noteBody(method);
  const code = new BodyCode(model.calls, method);
  const first = code.callOf(step);
  if (first === undefined) return [];
  const isKept = keepsSession(model, method);
  const { file } = method.declared.owner.file;
  return others.flatMap((site) => {
    const node = code.callOf(site);
    // What is handed on, `found.map(rows::find)`, runs where there is something.
    if (node?.kind !== "call" || !bothRun(first, node) || isLeftBetween(code.nodes, first, node)) return [];
    // A session may know the row.
    if (isKept && lookedUpByKey(model, code, site) !== undefined) return [];
    return [{ at: { file, ...site.at }, message: `${site.work?.label ?? site.name} runs with it` }];
  });
}

/** Whether the method, or a round of a loop, may end between two of its nodes. */
const isLeftBetween = (nodes: readonly CodeNode[], a: CodeNode, b: CodeNode): boolean => {
  const [first, second] = a.start < b.start ? [a, b] : [b, a];
  return nodes.some(
    ({ kind, start, end }) =>
      start > first.start && start < second.start && end <= second.start && /^(?:return|break|continue)$/.test(kind),
  );
};
