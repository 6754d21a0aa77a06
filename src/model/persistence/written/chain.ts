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
    const again = local === undefined || value !== undefined ? [] : continued(code, local);
    const first = local !== undefined && again !== undefined && again.length > 0 ? childOf(local, "value") : value;
    if (local === undefined || first?.kind !== "call") break;
    steps.unshift(...(again ?? []));
    whole &&= usesOf(code, local).every((use) => use.role === "target" || isFinished(use));
    at = first;
  }
  return { root: at, steps, whole };
}

/** The steps of `query = query.where(…)`, wherever they stand; undefined where something else is put into the variable. */
function continued(code: MethodCode, local: CodeNode): readonly Step[] | undefined {
  const steps: Step[] = [];
  for (const { role, parent } of usesOf(code, local)) {
    if (role !== "target") continue;
    let at = parent?.kind === "assign" && parent.text === "=" ? childOf(parent, "value") : undefined;
    const own: Step[] = [];
    for (; at?.kind === "call"; at = childOf(at, "receiver")) own.unshift({ name: at.text, args: childrenOf(at, "argument"), node: at });
    if (at?.kind !== "name" || code.typer.declarationOf(at) !== local) return undefined;
    steps.push(...own);
  }
  return steps;
}

/** `query.fetch()` adds nothing for others, and neither does a step whose value is used; `query.where(x);` and `page(query)` may. */
const isFinished = ({ role, parent }: CodeNode): boolean =>
  role === "receiver" && parent?.kind === "call" && (!parent.statement || /^(?:fetch|execute|list|get|stream|iterate)/.test(parent.text));
