import type { JavaAnnotation } from "../../../facts/java/javaFacts.ts";
import { annotationNamed, annotationValue, constantText } from "../../types/constants.ts";
import type { TypeEntry, TypeIndex } from "../../types/typeIndex.ts";
import { associationTraits, entityTraits } from "./associations.ts";
import type { Attribute, Entity } from "./entity.ts";
import { contextOf } from "./members.ts";

/** Whether a class says itself that Spring Data JDBC or R2DBC keeps it. */
export const isRelational = ({ file }: TypeEntry): boolean =>
  file.java.imports.some(({ name }) => name.startsWith("org.springframework.data.relational."));

/**
 * What Spring Data JDBC and R2DBC make of a class, by its own annotations and their naming strategy. Collections are left out: they are
 * read by statements of their own.
 */
export function readAggregate(types: TypeIndex, entry: TypeEntry, kind: "entity" | "embeddable"): Entity | undefined {
  if (entry.type.kind !== "class" && entry.type.kind !== "record") return undefined;
  const given = textOf(annotationNamed(entry.type.annotations, "Table"), ["name", "value"], entry, types);
  const table = kind === "embeddable" ? "" : (given ?? relationalName(entry.type.name)).toLowerCase();
  const attributes = new Map<string, Attribute>();
  let parts = false;
  for (const above of types.lineage(entry)) {
    for (const field of above.type.fields) {
      if (field.origin === "constant" || field.modifiers.includes("static") || attributes.has(field.name)) continue;
      if (annotationNamed(field.annotations, "Transient") !== undefined || field.modifiers.includes("transient")) continue;
      const read = attributeOf(types, above, field, table);
      if (read === "part") parts = true;
      else if (read !== undefined) attributes.set(field.name, read);
    }
  }
  return {
    name: entry.type.name,
    qualified: entry.type.qualified,
    entityName: entry.type.name,
    kind,
    table,
    attributes: [...attributes.values()],
    aggregate: true,
    ...(parts ? { more: `${entry.type.name} is joined with its parts` } : {}),
    ...entityTraits([], contextOf(entry), types),
    at: { file: entry.file.file, ...entry.type.nameSpan },
  };
}

/** "part" for an object of the workspace that lies in a table of its own, or behind a converter. */
function attributeOf(
  types: TypeIndex,
  entry: TypeEntry,
  { name, type, annotations, nameSpan }: TypeEntry["type"]["fields"][number],
  table: string,
): Attribute | "part" | undefined {
  const resolved = types.resolve(type, contextOf(entry));
  const element = resolved?.dimensions === 0 ? resolved.args.at(-1) : undefined;
  const held = [resolved, element].map((one) => (one === undefined ? undefined : types.entryOf(one, entry.file.file)));
  const [own, inner] = held.map((one) => (one?.type.kind === "class" || one?.type.kind === "record" ? one : undefined));
  const isReference = /^AggregateReference\b/.test(type);
  if (inner !== undefined && !isReference) return undefined;
  const common = {
    name,
    table,
    type: resolved?.name ?? type,
    id: annotationNamed(annotations, "Id") !== undefined,
    mappedBy: undefined,
    through: undefined,
    fetch: "eager" as const,
    ...associationTraits(annotations, type),
    at: { file: entry.file.file, ...nameSpan },
  };
  if (own !== undefined) {
    const embedded = annotations.find(({ name: written }) => /(?:^|\.)Embedded(?:\.(?:Nullable|Empty))?$/.test(written));
    const part = embedded && readAggregate(types, own, "embeddable");
    if (embedded === undefined || part === undefined) return "part";
    const prefix = textOf(embedded, ["prefix", "value"], entry, types) ?? "";
    const overrides = Object.fromEntries(
      part.attributes.map((attribute) => [attribute.name, `${prefix}${attribute.columns[0]}`.toLowerCase()]),
    );
    return { kind: "embedded", columns: [], fewValues: false, overrides, ...common };
  }
  const column = textOf(annotationNamed(annotations, "Column"), ["value", "name"], entry, types) ?? relationalName(name);
  // What an expression names is known at run time only.
  if (column.includes("#{")) return undefined;
  const isEnum = held[0]?.type.kind === "enum";
  return {
    kind: "basic",
    columns: [column.toLowerCase()],
    fewValues: isEnum || /^(?:java\.lang\.)?[bB]oolean$/.test(common.type),
    overrides: {},
    ...common,
  };
}

function textOf(annotation: JavaAnnotation | undefined, names: readonly string[], entry: TypeEntry, types: TypeIndex): string | undefined {
  for (const name of names) {
    const value = annotationValue(annotation, name);
    const text = value === undefined ? undefined : constantText(value, contextOf(entry), types);
    if (text !== undefined && text !== "") return text;
  }
  return undefined;
}

/** How Spring Data cuts a name: `line1Text` is "line1_text", `userID` "user_id", `aURLOf` "a_url_of". */
export const relationalName = (name: string): string =>
  name
    .split(/(?<!^|[\p{Lu}_$])(?=\p{Lu})|(?<!^)(?=\p{Lu}\p{Ll})/u)
    .join("_")
    .toLowerCase();
