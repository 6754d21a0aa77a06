import type { AnnotationValue, JavaMethod } from "../../facts/java/javaFacts.ts";
import { constantText } from "../types/constants.ts";
import { simpleName, type Type } from "../types/type.ts";
import type { TypeEntry, TypeIndex } from "../types/typeIndex.ts";
import type { MapperIndex } from "./mapperIndex.ts";
import { isRepository, RELATIONAL_REPOSITORIES, SPRING_DATA_REPOSITORIES } from "./repositoryTypes.ts";
import { remoteInterface, slowWork } from "./slowWork.ts";
import type { WorkKind } from "./workKinds.ts";

/** What a call does by itself. */
export interface Work {
  readonly kind: WorkKind;
  /** "OwnerRepository.findById", "JdbcTemplate.query". */
  readonly label: string;
  /**
   * The qualified name of the repository on which a method is called that Spring Data itself, or a generic interface above it, declares:
   * its simple name others may have.
   */
  readonly on?: string;
  /** A call of Quarkus's Panache on `on`, an entity or its repository. */
  readonly panache?: true;
  /** Asked through a port that `on` extends: what is called has not all methods of `on`. */
  readonly port?: true;
  /** A row that a reference asks for when it is looked into. */
  readonly reference?: true;
  /** A write of MyBatis-Plus's or jOOQ's own, of one row or by one condition, which is sent at once. */
  readonly statement?: true;
}

/** Annotations whose methods are statements: Spring Data JDBC and JPA, JDBI, MyBatis, npjt. */
const STATEMENT_ANNOTATIONS: ReadonlySet<string> = new Set([
  "Query",
  "SqlQuery",
  "SqlUpdate",
  "SqlBatch",
  "SqlCall",
  "Select",
  "Insert",
  "Update",
  "Delete",
  "SelectProvider",
  "InsertProvider",
  "UpdateProvider",
  "DeleteProvider",
  "NativeQuery",
]);
const WRITE_ANNOTATIONS: ReadonlySet<string> = new Set([
  "SqlUpdate",
  "SqlBatch",
  "Insert",
  "Update",
  "Delete",
  "InsertProvider",
  "UpdateProvider",
  "DeleteProvider",
  "Modifying",
]);

/** Read methods that bring many rows for many keys in one statement are still one statement a call. */
const READS = /^(find|get|read|query|search|stream|count|exists|load|fetch|select|list)/;
const NO_STATEMENT: ReadonlySet<string> = new Set(["getReferenceById", "getById", "getOne", "getReference", "getClass"]);

const MYBATIS_PLUS_JOINS = { read: /^selectJoin/, write: /^(update|delete)Join/ };

const MYBATIS_STATEMENTS = { read: /^(select(?!Cursor)|listWithPaging)/, write: /^(insert|update|delete)$/ };
const IBATIS_STATEMENTS = { read: /^queryFor/, write: /^(insert|update|delete)$/ };

const MONGO_COMMANDS = {
  read: /^(?:find(?:All|One|ById|Distinct)?|stream|aggregate|count|exactCount|exists)$/,
  write: /^(?:save|insert|insertAll|remove|updateFirst|updateMulti|upsert|replace|find(?:All)?And(?:Modify|Replace|Remove))$/,
};

const R2DBC_COMMANDS = { read: /^(?:selectOne|count|exists)$/, write: /^(?:insert|update|delete)$/ };

/** Types of persistence APIs by simple name, with the methods that send a statement. */
const APIS: Readonly<Record<string, { readonly read?: RegExp; readonly write?: RegExp }>> = {
  EntityManager: { read: /^(find|refresh|lock)$/, write: /^(persist|merge|remove|flush)$/ },
  Session: { read: /^(find|get|load|refresh|byId)$/, write: /^(persist|merge|remove|flush|save|update|saveOrUpdate|delete)$/ },
  StatelessSession: { read: /^(get|refresh)$/, write: /^(insert|update|delete|upsert)$/ },
  Query: {
    read: /^(getResultList|getSingleResult|getResultStream|getSingleResultOrNull|list|uniqueResult|uniqueResultOptional|stream|scroll)$/,
    write: /^executeUpdate$/,
  },
  TypedQuery: {
    read: /^(getResultList|getSingleResult|getResultStream|getSingleResultOrNull|list|uniqueResult|stream)$/,
    write: /^executeUpdate$/,
  },
  NativeQuery: { read: /^(getResultList|getSingleResult|getResultStream|list|uniqueResult|stream)$/, write: /^executeUpdate$/ },
  Criteria: { read: /^(list|uniqueResult|scroll)$/ },
  HibernateTemplate: { read: /^(find|get|load|findBy\w+)$/, write: /^(save|update|saveOrUpdate|merge|persist|delete|bulkUpdate|flush)$/ },
  JdbcTemplate: { read: /^query/, write: /^(update|batchUpdate|execute)$/ },
  JdbcOperations: { read: /^query/, write: /^(update|batchUpdate|execute)$/ },
  NamedParameterJdbcTemplate: { read: /^query/, write: /^(update|batchUpdate|execute)$/ },
  NamedParameterJdbcOperations: { read: /^query/, write: /^(update|batchUpdate|execute)$/ },
  MappedQuery: { read: /^(list|single|optional|stream|set|singleValue|listOfRows|singleRow|singleColumn)$/ },
  StatementSpec: { write: /^update$/ },
  JPAQuery: { read: /^(fetch(?!Join$)|stream|iterate|transform)/ },
  JPQLQuery: { read: /^(fetch(?!Join$)|stream|iterate|transform)/ },
  JPASQLQuery: { read: /^(fetch(?!Join$)|stream|iterate|transform)/ },
  SQLQuery: { read: /^(fetch|stream|iterate|transform)/ },
  JPAUpdateClause: { write: /^execute$/ },
  JPADeleteClause: { write: /^execute$/ },
  JPAInsertClause: { write: /^execute$/ },
  SelectStep: { read: /^fetch/ },
  JooqWrite: { write: /^(execute|fetch)/ },
  DSLContext: { read: /^fetch/, write: /^execute(?:Insert|Update|Delete)?$/ },
  JooqBatch: { write: /^execute$/ },
  UpdatableRecord: { read: /^(?:refresh$|fetch)/, write: /^(?:store|insert|update|merge|delete)$/ },
  DAOImpl: { read: /^(?:fetch|find|exists|count)/, write: /^(?:insert|update|merge|delete)/ },
  SimpleJdbcInsert: { write: /^execute/ },
  SimpleJdbcInsertOperations: { write: /^execute/ },
  SimpleJdbcCall: { read: /^execute/ },
  StoredProcedureQuery: { read: /^(execute|getResultList|getSingleResult)$/ },
  PreparedStatement: { read: /^executeQuery$/, write: /^(execute|executeUpdate|executeLargeUpdate)$/ },
  CallableStatement: { read: /^(execute|executeQuery)$/, write: /^executeUpdate$/ },
  JdbcAggregateTemplate: { read: /^(find|count|exists)/, write: /^(save|insert|update|delete)/ },
  JdbcAggregateOperations: { read: /^(find|count|exists)/, write: /^(save|insert|update|delete)/ },
  MongoTemplate: MONGO_COMMANDS,
  MongoOperations: MONGO_COMMANDS,
  R2dbcRows: { read: /^(?:one|first|all)$/, write: /^rowsUpdated$/ },
  R2dbcStatement: { write: /^then$/ },
  R2dbcSelection: { read: /^(?:one|first|all|count|exists)$/ },
  R2dbcEntityTemplate: R2DBC_COMMANDS,
  R2dbcEntityOperations: R2DBC_COMMANDS,
  // JDBI: org.jdbi.v3.core
  Handle: { write: /^execute$/ },
  JdbiQuery: {
    read: /^(?:list|set|stream|one|first|findOne|findFirst|forEach|useStream|withStream|collect|collectRows|reduceRows|scanResultSet|reduceResultSet)$/,
  },
  JdbiUpdate: { write: /^execute/ },
  JdbiBatch: { write: /^execute/ },
  // MyBatis-Plus: com.baomidou.mybatisplus
  BaseMapper: { read: /^(select|exists)/, write: /^(insert|update|delete)/ },
  // Its joins: com.github.yulichang
  MPJBaseMapper: MYBATIS_PLUS_JOINS,
  MPJBaseService: MYBATIS_PLUS_JOINS,
  MPJBaseServiceImpl: MYBATIS_PLUS_JOINS,
  // tk.mybatis
  Mapper: {
    read: /^(select(All|One|Count|By\w+|OneBy\w+|CountBy\w+)?|existsWithPrimaryKey)$/,
    write: /^(insert(Selective)?|updateBy\w+|delete(By\w+)?)$/,
  },
  IService: {
    read: /^(get(?!BaseMapper|EntityClass|MapperClass|SqlSessionFactory)|list|count|page|exists)/,
    write: /^(save|remove|update$|updateById|updateBatchById)/,
  },
  ServiceImpl: {
    read: /^(get(?!BaseMapper|EntityClass|MapperClass|SqlSessionFactory)|list|count|page|exists)/,
    write: /^(save|remove|update$|updateById|updateBatchById)/,
  },
  LambdaQueryChainWrapper: { read: /^(one|oneOpt|list|count|exists|page)$/ },
  QueryChainWrapper: { read: /^(one|oneOpt|list|count|exists|page)$/ },
  LambdaUpdateChainWrapper: { write: /^(update|remove)$/ },
  UpdateChainWrapper: { write: /^(update|remove)$/ },
  SqlSession: MYBATIS_STATEMENTS,
  // Statements by name in classes that inherit them: eGovFrame's DAOs.
  EgovAbstractMapper: MYBATIS_STATEMENTS,
  EgovAbstractDAO: { read: /^(select|list)/, write: /^(insert|update|delete)$/ },
  // iBATIS: com.ibatis.sqlmap and Spring's template of it
  SqlMapClientTemplate: IBATIS_STATEMENTS,
  SqlMapClient: IBATIS_STATEMENTS,
  // What Spring Batch and Spring Cloud Task keep of their runs.
  JobExplorer: { read: /^(?:get|find)/ },
  TaskExplorer: { read: /^(?:get|find)/ },
};

/** Quarkus's: both the blocking and the reactive ones. What `find` gives sends its query later, once. */
const PANACHE_TYPES: ReadonlySet<string> = new Set(
  ["PanacheRepository", "PanacheRepositoryBase", "PanacheEntity", "PanacheEntityBase"].flatMap((name) => [name, `Reactive${name}`]),
);
const PANACHE_READS = /^(?:find|list|stream)(?:All)?$|^count$|^findById/;
const PANACHE_WRITES = /^(?:delete(?:All|ById)?|update|persist|persistAndFlush|flush)$/;

/** Types that stand for several of a library, and what a person knows them by. */
const WRITTEN_AS: Readonly<Record<string, string>> = {
  JdbiQuery: "Query",
  JdbiUpdate: "Update",
  JdbiBatch: "PreparedBatch",
  SelectStep: "Select",
  JooqWrite: "DSLContext",
  JooqBatch: "Batch",
  CloseableDSLContext: "DSLContext",
  MappedQuery: "MappedQuerySpec",
  R2dbcRows: "DatabaseClient",
  R2dbcStatement: "DatabaseClient",
  R2dbcSelection: "R2dbcEntityTemplate",
  RestClientCall: "RestClient",
  WebClientCall: "WebClient",
  GraphQlCall: "GraphQlClient",
  OkHttpCall: "OkHttpClient",
  JaxRsCall: "Invocation.Builder",
  JsoupCall: "Jsoup",
  UnirestCall: "Unirest",
  CloudinaryUploader: "Uploader",
  CloudinaryApi: "Cloudinary.api",
  ChatClientCall: "ChatClient",
};

const PLUS_ROWS = /^(?:save|saveOrUpdate|update|updateById|removeById)$/;
const CHAIN_ENDS = /^(?:update|remove)$/;
/** Methods of MyBatis-Plus and jOOQ that take one row, or one condition. */
const STATEMENTS: Readonly<Record<string, RegExp>> = {
  BaseMapper: /^(?:insert|insertOrUpdate|update|updateById|delete|deleteById)$/,
  IService: PLUS_ROWS,
  ServiceImpl: PLUS_ROWS,
  LambdaUpdateChainWrapper: CHAIN_ENDS,
  UpdateChainWrapper: CHAIN_ENDS,
  DSLContext: /^execute./,
  UpdatableRecord: /./,
  DAOImpl: /^(?:insert|update|merge|delete)$/,
};

/** What a call of a library method on a value of this type does; `type` is the library type's simple name. */
export function libraryWork(type: string, method: string, receiver: Type | undefined): Work | undefined {
  if (method === "getClass") return undefined;
  const name = receiver === undefined ? type : simpleName(receiver);
  const label = `${WRITTEN_AS[name] ?? name}.${method}`;
  // Spring Data's own has no methods: what is called on one is another library's, of source code or of artifacts.
  if (name === "Repository" && type === name) return undefined;
  if (SPRING_DATA_REPOSITORIES.has(type)) {
    if (NO_STATEMENT.has(method)) return undefined;
    return { kind: READS.test(method) ? "read" : "write", label, ...(receiver === undefined ? {} : { on: receiver.name }) };
  }
  if (PANACHE_TYPES.has(type)) {
    const kind = PANACHE_READS.test(method) ? "read" : PANACHE_WRITES.test(method) ? "write" : undefined;
    return kind && { kind, label, ...(receiver && { on: receiver.name }), panache: true };
  }
  const api = APIS[type];
  if (api?.read?.test(method)) return { kind: "read", label };
  if (api?.write?.test(method))
    return STATEMENTS[type]?.test(method) ? { kind: "write", label, statement: true } : { kind: "write", label };
  const kind = slowWork(type, method, receiver?.name ?? type);
  return kind === undefined ? undefined : { kind, label };
}

/** Whether a call gives an object without its row. */
export const givesReference = (type: string, method: string): boolean =>
  method !== "getClass" && NO_STATEMENT.has(method) && (type === "EntityManager" || RELATIONAL_REPOSITORIES.has(type));

/** What a repository of Spring Data does by the name of its method. */
export const kindByName = (method: string): "read" | "write" | undefined =>
  NO_STATEMENT.has(method) ? undefined : READS.test(method) ? "read" : "write";

/** What a method declared in the workspace does without a body of ours: repository and mapper interfaces. */
export function declaredWork(types: TypeIndex, mappers: MapperIndex, owner: TypeEntry, method: JavaMethod): Work | undefined {
  if (owner.type.kind !== "interface" || method.body >= 0) return undefined;
  const label = `${owner.type.name}.${method.name}`;
  if (remoteInterface(owner, method)) return { kind: "http", label };
  const statement = method.annotations.map((annotation) => bare(annotation.name)).find((name) => STATEMENT_ANNOTATIONS.has(name));
  const annotatedWrite = method.annotations.some((annotation) => WRITE_ANNOTATIONS.has(bare(annotation.name)));
  if (statement !== undefined) {
    if (statement !== "Query" || !isGraphQl(owner))
      return { kind: annotatedWrite || writesBySql(types, owner, method) ? "write" : "read", label };
    return undefined;
  }
  const mapped = mappers.statement(owner.type.qualified, method.name);
  if (mapped !== undefined) return { kind: mapped.kind === "select" ? "read" : "write", label };
  if (!isRepository(types, owner)) return isMyBatisMapper(owner) ? namedWork(method.name, label) : undefined;
  const kind = kindByName(method.name);
  return kind && { kind: annotatedWrite ? "write" : kind, label };
}

/** A mapper of MyBatis whose XML is not here, or is made elsewhere: its methods are statements all the same. */
function isMyBatisMapper({ type, file }: TypeEntry): boolean {
  return (
    type.annotations.some(({ name }) => bare(name) === "Mapper") &&
    file.java.imports.some(({ name }) => name === "org.apache.ibatis.annotations.Mapper" || name === "org.apache.ibatis.annotations")
  );
}

/** By the verb that a mapper's method begins with; an unusual one is neither. */
function namedWork(method: string, label: string): Work | undefined {
  if (READS.test(method) || /^(page|sum|check|has|is)/.test(method)) return { kind: "read", label };
  return /^(insert|update|delete|save|remove|add|batch|upsert|replace)/.test(method) ? { kind: "write", label } : undefined;
}

const bare = (name: string): string => name.slice(name.lastIndexOf(".") + 1);

/** Retrofit-like and GraphQL clients also name an annotation "Query", on parameters or resolvers. */
const isGraphQl = (owner: TypeEntry): boolean => owner.file.java.imports.some((declared) => /graphql|retrofit/i.test(declared.name));

function writesBySql(types: TypeIndex, owner: TypeEntry, method: JavaMethod): boolean {
  const value = method.annotations.flatMap(({ values }) => values).find(({ name }) => name === "value")?.value;
  const text = value === undefined ? undefined : constantText(firstPart(value), owner, types);
  return text !== undefined && /^\s*(insert|update|delete|merge)\b/i.test(text);
}

const firstPart = (value: AnnotationValue): AnnotationValue =>
  value.kind === "concatenation" && value.parts[0] !== undefined ? firstPart(value.parts[0]) : value;
