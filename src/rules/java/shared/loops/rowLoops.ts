import { type CodeNode, childOf, childrenOf } from "../../../../facts/java/code.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { Model } from "../../../../model/model.ts";

/** A loop, a forEach, or a step of a stream, with the statements that it runs for each element. */
export interface RowLoop {
  readonly node: CodeNode;
  readonly over: CodeNode;
  readonly isElement: (node: CodeNode | undefined) => boolean;
  readonly statements: readonly CodeNode[];
  /** The method in which the statements stand, and the nodes of its body. */
  readonly method: MethodNode;
  readonly nodes: readonly CodeNode[];
  /** What the steps of a stream give in the end: the same elements. */
  readonly result: CodeNode | undefined;
}

export function rowLoop(model: Model, method: MethodNode, node: CodeNode): RowLoop | undefined {
  if (node.kind === "foreach") {
    const body = childOf(node, "body");
    const over = childOf(node, "iterable");
    return over === undefined || body === undefined
      ? undefined
      : { node, over, result: undefined, ...runIn(model, method, node, statementsOf(body)) };
  }
  if (node.kind !== "call" || !/^(?:forEach|map|peek)$/.test(node.text)) return undefined;
  const [fn, ...more] = childrenOf(node, "argument");
  const over = childOf(node, "receiver");
  const result = node.text === "forEach" ? undefined : resultOf(node);
  if (fn === undefined || over === undefined || more.length > 0 || (result === undefined && node.text !== "forEach")) return undefined;
  const run = node.text === "map" ? givenBack(model, method, fn) : ofLambda(model, method, fn);
  return run && { node, over, result, ...run };
}

export const statementsOf = (body: CodeNode): readonly CodeNode[] => (body.kind === "block" ? body.children : [body]);

type Run = Pick<RowLoop, "isElement" | "statements" | "method" | "nodes">;

function runIn(model: Model, method: MethodNode, element: CodeNode, statements: readonly CodeNode[]): Run {
  const { nodes, typer } = model.calls.codeOf(method);
  return { isElement: (node) => node?.kind === "name" && typer.declarationOf(node) === element, statements, method, nodes };
}

function ofLambda(model: Model, method: MethodNode, fn: CodeNode): Run | undefined {
  const element = fn.kind === "lambda" ? childOf(fn, "parameter") : undefined;
  const body = fn.kind === "lambda" ? childOf(fn, "body") : undefined;
  return element === undefined || body === undefined ? undefined : runIn(model, method, element, statementsOf(body));
}

/** `order -> { order.setPaid(true); return order; }`, and `this::pay` of a method that does the same. */
function givenBack(model: Model, method: MethodNode, fn: CodeNode): Run | undefined {
  const run = fn.kind === "reference" ? ofMethod(model, method, fn) : ofLambda(model, method, fn);
  const last = run?.statements.at(-1);
  if (run === undefined || last?.kind !== "return" || !run.isElement(last.children[0])) return undefined;
  return { ...run, statements: run.statements.slice(0, -1) };
}

function ofMethod(model: Model, { sites, declared }: MethodNode, reference: CodeNode): Run | undefined {
  const site = sites.find(({ name, at }) => name === reference.text && at.end === reference.end);
  const [target, ...others] = site?.targets ?? [];
  const method = target === undefined || others.length > 0 ? undefined : model.calls.method(target);
  const [parameter, ...more] = method?.declared.method.parameters ?? [];
  if (method === undefined || parameter === undefined || more.length > 0 || method.declared.method.body < 0) return undefined;
  if (method.declared.owner.type.qualified !== declared.owner.type.qualified) return undefined;
  const { nodes, body, typer } = model.calls.codeOf(method);
  const isElement = (node: CodeNode | undefined): boolean =>
    node?.kind === "name" && node.text === parameter.name && typer.declarationOf(node) === undefined;
  return { isElement, statements: statementsOf(body), method, nodes };
}

/** The list behind the last of a stream's steps, where those only gather. */
function resultOf(step: CodeNode): CodeNode | undefined {
  let at = step;
  while (at.role === "receiver" && at.parent?.kind === "call") {
    at = at.parent;
    if (/^(?:collect|toList)$/.test(at.text)) return at;
    if (!/^(?:distinct|peek)$/.test(at.text)) return undefined;
  }
  return undefined;
}
