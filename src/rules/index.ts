import { connectionPoolDefaults } from "./config/connection-pool-defaults.ts";
import { openInView } from "./config/open-in-view.ts";
import { animatedBuilderWithoutChild } from "./dart/animated-builder-without-child.ts";
import { controllerNotDisposed } from "./dart/controller-not-disposed.ts";
import { futureCreatedInBuild } from "./dart/future-created-in-build.ts";
import { rebuildWideState } from "./dart/rebuild-wide-state.ts";
import { queryInLoop } from "./java/query-in-loop.ts";
import { unboundedFindAll } from "./java/unbounded-find-all.ts";
import { uncachedHotEndpoint } from "./java/uncached-hot-endpoint.ts";
import type { AnyRule } from "./rule.ts";
import { foreignKeyWithoutIndex } from "./sql/foreign-key-without-index.ts";
import { migrationVersion } from "./sql/migration-version.ts";
import { missingIndexForQuery } from "./sql/missing-index-for-query.ts";
import { redundantIndex } from "./sql/redundant-index.ts";

/** Every rule, by group and name. A test holds this list against the files and the documents. */
export const rules: readonly AnyRule[] = [
  connectionPoolDefaults,
  openInView,
  animatedBuilderWithoutChild,
  controllerNotDisposed,
  futureCreatedInBuild,
  rebuildWideState,
  queryInLoop,
  unboundedFindAll,
  uncachedHotEndpoint,
  foreignKeyWithoutIndex,
  migrationVersion,
  missingIndexForQuery,
  redundantIndex,
];
