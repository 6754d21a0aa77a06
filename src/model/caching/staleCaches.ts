import { Answers, FileAnswers } from "../answers.ts";
import type { MethodNode } from "../calls/callGraph.ts";
import type { CallSite } from "../calls/callSites.ts";
import type { IndexedGraph } from "../calls/effects/indexedGraph.ts";
import { type EntryPoint, WIDE_DISPATCH } from "../calls/effects/spread.ts";
import type { FactsChange, FactsStore, ModelPart } from "../part.ts";
import { isUnconditional } from "../persistence/sent/sentQueries.ts";
import type { ReadLog } from "../readLog.ts";
import type { CacheUses } from "./cacheUses.ts";
import type { CachingModel } from "./cachingModel.ts";
import { EvictionSearch, type MissedEviction } from "./evictionSearch.ts";
import { type Eviction, evictionsOf } from "./evictions.ts";
import type { HandRead } from "./handCaches.ts";
import { type Handling, handlingIn } from "./handling.ts";
import { concerns, type TableAccess, type TableParts, tableRead } from "./tableAccess.ts";
import { type TableWrite, TableWrites } from "./tableWrites.ts";

/** A write that leaves a cache as it is. Plain data, without positions: methods are named by their keys, calls by their index in `sites`. */
export interface StaleWrite extends MissedEviction {
  readonly cache: string;
  readonly table: string;
  /** The method that writes, and its call; -1 where it changes a managed entity. */
  readonly writer: string;
  readonly site: number;
  /** Where it changes an entity: the call's place among those of the body (see DirtyWrite); -1 beside a site. */
  readonly call: number;
  /** The cached method, and the method and call below it that read the table; -1 where the cached method is a repository's. */
  readonly reader: string;
  readonly readIn: string;
  readonly readSite: number;
  /** The cache holds a number over rows. */
  readonly aggregate: boolean;
  /** Another class is asked for it beside what the class of the cached method reads itself: most often for a name. */
  readonly aside: boolean;
  /** The cache is asked and filled by code, not by annotations. */
  readonly byHand?: HandRead;
}

/** What a method reads whose answer is kept. */
interface CachedRead extends TableAccess {
  readonly reader: string;
  readonly readIn: string;
  readonly readSite: number;
  readonly aside: boolean;
}

interface ReadInCache extends CachedRead {
  readonly cache: string;
  readonly byHand?: HandRead;
}

/** What is further down than this, or behind half of the application, is not what a cache was made for. */
const DEEPEST = 6;
const MOST_METHODS = 150;
/** The name of a cache that is not there yet, which no code can empty. */
const NEW_CACHE = "\0";

/**
 * Writes behind the back of caches. Keys: `stale-writes:<file>`, for the writes of one file, and `stale-if:<method>`, for those that would be
 * if a method's result was kept.
 */
export class StaleCaches implements ModelPart {
  readonly #parts: TableParts;
  readonly #caching: CachingModel;
  readonly #uses: CacheUses;
  readonly #writes: TableWrites;
  readonly #handling: FileAnswers<Handling>;
  readonly #reads: Answers<readonly CachedRead[]>;
  readonly #search: (evicting: ReadonlyMap<string, Eviction>) => EvictionSearch;
  /** For caches that are not there yet, as long as the calls are the same. */
  #searchForNew: EvictionSearch | undefined;
  readonly #all: Answers<Readonly<Record<string, readonly StaleWrite[]>>>;
  readonly #byFile: Answers<readonly StaleWrite[]>;
  readonly #ifKept: Answers<readonly StaleWrite[]>;
  #edition = -1;

  constructor(
    reads: ReadLog,
    parts: TableParts,
    caching: CachingModel,
    uses: CacheUses,
    graph: () => IndexedGraph,
    entryPoints: () => Iterable<EntryPoint>,
  ) {
    this.#parts = parts;
    this.#caching = caching;
    this.#uses = uses;
    this.#writes = new TableWrites(reads, parts);
    this.#handling = new FileAnswers(
      reads,
      "cache-handling",
      () => parts.calls.files(),
      (file) => handlingIn(parts, file),
    );
    const publishing = (): readonly string[] => this.#handling.all().flatMap((handling) => handling.publishing);
    this.#search = (evicting) => new EvictionSearch({ parts, graph: graph(), entries: entryPoints(), evicting, publishing });
    this.#reads = new Answers(reads, "cached-reads", (reader) => {
      reads.note("endpoints:all");
      return this.#readsOf(reader);
    });
    this.#all = new Answers(reads, "stale-writes-of", () => {
      reads.note("endpoints:all");
      return this.#find();
    });
    this.#byFile = new Answers(reads, "stale-writes", (file) => this.#all.get("all")[file] ?? []);
    this.#ifKept = new Answers(reads, "stale-if", (method) => {
      reads.note("endpoints:all");
      const writes = this.#writes.to(keysOf(this.#reads.get(method)), "perhaps");
      // What empties a cache whose name is not known, such as keys of Redis, empties none that is not there yet.
      this.#searchForNew ??= this.#search(new Map());
      return Object.values(this.#behind(writes, inCaches(this.#reads.get(method), [NEW_CACHE]), this.#searchForNew)).flat();
    });
  }

  update(_changes: readonly FactsChange[], _store: FactsStore, changed: ReadonlySet<string>): Iterable<string> {
    const stale = new Set(changed);
    const others = this.#edition !== this.#parts.calls.edition;
    if (others) stale.add("endpoints:all");
    this.#edition = this.#parts.calls.edition;
    if (stale.has("endpoints:all")) this.#searchForNew = undefined;
    const take = (keys: readonly string[]): void => {
      for (const key of keys) stale.add(key);
    };
    take(this.#writes.refresh(stale, others));
    take(this.#handling.refresh(stale, others));
    take(this.#reads.refresh(stale));
    take(this.#all.refresh(stale));
    return [...this.#byFile.refresh(stale), ...this.#ifKept.refresh(stale)];
  }

  writesIn(file: string): readonly StaleWrite[] {
    return this.#byFile.get(file);
  }

  /** What would be written behind the back of a cache that kept the result of a method. */
  writesIfKept(method: string): readonly StaleWrite[] {
    return this.#ifKept.get(method);
  }

  #find(): Readonly<Record<string, readonly StaleWrite[]>> {
    const all = this.#uses.all();
    const uses = all.some(({ kind }) => kind === "read") && this.#caching.isEnabled() ? all : [];
    const handling = this.#handling.all();
    const byHand = handling.flatMap(({ hand }) => hand);
    if (uses.length === 0 && byHand.length === 0) return {};
    const reads = [
      ...uses.flatMap(({ kind, method, names }) => (kind === "read" ? inCaches(this.#reads.get(method), names) : [])),
      ...byHand.flatMap((hand) => inCaches(this.#reads.get(hand.reader), [hand.cache]).map((read) => ({ ...read, byHand: hand }))),
    ];
    if (reads.length === 0) return {};
    const filling = new Set(reads.flatMap(({ byHand: hand }) => hand?.reader ?? []));
    const own = handling.flatMap(({ evictions }) => evictions);
    return this.#behind(this.#writes.to(keysOf(reads), "surely"), reads, this.#search(evictionsOf(own, all, filling)));
  }

  /** Of the writes those that no eviction is on the way to, by file: each the first of its method to a cache. */
  #behind(
    writes: readonly TableWrite[],
    reads: readonly ReadInCache[],
    search: EvictionSearch,
  ): Readonly<Record<string, readonly StaleWrite[]>> {
    const byKey = new Map<string, ReadInCache[]>();
    for (const read of reads) for (const key of read.keys) byKey.set(key, [...(byKey.get(key) ?? []), read]);
    const found: Record<string, StaleWrite[]> = {};
    const seen = new Map<string, Set<string>>();
    for (const written of writes) {
      const { writer, file, site, call } = written;
      const node = this.#parts.calls.method(writer);
      if (node === undefined) continue;
      let told = seen.get(writer);
      if (told === undefined) seen.set(writer, (told = new Set()));
      for (const read of written.keys.flatMap((key) => byKey.get(key) ?? [])) {
        // What the cached method writes itself stands in its answer.
        if (read.reader === writer || !concerns(written, read) || told.has(read.cache)) continue;
        told.add(read.cache);
        const missed = search.missed(read.cache, read.reader, node);
        if (missed === undefined) continue;
        const { cache, table, reader, readIn, readSite, aggregate, aside, byHand } = read;
        const hand = byHand === undefined ? {} : { byHand };
        (found[file] ??= []).push({
          ...{ cache, table, writer, site, call, reader, readIn, readSite, aggregate, aside },
          ...hand,
          ...missed,
        });
      }
    }
    return found;
  }

  /** The tables that a cached method reads, through what it calls; another cached method answers for itself. */
  #readsOf(reader: string): readonly CachedRead[] {
    const { calls } = this.#parts;
    const found: CachedRead[] = [];
    const seen = new Set([reader]);
    let writes = false;
    const start = calls.method(reader);
    if (start !== undefined && start.declared.method.body < 0) {
      // A repository's own method: the cached method is the read.
      const own = this.#ownRead(start);
      return own === undefined ? [] : [{ reader, readIn: reader, readSite: -1, aside: false, ...own }];
    }
    let frontier = [reader];
    for (let depth = 0; frontier.length > 0 && depth < DEEPEST; depth++) {
      const next: string[] = [];
      for (const key of frontier) {
        const node = calls.method(key);
        if (node === undefined || (key !== reader && node.remembered)) continue;
        calls.noteBody(node);
        node.sites.forEach((site, readSite) => {
          const read = tableRead(this.#parts, node, site);
          if (read !== undefined) found.push({ reader, readIn: key, readSite, aside: false, ...read });
          writes ||= site.work?.kind === "write" && !(key === reader && isOnTheSide(this.#parts, node, site));
          if (site.work !== undefined) return;
          for (const target of site.targets) {
            const runs = calls.overridesOf(target);
            if (runs.size > WIDE_DISPATCH) continue;
            for (const one of [target, ...runs]) {
              if (seen.has(one) || seen.size >= MOST_METHODS) continue;
              seen.add(one);
              next.push(one);
            }
          }
        });
      }
      frontier = next;
    }
    // What it was made for is the writing: a command that is not to run twice.
    if (writes) return [];
    const isOwn = ({ readIn }: CachedRead): boolean => calls.method(readIn)?.declared.owner.type === start?.declared.owner.type;
    const own = found.filter(isOwn);
    return own.length === 0 ? found : [...own, ...found.filter((read) => !isOwn(read)).map((read) => ({ ...read, aside: true }))];
  }

  #ownRead(node: MethodNode): TableAccess | undefined {
    const { owner, method } = node.declared;
    const label = `${owner.type.name}.${method.name}`;
    const site: CallSite = {
      name: method.name,
      at: method.nameSpan,
      targets: [node.key],
      work: { kind: "read", label },
      iterations: [],
      excuses: [],
      self: undefined,
      order: -1,
    };
    return tableRead(this.#parts, node, site);
  }
}

/** `if (ticket.isOver()) tickets.save(ticket.closed());`: what somebody notices who came to read. */
function isOnTheSide({ calls }: TableParts, method: MethodNode, { order }: CallSite): boolean {
  const call = calls.codeOf(method).nodes[order];
  return call !== undefined && !isUnconditional(call);
}

const inCaches = (reads: readonly CachedRead[], caches: readonly string[]): readonly ReadInCache[] =>
  reads.flatMap((read) => caches.map((cache) => ({ cache, ...read })));

const keysOf = (reads: readonly CachedRead[]): ReadonlySet<string> => new Set(reads.flatMap(({ keys }) => keys));
