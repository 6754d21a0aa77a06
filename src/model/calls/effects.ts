import type { Place } from "../../text/positions.ts";
import type { FactsChange, FactsStore, ModelPart } from "../part.ts";
import type { ReadLog } from "../readLog.ts";
import type { CallGraph, MethodNode } from "./callGraph.ts";
import { type CallSite, placeOf } from "./callSites.ts";
import type { DataAccess } from "./dataAccess.ts";

export type EffectKind = DataAccess["kind"];

/** The shortest way from a method to what it does. */
export interface Effect {
  readonly kind: EffectKind;
  /** "OwnerRepository.findById". */
  readonly label: string;
  /** How many calls away: 1 when the body does it itself. */
  readonly depth: number;
  /** How many methods may run at the widest dispatch on the way. */
  readonly candidates: number;
}

/** One step of a chain, for related locations. */
export interface ChainStep {
  readonly at: Place;
  readonly message: string;
}

interface Step extends Effect {
  /** The call in the method's body; -1 for a step from a declaration to what runs in its place. */
  readonly site: number;
  readonly next: string | undefined;
  /** Changes when anything on the way changes. */
  readonly chain: string;
}

/** Where a request, a schedule or a message enters the code. */
export interface EntryPoint {
  readonly method: string;
  readonly kind: "endpoint" | "scheduler" | "listener";
  /** "GET /owners", "@Scheduled purge". */
  readonly label: string;
}

interface Arrival {
  readonly entry: EntryPoint;
  readonly from: string | undefined;
  readonly site: number;
  readonly depth: number;
  readonly chain: string;
}

/**
 * What methods do through everything they call, and from where they are reached; both as shortest chains. Computed over the whole
 * graph when an edge has changed. Keys: `effects:<method>`, `reached:<method>`.
 */
export class Effects implements ModelPart {
  readonly #reads: ReadLog;
  readonly #graph: CallGraph;
  readonly #entryPoints: () => Iterable<EntryPoint>;
  #edition = -1;
  #entries = "";
  #byKind: Record<EffectKind, Map<string, Step>> = { read: new Map(), write: new Map() };
  #arrivals = new Map<string, Arrival>();

  constructor(reads: ReadLog, graph: CallGraph, entryPoints: () => Iterable<EntryPoint>) {
    this.#reads = reads;
    this.#graph = graph;
    this.#entryPoints = entryPoints;
  }

  update(_changes: readonly FactsChange[], _store: FactsStore): Iterable<string> {
    const changed = new Set<string>();
    const edges = this.#edition !== this.#graph.edition;
    if (edges) {
      const callers = callersOf(this.#graph);
      for (const kind of ["read", "write"] as const) {
        const after = spread(this.#graph, callers, kind);
        difference(this.#byKind[kind], after, "effects", changed);
        this.#byKind[kind] = after;
      }
    }
    const entryPoints = [...this.#entryPoints()];
    const entries = entryPoints.map((entry) => `${entry.method} ${entry.label}`).join("\n");
    if (edges || entries !== this.#entries) {
      const after = arrive(this.#graph, entryPoints);
      difference(this.#arrivals, after, "reached", changed);
      this.#arrivals = after;
    }
    this.#edition = this.#graph.edition;
    this.#entries = entries;
    return changed;
  }

  /** What a call of a method does to the caller: nothing when the method is cached. */
  passedOn(method: string, kind: EffectKind): Effect | undefined {
    const effect = this.of(method, kind);
    const node = effect === undefined ? undefined : this.#graph.method(method);
    return node === undefined || isCached(node) ? undefined : effect;
  }

  /** What a method does, itself or through what it calls. */
  of(method: string, kind: EffectKind): Effect | undefined {
    this.#reads.note(`effects:${method}`);
    return this.#byKind[kind].get(method);
  }

  /** The first entry point that reaches a method. */
  reachedFrom(method: string): EntryPoint | undefined {
    this.#reads.note(`reached:${method}`);
    return this.#arrivals.get(method)?.entry;
  }

  /** The calls from a method down to the effect, the effect last. */
  chainFrom(method: string, kind: EffectKind): readonly ChainStep[] {
    this.#reads.note(`effects:${method}`);
    const steps: ChainStep[] = [];
    for (let key: string | undefined = method; key !== undefined && steps.length < 30; ) {
      const step: Step | undefined = this.#byKind[kind].get(key);
      const node = this.#graph.method(key);
      if (step === undefined || node === undefined) break;
      const site = node.sites[step.site];
      if (site !== undefined) {
        steps.push({ at: siteAt(node, site), message: `${nameOf(node)} calls ${site.access?.label ?? site.name}` });
        const declared = site.access === undefined ? undefined : this.declarationAt(site);
        if (declared !== undefined) steps.push({ at: declared, message: `${site.access?.label} is declared here` });
      }
      key = step.next;
    }
    return steps;
  }

  /** The calls from the entry point down to a method, the entry point first. */
  chainTo(method: string): readonly ChainStep[] {
    this.#reads.note(`reached:${method}`);
    const steps: ChainStep[] = [];
    for (let key: string | undefined = method; key !== undefined && steps.length < 30; ) {
      const arrival: Arrival | undefined = this.#arrivals.get(key);
      if (arrival === undefined) break;
      const from: MethodNode | undefined = arrival.from === undefined ? undefined : this.#graph.method(arrival.from);
      if (from === undefined) {
        const node = this.#graph.method(key);
        if (node !== undefined) steps.unshift({ at: placeOf(node.declared), message: arrival.entry.label });
        break;
      }
      const site = from.sites[arrival.site];
      if (site !== undefined) steps.unshift({ at: siteAt(from, site), message: `${nameOf(from)} calls ${site.name}` });
      key = arrival.from;
    }
    return steps;
  }

  /** The methods from the entry point down to a method, both included; empty where nothing reaches it. */
  pathTo(method: string): readonly string[] {
    this.#reads.note(`reached:${method}`);
    const path: string[] = [];
    for (let key: string | undefined = method; key !== undefined && path.length < 30; key = this.#arrivals.get(key)?.from) {
      if (!this.#arrivals.has(key)) break;
      path.unshift(key);
    }
    return path;
  }

  /** The declaration that a chain ends at: a repository's method, where it is declared in the workspace. */
  declarationAt(site: CallSite): Place | undefined {
    const [target] = site.targets;
    const node = target === undefined ? undefined : this.#graph.method(target);
    return node === undefined ? undefined : placeOf(node.declared);
  }
}

const siteAt = (node: MethodNode, site: CallSite): Place => ({ file: node.declared.owner.file.file, ...site.at });
const nameOf = ({ declared }: MethodNode): string => `${declared.owner.type.name}.${declared.method.name}`;

/** Spring's and JCache's annotations: most calls of such a method do not run it. */
const CACHED: ReadonlySet<string> = new Set(["Cacheable", "CacheResult", "Memoize", "Cached"]);

export function isCached(node: MethodNode): boolean {
  return node.declared.method.annotations.some((annotation) => CACHED.has(annotation.name.slice(annotation.name.lastIndexOf(".") + 1)));
}

/** A value that the method remembers is read once, and a failure's path is not the method's way: neither is what a call costs. */
function passesOn(site: CallSite | undefined): boolean {
  return !(site?.excuses.includes("remembered per key") || site?.excuses.includes("only when an element fails"));
}

type Callers = ReadonlyMap<string, readonly { readonly caller: MethodNode; readonly site: number }[]>;

function callersOf(graph: CallGraph): Callers {
  const callers = new Map<string, { caller: MethodNode; site: number }[]>();
  for (const caller of graph.all()) {
    caller.sites.forEach(({ targets }, site) => {
      for (const target of targets) {
        const known = callers.get(target);
        if (known === undefined) callers.set(target, [{ caller, site }]);
        else known.push({ caller, site });
      }
    });
  }
  return callers;
}

/** Breadth first from the calls that do something up to everyone who calls them: the first chain found is a shortest one. */
function spread(graph: CallGraph, callers: Callers, kind: EffectKind): Map<string, Step> {
  const steps = new Map<string, Step>();
  const declaredBy = reversed(graph);
  let frontier: string[] = [];
  for (const node of graph.all()) {
    const site = node.sites.findIndex((candidate) => candidate.access?.kind === kind && passesOn(candidate));
    const label = node.sites[site]?.access?.label;
    if (label === undefined) continue;
    steps.set(node.key, { kind, label, depth: 1, candidates: 1, site, next: undefined, chain: `${node.key}>${label}` });
    frontier.push(node.key);
  }
  frontier.sort();
  while (frontier.length > 0) {
    const next: string[] = [];
    for (const key of frontier) {
      const step = steps.get(key) as Step;
      const node = graph.method(key);
      if (node !== undefined && isCached(node)) continue;
      for (const declaration of declaredBy.get(key) ?? []) {
        if (steps.has(declaration)) continue;
        const candidates = Math.max(step.candidates, graph.overridesOf(declaration).size);
        steps.set(declaration, { ...step, candidates, site: -1, next: key, chain: hash(declaration, step.chain) });
        next.push(declaration);
      }
      for (const { caller, site } of callers.get(key) ?? []) {
        if (steps.has(caller.key) || !passesOn(caller.sites[site])) continue;
        steps.set(caller.key, {
          kind,
          label: step.label,
          depth: step.depth + 1,
          candidates: step.candidates,
          site,
          next: key,
          chain: hash(caller.key, step.chain),
        });
        next.push(caller.key);
      }
    }
    frontier = next.sort();
  }
  return steps;
}

/** From a method that runs to the declarations in whose place it runs. */
function reversed(graph: CallGraph): ReadonlyMap<string, readonly string[]> {
  const declaredBy = new Map<string, string[]>();
  for (const { key } of graph.all()) {
    for (const runs of graph.overridesOf(key)) {
      const known = declaredBy.get(runs);
      if (known === undefined) declaredBy.set(runs, [key]);
      else known.push(key);
    }
  }
  return declaredBy;
}

function arrive(graph: CallGraph, entries: readonly EntryPoint[]): Map<string, Arrival> {
  const arrivals = new Map<string, Arrival>();
  let frontier: string[] = [];
  for (const entry of entries) {
    if (arrivals.has(entry.method)) continue;
    arrivals.set(entry.method, { entry, from: undefined, site: -1, depth: 0, chain: entry.label });
    frontier.push(entry.method);
  }
  while (frontier.length > 0) {
    const next: string[] = [];
    for (const key of frontier) {
      const arrival = arrivals.get(key) as Arrival;
      const node = graph.method(key);
      const visit = (target: string, site: number): void => {
        if (arrivals.has(target)) return;
        arrivals.set(target, { entry: arrival.entry, from: key, site, depth: arrival.depth + 1, chain: hash(target, arrival.chain) });
        next.push(target);
      };
      node?.sites.forEach((site, index) => {
        for (const target of site.targets) visit(target, index);
      });
      for (const runs of graph.overridesOf(key)) visit(runs, -1);
    }
    frontier = next.sort();
  }
  return arrivals;
}

function difference(
  before: ReadonlyMap<string, { readonly chain: string; readonly depth: number }>,
  after: ReadonlyMap<string, { readonly chain: string; readonly depth: number }>,
  topic: string,
  changed: Set<string>,
): void {
  for (const [key, step] of after) if (before.get(key)?.chain !== step.chain) changed.add(`${topic}:${key}`);
  for (const key of before.keys()) if (!after.has(key)) changed.add(`${topic}:${key}`);
}

/** A short stand-in for a whole chain (FNV-1a). */
function hash(key: string, rest: string): string {
  let value = 0x811c9dc5;
  const text = `${key}>${rest}`;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return (value >>> 0).toString(36);
}
