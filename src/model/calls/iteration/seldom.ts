import { type CodeNode, childOf, childrenOf, nodesOf, unpack } from "../../../facts/java/code.ts";
import { bareName, type TypeEntry } from "../../types/typeIndex.ts";
import type { Typer } from "../typing/typer.ts";

/** Of a class with one of these there is one object for all requests. */
const SINGLETONS: ReadonlySet<string> = new Set([
  "Component",
  "Configuration",
  "Controller",
  "ControllerAdvice",
  "Repository",
  "RestController",
  "RestControllerAdvice",
  "Service",
  "Singleton",
]);

/**
 * Whether a statement's `then` runs once in many calls of the method, by what the object remembers of the calls before:
 * `if (started.compareAndSet(false, true))`, `if (rates == null) rates = …`, `if (!loaded) { …; loaded = true; }`,
 * `if (byCode.isEmpty()) fill();` where `fill` puts something into it, `if (now - fetchedAt > INTERVAL) { fetchedAt = now; … }`.
 */
export function runsSeldom(statement: CodeNode, typer: Typer): boolean {
  if (!remembersCalls(typer.entry)) return false;
  const condition = childOf(statement, "condition");
  const then = childOf(statement, "then");
  if (condition === undefined || then === undefined) return false;
  const asked = meant(condition, typer);
  if (nodesOf(asked).some(raisesFlag)) return true;
  const fields = gates(asked, typer, { empty: "==", isSet: false });
  return fields.size > 0 && settles([then], fields, typer);
}

/** `if (rates != null) return rates;`, `if (loaded) return;`, `if (now - fetchedAt < INTERVAL) return;`: what follows runs seldom. */
export function followsSeldom(block: CodeNode, until: CodeNode, typer: Typer): boolean {
  if (!remembersCalls(typer.entry)) return false;
  for (const [index, before] of block.children.entries()) {
    if (before === until) return false;
    const condition = before.kind === "if" && childOf(before, "else") === undefined ? childOf(before, "condition") : undefined;
    const then = childOf(before, "then");
    if (condition === undefined || then === undefined || !returns(then)) continue;
    const fields = gates(meant(condition, typer), typer, { empty: "!=", isSet: true });
    if (fields.size > 0 && settles(block.children.slice(index + 1), fields, typer)) return true;
  }
  return false;
}

/** Cheap: whether a class may hold anything that is the same for all requests, and changes. */
const remembersCalls = (entry: TypeEntry): boolean =>
  isShared(entry) ||
  entry.type.fields.some(({ modifiers, type }) => modifiers.includes("static") && (!modifiers.includes("final") || isOwn(type, entry)));

/** Whether a class keeps its one object in a field of itself. */
const isOwn = (type: string, entry: TypeEntry): boolean => type === entry.type.name;

/** Whether what an object remembers holds for all requests. */
const isShared = ({ type }: TypeEntry): boolean => type.annotations.some(({ name }) => SINGLETONS.has(bareName(name)));

function returns(then: CodeNode): boolean {
  return then.kind === "return" || (then.kind === "block" && then.children.at(-1)?.kind === "return");
}

/** A condition that is one local stands for what the local was given. */
function meant(condition: CodeNode, typer: Typer): CodeNode {
  const declared = condition.kind === "name" ? typer.declarationOf(condition) : undefined;
  return (declared?.kind === "local" ? childOf(declared, "value") : undefined) ?? condition;
}

/** `started.compareAndSet(false, true)`, `!started.getAndSet(true)`: one of all callers gets through. */
function raisesFlag(node: CodeNode): boolean {
  if (node.kind !== "call") return false;
  const [first, second] = childrenOf(node, "argument");
  if (node.text === "compareAndSet") return first?.text === "false" && second?.text === "true";
  return node.text === "getAndSet" && first?.text === "true" && node.parent?.kind === "unary";
}

/** The kinds of a field that a condition asks: whether it is there, whether it holds anything, whether it is true, how old it is. */
type Gate = "value" | "content" | "flag" | "time";

function gates(
  condition: CodeNode,
  typer: Typer,
  { empty, isSet }: { readonly empty: "==" | "!="; readonly isSet: boolean },
): ReadonlyMap<string, Gate> {
  const found = new Map<string, Gate>();
  if (isField(condition, typer) && isSet) found.set(condition.text, "flag");
  for (const node of nodesOf(condition)) {
    if (node.kind === "unary" && node.text === "!" && !isSet) {
      const [negated] = node.children;
      if (negated !== undefined && isField(negated, typer)) found.set(negated.text, "flag");
    } else if (node.kind === "binary" && node.text === empty && node.children.some(isNull)) {
      const asked = node.children.find((child) => isField(child, typer));
      if (asked !== undefined) found.set(asked.text, "value");
    } else if (node.kind === "call" && node.text === "isEmpty") {
      const isNegated = node.parent?.kind === "unary" && node.parent.text === "!";
      const asked = node.children.find((child) => isField(child, typer));
      if (asked !== undefined && isNegated === isSet) found.set(asked.text, "content");
    } else if (compares(node)) {
      for (const inner of nodesOf(node)) if (isField(inner, typer)) found.set(inner.text, "time");
    }
  }
  return found;
}

const compares = ({ kind, text }: CodeNode): boolean =>
  (kind === "binary" && /^[<>]=?$/.test(text)) || (kind === "call" && /^is(?:After|Before)$/.test(text));

const isNull = ({ kind, type }: CodeNode): boolean => kind === "literal" && type === "null";

/** Whether statements, or methods of the class that they call, give a field what the condition asks it for. */
function settles(statements: readonly CodeNode[], fields: ReadonlyMap<string, Gate>, typer: Typer): boolean {
  const nodes = statements.flatMap(nodesOf);
  if (nodes.some((node) => gives(node, fields, typer))) return true;
  return nodes.some((call) => {
    if (call.kind !== "call" || (childOf(call, "receiver")?.kind ?? "this") !== "this") return false;
    const { file, type } = typer.entry;
    return type.methods.some(({ name, body }) => {
      if (name !== call.text || body < 0) return false;
      const called = nodesOf(unpack(file.java.code, body));
      const own = new Map([...fields].filter(([field]) => !called.some(({ kind, text }) => kind === "local" && text === field)));
      return called.some((node) => gives(node, own, typer));
    });
  });
}

/** Whether a node gives a field what it is asked for. */
function gives(node: CodeNode, fields: ReadonlyMap<string, Gate>, typer: Typer): boolean {
  const isFilled = node.kind === "call" && FILLS.test(node.text);
  if (!isFilled && (node.kind !== "assign" || node.text !== "=")) return false;
  const target = childOf(node, isFilled ? "receiver" : "target");
  const gate = target === undefined ? undefined : fields.get(target.text);
  if (target === undefined || gate === undefined || !isField(target, typer)) return false;
  if (!isShared(typer.entry) && !isStatic(target.text, typer) && !isOfTheOne(target, typer)) return false;
  if (isFilled) return gate === "content";
  const value = childOf(node, "value");
  if (value === undefined) return false;
  if (gate === "value" || gate === "content") return !isNull(value);
  return gate === "flag" ? value.text === "true" : tellsTime(value, typer);
}

const FILLS = /^(?:(?:put|add)(?:All|IfAbsent)?|computeIfAbsent|merge)$/;

/** `now`, `System.nanoTime()`, `clock.instant()`. */
function tellsTime(value: CodeNode, typer: Typer): boolean {
  return nodesOf(meant(value, typer)).some(
    (node) => node.kind === "call" && /^(?:now|currentTimeMillis|nanoTime|millis|instant)$/.test(node.text),
  );
}

/** A name that no variable of the method has, `this.name`, or `instance.name` of the one object that the class keeps. */
const isField = (node: CodeNode, typer: Typer): boolean =>
  node.kind === "field"
    ? childOf(node, "receiver")?.kind === "this" || isOfTheOne(node, typer)
    : node.kind === "name" && typer.declarationOf(node) === undefined;

/** `instance.settings`, where `instance` is a static field that holds the class's own object. */
function isOfTheOne(node: CodeNode, typer: Typer): boolean {
  const on = node.kind === "field" ? childOf(node, "receiver") : undefined;
  if (on?.kind !== "name" || typer.declarationOf(on) !== undefined) return false;
  return typer.entry.type.fields.some(
    ({ name, modifiers, type }) => name === on.text && modifiers.includes("static") && isOwn(type, typer.entry),
  );
}

const isStatic = (name: string, { entry }: Typer): boolean =>
  entry.type.fields.some((field) => field.name === name && field.modifiers.includes("static"));
