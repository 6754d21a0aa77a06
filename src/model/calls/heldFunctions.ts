import { type CodeNode, childOf, unpackNodes } from "../../facts/java/code.ts";
import type { JavaField, JavaMethod, JavaParameter } from "../../facts/java/javaFacts.ts";
import { bareName, type TypeEntry, type TypeIndex } from "../types/typeIndex.ts";
import type { DeclaredMethod } from "./typing/callees.ts";
import type { Typer } from "./typing/typer.ts";

/**
 * A lambda or a method reference that a class keeps in a field, or gives back by a method, taken as a method of its own: whoever runs it
 * calls it.
 */
export interface HeldFunction {
  readonly key: string;
  readonly declared: DeclaredMethod;
}

interface HeldFunctions {
  /** By the names of their fields, and of the methods that give them back. */
  readonly kept: ReadonlyMap<string, HeldFunction>;
  readonly returned: ReadonlyMap<string, HeldFunction>;
}

/**
 * The functions of a class that its own methods may run: `Function<Long, User> byId = id -> users.findById(id);`, the same set by its
 * constructor, and `private Function<Order, View> toView() { return order -> …; }`. Of the class alone: what another file's bodies say
 * may change without this one being looked at again.
 */
export const functionsOf = (types: TypeIndex, entry: TypeEntry): HeldFunctions | undefined =>
  types.remembered(entry, "held functions", () => {
    const fields = entry.type.fields.filter(({ type }) => isFunction(type));
    const methods = entry.type.methods.filter(({ returns, body }) => body >= 0 && isFunction(returns));
    if (fields.length === 0 && methods.length === 0) return undefined;
    return { kept: named(fields, (field) => keptIn(entry, field)), returned: named(methods, (method) => returnedBy(entry, method)) };
  });

/** Of methods that share a name nobody knows which is meant. */
function named<T extends { readonly name: string }>(all: readonly T[], held: (one: T) => HeldFunction | undefined) {
  const found = new Map<string, HeldFunction>();
  for (const one of all) {
    const fn = all.filter(({ name }) => name === one.name).length > 1 ? undefined : held(one);
    if (fn !== undefined) found.set(one.name, fn);
  }
  return found;
}

/** A function of the class, run where a node stands. */
export interface FunctionRun {
  readonly held: HeldFunction;
  /** What is handed on, as `byId` of `ids.map(byId)`; undefined where the function is asked: `byId.apply(id)`. */
  readonly handedOn: CodeNode | undefined;
}

export function functionRun(node: CodeNode, functions: HeldFunctions, typer: Typer): FunctionRun | undefined {
  const asked = node.kind === "call" && RUNS.test(node.text) ? childOf(node, "receiver") : undefined;
  const use = asked ?? (node.role === "argument" ? node : undefined);
  const held = use === undefined ? undefined : meantBy(use, functions, typer);
  return held && { held, handedOn: asked === undefined ? use : undefined };
}

function meantBy(use: CodeNode, { kept, returned }: HeldFunctions, typer: Typer): HeldFunction | undefined {
  const on = childOf(use, "receiver");
  if (on !== undefined && on.kind !== "this") return undefined;
  if (use.kind === "call") return returned.get(use.text);
  if (use.kind === "field") return kept.get(use.text);
  if (use.kind !== "name" || typer.declarationOf(use) !== undefined) return undefined;
  return typer.method?.parameters.some(({ name }) => name === use.text) === true ? undefined : kept.get(use.text);
}

const RUNS = /^(?:apply(?:As\w+)?|accept|test|get(?:As\w+)?|call|convert)$/;

const isFunction = (type: string): boolean => MAYBE.test(type) && FUNCTION.test(bareName(type));
const MAYBE = /Function|Predicate|Supplier|Consumer|Operator|Callable|Converter/;
const FUNCTION = /^(?:\w*Function|\w*Predicate|\w*Supplier|\w*Consumer|\w*Operator|Callable|Converter)$/;

function keptIn(entry: TypeEntry, field: JavaField): HeldFunction | undefined {
  const { code } = entry.file.java;
  if (field.initializer >= 0) return functionAt(entry, field, unpackNodes(code, field.initializer), field.initializer, 0, []);
  if (!field.modifiers.includes("final")) return undefined;
  const [only, ...others] = entry.type.methods.filter(({ kind }) => kind === "constructor");
  if (only === undefined || others.length > 0 || only.body < 0) return undefined;
  const nodes = unpackNodes(code, only.body);
  const value = nodes.findIndex(({ role, parent }) => role === "value" && parent?.kind === "assign" && setsField(parent, field.name));
  return functionAt(entry, field, nodes, only.body, value, only.parameters);
}

/** `this.byId = …` */
function setsField(assign: CodeNode, name: string): boolean {
  const target = childOf(assign, "target");
  return target?.kind === "field" && target.text === name && childOf(target, "receiver")?.kind === "this";
}

function returnedBy(entry: TypeEntry, method: JavaMethod): HeldFunction | undefined {
  const nodes = unpackNodes(entry.file.java.code, method.body);
  const returned = nodes.filter(({ kind }) => kind === "return");
  const [value] = returned[0]?.children ?? [];
  // The lambda may have a `return` of its own.
  if (value === undefined || returned.some(({ start }) => start > value.end)) return undefined;
  return functionAt(entry, method, nodes, method.body, nodes.indexOf(value), method.parameters);
}

/** The lambda or reference at a place among the nodes of a body, which are packed in their order. */
function functionAt(
  owner: TypeEntry,
  { name, nameSpan }: Pick<JavaField, "name" | "nameSpan">,
  nodes: readonly CodeNode[],
  body: number,
  at: number,
  parameters: readonly JavaParameter[],
): HeldFunction | undefined {
  const value = nodes[at];
  if (value?.kind !== "lambda" && value?.kind !== "reference") return undefined;
  const method: JavaMethod = {
    name,
    kind: "method",
    parameters,
    returns: "",
    modifiers: ["private"],
    annotations: [],
    typeParameters: [],
    span: { start: value.start, end: value.end },
    nameSpan,
    body: body + at,
  };
  return { key: `${owner.type.qualified}#=${name}()`, declared: { owner, method } };
}
