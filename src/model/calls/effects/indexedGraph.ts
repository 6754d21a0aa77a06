import type { CallGraph, MethodNode } from "../callGraph.ts";
import type { CallSite } from "../callSites.ts";
import { declaredKey } from "../dispatch.ts";
import type { WorkKind } from "../workKinds.ts";

/** Above every index, so that a hash of 32 bits and an index fit a double's 53. */
const MOST_METHODS = 2 ** 21;

/**
 * The call graph as arrays: methods are numbers, and edges lie side by side. It is made anew when an edge has changed, and walked once
 * for each kind of work; with objects in their place the walks would spend their time on garbage.
 */
export class IndexedGraph {
  readonly nodes: readonly MethodNode[];
  readonly #index = new Map<string, number>();
  /** Of methods, the bodies that run in one class. */
  readonly #bodies = new Map<number, readonly number[]>();
  readonly #working = new Map<WorkKind, number[]>();
  readonly #callers: Edges;
  readonly #declarations: Edges;
  readonly #runs: Edges;
  readonly #callees: Edges;

  /** `entered` are the keys of methods that requests and clocks run. */
  constructor(graph: CallGraph, entered: readonly string[]) {
    const nodes = [...graph.all()];
    for (const [index, { key }] of nodes.entries()) this.#index.set(key, index);
    // An inherited body as it runs in one class is a method of its own (see keyAs), found where it is called.
    const indexOf = (target: string): number | undefined => {
      const known = this.#index.get(target);
      const found = known !== undefined || target.endsWith(")") ? undefined : graph.method(target);
      if (found === undefined) return known;
      let index = this.#index.get(found.key);
      if (index === undefined) {
        this.#index.set(found.key, (index = nodes.push(found) - 1));
        const declared = this.#index.get(declaredKey(found.key)) as number;
        this.#bodies.set(declared, [...(this.#bodies.get(declared) ?? []), index]);
      }
      return index;
    };
    for (const key of entered) indexOf(key);
    const calls: number[] = [];
    const overrides: number[] = [];
    // Grows while it is walked.
    for (let from = 0; from < nodes.length; from++) {
      const { key, sites } = nodes[from] as MethodNode;
      for (let site = 0; site < sites.length; site++) {
        const { work, targets } = sites[site] as CallSite;
        if (work !== undefined) this.#works(from, work.kind);
        for (const target of targets) {
          const to = indexOf(target);
          if (to !== undefined) calls.push(from, to, site);
        }
      }
      for (const target of graph.overridesOf(key)) {
        const to = indexOf(target);
        if (to !== undefined) overrides.push(from, to, -1);
      }
    }
    this.nodes = nodes;
    const size = this.nodes.length;
    this.#callers = new Edges(calls, size, "back");
    this.#callees = new Edges(calls, size, "forth");
    this.#declarations = new Edges(overrides, size, "back");
    this.#runs = new Edges(overrides, size, "forth");
  }

  indexOf(key: string): number | undefined {
    return this.#index.get(key);
  }

  /** A method, and its body as it runs in single classes: whoever calls it calls one of them. */
  indicesOf(key: string): readonly number[] {
    const index = this.#index.get(key);
    return index === undefined ? [] : [index, ...(this.#bodies.get(index) ?? [])];
  }

  #works(index: number, kind: WorkKind): void {
    const working = this.#working.get(kind);
    if (working === undefined) this.#working.set(kind, [index]);
    else if (working.at(-1) !== index) working.push(index);
  }

  /** The methods with a call that is work of a kind. */
  working(kind: WorkKind): readonly number[] {
    return this.#working.get(kind) ?? [];
  }

  /** Each method with its body as it runs in a single class. */
  eachBody(visit: (method: number, body: number) => void): void {
    for (const [method, bodies] of this.#bodies) for (const body of bodies) visit(method, body);
  }

  /** How many methods may run in the place of this one. */
  overrides(index: number): number {
    return this.#runs.count(index);
  }

  /** Sorts methods by what they are, so that which of two equally short chains is found does not depend on the order of files. */
  ordered(indices: number[]): readonly number[] {
    if (indices.length < 2) return indices;
    // Numbers alone are sorted much faster than by a function: the hash with the index below it, which a double holds exactly.
    const ranks = Float64Array.from(indices, (index) => (this.nodes[index] as MethodNode).hash * MOST_METHODS + index).sort();
    let before = -1;
    let ties = false;
    for (let i = 0; i < ranks.length; i++) {
      const rank = ranks[i] as number;
      const hash = Math.floor(rank / MOST_METHODS);
      ties ||= hash === before;
      before = hash;
      indices[i] = rank - hash * MOST_METHODS;
    }
    return ties ? indices.sort((a, b) => this.#byHashAndKey(a, b)) : indices;
  }

  #byHashAndKey(a: number, b: number): number {
    const [left, right] = [this.nodes[a] as MethodNode, this.nodes[b] as MethodNode];
    return left.hash - right.hash || (left.key < right.key ? -1 : 1);
  }

  /** With the site of the call in the caller. */
  eachCaller(index: number, visit: (caller: number, site: number) => void): void {
    this.#callers.each(index, visit);
  }

  /** The declarations in whose place the method may run. */
  eachDeclaration(index: number, visit: (declaration: number) => void): void {
    this.#declarations.each(index, visit);
  }

  /** What the method calls, then what runs in its place, with a site of -1. */
  eachCallee(index: number, visit: (callee: number, site: number) => void): void {
    this.#callees.each(index, visit);
    this.#runs.each(index, visit);
  }
}

/** Edges grouped by one of their ends. */
class Edges {
  readonly #start: Int32Array;
  readonly #other: Int32Array;
  readonly #site: Int32Array;

  /** `triples` holds from, to and site of each edge, one after the other. */
  constructor(triples: readonly number[], size: number, way: "forth" | "back") {
    const [near, far] = way === "forth" ? [0, 1] : [1, 0];
    this.#start = new Int32Array(size + 1);
    for (let at = 0; at < triples.length; at += 3) {
      const slot = (triples[at + near] as number) + 1;
      this.#start[slot] = (this.#start[slot] as number) + 1;
    }
    for (let i = 0; i < size; i++) this.#start[i + 1] = (this.#start[i + 1] as number) + (this.#start[i] as number);
    const fill = this.#start.slice(0, size);
    this.#other = new Int32Array(triples.length / 3);
    this.#site = new Int32Array(triples.length / 3);
    for (let at = 0; at < triples.length; at += 3) {
      const end = triples[at + near] as number;
      const slot = fill[end] as number;
      fill[end] = slot + 1;
      this.#other[slot] = triples[at + far] as number;
      this.#site[slot] = triples[at + 2] as number;
    }
  }

  count(index: number): number {
    return (this.#start[index + 1] as number) - (this.#start[index] as number);
  }

  each(index: number, visit: (other: number, site: number) => void): void {
    const end = this.#start[index + 1] as number;
    for (let i = this.#start[index] as number; i < end; i++) visit(this.#other[i] as number, this.#site[i] as number);
  }
}
