import type { MappedStatement, MapperIndex } from "../calls/mapperIndex.ts";
import type { ReadLog } from "../readLog.ts";
import type { Schema } from "../schema/schema.ts";
import type { TypeEntry, TypeIndex } from "../types/typeIndex.ts";
import { isRelational, readAggregate } from "./mapping/aggregates.ts";
import type { Entity } from "./mapping/entity.ts";
import type { NamedText } from "./repositories/namedQueries.ts";
import {
  countNameOf,
  countText,
  declaredText,
  hasOwnCount,
  type RepositoryMethod,
  readQuery,
  type TextSources,
} from "./repositories/queries.ts";
import type { Repository } from "./repositories/repository.ts";
import { readSelection, type Selection } from "./repositories/selection.ts";
import type { Query } from "./scans/query.ts";
import type { Naming } from "./scans/statementScans.ts";
import { countSql, querySql } from "./sql/querySql.ts";
import { noSql, type SqlText } from "./sql/sqlText.ts";

/** What a repository's methods are about. */
interface Mapping {
  entity(qualified: string): Entity | undefined;
  entityNamed(name: string, near: string): Entity | undefined;
  repository(qualified: string): Repository | undefined;
}

/** Reads what the methods of repositories send, and what of it is known as SQL. */
export class DeclaredQueries {
  readonly #reads: ReadLog;
  readonly #types: TypeIndex;
  readonly #mappers: MapperIndex;
  readonly #mapping: Mapping;
  readonly #named: TextSources["named"];
  /** Whether nothing but Spring Data JDBC or R2DBC keeps what a file's module keeps. */
  readonly #relational: (file: string) => boolean;

  constructor(
    reads: ReadLog,
    types: TypeIndex,
    mappers: MapperIndex,
    mapping: Mapping,
    named: (name: string) => NamedText | undefined,
    relational: (file: string) => boolean,
  ) {
    this.#reads = reads;
    this.#types = types;
    this.#mappers = mappers;
    this.#mapping = mapping;
    this.#named = named;
    this.#relational = relational;
  }

  /** The SQL of a method's query. */
  sqlOf(query: Query, schema: Schema): SqlText {
    const { statement } = query;
    if (statement !== undefined)
      return querySql(query, { text: statement, language: "sql", dynamic: false }, this.namingOf(undefined, query.at.file), schema);
    const repository = this.#mapping.repository(query.repository);
    if (repository === undefined) return noSql("it is put together by calls");
    const declared = this.#declaredAt(repository, query);
    if (declared === undefined) return noSql("its method is not known");
    const mapped = this.#inherited(repository, declared) ?? this.#mappers.statement(declared.owner.type.qualified, declared.method.name);
    const text = declaredText(repository, declared, mapped, this.#sourcesOf(repository));
    return querySql(query, text, this.namingOf(repository), schema);
  }

  /**
   * The SQL that counts the rows that a page is one of: `countQuery`, what a method's name says, or what Spring Data makes of the page's own
   * text. Undefined where nothing is counted, or nothing that is known.
   */
  countSqlOf(query: Query, schema: Schema): SqlText | undefined {
    const repository = query.returns === "page" ? this.#mapping.repository(query.repository) : undefined;
    const declared = repository && this.#declaredAt(repository, query);
    if (repository === undefined || declared === undefined) return undefined;
    const text = countText(repository, declared, this.#types);
    const method = query.source === "derived" ? countNameOf(query.method) : undefined;
    if (text === undefined && method === undefined) return this.#countOfText(repository, declared, schema);
    const counting = { ...query, kind: "count", limit: "none", method: method ?? query.method } as const;
    return querySql(counting, text, this.namingOf(repository), schema);
  }

  #countOfText(repository: Repository, declared: RepositoryMethod, schema: Schema): SqlText | undefined {
    const isJpa = repository.style === "spring-data" && repository.entity !== undefined;
    if (!isJpa || hasOwnCount(declared)) return undefined;
    const text = declaredText(repository, declared, undefined, this.#sourcesOf(repository));
    return text && countSql(text, this.namingOf(repository), schema);
  }

  #declaredAt(repository: Repository, { at, method: name }: Query): RepositoryMethod | undefined {
    return this.methodsOf(repository.qualified).find(
      (declared) =>
        (declared.owner.file.file === at.file && declared.method.nameSpan.start === at.start) ||
        (declared.method.name === name && this.#inherited(repository, declared) !== undefined),
    );
  }

  queries(name: string): readonly Query[] {
    const border = name.lastIndexOf("#");
    const repository = this.#mapping.repository(name.slice(0, border));
    // What a generic base declares is sent by those below it, each to its own table.
    if (repository === undefined || this.#isBase(repository)) return [];
    const naming = this.namingOf(repository);
    const queries: Query[] = [];
    for (const declared of this.methodsOf(repository.qualified)) {
      if (declared.method.name !== name.slice(border + 1) || this.#isImplemented(declared.owner, repository.qualified)) continue;
      this.#notePositions(declared.owner);
      const inherited = this.#inherited(repository, declared);
      const mapped = inherited ?? this.#mappers.statement(declared.owner.type.qualified, declared.method.name);
      const query = readQuery(repository, declared, mapped, this.#sourcesOf(repository), naming);
      const heir = query === undefined || inherited === undefined ? undefined : this.#declared(repository.qualified);
      if (heir !== undefined && query !== undefined) queries.push({ ...query, at: { file: heir.file.file, ...heir.type.nameSpan } });
      else if (query !== undefined) queries.push(query);
    }
    return queries;
  }

  /** Whether a repository keeps what a type variable of its own stands for. */
  #isBase({ style, qualified, entity }: Repository): boolean {
    const { type } = this.#types.declared(qualified) ?? {};
    return style === "spring-data" && type?.typeParameters.some(({ name }) => name === entity) === true;
  }

  /** The statement of a mapper's own XML for a method that the mapper inherits (apache/guacamole-client): the query is the mapper's. */
  #inherited(repository: Repository, { owner, method }: RepositoryMethod): MappedStatement | undefined {
    const { qualified } = repository;
    if (owner.type.qualified === qualified || !this.#mappers.has(qualified)) return undefined;
    const nearest = this.methodsOf(qualified).find((other) => other.method.name === method.name);
    return nearest?.owner === owner ? this.#mappers.statement(qualified, method.name) : undefined;
  }

  /** How names are meant in what a repository asks, or code in a file. */
  namingOf(repository: Repository | undefined, file = repository?.at.file ?? ""): Omit<Naming, "language"> {
    const qualified = repository?.entity ?? repository?.aggregate;
    const mapped = qualified === undefined ? undefined : this.#mapping.entity(qualified);
    const domain = mapped ?? (qualified === undefined ? undefined : this.#aggregate(qualified, "entity"));
    const part = (name: string): Entity | undefined => this.#mapping.entity(name) ?? this.#aggregate(name, "embeddable");
    return {
      entityNamed: (name) => this.#mapping.entityNamed(name, file)?.qualified,
      entities: domain?.aggregate ? part : (name) => this.#mapping.entity(name),
      domain,
    };
  }

  /** Whether Spring Data JDBC or R2DBC keeps a class. */
  keeps(qualified: string): boolean {
    const entry = this.#types.declared(qualified);
    return entry !== undefined && (isRelational(entry) || this.#relational(entry.file.file));
  }

  #aggregate(qualified: string, kind: "entity" | "embeddable"): Entity | undefined {
    const entry = this.#types.declared(qualified);
    if (entry === undefined || (kind === "entity" && !this.keeps(qualified))) return undefined;
    for (const above of this.#types.lineage(entry)) this.#notePositions(above);
    return readAggregate(this.#types, entry, kind);
  }

  selections(qualified: string): readonly Selection[] {
    const repository = this.#mapping.repository(qualified);
    if (repository === undefined) return [];
    const selections: Selection[] = [];
    for (const declared of this.methodsOf(qualified)) {
      this.#notePositions(declared.owner);
      const selection = readSelection(repository, declared, this.#sourcesOf(repository), (name) => this.#mapping.entity(name));
      if (selection !== undefined) selections.push(selection);
    }
    return selections;
  }

  methodsOf(qualified: string): readonly RepositoryMethod[] {
    const entry = this.#declared(qualified);
    if (entry === undefined) return [];
    const methods: RepositoryMethod[] = [];
    for (const owner of this.#types.lineage(entry)) {
      for (const method of owner.type.methods) if (method.kind === "method") methods.push({ owner, method });
    }
    return methods;
  }

  /** Whether an interface is one of Spring Data's fragments: a class has its methods that is called as it is, or as the repository. */
  #isImplemented(fragment: TypeEntry, repository: string): boolean {
    const { kind, qualified, name } = fragment.type;
    if (kind !== "interface" || qualified === repository || this.#mapping.repository(qualified) !== undefined) return false;
    const names = [`${name}Impl`, `${repository.slice(repository.lastIndexOf(".") + 1)}Impl`];
    return this.#types.descendantsOf(fragment).some(({ type }) => type.kind === "class" && names.includes(type.name));
  }

  #sourcesOf(repository: Repository): TextSources {
    const entity = repository.entity === undefined ? undefined : this.#mapping.entity(repository.entity);
    return { types: this.#types, named: this.#named, entityName: entity?.entityName };
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
