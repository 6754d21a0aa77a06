import { MYBATIS_PLUS_CHAIN, MYBATIS_PLUS_JOINS, MYBATIS_PLUS_MAPPER, MYBATIS_PLUS_SERVICE, TK_MAPPER } from "./libraryMybatis.ts";

const CRUD = `
findById: Optional<T>
getReferenceById: T
getById: T
getOne: T
findAll: List<T>
findAllById: List<T>
findOne: Optional<T>
save: A0
saveAndFlush: A0
saveAll: List<T>
saveAllAndFlush: List<T>
existsById: boolean
exists: boolean
count: long`;

const REACTIVE_CRUD = `
findById: Mono<T>
findAll: Flux<T>
findAllById: Flux<T>
save: Mono<A0>
saveAll: Flux<T>
existsById: Mono<Boolean>
count: Mono<Long>`;

/** Of Quarkus's Panache; those that do not wait give the same later. */
const PANACHE = `
find: PanacheQuery<T>
findAll: PanacheQuery<T>
findById: T
findByIdOptional: Optional<T>
list: List<T>
listAll: List<T>
stream: Stream<T>
streamAll: Stream<T>
count: long
delete: long
deleteAll: long
deleteById: boolean
update: int`;

const PANACHE_QUERY = `
project: PanacheQuery<C0>
list: List<T>
stream: Stream<T>
firstResult: T
firstResultOptional: Optional<T>
singleResult: T
singleResultOptional: Optional<T>
count: long`;

/** Of MyBatis itself: statements by their names. */
const SQL_SESSION = `
getMapper: C0
selectOne: 
selectList: List
selectMap: Map
insert: int
update: int
delete: int`;

const ENTITY_MANAGER = `
find: C0
getReference: C0
merge: A0
createQuery: TypedQuery<C1>
createNamedQuery: TypedQuery<C1>
createNativeQuery: Query
unwrap: C0`;

const QUERY = `
getResultList: List<T>
getResultStream: Stream<T>
getSingleResult: T
list: List<T>
uniqueResult: T
uniqueResultOptional: Optional<T>
executeUpdate: int`;

const QUERYDSL = `
select: JPAQuery<Q0>
fetch: List<T>
fetchOne: T
fetchFirst: T
fetchCount: long
fetchResults: QueryResults<T>
stream: Stream<T>
iterate: CloseableIterator<T>
transform: `;

const QUERYDSL_FACTORY = `
selectFrom: JPAQuery<Q0>
select: JPAQuery<Q0>
selectDistinct: JPAQuery<Q0>
selectOne: JPAQuery<Integer>
query: JPAQuery
from: JPAQuery<Q0>
update: JPAUpdateClause
delete: JPADeleteClause
insert: JPAInsertClause`;

const QUERYDSL_EXECUTOR = `
findAll: List<T>
findOne: Optional<T>
count: long
exists: boolean`;

const JDBI = `
withHandle: R; Handle
useHandle: void; Handle
inTransaction: R; Handle
useTransaction: void; Handle
withExtension: R; C0
useExtension: void; C0
onDemand: C0
open: Handle`;

const JDBI_HANDLE = `
createQuery: JdbiQuery
select: JdbiQuery
createUpdate: JdbiUpdate
prepareBatch: JdbiBatch
createBatch: JdbiBatch
createScript: JdbiUpdate
execute: int
attach: C0
inTransaction: R; Handle
useTransaction: void; Handle`;

const JDBI_QUERY = `
mapTo: JdbiQuery<C0>
mapToBean: JdbiQuery<C0>
mapToMap: JdbiQuery<Map<String, Object>>
map: JdbiQuery<R>
list: List<T>
set: Set<T>
stream: Stream<T>
one: T
first: T
findOne: Optional<T>
findFirst: Optional<T>
forEach: void; T; each
useStream: void; Stream<T>
withStream: R; Stream<T>
collect: 
collectRows: 
reduceRows: 
scanResultSet: 
reduceResultSet: `;

/** Of Spring Data MongoDB. */
const MONGO = `find: List<C1>
findAll: List<C0>
findOne: C1
findById: C1
findAndModify:
findAndRemove: C1
findAllAndRemove: List<C1>
findDistinct: List
stream: Stream<C1>
aggregate:
count: long
exists: boolean
save: A0
insert: A0`;

/** Of Spring Data Elasticsearch, beside what all repositories have. */
const SEARCHES = `search: Page<T>
searchSimilar: Page<T>
index: A0`;

/** Types of persistence libraries, written as in library.ts. */
export const PERSISTENCE_TYPES: Readonly<Record<string, string>> = {
  "Repository<T, ID>": "",
  "CrudRepository<T, ID>": CRUD,
  "ListCrudRepository<T, ID> < CrudRepository<T, ID>": "",
  "PagingAndSortingRepository<T, ID> < CrudRepository<T, ID>": "",
  "ListPagingAndSortingRepository<T, ID> < CrudRepository<T, ID>": "",
  "JpaRepository<T, ID> < CrudRepository<T, ID>": "",
  "EntityGraphJpaRepository<T, ID> < CrudRepository<T, ID>": "",
  "KeyValueRepository<T, ID> < CrudRepository<T, ID>": "",
  "ReactiveCrudRepository<T, ID>": REACTIVE_CRUD,
  "ReactiveSortingRepository<T, ID> < ReactiveCrudRepository<T, ID>": "",
  "R2dbcRepository<T, ID> < ReactiveCrudRepository<T, ID>": "",
  "PanacheRepositoryBase<T, ID>": PANACHE,
  "PanacheRepository<T> < PanacheRepositoryBase<T, Long>": "",
  "PanacheEntityBase<T>": PANACHE,
  "PanacheEntity<T> < PanacheEntityBase<T>": "",
  "MongoRepository<T, ID> < CrudRepository<T, ID>": "",
  "ElasticsearchRepository<T, ID> < CrudRepository<T, ID>": SEARCHES,
  "ElasticsearchCrudRepository<T, ID> < CrudRepository<T, ID>": SEARCHES,
  "SolrRepository<T, ID>": "count: long",
  "SolrCrudRepository<T, ID> < CrudRepository<T, ID>": "",
  "QuerydslPredicateExecutor<T>": QUERYDSL_EXECUTOR,
  "ListQuerydslPredicateExecutor<T>": QUERYDSL_EXECUTOR,
  QuerydslRepositorySupport: "from: JPQLQuery<Q0>\nupdate: JPAUpdateClause\ndelete: JPADeleteClause",
  Jdbi: JDBI,
  Handle: JDBI_HANDLE,
  "JpaSpecificationExecutor<T>": "findAll: List<T>\nfindOne: Optional<T>\ncount: long",
  "BaseMapper<T>": MYBATIS_PLUS_MAPPER,
  "MPJBaseMapper<T> < BaseMapper<T>": `${MYBATIS_PLUS_JOINS}\nselectJoinPage: IPage<C1>`,
  "Mapper<T>": TK_MAPPER,
  "IService<T>": MYBATIS_PLUS_SERVICE,
  "ServiceImpl<M, T> < IService<T>": `getBaseMapper: M\n${MYBATIS_PLUS_SERVICE.trim()}`,
  "MPJBaseService<T> < IService<T>": MYBATIS_PLUS_JOINS,
  "MPJDeepService<T> < MPJBaseService<T>": "",
  "MPJBaseServiceImpl<M, T> < ServiceImpl<M, T>": MYBATIS_PLUS_JOINS,
  SqlSession: SQL_SESSION,
  "SqlSessionTemplate < SqlSession": "",
  SqlSessionDaoSupport: "getSqlSession: SqlSession\ngetSqlSessionTemplate: SqlSessionTemplate",
  "EgovAbstractMapper < SqlSessionDaoSupport": SQL_SESSION.replace(/getMapper.*\n/, ""),
  SqlMapClientDaoSupport: "getSqlMapClientTemplate: SqlMapClientTemplate\ngetSqlMapClient: SqlMapClient",
  "EgovAbstractDAO < SqlMapClientDaoSupport": "select: \nlist: List\ninsert: \nupdate: int\ndelete: int",
  SqlMapClientTemplate: "queryForObject: \nqueryForList: List\nqueryForMap: Map\ninsert: \nupdate: int\ndelete: int",
  SqlMapClient: "queryForObject: \nqueryForList: List\nqueryForMap: Map\ninsert: \nupdate: int\ndelete: int",
  "IPage<T>": "getRecords: List<T>\ngetTotal: long\nconvert: IPage<R>; T; each",
  EntityManager: ENTITY_MANAGER,
  // Of Hibernate Reactive; Hibernate's own has other names for the same.
  SessionFactory:
    "withSession: R; Session\nwithTransaction: R; Session\nwithStatelessSession: R; StatelessSession\nwithStatelessTransaction: R; StatelessSession",
  "StatelessSession < EntityManager": "get: C0",
  "Session < EntityManager": "get: C0\nload: C0\nbyId: \ncreateCriteria: Criteria<C0>",
  // Spring's, of Hibernate before JPA
  HibernateDaoSupport:
    "getHibernateTemplate: HibernateTemplate\ngetSession: Session\ncurrentSession: Session\ngetSessionFactory: SessionFactory",
  HibernateTemplate: "get: C0\nload: C0\nloadAll: List<C0>",
  JdbcDaoSupport: "getJdbcTemplate: JdbcTemplate\ngetDataSource: DataSource\ngetConnection: Connection",
  "NamedParameterJdbcDaoSupport < JdbcDaoSupport": "getNamedParameterJdbcTemplate: NamedParameterJdbcTemplate",
  NamedParameterJdbcTemplate: "getJdbcTemplate: JdbcTemplate\ngetJdbcOperations: JdbcOperations",
  JobExplorer: "getJobInstances: List<JobInstance>\ngetJobExecutions: List<JobExecution>\nfindRunningJobExecutions: Set<JobExecution>",
  MongoOperations: MONGO,
  "MongoTemplate < MongoOperations": "",
};

/** Builders of persistence libraries: every method returns the builder, until one that is listed. */
export const PERSISTENCE_BUILDERS: Readonly<Record<string, string>> = {
  "Query<T>": QUERY,
  // Of Hibernate before JPA; with a projection there are other rows than the entities.
  "Criteria<T>": "list: List<T>\nuniqueResult: T\nscroll: \nsetProjection: Criteria",
  "PanacheQuery<T>": PANACHE_QUERY,
  "TypedQuery<T> < Query<T>": "",
  "NativeQuery<T> < Query<T>": "",
  JPAQueryFactory: QUERYDSL_FACTORY,
  JPQLQueryFactory: QUERYDSL_FACTORY,
  "JPAQuery<T>": QUERYDSL,
  "JPQLQuery<T>": QUERYDSL,
  "JPASQLQuery<T>": QUERYDSL,
  "SQLQuery<T>": QUERYDSL,
  SQLQueryFactory: "selectFrom: SQLQuery\nselect: SQLQuery\nquery: SQLQuery\nfrom: SQLQuery",
  "LambdaQueryChainWrapper<T>": MYBATIS_PLUS_CHAIN,
  "QueryChainWrapper<T>": MYBATIS_PLUS_CHAIN,
  LambdaUpdateChainWrapper: "update: boolean\nremove: boolean",
  UpdateChainWrapper: "update: boolean\nremove: boolean",
  JPAUpdateClause: "execute: long",
  JPADeleteClause: "execute: long",
  JPAInsertClause: "execute: long",
  "JdbiQuery<T>": JDBI_QUERY,
  JdbiUpdate: "execute: int\nexecuteAndReturnGeneratedKeys: JdbiKeys",
  JdbiBatch: "execute: int[]\nexecutePreparedBatch: JdbiKeys\nexecuteAndReturn: JdbiKeys",
  "JdbiKeys<T>": "mapTo: JdbiKeys<C0>\nmapToBean: JdbiKeys<C0>\nlist: List<T>\none: T\nfindOne: Optional<T>",
  SimpleJdbcInsert: "execute: int\nexecuteAndReturnKey: Number\nexecuteAndReturnKeyHolder: \nexecuteBatch: int[]",
  JdbcClient: "sql: StatementSpec",
  StatementSpec: "query: MappedQuery<C0>\nupdate: int",
  "MappedQuery<T>":
    "list: List<T>\nsingle: T\noptional: Optional<T>\nstream: Stream<T>\nset: Set<T>\nsingleValue: \nlistOfRows: List\nsingleRow: Map\nsingleColumn: List",
};
