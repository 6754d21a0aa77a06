import type { JavaFile } from "../../facts/fileFacts.ts";
import { Answers } from "../answers.ts";
import type { CallGraph } from "../calls/callGraph.ts";
import { declaredKey } from "../calls/dispatch.ts";
import { changesOf, type FactsChange, type FactsStore, type ModelPart } from "../part.ts";
import type { ReadLog } from "../readLog.ts";
import { bareName } from "../types/typeIndex.ts";
import { type MethodTraits, methodTraits } from "./methodTraits.ts";

/**
 * What is cached, and where it is switched on. Keys: `caching:<method>` for what a method says, `caching-switch:all` for what holds
 * for the whole workspace.
 */
export class CachingModel implements ModelPart {
  readonly #reads: ReadLog;
  readonly #methods: Answers<MethodTraits | undefined>;
  readonly #switches = new Map<string, Switch>();

  constructor(reads: ReadLog, calls: CallGraph) {
    this.#reads = reads;
    this.#methods = new Answers(reads, "caching", (key) => {
      const node = calls.declaration(key);
      if (node === undefined) return undefined;
      // Notes the file's key: the method is looked at again when its body is another.
      calls.noteBody(node);
      return methodTraits(node);
    });
  }

  update(changes: readonly FactsChange[], _store: FactsStore, changed: ReadonlySet<string>): Iterable<string> {
    const before = JSON.stringify(this.#everything());
    for (const { file, after } of changesOf(changes, "java")) {
      const found = after === undefined ? NOTHING : switchIn(after);
      if (found.enabled || found.http) this.#switches.set(file, found);
      else this.#switches.delete(file);
    }
    const different = this.#methods.refresh(changed);
    return before === JSON.stringify(this.#everything()) ? different : ["caching-switch:all", ...different];
  }

  /** What a method says about caching; nothing for methods that the workspace does not declare. */
  of(method: string): MethodTraits | undefined {
    return this.#methods.get(declaredKey(method));
  }

  /** Whether `@EnableCaching` stands anywhere: `@Cacheable` then does something. */
  isEnabled(): boolean {
    this.#reads.note("caching-switch:all");
    return this.#everything().enabled;
  }

  /** Whether an interceptor sets cache headers for whatever controllers answer. */
  setsHeaders(): boolean {
    this.#reads.note("caching-switch:all");
    return this.#everything().http;
  }

  #everything(): Switch {
    const all = [...this.#switches.values()];
    return { enabled: all.some((one) => one.enabled), http: all.some((one) => one.http) };
  }
}

interface Switch {
  readonly enabled: boolean;
  readonly http: boolean;
}

const NOTHING: Switch = { enabled: false, http: false };

function switchIn({ java }: JavaFile): Switch {
  return {
    enabled: java.types.some((type) => type.annotations.some((annotation) => bareName(annotation.name) === "EnableCaching")),
    http: java.imports.some((declared) => declared.name.endsWith(".WebContentInterceptor")),
  };
}
