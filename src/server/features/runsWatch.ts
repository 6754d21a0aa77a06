import { type FSWatcher, watch } from "node:fs";
import { basename, join } from "node:path";
import { RUNS_FOLDER } from "../../bench/runFile.ts";

/** A run is written beside its place and renamed: several events, one reading. */
const QUIET_MS = 100;

/**
 * Sees runs come and go. The client's watcher does not always: on Linux it misses for good what is made in a new folder before it
 * has come to that, which is the fate of `.performance/runs` when a terminal keeps the first run of a project.
 */
export class RunsWatch {
  readonly #onChange: () => void;
  readonly #watchers = new Map<string, FSWatcher>();
  #timer: NodeJS.Timeout | undefined;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Watches the runs of exactly these folders of projects; those that have none yet are begun with at a later call. */
  follow(projectFolders: Iterable<string>): void {
    const wanted = new Set([...projectFolders].map((folder) => join(folder, RUNS_FOLDER)));
    for (const folder of [...this.#watchers.keys()]) if (!wanted.has(folder)) this.#end(folder);
    for (const folder of wanted) if (!this.#watchers.has(folder)) this.#begin(folder);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const folder of [...this.#watchers.keys()]) this.#end(folder);
  }

  #begin(folder: string): void {
    try {
      const watcher = watch(folder, { persistent: false }, (_event, name) => {
        // Its own name means that the folder itself went; another may stand in its place.
        if (name === null || name === basename(folder)) this.#end(folder);
        this.#changed();
      });
      watcher.on("error", () => {
        this.#end(folder);
        this.#changed();
      });
      this.#watchers.set(folder, watcher);
    } catch {
      // There is no such folder yet, or the system has no watch to give: what the client sees is left.
    }
  }

  #end(folder: string): void {
    this.#watchers.get(folder)?.close();
    this.#watchers.delete(folder);
  }

  #changed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#onChange(), QUIET_MS);
  }
}
