import type { JavaFile } from "../../facts/fileFacts.ts";
import { type CodeNode, unpackNodes } from "../../facts/java/code.ts";
import { textHash } from "../../text/hash.ts";
import type { Span } from "../../text/positions.ts";
import { changesOf, type FactsChange, type FactsStore, type ModelPart } from "../part.ts";
import { Readers } from "../readers.ts";
import type { ReadLog } from "../readLog.ts";
import type { Type } from "../types/type.ts";
import type { TypeEntry, TypeIndex } from "../types/typeIndex.ts";
import { type CallIndexes, type CallSite, callSitesOf, isRemembered, isSeldom, passesOn } from "./callSites.ts";
import { DeclaredMethods } from "./declaredMethods.ts";
import { givenTo, keyAs, mayOverride, partsOfKey, SEVERAL } from "./dispatch.ts";
import { functionsOf, type HeldFunction } from "./heldFunctions.ts";
import { methodKey } from "./methodKey.ts";
import { isRepository } from "./repositoryTypes.ts";
import { RunningBodies } from "./runningBodies.ts";
import type { DeclaredMethod } from "./typing/callees.ts";
import { Typer } from "./typing/typer.ts";

/** A method of the workspace with what its body calls. */
export interface MethodNode {
  readonly key: string;
  /** Of the key: the same method has the same in every run. */
  readonly hash: number;
  readonly declared: DeclaredMethod;
  /** Calls in the body, and in the initializers of fields for constructors' sake; see CallSite. */
  readonly sites: readonly CallSite[];
  /** A cache answers most calls of it. */
  readonly remembered: boolean;
}

export interface MethodCode {
  readonly body: CodeNode;
  /** Every node of the body, in source order. */
  readonly nodes: readonly CodeNode[];
  readonly typer: Typer;
}

interface FileCalls {
  readonly methods: readonly MethodNode[];
  /** What classes keep in fields or give back: no method of theirs, but called like one. */
  readonly functions: readonly MethodNode[];
  /** From a declared method to one that runs in its place: interface to bean, base to override. */
  readonly overrides: readonly (readonly [string, string])[];
}

/** The methods of a file as they run, which places several of them share, and what was read to know it. */
interface Running {
  readonly nodes: readonly MethodNode[];
  readonly shared: readonly Span[];
  readonly reads: ReadonlySet<string>;
}

/**
 * Who calls whom. Files are resolved one by one; a file is resolved again when it changes and when a name that it looked up means
 * something else. Keys: `calls:<file>` for the methods of a file.
 */
export class CallGraph implements ModelPart {
  readonly #reads: ReadLog;
  readonly #types: TypeIndex;
  readonly #indexes: CallIndexes;
  readonly #files = new Map<string, FileCalls>();
  readonly #readers = new Readers();
  readonly #declared = new DeclaredMethods();
  readonly #bodies: RunningBodies;
  readonly #running = new Map<string, Running>();
  /** Raised when an edge appears or goes: what was computed over the whole graph is then computed again. */
  #edition = 0;
  #state: { readonly collection: unknown } | undefined;
  /** The latest first. */
  #views: readonly View[] = [];

  constructor(reads: ReadLog, types: TypeIndex, indexes: CallIndexes) {
    this.#reads = reads;
    this.#types = types;
    this.#indexes = indexes;
    this.#bodies = new RunningBodies(reads, types, indexes, this.#declared);
  }

  get edition(): number {
    return this.#edition;
  }

  update(changes: readonly FactsChange[], store: FactsStore, changed: ReadonlySet<string>): Iterable<string> {
    this.#views = [];
    this.#state = undefined;
    this.#running.clear();
    const stale = new Set(changesOf(changes, "java").map(({ file }) => file));
    for (const file of this.#readers.of(changed)) stale.add(file);
    for (const file of stale) {
      const facts = store.get(file);
      this.#readers.forget(file);
      this.#replace(file, facts?.language === "java" ? this.#resolve(facts) : undefined);
    }
    const bodies = this.#bodies.forget(stale, changed);
    // What an inherited body does in one class may be other where no method has changed by itself.
    if (!this.#reads.closed && bodies.some((before) => !sameMethod(before, this.#bodies.find(before.key)))) this.#edition++;
    return [...stale].map((file) => `calls:${file}`);
  }

  /** Another object after a change, and for each collection of keys: what was worked out under one state holds under it. */
  get state(): object {
    const collection = this.#reads.closed ? this : this.#reads.collection;
    if (collection === undefined) return {};
    if (this.#state?.collection !== collection) this.#state = { collection };
    return this.#state;
  }

  /** Whether nothing will change any more: what is worked out then needs no note of what it has read. */
  get isFinal(): boolean {
    return this.#reads.closed;
  }

  /** The methods that a file declares, with their calls. */
  methodsIn(file: string): readonly MethodNode[] {
    this.noteBodies(file);
    return this.#files.get(file)?.methods ?? [];
  }

  /** The same, and the functions that its classes keep in fields or give back. */
  allIn(file: string): readonly MethodNode[] {
    this.noteBodies(file);
    return all(this.#files.get(file));
  }

  /** Notes nothing: whoever goes through all files hears of new ones by `edition`. */
  files(): Iterable<string> {
    return this.#files.keys();
  }

  /** Notes that an answer hangs on what a method's body does: whoever follows one says so. */
  noteBody({ declared: { owner } }: MethodNode): void {
    this.noteBodies(owner.file.file);
  }

  /** The same of all bodies of a file. */
  noteBodies(file: string): void {
    this.#reads.note(`calls:${file}`);
  }

  /**
   * The methods that a file declares, as they run: one that classes below inherit is there for each of them in which it does something
   * else, since a generic `repository.findAll()` is another query in each.
   */
  running(file: string): readonly MethodNode[] {
    return this.#runningOf(file).nodes;
  }

  /** A method of an abstract or generic class as it runs in each class below, in as many as there are. */
  inHeirs(method: MethodNode): readonly MethodNode[] {
    return this.#bodies.inHeirs(method);
  }

  /** Whether a place of a file lies in a method that does several things, each in another class that inherits it. */
  isShared(file: string, offset: number): boolean {
    return this.#runningOf(file).shared.some(({ start, end }) => offset >= start && offset < end);
  }

  #runningOf(file: string): Running {
    let known = this.#running.get(file);
    if (known === undefined) {
      let nodes: readonly MethodNode[] = [];
      const reads = this.#reads.during(() => {
        nodes = this.methodsIn(file).flatMap((method) => this.#bodies.runningIn(method));
      });
      const shared = nodes.filter(({ key }) => !key.endsWith(")")).map(({ declared }) => declared.method.span);
      this.#running.set(file, (known = { nodes, shared, reads }));
    }
    for (const read of known.reads) this.#reads.note(read);
    return known;
  }

  /** Notes nothing of methods: for computations over the whole graph, which note their own keys. */
  method(key: string): MethodNode | undefined {
    return this.#declared.methods.get(key) ?? this.#bodies.find(key);
  }

  /** The same, noting that the method may come, or come to be declared by another file: with its type. */
  declaration(key: string): MethodNode | undefined {
    if (this.#reads.isListening) this.#reads.note(`type:${key.slice(0, key.indexOf("#")).replace(/^.*[.$]/, "")}`);
    return this.method(key);
  }

  /** The key under which effects of a method are kept: "Dao#save(T) as OrderDao" is "Dao#save(T)" where no class overrides it. */
  keyOf(key: string): string {
    return key.endsWith(")") ? key : (this.#bodies.find(key)?.key ?? key);
  }

  all(): Iterable<MethodNode> {
    return this.#declared.methods.values();
  }

  /**
   * A method's body with the types of its expressions. Only for methods that have one. The bodies of the files that were asked for
   * last are kept: the rules judge a file one after the other, each of them looks at the same few, and follows them into the same few
   * others.
   */
  codeOf({ key, declared }: MethodNode): MethodCode {
    const { owner, method } = declared;
    const { codes } = this.#viewOf(owner.file);
    let code = codes.get(key);
    if (code === undefined) {
      const nodes = unpackNodes(owner.file.java.code, method.body);
      const [, type] = partsOfKey(key);
      const runs = type === undefined || type === SEVERAL ? undefined : this.#types.declared(type);
      codes.set(key, (code = { body: nodes[0] as CodeNode, nodes, typer: new Typer(this.#types, owner, method, nodes, runs) }));
    }
    return code;
  }

  /** What a type that is written in a method's declaration means where the method runs: `List<T>` of a generic class, in one below it. */
  typeIn(node: MethodNode, text: string): Type | undefined {
    const { owner } = node.declared;
    return node.key.endsWith(")") ? this.#types.resolve(text, owner) : this.codeOf(node).typer.resolve(text);
  }

  #viewOf(file: JavaFile): View {
    const { collection } = this.#reads;
    const [latest] = this.#views;
    if (latest?.file === file && latest.collection === collection) return latest;
    const kept = this.#views.filter((view) => view.collection === collection);
    const view = kept.find((known) => known.file === file) ?? { file, collection, codes: new Map() };
    this.#views = [view, ...kept.filter((known) => known !== view).slice(0, MOST_VIEWS - 1)];
    return view;
  }

  /** The methods that may run when this one is called, itself left out. */
  overridesOf(key: string): ReadonlySet<string> {
    return this.#bodies.overridesOf(key);
  }

  #resolve(file: JavaFile): FileCalls {
    const methods: MethodNode[] = [];
    const functions: MethodNode[] = [];
    const overrides: (readonly [string, string])[] = [];
    const reads = this.#reads.during(() => {
      for (const type of file.java.types) {
        const owner = { file, type };
        for (const method of type.methods) {
          const declared = { owner, method };
          const sites = method.body < 0 ? [] : callSitesOf(this.#types, this.#indexes, owner, method, method.body);
          const key = methodKey(declared);
          methods.push({ key, hash: textHash(key), declared, sites, remembered: isRemembered(declared, this.#indexes) });
        }
        const { kept, returned } = functionsOf(this.#types, owner) ?? NO_FUNCTIONS;
        for (const { key, declared } of [...kept.values(), ...returned.values()]) {
          const sites = callSitesOf(this.#types, this.#indexes, owner, declared.method, declared.method.body);
          if (sites.length > 0) functions.push({ key, hash: textHash(key), declared, sites, remembered: false });
        }
        const isRun = type.kind === "interface" ? runsByItself(this.#types, owner) : type.kind !== "annotation";
        if (isRun) overrides.push(...this.#overridesBy(owner));
      }
    });
    this.#readers.add(file.file, reads);
    return { methods, functions, overrides };
  }

  /** For each method that the type inherits or implements, the one that runs when it is called on a value of this type. */
  #overridesBy(owner: TypeEntry): (readonly [string, string])[] {
    // Of one name and as many parameters, all overloads.
    const running = new Map<string, DeclaredMethod[]>();
    const given = givenTo(this.#types, owner);
    const pairs: (readonly [string, string])[] = [];
    for (const above of this.#types.lineage(owner)) {
      for (const method of above.type.methods) {
        if (method.kind !== "method" || method.modifiers.includes("static") || method.modifiers.includes("private")) continue;
        const shape = `${method.name}/${method.parameters.length}`;
        const candidate = { owner: above, method };
        const overloads = running.get(shape) ?? [];
        const runs = overloads.find((overload) => mayOverride(overload, candidate, given));
        if (runs === undefined) {
          if (method.body >= 0) running.set(shape, [...overloads, candidate]);
        } else if (methodKey(runs) !== methodKey(candidate))
          pairs.push([methodKey(candidate), runs.owner.type === owner.type ? methodKey(runs) : keyAs(methodKey(runs), SEVERAL)]);
      }
    }
    return pairs;
  }

  #replace(file: string, after: FileCalls | undefined): void {
    const before = this.#files.get(file);
    if (!sameEdges(before, after)) this.#edition++;
    if (before !== undefined) this.#declared.remove(all(before), before.overrides);
    if (after === undefined) {
      this.#files.delete(file);
      return;
    }
    this.#files.set(file, after);
    this.#declared.add(all(after), after.overrides);
  }
}

/** The unpacked bodies of one file, as one collection of keys sees them. */
interface View {
  readonly file: JavaFile;
  readonly collection: unknown;
  readonly codes: Map<string, MethodCode>;
}

/** A repository of Spring Data with bodies of its own: `default Tag get(String name) { return findByName(name).orElseThrow(); }`. */
const runsByItself = (types: TypeIndex, owner: TypeEntry): boolean =>
  owner.type.methods.some(({ body, modifiers }) => body >= 0 && modifiers.includes("default")) && isRepository(types, owner);

const MOST_VIEWS = 8;

const NO_FUNCTIONS = { kept: new Map<string, HeldFunction>(), returned: new Map<string, HeldFunction>() };

const all = (calls: FileCalls | undefined): readonly MethodNode[] => (calls === undefined ? [] : [...calls.methods, ...calls.functions]);

/** Whether two resolutions of a file say the same of who calls what; positions may differ. */
function sameEdges(before: FileCalls | undefined, after: FileCalls | undefined): boolean {
  if (before === undefined || after === undefined) return before === after;
  const [old, now] = [all(before), all(after)];
  if (old.length !== now.length || before.overrides.length !== after.overrides.length) return false;
  const sameMethods = old.every((method, i) => sameMethod(method, now[i]));
  return sameMethods && before.overrides.every(([from, to], i) => after.overrides[i]?.[0] === from && after.overrides[i]?.[1] === to);
}

function sameMethod(method: MethodNode, other: MethodNode | undefined): boolean {
  return (
    other !== undefined &&
    method.key === other.key &&
    method.sites.length === other.sites.length &&
    method.remembered === other.remembered &&
    sameAnnotations(method, other) &&
    method.sites.every((site, i) => sameSite(site, other.sites[i] as CallSite))
  );
}

const sameSite = (site: CallSite, twin: CallSite): boolean =>
  site.name === twin.name &&
  site.work?.label === twin.work?.label &&
  site.work?.kind === twin.work?.kind &&
  site.self === twin.self &&
  site.pastCache === twin.pastCache &&
  passesOn(site) === passesOn(twin) &&
  isSeldom(site) === isSeldom(twin) &&
  site.targets.length === twin.targets.length &&
  site.targets.every((target, i) => target === twin.targets[i]);

/** Annotations such as @Cacheable decide what a method passes on. */
const sameAnnotations = (a: MethodNode, b: MethodNode): boolean =>
  a.declared.method.annotations.length === b.declared.method.annotations.length &&
  a.declared.method.annotations.every((annotation, i) => annotation.name === b.declared.method.annotations[i]?.name);
