import { canonicalKey } from "../../facts/config/configFacts.ts";
import { REMOVED_BEFORE_3 } from "./removedBefore3.ts";

/** A property that Spring Boot no longer reads. */
export interface RemovedProperty {
  /** The first line of Spring Boot that does not read it: "3.0". */
  readonly since: string;
  /** The first line behind it that reads it again. */
  readonly until: string | undefined;
  /** What is read instead. */
  readonly replacement: string | undefined;
  /** The same value means something else there: all attempts, and those behind the first. */
  readonly otherMeaning: boolean;
}

/**
 * What the configuration metadata of Spring Boot 3.0 to 4.1 (all its modules on Maven Central) marks with deprecation level "error",
 * what a line marks as deprecated, or has, and the next no longer has: but for `management.endpoint.*.enabled`, which 4.1 reads
 * all the same, and for what libraries outside of Spring Boot read (Atomikos, embedded MongoDB). A line holds the version ("2.7..3.5"
 * where 3.5 reads it again), the prefix,
 * the prefix of the replacements ("-" for none) and the names: "old=new" where they differ, "old~new" where the value means something
 * else, too. For the pools of Redis, which the metadata leaves open, the replacement is what the migration guide of 3.0 says of all of
 * `spring.redis`. Names that differ from their replacement by dashes alone are left out: relaxed binding reads both.
 */
const TABLE = `
4.1 logging.file logging.logback.rollingpolicy clean-history-on-start max-history max-size=max-file-size total-size-cap
4.1 logging.pattern logging.logback.rollingpolicy rolling-file-name=file-name-pattern
3.0 management.endpoint.configprops - additional-keys-to-sanitize keys-to-sanitize
3.0 management.endpoint.env - additional-keys-to-sanitize keys-to-sanitize
3.0 management.endpoint.jolokia - config enabled
3.4 management.health.influxdb - enabled
4.0 management.health.mongo management.health.mongodb enabled
4.0 management.health.probes management.endpoint.health.probes enabled
3.0 management.health.solr - enabled
3.0 management.metrics.export.appoptics management.appoptics.metrics.export api-token batch-size connect-timeout enabled floor-times host-tag read-timeout step uri
3.0 management.metrics.export.atlas - num-threads
3.0 management.metrics.export.atlas management.atlas.metrics.export batch-size config-refresh-frequency config-time-to-live config-uri connect-timeout enabled eval-uri lwc-enabled lwc-ignore-publish-step lwc-step meter-time-to-live read-timeout step uri
3.0 management.metrics.export.datadog management.datadog.metrics.export api-key application-key batch-size connect-timeout descriptions enabled host-tag read-timeout step uri
3.0 management.metrics.export.defaults management.defaults.metrics.export enabled
3.0 management.metrics.export.dynatrace management.dynatrace.metrics.export api-token batch-size connect-timeout enabled read-timeout step uri
3.0 management.metrics.export.dynatrace management.dynatrace.metrics.export.v1 device-id group technology-type
3.0 management.metrics.export.dynatrace.v1 management.dynatrace.metrics.export.v1 device-id group technology-type
3.0 management.metrics.export.dynatrace.v2 management.dynatrace.metrics.export.v2 default-dimensions enrich-with-dynatrace-metadata metric-key-prefix use-dynatrace-summary-instruments
3.0 management.metrics.export.elastic management.elastic.metrics.export api-key-credentials auto-create-index batch-size connect-timeout enabled host index index-date-format index-date-separator password pipeline read-timeout step timestamp-field-name user-name
3.0 management.metrics.export.ganglia - rate-units
3.0 management.metrics.export.ganglia management.ganglia.metrics.export addressing-mode duration-units enabled host port step time-to-live
3.0 management.metrics.export.graphite management.graphite.metrics.export duration-units enabled graphite-tags-enabled host port protocol rate-units step tags-as-prefix
3.0 management.metrics.export.humio management.humio.metrics.export api-token batch-size connect-timeout enabled read-timeout step tags uri
3.0 management.metrics.export.influx management.influx.metrics.export api-version auto-create-db batch-size bucket compressed connect-timeout consistency db enabled org password read-timeout retention-duration retention-policy retention-replication-factor retention-shard-duration step token uri user-name
3.0 management.metrics.export.jmx management.jmx.metrics.export domain enabled step
3.0 management.metrics.export.kairos management.kairos.metrics.export batch-size connect-timeout enabled password read-timeout step uri user-name
3.0 management.metrics.export.newrelic management.newrelic.metrics.export account-id api-key batch-size client-provider-type connect-timeout enabled event-type meter-name-event-type-enabled read-timeout step uri
3.0 management.metrics.export.prometheus management.prometheus.metrics.export descriptions enabled histogram-flavor step
3.0 management.metrics.export.prometheus.pushgateway management.prometheus.metrics.export.pushgateway base-url enabled grouping-key job password push-rate shutdown-operation username
3.0 management.metrics.export.signalfx management.signalfx.metrics.export access-token batch-size connect-timeout enabled published-histogram-type read-timeout source step uri
3.0 management.metrics.export.simple management.simple.metrics.export enabled mode step
3.0 management.metrics.export.stackdriver management.stackdriver.metrics.export batch-size connect-timeout enabled project-id read-timeout resource-labels resource-type step use-semantic-metric-types
3.0 management.metrics.export.statsd management.statsd.metrics.export buffered enabled flavor host max-packet-length polling-frequency port protocol publish-unchanged-meters step
3.0 management.metrics.export.wavefront management.wavefront api-token source uri
3.0 management.metrics.export.wavefront management.wavefront.metrics.export enabled global-prefix report-day-distribution report-hour-distribution report-minute-distribution step
3.0 management.metrics.export.wavefront management.wavefront.sender batch-size
3.0 management.metrics.export.wavefront.sender management.wavefront.sender flush-interval max-queue-size message-size
3.0 management.metrics.graphql.autotime - enabled percentiles percentiles-histogram
4.0 management.metrics.mongo.command management.metrics.mongodb.command enabled
4.0 management.metrics.mongo.connectionpool management.metrics.mongodb.connectionpool enabled
3.2 management.metrics.web.client.request management.observations.http.client.requests metric-name=name
3.0 management.metrics.web.client.request.autotime - enabled percentiles percentiles-histogram
3.0 management.metrics.web.server.request - ignore-trailing-slash
3.2 management.metrics.web.server.request management.observations.http.server.requests metric-name=name
3.0 management.metrics.web.server.request.autotime - enabled percentiles percentiles-histogram
4.0 management.otlp.logging management.opentelemetry.logging.export.otlp compression connect-timeout endpoint headers timeout transport
4.0 management.otlp.logging.export management.logging.export.otlp enabled
4.0 management.otlp.tracing management.opentelemetry.tracing.export.otlp compression connect-timeout endpoint headers timeout transport
4.0 management.otlp.tracing.export management.tracing.export.otlp enabled
3.5 management.prometheus.metrics.export - histogram-flavor
3.5 management.prometheus.metrics.export.pushgateway management.prometheus.metrics.export.pushgateway base-url=address
3.5 management.promethus.metrics.export.pushgateway management.prometheus.metrics.export.pushgateway base-url=address
4.0 management.signalfx.metrics.export - access-token batch-size connect-timeout enabled published-histogram-type read-timeout source step uri
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
3.2 server server max-http-header-size=max-http-request-header-size
4.0 server.error spring.web.error include-binding-errors include-exception include-message include-path include-stacktrace path
4.0 server.error.whitelabel spring.web.error.whitelabel enabled
3.2 server.netty - max-chunk-size
4.0 server.servlet.encoding spring.servlet.encoding charset enabled force force-request force-response
3.2 server.servlet.session.cookie - comment
3.4 server.tomcat - reject-illegal-header
3.0 spring.activemq - in-memory
3.0 spring.banner.image - bitdepth height invert location margin pixelmode width
3.0 spring.batch.job spring.batch.job names=name
3.0 spring.cache.ehcache - config
3.1 spring.cassandra spring.cassandra.ssl ssl=enabled
4.0 spring.codec spring.http.codecs log-request-details max-in-memory-size
3.0 spring.config - use-legacy-processing
3.3 spring.couchbase.env.ssl spring.couchbase.env.ssl key-store-password=bundle key-store=bundle
4.0 spring.dao.exceptiontranslation spring.persistence.exceptiontranslation enabled
3.0 spring.data.cassandra spring.cassandra compression config contact-points keyspace-name local-datacenter password port schema-action session-name username
3.0 spring.data.cassandra spring.cassandra.ssl ssl=enabled
3.0 spring.data.cassandra.connection spring.cassandra.connection connect-timeout init-query-timeout
3.0 spring.data.cassandra.controlconnection spring.cassandra.controlconnection timeout
3.0 spring.data.cassandra.pool spring.cassandra.pool heartbeat-interval idle-timeout
3.0 spring.data.cassandra.request spring.cassandra.request consistency page-size serial-consistency timeout
3.0 spring.data.cassandra.request.throttler spring.cassandra.request.throttler drain-interval max-concurrent-requests max-queue-size max-requests-per-second type
3.0 spring.data.elasticsearch.client.reactive - endpoints max-in-memory-size use-ssl
3.0 spring.data.elasticsearch.client.reactive spring.elasticsearch connection-timeout password socket-timeout username
4.0 spring.data.mongodb spring.mongodb additional-hosts authentication-database database host password port protocol replica-set-name uri username
4.0 spring.data.mongodb spring.mongodb.representation uuid-representation=uuid
4.0 spring.data.mongodb.ssl spring.mongodb.ssl bundle enabled
3.0 spring.data.neo4j spring.neo4j uri
3.0 spring.data.neo4j spring.neo4j.authentication password username
3.1 spring.data.redis spring.data.redis.ssl ssl=enabled
4.1 spring.data.redis.lettuce.cluster.refresh - adaptive
3.0 spring.data.solr - host zk-host
3.0 spring.elasticsearch.rest spring.elasticsearch connection-timeout password read-timeout=socket-timeout uris username
3.0 spring.elasticsearch.rest.sniffer spring.elasticsearch.restclient.sniffer delay-after-failure interval
3.0 spring.elasticsearch.webclient - max-in-memory-size
3.0 spring.flyway - baseline-migration-prefix
3.0 spring.flyway spring.flyway ignore-future-migrations~ignore-migration-patterns ignore-ignored-migrations~ignore-migration-patterns ignore-missing-migrations~ignore-migration-patterns ignore-pending-migrations~ignore-migration-patterns oracle-kerberos-config-file=kerberos-config-file
3.3 spring.flyway - cherry-pick license-key
4.0 spring.flyway - clean-on-validation-error
4.0 spring.flyway spring.flyway.oracle oracle-kerberos-cache-file=kerberos-cache-file oracle-sqlplus-warn=sqlplus-warn oracle-sqlplus=sqlplus oracle-wallet-location=wallet-location
4.0 spring.flyway spring.flyway.sqlserver sql-server-kerberos-login-file=kerberos-login-file
4.0 spring.freemarker - enabled
4.0 spring.graphql spring.graphql.http path
4.0 spring.graphql.sse spring.graphql.http.sse timeout
4.0 spring.groovy.template - enabled
3.4 spring.influx - password url user
3.0 spring.jpa.hibernate - use-new-id-generator-mappings
3.0 spring.kafka.listener - only-log-record-metadata
4.0 spring.kafka.retry.topic.backoff spring.kafka.retry.topic.backoff random=jitter
3.3 spring.kafka.streams spring.kafka.streams cache-max-size-buffering=state-store-cache-max-size
3.2 spring.liquibase spring.liquibase labels=label-filter
3.0 spring.mustache spring.mustache.servlet allow-request-override allow-session-override cache content-type expose-request-attributes expose-session-attributes expose-spring-macro-helpers
4.0 spring.mustache - enabled
3.0 spring.mvc spring.mvc.format date-format=date
3.2 spring.mvc - ignore-default-model-on-redirect
3.4 spring.mvc - throw-exception-if-no-handler-found
3.0 spring.mvc.contentnegotiation - favor-path-extension
3.5 spring.mvc.converters spring.http.converters preferred-json-mapper
3.0 spring.mvc.pathmatch - use-registered-suffix-pattern use-suffix-pattern
4.0 spring.neo4j.pool - metrics-enabled
4.0 spring.rabbitmq.listener.direct.retry spring.rabbitmq.listener.direct.retry max-attempts~max-retries
4.0 spring.rabbitmq.listener.simple.retry spring.rabbitmq.listener.simple.retry max-attempts~max-retries
4.0 spring.rabbitmq.template.retry spring.rabbitmq.template.retry max-attempts~max-retries
3.0 spring.redis spring.data.redis client-name client-type connect-timeout database host password port ssl timeout url username
3.0 spring.redis.cluster spring.data.redis.cluster max-redirects nodes
3.0 spring.redis.jedis.pool spring.data.redis.jedis.pool enabled max-active max-idle max-wait min-idle time-between-eviction-runs
3.0 spring.redis.lettuce spring.data.redis.lettuce shutdown-timeout
3.0 spring.redis.lettuce.cluster.refresh spring.data.redis.lettuce.cluster.refresh adaptive dynamic-refresh-sources period
3.0 spring.redis.lettuce.pool spring.data.redis.lettuce.pool enabled max-active max-idle max-wait min-idle time-between-eviction-runs
3.0 spring.redis.sentinel spring.data.redis.sentinel master nodes password username
3.0 spring.security.oauth2.resourceserver.jwt spring.security.oauth2.resourceserver.jwt jws-algorithm=jws-algorithms
3.0 spring.session - store-type
4.0 spring.session.redis spring.session.data.redis cleanup-cron configure-action flush-mode namespace repository-type save-mode
4.0 spring.thymeleaf - enabled
4.0 server.undertow.threads - io worker
3.0 spring.webflux.multipart - streaming
3.0 spring.webflux.session.cookie server.reactive.session.cookie same-site
`;

/** By canonical key (see canonicalKey). */
export const REMOVED_PROPERTIES: ReadonlyMap<string, RemovedProperty> = new Map(
  `${REMOVED_BEFORE_3.trim()}\n${TABLE.trim()}`.split("\n").flatMap((line) => {
    const [lines = "", prefix = "", target = "-", ...names] = line.split(" ");
    const [since = "", until] = lines.split("..");
    return names.map((name): [string, RemovedProperty] => {
      const [old = "", renamed = old] = name.split(/[=~]/);
      const replacement = target === "-" ? undefined : `${target}.${renamed}`;
      return [canonicalKey(`${prefix}.${old}`), { since, until, replacement, otherMeaning: name.includes("~") }];
    });
  }),
);

/** Keys of libraries that a line of Spring Boot goes with: all below a prefix were renamed, or their library was given up. */
export interface RemovedPrefix {
  readonly prefix: string;
  readonly since: string;
  readonly replacement: string | undefined;
  /** One of these artifacts is there whose keys they are; without any, the rule needs to know no more. */
  readonly of: readonly string[];
  /** With one of these artifacts they are read all the same. */
  readonly unless: readonly string[];
}

const OPENFEIGN = ["spring-cloud-starter-openfeign", "spring-cloud-openfeign-core"];
const moved = (name: string): RemovedPrefix => ({
  prefix: `feign.${name}.`,
  since: "3.0",
  replacement: `spring.cloud.openfeign.${name}.`,
  of: OPENFEIGN,
  unless: [],
});
const gone = (prefix: string, since: string, ...unless: readonly string[]): RemovedPrefix => ({
  prefix,
  since,
  replacement: undefined,
  of: [],
  unless,
});

/**
 * Spring Cloud 2022.0, which Spring Boot 3.0 needs, reads Feign's keys below `spring.cloud.openfeign` (the metadata of
 * spring-cloud-openfeign-core 3.1 and 4.0), and has no Sleuth; 2020.0, which 2.4 needs, has no Ribbon, Hystrix and Zuul. Jackson 3, which
 * Spring Boot 4.0 brings, has other features for what `spring.jackson.parser` and `generator` set (its metadata: "partially replaced").
 */
export const REMOVED_PREFIXES: readonly RemovedPrefix[] = [
  ...["client", "httpclient", "okhttp", "compression", "circuitbreaker", "encoder"].map(moved),
  gone("spring.jackson.parser.", "4.0"),
  gone("spring.jackson.generator.", "4.0"),
  gone("spring.sleuth.", "3.0", "spring-cloud-starter-sleuth", "spring-cloud-sleuth"),
  { ...gone("spring.zipkin.", "3.0", "spring-cloud-starter-zipkin", "spring-cloud-sleuth-zipkin"), of: [] },
  gone("ribbon.", "2.4", "spring-cloud-starter-netflix-ribbon", "spring-cloud-netflix-ribbon", "ribbon"),
  gone("hystrix.", "2.4", "spring-cloud-starter-netflix-hystrix", "spring-cloud-netflix-hystrix", "hystrix-core", "hystrix-javanica"),
  gone("zuul.", "2.4", "spring-cloud-starter-netflix-zuul", "spring-cloud-netflix-zuul"),
  { ...gone("management.metrics.distribution.sla.", "2.5"), replacement: "management.metrics.distribution.slo." },
];

/**
 * Keys that Spring Boot reads from a line on, below what is theirs alone; the metadata of the line before has none of them. Older
 * applications take them from documents of newer ones.
 */
export const INTRODUCED_PREFIXES: readonly (readonly [prefix: RegExp, since: string])[] = [
  [/^spring\.data\.redis\.(?!repositories\.)/, "3.0"],
  [/^spring\.threads\.virtual\./, "3.2"],
  [/^spring\.sql\.init\./, "2.5"],
  [/^spring\.web\.resources\./, "2.4"],
  [/^spring\.config\.(?:import|activate)\b/, "2.4"],
  [/^server\.(?:tomcat|jetty|undertow)\.threads\./, "2.3"],
  [/^server\.maxhttprequestheadersize$/, "3.0"],
  [/^management\.prometheus\.metrics\.export\./, "3.0"],
  [/^management\.(?:tracing|observations|zipkin\.tracing)\./, "3.0"],
  [/^management\.httpexchanges\./, "3.0"],
  [/^spring\.cassandra\.ssl\.enabled$/, "3.1"],
  [/^spring\.cassandra\./, "3.0"],
  [/^spring\.kafka\.streams\.statestorecachemaxsize$/, "3.1"],
  [/^spring\.mongodb\.(?!embedded\.)/, "4.0"],
];
