import type { JavaAnnotation, JavaType } from "../../../facts/java/javaFacts.ts";
import type { Place } from "../../../text/positions.ts";
import { annotationNamed, annotationValue, constantText, nestedAnnotations } from "../../types/constants.ts";
import { type Type, typeNamed } from "../../types/type.ts";
import type { TypeEntry, TypeIndex } from "../../types/typeIndex.ts";
import { associationTraits, entityTraits, hibernateFetch } from "./associations.ts";
import { heldColumns } from "./collections.ts";
import type { Attribute, Entity, JoinTable } from "./entity.ts";
import { formulasOf } from "./formulas.ts";
import { contextOf, joinColumnsIn, type MappingNames, type Member, membersOf } from "./members.ts";
import { type InheritanceStrategy, providerAdditions } from "./providerAdditions.ts";
import { tenantColumn } from "./tenantColumn.ts";

/** Whether a class is mapped, by its own annotations. */
export function mappedKind(type: JavaType): Entity["kind"] | undefined {
  if (type.kind === "interface" || type.kind === "annotation") return undefined;
  if (annotationNamed(type.annotations, "Entity") !== undefined) return "entity";
  if (annotationNamed(type.annotations, "Embeddable") !== undefined) return "embeddable";
  return annotationNamed(type.annotations, "MappedSuperclass") === undefined ? undefined : "mapped";
}

const comparesItself = ({ annotations, methods }: JavaType): boolean =>
  methods.some(
    ({ name, parameters }) => (name === "equals" && parameters.length === 1) || (name === "hashCode" && parameters.length === 0),
  ) || annotationNamed(annotations, "EqualsAndHashCode", "Data") !== undefined;

/** Reads the mapping of a class from its annotations, by the defaults of JPA and Hibernate. */
export class EntityReader {
  readonly #types: TypeIndex;
  readonly #names: MappingNames;

  constructor(types: TypeIndex, names: MappingNames) {
    this.#types = types;
    this.#names = names;
  }

  read(entry: TypeEntry): Entity | undefined {
    const kind = mappedKind(entry.type);
    if (kind === undefined) return undefined;
    const table = kind === "entity" ? this.#tableOf(entry) : "";
    const strategy = kind === "entity" ? this.#strategyOf(entry) : undefined;
    const attributes = new Map<string, Attribute>();
    // What a mapped superclass declares belongs to the nearest entity below it.
    let below = entry;
    for (const above of this.#types.lineage(entry)) {
      const aboveKind = mappedKind(above.type);
      if (aboveKind === undefined || (aboveKind === "embeddable") !== (kind === "embeddable")) continue;
      if (aboveKind === "entity") below = above;
      // Each class of its own table has what it inherits there.
      const holder = strategy === "TABLE_PER_CLASS" ? table : kind === "entity" ? this.#tableOf(below) : "";
      const overrides = this.#overrides(below.type.annotations, below);
      for (const attribute of this.#attributesOf(above, holder)) {
        if (attributes.has(attribute.name)) continue;
        const column = overrides[attribute.name];
        // Each table of joined inheritance has the key.
        const placed = attribute.id ? { ...attribute, table } : attribute;
        attributes.set(attribute.name, column === undefined ? placed : { ...placed, columns: [column] });
      }
    }
    const name = annotationValue(annotationNamed(entry.type.annotations, "Entity"), "name");
    const formulas = kind === "entity" ? formulasOf(this.#types, this.#names, entry) : [];
    const namespace = kind === "entity" ? this.#namespaceOf(entry) : undefined;
    const tenant = kind === "entity" ? tenantColumn(this.#types, entry, attributes) : undefined;
    return {
      name: entry.type.name,
      qualified: entry.type.qualified,
      entityName: (name === undefined ? undefined : constantText(name, contextOf(entry), this.#types)) || entry.type.name,
      kind,
      table,
      attributes: [...attributes.values()],
      ...(namespace === undefined ? {} : { namespace }),
      ...(tenant === undefined ? {} : { tenantColumn: tenant }),
      ...(kind === "entity" && this.#types.lineage(entry).some(({ type }) => comparesItself(type))
        ? { comparesItself: true as const }
        : {}),
      ...(formulas.length > 0 && { formulas }),
      ...(kind === "entity" ? providerAdditions(this.#types, entry, strategy) : {}),
      ...entityTraits(entry.type.annotations, contextOf(entry), this.#types),
      at: { file: entry.file.file, ...entry.type.nameSpan },
    };
  }

  #rootOf(entry: TypeEntry): TypeEntry {
    let root = entry;
    for (const above of this.#types.lineage(entry)) if (mappedKind(above.type) === "entity") root = above;
    return root;
  }

  /** Undefined where the root of the hierarchy says nothing. */
  #strategyOf(entry: TypeEntry): InheritanceStrategy | undefined {
    const given = annotationValue(annotationNamed(this.#rootOf(entry).type.annotations, "Inheritance"), "strategy");
    const name = given?.kind === "reference" ? given.name.slice(given.name.lastIndexOf(".") + 1) : undefined;
    return name === "JOINED" || name === "TABLE_PER_CLASS" || name === "SINGLE_TABLE" ? name : undefined;
  }

  /** With single-table inheritance, the default, the root's table holds the subclasses. */
  #ownerOf(entry: TypeEntry): TypeEntry {
    const strategy = this.#strategyOf(entry);
    return strategy === "JOINED" || strategy === "TABLE_PER_CLASS" ? entry : this.#rootOf(entry);
  }

  #namespaceOf(entry: TypeEntry): string | undefined {
    const owner = this.#ownerOf(entry);
    return this.#names.text(annotationNamed(owner.type.annotations, "Table"), "schema", owner)?.toLowerCase() || undefined;
  }

  #tableOf(entry: TypeEntry): string {
    const owner = this.#ownerOf(entry);
    const given = this.#names.text(annotationNamed(owner.type.annotations, "Table"), "name", owner);
    const entityName = this.#names.text(annotationNamed(owner.type.annotations, "Entity"), "name", owner);
    return this.#names.table(given || entityName || owner.type.name, owner);
  }

  #attributesOf(entry: TypeEntry, table: string): readonly Attribute[] {
    return membersOf(entry.type)
      .map((member) => this.#attribute(entry, member, table))
      .filter((attribute) => attribute !== undefined);
  }

  #attribute(entry: TypeEntry, member: Member, table: string): Attribute | undefined {
    const { annotations } = member;
    if (annotationNamed(annotations, "Transient", "Formula") !== undefined) return undefined;
    const context = contextOf(entry);
    const type = this.#types.resolve(member.type, context);
    const common = {
      name: member.name,
      table,
      columns: [] as readonly string[],
      type: type?.name ?? member.type,
      id: annotationNamed(annotations, "Id", "EmbeddedId") !== undefined,
      fewValues: false,
      mappedBy: undefined,
      through: undefined,
      overrides: {},
      ...associationTraits(annotations, member.type),
      ...(annotationNamed(annotations, ...RESTRICTIONS) === undefined ? {} : { restricted: true as const }),
      at: { file: entry.file.file, ...member.nameSpan } satisfies Place,
    } as const;
    const toOne = annotationNamed(annotations, "ManyToOne", "OneToOne");
    if (toOne !== undefined) {
      const mappedBy = this.#mappedBy(toOne, entry);
      const target = this.#target(toOne, type, entry);
      const columns = mappedBy === undefined ? this.#joinColumns(member, target, entry) : [];
      const byKey = annotationNamed(annotations, "MapsId", "PrimaryKeyJoinColumn") !== undefined;
      const fetch = fetchOf(toOne, annotations, "eager");
      const referred = mappedBy === undefined ? this.#referred(member, target, entry) : undefined;
      return {
        kind: "toOne",
        fetch,
        ...common,
        type: target?.name ?? common.type,
        columns,
        mappedBy,
        ...(byKey && { byKey }),
        ...(referred && { referred }),
      };
    }
    // What is written at a text is a slip: nothing is loaded for it.
    const toMany = member.type === "String" ? undefined : annotationNamed(annotations, "OneToMany", "ManyToMany");
    if (toMany !== undefined) {
      const mappedBy = this.#mappedBy(toMany, entry);
      const target = this.#target(toMany, elementOf(type), entry);
      const through = mappedBy === undefined ? this.#joinTable(member, target, entry, table) : undefined;
      return {
        kind: "toMany",
        fetch: fetchOf(toMany, annotations, "lazy"),
        ...common,
        type: target?.name ?? common.type,
        mappedBy,
        through,
      };
    }
    const elements = annotationNamed(annotations, "ElementCollection");
    if (elements !== undefined) {
      const through = this.#collectionTable(member, type, entry);
      const overrides = this.#overrides(annotations, entry);
      const fetch = fetchOf(elements, annotations, "lazy");
      return { kind: "elements", fetch, ...common, type: elementOf(type)?.name ?? common.type, through, overrides };
    }
    const declared = type === undefined ? undefined : this.#types.entryOf(type, entry.file.file);
    const embedded =
      annotationNamed(annotations, "Embedded", "EmbeddedId") !== undefined ||
      (declared !== undefined && mappedKind(declared.type) === "embeddable");
    if (embedded) return { kind: "embedded", fetch: "eager", ...common, overrides: this.#overrides(annotations, entry) };
    const column = this.#names.text(annotationNamed(annotations, "Column"), "name", entry) || member.name;
    const enumerated = declared?.type.kind === "enum" || annotationNamed(annotations, "Enumerated") !== undefined;
    return {
      kind: "basic",
      fetch: "eager",
      ...common,
      columns: [this.#names.physical(column, entry)],
      fewValues: enumerated || /^(?:java\.lang\.)?[bB]oolean$/.test(common.type),
    };
  }

  /** Also of the generated metamodel, which is unseen: `Owner_.FIRST_PET` names "firstPet". */
  #mappedBy(annotation: JavaAnnotation, entry: TypeEntry): string | undefined {
    const value = annotationValue(annotation, "mappedBy");
    if (value?.kind !== "reference") return this.#names.text(annotation, "mappedBy", entry);
    const constant = value.name.slice(value.name.lastIndexOf(".") + 1);
    return (
      constantText(value, contextOf(entry), this.#types) ??
      constant.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
    );
  }

  #target(annotation: JavaAnnotation, type: Type | undefined, entry: TypeEntry): Type | undefined {
    const given = annotationValue(annotation, "targetEntity");
    if (given?.kind === "reference" && given.name.endsWith(".class"))
      return typeNamed(this.#types.resolveName(given.name.slice(0, -".class".length), contextOf(entry)));
    return type;
  }

  /** `@JoinColumn`s, else JPA's default: the attribute's name, "_", the name of the column referred to. */
  #joinColumns(member: Member, target: Type | undefined, entry: TypeEntry): readonly string[] {
    const given = joinColumnsIn(member.annotations).map((annotation) => this.#names.text(annotation, "name", entry));
    // `@MapsId` and `@PrimaryKeyJoinColumn` share the primary key's columns unless a join column says otherwise.
    if (given.length === 0 && annotationNamed(member.annotations, "PrimaryKeyJoinColumn") !== undefined) return [];
    const defaults = this.#defaultReference(member.name, target, entry);
    if (given.length === 0) return defaults;
    return given.map((name, i) => (name ? this.#names.physical(name, entry) : (defaults[i] ?? ""))).filter((name) => name !== "");
  }

  /** The columns that `referencedColumnName` of all join columns names, where they are not the other side's key. */
  #referred(member: Member, target: Type | undefined, entry: TypeEntry): readonly string[] | undefined {
    const named = joinColumnsIn(member.annotations).map((join) => this.#names.text(join, "referencedColumnName", entry) ?? "");
    if (named.length === 0 || named.includes("")) return undefined;
    const referred = named.map((name) => this.#names.physical(name, entry));
    const key = this.#idNames(target, entry).map((name) => this.#names.physical(name, entry));
    return referred.join() === key.join() ? undefined : referred;
  }

  #defaultReference(prefix: string, target: Type | undefined, entry: TypeEntry): readonly string[] {
    const ids = this.#idNames(target, entry);
    return ids.map((id) => this.#names.physical(`${prefix}_${id}`, entry));
  }

  /** The logical names of an entity's id columns; "id" where the entity is not in the workspace. */
  #idNames(target: Type | undefined, entry: TypeEntry): readonly string[] {
    const declared = target === undefined ? undefined : this.#types.entryOf(target, entry.file.file);
    if (declared === undefined) return ["id"];
    for (const above of this.#types.lineage(declared)) {
      const ids = membersOf(above.type).filter((member) => annotationNamed(member.annotations, "Id") !== undefined);
      if (ids.length > 0) return ids.map((id) => this.#names.text(annotationNamed(id.annotations, "Column"), "name", above) || id.name);
    }
    return ["id"];
  }

  #joinTable(member: Member, target: Type | undefined, entry: TypeEntry, table: string): JoinTable {
    const annotation = annotationNamed(member.annotations, "JoinTable");
    const inTarget = annotation === undefined ? joinColumnsIn(member.annotations) : [];
    const targetEntry = target === undefined ? undefined : this.#types.entryOf(target, entry.file.file);
    const targetTable = targetEntry !== undefined && mappedKind(targetEntry.type) === "entity" ? this.#tableOf(targetEntry) : "";
    if (inTarget.length > 0) {
      const columns = inTarget.map((join) => this.#names.text(join, "name", entry)).filter((name) => name !== undefined);
      return { table: targetTable, columns: columns.map((name) => this.#names.physical(name, entry)), inverse: [] };
    }
    const columns = this.#namesIn(annotation, "joinColumns", entry);
    const inverse = this.#namesIn(annotation, "inverseJoinColumns", entry);
    return {
      table: this.#names.table(this.#names.text(annotation, "name", entry) || `${table}_${member.name}`, entry),
      columns: columns.length > 0 ? columns : this.#ownerReference(this.#inverseOf(member, targetEntry) ?? this.#entityName(entry), entry),
      inverse: inverse.length > 0 ? inverse : this.#defaultReference(member.name, target, entry),
    };
  }

  /** Columns that point back to the entity. */
  #ownerReference(prefix: string, entry: TypeEntry): readonly string[] {
    return this.#idNames(typeNamed(entry.type.qualified), entry).map((id) => this.#names.physical(`${prefix}_${id}`, entry));
  }

  #entityName(entry: TypeEntry): string {
    return this.#names.text(annotationNamed(entry.type.annotations, "Entity"), "name", entry) || entry.type.name;
  }

  /** The attribute of the other side that says that a member owns the association. */
  #inverseOf(member: Member, target: TypeEntry | undefined): string | undefined {
    const others = target === undefined ? [] : this.#types.lineage(target).flatMap(({ type }) => membersOf(type));
    return others.find(({ annotations }) => {
      const toMany = annotationNamed(annotations, "ManyToMany");
      return target !== undefined && toMany !== undefined && this.#mappedBy(toMany, target) === member.name;
    })?.name;
  }

  #collectionTable(member: Member, type: Type | undefined, entry: TypeEntry): JoinTable {
    // Hibernate takes @JoinTable, too.
    const annotation = annotationNamed(member.annotations, "CollectionTable") ?? annotationNamed(member.annotations, "JoinTable");
    const columns = this.#namesIn(annotation, "joinColumns", entry);
    const name = this.#entityName(entry);
    return {
      table: this.#names.table(this.#names.text(annotation, "name", entry) || `${name}_${member.name}`, entry),
      columns: columns.length > 0 ? columns : this.#ownerReference(name, entry),
      inverse: [],
      ...heldColumns(member, type, elementOf(type), entry, { types: this.#types, names: this.#names }),
    };
  }

  #namesIn(annotation: JavaAnnotation | undefined, argument: string, entry: TypeEntry): readonly string[] {
    const value = annotationValue(annotation, argument);
    const values = value === undefined ? [] : value.kind === "array" ? value.values : [value];
    return values
      .map((one) => (one.kind === "annotation" ? this.#names.text(one.annotation, "name", entry) : undefined))
      .filter((name) => name !== undefined)
      .map((name) => this.#names.physical(name, entry));
  }

  #overrides(annotations: readonly JavaAnnotation[], entry: TypeEntry): Readonly<Record<string, string>> {
    const overrides: Record<string, string> = {};
    for (const annotation of nestedAnnotations(annotations, "AttributeOverride", "AttributeOverrides")) {
      const attribute = this.#names.text(annotation, "name", entry);
      const column = annotationValue(annotation, "column");
      const name = column?.kind === "annotation" ? this.#names.text(column.annotation, "name", entry) : undefined;
      // Of a map the name says whether its values are meant, or its keys.
      if (attribute !== undefined && name !== undefined) overrides[attribute.replace(/^value\./, "")] = this.#names.physical(name, entry);
    }
    return overrides;
  }
}

const RESTRICTIONS = ["SQLRestriction", "SQLJoinTableRestriction", "Where", "WhereJoinTable"] as const;

function fetchOf(mapping: JavaAnnotation, annotations: readonly JavaAnnotation[], normally: Attribute["fetch"]): Attribute["fetch"] {
  const own = hibernateFetch(annotations);
  if (own !== undefined) return own;
  const value = annotationValue(mapping, "fetch");
  if (value?.kind !== "reference") return normally;
  return value.name.endsWith("LAZY") ? "lazy" : "eager";
}

/** What a collection holds; of a map, its values. */
function elementOf(type: Type | undefined): Type | undefined {
  if (type === undefined) return undefined;
  return type.dimensions > 0 ? { ...type, dimensions: type.dimensions - 1 } : type.args.at(-1);
}
