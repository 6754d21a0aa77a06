const STREAM = `
filter: Stream<T>; T; each
map: Stream<R>; T; each
flatMap: R; T; each
mapMulti: ; T, Consumer; each
mapToInt: IntStream; T; each
mapToLong: LongStream; T; each
mapToDouble: DoubleStream; T; each
mapToObj: Stream<R>; T; each
flatMapToInt: IntStream; T; each
peek: Stream<T>; T; each
forEach: void; T; each
forEachOrdered: void; T; each
anyMatch: boolean; T; each
allMatch: boolean; T; each
noneMatch: boolean; T; each
takeWhile: Stream<T>; T; each
dropWhile: Stream<T>; T; each
sorted: Stream<T>; T, T; each
min: Optional<T>; T, T; each
max: Optional<T>; T, T; each
reduce: Optional<T>; T, T; each
distinct: Stream<T>
limit: Stream<T>
skip: Stream<T>
parallel: Stream<T>
sequential: Stream<T>
unordered: Stream<T>
onClose: Stream<T>
boxed: Stream<T>
findFirst: Optional<T>
findAny: Optional<T>
count: long
toList: List<T>
iterator: Iterator<T>
collect: ;
toArray: T[]
of: Stream<A0>
ofNullable: Stream<A0>
empty: Stream
concat: A0
iterate: Stream<A0>
generate: Stream<R>`;

const ITERABLE = `
forEach: void; T; each
iterator: Iterator<T>
spliterator: Spliterator<T>`;

const COLLECTION = `
stream: Stream<T>
parallelStream: Stream<T>
removeIf: boolean; T; each
size: int
isEmpty: boolean
contains: boolean
toArray: T[]`;

/** What Vavr's sequences have, some of which are named like the JDK's. */
const VAVR = `
ofAll: Seq<E0>
map: Seq<R>; T; each
flatMap: Seq; T; each
filter: Seq<T>; T; each
filterNot: Seq<T>; T; each
find: Option<T>; T; each
exists: boolean; T; each
forAll: boolean; T; each
partition: Tuple2<Seq<T>, Seq<T>>; T; each
toJavaList: List<T>
asJava: List<T>
toJavaStream: Stream<T>`;

const LIST = `
get: T
getFirst: T
getLast: T
removeFirst: T
removeLast: T
subList: List<T>
reversed: List<T>
replaceAll: void; T; each
sort: void; T, T; each
indexOf: int
of: List<A0>
copyOf: List<E0>
${VAVR.replaceAll("Seq<", "List<")}`;

const MAP = `
get: V
getOrDefault: V
put: V
remove: V
putIfAbsent: V
computeIfAbsent: V; K; once
computeIfPresent: V; K, V; once
compute: V; K, V; once
merge: V; V, V; once
keySet: Set<K>
values: Collection<V>
entrySet: Set<Map.Entry<K, V>>
forEach: void; K, V; each
replaceAll: void; K, V; each
containsKey: boolean
size: int
isEmpty: boolean
of: Map<A0, A1>`;

const OPTIONAL = `
map: Optional<R>; T
flatMap: R; T
filter: Optional<T>; T
ifPresent: void; T
ifPresentOrElse: void; T
get: T
orElse: T
orElseGet: T
orElseThrow: T
or: Optional<T>
isPresent: boolean
isEmpty: boolean
stream: Stream<T>
of: Optional<A0>
ofNullable: Optional<A0>
empty: Optional`;

const PAGE = `
map: Page<R>; T; each
getContent: List<T>
get: Stream<T>
stream: Stream<T>
toList: List<T>
getTotalElements: long
getTotalPages: int
hasNext: boolean
forEach: void; T; each
iterator: Iterator<T>`;

/** Types by their head, "Name<T> < Above<T>", with a line a method (see LibraryType). */
const REDIS =
  "opsForValue: ValueOperations<K, V>\nopsForHash: HashOperations\nopsForList: ListOperations<K, V>\nopsForSet: SetOperations<K, V>\n" +
  "opsForZSet: ZSetOperations<K, V>\nboundValueOps: BoundOperations\nboundHashOps: BoundOperations\nboundListOps: BoundOperations\n" +
  "boundSetOps: BoundOperations\nboundZSetOps: BoundOperations\nkeys: Set<K>\nhasKey: boolean\ndelete: boolean\nexecute: ";

const UNIREST =
  "get: UnirestCall\npost: UnirestCall\nput: UnirestCall\ndelete: UnirestCall\npatch: UnirestCall\nhead: UnirestCall\nrequest: UnirestCall";

export const LIBRARY_TYPES: Readonly<Record<string, string>> = {
  // Keycloak's admin client
  Keycloak: "realm: RealmResource",
  RealmResource: "users: UsersResource\nroles: RolesResource\nclients: ClientsResource\ngroups: GroupsResource",
  UsersResource: "get: UserResource\nlist: List<UserRepresentation>\nsearch: List<UserRepresentation>\ncount: Integer",
  UserResource: "roles: RoleMappingResource",
  RolesResource: "get: RoleResource\nlist: List<RoleRepresentation>",
  GroupsResource: "group: GroupResource\ngroups: List<GroupRepresentation>",
  RoleMappingResource: "realmLevel: RoleScopeResource\nclientLevel: RoleScopeResource",
  "Stream<T>": STREAM,
  "IntStream < Stream<Integer>":
    "range: IntStream\nrangeClosed: IntStream\nof: IntStream\nsum: int\naverage: OptionalDouble\nfilter: IntStream; int; each\nmapToObj: Stream<R>; int; each\nforEach: void; int; each\nboxed: Stream<Integer>",
  "LongStream < Stream<Long>":
    "range: LongStream\nrangeClosed: LongStream\nsum: long\nfilter: LongStream; long; each\nmapToObj: Stream<R>; long; each\nforEach: void; long; each\nboxed: Stream<Long>",
  "DoubleStream < Stream<Double>": "sum: double",
  "Iterable<T>": ITERABLE,
  LocalDate: "datesUntil: Stream<LocalDate>",
  "Spliterator<T> < Iterable<T>": "",
  Spliterators: "spliterator: Spliterator<E0>\nspliteratorUnknownSize: Spliterator<E0>",
  "Iterator<T>": "next: T\nhasNext: boolean\nforEachRemaining: void; T; each",
  "ListIterator<T> < Iterator<T>": "previous: T",
  "Collection<T> < Iterable<T>": COLLECTION,
  "List<T> < Collection<T>": LIST,
  "Set<T> < Collection<T>": "of: Set<A0>\ncopyOf: Set<E0>\nfirst: T\nlast: T",
  "Queue<T> < Collection<T>": "poll: T\npeek: T\nremove: T\nelement: T\ntake: T",
  "Deque<T> < Queue<T>": "pop: T\npollFirst: T\npollLast: T\npeekFirst: T\ngetFirst: T\ngetLast: T",
  "ArrayList<T> < List<T>": "",
  "LinkedList<T> < List<T>": "",
  "CopyOnWriteArrayList<T> < List<T>": "",
  "ImmutableList<T> < List<T>": "of: ImmutableList<A0>\ncopyOf: ImmutableList<E0>",
  "HashSet<T> < Set<T>": "",
  "LinkedHashSet<T> < Set<T>": "",
  "TreeSet<T> < Set<T>": "",
  "SortedSet<T> < Set<T>": "",
  "EnumSet<T> < Set<T>": "allOf: EnumSet<C0>",
  "ImmutableSet<T> < Set<T>": "copyOf: ImmutableSet<E0>",
  "ArrayDeque<T> < Deque<T>": "",
  "PriorityQueue<T> < Queue<T>": "",
  "BlockingQueue<T> < Queue<T>": "",
  "LinkedBlockingQueue<T> < Queue<T>": "",
  "Map<K, V>": MAP,
  "HashMap<K, V> < Map<K, V>": "",
  "LinkedHashMap<K, V> < Map<K, V>": "",
  "TreeMap<K, V> < Map<K, V>": "",
  "ConcurrentHashMap<K, V> < Map<K, V>": "",
  "ConcurrentMap<K, V> < Map<K, V>": "",
  "SortedMap<K, V> < Map<K, V>": "",
  "NavigableMap<K, V> < Map<K, V>": "",
  "EnumMap<K, V> < Map<K, V>": "",
  "ImmutableMap<K, V> < Map<K, V>": "",
  "Multimap<K, V>": "get: Collection<V>\nasMap: Map<K, Collection<V>>\nkeySet: Set<K>\nvalues: Collection<V>",
  "Entry<K, V>": "getKey: K\ngetValue: V",
  "Optional<T>": OPTIONAL,
  "Page<T> < Iterable<T>": PAGE,
  "Slice<T> < Iterable<T>": PAGE.replaceAll("Page<", "Slice<"),
  "PageImpl<T> < Page<T>": "",
  Pageable: "getPageSize: int\ngetPageNumber: int\ngetOffset: long\ngetSort: Sort\nofSize: Pageable\nunpaged: Pageable",
  "PageRequest < Pageable": "of: PageRequest\nofSize: PageRequest\nwithSort: PageRequest\nwithPage: PageRequest",
  "Window<T> < Iterable<T>": PAGE.replaceAll("Page<", "Window<"),
  "Streamable<T> < Iterable<T>": "stream: Stream<T>\nmap: Streamable<R>; T; each\nfilter: Streamable<T>; T; each\ntoList: List<T>",
  "Result<T> < List<T>": "into: List<C0>",
  "CompletableFuture<T>":
    "thenApply: CompletableFuture<R>; T\nthenCompose: R; T\nthenAccept: CompletableFuture; T\nthenCombine: CompletableFuture<R>\nthenApplyAsync: CompletableFuture<R>; T\nhandle: CompletableFuture<R>\nwhenComplete: CompletableFuture<T>\nexceptionally: CompletableFuture<T>\njoin: T\nget: T\ngetNow: T\nsupplyAsync: CompletableFuture<R>\nrunAsync: CompletableFuture",
  "Future<T>": "get: T\njoin: T",
  "StatefulRedisConnection<K, V>": "sync: RedisCommands<K, V>",
  RedisConnection: "keyCommands: RedisKeyCommands",
  DataSource: "getConnection: Connection",
  "HikariDataSource < DataSource": "",
  JdbcTemplate: "getDataSource: DataSource",
  "Seq<T> < Iterable<T>": VAVR,
  "Supplier<T>": "get: T",
  "Function<I, O>": "apply: O",
  "BiFunction<I, J, O>": "apply: O",
  "UnaryOperator<I>": "apply: I",
  // What hands out a bean.
  "Provider<T>": "get: T",
  "Instance<T> < Iterable<T>": "get: T\nstream: Stream<T>",
  "ObjectFactory<T>": "getObject: T",
  "ObjectProvider<T> < Iterable<T>": "getObject: T\ngetIfAvailable: T\ngetIfUnique: T\nstream: Stream<T>\norderedStream: Stream<T>",
  Cloudinary: "uploader: CloudinaryUploader\napi: CloudinaryApi",
  BeanFactory: "getBean: C0\ngetBeanProvider: ObjectProvider<C0>",
  "ListableBeanFactory < BeanFactory": "",
  "ApplicationContext < BeanFactory": "",
  "ConfigurableApplicationContext < BeanFactory": "",
  "WebApplicationContext < BeanFactory": "",
  "Callable<T>": "call: T",
  "ResponseEntity<T>": "getBody: T\nok: ResponseEntity<A0>\nof: ResponseEntity<E0>",
  Arrays: "asList: List<A0>\nstream: Stream<X0>",
  Collections: "singletonList: List<A0>\nsingleton: Set<A0>\nunmodifiableList: A0\nunmodifiableSet: A0\nemptyList: List",
  Lists: "partition: List<List<E0>>\nnewArrayList: List<A0>\ntransform: List<R>\nreverse: List<E0>",
  Iterables: "partition: Iterable<List<E0>>\ntransform: Iterable<R>",
  StreamSupport: "stream: Stream<E0>",
  Objects: "requireNonNull: A0\nrequireNonNullElse: A0",
  "ValueOperations<K, V>": "get: V\nmultiGet: List<V>\ngetAndSet: V\nincrement: Long",
  "ListOperations<K, V>": "leftPop: V\nrightPop: V\nrange: List<V>\nindex: V\nsize: Long",
  "SetOperations<K, V>": "members: Set<V>\npop: V\nsize: Long",
  "ZSetOperations<K, V>": "range: Set<V>\nreverseRange: Set<V>\nscore: Double\nsize: Long",
  "HashOperations<H, HK, HV>": "get: HV\nmultiGet: List<HV>\nentries: Map<HK, HV>\nvalues: List<HV>\nkeys: Set<HK>\nsize: Long",
  String:
    "split: String[]\nlines: Stream<String>\nchars: IntStream\nlength: int\ntrim: String\ntoLowerCase: String\ntoUpperCase: String\nsubstring: String\nreplace: String\nreplaceAll: String\nreplaceFirst: String\nstrip: String\nconcat: String\nrepeat: String\njoin: String\nformat: String\nvalueOf: String",
};

/** Builders whose every method returns the builder, until one that is listed. */
export const LIBRARY_BUILDERS: Readonly<Record<string, string>> = {
  RestClient:
    "get: RestClientCall\npost: RestClientCall\nput: RestClientCall\ndelete: RestClientCall\npatch: RestClientCall\nmethod: RestClientCall",
  RestClientCall: "retrieve: RestClientResponse",
  RestClientResponse: "body: C0\ntoEntity: ResponseEntity<C0>\ntoBodilessEntity: ResponseEntity",
  WebClient:
    "get: WebClientCall\npost: WebClientCall\nput: WebClientCall\ndelete: WebClientCall\npatch: WebClientCall\nmethod: WebClientCall",
  WebClientCall: "retrieve: WebClientResponse",
  WebClientResponse: "bodyToMono: Mono<C0>\nbodyToFlux: Flux<C0>\ntoEntity: Mono<ResponseEntity<C0>>",
  GraphQlClient: "document: GraphQlCall\ndocumentName: GraphQlCall",
  "HttpGraphQlClient < GraphQlClient": "",
  "HttpSyncGraphQlClient < GraphQlClient": "",
  GraphQlCall: "execute: Mono<ClientGraphQlResponse>\nexecuteSync: ClientGraphQlResponse\nretrieve: \nretrieveSync: ",
  OkHttpClient: "newCall: OkHttpCall",
  Jsoup: "connect: JsoupCall",
  JsoupCall: "get: \npost: \nexecute: ",
  Unirest: UNIREST,
  UnirestInstance: UNIREST,
  UnirestCall: "asString: \nasJson: \nasObject: \nasEmpty: \nasBytes: \nasFile: ",
  HttpRequest: "execute: HttpResponse",
  WebTarget: "request: JaxRsCall",
  JaxRsCall: "get: C0\npost: \nput: \ndelete: ",
  ChatClient: "prompt: ChatClientCall",
  ChatClientCall: "call: ",
  "RedisTemplate<K, V>": REDIS,
  "RedisOperations<K, V>": REDIS,
  "StringRedisTemplate < RedisTemplate<String, String>": "",
  StringBuilder: "toString: String\nlength: int\nindexOf: int\ncharAt: char",
  StringBuffer: "toString: String\nlength: int\nindexOf: int\ncharAt: char",
};
