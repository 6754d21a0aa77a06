import { type CodeNode, nodesOf } from "../../../../facts/java/code.ts";
import type { BodyCode } from "../../../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { CallSite } from "../../../../model/calls/callSites.ts";
import type { Model } from "../../../../model/model.ts";
import { asksTheSame, changesBetween, type InvariantRead, isBeanOf, readOf, touchedIn } from "./invariantReads.ts";

/** A read that a counted loop asks before each round how far it goes: `i < orders.count()`. */
export function boundRead(model: Model, method: MethodNode, code: BodyCode, site: CallSite): InvariantRead | undefined {
  const read = site.excuses.length > 0 ? undefined : readOf(model, site);
  const call = read === undefined ? undefined : code.callOf(site);
  const loop = call === undefined ? undefined : loopBoundBy(call, code);
  if (read === undefined || call === undefined || loop === undefined) return undefined;
  return asksTheSame(call, loop, code, isBeanOf(model, method)) && !changesBetween(model, method, code, loop, site)
    ? { read, call, loop }
    : undefined;
}

/** The loop that goes on while a counter, which it changes, stays on one side of what is worked out of a call. */
function loopBoundBy(call: CodeNode, code: BodyCode): CodeNode | undefined {
  let bound = call;
  while (bound.parent !== undefined && passesOn(bound.parent)) bound = bound.parent;
  const comparison = bound.parent;
  if (comparison?.kind !== "binary" || !/^(?:[<>]=?|!=)$/.test(comparison.text)) return undefined;
  const counter = comparison.children.find((side) => side !== bound);
  const loop = comparison.role === "condition" ? comparison.parent : undefined;
  if (counter === undefined || loop === undefined || !/^(?:for|while|do)$/.test(loop.kind)) return undefined;
  const touched = touchedIn(loop, code);
  return nodesOf(counter).some(({ kind, text }) => kind === "name" && touched.has(text)) ? loop : undefined;
}

const passesOn = ({ kind, text, children }: CodeNode): boolean =>
  kind === "cast" ||
  (kind === "binary" && /^[-+*/%]$/.test(text)) ||
  (kind === "call" && children.length > 0 && /^(?:intValue|longValue|ceil|floor|toIntExact)$/.test(text));
