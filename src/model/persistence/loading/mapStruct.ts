import { isMapping, type Mapping, partsOf } from "../../calls/mapStruct.ts";
import type { DeclaredMethod } from "../../calls/typing/callees.ts";
import type { TypeIndex } from "../../types/typeIndex.ts";
import type { Attribute, Entity } from "../mapping/entity.ts";
import type { PersistenceModel } from "../persistenceModel.ts";

/** An association that a mapping looks into. */
export interface MappedLook {
  /** From the source, or from its elements; the association last. */
  readonly path: readonly Attribute[];
  /** How many attributes lead to the first collection whose elements are mapped one by one; undefined where there is none. */
  readonly each: number | undefined;
}

/** What a method that a mapper has a body for looks into, from its first parameter. */
export type LooksOf = (method: DeclaredMethod) => readonly (readonly Attribute[])[];

/** Mappings of what an entity leads to are followed, theirs are not: what is missing there shows once the first is fetched. */
const DEEPEST = 1;

/**
 * The associations of an entity that a MapStruct mapping reads: its implementation is generated and unseen, so the target's properties
 * of the same names tell, and the sources of its `@Mapping`s. A key alone loads nothing.
 */
export function mappedLooks(
  { types, persistence }: { readonly types: TypeIndex; readonly persistence: PersistenceModel },
  mapping: Mapping,
  entity: Entity,
  looksOf: LooksOf,
  depth = 0,
): readonly MappedLook[] {
  if (depth > DEEPEST) return [];
  return partsOf(types, mapping).flatMap(({ path, by, each }): readonly MappedLook[] => {
    const attributes: Attribute[] = [];
    let at: Entity | undefined = entity;
    for (const name of path) {
      const attribute: Attribute | undefined = at?.attributes.find((one) => one.name === name);
      if (attribute === undefined) break;
      attributes.push(attribute);
      at = persistence.entity(attribute.type);
    }
    if (attributes.length < path.length || at === undefined) return associationsIn(attributes);
    const below = isMapping(by)
      ? mappedLooks({ types, persistence }, by, at, looksOf, depth + 1)
      : by === undefined
        ? []
        : looksOf(by).map((looked) => ({ path: looked, each: undefined }));
    const loops = each && attributes.length > 0 ? attributes.length : undefined;
    const deeper = below.map((look) => ({
      path: [...attributes, ...look.path],
      each: loops ?? (look.each === undefined ? undefined : attributes.length + look.each),
    }));
    const last = attributes.at(-1);
    // A proxy gives its key away; whatever else is read of it loads it.
    const isLoaded =
      last === undefined ||
      last.kind === "toMany" ||
      last.kind === "elements" ||
      by === undefined ||
      !isMapping(by) ||
      readsMore(types, by, at);
    return [...associationsIn(isLoaded ? attributes : attributes.slice(0, -1)), ...deeper];
  });
}

/** Each association on the way whose row is read: a proxy gives its key away. */
export function associationsIn(path: readonly Attribute[]): readonly MappedLook[] {
  return path.flatMap(({ kind }, i) => {
    const next = path[i + 1];
    if (kind === "basic" || kind === "embedded" || (kind === "toOne" && next?.id === true)) return [];
    return [{ path: path.slice(0, i + 1), each: undefined }];
  });
}

function readsMore(types: TypeIndex, mapping: Mapping, entity: Entity): boolean {
  const keys = new Set(entity.attributes.filter(({ id }) => id).map(({ name }) => name));
  return partsOf(types, mapping).some(
    ({ path }) => path[0] !== undefined && !keys.has(path[0]) && entity.attributes.some(({ name }) => name === path[0]),
  );
}
