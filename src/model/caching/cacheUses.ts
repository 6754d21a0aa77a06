import type { JavaFile } from "../../facts/fileFacts.ts";
import { Answers } from "../answers.ts";
import { changesOf, type FactsChange, type FactsStore, type ModelPart } from "../part.ts";
import type { ReadLog } from "../readLog.ts";
import { annotationNamed } from "../types/constants.ts";
import type { TypeEntry, TypeIndex } from "../types/typeIndex.ts";
import { type CacheUse, carriesCache, mayCache, readUses } from "./readUses.ts";

/**
 * Who reads, fills and empties which cache. Keys: `cache-uses:<file>` for one file's, `cache-uses-of:<cache>` for one cache's,
 * `cache-switches:all` for who switches them on, `composed-caches:all` for annotations of the workspace's own.
 */
export class CacheUses implements ModelPart {
  readonly #reads: ReadLog;
  readonly #byFile: Answers<readonly CacheUse[]>;
  readonly #byCache: Answers<readonly CacheUse[]>;
  readonly #files = new Set<string>();
  /** By file. */
  readonly #switches = new Map<string, readonly TypeEntry[]>();
  /** By file: annotations of the workspace's own that carry Spring's. */
  readonly #composed = new Map<string, readonly TypeEntry[]>();
  #byName: ReadonlyMap<string, TypeEntry> = new Map();
  /** Files that bring configuration which is not read. */
  readonly #elsewhere = new Set<string>();
  #store: FactsStore | undefined;

  constructor(reads: ReadLog, types: TypeIndex) {
    this.#reads = reads;
    this.#byFile = new Answers(reads, "cache-uses", (name) => {
      reads.note(`positions:${name}`);
      const file = this.#files.has(name) ? this.#store?.get(name) : undefined;
      return file?.language === "java" ? readUses(types, file, this.composed()) : [];
    });
    this.#byCache = new Answers(reads, "cache-uses-of", (cache) => {
      reads.note("cache-files:all");
      return [...this.#files].sort().flatMap((file) => this.usesIn(file).filter(({ names }) => names.includes(cache)));
    });
  }

  update(changes: readonly FactsChange[], store: FactsStore, changed: ReadonlySet<string>): Iterable<string> {
    this.#store = store;
    const stale = new Set(changed);
    const told: string[] = [];
    const renamed = this.#updateComposed(changes);
    if (renamed) {
      stale.add("composed-caches:all");
      told.push("composed-caches:all");
    }
    for (const { file, after } of changesOf(changes, "java")) {
      const uses = after !== undefined && mayCache(after, this.#byName);
      if (uses !== this.#files.has(file)) {
        stale.add("cache-files:all");
        told.push("cache-files:all");
        if (uses) this.#files.add(file);
        else this.#files.delete(file);
      }
      stale.add(`positions:${file}`);
      const elsewhere = after !== undefined && bringsSwitches(after);
      if (elsewhere !== this.#elsewhere.has(file)) {
        if (elsewhere) this.#elsewhere.add(file);
        else this.#elsewhere.delete(file);
        told.push("cache-switches:all");
      }
      const switches = after === undefined ? [] : switchesIn(after);
      if (switches.length === 0 && !this.#switches.has(file)) continue;
      if (switches.length > 0) this.#switches.set(file, switches);
      else this.#switches.delete(file);
      told.push("cache-switches:all");
    }
    if (renamed) this.#lookAgain(store, stale, told);
    const inFiles = this.#byFile.refresh(stale);
    for (const key of inFiles) stale.add(key);
    return [...told, ...inFiles, ...this.#byCache.refresh(stale)];
  }

  /** Annotations of the workspace's own that carry Spring's for caches, by their simple names. */
  composed(): ReadonlyMap<string, TypeEntry> {
    this.#reads.note("composed-caches:all");
    return this.#byName;
  }

  #updateComposed(changes: readonly FactsChange[]): boolean {
    let changed = false;
    for (const { file, after } of changesOf(changes, "java")) {
      const found = after === undefined ? [] : composedIn(after);
      if (found.length === 0 && !this.#composed.has(file)) continue;
      if (found.length > 0) this.#composed.set(file, found);
      else this.#composed.delete(file);
      changed = true;
    }
    if (changed) this.#byName = new Map([...this.#composed.values()].flat().map((entry) => [entry.type.name, entry]));
    return changed;
  }

  /** Which files use caches hangs on what annotations there are. */
  #lookAgain(store: FactsStore, stale: Set<string>, told: string[]): void {
    for (const file of store.of("java")) {
      const uses = mayCache(file, this.#byName);
      if (uses === this.#files.has(file.file)) continue;
      if (uses) this.#files.add(file.file);
      else this.#files.delete(file.file);
      for (const key of ["cache-files:all", `positions:${file.file}`]) stale.add(key);
      told.push("cache-files:all");
    }
  }

  /** Every use of any cache, by file and place. */
  all(): readonly CacheUse[] {
    this.#reads.note("cache-files:all");
    return [...this.#files].sort().flatMap((file) => this.usesIn(file));
  }

  /** The classes with @EnableCaching, by file and place. */
  switches(): readonly TypeEntry[] {
    this.#reads.note("cache-switches:all");
    return [...this.#switches].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, entries]) => entries);
  }

  /** Whether XML, or an annotation or class of a library, may switch caches on. */
  mayBeSwitchedElsewhere(): boolean {
    this.#reads.note("cache-switches:all");
    return this.#elsewhere.size > 0;
  }

  usesIn(file: string): readonly CacheUse[] {
    return this.#byFile.get(file);
  }

  /** Every use of one cache in the workspace, by file and place. */
  usesOf(cache: string): readonly CacheUse[] {
    return this.#byCache.get(cache);
  }
}

const switchesIn = (file: JavaFile): readonly TypeEntry[] =>
  file.java.types.filter(({ annotations }) => annotationNamed(annotations, "EnableCaching") !== undefined).map((type) => ({ file, type }));

const composedIn = (file: JavaFile): readonly TypeEntry[] =>
  file.java.imports.some(({ name }) => name.startsWith("org.springframework.cache."))
    ? file.java.types.flatMap((type) => (type.kind === "annotation" && carriesCache(type.annotations) ? { file, type } : []))
    : [];

const bringsSwitches = ({ java }: JavaFile): boolean =>
  java.imports.some(({ name }) => /\.(?:ProxyCachingConfiguration|CachingConfigurationSelector|CacheInterceptor)$/.test(name)) ||
  java.types.some(({ annotations }) =>
    annotations.some(({ name }) => /(?:^|\.)(?:ImportResource|Enable(?!Caching$)\w*Cach\w*)$/.test(name)),
  );
