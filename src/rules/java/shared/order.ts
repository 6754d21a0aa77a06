import { ancestorsOf, type CodeNode, childOf } from "../../../facts/java/code.ts";

/** Whether the second runs when the first has run: not in another branch, another lambda, or after the first has left the method. */
export function runsAfter(first: CodeNode, second: CodeNode): boolean {
  const above = new Map<CodeNode, CodeNode>();
  let inner = first;
  for (const around of ancestorsOf(first)) {
    above.set(around, inner);
    inner = around;
  }
  inner = second;
  for (const around of ancestorsOf(second)) {
    const branch = above.get(around);
    if (branch !== undefined) return branch !== inner && !excludes(around, branch, inner) && !leaves(branch, first);
    // A failure's path asks again for a reason; a lambda may run later.
    if (around.kind === "lambda" || around.kind === "catch" || around.kind === "method") return false;
    inner = around;
  }
  return false;
}

const excludes = (around: CodeNode, a: CodeNode, b: CodeNode): boolean =>
  around.kind === "switch" ||
  around.kind === "try" ||
  ((around.kind === "if" || around.kind === "conditional") && a.role !== "condition" && a.role !== b.role);

/** The way from the first to what both have in common: a lambda, a loop, a branch that ends the method. */
function leaves(branch: CodeNode, first: CodeNode): boolean {
  let inner = first;
  for (const around of ancestorsOf(first)) {
    if (inner === branch) return false;
    if (/^(?:lambda|foreach|for|while|do|catch|method|return|throw)$/.test(around.kind)) return true;
    if (around.kind === "block" && ends(around)) return true;
    inner = around;
  }
  return branch.kind === "return" || branch.kind === "throw";
}

/** Whether nothing runs behind a statement: of an `if`, in neither of its branches. */
function ends(statement: CodeNode): boolean {
  if (/^(?:return|throw|break|continue)$/.test(statement.kind)) return true;
  if (statement.kind === "block") return statement.children.some(ends);
  const branches = statement.kind === "if" ? [childOf(statement, "then"), childOf(statement, "else")] : [undefined];
  return branches.every((branch) => branch !== undefined && ends(branch));
}
