import type { AnyRule } from "../rule.ts";
import { aggregateQueryPerRow } from "./aggregate-query-per-row.ts";
import { assignedIdMerge } from "./assigned-id-merge.ts";
import { asyncDefaultExecutor } from "./async-default-executor.ts";
import { asyncNotEnabled } from "./async-not-enabled.ts";
import { blockingInReactive } from "./blocking-in-reactive.ts";
import { boxingInLoop } from "./boxing-in-loop.ts";
import { cacheBadKey } from "./cache-bad-key.ts";
import { cacheKeyNeverMatches } from "./cache-key-never-matches.ts";
import { cacheMissingEvict } from "./cache-missing-evict.ts";
import { cacheNoTtl } from "./cache-no-ttl.ts";
import { cacheNotEnabled } from "./cache-not-enabled.ts";
import { cacheProviderDev } from "./cache-provider-dev.ts";
import { cacheStampede } from "./cache-stampede.ts";
import { cacheUnsafeValue } from "./cache-unsafe-value.ts";
import { cacheValueNotDeserializable } from "./cache-value-not-deserializable.ts";
import { cartesianFetch } from "./cartesian-fetch.ts";
import { collectionFetchPaging } from "./collection-fetch-paging.ts";
import { commonPoolIo } from "./common-pool-io.ts";
import { connectionHeldDuringSlowWork } from "./connection-held-during-slow-work.ts";
import { connectionNotClosed } from "./connection-not-closed.ts";
import { countForExistence } from "./count-for-existence.ts";
import { deepOffsetLoop } from "./deep-offset-loop.ts";
import { deleteAllLoadsEntities } from "./delete-all-loads-entities.ts";
import { duplicateQueryInRequest } from "./duplicate-query-in-request.ts";
import { eagerCollection } from "./eager-collection.ts";
import { eagerSecondarySelect } from "./eager-secondary-select.ts";
import { entitySerialization } from "./entity-serialization.ts";
import { entityWhereProjection } from "./entity-where-projection.ts";
import { exceptionControlFlow } from "./exception-control-flow.ts";
import { executorPerCall } from "./executor-per-call.ts";
import { expensiveObjectPerCall } from "./expensive-object-per-call.ts";
import { expensiveWorkPerRequest } from "./expensive-work-per-request.ts";
import { fallbackEager } from "./fallback-eager.ts";
import { filterInMemory } from "./filter-in-memory.ts";
import { findForReference } from "./find-for-reference.ts";
import { flushInLoop } from "./flush-in-loop.ts";
import { futureGetNoTimeout } from "./future-get-no-timeout.ts";
import { graphqlNPlusOne } from "./graphql-n-plus-one.ts";
import { httpCallInLoop } from "./http-call-in-loop.ts";
import { httpClientNoTimeout } from "./http-client-no-timeout.ts";
import { httpClientPerRequest } from "./http-client-per-request.ts";
import { httpPoolDefault } from "./http-pool-default.ts";
import { identityBlocksBatching } from "./identity-blocks-batching.ts";
import { inUnbounded } from "./in-unbounded.ts";
import { kafkaAckInLoop } from "./kafka-ack-in-loop.ts";
import { keyDerivedPerCall } from "./key-derived-per-call.ts";
import { lazyAccessInLoop } from "./lazy-access-in-loop.ts";
import { lazyNotHonoured } from "./lazy-not-honoured.ts";
import { limitInMemory } from "./limit-in-memory.ts";
import { lockHotPath } from "./lock-hot-path.ts";
import { logArgsEager } from "./log-args-eager.ts";
import { lombokEntity } from "./lombok-entity.ts";
import { lookupTwice } from "./lookup-twice.ts";
import { loopInvariantQuery } from "./loop-invariant-query.ts";
import { manyToManyList } from "./many-to-many-list.ts";
import { mapGrowsForever } from "./map-grows-forever.ts";
import { missingReadOnly } from "./missing-read-only.ts";
import { multipleBagFetch } from "./multiple-bag-fetch.ts";
import { multipleCounts } from "./multiple-counts.ts";
import { nestedLinearLookup } from "./nested-linear-lookup.ts";
import { nestedSelectPerRow } from "./nested-select-per-row.ts";
import { oneToOneInverse } from "./one-to-one-inverse.ts";
import { pageCountUnneeded } from "./page-count-unneeded.ts";
import { pageSizeUnbounded } from "./page-size-unbounded.ts";
import { pagingWithoutOrder } from "./paging-without-order.ts";
import { pathNeverMatches } from "./path-never-matches.ts";
import { proxySelfInvocation } from "./proxy-self-invocation.ts";
import { queryInLoop } from "./query-in-loop.ts";
import { readAllIntoMemory } from "./read-all-into-memory.ts";
import { redisInLoop } from "./redis-in-loop.ts";
import { redisKeysScan } from "./redis-keys-scan.ts";
import { redos } from "./redos.ts";
import { reflectionCopyInLoop } from "./reflection-copy-in-loop.ts";
import { regexInLoop } from "./regex-in-loop.ts";
import { saveInLoop } from "./save-in-loop.ts";
import { secondConnection } from "./second-connection.ts";
import { sequenceAllocation } from "./sequence-allocation.ts";
import { sleepInRequest } from "./sleep-in-request.ts";
import { streamNotScoped } from "./stream-not-scoped.ts";
import { stringConcatInLoop } from "./string-concat-in-loop.ts";
import { tokenParsedTwice } from "./token-parsed-twice.ts";
import { txPerIteration } from "./tx-per-iteration.ts";
import { unboundedFindAll } from "./unbounded-find-all.ts";
import { unboundedQueryMethod } from "./unbounded-query-method.ts";
import { uncachedHotEndpoint } from "./uncached-hot-endpoint.ts";
import { unidirectionalOneToMany } from "./unidirectional-one-to-many.ts";
import { unpaginatedEndpoint } from "./unpaginated-endpoint.ts";
import { updatePerRow } from "./update-per-row.ts";

/** The rules on Java, in the order of their ids. */
export const javaRules: readonly AnyRule[] = [
  aggregateQueryPerRow,
  assignedIdMerge,
  asyncDefaultExecutor,
  asyncNotEnabled,
  blockingInReactive,
  boxingInLoop,
  cacheBadKey,
  cacheKeyNeverMatches,
  cacheMissingEvict,
  cacheNoTtl,
  cacheNotEnabled,
  cacheProviderDev,
  cacheStampede,
  cacheUnsafeValue,
  cacheValueNotDeserializable,
  cartesianFetch,
  collectionFetchPaging,
  commonPoolIo,
  connectionHeldDuringSlowWork,
  connectionNotClosed,
  countForExistence,
  deepOffsetLoop,
  deleteAllLoadsEntities,
  duplicateQueryInRequest,
  eagerCollection,
  eagerSecondarySelect,
  entitySerialization,
  entityWhereProjection,
  exceptionControlFlow,
  executorPerCall,
  expensiveObjectPerCall,
  expensiveWorkPerRequest,
  fallbackEager,
  filterInMemory,
  findForReference,
  flushInLoop,
  futureGetNoTimeout,
  graphqlNPlusOne,
  httpCallInLoop,
  httpClientNoTimeout,
  httpClientPerRequest,
  httpPoolDefault,
  identityBlocksBatching,
  inUnbounded,
  kafkaAckInLoop,
  keyDerivedPerCall,
  lazyAccessInLoop,
  lazyNotHonoured,
  limitInMemory,
  lockHotPath,
  logArgsEager,
  lombokEntity,
  lookupTwice,
  loopInvariantQuery,
  manyToManyList,
  mapGrowsForever,
  missingReadOnly,
  multipleBagFetch,
  multipleCounts,
  nestedLinearLookup,
  nestedSelectPerRow,
  oneToOneInverse,
  pageCountUnneeded,
  pageSizeUnbounded,
  pagingWithoutOrder,
  pathNeverMatches,
  proxySelfInvocation,
  queryInLoop,
  readAllIntoMemory,
  redisInLoop,
  redisKeysScan,
  redos,
  reflectionCopyInLoop,
  regexInLoop,
  saveInLoop,
  secondConnection,
  sequenceAllocation,
  sleepInRequest,
  streamNotScoped,
  stringConcatInLoop,
  tokenParsedTwice,
  txPerIteration,
  unboundedFindAll,
  unboundedQueryMethod,
  uncachedHotEndpoint,
  unidirectionalOneToMany,
  unpaginatedEndpoint,
  updatePerRow,
];
