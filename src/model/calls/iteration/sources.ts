import { ancestorsOf, type CodeNode, childOf, childrenOf, nodesOf } from "../../../facts/java/code.ts";
import { simpleName, type Type } from "../../types/type.ts";
import { dotted, type Typer } from "../typing/typer.ts";

export const COLLECTIONS: ReadonlySet<string> = new Set([
  "Collection",
  "List",
  "Set",
  "Iterable",
  "Page",
  "Slice",
  "Map",
  "ImmutableList",
  "ArrayList",
]);

const STREAM_STEPS =
  /^(stream|parallelStream|filter|map|flatMap|distinct|sorted|limit|skip|peek|boxed|mapToObj|getContent|values|entrySet|keySet)$/;

/** Where a chain of stream calls starts: `orders` of `orders.stream().filter(…)`, also where a variable holds some of the steps. */
export function sourceOf(chain: CodeNode, typer: Typer): CodeNode {
  let at = stepOf(chain, typer);
  while (at.kind === "call" && STREAM_STEPS.test(at.text)) {
    const on = childOf(at, "receiver");
    if (on === undefined) return at;
    const [given = at] = childrenOf(at, "argument");
    if (/^(Arrays|Stream)$/.test(dotted(on) ?? "")) return given;
    if (dotted(on) === "StreamSupport") return (given.text === "spliterator" ? childOf(given, "receiver") : undefined) ?? given;
    at = stepOf(on, typer);
  }
  return at;
}

/** What a variable holds that is a stream: `orders.stream()` of `Stream<Order> all = orders.stream();`. */
function stepOf(node: CodeNode, typer: Typer): CodeNode {
  if (node.kind !== "name") return node;
  const type = typer.typeOf(node);
  return type !== undefined && /Stream$/.test(simpleName(type)) ? typer.meant(node) : node;
}

/** `List.of(a, b)`, `Stream.of(a)`, `Arrays.asList(…)`, `new X[] {…}` with at most three elements that are not spread from an array. */
export function isShort(elements: CodeNode, typer: Typer): boolean {
  const node = typer.meant(elements);
  if (node.kind === "array") return childrenOf(node, "value").length <= 3 && node.type !== "" && node.children.length > 0;
  if (node.kind !== "call") return false;
  const on = childOf(node, "receiver");
  const args = childrenOf(node, "argument");
  const factory = on === undefined ? "" : `${dotted(on)}.${node.text}`;
  if (/^Collections\.(singleton|singletonList)$/.test(factory)) return true;
  return /^(List|Set|Stream|ImmutableList|ImmutableSet)\.of$|^Arrays\.asList$/.test(factory) && args.length <= 3 && args.length > 1;
}

/** `.limit(1)` on the way; alf.io says in a comment that it is there against one query per element. */
export function isCutShort(chain: CodeNode, typer: Typer): boolean {
  for (const at of stepsOf(chain, typer)) {
    const [count] = childrenOf(at, "argument");
    if (at.text === "limit" && count?.kind === "literal" && Number(count.text) <= 3) return true;
  }
  return false;
}

/** The calls of a chain, the last first, also those that variables hold. */
export function* stepsOf(chain: CodeNode, typer: Typer): Generator<CodeNode> {
  for (let at: CodeNode | undefined = stepOf(chain, typer); at?.kind === "call"; ) {
    yield at;
    const on = childOf(at, "receiver");
    at = on === undefined ? undefined : stepOf(on, typer);
  }
}

/** `Color.values()`, `EnumSet.allOf(Color.class)`, `Stream.of(Color.values())`. */
export function isEnumValues(elements: CodeNode, typer: Typer): boolean {
  const node = typer.meant(elements);
  if (node.kind !== "call") return false;
  const on = childOf(node, "receiver");
  if (
    node.text === "values" &&
    childrenOf(node, "argument").length === 0 &&
    on !== undefined &&
    /^\p{Lu}/u.test(dotted(on)?.split(".").at(-1) ?? "")
  ) {
    return typer.declarationOf(on) === undefined && typer.typeOf(on) === undefined;
  }
  const factory = on === undefined ? "" : `${dotted(on)}.${node.text}`;
  const [only, ...more] = childrenOf(node, "argument");
  if (/^(?:(?:Stream|List|Set)\.of|Arrays\.(?:asList|stream))$/.test(factory) && more.length === 0 && only !== undefined)
    return isEnumValues(only, typer);
  return factory === "EnumSet.allOf";
}

/** `collect(groupingBy(Order::getKind))` has an entry for each of an enum's constants at most. */
export function groupsByEnum(elements: CodeNode, typer: Typer): boolean {
  const source = typer.meant(elements);
  const grouping = source.kind === "call" && source.text === "collect" ? childOf(source, "argument") : undefined;
  const by = grouping?.kind === "call" && grouping.text === "groupingBy" ? childOf(grouping, "argument") : undefined;
  return by?.kind === "reference" && typer.isEnum(typer.resultOf(by));
}

/** Of a request's cookies one or two are looked for. */
export const isCookie = (type: Type | undefined): boolean => type !== undefined && simpleName(type) === "Cookie";

/** `Lists.partition(ids, 500)` and its kin, also where a variable holds them; not batches of goods, which are entities. */
export function chunks(node: CodeNode, typer: Typer): boolean {
  if (typer.isEntity(typer.elementOf(typer.typeOf(node)))) return false;
  for (const inner of nodesOf(node))
    if ((inner.kind === "call" || inner.kind === "name") && CHUNKS.test(inner.text) && !isPartOfElement(inner, node)) return true;
  const declared = node.kind === "name" ? typer.declarationOf(node) : undefined;
  const value = declared?.kind === "local" ? childOf(declared, "value") : undefined;
  if (value?.kind !== "call") return false;
  return (
    /^(?:partition|chunk|batch)/i.test(value.text) ||
    (value.text === "split" && typer.isA(typer.elementOf(typer.typeOf(node)), COLLECTIONS))
  );
}

/**
 * `batchIds.forEach(id -> …)` of a list of keys: named after a batch, and run for each element of it. `batchId -> …` is a round for each
 * batch, and so is what no type is known of.
 */
export function holdsSingles(node: CodeNode, element: string, typer: Typer): boolean {
  if (node.kind !== "name" || !OF_BATCH.test(node.text) || OF_BATCH.test(element)) return false;
  const type = typer.elementOf(typer.typeOf(node));
  return type !== undefined && type.dimensions === 0 && !CHUNKS.test(simpleName(type)) && !typer.isA(type, HOLDERS);
}

const OF_BATCH = /batch|chunk/i;
const HOLDERS: ReadonlySet<string> = new Set(["Iterable", "Map", "Stream", "Iterator", ...COLLECTIONS]);

const CHUNKS = /partition|chunk|batch|split(?!erator)|windowFixed|sub_?lists?|slices$|^(?:in|as|to)?parts$/i;

/** `flatMap(topic -> topic.getPartitions().stream())`: what an element has is no part of the elements. */
function isPartOfElement(node: CodeNode, within: CodeNode): boolean {
  if (node.kind === "call" && !/^get\p{Lu}/u.test(node.text)) return false;
  for (const around of ancestorsOf(node)) {
    if (around === within) return false;
    if (around.kind === "reference" || (around.kind === "lambda" && childOf(around, "parameter") !== undefined)) return true;
  }
  return false;
}
