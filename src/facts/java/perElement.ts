import { mayHold } from "../packedCode.ts";
import { ancestorsOf, type CodeNode, childOf, childrenOf, holdsKind, nodesOf, type PackedCode, unpack } from "./code.ts";
import type { JavaMethod, JavaParameter, JavaType } from "./javaFacts.ts";

/**
 * A type whose methods say which of the functions that they are given they run once per element. No types of expressions are known
 * here: a loop counts, and a stream or collection that is seen to be one. What a loop is left with at the first hit, and what is given
 * whole chunks, does not.
 */
export function withPerElement(type: JavaType, code: PackedCode): JavaType {
  return withFunctions(withTemplates(type, code), code);
}

/** `for (Order order : orders) rows.add(row(order));` of a class that leaves `row` to those below it. */
function withTemplates(type: JavaType, code: PackedCode): JavaType {
  const open = type.methods.filter(({ modifiers }) => modifiers.includes("abstract"));
  if (open.length === 0) return type;
  const names = new Set(open.filter(({ name, parameters }) => parameters.length > 0 && mayHold(code, name)).map(({ name }) => name));
  const run = new Set<string>();
  for (const { body, parameters } of type.methods) {
    if (names.size === 0 || !holdsKind(code, body, "foreach", "lambda")) continue;
    const nodes = nodesOf(unpack(code, body));
    const holders = holdersOf(parameters, nodes);
    for (const call of nodes) {
      if (call.kind !== "call" || !names.has(call.text) || (childOf(call, "receiver")?.kind ?? "this") !== "this") continue;
      if (loopAround(call, holders) !== undefined) run.add(call.text);
    }
  }
  if (run.size === 0) return type;
  const methods = type.methods.map((method) =>
    open.includes(method) && run.has(method.name) ? { ...method, perElement: true as const } : method,
  );
  return { ...type, methods, signature: `${type.signature} ${[...run].sort().join()}` };
}

function withFunctions(type: JavaType, code: PackedCode): JavaType {
  if (!type.methods.some(takesFunction)) return type;
  const methods = type.methods.map((method) => (takesFunction(method) ? methodWith(method, code) : method));
  const said = methods.flatMap(({ parameters }, i) =>
    parameters.flatMap(({ perElementOf }, at) => (perElementOf === undefined ? [] : [` ${i}.${at}:${perElementOf}`])),
  );
  return said.length === 0 ? type : { ...type, methods, signature: type.signature + said.join("") };
}

const FUNCTION = /^(?:[\w.]+\.)?(?:\w*Function|\w*Consumer|\w*Predicate|\w*Operator|Callable|Converter)(?:<|$)/;
/** `Consumer<List<T>>` is given many at once. */
const OF_MANY = /<\s*(?:\?\s*(?:super|extends)\s+)?(?:[\w.]+\.)?(?:List|Set|Collection|Iterable|Map|Page|Slice|Stream)\b|<[^,>]*\[\]/;

const isFunction = ({ type }: JavaParameter): boolean => FUNCTION.test(type) && !OF_MANY.test(type);
const takesFunction = ({ body, parameters }: JavaMethod): boolean => body >= 0 && parameters.some(isFunction);

function methodWith(method: JavaMethod, code: PackedCode): JavaMethod {
  const nodes = nodesOf(unpack(code, method.body));
  const holders = holdersOf(method.parameters, nodes);
  const parameters = method.parameters.map((parameter): JavaParameter => {
    const perElementOf = isFunction(parameter) ? elementsOf(parameter, holders, nodes) : undefined;
    return perElementOf === undefined ? parameter : { ...parameter, perElementOf };
  });
  return { ...method, parameters };
}

/** What may hold elements. */
interface Holder {
  readonly name: string;
  readonly type: string;
  /** The parameter that the elements are handed in by; "" for a local variable. */
  readonly from: string;
}

const holdersOf = (parameters: readonly JavaParameter[], nodes: readonly CodeNode[]): readonly Holder[] => [
  ...parameters.map(({ name, type }) => ({ name, type, from: name })),
  ...nodes.filter(({ kind }) => kind === "local").map(({ text, type }) => ({ name: text, type, from: "" })),
];

function elementsOf(fn: JavaParameter, holders: readonly Holder[], nodes: readonly CodeNode[]): string | undefined {
  for (const use of nodes) {
    if (use.kind !== "name" || use.text !== fn.name) continue;
    const call = use.parent;
    if (call?.kind !== "call") continue;
    const runs = use.role === "receiver" && RUNS.test(call.text);
    const source = runs ? loopAround(call, holders) : (elementsIn(call, holders) ?? elementsOfWrapped(use, call, holders));
    if (source !== undefined) return source;
  }
  return undefined;
}

const RUNS = /^(?:apply\w*|accept|test|call|convert)$/;

/** The elements of the nearest loop, or of the stream step whose lambda this is. */
function loopAround(node: CodeNode, holders: readonly Holder[]): string | undefined {
  for (const around of ancestorsOf(node)) {
    if (around.kind === "foreach") {
      const elements = childOf(around, "iterable");
      return elements === undefined || isLeft(around) || PARTS.test(elements.text) ? undefined : (sourceIn(elements, holders) ?? "");
    }
    if (around.kind === "lambda") {
      const step = around.parent;
      return step?.kind === "call" && around.role === "argument" ? elementsIn(step, holders) : undefined;
    }
    if (around.kind === "for" || around.kind === "while" || around.kind === "do" || around.kind === "method") return undefined;
  }
  return undefined;
}

/** `ids.stream().map(Unchecked.function(fn))`: a function that is made of the function. */
function elementsOfWrapped(use: CodeNode, wrapper: CodeNode, holders: readonly Holder[]): string | undefined {
  const step = wrapper.role === "argument" ? wrapper.parent : undefined;
  if (step?.kind !== "call" || use.role !== "argument" || childrenOf(wrapper, "argument").length > 1) return undefined;
  return REMEMBERS.test(wrapper.text) ? undefined : elementsIn(step, holders);
}

/** Makers of functions that run what they are given once, and remember. */
export const REMEMBERS = /memo|cach|once|lazy|remember/i;

const PARTS = /partition|chunk|batch|split|parts/i;
const isLeft = (loop: CodeNode): boolean => nodesOf(loop).some(({ kind }) => kind === "return" || kind === "break");

/** The elements of a stream step, or of the collection that a collector belongs to. */
function elementsIn(call: CodeNode, holders: readonly Holder[]): string | undefined {
  if (COLLECTORS.test(call.text)) {
    for (const around of ancestorsOf(call)) {
      if (around.kind !== "call") return undefined;
      const on = around.text === "collect" ? childOf(around, "receiver") : undefined;
      if (on !== undefined) return sourceIn(on, holders);
    }
    return undefined;
  }
  const on = STEPS.test(call.text) ? childOf(call, "receiver") : undefined;
  return on === undefined ? undefined : sourceIn(on, holders);
}

const STEPS = /^(?:map|mapTo\w+|flatMap|filter|forEach|forEachOrdered|peek|anyMatch|allMatch|noneMatch|removeIf|replaceAll)$/;
const COLLECTORS = /^(?:to(?:Unmodifiable|Concurrent)?Map|groupingBy|mapping|filtering|partitioningBy)$/;

/** The parameter that a chain starts from, "" for a local variable and for another stream; undefined for what is not known to be many. */
function sourceIn(chain: CodeNode, holders: readonly Holder[]): string | undefined {
  let streams = false;
  for (let at: CodeNode | undefined = chain; at !== undefined; ) {
    if (at.kind === "name") {
      const holder = holders.find(({ name }) => name === at?.text);
      if (holder !== undefined) return streams || MANY.test(holder.type) ? holder.from : undefined;
      return streams ? "" : undefined;
    }
    if (at.kind !== "call") return streams ? "" : undefined;
    if (PARTS.test(at.text)) return undefined;
    const on: CodeNode | undefined = childOf(at, "receiver");
    streams ||= /^(?:stream|parallelStream|entrySet|keySet|values)$/.test(at.text);
    at = streams && on?.kind === "name" && /^(?:Arrays|StreamSupport)$/.test(on.text) ? childOf(at, "argument") : on;
  }
  return streams ? "" : undefined;
}

const MANY = /^(?:[\w.]+\.)?(?:\w*List|\w*Set|Collection|Iterable|Page|Slice|Stream)(?:<|$)|\[\]$/;
