import type { JavaFile } from "../../facts/fileFacts.ts";
import { unpackNodes } from "../../facts/java/code.ts";
import type { JavaAnnotation, JavaFacts } from "../../facts/java/javaFacts.ts";
import { isTestSource } from "./codeKeys.ts";
import { redisValueHints } from "./redisValues.ts";

/** What Java code settles that configuration would otherwise decide. */
export type CodeHint =
  | "application"
  | "own-pool"
  | "own-open-in-view"
  | "woven-transactions"
  | "woven-caching"
  | "woven-async"
  | "own-http-timeouts"
  /** Some thread waits for what a WebClient gives, without an end; a time for it is set somewhere. */
  | "blocks-on-web-client"
  | "ends-web-client"
  | "own-cache-keys"
  | "own-executor"
  | "async-methods"
  /** Methods that are marked so run on threads of their own, or something that is not read may see to it. */
  | "async-switch"
  | "cache-bounds"
  | "redis-caches"
  | "caffeine-caches"
  | "own-cache-manager"
  /** Values of Redis caches are written by Jackson, by its own mapper, or by a mapper that code makes; or by something else. */
  | "redis-plain-json"
  | "redis-json"
  /** A mapper of Redis caches writes types with what may be extended only. */
  | "redis-untyped-finals"
  /** It writes no types at all. */
  | "redis-typeless"
  | "redis-other-values"
  /** Redis caches are cleared by SCAN, or in a way of the project's own. */
  | "redis-cleared-otherwise"
  | "own-redis"
  /** Redisson connects to Redis, by settings of its own. */
  | "redisson"
  /** Code makes MyBatis's sessions, without what the settings say of them. */
  | "own-sql-session"
  /** The sender of mails, or a session for it, is made in code. */
  | "own-mail"
  | "own-scheduler"
  | "own-meter-filter"
  /** Requests are served by virtual threads that code gives to the server. */
  | "own-virtual-threads"
  /** Answers are compressed by code: a filter, or a server that is told to. */
  | "own-compression"
  /** Spring Data sets the dates and users of entities that ask for it. */
  | "jpa-auditing"
  /** Transactions take their connection at the first statement, or code has a say in when they do. */
  | "own-connection-start"
  /** Transactions of MongoDB are managed, by a bean that Spring Boot does not make by itself. */
  | "mongo-transactions"
  /** A transaction manager is made in code, beside or instead of Spring Boot's. */
  | "own-transactions"
  /** Spring Data JDBC loads aggregates with their collections in one statement. */
  | "single-query-loading"
  /** Files of settings of other names are read: what they say is not known. */
  | "property-sources"
  /** The lock that Flyway holds while it migrates is configured in code. */
  | "own-flyway-lock";

/** The key of the setting, or the setter of `PostgreSQLConfigurationExtension`. */
const FLYWAY_LOCK = /\bpostgresql[.-]transactional[.-]lock\b|^setTransactionalLock$/;

/** The hints of one file, in order. */
export function codeHintsOf({ file, java }: JavaFile): readonly CodeHint[] {
  const hints = new Set<CodeHint>();
  for (const { name } of java.imports) {
    const simple = name.slice(name.lastIndexOf(".") + 1);
    if (name.startsWith("com.zaxxer.hikari") || POOL_TYPES.has(simple)) hints.add("own-pool");
    if (OPEN_IN_VIEW.test(simple)) hints.add("own-open-in-view");
    if (EXECUTORS.test(simple)) hints.add("own-executor");
    if (HTTP_CUSTOMIZERS.test(simple) || (HTTP_BUILDERS.test(simple) && java.code.strings.some((text) => HTTP_TIMEOUT.test(text))))
      hints.add("own-http-timeouts");
    if (REDIS_CLIENTS.test(simple) || /^org\.redisson\.spring\.data\b/.test(name)) hints.add("own-redis");
    if (name.startsWith("org.redisson")) hints.add("redisson");
    if (MAILERS.test(name)) hints.add("own-mail");
    if (SCHEDULERS.test(simple)) hints.add("own-scheduler");
    if (METERS.test(simple)) hints.add("own-meter-filter");
    if (SERVERS.test(simple) && java.code.strings.some((text) => VIRTUAL.test(text))) hints.add("own-virtual-threads");
    if (COMPRESSION.test(name)) hints.add("own-compression");
    if (CONNECTION_START.test(simple)) hints.add("own-connection-start");
    if (simple === "MongoTransactionManager") hints.add("mongo-transactions");
    if (OWN_TRANSACTIONS.test(simple)) hints.add("own-transactions");
  }
  const makesConnections = hints.has("own-pool") || java.imports.some(({ name }) => MAKES_CONNECTIONS.test(name));
  if (makesSqlSessions(java)) hints.add("own-sql-session");
  if (makesConnections && java.code.strings.some((text) => AUTO_COMMIT.test(text))) hints.add("own-connection-start");
  const relational = java.imports.some(({ name }) => name.startsWith("org.springframework.data."));
  if (relational && java.code.strings.includes("setSingleQueryLoadingEnabled")) hints.add("single-query-loading");
  const flyway = java.imports.some(({ name }) => name.startsWith("org.flywaydb") || name.endsWith(".FlywayConfigurationCustomizer"));
  if (flyway && java.code.strings.some((text) => FLYWAY_LOCK.test(text))) hints.add("own-flyway-lock");
  for (const hint of webClientHints(java)) hints.add(hint);
  const caches = java.imports.some(({ name }) => /cache|caffeine/i.test(name));
  if (caches && java.code.strings.some((text) => CACHE_BOUNDS.test(text))) hints.add("cache-bounds");
  for (const { name } of java.imports) {
    if (/\.interceptor\.KeyGenerator$|\.CachingConfigurer(?:Support)?$/.test(name)) hints.add("own-cache-keys");
    if (/\.RedisCache(?:Manager|Configuration|Writer)(?:BuilderCustomizer)?$/.test(name)) hints.add("redis-caches");
    if (/\.CaffeineCache(?:Manager)?$/.test(name)) hints.add("caffeine-caches");
    if (CACHE_MANAGERS.test(name) && !managesMaps(java, name)) hints.add("own-cache-manager");
  }
  // A server that is told to, its type imported with others.
  if (java.code.strings.includes("setCompression")) hints.add("own-compression");
  if (clearsRedisItself(java)) hints.add("redis-cleared-otherwise");
  if (hints.has("redis-caches")) for (const hint of redisValueHints(java)) hints.add(hint);
  for (const { annotations, methods, interfaces, superclass } of java.types) {
    // How long its caches keep an entry is its own affair.
    if ([superclass ?? "", ...interfaces].some((name) => OWN_CACHE_MANAGER.test(name))) hints.add("own-cache-manager").add("cache-bounds");
    if ([...methods, { annotations }].some((one) => one.annotations.some(isUnnamedAsync))) hints.add("async-methods");
    const beans = methods.filter((method) => method.annotations.some(({ name }) => name === "Bean"));
    if (beans.some(({ returns }) => BUILDER_BEANS.test(returns)) && java.code.strings.some((text) => SETS_TRANSPORT.test(text)))
      hints.add("own-http-timeouts");
    if (beans.some(({ returns }) => EXECUTOR_BEANS.test(returns))) hints.add("own-executor");
    if (beans.some(({ returns }) => SCHEDULER_BEANS.test(returns))) hints.add("own-scheduler");
    if (beans.some(({ returns }) => REDIS_BEANS.test(returns))) hints.add("own-redis");
    if (annotations.some(({ name }) => APPLICATION.test(name) || (CONFIGURED.test(name) && starts(java)))) hints.add("application");
    if (annotations.some(({ name }) => ASYNC_SWITCHES.test(name))) hints.add("async-switch");
    if (annotations.some(({ name }) => AUDITING.test(name))) hints.add("jpa-auditing");
    if (!isTestSource(file) && annotations.some(namesSettings)) hints.add("property-sources");
    for (const { name, values } of annotations) {
      const mode = values.find((argument) => argument.name === "mode")?.value;
      const hint = WOVEN[name.slice(name.lastIndexOf(".") + 1)];
      if (hint !== undefined && mode?.kind === "reference" && mode.name.endsWith("ASPECTJ")) hints.add(hint);
    }
  }
  return [...hints].sort();
}

/** A factory of MyBatis's sessions in the place of Spring Boot's, which alone reads the settings: unless it is given what they hold. */
const makesSqlSessions = ({ imports, types }: JavaFacts): boolean =>
  imports.some(({ name }) => SQL_SESSIONS.test(name)) &&
  !imports.some(({ name }) => /\.Mybatis(?:Plus)?Properties$|\.ConfigurationProperties$|\.Environment$/.test(name)) &&
  types.some(({ methods }) =>
    methods.some(
      ({ annotations, returns }) => /SqlSessionFactory(?:Bean)?$/.test(returns) && annotations.some(({ name }) => name === "Bean"),
    ),
  );
const SQL_SESSIONS = /\.(?:Mybatis)?SqlSessionFactoryBean$/;

/** The writer is given a strategy, or the class that clears is another. */
const clearsRedisItself = ({ code, imports, types }: JavaFacts): boolean =>
  imports.some(({ name }) => name.startsWith("org.springframework.data.redis.cache")) &&
  (code.strings.includes("BatchStrategies") ||
    types.some(({ superclass, interfaces }) => [superclass ?? "", ...interfaces].some((name) => REDIS_CACHE.test(name))));
const REDIS_CACHE = /(?:^|\.)RedisCache(?:Writer)?$|(?:^|\.)BatchStrategy$/;

/** Whoever builds its DataSource sizes the pool there. */
const POOL_TYPES: ReadonlySet<string> = new Set([
  "DataSourceBuilder",
  "AbstractRoutingDataSource",
  "EmbeddedDatabaseBuilder",
  "PoolDataSource",
]);
/** A filter or interceptor of one's own, or the auto-configuration named, which is how it is excluded. */
const OPEN_IN_VIEW = /^Open(?:EntityManager|Session)InView(?:Interceptor|Filter)$|^HibernateJpaAutoConfiguration$/;
/** What gives the entries of a cache an end. */
const CACHE_BOUNDS = /^(?:entryTtl|expireAfter(?:Write|Access)?|maximum(?:Size|Weight)|timeToLive|setTimeToLiveSeconds)$/;
/** A manager of any library; Spring's interface is what everybody injects, and maps in memory are what there would be without one. */
const CACHE_MANAGERS =
  /(?<!\.springframework\.cache)\.(?!ConcurrentMap)\w*CacheManager(?:Customizer|Builder\w*)?$|\.support\.(?:SimpleCacheManager|NoOpCacheManager|CompositeCacheManager)$/;
/** A manager that is given Spring's maps, and nothing else that could bound them. */
const managesMaps = ({ imports }: JavaFacts, manager: string): boolean =>
  manager.endsWith(".support.SimpleCacheManager") &&
  imports.some(({ name }) => /\.concurrent\.ConcurrentMapCache(?:FactoryBean)?$/.test(name)) &&
  !imports.some(({ name }) => /caffeine|guava|google\.common\.cache|ehcache|redis|hazelcast|expiring/i.test(name));
/** What a manager of one's own implements. */
const OWN_CACHE_MANAGER = /(?:^|\.)(?:CacheManager|Abstract(?:TransactionSupporting)?CacheManager)$/;
/** Whoever makes an executor that Spring may take for @Async. */
const EXECUTORS =
  /^(?:ThreadPoolTaskExecutor(?:Builder|Customizer)?|TaskExecutorBuilder|AsyncConfigurer(?:Support)?|SimpleAsyncTaskExecutor|ConcurrentTaskExecutor|VirtualThreadTaskExecutor)$/;
const EXECUTOR_BEANS = /^(?:[\w.]+\.)?(?:Async|AsyncListenable|Scheduled|ThreadPool)?(?:Task)?Executor(?:Service)?$/;
/** `@Async("mails")` runs on the executor that it names. */
const isUnnamedAsync = ({ name, values }: JavaAnnotation): boolean => name === "Async" && values.length === 0;
/** Whoever has a say in every client that Spring Boot's builders make. */
const HTTP_CUSTOMIZERS =
  /^(?:RestTemplate|RestClient|WebClient)Customizer$|^(?:Client)?HttpClientSettings$|^ClientHttpRequestFactory(?:Settings|Builder)$/;
/** Whoever makes the builder that Boot would make, and names a timeout, sets it for all clients. */
const HTTP_BUILDERS = /^(?:RestTemplate|RestClient)BuilderConfigurer$/;
const HTTP_TIMEOUT = /^(?:set)?(?:connect|read)Timeout$/i;
/** A builder of the application's own in the place of Boot's, with what its clients are to have. */
const BUILDER_BEANS = /^(?:[\w.]+\.)?(?:(?:RestClient|WebClient)\.Builder|RestTemplateBuilder)$/;
const SETS_TRANSPORT = /timeout|^(?:set)?requestFactory$|^clientConnector$/i;
const REACTIVE_CALLS = /^org\.springframework\.web\.reactive\.function\.client\.|^reactor\.core\.publisher\.(?:Mono|Flux)$/;

function webClientHints({ code, imports, types }: JavaFacts): readonly CodeHint[] {
  if (!imports.some(({ name }) => REACTIVE_CALLS.test(name))) return [];
  if (code.strings.some((text) => /timeout/i.test(text))) return ["ends-web-client"];
  if (!code.strings.some((text) => BLOCKS.test(text))) return [];
  const nodes = types.flatMap(({ methods }) => methods.flatMap(({ body }) => (body < 0 ? [] : unpackNodes(code, body))));
  const blocks = nodes.some(({ kind, text, children }) => kind === "call" && BLOCKS.test(text) && children.length === 1);
  return blocks ? ["blocks-on-web-client"] : [];
}
const BLOCKS = /^block(?:Optional|First|Last)?$/;
/** Spring's annotations look for one of these beans before they make a thread of their own. */
const SCHEDULER_BEANS = /^(?:[\w.]+\.)?(?:\w*TaskScheduler|ScheduledExecutorService|ScheduledThreadPoolExecutor)$/;
const REDIS_BEANS = /^(?:[\w.]+\.)?(?:Redis|Lettuce|Jedis|ReactiveRedis)ConnectionFactory$/;
/** Whoever builds the connections to Redis sets their timeouts there. */
const REDIS_CLIENTS = /^(?:(?:Lettuce|Jedis)(?:ConnectionFactory|\w*ClientConfiguration\w*)|JedisPool|JedisPooled|RedisClient)$/;
const MAILERS = /\.JavaMailSenderImpl$|\.mail\.Session$/;
/** Whoever has a say in how meters are kept. */
const METERS = /^(?:MeterFilter|MeterRegistryCustomizer|DistributionStatisticConfig)$/;
/** What is given an executor for requests. */
const SERVERS = /^(?:\w*ProtocolHandlerCustomizer|WebServerFactoryCustomizer|\w*Tomcat\w*|\w*Jetty\w*|ProtocolHandler)$/;
const VIRTUAL = /^(?:newVirtualThreadPerTaskExecutor|VirtualThread\w*|ofVirtual|setVirtualThreads\w*)$/;
const COMPRESSION = /\.boot\.web\.server\.Compression$|\.(?:Gzip\w*(?:Filter|Handler)|CompressingFilter|CompressionConfig)$/i;
const SCHEDULERS =
  /^(?:(?:ThreadPool|Concurrent|Simple|Virtual\w*)?TaskScheduler(?:Builder|Customizer)?|SchedulingConfigurer|ScheduledTaskRegistrar)$/;
/** AspectJ instead of proxies: calls of a class's own methods are advised as well. */
const WOVEN: Readonly<Record<string, CodeHint>> = {
  EnableTransactionManagement: "woven-transactions",
  EnableCaching: "woven-caching",
  EnableAsync: "woven-async",
};
/**
 * `@PropertySource("classpath:jpa.properties")`, or a file that is not in the workspace. Most others hold keys of one's own, messages or
 * the marks of a build.
 */
const namesSettings = ({ name, values }: JavaAnnotation): boolean =>
  /(?:^|\.)PropertySources?$/.test(name) &&
  /"(?:file:|[^"]*\$\{)|(?:jpa|hibernate|database|data-?source|persistence|\bdb|common|shared|defaults?)[\w.-]*\.(?:properties|ya?ml)"/i.test(
    JSON.stringify(values),
  );
const OWN_TRANSACTIONS = /^(?:Jpa|DataSource|Jdbc|Hibernate|Jta|Mongo|Neo4j|Kafka|Chained)TransactionManager$/;
/** A data source that gives its connection when it is used, or a manager that enlists it then. */
const CONNECTION_START = /^(?:LazyConnectionDataSourceProxy|JtaTransactionManager|UserTransactionManager)$/;
const MAKES_CONNECTIONS =
  /^javax\.sql\.|^org\.hibernate\.cfg\.|\.(?:HibernatePropertiesCustomizer|LocalContainerEntityManagerFactoryBean)$/;
const AUTO_COMMIT = /^setAutoCommit$|provider_disables_autocommit/i;
const ASYNC_SWITCHES = /(?:^|\.)(?:ImportResource|Enable\w*Async\w*)$/;
const AUDITING = /(?:^|\.)EnableJpaAuditing$/;
const APPLICATION = /(?:^|\.)SpringBootApplication$/;
/** Libraries have it on configurations of their own, too (apollo-common). */
const CONFIGURED = /(?:^|\.)EnableAutoConfiguration$/;
const starts = ({ types, code }: JavaFacts): boolean =>
  types.some(({ methods, superclass }) => methods.some(({ name }) => name === "main") || /ServletInitializer$/.test(superclass ?? "")) ||
  code.strings.includes("SpringApplication") ||
  code.strings.includes("SpringApplicationBuilder");
