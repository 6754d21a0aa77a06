import type { Model } from "../../../../model/model.ts";
import { boxed, simpleName, type Type } from "../../../../model/types/type.ts";
import type { TypeEntry } from "../../../../model/types/typeIndex.ts";
import { withCapital } from "../../../../text/capitals.ts";

/** The getter of a property as a method reference would name it; Lombok's and a record's are there without a declaration. */
export function accessorOf(model: Model, entity: TypeEntry, property: string): string | undefined {
  const getter = `get${withCapital(property)}`;
  if (model.types.methodsOf(entity, getter).some(({ method }) => method.parameters.length === 0)) return getter;
  const found = model.types.fieldOf(entity, property);
  if (found === undefined) return undefined;
  if (found.owner.type.kind === "record") return property;
  const lombok = [...found.owner.type.annotations, ...found.field.annotations].some((annotation) =>
    /^(.*\.)?(Getter|Data|Value)$/.test(annotation.name),
  );
  return lombok ? getter : undefined;
}

/** The one field that is an entity's identifier, its own or inherited. */
export interface Identifier {
  readonly name: string;
  readonly accessor: string;
  /** Undefined where it is a variable of a superclass, or what no map is keyed by. */
  readonly key: Type | undefined;
}

export function identifierOf(model: Model, entity: TypeEntry): Identifier | undefined {
  for (const { type, file } of model.types.lineage(entity)) {
    const id = type.fields.find((field) => field.annotations.some(({ name }) => /^(.*\.)?(Id|EmbeddedId)$/.test(name)));
    if (id === undefined) continue;
    const accessor = accessorOf(model, entity, id.name);
    return accessor === undefined ? undefined : { name: id.name, accessor, key: keyOf(model.types.resolve(id.type, { file, type })) };
  }
  return undefined;
}

/** A type that a map's key can be declared with: a whole one, whose name says where it comes from or needs no import. */
export function keyOf(type: Type | undefined): Type | undefined {
  if (type === undefined || type.dimensions > 0 || type.args.length > 0) return undefined;
  const name = boxed(type.name);
  return name.includes(".") || NEEDS_NO_IMPORT.test(name) ? { ...type, name } : undefined;
}

const NEEDS_NO_IMPORT = /^(?:String|Long|Integer|Short|Byte|Character|Boolean)$/;

/** Whether two types are known, and the same key of a map: a number of another type is another key. */
export function isSameKey(one: Type | undefined, other: Type | undefined): boolean {
  if (one === undefined || other === undefined || one.dimensions + other.dimensions > 0) return false;
  return boxed(simpleName(one)) === boxed(simpleName(other));
}
