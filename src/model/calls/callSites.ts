import type { JavaFile } from "../../facts/fileFacts.ts";
import { ancestorsOf, type CodeNode, childOf, childrenOf, holdsKind, unpackNodes } from "../../facts/java/code.ts";
import type { JavaMethod } from "../../facts/java/javaFacts.ts";
import type { Place, Span } from "../../text/positions.ts";
import { constantText } from "../types/constants.ts";
import { simpleName, type Type } from "../types/type.ts";
import { bareName, type TypeEntry, type TypeIndex } from "../types/typeIndex.ts";
import { converterRun } from "./converters.ts";
import { classesOf, keyAs, runsIn, SEVERAL } from "./dispatch.ts";
import { type EventListeners, publishedBy } from "./eventListeners.ts";
import { type FunctionRun, functionRun, functionsOf } from "./heldFunctions.ts";
import { injectedOn } from "./injected.ts";
import { describe } from "./iteration/describe.ts";
import { elementsOfHeld } from "./iteration/functions.ts";
import { iterationsAround } from "./iteration/iteration.ts";
import type { Excuse, Iteration } from "./iteration/iterationKinds.ts";
import type { MapperIndex } from "./mapperIndex.ts";
import { mappingCalled, runsOf, sourceIndex } from "./mapStruct.ts";
import { methodKey } from "./methodKey.ts";
import { assembledEach } from "./modelAssemblers.ts";
import { portWork } from "./ports.ts";
import { asksForQueryCache } from "./queryCacheHint.ts";
import { referenceWork } from "./referenceReads.ts";
import { storeOf } from "./repositoryTypes.ts";
import type { Callee, DeclaredMethod } from "./typing/callees.ts";
import { Typer } from "./typing/typer.ts";
import { unseenWork } from "./unseenRepositories.ts";
import { declaredWork, libraryWork, type Work } from "./work.ts";
import type { WorkKind } from "./workKinds.ts";

/** A call or method reference that leads somewhere: to methods of the workspace, or to a library that reads or writes data. */
export interface CallSite {
  readonly name: string;
  /** From the receiver's last name to the closing parenthesis, where they share a line; the whole expression otherwise. */
  readonly at: Span;
  /** Keys of methods (see methodKey) that the call may run, before overriding is looked at. */
  readonly targets: readonly string[];
  readonly work: Work | undefined;
  /** The innermost first; empty when the call runs once. */
  readonly iterations: readonly Iteration[];
  readonly excuses: readonly Excuse[];
  /** The object calls itself: what runs depends on its class. Not for static methods. */
  readonly self: "this" | "super" | undefined;
  /** Stands in a function that the method gives back: whoever has that runs it, not whoever calls the method. */
  readonly givenBack?: true;
  /** The object calls a method of its own that a proxy around it would remember: it runs each time. */
  readonly pastCache?: true;
  /** Index of the call in the packed code, counted from the body's root. */
  readonly order: number;
}

/** Most calls stand in no loop: one empty list serves them all. */
const NONE: readonly never[] = [];

export const placeOf = ({ owner, method }: DeclaredMethod): Place => ({ file: owner.file.file, ...method.nameSpan });

/** Where calls lead, beyond what types say. */
export interface CallIndexes {
  readonly mappers: MapperIndex;
  readonly listeners: EventListeners;
  /** Whether an annotation of the workspace's own, by its simple name, carries one that caches answers. */
  readonly carriesCache: (name: string) => boolean;
  /** Whether the annotations that cache answers are known to do nothing in a file. */
  readonly cachingOff: (file: JavaFile) => boolean;
  /** Whether hints to keep a query's answers are known to do nothing in a file. */
  readonly queryCacheOff: (file: JavaFile) => boolean;
  /** Whether calls that an object makes on itself are cached, too: aspects are woven into the class, or Quarkus extends it. */
  readonly cachesOwnCalls: (file: JavaFile) => boolean;
}

/** The call sites of one body, in source order; of an inherited one as it runs in objects of the class `runs`, where that is given. */
export function callSitesOf(
  types: TypeIndex,
  indexes: CallIndexes,
  owner: TypeEntry,
  method: JavaMethod | undefined,
  bodyIndex: number,
  runs?: TypeEntry,
): readonly CallSite[] {
  const { mappers, listeners } = indexes;
  const { code } = owner.file.java;
  if (!holdsKind(code, bodyIndex, "call", "reference")) return NONE;
  const nodes = unpackNodes(code, bodyIndex);
  const typer = new Typer(types, owner, method, nodes, runs);
  const sites: CallSite[] = [];
  const mayGiveBack = holdsKind(code, bodyIndex, "lambda", "reference", "method");
  const functions = functionsOf(types, owner);
  let order = -1;
  for (const node of nodes) {
    order++;
    const run = functions === undefined ? undefined : functionRun(node, functions, typer);
    if (run !== undefined) sites.push(...functionSite(run, node, typer, order));
    if (node.kind !== "call" && node.kind !== "reference") continue;
    const callee = typer.calleeOf(node);
    const work = whereRowsLie(types, owner, callee, workOf(types, mappers, typer, node, callee));
    const self = selfCall(types, owner, node, callee);
    const targets = work === undefined ? targetsOf(types, node, typer, callee, self) : callee.declared.map(methodKey);
    const behind = work === undefined && targets.length === 0 ? runBehind(types, listeners, owner, node, callee, typer) : NONE;
    if (work === undefined && targets.length === 0 && behind.length === 0) continue;
    const { iterations, excuses: around } = iterationsAround(node, typer);
    // A method with a body says so to all who ask for its effects; what a repository declares has none to ask.
    const remembered = work !== undefined && callee.declared.some((one) => isRemembered(one, indexes));
    const excuses: readonly Excuse[] = remembered ? [...around, "remembered per key"] : around;
    const site: CallSite = {
      name: node.text,
      at: rangeOf(node),
      targets: targets.length === 0 ? NONE : targets,
      work,
      iterations: iterations.length === 0 ? NONE : iterations.slice(),
      excuses: excuses.length === 0 ? NONE : excuses,
      self,
      ...(mayGiveBack && isGivenBack(node) && { givenBack: true as const }),
      ...(self !== undefined && work === undefined && isPastCache(callee, owner, indexes) && { pastCache: true as const }),
      order,
    };
    if (behind.length > 0) {
      sites.push(...behind.map(({ method, over }) => perElement(site, method, over, node)));
      continue;
    }
    sites.push(site);
    if (work === undefined) sites.push(...generatedSites(types, owner, node, callee, site));
  }
  return sites.length === 0 ? NONE : sites.slice();
}

/** A function of the class that is run here; of one that is handed on, only where it is known to be run for each element. */
function functionSite({ held, handedOn }: FunctionRun, node: CodeNode, typer: Typer, order: number): readonly CallSite[] {
  const own = handedOn === undefined ? [] : [elementsOfHeld(handedOn, handedOn, typer)].filter((found) => typeof found === "object");
  if (handedOn !== undefined && own.length === 0) return NONE;
  const { iterations, excuses } = iterationsAround(node, typer);
  const all = [...own, ...iterations];
  return [{ name: node.text, at: rangeOf(node), targets: [held.key], work: undefined, iterations: all, excuses, self: undefined, order }];
}

interface Run {
  readonly method: DeclaredMethod;
  /** For each element of what; undefined where it runs once. */
  readonly over: string | undefined;
}

/**
 * What a library calls back: a converter, an assembler for each of a collection, or each listener of a published event on its own, since
 * what one of them does the call does.
 */
function runBehind(
  types: TypeIndex,
  listeners: EventListeners,
  { file }: TypeEntry,
  node: CodeNode,
  callee: Callee,
  typer: Typer,
): readonly Run[] {
  const converter = converterRun(types, node, typer);
  if (converter !== undefined) return [{ method: converter, over: undefined }];
  const assembled = assembledEach(types, node, callee, typer);
  if (assembled !== undefined) return [{ method: assembled.method, over: describe(assembled.of) }];
  const event = publishedBy(node, typer);
  return event === undefined ? NONE : listeners.of(types, event, file.file).map((method) => ({ method, over: undefined }));
}

/** What MapStruct's body of a called mapper calls, as if it stood here. */
function generatedSites(types: TypeIndex, at: TypeEntry, node: CodeNode, callee: Callee, site: CallSite): readonly CallSite[] {
  const mapping = mappingCalled(types, callee, at.file.file);
  if (mapping === undefined) return NONE;
  const given = mapping.declared === undefined ? undefined : childrenOf(node, "argument")[sourceIndex(mapping.declared.method)];
  return runsOf(types, mapping).map(({ method, each }) => {
    const over = each !== "" ? each : given === undefined ? "the elements" : describe(given);
    return perElement(site, method, over, node);
  });
}

/** A method that a call runs for each element of something; once where that is undefined. */
function perElement(site: CallSite, method: DeclaredMethod, over: string | undefined, { start, end }: CodeNode): CallSite {
  const loop: readonly Iteration[] = over === undefined ? NONE : [{ kind: "lambda", over, at: { start, end }, element: "" }];
  return { ...site, targets: [methodKey(method)], iterations: [...loop, ...site.iterations], self: undefined };
}

/** Spring's and JCache's annotations. */
const CACHED: ReadonlySet<string> = new Set(["Cacheable", "CacheResult", "Memoize", "Cached"]);

/** Whether most calls of a method do not run it. */
export const isRemembered = (
  { owner, method }: DeclaredMethod,
  { mappers, carriesCache, cachingOff, queryCacheOff }: CallIndexes,
): boolean =>
  (owner.type.kind === "interface" && mappers.isKept(owner.type.qualified, method.name)) ||
  (method.annotations.some(({ name }) => CACHED.has(bareName(name)) || carriesCache(bareName(name))) && !cachingOff(owner.file)) ||
  (asksForQueryCache(method.annotations) && !queryCacheOff(owner.file));

/** `this.rates(day)` of Spring's `@Cacheable`, which stands in front of the object and sees no call from within. */
const isPastCache = ({ declared: [called] }: Callee, at: TypeEntry, { carriesCache, cachesOwnCalls }: CallIndexes): boolean =>
  called !== undefined &&
  called.owner.type.kind === "class" &&
  called.method.annotations.some(
    ({ name }) => carriesCache(bareName(name)) || (bareName(name) === "Cacheable" && importsCache(called.owner.file)),
  ) &&
  !cachesOwnCalls(at.file);
const importsCache = ({ java }: JavaFile): boolean => java.imports.some(({ name }) => name.startsWith("org.springframework.cache."));

function workOf(types: TypeIndex, mappers: MapperIndex, typer: Typer, node: CodeNode, callee: Callee): Work | undefined {
  const {
    declared: [declared],
    library,
  } = callee;
  if (declared !== undefined) {
    const work = declaredWork(types, mappers, declared.owner, declared.method);
    return work === undefined
      ? portWork(types, mappers, typer.entry, callee.receiver, declared)
      : calledOn(callee.receiver, declared, work);
  }
  // A call on nothing is one of what the type around it inherits.
  const on = callee.receiver ?? typer.own();
  const known = library && (libraryWork(library.type, node.text, on) ?? referenceWork(node, typer, library.type, on));
  const work = known ?? (library?.method === undefined ? unseenWork(types, node, typer, callee.receiver) : undefined);
  if (library?.type === "SecretKeyFactory" && !derivesSlowly(node, typer)) return undefined;
  // `query("delete … returning …", rows -> …)` reads what it has deleted.
  const mayChange = work?.kind === "read" && (node.text.startsWith("query") || callee.library?.type === "JdbiQuery");
  return mayChange && changesRows(types, typer.entry, statementCall(node)) ? { ...work, kind: "write" } : work;
}

/** `List<T> findGuarded(Guard guard)` of a generic interface above is a query of the repository that it is called on. */
function calledOn(receiver: Type | undefined, { owner, method }: DeclaredMethod, work: Work | undefined): Work | undefined {
  const isAbove = receiver !== undefined && receiver.name !== owner.type.qualified && owner.type.typeParameters.length > 0;
  return work === undefined || !isAbove ? work : { ...work, label: `${simpleName(receiver)}.${method.name}`, on: receiver.name };
}

/** A password takes many rounds to make a key of; the bytes of a key for DES are only copied. */
function derivesSlowly(call: CodeNode, typer: Typer): boolean {
  const spec = childOf(call, "argument");
  const type = spec === undefined ? undefined : typer.typeOf(spec);
  return type === undefined || !/^DES/.test(simpleName(type));
}

/**
 * Rows of `@RedisHash` are read from Redis, and those of `@KeySpace` from memory, by the same interfaces as those of tables. What lies in an
 * index is a request to its server; of Spring Data's own repositories each write is two, since they refresh the index behind it.
 */
function whereRowsLie(types: TypeIndex, at: TypeEntry, { receiver, declared }: Callee, work: Work | undefined): Work | undefined {
  if (work?.kind !== "read" && work?.kind !== "write") return work;
  const on = work.on === undefined ? undefined : types.declared(work.on);
  const repository = on ?? types.entryOf(receiver, at.file.file) ?? declared[0]?.owner;
  const store = repository?.type.kind === "interface" ? storeOf(types, repository) : "tables";
  if (store === "memory") return undefined;
  const kind = KIND_OF_STORE[store];
  return kind === undefined ? work : { ...work, kind };
}

const KIND_OF_STORE: Readonly<Partial<Record<ReturnType<typeof storeOf>, WorkKind>>> = { redis: "redis", search: "search" };

/** The call that is given the text of a statement: `createQuery` of `handle.createQuery("…").mapTo(X.class).list()`. */
function statementCall(call: CodeNode): CodeNode {
  if (call.text.startsWith("query")) return call;
  for (let on = childOf(call, "receiver"); on?.kind === "call"; on = childOf(on, "receiver")) if (on.text === "createQuery") return on;
  return call;
}

function changesRows(types: TypeIndex, at: TypeEntry, call: CodeNode): boolean {
  const sql = childOf(call, "argument");
  if (sql?.kind !== "literal" && sql?.kind !== "name") return false;
  const text = sql.kind === "literal" ? sql.text : constantText({ kind: "reference", name: sql.text }, at, types);
  return text !== undefined && /^\s*(?:insert|update|delete|merge)\b/i.test(text);
}

/** Of more overloads than these, which the types of the arguments do not tell apart, nobody knows which one is meant. */
const MOST_OVERLOADS = 3;

/** Declared far above the receiver's type, a method has many bodies: of all that `Dao.findById` may run, `OwnerDao` has one. */
function targetsOf(
  types: TypeIndex,
  node: CodeNode,
  typer: Typer,
  { receiver, declared }: Callee,
  self: CallSite["self"],
): readonly string[] {
  const at = typer.entry;
  const [called, ...overloads] = declared;
  if (declared.length > MOST_OVERLOADS) return NONE;
  if (called === undefined || overloads.length > 0 || called.method.modifiers.includes("static")) return declared.map(methodKey);
  const inherited = methodKey(called);
  const on = self === undefined ? receiver?.name : at.type.qualified;
  // What has a body is seldom one of several beans.
  const given = self === undefined && called.method.body < 0 ? injectedOn(types, node, typer) : undefined;
  if (given === undefined && called.owner.type.qualified === on) return [inherited];
  const entry = self === undefined ? types.entryOf(receiver, at.file.file) : at;
  if (entry === undefined) return [inherited];
  const classes = given === undefined ? classesOf(types, entry) : [given];
  const running = classes.length === 1 ? (classes[0] as TypeEntry).type.qualified : SEVERAL;
  if (self === "super") return [keyAs(inherited, running)];
  const bodies = new Set<string>();
  for (const below of classes) {
    bodies.add(methodKey(runsIn(types, below, called) ?? called));
    if (bodies.size > 1) return [inherited];
  }
  return bodies.size === 1 ? [...bodies].map((body) => keyAs(body, running)) : [inherited];
}

function selfCall(types: TypeIndex, at: TypeEntry, node: CodeNode, { receiver, declared: [called] }: Callee): CallSite["self"] {
  const on = childOf(node, "receiver");
  if (on?.kind === "super") return "super";
  if (called === undefined || called.method.modifiers.includes("static")) return undefined;
  if (on === undefined ? receiver !== undefined : on.kind !== "this") return undefined;
  const { qualified } = called.owner.type;
  return qualified === at.type.qualified || types.lineage(at).some(({ type }) => type.qualified === qualified) ? "this" : undefined;
}

/** `owners.findById(id)` of a long chain: what a person would point at. */
function rangeOf(node: CodeNode): Span {
  const receiver = node.children.find((child) => child.role === "receiver");
  const simple =
    receiver === undefined ||
    receiver.kind === "name" ||
    receiver.kind === "this" ||
    receiver.kind === "field" ||
    receiver.kind === "class";
  return { start: simple ? node.start : node.nameStart, end: node.end };
}

/** A value that the method remembers is read once, and a failure's path is not the method's way: neither is what a call costs. */
export function passesOn(site: CallSite | undefined): boolean {
  return site === undefined || (site.givenBack !== true && !site.excuses.some((excuse) => excuse !== "the method ends with the first hit"));
}

/** `return request -> client.send(request);`, and the same as a reference or an anonymous class. */
function isGivenBack(node: CodeNode): boolean {
  if (node.kind === "reference" && node.parent?.kind === "return") return true;
  for (const around of ancestorsOf(node)) {
    const made = around.kind === "lambda" ? around : around.kind === "method" && around.parent?.kind === "new" ? around.parent : undefined;
    if (made?.parent?.kind === "return") return true;
  }
  return false;
}

/** Most calls of the method do not come here. */
export const isSeldom = (site: CallSite | undefined): boolean => site?.excuses.includes("once in many calls") === true;
