import { type CodeNode, childOf, childrenOf } from "../../../facts/java/code.ts";
import type { MethodCode } from "../../calls/callGraph.ts";
import { heldBy, usesOf } from "../../calls/locals.ts";

/** One call of a chain of calls: `.where(…)`. */
export interface Step {
  readonly name: string;
  readonly args: readonly CodeNode[];
  readonly node: CodeNode;
}

export interface Chain {
  /** What the first call is made on; undefined for `from(…)` of the class itself. */
  readonly root: CodeNode | undefined;
  /** The first call first. */
  readonly steps: readonly Step[];
  /** False where steps may be missing: the unfinished chain is kept in a variable that other code adds to. */
  readonly whole: boolean;
}

/** The chain of calls that ends with one, through local variables that hold a part of it. */
export function chainOf(code: MethodCode, last: CodeNode): Chain {
  const steps: Step[] = [];
  let whole = true;
  let at: CodeNode | undefined = last;
  while (at !== undefined) {
    if (at.kind === "call") {
      steps.unshift({ name: at.text, args: childrenOf(at, "argument"), node: at });
      at = childOf(at, "receiver");
      continue;
    }
    const local: CodeNode | undefined = at.kind === "name" ? code.typer.declarationOf(at) : undefined;
    const value = local === undefined ? undefined : heldBy(code, local);
    if (local === undefined || value?.kind !== "call") break;
    whole &&= usesOf(code, local).every(isFinished);
    at = value;
  }
  return { root: at, steps, whole };
}

/** `query.fetch()` adds nothing for others, and neither does a step whose value is used; `query.where(x);` and `page(query)` may. */
const isFinished = ({ role, parent }: CodeNode): boolean =>
  role === "receiver" && parent?.kind === "call" && (!parent.statement || /^(?:fetch|execute|list|get|stream|iterate)/.test(parent.text));
