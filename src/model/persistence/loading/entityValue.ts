import { type CodeNode, childOf, childrenOf } from "../../../facts/java/code.ts";
import type { Span } from "../../../text/positions.ts";
import type { Attribute, Entity } from "../mapping/entity.ts";
import type { Selection } from "../repositories/selection.ts";
import { ANY_ENTITY } from "./noEntity.ts";

/** Where entities in a body come from: a parameter by its place, the object itself (-1), or a query. */
export type Origin = { readonly parameter: number } | Selected;

export interface Selected {
  readonly selection: Selection;
  /** Where in its body the query is sent: a node would keep the whole body. */
  readonly call: Span;
  /** The queries that give the same entities in other branches. */
  readonly or?: readonly Selected[];
}

export const spanOf = ({ start, end }: CodeNode): Span => ({ start, end });

/** An entity or a collection of entities that an expression holds, followed from where it came. */
export interface EntityValue {
  readonly origin: Origin;
  readonly entity: Entity;
  /** Attributes from the origin's entity to this one. */
  readonly path: readonly Attribute[];
  readonly many: boolean;
  /** How many attributes were followed when the first iteration began; undefined while there is just one. */
  readonly each: number | undefined;
  /** A collection that code has made of what the collections of several entities held: to go through it loads none of them. */
  readonly gathered?: true | undefined;
  /** What holds them, where it is no plain collection and no entity. */
  readonly held?: Held | undefined;
  /** One of the keys of a map, its entries or one entry, where the map was collected by an association: `groupingBy(Pet::getOwner)`. */
  readonly key?: EntityValue | undefined;
  /** What the fields of an object hold that has been made of entities and is none itself. */
  readonly parts?: ReadonlyMap<string, EntityValue> | undefined;
}

/**
 * A map with entities or lists of them as its values, the entries of such a map, one entry, lists of lists, and an Optional with a list.
 */
export type Held = "map" | "groups" | "entries" | "groupEntries" | "entry" | "groupEntry" | "lists" | "maybe";

/** One value in one branch, others in others: of queries for the same entities all are kept, of everything else the first that is known. */
export function oneOf(values: readonly (EntityValue | undefined)[]): EntityValue | undefined {
  const [first, ...others] = values.filter((value) => value !== undefined);
  if (first === undefined || !isResult(first)) return first;
  const or = others.flatMap((other) =>
    isResult(other) && other.entity === first.entity && other.many === first.many ? [other.origin] : [],
  );
  return or.length === 0 ? first : { ...first, origin: { ...first.origin, or } };
}

/** A query's result as it is. */
const isResult = (value: EntityValue): value is EntityValue & { readonly origin: Selected } =>
  "selection" in value.origin && value.path.length === 0 && value.each === undefined && value.held === undefined;

/** One of many, reached once for each of them. */
export function elementOf(value: EntityValue | undefined): EntityValue | undefined {
  if (value === undefined) return undefined;
  if (value.held === "lists" || value.held === "maybe") return plain(value);
  if (value.held === "groupEntries") return { ...value, held: "groupEntry" };
  if (!value.many || value.held === "map" || value.held === "groups") return undefined;
  const one = { ...value, many: false, gathered: undefined, each: value.each ?? value.path.length };
  return value.held === "entries" ? { ...one, held: "entry" } : one;
}

/** What `inner` is of a parameter, where the parameter is `outer`; undefined where that is not known. */
export function compose(
  outer: EntityValue,
  inner: Pick<EntityValue, "entity" | "path" | "many" | "each" | "held" | "gathered">,
): EntityValue | undefined {
  if (outer.parts !== undefined) {
    const [first, ...path] = inner.path;
    const part = first === undefined ? undefined : outer.parts.get(first.name);
    const each = inner.each === undefined ? undefined : Math.max(0, inner.each - 1);
    return part === undefined ? undefined : compose(part, { ...inner, path, each });
  }
  return {
    origin: outer.origin,
    entity: inner.entity === ANY_ENTITY ? outer.entity : inner.entity,
    path: [...outer.path, ...inner.path],
    many: inner.many,
    held: inner.held,
    gathered: inner.gathered,
    each: outer.each ?? (inner.each === undefined ? undefined : outer.path.length + inner.each),
  };
}

/** What a call on a map, on its entries or on lists of lists gives. */
export function heldStep(value: EntityValue, call: CodeNode): EntityValue | undefined {
  const { held } = value;
  if ((held === "entry" || held === "groupEntry") && call.text === "getKey") return value.key;
  if (held === "entry") return call.text === "getValue" ? { ...value, held: undefined, key: undefined } : undefined;
  if (held === "maybe" && call.text === "stream") return { ...value, held: "lists" };
  if (held === "maybe") return /^(?:get|orElse\w*)$/.test(call.text) ? plain(value) : /^(?:filter|or)$/.test(call.text) ? value : undefined;
  if (held === "groupEntry") return call.text === "getValue" ? plain(value) : undefined;
  if (held !== "map" && held !== "groups") return SAME_MANY.has(call.text) ? value : undefined;
  if (call.text === "values") return held === "map" ? plain(value) : { ...value, held: "lists" };
  if (call.text === "keySet") return value.key && { ...value.key, many: true };
  if (call.text === "entrySet") return { ...value, held: held === "map" ? "entries" : "groupEntries" };
  if (!FROM_MAP.test(call.text)) return undefined;
  if (held === "groups") return plain(value);
  return isRepeated(call) ? elementOf(plain(value)) : { ...value, held: undefined, key: undefined, many: false, each: undefined };
}

/** `byCode.keySet().stream()`. */
export const isOfKeys = (stream: CodeNode): boolean =>
  /^(?:s|parallelS)tream$/.test(stream.text) && childOf(stream, "receiver")?.text === "keySet";

/** `Optional.ofNullable(order.getLines())`, `Stream.ofNullable(order.getLines())`: what has a list as its one element. */
export function inOptional(value: EntityValue | undefined, holder = "Optional"): EntityValue | undefined {
  return value?.many !== true || value.held !== undefined ? value : { ...value, held: holder === "Optional" ? "maybe" : "lists" };
}

/** What `map.forEach((key, value) -> …)` gives its second parameter. */
export const heldByKey = (value: EntityValue): EntityValue | undefined =>
  value.held === "map" ? elementOf(plain(value)) : value.held === "groups" ? plain(value) : undefined;

const plain = (value: EntityValue): EntityValue => ({ ...value, held: undefined, key: undefined, many: true });

/** What a collector makes of its stream's elements; `applied` tells what a function gives for one of them. */
export function collected(
  value: EntityValue,
  collector: CodeNode | undefined,
  applied: (functional: CodeNode) => EntityValue | undefined,
): EntityValue | undefined {
  const args = collector === undefined ? [] : childrenOf(collector, "argument");
  const key = keyBy(args[0], applied);
  switch (collector?.text) {
    case "toMap":
    case "toUnmodifiableMap":
    case "toConcurrentMap": {
      const one = args[1] === undefined ? undefined : args[1].text === "identity" ? value : applied(args[1]);
      if (one === undefined || one.held !== undefined) return undefined;
      return { ...one, key, many: true, held: one.many && args[1]?.text !== "identity" ? "groups" : "map" };
    }
    case "groupingBy":
    case "groupingByConcurrent":
    case "partitioningBy": {
      const below = args.length > 1 ? args.at(-1) : undefined;
      if (below === undefined || /^to(?:Unmodifiable)?(?:List|Set|Collection)$/.test(below.text)) return { ...value, key, held: "groups" };
      const [mapping, into] = below.text === "mapping" ? childrenOf(below, "argument") : [];
      const one = mapping === undefined || !/^to(?:List|Set)$/.test(into?.text ?? "") ? undefined : applied(mapping);
      return one === undefined || one.held !== undefined || one.many ? undefined : { ...one, key, many: true, held: "groups" };
    }
    default:
      return value;
  }
}

/** The key that a collector makes of one element, where that is an association of it. */
function keyBy(by: CodeNode | undefined, applied: (functional: CodeNode) => EntityValue | undefined): EntityValue | undefined {
  const key = by === undefined || by.kind === "call" ? undefined : applied(by);
  return key === undefined || key.many || key.held !== undefined || key.path.length === 0 ? undefined : key;
}

/** Steps that give as many elements, or a part of them. */
export const SAME_MANY: ReadonlySet<string> = new Set(
  "stream parallelStream filter sorted distinct peek limit skip getContent toList iterator reversed subList values boxed sequential parallel takeWhile dropWhile spliterator orElse orElseGet orElseThrow join".split(
    " ",
  ),
);
const FROM_MAP = /^(?:get|getOrDefault|remove|computeIfAbsent|computeIfPresent)$/;

/** Whether a place runs again and again: in a loop, or in what a stream or `forEach` is given. */
export function isRepeated(node: CodeNode): boolean {
  for (let around = node.parent; around !== undefined; around = around.parent) {
    if (/^(?:for|foreach|while|do)$/.test(around.kind)) return true;
    if (around.kind === "lambda" && around.parent?.kind === "call" && isPerElement(around.parent)) return true;
  }
  return false;
}

/** Also of an `Optional` there are `map` and `filter`. */
function isPerElement(call: CodeNode): boolean {
  if (/^(?:forEach|mapToObj|mapToInt|mapToLong|mapToDouble|peek|anyMatch|allMatch|noneMatch|removeIf)$/.test(call.text)) return true;
  if (!/^(?:map|flatMap|filter)$/.test(call.text)) return false;
  for (let on = childOf(call, "receiver"); on?.kind === "call"; on = childOf(on, "receiver"))
    if (/stream$|^range/i.test(on.text)) return true;
  return false;
}

/** An object that holds what was given to it. */
export function holding(entity: Entity, parts: ReadonlyMap<string, EntityValue>): EntityValue | undefined {
  const [first] = parts.values();
  return first && { origin: first.origin, entity, path: [], many: false, each: undefined, parts };
}
