import { type CodeNode, childOf, childrenOf, nodesOf } from "../../../facts/java/code.ts";
import type { Span } from "../../../text/positions.ts";
import { simpleName, type Type } from "../../types/type.ts";
import { ELEMENT_COLLECTORS } from "../typing/library.ts";
import { dotted, type Typer } from "../typing/typer.ts";
import { climbedBy } from "./climbing.ts";
import { describe } from "./describe.ts";
import { fillsGap, guardsBatch, guardsOneTime, picksOne, remembers, returnsRemembered, sendsWhenFull, wantedElement } from "./excuses.ts";
import { itemsOf, mappedRows, returnedItems } from "./items.ts";
import { rowOf } from "./rows.ts";
import { followsSeldom, runsSeldom } from "./seldom.ts";

/** Something that runs code once per element. */
export interface Iteration {
  /** Items and rows are those that a framework hands to a method one by one. */
  readonly kind: "loop" | "lambda" | "items" | "rows";
  /** What is iterated, as a person would name it: "orders", "order.getLines()". */
  readonly over: string;
  readonly at: Span;
  /** The name of the element's variable; "" for a method reference. */
  readonly element: string;
}

/** Why code inside a loop does not run once per element, or code of a method not at each of its calls. */
export type Excuse =
  | "the method ends with the first hit"
  | "remembered per key"
  | "once in many calls"
  | "only when an element fails"
  | "only where memory has none";

/** Why a loop does not count as one over elements. */
type NoIteration =
  | "at most three rounds"
  | "constants of an enum"
  | "one round per chunk"
  | "the loop ends with the first hit"
  | "one of the elements"
  | "retries"
  | "reads the next page"
  | "not over elements";

export interface IterationContext {
  /** The innermost iterations first; empty when the code runs once. */
  readonly iterations: readonly Iteration[];
  /** Why the code does not run once per element all the same. */
  readonly excuses: readonly Excuse[];
}

const COLLECTIONS: ReadonlySet<string> = new Set([
  "Collection",
  "List",
  "Set",
  "Iterable",
  "Page",
  "Slice",
  "Map",
  "ImmutableList",
  "ArrayList",
]);

/** The iterations around a node of a method body, up to the method itself, which a framework may run once per item. */
export function iterationsAround(node: CodeNode, typer: Typer): IterationContext {
  const iterations: Iteration[] = [];
  const excuses: Excuse[] = [];
  const add = (found: Iteration | NoIteration | undefined): void => {
    if (typeof found === "object") iterations.push(found);
  };
  // `if (count % 100 == 0)` and `if (batch.size() >= 100)` are about the loop around them, and about no other.
  let everySoMany = false;
  /** The variables of which the code wants one value. */
  const wanted = new Set<string>();
  const loop = (around: CodeNode, found: (loop: CodeNode, typer: Typer) => Iteration | NoIteration): void => {
    if (everySoMany) {
      everySoMany = false;
      return;
    }
    const left = leavesAfter(node, around);
    if (left === "method") excuses.push("the method ends with the first hit");
    else if (around.kind === "foreach" && wanted.has(around.text)) add("one of the elements");
    else add(left === "loop" ? "the loop ends with the first hit" : found(around, typer));
  };
  let inner = node;
  for (let around = node.parent; around !== undefined; inner = around, around = around.parent) {
    switch (around.kind) {
      case "foreach":
        if (inner.role === "body") loop(around, foreachOf);
        break;
      case "for":
      case "while":
      case "do":
        if (inner.role !== "init") loop(around, countedOf);
        break;
      case "lambda":
        if (remembers(around, typer)) excuses.push("remembered per key");
        else if (fillsGap(around, typer)) excuses.push("only where memory has none");
        else if (wanted.has(childOf(around, "parameter")?.text ?? "")) add("one of the elements");
        else add(lambdaOf(around, typer));
        break;
      case "catch":
        if (iterations.length === 0) excuses.push("only when an element fails");
        break;
      case "if":
        if (inner.role === "then") {
          const element = wantedElement(around);
          if (element !== undefined) wanted.add(element);
          if (runsSeldom(around, typer) || sendsWhenFull(around, typer)) excuses.push("once in many calls");
          else if (guardsOneTime(around)) excuses.push("remembered per key");
          if (guardsBatch(around)) everySoMany = true;
        }
        break;
      case "block":
        if (followsSeldom(around, inner, typer)) excuses.push("once in many calls");
        else if (returnsRemembered(around, inner, typer)) excuses.push("remembered per key");
        break;
      default:
        break;
    }
  }
  if (node.kind === "reference") {
    const own = lambdaOf(node, typer);
    if (remembers(node, typer)) excuses.push("remembered per key");
    else if (typeof own === "object") iterations.unshift(own);
  }
  const items = itemsOf(typer.entry, typer.method);
  if (items !== undefined) iterations.push(items);
  return { iterations, excuses };
}

function foreachOf(loop: CodeNode, typer: Typer): Iteration | NoIteration {
  const iterable = childOf(loop, "iterable");
  if (iterable === undefined) return "not over elements";
  if (isShort(iterable)) return "at most three rounds";
  if (isEnumValues(iterable, typer)) return "constants of an enum";
  const element = loop.type === "var" || loop.type === "" ? typer.elementOf(typer.typeOf(iterable)) : typer.resolve(loop.type);
  if (typer.isEnum(element)) return "constants of an enum";
  if (isCookie(element)) return "at most three rounds";
  if (element !== undefined && typer.isA(element, COLLECTIONS) && chunks(iterable, typer)) return "one round per chunk";
  if (iterable.kind === "call" && SPLITS.test(iterable.text)) return "one round per chunk";
  return { kind: "loop", over: describe(iterable), at: { start: loop.start, end: iterable.end }, element: loop.text };
}

/** `for (int i…)`, `while`, `do`: over elements only when the condition or the body says so. */
function countedOf(loop: CodeNode, typer: Typer): Iteration | NoIteration {
  const condition = childOf(loop, "condition");
  const at = { start: loop.start, end: condition?.end ?? loop.start + 3 };
  if (loop.kind === "for" && (stridesIn(loop) || slicesIn(loop))) return "one round per chunk";
  if (condition === undefined) return exits(loop) ? "retries" : "not over elements";
  for (const node of nodesOf(condition)) {
    if (node.kind === "call" && (node.text === "size" || node.text === "length")) {
      const on = childOf(node, "receiver");
      if (on !== undefined && loop.kind === "for") return { kind: "loop", over: describe(on), at, element: counterOf(loop) };
    }
    if (node.kind === "field" && node.text === "length" && loop.kind === "for") {
      const on = childOf(node, "receiver");
      return { kind: "loop", over: on === undefined ? "an array" : describe(on), at, element: counterOf(loop) };
    }
    if (node.kind === "call" && node.text === "hasNext") {
      const on = childOf(node, "receiver");
      const type = on === undefined ? undefined : typer.typeOf(on);
      const isPage = type !== undefined && /^(Page|Slice|Window)/.test(simpleName(type));
      return isPage || on === undefined ? "reads the next page" : { kind: "loop", over: describe(on), at, element: "" };
    }
  }
  const rows = rowOf(condition, typer);
  if (rows !== undefined) return { kind: "loop", ...rows, at };
  if (loop.kind === "for") {
    const bound = boundOf(condition);
    if (bound !== undefined && bound <= 3) return "at most three rounds";
    if (exits(loop)) return "retries";
    if (bound !== undefined) return { kind: "loop", over: `${bound} rounds`, at, element: counterOf(loop) };
  }
  const climbs = loop.kind === "while" ? climbedBy(loop, condition) : undefined;
  if (climbs !== undefined) return { kind: "loop", over: `the chain of ${climbs}`, at, element: climbs };
  return exits(loop) ? "retries" : "not over elements";
}

/** `for (int i = 0; i < ids.size(); i += CHUNK)`. */
const stridesIn = (loop: CodeNode): boolean =>
  childrenOf(loop, "update").some((update) => update.kind === "assign" && update.text === "+=" && childOf(update, "value")?.text !== "1");

/** `for (int i = 0; i < chunks; i++) send(ids.subList(i * CHUNK, …))`. */
const slicesIn = (loop: CodeNode): boolean =>
  nodesOf(loop).some(
    (node) =>
      node.kind === "call" &&
      /^(?:subList|copyOfRange|substring)$/.test(node.text) &&
      childrenOf(node, "argument").some(
        (given) => given.kind === "binary" && given.text === "*" && given.children.some(({ text }) => text === counterOf(loop)),
      ),
  );

const counterOf = (loop: CodeNode): string => childrenOf(loop, "init").find((node) => node.kind === "local")?.text ?? "";

function boundOf(condition: CodeNode): number | undefined {
  if (condition.kind !== "binary" || !/^<=?$/.test(condition.text)) return undefined;
  const right = childOf(condition, "right");
  const value = right?.kind === "literal" && right.type === "int" ? Number(right.text) : Number.NaN;
  return Number.isNaN(value) ? undefined : value + (condition.text === "<=" ? 1 : 0);
}

/** A lambda or method reference that its call runs once per element. */
function lambdaOf(lambda: CodeNode, typer: Typer): Iteration | NoIteration | undefined {
  const items = returnedItems(lambda, typer.entry, typer.method) ?? mappedRows(lambda, typer);
  if (items !== undefined) return items;
  const call = lambda.parent;
  if (call?.kind !== "call" || lambda.role !== "argument") return undefined;
  const element = childOf(lambda, "parameter")?.text ?? "";
  if (ELEMENT_COLLECTORS.has(call.text)) {
    const collect = collectAround(call);
    const on = collect === undefined ? undefined : childOf(collect, "receiver");
    if (collect === undefined || on === undefined) return undefined;
    return iterationOver(on, lambda, element, typer);
  }
  const { library, receiver } = typer.calleeOf(call);
  const on = childOf(call, "receiver");
  if (on === undefined || library?.method?.perElement !== true || receiver === undefined) return undefined;
  return iterationOver(on, lambda, element, typer);
}

function iterationOver(receiver: CodeNode, lambda: CodeNode, element: string, typer: Typer): Iteration | NoIteration {
  const source = sourceOf(receiver);
  if (isShort(source) || isCutShort(receiver)) return "at most three rounds";
  if (picksOne(receiver)) return "one of the elements";
  if (isEnumValues(source, typer) || typer.isEnum(typer.elementOf(typer.typeOf(receiver)))) return "constants of an enum";
  if (isCookie(typer.elementOf(typer.typeOf(receiver)))) return "at most three rounds";
  if (groupsByEnum(source, typer)) return "constants of an enum";
  if (chunks(source, typer)) return "one round per chunk";
  return { kind: "lambda", over: describe(source), at: { start: lambda.start, end: lambda.end }, element };
}

/** Of a request's cookies one or two are looked for. */
const isCookie = (type: Type | undefined): boolean => type !== undefined && simpleName(type) === "Cookie";

function collectAround(call: CodeNode): CodeNode | undefined {
  for (let around = call.parent; around !== undefined && around.kind === "call"; around = around.parent)
    if (around.text === "collect") return around;
  return undefined;
}

const STREAM_STEPS =
  /^(stream|parallelStream|filter|map|flatMap|distinct|sorted|limit|skip|peek|boxed|mapToObj|getContent|values|entrySet|keySet)$/;

/** Where a chain of stream calls starts: `orders` of `orders.stream().filter(…)`. */
function sourceOf(chain: CodeNode): CodeNode {
  let at = chain;
  while (at.kind === "call" && STREAM_STEPS.test(at.text)) {
    const on = childOf(at, "receiver");
    if (on === undefined) return at;
    if (/^(Arrays|Stream|StreamSupport)$/.test(dotted(on) ?? "")) return childrenOf(at, "argument")[0] ?? at;
    at = on;
  }
  return at;
}

/** `List.of(a, b)`, `Stream.of(a)`, `Arrays.asList(…)`, `new X[] {…}` with at most three elements that are not spread from an array. */
function isShort(node: CodeNode): boolean {
  if (node.kind === "array") return childrenOf(node, "value").length <= 3 && node.type !== "" && node.children.length > 0;
  if (node.kind !== "call") return false;
  const on = childOf(node, "receiver");
  const args = childrenOf(node, "argument");
  const factory = on === undefined ? "" : `${dotted(on)}.${node.text}`;
  if (/^Collections\.(singleton|singletonList)$/.test(factory)) return true;
  return /^(List|Set|Stream|ImmutableList|ImmutableSet)\.of$|^Arrays\.asList$/.test(factory) && args.length <= 3 && args.length > 1;
}

/** `.limit(1)` on the way; alf.io says in a comment that it is there against one query per element. */
function isCutShort(chain: CodeNode): boolean {
  for (let at: CodeNode | undefined = chain; at?.kind === "call"; at = childOf(at, "receiver")) {
    const [count] = childrenOf(at, "argument");
    if (at.text === "limit" && count?.kind === "literal" && Number(count.text) <= 3) return true;
  }
  return false;
}

/** `Color.values()`, `EnumSet.allOf(Color.class)`, `Arrays.stream(Color.values())`. */
function isEnumValues(node: CodeNode, typer: Typer): boolean {
  if (node.kind !== "call") return false;
  const on = childOf(node, "receiver");
  if (
    node.text === "values" &&
    childrenOf(node, "argument").length === 0 &&
    on !== undefined &&
    /^\p{Lu}/u.test(dotted(on)?.split(".").at(-1) ?? "")
  ) {
    return typer.declarationOf(on) === undefined && typer.typeOf(on) === undefined;
  }
  return node.text === "allOf" && on !== undefined && dotted(on) === "EnumSet";
}

/** `collect(groupingBy(Order::getKind))` has an entry for each of an enum's constants at most. */
function groupsByEnum(source: CodeNode, typer: Typer): boolean {
  const grouping = source.kind === "call" && source.text === "collect" ? childOf(source, "argument") : undefined;
  const by = grouping?.kind === "call" && grouping.text === "groupingBy" ? childOf(grouping, "argument") : undefined;
  return by?.kind === "reference" && typer.isEnum(typer.resultOf(by));
}

/** `splitRequest(ids)`: what a method of the project cuts into parts that are sent. */
const SPLITS = /^(?:split|partition|chunk)\p{Lu}/u;

/** `Lists.partition(ids, 500)` and its kin, also where a variable holds them. */
function chunks(node: CodeNode, typer: Typer): boolean {
  for (const inner of nodesOf(node))
    if ((inner.kind === "call" || inner.kind === "name") && /partition|chunk|batch|split/i.test(inner.text)) return true;
  const declared = node.kind === "name" ? typer.declarationOf(node) : undefined;
  const value = declared?.kind === "local" ? childOf(declared, "value") : undefined;
  return value?.kind === "call" && /^(?:partition|chunk|batch)/i.test(value.text);
}

/** What is left, unconditionally, once the node has run: the node then runs at most once a loop, or once a call of the method. */
function leavesAfter(node: CodeNode, loop: CodeNode): "loop" | "method" | undefined {
  let inner = node;
  for (let around = node.parent; around !== undefined && around !== loop; inner = around, around = around.parent) {
    if (around.kind === "lambda" || around.kind === "method") return undefined;
    if (around.kind === "return" || around.kind === "throw") return "method";
    // What a `try` opens runs before its body.
    const opened = around.kind === "try" && inner.role === "resource" ? childOf(around, "body") : undefined;
    if (opened === undefined && around.kind !== "block" && around.kind !== "case") continue;
    for (const next of opened?.children ?? around.children.slice(around.children.indexOf(inner) + 1)) {
      if (next.kind === "return" || next.kind === "throw") return "method";
      if (next.kind === "break" && breaksLoop(next, loop)) return "loop";
      if (next.kind === "continue") return undefined;
    }
  }
  return undefined;
}

function breaksLoop(statement: CodeNode, loop: CodeNode): boolean {
  if (statement.text !== "") return true;
  for (let around = statement.parent; around !== undefined; around = around.parent) {
    if (around === loop) return true;
    if (around.kind === "switch" || around.kind === "for" || around.kind === "foreach" || around.kind === "while" || around.kind === "do")
      return false;
  }
  return false;
}

/** Whether a loop is left early at all: a retry loop is. */
function exits(loop: CodeNode): boolean {
  const body = childOf(loop, "body");
  return (
    body !== undefined && [...nodesOf(body)].some((node) => node.kind === "return" || (node.kind === "break" && breaksLoop(node, loop)))
  );
}
