import { Answers } from "../answers.ts";
import type { CallGraph } from "../calls/callGraph.ts";
import type { MapperIndex } from "../calls/mapperIndex.ts";
import type { Work } from "../calls/work.ts";
import { changesOf, type FactsChange, type FactsStore, type ModelPart } from "../part.ts";
import type { ReadLog } from "../readLog.ts";
import type { Schema } from "../schema/schema.ts";
import type { MappedChange, MappedClass, MappedTables } from "../schema/sets/mapped.ts";
import type { MappedCollection, TableUsage } from "../schema/usage.ts";
import { nearestTo } from "../types/nearness.ts";
import type { TypeEntry, TypeIndex } from "../types/typeIndex.ts";
import { DeclaredQueries } from "./declaredQueries.ts";
import { EntityReader } from "./mapping/entities.ts";
import type { Entity } from "./mapping/entity.ts";
import { MappedNames } from "./mapping/mappedNames.ts";
import { mappedTable } from "./mapping/mappedTables.ts";
import { MappingNames } from "./mapping/members.ts";
import type { NamingStrategy } from "./mapping/naming.ts";
import { BodySearch } from "./repositories/bodySearch.ts";
import { type BulkWrite, BulkWrites } from "./repositories/bulkWrites.ts";
import { collectionChanges } from "./repositories/collectionChanges.ts";
import { collectionReads } from "./repositories/collectionReads.ts";
import { DeleteCalls } from "./repositories/deleteCalls.ts";
import { FormulaQueries } from "./repositories/formulaQueries.ts";
import { NamedQueries } from "./repositories/namedQueries.ts";
import { firstByName, type Repository, readRepository } from "./repositories/repository.ts";
import { RepositoryUses } from "./repositories/repositoryUses.ts";
import type { Selection } from "./repositories/selection.ts";
import { type Usage, usageOf } from "./repositories/usageOf.ts";
import type { Query } from "./scans/query.ts";
import { writtenSql } from "./sql/querySql.ts";
import type { SqlText } from "./sql/sqlText.ts";
import { AskedOrders } from "./written/askedOrders.ts";
import type { SortKey } from "./written/sortedPages.ts";
import { WrittenQueries, type WrittenQuery } from "./written/writtenQueries.ts";

/** What the persistence model asks the configuration. */
export interface PersistenceSettings {
  naming(file: string): NamingStrategy;
  /** Whether Hibernate makes a one-to-one that may be missing unique in the schema, as it does with all others. */
  uniqueOptional(file: string): boolean;
  /** Whether nothing but Spring Data JDBC or R2DBC keeps what a file's module keeps. */
  readonly relational: (file: string) => boolean;
}

/**
 * Entities, repositories and what their methods send to the database. Keys: `entity:<qualified>`, `repository:<qualified>`,
 * `query:<repository>#<method>`, `selections:<repository>`, `repositories:all`, `usage:<table>`, `mapped:<entity name>`,
 * `repository-uses:all`, `asked-orders:all`, `mapped-table:<qualified>`; those of WrittenQueries and BodySearch, `changes:` and `readers:`.
 */
export class PersistenceModel implements ModelPart, TableUsage, MappedTables {
  readonly written: WrittenQueries;
  /** Who changes a collection of an entity, and who reads it. */
  readonly collectionChanges: BodySearch;
  readonly collectionReads: BodySearch;
  readonly formulas: FormulaQueries;
  readonly #reads: ReadLog;
  readonly #types: TypeIndex;
  readonly #named: NamedQueries;
  readonly #declaredQueries: DeclaredQueries;
  readonly #entities: Answers<Entity | undefined>;
  readonly #repositories: Answers<Repository | undefined>;
  readonly #methods: Answers<readonly string[]>;
  readonly #queries: Answers<readonly Query[]>;
  readonly #selections: Answers<readonly Selection[]>;
  readonly #all: Answers<readonly string[]>;
  /** The answer of `#all` by simple name, for as long as that answer stands. */
  #byName: { readonly of: readonly string[]; readonly qualified: ReadonlyMap<string, string> } | undefined;
  readonly #associations: Answers<readonly string[]>;
  readonly #mappedTables: Answers<readonly MappedChange[]>;
  readonly #usage: Answers<Usage>;
  readonly #tables: Answers<Usage[string] | undefined>;
  readonly #deleteCalls: DeleteCalls;
  readonly #bulkWrites: BulkWrites;
  readonly #uses: RepositoryUses;
  readonly #orders: AskedOrders;
  /** The interfaces that a file declares. */
  readonly #interfaces = new Map<string, readonly string[]>();
  readonly #mapped = new MappedNames();

  constructor(reads: ReadLog, types: TypeIndex, calls: CallGraph, mappers: MapperIndex, settings: PersistenceSettings) {
    this.#reads = reads;
    this.#types = types;
    this.#named = new NamedQueries(reads, types);
    this.#declaredQueries = new DeclaredQueries(reads, types, mappers, this, (name) => this.#named.get(name), settings.relational);
    this.#deleteCalls = new DeleteCalls(calls, types);
    this.#bulkWrites = new BulkWrites(calls);
    this.#uses = new RepositoryUses(calls);
    this.#orders = new AskedOrders(calls);
    this.collectionChanges = new BodySearch(reads, calls, "changes", collectionChanges);
    this.collectionReads = new BodySearch(reads, calls, "readers", collectionReads);
    const entities = (qualified: string): Entity | undefined => this.entity(qualified);
    this.written = new WrittenQueries(reads, {
      types,
      calls,
      entities,
      entityNamed: (name, near) => this.entityNamed(name, near)?.qualified,
      named: (name) => this.#named.get(name),
      entityOf: (work) => this.repositoryUnder(work)?.entity,
    });
    const names = new MappingNames(types, settings.naming);
    const reader = new EntityReader(types, names);
    this.#entities = new Answers(reads, "entity", (qualified) => {
      const entry = this.#declared(qualified);
      if (entry === undefined) return undefined;
      for (const above of types.lineage(entry)) this.#notePositions(above);
      return reader.read(entry);
    });
    this.#repositories = new Answers(reads, "repository", (qualified) => {
      const entry = this.#declared(qualified);
      return entry === undefined ? undefined : readRepository(types, mappers, entry, (kept) => this.#declaredQueries.keeps(kept));
    });
    this.#methods = new Answers(reads, "methods", (qualified) => {
      const names = new Set<string>();
      for (const { method } of this.#declaredQueries.methodsOf(qualified)) names.add(method.name);
      return [...names];
    });
    this.#queries = new Answers(reads, "query", (name) => this.#declaredQueries.queries(name));
    this.#selections = new Answers(reads, "selections", (qualified) => this.#declaredQueries.selections(qualified));
    this.#all = new Answers(reads, "repositories", () => {
      reads.note("interfaces:all");
      return [...this.#interfaces.values()]
        .flat()
        .filter((qualified) => this.repository(qualified) !== undefined)
        .sort();
    });
    this.#associations = new Answers(reads, "associations", () => {
      reads.note("mapped:all");
      const attributes = this.#mapped.classes().flatMap((qualified) => this.entity(qualified)?.attributes ?? []);
      return [...new Set(attributes.filter(({ kind }) => kind !== "basic" && kind !== "embedded").map(({ name }) => name))].sort();
    });
    const mapping = { types, names, entities, uniqueOptional: (file: string) => settings.uniqueOptional(file) };
    this.#mappedTables = new Answers(reads, "mapped-table", (qualified) => {
      const entry = this.#declared(qualified);
      const entity = entry === undefined ? undefined : this.entity(qualified);
      return entry === undefined || entity === undefined ? [] : mappedTable(mapping, entry, entity);
    });
    this.formulas = new FormulaQueries(reads, () => this.mappedClasses(), entities, this.#declaredQueries);
    this.#usage = new Answers(reads, "usage", () => {
      reads.note("deletes:all");
      const queries = this.repositories().flatMap(({ qualified }) => this.queriesOf(qualified));
      // What is looked up while data is migrated is not looked up again.
      const written = this.written.all().filter(({ repository }) => !/Migrat/.test(repository));
      const sent = [...queries, ...this.formulas.all(), ...written];
      return usageOf(sent, this.#entitiesOfRepositories(), this.#deleteCalls.deleted(), entities);
    });
    this.#tables = new Answers(reads, "table-usage", (table) => this.#usage.get("all")[table]);
  }

  update(changes: readonly FactsChange[], _store: FactsStore, changed: ReadonlySet<string>): Iterable<string> {
    const stale = new Set(changed);
    const told = new Set<string>();
    const tell = (keys: Iterable<string>): void => {
      for (const key of keys) {
        stale.add(key);
        told.add(key);
      }
    };
    for (const { file, before, after } of changesOf(changes, "java")) {
      stale.add(`positions:${file}`);
      const interfaces = (after?.java.types ?? []).filter((type) => type.kind === "interface").map((type) => type.qualified);
      if (interfaces.join() !== (this.#interfaces.get(file) ?? []).join()) stale.add("interfaces:all");
      if (interfaces.length > 0) this.#interfaces.set(file, interfaces);
      else this.#interfaces.delete(file);
      const [had, has] = [before?.java.types ?? [], after?.java.types ?? []];
      tell(this.#mapped.replace(had, has));
      for (const key of this.#named.replace(had, has)) stale.add(key);
    }
    if (this.#deleteCalls.update(changed)) stale.add("deletes:all");
    if (this.#bulkWrites.update(changed)) tell(["bulk-writes:all"]);
    if (this.#uses.update(changed)) tell(["repository-uses:all"]);
    if (this.#orders.update(changed)) tell(["asked-orders:all"]);
    if (this.written.update(changed)) tell(["written-files:all"]);
    tell(this.collectionChanges.update(changed));
    tell(this.collectionReads.update(changed));
    tell(this.#named.refresh(stale));
    for (const answers of [
      this.#entities,
      this.#repositories,
      this.#methods,
      this.#queries,
      this.#selections,
      this.#all,
      this.#associations,
      this.#mappedTables,
      this.formulas.answers,
      this.written.answers,
      this.#usage,
      this.#tables,
    ]) {
      tell(answers.refresh(stale));
    }
    return told;
  }

  /** The mapping of a class, undefined for one that is not mapped. */
  entity(qualified: string): Entity | undefined {
    return this.#entities.get(qualified);
  }

  /** The entity that JPQL calls by this name where a file stands: of several, the nearest. */
  entityNamed(name: string, near: string): Entity | undefined {
    this.#reads.note(`mapped:${name}`);
    const named = this.#mapped.entitiesNamed(name);
    const qualified = nearestTo(near, named, (one) => (named.length < 2 ? "" : (this.#types.declared(one)?.file.file ?? "")));
    return qualified === undefined ? undefined : this.entity(qualified);
  }

  /** The names of all associations of all entities. */
  associations(): readonly string[] {
    return this.#associations.get("all");
  }

  mappedClasses(): readonly MappedClass[] {
    this.#reads.note("mapped:all");
    return this.#mapped.classes().flatMap((qualified) => {
      const file = this.#types.declared(qualified)?.file.file;
      return file === undefined ? [] : [{ qualified, file }];
    });
  }

  mappedTable(qualified: string): readonly MappedChange[] {
    return this.#mappedTables.get(qualified);
  }

  repository(qualified: string): Repository | undefined {
    return this.#repositories.get(qualified);
  }

  /** What a repository keeps: an entity of JPA, or an aggregate, which `entity` does not know. */
  keptBy(repository: Repository): Entity | undefined {
    return this.#declaredQueries.namingOf(repository).domain;
  }

  /** All repositories of the workspace, by qualified name. */
  repositories(): readonly Repository[] {
    return this.#all
      .get("all")
      .map((qualified) => this.repository(qualified))
      .filter((repository) => repository !== undefined);
  }

  /** A repository by its simple name; of several, the first by qualified name. */
  repositoryNamed(name: string): Repository | undefined {
    const all = this.#all.get("all");
    if (this.#byName?.of !== all) this.#byName = { of: all, qualified: firstByName(all) };
    const qualified = this.#byName.qualified.get(name);
    return qualified === undefined ? undefined : this.repository(qualified);
  }

  /** The repository on which a call runs a method that Spring Data itself declares. */
  repositoryUnder({ label, on }: Work): Repository | undefined {
    return on === undefined ? this.repositoryNamed(label.slice(0, label.indexOf("."))) : this.repository(on);
  }

  /** The queries of a repository's methods, inherited ones included; what Spring Data itself declares is left out. */
  queriesOf(repository: string): readonly Query[] {
    return this.#methods.get(repository).flatMap((method) => this.#queries.get(`${repository}#${method}`));
  }

  /** The query of one method; `parameters` tells overloads apart. */
  query(repository: string, method: string, parameters?: number): Query | undefined {
    const queries = this.#queries.get(`${repository}#${method}`);
    return queries.find((query) => query.parameters === parameters) ?? queries[0];
  }

  /** The SQL that a query is for a schema. Worked out anew for each question: only the planner asks. */
  sqlOf(query: Query | WrittenQuery, schema: Schema): SqlText {
    if ("sender" in query)
      return writtenSql(query, this.written.textOf(query), this.#declaredQueries.namingOf(undefined, query.at.file), schema);
    return this.#declaredQueries.sqlOf(query, schema);
  }

  /** The SQL that counts the rows that a page is one of; undefined where nothing, or nothing that is known, is counted. */
  countSqlOf(query: Query | WrittenQuery, schema: Schema): SqlText | undefined {
    return "sender" in query ? undefined : this.#declaredQueries.countSqlOf(query, schema);
  }

  /** What a repository's declared methods select, inherited ones included; only those that give entities. */
  selectionsOf(repository: string): readonly Selection[] {
    return this.#selections.get(repository);
  }

  selection(repository: string, method: string, parameters: number): Selection | undefined {
    return this.selectionsOf(repository).find((selection) => selection.method === method && selection.parameters === parameters);
  }

  /** The entity of what a bulk write saves. */
  savedBy({ repository, on }: BulkWrite): string | undefined {
    const saved = on === undefined ? this.repositoryNamed(repository) : this.repository(on);
    return saved?.entity;
  }

  /** Where many entities are saved at once, by file. */
  bulkWrites(): ReadonlyMap<string, readonly BulkWrite[]> {
    this.#reads.note("bulk-writes:all");
    return this.#bulkWrites.all();
  }

  /** The calls of repositories' own reads. */
  get uses(): RepositoryUses {
    this.#reads.note("repository-uses:all");
    return this.#uses;
  }

  /** The order in which all calls of a repository's own read ask for its page; undefined where they differ, or do not say. */
  askedOrder(method: string): readonly SortKey[] | undefined {
    this.#reads.note("asked-orders:all");
    return this.#orders.of(method);
  }

  lookupsBy(table: string, column: string): readonly (readonly string[])[] | undefined {
    const used = this.#tables.get(table.toLowerCase());
    if ((used?.partly === true || used?.mapped === true) && used.filters[column.toLowerCase()] === undefined) return undefined;
    return used && (used.filters[column.toLowerCase()] ?? []).map((others) => (others === "" ? [] : others.split(",")));
  }

  collectionsBy(table: string, column: string): readonly MappedCollection[] {
    return this.#tables.get(table.toLowerCase())?.collections[column.toLowerCase()] ?? [];
  }

  purgesBy(table: string, column: string): boolean | undefined {
    const used = this.#tables.get(table.toLowerCase());
    return used?.partly === true ? undefined : used?.purges.includes(column.toLowerCase());
  }

  deletesFrom(table: string): boolean | undefined {
    const used = this.#tables.get(table.toLowerCase());
    if (used?.deletes === "yes") return true;
    return used === undefined || used.partly === true || used.deletes === "maybe" ? undefined : false;
  }

  #entitiesOfRepositories(): readonly Repository[] {
    return this.repositories().filter((repository) => repository.entity !== undefined);
  }

  #declared(qualified: string): TypeEntry | undefined {
    const entry = this.#types.declared(qualified);
    if (entry !== undefined) this.#notePositions(entry);
    return entry;
  }

  /** Answers hold positions: they are out of date when their file is another, whatever has changed in it. */
  #notePositions({ file }: TypeEntry): void {
    this.#reads.note(`positions:${file.file}`);
  }
}
