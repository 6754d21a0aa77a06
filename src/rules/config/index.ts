import type { AnyRule } from "../rule.ts";
import { connectionPoolDefaults } from "./connection-pool-defaults.ts";
import { connectionPoolOversized } from "./connection-pool-oversized.ts";
import { connectionPoolsShared } from "./connection-pools-shared.ts";
import { connectionTimeout } from "./connection-timeout.ts";
import { databaseTimeouts } from "./database-timeouts.ts";
import { ddlAutoInProduction } from "./ddl-auto-in-production.ts";
import { dockerDevProfile } from "./docker-dev-profile.ts";
import { dockerHeapDefault } from "./docker-heap-default.ts";
import { dockerHeapLimit } from "./docker-heap-limit.ts";
import { dockerLayers } from "./docker-layers.ts";
import { dockerSerialGc } from "./docker-serial-gc.ts";
import { dockerSlowFlags } from "./docker-slow-flags.ts";
import { dockerStartup } from "./docker-startup.ts";
import { http2 } from "./http2.ts";
import { jdbcBatch } from "./jdbc-batch.ts";
import { jpaSafety } from "./jpa-safety.ts";
import { lazyLoadNoTrans } from "./lazy-load-no-trans.ts";
import { logLevelInProduction } from "./log-level-in-production.ts";
import { mailTimeout } from "./mail-timeout.ts";
import { metricsUnseen } from "./metrics-unseen.ts";
import { nginxCompressionTypes } from "./nginx-compression-types.ts";
import { nginxHttp2 } from "./nginx-http2.ts";
import { nginxImmutableUnhashed } from "./nginx-immutable-unhashed.ts";
import { nginxUpstreamKeepalive } from "./nginx-upstream-keepalive.ts";
import { nginxWorkers } from "./nginx-workers.ts";
import { noBatchFetch } from "./no-batch-fetch.ts";
import { openInView } from "./open-in-view.ts";
import { propertyWithoutEffect } from "./property-without-effect.ts";
import { redisTimeout } from "./redis-timeout.ts";
import { requestPercentiles } from "./request-percentiles.ts";
import { responseCompression } from "./response-compression.ts";
import { schedulerSingleThread } from "./scheduler-single-thread.ts";
import { sqlLoggingInProduction } from "./sql-logging-in-production.ts";
import { virtualThreads } from "./virtual-threads.ts";

/** The rules on configuration, containers and proxies, in the order of their ids. */
export const configRules: readonly AnyRule[] = [
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
  mailTimeout,
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
];
