import { redisInLoop } from "../../../src/rules/java/redis-in-loop.ts";
import { rule } from "../../harness/rule.ts";

const service = (body: string): string => `
//- src/shop/RankingService.java
package shop;
import java.util.List;
import org.springframework.data.redis.core.StringRedisTemplate;
@Service
class RankingService {
  private final StringRedisTemplate redis;
${body}
}
`;

rule(redisInLoop, {
  reports: {
    "a read for each key": service(`
  void show(List<String> keys) {
    for (String key : keys) print(redis.opsForValue().get(key));
                                                    //^^^^^^^^ RedisOperations.get runs once per element of keys
  }`),
    "a write in a helper": service(`
  void keep(List<String> keys) { keys.forEach(key -> keepOne(key)); }
                                                   //^^^^^^^^^^^^ keepOne runs StringRedisTemplate.expire once per element of keys
  private void keepOne(String key) { redis.expire(key, Duration.ofDays(1)); }`),
  },
  ignores: {
    "one command for all keys": service(`
  void show(List<String> keys) { for (String value : redis.opsForValue().multiGet(keys)) print(value); }`),
    "a pipeline": service(`
  void keep(List<String> keys) {
    redis.executePipelined((RedisCallback<Object>) connection -> { for (String key : keys) redis.expire(key, DAY); return null; });
    redis.executePipelined(connection -> { for (String key : keys) redis.expire(key, DAY); return null; });
  }`),
  },
});
