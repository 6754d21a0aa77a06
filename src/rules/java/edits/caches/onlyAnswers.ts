import { type CodeNode, childOf } from "../../../../facts/java/code.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { Typer } from "../../../../model/calls/typing/typer.ts";
import type { Model } from "../../../../model/model.ts";

/** Whether a method only answers, and with the same at all times: a kept answer sends no event, and goes on saying what time it was. */
export function onlyAnswers(model: Model, method: MethodNode): boolean {
  model.calls.noteBody(method);
  const { nodes, typer } = model.calls.codeOf(method);
  return !nodes.some((node) => node.kind === "call" && (CLOCKS.test(node.text) || (isForItsEffect(node) && actsOutside(node, typer))));
}

const CLOCKS = /^(?:now|currentTimeMillis|nanoTime|random|randomUUID)$/;

/** A call whose value nobody takes: a statement, or what is done with each element. */
function isForItsEffect({ parent }: CodeNode): boolean {
  if (parent?.kind !== "lambda") return parent?.kind === "block";
  return (
    parent.parent?.kind === "call" &&
    /^(?:forEach|forEachOrdered|ifPresent|ifPresentOrElse|peek|execute|submit|runAsync)$/.test(parent.parent.text)
  );
}

/** Neither a line of the log nor something done to what the method itself holds. */
function actsOutside(call: CodeNode, typer: Typer): boolean {
  let on = childOf(call, "receiver");
  for (let inner = on; inner !== undefined; inner = childOf(inner, "receiver")) on = inner;
  if (on?.kind === "name" && typer.declarationOf(on) !== undefined) return false;
  return on === undefined || !/^(?:_?(?:log|logger)|Collections|Arrays|Objects|Assert)$/i.test(on.text);
}
