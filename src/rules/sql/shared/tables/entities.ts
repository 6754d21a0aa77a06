import type { Model } from "../../../../model/model.ts";
import type { Entity } from "../../../../model/persistence/mapping/entity.ts";
import type { Table } from "../../../../model/schema/schema.ts";

/** The entity of a table, where a repository gives it. */
export function entityOf({ name }: Pick<Table, "name">, model: Model): Entity | undefined {
  const table = name.toLowerCase();
  for (const { entity: qualified } of model.persistence.repositories()) {
    const entity = qualified === undefined ? undefined : model.persistence.entity(qualified);
    if (entity?.table === table) return entity;
  }
  return undefined;
}

/** Whether rows of a table are elements of an entity's collection, or pairs of keys: Hibernate finds them by their owner. */
export function isCollectionTable({ name }: Table, model: Model): boolean {
  const table = name.toLowerCase();
  return model.persistence
    .mappedClasses()
    .some(({ qualified }) => model.persistence.entity(qualified)?.attributes.some(({ through }) => through?.table === table));
}
