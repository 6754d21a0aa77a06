/**
 * What the configuration metadata of Spring Boot 2.0 to 2.7 (spring-boot, -autoconfigure and -actuator-autoconfigure on Maven Central)
 * marks with deprecation level "error", by the first line that does so, and what a line marks as deprecated and the next no longer has.
 * Written as the table of what was removed later (removedProperties.ts); a replacement is named where all later lines up to 3.5 read it.
 */
export const REMOVED_BEFORE_3 = `
2.0 banner spring.banner charset location
2.0 banner.image - height invert location margin width
2.0 endpoints management.endpoints enabled=enabled-by-default
2.0 endpoints.actuator - enabled path
2.0 endpoints.auditevents - enabled path
2.0 endpoints.autoconfig - id path
2.0 endpoints.autoconfig management.endpoint.conditions enabled
2.0 endpoints.beans - enabled id path
2.0 endpoints.configprops - enabled id keys-to-sanitize path
2.0 endpoints.cors management.endpoints.web.cors allow-credentials allowed-headers allowed-methods allowed-origins exposed-headers max-age
2.0 endpoints.dump - enabled id path
2.0 endpoints.env - enabled id keys-to-sanitize path
2.0 endpoints.flyway - enabled id
2.0 endpoints.health - enabled id path time-to-live
2.0 endpoints.health management.endpoint.health.status mapping=http-mapping
2.0 endpoints.heapdump - enabled path
2.0 endpoints.hypermedia - enabled
2.0 endpoints.info - enabled id path
2.0 endpoints.jmx management.endpoints.jmx domain static-names
2.0 endpoints.jmx management.endpoints.jmx.exposure enabled=exclude
2.0 endpoints.jmx spring.jmx unique-names
2.0 endpoints.jolokia - enabled path
2.0 endpoints.liquibase - enabled id
2.0 endpoints.logfile - enabled path
2.0 endpoints.logfile management.endpoint.logfile external-file
2.0 endpoints.loggers - enabled id path
2.0 endpoints.mappings - enabled id path
2.0 endpoints.metrics - enabled id path
2.0 endpoints.metrics.filter - counter-submissions enabled gauge-submissions
2.0 endpoints.shutdown - enabled id path
2.0 endpoints.trace - enabled id path
2.0 endpoints.trace.filter - enabled
2.0 flyway - check-location init-description init-on-migrate init-version
2.0 flyway spring.flyway baseline-description baseline-on-migrate baseline-version clean-on-validation-error enabled encoding init-sqls locations out-of-order password placeholder-prefix placeholder-replacement placeholder-suffix placeholders schemas sql-migration-prefix sql-migration-separator sql-migration-suffix=sql-migration-suffixes table target url user validate-on-migrate
2.0 jolokia - config
2.0 liquibase - check-change-log-location labels
2.0 liquibase spring.liquibase change-log contexts default-schema drop-first enabled parameters password rollback-file url user
2.3 logging logging.file file=name path
2.0 management - context-path
2.0 management management.server add-application-context-header address port
2.2 management.endpoints.jmx spring.jmx unique-names
2.1 management.health.couchbase - timeout
2.3 management.health.elasticsearch - indices response-timeout
2.6 management.health.status management.endpoint.health.status order
2.2 management.metrics.binders.files management.metrics.enable.process enabled=files
2.1 management.metrics.binders.integration - enabled
2.2 management.metrics.binders.jvm management.metrics.enable enabled=jvm
2.2 management.metrics.binders.logback management.metrics.enable enabled=logback
2.2 management.metrics.binders.processor - enabled
2.2 management.metrics.binders.uptime - enabled
2.3 management.metrics.export.appoptics - num-threads
2.3 management.metrics.export.datadog - num-threads
2.3 management.metrics.export.dynatrace - num-threads
2.3 management.metrics.export.elastic - num-threads
2.3 management.metrics.export.humio - num-threads repository
2.3 management.metrics.export.influx - num-threads
2.3 management.metrics.export.kairos - num-threads
2.3 management.metrics.export.newrelic - num-threads
2.3 management.metrics.export.signalfx - num-threads
2.0 management.metrics.export.stackdriver - num-threads
2.0 management.metrics.export.statsd - queue-size
2.3 management.metrics.export.wavefront - connect-timeout num-threads read-timeout
2.3 management.metrics.web.client management.observations.http.client.requests requests-metric-name=name
2.3 management.metrics.web.server management.metrics.web.server.request.autotime auto-time-requests=enabled
2.3 management.metrics.web.server management.observations.http.server.requests requests-metric-name=name
2.0 management.security - enabled roles sessions
2.6 management.server.servlet management.server context-path=base-path
2.0 management.ssl management.server.ssl ciphers client-auth enabled enabled-protocols key-alias key-password key-store key-store-password key-store-provider key-store-type protocol trust-store trust-store-password trust-store-provider trust-store-type
2.0 management.trace management.httpexchanges.recording include
2.0 security - enable-csrf ignored require-ssl sessions
2.0 security spring.security.filter filter-dispatcher-types=dispatcher-types filter-order=order
2.0 security.basic - authorize-mode enabled path realm
2.0 security.headers - cache content-security-policy content-security-policy-mode content-type frame hsts xss
2.0 security.user spring.security.user name password role=roles
2.0 server - max-http-post-size
2.0 server server.servlet context-parameters context-path display-name=application-display-name
2.0 server spring.mvc.servlet servlet-path=path
2.3 server - connection-timeout
2.3 server server use-forward-headers=forward-headers-strategy
2.3 server.jetty server.jetty max-http-post-size=max-http-form-post-size
2.5 server.jetty server.jetty.threads acceptors max-queue-capacity max-threads=max min-threads=min selectors thread-idle-timeout=idle-timeout
2.2 server.jetty.accesslog server.jetty.accesslog date-format=custom-format extended-format=format locale=custom-format log-cookies=custom-format log-latency=custom-format log-server=custom-format time-zone=custom-format
2.0 server.jsp-servlet server.servlet.jsp class-name init-parameters registered
2.1 server.servlet spring.mvc.servlet path
2.0 server.session server.servlet.session persistent store-dir timeout tracking-modes
2.0 server.session.cookie - comment
2.0 server.session.cookie server.servlet.session.cookie domain http-only max-age name path secure
2.2 server.tomcat - max-http-header-size
2.3 server.tomcat server.tomcat max-http-post-size=max-http-form-post-size
2.5 server.tomcat server.tomcat.remoteip host-header internal-proxies port-header protocol-header protocol-header-https-value remote-ip-header
2.5 server.tomcat server.tomcat.threads max-threads=max min-spare-threads=min-spare
2.0 server.undertow - buffers-per-region
2.5 server.undertow server.undertow.threads io-threads=io worker-threads=worker
2.1 spring.activemq.pool - create-connection-on-startup expiry-timeout reconnect-on-exception
2.0 spring.application - index
2.7 spring.artemis spring.artemis host=broker-url port=broker-url
2.7 spring.batch spring.batch.jdbc initialize-schema schema table-prefix
2.0 spring.batch.initializer spring.batch.jdbc enabled=initialize-schema
2.3 spring.couchbase spring.couchbase bootstrap-hosts=connection-string
2.3 spring.couchbase.bucket - name password
2.3 spring.couchbase.env.bootstrap - http-direct-port http-ssl-port
2.1 spring.couchbase.env.endpoints - query view
2.3 spring.couchbase.env.endpoints - key-value
2.3 spring.couchbase.env.endpoints.queryservice spring.couchbase.env.io max-endpoints min-endpoints
2.3 spring.couchbase.env.endpoints.viewservice spring.couchbase.env.io max-endpoints min-endpoints
2.3 spring.couchbase.env.timeouts - socket-connect
2.0 spring.data.cassandra - connect-timeout-millis read-timeout-millis
2.2 spring.data.cassandra - load-balancing-policy reconnection-policy retry-policy
2.3 spring.data.cassandra - jmx-enabled
2.5 spring.data.cassandra - cluster-name connect-timeout consistency-level fetch-size read-timeout serial-consistency-level
2.6 spring.data.cassandra.connection - connection-timeout
2.3 spring.data.cassandra.pool - pool-timeout
2.3 spring.data.cassandra.pool spring.cassandra.request.throttler max-queue-size
2.0 spring.data.cassandra.repositories spring.data.cassandra.repositories enabled=type
2.3 spring.data.couchbase - consistency
2.0 spring.data.couchbase.repositories spring.data.couchbase.repositories enabled=type
2.3 spring.data.elasticsearch - cluster-name cluster-nodes properties
2.6 spring.data.mongodb spring.data.mongodb.gridfs grid-fs-database=database
2.0 spring.data.mongodb.repositories spring.data.mongodb.repositories enabled=type
2.0 spring.data.neo4j - compiler
2.4 spring.data.neo4j - auto-index open-in-view use-native-types
2.4 spring.data.neo4j.embedded - enabled
2.4 spring.data.neo4j.repositories spring.data.neo4j.repositories enabled=type
2.5 spring.data.solr.repositories - enabled
2.0 spring.datasource - initialize
2.2 spring.datasource spring.datasource.tomcat jmx-enabled
2.7 spring.datasource spring.sql.init continue-on-error data-password=password data-username=username data=data-locations initialization-mode=mode platform schema-password=password schema-username=username schema=schema-locations separator sql-script-encoding=encoding
2.1 spring.datasource.hikari - initialization-fail-fast jdbc4-connection-test
2.3 spring.elasticsearch.jest - connection-timeout multi-threaded password read-timeout uris username
2.3 spring.elasticsearch.jest.proxy - host port
2.1 spring.flyway - error-handlers undo-sql-migration-prefix
2.1..4.0 spring.flyway - dry-run-output
2.1 spring.flyway spring.flyway sql-migration-suffix=sql-migration-suffixes
2.6 spring.flyway - vault-secrets vault-token vault-url
2.7 spring.flyway spring.flyway check-location=fail-on-missing-locations
2.0 spring.git spring.info.git properties=location
2.3 spring.http spring.mvc log-request-details
2.7..3.5 spring.http.converters spring.mvc.converters preferred-json-mapper
2.3 spring.http.encoding server.servlet.encoding charset enabled force force-request force-response mapping
2.0 spring.http.multipart spring.servlet.multipart enabled file-size-threshold location max-file-size max-request-size resolve-lazily
2.3 spring.jackson - joda-date-time-format
2.0 spring.jpa.hibernate.naming - strategy
2.5 spring.jta.bitronix.connectionfactory - acquire-increment acquisition-interval acquisition-timeout allow-local-transactions apply-transaction-timeout automatic-enlisting-enabled cache-producers-consumers class-name defer-connection-release disabled driver-properties ignore-recovery-failures max-idle-time max-pool-size min-pool-size password share-transaction-connections test-connections two-pc-ordering-position unique-name use-tm-join user
2.5 spring.jta.bitronix.datasource - acquire-increment acquisition-interval acquisition-timeout allow-local-transactions apply-transaction-timeout automatic-enlisting-enabled class-name cursor-holdability defer-connection-release disabled driver-properties enable-jdbc4-connection-test ignore-recovery-failures isolation-level local-auto-commit login-timeout max-idle-time max-pool-size min-pool-size prepared-statement-cache-size share-transaction-connections test-query two-pc-ordering-position unique-name use-tm-join
2.5 spring.jta.bitronix.properties - allow-multiple-lrc asynchronous2-pc background-recovery-interval background-recovery-interval-seconds current-node-only-recovery debug-zero-resource-transaction default-transaction-timeout disable-jmx exception-analyzer filter-log-status force-batching-enabled forced-write-enabled graceful-shutdown-interval jndi-transaction-synchronization-registry-name jndi-user-transaction-name journal log-part1-filename log-part2-filename max-log-size-in-mb resource-configuration-filename server-id skip-corrupted-logs warn-about-zero-resource-transaction
2.1 spring.jta.narayana - default-timeout expiry-scanners log-dir one-phase-commit periodic-recovery-period recovery-backoff-period recovery-db-pass recovery-db-user recovery-jms-pass recovery-jms-user recovery-modules transaction-manager-id xa-resource-orphan-filters
2.2 spring.kafka.streams spring.kafka.streams cache-max-bytes-buffering=state-store-cache-max-size
2.1 spring.liquibase - check-change-log-location
2.0 spring.messages spring.messages cache-seconds=cache-duration
2.7 spring.mongodb.embedded - features
2.0 spring.mvc spring.mvc.contentnegotiation media-types
2.6 spring.mvc spring.web locale locale-resolver
2.2 spring.mvc.favicon - enabled
2.1 spring.mvc.formcontent.putfilter spring.mvc.formcontent.filter enabled
2.3 spring.rabbitmq - publisher-confirms
2.3 spring.rabbitmq.listener.simple - transaction-size
2.2 spring.rabbitmq.template spring.rabbitmq.template queue=default-receive-queue
2.0 spring.redis.pool - max-active max-idle max-wait min-idle
2.0 spring.resources - cache-period
2.6 spring.resources spring.web.resources add-mappings static-locations
2.6 spring.resources.cache spring.web.resources.cache period use-last-modified
2.6 spring.resources.cache.cachecontrol spring.web.resources.cache.cachecontrol cache-private cache-public max-age must-revalidate no-cache no-store no-transform proxy-revalidate s-max-age stale-if-error stale-while-revalidate
2.1 spring.resources.chain spring.web.resources.chain gzipped=compressed
2.6 spring.resources.chain - html-application-cache
2.6 spring.resources.chain spring.web.resources.chain cache compressed enabled
2.6 spring.resources.chain.strategy.content spring.web.resources.chain.strategy.content enabled paths
2.6 spring.resources.chain.strategy.fixed spring.web.resources.chain.strategy.fixed enabled paths version
2.0 spring.session.jdbc.initializer spring.session.jdbc enabled=initialize-schema
2.0 spring.session.mongo spring.session.mongodb collection-name
2.0 spring.thymeleaf spring.thymeleaf.servlet content-type
2.5 spring.webflux spring.webflux.format date-format=date
`;
