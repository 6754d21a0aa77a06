import type { JavaFile } from "../../facts/fileFacts.ts";
import { Answers } from "../answers.ts";
import { changesOf, type FactsChange, type FactsStore, type ModelPart } from "../part.ts";
import type { ReadLog } from "../readLog.ts";
import { annotationNamed } from "../types/constants.ts";
import type { TypeEntry, TypeIndex } from "../types/typeIndex.ts";
import { type CacheUse, mayCache, readUses } from "./readUses.ts";

/**
 * Who reads, fills and empties which cache. Keys: `cache-uses:<file>` for one file's, `cache-uses-of:<cache>` for one cache's,
 * `cache-switches:all` for who switches them on.
 */
export class CacheUses implements ModelPart {
  readonly #reads: ReadLog;
  readonly #byFile: Answers<readonly CacheUse[]>;
  readonly #byCache: Answers<readonly CacheUse[]>;
  readonly #files = new Set<string>();
  /** By file. */
  readonly #switches = new Map<string, readonly TypeEntry[]>();
  /** Files that bring configuration which is not read. */
  readonly #elsewhere = new Set<string>();
  #store: FactsStore | undefined;

  constructor(reads: ReadLog, types: TypeIndex) {
    this.#reads = reads;
    this.#byFile = new Answers(reads, "cache-uses", (name) => {
      reads.note(`positions:${name}`);
      const file = this.#files.has(name) ? this.#store?.get(name) : undefined;
      return file?.language === "java" ? readUses(types, file) : [];
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
    for (const { file, after } of changesOf(changes, "java")) {
      const uses = after !== undefined && mayCache(after);
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
    const inFiles = this.#byFile.refresh(stale);
    for (const key of inFiles) stale.add(key);
    return [...told, ...inFiles, ...this.#byCache.refresh(stale)];
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

const bringsSwitches = ({ java }: JavaFile): boolean =>
  java.imports.some(({ name }) => /\.(?:ProxyCachingConfiguration|CachingConfigurationSelector|CacheInterceptor)$/.test(name)) ||
  java.types.some(({ annotations }) =>
    annotations.some(({ name }) => /(?:^|\.)(?:ImportResource|Enable(?!Caching$)\w*Cach\w*)$/.test(name)),
  );
