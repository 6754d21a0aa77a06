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

/** What is asked for at once; `select(Order.class)` begins what its last method asks for. */
const R2DBC = `
select: R2dbcSelection
selectOne: Mono<C1>
count: Mono<Long>
exists: Mono<Boolean>
insert: Mono<A0>
update: Mono<A0>
delete: Mono<A0>`;

const MONO = `
fromCallable: Mono<R>
fromSupplier: Mono<R>
defer: R
just: Mono<A0>
empty: Mono
fromRunnable: Mono
subscribeOn: Mono<T>
retryWhen: Mono<T>
then: Mono
thenReturn: Mono<A0>
map: Mono<R>; T
flatMap: R; T
flatMapMany: R; T
flatMapIterable: Flux<ER>; T
block: T
filter: Mono<T>; T
doOnNext: Mono<T>; T
defaultIfEmpty: Mono<T>
switchIfEmpty: Mono<T>`;

/** Reactor's: what one operator makes of each element, the next one is given. */
const FLUX = `
just: Flux<A0>
fromStream: Flux<E0>
fromIterable: Flux<E0>
fromArray: Flux<X0>
map: Flux<R>; T; each
mapNotNull: Flux<R>; T; each
flatMap: Flux<ER>; T; each
flatMapSequential: Flux<ER>; T; each
flatMapDelayError: Flux<ER>; T; each
flatMapIterable: Flux<ER>; T; each
concatMap: Flux<ER>; T; each
concatMapDelayError: Flux<ER>; T; each
filter: Flux<T>; T; each
filterWhen: Flux<T>; T; each
delayUntil: Flux<T>; T; each
doOnNext: Flux<T>; T; each
sort: Flux<T>
distinct: Flux<T>
take: Flux<T>
skip: Flux<T>
next: Mono<T>
collectList: Mono<List<T>>
collectSortedList: Mono<List<T>>
toStream: Stream<T>
toIterable: Iterable<T>`;

/** Types of Reactor, of Mutiny and what stands on it, written as in library.ts. */
export const REACTIVE_TYPES: Readonly<Record<string, string>> = {
  "Mono<T>": MONO,
  "Flux<T>": FLUX,
  DatabaseClient: "sql: R2dbcStatement",
  "R2dbcRows<T>": "one: Mono<T>\nfirst: Mono<T>\nall: Flux<T>\nrowsUpdated: Mono<Long>",
  R2dbcEntityTemplate: R2DBC,
  R2dbcEntityOperations: R2DBC,
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
  R2dbcStatement: "map: R2dbcRows<R>\nmapProperties: R2dbcRows<C0>\nmapValue: R2dbcRows<C0>\nfetch: R2dbcRows\nthen: Mono",
  R2dbcSelection: "one: Mono\nfirst: Mono\nall: Flux\ncount: Mono<Long>\nexists: Mono<Boolean>",
  "ReactivePanacheQuery<T>":
    "project: ReactivePanacheQuery<C0>\nlist: Uni<List<T>>\nstream: Multi<T>\nfirstResult: Uni<T>\nsingleResult: Uni<T>\ncount: Uni<Long>",
};

const PACKAGE = "io.quarkus.hibernate.reactive.panache.";

/** What the table calls a type of this qualified name: Panache's simple names are those of two libraries. */
export const isReactivePanache = (qualified: string): boolean =>
  qualified.startsWith(PACKAGE) && !qualified.startsWith("common", PACKAGE.length);
