import { ENTITY_NAME_PLACEHOLDER } from "../../../syntax/jpql/jpqlTokens.ts";
import { collectedRows, withoutValue } from "../mapping/collections.ts";
import { type Attribute, attributeOf, type Entity, holdsProperty, idColumns, overridden, referredColumns } from "../mapping/entity.ts";
import type { Naming } from "../scans/statementScans.ts";

/** How the database spells names, and what it keeps in a column. */
export interface SqlNames {
  /** Of the table in the PostgreSQL schema that the mapping names. */
  table(name: string, namespace: string | undefined): string;
  column(table: string, name: string): string;
  /** PostgreSQL's name of the column's type, "" where it is not known; undefined for a column that the schema does not have. */
  type(table: string, column: string): string | undefined;
}

/** Ends a translation from whatever depth. */
export class Untranslatable extends Error {}

/** A table in a FROM clause. */
export interface Source {
  readonly alias: string;
  readonly entity: Entity | undefined;
  readonly table: string;
}

export interface Scope {
  readonly sources: Map<string, Source>;
  readonly around: Scope | undefined;
  /** What stands behind FROM, in order: joins that paths imply come after those that are written. */
  readonly from: string[];
  readonly implicit: Map<string, Source>;
  /** Aliases whose rows `join fetch` selects too. */
  readonly fetched: Source[];
  /** Conditions that the query does not name: tenants, restrictions, how a subquery hangs on the query around it. */
  readonly added: string[];
}

/** Opens tables and joins them as the mapping says, and finds the columns behind properties. */
export class SqlSources {
  readonly #naming: Naming;
  readonly #names: SqlNames;
  /** The place of the parameter that is the tenant. */
  readonly #tenant: () => string;
  /** By the text of a column. */
  readonly #types = new Map<string, string>();
  #aliases = 0;

  constructor(naming: Naming, names: SqlNames, tenant: () => string) {
    this.#naming = naming;
    this.#names = names;
    this.#tenant = tenant;
  }

  /** PostgreSQL's type of a column, by its text in the statement. */
  typeOf(column: string): string | undefined {
    return this.#types.get(column);
  }

  table(source: Source): string {
    return this.#names.table(source.table, source.entity?.namespace);
  }

  /** The source behind an association; the same path is joined once where it is not written as a join. */
  joined(from: Source, name: string, join: string, scope: Scope): Source {
    const entity = entityOf(from);
    const attribute = attributeOf(entity, name);
    if (attribute === undefined) throw new Untranslatable(`${entity.name} has no property ${name} that is known`);
    if (attribute.kind === "basic") throw new Untranslatable(`${entity.name}.${name} is no association`);
    if (attribute.restricted === true) throw new Untranslatable(`${entity.name}.${name} is restricted to some rows`);
    if (attribute.kind === "embedded") {
      const embeddable = this.#naming.entities(attribute.type);
      if (embeddable === undefined) throw new Untranslatable(`${attribute.type} is not known`);
      return { ...from, entity: overridden(embeddable, attribute, from.table) };
    }
    if (attribute.kind === "elements") {
      const { through } = attribute;
      if (through === undefined || through.table === "") throw new Untranslatable(`the table of ${entity.name}.${name} is not known`);
      const rows = collectedRows(entity, attribute, this.#naming.entities(attribute.type));
      const elements: Source = { alias: this.alias(), entity: rows, table: through.table };
      this.push(join, elements, this.equal(from, idColumns(entity), elements, through.columns), scope);
      return elements;
    }
    const target = this.#naming.entities(attribute.type);
    if (target === undefined) throw new Untranslatable(`${attribute.type} is not known`);
    const inner = this.open(target);
    const owning = attribute.mappedBy === undefined ? undefined : attributeOf(target, attribute.mappedBy);
    const pairs = attribute.mappedBy === undefined ? attribute.through : owning?.through;
    if (pairs !== undefined && pairs.inverse.length > 0) {
      const between: Source = { alias: this.alias(), entity: undefined, table: pairs.table };
      const [here, there] = attribute.mappedBy === undefined ? [pairs.columns, pairs.inverse] : [pairs.inverse, pairs.columns];
      this.push(join, between, this.equal(from, idColumns(entity), between, here), scope);
      this.push(join, inner, this.equal(between, there, inner, idColumns(target)), scope);
    } else if (attribute.mappedBy !== undefined)
      this.push(join, inner, this.equal(from, referredColumns(owning, entity), inner, owning?.columns ?? []), scope);
    else if (attribute.through !== undefined)
      this.push(join, inner, this.equal(from, idColumns(entity), inner, attribute.through.columns), scope);
    else {
      const on = this.equal(this.holder(from, attribute, scope), attribute.columns, inner, referredColumns(attribute, target));
      this.push(join, inner, on, scope);
    }
    // Which versions of which provider restrict a joined table, and where, is not for sure.
    if (target.restriction !== undefined) throw new Untranslatable(`${target.name} is joined and restricted to some rows`);
    this.restrict(inner, join, scope);
    return inner;
  }

  /** Adds what the provider asks of a table's rows besides. */
  restrict(source: Source, join: string, scope: Scope): void {
    const { tenantColumn, restriction, name } = entityOf(source);
    if (tenantColumn === undefined && restriction === undefined) return;
    if (join === "LEFT JOIN") throw new Untranslatable(`${name} is joined and restricted to some rows`);
    if (tenantColumn !== undefined) scope.added.push(`${this.column(source, tenantColumn)} = ${this.#tenant()}`);
    if (restriction !== undefined) scope.added.push(this.#qualified(restriction, source));
  }

  /** A condition of SQL with the alias before each of its columns. */
  #qualified(condition: string, source: Source): string {
    if (/\bselect\b/i.test(condition)) throw new Untranslatable(`${entityOf(source).name} is restricted to some rows`);
    return condition.replace(/'(?:[^']|'')*'|[\w$]*\.[\w$.]+|([A-Za-z_][\w$]*)(?!\s*\()/g, (text, word: string | undefined) => {
      const column = word?.toLowerCase();
      return column === undefined || !this.#names.type(source.table, column) ? text : this.column(source, column);
    });
  }

  push(join: string, source: Source, on: string, scope: Scope): void {
    scope.from.push(`${join} ${this.table(source)} ${source.alias} ON ${on}`);
  }

  equal(left: Source, leftColumns: readonly string[], right: Source, rightColumns: readonly string[]): string {
    if (leftColumns.length === 0 || leftColumns.length !== rightColumns.length)
      throw new Untranslatable("the columns of a join are not known");
    return leftColumns.map((column, i) => `${this.column(left, column)} = ${this.column(right, rightColumns[i] as string)}`).join(" AND ");
  }

  /** Joined inheritance keeps an inherited column in the parent's table. */
  holder(source: Source, attribute: Attribute, scope: Scope): Source {
    if (attribute.table === source.table || attribute.table === "") return source;
    const key = `${source.alias}^${attribute.table}`;
    const known = scope.implicit.get(key);
    if (known !== undefined) return known;
    const parent: Source = { alias: this.alias(), entity: undefined, table: attribute.table };
    const ids = idColumns(entityOf(source));
    this.push("JOIN", parent, this.equal(source, ids, parent, ids), scope);
    scope.implicit.set(key, parent);
    return parent;
  }

  implied(source: Source, part: string, attribute: Attribute, scope: Scope): Source {
    if (attribute.kind === "embedded") return this.joined(source, part, "JOIN", scope);
    const key = `${source.alias}.${part}`;
    const known = scope.implicit.get(key);
    if (known !== undefined) return known;
    const joined = this.joined(source, part, "JOIN", scope);
    scope.implicit.set(key, joined);
    return joined;
  }

  /** The row that a path stands for: an alias, or a to-one association behind it. */
  sourceBehind(parts: readonly string[], scope: Scope): Source | undefined {
    const start = this.starts(parts, scope);
    if (start === undefined) return undefined;
    let source = start.source;
    for (const part of start.rest) {
      const attribute = source.entity === undefined ? undefined : attributeOf(source.entity, part);
      if (attribute === undefined || attribute.kind === "basic" || attribute.kind === "embedded") return undefined;
      source = this.implied(source, part, attribute, scope);
    }
    return source;
  }

  /** Where a path begins: at an alias, or at the only entity where it is left out. */
  starts(named: readonly string[], scope: Scope): { readonly source: Source; readonly rest: readonly string[] } | undefined {
    const parts = withoutValue(named);
    const [first = ""] = parts;
    const source = find(scope, first);
    if (source !== undefined) return { source, rest: parts.slice(1) };
    const [only, more] = [...scope.sources.values()];
    if (only?.entity === undefined || more !== undefined) return undefined;
    return attributeOf(only.entity, first) !== undefined || first === "id" ? { source: only, rest: parts } : undefined;
  }

  column(source: Source, column: string): string {
    const type = this.#names.type(source.table, column);
    if (type === undefined) throw new Untranslatable(`the migrations have no column ${source.table}.${column}`);
    const text = `${source.alias}.${this.#names.column(source.table, column)}`;
    this.#types.set(text, type);
    return text;
  }

  keyOf(source: Source): readonly string[] {
    const entity = entityOf(source);
    const embedded = entity.attributes.find(({ id, kind }) => id && kind === "embedded");
    if (embedded !== undefined) throw new Untranslatable(`the key of ${entity.name} has several columns`);
    return idColumns(entity).map((column) => this.column(source, column));
  }

  one(columns: readonly string[]): string {
    const [only, more] = columns;
    if (only === undefined || more !== undefined) throw new Untranslatable("a path stands for several columns");
    return only;
  }

  isHeld(attribute: Attribute, name: string): boolean {
    return holdsProperty(attribute, this.#naming.entities(attribute.type), name);
  }

  entityNamed(parts: readonly string[]): Entity {
    const name = parts.at(-1) ?? "";
    const qualified = parts.length > 1 ? parts.join(".") : this.#naming.entityNamed(name);
    const entity =
      name === ENTITY_NAME_PLACEHOLDER ? this.#naming.domain : qualified === undefined ? undefined : this.#naming.entities(qualified);
    if (entity === undefined || entity.kind !== "entity") throw new Untranslatable(`${name} is no entity that is known`);
    return entity;
  }

  open(entity: Entity): Source {
    if (entity.more !== undefined) throw new Untranslatable(entity.more);
    return { alias: this.alias(), entity, table: entity.table };
  }

  alias(): string {
    return `t${++this.#aliases}`;
  }
}

export const newScope = (around: Scope | undefined): Scope => ({
  sources: new Map(),
  around,
  from: [],
  implicit: new Map(),
  fetched: [],
  added: [],
});

export function find(scope: Scope, alias: string): Source | undefined {
  return scope.sources.get(alias.toLowerCase()) ?? (scope.around === undefined ? undefined : find(scope.around, alias));
}

export function entityOf({ entity, table }: Source): Entity {
  if (entity === undefined) throw new Untranslatable(`rows of ${table} are no entities`);
  return entity;
}

/** "JOIN pets t2 ON t2.owner_id = t1.id" as the table and its condition. */
export function splitJoin(join: string): readonly [string, string] {
  const [table = "", ...on] = join.replace(/^JOIN /, "").split(" ON ");
  return [table, on.join(" ON ")];
}
