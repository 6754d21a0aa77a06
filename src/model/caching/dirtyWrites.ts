import { type CodeNode, childOf, childrenOf } from "../../facts/java/code.ts";
import type { MethodNode } from "../calls/callGraph.ts";
import type { CallSite } from "../calls/callSites.ts";
import { EntityValues } from "../persistence/loading/entityValues.ts";
import { returnedValue } from "../persistence/loading/returnedValue.ts";
import type { Entity } from "../persistence/mapping/entity.ts";
import { repositoryCall } from "../persistence/sent/repositoryCalls.ts";
import { needsTransaction, transactionOf } from "../transactions/transactions.ts";
import { columnsAssigned, ownAttribute, ownMethod } from "./columnsAssigned.ts";
import { attributeSet, columnsSet } from "./columnsSet.ts";
import { BOOKKEEPING, changedIn, isOverridden, ofEntity, type TableAccess, type TableParts } from "./tableAccess.ts";
import { cascaded } from "./writtenAlong.ts";

/** A change of an entity that its transaction writes when it ends, without a call that says so. */
export interface DirtyWrite extends TableAccess {
  /** Of the call that changes the entity: its place among all calls of the body. What else is typed there moves none. */
  readonly call: number;
}

/**
 * The first change of each table, with the columns of all: entities that the method itself has loaded, in a transaction of its own, changed
 * by their methods.
 */
export function dirtyWrites(parts: TableParts, method: MethodNode): readonly DirtyWrite[] {
  const values = managed(parts, method);
  if (values === undefined) return NONE;
  const found = new Map<string, DirtyWrite>();
  callsIn(values.nodes).forEach((node, call) => {
    const on = childOf(node, "receiver");
    const entity = on === undefined || BOOKKEEPING.test(node.text) ? undefined : changedBy(parts, values, node, on);
    if (entity === undefined) return;
    const access = ofEntity(parts, method, entity.qualified, false);
    if (access === undefined) return;
    const known = found.get(access.table);
    const changed = changedIn(parts.calls, entity);
    const set = on?.kind === "name" ? columnsSet(parts.calls, entity, on, method, changed)?.columns : changed(node, method);
    const columns =
      set === undefined || (known !== undefined && known.columns === undefined) ? undefined : [...(known?.columns ?? []), ...set];
    found.set(access.table, { call: known?.call ?? call, ...access, columns });
  });
  return [...found.values()];
}

const NONE: readonly never[] = [];

/** The calls of a body, in the order in which `DirtyWrite.call` counts them. */
export const callsIn = (nodes: readonly CodeNode[]): readonly CodeNode[] => nodes.filter(({ kind }) => kind === "call");

/**
 * What such a transaction may write besides: what an entity that it changes brings along, and entities that it hands to a method which
 * sets something in them.
 */
export function heldWrites(parts: TableParts, method: MethodNode): readonly DirtyWrite[] {
  const values = managed(parts, method);
  if (values === undefined) return NONE;
  const found = new Map<string, DirtyWrite>();
  const note = (entity: Entity, call: number): void => {
    const own = ofEntity(parts, method, entity.qualified, false);
    for (const access of [...(own === undefined ? [] : [own]), ...cascaded(parts, method, entity.qualified)])
      if (!found.has(access.table)) found.set(access.table, { call, ...access });
  };
  callsIn(values.nodes).forEach((node, call) => {
    const on = childOf(node, "receiver");
    const changed = on === undefined ? undefined : changedBy(parts, values, node, on);
    if (changed !== undefined) note(changed, call);
    childrenOf(node, "argument").forEach((argument, i) => {
      const given = selected(values, argument) ?? loadedById(parts, values, argument);
      if (given?.kind === "entity" && setsGiven(parts, values.sites.get(node), i)) note(given, call);
    });
  });
  return [...found.values()];
}

/** What a method's own transaction holds, where it may write. */
function managed(parts: TableParts, method: MethodNode): EntityValues | undefined {
  const transaction = transactionOf(method.declared, parts.types);
  if (transaction === undefined || transaction.readOnly || !needsTransaction(transaction) || method.sites.length === 0) return undefined;
  const values = valuesOf(parts, method, 0);
  return values.nodes.some((node) => node.kind === "call" && /^(?:detach|evict|clear)$/.test(node.text)) ? undefined : values;
}

/** The entity that a call changes, `on` being what it is called on. */
function changedBy(parts: TableParts, values: EntityValues, call: CodeNode, on: CodeNode): Entity | undefined {
  const entity = selected(values, on) ?? loadedById(parts, values, on);
  if (entity?.kind !== "entity") return undefined;
  const isChanged = attributeSet(call, entity) !== undefined || changesItself(parts, values.sites.get(call), entity);
  return isChanged ? entity : undefined;
}

/** Whether the one method that a call runs sets something in its argument of an index. */
function setsGiven({ calls }: TableParts, site: CallSite | undefined, index: number): boolean {
  const [target, ...others] = site?.targets ?? [];
  const called = target === undefined || others.length > 0 ? undefined : calls.method(target);
  const name = called?.declared.method.parameters[index]?.name;
  if (called === undefined || name === undefined || called.declared.method.body < 0) return false;
  calls.noteBody(called);
  return calls.codeOf(called).nodes.some((node) => {
    const on = node.kind === "call" && /^set\p{Lu}/u.test(node.text) ? childOf(node, "receiver") : undefined;
    return on?.kind === "name" && on.text === name;
  });
}

/** Entities that other methods load, too, over so many calls. */
const DEEPEST = 2;

function valuesOf(parts: TableParts, method: MethodNode, depth: number): EntityValues {
  return new EntityValues(parts.persistence, parts.calls, method, {
    returned: ({ work, targets: [target, ...overloads] }) => {
      if (depth >= DEEPEST || target === undefined || overloads.length > 0 || work !== undefined) return undefined;
      const called = parts.calls.method(target);
      if (called === undefined || called.declared.method.body < 0 || isOverridden(parts, called)) return undefined;
      parts.calls.noteBody(called);
      return returnedValue(valuesOf(parts, called, depth + 1), target);
    },
  });
}

/** The entity that comes from a query. */
function selected(values: EntityValues, node: CodeNode): Entity | undefined {
  const value = values.of(node);
  return value !== undefined && !value.many && "selection" in value.origin ? value.entity : undefined;
}

/** The entity that `findById(id)` and its like have loaded, from an Optional or not. */
function loadedById(parts: TableParts, values: EntityValues, node: CodeNode): Entity | undefined {
  if (node.kind === "name") {
    const declaration = values.typer.declarationOf(node);
    const given = declaration?.kind === "parameter" && declaration.parent?.kind === "lambda" ? declaration.parent.parent : undefined;
    const from =
      declaration?.kind === "local"
        ? childOf(declaration, "value")
        : given !== undefined && FOR_ONE.has(given.text)
          ? childOf(given, "receiver")
          : undefined;
    return from === undefined || from.kind === "name" ? undefined : loadedById(parts, values, from);
  }
  if (node.kind !== "call") return undefined;
  const on = childOf(node, "receiver");
  if (on?.kind === "call" && SAME_ONE.has(node.text)) return loadedById(parts, values, on);
  const site = BY_ID.has(node.text) ? values.sites.get(node) : undefined;
  const repository = site === undefined ? undefined : repositoryCall(parts.persistence, parts.calls, site)?.repository;
  return repository?.style !== "spring-data" || repository.entity === undefined ? undefined : parts.persistence.entity(repository.entity);
}

const BY_ID: ReadonlySet<string> = new Set(["findById", "getReferenceById", "getById", "getOne", "findOne"]);
const SAME_ONE: ReadonlySet<string> = new Set(["get", "orElse", "orElseGet", "orElseThrow", "filter"]);
const FOR_ONE: ReadonlySet<string> = new Set(["ifPresent", "ifPresentOrElse", "map"]);

/** `ticket.close(now)`: a method of the entity that assigns one of its attributes, or whose own calls do. */
function changesItself({ calls }: TableParts, site: CallSite | undefined, entity: Entity): boolean {
  const called = ownMethod(calls, site, entity);
  if (called === undefined) return false;
  const { nodes, typer } = calls.codeOf(called);
  if (nodes.some((node) => node.kind === "assign" && ownAttribute(childOf(node, "target"), entity, typer, called) !== undefined))
    return true;
  return (columnsAssigned(calls, site, entity)?.length ?? 0) > 0;
}
