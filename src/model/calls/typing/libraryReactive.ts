/** Quarkus's Panache on Hibernate Reactive: the names of the blocking one, what they give comes later. */
const PANACHE = `
find: ReactivePanacheQuery<T>
findAll: ReactivePanacheQuery<T>
findById: Uni<T>
list: Uni<List<T>>
listAll: Uni<List<T>>
stream: Multi<T>
streamAll: Multi<T>
count: Uni<Long>
delete: Uni<Long>
deleteAll: Uni<Long>
deleteById: Uni<Boolean>
persist: Uni
persistAndFlush: Uni
update: Uni<Integer>`;

const UNI = `
map: Uni<R>; T
flatMap: R; T
chain: R; T
call: Uni<T>; T
invoke: Uni<T>; T
onItem: UniOnItem<T>
await: UniAwait<T>
toMulti: Multi<T>`;

const UNI_ON_ITEM = `
transform: Uni<R>; T
transformToUni: R; T
transformToMulti: R; T
call: Uni<T>; T
invoke: Uni<T>; T
ifNotNull: UniOnItem<T>`;

const EACH = ["transformToUniAndMerge", "transformToUniAndConcatenate", "transformToMultiAndMerge", "transformToMultiAndConcatenate"]
  .map((name) => `${name}: Multi; T; each`)
  .join("\n");

const MULTI = `
map: Multi<R>; T; each
flatMap: Multi; T; each
concatMap: Multi; T; each
filter: Multi<T>; T; each
call: Multi<T>; T; each
invoke: Multi<T>; T; each
onItem: MultiOnItem<T>
collect: MultiCollect<T>
createFrom: MultiCreate`;

/** Types of Mutiny and what stands on it, written as in library.ts. */
export const REACTIVE_TYPES: Readonly<Record<string, string>> = {
  "Uni<T>": UNI,
  "UniOnItem<T>": UNI_ON_ITEM,
  "UniAwait<T>": "indefinitely: T\natMost: T",
  "Multi<T>": MULTI,
  "MultiOnItem<T>": `transform: Multi<R>; T; each\ncall: Multi<T>; T; each\ninvoke: Multi<T>; T; each\n${EACH}`,
  "MultiCollect<T>": "asList: Uni<List<T>>\nlast: Uni<T>\nfirst: Uni<T>",
  MultiCreate: "iterable: Multi<E0>",
  "ReactivePanacheRepositoryBase<T, ID>": PANACHE,
  "ReactivePanacheRepository<T> < ReactivePanacheRepositoryBase<T, Long>": "",
  "ReactivePanacheEntityBase<T>": PANACHE,
  "ReactivePanacheEntity<T> < ReactivePanacheEntityBase<T>": "",
};

/** Every method that is not listed returns the query. */
export const REACTIVE_BUILDERS: Readonly<Record<string, string>> = {
  "ReactivePanacheQuery<T>":
    "project: ReactivePanacheQuery<C0>\nlist: Uni<List<T>>\nstream: Multi<T>\nfirstResult: Uni<T>\nsingleResult: Uni<T>\ncount: Uni<Long>",
};

const PACKAGE = "io.quarkus.hibernate.reactive.panache.";

/** What the table calls a type of this qualified name: Panache's simple names are those of two libraries. */
export const isReactivePanache = (qualified: string): boolean =>
  qualified.startsWith(PACKAGE) && !qualified.startsWith("common", PACKAGE.length);
