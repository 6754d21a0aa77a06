import type { Model } from "../../../model/model.ts";
import { type Attribute, attributeOf, type Entity } from "../../../model/persistence/mapping/entity.ts";
import type { RelatedPlace } from "../../finding.ts";
import { servesEntities } from "./parentDeletes.ts";

/**
 * What looks rows up by a column: the queries, each as the other columns that it gives values for, and the collections that somebody may
 * read. Undefined where the queries are not known, and no collection is read.
 */
export function lookupsOn(table: string, column: string, file: string, model: Model): readonly (readonly string[])[] | undefined {
  const asked = model.usage.lookupsBy(table, column, file);
  // One that asks for nothing else says as much as a collection that is loaded.
  if (asked?.some((others) => others.length === 0) === true || !isLoaded(table, column, file, model)) return asked;
  return [...(asked ?? []), []];
}

const isLoaded = (table: string, column: string, file: string, model: Model): boolean =>
  model.usage.collectionsBy(table, column).some(({ owner, name }) => {
    const { entity, attribute } = mappedAt(owner, name, model);
    return entity === undefined || attribute === undefined || mayBeLoaded(entity, attribute, file, model);
  });

/** The collections that somebody may read and that are loaded by a column, where they are mapped. */
export function collectionPlaces(table: string, column: string, file: string, model: Model): readonly RelatedPlace[] {
  const places = model.usage.collectionsBy(table, column).flatMap(({ owner, name }) => {
    const { entity, attribute } = mappedAt(owner, name, model);
    if (entity === undefined || attribute === undefined || !mayBeLoaded(entity, attribute, file, model)) return [];
    return [{ at: attribute.at, message: `${entity.name}.${name} is loaded by ${column}` }];
  });
  return places.slice(0, MOST_NAMED);
}

const MOST_NAMED = 5;

function mappedAt(
  owner: string,
  name: string,
  model: Model,
): { readonly entity?: Entity | undefined; readonly attribute?: Attribute | undefined } {
  const entity = model.persistence.entity(owner);
  return { entity, attribute: entity && attributeOf(entity, name) };
}

/** Whether the rows of an association are looked for: of a collection that the other side maps only where somebody may read it. */
export function mayBeLoaded(entity: Entity, attribute: Attribute, file: string, model: Model): boolean {
  if (attribute.mappedBy === undefined || attribute.kind !== "toMany" || servesEntities(attribute.at.file, model)) return true;
  // What goes with its owner is loaded before it goes.
  if (attribute.removes === true && model.usage.deletesFrom(entity.table, file) !== false) return true;
  return model.persistence.collectionUse.mayBeRead(entity, attribute);
}
