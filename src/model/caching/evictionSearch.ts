import type { CallGraph, MethodNode } from "../calls/callGraph.ts";
import { declaredKey } from "../calls/dispatch.ts";
import type { IndexedGraph } from "../calls/effects/indexedGraph.ts";
import { type EntryPoint, WIDE_DISPATCH } from "../calls/effects/spread.ts";
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
  /** Whoever comes to an eviction of which it is not known what it empties. */
  #any: Reached | undefined;
  /** Methods that publish events or send messages: a listener of theirs evicts. */
  readonly #publishing: () => readonly string[];
  /** By the cache that they name. */
  readonly #evictions = new Map<string, NamedEviction[]>();
  readonly #byCache = new Map<string, CacheEvictors>();

  constructor({ parts, graph, entries, evicting, publishing }: Searched) {
    this.#parts = parts;
    this.#graph = graph;
    this.#publishing = publishing;
    for (const entry of entries) if (!this.#entries.has(entry.method)) this.#entries.set(entry.method, entry);
    this.#evicting = evicting;
    for (const [method, { names, whole }] of evicting)
      for (const name of new Set(names)) {
        const known = this.#evictions.get(name);
        if (known === undefined) this.#evictions.set(name, [{ method, whole }]);
        else known.push({ method, whole });
      }
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
    const { configuration } = this.#parts;
    const [entering, keeping] = [configuration.buildOf(node.declared.owner.file.file), configuration.buildOf(kept)];
    return entering.module === keeping.module || entering.dependsOn.includes(keeping.module) || keeping.dependsOn.includes(entering.module);
  }

  /** Of a cache that nobody names there are those who empty any. */
  #evictorsOf(cache: string): CacheEvictors {
    const named = this.#evictions.get(cache) ?? NONE;
    const shared = named.length === 0 ? ANY_CACHE : cache;
    let known = this.#byCache.get(shared);
    if (known === undefined) this.#byCache.set(shared, (known = this.#findEvictors(named)));
    return known;
  }

  #findEvictors(named: readonly NamedEviction[]): CacheEvictors {
    const any = (this.#any ??= this.#comingTo(this.#evictions.get(ANY_CACHE) ?? NONE));
    const methods = any.marks.slice();
    const marked = [...any.marked, ...this.#spread(methods, named)];
    const isAny = (indices: readonly number[], is: (node: MethodNode) => boolean): boolean =>
      indices.some((index) => is(this.#graph.nodes[index] as MethodNode));
    if (isAny(marked, listens)) {
      const publishing = this.#publishing().map((method) => ({ method }));
      marked.push(...this.#spread(methods, publishing));
    }
    const emptying = this.#comingTo(named.filter(({ whole }) => whole));
    return {
      methods,
      // What runs around methods, or after each change of an entity, runs for all of them.
      everywhere: isAny(marked, runsUnasked),
      ever: named.length > 0,
      onSchedule: isAny(emptying.marked, isScheduled),
    };
  }

  #comingTo(seeds: readonly Seed[]): Reached {
    const marks = new Uint8Array(this.#graph.nodes.length);
    return { marks, marked: this.#spread(marks, seeds) };
  }

  /** Marks everybody who comes to one of these methods, and answers with those who were not marked before. */
  #spread(marks: Uint8Array, seeds: readonly Seed[]): readonly number[] {
    const marked: number[] = [];
    const reach = (index: number): void => {
      if (marks[index] === 1) return;
      marks[index] = 1;
      marked.push(index);
    };
    for (const { method } of seeds) for (const index of this.#graph.indicesOf(method)) reach(index);
    // Grows while it is walked.
    for (const index of marked) {
      this.#graph.eachCaller(index, reach);
      this.#graph.eachDeclaration(index, reach);
    }
    return marked;
  }
}

interface Seed {
  /** Key of the method. */
  readonly method: string;
}

interface NamedEviction extends Seed {
  /** All entries go. */
  readonly whole: boolean;
}

const NONE: readonly never[] = [];

/** Methods by their numbers in the graph: as a list, and 1 for each of them in a row of all. */
interface Reached {
  readonly marks: Uint8Array;
  readonly marked: readonly number[];
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

/** What is searched: `entries` are what requests and clocks run, `evicting` what methods do to caches. */
interface Searched {
  readonly parts: SearchParts;
  readonly graph: IndexedGraph;
  readonly entries: Iterable<EntryPoint>;
  readonly evicting: ReadonlyMap<string, Eviction>;
  readonly publishing: () => readonly string[];
}

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
