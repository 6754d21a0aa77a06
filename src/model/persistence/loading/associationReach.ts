import { mentions, type PackedCode, stringsAmong, typesMade } from "../../../facts/java/code.ts";
import { withCapital } from "../../../text/capitals.ts";
import type { CallGraph, MethodNode } from "../../calls/callGraph.ts";
import { mayBeMapping } from "../../calls/mapStruct.ts";

/**
 * Which methods name an association, themselves or by what they may run: the others look into none, and their bodies need not be
 * followed. Answers by names alone, over the whole graph and without noting what was read: for a graph that does not change.
 */
export class AssociationReach {
  readonly #calls: CallGraph;
  readonly #accessors: AssociationNames;
  readonly #known = new Map<string, boolean>();
  #constructors: ReadonlyMap<string, readonly MethodNode[]> | undefined;

  constructor(calls: CallGraph, accessors: AssociationNames) {
    this.#calls = calls;
    this.#accessors = accessors;
  }

  mayLookInto(method: MethodNode): boolean {
    const known = this.#known.get(method.key);
    if (known !== undefined) return known;
    const visited = new Set<string>();
    const found = this.#search(method, visited);
    // All that was seen without a find leads nowhere; of a search that found something, only its start is known.
    if (found) this.#known.set(method.key, true);
    else for (const key of visited) this.#known.set(key, false);
    return found;
  }

  #search(from: MethodNode, visited: Set<string>): boolean {
    const open = [from];
    visited.add(from.key);
    for (let method = open.pop(); method !== undefined; method = open.pop()) {
      const known = this.#known.get(method.key);
      if (known === true || this.#accessors.namedIn(method) || this.#runsGenerated(method)) return true;
      if (known === false) continue;
      for (const next of this.#after(method)) {
        if (visited.has(next.key)) continue;
        visited.add(next.key);
        open.push(next);
      }
    }
    return false;
  }

  #runsGenerated({ sites }: MethodNode): boolean {
    return sites.some(
      ({ work, targets }) =>
        work === undefined &&
        targets.some((target) => {
          const declared = this.#calls.method(target)?.declared;
          return declared !== undefined && mayBeMapping(declared);
        }),
    );
  }

  *#after({ declared: { owner, method }, sites }: MethodNode): Generator<MethodNode> {
    for (const { work, targets } of sites) {
      if (work !== undefined) continue;
      for (const target of targets) {
        for (const key of [target, ...this.#calls.overridesOf(target)]) {
          const node = this.#calls.method(key);
          if (node !== undefined && node.declared.method.body >= 0) yield node;
        }
      }
    }
    for (const type of typesMade(owner.file.java.code, method.body)) yield* this.#constructorsOf(type);
  }

  #constructorsOf(type: string): readonly MethodNode[] {
    this.#constructors ??= constructorsIn(this.#calls);
    return this.#constructors.get(type.replace(/<.*$/, "").replace(/^.*\./, "")) ?? [];
  }
}

/** Names of associations and of their getters, and who uses them. */
export class AssociationNames {
  readonly #names: ReadonlySet<string>;
  readonly #named = new WeakMap<PackedCode, { readonly flags: Uint8Array | undefined }>();

  constructor(associations: readonly string[]) {
    this.#names = new Set(associations.flatMap((name) => [name, `get${withCapital(name)}`, `is${withCapital(name)}`]));
  }

  /** Whoever looks into an association names it. */
  namedIn({ declared: { owner, method } }: MethodNode): boolean {
    const { code } = owner.file.java;
    let known = this.#named.get(code);
    if (known === undefined) this.#named.set(code, (known = { flags: stringsAmong(code, this.#names) }));
    return known.flags !== undefined && mentions(code, method.body, known.flags);
  }
}

function constructorsIn(calls: CallGraph): ReadonlyMap<string, readonly MethodNode[]> {
  const byType = new Map<string, MethodNode[]>();
  for (const node of calls.all()) {
    const { owner, method } = node.declared;
    if (method.kind !== "constructor" || method.body < 0) continue;
    const same = byType.get(owner.type.name);
    if (same === undefined) byType.set(owner.type.name, [node]);
    else same.push(node);
  }
  return byType;
}
