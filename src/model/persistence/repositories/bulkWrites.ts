import { nodesOf } from "../../../facts/java/code.ts";
import type { CallGraph, MethodNode } from "../../calls/callGraph.ts";
import { CallsByFile } from "./callsByFile.ts";

/** One method's saving of many entities at once. */
export interface BulkWrite {
  /** Simple name of the repository. */
  readonly repository: string;
  /** Its qualified name, where the call's receiver tells it. */
  readonly on?: string | undefined;
  /** Simple names of the types that the method makes objects of, by constructor or factory: what it may insert. */
  readonly makes: readonly string[];
}

/** Where application code saves many entities at once: `orders.saveAll(list)`. */
export class BulkWrites {
  readonly #calls: CallGraph;
  readonly #files = new CallsByFile((file) => this.#writesIn(file));

  constructor(calls: CallGraph) {
    this.#calls = calls;
  }

  /** Takes in the files whose calls have changed (`calls:<file>`); whether the answer is another. */
  update(changed: ReadonlySet<string>): boolean {
    return this.#files.update(changed);
  }

  /** By the file that saves. */
  all(): ReadonlyMap<string, readonly BulkWrite[]> {
    const sorted = [...this.#files.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
    return new Map(sorted.map(([file, writes]) => [file, JSON.parse(writes) as readonly BulkWrite[]]));
  }

  #writesIn(file: string): string {
    const writes: BulkWrite[] = [];
    for (const method of this.#calls.methodsIn(file)) {
      const names = new Map<string, string | undefined>();
      for (const { work } of method.sites) {
        const name = work?.kind === "write" ? /^(\w+)\.saveAll(?:AndFlush)?$/.exec(work.label)?.[1] : undefined;
        if (name !== undefined) names.set(name, work?.on);
      }
      if (names.size > 0) for (const [repository, on] of names) writes.push({ repository, on, makes: this.#madeBy(method) });
    }
    return writes.length === 0 ? "" : JSON.stringify(writes);
  }

  #madeBy(method: MethodNode): readonly string[] {
    const made = new Set<string>();
    for (const { kind, type, text, role } of nodesOf(this.#calls.codeOf(method).body)) {
      if (kind === "new") made.add(type.replace(/<.*$/s, "").replace(/^.*\./s, ""));
      // `Order.of(…)`, `Order.builder()`, `Order::new`.
      else if (role === "receiver" && kind === "name" && /^\p{Lu}/u.test(text)) made.add(text);
      else if (role === "receiver" && kind === "class") made.add(type);
    }
    return [...made].sort();
  }
}
