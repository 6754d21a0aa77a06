import { rootOf } from "../../../facts/dart/chains.ts";
import { type DartNode, hasFlag, nodesIn } from "../../../facts/dart/code.ts";
import { initializerOf } from "../bodies.ts";
import type { ClientModel } from "../clientModel.ts";
import { bindingOf, type TypePlace } from "./expressionTypes.ts";

/** Code that runs once per element of something. */
export interface ElementLoop {
  /** A `for`, or the closure that `forEach` or `Future.wait` runs. */
  readonly node: DartNode;
  /** What it iterates over, as people would say it: "items", "result". */
  readonly over: string;
  /** undefined for a loop that counts up to a number. */
  readonly iterable: DartNode | undefined;
  /** What the loop calls its element or its counter. */
  readonly variables: ReadonlySet<string>;
}

/** What is cut into pieces on purpose. */
const PIECES = /chunk|slice|batch|page|partition/i;

/**
 * The nearest loop around a node, where its elements are not written down in code and nothing between loop and node puts the node off
 * or leaves the loop behind it; undefined as well where the whole runs in a transaction.
 */
export function elementLoopAround(node: DartNode, place: TypePlace, model: ClientModel): ElementLoop | undefined {
  let loop: ElementLoop | undefined;
  for (let at = node; at.parent !== undefined; at = at.parent) {
    const around = at.parent;
    if (around.kind === "function" || around.kind === "while" || around.kind === "do") return isInTransaction(around) ? undefined : loop;
    if (loop === undefined && leavesBehind(at, around)) return undefined;
    if (around.kind === "closure") {
      const caller = runsClosure(around);
      if (caller === "transaction") return undefined;
      if (caller === undefined) return isInTransaction(around) ? undefined : loop;
      loop ??= ofClosure(around, caller, place, model);
      if (loop === undefined) return undefined;
    } else if (at.role === "body" && (around.kind === "foreach" || around.kind === "for")) {
      loop ??= around.kind === "foreach" ? ofForeach(around, place, model) : ofFor(around, place, model);
      if (loop === undefined) return undefined;
    }
  }
  return loop;
}

/** Whether a node stands in a closure that is run in a transaction. */
export function isInTransaction(node: DartNode): boolean {
  for (let at: DartNode | undefined = node; at !== undefined; at = at.parent)
    if (at.kind === "closure" && runsClosure(at) === "transaction") return true;
  return false;
}

/** Whether a statement that surely leaves follows in the same block: the element is the last one. */
function leavesBehind(at: DartNode, around: DartNode): boolean {
  if (around.kind !== "block" && around.kind !== "case") return at.kind === "return";
  return around.children.some((after) => {
    const inner = after.kind === "statement" ? after.children[0] : after;
    return (
      after.start >= at.start && (inner?.kind === "return" || inner?.kind === "throw" || (inner?.kind === "jump" && inner.text === "break"))
    );
  });
}

/** What runs a closure: the chain up to `forEach` or `map`, or a transaction; undefined for anything else. */
function runsClosure(closure: DartNode): DartNode | "transaction" | undefined {
  const call = closure.parent?.kind === "named" ? closure.parent.parent : closure.parent;
  const chain = call?.kind === "call" ? call.parent : undefined;
  if (chain?.kind !== "chain" || call === undefined) return undefined;
  const name = chain.children[chain.children.indexOf(call) - 1];
  if (name === undefined) return undefined;
  if (/transaction|batch/i.test(name.text)) return "transaction";
  if (name.text === "forEach") return name;
  return name.text === "map" && isWaitedFor(chain) ? name : undefined;
}

/** `Future.wait(xs.map(…))`: a stream or an iterable that nobody asks for runs nothing. */
function isWaitedFor(chain: DartNode): boolean {
  const call = chain.parent;
  const outer = call?.kind === "call" ? call.parent : undefined;
  return outer?.kind === "chain" && outer.children[0]?.text === "Future" && outer.children[1]?.text === "wait";
}

function ofClosure(closure: DartNode, name: DartNode, place: TypePlace, model: ClientModel): ElementLoop | undefined {
  const chain = name.parent as DartNode;
  const inFront = chain.children.slice(0, chain.children.indexOf(name));
  // `Future.forEach(items, …)`
  const given = inFront.length === 1 && inFront[0]?.text === "Future" ? chain.children[2]?.children[0] : undefined;
  const before = given === undefined ? inFront : given.kind === "chain" ? given.children : [given];
  const [head] = before;
  if (head === undefined || isWrittenDown(head, place, model) || before.some(({ text }) => PIECES.test(text))) return undefined;
  const parameters = closure.children.filter(({ role }) => role === "parameter").map(({ text }) => text);
  return { node: closure, over: named(before), iterable: given ?? chain, variables: new Set(parameters) };
}

function ofForeach(loop: DartNode, place: TypePlace, model: ClientModel): ElementLoop | undefined {
  const iterable = loop.children.find(({ role }) => role === "iterable");
  if (iterable === undefined || hasFlag(loop, "async") || isWrittenDown(iterable, place, model)) return undefined;
  const variables = new Set([loop.text]);
  for (const child of loop.children) if (child.role === "pattern") for (const { text } of nodesIn(child)) variables.add(text);
  const names = [...variables, ...(iterable.kind === "chain" ? iterable.children.map(({ text }) => text) : [iterable.text])];
  if (names.some((name) => PIECES.test(name))) return undefined;
  return { node: loop, over: overOf(iterable), iterable, variables };
}

/** `for (i = 0; i < n; i++)` where n is no literal. */
function ofFor(loop: DartNode, place: TypePlace, model: ClientModel): ElementLoop | undefined {
  const [condition] = loop.children.filter(({ role }) => role === "condition");
  const step = loop.children.find(({ role }) => role === "update");
  const [counter, bound] = condition?.kind === "binary" && /^<=?$/.test(condition.text) ? condition.children : [];
  if (counter?.kind !== "name" || bound === undefined || step === undefined || !countsByOne(step)) return undefined;
  const value = bound.kind === "name" ? declaredValue(bound, place, model) : bound;
  const parts = value?.kind === "chain" ? value.children.filter(({ kind }) => kind !== "bang") : [];
  const isLength = parts.length > 1 && parts.at(-1)?.text === "length";
  const isNumber = value?.kind === "literal";
  if (isNumber || (isLength && isWrittenDown(value as DartNode, place, model))) return undefined;
  return {
    node: loop,
    over: isLength ? named(parts.slice(0, -1)) : overOf(bound),
    iterable: isLength ? value : undefined,
    variables: new Set([counter.text]),
  };
}

const countsByOne = (step: DartNode): boolean => step.text === "++" || (step.text === "+=" && step.children[1]?.text === "1");

/** Whether an expression starts at a list of which somebody has written the elements: a literal, a constant, an enum's values. */
function isWrittenDown(node: DartNode, place: TypePlace, model: ClientModel): boolean {
  const head = node.kind === "chain" ? node.children[0] : node;
  if (head === undefined) return false;
  if (node.kind === "chain" && node.children.length === 2 && node.children[1]?.text === "values" && /^[A-Z]/.test(head.text)) return true;
  const value = declaredValue(node, place, model) ?? head;
  if (value.kind !== "list" && value.kind !== "map") return false;
  return value.children.length > 0 && ![...nodesIn(value)].some(({ kind }) => kind === "spread" || kind === "foreach" || kind === "for");
}

/** What a local, field or variable was declared with. */
function declaredValue(node: DartNode, place: TypePlace, model: ClientModel): DartNode | undefined {
  const head = node.kind === "chain" ? node.children[0] : node;
  if (head?.kind !== "name") return undefined;
  const binding = bindingOf(head);
  if (binding !== undefined) return binding === "unknown" || binding.kind !== "local" ? undefined : binding.children[0];
  if (place.method?.parameters.some(({ name }) => name === head.text)) return undefined;
  const owner = place.entry === undefined ? undefined : model.fieldOf(place.entry, head.text);
  if (owner !== undefined) return initializerOf(owner.field, owner.owner.file);
  const variable = model.variableOf(head.text);
  return variable === undefined ? undefined : initializerOf(variable.field, variable.file);
}

function overOf(node: DartNode): string {
  if (node.kind === "await") return node.children[0] === undefined ? "a list" : overOf(node.children[0]);
  if (node.kind === "name") return node.text;
  if (node.kind === "binary" && node.text === "??" && node.children[0] !== undefined) return overOf(node.children[0]);
  return node.kind === "chain" ? named(node.children) : "a list";
}

function named(parts: readonly DartNode[]): string {
  const words = parts.filter(({ kind }) => kind !== "call" && kind !== "bang").map(({ text }) => text);
  const shown = words.filter((word) => !/^(?:|entries|keys|values|toList|where|map|this)$/.test(word));
  const ends = parts.at(-1)?.kind === "call" && shown.at(-1) === words.at(-1) ? "()" : "";
  return shown.length === 0 ? "a list" : `${shown.slice(-2).join(".")}${ends}`;
}

/** The local that an iterable starts at. */
export function localOf(iterable: DartNode): DartNode | undefined {
  const head = iterable.kind === "chain" ? iterable.children[0] : iterable;
  const binding = head?.kind === "name" && rootOf(iterable) !== undefined ? bindingOf(head) : undefined;
  return binding === "unknown" || binding?.kind !== "local" ? undefined : binding;
}
