import { cacheValueNotDeserializable } from "../../../src/rules/java/cache-value-not-deserializable.ts";
import { rule } from "../../harness/rule.ts";
import { pom } from "../config/builds.ts";

const build = pom("spring-boot-starter-web", "spring-boot-starter-data-redis").trimEnd();
const withRedisson = build.replace(
  "  </dependencies>",
  "    <dependency><groupId>org.redisson</groupId><artifactId>redisson</artifactId><version>3.50.0</version></dependency>\n  </dependencies>",
);
const configured = (serializer: string, imports = "", more = ""): string => `
//- src/main/java/shop/RedisCaches.java
package shop;
import org.springframework.data.redis.cache.RedisCacheConfiguration;
import org.springframework.data.redis.serializer.*;
${imports}
@Configuration @EnableCaching
class RedisCaches {
  @Bean RedisCacheConfiguration caches(${more}) {
    return RedisCacheConfiguration.defaultCacheConfig().serializeValuesWith(SerializationPair.fromSerializer(${serializer}));
  }
}`;
const typed = (typing: string): string =>
  configured("new GenericJackson2JsonRedisSerializer(mapper())").replace(
    /}$/,
    `  private ObjectMapper mapper() { ObjectMapper mapper = new ObjectMapper(); mapper.activateDefaultTyping(validator, DefaultTyping.${typing}); return mapper; }\n}`,
  );
/** A mapper of the configuration's own, set up by `how`. */
const mapped = (how: string): string =>
  configured("new GenericJackson2JsonRedisSerializer(mapper())").replace(
    /}$/,
    `  private ObjectMapper mapper() { ObjectMapper mapper = new ObjectMapper(); ${how} return mapper; }\n}`,
  );
const JSON_VALUES = configured("new GenericJackson2JsonRedisSerializer()");
const service = (marker: string, returns = "Price"): string => `
//- src/main/java/shop/Prices.java
package shop;
@Service
public class Prices {
  @Cacheable("prices") public ${returns} of(String article) { return read(article); }
${marker === "" ? "" : `//^^^^^^^^^^^^^^^^^^^^ ${marker}\n`}}
`;
const price = (text: string): string => `//- src/main/java/shop/Price.java
package shop;
${text}
`;
const NO_CREATOR = "Prices.of keeps Price in prices: Jackson writes it and has no constructor to read it by";
const NOT_SERIALIZABLE = "Prices.of keeps Price in prices, which is not Serializable";
const ARTICLE = `//- src/main/java/shop/Article.java
package shop;
class Article { String name; }
`;

rule(cacheValueNotDeserializable, {
  reports: {
    "one class in several caches, once": `${build}
//- src/main/java/shop/Prices.java
package shop;
@Service
public class Prices {
  @Cacheable("prices") public Price of(String article) { return read(article); }
//^^^^^^^^^^^^^^^^^^^^ ${NOT_SERIALIZABLE}; 1 more in this class
  @CachePut("prices") public Price set(String article, int cents) { return write(article, cents); }
//~~~~~~~~~~~~~~~~~~~ Prices.set keeps it in prices, too
  @Cacheable("names") public String name(String article) { return read(article); }
}
${price("class Price { int cents; }")}`,
    "a class that is not Serializable, with what Redis caches do by default": `${build}${service(NOT_SERIALIZABLE)}${price("class Price { int cents; }")}`,
    // NgocAnhDo26/bus-ticket-booking-system: Redisson keeps its locks, and the caches are Spring's.
    "a template beside the manager, which has a serializer of its own": `${build}
//- src/main/java/shop/RedisCaches.java
package shop;
import org.springframework.data.redis.cache.RedisCacheConfiguration;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.core.RedisTemplate;
@Configuration @EnableCaching
class RedisCaches {
  @Bean RedisTemplate<String, Object> redis(RedisConnectionFactory redis) {
    RedisTemplate<String, Object> template = new RedisTemplate<>();
    template.setValueSerializer(new JacksonJsonRedisSerializer<>(Object.class));
    return template;
  }
  @Bean CacheManager caches(RedisConnectionFactory redis) {
    return RedisCacheManager.builder(redis).cacheDefaults(RedisCacheConfiguration.defaultCacheConfig().entryTtl(HOUR)).build();
  }
}${service(NOT_SERIALIZABLE)}${price("class Price { int cents; }")}`,
    "a manager that code makes, beside Redisson": `${withRedisson}
//- src/main/java/shop/RedisCaches.java
package shop;
import org.springframework.data.redis.cache.RedisCacheConfiguration;
import org.springframework.data.redis.cache.RedisCacheManager;
@Configuration @EnableCaching
class RedisCaches {
  @Bean CacheManager caches(RedisConnectionFactory redis) {
    return RedisCacheManager.builder(redis).cacheDefaults(RedisCacheConfiguration.defaultCacheConfig().entryTtl(HOUR)).build();
  }
}${service(NOT_SERIALIZABLE)}${price("class Price { int cents; }")}`,
    "a record in a list, with Java's serialization": `${build}${configured("new JdkSerializationRedisSerializer()")}${service(NOT_SERIALIZABLE, "List<Price>")}${price("record Price(int cents) {}")}`,
    "a field of a Serializable class": `${build}${service("Prices.of keeps Article in prices, which is not Serializable", "Optional<Price>")}${price("class Price implements java.io.Serializable { int cents; Article article; }")}${ARTICLE}`,
    "an answer of a controller": `${build}${service("Prices.of keeps ResponseEntity in prices, which is not Serializable", "ResponseEntity<String>")}`,
    "constructors with parameters only": `${build}${JSON_VALUES}${service(NO_CREATOR)}${price("class Price { private final int cents; Price(int cents) { this.cents = cents; } }")}`,
    "a builder of Lombok's": `${build}${JSON_VALUES}${service(NO_CREATOR, "List<Price>")}${price("@Data @Builder\nclass Price { private int cents; }")}`,
    "values of Lombok's, below a record": `${build}${JSON_VALUES}${service("Prices.of keeps Article in prices: Jackson writes it and has no constructor to read it by")}${price("record Price(int cents, Map<String, Article> articles) {}")}${ARTICLE.replace("class Article", "@Value class Article")}`,
    "a page": `${build}${JSON_VALUES}${service("Prices.of keeps Page in prices: Jackson writes it and has no constructor to read it by", "Page<Price>")}${price("class Price { int cents; }")}`,
    "a mapper of one's own, with types": `${build}${configured("new GenericJackson2JsonRedisSerializer(mapper())", "", "").replace(/}$/, "  private ObjectMapper mapper() { ObjectMapper mapper = new ObjectMapper(); mapper.registerModule(new JavaTimeModule()); mapper.activateDefaultTyping(validator, DefaultTyping.NON_FINAL); return mapper; }\n}")}${service(NO_CREATOR)}${price("class Price { private final Instant since; Price(Instant since) { this.since = since; } }")}`,
    "a time, which Jackson's own mapper does not know": `${build}${configured("RedisSerializer.json()")}${service("Prices.of keeps Price.since in prices: a time that this Jackson cannot write")}${price("import java.time.Instant;\nclass Price { int cents; Instant since; }")}`,
    "a record, by a mapper that writes types with what may be extended": `${build}${typed("NON_FINAL")}${service("Prices.of keeps Price in prices: a record, which this Jackson writes without its type")}${price("record Price(int cents) {}")}`,
    // bekalpaslan/chain kept its figures by such a mapper, and got a ClassCastException from every second call on.
    "an object of any class, by a mapper that writes no types": `${build}${mapped("mapper.registerModule(new JavaTimeModule());")}${service("Prices.of keeps Price in prices: this Jackson writes no types, and a LinkedHashMap comes back")}${price("class Price { int cents; }")}`,
    "a time, by a mapper of one's own without its module": `${build}${typed("NON_FINAL")}${service("Prices.of keeps Price.since in prices: a time that this Jackson cannot write")}${price("import java.time.Instant;\nclass Price { int cents; Instant since; }")}`,
  },
  ignores: {
    "a record whose type is written, or that lies in a list": `${build}${typed("EVERYTHING")}${service("")}${price("record Price(int cents) {}")}`,
    "records in a list": `${build}${typed("NON_FINAL")}${service("", "List<Price>")}${price("record Price(int cents) {}")}`,
    "what is text, or a map, without types": `${build}${mapped("mapper.registerModule(new JavaTimeModule());")}${service("", "Map<String, Integer>")}${price("class Price { int cents; }")}`,
    "a class that says its type": `${build}${mapped("mapper.registerModule(new JavaTimeModule());")}${service("")}${price("@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)\nclass Price { int cents; }")}`,
    "a mapper that is given types by a mix-in": `${build}${mapped("mapper.addMixIn(Object.class, Typed.class);")}${service("")}${price("class Price { int cents; }")}`,
    "caches that Redisson may keep": `${withRedisson}${service("")}${price("class Price { int cents; }")}`,
    "a cache without a name": `${build}${service("").replace('@Cacheable("prices")', "@Cacheable")}${price("class Price { int cents; }")}`,
    "what can be made without arguments": `${build}${JSON_VALUES}${service("")}${price("@Data @Builder @NoArgsConstructor @AllArgsConstructor\nclass Price { private int cents; transient java.time.Instant since; }")}`,
    "records, enums, interfaces": `${build}${JSON_VALUES}${service("", "List<Price>")}${price("record Price(int cents, Kind kind, Shop shop) {}\nenum Kind { NET, GROSS }\ninterface Shop {}")}`,
    "a creator": `${build}${JSON_VALUES}${service("")}${price('class Price { final int cents; @JsonCreator Price(@JsonProperty("cents") int cents) { this.cents = cents; } }')}`,
    "a factory, and a builder that Jackson knows": `${build}${JSON_VALUES}${service("")}${price("class Price { final Part part; private Price(Part part) { this.part = part; } @JsonCreator static Price of(Part part) { return new Price(part); } }\n@Jacksonized @Builder class Part { int cents; }")}`,
    "a constructor of Lombok's without parameters": `${build}${JSON_VALUES}${service("")}${price("@Data @RequiredArgsConstructor\nclass Price { private int cents; }")}`,
    "a mapper that somebody else makes": `${build}${configured("new GenericJackson2JsonRedisSerializer(mapper)", "", "ObjectMapper mapper")}${service("")}${price("class Price { private final int cents; Price(int cents) { this.cents = cents; } }")}`,
    "another serializer": `${build}${configured("new KryoRedisSerializer()")}${service("")}${price("class Price { private final int cents; Price(int cents) { this.cents = cents; } }")}`,
    "a serializer that is a bean": `${build}${configured("serializer", "", "RedisSerializer<Object> serializer")}${service("")}${price("class Price { int cents; }")}`,
    "a cache in memory": `${pom("spring-boot-starter-web", "caffeine").trimEnd()}${service("")}${price("class Price { int cents; }")}`,
    "what is Serializable, or may be": `${build}${service("", "List<Price>")}${price("class Price extends Money implements Comparable<Price> { Account account; static Object none; }\nclass Money implements java.io.Serializable {}\nclass Account implements UserDetails {}")}`,
    "a manager of the annotation's own": `${build}${service("").replace('@Cacheable("prices")', '@Cacheable(value = "prices", cacheManager = "local")')}${price("class Price { int cents; }")}`,
    "values of libraries": `${build}${service("", "Map<String, JsonNode>")}`,
  },
});
