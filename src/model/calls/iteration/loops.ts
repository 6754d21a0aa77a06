import { type CodeNode, childOf, childrenOf, nodesOf } from "../../../facts/java/code.ts";
import { simpleName } from "../../types/type.ts";
import type { Typer } from "../typing/typer.ts";
import { climbedBy, workedOff } from "./climbing.ts";
import { describe } from "./describe.ts";
import type { Iteration, NoIteration } from "./iterationKinds.ts";
import { rowOf } from "./rows.ts";
import { COLLECTIONS, chunks, isCookie, isEnumValues, isShort } from "./sources.ts";

/** `for (Order order : orders)`. */
export function foreachOf(loop: CodeNode, typer: Typer): Iteration | NoIteration {
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
export function countedOf(loop: CodeNode, typer: Typer): Iteration | NoIteration {
  const condition = childOf(loop, "condition");
  const at = { start: loop.start, end: condition?.end ?? loop.start + 3 };
  if (loop.kind === "for" && (stridesIn(loop) || slicesIn(loop))) return "one round per chunk";
  if (condition === undefined) return exits(loop) ? "retries" : "not over elements";
  for (const node of nodesOf(condition)) {
    if (node.kind === "call" && (node.text === "size" || node.text === "length")) {
      const on = childOf(node, "receiver");
      if (on !== undefined && loop.kind === "for")
        return isOverEnum(on, typer) ? "constants of an enum" : { kind: "loop", over: describe(on), at, element: counterOf(loop) };
    }
    if (node.kind === "field" && node.text === "length" && loop.kind === "for") {
      const on = childOf(node, "receiver");
      if (on !== undefined && isOverEnum(on, typer)) return "constants of an enum";
      return { kind: "loop", over: on === undefined ? "an array" : describe(on), at, element: counterOf(loop) };
    }
    if (node.kind === "call" && node.text === "hasNext") {
      const on = childOf(node, "receiver");
      const type = on === undefined ? undefined : typer.typeOf(on);
      const isPage = type !== undefined && /^(Page|Slice|Window)/.test(simpleName(type));
      return isPage || on === undefined ? "reads the next page" : { kind: "loop", over: describe(on), at, element: "" };
    }
  }
  const counted = loop.kind === "for" ? undefined : countedBy(loop, condition);
  if (counted !== undefined) return counted === "chunks" ? "one round per chunk" : { kind: "loop", ...counted, at };
  const rows = rowOf(condition, typer);
  if (rows !== undefined) return { kind: "loop", ...rows, at };
  if (loop.kind === "for") {
    const bound = boundOf(condition);
    if (bound !== undefined && bound <= 3) return "at most three rounds";
    if (exits(loop)) return "retries";
    if (bound !== undefined) return { kind: "loop", over: `${bound} rounds`, at, element: counterOf(loop) };
  }
  const climbs = loop.kind === "while" ? climbedBy(loop, condition, typer) : undefined;
  if (climbs !== undefined) return { kind: "loop", over: `the chain of ${climbs}`, at, element: climbs };
  const work = loop.kind === "while" ? workedOff(loop, condition, typer) : undefined;
  if (work !== undefined) return { kind: "loop", over: work, at, element: "" };
  return exits(loop) ? "retries" : "not over elements";
}

/** `i < Colour.values().length`, `i < colours.size()`. */
const isOverEnum = (elements: CodeNode, typer: Typer): boolean =>
  isEnumValues(elements, typer) || typer.isEnum(typer.elementOf(typer.typeOf(elements)));

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

/** `do { send(ids.get(i)); i++; } while (i < ids.size());`: over a list, where the body counts by one. */
function countedBy(loop: CodeNode, condition: CodeNode): { readonly over: string; readonly element: string } | "chunks" | undefined {
  const counter = childOf(condition, "left");
  const bound = childOf(condition, "right");
  if (condition.kind !== "binary" || condition.text !== "<" || counter?.kind !== "name" || bound === undefined) return undefined;
  const on = (bound.kind === "call" && bound.text === "size") || bound.text === "length" ? childOf(bound, "receiver") : undefined;
  if (on === undefined) return undefined;
  const element = counter.text;
  const changes = nodesOf(loop).filter((node) => changesBy(node, element));
  if (changes.length === 0) return undefined;
  return changes.some(({ kind }) => kind === "unary") ? { over: describe(on), element } : "chunks";
}

/** `i++`, `i += 100`, `i = end`. */
const changesBy = (node: CodeNode, counter: string): boolean =>
  (node.kind === "unary" && /^(?:\+\+|--)$/.test(node.text) && node.children.some(({ text }) => text === counter)) ||
  (node.kind === "assign" && childOf(node, "target")?.text === counter);

function boundOf(condition: CodeNode): number | undefined {
  if (condition.kind !== "binary" || !/^<=?$/.test(condition.text)) return undefined;
  const right = childOf(condition, "right");
  const value = right?.kind === "literal" && right.type === "int" ? Number(right.text) : Number.NaN;
  return Number.isNaN(value) ? undefined : value + (condition.text === "<=" ? 1 : 0);
}

/** `splitRequest(ids)`: what a method of the project cuts into parts that are sent. */
const SPLITS = /^(?:split|partition|chunk)\p{Lu}/u;

/** Whether a loop is left early at all: a retry loop is. */
function exits(loop: CodeNode): boolean {
  const body = childOf(loop, "body");
  return (
    body !== undefined && [...nodesOf(body)].some((node) => node.kind === "return" || (node.kind === "break" && breaksLoop(node, loop)))
  );
}

/** Whether a `break` ends this loop, and not one inside it or a `switch`. */
export function breaksLoop(statement: CodeNode, loop: CodeNode): boolean {
  if (statement.text !== "") return true;
  for (let around = statement.parent; around !== undefined; around = around.parent) {
    if (around === loop) return true;
    if (around.kind === "switch" || around.kind === "for" || around.kind === "foreach" || around.kind === "while" || around.kind === "do")
      return false;
  }
  return false;
}
