import type { ColumnFact } from "../../../facts/sql/sqlFacts.ts";
import type { Place } from "../../../text/positions.ts";
import { annotationNamed, nestedAnnotations } from "../../types/constants.ts";
import { typeNamed } from "../../types/type.ts";
import type { TypeEntry, TypeIndex } from "../../types/typeIndex.ts";
import type { Attribute, Entity, EntityLookup } from "./entity.ts";
import { hibernateType } from "./hibernateTypes.ts";
import { annotationsIn, isFilled } from "./mappedConstraints.ts";
import { type MappingNames, type Member, membersOf } from "./members.ts";

export interface MappedColumn extends ColumnFact {
  /** The attribute. */
  readonly at: Place;
}

/** An attribute with the declaration that it was read from. */
export interface Declared {
  readonly attribute: Attribute;
  readonly member: Member;
  readonly owner: TypeEntry;
  /** Its columns; of an embedded one, those of the embeddable. */
  readonly columns: readonly MappedColumn[];
}

/** Embeddables may hold each other, and keys be references. */
const DEEPEST = 4;

/** The columns that Hibernate makes of attributes. */
export class MappedColumns {
  readonly #types: TypeIndex;
  readonly #names: MappingNames;
  readonly #entities: EntityLookup;

  constructor(types: TypeIndex, names: MappingNames, entities: EntityLookup) {
    this.#types = types;
    this.#names = names;
    this.#entities = entities;
  }

  /** The attributes of an entity whose columns stand in its own table, with where they are declared. */
  declaredOf(holder: Entity, entry: TypeEntry, depth: number): readonly Declared[] {
    const members = new Map<string, { readonly member: Member; readonly owner: TypeEntry }>();
    for (const owner of this.#types.lineage(entry))
      for (const member of membersOf(owner.type)) if (!members.has(member.name)) members.set(member.name, { member, owner });
    return holder.attributes.flatMap((attribute): readonly Declared[] => {
      const found = members.get(attribute.name);
      if (found === undefined || (holder.kind === "entity" && attribute.table !== holder.table)) return [];
      return [{ attribute, ...found, columns: this.#columnsOf(attribute, found.member, found.owner, depth) }];
    });
  }

  #columnsOf(attribute: Attribute, member: Member, owner: TypeEntry, depth: number): readonly MappedColumn[] {
    const { annotations } = member;
    if (annotationNamed(annotations, "Any", "ManyToAny") !== undefined || depth > DEEPEST) return [];
    const nullable = !attribute.id && !isFilled(member);
    if (attribute.kind === "basic") {
      const type = hibernateType(attribute.type, member.type, annotations, this.constantsOf(attribute, owner) !== undefined);
      return attribute.columns.map((name) => ({ name, type, nullable, at: attribute.at }));
    }
    if (attribute.kind === "toOne") {
      const types = this.keyTypes(attribute.type, depth);
      return attribute.columns.map((name, i) => ({ name, type: types[i] ?? "", nullable, at: attribute.at }));
    }
    if (attribute.kind !== "embedded") return [];
    return this.embeddedIn(attribute, member, owner, depth).flatMap(({ columns }) => columns);
  }

  /** The attributes of the embeddable that an attribute holds, with the columns that it gives them. */
  embeddedIn(attribute: Attribute, member: Member, owner: TypeEntry, depth: number): readonly Declared[] {
    const joins = this.#joinOverrides(member, owner);
    return this.embeddable(attribute, owner, depth).map((part) => {
      const column = attribute.overrides[part.attribute.name];
      const names = joins.get(part.attribute.name) ?? (column === undefined ? [] : [column]);
      if (names.length !== part.columns.length) return part;
      const columns = part.columns.map((one, i): MappedColumn => ({ ...one, name: names[i] as string }));
      return { ...part, columns, attribute: part.attribute.columns.length === 0 ? part.attribute : { ...part.attribute, columns: names } };
    });
  }

  #joinOverrides({ annotations }: Member, owner: TypeEntry): ReadonlyMap<string, readonly string[]> {
    const overrides = new Map<string, readonly string[]>();
    for (const one of nestedAnnotations(annotations, "AssociationOverride", "AssociationOverrides")) {
      const joins = annotationsIn(one, "joinColumns").flatMap((join) => this.#names.text(join, "name", owner) ?? []);
      const name = this.#names.text(one, "name", owner);
      if (name !== undefined)
        overrides.set(
          name,
          joins.map((join) => this.#names.physical(join, owner)),
        );
    }
    return overrides;
  }

  /** The attributes of the embeddable that an attribute holds, in Hibernate's order. */
  embeddable(attribute: Attribute, owner: TypeEntry, depth: number): readonly Declared[] {
    const embeddable = this.#entities(attribute.type);
    const entry = this.#types.declared(attribute.type, owner.file.file);
    if (embeddable?.kind !== "embeddable" || entry === undefined || depth > DEEPEST) return [];
    return [...this.declaredOf(embeddable, entry, depth + 1)].sort((a, b) => (a.attribute.name < b.attribute.name ? -1 : 1));
  }

  /** The types of an entity's key columns, in the order of its attributes. */
  keyTypes(qualified: string, depth: number): readonly string[] {
    const target = this.#entities(qualified);
    const entry = target === undefined ? undefined : this.#types.declared(qualified);
    if (target?.kind !== "entity" || entry === undefined || depth > DEEPEST) return [];
    return this.declaredOf({ ...target, attributes: target.attributes.filter(({ id }) => id) }, entry, depth + 1).flatMap(({ columns }) =>
      columns.map(({ type }) => type),
    );
  }

  /** The constants of an attribute that is an enum. */
  constantsOf({ type }: Attribute, owner: TypeEntry): readonly string[] | undefined {
    const declared = this.#types.entryOf(typeNamed(type), owner.file.file)?.type;
    return declared?.kind === "enum" ? declared.fields.filter(({ origin }) => origin === "constant").map(({ name }) => name) : undefined;
  }
}
