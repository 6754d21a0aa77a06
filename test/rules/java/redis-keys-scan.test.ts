import { redisKeysScan } from "../../../src/rules/java/redis-keys-scan.ts";
import { rule } from "../../harness/rule.ts";

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

rule(redisKeysScan, {
  reports: {
    "a pattern": service(`
  void clear() { redis.delete(redis.keys("session:*")); }
                            //^^^^^^^^^^^^^^^^^^^^^^^ StringRedisTemplate.keys reads every key of Redis`),
    "a pattern, in a job": service(`
  @Scheduled(fixedRate = 1000) void count() { log(redis.keys("session:*").size()); }
                                                //^^^^^^^^^^^^^^^^^^^^^^^ StringRedisTemplate.keys reads every key of Redis for @Scheduled count`),
  },
  ignores: {
    "a cursor, and the fields of one hash": service(`
  void clear() {
    redis.scan(ScanOptions.scanOptions().match("session:*").build()).forEachRemaining(redis::delete);
    redis.opsForHash().keys("session:1");
  }`),
  },
});
