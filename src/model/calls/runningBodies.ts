import { textHash } from "../../text/hash.ts";
import { Readers } from "../readers.ts";
import type { ReadLog } from "../readLog.ts";
import type { TypeIndex } from "../types/typeIndex.ts";
import type { MethodNode } from "./callGraph.ts";
import { type CallIndexes, type CallSite, callSitesOf } from "./callSites.ts";
import type { DeclaredMethods } from "./declaredMethods.ts";
import { classesOf, declaredKey, keyAs, partsOfKey, runsIn, SEVERAL } from "./dispatch.ts";
import { methodKey } from "./methodKey.ts";

/** A method as it runs in objects of one class, and what was read to know it. */
interface Found<T> {
  readonly node: T;
  readonly reads: ReadonlySet<string>;
}

/**
 * Methods as they run in objects of one class (see keyAs): nothing overrides them, what they call on themselves is what that class runs,
 * and the type variables of the class around them stand for what that class gives. Made when they are asked for, and only where that is
 * other than the method itself.
 */
export class RunningBodies {
  readonly #reads: ReadLog;
  readonly #types: TypeIndex;
  readonly #methods: ReadonlyMap<string, MethodNode>;
  readonly #overrides: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #indexes: CallIndexes;
  /** As of the last update. */
  readonly #found = new Map<string, Found<MethodNode | undefined>>();
  /** Kept for as long as nothing changes that was read to make them. */
  readonly #made = new Map<string, Found<MethodNode>>();
  readonly #readers = new Readers();
  /** Overrides by the keys under which they are found. */
  readonly #running = new Map<string, ReadonlySet<string>>();
  /** Methods that run alike in all classes, with all that they call on themselves, and the files of those. */
  readonly #alike = new Map<string, ReadonlySet<string>>();

  constructor(reads: ReadLog, types: TypeIndex, indexes: CallIndexes, { methods, overrides }: DeclaredMethods) {
    this.#reads = reads;
    this.#types = types;
    this.#indexes = indexes;
    this.#methods = methods;
    this.#overrides = overrides;
  }

  /** Forgets what hangs on methods of some files or on changed keys; gives the bodies that are to be made again. */
  forget(files: ReadonlySet<string>, changed: Iterable<string>): readonly MethodNode[] {
    this.#found.clear();
    this.#running.clear();
    this.#alike.clear();
    const keys = [...changed, ...[...files].map((file) => `calls:${file}`)];
    return [...this.#readers.of(keys)].flatMap((key) => {
      const before = this.#made.get(key)?.node;
      this.#made.delete(key);
      this.#readers.forget(key);
      return before ?? [];
    });
  }

  find(key: string): MethodNode | undefined {
    const [declared, type] = partsOfKey(key);
    if (type === undefined) return undefined;
    let found = this.#found.get(key);
    if (found === undefined) {
      const method = this.#methods.get(declared);
      let node = method;
      const reads = this.#reads.during(() => {
        this.#reads.note(`type:${afterDot(declared.slice(0, declared.indexOf("#")))}`);
        this.#reads.note(`type:${afterDot(type)}`);
        if (method === undefined) return;
        this.#reads.note(`subtypes:${method.declared.owner.type.name}`);
        if (this.#differs(method, type)) node = this.#madeOf(method, type, key);
      });
      this.#found.set(key, (found = { node, reads }));
    }
    if (this.#reads.isListening) for (const read of found.reads) this.#reads.note(read);
    return found.node;
  }

  /** A method as it runs in each class that inherits it; itself where none is known, or it does the same in all. */
  runningIn(method: MethodNode): readonly MethodNode[] {
    const bodies = this.inHeirs(method).slice(0, MOST_HEIRS);
    const others = bodies.filter(({ sites }) => sites.some((site, i) => site.work?.label !== method.sites[i]?.work?.label));
    const isAbstract = method.declared.owner.type.modifiers.includes("abstract");
    return others.length === 0 ? [method] : others.length === bodies.length && isAbstract ? others : [method, ...others];
  }

  /** A method of an abstract or generic class as it runs in each class that inherits it, by name. */
  inHeirs(method: MethodNode): readonly MethodNode[] {
    const { owner, method: declared } = method.declared;
    const { kind, modifiers, typeParameters } = owner.type;
    if (kind !== "class" || declared.body < 0 || (!modifiers.includes("abstract") && typeParameters.length === 0)) return [];
    return classesOf(this.#types, owner)
      .filter((heir) => heir.type !== owner.type && runsIn(this.#types, heir, method.declared)?.method === declared)
      .map(({ type }) => this.find(keyAs(method.key, type.qualified)) ?? method)
      .sort((a, b) => (a.key < b.key ? -1 : 1));
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
    if (method.declared.owner.type.typeParameters.length > 0) return true;
    const seen = new Set([method.key]);
    const files = new Set<string>();
    for (const key of seen) {
      const alike = this.#alike.get(key);
      if (alike !== undefined) {
        for (const file of alike) files.add(file);
        continue;
      }
      const { declared, sites = [] } = this.#methods.get(key) ?? {};
      if (declared !== undefined) files.add(declared.owner.file.file);
      for (const { self, targets } of sites) {
        if (self === undefined) continue;
        for (const target of targets) {
          const called = declaredKey(target);
          if (self === "this" && this.#isOverridden(called)) return true;
          if ((this.#methods.get(called)?.declared.owner.type.typeParameters.length ?? 0) > 0) return true;
          seen.add(called);
        }
      }
    }
    for (const file of files) this.#reads.note(`calls:${file}`);
    for (const key of seen) this.#alike.set(key, files);
    return false;
  }

  #madeOf(method: MethodNode, type: string, key: string): MethodNode {
    let made = this.#made.get(key);
    if (made === undefined) {
      let node = method;
      const reads = this.#reads.during(() => {
        this.#reads.note(`calls:${method.declared.owner.file.file}`);
        node = this.#bodyOf(method, type, key);
      });
      this.#made.set(key, (made = { node, reads }));
      this.#readers.add(key, reads);
    }
    if (this.#reads.isListening) for (const read of made.reads) this.#reads.note(read);
    return made.node;
  }

  #bodyOf({ declared, sites, remembered }: MethodNode, type: string, key: string): MethodNode {
    const { owner, method } = declared;
    const runs = type === SEVERAL || method.body < 0 ? undefined : this.#types.declared(type);
    const seen = runs === undefined ? sites : callSitesOf(this.#types, this.#indexes, owner, method, method.body, runs);
    return {
      key,
      hash: textHash(key),
      declared,
      sites: runs === undefined ? seen : seen.map((site) => this.#siteIn(type, site)),
      remembered,
    };
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

/** What is found in so many is found in the others, too. */
const MOST_HEIRS = 8;

const afterDot = (name: string): string => name.slice(name.lastIndexOf(".") + 1);

const NONE: ReadonlySet<string> = new Set();
