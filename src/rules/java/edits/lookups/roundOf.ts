import { ancestorsOf, type CodeNode, childOf, childrenOf, nodesOf } from "../../../../facts/java/code.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { Typer } from "../../../../model/calls/typing/typer.ts";
import { contains } from "../../../../text/positions.ts";
import type { Hoisted } from "./hoistedElements.ts";
import { isSameKey } from "./keys.ts";

/** What runs once for each element of a collection. */
export interface Round {
  /** A loop, the lambda of a stream's step, or the method reference in its place. */
  readonly loop: CodeNode;
  /** The statement that the whole is, or stands in. */
  readonly statement: CodeNode;
  /** The expression that is iterated: a collection, or the stream that a step is called on. */
  readonly iterable: CodeNode;
  /** How it is kept before the loop, where it cannot be evaluated a second time. */
  readonly hoisted?: Hoisted;
  /** The element's name; undefined for a method reference. */
  readonly element: string | undefined;
}

/** The loop or the step of a stream around a call. */
export function roundOf(call: CodeNode, typer: Typer): Round | undefined {
  // Who asks again and again for one element wants to see what has changed meanwhile.
  const loop = call.kind === "reference" ? call : [...ancestorsOf(call)].find(({ kind }) => /^(?:foreach|lambda|for|while|do)$/.test(kind));
  if (loop?.kind === "for" || loop?.kind === "while" || loop?.kind === "do") return undefined;
  if (loop?.kind !== "foreach") return loop === undefined ? undefined : stepOf(loop, typer);
  const iterable = childOf(loop, "iterable");
  if (iterable === undefined || loop.parent?.kind !== "block") return undefined;
  // `orders.get(i)` is an element, and the name of none.
  return { loop, statement: loop, iterable, element: /\W/.test(loop.text) ? undefined : loop.text };
}

/** Steps that run their function for each element; those that may stop before the last would not have asked for all. */
const EACH = /^(?:map|mapTo(?:Int|Long|Double)|flatMap|filter|peek|forEach)$/;

const STOPS = /^(?:findFirst|findAny|anyMatch|allMatch|noneMatch|limit|takeWhile|iterator)$/;

/** Steps that hand on the collection's own elements. */
const SAME = /^(?:sorted|distinct|sequential)$/;

/** `all.stream().map(one -> …)`, `all.forEach(one -> …)`, `page.map(one -> …)`, in a statement that begins with it. */
function stepOf(functional: CodeNode, typer: Typer): Round | undefined {
  const step = functional.parent;
  if (step?.kind !== "call" || functional.role !== "argument" || !EACH.test(step.text)) return undefined;
  const parameters = childrenOf(functional, "parameter");
  if (functional.kind === "lambda" && parameters.length !== 1) return undefined;
  const on = childOf(step, "receiver");
  const iterable = on === undefined ? undefined : elementsBehind(on, step, typer);
  if (iterable === undefined) return undefined;
  for (let statement = step as CodeNode; statement.parent !== undefined; statement = statement.parent) {
    if (statement.parent.kind === "block") return { loop: functional, statement, iterable, element: parameters[0]?.text };
    // What stands in a branch, or in a function that others run, does not begin with the statement.
    if (!/^(?:call|local|return|assign|new|cast)$/.test(statement.parent.kind)) return undefined;
    if (statement.parent.kind === "call" && statement.role === "receiver" && STOPS.test(statement.parent.text)) return undefined;
  }
  return undefined;
}

/** The collection that a step goes through, which `sorted()` and `distinct()` hand on; of other streams the stream itself. */
function elementsBehind(on: CodeNode, step: CodeNode, typer: Typer): CodeNode | undefined {
  let iterable: CodeNode | undefined = on;
  while (iterable?.kind === "call" && SAME.test(iterable.text)) iterable = childOf(iterable, "receiver");
  if (iterable?.kind === "call" && iterable.text === "stream") return childOf(iterable, "receiver");
  if (step.text === "forEach" && !typer.isA(typer.typeOf(on), STREAM)) return iterable;
  return typer.isA(typer.typeOf(iterable ?? on), PAGE) ? iterable : typer.isA(typer.typeOf(on), STREAM) ? on : undefined;
}

const STREAM: ReadonlySet<string> = new Set(["Stream"]);
export const PAGE: ReadonlySet<string> = new Set(["Page", "Slice"]);

/** Names, getters and the views of a map: evaluating them a second time before the loop costs nothing and changes nothing. */
export function isRepeatable(node: CodeNode): boolean {
  if (node.kind === "name" || node.kind === "this") return true;
  const on = childOf(node, "receiver");
  if (node.kind === "field") return on !== undefined && isRepeatable(on);
  return (
    node.kind === "call" &&
    /^(?:(?:get|is)\p{Lu}|(?:entrySet|keySet|values)$)/u.test(node.text) &&
    childrenOf(node, "argument").length === 0 &&
    (on === undefined || isRepeatable(on))
  );
}

/** Whether an expression is the same in each round, and can be evaluated before the first: constants, what is set outside, its getters. */
export function isSteady(node: CodeNode, { statement }: Pick<Round, "statement">, typer: Typer): boolean {
  if (node.kind === "literal") return true;
  if (node.kind === "name") {
    const declared = typer.declarationOf(node);
    return (declared === undefined || !contains(statement, declared)) && !isSet(node.text, statement);
  }
  return isRepeatable(node) && nodesOf(node).every((inner) => inner.kind !== "name" || isSteady(inner, { statement }, typer));
}

/** Whether an expression is evaluated by looking at it: `Status.OPEN`, and not `user.getId()`, which fails without a user. */
export const isPlain = ({ kind, children: [on] }: CodeNode): boolean =>
  kind === "literal" || kind === "name" || (kind === "field" && (on === undefined || on.kind === "this" || /^\p{Lu}/u.test(on.text)));

/** Whether the loop calls its own method, which would ask again for each element all the same. */
export function isEnteredAgain({ key, sites }: MethodNode, { start, end }: CodeNode): boolean {
  return sites.some(({ targets, at }) => targets.includes(key) && at.start > start && at.end <= end);
}

/** Getters and fields that lead from a value to another: `["getOrder()", "id"]`, none for the value itself. */
export type Path = readonly string[];

/** The path from a loop's element to an expression, or to what a local of the loop holds that the expression names. */
export function pathFromElement(node: CodeNode, loop: CodeNode, typer: Typer): Path | undefined {
  return pathThroughLocal(node, loop, typer, (name) => {
    const declaration = typer.declarationOf(name);
    return declaration !== undefined && (declaration === loop || declaration.parent === loop);
  });
}

/** The same from what a name of a method's body stands for, which must be no local; locals on the way stand for their values. */
export function pathThroughLocal(node: CodeNode, around: CodeNode, typer: Typer, isStart: (name: CodeNode) => boolean): Path | undefined {
  if (node.kind === "name") {
    if (isStart(node)) return [];
    const local = typer.declarationOf(node);
    const value = local?.kind === "local" ? childOf(local, "value") : undefined;
    const isValue = value !== undefined && !isSet(node.text, around) && isSameKey(typer.typeOf(value), typer.typeOf(node));
    return isValue ? pathThroughLocal(value, around, typer, isStart) : undefined;
  }
  const on = childOf(node, "receiver");
  if ((node.kind !== "call" && node.kind !== "field") || on === undefined || childrenOf(node, "argument").length > 0) return undefined;
  const path = pathThroughLocal(on, around, typer, isStart);
  return path && [...path, node.kind === "call" ? `${node.text}()` : node.text];
}

/** Whether a variable is given another value. */
export const isSet = (name: string, around: CodeNode): boolean =>
  nodesOf(around).some(
    (one) =>
      (one.kind === "assign" && childOf(one, "target")?.text === name) ||
      (one.kind === "unary" && /\+\+|--/.test(one.text) && one.children[0]?.text === name),
  );

/** Whether a call is not made in every round: what it would ask for may not be there in the others. */
export const isConditional = (call: CodeNode, loop: CodeNode): boolean =>
  isInBranch(call, loop) || nodesOf(loop).some(({ kind }) => LEAVES.test(kind));

/** Whether a call of a method's body is not made every time, or the method may have ended before. */
export const isConditionalIn = (body: CodeNode, call: CodeNode): boolean =>
  isInBranch(call, body) || nodesOf(body).some(({ kind, end }) => LEAVES.test(kind) && end < call.start);

const LEAVES = /^(?:continue|break|return|throw)$/;

function isInBranch(call: CodeNode, around: CodeNode): boolean {
  for (const one of ancestorsOf(call)) {
    if (one === around) break;
    if (/^(?:if|conditional|switch|case|lambda|try|catch)$/.test(one.kind) || (one.kind === "binary" && /^(?:&&|\|\|)$/.test(one.text)))
      return true;
  }
  return false;
}
