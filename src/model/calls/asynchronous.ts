import { changesOf, type FactsChange, type ModelPart } from "../part.ts";
import type { ReadLog } from "../readLog.ts";
import { annotationNamed } from "../types/constants.ts";

/** Annotations whose methods run on a thread of their own: Spring's, those of Jakarta's enterprise beans and of MicroProfile. */
export const RUNS_APART = ["Async", "Asynchronous"] as const;

/** Where methods are marked to run on a thread of their own. Keys: `asynchronous-files:all`. */
export class AsynchronousFiles implements ModelPart {
  readonly #reads: ReadLog;
  readonly #files = new Set<string>();

  constructor(reads: ReadLog) {
    this.#reads = reads;
  }

  update(changes: readonly FactsChange[]): Iterable<string> {
    let changed = false;
    for (const { file, after } of changesOf(changes, "java")) {
      const marks =
        after?.java.types.some(({ methods }) =>
          methods.some(({ annotations }) => annotationNamed(annotations, ...RUNS_APART) !== undefined),
        ) ?? false;
      if (marks === this.#files.has(file)) continue;
      changed = true;
      if (marks) this.#files.add(file);
      else this.#files.delete(file);
    }
    return changed ? ["asynchronous-files:all"] : [];
  }

  /** By name. */
  all(): readonly string[] {
    this.#reads.note("asynchronous-files:all");
    return [...this.#files].sort();
  }
}
