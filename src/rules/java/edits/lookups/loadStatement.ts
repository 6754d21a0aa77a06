import type { JavaFile } from "../../../../facts/fileFacts.ts";
import { ancestorsOf, type CodeNode, childOf, childrenOf, nodesOf } from "../../../../facts/java/code.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { Model } from "../../../../model/model.ts";
import { simpleName } from "../../../../model/types/type.ts";
import { withCapital } from "../../../../text/capitals.ts";
import { breakBefore, chainStep, indentAt, LONG_LINE, lineAt, lineBreakOf, replace, type TextEdit } from "../../../../text/edits.ts";
import { lowerFirst, pluralOf } from "../plurals.ts";
import { freeName } from "./freeName.ts";
import { importsOfHoisted } from "./hoistedElements.ts";
import type { LookedUp } from "./lookedUp.ts";
import type { Path, Round } from "./roundOf.ts";

/** What is loaded before a loop, and by which of the elements' values. */
export interface Loaded extends Round, LookedUp {
  /** The call, or the method reference that stands for it. */
  readonly call: CodeNode;
  /** What the call is given: the key at `position`, and what is the same in each round. Nothing by a method reference. */
  readonly given: readonly CodeNode[];
  readonly position: number;
  /** From the element to what is looked up by. */
  readonly path: Path;
  /** Names for what each getter of the path is called on, where there may be nothing behind one of them. */
  readonly steps: readonly string[] | undefined;
  /** What a lambda may call one of the rows, where their key is behind another getter. */
  readonly row: string | undefined;
  /** Whether the elements are those of a `Page` or a `Slice`. */
  readonly isPage: boolean;
}

/** What is looked up by, as the code around the call writes it; undefined for the element that a method reference takes. */
export const keyOfCall = ({ given, position }: Pick<Loaded, "given" | "position">): CodeNode | undefined => given[position];

/** "Map<Long, Order>": what the loaded rows are found in; a set of keys where it is asked only whether they are there. */
export const mapType = ({ key, entity, result }: LookedUp): string =>
  result === "exists"
    ? `Set<${simpleName(key)}>`
    : `Map<${simpleName(key)}, ${result === "list" ? `List<${entity.type.name}>` : entity.type.name}>`;

/** What the statement before the loop and the lookup in the map need to be imported. */
export const importsOf = (loaded: Loaded, text: string): readonly string[] => [
  ...importsOfHoisted(loaded),
  ...(loaded.needsKeys === true ? ["java.util.Collections"] : []),
  ...(loaded.steps !== undefined || isHeldAgainstNull(loaded, text) ? ["java.util.Objects"] : []),
  "java.util.stream.Collectors",
  loaded.key.name,
  ...(loaded.result !== "exists" || loaded.accessors.length === 1 ? [loaded.entity.type.qualified] : []),
  ...COLLECTED[loaded.result],
];

const COLLECTED: Readonly<Record<LookedUp["result"], readonly string[]>> = {
  exists: ["java.util.Set"],
  list: ["java.util.Map", "java.util.List"],
  one: ["java.util.Map", "java.util.function.Function"],
  optional: ["java.util.Map", "java.util.function.Function"],
};

/** The statement before the loop, its lines broken as its surroundings are. */
export function loadStatement(loaded: Loaded, map: string, text: string): string {
  const { call, statement, bulk } = loaded;
  const lineBreak = lineBreakOf(text);
  const indent = indentAt(text, statement.start);
  const further = `${lineBreak}${indent}${chainStep(text)}`;
  const key = rowKey(loaded);
  const collector = loaded.result === "list" ? `Collectors.groupingBy(${key})` : `Collectors.toMap(${key}, Function.identity())`;
  const gathered = loaded.result === "exists" ? [`.map(${key})`, ".collect(Collectors.toSet())"] : [`.collect(${collector})`];
  const keys = argumentSteps(loaded, text);
  const receiver = textOf(childOf(call, "receiver") ?? call, text);
  const value = loaded.needsKeys ? `${further}: ${receiver}` : ` ${receiver}`;
  const isNone = loaded.needsKeys ? ` ${elementsOf(loaded, text)}.isEmpty()${further}? Collections.emptyMap()` : "";
  const declared = `${mapType(loaded)} ${map} =`;
  const last = loaded.needsKeys ? value : `${lineBreak}${indent}${declared}${value}`;
  const step = further.slice(lineBreak.length + indent.length);
  const chained = loaded.needsKeys ? further + step : further;
  const isLong = (line: string): boolean => line.length - lineBreak.length > LONG_LINE;
  const head = declared + isNone + value;
  const all = `.${bulk}(${keys.join("")})`;
  const end = `${chained}${gathered.join(chained)};${lineBreak}${indent}`;
  if (!isLong(`${last}${all}.stream()`)) return `${head}${all}.stream()${end}`;
  const asked = isLong(chained + all) ? `.${bulk}(${keys.join(chained + step)})` : all;
  return `${head}${chained}${asked}${isLong(`${chained}${asked}.stream()`) ? chained : ""}.stream()${end}`;
}

/** What the elements are had from. */
const elementsOf = ({ hoisted, iterable }: Round, text: string): string => hoisted?.name ?? textOf(iterable, text);

const textOf = ({ start, end }: CodeNode, text: string): string => text.slice(start, end);

/** `Order::getId`, `line -> line.getOrder().getId()`. */
function rowKey({ accessors, entity, row }: Loaded): string {
  if (row === undefined) return `${entity.type.name}::${accessors[0]}`;
  return `${row} -> ${row}.${accessors.map((accessor) => `${accessor}()`).join(".")}`;
}

/** What the method for many keys is given, in pieces between which a line may be broken. */
function argumentSteps(loaded: Loaded, text: string): readonly string[] {
  const keys = [...keySteps(loaded, text)];
  const others = (from: number, to?: number): string[] => loaded.given.slice(from, to).map((one) => textOf(one, text));
  const before = others(0, loaded.position);
  const behind = others(loaded.position + 1);
  const last = keys.pop();
  return [...keys, [last, ...behind].join(", ")].map((step, i) => (i === 0 ? [...before, step].join(", ") : step));
}

/** The keys of all elements. */
function keySteps(loaded: Loaded, text: string): readonly string[] {
  const { loop, element, path, isPage, needsCollection, steps } = loaded;
  const all = elementsOf(loaded, text);
  if (path.length === 0) return [isPage && needsCollection === true ? `${all}.getContent()` : all];
  const [getter] = path.length === 1 ? path : [];
  const type = loop.kind === "foreach" && /^[\p{L}_][\w.]*$/u.test(loop.type) && loop.type !== "var" ? loop.type : undefined;
  const one = element ?? "one";
  const toKey = type !== undefined && getter?.endsWith("()") ? `${type}::${getter.slice(0, -2)}` : `${one} -> ${[one, ...path].join(".")}`;
  const known = isHeldAgainstNull(loaded, text) ? [".filter(Objects::nonNull)"] : [];
  const maps = steps?.flatMap((name, i) => [...(i === 0 ? [] : [".filter(Objects::nonNull)"]), `.map(${name} -> ${name}.${path[i]})`]);
  return [`${all}.stream()`, ...(maps ?? [`.map(${toKey})`]), ...known, ".distinct()", ".collect(Collectors.toList())"];
}

/** What a lambda may call a row that is found, where it needs one. */
export const rowName = (model: Model, methods: readonly MethodNode[], { entity, accessors }: LookedUp): string | undefined =>
  accessors.length > 1 ? freeName(model, methods, lowerFirst(entity.type.name)) : undefined;

/** Names for the lambdas that go along a path: "order", "customer" of `order.getCustomer().getId()`. */
export function stepNames(model: Model, methods: readonly MethodNode[], { element }: Round, path: Path): readonly string[] {
  const called = path.slice(0, -1).map((step) => lowerFirst(step.replace(/\(\)$/, "").replace(/^(?:get|is)(?=\p{Lu})/u, "")));
  return [element ?? "one", ...called.map((name) => freeName(model, methods, name))];
}

/** `if (line.getOrderId() != null)` around the lookup, or before it: elements without a key are not asked for. */
function isHeldAgainstNull(loaded: Loaded, text: string): boolean {
  const argument = keyOfCall(loaded);
  const top = [...ancestorsOf(loaded.call)].at(-1);
  if (argument === undefined || loaded.path.length === 0 || top === undefined) return false;
  const key = textOf(argument, text);
  const isNull = (node: CodeNode | undefined): boolean => node?.kind === "literal" && node.type === "null";
  return nodesOf(top).some(({ kind, text: operator, children: [left, right] }) => {
    if (kind !== "binary" || (operator !== "!=" && operator !== "==") || left === undefined || right === undefined) return false;
    return (isNull(right) && textOf(left, text) === key) || (isNull(left) && textOf(right, text) === key);
  });
}

/** What answers in place of a call, and the types that it needs. */
export interface Answer {
  /** The call, or the chain that the map makes shorter. */
  readonly replaced: CodeNode;
  readonly text: string;
  readonly imports: readonly string[];
}

/** The lookup in the map, with the same value as the call where nothing is found. */
export function answerOf(model: Model, file: JavaFile, { call, result, identifier }: Loaded, map: string, by: string): Answer {
  const key = identifier === undefined ? by : `${by}.${identifier}()`;
  const elseNull = result === "optional" ? orElseNull(call) : undefined;
  const java = model.configuration.buildOf(file.file).java;
  if (result === "exists") return { replaced: call, text: `${map}.contains(${key})`, imports: [] };
  const empty = java !== undefined && java < 9 ? "Collections.emptyList()" : "List.of()";
  if (result === "list")
    return {
      replaced: call,
      text: `${map}.getOrDefault(${key}, ${empty})`,
      imports: empty.startsWith("Coll") ? ["java.util.Collections"] : [],
    };
  const [asked, isThere] = result === "optional" ? askedWhether(call) : [];
  if (asked !== undefined) return { replaced: asked, text: `${isThere ? "" : "!"}${map}.containsKey(${key})`, imports: [] };
  if (result === "one" || elseNull !== undefined) return { replaced: elseNull ?? call, text: `${map}.get(${key})`, imports: [] };
  return { replaced: call, text: `Optional.ofNullable(${map}.get(${key}))`, imports: ["java.util.Optional"] };
}

/** The edits that put an answer in the place of a call, on the next line where that one would get too long. */
export function answerInstead({ replaced }: Answer, by: string, text: string): readonly TextEdit[] {
  // Of a call of several lines the first and the last are one then.
  const before = replaced.start - text.lastIndexOf("\n", replaced.start - 1) - 1;
  const rest = lineAt(text, replaced.end).length - (replaced.end - text.lastIndexOf("\n", replaced.end - 1) - 1);
  return [...breakBefore(text, replaced.start, before + by.length + rest - lineAt(text, replaced.start).length), replace(replaced, by)];
}

/** `repo.findById(x).isPresent()`, and whether it asks for a row that is there: a key says so, too. */
function askedWhether(call: CodeNode): readonly [CodeNode, boolean] | readonly [] {
  const around = call.role === "receiver" && call.parent?.kind === "call" ? call.parent : undefined;
  if (around?.text === "isPresent") return [around, true];
  return around?.text === "isEmpty" && around.parent?.kind !== "unary" ? [around, false] : [];
}

/** `repo.findById(x).orElse(null)`: the map answers the same without an `Optional`. */
function orElseNull(call: CodeNode): CodeNode | undefined {
  const around = call.role === "receiver" && call.parent?.kind === "call" ? call.parent : undefined;
  const [other] = around === undefined ? [] : childrenOf(around, "argument");
  return around?.text === "orElse" && other?.kind === "literal" && other.type === "null" ? around : undefined;
}

/** "ordersById", "orderCodes" of which it is asked whether they are there; numbered where one of the methods has another already. */
export const mapName = (model: Model, methods: readonly MethodNode[], { entity, property, result }: LookedUp): string =>
  freeName(
    model,
    methods,
    result === "exists"
      ? `${lowerFirst(entity.type.name)}${withCapital(pluralOf(property))}`
      : `${pluralOf(lowerFirst(entity.type.name))}By${withCapital(property)}`,
  );
