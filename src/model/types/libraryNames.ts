/** java.lang's types, which need no import. */
export const JAVA_LANG: ReadonlySet<string> = new Set(
  (
    "Object String Integer Long Short Byte Character Boolean Double Float Number Math System Thread Runnable Iterable Comparable CharSequence " +
    "StringBuilder StringBuffer Class Enum Record Exception RuntimeException IllegalArgumentException IllegalStateException Throwable Error Void " +
    "Override Deprecated AutoCloseable Process Runtime ThreadLocal InterruptedException UnsupportedOperationException NullPointerException"
  ).split(" "),
);

const packages: Readonly<Record<string, string>> = {
  "java.util":
    "List ArrayList LinkedList Map HashMap LinkedHashMap TreeMap EnumMap Set HashSet LinkedHashSet TreeSet EnumSet Collection Collections Arrays Optional OptionalInt OptionalLong OptionalDouble Iterator ListIterator Queue Deque ArrayDeque PriorityQueue UUID Date Locale Objects Comparator Spliterator Calendar Properties Random Scanner StringJoiner Stack Vector SortedMap SortedSet NavigableMap NavigableSet BitSet Timer TimerTask Base64",
  "java.util.stream": "Stream IntStream LongStream DoubleStream Collectors StreamSupport Collector",
  "java.util.function":
    "Function BiFunction Supplier Consumer BiConsumer Predicate BiPredicate UnaryOperator BinaryOperator ToIntFunction ToLongFunction ToDoubleFunction IntFunction LongFunction",
  "java.util.concurrent":
    "ConcurrentHashMap ConcurrentMap ExecutorService Executor Executors CompletableFuture Future Callable TimeUnit CountDownLatch CopyOnWriteArrayList BlockingQueue LinkedBlockingQueue ScheduledExecutorService ThreadPoolExecutor Semaphore ForkJoinPool ThreadLocalRandom",
  "java.time": "Instant LocalDate LocalDateTime LocalTime ZonedDateTime OffsetDateTime Duration Period ZoneId Clock",
  "jakarta.persistence":
    "Entity Table Column Id EntityManager EntityManagerFactory PersistenceContext Query TypedQuery ManyToOne OneToMany OneToOne ManyToMany JoinColumn FetchType CascadeType GeneratedValue GenerationType Embeddable Embedded EmbeddedId MappedSuperclass Transient Enumerated EnumType Index",
  "javax.persistence":
    "Entity Table Column Id EntityManager EntityManagerFactory PersistenceContext Query TypedQuery ManyToOne OneToMany OneToOne ManyToMany JoinColumn FetchType CascadeType GeneratedValue GenerationType Embeddable Embedded EmbeddedId MappedSuperclass Transient Enumerated EnumType Index",
  "org.springframework.data.jpa.repository": "JpaRepository Query Modifying EntityGraph QueryHints JpaSpecificationExecutor Lock",
  "org.springframework.data.repository":
    "Repository CrudRepository ListCrudRepository PagingAndSortingRepository ListPagingAndSortingRepository NoRepositoryBean RepositoryDefinition",
  "org.springframework.data.domain": "Page PageRequest Pageable Slice Sort PageImpl Limit Window ScrollPosition Example",
  "org.springframework.jdbc.core": "JdbcTemplate JdbcOperations RowMapper ResultSetExtractor BatchPreparedStatementSetter",
  "org.springframework.jdbc.core.namedparam":
    "NamedParameterJdbcTemplate MapSqlParameterSource SqlParameterSource NamedParameterJdbcOperations",
  "org.springframework.web.bind.annotation":
    "RestController GetMapping PostMapping PutMapping DeleteMapping PatchMapping RequestMapping RequestParam PathVariable RequestBody RequestHeader ResponseBody ResponseStatus ControllerAdvice RestControllerAdvice ExceptionHandler",
};

const LIBRARY_PACKAGES: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(packages).map(([name, types]) => [name, new Set(types.split(" "))]),
);

/** What jOOQ generates into packages that are seldom kept beside the code: how these end, and the types in them. */
export const JOOQ_PACKAGES = [
  { ends: ".tables.records", names: "Record" },
  { ends: ".tables.daos", names: "Dao" },
] as const;

/** Whether a library's package that sources import with a wildcard has a type of a name; only what the analysis asks about. */
export const isInPackage = (packageName: string, name: string): boolean =>
  LIBRARY_PACKAGES.get(packageName)?.has(name) === true ||
  JOOQ_PACKAGES.some(({ ends, names }) => packageName.endsWith(ends) && name.endsWith(names));
