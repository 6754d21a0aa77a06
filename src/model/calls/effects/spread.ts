import { textHash } from "../../../text/hash.ts";
import type { MethodNode } from "../callGraph.ts";
import { isSeldom, passesOn } from "../callSites.ts";
import type { WorkKind } from "../workKinds.ts";
import type { IndexedGraph } from "./indexedGraph.ts";

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
  /** "job" is Quartz': it has threads of its own, and nobody knows here when it runs. */
  readonly kind: "endpoint" | "scheduler" | "job" | "listener";
  /** "GET /owners", "@Scheduled purge". */
  readonly label: string;
  /** Requests of many people, messages, and clocks that strike every few minutes. */
  readonly often: boolean;
  /** A request of people who run the application. */
  readonly forAdministrators?: true;
  /** A request before, or beside, what an open view keeps a session for: filters, servlets, pages of Jakarta Faces. */
  readonly beforeView?: true;
  /** What a framework runs on the way of requests to endpoints: these say more of code that both reach. */
  readonly onTheWay?: true;
}

export interface Step extends Effect {
  /** The call in the method's body; -1 for a step from a declaration to what runs in its place. */
  readonly site: number;
  readonly next: string | undefined;
  /** Changes when anything on the way changes. */
  readonly chain: number;
}

export interface Arrival {
  readonly entry: EntryPoint;
  readonly from: string | undefined;
  readonly site: number;
  readonly depth: number;
  readonly chain: number;
}

/** Whether a clock runs it, and nobody waits. */
export const isByClock = ({ kind }: EntryPoint): boolean => kind === "scheduler" || kind === "job";

/** Breadth first from the calls that do something up to everyone who calls them: the first chain found is a shortest one. */
export function spread(graph: IndexedGraph, kind: WorkKind): Map<string, Step> {
  const steps = new Map<string, Step>();
  const { nodes } = graph;
  const found: (Step | undefined)[] = new Array(nodes.length);
  let frontier: number[] = [];
  const reach = (index: number, step: Step, into: number[]): void => {
    found[index] = step;
    steps.set((nodes[index] as MethodNode).key, step);
    into.push(index);
  };
  for (const index of graph.working(kind)) {
    const node = nodes[index] as MethodNode;
    const own = node.sites.findIndex((site) => site.work?.kind === kind && passesOn(site));
    const label = node.sites[own]?.work?.label;
    if (label !== undefined)
      reach(
        index,
        { kind, label, depth: 1, candidates: 1, site: own, next: undefined, chain: mix(answers(node), textHash(label)) },
        frontier,
      );
  }
  while (frontier.length > 0) {
    const next: number[] = [];
    for (const index of graph.ordered(frontier)) {
      const step = found[index] as Step;
      const node = nodes[index] as MethodNode;
      graph.eachDeclaration(index, (declaration) => {
        if (node.remembered || found[declaration] !== undefined) return;
        const candidates = Math.max(step.candidates, graph.overrides(declaration));
        reach(
          declaration,
          { ...step, candidates, site: -1, next: node.key, chain: mix((nodes[declaration] as MethodNode).hash + candidates, step.chain) },
          next,
        );
      });
      graph.eachCaller(index, (caller, site) => {
        if (found[caller] !== undefined) return;
        const from = nodes[caller] as MethodNode;
        if (!passesOn(from.sites[site]) || (node.remembered && from.sites[site]?.pastCache !== true)) return;
        const { label, candidates } = step;
        reach(
          caller,
          { kind, label, depth: step.depth + 1, candidates, site, next: node.key, chain: mix(answers(from), step.chain) },
          next,
        );
      });
    }
    frontier = next;
  }
  return steps;
}

/** A method, and whether its callers notice what it does. */
const answers = ({ hash, remembered }: MethodNode): number => hash + Number(remembered);

/** Of a declaration that more methods may run in the place of, it is not known which of them does. */
export const WIDE_DISPATCH = 3;

/**
 * Breadth first from the entry points down to everything they call: first from requests that happen often, for which somebody waits,
 * then from what else happens often, then from the others, by calls of which it is known what they run; last by all calls.
 */
export function arrive(graph: IndexedGraph, entries: readonly EntryPoint[]): Map<string, Arrival> {
  const found: (Arrival | undefined)[] = new Array(graph.nodes.length);
  // What nothing is known of but that requests enter there.
  const arrivals = new Map<string, Arrival>();
  const enter = (entered: readonly EntryPoint[]): number[] => {
    const from: number[] = [];
    for (const entry of entered) {
      const index = graph.indexOf(entry.method);
      if (index === undefined ? arrivals.has(entry.method) : found[index] !== undefined) continue;
      const arrival: Arrival = { entry, from: undefined, site: -1, depth: 0, chain: textHash(entry.label) };
      if (index === undefined) arrivals.set(entry.method, arrival);
      else {
        found[index] = arrival;
        from.push(index);
      }
    }
    return from;
  };
  const often = entries.filter((entry) => entry.often);
  const waitedFor = often.filter(({ kind }) => kind === "endpoint");
  walkDown(graph, enter(waitedFor.filter(({ onTheWay }) => onTheWay !== true)), found, WIDE_DISPATCH);
  walkDown(graph, enter(waitedFor), found, WIDE_DISPATCH);
  walkDown(graph, enter(often), found, WIDE_DISPATCH);
  walkDown(graph, enter(entries), found, WIDE_DISPATCH);
  const reached: number[] = [];
  for (let index = 0; index < found.length; index++) if (found[index] !== undefined) reached.push(index);
  walkDown(graph, reached, found, Number.POSITIVE_INFINITY);
  graph.eachBody((method, body) => {
    const [own, running] = [found[method], found[body]];
    if (running !== undefined && (own === undefined || (running.entry.often && !own.entry.often))) found[method] = running;
  });
  for (let index = 0; index < found.length; index++) {
    const arrival = found[index];
    if (arrival !== undefined) arrivals.set((graph.nodes[index] as MethodNode).key, arrival);
  }
  return arrivals;
}

/** The methods that run without the session of an open view: below schedules, messages and what comes before the view, over any call. */
export function withoutView(graph: IndexedGraph, entries: readonly EntryPoint[]): ReadonlySet<string> {
  const viewless = entries.filter(({ kind, beforeView }) => kind !== "endpoint" || beforeView === true);
  return new Set(arrive(graph, viewless).keys());
}

function walkDown(graph: IndexedGraph, from: number[], found: (Arrival | undefined)[], widest: number): void {
  const { nodes } = graph;
  for (let frontier = from; frontier.length > 0; ) {
    const next: number[] = [];
    for (const index of graph.ordered(frontier)) {
      const { key, sites } = nodes[index] as MethodNode;
      const { entry, depth, chain } = found[index] as Arrival;
      const wide = graph.overrides(index) > widest;
      graph.eachCallee(index, (callee, site) => {
        if (found[callee] !== undefined || (wide && site < 0) || isSeldom(sites[site])) return;
        found[callee] = { entry, from: key, site, depth: depth + 1, chain: mix((nodes[callee] as MethodNode).hash, chain) };
        next.push(callee);
      });
    }
    frontier = next;
  }
}

/** The keys whose chain is another one, has come or has gone. */
export function difference(
  before: ReadonlyMap<string, { readonly chain: number }>,
  after: ReadonlyMap<string, { readonly chain: number }>,
  topic: string,
  changed: Set<string>,
): void {
  for (const [key, { chain }] of after) if (before.get(key)?.chain !== chain) changed.add(`${topic}:${key}`);
  for (const key of before.keys()) if (!after.has(key)) changed.add(`${topic}:${key}`);
}

/** One number for a method and the chain below it. */
const mix = (hash: number, chain: number): number =>
  (Math.imul(Math.imul(hash ^ 0x9e3779b9, 0x01000193) ^ chain, 0x85ebca6b) ^ (chain >>> 13)) >>> 0;
