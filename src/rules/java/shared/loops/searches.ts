import { ancestorsOf, type CodeNode, childOf, nodesOf } from "../../../../facts/java/code.ts";
import { LOOPS } from "../running/hotPath.ts";

/**
 * Whether a loop asks for one element after the other until one of them answers, as who goes up a hierarchy does:
 * `Row row = rows.find(key); if (row != null) return row;`
 */
export function asksUntilAnswered(call: CodeNode): boolean {
  let statement = call;
  for (const around of ancestorsOf(call)) {
    if (around.kind === "lambda" || around.kind === "method") return false;
    if (around.kind !== "block") {
      statement = around;
      continue;
    }
    const next = around.children[around.children.indexOf(statement) + 1];
    const answer =
      statement.kind === "local" ? statement.text : statement.kind === "assign" ? childOf(statement, "target")?.text : undefined;
    return LOOPS.some((kind) => kind === around.parent?.kind) && answer !== undefined && next?.kind === "if" && leavesWith(next, answer);
  }
  return false;
}

/** `if (row != null) { …; return row; }`, without another branch. */
function leavesWith(statement: CodeNode, answer: string): boolean {
  const condition = childOf(statement, "condition");
  const then = childOf(statement, "then");
  if (condition === undefined || then === undefined || childOf(statement, "else") !== undefined) return false;
  const last = then.kind === "block" ? then.children.at(-1) : then;
  return /^(?:return|break)$/.test(last?.kind ?? "") && nodesOf(condition).some(({ kind, text }) => kind === "name" && text === answer);
}
