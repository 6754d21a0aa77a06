import type { JavaMethod } from "../../facts/java/javaFacts.ts";
import type { TypeEntry } from "../types/typeIndex.ts";
import type { WorkKind } from "./workKinds.ts";

/** Library types by simple name, and their methods that leave the process, wait, or compute for long. */
const SLOW: readonly (readonly [types: string, kind: WorkKind, methods: RegExp])[] = [
  ["RestTemplate", "http", /^(getFor|postFor|putFor|patchFor|headFor|optionsFor|exchange$|execute$|put$|delete$)/],
  ["RestOperations", "http", /^(getFor|postFor|patchFor|headFor|optionsFor|exchange$|execute$|put$|delete$)/],
  ["RestClientCall", "http", /^(retrieve|exchange|exchangeForRequiredValue)$/],
  ["WebClientCall", "http", /^(retrieve|exchangeToMono|exchangeToFlux|exchange)$/],
  ["GraphQlCall", "http", /^(execute|executeSync|retrieve|retrieveSync)$/],
  ["HttpClient", "http", /^(send|sendAsync|execute)$/],
  ["CloseableHttpClient HttpRequest", "http", /^execute$/],
  ["OkHttpCall", "http", /^(execute|enqueue)$/],
  ["HttpURLConnection", "http", /^(getInputStream|getResponseCode|connect)$/],
  ["JaxRsCall", "http", /^(get|post|put|delete|head|options|method|invoke)$/],
  ["JsoupCall", "http", /^(get|post|execute)$/],
  ["UnirestCall", "http", /^as(?!.*Async)/],
  ["HttpUtil", "http", /^(get|post|downloadFile|downloadString|downloadBytes)$/],
  ["WebServiceTemplate", "http", /^(marshalSendAndReceive|sendSourceAndReceive|sendAndReceive)$/],
  // Keycloak's admin client: what leads from one resource to the next asks nothing.
  ["UsersResource", "http", /^(list|search|searchByAttributes|count|create|delete)$/],
  [
    "UserResource",
    "http",
    /^(toRepresentation|update|remove|groups|joinGroup|leaveGroup|resetPassword|executeActionsEmail|sendVerifyEmail|credentials|getUserSessions|logout)$/,
  ],
  [
    "RoleResource GroupResource RealmResource",
    "http",
    /^(toRepresentation|update|remove|members|subGroup|getRoleUserMembers|getUserMembers)$/,
  ],
  ["RolesResource ClientsResource GroupsResource", "http", /^(list|findAll|findByClientId|create|add|groups|count|deleteRole)$/],
  ["RoleMappingResource RoleScopeResource", "http", /^(getAll|listAll|listEffective|listAvailable|add|remove)$/],
  ["LdapTemplate", "http", /^(search|searchFor\w+|lookup|find|findOne|findAll|findByDn|authenticate|bind|unbind|modifyAttributes)$/],
  ["FirebaseMessaging", "http", /^(send|sendEach|sendEachForMulticast|sendAll|sendMulticast|subscribeToTopic|unsubscribeFromTopic)$/],
  ["FirebaseAuth", "http", /^(getUser\w*|createUser|updateUser|deleteUsers?|listUsers|importUsers|setCustomUserClaims|generate\w+Link)$/],
  ["ChatModel ChatClientCall", "http", /^call$/],
  ["EmbeddingModel", "http", /^(call|embed|embedForResponse)$/],
  // Each asks an embedding model for the numbers of a text.
  ["VectorStore PgVectorStore SimpleVectorStore", "http", /^(add|accept|write|similaritySearch)$/],
  ["FTPClient", "http", /^(storeFile|retrieveFile|listFiles|deleteFile|connect|login)$/],
  ["ChannelSftp", "http", /^(put|get|ls|rm|rename)$/],
  [
    "RestHighLevelClient ElasticsearchClient OpenSearchClient",
    "http",
    /^(search|index|create|get|exists|bulk|delete|update|count|scroll|mget|msearch|deleteByQuery|updateByQuery)$/,
  ],
  [
    "ElasticsearchOperations ElasticsearchRestTemplate ElasticsearchTemplate",
    "search",
    /^(search|searchOne|multiSearch|get|multiGet|save|index|bulkIndex|bulkUpdate|update|delete|exists|count)$/,
  ],
  ["AmazonS3 AmazonS3Client S3Client", "http", /^(getObject|putObject|listObjects|deleteObject|copyObject|doesObjectExist|headObject)/],
  ["S3Template", "http", /^(upload|download|store|read|deleteObject|objectExists|listObjects)$/],
  [
    "MinioClient",
    "http",
    /^(getObject|putObject|statObject|removeObject|copyObject|uploadObject|downloadObject|composeObject|bucketExists)$/,
  ],
  ["OSS OSSClient COSClient ObsClient", "http", /^(putObject|getObject|deleteObject|copyObject|doesObjectExist|listObjects|uploadFile)/],
  ["BlobClient BlockBlobClient", "http", /^(upload\w*|download\w*|delete(IfExists)?|exists)$/],
  ["CloudinaryUploader", "http", /^(upload\w*|unsignedUpload|destroy|rename|explicit)$/],
  ["CloudinaryApi", "http", /^(resources?\w*|delete\w+|createFolder|rootFolders|subFolders)$/],
  [
    "RedisTemplate StringRedisTemplate RedisOperations",
    "redis",
    /^(keys|delete|hasKey|expire|execute|convertAndSend|getExpire|unlink|scan|rename)/,
  ],
  ["RedisConnection StringRedisConnection RedisKeyCommands", "redis", /^keys$/],
  // Nobody's thread waits for it, but Redis does nothing else.
  ["ReactiveRedisTemplate ReactiveStringRedisTemplate", "redis", /^keys$/],
  [
    "ValueOperations HashOperations ListOperations SetOperations ZSetOperations BoundOperations BoundValueOperations BoundHashOperations BoundListOperations BoundSetOperations BoundZSetOperations",
    "redis",
    /^(get(?!Operations)|set|put|increment|decrement|delete|has|entries|values|keys|size|multi|range|add|remove|members|isMember|leftPush|rightPush|leftPop|rightPop|score|rank|append)/,
  ],
  // A pipeline and a transaction are types of their own.
  [
    "Jedis JedisCluster JedisPooled JedisCommands UnifiedJedis RedisCommands",
    "redis",
    /^(m?get|get(Set|ex|Del|set|del)|(m|p)?set(ex|nx)?|psetex|del|unlink|exists|p?expire(At)?|persist|p?ttl|keys|(in|de)cr(By|by)?|append|h(get|getAll|getall|set|mset|mget|del|exists|incrBy|incrby|keys|vals|len)|[lr]push|[lr]pop|l(range|len|rem)|s(add|rem|members|ismember|card)|z(add|rem|score|rank|card|incrby|(rev)?range\w*)|publish|eval(sha)?)$/,
  ],
  // Redisson's: what looks like a map in memory asks the server each time.
  ["RBucket", "redis", /^(get|set|delete|isExists|trySet|compareAndSet|getAndSet|getAndDelete|setIfAbsent|setIfExists|expire)$/],
  [
    "RMap RMapCache",
    "redis",
    /^(get|put|remove|containsKey|putIfAbsent|getAll|putAll|size|fastPut|fastRemove|fastPutIfAbsent|readAll\w*)$/,
  ],
  [
    "RSet RSetCache RList RQueue RDeque",
    "redis",
    /^(add|remove|contains|size|get|set|offer|poll|peek|push|pop|addAll|removeAll|containsAll|readAll|tryAdd|fastRemove)$/,
  ],
  [
    "RScoredSortedSet",
    "redis",
    /^(add|addScore|addAll|remove|contains|getScore|rank|revRank|size|count|pollFirst|pollLast|valueRange\w*|entryRange\w*)$/,
  ],
  ["RAtomicLong", "redis", /^(get|set|incrementAndGet|decrementAndGet|addAndGet|getAndIncrement)$/],
  ["KafkaTemplate KafkaOperations", "message", /^(send|sendDefault)$/],
  ["RabbitTemplate AmqpTemplate RabbitOperations", "message", /^(send|convertAndSend|convertSendAndReceive)/],
  ["JmsTemplate JmsOperations", "message", /^(send|convertAndSend|receive)/],
  ["StreamBridge PulsarTemplate", "message", /^send$/],
  ["RocketMQTemplate", "message", /^(send|syncSend|convertAndSend)/],
  ["SqsTemplate", "message", /^(send|sendMany|receive|receiveMany)$/],
  ["SqsClient AmazonSQS", "message", /^(sendMessage|sendMessageBatch|receiveMessage|deleteMessage|deleteMessageBatch)$/],
  ["SnsTemplate", "message", /^(sendNotification|convertAndSend)$/],
  ["SnsClient", "message", /^publish(Batch)?$/],
  ["PubSubTemplate", "message", /^(publish|pull)/],
  ["JavaMailSender MailSender JavaMailSenderImpl", "mail", /^send$/],
  ["Transport", "mail", /^send(Message)?$/],
  ["SesClient SesV2Client AmazonSimpleEmailService", "mail", /^send/],
  ["Thread TimeUnit", "sleep", /^sleep$/],
  ["LockSupport", "sleep", /^park(?:Nanos|Until)$/],
  ["Uninterruptibles", "sleep", /^sleepUninterruptibly$/],
  ["ThreadUtil ThreadUtils", "sleep", /^(?:sleep|safeSleep)$/],
  [
    "PasswordEncoder BCryptPasswordEncoder Argon2PasswordEncoder SCryptPasswordEncoder Pbkdf2PasswordEncoder DelegatingPasswordEncoder",
    "cpu",
    /^(encode|matches)$/,
  ],
  // By a password, most often, which it hashes.
  ["AuthenticationManager ProviderManager", "cpu", /^authenticate$/],
  ["BCrypt", "cpu", /^(hashpw|checkpw)$/],
  ["ImageIO", "cpu", /^(read|write)$/],
  ["QRCodeWriter MultiFormatWriter Code128Writer", "cpu", /^encode$/],
  ["MatrixToImageWriter", "cpu", /^(writeTo|toBufferedImage)/],
  ["ITextRenderer", "cpu", /^createPDF$/],
  ["PdfRendererBuilder", "cpu", /^run$/],
  ["HtmlConverter", "cpu", /^convertTo/],
  ["JasperCompileManager", "cpu", /^compileReport/],
  ["JasperFillManager", "cpu", /^fillReport/],
  ["JasperExportManager", "cpu", /^exportReport/],
  ["KeyPairGenerator", "cpu", /^(generateKeyPair|genKeyPair)$/],
  ["SecretKeyFactory", "cpu", /^generateSecret$/],
];

const BY_TYPE: ReadonlyMap<string, readonly [WorkKind, RegExp]> = new Map(
  SLOW.flatMap(([types, kind, methods]) => types.split(" ").map((type): [string, readonly [WorkKind, RegExp]] => [type, [kind, methods]])),
);

/** Types of a library whose names are everybody's: a customer, a session, an invoice. By their package. */
const SLOW_PACKAGES: readonly (readonly [packages: RegExp, kind: WorkKind, methods: RegExp])[] = [
  [
    /^com\.stripe\.model\./,
    "http",
    /^(create|retrieve|update|confirm|capture|cancel|list|search|delete|attach|detach|pay|finalizeInvoice|voidInvoice|sendInvoice)$/,
  ],
];

/** What a method of a library type does, by the type's simple and its whole name. */
export function slowWork(type: string, method: string, qualified: string): WorkKind | undefined {
  const ofPackage = SLOW_PACKAGES.find(([packages]) => packages.test(qualified));
  if (ofPackage !== undefined) return ofPackage[2].test(method) ? ofPackage[1] : undefined;
  const known = BY_TYPE.get(type);
  if (known !== undefined) return known[1].test(method) ? known[0] : undefined;
  // What protoc makes of a service for callers that wait: each method is a call, but those of the stub itself.
  return type.endsWith("BlockingStub") && !/^(with|getChannel$|getCallOptions$)/.test(method) ? "http" : undefined;
}

const CLIENTS = /^(.*\.)?(FeignClient|RegisterRestClient|HttpExchange)$/;
const EXCHANGES = /^(.*\.)?(HttpExchange|GetExchange|PostExchange|PutExchange|DeleteExchange|PatchExchange|RequestLine)$/;

/** Whether a method of an interface is a call of another machine: Feign, with Spring or by itself, Spring's HTTP interfaces, MicroProfile. */
export function remoteInterface(owner: TypeEntry, method: JavaMethod): boolean {
  return owner.type.annotations.some(({ name }) => CLIENTS.test(name)) || method.annotations.some(({ name }) => EXCHANGES.test(name));
}
