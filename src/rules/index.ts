import { connectionPoolDefaults } from "./config/connection-pool-defaults.ts";
import { connectionPoolOversized } from "./config/connection-pool-oversized.ts";
import { connectionPoolsShared } from "./config/connection-pools-shared.ts";
import { connectionTimeout } from "./config/connection-timeout.ts";
import { databaseTimeouts } from "./config/database-timeouts.ts";
import { ddlAutoInProduction } from "./config/ddl-auto-in-production.ts";
import { dockerDevProfile } from "./config/docker-dev-profile.ts";
import { dockerHeapDefault } from "./config/docker-heap-default.ts";
import { dockerHeapLimit } from "./config/docker-heap-limit.ts";
import { dockerLayers } from "./config/docker-layers.ts";
import { dockerSerialGc } from "./config/docker-serial-gc.ts";
import { dockerSlowFlags } from "./config/docker-slow-flags.ts";
import { dockerStartup } from "./config/docker-startup.ts";
import { http2 } from "./config/http2.ts";
import { jdbcBatch } from "./config/jdbc-batch.ts";
import { jpaSafety } from "./config/jpa-safety.ts";
import { lazyLoadNoTrans } from "./config/lazy-load-no-trans.ts";
import { logLevelInProduction } from "./config/log-level-in-production.ts";
import { metricsUnseen } from "./config/metrics-unseen.ts";
import { nginxCompressionTypes } from "./config/nginx-compression-types.ts";
import { nginxHttp2 } from "./config/nginx-http2.ts";
import { nginxImmutableUnhashed } from "./config/nginx-immutable-unhashed.ts";
import { nginxUpstreamKeepalive } from "./config/nginx-upstream-keepalive.ts";
import { nginxWorkers } from "./config/nginx-workers.ts";
import { noBatchFetch } from "./config/no-batch-fetch.ts";
import { openInView } from "./config/open-in-view.ts";
import { propertyWithoutEffect } from "./config/property-without-effect.ts";
import { redisTimeout } from "./config/redis-timeout.ts";
import { requestPercentiles } from "./config/request-percentiles.ts";
import { responseCompression } from "./config/response-compression.ts";
import { schedulerSingleThread } from "./config/scheduler-single-thread.ts";
import { sqlLoggingInProduction } from "./config/sql-logging-in-production.ts";
import { virtualThreads } from "./config/virtual-threads.ts";
import { animatedBuilderWithoutChild } from "./dart/animated-builder-without-child.ts";
import { controllerNotDisposed } from "./dart/controller-not-disposed.ts";
import { futureCreatedInBuild } from "./dart/future-created-in-build.ts";
import { queryPerRow } from "./dart/query-per-row.ts";
import { rebuildWideState } from "./dart/rebuild-wide-state.ts";
import { writeInLoop } from "./dart/write-in-loop.ts";
import { aggregateQueryPerRow } from "./java/aggregate-query-per-row.ts";
import { assignedIdMerge } from "./java/assigned-id-merge.ts";
import { asyncDefaultExecutor } from "./java/async-default-executor.ts";
import { blockingInReactive } from "./java/blocking-in-reactive.ts";
import { boxingInLoop } from "./java/boxing-in-loop.ts";
import { cacheBadKey } from "./java/cache-bad-key.ts";
import { cacheKeyNeverMatches } from "./java/cache-key-never-matches.ts";
import { cacheMissingEvict } from "./java/cache-missing-evict.ts";
import { cacheNoTtl } from "./java/cache-no-ttl.ts";
import { cacheNotEnabled } from "./java/cache-not-enabled.ts";
import { cacheProviderDev } from "./java/cache-provider-dev.ts";
import { cacheStampede } from "./java/cache-stampede.ts";
import { cacheUnsafeValue } from "./java/cache-unsafe-value.ts";
import { cacheValueNotDeserializable } from "./java/cache-value-not-deserializable.ts";
import { cartesianFetch } from "./java/cartesian-fetch.ts";
import { collectionFetchPaging } from "./java/collection-fetch-paging.ts";
import { commonPoolIo } from "./java/common-pool-io.ts";
import { connectionHeldDuringSlowWork } from "./java/connection-held-during-slow-work.ts";
import { connectionNotClosed } from "./java/connection-not-closed.ts";
import { countForExistence } from "./java/count-for-existence.ts";
import { deepOffsetLoop } from "./java/deep-offset-loop.ts";
import { deleteAllLoadsEntities } from "./java/delete-all-loads-entities.ts";
import { duplicateQueryInRequest } from "./java/duplicate-query-in-request.ts";
import { eagerCollection } from "./java/eager-collection.ts";
import { eagerSecondarySelect } from "./java/eager-secondary-select.ts";
import { entitySerialization } from "./java/entity-serialization.ts";
import { entityWhereProjection } from "./java/entity-where-projection.ts";
import { exceptionControlFlow } from "./java/exception-control-flow.ts";
import { executorPerCall } from "./java/executor-per-call.ts";
import { expensiveObjectPerCall } from "./java/expensive-object-per-call.ts";
import { expensiveWorkPerRequest } from "./java/expensive-work-per-request.ts";
import { filterInMemory } from "./java/filter-in-memory.ts";
import { findForReference } from "./java/find-for-reference.ts";
import { flushInLoop } from "./java/flush-in-loop.ts";
import { futureGetNoTimeout } from "./java/future-get-no-timeout.ts";
import { graphqlNPlusOne } from "./java/graphql-n-plus-one.ts";
import { httpCallInLoop } from "./java/http-call-in-loop.ts";
import { httpClientNoTimeout } from "./java/http-client-no-timeout.ts";
import { httpClientPerRequest } from "./java/http-client-per-request.ts";
import { httpPoolDefault } from "./java/http-pool-default.ts";
import { identityBlocksBatching } from "./java/identity-blocks-batching.ts";
import { inUnbounded } from "./java/in-unbounded.ts";
import { kafkaAckInLoop } from "./java/kafka-ack-in-loop.ts";
import { keyDerivedPerCall } from "./java/key-derived-per-call.ts";
import { lazyAccessInLoop } from "./java/lazy-access-in-loop.ts";
import { lazyNotHonoured } from "./java/lazy-not-honoured.ts";
import { limitInMemory } from "./java/limit-in-memory.ts";
import { lockHotPath } from "./java/lock-hot-path.ts";
import { logArgsEager } from "./java/log-args-eager.ts";
import { lombokEntity } from "./java/lombok-entity.ts";
import { lookupTwice } from "./java/lookup-twice.ts";
import { loopInvariantQuery } from "./java/loop-invariant-query.ts";
import { manyToManyList } from "./java/many-to-many-list.ts";
import { missingReadOnly } from "./java/missing-read-only.ts";
import { multipleBagFetch } from "./java/multiple-bag-fetch.ts";
import { multipleCounts } from "./java/multiple-counts.ts";
import { nestedLinearLookup } from "./java/nested-linear-lookup.ts";
import { nestedSelectPerRow } from "./java/nested-select-per-row.ts";
import { oneToOneInverse } from "./java/one-to-one-inverse.ts";
import { pageCountUnneeded } from "./java/page-count-unneeded.ts";
import { pageSizeUnbounded } from "./java/page-size-unbounded.ts";
import { pagingWithoutOrder } from "./java/paging-without-order.ts";
import { pathNeverMatches } from "./java/path-never-matches.ts";
import { proxySelfInvocation } from "./java/proxy-self-invocation.ts";
import { queryInLoop } from "./java/query-in-loop.ts";
import { readAllIntoMemory } from "./java/read-all-into-memory.ts";
import { redisInLoop } from "./java/redis-in-loop.ts";
import { redisKeysScan } from "./java/redis-keys-scan.ts";
import { redos } from "./java/redos.ts";
import { reflectionCopyInLoop } from "./java/reflection-copy-in-loop.ts";
import { regexInLoop } from "./java/regex-in-loop.ts";
import { saveInLoop } from "./java/save-in-loop.ts";
import { secondConnection } from "./java/second-connection.ts";
import { sequenceAllocation } from "./java/sequence-allocation.ts";
import { sleepInRequest } from "./java/sleep-in-request.ts";
import { streamNotScoped } from "./java/stream-not-scoped.ts";
import { stringConcatInLoop } from "./java/string-concat-in-loop.ts";
import { tokenParsedTwice } from "./java/token-parsed-twice.ts";
import { txPerIteration } from "./java/tx-per-iteration.ts";
import { unboundedFindAll } from "./java/unbounded-find-all.ts";
import { unboundedQueryMethod } from "./java/unbounded-query-method.ts";
import { uncachedHotEndpoint } from "./java/uncached-hot-endpoint.ts";
import { unidirectionalOneToMany } from "./java/unidirectional-one-to-many.ts";
import { unpaginatedEndpoint } from "./java/unpaginated-endpoint.ts";
import { updatePerRow } from "./java/update-per-row.ts";
import type { AnyRule } from "./rule.ts";
import { associationWithoutIndex } from "./sql/association-without-index.ts";
import { backfillInMigration } from "./sql/backfill-in-migration.ts";
import { cartesianProduct } from "./sql/cartesian-product.ts";
import { caseInsensitiveWithoutIndex } from "./sql/case-insensitive-without-index.ts";
import { checkValidatedAtOnce } from "./sql/check-validated-at-once.ts";
import { columnDefaultRewrites } from "./sql/column-default-rewrites.ts";
import { columnPadding } from "./sql/column-padding.ts";
import { columnTypeRewrites } from "./sql/column-type-rewrites.ts";
import { concurrentIndexInTransaction } from "./sql/concurrent-index-in-transaction.ts";
import { concurrentIndexStaysInvalid } from "./sql/concurrent-index-stays-invalid.ts";
import { countAboveZero } from "./sql/count-above-zero.ts";
import { distinctCount } from "./sql/distinct-count.ts";
import { dropCascade } from "./sql/drop-cascade.ts";
import { dropInUse } from "./sql/drop-in-use.ts";
import { dropIndexNotConcurrent } from "./sql/drop-index-not-concurrent.ts";
import { exclusionConstraint } from "./sql/exclusion-constraint.ts";
import { flywayConcurrentIndexHangs } from "./sql/flyway-concurrent-index-hangs.ts";
import { foreignKeyTypeMismatch } from "./sql/foreign-key-type-mismatch.ts";
import { foreignKeyValidatedAtOnce } from "./sql/foreign-key-validated-at-once.ts";
import { foreignKeyWithoutIndex } from "./sql/foreign-key-without-index.ts";
import { functionOnColumn } from "./sql/function-on-column.ts";
import { groupedPerRequest } from "./sql/grouped-per-request.ts";
import { indexDeclaredOnlyInEntity } from "./sql/index-declared-only-in-entity.ts";
import { indexMethodMismatch } from "./sql/index-method-mismatch.ts";
import { indexMissingInDialect } from "./sql/index-missing-in-dialect.ts";
import { indexNotConcurrent } from "./sql/index-not-concurrent.ts";
import { indexOnNullColumn } from "./sql/index-on-null-column.ts";
import { indexOnUpdateTime } from "./sql/index-on-update-time.ts";
import { integerKeyOverflow } from "./sql/integer-key-overflow.ts";
import { jsonFieldWithoutIndex } from "./sql/json-field-without-index.ts";
import { jsonNotJsonb } from "./sql/json-not-jsonb.ts";
import { leadingWildcard } from "./sql/leading-wildcard.ts";
import { lockTimeoutMissing } from "./sql/lock-timeout-missing.ts";
import { lowSelectivityIndex } from "./sql/low-selectivity-index.ts";
import { maintenanceInMigration } from "./sql/maintenance-in-migration.ts";
import { manyIndexes } from "./sql/many-indexes.ts";
import { materializedCte } from "./sql/materialized-cte.ts";
import { memberPerRow } from "./sql/member-per-row.ts";
import { migrationVersion } from "./sql/migration-version.ts";
import { missingIndexForQuery } from "./sql/missing-index-for-query.ts";
import { noPrimaryKey } from "./sql/no-primary-key.ts";
import { notInSubquery } from "./sql/not-in-subquery.ts";
import { offsetPaging } from "./sql/offset-paging.ts";
import { optionalParameter } from "./sql/optional-parameter.ts";
import { orWithoutIndex } from "./sql/or-without-index.ts";
import { paddedText } from "./sql/padded-text.ts";
import { parameterTypePastIndex } from "./sql/parameter-type-past-index.ts";
import { partitionLock } from "./sql/partition-lock.ts";
import { policyCallPerRow } from "./sql/policy-call-per-row.ts";
import { prefixWithoutIndex } from "./sql/prefix-without-index.ts";
import { purgeWithoutIndex } from "./sql/purge-without-index.ts";
import { queueWithoutSkipLocked } from "./sql/queue-without-skip-locked.ts";
import { randomOrder } from "./sql/random-order.ts";
import { randomUuidKey } from "./sql/random-uuid-key.ts";
import { redundantDistinct } from "./sql/redundant-distinct.ts";
import { redundantIndex } from "./sql/redundant-index.ts";
import { refreshNotConcurrent } from "./sql/refresh-not-concurrent.ts";
import { refreshWithoutUniqueIndex } from "./sql/refresh-without-unique-index.ts";
import { repeatedTableScan } from "./sql/repeated-table-scan.ts";
import { routineWithoutIndex } from "./sql/routine-without-index.ts";
import { rowByRowWrite } from "./sql/row-by-row-write.ts";
import { scanPerRow } from "./sql/scan-per-row.ts";
import { selectStar } from "./sql/select-star.ts";
import { setNotNullScan } from "./sql/set-not-null-scan.ts";
import { sortByExpression } from "./sql/sort-by-expression.ts";
import { subqueryPerRow } from "./sql/subquery-per-row.ts";
import { triggerLock } from "./sql/trigger-lock.ts";
import { unfinishedWithoutIndex } from "./sql/unfinished-without-index.ts";
import { unionWithoutDuplicates } from "./sql/union-without-duplicates.ts";
import { uniqueConstraintBuildsIndex } from "./sql/unique-constraint-builds-index.ts";
import { uniqueIndexMissing } from "./sql/unique-index-missing.ts";
import { unpartitionedTable } from "./sql/unpartitioned-table.ts";
import { unusedIndex } from "./sql/unused-index.ts";
import { uuidAsText } from "./sql/uuid-as-text.ts";
import { validateInSameTransaction } from "./sql/validate-in-same-transaction.ts";
import { viewRefresh } from "./sql/view-refresh.ts";
import { wideIndex } from "./sql/wide-index.ts";
import { wideLockWindow } from "./sql/wide-lock-window.ts";
import { workUnderExclusiveLock } from "./sql/work-under-exclusive-lock.ts";
import { writeWithoutWhere } from "./sql/write-without-where.ts";

/** Every rule, by group and name. A test holds this list against the files and the documents. */
export const rules: readonly AnyRule[] = [
  connectionPoolDefaults,
  connectionPoolOversized,
  connectionPoolsShared,
  connectionTimeout,
  databaseTimeouts,
  ddlAutoInProduction,
  dockerDevProfile,
  dockerHeapDefault,
  dockerHeapLimit,
  dockerLayers,
  dockerSerialGc,
  dockerSlowFlags,
  dockerStartup,
  http2,
  jdbcBatch,
  jpaSafety,
  lazyLoadNoTrans,
  logLevelInProduction,
  metricsUnseen,
  nginxCompressionTypes,
  nginxHttp2,
  nginxImmutableUnhashed,
  nginxUpstreamKeepalive,
  nginxWorkers,
  noBatchFetch,
  openInView,
  propertyWithoutEffect,
  redisTimeout,
  requestPercentiles,
  responseCompression,
  schedulerSingleThread,
  sqlLoggingInProduction,
  virtualThreads,
  animatedBuilderWithoutChild,
  controllerNotDisposed,
  futureCreatedInBuild,
  queryPerRow,
  rebuildWideState,
  writeInLoop,
  aggregateQueryPerRow,
  assignedIdMerge,
  asyncDefaultExecutor,
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
  associationWithoutIndex,
  backfillInMigration,
  cartesianProduct,
  caseInsensitiveWithoutIndex,
  checkValidatedAtOnce,
  columnDefaultRewrites,
  columnPadding,
  columnTypeRewrites,
  concurrentIndexInTransaction,
  concurrentIndexStaysInvalid,
  countAboveZero,
  distinctCount,
  dropCascade,
  dropInUse,
  dropIndexNotConcurrent,
  exclusionConstraint,
  flywayConcurrentIndexHangs,
  foreignKeyTypeMismatch,
  foreignKeyValidatedAtOnce,
  foreignKeyWithoutIndex,
  functionOnColumn,
  groupedPerRequest,
  indexDeclaredOnlyInEntity,
  indexMethodMismatch,
  indexMissingInDialect,
  indexNotConcurrent,
  indexOnNullColumn,
  indexOnUpdateTime,
  integerKeyOverflow,
  jsonFieldWithoutIndex,
  jsonNotJsonb,
  leadingWildcard,
  lockTimeoutMissing,
  lowSelectivityIndex,
  maintenanceInMigration,
  manyIndexes,
  materializedCte,
  memberPerRow,
  migrationVersion,
  missingIndexForQuery,
  noPrimaryKey,
  notInSubquery,
  offsetPaging,
  optionalParameter,
  orWithoutIndex,
  paddedText,
  parameterTypePastIndex,
  partitionLock,
  policyCallPerRow,
  prefixWithoutIndex,
  purgeWithoutIndex,
  queueWithoutSkipLocked,
  randomOrder,
  randomUuidKey,
  redundantDistinct,
  redundantIndex,
  refreshNotConcurrent,
  refreshWithoutUniqueIndex,
  repeatedTableScan,
  routineWithoutIndex,
  rowByRowWrite,
  scanPerRow,
  selectStar,
  setNotNullScan,
  sortByExpression,
  subqueryPerRow,
  triggerLock,
  unfinishedWithoutIndex,
  unionWithoutDuplicates,
  uniqueConstraintBuildsIndex,
  uniqueIndexMissing,
  unpartitionedTable,
  unusedIndex,
  uuidAsText,
  validateInSameTransaction,
  viewRefresh,
  wideIndex,
  wideLockWindow,
  workUnderExclusiveLock,
  writeWithoutWhere,
];
