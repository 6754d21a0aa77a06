import { nodesOf } from "../../../facts/java/code.ts";
import type { CallGraph, MethodNode } from "../../calls/callGraph.ts";
import type { CallSite } from "../../calls/callSites.ts";
import { annotationNamed } from "../../types/constants.ts";
import { CallsByFile } from "./callsByFile.ts";

/** One method's writing of many entities in one transaction. */
export interface BulkWrite {
  /** At once, or one after the other in a loop that a transaction is around: Hibernate sends all of them when it flushes. */
  readonly how: "saveAll" | "save" | "delete";
  /** Simple name of the repository. */
  readonly repository: string;
  /** Its qualified name, where the call's receiver tells it. */
  readonly on?: string | undefined;
  /** Simple names of the types that the method makes objects of, by constructor or factory: what it may insert. */
  readonly makes: readonly string[];
}

/** Where application code writes many entities at once: `orders.saveAll(list)`, `for (Order order : list) orders.delete(order)`. */
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
      const found = new Map<string, Omit<BulkWrite, "makes">>();
      for (const site of method.sites) {
        const write = bulkWrite(method, site);
        if (write !== undefined) found.set(`${write.repository}.${write.how}`, write);
      }
      for (const write of found.values()) writes.push({ makes: this.#madeBy(method), ...write });
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

function bulkWrite(
  { declared: { owner, method } }: MethodNode,
  { work, iterations, excuses }: CallSite,
): Omit<BulkWrite, "makes"> | undefined {
  const [, repository, name] = (work?.kind === "write" ? /^(\w+)\.(saveAll|save|delete)(?:AndFlush)?$/.exec(work.label) : undefined) ?? [];
  if (repository === undefined || name === undefined) return undefined;
  const how = name as BulkWrite["how"];
  if (how === "saveAll") return { how, repository, on: work?.on };
  const isEach = iterations.length > 0 && excuses.length === 0 && !work?.label.endsWith("AndFlush");
  const inOne = annotationNamed([...method.annotations, ...owner.type.annotations], "Transactional") !== undefined;
  return isEach && inOne ? { how, repository, on: work?.on } : undefined;
}
