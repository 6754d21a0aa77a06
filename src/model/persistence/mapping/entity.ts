import type { Place } from "../../../text/positions.ts";
import type { Formula } from "./formulas.ts";

/** A JPA entity, embeddable or mapped superclass with everything that it inherits. Plain data. */
export interface Entity {
  /** Simple name of the class. */
  readonly name: string;
  readonly qualified: string;
  /** The name in JPQL: `@Entity(name = …)`, else the class's. */
  readonly entityName: string;
  readonly kind: "entity" | "embeddable" | "mapped";
  /** Physical name without the schema, lower case; "" for what has no table of its own. */
  readonly table: string;
  /** PostgreSQL's schema that the mapping names, lower case. */
  readonly namespace?: string;
  readonly attributes: readonly Attribute[];
  /** `@BatchSize` on the class: references to it are loaded several at a time. */
  readonly grouped: boolean;
  /** The column that each query of the entity asks for besides: `@TenantId`, `@TenantDiscriminatorColumn`. */
  readonly tenantColumn?: string;
  /** The SQL that each query of the entity asks for besides: `@SQLRestriction`, `@Where`. */
  readonly restriction?: string;
  /** What Hibernate selects besides its columns, where there is such a thing. */
  readonly formulas?: readonly Formula[];
  /** Spring Data JDBC or R2DBC keeps it, not a provider of JPA. */
  readonly aggregate?: true;
  /** Why queries of the entity read other rows or tables than the mapping of its own class tells. */
  readonly more?: string;
  /** Has its own `equals` or `hashCode`, written or Lombok's: comparing a reference to it loads it. */
  readonly comparesItself?: true;
  /** In Hibernate's second-level cache. */
  readonly cached: boolean;
  /** Attribute paths of its named entity graphs, by the graph's name. */
  readonly graphs: Readonly<Record<string, readonly string[]>>;
  /** Properties that `@JsonIgnoreProperties` leaves out. */
  readonly hiddenInJson: readonly string[];
  /** The class's name. */
  readonly at: Place;
}

export interface Attribute {
  readonly name: string;
  readonly kind: "basic" | "embedded" | "toOne" | "toMany" | "elements";
  /** The table that holds the columns; another than the entity's with joined inheritance. */
  readonly table: string;
  /**
   * Physical columns, lower case: the one of a basic attribute, the join columns of an owning to-one. Empty for the others, and
   * where they cannot be known.
   */
  readonly columns: readonly string[];
  /** The columns of the other side that an owning to-one's join columns hold, in their order, where they are not its key. */
  readonly referred?: readonly string[];
  /** Qualified name of the entity or embeddable, or of a basic attribute's type. */
  readonly type: string;
  readonly id: boolean;
  /** A basic attribute with few values: an enum or a boolean. */
  readonly fewValues: boolean;
  readonly fetch: "lazy" | "eager";
  /** The attribute on the other side that holds the join columns. */
  readonly mappedBy: string | undefined;
  /** `@MapsId` or `@PrimaryKeyJoinColumn`: both sides have the same primary key. */
  readonly byKey?: true;
  /** For collections: where their rows, or the pairs of keys, are kept; `columns` point back to the owner. */
  readonly through: JoinTable | undefined;
  /** What a to-many attribute is declared as; undefined for what is none of these. */
  readonly container: "list" | "set" | "map" | undefined;
  /** A list whose order is kept in a column: no bag. */
  readonly ordered: boolean;
  /** What is put into it is saved with its owner. */
  readonly cascades?: true;
  /** What is in it is deleted with its owner: `cascade = ALL` or REMOVE, `orphanRemoval`. */
  readonly removes?: true;
  /** `@BatchSize` or `@Fetch(SUBSELECT)`: loaded for several owners at a time; `@Cache`: found in the second-level cache. */
  readonly grouped: boolean;
  /** Left out of JSON. */
  readonly hidden: boolean;
  /** `@CreationTimestamp`, `@CreatedDate`: it holds the time at which a row is written. */
  readonly stamped?: true;
  /** A collection of some of the rows only: `@SQLRestriction`, `@Where`. */
  readonly restricted?: true;
  /** `@AttributeOverride` of an embedded attribute: column by attribute name. */
  readonly overrides: Readonly<Record<string, string>>;
  readonly at: Place;
}

export interface JoinTable {
  readonly table: string;
  /** The columns that point to the owner. */
  readonly columns: readonly string[];
  /** The columns that point to the other side; empty for a collection table, and for join columns in the other side's table. */
  readonly inverse: readonly string[];
  /** Of a collection table: what is collected, where it is no embeddable. */
  readonly values?: HeldColumns;
  /** Of a collection table: the keys of a map. */
  readonly keys?: HeldColumns;
}

export interface HeldColumns {
  readonly columns: readonly string[];
  /** An enum or a boolean. */
  readonly fewValues: boolean;
}

export function attributeOf(entity: Entity, name: string): Attribute | undefined {
  return entity.attributes.find((attribute) => attribute.name === name);
}

/** Whether an attribute is one of an entity's, its own or inherited. */
export function hasAttribute(entity: Entity, { name, at }: Attribute): boolean {
  const own = attributeOf(entity, name)?.at;
  return own?.file === at.file && own.start === at.start;
}

/** The columns of the primary key, embedded keys left out. */
export function idColumns(entity: Entity): readonly string[] {
  return entity.attributes.filter((attribute) => attribute.id).flatMap((attribute) => attribute.columns);
}

/** The columns of a to-one's other side that its join columns hold. */
export const referredColumns = (attribute: Attribute | undefined, target: Entity): readonly string[] =>
  attribute?.referred ?? idColumns(target);

/** Whether the join column of a to-one holds a property of the other side: `ticket.owner.id` needs no join then. */
export function holdsProperty(
  { referred }: { readonly referred?: Attribute["referred"] | undefined },
  target: Entity | undefined,
  name: string,
): boolean {
  const property = target === undefined ? undefined : attributeOf(target, name);
  if (referred !== undefined) return property?.kind === "basic" && property.columns.join() === referred.join();
  return property === undefined ? name === "id" : property.id;
}

/** Whether both sides of a to-one have the same primary key, which its own side refers to. */
export function sharesKey(owner: Entity, { columns, byKey, id }: Attribute): boolean {
  const keys = idColumns(owner);
  return byKey === true || id || (columns.length > 0 && columns.length === keys.length && columns.every((column) => keys.includes(column)));
}

/** Finds entities by qualified name. */
export type EntityLookup = (qualified: string) => Entity | undefined;

/** An embeddable with the columns that the embedding attribute gives it, which stand in the table. */
export function overridden(embeddable: Entity, { overrides }: Attribute, table: string): Entity {
  return {
    ...embeddable,
    table,
    attributes: embeddable.attributes.map((inner) => {
      const column = overrides[inner.name];
      return { ...inner, table, columns: column === undefined ? inner.columns : [column] };
    }),
  };
}
