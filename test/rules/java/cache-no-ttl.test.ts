import { cacheNoTtl } from "../../../src/rules/java/cache-no-ttl.ts";
import { rule } from "../../harness/rule.ts";
import { pom } from "../config/builds.ts";

const build = pom("spring-boot-starter-web", "spring-boot-starter-cache", "spring-boot-starter-data-redis").trimEnd();
const caffeine = build
  .replace("spring-boot-starter-data-redis</artifactId>", "spring-boot-starter-json</artifactId>")
  .replace(
    "  </dependencies>",
    "    <dependency><groupId>com.github.ben-manes.caffeine</groupId><artifactId>caffeine</artifactId></dependency>\n  </dependencies>",
  );
const spec = (value: string): string => `//- src/main/resources/application.yml
spring:
  cache:
    caffeine:
      spec: ${value}
`;
const service = (body: string): string => `
//- src/main/java/shop/Prices.java
package shop;
@Service
class Prices {
${body}
}
`;

const named = (defaults: string): string => `//- src/main/java/shop/Caches.java
package shop;
import org.springframework.data.redis.cache.RedisCacheConfiguration;
import org.springframework.data.redis.cache.RedisCacheManager;
@Configuration
class Caches {
  @Bean RedisCacheManager caches(RedisConnectionFactory factory) {
    RedisCacheConfiguration plain = RedisCacheConfiguration.defaultCacheConfig();
    Map<String, RedisCacheConfiguration> each = new HashMap<>();
    each.put("stock", plain.entryTtl(Duration.ofMinutes(1)));
    return RedisCacheManager.builder(factory).cacheDefaults(${defaults}).withInitialCacheConfigurations(each).build();
  }
}
`;

rule(cacheNoTtl, {
  reports: {
    "entries in Redis": `
${build}
//- src/main/resources/application.yml
spring:
  application:
    name: shop
${service(`
  @Cacheable("prices") public Price of(String article) { return read(article); }
//^^^^^^^^^^^^^^^^^^^^ 💡 prices keeps its entries in Redis for ever`)}`,
    "entries in Caffeine": `
${caffeine}
${service(`
  @Cacheable("prices") public Price of(String article) { return read(article); }
//^^^^^^^^^^^^^^^^^^^^ prices grows without end in memory
  @Cacheable("prices") public Price again(String article) { return read(article); }`)}`,
    "a specification of Caffeine that counts only": `
${caffeine}
${spec("recordStats")}
${service(`
  @Cacheable("prices") public Price of(String article) { return read(article); }
//^^^^^^^^^^^^^^^^^^^^ prices grows without end in memory`)}`,
    "a cache beside those that have a time by their names": `
${build}
//- src/main/resources/application.yml
spring:
  application:
    name: shop
${named("plain")}
${service(`
  @Cacheable("prices") public Price of(String article) { return read(article); }
//^^^^^^^^^^^^^^^^^^^^ prices keeps its entries in Redis for ever`)}`,
  },
  ignores: {
    "a cache that has a time by its name, or by what is said for all": `
${build}
${named("plain.entryTtl(Duration.ofHours(1))")}
${service(`  @Cacheable("prices") public Price of(String article) { return read(article); }
  @Cacheable("stock") public int stock(String article) { return count(article); }`)}`,
    "a key that is written down": `
${build}
${service(`  @Cacheable(cacheNames = "prices", key = "'all'") public List<Price> of(String article) { return read(); }`)}`,
    "a size in the specification of Caffeine": `
${caffeine}
${spec("maximumSize=500")}
${service(`  @Cacheable("prices") public Price of(String article) { return read(article); }`)}`,
    "a manager of the project's own": `
${build}
//- src/main/java/shop/TenantCaches.java
package shop;
class TenantCaches implements org.springframework.cache.CacheManager {
  public Cache getCache(String name) { return made.computeIfAbsent(name, this::make); }
}
${service(`  @Cacheable("prices") public Price of(String article) { return read(article); }`)}`,
    "a time to live in the configuration": `
${build}
//- src/main/resources/application.yml
spring:
  cache:
    redis:
      time-to-live: 10m
${service(`  @Cacheable("prices") public Price of(String article) { return read(article); }`)}`,
    "a time to live in the code": `
${build}
//- src/main/java/shop/Caches.java
package shop;
import org.springframework.data.redis.cache.RedisCacheConfiguration;
@Configuration
class Caches {
  @Bean RedisCacheConfiguration caches() { return RedisCacheConfiguration.defaultCacheConfig().entryTtl(Duration.ofMinutes(10)); }
}
${service(`  @Cacheable("prices") public Price of(String article) { return read(article); }`)}`,
    "a cache of one entry": `
${build}
${service(`  @Cacheable("prices") public Prices all() { return read(); }`)}`,
    "a provider that is not known": `
${pom("spring-boot-starter-web", "spring-boot-starter-cache").trimEnd()}
${service(`  @Cacheable("prices") public Price of(String article) { return read(article); }`)}`,
  },
  fixes: {
    "entries in Redis": `
//- src/main/resources/application.yml
spring:
  application:
    name: shop
  cache:
    redis:
      time-to-live: 10m
`,
  },
});
