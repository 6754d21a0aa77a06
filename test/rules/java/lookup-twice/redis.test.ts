import { lookupTwice } from "../../../../src/rules/java/lookup-twice.ts";
import { rule } from "../../../harness/rule.ts";

const basket = (methods: string): string => `
//- pom.xml
<project><artifactId>shop</artifactId><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-data-redis</artifactId></dependency></dependencies></project>
//- src/main/java/shop/Baskets.java
package shop;
import java.util.*;
import java.util.function.Supplier;
import org.springframework.data.redis.core.*;
import org.springframework.stereotype.Service;
@Service
public class Baskets {
    private final StringRedisTemplate redis;
    private final StringRedisTemplate sessions;
    private final HashOperations<String, String, String> lines;
    Baskets(StringRedisTemplate redis, StringRedisTemplate sessions) {
        this.redis = redis;
        this.sessions = sessions;
        this.lines = redis.opsForHash();
    }
${methods}
}
`;

rule(lookupTwice, {
  reports: {
    // SpringMarket: a basket that is asked for, and asked for again where it is there.
    "a value, by operations that are kept": basket(`
    String load(String key) {
        ValueOperations<String, String> values = redis.opsForValue();
        if (values.get(key) == null) return "";
        return values.get(key);
             //^^^^^^^^^^^^^^^ ValueOperations.get is sent twice with the same arguments
    }`),
    "a value, by operations that are asked for each time": basket(`
    String load(String key) {
        if (redis.opsForValue().get(key) == null) return "";
        return redis.opsForValue().get(key);
                                 //^^^^^^^^ ValueOperations.get is sent twice with the same arguments
    }`),
    "a key, then its value": basket(`
    String load(String key) {
        if (!redis.hasKey(key)) return "";
        return redis.opsForValue().get(key);
                                 //^^^^^^^^ ValueOperations.get loads what hasKey has looked up just before
    }`),
    "a value that only the other branch writes": basket(`
    String load(String key) {
        if (redis.opsForValue().get(key) == null) {
            redis.opsForValue().set(key, "");
            return "";
        } else {
            return redis.opsForValue().get(key);
                                     //^^^^^^^^ ValueOperations.get is sent twice with the same arguments
        }
    }`),
    "a field of a hash": basket(`
    String load(String key, String line) {
        if (!lines.hasKey(key, line)) return "";
        return lines.get(key, line);
             //^^^^^^^^^^^^^^^^^^^^ HashOperations.get loads what hasKey has looked up just before
    }`),
  },
  ignores: {
    "a key that is written in between": basket(`
    String load(String key) {
        if (redis.opsForValue().get(key) == null) redis.opsForValue().set(key, "empty");
        return redis.opsForValue().get(key);
    }
    String drop(String key) {
        String before = redis.opsForValue().get(key);
        forget(key);
        return before + redis.opsForValue().get(key);
    }
    private void forget(String key) { redis.delete(key); }`),
    "who asks again under a lock, or after waiting": basket(`
    String load(String key) throws Exception {
        String found = redis.opsForValue().get(key);
        if (found != null) return found;
        if (redis.opsForValue().setIfAbsent("lock:" + key, "1")) return redis.opsForValue().get(key);
        return "";
    }
    String await(String key) throws Exception {
        if (redis.opsForValue().get(key) != null) return "";
        Thread.sleep(50);
        return redis.opsForValue().get(key);
    }
    String once(String key) {
        if (redis.opsForValue().get(key) != null) return "";
        synchronized (this) {
            return redis.opsForValue().get(key);
        }
    }`),
    "another key, another template, another field": basket(`
    String both(String key, String other, String line) {
        String all = redis.opsForValue().get(key) + redis.opsForValue().get(other) + sessions.opsForValue().get(key);
        return all + lines.get(key, line) + lines.get(key, other);
    }
    String next(String key) {
        String first = redis.opsForValue().get(key);
        key = first;
        return redis.opsForValue().get(key);
    }`),
    "branches of which one runs": basket(`
    String either(String key, boolean isLong) {
        if (isLong) return redis.opsForValue().get(key).trim();
        return redis.opsForValue().get(key);
    }`),
    "what takes the value out": basket(`
    String both(String key) {
        return redis.opsForList().leftPop(key) + redis.opsForList().leftPop(key);
    }`),
  },
});
