import type { CodeNode } from "../../../facts/java/code.ts";
import { withoutCapital } from "../../../text/capitals.ts";

/** Methods of one value, an `Optional` or a future that give it back. */
export const SAME_ONE: ReadonlySet<string> = new Set("get join orElse orElseThrow orElseGet filter or stream".split(" "));
/** Functions of `Comparator`. */
export const COMPARING = /^(?:comparing|thenComparing)(?:Int|Long|Double)?$/;
/** What orders elements by a comparator. */
export const ORDERING = /^(?:sort|sorted|max|min)$/;
/** Methods of Optional that give their function the value. */
export const FOR_ONE: ReadonlySet<string> = new Set("map ifPresent filter flatMap ifPresentOrElse".split(" "));

/** "getOwner" → "owner". */
export function propertyOf(getter: string): string | undefined {
  const name = /^(?:get|is)(\p{Lu}.*)$/u.exec(getter)?.[1];
  return name === undefined ? undefined : withoutCapital(name);
}

/** The lambda or inner method around a node. */
export function innermost(node: CodeNode): CodeNode | undefined {
  for (let around = node.parent; around !== undefined; around = around.parent)
    if (around.kind === "lambda" || around.kind === "method") return around;
  return undefined;
}
