import { Answers } from "../answers.ts";
import { changesOf, type FactsChange, type FactsStore, type ModelPart } from "../part.ts";
import type { ReadLog } from "../readLog.ts";
import type { TypeIndex } from "../types/typeIndex.ts";
import { type CacheUse, mayCache, readUses } from "./readUses.ts";

/** Who reads, fills and empties which cache. Keys: `cache-uses:<file>` for one file's, `cache-uses-of:<cache>` for one cache's. */
export class CacheUses implements ModelPart {
  readonly #reads: ReadLog;
  readonly #byFile: Answers<readonly CacheUse[]>;
  readonly #byCache: Answers<readonly CacheUse[]>;
  readonly #files = new Set<string>();
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

  usesIn(file: string): readonly CacheUse[] {
    return this.#byFile.get(file);
  }

  /** Every use of one cache in the workspace, by file and place. */
  usesOf(cache: string): readonly CacheUse[] {
    return this.#byCache.get(cache);
  }
}
