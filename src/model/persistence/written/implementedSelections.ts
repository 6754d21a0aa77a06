import { type CodeNode, childrenOf, nodesOf } from "../../../facts/java/code.ts";
import { bodiesRun } from "../../calls/bodiesRun.ts";
import type { CallGraph, MethodNode } from "../../calls/callGraph.ts";
import type { CallSite } from "../../calls/callSites.ts";
import { heldBy } from "../../calls/locals.ts";
import { simpleName, type Type } from "../../types/type.ts";
import type { TypeIndex } from "../../types/typeIndex.ts";
import { criteriaRead, textOf } from "./criteria.ts";
import { usesGraph } from "./entityGraphs.ts";

interface Parts {
  readonly types: TypeIndex;
  readonly calls: CallGraph;
}

/**
 * The attribute paths that code fetches which puts a query together for any entity: `findGuarded(guard, List.of("customer"))`. What it
 * takes from its arguments is what the call hands over; undefined where that is not known.
 */
export function fetchedByCode({ types, calls }: Parts, bodies: readonly MethodNode[], method: MethodNode, call: CodeNode) {
  const fetched = new Set<string>();
  let isOpen = false;
  for (const body of bodies) {
    const code = calls.codeOf(body);
    const read = criteriaRead(types, calls, body, code.body);
    if (read.mixed || usesGraph(code)) return undefined;
    for (const path of [...read.fetched, ...(read.open ? read.named : [])]) fetched.add(path);
    isOpen ||= read.open;
  }
  for (const given of childrenOf(call, "argument")) {
    const read = criteriaRead(types, calls, method, given);
    for (const path of read.fetched) fetched.add(path);
    if (!isOpen || given.kind === "lambda") continue;
    const named = namesGiven({ types, calls }, method, given);
    if (named === undefined) return undefined;
    for (const path of named) fetched.add(path);
  }
  return [...new Set([...fetched].flatMap(withOwners))].sort();
}

/** The texts that an argument hands over; undefined where it may hold others. */
function namesGiven({ types, calls }: Parts, method: MethodNode, given: CodeNode): readonly string[] | undefined {
  const code = calls.codeOf(method);
  const names: string[] = [];
  for (const node of nodesOf(given)) {
    const text = textOf(types, method, node);
    if (text !== undefined) names.push(text);
    else if (node.kind === "name" && node.role !== "receiver") {
      const local = code.typer.declarationOf(node);
      const value = local?.kind === "local" ? heldBy(code, local) : undefined;
      const held = value === undefined ? undefined : namesGiven({ types, calls }, method, value);
      if (held === undefined && mayHoldNames(code.typer.typeOf(node))) return undefined;
      names.push(...(held ?? []));
    }
  }
  return names;
}

const mayHoldNames = (type: Type | undefined): boolean =>
  type === undefined || type.dimensions > 0 || /^(?:String|Collection|List|Set|Iterable|EntityGraph|Map)$/.test(simpleName(type));

/** "pets.type" brings "pets" too. */
const withOwners = (path: string): readonly string[] => path.split(".").map((_, i, parts) => parts.slice(0, i + 1).join("."));

/** What one call of a data access object for any entity brings; undefined for other calls. */
export interface GenericRead {
  /** Qualified name. */
  readonly entity: string;
  readonly bodies: readonly MethodNode[];
  /** "OrderDao": what the method is called on. */
  readonly on: string;
}

/**
 * A call of a method that gives entities of its class's type variable, whose body sends the query: `orders.queryWithPredicates(…)`, where
 * `class OrderDao extends Dao<Order>`.
 */
export function genericRead(parts: Parts, method: MethodNode, site: CallSite): GenericRead | undefined {
  const { types, calls } = parts;
  const [target, ...others] = site.targets;
  const declared = target === undefined || others.length > 0 ? undefined : calls.method(target)?.declared;
  if (target === undefined || declared === undefined || declared.owner.type.typeParameters.length === 0) return undefined;
  const { owner, method: called } = declared;
  // A text that the caller hands over may fetch anything.
  if (called.parameters.some(({ maySend }) => maySend === true)) return undefined;
  const element = elementOf(types.resolve(called.returns, { file: owner.file, type: owner.type }));
  if (element === undefined || !owner.type.typeParameters.some(({ name }) => name === element.name)) return undefined;
  const { nodes, typer } = calls.codeOf(method);
  const call = nodes[site.order];
  if (call?.kind !== "call") return undefined;
  const entity = elementOf(typer.typeOf(call));
  const bodies = entity === undefined ? [] : bodiesRun(parts.calls, parts.types, [target]);
  const sends = bodies.length > 0 && bodies.every((body) => sendsQuery(parts, body, 0));
  const { receiver } = typer.calleeOf(call);
  return entity === undefined || !sends ? undefined : { entity: entity.name, bodies, on: simpleName(receiver ?? typer.own()) };
}

/** Whether a body asks for rows, itself or through its own class. */
function sendsQuery(parts: Parts, body: MethodNode, depth: number): boolean {
  return body.sites.some(
    ({ work, self, targets }) =>
      (work?.kind === "read" && ASKS.test(work.label)) ||
      (work === undefined &&
        self === "this" &&
        depth < DEEPEST &&
        bodiesRun(parts.calls, parts.types, targets).some((one) => sendsQuery(parts, one, depth + 1))),
  );
}

const ASKS = /^(?:(?:Typed|Native|Selection)?Query|Criteria|EntityManager|Session)\./;
const DEEPEST = 3;

const CONTAINERS = /^(?:List|Set|Collection|Iterable|Stream|Optional|Page)$/;

function elementOf(type: Type | undefined): Type | undefined {
  if (type === undefined || type.dimensions > 0) return undefined;
  return CONTAINERS.test(simpleName(type)) ? elementOf(type.args[0]) : type;
}
