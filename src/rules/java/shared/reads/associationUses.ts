import { type CodeNode, childOf } from "../../../../facts/java/code.ts";
import type { MethodNode } from "../../../../model/calls/callGraph.ts";
import type { Typer } from "../../../../model/calls/typing/typer.ts";
import type { Model } from "../../../../model/model.ts";
import type { EntityValues } from "../../../../model/persistence/loading/entityValues.ts";
import { entityValuesOf } from "../../../../model/persistence/loading/lazyAccesses.ts";
import { type Attribute, attributeOf, type Entity } from "../../../../model/persistence/mapping/entity.ts";
import { fetches } from "../../../../model/persistence/repositories/selection.ts";
import { annotationNamed } from "../../../../model/types/constants.ts";
import { withoutCapital } from "../../../../text/capitals.ts";

/** A place that looks into a lazy association, or may: what it hands on is looked into elsewhere. */
export interface AssociationUse {
  readonly node: CodeNode;
  readonly entity: Entity;
  readonly attribute: Attribute;
}

/**
 * Where a body uses lazy associations, told by the types of what it asks, wherever that comes from. What is made in the body, comes with
 * a request, or is known to be fetched by its query is left out.
 */
export function associationUses(model: Model, method: MethodNode): readonly AssociationUse[] {
  const { nodes, typer } = model.calls.codeOf(method);
  let values: Pick<EntityValues, "of"> | undefined;
  return nodes.flatMap((node): readonly AssociationUse[] => {
    const asked = attributeAsked(model, method, typer, node);
    if (asked === undefined || !isLazy(asked.attribute)) return [];
    const { entity, attribute } = asked;
    if (isAccessor(method, entity, attribute)) return [];
    if (!isLookedInto(model, method, node, attribute)) return [];
    const on = childOf(node, "receiver");
    if (on !== undefined && isMadeHere(on, method, typer)) return [];
    values ??= entityValuesOf(model, method);
    const value = on === undefined ? undefined : values.of(on);
    if (value !== undefined && "selection" in value.origin) {
      const path = [...value.path, attribute].map(({ name }) => name).join(".");
      if ([value.origin, ...(value.origin.or ?? [])].every(({ selection }) => fetches(selection, path))) return [];
    }
    return [{ node, entity, attribute }];
  });
}

/** The attribute of an entity that an expression asks for, and whose it is. */
export function attributeAsked(
  model: Model,
  method: MethodNode,
  typer: Typer,
  node: CodeNode,
): Pick<AssociationUse, "entity" | "attribute"> | undefined {
  const property = propertyAsked(node);
  const entity = property === undefined ? undefined : entityAsked(model, method, typer, node);
  const attribute = entity === undefined || property === undefined ? undefined : attributeOf(entity, property);
  return entity === undefined || attribute === undefined ? undefined : { entity, attribute };
}

export const isLazy = ({ kind, fetch }: Attribute): boolean => kind !== "basic" && kind !== "embedded" && fetch === "lazy";

/** "lines" of `getLines()`, `Order::getLines` and, in the entity, `lines`. */
function propertyAsked({ kind, text, children }: CodeNode): string | undefined {
  if (kind === "name" || kind === "field") return text;
  if (kind !== "call" && kind !== "reference") return undefined;
  if (children.some(({ role }) => role === "argument")) return undefined;
  const property = /^(?:get|is)(\p{Lu}.*)$/u.exec(text)?.[1];
  return property === undefined ? text : withoutCapital(property);
}

/** The entity whose property a node asks for; of a name alone, the one that the body belongs to. */
function entityAsked({ persistence }: Model, { declared }: MethodNode, typer: Typer, node: CodeNode): Entity | undefined {
  const on = childOf(node, "receiver");
  if (on === undefined || on.kind === "this") {
    if (node.kind === "name" && typer.declarationOf(node) !== undefined) return undefined;
    if (node.kind === "name" && declared.method.parameters.some(({ name }) => name === node.text)) return undefined;
    return persistence.entity(declared.owner.type.qualified);
  }
  const type = typer.typeOf(on);
  return type === undefined || type.dimensions > 0 ? undefined : persistence.entity(type.name);
}

/** What gives an association of the entity itself away, or sets it, loads nothing. */
function isAccessor({ declared: { owner, method } }: MethodNode, { qualified }: Entity, { name }: Attribute): boolean {
  if (owner.type.qualified !== qualified) return false;
  if (method.kind === "constructor") return true;
  const property = /^(?:get|is|set)(\p{Lu}.*)$/u.exec(method.name)?.[1];
  return (property === undefined ? method.name : withoutCapital(property)) === name;
}

function isLookedInto(model: Model, method: MethodNode, node: CodeNode, attribute: Attribute): boolean {
  const around = node.parent;
  if (around === undefined || node.role === "target") return false;
  if (around.kind === "binary" && /^[!=]=$/.test(around.text)) return false;
  if (attribute.kind !== "toOne") return !(node.role === "receiver" && /^add(?:All)?$/.test(around.text) && attribute.container === "list");
  if (node.role === "receiver") {
    const target = model.persistence.entity(attribute.type);
    const property = propertyAsked(around);
    const isKey = property !== undefined && target !== undefined && attributeOf(target, property)?.id === true;
    return !isKey && !/^(?:getClass|equals|hashCode|set\p{Lu}.*)$/u.test(around.text);
  }
  // A key is taken of what a query or a setter is given.
  if (node.role === "argument" && around.kind === "call") return !(/^set\p{Lu}/u.test(around.text) || isSent(model, method, around));
  return true;
}

const isSent = ({ calls }: Model, method: MethodNode, call: CodeNode): boolean => {
  const { nodes } = calls.codeOf(method);
  return method.sites.some(({ work, order }) => work !== undefined && nodes[order] === call);
};

/** Whether an object has no session: `new Order()`, and what a request brings as its body. */
export function isMadeHere(on: CodeNode, { declared }: MethodNode, typer: Typer): boolean {
  if (on.kind === "new") return true;
  if (on.kind === "call") return on.text === "build";
  if (on.kind !== "name") return false;
  const declaration = typer.declarationOf(on);
  if (declaration?.kind === "local") {
    const value = childOf(declaration, "value");
    return value !== undefined && (value.kind === "new" || (value.kind === "call" && value.text === "build"));
  }
  const parameter = declared.method.parameters.find(({ name }) => name === on.text);
  return declaration === undefined && annotationNamed(parameter?.annotations ?? [], "RequestBody") !== undefined;
}
