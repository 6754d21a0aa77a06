import { asGiven, type CodeNode, childOf, childrenOf } from "../../../facts/java/code.ts";
import { REMEMBERS } from "../../../facts/java/perElement.ts";
import type { DeclaredMethod } from "../typing/callees.ts";
import { ELEMENT_COLLECTORS } from "../typing/library.ts";
import { dotted, type Typer } from "../typing/typer.ts";
import { describe } from "./describe.ts";
import { picksOne } from "./excuses.ts";
import { madeRows, mappedRows, returnedItems } from "./items.ts";
import type { Iteration, NoIteration } from "./iterationKinds.ts";
import { chunks, groupsByEnum, holdsSingles, isCookie, isCutShort, isEnumValues, isShort, sourceOf } from "./sources.ts";

/** What a lambda or method reference is run for, one element after the other, by the call that it is given to. */
export function elementsOf(fn: CodeNode, typer: Typer): Iteration | NoIteration | undefined {
  return returnedItems(fn, typer.entry, typer.method) ?? mappedRows(fn, typer) ?? elementsOfHeld(fn, fn, typer);
}

/** The same of the method of an anonymous class that is handed over as a function, or that the class above it runs for each. */
export function elementsOfMade(made: CodeNode, method: CodeNode, typer: Typer): Iteration | NoIteration | undefined {
  if (typer.runsPerElement(made.type, method.text)) {
    const { nameStart: start, text } = method;
    const element = childOf(method, "parameter")?.text ?? "";
    return { kind: "lambda", over: "the elements", at: { start, end: start + text.length }, element };
  }
  if (!FUNCTIONAL.test(method.text)) return undefined;
  return madeRows(made, method, typer) ?? elementsOfHeld(made, method, typer);
}

/** The methods of the JDK's and Guava's functions. */
const FUNCTIONAL = /^(?:apply|accept|test|mapRow)$/;

/** The same where a variable's name stands for it: `use` of `ids.stream().map(use)`. */
export function elementsOfHeld(use: CodeNode, fn: CodeNode, typer: Typer): Iteration | NoIteration | undefined {
  const given = wrapped(use);
  const call = given.parent;
  if (call?.kind !== "call" || given.role !== "argument") return undefined;
  const elements = elementsFor(given, call, typer);
  const element = childOf(fn, "parameter")?.text ?? "";
  if (elements === "unnamed") return { kind: "lambda", over: `${call.text}(…)`, at: { start: use.start, end: use.end }, element };
  return elements === undefined ? undefined : iterationOver(elements, use, element, typer);
}

/** The argument whose elements a call runs another one for: `all` of `mapAll(all, this::label)` and of `Lists.transform(all, …)`. */
export function elementsBeside(fn: CodeNode, typer: Typer): CodeNode | undefined {
  const call = fn.parent;
  const elements = call?.kind === "call" && fn.role === "argument" ? elementsFor(fn, call, typer) : undefined;
  return elements === "unnamed" || elements?.parent !== call || elements?.role !== "argument" ? undefined : elements;
}

/** The elements that a call runs one of its arguments for. */
function elementsFor(given: CodeNode, call: CodeNode, typer: Typer): CodeNode | "unnamed" | undefined {
  if (ELEMENT_COLLECTORS.has(call.text)) {
    const collect = collectAround(call);
    return collect === undefined ? undefined : childOf(collect, "receiver");
  }
  const on = childOf(call, "receiver");
  if (on !== undefined && GOES_ON.test(`${dotted(on)}.${call.text}`)) return "unnamed";
  const { library, receiver, declared } = typer.calleeOf(call);
  if (library?.method?.perElement === true && receiver !== undefined) return on;
  if (on !== undefined && receiver === undefined && declared.length === 0 && isForEach(call, given)) return on;
  if (on !== undefined && VIEWS.test(`${dotted(on)}.${call.text}`)) return childOf(call, "argument");
  const elements = declared.length === 0 ? undefined : elementsForDeclared(given, call, declared);
  // `page.mapData(f)` of a variable goes over what the variable has.
  return elements === "unnamed" && on !== undefined && isLocal(on, typer) ? on : elements;
}

/** `document.getParts().forEach(part -> …)` of a library that is not read: whatever has such a method goes over its elements. */
const isForEach = (call: CodeNode, given: CodeNode): boolean =>
  call.text === "forEach" && (given.kind === "reference" || (given.kind === "lambda" && childrenOf(given, "parameter").length === 1));

const isLocal = (node: CodeNode, typer: Typer): boolean =>
  typer.declarationOf(node) !== undefined ||
  typer.method?.parameters.some(({ name }) => node.kind === "name" && name === node.text) === true;

/** Guava's and Commons' functions over what they are given first. */
const VIEWS =
  /^(?:Lists\.transform|(?:Iterables|Iterators)\.(?:transform|filter|any|all|tryFind|removeIf)|Collections2\.(?:transform|filter)|Sets\.filter|Maps\.(?:transformValues|toMap|uniqueIndex|asMap)|Multimaps\.index|Collections\.sort|(?:CollectionUtils|IterableUtils)\.(?:collect|forAllDo|forEach|filter|select|exists|matchesAll|matchesAny))$/;

/** Makes each element of the one before it. */
const GOES_ON = /^Stream\.iterate$/;

/** `mapAll(orders, order -> …)` of the project's own, whose body says that it runs the function for each of the orders. */
function elementsForDeclared(given: CodeNode, call: CodeNode, declared: readonly DeclaredMethod[]): CodeNode | "unnamed" | undefined {
  const args = childrenOf(call, "argument");
  const at = args.indexOf(given);
  const [first, ...others] = declared.map(({ method }) => method.parameters[at]?.perElementOf);
  if (first === undefined || others.includes(undefined)) return undefined;
  const elements = declared[0]?.method.parameters.findIndex(({ name }) => name === first) ?? -1;
  return args[elements] ?? "unnamed";
}

/** The whole of `Predicate.not(f)`, `Comparator.comparing(f).reversed()`, `rethrow(f)`: what runs it runs the function. */
function wrapped(fn: CodeNode): CodeNode {
  for (let at = asGiven(fn); ; ) {
    const call = at.parent;
    if (call?.kind !== "call" || !((at.role === "argument" ? WRAPS : PASSES).test(call.text) || isFunctionOf(call, at))) return at;
    at = asGiven(call);
  }
}

/** `ids.map(Unchecked.function(id -> …))`: a function that is made of one, and not to run it once and remember. */
function isFunctionOf(call: CodeNode, fn: CodeNode): boolean {
  const takes = fn.kind === "reference" || (fn.kind === "lambda" ? childOf(fn, "parameter") !== undefined : fn.kind === "call");
  const isOnly = fn.role === "argument" && childrenOf(call, "argument").length === 1;
  return takes && isOnly && call.role === "argument" && STEPS.test(call.parent?.text ?? "") && !REMEMBERS.test(call.text);
}

const STEPS = /^(?:map\w*|flatMap\w*|filter|forEach\w*|peek|anyMatch|allMatch|noneMatch|removeIf|replaceAll|toMap|groupingBy|mapping)$/;

const WRAPS = /^(?:(?:thenC|c)omparing(?:Int|Long|Double)?|not|nullsFirst|nullsLast)$/;
const PASSES = /^(?:reversed|thenComparing(?:Int|Long|Double)?|negate)$/;

function iterationOver(receiver: CodeNode, lambda: CodeNode, element: string, typer: Typer): Iteration | NoIteration {
  const source = sourceOf(receiver, typer);
  if (isShort(source, typer) || isCutShort(receiver, typer)) return "at most three rounds";
  if (picksOne(receiver, typer)) return "one of the elements";
  if (isEnumValues(source, typer) || typer.isEnum(typer.elementOf(typer.typeOf(receiver)))) return "constants of an enum";
  if (isCookie(typer.elementOf(typer.typeOf(receiver)))) return "at most three rounds";
  if (groupsByEnum(source, typer)) return "constants of an enum";
  if (chunks(source, typer) && !holdsSingles(source, element, typer)) return "one round per chunk";
  return { kind: "lambda", over: describe(source), at: { start: lambda.start, end: lambda.end }, element };
}

function collectAround(call: CodeNode): CodeNode | undefined {
  for (let around = call.parent; around !== undefined && around.kind === "call"; around = around.parent)
    if (around.text === "collect") return around;
  return undefined;
}
