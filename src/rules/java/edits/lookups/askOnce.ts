import { ancestorsOf, type CodeNode, childOf, childrenOf, nodesOf } from "../../../../facts/java/code.ts";
import type { BodyCode } from "../../../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import { chainStep, indentAt, LONG_LINE, lineAt, lineBreakOf, remove, replace, wholeLine } from "../../../../text/edits.ts";
import type { Fix } from "../../../finding.ts";

/**
 * `if (!orders.existsById(id)) throw new Missing(id);` right before `orders.findById(id).get()` → the second alone, with
 * `orElseThrow(() -> new Missing(id))`. Offered where the first does nothing but throw, and the next statement asks before anything else.
 */
export function askOnce(method: MethodNode, code: BodyCode, first: CodeNode, second: CodeNode): readonly Fix[] {
  const guard = guardOf(first);
  const end = endOf(second);
  if (guard === undefined || end === undefined || !isNext(guard.statement, second) || !mayBeLater(guard.thrown, code)) return [];
  const { file } = method.declared.owner.file;
  return [
    {
      title: `Ask ${second.text} alone, which throws where there is none`,
      safe: false,
      edits(sources) {
        const text = sources.text(file);
        if (text === undefined || !text.startsWith(end.text, end.nameStart)) return undefined;
        const thrown = text.slice(guard.thrown.start, guard.thrown.end);
        const answer = `orElseThrow(() -> ${thrown})`;
        const at = { start: end.nameStart, end: end.end };
        const point = text.lastIndexOf(".", end.nameStart);
        const gone = wholeLine(text, guard.statement);
        const isLong = lineAt(text, point).length - (at.end - at.start) + answer.length > LONG_LINE;
        const isBroken = text.slice(text.lastIndexOf("\n", point) + 1, point).trim() === "";
        const step = `${lineBreakOf(text)}${indentAt(text, guard.statement.start)}${chainStep(text)}`;
        const edit = isLong && !isBroken ? replace({ start: point, end: at.end }, `${step}.${answer}`) : replace(at, answer);
        return [{ kind: "change", file, edits: [remove(gone), edit] }];
      },
    },
  ];
}

interface Guard {
  readonly statement: CodeNode;
  readonly thrown: CodeNode;
}

/** `if (!exists) throw …;`, with braces or without. */
function guardOf(exists: CodeNode): Guard | undefined {
  const not = exists.parent;
  const statement = not?.parent;
  if (not?.kind !== "unary" || not.text !== "!" || statement?.kind !== "if" || not.role !== "condition") return undefined;
  const branch = childOf(statement, "then");
  const [only, ...more] = branch?.kind === "block" ? branch.children : branch === undefined ? [] : [branch];
  const thrown = only?.kind === "throw" && more.length === 0 ? only.children[0] : undefined;
  return thrown?.kind === "new" && childOf(statement, "else") === undefined ? { statement, thrown } : undefined;
}

/** The step that takes the row out of the Optional, which fails where there is none. */
function endOf(find: CodeNode): CodeNode | undefined {
  const step = find.role === "receiver" ? find.parent : undefined;
  return step?.kind === "call" && (step.text === "orElseThrow" || (step.text === "get" && childrenOf(step, "argument").length === 0))
    ? step
    : undefined;
}

/** Whether a call is the first thing that the statement behind another one does. */
function isNext(guard: CodeNode, find: CodeNode): boolean {
  const block = guard.parent;
  const next = block?.children[block.children.indexOf(guard) + 1];
  if (block?.kind !== "block" || next === undefined) return false;
  const way = [find, ...ancestorsOf(find)];
  const until = way.indexOf(next);
  if (until < 0 || way.slice(0, until + 1).some(({ kind }) => /^(?:lambda|foreach|for|while|do|try|conditional|switch|class)$/.test(kind)))
    return false;
  const own = new Set([...way, ...nodesOf(find)]);
  return nodesOf(next).every((node) => own.has(node) || node.start >= find.start || !/^(?:call|new|assign|unary)$/.test(node.kind));
}

/** A lambda sees nothing but variables that are set once. */
function mayBeLater(thrown: CodeNode, code: BodyCode): boolean {
  return nodesOf(thrown).every((node) => node.kind !== "name" || !isSetAgain(node, code));
}

/** Whether a body sets the variable of a name again. */
export const isSetAgain = ({ text }: CodeNode, { nodes }: BodyCode): boolean =>
  nodes.some(
    (node) =>
      (node.kind === "assign" && childOf(node, "target")?.text === text) ||
      (node.kind === "unary" && /^(?:\+\+|--)$/.test(node.text) && node.children[0]?.text === text),
  );
