import { ancestorsOf, type CodeNode, childOf, nodesOf } from "../../../../facts/java/code.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { Typer } from "../../../../model/calls/typing/typer.ts";
import type { Model } from "../../../../model/model.ts";
import { simpleName, type Type } from "../../../../model/types/type.ts";
import { chainStep, indentAt, insertAt, LONG_LINE, lineBreakOf, replace, type TextEdit } from "../../../../text/edits.ts";
import { canBeNamed } from "../imports.ts";
import { lowerFirst, pluralOf } from "../plurals.ts";
import { freeName } from "./freeName.ts";
import { keyOf } from "./keys.ts";
import { isRepeatable, type Round } from "./roundOf.ts";

/** Elements that can be had once only, of a call or a stream, and are kept in a variable before the loop. */
export interface Hoisted {
  readonly name: string;
  /** "List", "Set", "Collection"; a stream's elements become a list. */
  readonly container: string;
  readonly element: Type;
  readonly isStream: boolean;
}

/**
 * How the elements of a round are kept, where they are the first thing that its statement works out: `orders.findAll()` of a loop,
 * `ids.stream().filter(known)` before a step. Undefined where their type cannot be written, or something else may come before.
 */
export function hoistedElements(model: Model, methods: readonly MethodNode[], round: Round, typer: Typer): Hoisted | undefined {
  const { iterable, loop, statement } = round;
  const [method] = methods;
  const type = typer.typeOf(iterable);
  const container = type === undefined ? undefined : CONTAINERS[simpleName(type)];
  const element = keyOf(type?.args.length === 1 ? type.args[0] : undefined);
  if (method === undefined || iterable.kind !== "call" || container === undefined || element === undefined) return undefined;
  if (loop.kind !== "foreach" && !isWorkedOutFirst(iterable, statement)) return undefined;
  const isStream = type !== undefined && simpleName(type) === "Stream";
  if (isStream && !nodesOf(iterable).every(({ kind, text }) => kind !== "call" || !ENDLESS.test(text))) return undefined;
  if (!canBeNamed(method.declared.owner.file, element.name)) return undefined;
  const called = round.element !== undefined && round.element.length > 1 ? round.element : lowerFirst(simpleName(element));
  return { name: freeName(model, methods, pluralOf(called)), container, element, isStream };
}

const CONTAINERS: Readonly<Record<string, string>> = { List: "List", Set: "Set", Collection: "Collection", Stream: "List" };

/** What does not end by itself, runs on several threads, or looks at each element as it passes. */
const ENDLESS = /^(?:generate|iterate|parallel|parallelStream|unordered|peek)$/;

/** Whether nothing that a statement calls comes before a call: it is its value, or what the value's chain of calls begins with. */
function isWorkedOutFirst(call: CodeNode, statement: CodeNode): boolean {
  for (const around of [call, ...ancestorsOf(call)]) {
    if (around === statement) return true;
    const { parent, role } = around;
    const isFirst = parent?.kind === "call" ? role === "receiver" : parent?.kind === "return" || role === "value";
    if (!isFirst) return false;
    const target = parent?.kind === "assign" ? childOf(parent, "target") : undefined;
    if (target !== undefined && !isRepeatable(target)) return false;
  }
  return false;
}

/** The variable in place of the elements, and, as the first thing before the statement, its declaration. */
export function hoistEdits(round: Round, text: string): readonly TextEdit[] {
  const { hoisted, iterable, statement } = round;
  if (hoisted === undefined) return [];
  const { name, container, element, isStream } = hoisted;
  const value = text.slice(iterable.start, iterable.end);
  const next = `${lineBreakOf(text)}${indentAt(text, statement.start)}`;
  const declared = `${container}<${simpleName(element)}> ${name} = `;
  const collected = ".collect(Collectors.toList())";
  const isShort = !value.includes("\n") && declared.length + value.length + collected.length <= LONG_LINE;
  const all = !isStream ? value : isShort ? value + collected : `${value}${next}${chainStep(text)}${collected}`;
  return [insertAt(statement.start, `${declared}${all};${next}`), replace(iterable, isStream ? `${name}.stream()` : name)];
}

/** The types that the declaration names. */
export const importsOfHoisted = ({ hoisted }: Round): readonly string[] =>
  hoisted === undefined
    ? []
    : [`java.util.${hoisted.container}`, hoisted.element.name, ...(hoisted.isStream ? ["java.util.stream.Collectors"] : [])];
