import type { JavaField } from "../../../facts/java/javaFacts.ts";
import { Supertypes } from "../../calls/typing/supertypes.ts";
import { annotationNamed } from "../../types/constants.ts";
import { simpleName, type Type } from "../../types/type.ts";
import type { TypeEntry, TypeIndex } from "../../types/typeIndex.ts";
import type { Attribute, Entity } from "../mapping/entity.ts";
import type { Held } from "./entityValue.ts";
import { NO_ENTITY } from "./noEntity.ts";

/** Entities as a declared type holds them. */
export interface HeldEntities {
  readonly entity: Entity;
  readonly many: boolean;
  readonly held?: Held | undefined;
}

/** What a type holds: an entity, a collection or an `Optional` of them, a map with them or with lists of them as its values. */
export function heldEntities(
  type: Type | undefined,
  types: Pick<Supertypes, "elementOf">,
  entityOf: (type: Type | undefined) => Entity | undefined,
): HeldEntities | undefined {
  if (type === undefined) return undefined;
  const single = entityOf(type);
  if (single !== undefined) return { entity: single, many: false };
  if (/Map$/.test(simpleName(type))) {
    const [, values] = type.args;
    const one = entityOf(values);
    const entity = one ?? entityOf(types.elementOf(values));
    return entity && { entity, many: true, held: one === undefined ? "groups" : "map" };
  }
  const entity = entityOf(types.elementOf(type) ?? type.args[0]);
  return entity && { entity, many: simpleName(type) !== "Optional" };
}

/** A class of the project that is no entity and holds some: a page with its rows, a list with questions to it. */
export interface Holder {
  /** Stands for the class where an entity is asked for; its attributes are the fields that hold entities. */
  readonly entity: Entity;
  readonly fields: ReadonlyMap<string, HeldEntities & { readonly attribute: Attribute }>;
  /** The fields that a constructor fills that nobody has written, in its order. */
  readonly filled: readonly string[];
}

/** The holders of a project, each looked at once. */
export class Holders {
  readonly #types: TypeIndex;
  readonly #entityOf: (type: Type | undefined) => Entity | undefined;
  readonly #known = new Map<string, Holder | undefined>();
  readonly #byEntity = new Map<Entity, Holder>();

  constructor(types: TypeIndex, entityOf: (type: Type | undefined) => Entity | undefined) {
    this.#types = types;
    this.#entityOf = entityOf;
  }

  ofType(type: Type | undefined, near: string): Holder | undefined {
    return this.of(type === undefined || type.dimensions > 0 ? undefined : this.#types.entryOf(type, near));
  }

  of(entry: TypeEntry | undefined): Holder | undefined {
    if (entry === undefined || (entry.type.kind !== "class" && entry.type.kind !== "record")) return undefined;
    const key = `${entry.file.file}#${entry.type.qualified}`;
    if (this.#known.has(key)) return this.#known.get(key);
    const holder = this.#read(entry);
    this.#known.set(key, holder);
    if (holder !== undefined) this.#byEntity.set(holder.entity, holder);
    return holder;
  }

  /** What a field of a holder holds; undefined for every other entity. */
  fieldOf(holder: Entity, name: string): HeldEntities | undefined {
    return this.#byEntity.get(holder)?.fields.get(name);
  }

  #read({ file, type }: TypeEntry): Holder | undefined {
    const supertypes = new Supertypes(this.#types, file.file);
    const fields = new Map<string, HeldEntities & { readonly attribute: Attribute }>();
    for (const field of type.fields) {
      if (field.modifiers.includes("static") || !/\p{Lu}/u.test(field.type)) continue;
      const held = heldEntities(this.#types.resolve(field.type, { file, type }), supertypes, this.#entityOf);
      if (held !== undefined) fields.set(field.name, { attribute: attributeFor(file.file, field), ...held });
    }
    if (fields.size === 0) return undefined;
    const attributes = [...fields.values()].map(({ attribute }) => attribute);
    return { entity: { ...NO_ENTITY, name: type.name, qualified: type.qualified, attributes }, fields, filled: filledBy(type) };
  }
}

const attributeFor = (file: string, { name, nameSpan }: JavaField): Attribute => ({
  name,
  kind: "embedded",
  table: "",
  columns: [],
  type: "",
  id: false,
  fewValues: false,
  fetch: "eager",
  mappedBy: undefined,
  through: undefined,
  container: undefined,
  ordered: false,
  grouped: false,
  hidden: false,
  overrides: {},
  at: { file, ...nameSpan },
});

/** Of a record's components, and of Lombok's constructors. */
function filledBy({ kind, fields, annotations, methods }: TypeEntry["type"]): readonly string[] {
  if (kind === "record") return fields.filter(({ origin }) => origin === "component").map(({ name }) => name);
  if (methods.some((method) => method.kind === "constructor")) return [];
  const own = fields.filter(({ modifiers, initializer }) => !modifiers.includes("static") && initializer < 0);
  if (annotationNamed(annotations, "AllArgsConstructor", "Value") !== undefined) return own.map(({ name }) => name);
  if (annotationNamed(annotations, "RequiredArgsConstructor", "Data") === undefined) return [];
  return own.filter(({ modifiers }) => modifiers.includes("final")).map(({ name }) => name);
}
