import type { Place } from "../../../text/positions.ts";
import type { FactsChange, FactsStore, ModelPart } from "../../part.ts";
import type { ReadLog } from "../../readLog.ts";
import type { CallGraph, MethodNode } from "../callGraph.ts";
import { type CallSite, placeOf } from "../callSites.ts";
import { WORK_KINDS, type WorkKind } from "../workKinds.ts";
import { IndexedGraph } from "./indexedGraph.ts";
import { type Arrival, arrive, difference, type Effect, type EntryPoint, type Step, spread, withoutView } from "./spread.ts";

/** One step of a chain, for related locations. */
export interface ChainStep {
  readonly at: Place;
  readonly message: string;
}

/**
 * What methods do through everything they call, and from where they are reached; both as shortest chains. Computed over the whole
 * graph when an edge has changed. Keys: `effects:<method>`, `reached:<method>`, `effects-of:<kind>` for who does work of one kind,
 * `without-view:all`.
 */
export class Effects implements ModelPart {
  readonly #reads: ReadLog;
  readonly #graph: CallGraph;
  readonly #entryPoints: () => Iterable<EntryPoint>;
  #edition = -1;
  #indexed: IndexedGraph | undefined;
  #entries: readonly EntryPoint[] = [];
  /** What `#entries` was made of. */
  #entered: Iterable<EntryPoint> | undefined;
  readonly #byKind = new Map<WorkKind, ReadonlyMap<string, Step>>();
  /** By kind, by the method that does the work itself: whose shortest chains end there. Made when it is asked for. */
  readonly #leading = new Map<WorkKind, ReadonlyMap<string, readonly string[]>>();
  #arrivals = new Map<string, Arrival>();
  /** Made when it is asked for. */
  #withoutView: ReadonlySet<string> | undefined;

  constructor(reads: ReadLog, graph: CallGraph, entryPoints: () => Iterable<EntryPoint>) {
    this.#reads = reads;
    this.#graph = graph;
    this.#entryPoints = entryPoints;
  }

  update(_changes: readonly FactsChange[], _store: FactsStore): Iterable<string> {
    const changed = new Set<string>();
    const entered = this.#entryPoints();
    // Most edits change neither a call nor an entrance, and there may be thousands of these.
    if (this.#edition === this.#graph.edition && this.#entered === entered) return changed;
    const entries = [...entered].map((entry) => this.#keyed(entry));
    const edges =
      this.#edition !== this.#graph.edition ||
      entries.some(({ method }) => this.#indexed?.indexOf(method) === undefined && !method.endsWith(")"));
    if (edges) {
      this.#indexed = new IndexedGraph(
        this.#graph,
        entries.map(({ method }) => method),
      );
      for (const kind of WORK_KINDS) {
        const after = spread(this.#indexed, kind);
        if (!this.#reads.closed) {
          const known = changed.size;
          difference(this.#byKind.get(kind) ?? new Map(), after, "effects", changed);
          if (changed.size > known) changed.add(`effects-of:${kind}`);
        }
        this.#byKind.set(kind, after);
        this.#leading.delete(kind);
      }
    }
    if (edges || !sameEntries(entries, this.#entries)) {
      const after = arrive(this.graph, entries);
      if (!this.#reads.closed) difference(this.#arrivals, after, "reached", changed);
      this.#arrivals = after;
      const viewless = this.#withoutView;
      if (viewless !== undefined) {
        this.#withoutView = withoutView(this.graph, entries);
        if (!sameNames(viewless, this.#withoutView)) changed.add("without-view:all");
      }
    }
    this.#edition = this.#graph.edition;
    this.#entered = entered;
    this.#entries = entries;
    return changed;
  }

  /** As of the last update, with methods as the graph has them. Notes nothing: for computations over the whole graph. */
  get entries(): readonly EntryPoint[] {
    return this.#entries;
  }

  /** An entry point at the method that an inheriting class does not run otherwise. */
  #keyed(entry: EntryPoint): EntryPoint {
    const method = this.#graph.keyOf(entry.method);
    return method === entry.method ? entry : { ...entry, method };
  }

  /** The call graph as arrays, as it stands after the last update. Notes nothing: for computations over the whole graph. */
  get graph(): IndexedGraph {
    return (this.#indexed ??= new IndexedGraph(this.#graph, []));
  }

  /** What a call of a method does to the caller: nothing when a cache answers it. */
  passedOn(method: string, kind: WorkKind, call?: CallSite): Effect | undefined {
    const effect = this.of(method, kind);
    const node = effect === undefined ? undefined : this.#graph.method(method);
    return node === undefined || (node.remembered && call?.pastCache !== true) ? undefined : effect;
  }

  /** What a method does, itself or through what it calls. */
  of(method: string, kind: WorkKind): Effect | undefined {
    return this.#byKind.get(kind)?.get(this.#noted("effects", method));
  }

  /** The first entry point that reaches a method. */
  reachedFrom(method: string): EntryPoint | undefined {
    return this.#arrivals.get(this.#noted("reached", method))?.entry;
  }

  /** Whether a method runs where no view keeps a session open, too, whoever else reaches it. */
  lacksView(method: string): boolean {
    this.#reads.note("without-view:all");
    this.#withoutView ??= withoutView(this.graph, this.#entries);
    return this.#withoutView.has(this.#graph.keyOf(method));
  }

  /** The calls from a method down to the effect, the effect last. */
  chainFrom(method: string, kind: WorkKind): readonly ChainStep[] {
    const start = this.#noted("effects", method);
    const steps: ChainStep[] = [];
    for (let key: string | undefined = start; key !== undefined && steps.length < 30; ) {
      const step: Step | undefined = this.#byKind.get(kind)?.get(key);
      const node = this.#graph.method(key);
      if (step === undefined || node === undefined) break;
      const site = node.sites[step.site];
      if (site !== undefined) {
        steps.push({ at: siteAt(node, site), message: `${nameOf(node)} calls ${site.work?.label ?? site.name}` });
        const declared = site.work === undefined ? undefined : this.declarationAt(site);
        if (declared !== undefined) steps.push({ at: declared, message: `${site.work?.label} is declared here` });
      }
      key = step.next;
    }
    return steps;
  }

  /** The call by which a method comes to the effect on its shortest way. */
  stepFrom(method: string, kind: WorkKind): CallSite | undefined {
    const key = this.#noted("effects", method);
    const step = this.#byKind.get(kind)?.get(key);
    return step === undefined ? undefined : this.#graph.method(key)?.sites[step.site];
  }

  /** The methods from one down to the effect, itself included. */
  methodsFrom(method: string, kind: WorkKind): readonly string[] {
    const start = this.#noted("effects", method);
    const path: string[] = [];
    for (let key: string | undefined = start; key !== undefined && path.length < 30; key = this.#byKind.get(kind)?.get(key)?.next)
      path.push(key);
    return path;
  }

  /** The methods whose chains end at what a method does itself, the nearest first; itself among them. */
  leadingTo(method: string, kind: WorkKind): readonly string[] {
    this.#reads.note(`effects-of:${kind}`);
    let leading = this.#leading.get(kind);
    if (leading === undefined) this.#leading.set(kind, (leading = byEnd(this.#byKind.get(kind) ?? new Map())));
    return leading.get(this.#graph.keyOf(method)) ?? [];
  }

  /** The calls from the entry point down to a method, the entry point first. */
  chainTo(method: string): readonly ChainStep[] {
    const start = this.#noted("reached", method);
    const steps: ChainStep[] = [];
    for (let key: string | undefined = start; key !== undefined && steps.length < 30; ) {
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
    const start = this.#noted("reached", method);
    const path: string[] = [];
    for (let key: string | undefined = start; key !== undefined && path.length < 30; key = this.#arrivals.get(key)?.from) {
      if (!this.#arrivals.has(key)) break;
      path.unshift(key);
    }
    return path;
  }

  #noted(topic: "effects" | "reached", method: string): string {
    const key = this.#graph.keyOf(method);
    this.#reads.note(`${topic}:${key}`);
    return key;
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

const sameEntries = (a: readonly EntryPoint[], b: readonly EntryPoint[]): boolean =>
  a.length === b.length &&
  a.every((entry, i) => {
    const other = b[i] as EntryPoint;
    return (
      entry === other ||
      (entry.method === other.method &&
        entry.label === other.label &&
        entry.often === other.often &&
        entry.forAdministrators === other.forAdministrators &&
        entry.beforeView === other.beforeView &&
        entry.onTheWay === other.onTheWay)
    );
  });

const sameNames = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => a.size === b.size && [...a].every((name) => b.has(name));

/** Methods by the one that their chains end at, the nearest first. */
function byEnd(steps: ReadonlyMap<string, Step>): ReadonlyMap<string, readonly string[]> {
  const ends = new Map<string, string>();
  const leading = new Map<string, string[]>();
  // A chain's next step is nearer to its end: what is near comes first, and its end is known.
  const ordered = [...steps].sort(([a, one], [b, other]) => one.depth - other.depth || (a < b ? -1 : 1));
  for (const [key] of ordered) {
    let end = key;
    for (let next = steps.get(key)?.next; next !== undefined; next = steps.get(next)?.next) {
      end = ends.get(next) ?? next;
      if (ends.has(next)) break;
    }
    ends.set(key, end);
    const same = leading.get(end);
    if (same === undefined) leading.set(end, [key]);
    else same.push(key);
  }
  return leading;
}
