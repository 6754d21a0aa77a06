/** What jOOQ gives, as `library.ts` reads it. */
const JOOQ = `
fetch: Result<T>
fetchOne: T
fetchAny: T
fetchInto: List<C0>
fetchOneInto: C0
fetchOptional: Optional<T>
fetchOptionalInto: Optional<C0>
fetchSingle: T
fetchSingleInto: C0
fetchAnyInto: C0
fetchLazy: Iterable<T>
fetchGroups: Map
fetchValues: List
fetchStream: Stream<T>
fetchStreamInto: Stream<C0>
fetchSet: Set
fetchMap: Map
fetchCount: int
fetchExists: boolean
execute: int`;

const JOOQ_CONTEXT = `
select: SelectStep
selectFrom: SelectStep
selectDistinct: SelectStep
selectCount: SelectStep
selectOne: SelectStep
update: JooqWrite
insertInto: JooqWrite
deleteFrom: JooqWrite
mergeInto: JooqWrite
with: SelectStep
withRecursive: SelectStep
newRecord: UpdatableRecord
executeInsert: int
executeUpdate: int
executeDelete: int
batch: JooqBatch
batchInsert: JooqBatch
batchUpdate: JooqBatch
batchMerge: JooqBatch
batchStore: JooqBatch
batchDelete: JooqBatch
${JOOQ.trim()}`;

/** A row of a table, as jOOQ generates it. */
const JOOQ_RECORD = `
store: int
insert: int
update: int
merge: int
delete: int
refresh: void
fetchParent: 
fetchChild: 
fetchChildren: Result`;

/** What jOOQ generates to ask one table; `P` are its objects. */
const JOOQ_DAO = `
fetch: List<P>
fetchOne: P
fetchOptional: Optional<P>
findById: P
findOptionalById: Optional<P>
findAll: List<P>
existsById: boolean
count: long
insert: void
update: void
merge: void
delete: void
deleteById: void`;

/** Types that a jOOQ query has on its way, as code declares its variables. */
export const JOOQ_STEPS = (
  "Select SelectQuery ResultQuery SelectWhereStep SelectJoinStep SelectOnStep SelectOnConditionStep SelectConditionStep SelectHavingStep " +
  "SelectOrderByStep SelectSeekStep1 SelectSeekStep2 SelectSeekStepN SelectLimitStep SelectLimitPercentStep SelectOffsetStep SelectForUpdateStep SelectFinalStep"
).split(" ");

export const JOOQ_TYPES: Readonly<Record<string, string>> = {
  DSL: "using: DSLContext",
  UpdatableRecord: JOOQ_RECORD,
  "UpdatableRecordImpl<R> < UpdatableRecord": "",
  "DAOImpl<R, P, T>": JOOQ_DAO,
};

/** Steps of a chain, as in `library.ts`: what is not listed gives the step again. */
export const JOOQ_BUILDERS: Readonly<Record<string, string>> = {
  DSLContext: JOOQ_CONTEXT,
  "CloseableDSLContext < DSLContext": "",
  "SelectStep<T>": JOOQ,
  ...Object.fromEntries(JOOQ_STEPS.map((name) => [`${name}<T> < SelectStep<T>`, ""])),
  JooqWrite: "execute: int\nreturning: JooqWrite\nfetchOne: \nfetch: ",
  JooqBatch: "execute: int[]",
};

/** The library type behind what jOOQ generates, which is seldom kept beside the code: by the package that it stands in. */
export function generatedByJooq(qualified: string): string | undefined {
  if (qualified.endsWith("Record")) return qualified.includes(".tables.records.") ? "UpdatableRecord" : undefined;
  return qualified.endsWith("Dao") && qualified.includes(".tables.daos.") ? "DAOImpl" : undefined;
}
