import type { Model } from "../../../model/model.ts";
import { type Attribute, attributeOf, type Entity } from "../../../model/persistence/mapping/entity.ts";
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
    const entity = model.persistence.entity(owner);
    const attribute = entity && attributeOf(entity, name);
    return entity === undefined || attribute === undefined || mayBeLoaded(entity, attribute, file, model);
  });

/** Whether the rows of an association are looked for: of a collection that the other side maps only where somebody may read it. */
export function mayBeLoaded(entity: Entity, attribute: Attribute, file: string, model: Model): boolean {
  if (attribute.mappedBy === undefined || attribute.kind !== "toMany" || servesEntities(attribute.at.file, model)) return true;
  // What goes with its owner is loaded before it goes.
  if (attribute.removes === true && model.usage.deletesFrom(entity.table, file) !== false) return true;
  return model.persistence.collectionUse.mayBeRead(entity, attribute);
}
