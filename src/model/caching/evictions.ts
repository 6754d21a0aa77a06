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

/** The caches that a method empties or fills by itself, by an annotation or in its body. */
export class Evictions {
  readonly #types: TypeIndex;
  readonly #calls: CallGraph;
  readonly #filling: ReadonlySet<string>;
  /** By method, what Spring's annotations say. */
  readonly #annotated: ReadonlyMap<string, Eviction>;

  /** `filling` are methods that put what they have read into a cache: nothing of it is newer than before. */
  constructor(types: TypeIndex, calls: CallGraph, uses: readonly CacheUse[], filling: ReadonlySet<string>) {
    this.#types = types;
    this.#calls = calls;
    this.#filling = filling;
    const annotated = new Map<string, Eviction>();
    for (const { kind, method, names, allEntries } of uses)
      if (kind !== "read") annotated.set(method, merged([annotated.get(method), { names, whole: allEntries }]) as Eviction);
    this.#annotated = annotated;
  }

  /** By method; only methods that evict. */
  all(): ReadonlyMap<string, Eviction> {
    const evicting = new Map<string, Eviction>();
    let file: JavaFile | undefined;
    let verbs: Uint8Array | undefined;
    for (const node of this.#calls.all()) {
      const { owner, method } = node.declared;
      // The methods of a file come one after the other.
      if (owner.file !== file) {
        file = owner.file;
        verbs = mayEvict(file) ? stringsNamed(file.java.code, VERBS) : undefined;
      }
      const inBody = verbs !== undefined && mentions(file.java.code, method.body, verbs) ? this.#inBody(node) : undefined;
      const eviction = merged([this.#annotated.get(node.key), this.#foreign(node), inBody]);
      if (eviction !== undefined) evicting.set(node.key, eviction);
    }
    return evicting;
  }

  /** JCache's annotations, those of other libraries, and the workspace's own that carry Spring's. */
  #foreign({ declared: { owner, method } }: MethodNode): Eviction | undefined {
    const annotations = [...method.annotations, ...owner.type.annotations].filter(({ name }) => /evict|cach|invalidat/i.test(name));
    if (annotations.length === 0) return undefined;
    const names = annotations.flatMap((annotation) => {
      const name = bareName(annotation.name);
      if (SPRING.has(name)) return owner.type.annotations.includes(annotation) ? [ANY_CACHE] : [];
      if (FOREIGN.has(name)) return this.#namesOf(annotation, owner);
      const entry = this.#types.declared(this.#types.resolveName(annotation.name, owner), owner.file.file);
      return (entry?.type.annotations ?? []).flatMap((meta) =>
        SPRING.has(bareName(meta.name)) && entry !== undefined ? this.#namesOf(meta, entry) : [],
      );
    });
    return names.length === 0 ? undefined : { names, whole: false };
  }

  #namesOf(annotation: JavaAnnotation, owner: TypeEntry): readonly string[] {
    const value = ["cacheNames", "cacheName", "value", "name"]
      .map((name) => annotationValue(annotation, name))
      .find((found) => found !== undefined);
    const names = value === undefined ? [] : constantTexts(value, owner, this.#types);
    return names.length === 0 ? [ANY_CACHE] : names;
  }

  #inBody(node: MethodNode): Eviction | undefined {
    const { owner, method } = node.declared;
    // Which cache is emptied may change without any call becoming another.
    this.#calls.noteBodies(owner.file.file);
    const nodes = nodesOf(unpack(owner.file.java.code, method.body));
    const types = typesIn(node, nodes);
    const emptied = nodes.filter(
      (one) => (one.kind === "call" || one.kind === "reference") && VERBS.includes(one.text) && onCache(one, types),
    );
    if (emptied.length === 0 || (this.#filling.has(node.key) && emptied.every(({ text }) => FILLS.test(text)))) return undefined;
    const names = nodes.flatMap((one) => {
      if (one.kind !== "call" || one.text !== "getCache") return [];
      const [argument] = childrenOf(one, "argument");
      return [argument === undefined ? ANY_CACHE : (this.#text(argument, owner) ?? ANY_CACHE)];
    });
    return { names: names.length === 0 ? [ANY_CACHE] : names, whole: emptied.some(({ text }) => WHOLE.test(text)) };
  }

  #text(node: CodeNode, owner: TypeEntry): string | undefined {
    if (node.kind === "literal") return node.text;
    const name = dotted(node);
    return name === undefined ? undefined : constantText({ kind: "reference", name }, owner, this.#types);
  }
}

function merged(evictions: readonly (Eviction | undefined)[]): Eviction | undefined {
  const all = evictions.filter((eviction) => eviction !== undefined);
  if (all.length < 2) return all[0];
  return { names: all.flatMap(({ names }) => names), whole: all.some(({ whole }) => whole) };
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
