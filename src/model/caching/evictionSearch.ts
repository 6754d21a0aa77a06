import type { JavaFile } from "../../facts/fileFacts.ts";
import { mentions, stringsNamed } from "../../facts/java/code.ts";
import type { CallGraph, MethodNode } from "../calls/callGraph.ts";
import { declaredKey } from "../calls/dispatch.ts";
import type { IndexedGraph } from "../calls/effects/indexedGraph.ts";
import { type EntryPoint, WIDE_DISPATCH } from "../calls/effects/spread.ts";
import type { BuildData } from "../configuration/builds.ts";
import type { ConfigurationModel } from "../configuration/configurationModel.ts";
import { annotationNamed } from "../types/constants.ts";
import { ADVICE } from "../web/frameworkCalls.ts";
import { LISTENERS } from "../web/readEndpoints.ts";
import { ANY_CACHE, type Eviction } from "./evictions.ts";

const MOST_CALLERS = 2_000;

/** The ways to a writer that pass no eviction. */
export interface MissedEviction {
  /** The entry points that they begin at, one that happens often first. */
  readonly entries: readonly EntryPoint[];
  /** The ways from the first of them. */
  readonly ways: readonly [EvictionWay, ...EvictionWay[]];
  /** Whether anything in the workspace ever empties or fills the cache. */
  readonly everEvicted: boolean;
  /** A schedule empties it. */
  readonly onSchedule: boolean;
  /** The way empties other caches. */
  readonly evictsOthers: boolean;
}

export interface EvictionWay {
  readonly entry: EntryPoint;
  /** The methods from the entry point down to the writer, both included. */
  readonly path: readonly string[];
}

/** Of more entry points nobody would look at the ways. */
const MOST_WAYS = 6;

/** Goes from writers up to the entry points that reach them, past nothing that evicts. */
export class EvictionSearch {
  readonly #parts: SearchParts;
  readonly #graph: IndexedGraph;
  readonly #entries = new Map<string, EntryPoint>();
  readonly #evicting: ReadonlyMap<string, Eviction>;
  #any: Uint8Array | undefined;
  #publishing: readonly string[] | undefined;
  readonly #builds = new Map<string, BuildData>();
  readonly #byCache = new Map<string, CacheEvictors>();

  constructor(parts: SearchParts, graph: IndexedGraph, entries: readonly EntryPoint[], evicting: ReadonlyMap<string, Eviction>) {
    this.#parts = parts;
    this.#graph = graph;
    for (const entry of entries) if (!this.#entries.has(entry.method)) this.#entries.set(entry.method, entry);
    this.#evicting = evicting;
  }

  missed(cache: string, reader: string, writer: MethodNode): MissedEviction | undefined {
    const evictors = this.#evictorsOf(cache);
    const starts = this.#graph.indicesOf(writer.key);
    const [start] = starts;
    if (start === undefined || evictors.everywhere || evictors.methods[start] === 1 || this.#evictsItself(writer, cache)) return undefined;
    if (!this.#isAsked(reader, evictors)) return undefined;
    const from = new Map<number, number>(starts.map((index) => [index, -1]));
    const entries: { readonly entry: EntryPoint; readonly index: number }[] = [];
    let frontier = [...starts];
    while (frontier.length > 0 && from.size < MOST_CALLERS) {
      const next: number[] = [];
      for (const index of this.#graph.ordered(frontier)) {
        const node = this.#graph.nodes[index] as MethodNode;
        const entry = this.#entries.get(node.key);
        if (entry !== undefined && !isStartUp(entry) && this.#sharesApplication(node, reader)) entries.push({ entry, index });
        const climb = (above: number): void => {
          if (from.has(above) || evictors.methods[above] === 1) return;
          from.set(above, index);
          next.push(above);
        };
        this.#graph.eachCaller(index, climb);
        this.#graph.eachDeclaration(index, (declaration) => {
          if (this.#graph.overrides(declaration) <= WIDE_DISPATCH) climb(declaration);
        });
      }
      frontier = next;
    }
    const [first, ...rest] = entries.sort(
      (a, b) => Number(b.entry.often) - Number(a.entry.often) || (a.entry.label < b.entry.label ? -1 : 1),
    );
    if (first === undefined) return undefined;
    const pathFrom = (index: number): readonly string[] => {
      const path: string[] = [];
      for (let at = index; at >= 0; at = from.get(at) ?? -1) path.push((this.#graph.nodes[at] as MethodNode).key);
      return path;
    };
    const wayFrom = ({ entry, index }: typeof first): EvictionWay => ({ entry, path: pathFrom(index) });
    const way = wayFrom(first);
    return {
      entries: [first, ...rest].map(({ entry }) => entry),
      ways: [way, ...rest.slice(0, MOST_WAYS - 1).map(wayFrom)],
      everEvicted: evictors.ever,
      onSchedule: evictors.onSchedule,
      evictsOthers: way.path.some((key) => this.#evicting.has(declaredKey(key))),
    };
  }

  /** Whether anybody asks the cached method without emptying the cache first. */
  #isAsked(reader: string, { methods }: CacheEvictors): boolean {
    const asked = [...this.#graph.indicesOf(reader)];
    const [start] = asked;
    if (start === undefined) return false;
    if (this.#entries.has(reader)) return true;
    this.#graph.eachDeclaration(start, (declaration) => asked.push(declaration));
    let found = false;
    for (const index of asked)
      this.#graph.eachCaller(index, (caller) => {
        found ||= methods[caller] !== 1;
      });
    return found;
  }

  /** A repository's method that carries the annotation. */
  #evictsItself({ sites }: MethodNode, cache: string): boolean {
    return sites.some(({ targets }) => targets.some((target) => this.#concerns(target, cache)));
  }

  #concerns(method: string, cache: string): boolean {
    const eviction = this.#evicting.get(declaredKey(method));
    return eviction !== undefined && concerns(eviction, cache);
  }

  /** What one application reads, another one of the same repository does not keep in its memory. */
  #sharesApplication(node: MethodNode, reader: string): boolean {
    const kept = this.#parts.calls.method(reader)?.declared.owner.file.file;
    if (kept === undefined) return false;
    const [entering, keeping] = [this.#buildOf(node.declared.owner.file.file), this.#buildOf(kept)];
    return entering.module === keeping.module || entering.dependsOn.includes(keeping.module) || keeping.dependsOn.includes(entering.module);
  }

  #buildOf(file: string): BuildData {
    let build = this.#builds.get(file);
    if (build === undefined) this.#builds.set(file, (build = this.#parts.configuration.buildOf(file)));
    return build;
  }

  #evictorsOf(cache: string): CacheEvictors {
    let known = this.#byCache.get(cache);
    if (known === undefined) this.#byCache.set(cache, (known = this.#findEvictors(cache)));
    return known;
  }

  #findEvictors(cache: string): CacheEvictors {
    const named = [...this.#evicting].filter(([, { names }]) => names.includes(cache));
    const methods = new Uint8Array(this.#anyCache());
    this.#spread(
      methods,
      named.map(([key]) => key),
    );
    const { nodes } = this.#graph;
    if (nodes.some((node, index) => methods[index] === 1 && listens(node))) this.#spread(methods, this.#publishers());
    const emptying = new Uint8Array(nodes.length);
    this.#spread(
      emptying,
      named.filter(([, { whole }]) => whole).map(([key]) => key),
    );
    return {
      methods,
      // What runs around methods, or after each change of an entity, runs for all of them.
      everywhere: nodes.some((node, index) => methods[index] === 1 && runsUnasked(node)),
      ever: named.length > 0,
      onSchedule: nodes.some((node, index) => emptying[index] === 1 && isScheduled(node)),
    };
  }

  /** Whoever comes to an eviction of which it is not known what it empties. */
  #anyCache(): Uint8Array {
    if (this.#any === undefined) {
      this.#any = new Uint8Array(this.#graph.nodes.length);
      const seeds = [...this.#evicting].filter(([, { names }]) => names.includes(ANY_CACHE));
      this.#spread(
        this.#any,
        seeds.map(([key]) => key),
      );
    }
    return this.#any;
  }

  /** Marks everybody who comes to one of these methods. */
  #spread(marks: Uint8Array, seeds: readonly string[]): void {
    const open: number[] = [];
    const reach = (index: number): void => {
      if (marks[index] === 1) return;
      marks[index] = 1;
      open.push(index);
    };
    for (const key of seeds) for (const index of this.#graph.indicesOf(key)) reach(index);
    for (let index = open.pop(); index !== undefined; index = open.pop()) {
      this.#graph.eachCaller(index, reach);
      this.#graph.eachDeclaration(index, reach);
    }
  }

  /** Methods that publish events or send messages: a listener of theirs evicts. */
  #publishers(): readonly string[] {
    if (this.#publishing !== undefined) return this.#publishing;
    const publishing: string[] = [];
    let file: JavaFile | undefined;
    let named: Uint8Array | undefined;
    for (const { key, declared, sites } of this.#graph.nodes) {
      const { owner, method } = declared;
      if (owner.file !== file) {
        file = owner.file;
        named = stringsNamed(file.java.code, usesChannels(file) ? [...PUBLISHES, "send"] : PUBLISHES);
      }
      const publishes = named !== undefined && mentions(file.java.code, method.body, named);
      if (publishes || sites.some(({ work }) => work?.kind === "message")) publishing.push(key);
    }
    return (this.#publishing = publishing);
  }
}

interface CacheEvictors {
  /** 1 for methods that evict, and for those that call them, by their number in the graph. */
  readonly methods: Uint8Array;
  readonly everywhere: boolean;
  readonly ever: boolean;
  readonly onSchedule: boolean;
}

const concerns = ({ names }: Eviction, cache: string): boolean => names.includes(cache) || names.includes(ANY_CACHE);

const isScheduled = ({ declared }: MethodNode): boolean =>
  annotationNamed(declared.method.annotations, "Scheduled", "Schedules") !== undefined;

interface SearchParts {
  readonly calls: CallGraph;
  readonly configuration: ConfigurationModel;
}

/** The start of the application: there is nothing in the cache yet. */
const isStartUp = ({ kind, often }: EntryPoint): boolean => kind === "listener" && !often;

function listens({ declared: { owner, method } }: MethodNode): boolean {
  if (annotationNamed(method.annotations, ...LISTENERS) !== undefined) return true;
  return (
    /^on(?:ApplicationEvent|Message)$/.test(method.name) &&
    [...owner.type.interfaces, owner.type.superclass ?? ""].some((name) => /Listener|PubSub/.test(name))
  );
}

const CALLBACKS = ["PostPersist", "PostUpdate", "PostRemove", "PrePersist", "PreUpdate", "PreRemove"] as const;

function runsUnasked({ declared: { owner, method } }: MethodNode): boolean {
  if (annotationNamed(method.annotations, ...CALLBACKS, ...ADVICE) !== undefined) return true;
  return owner.type.interfaces.some((name) =>
    /Post(?:Commit)?(?:Insert|Update|Delete)EventListener|MethodInterceptor|Interceptor$/.test(name),
  );
}

/** Channels of Spring Integration: cjmalloy/jasper. */
const usesChannels = ({ java }: JavaFile): boolean =>
  java.imports.some(({ name }) => name === "org.springframework.messaging.MessageChannel");

const PUBLISHES = ["publishEvent", "registerEvent", "andEvent", "convertAndSend", "publish"];
