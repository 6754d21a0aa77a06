import type { CallGraph } from "../calls/callGraph.ts";

/** Where application code deletes through the methods that Spring Data itself declares: `owners.deleteById(id)`. */
export class DeleteCalls {
  readonly #calls: CallGraph;
  readonly #byFile = new Map<string, string>();

  constructor(calls: CallGraph) {
    this.#calls = calls;
  }

  /** Takes in the files whose calls have changed (`calls:<file>`); whether the answer is another. */
  update(changed: ReadonlySet<string>): boolean {
    let different = false;
    for (const key of changed) {
      if (!key.startsWith(KEY)) continue;
      const file = key.slice(KEY.length);
      const labels = this.#labelsIn(file);
      if ((this.#byFile.get(file) ?? "") === labels) continue;
      different = true;
      if (labels === "") this.#byFile.delete(file);
      else this.#byFile.set(file, labels);
    }
    return different;
  }

  /** Simple names of the repositories through which rows are deleted. */
  repositories(): ReadonlySet<string> {
    return new Set([...this.#byFile.values()].flatMap((labels) => labels.split(" ")));
  }

  #labelsIn(file: string): string {
    const names = new Set<string>();
    for (const { sites } of this.#calls.methodsIn(file)) {
      for (const { work } of sites) {
        const name = work?.kind === "write" ? /^(\w+)\.(?:delete|remove)/.exec(work.label)?.[1] : undefined;
        if (name !== undefined) names.add(name);
      }
    }
    return [...names].sort().join(" ");
  }
}

const KEY = "calls:";
