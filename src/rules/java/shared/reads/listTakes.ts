import { ancestorsOf, type CodeNode, childOf, childrenOf } from "../../../../facts/java/code.ts";
import type { Model } from "../../../../model/model.ts";
import type { Entity } from "../../../../model/persistence/mapping/entity.ts";
import { simpleName } from "../../../../model/types/type.ts";
import { ordersByColumn } from "./columnTests.ts";
import { type Held, placesOf, stepOn } from "./heldValues.ts";
import { callOn, comparesWith } from "./listReads.ts";

/** The first elements are taken, the last one, the one with the most, or a page: up to the call `node`, in a stream or from the list. */
export interface Take {
  readonly end: "front" | "back" | "extreme";
  /** How many, as the code says it; `PAGE` for those from a place on. */
  readonly taken: string;
  readonly node: CodeNode;
  readonly sorted: boolean;
}

export const PAGE = "a page";

/** What is done with a list: elements are taken from it, it is sorted, it is asked whether there are any or how many, or something else. */
export type Use = Take | "sorts" | "asks" | "counts" | undefined;

export const usesOf = (model: Model, list: Held, entity: Entity | undefined): readonly Use[] =>
  placesOf(model, list).flatMap((place) => useOf(model, place, entity));

function useOf(model: Model, place: Held, entity: Entity | undefined): Use | readonly Use[] {
  const value = place.node;
  const call = callOn(value);
  if (call === undefined) return asArgument(model, place, entity);
  const [argument, second] = childrenOf(call, "argument");
  switch (call.text) {
    case "sort":
      return ordersByColumn(argument, entity) ? "sorts" : undefined;
    case "isEmpty":
      return "asks";
    case "size":
      if (isEndOfPart(call, value)) return [];
      if (call.parent?.kind !== "binary") return "counts";
      if (isLastOf(call.parent, value)) return [];
      return comparesWith(call, (text) => text === "0") ? "asks" : comparesWith(call, () => true) ? undefined : "counts";
    case "get":
      if (argument?.kind === "literal" && argument.text === "0") return one("front", call);
      return argument !== undefined && isLastOf(argument, value) ? one("back", call) : undefined;
    case "getFirst":
      return one("front", call);
    case "getLast":
      return one("back", call);
    case "subList":
      if (argument === undefined || second === undefined) return undefined;
      if (argument.kind === "literal") return argument.text === "0" ? taking(call, second) : undefined;
      return isRepeated(call) ? undefined : { ...one("front", call), taken: PAGE };
    case "stream":
      return ofStream(model, { ...place, node: call }, entity);
    case "skip":
      return isFlux(place) && argument?.kind !== "literal" && callOn(call)?.text === "take"
        ? { ...one("front", call), taken: PAGE }
        : undefined;
    default:
      return undefined;
  }
}

/** A stream of rows as they arrive: what is skipped was read. */
function isFlux({ code, node }: Held): boolean {
  const type = code.typer.typeOf(node);
  return type !== undefined && simpleName(type) === "Flux";
}

/** One part after the other is taken: all of them in the end. */
const isRepeated = (call: CodeNode): boolean => [...ancestorsOf(call)].some(({ kind }) => /^(?:for|foreach|while|do|lambda)$/.test(kind));

/** `.stream()`, steps that keep every element, then `findFirst()`, `limit(n)`, or a list of which something is taken. */
function ofStream(model: Model, stream: Held, entity: Entity | undefined): Use | readonly Use[] {
  let sorted = false;
  let skipped = false;
  let mapped = false;
  for (let step = stepOn(model, stream); step !== undefined; step = stepOn(model, step)) {
    const call = step.node;
    const [argument] = childrenOf(call, "argument");
    if (/^(?:toList|collect)$/.test(call.text)) {
      const uses = call.text === "toList" || argument?.text === "toList" ? usesOf(model, step, entity) : [undefined];
      // Each was made into something before the first was taken: that is more than too many rows.
      const isMeant = (use: Use): boolean => typeof use === "object" && (!mapped || use.taken === PAGE);
      return uses.some(isMeant) ? uses.map((use) => (typeof use === "object" ? { ...use, sorted: sorted || use.sorted } : use)) : undefined;
    }
    if (call.text === "findFirst" || call.text === "findAny") return skipped ? undefined : { ...one("front", call), sorted };
    if (call.text === "limit" && argument !== undefined)
      return { ...(skipped ? { ...one("front", call), taken: PAGE } : taking(call, argument)), sorted };
    if (call.text === "max" || call.text === "min")
      return !mapped && !skipped && ordersByColumn(argument, entity) ? { ...one("extreme", call), sorted: true } : undefined;
    if (call.text === "reduce")
      return argument !== undefined && !skipped && takesLast(argument) ? { ...one("back", call), sorted } : undefined;
    if (call.text === "sorted") {
      if (!ordersByColumn(argument, entity)) return undefined;
      sorted = true;
    } else if (call.text === "skip") skipped = argument?.kind !== "literal";
    else if (call.text === "map") mapped = true;
    else if (call.text !== "peek") return undefined;
  }
  return undefined;
}

const one = (end: Take["end"], node: CodeNode): Take => ({ end, taken: "1", node, sorted: false });

const taking = (node: CodeNode, count: CodeNode): Take => ({
  ...one("front", node),
  taken: count.kind === "literal" || count.kind === "name" ? count.text : "n",
});

/** `Collections.sort(list)`, `new ArrayList<>(list)`. */
function asArgument(model: Model, place: Held, entity: Entity | undefined): Use | readonly Use[] {
  const call = place.node.role === "argument" ? place.node.parent : undefined;
  if (call?.kind === "new" && /^(?:Array|Linked)List\b/.test(call.type)) return usesOf(model, { ...place, node: call }, entity);
  if (call?.kind !== "call" || childOf(call, "receiver")?.text !== "Collections") return undefined;
  const sorts = call.text === "sort" && ordersByColumn(childrenOf(call, "argument")[1], entity);
  return sorts || call.text === "reverse" ? "sorts" : undefined;
}

/** `list.size() - 1`, of the list itself. */
function isLastOf(place: CodeNode, list: CodeNode): boolean {
  const [size, less] = place.children;
  const of = size?.kind === "call" && size.text === "size" ? childOf(size, "receiver") : undefined;
  return place.text === "-" && less?.text === "1" && of?.kind === "name" && of.text === list.text;
}

/** `list.subList(0, Math.min(5, list.size()))`: no more than there are. */
function isEndOfPart({ parent: least }: CodeNode, list: CodeNode): boolean {
  const part = least?.kind === "call" && least.text === "min" && least.role === "argument" ? least.parent : undefined;
  const on = part?.kind === "call" && part.text === "subList" ? childOf(part, "receiver") : undefined;
  return on?.kind === "name" && on.text === list.text;
}

/** `(first, second) -> second`. */
function takesLast(operation: CodeNode): boolean {
  const body = childOf(operation, "body");
  return operation.kind === "lambda" && body?.kind === "name" && body.text === childrenOf(operation, "parameter")[1]?.text;
}
