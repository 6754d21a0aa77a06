import { JOOQ_PACKAGES } from "../../types/libraryNames.ts";

/** What jOOQ gives, as `library.ts` reads it. */
const fetching = (row: string): string => `
fetch: Result<${row}>
fetchOne: ${row}
fetchAny: ${row}
fetchInto: List<C0>
fetchOneInto: C0
fetchOptional: Optional<${row}>
fetchOptionalInto: Optional<C0>
fetchSingle: ${row}
fetchSingleInto: C0
fetchAnyInto: C0
fetchLazy: Iterable<${row}>
fetchGroups: Map
fetchValues: List
fetchStream: Stream<${row}>
fetchStreamInto: Stream<C0>
fetchSet: Set
fetchMap: Map
fetchCount: int
fetchExists: boolean
execute: int`;

const JOOQ_CONTEXT = `
select: SelectStep
selectFrom: SelectStep<UpdatableRecord>
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
${fetching("UpdatableRecord").trim()}`;

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
  "SelectStep<T>": fetching("T"),
  ...Object.fromEntries(JOOQ_STEPS.map((name) => [`${name}<T> < SelectStep<T>`, ""])),
  JooqWrite: "execute: int\nreturning: JooqWrite\nfetchOne: \nfetch: ",
  JooqBatch: "execute: int[]",
};

const [RECORDS, DAOS] = JOOQ_PACKAGES;

/** The library type behind what jOOQ generates, by the package that it stands in. */
export function generatedByJooq(qualified: string): string | undefined {
  if (qualified.endsWith(RECORDS.names)) return qualified.includes(`${RECORDS.ends}.`) ? "UpdatableRecord" : undefined;
  return qualified.endsWith(DAOS.names) && qualified.includes(`${DAOS.ends}.`) ? "DAOImpl" : undefined;
}
