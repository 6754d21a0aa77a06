import type { JavaFile } from "../../../../facts/fileFacts.ts";
import { ancestorsOf, type CodeNode, childOf, childrenOf, nodesOf } from "../../../../facts/java/code.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { Model } from "../../../../model/model.ts";
import { simpleName } from "../../../../model/types/type.ts";
import { withCapital } from "../../../../text/capitals.ts";
import { breakBefore, chainStep, indentAt, LONG_LINE, lineBreakOf, replace, type TextEdit } from "../../../../text/edits.ts";
import { lowerFirst, pluralOf } from "../plurals.ts";
import type { LookedUp } from "./lookedUp.ts";
import type { Path, Round } from "./roundOf.ts";

/** What is loaded before a loop, and by which of the elements' values. */
export interface Loaded extends Round, LookedUp {
  readonly call: CodeNode;
  /** What is looked up by, as the code around the call writes it. */
  readonly argument?: CodeNode | undefined;
  readonly path: Path;
}

/** "Map<Long, Order>": what the loaded rows are found in. */
export const mapType = ({ key, entity, result }: LookedUp): string =>
  `Map<${simpleName(key)}, ${result === "list" ? `List<${entity.type.name}>` : entity.type.name}>`;

/** What the statement before the loop and the lookup in the map need to be imported. */
export const importsOf = (loaded: Loaded, text: string): readonly string[] => [
  ...(loaded.needsKeys === true ? ["java.util.Collections"] : []),
  ...(isHeldAgainstNull(loaded, text) ? ["java.util.Objects"] : []),
  "java.util.Map",
  "java.util.stream.Collectors",
  loaded.entity.type.qualified,
  loaded.key.name,
  ...(loaded.result === "list" ? ["java.util.List"] : ["java.util.function.Function"]),
];

/** The statement before the loop, its lines broken as its surroundings are. */
export function loadStatement(loaded: Loaded, map: string, text: string): string {
  const { call, statement, entity, accessor, bulk } = loaded;
  const lineBreak = lineBreakOf(text);
  const indent = indentAt(text, statement.start);
  const further = `${lineBreak}${indent}${chainStep(text)}`;
  const { name } = entity.type;
  const collector =
    loaded.result === "list"
      ? `Collectors.groupingBy(${name}::${accessor})`
      : `Collectors.toMap(${name}::${accessor}, Function.identity())`;
  const keys = keySteps(loaded, text);
  const receiver = childOf(call, "receiver")?.text;
  const value = loaded.needsKeys ? `${further}: ${receiver}` : ` ${receiver}`;
  const isNone = loaded.needsKeys ? ` ${textOf(loaded.iterable, text)}.isEmpty()${further}? Collections.emptyMap()` : "";
  const declared = `${mapType(loaded)} ${map} =`;
  const last = loaded.needsKeys ? value : `${lineBreak}${indent}${declared}${value}`;
  const step = further.slice(lineBreak.length + indent.length);
  const chained = loaded.needsKeys ? further + step : further;
  const isLong = (line: string): boolean => line.length - lineBreak.length > LONG_LINE;
  const head = declared + isNone + value;
  const all = `.${bulk}(${keys.join("")})`;
  const end = `${chained}.collect(${collector});${lineBreak}${indent}`;
  if (!isLong(`${last}${all}.stream()`)) return `${head}${all}.stream()${end}`;
  const asked = isLong(chained + all) ? `.${bulk}(${keys.join(chained + step)})` : all;
  return `${head}${chained}${asked}${isLong(`${chained}${asked}.stream()`) ? chained : ""}.stream()${end}`;
}

const textOf = ({ start, end }: CodeNode, text: string): string => text.slice(start, end);

/** The keys of all elements, in pieces between which a line may be broken. */
function keySteps(loaded: Loaded, text: string): readonly string[] {
  const { loop, iterable, element, path } = loaded;
  const all = textOf(iterable, text);
  if (path.length === 0) return [all];
  const [getter] = path.length === 1 ? path : [];
  const type = loop.kind === "foreach" && /^[\p{L}_][\w.]*$/u.test(loop.type) && loop.type !== "var" ? loop.type : undefined;
  const one = element ?? "one";
  const toKey = type !== undefined && getter?.endsWith("()") ? `${type}::${getter.slice(0, -2)}` : `${one} -> ${[one, ...path].join(".")}`;
  const known = isHeldAgainstNull(loaded, text) ? [".filter(Objects::nonNull)"] : [];
  return [`${all}.stream()`, `.map(${toKey})`, ...known, ".distinct()", ".collect(Collectors.toList())"];
}

/** `if (line.getOrderId() != null)` around the lookup, or before it: elements without a key are not asked for. */
function isHeldAgainstNull({ call, argument, path }: Loaded, text: string): boolean {
  const top = [...ancestorsOf(call)].at(-1);
  if (argument === undefined || path.length === 0 || top === undefined) return false;
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
export function answerOf(model: Model, file: JavaFile, { call, result }: Loaded, map: string, key: string): Answer {
  const elseNull = result === "optional" ? orElseNull(call) : undefined;
  const java = model.configuration.buildOf(file.file).java;
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
  return [...breakBefore(text, replaced.start, by.length - (replaced.end - replaced.start)), replace(replaced, by)];
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

/** "ordersById"; numbered where one of the methods has another already. */
export const mapName = (model: Model, methods: readonly MethodNode[], { entity, property }: LookedUp): string =>
  freeName(model, methods, `${pluralOf(lowerFirst(entity.type.name))}By${withCapital(property)}`);

/** A name that none of the methods uses. */
export function freeName(model: Model, methods: readonly MethodNode[], name: string): string {
  const taken = new Set(
    methods.flatMap((method) => [
      ...model.calls.codeOf(method).nodes.map((node) => node.text),
      ...method.declared.method.parameters.map((parameter) => parameter.name),
    ]),
  );
  for (let i = 1; ; i++) {
    const candidate = i === 1 ? name : `${name}${i}`;
    if (!taken.has(candidate)) return candidate;
  }
}
