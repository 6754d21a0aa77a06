import { Answers } from "../answers.ts";
import type { MethodNode } from "../calls/callGraph.ts";
import type { CallSite } from "../calls/callSites.ts";
import type { IndexedGraph } from "../calls/effects/indexedGraph.ts";
import { type EntryPoint, WIDE_DISPATCH } from "../calls/effects/spread.ts";
import type { FactsChange, FactsStore, ModelPart } from "../part.ts";
import { isUnconditional } from "../persistence/sent/sentQueries.ts";
import type { ReadLog } from "../readLog.ts";
import type { CacheUses } from "./cacheUses.ts";
import type { CachingModel } from "./cachingModel.ts";
import { dirtyWrites, heldWrites } from "./dirtyWrites.ts";
import { EvictionSearch, type MissedEviction } from "./evictionSearch.ts";
import { Evictions } from "./evictions.ts";
import { type HandRead, handReads } from "./handCaches.ts";
import type { CacheUse } from "./readUses.ts";
import { concerns, type TableAccess, type TableParts, tableRead, tableWritten } from "./tableAccess.ts";
import { writtenAlong } from "./writtenAlong.ts";

/** A write that leaves a cache as it is. Plain data, without positions: methods are named by their keys, calls by their index in `sites`. */
export interface StaleWrite extends MissedEviction {
  readonly cache: string;
  readonly table: string;
  /** The method that writes, and its call; -1 where it changes a managed entity. */
  readonly writer: string;
  readonly site: number;
  /** The call that writes, or that changes the entity: its index in the packed code, counted from the body's root. */
  readonly order: number;
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

interface CachedRead extends TableAccess {
  readonly cache: string;
  readonly reader: string;
  readonly readIn: string;
  readonly readSite: number;
  readonly aside: boolean;
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
  readonly #graph: () => IndexedGraph;
  readonly #entryPoints: () => Iterable<EntryPoint>;
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
    this.#graph = graph;
    this.#entryPoints = entryPoints;
    this.#all = new Answers(reads, "stale-writes-of", () => {
      reads.note("endpoints:all");
      return this.#find();
    });
    this.#byFile = new Answers(reads, "stale-writes", (file) => this.#all.get("all")[file] ?? []);
    this.#ifKept = new Answers(reads, "stale-if", (method) => {
      reads.note("endpoints:all");
      return Object.values(this.#behind(uses.all(), this.#readsOf(method, [NEW_CACHE]), "with all that comes along")).flat();
    });
  }

  update(_changes: readonly FactsChange[], _store: FactsStore, changed: ReadonlySet<string>): Iterable<string> {
    const stale = new Set(changed);
    if (this.#edition !== this.#parts.calls.edition) stale.add("endpoints:all");
    this.#edition = this.#parts.calls.edition;
    const all = this.#all.refresh(stale);
    for (const key of all) stale.add(key);
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
    const byHand = handReads(this.#parts.calls, this.#parts.types);
    if (uses.length === 0 && byHand.length === 0) return {};
    return this.#behind(all, [
      ...uses.flatMap(({ kind, method, names }) => (kind === "read" ? this.#readsOf(method, names) : [])),
      ...byHand.flatMap((hand) => this.#readsOf(hand.reader, [hand.cache]).map((read) => ({ ...read, byHand: hand }))),
    ]);
  }

  /** Who is to say where a new cache is emptied asks for all that may be written; to tell of a cache that is there, what surely is will do. */
  #behind(
    uses: readonly CacheUse[],
    reads: readonly CachedRead[],
    along?: "with all that comes along",
  ): Readonly<Record<string, readonly StaleWrite[]>> {
    const byKey = new Map<string, CachedRead[]>();
    for (const read of reads) for (const key of read.keys) byKey.set(key, [...(byKey.get(key) ?? []), read]);
    if (byKey.size === 0) return {};
    const filling = new Set(reads.flatMap(({ byHand }) => byHand?.reader ?? []));
    // What empties a cache whose name is not known, such as keys of Redis, empties none that is not there yet.
    const evicting = along === undefined ? new Evictions(this.#parts.types, this.#parts.calls, uses, filling).all() : new Map();
    const search = new EvictionSearch(this.#parts, this.#graph(), [...this.#entryPoints()], evicting);
    const found: Record<string, StaleWrite[]> = {};
    for (const node of this.#parts.calls.all()) {
      const { file } = node.declared.owner.file;
      const seen = new Set<string>();
      // What is written may change without any call becoming another.
      if (node.sites.some(({ work }) => work?.kind === "write")) this.#parts.calls.methodsIn(file);
      const note = (written: TableAccess | undefined, site: number, order: number): void => {
        for (const read of written?.keys.flatMap((key) => byKey.get(key) ?? []) ?? []) {
          // What the cached method writes itself stands in its answer.
          if (written === undefined || read.reader === node.key || !concerns(written, read) || seen.has(read.cache)) continue;
          seen.add(read.cache);
          const missed = search.missed(read.cache, read.reader, node);
          if (missed === undefined) continue;
          const { cache, table, reader, readIn, readSite, aggregate, aside, byHand } = read;
          const hand = byHand === undefined ? {} : { byHand };
          (found[file] ??= []).push({
            ...{ cache, table, writer: node.key, site, order, reader, readIn, readSite, aggregate, aside },
            ...hand,
            ...missed,
          });
        }
      };
      node.sites.forEach((site, index) => {
        if (site.work?.kind !== "write") return;
        note(tableWritten(this.#parts, node, site), index, site.order);
        if (along !== undefined) for (const written of writtenAlong(this.#parts, node, site)) note(written, index, site.order);
      });
      for (const written of dirtyWrites(this.#parts, node)) note(written, -1, written.order);
      if (along !== undefined) for (const written of heldWrites(this.#parts, node)) note(written, -1, written.order);
    }
    return found;
  }

  /** The tables that a cached method reads, through what it calls; another cached method answers for itself. */
  #readsOf(reader: string, caches: readonly string[]): readonly CachedRead[] {
    const { calls } = this.#parts;
    const found: CachedRead[] = [];
    const seen = new Set([reader]);
    let writes = false;
    const start = calls.method(reader);
    if (start !== undefined && start.declared.method.body < 0) {
      // A repository's own method: the cached method is the read.
      const own = this.#ownRead(start);
      return own === undefined ? [] : caches.map((cache) => ({ cache, reader, readIn: reader, readSite: -1, aside: false, ...own }));
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
          if (read !== undefined) for (const cache of caches) found.push({ cache, reader, readIn: key, readSite, aside: false, ...read });
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
