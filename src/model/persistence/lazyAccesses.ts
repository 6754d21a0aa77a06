import { type CodeNode, childOf, childrenOf } from "../../facts/java/code.ts";
import type { CallGraph, MethodNode } from "../calls/callGraph.ts";
import { type CallSite, placeOf } from "../calls/callSites.ts";
import { mayRun } from "../calls/dispatch.ts";
import type { TypeIndex } from "../types/typeIndex.ts";
import { directLooks, type LazyAccess } from "./associationLooks.ts";
import { AssociationNames, AssociationReach } from "./associationReach.ts";
import { constructorCall } from "./constructorCalls.ts";
import { type Attribute, type Entity, hasAttribute } from "./entity.ts";
import { compose, type EntityValue, elementOf } from "./entityValue.ts";
import { EntityValues, returnedValue } from "./entityValues.ts";
import { declaringBelow } from "./fetchGaps.ts";
import { isWrittenByMapStruct, mappedAssociations } from "./mapStruct.ts";
import { ANY_ENTITY } from "./parameterValue.ts";
import type { PersistenceModel } from "./persistenceModel.ts";
import { isBelow, setByHand, withoutSet } from "./setByHand.ts";

interface Flow {
  readonly accesses: readonly LazyAccess[];
  readonly returned: EntityValue | undefined;
}

interface Parts {
  readonly persistence: PersistenceModel;
  readonly calls: CallGraph;
  readonly types: TypeIndex;
}

/** How many calls down entities are followed. */
const DEEPEST = 4;

/** What a method, and the methods that it hands its entities to, look into of the results of its queries. */
export function lazyAccesses(parts: Parts, method: MethodNode): readonly LazyAccess[] {
  if (sharedBy(parts).reach?.mayLookInto(method) === false) return NOTHING.accesses;
  return new FlowReader(parts).flowOf(method, 0).accesses.filter(({ origin }) => "selection" in origin);
}

/** What a method looks into of the entity that it is given as a parameter, and what of it it gives back. */
export function accessesOfParameter(parts: Parts, method: MethodNode, parameter: number): readonly (readonly Attribute[])[] {
  if (sharedBy(parts).reach?.mayLookInto(method) === false) return [];
  const { accesses, returned } = new FlowReader(parts).flowOf(method, 0);
  const all = returned === undefined ? accesses : [...accesses, returned];
  return all.flatMap(({ origin, path }) => ("parameter" in origin && origin.parameter === parameter && path.length > 0 ? [path] : []));
}

/** The entities that a method gives back, where they come from a query that can be followed. */
export function returnedEntities(parts: Parts, method: MethodNode): EntityValue | undefined {
  return new FlowReader(parts).flowOf(method, 0).returned;
}

/** What is the same wherever it is asked from, for as long as what it has read goes into one collection. */
interface Shared {
  readonly state: unknown;
  readonly flows: Map<string, Flow>;
  readonly names: AssociationNames;
  /** Undefined where calls may change. */
  readonly reach: AssociationReach | undefined;
}

const SHARED = new WeakMap<CallGraph, Shared>();

function sharedBy({ calls, persistence }: Parts): Shared {
  const { state } = calls;
  const known = SHARED.get(calls);
  if (known?.state === state) return known;
  const names = new AssociationNames(persistence.associations());
  const shared: Shared = { state, flows: new Map(), names, reach: calls.isFinal ? new AssociationReach(calls, names) : undefined };
  SHARED.set(calls, shared);
  return shared;
}

class FlowReader {
  readonly #parts: Parts;
  readonly #shared: Shared;
  /** Flows that were cut short: by depth, or by a cycle. */
  readonly #cut = new Map<string, Flow>();
  #cuts = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#shared = sharedBy(parts);
  }

  flowOf(method: MethodNode, depth: number): Flow {
    const whole = this.#shared.flows.get(method.key);
    if (whole !== undefined) return whole;
    const cut = this.#cut.get(method.key);
    if (cut !== undefined) {
      this.#cuts++;
      return cut;
    }
    // Notes the file's key: the body is followed.
    this.#parts.calls.methodsIn(method.declared.owner.file.file);
    if (method.declared.method.body < 0) return NOTHING;
    if (depth > DEEPEST) {
      this.#cuts++;
      return NOTHING;
    }
    // A cycle finds nothing new.
    this.#cut.set(method.key, NOTHING);
    const cutsBefore = this.#cuts;
    const { persistence, calls } = this.#parts;
    const values = new EntityValues(persistence, calls, method, (site) => this.#returnedBy(site, depth));
    const accesses: LazyAccess[] = [];
    const mayLook = method.declared.method.parameters.length > 0 || this.#shared.names.namedIn(method);
    for (const node of values.nodes) {
      if (mayLook) accesses.push(...directLooks(values, node));
      if (node.kind === "call" || node.kind === "reference" || node.kind === "new") accesses.push(...this.#passed(values, node, depth));
    }
    const returned = returnedValue(values);
    const set = accesses.length === 0 && returned === undefined ? [] : setByHand(values);
    const looked = set.length === 0 ? accesses : accesses.filter((access) => !set.some((one) => isBelow(access, one)));
    const flow = { accesses: oncePerParameter(looked), returned: returned && withoutSet(returned, set) };
    if (this.#cuts > cutsBefore) this.#cut.set(method.key, flow);
    else {
      this.#cut.delete(method.key);
      this.#shared.flows.set(method.key, flow);
    }
    return flow;
  }

  #returnedBy(site: CallSite, depth: number): EntityValue | undefined {
    const running = this.#running(site.targets);
    const [only] = running;
    if (only === undefined || running.length > 1 || !this.#givesEntities(only)) return undefined;
    return this.flowOf(only, depth + 1).returned;
  }

  /** The declarations with a body that may run. */
  #running(targets: readonly string[]): readonly MethodNode[] {
    const { calls, types } = this.#parts;
    if (!calls.isFinal) {
      // Notes the classes below: one that comes later may run in their place.
      for (const target of targets) {
        const declared = calls.method(target)?.declared;
        if (declared !== undefined) types.descendantsOf(declared.owner);
      }
    }
    const keys = new Set(targets.flatMap((target) => [target, ...calls.overridesOf(target)]));
    const running: MethodNode[] = [];
    for (const key of keys) {
      const node = calls.method(key);
      if (node === undefined) continue;
      // Notes the file's key: its body is followed.
      calls.methodsIn(node.declared.owner.file.file);
      if (node.declared.method.body >= 0) running.push(node);
    }
    return running;
  }

  #givesEntities({ declared: { owner, method } }: MethodNode): boolean {
    const type = this.#parts.types.resolve(method.returns, { file: owner.file, type: owner.type });
    return type !== undefined && [type, ...type.args].some(({ name }) => this.#parts.persistence.entity(name)?.kind === "entity");
  }

  /** What methods do with the entities that a node hands them. */
  #passed(values: EntityValues, node: CodeNode, depth: number): readonly LazyAccess[] {
    // What is known to look into nothing asks no further; of others, only those that are handed entities are followed.
    const running = this.#called(values, node).filter((callee) => {
      const known = this.#shared.flows.get(callee.key);
      return known === undefined || looksIntoParameter(known);
    });
    if (running.length === 0 && !this.#mayBeGenerated(values, node)) return [];
    const given = this.#handed(values, node);
    if (given.length === 0) return [];
    // What a type variable stands for may be handled by many: only those are followed that name an association.
    const { reach } = this.#shared;
    const isOpen = given.every(({ value }) => value.entity === ANY_ENTITY);
    const called = running.filter(
      (callee) => (!isOpen || reach?.mayLookInto(callee) !== false) && looksIntoParameter(this.flowOf(callee, depth + 1)),
    );
    const passed = called.flatMap((callee) => {
      const { owner, method } = callee.declared;
      const own =
        node.kind === "reference" &&
        this.#parts.persistence.entity(owner.type.qualified) !== undefined &&
        !method.modifiers.includes("static");
      const { accesses } = this.flowOf(callee, depth + 1);
      return accesses.flatMap((access) => {
        if (!("parameter" in access.origin)) return [];
        const { parameter } = access.origin;
        const value = given.find(({ index }) => index === (own ? parameter + 1 : parameter))?.value;
        if (value === undefined || (access.path.length === 0 && !isLoadedBy(value, access))) return [];
        if (!this.#mayHave(value.entity, access.path[0])) return [];
        const whole = compose(value, { ...access, entity: value.entity, many: false });
        const here = {
          at: { file: owner.file.file, start: access.at.start, end: access.at.end },
          message: `${owner.type.name}.${method.name} looks into ${lookedInto(access, method.parameters)}`,
        };
        return [{ origin: whole.origin, path: whole.path, each: whole.each, at: node, chain: [here, ...access.chain] }];
      });
    });
    return passed.length > 0 ? passed : this.#generated(values, node, given);
  }

  /** Of several methods that may run, only those are meant that look into what the entity, or one below it, has. */
  #mayHave(entity: Entity, attribute: Attribute | undefined): boolean {
    if (attribute === undefined || entity === ANY_ENTITY || hasAttribute(entity, attribute)) return true;
    return declaringBelow(this.#parts, entity, attribute) !== undefined;
  }

  #mayBeGenerated(values: EntityValues, node: CodeNode): boolean {
    const site = values.sites.get(node);
    if (site === undefined || site.work !== undefined) return false;
    return site.targets.some((target) => {
      const declared = this.#parts.calls.method(target)?.declared;
      return declared !== undefined && isWrittenByMapStruct(declared);
    });
  }

  /** What a mapper that MapStruct writes reads of its first argument. */
  #generated(values: EntityValues, node: CodeNode, given: ReturnType<typeof handed>): readonly LazyAccess[] {
    const { calls, types } = this.#parts;
    const site = values.sites.get(node);
    const first = given.find(({ index }) => index === 0)?.value;
    const value = first?.many === true ? elementOf(first) : first;
    if (site === undefined || site.work !== undefined || value === undefined) return [];
    return site.targets.flatMap((target) => {
      const declared = calls.method(target)?.declared;
      if (declared === undefined) return [];
      calls.methodsIn(declared.owner.file.file);
      const message = `${declared.owner.type.name}.${declared.method.name} maps it`;
      return mappedAssociations(types, declared, value.entity).map((attribute) => ({
        origin: value.origin,
        path: [...value.path, attribute],
        each: value.each,
        at: node,
        chain: [{ at: placeOf(declared), message }],
      }));
    });
  }

  #handed(values: EntityValues, node: CodeNode): ReturnType<typeof handed> {
    const given = handed(values, node);
    if (given.length === 0 || node.kind !== "call" || values.sites.has(node)) return given;
    const first = constructorCall(this.#parts.types, values.typer, node)?.first ?? 0;
    return first === 0 ? given : given.map(({ index, value }) => ({ index: index + first, value }));
  }

  #called(values: EntityValues, node: CodeNode): readonly MethodNode[] {
    const site = values.sites.get(node);
    if (site !== undefined) {
      const running = site.work === undefined ? this.#running(site.targets) : [];
      // `super.delete(x)` runs what it names, whatever overrides it.
      return childOf(node, "receiver")?.kind === "super" ? running.filter(({ key }) => mayRun(site, key)) : running;
    }
    return this.#running(constructorCall(this.#parts.types, values.typer, node)?.keys ?? []);
  }
}

const NOTHING: Flow = { accesses: [], returned: undefined };

const looksIntoParameter = ({ accesses }: Flow): boolean => accesses.some(({ origin }) => "parameter" in origin);

/** A mapper reads a dozen columns of its parameter: the first of them loads it. */
function oncePerParameter(accesses: readonly LazyAccess[]): readonly LazyAccess[] {
  const seen = new Set<string>();
  return accesses.filter(({ origin, path, each }) => {
    if (path.length > 0 || !("parameter" in origin)) return true;
    const key = `${origin.parameter} ${each}`;
    return !seen.has(key) && seen.add(key);
  });
}

/**
 * Whether looking into a parameter looks into the association that is handed over: a reference, a collection, or a list of references,
 * whose elements are what it loads.
 */
function isLoadedBy({ origin, path, many }: EntityValue, { each }: LazyAccess): boolean {
  const last = path.at(-1);
  if (last === undefined) return "parameter" in origin;
  return last.kind === "toOne" ? !many || each !== undefined : last.kind !== "embedded";
}

function lookedInto({ origin, path }: LazyAccess, parameters: readonly { readonly name: string }[]): string {
  if (path.length > 0 || !("parameter" in origin)) return path.map(({ name }) => name).join(".");
  return parameters[origin.parameter]?.name ?? "it";
}

/** The entities that a call gives away: its arguments, the object that it is made on (-1), or what a stream gives a reference. */
function handed(values: EntityValues, node: CodeNode): readonly { readonly index: number; readonly value: EntityValue }[] {
  if (node.kind === "reference") {
    const value = values.given(node);
    return value === undefined ? [] : [{ index: 0, value }];
  }
  const on = node.kind === "new" ? undefined : childOf(node, "receiver");
  const receiver = node.kind === "new" ? undefined : on === undefined ? values.own() : values.of(on);
  const given = childrenOf(node, "argument").map((argument, index) => ({ index, value: values.of(argument) }));
  return [{ index: -1, value: receiver }, ...given].flatMap(({ index, value }) => (value === undefined ? [] : [{ index, value }]));
}
