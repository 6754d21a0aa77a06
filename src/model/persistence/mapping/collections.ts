import { annotationNamed } from "../../types/constants.ts";
import type { Type } from "../../types/type.ts";
import type { TypeEntry, TypeIndex } from "../../types/typeIndex.ts";
import { type Attribute, attributeOf, type Entity, type HeldColumns, type JoinTable, overridden } from "./entity.ts";
import type { MappingNames, Member } from "./members.ts";

/** The columns of a collection table that hold what is collected and, of a map, the keys. */
export function heldColumns(
  member: Member,
  type: Type | undefined,
  element: Type | undefined,
  entry: TypeEntry,
  { types, names }: { readonly types: TypeIndex; readonly names: MappingNames },
): Pick<JoinTable, "values" | "keys"> {
  const { annotations } = member;
  const kindOf = (given: Type | undefined) => (given === undefined ? undefined : types.entryOf(given, entry.file.file)?.type);
  const fewOf = (given: Type | undefined): boolean => kindOf(given)?.kind === "enum" || given?.name === "java.lang.Boolean";
  const physical = (annotation: string, fallback: string): readonly string[] => [
    names.physical(names.text(annotationNamed(annotations, annotation), "name", entry) || fallback, entry),
  ];
  const isMapped = (given: Type | undefined): boolean => annotationNamed(kindOf(given)?.annotations ?? [], "Embeddable") !== undefined;
  // The annotation of a map's values may name the columns of its keys, too.
  const values: HeldColumns | undefined = isMapped(element)
    ? undefined
    : { columns: physical("Column", member.name), fewValues: fewOf(element) || annotationNamed(annotations, "Enumerated") !== undefined };
  const [keyType, valueType] = type?.args ?? [];
  if (valueType === undefined || isMapped(keyType) || annotationNamed(annotations, "MapKey", "MapKeyJoinColumns") !== undefined)
    return { ...(values && { values }) };
  const join = annotationNamed(annotations, "MapKeyJoinColumn") !== undefined;
  const columns = physical(join ? "MapKeyJoinColumn" : "MapKeyColumn", `${member.name}_key`);
  return { keys: { columns, fewValues: fewOf(keyType) }, ...(values && { values }) };
}

/** `key(m)` and `value(m)` of JPQL, as the last part of a path but for properties of theirs. */
const KEY = "{key}";
const VALUE = "{value}";

/** A path without what names the values of a map: its alias alone stands for them. */
export const withoutValue = (parts: readonly string[]): readonly string[] =>
  parts.includes(VALUE) ? parts.filter((part) => part !== VALUE) : parts;

/**
 * The rows of a collection table as if they were an embeddable's: with its properties, or with the value of each as their only key.
 * Undefined where the table is not known.
 */
export function collectedRows({ name, qualified }: Entity, attribute: Attribute, embeddable: Entity | undefined): Entity | undefined {
  const { through } = attribute;
  if (through === undefined || through.table === "") return undefined;
  const plain = { ...attribute, kind: "basic", table: through.table, mappedBy: undefined, through: undefined, overrides: {} } as const;
  const held = (as: string, columns: HeldColumns | undefined, id: boolean): readonly Attribute[] =>
    columns === undefined ? [] : [{ ...plain, name: as, ...columns, id }];
  const properties = embeddable?.kind === "embeddable" ? overridden(embeddable, attribute, through.table).attributes : undefined;
  return {
    name: `${name}.${attribute.name}`,
    qualified: `${qualified}.${attribute.name}`,
    entityName: "",
    kind: "embeddable",
    table: through.table,
    attributes: [...(properties ?? held(VALUE, through.values, true)), ...held(KEY, through.keys, false)],
    grouped: false,
    cached: false,
    graphs: {},
    hiddenInJson: [],
    at: attribute.at,
  };
}

/** Whether a path ends at a collection: "in" means that it has the value, not that it is one. */
export function endsAtCollection(
  entity: Entity,
  [name, ...rest]: readonly string[],
  entities: (qualified: string) => Entity | undefined,
): boolean {
  const attribute = name === undefined ? undefined : attributeOf(entity, name);
  if (attribute === undefined) return false;
  if (rest.length === 0) return attribute.kind === "elements" || attribute.kind === "toMany";
  const inner = entities(attribute.type);
  return inner !== undefined && endsAtCollection(inner, rest, entities);
}
