import { asGiven, type CodeNode, childOf, childrenOf, nodesOf } from "../../../facts/java/code.ts";
import type { Typer } from "../typing/typer.ts";
import { stepsOf } from "./sources.ts";

/** `map.computeIfAbsent(key, k -> …)`, `cache.get(key, k -> …)`, `ownerCache.getOrLoad(key, () -> …)`: once per key. */
export function remembers(lambda: CodeNode, typer: Typer): boolean {
  const { parent: call, role } = asGiven(lambda);
  if (call?.kind !== "call" || role !== "argument") return false;
  if (/^(?:computeIfAbsent|putIfAbsent)$/.test(call.text) || (call.text === "get" && childrenOf(call, "argument").length === 2))
    return true;
  const on = childOf(call, "receiver");
  if (on === undefined || !/^(?:get|load|fetch|find|compute|retrieve)/.test(call.text)) return false;
  return /[cC]ache$/.test(on.text) || /Cache(?:<|$)/.test(typer.typeOf(on)?.name ?? "");
}

/**
 * `loaded.stream().filter(…).findFirst().orElseGet(() -> …)`, `Optional.ofNullable(byId.get(id)).orElseGet(() -> …)`,
 * `ownerCache.findByName(name).map(…).orElseGet(() -> …)`.
 */
export function fillsGap(lambda: CodeNode, typer: Typer): boolean {
  const { parent: call, role } = asGiven(lambda);
  if (call?.kind !== "call" || role !== "argument" || !/^(?:orElseGet|or)$/.test(call.text)) return false;
  for (let on = childOf(call, "receiver"); on?.kind === "call"; on = childOf(on, "receiver")) {
    if (on.text === "ofNullable") return childrenOf(on, "argument").some((given) => asksStore(given, typer));
    if (/^(?:stream|values)$/.test(on.text)) return childOf(on, "receiver")?.kind === "name";
    const store = childOf(on, "receiver");
    if (store?.kind === "name" && isCache(store, typer)) return true;
  }
  return false;
}

/** A store in front of another one, by its name or its type's: `schoolRedisRepository`. */
const isCache = (store: CodeNode, typer: Typer): boolean =>
  [store.text, typer.typeOf(store)?.name.split(".").at(-1) ?? ""].some((name) => /(?:[cC]ache|[rR]edis)(?:$|\p{Lu})/u.test(name));

/** `map.get(key)`, `manager.getCache("owners").get(key)`, `redis.opsForValue().get(key)`, `memberCacheService.getMember(name)`. */
function asksStore(get: CodeNode, typer: Typer): boolean {
  const on = get.kind === "call" && /^(?:h?get|find|load|read|fetch|query)/.test(get.text) ? childOf(get, "receiver") : undefined;
  if (on === undefined) return false;
  if (isVariable(on) && isCache(on, typer)) return true;
  if (!/^get(?:IfPresent)?$/.test(get.text)) return false;
  const type = typer.typeOf(on);
  return (on.kind === "call" && on.text === "getCache") || (type !== undefined && typer.isA(type, MEMORIES));
}

/** `if (!seen.containsKey(k))`, `if (!redis.hasKey(k))`, `if (cached == null)`, `if (isEmpty(cached))`: the code runs once per key. */
export function guardsOneTime(statement: CodeNode): boolean {
  const condition = childOf(statement, "condition");
  const then = childOf(statement, "then");
  if (condition === undefined || then === undefined) return false;
  const sets = (name: string | undefined): boolean =>
    name !== undefined && nodesOf(then).some((inner) => inner.kind === "assign" && childOf(inner, "target")?.text === name);
  return nodesOf(condition).some((node) => {
    if (node.kind === "unary" && node.text === "!") return node.children[0]?.kind === "call" && HAS.test(node.children[0].text);
    if (node.kind === "binary" && node.text === "==" && isNull(node)) return sets(node.children.find(isVariable)?.text);
    // What Redis and other stores of lists do not have comes back as an empty list.
    return (
      node.kind === "call" &&
      /^is(?:Empty|Null|Blank)$/.test(node.text) &&
      node.children.some((child) => isVariable(child) && sets(child.text))
    );
  });
}

/**
 * The variable that a constant is held against, or whose name or key is: `if ("disk".equals(store))`, `if (store == DISK)`,
 * `if (PUSH.equals(metric.getName()))`; or whose key something else is, `if (count.getId().equals(id))`. Of all elements one gets through.
 */
export function wantedElement(statement: CodeNode): string | undefined {
  const condition = childOf(statement, "condition");
  for (const node of condition === undefined ? [] : conjuncts(condition)) {
    const isEquality = node.kind === "call" ? /^equals(?:IgnoreCase)?$/.test(node.text) : node.kind === "binary" && node.text === "==";
    const [one, other] = isEquality ? node.children : [];
    if (one === undefined || other === undefined) continue;
    const wanted = isConstant(other) ? named(one) : isConstant(one) ? named(other) : undefined;
    if (wanted !== undefined) return wanted;
    const keyed = [one, other].map(named).find((element) => element !== undefined && isKeyOf(node, element));
    if (keyed !== undefined) return keyed;
  }
  return undefined;
}

/** "metric" of `metric`, and of `metric.getName()`. */
function named(node: CodeNode): string | undefined {
  const on = node.kind === "call" && /^(?:get)?(?:Name|Id|Key|Identifier)$/i.test(node.text) ? childOf(node, "receiver") : node;
  return on?.kind === "name" ? on.text : undefined;
}

/** `stores.stream().filter(store -> store.getId().equals(id))`: one gets through, whatever it is held against. */
export function picksOne(chain: CodeNode, typer: Typer): boolean {
  for (const at of stepsOf(chain, typer)) {
    const lambda = at.text === "filter" ? childOf(at, "argument") : undefined;
    const element = lambda?.kind === "lambda" ? childOf(lambda, "parameter")?.text : undefined;
    const body = lambda === undefined ? undefined : childOf(lambda, "body");
    if (element === undefined || body === undefined) continue;
    if (conjuncts(body).some((condition) => isKeyOf(condition, element))) return true;
  }
  return false;
}

/** `store.getId().equals(id)`, the two in either order, where the other side knows nothing of the element. */
function isKeyOf(condition: CodeNode, element: string): boolean {
  const [one, other] = condition.kind === "call" && /^equals(?:IgnoreCase)?$/.test(condition.text) ? condition.children : [];
  if (one === undefined || other === undefined) return false;
  const isKey = (node: CodeNode): boolean => /^(?:get)?(?:Id|Key|Identifier)$/i.test(node.text) && named(node) === element;
  const isFree = (node: CodeNode): boolean => nodesOf(node).every(({ kind, text }) => kind !== "name" || text !== element);
  return (isKey(one) && isFree(other)) || (isKey(other) && isFree(one));
}

const conjuncts = (condition: CodeNode): readonly CodeNode[] =>
  condition.kind === "binary" && condition.text === "&&" ? condition.children.flatMap(conjuncts) : [condition];

/** `"disk"`, `DISK`, `Store.DISK`, `Store.DISK.name()`, `Store.DISK.getCode()`. */
function isConstant(node: CodeNode): boolean {
  const { kind, text, type } = node;
  if (kind === "literal") return type !== "null" && type !== "boolean";
  if (kind === "name" || kind === "field") return /^\p{Lu}[\p{Lu}\d_]*$/u.test(text);
  const on = kind === "call" && node.children.length === 1 ? childOf(node, "receiver") : undefined;
  return on?.kind === "field" && isConstant(on);
}

const MEMORIES: ReadonlySet<string> = new Set(["Map", "Cache", "ValueOperations", "HashOperations"]);
const HAS = /^(?:containsKey|hasKey)$/;

/**
 * `X known = map.get(key); if (known != null) return known;` further up, or `if (redis.hasKey(key)) return …`: what follows runs once per
 * key.
 */
export function returnsRemembered(block: CodeNode, until: CodeNode, typer: Typer): boolean {
  for (const before of block.children) {
    if (before === until) return false;
    const condition = before.kind === "if" ? childOf(before, "condition") : undefined;
    const returned = condition === undefined ? [] : nodesOf(before).filter(({ kind }) => kind === "return");
    if (condition === undefined || returned.length === 0) continue;
    for (const one of conjuncts(condition)) {
      const store = storeThatHas(one);
      if (store !== undefined && returned.some((node) => nodesOf(node).some(({ text }) => text === store.text))) return true;
      const known = knownIn(one);
      const declared = known === undefined ? undefined : typer.declarationOf(known);
      const value = declared?.kind === "local" ? childOf(declared, "value") : undefined;
      if (value === undefined || !nodesOf(value).some((node) => asksStore(node, typer))) continue;
      if (returned.some((node) => nodesOf(node).some(({ kind, text }) => kind === "name" && text === known?.text))) return true;
    }
  }
  return false;
}

/** "known" of `known != null`, `hasText(known)`, `nonNull(known)`, `known.isPresent()`. */
function knownIn(condition: CodeNode): CodeNode | undefined {
  if (condition.kind === "binary") return condition.text === "!=" && isNull(condition) ? condition.children.find(isVariable) : undefined;
  if (condition.kind !== "call" || !/^(?:hasText|hasLength|nonNull|isNotNull|isNotEmpty|isNotBlank|isPresent)$/.test(condition.text))
    return undefined;
  return condition.text === "isPresent" ? childOf(condition, "receiver") : childOf(condition, "argument");
}

/** "redis" of `redis.hasKey(key)`, also where that is held against `Boolean.TRUE`. */
function storeThatHas(condition: CodeNode): CodeNode | undefined {
  if (condition.kind !== "call") return undefined;
  const [key, ...others] = childrenOf(condition, "argument");
  if (key === undefined || others.length > 0 || key.kind === "literal") return undefined;
  if (condition.text === "equals")
    return /^(?:Boolean\.)?TRUE$/.test(childOf(condition, "receiver")?.text ?? "") ? storeThatHas(key) : undefined;
  return HAS.test(condition.text) ? childOf(condition, "receiver") : undefined;
}

/** `if (count % BATCH_SIZE == 0)`, `if (batch.size() >= BATCH_SIZE)`. */
export function guardsBatch(statement: CodeNode): boolean {
  const condition = childOf(statement, "condition");
  if (condition === undefined) return false;
  return nodesOf(condition).some((node) => {
    if (node.kind !== "binary" || !/^(?:==|>=?|%)$/.test(node.text)) return false;
    const [left, right] = node.children;
    if (node.text === "%") return true;
    return left?.kind === "call" && left.text === "size" && right !== undefined && (isVariable(right) || Number(right.text) > 1);
  });
}

/** `keys.add(key); if (keys.size() >= MOST) send();` where the object keeps the keys: one call in many sends. */
export function sendsWhenFull(statement: CodeNode, typer: Typer): boolean {
  const condition = childOf(statement, "condition");
  const [size, most] = condition?.kind === "binary" && /^(?:==|>=?)$/.test(condition.text) ? condition.children : [];
  const kept = size?.kind === "call" && size.text === "size" ? childOf(size, "receiver") : undefined;
  if (most === undefined || !guardsBatch(statement) || kept?.kind !== "name" || typer.declarationOf(kept) !== undefined) return false;
  const before = statement.parent?.kind === "block" ? statement.parent.children : [];
  return before.some((call) => call.kind === "call" && call.text === "add" && childOf(call, "receiver")?.text === kept.text);
}

const isVariable = ({ kind }: CodeNode): boolean => kind === "name" || kind === "field" || kind === "this";
const isNull = (comparison: CodeNode): boolean => comparison.children.some((child) => child.kind === "literal" && child.type === "null");
