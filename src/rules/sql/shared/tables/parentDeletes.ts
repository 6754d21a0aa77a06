import type { Model } from "../../../../model/model.ts";

/**
 * Whether rows of a table are deleted: by code, by a function of the database, or by the database along with rows of a parent that are;
 * undefined where that is not known.
 */
export function deletesOf(table: string, schema: string, nearFile: string, model: Model, seen = new Set<string>()): boolean | undefined {
  seen.add(table.toLowerCase());
  const own = model.usage.deletesFrom(table, nearFile);
  if (own === true) return true;
  const parents = (model.schema.tableOf(schema, table)?.foreignKeys ?? []).filter(({ onDelete }) => onDelete === "cascade");
  const above = parents.flatMap(({ parent }) => (seen.has(parent.toLowerCase()) ? [] : [deletesOf(parent, schema, nearFile, model, seen)]));
  if (above.includes(true)) return true;
  return above.includes(undefined) || (own === false && isServed(nearFile, model)) ? undefined : own;
}

/** Whether a framework hands out entities or repositories as they are, and takes deletes of them: no code says so. */
const isServed = (file: string, { configuration }: Model): boolean =>
  configuration
    .buildOf(file)
    .has("spring-boot-starter-data-rest", "spring-data-rest-webmvc", "elide-spring-boot-starter", "elide-spring-boot-autoconfigure");

/** Whether administrators alone delete rows of a table, and of the parents that it goes with. */
export function isDeletedSeldom(table: string, schema: string, nearFile: string, model: Model, seen = new Set<string>()): boolean {
  seen.add(table.toLowerCase());
  if (!model.growth.isDeletedByFew(table)) return false;
  return (model.schema.tableOf(schema, table)?.foreignKeys ?? []).every(
    ({ onDelete, parent }) =>
      onDelete !== "cascade" ||
      seen.has(parent.toLowerCase()) ||
      deletesOf(parent, schema, nearFile, model) === false ||
      isDeletedSeldom(parent, schema, nearFile, model, seen),
  );
}

/** Whether code of an application that works with a database is known at all. */
export const hasCode = ({ persistence }: Model): boolean => persistence.repositories().length > 0 || persistence.written.all().length > 0;
