import type { JavaFile } from "../../../facts/fileFacts.ts";
import type { CallGraph, MethodNode } from "../../calls/callGraph.ts";
import type { ReadLog } from "../../readLog.ts";

/** What is looked for, for an attribute of an entity. `entity` is the simple name of the class that declares it. */
export interface BodyTest {
  /** Whether any body of a file may be it: cheap, and asked first. */
  mayHold(file: JavaFile, entity: string, attribute: string): boolean;
  holds(calls: CallGraph, method: MethodNode, entity: string, attribute: string): boolean;
}

/**
 * The files with bodies that do something with an attribute. Nobody asks in most workspaces: bodies are looked through at the first
 * question for an attribute, and from then on when their file changes. Keys: `<topic>:<Entity>.<attribute>`.
 */
export class BodySearch {
  readonly #reads: ReadLog;
  readonly #calls: CallGraph;
  readonly #topic: string;
  readonly #test: BodyTest;
  /** By what was asked for. */
  readonly #known = new Map<string, Set<string>>();

  constructor(reads: ReadLog, calls: CallGraph, topic: string, test: BodyTest) {
    this.#reads = reads;
    this.#calls = calls;
    this.#topic = topic;
    this.#test = test;
  }

  has(entity: string, attribute: string): boolean {
    return this.#files(entity, attribute).size > 0;
  }

  methods(entity: string, attribute: string): readonly MethodNode[] {
    const files = [...this.#files(entity, attribute)].sort();
    return files.flatMap((file) =>
      this.#calls.methodsIn(file).filter((method) => this.#test.holds(this.#calls, method, entity, attribute)),
    );
  }

  #files(entity: string, attribute: string): ReadonlySet<string> {
    const name = `${entity}.${attribute}`;
    this.#reads.note(`${this.#topic}:${name}`);
    let files = this.#known.get(name);
    if (files === undefined) {
      this.#known.set(name, (files = new Set()));
      const found = files;
      // What bodies look up is noted by their file's calls.
      this.#reads.during(() => {
        let last: JavaFile | undefined;
        let may = false;
        for (const method of this.#calls.all()) {
          const { file } = method.declared.owner;
          if (file !== last) [last, may] = [file, this.#test.mayHold(file, entity, attribute)];
          if (may && !found.has(file.file) && this.#test.holds(this.#calls, method, entity, attribute)) found.add(file.file);
        }
      });
    }
    return files;
  }

  /** Takes in the files whose calls have changed (`calls:<file>`); the keys whose answer is another. */
  update(changed: ReadonlySet<string>): readonly string[] {
    const told: string[] = [];
    for (const [name, files] of this.#known) {
      const before = [...files].sort().join();
      const [entity = "", attribute = ""] = name.split(".");
      for (const key of changed) {
        if (!key.startsWith("calls:")) continue;
        const file = key.slice("calls:".length);
        if (this.#calls.methodsIn(file).some((method) => this.#test.holds(this.#calls, method, entity, attribute))) files.add(file);
        else files.delete(file);
      }
      if (before !== [...files].sort().join()) told.push(`${this.#topic}:${name}`);
    }
    return told;
  }
}
