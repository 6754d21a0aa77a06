import type { CallGraph, MethodNode } from "./callGraph.ts";
import type { CallSite } from "./callSites.ts";
import type { WorkKind } from "./work.ts";

/** The shortest way from a method to what it does. */
export interface Effect {
  readonly kind: WorkKind;
  /** "OwnerRepository.findById". */
  readonly label: string;
  /** How many calls away: 1 when the body does it itself. */
  readonly depth: number;
  /** How many methods may run at the widest dispatch on the way. */
  readonly candidates: number;
}

/** Where a request, a schedule or a message enters the code. */
export interface EntryPoint {
  readonly method: string;
  readonly kind: "endpoint" | "scheduler" | "listener";
  /** "GET /owners", "@Scheduled purge". */
  readonly label: string;
}

export interface Step extends Effect {
  /** The call in the method's body; -1 for a step from a declaration to what runs in its place. */
  readonly site: number;
  readonly next: string | undefined;
  /** Changes when anything on the way changes. */
  readonly chain: string;
}

export interface Arrival {
  readonly entry: EntryPoint;
  readonly from: string | undefined;
  readonly site: number;
  readonly depth: number;
  readonly chain: string;
}

/** Spring's and JCache's annotations: most calls of such a method do not run it. */
const CACHED: ReadonlySet<string> = new Set(["Cacheable", "CacheResult", "Memoize", "Cached"]);

export function isCached(node: MethodNode): boolean {
  return node.declared.method.annotations.some((annotation) => CACHED.has(annotation.name.slice(annotation.name.lastIndexOf(".") + 1)));
}

/** A value that the method remembers is read once, and a failure's path is not the method's way: neither is what a call costs. */
function passesOn(site: CallSite | undefined): boolean {
  return !(site?.excuses.includes("remembered per key") || site?.excuses.includes("only when an element fails"));
}

export type Callers = ReadonlyMap<string, readonly { readonly caller: MethodNode; readonly site: number }[]>;

export function callersOf(graph: CallGraph): Callers {
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
export function spread(graph: CallGraph, callers: Callers, declaredBy: DeclaredBy, kind: WorkKind): Map<string, Step> {
  const steps = new Map<string, Step>();
  let frontier: string[] = [];
  for (const node of graph.all()) {
    const site = node.sites.findIndex((candidate) => candidate.work?.kind === kind && passesOn(candidate));
    const label = node.sites[site]?.work?.label;
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
        steps.set(declaration, { ...step, candidates, site: -1, next: key, chain: hash(`${declaration}/${candidates}`, step.chain) });
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

export type DeclaredBy = ReadonlyMap<string, readonly string[]>;

/** From a method that runs to the declarations in whose place it runs. */
export function declaredBy(graph: CallGraph): DeclaredBy {
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

export function arrive(graph: CallGraph, entries: readonly EntryPoint[]): Map<string, Arrival> {
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

export function difference(
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
