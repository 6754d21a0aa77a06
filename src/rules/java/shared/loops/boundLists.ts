import { ancestorsOf, type CodeNode, childOf, nodesOf } from "../../../../facts/java/code.ts";

/** As many rounds nobody feels. */
const FEW = 10;

/**
 * Whether code has asked before it comes to a loop how many elements there are, and goes on with few alone:
 * `if (owners.size() != 1) throw …`, `if (ids.size() > 10) return …`, `if (owners.size() == 1) { … }`.
 */
export function isBoundBefore(iterated: CodeNode, loop: CodeNode): boolean {
  const list = listOf(iterated);
  if (list === undefined) return false;
  let inner = loop;
  for (const around of ancestorsOf(loop)) {
    const condition = around.kind === "if" ? childOf(around, "condition") : undefined;
    if (condition !== undefined && inner.role === "then" && isFewBy(condition, list, STAYS)) return true;
    if (around.kind === "block" && isBoundBy(around.children.slice(0, around.children.indexOf(inner)), list)) return true;
    inner = around;
  }
  return false;
}

/** Whether statements leave where there are more than few, and add none after that. */
function isBoundBy(before: readonly CodeNode[], list: string): boolean {
  const guard = before.findLastIndex((statement) => statement.kind === "if" && leavesOthers(statement, list));
  return guard >= 0 && !before.slice(guard + 1).some((statement) => nodesOf(statement).some((node) => isChanged(node, list)));
}

/** `owners` of `owners`, `owners.stream()…`. */
function listOf(iterated: CodeNode): string | undefined {
  let root = iterated;
  for (let on = childOf(root, "receiver"); root.kind === "call" && on !== undefined; on = childOf(root, "receiver")) {
    if (!/^(?:stream|filter|map|distinct|sorted|toList|iterator)$/.test(root.text)) return undefined;
    root = on;
  }
  return root.kind === "name" ? root.text : undefined;
}

function leavesOthers(guard: CodeNode, list: string): boolean {
  const condition = childOf(guard, "condition");
  const then = childOf(guard, "then");
  if (condition === undefined || then === undefined || !isFewBy(condition, list, LEAVES)) return false;
  const last = then.kind === "block" ? then.children.at(-1) : then;
  return last !== undefined && /^(?:return|throw|continue|break)$/.test(last.kind);
}

/** What is compared with a number so that few are left: those that stay, and those that leave; `||` has each leave, `&&` each stay. */
const STAYS = { sign: /^(?:==|<=?)$/, joined: "&&" };
const LEAVES = { sign: /^(?:!=|>=?)$/, joined: "||" };

function isFewBy(condition: CodeNode, list: string, bound: typeof STAYS): boolean {
  if (condition.kind !== "binary") return false;
  if (condition.text === bound.joined) return condition.children.some((side) => isFewBy(side, list, bound));
  const [left, right] = condition.children;
  if (left === undefined || right?.kind !== "literal" || right.type !== "int" || !bound.sign.test(condition.text)) return false;
  const asked = left.kind === "call" || left.kind === "field" ? childOf(left, "receiver") : undefined;
  return /^(?:size|length)$/.test(left.text) && asked?.kind === "name" && asked.text === list && Number(right.text) <= FEW;
}

const isChanged = (node: CodeNode, list: string): boolean =>
  (node.kind === "call" && /^(?:add|addAll)$/.test(node.text) && childOf(node, "receiver")?.text === list) ||
  (node.kind === "assign" && childOf(node, "target")?.text === list);
