import { ancestorsOf, type CodeNode, childOf } from "../../../../facts/java/code.ts";

/** The nearest node that two stand in, and its children that lead to each of them. */
export function nearestAround(
  a: CodeNode,
  b: CodeNode,
): { readonly around: CodeNode; readonly first: CodeNode; readonly second: CodeNode } | undefined {
  const above = new Map<CodeNode, CodeNode>();
  let inner = a;
  for (const around of ancestorsOf(a)) {
    above.set(around, inner);
    inner = around;
  }
  inner = b;
  for (const around of ancestorsOf(b)) {
    const branch = above.get(around);
    if (branch !== undefined) return { around, first: branch, second: inner };
    inner = around;
  }
  return undefined;
}

/** Whether the second runs when the first has run: not in another branch, another lambda, or after the first has left the method. */
export function runsAfter(first: CodeNode, second: CodeNode): boolean {
  const met = nearestAround(first, second);
  if (met === undefined || met.first === met.second || excludes(met.around, met.first, met.second) || leaves(met.first, first))
    return false;
  for (const { kind } of ancestorsBelow(second, met.around)) {
    // A failure's path asks again for a reason; a lambda may run later.
    if (kind === "lambda" || kind === "catch" || kind === "method") return false;
  }
  return true;
}

function ancestorsBelow(node: CodeNode, top: CodeNode): readonly CodeNode[] {
  const all = [...ancestorsOf(node)];
  return all.slice(0, all.indexOf(top));
}

const excludes = (around: CodeNode, a: CodeNode, b: CodeNode): boolean =>
  around.kind === "switch" || around.kind === "try" || areBranches(around, a, b);

const areBranches = ({ kind }: CodeNode, a: CodeNode, b: CodeNode): boolean =>
  (kind === "if" || kind === "conditional") && a.role !== "condition" && a.role !== b.role;

/** `if (found == null) rows.save(…); else return rows.find(…);`: who comes to the second has not run the first. */
export function isInOtherBranch(one: CodeNode, other: CodeNode): boolean {
  const met = nearestAround(one, other);
  return met !== undefined && areBranches(met.around, met.first, met.second);
}

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
export function ends(statement: CodeNode): boolean {
  if (/^(?:return|throw|break|continue)$/.test(statement.kind)) return true;
  if (statement.kind === "block") return statement.children.some(ends);
  const branches = statement.kind === "if" ? [childOf(statement, "then"), childOf(statement, "else")] : [undefined];
  return branches.every((branch) => branch !== undefined && ends(branch));
}

/** Whether one run of a body comes to both: not in two branches of one decision, not in lambdas of their own, the body not left with the first. */
export function bothRun(first: CodeNode, second: CodeNode): boolean {
  const met = nearestAround(first, second);
  if (met === undefined || met.around === first || met.around === second) return false;
  const { around } = met;
  return (
    around.kind !== "if" &&
    around.kind !== "conditional" &&
    around.kind !== "switch" &&
    !mayStopEarly(around) &&
    !isConditional(first, around) &&
    !(around.kind === "block" && /^(?:return|throw)$/.test(met.first.kind)) &&
    !isConditional(second, around)
  );
}

/** Whether each of two is in a branch that the other is not in: `if (begins) tell(); if (ends) tell();`, of which both need not be taken. */
export function areApart(first: CodeNode, second: CodeNode): boolean {
  const met = nearestAround(first, second);
  return met !== undefined && isConditional(first, met.around) && isConditional(second, met.around);
}

function isConditional(node: CodeNode, until: CodeNode): boolean {
  let inner = node;
  for (const around of ancestorsOf(node)) {
    if (around === until) return false;
    if (/^(?:lambda|case|catch|foreach|for|while|do)$/.test(around.kind)) return true;
    if ((around.kind === "if" || around.kind === "conditional") && inner.role !== "condition") return true;
    if (mayStopEarly(around) && inner.role === "right") return true;
    inner = around;
  }
  return true;
}

const mayStopEarly = ({ kind, text }: CodeNode): boolean => kind === "binary" && (text === "&&" || text === "||");
