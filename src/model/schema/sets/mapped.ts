import type { SchemaChange } from "../../../facts/sql/sqlFacts.ts";

/** A change that a mapping makes to a schema. */
export interface MappedChange {
  /** Where the places of the change lie. */
  readonly file: string;
  readonly change: SchemaChange;
}

export interface MappedClass {
  readonly qualified: string;
  readonly file: string;
}

/**
 * The tables that Hibernate would make of the entities of a workspace: the schema, where nothing else makes it. Asking notes `mapped:all`
 * and `mapped-table:<qualified>`.
 */
export interface MappedTables {
  mappedClasses(): readonly MappedClass[];
  /** The table of a class with what its mapping says of other tables; in the order in which they build on each other. */
  mappedTable(qualified: string): readonly MappedChange[];
}

/** Whether an update of the entities can have changed what Hibernate makes of them. */
export function touchesMapping(changed: ReadonlySet<string>): boolean {
  if (changed.has("mapped:all")) return true;
  for (const key of changed) if (key.startsWith("mapped-table:")) return true;
  return false;
}
