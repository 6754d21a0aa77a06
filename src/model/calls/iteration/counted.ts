import { type CodeNode, childOf, childrenOf, nodesOf } from "../../../facts/java/code.ts";
import type { Typer } from "../typing/typer.ts";
import { describe } from "./describe.ts";
import type { NoIteration } from "./iterationKinds.ts";
import { isEnumValues } from "./sources.ts";

/** What a loop goes over that counts, and the variable that stands for an element. */
interface Counted {
  readonly over: string;
  readonly element: string;
}

/**
 * `i < ids.size()`, `i < n` where `n` holds a size, `i >= 0` from the last one down, and `while (i < ids.size())` with `i++` in the body;
 * undefined where nothing says of what the count is.
 */
export function countedBy(loop: CodeNode, condition: CodeNode, typer: Typer): Counted | NoIteration | undefined {
  if (loop.kind === "for" && (stridesIn(loop) || slicesIn(loop))) return "one round per chunk";
  const days = daysIn(loop, condition);
  if (days !== undefined) return days;
  const elements = elementsOfCount(loop, condition, typer);
  if (elements === undefined) return undefined;
  if (isEnumValues(elements, typer) || typer.isEnum(typer.elementOf(typer.typeOf(elements)))) return "constants of an enum";
  if (loop.kind === "for") return { over: describe(elements), element: counterOf(loop) };
  const counter = childOf(condition, "left");
  const changes = counter?.kind === "name" ? nodesOf(loop).filter((node) => changesBy(node, counter.text)) : [];
  if (counter === undefined || changes.length === 0) return undefined;
  return changes.some(({ kind }) => kind === "unary") ? { over: describe(elements), element: counter.text } : "one round per chunk";
}

/** The list whose size ends the count, or begins it. */
function elementsOfCount(loop: CodeNode, condition: CodeNode, typer: Typer): CodeNode | undefined {
  if (loop.kind === "for") {
    // `i < ids.size() && !found`
    for (const node of nodesOf(condition)) {
      const counted = /^(?:call|field)$/.test(node.kind) ? countedIn(node, typer) : undefined;
      if (counted !== undefined) return counted;
    }
  }
  for (const node of nodesOf(condition)) {
    if (node.kind !== "binary" || !/^(?:[<>]=?|!=)$/.test(node.text)) continue;
    const [left, right] = [childOf(node, "left"), childOf(node, "right")];
    if (left === undefined || right === undefined) continue;
    const down = /^>=?$/.test(node.text) && right.kind === "literal";
    const [counter, bound] = left.kind === "name" ? [left, down ? startOf(loop, left.text) : right] : [right, left];
    const counted = counter.kind === "name" && bound !== undefined ? countedIn(bound, typer) : undefined;
    if (counted !== undefined) return counted;
  }
  return undefined;
}

/** What `for (int i = ids.size() - 1; …)` begins with. */
function startOf(loop: CodeNode, counter: string): CodeNode | undefined {
  const start = childrenOf(loop, "init").find(({ kind, text }) => kind === "local" && text === counter);
  return start === undefined ? undefined : childOf(start, "value");
}

/** `ids` of `ids.size()`, `ids.size() - 1`, `ids.length` and of a variable that holds one of them. */
function countedIn(bound: CodeNode, typer: Typer): CodeNode | undefined {
  if ((bound.kind === "call" && SIZES.test(bound.text)) || (bound.kind === "field" && bound.text === "length"))
    return childOf(bound, "receiver");
  if (bound.kind === "binary" && /^[-+]$/.test(bound.text)) {
    const left = childOf(bound, "left");
    return left === undefined ? undefined : countedIn(left, typer);
  }
  const local = bound.kind === "name" ? typer.declarationOf(bound) : undefined;
  const held = local?.kind === "local" ? childOf(local, "value") : undefined;
  return held === undefined || held.kind === "name" ? undefined : countedIn(held, typer);
}

/** Of lists, strings, JSON, XML and the sheets of POI. */
const SIZES = /^(?:size|length|getLength|getLastRowNum|getPhysicalNumberOfRows)$/;

/** `for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1))`, also where the body goes on to the next. */
function daysIn(loop: CodeNode, condition: CodeNode): Counted | undefined {
  const asked = nodesOf(condition).find(({ kind, text }) => kind === "call" && /^is(?:After|Before)$/.test(text));
  const on = asked === undefined ? undefined : childOf(asked, "receiver");
  if (on?.kind !== "name") return undefined;
  for (const node of nodesOf(loop)) {
    const value = node.kind === "assign" && childOf(node, "target")?.text === on.text ? childOf(node, "value") : undefined;
    const unit = value?.kind === "call" && childOf(value, "receiver")?.text === on.text ? UNITS[value.text] : undefined;
    if (unit !== undefined) return { over: unit, element: on.text };
  }
  return undefined;
}

const UNITS: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  plusHours: "the hours",
  plusDays: "the days",
  minusDays: "the days",
  plusWeeks: "the weeks",
  plusMonths: "the months",
  minusMonths: "the months",
});

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

export const counterOf = (loop: CodeNode): string => childrenOf(loop, "init").find((node) => node.kind === "local")?.text ?? "";

/** `i++`, `i += 100`, `i = end`. */
const changesBy = (node: CodeNode, counter: string): boolean =>
  (node.kind === "unary" && /^(?:\+\+|--)$/.test(node.text) && node.children.some(({ text }) => text === counter)) ||
  (node.kind === "assign" && childOf(node, "target")?.text === counter);
