import { type CodeNode, childOf, childrenOf } from "../../../facts/java/code.ts";
import { bodiesRun } from "../../calls/bodiesRun.ts";
import type { CallGraph, MethodNode } from "../../calls/callGraph.ts";
import { type CallSite, placeOf } from "../../calls/callSites.ts";
import { mayRun } from "../../calls/dispatch.ts";
import { type Mapping, mappingCalled, sourceIndex } from "../../calls/mapStruct.ts";
import { methodKey } from "../../calls/methodKey.ts";
import type { DeclaredMethod } from "../../calls/typing/callees.ts";
import { simpleName, type Type } from "../../types/type.ts";
import type { TypeIndex } from "../../types/typeIndex.ts";
import { type Attribute, type Entity, hasAttribute } from "../mapping/entity.ts";
import type { PersistenceModel } from "../persistenceModel.ts";
import { directLooks, type LazyAccess } from "./associationLooks.ts";
import { AssociationNames, AssociationReach } from "./associationReach.ts";
import { constructorCall } from "./constructorCalls.ts";
import { compose, type EntityValue, elementOf, spanOf } from "./entityValue.ts";
import { EntityValues } from "./entityValues.ts";
import { declaringBelow } from "./fetchGaps.ts";
import { type Handed, handed, isLoadedBy, lookedInto, oncePerParameter } from "./handedOver.ts";
import { Holders } from "./holders.ts";
import { type MappedLook, mappedLooks } from "./mapStruct.ts";
import { ANY_ENTITY } from "./noEntity.ts";
import { isIn, notRunFor } from "./nullArguments.ts";
import { reflectedLooks, reflectedTarget } from "./reflectedLooks.ts";
import { returnedValue } from "./returnedValue.ts";
import { isBelow, setByHand, withoutSet } from "./setByHand.ts";

/** What a method does with entities. */
export interface Flow {
  readonly accesses: readonly LazyAccess[];
  readonly returned: EntityValue | undefined;
  /** What a constructor puts into which field. */
  readonly fields?: ReadonlyMap<string, EntityValue>;
}

export interface Parts {
  readonly persistence: PersistenceModel;
  readonly calls: CallGraph;
  readonly types: TypeIndex;
}

/** How many calls down entities are followed. */
const DEEPEST = 4;

/** Whether a method's type is an entity, a collection of them, or an object that holds some; or what a caller may say that it is. */
export function givesEntities(parts: Parts, node: MethodNode): boolean {
  const { owner, method } = node.declared;
  const type = parts.calls.typeIn(node, method.returns);
  if (type === undefined) return false;
  const isOpen = ({ name }: Type): boolean => method.typeParameters.some((parameter) => parameter.name === name);
  if ([type, ...type.args].some((one) => isOpen(one) || parts.persistence.entity(one.name)?.kind === "entity")) return true;
  return sharedBy(parts).holders.ofType(type, owner.file.file) !== undefined;
}

/** What is the same wherever it is asked from, for as long as what it has read goes into one collection. */
interface Shared {
  readonly state: unknown;
  readonly flows: Map<string, Flow>;
  readonly names: AssociationNames;
  readonly holders: Holders;
  /** Undefined where calls may change. */
  readonly reach: AssociationReach | undefined;
}

const SHARED = new WeakMap<CallGraph, Shared>();

export function sharedBy({ calls, persistence, types }: Parts): Shared {
  const { state } = calls;
  const known = SHARED.get(calls);
  if (known?.state === state) return known;
  const names = new AssociationNames(persistence.associations());
  const holders = new Holders(types, (type) => {
    const entity = type === undefined || type.dimensions > 0 ? undefined : persistence.entity(type.name);
    return entity?.kind === "entity" ? entity : undefined;
  });
  const shared: Shared = { state, flows: new Map(), names, holders, reach: calls.isFinal ? new AssociationReach(calls, names) : undefined };
  SHARED.set(calls, shared);
  return shared;
}

/** Follows entities through a method and the methods that it calls. */
export class FlowReader {
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
    this.#parts.calls.noteBody(method);
    if (method.declared.method.body < 0) return NOTHING;
    if (depth > DEEPEST) {
      this.#cuts++;
      return NOTHING;
    }
    // A cycle finds nothing new.
    this.#cut.set(method.key, NOTHING);
    const cutsBefore = this.#cuts;
    const values = this.valuesIn(method, depth);
    const accesses: LazyAccess[] = [];
    const mayLook = method.declared.method.parameters.length > 0 || this.#shared.names.namedIn(method);
    for (const node of values.nodes) {
      if (mayLook) accesses.push(...directLooks(values, node));
      if (node.kind === "call" || node.kind === "reference" || node.kind === "new") accesses.push(...this.#passed(values, node, depth));
    }
    const returned = returnedValue(values, method.key);
    const set = accesses.length === 0 && returned === undefined ? [] : setByHand(values);
    const looked = set.length === 0 ? accesses : accesses.filter((access) => !set.some((one) => isBelow(access, one)));
    const fields = method.declared.method.kind === "constructor" ? this.#fieldsOf(values, method) : undefined;
    const isEmpty = looked.length === 0 && returned === undefined && fields === undefined;
    const flow: Flow = isEmpty
      ? NOTHING
      : { accesses: oncePerParameter(looked), returned: returned && withoutSet(returned, set), ...(fields && { fields }) };
    if (this.#cuts > cutsBefore) this.#cut.set(method.key, flow);
    else {
      this.#cut.delete(method.key);
      this.#shared.flows.set(method.key, flow);
    }
    return flow;
  }

  valuesIn(method: MethodNode, depth: number): EntityValues {
    const { persistence, calls } = this.#parts;
    const values: EntityValues = new EntityValues(persistence, calls, method, {
      returned: (site) => this.#returnedBy(site, depth),
      holders: this.#shared.holders,
      filled: (node) => this.#filledBy(values, node, depth),
    });
    return values;
  }

  /** What a constructor puts into the fields of an object that holds entities. */
  #fieldsOf(values: EntityValues, { declared: { owner, method } }: MethodNode): ReadonlyMap<string, EntityValue> | undefined {
    if (this.#shared.holders.of(owner) === undefined) return undefined;
    const fields = new Map<string, EntityValue>();
    for (const node of values.nodes) {
      const target = node.kind === "assign" && node.text === "=" ? childOf(node, "target") : undefined;
      const own = target?.kind === "field" ? childOf(target, "receiver")?.kind === "this" : target?.kind === "name";
      if (target === undefined || !own || (target.kind === "name" && method.parameters.some(({ name }) => name === target.text))) continue;
      const value = values.of(childOf(node, "value"));
      if (value !== undefined) fields.set(target.text, value);
    }
    return fields;
  }

  /** The fields that `new …` fills, by a written constructor, a record's or one of Lombok's. */
  #filledBy(values: EntityValues, node: CodeNode, depth: number): ReadonlyMap<string, EntityValue> | undefined {
    const { types, calls } = this.#parts;
    const holder = this.#shared.holders.ofType(values.typer.typeOf(node), values.typer.entry.file.file);
    if (holder === undefined) return undefined;
    const [key, ...others] = constructorCall(types, values.typer, node)?.keys ?? [];
    const written = key === undefined ? undefined : calls.method(key);
    if (written !== undefined) return others.length > 0 ? undefined : this.flowOf(written, depth + 1).fields;
    if (holder.filled.length !== childrenOf(node, "argument").length) return undefined;
    return new Map(
      holder.filled.flatMap((name, parameter): [string, EntityValue][] => {
        const field = holder.fields.get(name);
        if (field === undefined) return [];
        const { entity, many, held } = field;
        return [[name, { origin: { parameter }, entity, path: [], many, each: undefined, held }]];
      }),
    );
  }

  #returnedBy(site: CallSite, depth: number): EntityValue | undefined {
    const running = this.#running(site.targets);
    const [only] = running;
    if (only === undefined || running.length > 1 || !givesEntities(this.#parts, only)) return undefined;
    return this.flowOf(only, depth + 1).returned;
  }

  #running(targets: readonly string[]): readonly MethodNode[] {
    return bodiesRun(this.#parts.calls, this.#parts.types, targets);
  }

  /** What methods do with the entities that a node hands them. */
  #passed(values: EntityValues, node: CodeNode, depth: number): readonly LazyAccess[] {
    // What is known to look into nothing asks no further; of others, only those that are handed entities are followed.
    const running = this.#called(values, node).filter((callee) => {
      const known = this.#shared.flows.get(callee.key);
      return known === undefined || looksIntoParameter(known);
    });
    const mapping = running.length === 0 ? this.#mappingIn(values, node) : undefined;
    const target = running.length === 0 && mapping === undefined ? reflectedTarget(node, values.typer) : undefined;
    if (running.length === 0 && mapping === undefined && target === undefined) return [];
    const handedOver = this.#handed(values, node);
    const given = isRunPerElement(values.sites.get(node), node) ? handedOver.map(elementHanded) : handedOver;
    if (given.length === 0) return [];
    if (target !== undefined) return this.#reflected(target, values, node, given);
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
      const notRun = notRunFor(node, this.#parts.calls, callee);
      return accesses.flatMap((access) => {
        if (!("parameter" in access.origin) || isIn(access.at, notRun)) return [];
        const { parameter } = access.origin;
        const value = given.find(({ index }) => index === (own ? parameter + 1 : parameter))?.value;
        if (value === undefined || (access.path.length === 0 && !isLoadedBy(value, access))) return [];
        if (!this.#mayHave(value.entity, access.path[0])) return [];
        const whole = compose(value, { entity: value.entity, many: false, ...access });
        if (whole === undefined || (value.parts !== undefined && whole.path.length === 0)) return [];
        const here = {
          at: { file: owner.file.file, start: access.at.start, end: access.at.end },
          message: `${owner.type.name}.${method.name} looks into ${lookedInto(access, method.parameters)}`,
        };
        return [{ origin: whole.origin, path: whole.path, each: whole.each, at: spanOf(node), chain: [here, ...access.chain] }];
      });
    });
    return mapping === undefined ? passed : this.#mapped(mapping, node, given, depth);
  }

  /** Of several methods that may run, only those are meant that look into what the entity, or one below it, has. */
  #mayHave(entity: Entity, attribute: Attribute | undefined): boolean {
    if (attribute === undefined || entity === ANY_ENTITY || hasAttribute(entity, attribute)) return true;
    return declaringBelow(this.#parts, entity, attribute) !== undefined;
  }

  #mappingIn(values: EntityValues, node: CodeNode): Mapping | undefined {
    const site = values.sites.get(node);
    const { calls, types } = this.#parts;
    const isOpen =
      site !== undefined && site.work === undefined && site.targets.some((key) => (calls.method(key)?.declared.method.body ?? 0) < 0);
    return isOpen ? mappingCalled(types, values.typer.calleeOf(node), values.typer.entry.file.file) : undefined;
  }

  /** What a mapper that MapStruct writes reads of what it is given. */
  #mapped(mapping: Mapping, node: CodeNode, given: ReturnType<typeof handed>, depth: number): readonly LazyAccess[] {
    const { declared } = mapping;
    const source = declared === undefined ? -1 : sourceIndex(declared.method);
    const whole = given.find(({ index }) => index === source)?.value;
    const value = whole?.many === true ? elementOf(whole) : whole;
    if (value === undefined || declared === undefined) return [];
    this.#parts.calls.noteBodies(declared.owner.file.file);
    const chain = [{ at: placeOf(declared), message: `${declared.owner.type.name}.${declared.method.name} maps it` }];
    const looks = mappedLooks(this.#parts, mapping, value.entity, (method) => this.#looksOf(method, depth));
    return looks.map((look) => lookedAt(value, look, node, chain));
  }

  /** What a mapper that works by reflection reads of its first argument. */
  #reflected(target: Type, { typer }: EntityValues, node: CodeNode, given: ReturnType<typeof handed>): readonly LazyAccess[] {
    const value = given.find(({ index }) => index === 0)?.value;
    if (value === undefined || value.many) return [];
    const { file } = typer.entry;
    const chain = [{ at: { file: file.file, ...spanOf(node) }, message: `${simpleName(target)} has properties of its name` }];
    return reflectedLooks(this.#parts, value.entity, target, file.file).map((look) => lookedAt(value, look, node, chain));
  }

  #looksOf(declared: DeclaredMethod, depth: number): readonly (readonly Attribute[])[] {
    const node = this.#parts.calls.method(methodKey(declared));
    if (node === undefined) return [];
    return this.flowOf(node, depth + 1).accesses.flatMap(({ origin, path }) =>
      "parameter" in origin && origin.parameter === 0 && path.length > 0 ? [path] : [],
    );
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

/** A look of a mapper, from the value that it is given on. */
const lookedAt = (value: EntityValue, { path, each }: MappedLook, node: CodeNode, chain: LazyAccess["chain"]): LazyAccess => ({
  origin: value.origin,
  path: [...value.path, ...path],
  each: value.each ?? (each === undefined ? undefined : value.path.length + each),
  at: spanOf(node),
  chain,
});

export const NOTHING: Flow = { accesses: [], returned: undefined };

const looksIntoParameter = ({ accesses }: Flow): boolean => accesses.some(({ origin }) => "parameter" in origin);

/** `assembler.toCollectionModel(orders)`: what it calls gets the elements one by one. */
const isRunPerElement = (site: CallSite | undefined, { start, end }: CodeNode): boolean =>
  site?.iterations.some(({ at }) => at.start === start && at.end === end) === true;

const elementHanded = (handed: Handed): Handed => ({
  ...handed,
  value: (handed.value.many ? elementOf(handed.value) : undefined) ?? handed.value,
});
