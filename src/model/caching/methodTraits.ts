import { type CodeNode, childrenOf, nodesOf, unpack } from "../../facts/java/code.ts";
import type { JavaAnnotation } from "../../facts/java/javaFacts.ts";
import type { MethodNode } from "../calls/callGraph.ts";
import { asksForQueryCache } from "../calls/queryCacheHint.ts";
import { bareName } from "../types/typeIndex.ts";

/** What a method's annotations and body say about caching and about who asks. Plain data. */
export interface MethodTraits {
  /**
   * "annotation": most calls do not run it; "query": Hibernate keeps which rows it finds, and brings what these bring; "body": it asks a
   * cache itself; "headers": it tells clients to keep the answer.
   */
  readonly cached: "annotation" | "query" | "body" | "headers" | undefined;
  /** It looks at who asks: the answer is another for everybody. */
  readonly personal: boolean;
}

const CACHE_ANNOTATIONS: ReadonlySet<string> = new Set(["Cacheable", "CacheResult", "Memoize", "Cached", "Caching"]);
const CACHE_TYPES =
  /^(?:Cache|CacheManager|CaffeineCache|LoadingCache|AsyncCache|AsyncLoadingCache|RedisTemplate|StringRedisTemplate|ValueOperations|HashOperations|RedissonClient|RMap|RMapCache|RBucket|IMap|HazelcastInstance|MemcachedClient|JedisPool|Jedis|\w+Cache|\w*CacheService|\w*CacheManager|\w*CacheRepository)$/;
const CACHE_READS =
  /^(?:get|getIfPresent|getAll|getAllPresent|computeIfAbsent|getOrDefault|getOrLoad|getOrCompute|containsKey|find\w*|getCache|opsForValue|opsForHash|multiGet|getBucket|getMap|get[A-Z]\w*)$/;
const HEADER_CALLS: ReadonlySet<string> = new Set([
  "cacheControl",
  "setCacheControl",
  "eTag",
  "setETag",
  "checkNotModified",
  "setCacheSeconds",
]);
const HEADER_TYPES: ReadonlySet<string> = new Set(["CacheControl"]);
/** "getCurrentUser", "currentMemberId", "getLoginUserId", `SecurityContextHolder.getContext()`, `request.getUserPrincipal()`. */
const PERSONAL_CALLS =
  /^(?:(?:get|find|load|fetch|require)?(?:[cC]urrent|[lL]ogged[iI]n|[aA]uthenticated|Signed[iI]n)(?:User|Member|Account|Tenant|Customer|Principal|Auditor|Person|Organi[sz]ation|Username|Login|Id)\w*|get[lL]ogin(?:User|Id|Member|Account|Name)\w*|getPrincipal|getUserPrincipal|getAuthentication|getRemoteUser)$/;
const PERSONAL_NAMES: ReadonlySet<string> = new Set([
  "SecurityContextHolder",
  "ReactiveSecurityContextHolder",
  "SecurityUtils",
  "ShiroUtils",
  "StpUtil",
  "UserHolder",
  "TenantContext",
  "UserContext",
]);

/** What a project keeps for the thread of a request: `AuthUserContext.get()`, `LoginMemberHolder.id()`. */
const PERSONAL_HOLDERS =
  /^(?=\p{Lu})\w*(?:Auth|User|Member|Login|Tenant|Account|Session|Subject)\w*(?:Context|Holder)$|^(?:Auth|Session|Login)Utils?$/u;

export function methodTraits({ declared, remembered }: MethodNode): MethodTraits {
  const { owner, method } = declared;
  // Where caching is off, the annotation does nothing.
  const annotations = remembered ? method.annotations : method.annotations.filter(({ name }) => bareName(name) === "Caching");
  if ([...annotations, ...owner.type.annotations].some(isCacheAnnotation)) return { cached: "annotation", personal: false };
  // What is neither is an annotation of the workspace's own.
  if (remembered) return { cached: asksForQueryCache(method.annotations) ? "query" : "annotation", personal: false };
  if (method.body < 0) return NONE;
  const types = new Map(owner.type.fields.map((field) => [field.name, bareName(field.type)]));
  for (const parameter of method.parameters) types.set(parameter.name, bareName(parameter.type));
  let cached: MethodTraits["cached"];
  let personal = false;
  let forbids = false;
  for (const node of nodesOf(unpack(owner.file.java.code, method.body))) {
    if (node.kind === "local") types.set(node.text, bareName(node.type));
    if (node.kind === "call" && (PERSONAL_CALLS.test(node.text) || asksForTenant(node))) personal = true;
    if (node.kind === "name" && (PERSONAL_NAMES.has(node.text) || PERSONAL_HOLDERS.test(node.text))) personal = true;
    if (node.kind === "name" && HEADER_TYPES.has(node.text)) cached ??= "headers";
    if (node.kind === "call" && (HEADER_CALLS.has(node.text) || setsHeader(node))) cached ??= "headers";
    if (node.kind === "call" && (node.text === "noStore" || node.text === "noCache")) forbids = true;
    if (node.kind === "call" && CACHE_READS.test(node.text) && asksCache(node, types)) cached = "body";
  }
  if (forbids && cached === "headers") cached = undefined;
  return cached === undefined && !personal ? NONE : { cached, personal };
}

/** `.header(HttpHeaders.CACHE_CONTROL, "public, max-age=86400")`, `response.setHeader("ETag", tag)`. */
function setsHeader(call: CodeNode): boolean {
  if (!/^(?:(?:set|add)?[hH]eader|set|add)$/.test(call.text)) return false;
  const [name, value] = childrenOf(call, "argument");
  if (name === undefined || value === undefined || !/^(?:cache[-_]control|etag|expires)$/i.test(name.text)) return false;
  return !(value.kind === "literal" && (/no-(?:store|cache)|max-age=0\b/i.test(value.text) || /^(?:-?\d+)?$/.test(value.text)));
}

const NONE: MethodTraits = { cached: undefined, personal: false };

/** `tenantResolver.getTenant()`: whose data is asked for, not a property of some object. */
function asksForTenant({ text, children }: CodeNode): boolean {
  if (!/^get(?:Active|Current)?Tenant(?:Id|Identifier|Key|Name)?$/.test(text)) return false;
  const [on, ...given] = children;
  return on?.kind === "name" && given.length === 0 && /(?:[rR]esolver|[cC]ontext|[hH]older|[pP]rovider)$/.test(on.text);
}

/** An evicting annotation alone caches nothing. */
const isCacheAnnotation = (annotation: JavaAnnotation): boolean => CACHE_ANNOTATIONS.has(bareName(annotation.name));

function asksCache(call: CodeNode, types: ReadonlyMap<string, string>): boolean {
  const receiver = call.children.find((child) => child.role === "receiver");
  if (receiver === undefined) return false;
  if (receiver.kind === "call") return CACHE_READS.test(receiver.text) && asksCache(receiver, types);
  if (receiver.kind !== "name" && receiver.kind !== "field") return false;
  const type = types.get(receiver.text) ?? "";
  if (CACHE_TYPES.test(type)) return true;
  // A map that calls itself one.
  return /[cC]ache|[mM]emo/.test(receiver.text) && /(?:Map|^)$/.test(type);
}
