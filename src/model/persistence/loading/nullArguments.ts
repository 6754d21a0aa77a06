import { type CodeNode, childOf, childrenOf } from "../../../facts/java/code.ts";
import type { Span } from "../../../text/positions.ts";
import type { CallGraph, MethodNode } from "../../calls/callGraph.ts";

/**
 * The parts of a method that a call does not run which gives it a literal null: `if (latest != null) { … }` of `new UserDto(user, null)`.
 */
export function notRunFor(call: CodeNode, calls: CallGraph, callee: MethodNode): readonly Span[] {
  const args = call.kind === "reference" ? [] : childrenOf(call, "argument");
  const missing = args.flatMap(({ kind, type }, i) => {
    const name = kind === "literal" && type === "null" ? callee.declared.method.parameters[i]?.name : undefined;
    return name === undefined ? [] : [name];
  });
  if (missing.length === 0 || callee.declared.method.body < 0) return NONE;
  return calls.codeOf(callee).nodes.flatMap((node) => {
    const condition = node.kind === "if" ? childOf(node, "condition") : undefined;
    const isAsked = condition?.children.some(({ kind, text }) => kind === "name" && missing.includes(text)) === true;
    const isOfNull = condition?.kind === "binary" && condition.children.some(({ kind, type }) => kind === "literal" && type === "null");
    if (condition === undefined || !isAsked || !isOfNull) return [];
    const skipped = condition.text === "!=" ? childOf(node, "then") : condition.text === "==" ? childOf(node, "else") : undefined;
    return skipped === undefined ? [] : [skipped];
  });
}

const NONE: readonly Span[] = [];

export const isIn = ({ start, end }: Span, parts: readonly Span[]): boolean => parts.some((part) => part.start <= start && end <= part.end);
