import type { JavaFile } from "../../facts/fileFacts.ts";
import { type CodeNode, childOf, childrenOf, mentions, nodesOf, stringsNamed, unpack } from "../../facts/java/code.ts";
import type { JavaAnnotation } from "../../facts/java/javaFacts.ts";
import type { CallGraph, MethodNode } from "../calls/callGraph.ts";
import { dotted } from "../calls/typing/typer.ts";
import { annotationValue, constantText, constantTexts } from "../types/constants.ts";
import { bareName, type TypeEntry, type TypeIndex } from "../types/typeIndex.ts";
import type { CacheUse } from "./readUses.ts";

/** Stands for every cache: which of them is emptied is not known. */
export const ANY_CACHE = "*";

/** What one method does to caches. */
export interface Eviction {
  /** Names, or ANY_CACHE. */
  readonly names: readonly string[];
  /** All entries go, not those of one key. */
  readonly whole: boolean;
}

/** What one method does to caches by annotations that are not Spring's, or in its body. */
export interface OwnEviction extends Eviction {
  /** Key of the method. */
  readonly method: string;
  /** Its body does nothing but put something in: no news, where that is what the cached method has read. */
  readonly fills?: true;
}

/** Of the methods of one file, those that empty or fill caches by themselves. */
export function evictionsIn(parts: Parts, file: JavaFile, nodes: readonly MethodNode[]): readonly OwnEviction[] {
  const verbs = mayEvict(file) ? stringsNamed(file.java.code, VERBS) : undefined;
  return nodes.flatMap((node) => {
    const inBody = verbs !== undefined && mentions(file.java.code, node.declared.method.body, verbs) ? inBodyOf(parts, node) : undefined;
    return [foreign(parts, node), inBody].flatMap((eviction) => eviction ?? []);
  });
}

/** By method, together with what Spring's annotations say; `filling` are methods that put what they have read into a cache. */
export function evictionsOf(
  own: readonly OwnEviction[],
  uses: readonly CacheUse[],
  filling: ReadonlySet<string>,
): ReadonlyMap<string, Eviction> {
  const evicting = new Map<string, Eviction>();
  const note = (method: string, { names, whole }: Eviction): void => {
    const before = evicting.get(method);
    evicting.set(method, before === undefined ? { names, whole } : { names: [...before.names, ...names], whole: before.whole || whole });
  };
  for (const { kind, method, names, allEntries } of uses) if (kind !== "read") note(method, { names, whole: allEntries });
  for (const eviction of own) if (eviction.fills !== true || !filling.has(eviction.method)) note(eviction.method, eviction);
  return evicting;
}

interface Parts {
  readonly types: TypeIndex;
  readonly calls: CallGraph;
}

/** JCache's annotations, those of other libraries, and the workspace's own that carry Spring's. */
function foreign({ types }: Parts, { key, declared: { owner, method } }: MethodNode): OwnEviction | undefined {
  const annotations = [...method.annotations, ...owner.type.annotations].filter(({ name }) => /evict|cach|invalidat/i.test(name));
  if (annotations.length === 0) return undefined;
  const names = annotations.flatMap((annotation) => {
    const name = bareName(annotation.name);
    if (SPRING.has(name)) return owner.type.annotations.includes(annotation) ? [ANY_CACHE] : [];
    if (FOREIGN.has(name)) return namesOf(types, annotation, owner);
    const entry = types.declared(types.resolveName(annotation.name, owner), owner.file.file);
    return (entry?.type.annotations ?? []).flatMap((meta) =>
      SPRING.has(bareName(meta.name)) && entry !== undefined ? namesOf(types, meta, entry) : [],
    );
  });
  return names.length === 0 ? undefined : { method: key, names, whole: false };
}

function namesOf(types: TypeIndex, annotation: JavaAnnotation, owner: TypeEntry): readonly string[] {
  const value = ["cacheNames", "cacheName", "value", "name"]
    .map((name) => annotationValue(annotation, name))
    .find((found) => found !== undefined);
  const names = value === undefined ? [] : constantTexts(value, owner, types);
  return names.length === 0 ? [ANY_CACHE] : names;
}

function inBodyOf({ types, calls }: Parts, node: MethodNode): OwnEviction | undefined {
  const { owner, method } = node.declared;
  // Which cache is emptied may change without any call becoming another.
  calls.noteBodies(owner.file.file);
  const nodes = nodesOf(unpack(owner.file.java.code, method.body));
  const held = typesIn(node, nodes);
  const emptied = nodes.filter(
    (one) => (one.kind === "call" || one.kind === "reference") && VERBS.includes(one.text) && onCache(one, held),
  );
  if (emptied.length === 0) return undefined;
  const names = nodes.flatMap((one) => {
    if (one.kind !== "call" || one.text !== "getCache") return [];
    const [argument] = childrenOf(one, "argument");
    return [argument === undefined ? ANY_CACHE : (textOf(types, argument, owner) ?? ANY_CACHE)];
  });
  return {
    method: node.key,
    names: names.length === 0 ? [ANY_CACHE] : names,
    whole: emptied.some(({ text }) => WHOLE.test(text)),
    ...(emptied.every(({ text }) => FILLS.test(text)) ? { fills: true } : {}),
  };
}

function textOf(types: TypeIndex, node: CodeNode, owner: TypeEntry): string | undefined {
  if (node.kind === "literal") return node.text;
  const name = dotted(node);
  return name === undefined ? undefined : constantText({ kind: "reference", name }, owner, types);
}

const FILLS = /^put(?:IfAbsent)?$/;
const WHOLE = /^(?:clear|invalidateAll|removeAll|invalidate)$/;
const SPRING: ReadonlySet<string> = new Set(["CacheEvict", "CachePut", "Caching"]);
const FOREIGN: ReadonlySet<string> = new Set(["CacheRemove", "CacheRemoveAll", "CacheInvalidate", "CacheUpdate"]);
const VERBS = [
  "evict",
  "evictIfPresent",
  "clear",
  "invalidate",
  "invalidateAll",
  "put",
  "putIfAbsent",
  "remove",
  "removeAll",
  "delete",
  "unlink",
];
const CACHES =
  /^(?:Cache|CacheManager|CaffeineCache|LoadingCache|AsyncCache|RedisTemplate|StringRedisTemplate|RedisOperations|RedissonClient|RMap|RMapCache|RBucket|RKeys|IMap|HazelcastInstance|\w*Cache|\w*CacheManager|\w*CacheService|Redis\w*|\w*Redis\w*)$/;

/** Whoever touches a cache of a library imports it. */
function mayEvict({ java }: JavaFile): boolean {
  return java.imports.some(({ name }) => /cach|redis|caffeine|hazelcast|infinispan/i.test(name));
}

function typesIn({ declared: { owner, method } }: MethodNode, nodes: readonly CodeNode[]): ReadonlyMap<string, string> {
  const types = new Map(owner.type.fields.map((field) => [field.name, bareName(field.type)]));
  for (const parameter of method.parameters) types.set(parameter.name, bareName(parameter.type));
  for (const node of nodes) if (node.kind === "local") types.set(node.text, bareName(node.type));
  return types;
}

/** `getCache(…).clear()`, `cache.evict(key)`, `Cache::clear`, `redis.delete(key)`. */
function onCache(node: CodeNode, types: ReadonlyMap<string, string>): boolean {
  const on = childOf(node, "receiver");
  if (on === undefined) return false;
  for (let at: CodeNode | undefined = on; at !== undefined; at = childOf(at, "receiver")) {
    if (at.kind === "call" && at.text === "getCache") return true;
    if (at.kind === "call" && at.text === "requireNonNull")
      return childrenOf(at, "argument").some((inner) => onCache(inner, types) || isCache(inner, types));
    if (isCache(at, types)) return true;
  }
  return false;
}

function isCache(node: CodeNode, types: ReadonlyMap<string, string>): boolean {
  if (node.kind === "call") return node.text === "getCache";
  if (node.kind === "class") return CACHES.test(bareName(node.type));
  if (node.kind !== "name" && node.kind !== "field") return false;
  const type = types.get(node.text) ?? "";
  return CACHES.test(type === "" || type === "var" ? node.text : type) || (type === "var" && /cache/i.test(node.text));
}
