import type { CallGraph } from "../../calls/callGraph.ts";
import { CallsByFile } from "./callsByFile.ts";

/** How often application code calls each method that a repository declares. */
export class RepositoryUses {
  readonly #calls: CallGraph;
  readonly #files = new CallsByFile((file) => this.#targetsIn(file));

  constructor(calls: CallGraph) {
    this.#calls = calls;
  }

  /** Takes in the files whose calls have changed (`calls:<file>`); whether the answer is another. */
  update(changed: ReadonlySet<string>): boolean {
    return this.#files.update(changed);
  }

  /** The calls of a method, by its key. */
  of(method: string): number {
    let uses = 0;
    for (const [, targets] of this.#files.entries())
      if (targets.includes(method)) uses += targets.split("\n").filter((one) => one === method).length;
    return uses;
  }

  #targetsIn(file: string): string {
    const targets: string[] = [];
    for (const { sites } of this.#calls.methodsIn(file))
      for (const site of sites)
        if ((site.work?.kind === "read" || site.work?.kind === "write") && site.targets.length > 0) targets.push(...site.targets);
    return targets.sort().join("\n");
  }
}
