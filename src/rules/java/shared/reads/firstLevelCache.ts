import { type CodeNode, childOf, childrenOf } from "../../../../facts/java/code.ts";
import { bodiesRun } from "../../../../model/calls/bodiesRun.ts";
import { BodyCode } from "../../../../model/calls/bodyCode.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { CallSite } from "../../../../model/calls/callSites.ts";
import type { Iteration } from "../../../../model/calls/iteration/iterationKinds.ts";
import type { Model } from "../../../../model/model.ts";
import { EntityValues } from "../../../../model/persistence/loading/entityValues.ts";
import { attributeOf, type Entity } from "../../../../model/persistence/mapping/entity.ts";
import { repositoryCall } from "../../../../model/persistence/sent/repositoryCalls.ts";
import { SentQueries, type SentQuery } from "../../../../model/persistence/sent/sentQueries.ts";
import { transactionOf } from "../../../../model/transactions/transactions.ts";
import { withoutCapital } from "../../../../text/capitals.ts";
import { asksTheSame, invariantRead, loopOf } from "../loops/invariantReads.ts";
import { transactionAround } from "../transactions/transactionAround.ts";
import { isConstant } from "./constants.ts";
import { isKeptByMyBatis } from "./localCache.ts";

/** The entity that a call looks up by its key, where a session answers from what it has loaded before; undefined for all other calls. */
export function lookedUpByKey(model: Model, code: BodyCode, site: CallSite): Entity | undefined {
  const { work, name } = site;
  if (work?.kind !== "read") return undefined;
  if (/^(?:EntityManager|Session)\.(?:find|get)$/.test(work.label)) {
    const [type] = argumentsOf(code.callOf(site));
    const qualified = type === undefined ? undefined : code.typer.typeOf(type)?.args[0]?.name;
    return qualified === undefined ? undefined : model.persistence.entity(qualified);
  }
  if (work.reference) return model.persistence.entity(model.persistence.repositoryUnder(work)?.entity ?? "");
  if (name !== "findById") return undefined;
  const call = repositoryCall(model.persistence, model.calls, site);
  if (call?.repository.entity === undefined || (call.declared !== undefined && call.query?.source !== "derived")) return undefined;
  return model.persistence.entity(call.repository.entity);
}

/** Whether what a method loads stays known until it is done: in a transaction, and in a request with an open view. */
export function keepsSession(model: Model, method: MethodNode): boolean {
  if (transactionAround(model, method) === "yes") return true;
  const near = method.declared.owner.file.file;
  const entry = model.effects.reachedFrom(method.key);
  return (
    entry?.kind === "endpoint" && entry.beforeView !== true && model.configuration.value("spring.jpa.open-in-view", near)?.value !== "false"
  );
}

/**
 * Whether a session has the answer of a query that it was asked before: an entity by its key among those that it has loaded, within a
 * transaction, and in a request within an open view. One of MyBatis keeps whatever it has read.
 */
export function answersAgain(model: Model, method: MethodNode, { call }: SentQuery): boolean {
  const { entity } = call.repository;
  if (isKeptByMyBatis(model, method, call.label)) return true;
  if (call.name !== "findById" || (call.declared !== undefined && call.query?.source !== "derived")) return false;
  if (entity !== undefined && model.persistence.entity(entity) === undefined) return model.types.declared(entity) === undefined;
  return transactionAround(model, method) !== "no" || keepsSession(model, method);
}

/**
 * Whether a read in a loop is answered by the session at every round but the first: a lookup of a key that stays the same, also in what
 * the call runs, or of the key of an entity which the method has loaded.
 */
export function isServedBySession(model: Model, method: MethodNode, code: BodyCode, site: CallSite): boolean {
  const [innermost] = site.iterations;
  if (innermost === undefined) return false;
  const invariant = invariantRead(model, method, code, site);
  if (invariant !== undefined && isKeptByMyBatis(model, method, invariant.read.label)) return true;
  if (!keepsSession(model, method)) return false;
  return (
    isLookedUpAgain(model, method, code, site, innermost) ||
    isHandedKey(model, method, code, site) ||
    (site.work === undefined && asksForConstants(model, site.targets, MOST_CALLS))
  );
}

/** Whether all that a call may read, by itself and in what it runs, are rows by keys that are constants: `settings.findById(OVERDUE)`. */
function asksForConstants(model: Model, targets: readonly string[], depth: number): boolean {
  const running = depth === 0 ? [] : bodiesRun(model.calls, model.types, targets);
  const reads = (key: string): boolean => READS.some((kind) => model.effects.of(key, kind) !== undefined);
  return (
    running.length > 0 &&
    running.every((method) => {
      const code = new BodyCode(model.calls, method);
      if (forgets(code)) return false;
      return method.sites.every((site) => {
        if (site.work === undefined) return !site.targets.some(reads) || asksForConstants(model, site.targets, depth - 1);
        if (site.work.kind !== "read") return site.work.kind !== "unseenRead";
        const key = argumentsOf(code.callOf(site)).at(-1);
        return key !== undefined && lookedUpByKey(model, code, site) !== undefined && isConstant(key, code);
      });
    })
  );
}

const READS = ["read", "unseenRead"] as const;

function isLookedUpAgain(model: Model, method: MethodNode, code: BodyCode, site: CallSite, innermost: Iteration): boolean {
  const call = code.callOf(site);
  if (call?.kind !== "call" || !mayLookUp(model, site) || forgets(code)) return false;
  const entity = lookedUpByKey(model, code, site);
  if (site.work !== undefined && entity === undefined) return false;
  const loop = loopOf(call, innermost);
  if (loop !== undefined && asksTheSame(call, loop, code)) return true;
  return entity !== undefined && isKeyOfLoaded(model, method, call, entity);
}

/** `remove(line.getId())` for each line that the method has read, where all that is read for it is an object by its key. */
function isHandedKey(model: Model, method: MethodNode, code: BodyCode, site: CallSite): boolean {
  const call = site.work === undefined && site.targets.length > 0 ? code.callOf(site) : undefined;
  const [key, more] = argumentsOf(call);
  const entity = key === undefined || more !== undefined ? undefined : keyOfRead(model, key, code, method);
  if (entity === undefined) return false;
  if (isOf(model, call, entity, code, method)) return lookUps(model, site.targets, MOST_CALLS, (label) => LOOKS_UP.test(label)) <= 1;
  const finds = (label: string): boolean =>
    FINDS_BY_ID.test(label) && model.persistence.repositoryNamed(typeIn(label))?.entity === entity.qualified;
  return staysInTransaction(model, site.targets) && lookUps(model, site.targets, MOST_CALLS, finds) <= 1;
}

/** Whether a method that has a transaction goes on with that of its caller, if it has one. */
const staysInTransaction = (model: Model, targets: readonly string[]): boolean =>
  bodiesRun(model.calls, model.types, targets).every(({ declared }) => {
    const propagation = transactionOf(declared, model.types)?.propagation;
    return propagation === undefined || /^(?:REQUIRED|SUPPORTS|MANDATORY|NESTED)$/.test(propagation);
  });

/** Whether a call is one of a class for an entity: of `TileDao extends AnyDao<Tile>`, or of the object itself, which is such a class. */
function isOf(model: Model, call: CodeNode | undefined, { qualified }: Entity, { typer }: BodyCode, method: MethodNode): boolean {
  const on = call === undefined ? undefined : childOf(call, "receiver");
  const { owner } = method.declared;
  const entry = on === undefined || on.kind === "this" ? owner : model.types.entryOf(typer.typeOf(on), owner.file.file);
  const lineage = entry === undefined ? [] : model.types.lineage(entry);
  return lineage.some((above) => model.types.supertypesOf(above).some(({ args }) => args.some((arg) => arg?.name === qualified)));
}

/** The entity whose key it is, and that comes out of what a call has given to the loop. */
function keyOfRead(model: Model, key: CodeNode, { typer }: BodyCode, method: MethodNode): Entity | undefined {
  const on = key.kind === "call" || key.kind === "field" ? childOf(key, "receiver") : undefined;
  const loop = on?.kind === "name" ? typer.declarationOf(on) : undefined;
  let from = loop?.kind === "foreach" ? childOf(loop, "iterable") : undefined;
  if (from?.kind === "name") from = heldIn(typer.declarationOf(from));
  while (from?.kind === "cast") from = childOf(from, "value");
  const type = on === undefined || from === undefined || !isReadHere(from, method) ? undefined : typer.typeOf(on);
  const owner = type === undefined ? undefined : model.types.entryOf(type, method.declared.owner.file.file);
  const entity = owner === undefined ? undefined : model.persistence.entity(owner.type.qualified);
  return entity !== undefined && attributeOf(entity, propertyOf(key.text))?.id === true ? entity : undefined;
}

/** `tiles.of(wall)`, `getPage(wall).getList()`: asked of the object itself or of what is injected, not of what somebody has handed in. */
function isReadHere(from: CodeNode, method: MethodNode): boolean {
  const { owner, method: declared } = method.declared;
  if (from.kind !== "call") return false;
  const on = childOf(from, "receiver");
  if (on === undefined || on.kind === "this" || on.kind === "super") return true;
  if (on.kind === "call") return isReadHere(on, method);
  return (
    on.kind === "name" &&
    owner.type.fields.some(({ name }) => name === on.text) &&
    !declared.parameters.some(({ name }) => name === on.text)
  );
}

const heldIn = (local: CodeNode | undefined): CodeNode | undefined => (local?.kind === "local" ? childOf(local, "value") : undefined);

const MOST_CALLS = 3;

/** How many objects are looked up by their keys in what a call may run and in what that calls; endless where anything else is read. */
function lookUps(model: Model, targets: readonly string[], depth: number, isByKey: (label: string) => boolean): number {
  if (targets.every((target) => model.effects.of(target, "read") === undefined)) return 0;
  const running = depth === 0 ? [] : bodiesRun(model.calls, model.types, targets);
  if (running.length === 0) return Number.POSITIVE_INFINITY;
  const counts = running.map(({ sites }) =>
    sites.reduce((sum, { work, targets: inner }) => {
      if (work === undefined) return sum + (inner.length === 0 ? 0 : lookUps(model, inner, depth - 1, isByKey));
      return work.kind !== "read" ? sum : sum + (isByKey(work.label) ? 1 : Number.POSITIVE_INFINITY);
    }, 0),
  );
  return Math.max(...counts);
}

const LOOKS_UP = /^(?:EntityManager|Session)\.(?:find|get)$/;
const FINDS_BY_ID = /\.findById$/;
/** "OrderRepository" of "OrderRepository.findById". */
const typeIn = (label: string): string => label.replace(/\..*$/, "");

const forgets = ({ nodes }: BodyCode): boolean => nodes.some(({ kind, text }) => kind === "call" && FORGETS.test(text));
const FORGETS = /^(?:clear|detach|evict|refresh)$/;

/** A lookup by key, or a call that asks the database for nothing else. */
function mayLookUp(model: Model, site: CallSite): boolean {
  if (site.work !== undefined) return site.work.reference === true || /\.(?:findById|find|get)$/.test(site.work.label);
  const labels = [...new SentQueries(model).labelsOf(site)];
  return (
    labels.length > 0 &&
    labels.every((label) => {
      if (LOOKS_UP.test(label)) return true;
      const entity = FINDS_BY_ID.test(label) ? model.persistence.repositoryNamed(typeIn(label))?.entity : undefined;
      return entity !== undefined && model.persistence.entity(entity) !== undefined;
    })
  );
}

/** `orders.findById(order.getId())` of an order that a query of the same method has brought. */
function isKeyOfLoaded(model: Model, method: MethodNode, call: CodeNode, entity: Entity): boolean {
  const key = argumentsOf(call).at(-1);
  const on = key?.kind === "call" || key?.kind === "field" ? childOf(key, "receiver") : undefined;
  if (key === undefined || on === undefined) return false;
  const value = new EntityValues(model.persistence, model.calls, method, { returned: () => undefined }).of(on);
  if (value === undefined || value.many || value.path.length > 0 || !("selection" in value.origin)) return false;
  return value.entity.qualified === entity.qualified && attributeOf(entity, propertyOf(key.text))?.id === true;
}

const argumentsOf = (call: CodeNode | undefined): readonly CodeNode[] => (call === undefined ? [] : childrenOf(call, "argument"));

/** "getId" → "id". */
function propertyOf(getter: string): string {
  const name = /^get(\p{Lu}.*)$/u.exec(getter)?.[1];
  return name === undefined ? getter : withoutCapital(name);
}
