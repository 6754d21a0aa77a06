import type { Build, ConfigurationModel } from "../../../../model/configuration/configurationModel.ts";
import type { Model } from "../../../../model/model.ts";

/** Where an application keeps its caches: "map" stands for the maps in memory that Spring makes where there is nothing else. */
export type CacheProvider = "redis" | "caffeine" | "map";

/** The provider of the caches of a file's application; undefined where there are several, or none that is known. */
export function cacheProvider(configuration: ConfigurationModel, file: string): CacheProvider | undefined {
  const type = configuration.value("spring.cache.type", file)?.value.trim().toLowerCase();
  const build = configuration.buildOf(file);
  const redisInCode = configuration.codeSettles("redis-caches", file);
  if (hasOther(build) || (build.has("redisson") && !redisInCode)) return undefined;
  if (type === "redis" || type === "caffeine") return type;
  const caffeine = type === undefined && (build.has("caffeine") || configuration.codeSettles("caffeine-caches", file));
  const redis = type === undefined && (build.has(...REDIS) || redisInCode);
  // Of both on the classpath, Spring Boot takes Redis before Caffeine; who makes its managers itself is not known.
  if (redis !== caffeine) return redis ? "redis" : "caffeine";
  if (redis || (type !== undefined && type !== "simple") || configuration.codeSettles("own-cache-manager", file)) return undefined;
  return Object.keys(build.artifacts).length > 0 ? "map" : undefined;
}

/** Whether emptying a cache compares every key of Redis: Spring's writer does, unless it is given another strategy. */
export const isClearedByKeys = ({ configuration, caching }: Model, file: string): boolean =>
  cacheProvider(configuration, file) === "redis" && caching.isEnabled() && !configuration.codeSettles("redis-cleared-otherwise", file);

const REDIS = ["spring-boot-starter-data-redis", "spring-boot-starter-data-redis-reactive", "spring-data-redis"];

/** Redisson by itself comes with JCache, which Spring Boot takes where no code makes a manager. */
const hasOther = (build: Build): boolean =>
  build.has(
    "cache-api",
    "ehcache",
    "hazelcast",
    "hazelcast-spring",
    "infinispan-core",
    "cache2k-core",
    "cache2k-spring",
    "redisson-spring-boot-starter",
    "spring-boot-starter-data-couchbase",
    "couchbase-spring-cache",
    "jetcache-starter-redis",
  );
