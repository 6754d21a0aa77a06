import { annotationNamed, annotationValue, constantText } from "../../types/constants.ts";
import type { TypeEntry, TypeIndex } from "../../types/typeIndex.ts";
import type { Entity } from "./entity.ts";
import { contextOf } from "./members.ts";

export type InheritanceStrategy = "SINGLE_TABLE" | "JOINED" | "TABLE_PER_CLASS";

/** What a JPA provider makes of each query of an entity, besides what the query says. `strategy` is that of the root of its hierarchy. */
export function providerAdditions(
  types: TypeIndex,
  entry: TypeEntry,
  strategy: InheritanceStrategy | undefined,
): Pick<Entity, "restriction" | "more"> {
  const { annotations, name } = entry.type;
  const lineage = types.lineage(entry);
  const isEntity = ({ type }: TypeEntry): boolean => annotationNamed(type.annotations, "Entity") !== undefined;
  const above = lineage.slice(1).some(isEntity);
  if (lineage.some(({ type }) => annotationNamed(type.annotations, "SoftDelete") !== undefined))
    return { more: `deleted rows of ${name} are left out` };
  if (annotationNamed(annotations, "SecondaryTable", "SecondaryTables") !== undefined) return { more: `${name} has a second table` };
  if (strategy === "JOINED") return { more: `${name} is joined with the tables of other classes` };
  if (strategy === "TABLE_PER_CLASS" && types.descendantsOf(entry).some(isEntity))
    return { more: `rows of ${name} lie in the tables of other classes, too` };
  if (strategy !== "TABLE_PER_CLASS" && above) return { more: `${name} shares a table with other classes` };
  const restriction = (one: TypeEntry) => annotationNamed(one.type.annotations, "SQLRestriction", "Where");
  const own = restriction(entry);
  if (lineage.slice(1).some((one) => restriction(one) !== undefined)) return { more: `${name} is restricted to some rows` };
  if (own === undefined) return {};
  const given = annotationValue(own, "clause") ?? annotationValue(own, "value");
  const text = given === undefined ? undefined : constantText(given, contextOf(entry), types);
  return text === undefined ? { more: `${name} is restricted to some rows` } : { restriction: text };
}
