/** What mappers and services of MyBatis Plus and tk.mybatis give, as `library.ts` reads it. */
export const MYBATIS_PLUS_MAPPER = `
selectById: T
selectOne: T
selectList: List<T>
selectBatchIds: List<T>
selectByIds: List<T>
selectByMap: List<T>
selectCount: Long
selectPage: IPage<T>
exists: boolean
insert: int
updateById: int
update: int
deleteById: int
delete: int
deleteBatchIds: int`;

/** Of MyBatis-Plus-Join's mappers and services. */
export const MYBATIS_PLUS_JOINS = "selectJoinList: List<C0>\nselectJoinOne: C0\nselectJoinCount: Long";

/** Of tk.mybatis; what MyBatis's generator writes has the same names and is declared in the workspace. */
export const TK_MAPPER = `
select: List<T>
selectAll: List<T>
selectOne: T
selectByPrimaryKey: T
selectByExample: List<T>
selectOneByExample: T
selectByIds: List<T>
selectCount: int
selectCountByExample: int
existsWithPrimaryKey: boolean
insert: int
insertSelective: int
updateByPrimaryKey: int
updateByPrimaryKeySelective: int
updateByExample: int
updateByExampleSelective: int
delete: int
deleteByPrimaryKey: int
deleteByExample: int`;

export const MYBATIS_PLUS_SERVICE = `
getById: T
getOne: T
getOptById: Optional<T>
list: List<T>
listByIds: List<T>
listByMap: List<T>
count: long
page: IPage<T>
lambdaQuery: LambdaQueryChainWrapper<T>
query: QueryChainWrapper<T>
lambdaUpdate: LambdaUpdateChainWrapper
save: boolean
saveBatch: boolean
updateById: boolean
removeById: boolean`;

export const MYBATIS_PLUS_CHAIN = `
one: T
oneOpt: Optional<T>
list: List<T>
count: Long
exists: boolean
page: IPage<T>`;
