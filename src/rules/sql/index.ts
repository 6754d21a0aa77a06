import type { AnyRule } from "../rule.ts";
import { associationWithoutIndex } from "./association-without-index.ts";
import { backfillInMigration } from "./backfill-in-migration.ts";
import { cartesianProduct } from "./cartesian-product.ts";
import { caseInsensitiveWithoutIndex } from "./case-insensitive-without-index.ts";
import { checkValidatedAtOnce } from "./check-validated-at-once.ts";
import { columnDefaultRewrites } from "./column-default-rewrites.ts";
import { columnPadding } from "./column-padding.ts";
import { columnTypeRewrites } from "./column-type-rewrites.ts";
import { concurrentIndexInTransaction } from "./concurrent-index-in-transaction.ts";
import { concurrentIndexStaysInvalid } from "./concurrent-index-stays-invalid.ts";
import { countAboveZero } from "./count-above-zero.ts";
import { distinctCount } from "./distinct-count.ts";
import { dropCascade } from "./drop-cascade.ts";
import { dropInUse } from "./drop-in-use.ts";
import { dropIndexNotConcurrent } from "./drop-index-not-concurrent.ts";
import { exclusionConstraint } from "./exclusion-constraint.ts";
import { flywayConcurrentIndexHangs } from "./flyway-concurrent-index-hangs.ts";
import { foreignKeyTypeMismatch } from "./foreign-key-type-mismatch.ts";
import { foreignKeyValidatedAtOnce } from "./foreign-key-validated-at-once.ts";
import { foreignKeyWithoutIndex } from "./foreign-key-without-index.ts";
import { functionOnColumn } from "./function-on-column.ts";
import { groupedPerRequest } from "./grouped-per-request.ts";
import { indexDeclaredOnlyInEntity } from "./index-declared-only-in-entity.ts";
import { indexMethodMismatch } from "./index-method-mismatch.ts";
import { indexMissingInDialect } from "./index-missing-in-dialect.ts";
import { indexNotConcurrent } from "./index-not-concurrent.ts";
import { indexOnNullColumn } from "./index-on-null-column.ts";
import { indexOnUpdateTime } from "./index-on-update-time.ts";
import { integerKeyOverflow } from "./integer-key-overflow.ts";
import { jsonFieldWithoutIndex } from "./json-field-without-index.ts";
import { jsonNotJsonb } from "./json-not-jsonb.ts";
import { leadingWildcard } from "./leading-wildcard.ts";
import { lockTimeoutMissing } from "./lock-timeout-missing.ts";
import { lowSelectivityIndex } from "./low-selectivity-index.ts";
import { maintenanceInMigration } from "./maintenance-in-migration.ts";
import { manyIndexes } from "./many-indexes.ts";
import { materializedCte } from "./materialized-cte.ts";
import { memberPerRow } from "./member-per-row.ts";
import { migrationVersion } from "./migration-version.ts";
import { missingIndexForQuery } from "./missing-index-for-query.ts";
import { noPrimaryKey } from "./no-primary-key.ts";
import { notInSubquery } from "./not-in-subquery.ts";
import { offsetPaging } from "./offset-paging.ts";
import { optionalParameter } from "./optional-parameter.ts";
import { orWithoutIndex } from "./or-without-index.ts";
import { paddedText } from "./padded-text.ts";
import { parameterTypePastIndex } from "./parameter-type-past-index.ts";
import { partitionLock } from "./partition-lock.ts";
import { policyCallPerRow } from "./policy-call-per-row.ts";
import { prefixWithoutIndex } from "./prefix-without-index.ts";
import { purgeWithoutIndex } from "./purge-without-index.ts";
import { queueWithoutSkipLocked } from "./queue-without-skip-locked.ts";
import { randomOrder } from "./random-order.ts";
import { randomUuidKey } from "./random-uuid-key.ts";
import { redundantDistinct } from "./redundant-distinct.ts";
import { redundantIndex } from "./redundant-index.ts";
import { refreshNotConcurrent } from "./refresh-not-concurrent.ts";
import { refreshWithoutUniqueIndex } from "./refresh-without-unique-index.ts";
import { repeatedTableScan } from "./repeated-table-scan.ts";
import { routineWithoutIndex } from "./routine-without-index.ts";
import { rowByRowWrite } from "./row-by-row-write.ts";
import { scanPerRow } from "./scan-per-row.ts";
import { selectStar } from "./select-star.ts";
import { setNotNullScan } from "./set-not-null-scan.ts";
import { sortByExpression } from "./sort-by-expression.ts";
import { subqueryPerRow } from "./subquery-per-row.ts";
import { triggerLock } from "./trigger-lock.ts";
import { unfinishedWithoutIndex } from "./unfinished-without-index.ts";
import { unionWithoutDuplicates } from "./union-without-duplicates.ts";
import { uniqueConstraintBuildsIndex } from "./unique-constraint-builds-index.ts";
import { uniqueIndexMissing } from "./unique-index-missing.ts";
import { unpartitionedTable } from "./unpartitioned-table.ts";
import { unusedIndex } from "./unused-index.ts";
import { uuidAsText } from "./uuid-as-text.ts";
import { validateInSameTransaction } from "./validate-in-same-transaction.ts";
import { viewRefresh } from "./view-refresh.ts";
import { wideIndex } from "./wide-index.ts";
import { wideLockWindow } from "./wide-lock-window.ts";
import { workUnderExclusiveLock } from "./work-under-exclusive-lock.ts";
import { writeWithoutWhere } from "./write-without-where.ts";

/** The rules on SQL, in the order of their ids. */
export const sqlRules: readonly AnyRule[] = [
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
