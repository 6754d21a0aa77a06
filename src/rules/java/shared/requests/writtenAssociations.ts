import { childOf } from "../../../../facts/java/code.ts";
import { bodiesRun } from "../../../../model/calls/bodiesRun.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { Model } from "../../../../model/model.ts";
import { returnedEntities } from "../../../../model/persistence/loading/lazyAccesses.ts";
import { isOneBehind, isOneForAll } from "../../../../model/persistence/loading/sharedByRows.ts";
import type { Attribute, Entity } from "../../../../model/persistence/mapping/entity.ts";
import { fetches, type Selection } from "../../../../model/persistence/repositories/selection.ts";
import { annotationNamed } from "../../../../model/types/constants.ts";
import type { Endpoint } from "../../../../model/web/endpoint.ts";
import { withoutCapital } from "../../../../text/capitals.ts";
import type { Written } from "./writtenEntities.ts";
import { isWritten } from "./writtenParts.ts";

/** With them what is not loaded is written as null. */
export const LAZY_MODULES = [
  "jackson-datatype-hibernate5",
  "jackson-datatype-hibernate5-jakarta",
  "jackson-datatype-hibernate6",
  "jackson-datatype-hibernate7",
];

/** A lazy association that is loaded while an answer is written. */
export interface WrittenAssociation {
  readonly attribute: Attribute;
  /** All that are written have the same one, which is loaded once. */
  readonly shared: boolean;
}

/** The lazy associations that Jackson sees and that the query, where it is known, leaves out. */
export function associationsWritten(model: Model, endpoint: Endpoint, { entity, value: part }: Written): readonly WrittenAssociation[] {
  const entry = model.types.declared(entity.qualified, endpoint.file);
  const lazy = entity.attributes.filter(
    ({ kind, fetch, hidden, name }) =>
      kind !== "basic" && kind !== "embedded" && fetch === "lazy" && !hidden && !entity.hiddenInJson.includes(name),
  );
  if (entry === undefined || lazy.length === 0) return [];
  const types = model.types.lineage(entry).map(({ type }) => type);
  if (types.some(({ annotations }) => annotationNamed(annotations, "JsonSerialize", "JsonFilter") !== undefined)) return [];
  const visible = lazy.filter(({ name }) => isWritten(types, name));
  const method = visible.length === 0 ? undefined : model.calls.method(endpoint.runs);
  const value = part ?? (method === undefined || method.declared.method.body < 0 ? undefined : returnedEntities(model, method));
  const set = method === undefined ? NONE : setOnTheWay(model, method, entity, 0);
  const left = visible.filter(({ name }) => !set.has(name));
  if (value === undefined || !("selection" in value.origin) || value.path.length > 0)
    return left.map((attribute) => ({ attribute, shared: false }));
  const { selection, or = [] } = value.origin;
  const selections = [selection, ...or.map((other) => other.selection)];
  return left
    .filter(({ name }) => !fetches(selection, name))
    .map((attribute) => ({ attribute, shared: selections.every((one) => isShared(model, one, attribute, endpoint.file)) }));
}

/** `findByOwner(owner)`: all that are written have the same owner, who is loaded once. */
const isShared = ({ persistence, types, schema }: Model, selection: Selection, attribute: Attribute, near: string): boolean =>
  isOneForAll(persistence, selection, attribute) || isOneBehind({ persistence, types, schema }, selection, attribute, near);

const NONE: ReadonlySet<string> = new Set();
const DEEPEST = 2;

/** The properties of an entity that an endpoint, or a method that it calls, puts something else into: `book.setLoans(null)`. */
function setOnTheWay(model: Model, method: MethodNode, entity: Entity, depth: number): ReadonlySet<string> {
  if (method.declared.method.body < 0) return NONE;
  const { nodes, typer } = model.calls.codeOf(method);
  const set = new Set<string>();
  for (const node of nodes) {
    const property = node.kind === "call" ? /^set(\p{Lu}.*)$/u.exec(node.text)?.[1] : undefined;
    const on = property === undefined ? undefined : childOf(node, "receiver");
    if (property !== undefined && on !== undefined && typer.typeOf(on)?.name === entity.qualified) set.add(withoutCapital(property));
  }
  if (depth === DEEPEST) return set;
  for (const { targets } of method.sites) {
    const [called, ...others] = bodiesRun(model.calls, model.types, targets);
    if (called !== undefined && others.length === 0) for (const name of setOnTheWay(model, called, entity, depth + 1)) set.add(name);
  }
  return set;
}
