import type { CallGraph } from "../../calls/callGraph.ts";
import { CallsByFile } from "./callsByFile.ts";

/** Where application code deletes through the methods that Spring Data itself declares: `owners.deleteById(id)`. */
export class DeleteCalls {
  readonly #calls: CallGraph;
  readonly #files = new CallsByFile((file) => this.#labelsIn(file));

  constructor(calls: CallGraph) {
    this.#calls = calls;
  }

  /** Takes in the files whose calls have changed (`calls:<file>`); whether the answer is another. */
  update(changed: ReadonlySet<string>): boolean {
    return this.#files.update(changed);
  }

  /** Simple names of the repositories through which rows are deleted. */
  repositories(): ReadonlySet<string> {
    return new Set([...this.#files.entries()].flatMap(([, labels]) => labels.split(" ")));
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
