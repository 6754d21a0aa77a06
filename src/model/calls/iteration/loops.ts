import { type CodeNode, childOf, nodesOf } from "../../../facts/java/code.ts";
import { simpleName } from "../../types/type.ts";
import type { Typer } from "../typing/typer.ts";
import { climbedBy, workedOff } from "./climbing.ts";
import { countedBy, counterOf } from "./counted.ts";
import { describe } from "./describe.ts";
import type { Iteration, NoIteration } from "./iterationKinds.ts";
import { rowOf } from "./rows.ts";
import { COLLECTIONS, chunks, isCookie, isEnumValues, isShort } from "./sources.ts";

/** `for (Order order : orders)`. */
export function foreachOf(loop: CodeNode, typer: Typer): Iteration | NoIteration {
  const iterable = childOf(loop, "iterable");
  if (iterable === undefined) return "not over elements";
  if (isShort(iterable, typer)) return "at most three rounds";
  if (isEnumValues(iterable, typer)) return "constants of an enum";
  const element = loop.type === "var" || loop.type === "" ? typer.elementOf(typer.typeOf(iterable)) : typer.resolve(loop.type);
  if (typer.isEnum(element)) return "constants of an enum";
  if (isCookie(element)) return "at most three rounds";
  if (element !== undefined && typer.isA(element, COLLECTIONS) && chunks(iterable, typer)) return "one round per chunk";
  const given = typer.meant(iterable);
  if (given.kind === "call" && SPLITS.test(given.text)) return "one round per chunk";
  if (isSlept(loop, loop.text)) return "retries";
  return { kind: "loop", over: describe(iterable), at: { start: loop.start, end: iterable.end }, element: loop.text };
}

/** `for (int i…)`, `while`, `do`: over elements only when the condition or the body says so. */
export function countedOf(loop: CodeNode, typer: Typer): Iteration | NoIteration {
  const condition = childOf(loop, "condition");
  const at = { start: loop.start, end: condition?.end ?? loop.start + 3 };
  if (condition === undefined) return exits(loop) ? "retries" : "not over elements";
  const counted = countedBy(loop, condition, typer);
  if (counted !== undefined) {
    if (isSlept(loop, counterOf(loop))) return "retries";
    return typeof counted === "string" ? counted : { kind: "loop", ...counted, at };
  }
  for (const node of nodesOf(condition)) {
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
  const climbs = loop.kind === "while" ? climbedBy(loop, condition, typer) : undefined;
  if (climbs !== undefined) return { kind: "loop", over: `the chain of ${climbs}`, at, element: climbs };
  const work = loop.kind === "while" ? workedOff(loop, condition, typer) : undefined;
  if (work !== undefined) return { kind: "loop", over: work, at, element: "" };
  return exits(loop) ? "retries" : "not over elements";
}

/** `Thread.sleep(DELAYS[i])`: a loop over how long it waits between its attempts. */
const isSlept = (loop: CodeNode, element: string): boolean =>
  element !== "" &&
  nodesOf(loop).some(
    (node) => node.kind === "call" && node.text === "sleep" && nodesOf(node).some(({ kind, text }) => kind === "name" && text === element),
  );

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
