import { canonicalKey } from "../../facts/config/configFacts.ts";

/** A property that Spring Boot no longer reads. */
export interface RemovedProperty {
  /** The first line of Spring Boot, among those looked at, that does not read it: "3.0"; "2.7" stands for that and older. */
  readonly since: string;
  /** What is read instead. */
  readonly replacement: string | undefined;
  /** The same value means something else there: all attempts, and those behind the first. */
  readonly otherMeaning: boolean;
}

/**
 * What the configuration metadata of Spring Boot 2.7 to 4.1 (all its modules on Maven Central) marks with deprecation level "error",
 * and what that of 3.5 marks as deprecated and that of 4.0 no longer has: but for `management.endpoint.*.enabled`, which 4.1 reads
 * all the same. A line holds the version, the prefix, the prefix of the replacements ("-" for none) and the names: "old=new" where they
 * differ, "old~new" where the value means something else, too. For the pools of Redis, which the metadata leaves open, the
 * replacement is what the migration guide of 3.0 says of all of `spring.redis`. Names that differ from their replacement by dashes
 * alone are left out: relaxed binding reads both.
 */
const TABLE = `
2.7 logging logging.file file=name path
4.1 logging.file logging.logback.rollingpolicy clean-history-on-start max-history max-size=max-file-size total-size-cap
4.1 logging.pattern logging.logback.rollingpolicy rolling-file-name=file-name-pattern
2.7 management.endpoints.jmx spring.jmx unique-names
2.7 management.health.couchbase - timeout
2.7 management.health.elasticsearch - indices response-timeout
3.4 management.health.influxdb - enabled
4.0 management.health.mongo management.health.mongodb enabled
4.0 management.health.probes management.endpoint.health.probes enabled
2.7 management.metrics.binders.files management.metrics.enable.process enabled=files
2.7 management.metrics.binders.jvm management.metrics.enable enabled=jvm
2.7 management.metrics.binders.logback management.metrics.enable enabled=logback
2.7 management.metrics.binders.processor - enabled
2.7 management.metrics.binders.uptime - enabled
2.7 management.metrics.export.appoptics - num-threads
3.0 management.metrics.export.appoptics management.appoptics.metrics.export api-token batch-size connect-timeout enabled floor-times host-tag read-timeout step uri
3.0 management.metrics.export.atlas management.atlas.metrics.export batch-size config-refresh-frequency config-time-to-live config-uri connect-timeout enabled eval-uri lwc-enabled meter-time-to-live read-timeout step uri
3.0 management.metrics.export.atlas - num-threads
2.7 management.metrics.export.datadog - num-threads
3.0 management.metrics.export.datadog management.datadog.metrics.export api-key application-key batch-size connect-timeout descriptions enabled host-tag read-timeout step uri
3.0 management.metrics.export.defaults management.defaults.metrics.export enabled
2.7 management.metrics.export.dynatrace - num-threads
3.0 management.metrics.export.dynatrace management.dynatrace.metrics.export api-token batch-size connect-timeout device-id enabled group read-timeout step technology-type uri
3.0 management.metrics.export.dynatrace.v1 management.dynatrace.metrics.export.v1 device-id group technology-type
3.0 management.metrics.export.dynatrace.v2 management.dynatrace.metrics.export.v2 default-dimensions enrich-with-dynatrace-metadata metric-key-prefix
2.7 management.metrics.export.elastic - num-threads
3.0 management.metrics.export.elastic management.elastic.metrics.export api-key-credentials auto-create-index batch-size connect-timeout enabled host index index-date-format index-date-separator password pipeline read-timeout step timestamp-field-name user-name
3.0 management.metrics.export.ganglia management.ganglia.metrics.export addressing-mode duration-units enabled host port step time-to-live
3.0 management.metrics.export.ganglia - rate-units
3.0 management.metrics.export.graphite management.graphite.metrics.export duration-units enabled graphite-tags-enabled host port protocol rate-units step tags-as-prefix
2.7 management.metrics.export.humio - num-threads repository
3.0 management.metrics.export.humio management.humio.metrics.export api-token batch-size connect-timeout enabled read-timeout step tags uri
2.7 management.metrics.export.influx - num-threads
3.0 management.metrics.export.influx management.influx.metrics.export api-version auto-create-db batch-size bucket compressed connect-timeout consistency db enabled org password read-timeout retention-duration retention-policy retention-replication-factor retention-shard-duration step token uri user-name
3.0 management.metrics.export.jmx management.jmx.metrics.export domain enabled step
2.7 management.metrics.export.kairos - num-threads
3.0 management.metrics.export.kairos management.kairos.metrics.export batch-size connect-timeout enabled password read-timeout step uri user-name
2.7 management.metrics.export.newrelic - num-threads
3.0 management.metrics.export.newrelic management.newrelic.metrics.export account-id api-key batch-size client-provider-type connect-timeout enabled event-type meter-name-event-type-enabled read-timeout step uri
3.0 management.metrics.export.prometheus management.prometheus.metrics.export descriptions enabled histogram-flavor step
3.0 management.metrics.export.prometheus.pushgateway management.prometheus.metrics.export.pushgateway base-url enabled grouping-key job password push-rate shutdown-operation username
2.7 management.metrics.export.signalfx - num-threads
3.0 management.metrics.export.signalfx management.signalfx.metrics.export access-token batch-size connect-timeout enabled published-histogram-type read-timeout source step uri
3.0 management.metrics.export.simple management.simple.metrics.export enabled mode step
2.7 management.metrics.export.stackdriver - num-threads
3.0 management.metrics.export.stackdriver management.stackdriver.metrics.export batch-size connect-timeout enabled project-id read-timeout resource-labels resource-type step use-semantic-metric-types
2.7 management.metrics.export.statsd - queue-size
3.0 management.metrics.export.statsd management.statsd.metrics.export enabled flavor host max-packet-length polling-frequency port protocol publish-unchanged-meters
2.7 management.metrics.export.wavefront - connect-timeout num-threads read-timeout
3.0 management.metrics.export.wavefront management.wavefront api-token source uri
3.0 management.metrics.export.wavefront management.wavefront.sender batch-size
3.0 management.metrics.export.wavefront management.wavefront.metrics.export enabled global-prefix step
3.0 management.metrics.export.wavefront.sender management.wavefront.sender flush-interval max-queue-size message-size
3.0 management.metrics.graphql.autotime - enabled percentiles percentiles-histogram
4.0 management.metrics.mongo.command management.metrics.mongodb.command enabled
4.0 management.metrics.mongo.connectionpool management.metrics.mongodb.connectionpool enabled
2.7 management.metrics.web.client management.observations.http.client.requests requests-metric-name=name
3.2 management.metrics.web.client.request management.observations.http.client.requests metric-name=name
3.0 management.metrics.web.client.request.autotime - enabled percentiles percentiles-histogram
2.7 management.metrics.web.server management.metrics.web.server.request.autotime auto-time-requests=enabled
2.7 management.metrics.web.server management.observations.http.server.requests requests-metric-name=name
3.0 management.metrics.web.server.request - ignore-trailing-slash
3.2 management.metrics.web.server.request management.observations.http.server.requests metric-name=name
3.0 management.metrics.web.server.request.autotime - enabled percentiles percentiles-histogram
4.0 management.otlp.logging management.opentelemetry.logging.export.otlp compression connect-timeout endpoint headers timeout transport
4.0 management.otlp.logging.export management.logging.export.otlp enabled
4.0 management.otlp.tracing management.opentelemetry.tracing.export.otlp compression connect-timeout endpoint headers timeout transport
4.0 management.otlp.tracing.export management.tracing.export.otlp enabled
4.0 management.prometheus.metrics.export.pushgateway management.prometheus.metrics.export.pushgateway base-url=address
3.5 management.promethus.metrics.export.pushgateway management.prometheus.metrics.export.pushgateway base-url=address
2.7 management.server.servlet management.server context-path=base-path
4.0 management.signalfx.metrics.export - access-token batch-size connect-timeout enabled published-histogram-type read-timeout source step uri
2.7 management.trace management.httpexchanges.recording include
3.0 management.trace.http management.httpexchanges.recording enabled include
4.0 management.tracing management.tracing.export enabled
4.0 management.tracing.brave management.brave.tracing span-joining-supported
4.0 management.tracing.opentelemetry.export management.opentelemetry.tracing.export include-unsampled max-batch-size max-queue-size schedule-delay timeout
4.0 management.wavefront - api-token api-token-type source trace-derived-custom-tag-keys uri
4.0 management.wavefront.application - cluster-name custom-tags name service-name shard-name
4.0 management.wavefront.metrics.export - batch-size connect-timeout enabled global-prefix read-timeout report-day-distribution report-hour-distribution report-minute-distribution step
4.0 management.wavefront.sender - batch-size flush-interval max-queue-size message-size
4.0 management.wavefront.tracing.export - enabled
4.0 management.zipkin.tracing management.tracing.export.zipkin connect-timeout encoding endpoint read-timeout
4.0 management.zipkin.tracing.export management.tracing.export.zipkin enabled
3.2 micrometer.observations.annotations management.observations.annotations enabled
2.7 server - connection-timeout max-http-post-size
2.7 server server use-forward-headers=forward-headers-strategy
3.2 server server max-http-header-size=max-http-request-header-size
4.0 server.error spring.web.error include-binding-errors include-exception include-message include-path include-stacktrace path
4.0 server.error.whitelabel spring.web.error.whitelabel enabled
2.7 server.jetty server.jetty max-http-post-size=max-http-form-post-size
2.7 server.jetty.accesslog server.jetty.accesslog date-format=custom-format extended-format=format locale=custom-format log-cookies=custom-format log-latency=custom-format log-server=custom-format time-zone=custom-format
3.2 server.netty - max-chunk-size
2.7 server.servlet spring.mvc.servlet path
4.0 server.servlet.encoding spring.servlet.encoding charset enabled force force-request force-response
3.2 server.servlet.session.cookie - comment
2.7 server.tomcat server.tomcat max-http-post-size=max-http-form-post-size
3.4 server.tomcat - reject-illegal-header
2.7 server.undertow - buffers-per-region
2.7 spring.activemq.pool - create-connection-on-startup expiry-timeout reconnect-on-exception
2.7 spring.application - index
2.7 spring.artemis spring.artemis host=broker-url port=broker-url
3.0 spring.banner.image - bitdepth height invert location margin pixelmode width
2.7 spring.batch spring.batch.jdbc initialize-schema schema table-prefix
2.7 spring.batch.initializer spring.batch.jdbc enabled=initialize-schema
3.1 spring.cassandra spring.cassandra.ssl ssl=enabled
4.0 spring.codec spring.http.codecs log-request-details max-in-memory-size
2.7 spring.couchbase spring.couchbase bootstrap-hosts=connection-string
2.7 spring.couchbase.bucket - name password
2.7 spring.couchbase.env.bootstrap - http-direct-port http-ssl-port
2.7 spring.couchbase.env.endpoints - key-value query view
2.7 spring.couchbase.env.endpoints.queryservice spring.couchbase.env.io max-endpoints min-endpoints
2.7 spring.couchbase.env.endpoints.viewservice spring.couchbase.env.io max-endpoints min-endpoints
3.3 spring.couchbase.env.ssl spring.couchbase.env.ssl key-store=bundle key-store-password=bundle
2.7 spring.couchbase.env.timeouts - socket-connect
4.0 spring.dao.exceptiontranslation spring.persistence.exceptiontranslation enabled
2.7 spring.data.cassandra - jmx-enabled load-balancing-policy reconnection-policy retry-policy
3.0 spring.data.cassandra spring.cassandra compression config contact-points keyspace-name local-datacenter password port schema-action session-name username
3.0 spring.data.cassandra spring.cassandra.ssl ssl=enabled
3.0 spring.data.cassandra.connection spring.cassandra.connection connect-timeout init-query-timeout
3.0 spring.data.cassandra.controlconnection spring.cassandra.controlconnection timeout
2.7 spring.data.cassandra.pool spring.cassandra.request.throttler max-queue-size
2.7 spring.data.cassandra.pool - pool-timeout
3.0 spring.data.cassandra.pool spring.cassandra.pool heartbeat-interval idle-timeout
3.0 spring.data.cassandra.request spring.cassandra.request consistency page-size serial-consistency timeout
3.0 spring.data.cassandra.request.throttler spring.cassandra.request.throttler drain-interval max-concurrent-requests max-queue-size max-requests-per-second type
2.7 spring.data.couchbase - consistency
2.7 spring.data.elasticsearch - cluster-name cluster-nodes properties
2.7 spring.data.mongodb spring.data.mongodb.gridfs grid-fs-database=database
4.0 spring.data.mongodb spring.mongodb additional-hosts authentication-database database host password port protocol replica-set-name uri username
4.0 spring.data.mongodb spring.mongodb.representation uuid-representation=uuid
4.0 spring.data.mongodb.ssl spring.mongodb.ssl bundle enabled
2.7 spring.data.neo4j - auto-index open-in-view use-native-types
3.0 spring.data.neo4j spring.neo4j.authentication password username
3.0 spring.data.neo4j spring.neo4j uri
2.7 spring.data.neo4j.embedded - enabled
2.7 spring.data.neo4j.repositories spring.data.neo4j.repositories enabled=type
3.1 spring.data.redis spring.data.redis.ssl ssl=enabled
4.1 spring.data.redis.lettuce.cluster.refresh - adaptive
2.7 spring.datasource spring.sql.init continue-on-error data=data-locations data-password=password data-username=username initialization-mode=mode platform schema=schema-locations schema-password=password schema-username=username separator sql-script-encoding=encoding
2.7 spring.datasource spring.datasource.tomcat jmx-enabled
2.7 spring.elasticsearch.jest - connection-timeout multi-threaded password read-timeout uris username
2.7 spring.elasticsearch.jest.proxy - host port
3.0 spring.elasticsearch.webclient - max-in-memory-size
2.7 spring.flyway spring.flyway check-location=fail-on-missing-locations sql-migration-suffix=sql-migration-suffixes
2.7 spring.flyway - dry-run-output error-handlers undo-sql-migration-prefix vault-secrets vault-token vault-url
3.0 spring.flyway - baseline-migration-prefix
3.0 spring.flyway spring.flyway ignore-future-migrations~ignore-migration-patterns ignore-ignored-migrations~ignore-migration-patterns ignore-missing-migrations~ignore-migration-patterns ignore-pending-migrations~ignore-migration-patterns oracle-kerberos-config-file=kerberos-config-file
3.3 spring.flyway - cherry-pick license-key
4.0 spring.flyway - clean-on-validation-error
4.0 spring.flyway spring.flyway.oracle oracle-kerberos-cache-file=kerberos-cache-file oracle-sqlplus-warn=sqlplus-warn oracle-sqlplus=sqlplus oracle-wallet-location=wallet-location
4.0 spring.flyway spring.flyway.sqlserver sql-server-kerberos-login-file=kerberos-login-file
4.0 spring.freemarker - enabled
2.7 spring.git spring.info.git properties=location
4.0 spring.graphql spring.graphql.http path
4.0 spring.graphql.sse spring.graphql.http.sse timeout
4.0 spring.groovy.template - enabled
2.7 spring.http spring.mvc log-request-details
2.7 spring.http.converters spring.mvc.converters preferred-json-mapper
2.7 spring.http.encoding server.servlet.encoding charset enabled force force-request force-response mapping
3.4 spring.influx - password url user
2.7 spring.jackson - joda-date-time-format
3.0 spring.jpa.hibernate - use-new-id-generator-mappings
2.7 spring.jta.bitronix.connectionfactory - acquire-increment acquisition-interval acquisition-timeout allow-local-transactions apply-transaction-timeout automatic-enlisting-enabled cache-producers-consumers class-name defer-connection-release disabled driver-properties ignore-recovery-failures max-idle-time max-pool-size min-pool-size password share-transaction-connections test-connections two-pc-ordering-position unique-name use-tm-join user
2.7 spring.jta.bitronix.datasource - acquire-increment acquisition-interval acquisition-timeout allow-local-transactions apply-transaction-timeout automatic-enlisting-enabled class-name cursor-holdability defer-connection-release disabled driver-properties enable-jdbc4-connection-test ignore-recovery-failures isolation-level local-auto-commit login-timeout max-idle-time max-pool-size min-pool-size prepared-statement-cache-size share-transaction-connections test-query two-pc-ordering-position unique-name use-tm-join
2.7 spring.jta.bitronix.properties - allow-multiple-lrc asynchronous2-pc background-recovery-interval background-recovery-interval-seconds current-node-only-recovery debug-zero-resource-transaction default-transaction-timeout disable-jmx exception-analyzer filter-log-status force-batching-enabled forced-write-enabled graceful-shutdown-interval jndi-transaction-synchronization-registry-name jndi-user-transaction-name journal log-part1-filename log-part2-filename max-log-size-in-mb resource-configuration-filename server-id skip-corrupted-logs warn-about-zero-resource-transaction
2.7 spring.jta.narayana - default-timeout expiry-scanners log-dir one-phase-commit periodic-recovery-period recovery-backoff-period recovery-db-pass recovery-db-user recovery-jms-pass recovery-jms-user recovery-modules transaction-manager-id xa-resource-orphan-filters
3.0 spring.kafka.listener - only-log-record-metadata
4.0 spring.kafka.retry.topic.backoff spring.kafka.retry.topic.backoff random=jitter
2.7 spring.kafka.streams spring.kafka.streams cache-max-bytes-buffering=state-store-cache-max-size
3.3 spring.kafka.streams spring.kafka.streams cache-max-size-buffering=state-store-cache-max-size
2.7 spring.liquibase - check-change-log-location
3.2 spring.liquibase spring.liquibase labels=label-filter
2.7 spring.mongodb.embedded - features
4.0 spring.mustache - enabled
2.7 spring.mvc spring.web locale locale-resolver
3.0 spring.mvc spring.mvc.format date-format=date
3.2 spring.mvc - ignore-default-model-on-redirect
3.4 spring.mvc - throw-exception-if-no-handler-found
3.5 spring.mvc.converters spring.http.converters preferred-json-mapper
2.7 spring.mvc.favicon - enabled
2.7 spring.mvc.formcontent.putfilter spring.mvc.formcontent.filter enabled
4.0 spring.neo4j.pool - metrics-enabled
2.7 spring.rabbitmq - publisher-confirms
4.0 spring.rabbitmq.listener.direct.retry spring.rabbitmq.listener.direct.retry max-attempts~max-retries
2.7 spring.rabbitmq.listener.simple - transaction-size
4.0 spring.rabbitmq.listener.simple.retry spring.rabbitmq.listener.simple.retry max-attempts~max-retries
2.7 spring.rabbitmq.template spring.rabbitmq.template queue=default-receive-queue
4.0 spring.rabbitmq.template.retry spring.rabbitmq.template.retry max-attempts~max-retries
3.0 spring.redis spring.data.redis client-name client-type connect-timeout database host password port ssl timeout url username
3.0 spring.redis.cluster spring.data.redis.cluster max-redirects nodes
3.0 spring.redis.jedis.pool spring.data.redis.jedis.pool enabled max-active max-idle max-wait min-idle time-between-eviction-runs
3.0 spring.redis.lettuce spring.data.redis.lettuce shutdown-timeout
3.0 spring.redis.lettuce.cluster.refresh spring.data.redis.lettuce.cluster.refresh adaptive dynamic-refresh-sources period
3.0 spring.redis.lettuce.pool spring.data.redis.lettuce.pool enabled max-active max-idle max-wait min-idle time-between-eviction-runs
3.0 spring.redis.sentinel spring.data.redis.sentinel master nodes password username
2.7 spring.resources spring.web.resources add-mappings static-locations
2.7 spring.resources.cache spring.web.resources.cache period use-last-modified
2.7 spring.resources.cache.cachecontrol spring.web.resources.cache.cachecontrol cache-private cache-public max-age must-revalidate no-cache no-store no-transform proxy-revalidate s-max-age stale-if-error stale-while-revalidate
2.7 spring.resources.chain spring.web.resources.chain cache compressed enabled gzipped=compressed
2.7 spring.resources.chain - html-application-cache
2.7 spring.resources.chain.strategy.content spring.web.resources.chain.strategy.content enabled paths
2.7 spring.resources.chain.strategy.fixed spring.web.resources.chain.strategy.fixed enabled paths version
3.0 spring.security.oauth2.resourceserver.jwt spring.security.oauth2.resourceserver.jwt jws-algorithm=jws-algorithms
4.0 spring.session.redis spring.session.data.redis cleanup-cron configure-action flush-mode namespace repository-type save-mode
4.0 spring.thymeleaf - enabled
3.0 spring.webflux.multipart - streaming
`;

/** By canonical key (see canonicalKey). */
export const REMOVED_PROPERTIES: ReadonlyMap<string, RemovedProperty> = new Map(
  TABLE.trim()
    .split("\n")
    .flatMap((line) => {
      const [since = "", prefix = "", target = "-", ...names] = line.split(" ");
      return names.map((name): [string, RemovedProperty] => {
        const [old = "", renamed = old] = name.split(/[=~]/);
        const replacement = target === "-" ? undefined : `${target}.${renamed}`;
        return [canonicalKey(`${prefix}.${old}`), { since, replacement, otherMeaning: name.includes("~") }];
      });
    }),
);
