import assert from "node:assert/strict";
import { redisKeysScan } from "../../../src/rules/java/redis-keys-scan.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";
import { pom } from "../config/builds.ts";

const service = (body: string): string => `
//- src/shop/Sessions.java
package shop;
import org.springframework.data.redis.core.StringRedisTemplate;
@Service
class Sessions {
  private final StringRedisTemplate redis;
${body}
}
`;

const build = pom("spring-boot-starter-web", "spring-boot-starter-cache", "spring-boot-starter-data-redis", "spring-boot-starter-data-jpa");
const shop = (annotation: string, more: string): string => `
${build.trimEnd()}
//- src/main/java/shop/Caches.java
package shop;
@Configuration @EnableCaching class Caches {}
//- src/main/java/shop/PriceRepository.java
package shop;
import org.springframework.data.jpa.repository.JpaRepository;
interface PriceRepository extends JpaRepository<Price, Long> { Price findByArticle(String article); }
//- src/main/java/shop/Price.java
package shop;
@Entity class Price { @Id Long id; String article; }
//- src/main/java/shop/PriceController.java
package shop;
@RestController
class PriceController {
  private final Prices prices;
  @PostMapping("/prices") void change(@RequestBody Price price) { prices.change(price); }
  @DeleteMapping("/prices/cache") void clear() { prices.clear(); }
}
//- src/main/java/shop/Prices.java
package shop;
@Service
public class Prices {
  private final PriceRepository prices;
  @Cacheable("prices") public Price of(String article) { return prices.findByArticle(article); }
  ${annotation}
  public void change(Price price) { prices.save(price); }
${more}
}
`;
const EVICT = '@CacheEvict(cacheNames = "prices", allEntries = true)';
const EVICTED = `${EVICT}
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Clearing prices reads every key of Redis for POST /prices`;

rule(redisKeysScan, {
  reports: {
    "a client of Redis": `
//- src/shop/Keys.java
package shop;
import java.util.Set;
import redis.clients.jedis.Jedis;
class Keys {
  Set<String> all(Jedis jedis) { return jedis.keys("cart:*"); }
                                      //^^^^^^^^^^^^^^^^^^^^ Jedis.keys reads every key of Redis
}
`,
    "a reactive template": `
//- src/shop/Sessions.java
package shop;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import reactor.core.publisher.Flux;
class Sessions {
  private final ReactiveStringRedisTemplate redis;
  Flux<String> all() { return redis.keys("session:*"); }
                            //^^^^^^^^^^^^^^^^^^^^^^^ ReactiveStringRedisTemplate.keys reads every key of Redis
}
`,
    "a set that a variable holds": `${build.trimEnd()}
//- src/shop/Sessions.java
package shop;

import java.util.Set;
import org.springframework.data.redis.core.StringRedisTemplate;

@Service
class Sessions {
    private final StringRedisTemplate redis;

    int count(String cursor) {
        final Set<String> keys = redis.keys("session:" + cursor + "*");
                               //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 StringRedisTemplate.keys reads every key of Redis
        return keys.size();
    }
}
`,
    "a set of a template that writes its keys in a way of its own": `${build.trimEnd()}
//- src/shop/Sessions.java
package shop;

import java.util.Set;
import org.springframework.data.redis.core.RedisTemplate;

@Service
class Sessions {
    private final RedisTemplate<String, Object> redis;

    int count() {
        Set<String> keys = redis.keys("session:*");
                         //^^^^^^^^^^^^^^^^^^^^^^^ RedisTemplate.keys reads every key of Redis
        return keys.size();
    }
}
`,
    "a pattern": service(`
  void clear() { redis.delete(redis.keys("session:*")); }
                            //^^^^^^^^^^^^^^^^^^^^^^^ StringRedisTemplate.keys reads every key of Redis`),
    "a pattern, in a job": service(`
  @Scheduled(fixedRate = 1000) void count() { log(redis.keys("session:*").size()); }
                                                //^^^^^^^^^^^^^^^^^^^^^^^ StringRedisTemplate.keys reads every key of Redis for @Scheduled count`),
    "a cache is cleared by a request that changes rows": shop(EVICTED, `  ${EVICT} public void clear() {}`),
    "several caches of a method": shop(
      `@Caching(evict = { ${EVICT},
                   //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Clearing prices reads every key of Redis for POST /prices
                     @CacheEvict(cacheNames = "offers", key = "#price.id") })`,
      "",
    ),
    // NgocAnhDo26/bus-ticket-booking-system: a booking clears seven caches of figures.
    "several caches that one method clears": shop(
      `@Caching(evict = { ${EVICT},
                   //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Clearing prices and 1 more reads every key of Redis 2 times for POST /prices
                     @CacheEvict(cacheNames = "offers", allEntries = true) })`,
      //~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ offers is cleared here, too
      "",
    ),
    "a cache that somebody clears when asked to": shop(
      "",
      `  ${EVICT} public void clear() {}
${EVICTED.split("\n")[1]?.replace("POST /prices", "DELETE /prices/cache")}`,
    ),
    "a connection in a callback, and a script": service(`
  Object all() { return redis.execute((RedisCallback<Object>) connection -> connection.keyCommands().keys("session:*".getBytes())); }
                                                                                                   //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ RedisConnection.keys reads every key of Redis
  Object drop() { return redis.execute(new DefaultRedisScript<>("return redis.call('KEYS', ARGV[1])"), List.of()); }
                                                              //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ A script's KEYS reads every key of Redis`).replace(
      "import org",
      "import org.springframework.data.redis.core.RedisCallback;\nimport org",
    ),
  },
  ignores: {
    "keys of a map in a callback, and a script that scans": service(`
  Object fields() { return redis.execute((RedisCallback<Object>) connection -> connection.hashCommands().hKeys(name)); }
  Object names(Properties held) { return redis.execute((RedisCallback<Object>) connection -> held.keys()); }
  Object drop() { return redis.execute(new DefaultRedisScript<>("return redis.call('SCAN', 0)"), List.of()); }`).replace(
      "import org",
      "import org.springframework.data.redis.core.RedisCallback;\nimport org",
    ),
    "the fields of one hash": `
//- src/shop/Keys.java
package shop;
import java.util.Set;
import redis.clients.jedis.Jedis;
class Keys {
  Set<String> of(Jedis jedis) { return jedis.hkeys("cart"); }
}
`,
    "one entry is evicted": shop('@CacheEvict(cacheNames = "prices", key = "#price.article")', ""),
    "nothing brings a request to it": shop("", `  ${EVICT} public void forget() {}`),
    "a manager of its own": shop('@CacheEvict(cacheNames = "prices", cacheManager = "local", allEntries = true)', ""),
    "the writer walks the keys in steps": `${shop(EVICT, "")}
//- src/main/java/shop/RedisCaches.java
package shop;
import org.springframework.data.redis.cache.*;
@Configuration
class RedisCaches {
  @Bean RedisCacheManager caches(RedisConnectionFactory factory) {
    return RedisCacheManager.builder(RedisCacheWriter.nonLockingRedisCacheWriter(factory, BatchStrategies.scan(1000))).build();
  }
}
`,
    "a cache of its own, which may clear in another way": `${shop(EVICT, "")}
//- src/main/java/shop/VersionedCache.java
package shop;
import org.springframework.data.redis.cache.RedisCache;
class VersionedCache extends RedisCache {}
`,
    "caches in memory": `${shop(EVICT, "")}
//- src/main/resources/application.properties
spring.cache.type=caffeine
`,
    "a cursor, and the fields of one hash": service(`
  void clear() {
    redis.scan(ScanOptions.scanOptions().match("session:*").build()).forEachRemaining(redis::delete);
    redis.opsForHash().keys("session:1");
  }`),
  },
  fixes: {
    "a set that a variable holds": `
//- src/shop/Sessions.java
package shop;

import java.util.HashSet;
import java.util.Set;
import org.springframework.data.redis.core.Cursor;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.data.redis.core.StringRedisTemplate;

@Service
class Sessions {
    private final StringRedisTemplate redis;

    int count(String cursor) {
        final Set<String> keys = new HashSet<>();
        try (Cursor<String> scanned = redis.scan(ScanOptions.scanOptions().match("session:" + cursor + "*").count(1000).build())) {
            scanned.forEachRemaining(keys::add);
        }
        return keys.size();
    }
}
`,
  },
});

describe("java/redis-keys-scan, ranked by what reaches it", () => {
  const severityOf = async (more: string): Promise<readonly string[]> => {
    const workspace = new TestWorkspace([redisKeysScan]);
    await workspace.put(parseFixture(`${service('  public void clear() { redis.delete(redis.keys("session:*")); }')}${more}`).files);
    return workspace.findings().map(({ severity, certainty }) => `${severity} ${certainty}`);
  };

  it("is a warning for a request", async () => {
    const desk = `//- src/shop/Desk.java
package shop;
import org.springframework.web.bind.annotation.*;
@RestController class Desk {
  private Sessions sessions;
  @DeleteMapping("/sessions") void clear() { sessions.clear(); }
}
`;
    assert.deepEqual(await severityOf(desk), ["warning proven"]);
  });

  it("is information where nothing calls it", async () => {
    assert.deepEqual(await severityOf(""), ["information likely"]);
  });
});
