import type { JavaAnnotation } from "../../../facts/java/javaFacts.ts";
import type { TableName } from "../../../facts/sql/sqlFacts.ts";
import type { MappedChange } from "../../schema/sets/mapped.ts";
import { annotationNamed, annotationValue, constantTexts } from "../../types/constants.ts";
import type { TypeEntry, TypeIndex } from "../../types/typeIndex.ts";
import type { EntityLookup } from "./entity.ts";
import { type Attribute, attributeOf, type Entity, type JoinTable } from "./entity.ts";
import { hibernateType } from "./hibernateTypes.ts";
import { type Declared, type MappedColumn, MappedColumns } from "./mappedColumns.ts";
import { annotationsIn, is, isFilled, limitTo, uniqueOf } from "./mappedConstraints.ts";
import { MappedStatements } from "./mappedStatements.ts";
import { contextOf, joinColumnsIn, type MappingNames, type Member } from "./members.ts";

/** What the reader of mapped tables asks. */
export interface Mapping {
  readonly types: TypeIndex;
  readonly names: MappingNames;
  readonly entities: EntityLookup;
  /** Whether Hibernate makes a one-to-one that may be missing unique, too: from 6.2 on. */
  readonly uniqueOptional: (file: string) => boolean;
}

/** The table that Hibernate makes of an entity, as the statements that would make it: nothing for a class without one. */
export function mappedTable(mapping: Mapping, entry: TypeEntry, entity: Entity): readonly MappedChange[] {
  if (entity.kind !== "entity" || entity.table === "") return [];
  if (annotationNamed(entry.type.annotations, "Subselect", "View") !== undefined) return [];
  return new TableMaker(mapping, entry, entity).make();
}

class TableMaker {
  readonly #mapping: Mapping;
  readonly #entry: TypeEntry;
  readonly #entity: Entity;
  readonly #columns: MappedColumns;
  readonly #table: TableName;
  readonly #made = new MappedStatements();

  constructor(mapping: Mapping, entry: TypeEntry, entity: Entity) {
    this.#mapping = mapping;
    this.#entry = entry;
    this.#entity = entity;
    this.#columns = new MappedColumns(mapping.types, mapping.names, mapping.entities);
    this.#table = { namespace: entity.namespace, name: entity.table };
  }

  make(): readonly MappedChange[] {
    const { annotations } = this.#entry.type;
    const above = this.#sharing();
    // The table of a hierarchy is that of its root, where alone Hibernate takes an `@Table`.
    this.#made.createTable(this.#table, (above.at(-1) ?? this.#entity).at);
    // Columns of another table, which the mapping's model does not tell apart.
    if (annotationNamed(annotations, "SecondaryTable", "SecondaryTables") !== undefined)
      this.#made.unclear(this.#table, this.#entity.at.file);
    const [nearest] = above;
    const declared = this.#columns
      .declaredOf(this.#entity, this.#entry, 0)
      .filter(({ attribute }) => nearest === undefined || attributeOf(nearest, attribute.name) === undefined);
    const shared = this.#sharedWithKey(declared);
    for (const one of declared) this.#attribute(one, shared, nearest !== undefined);
    if (nearest === undefined) {
      this.#discriminator();
      this.#key(declared, shared);
    }
    this.#annotated(annotationNamed(annotations, "Table"), this.#table, this.#entry);
    return this.#made.changes;
  }

  #key(declared: readonly Declared[], shared: ReadonlyMap<string, string>): void {
    // Hibernate orders the parts of a key by the names of their attributes.
    const ids = declared.filter(({ attribute }) => attribute.id).sort(byName);
    const columns = ids.flatMap((one) => one.columns.map(({ name }) => shared.get(name) ?? name));
    const at = ids[0]?.attribute.at;
    if (at !== undefined) this.#made.constrain(this.#table, at, uniqueOf("primary", [...new Set(columns)], at));
    const parent = this.#joined();
    if (at !== undefined && parent !== undefined) this.#made.references(this.#table, at, columns, parent.table);
    const natural = declared.filter(({ member }) => annotationNamed(member.annotations, "NaturalId") !== undefined);
    const place = natural[0]?.attribute.at;
    const names = natural.flatMap((one) => one.columns.map(({ name }) => name));
    if (place !== undefined) this.#made.constrain(this.#table, place, uniqueOf("unique", names, place));
  }

  /** The entity whose rows go on in the table: joined inheritance. */
  #joined(): Entity | undefined {
    const { types, entities } = this.#mapping;
    const above = types.lineage(this.#entry).slice(1);
    const strategy = above.map(({ type }) => annotationValue(annotationNamed(type.annotations, "Inheritance"), "strategy"));
    if (!strategy.some((value) => value?.kind === "reference" && value.name.endsWith("JOINED"))) return undefined;
    return above.map(({ type }) => entities(type.qualified)).find((entity) => entity?.kind === "entity");
  }

  /** What tells the classes of one table apart. */
  #discriminator(): void {
    const { types, names } = this.#mapping;
    const { annotations } = this.#entry.type;
    const given = annotationNamed(annotations, "DiscriminatorColumn");
    const shares =
      given !== undefined ||
      types.descendantsOf(this.#entry).some((below) => isSameTable(this.#mapping.entities(below.type.qualified), this.#entity));
    if (!shares) return;
    const name = names.physical(names.text(given, "name", this.#entry) || "dtype", this.#entry);
    this.#made.add(this.#table, { name, type: "varchar(31)", nullable: false, at: this.#entity.at });
  }

  /** The entities above whose table holds the class, too, the nearest first. */
  #sharing(): readonly Entity[] {
    const above = this.#mapping.types.lineage(this.#entry).slice(1);
    return above
      .map(({ type }) => this.#mapping.entities(type.qualified))
      .filter((entity) => entity !== undefined)
      .filter((entity) => isSameTable(entity, this.#entity));
  }

  #attribute({ attribute, member, owner, columns }: Declared, shared: ReadonlyMap<string, string>, optional: boolean): void {
    // A row of the table may be one of another class.
    for (const column of columns)
      if (!shared.has(column.name)) this.#made.add(this.#table, optional ? { ...column, nullable: true } : column);
    const { annotations } = member;
    if (attribute.kind === "toOne") this.#reference(attribute, member, owner);
    else if (attribute.kind === "toMany") this.#toMany(attribute, member, owner);
    else if (attribute.kind === "elements") this.#elements(attribute, member, owner);
    else if (attribute.kind === "embedded") this.#embedded(attribute, member, owner, columns, 0);
    else {
      const names = columns.map(({ name }) => name);
      if (is(annotationNamed(annotations, "Column"), "unique", true))
        this.#made.constrain(this.#table, attribute.at, uniqueOf("unique", names, attribute.at));
      const constants = this.#columns.constantsOf(attribute, owner);
      const check = limitTo(constants, columns[0], attribute.at);
      if (check !== undefined) this.#made.constrain(this.#table, attribute.at, check);
    }
    if (annotationNamed(annotations, "Index") !== undefined && columns.length > 0)
      this.#made.index(this.#table, attribute.at, columns.map(({ name }) => name).join(), undefined, false);
  }

  /** What an embeddable refers to. */
  #embedded(attribute: Attribute, member: Member, owner: TypeEntry, columns: readonly MappedColumn[], depth: number): void {
    if (columns.length === 0) this.#made.unclear(this.#table, this.#entity.at.file);
    for (const part of this.#columns.embeddedIn(attribute, member, owner, depth)) {
      if (part.attribute.kind === "toOne") this.#reference(part.attribute, part.member, part.owner);
      else if (part.attribute.kind === "embedded") this.#embedded(part.attribute, part.member, part.owner, part.columns, depth + 1);
    }
  }

  /** `@MapsId`: by column of the key, the join column that stands for it. */
  #sharedWithKey(declared: readonly Declared[]): ReadonlyMap<string, string> {
    const shared = new Map<string, string>();
    for (const { attribute, member, owner } of declared) {
      const mapsId = annotationNamed(member.annotations, "MapsId");
      if (mapsId === undefined || attribute.kind !== "toOne") continue;
      const part = this.#mapping.names.text(mapsId, "value", owner);
      const keys = declared.filter((one) => one.attribute.id);
      const replaced = part
        ? keys.flatMap((one) => this.#columns.embeddable(one.attribute, one.owner, 0)).filter((one) => one.attribute.name === part)
        : keys;
      for (const [i, { name }] of replaced.flatMap(({ columns }) => columns).entries()) {
        const column = attribute.columns[i];
        if (column !== undefined && column !== name) shared.set(name, column);
      }
    }
    return shared;
  }

  #reference(attribute: Attribute, member: Member, owner: TypeEntry): void {
    if (attribute.columns.length === 0) return;
    const { annotations } = member;
    const joins = joinColumnsIn(annotations);
    const parent = this.#mapping.entities(attribute.type);
    if (parent !== undefined)
      this.#made.foreignKey(this.#table, attribute, attribute.columns, parent, member, this.#referred(joins, owner));
    const oneToOne = annotationNamed(annotations, "OneToOne");
    const single = oneToOne !== undefined && (isFilled(member) || this.#mapping.uniqueOptional(owner.file.file));
    const isKey = attribute.id || annotationNamed(annotations, "MapsId") !== undefined;
    if ((single && !isKey) || joins.some((join) => is(join, "unique", true)))
      this.#made.constrain(this.#table, attribute.at, uniqueOf("unique", attribute.columns, attribute.at));
  }

  /** The columns of the parent that join columns name; empty where they mean its key. */
  #referred(joins: readonly JavaAnnotation[], owner: TypeEntry): readonly string[] {
    const named = joins.map((join) => this.#mapping.names.text(join, "referencedColumnName", owner) ?? "");
    return named.length > 0 && named.every((name) => name !== "") ? named.map((name) => this.#mapping.names.physical(name, owner)) : [];
  }

  #toMany(attribute: Attribute, member: Member, owner: TypeEntry): void {
    const { through } = attribute;
    const target = this.#mapping.entities(attribute.type);
    if (through === undefined || through.table === "" || target === undefined) return;
    const table: TableName = { namespace: undefined, name: through.table };
    const own = this.#columns.keyTypes(this.#entity.qualified, 0);
    const joins = through.columns.map(
      (name, i): MappedColumn => ({ name, type: own[i] ?? "", nullable: through.inverse.length === 0, at: attribute.at }),
    );
    if (through.inverse.length === 0) {
      // The join columns stand in the target's table.
      for (const column of joins) this.#made.add(table, column);
      this.#made.foreignKey(table, attribute, through.columns, this.#entity, member, []);
      return;
    }
    const others = this.#columns.keyTypes(attribute.type, 0);
    const inverse = through.inverse.map((name, i): MappedColumn => ({ name, type: others[i] ?? "", nullable: false, at: attribute.at }));
    this.#made.createTable(table, attribute.at);
    for (const column of [...joins, ...inverse]) this.#made.add(table, column);
    this.#made.foreignKey(table, attribute, through.columns, this.#entity, member, []);
    this.#made.foreignKey(table, attribute, through.inverse, target, member, []);
    if (annotationNamed(member.annotations, "OneToMany") !== undefined)
      this.#made.constrain(table, attribute.at, uniqueOf("unique", through.inverse, attribute.at));
    this.#collectionKey(table, attribute, member, owner, through, inverse);
    this.#annotated(annotationNamed(member.annotations, "JoinTable"), table, owner);
  }

  #elements(attribute: Attribute, member: Member, owner: TypeEntry): void {
    const { through } = attribute;
    if (through === undefined || through.table === "") return;
    const table: TableName = { namespace: undefined, name: through.table };
    const own = this.#columns.keyTypes(this.#entity.qualified, 0);
    const elements = this.#elementColumns(attribute, member, owner);
    this.#made.createTable(table, attribute.at);
    for (const [i, name] of through.columns.entries())
      this.#made.add(table, { name, type: own[i] ?? "", nullable: false, at: attribute.at });
    for (const column of elements) this.#made.add(table, column);
    this.#made.foreignKey(table, attribute, through.columns, this.#entity, member, []);
    this.#collectionKey(
      table,
      attribute,
      member,
      owner,
      through,
      elements.filter(({ nullable }) => !nullable),
    );
    this.#annotated(annotationNamed(member.annotations, "CollectionTable"), table, owner);
  }

  #elementColumns(attribute: Attribute, member: Member, owner: TypeEntry): readonly MappedColumn[] {
    const embeddable = this.#columns.embeddable({ ...attribute, kind: "embedded" }, owner, 0);
    if (embeddable.length > 0) return embeddable.flatMap(({ columns }) => columns);
    const { names } = this.#mapping;
    const name = names.physical(names.text(annotationNamed(member.annotations, "Column"), "name", owner) || member.name, owner);
    const type = hibernateType(
      attribute.type,
      elementType(member.type),
      member.annotations,
      this.#columns.constantsOf(attribute, owner) !== undefined,
    );
    return [{ name, type, nullable: !is(annotationNamed(member.annotations, "Column"), "nullable", false), at: attribute.at }];
  }

  /** The primary key of a join or collection table: a set has one of all that is not null, a map and an ordered list of their keys, a bag none. */
  #collectionKey(
    table: TableName,
    attribute: Attribute,
    member: Member,
    owner: TypeEntry,
    through: JoinTable,
    elements: readonly MappedColumn[],
  ): void {
    const own = attribute.container === "set" ? elements : this.#positionColumns(attribute, member, owner);
    if (own.length === 0) return;
    if (attribute.container !== "set") for (const column of own) this.#made.add(table, column);
    this.#made.constrain(table, attribute.at, uniqueOf("primary", [...through.columns, ...own.map(({ name }) => name)], attribute.at));
  }

  /** The keys of a map, the positions of an ordered list. */
  #positionColumns(attribute: Attribute, member: Member, owner: TypeEntry): readonly MappedColumn[] {
    const { names, types } = this.#mapping;
    const of = (annotation: string, fallback: string, type: string): MappedColumn => {
      const name = names.text(annotationNamed(member.annotations, annotation), "name", owner) || fallback;
      return { name: names.physical(name, owner), type, nullable: false, at: attribute.at };
    };
    if (attribute.container !== "map") return attribute.ordered ? [of("OrderColumn", `${member.name}_order`, "int4")] : [];
    const key = types.resolve(member.type, contextOf(owner))?.args[0]?.name ?? "";
    const isJoin = annotationNamed(member.annotations, "MapKeyJoinColumn") !== undefined;
    return [of(isJoin ? "MapKeyJoinColumn" : "MapKeyColumn", `${member.name}_key`, hibernateType(key, key, [], false))];
  }

  /** `indexes` and `uniqueConstraints` of `@Table`, `@JoinTable` and `@CollectionTable`. */
  #annotated(annotation: JavaAnnotation | undefined, table: TableName, owner: TypeEntry): void {
    const { names, types } = this.#mapping;
    for (const one of annotationsIn(annotation, "indexes")) {
      const columns = names.text(one, "columnList", owner);
      if (columns === undefined) continue;
      const physical = columns.split(",").map((column) => column.trim());
      const listed = physical.map((column) => this.#indexKey(column, owner)).join();
      this.#made.index(table, { file: owner.file.file, ...one.span }, listed, names.text(one, "name", owner), is(one, "unique", true));
    }
    for (const one of annotationsIn(annotation, "uniqueConstraints")) {
      const value = annotationValue(one, "columnNames");
      const columns = value === undefined ? [] : constantTexts(value, contextOf(owner), types).map((name) => names.physical(name, owner));
      if (columns.length > 0)
        this.#made.constrain(
          table,
          { file: owner.file.file, ...one.span },
          uniqueOf("unique", columns, one.span, names.text(one, "name", owner) || undefined),
        );
    }
  }

  #indexKey(column: string, owner: TypeEntry): string {
    const [name = "", ...order] = column.split(/\s+/);
    return [this.#mapping.names.physical(name, owner), ...order].join(" ");
  }
}

const byName = (a: Declared, b: Declared): number => (a.attribute.name < b.attribute.name ? -1 : 1);

const isSameTable = (other: Entity | undefined, entity: Entity): boolean => other?.kind === "entity" && other.table === entity.table;

/** What a collection holds, as it is written: of a map, its values. */
function elementType(declared: string): string {
  return /[<,]\s*([\w.]+(?:\[\])?)\s*>$/.exec(declared)?.[1] ?? declared;
}
