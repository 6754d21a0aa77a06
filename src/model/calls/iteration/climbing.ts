import { ancestorsOf, type CodeNode, childOf, childrenOf, nodesOf } from "../../../facts/java/code.ts";
import type { Typer } from "../typing/typer.ts";

/**
 * `while (parent != null) parent = folders.parentOf(parent.getId());`, `while (user.getInviter() != null)` where the body sets the user by
 * the inviter, and `while (files.replacementOf(file) != null) file = files.replacementOf(file);`: one round for each level.
 */
export function climbedBy(loop: CodeNode, condition: CodeNode, typer: Typer): string | undefined {
  const asked =
    condition.kind === "binary" && condition.text === "!=" && isNullCheck(condition)
      ? condition.children.find(({ kind }) => kind === "name" || kind === "call")
      : condition.kind === "call" && condition.text === "isPresent"
        ? childOf(condition, "receiver")
        : undefined;
  if (asked === undefined || PAGES.test(asked.text)) return undefined;
  const on = asked.kind === "call" ? childOf(asked, "receiver") : asked;
  const given = asked.kind === "call" ? childrenOf(asked, "argument").flatMap((arg) => namesIn(arg)) : [];
  const assigned = nodesOf(loop).flatMap((node) => {
    const value = node.kind === "assign" && node.text === "=" ? childOf(node, "value") : undefined;
    const target = childOf(node, "target");
    return value === undefined || target?.kind !== "name" ? [] : [{ name: target.text, inner: madeOf(value, loop, typer) }];
  });
  return assigned.find(({ name, inner }) => {
    if (on?.kind === "name" && on.text === name) {
      if (asked.kind === "call") return inner.some((call) => call.text === asked.text && childOf(call, "receiver")?.text === name);
      const goesOn = inner.some(({ kind, text }) => kind === "name" && text === name);
      return goesOn && inner.some(({ kind, text }) => (kind === "call" || kind === "name") && ABOVE.test(text));
    }
    return given.includes(name) && inner.some((call) => call.kind === "call" && call.text === asked.text);
  })?.name;
}

const namesIn = (node: CodeNode): readonly string[] => nodesOf(node).flatMap(({ kind, text }) => (kind === "name" ? [text] : []));

/** The nodes of a value; of a variable that the loop declares, those of what it holds. */
function madeOf(value: CodeNode, loop: CodeNode, typer: Typer): readonly CodeNode[] {
  const local = typer.declarationOf(value);
  const held = local?.kind === "local" && [...ancestorsOf(local)].includes(loop) ? childOf(local, "value") : undefined;
  return [...nodesOf(held ?? value)];
}

const isNullCheck = ({ children }: CodeNode): boolean => children.some(({ kind, type }) => kind === "literal" && type === "null");

const ABOVE = /parent|ancestor|superior|manager|predecessor|previous/i;
/** One page after the other is no chain of rows. */
const PAGES = /next|page|token|cursor|cause/i;

/**
 * `while (!open.isEmpty()) { Long id = open.poll(); … }` over a list of work that the method itself has made: a tree is walked so, one
 * round for each node.
 */
export function workedOff(loop: CodeNode, condition: CodeNode, typer: Typer): string | undefined {
  const asked = condition.kind === "unary" && condition.text === "!" ? condition.children[0] : undefined;
  const list = asked?.kind === "call" && asked.text === "isEmpty" ? childOf(asked, "receiver") : undefined;
  const declared = list?.kind === "name" ? typer.declarationOf(list) : undefined;
  if (list === undefined || declared?.kind !== "local" || childOf(declared, "value")?.kind !== "new") return undefined;
  const isTaken = (call: CodeNode): boolean =>
    call.kind === "call" && TAKES.test(call.text) && childOf(call, "receiver")?.text === list.text && loopOf(call) === loop;
  return nodesOf(loop).some(isTaken) ? list.text : undefined;
}

const TAKES = /^(?:poll|pop|remove)(?:First|Last)?$/;

/** The loop whose round a node is part of; what a loop goes over stands outside of its rounds. */
function loopOf(node: CodeNode): CodeNode | undefined {
  let inner = node;
  for (const around of ancestorsOf(node)) {
    if (/^(?:for|while|do)$/.test(around.kind) || (around.kind === "foreach" && inner.role === "body")) return around;
    inner = around;
  }
  return undefined;
}
