import { type CodeNode, childrenOf } from "../../facts/java/code.ts";
import { onlyBodyRun } from "../calls/bodiesRun.ts";
import type { CallGraph, MethodNode } from "../calls/callGraph.ts";

/** A parameter of the method that takes what was handed on. */
export interface Taken {
  readonly method: MethodNode;
  readonly name: string;
}

/** Methods that hand a row on to each other. */
export const MOST_HANDS = 3;

/**
 * Who takes the argument of a call, or what a stream or an Optional gives to a reference: `show(ticket)`, `new TicketDto(ticket)`,
 * `map(TicketDto::of)`. Undefined where the workspace has no body of it, or several.
 */
export function takerOf(calls: CallGraph, node: MethodNode, given: CodeNode): Taken | undefined {
  const call = given.kind === "reference" ? given : given.parent;
  const index = call === given || call === undefined ? 0 : childrenOf(call, "argument").indexOf(given);
  const { nodes } = calls.codeOf(node);
  const [target, ...others] = node.sites.find(({ order }) => nodes[order] === call)?.targets ?? [];
  const method = target === undefined || others.length > 0 ? undefined : onlyBodyRun(calls, target);
  const name = method?.declared.method.parameters[index]?.name;
  return method === undefined || name === undefined ? undefined : { method, name };
}
