import { textHash } from "../../text/hash.ts";
import type { ReadLog } from "../readLog.ts";
import type { TypeIndex } from "../types/typeIndex.ts";
import type { MethodNode } from "./callGraph.ts";
import type { CallSite } from "./callSites.ts";
import { declaredKey, keyAs, partsOfKey, runsIn, SEVERAL } from "./dispatch.ts";
import { methodKey } from "./methodKey.ts";

/**
 * Methods as they run in objects of one class (see keyAs): nothing overrides them, and what they call on themselves is what that class
 * runs. Made when they are asked for, and only where that is other than the method itself.
 */
export class RunningBodies {
  readonly #reads: ReadLog;
  readonly #types: TypeIndex;
  readonly #methods: ReadonlyMap<string, MethodNode>;
  readonly #overrides: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #bodies = new Map<string, MethodNode | undefined>();
  /** Overrides by the keys under which they are found. */
  readonly #running = new Map<string, ReadonlySet<string>>();
  /** Methods that run alike in all classes, with all that they call on themselves. */
  readonly #alike = new Set<string>();

  constructor(
    reads: ReadLog,
    types: TypeIndex,
    methods: ReadonlyMap<string, MethodNode>,
    overrides: ReadonlyMap<string, ReadonlySet<string>>,
  ) {
    this.#reads = reads;
    this.#types = types;
    this.#methods = methods;
    this.#overrides = overrides;
  }

  /** Called when methods or overrides may be others. */
  forget(): void {
    this.#bodies.clear();
    this.#running.clear();
    this.#alike.clear();
  }

  find(key: string): MethodNode | undefined {
    const [declared, type] = partsOfKey(key);
    if (type === undefined) return undefined;
    if (this.#reads.isListening) {
      const owner = this.#methods.get(declared)?.declared.owner.type.name;
      this.#reads.note(`subtypes:${owner}`);
      this.#reads.note(`type:${type.slice(type.lastIndexOf(".") + 1)}`);
    }
    if (this.#bodies.has(key)) return this.#bodies.get(key);
    const method = this.#methods.get(declared);
    const body = method === undefined || !this.#differs(method, type) ? method : this.#bodyOf(method, type, key);
    this.#bodies.set(key, body);
    return body;
  }

  overridesOf(key: string): ReadonlySet<string> {
    const declared = this.#overrides.get(key);
    if (declared === undefined || declared.size === 0) return NONE;
    let running = this.#running.get(key);
    if (running === undefined) {
      const exact = [...declared].every((one) => one.endsWith(")"));
      running = exact ? declared : new Set([...declared].map((one) => this.find(one)?.key ?? one));
      this.#running.set(key, running);
    }
    return running;
  }

  #isOverridden(key: string): boolean {
    return (this.#overrides.get(key)?.size ?? 0) > 0;
  }

  #differs(method: MethodNode, type: string): boolean {
    if (this.#isOverridden(method.key)) return true;
    if (type === SEVERAL) return false;
    const seen = new Set([method.key]);
    for (const key of seen) {
      if (this.#alike.has(key)) continue;
      for (const { self, targets } of this.#methods.get(key)?.sites ?? []) {
        if (self === undefined) continue;
        for (const target of targets) {
          const called = declaredKey(target);
          if (self === "this" && this.#isOverridden(called)) return true;
          seen.add(called);
        }
      }
    }
    for (const key of seen) this.#alike.add(key);
    return false;
  }

  #bodyOf({ declared, sites, remembered }: MethodNode, type: string, key: string): MethodNode {
    const seen = type === SEVERAL ? sites : sites.map((site) => this.#siteIn(type, site));
    return { key, hash: textHash(key), declared, sites: seen, remembered };
  }

  #siteIn(type: string, site: CallSite): CallSite {
    const { self, work, targets } = site;
    return self === undefined || work !== undefined
      ? site
      : { ...site, targets: targets.map((target) => this.#targetIn(type, self, target)) };
  }

  #targetIn(type: string, self: "this" | "super", target: string): string {
    const called = declaredKey(target);
    const method = this.#methods.get(called);
    const entry = this.#types.declared(type);
    if (method === undefined || entry === undefined) return target;
    const runs = self === "super" ? undefined : runsIn(this.#types, entry, method.declared);
    return keyAs(runs === undefined ? called : methodKey(runs), type);
  }
}

const NONE: ReadonlySet<string> = new Set();
