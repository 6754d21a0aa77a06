import { cacheProviderDev } from "../../../src/rules/java/cache-provider-dev.ts";
import { rule } from "../../harness/rule.ts";
import { pom, pomIn } from "../config/builds.ts";

const build = pom("spring-boot-starter-web", "spring-boot-starter-cache").trimEnd();
const application = (marker: string, annotations = ""): string => `
//- src/main/java/shop/Application.java
package shop;
@SpringBootApplication${annotations}
  @EnableCaching
${marker === "" ? "" : `//^^^^^^^^^^^^^^ ${marker}\n`}class Application {}
`;
const cached = (method: string): string => `//- src/main/java/shop/Prices.java
package shop;
@Service
public class Prices {
  ${method}
}
//- src/main/java/shop/PriceController.java
package shop;
@RestController
class PriceController {
  private final Prices prices;
  @GetMapping("/prices/{article}") Price price(@PathVariable String article) { prices.list(article, 1); return prices.of(article); }
}
`;
const ONE = '@Cacheable("prices") public Price of(String article) { return read(article); }';
const plain = application("");

const managed = (cache: string): string => `//- src/main/java/shop/Caches.java
package shop;
import org.springframework.cache.concurrent.ConcurrentMapCache;
import org.springframework.cache.support.SimpleCacheManager;
@Configuration
class Caches {
  @Bean CacheManager caches() { SimpleCacheManager made = new SimpleCacheManager(); made.setCaches(List.of(${cache})); return made; }
}
`;

rule(cacheProviderDev, {
  reports: {
    "no provider, and keys without an end": `${build}${application("prices is a map in memory that keeps each article for ever")}${cached(ONE)}`,
    "several caches": `${build}${application("priceList and 1 more caches are maps in memory that keep each key for ever")}${cached(
      `@Cacheable("priceList") public List<Price> list(String article, int page) { return read(article, page); }
  ${ONE}`,
    )}`,
    "once for all classes that switch caches on": `${build}${application("prices is a map in memory that keeps each article for ever")}${cached(ONE)}
//- src/main/java/shop/Stock.java
package shop;
@Service @EnableCaching
class Stock {}
//- src/main/java/shop/AdventureCaches.java
package shop;
@Configuration @Profile("dev") @EnableCaching
class AdventureCaches {}
`,
    "maps that are asked for": `${build}${application("prices is a map in memory that keeps each article for ever")}${cached(ONE)}
//- src/main/resources/application.yml
spring:
  cache:
    type: simple
`,
    "a manager that is given maps": `${build}${application("prices is a map in memory that keeps each article for ever")}${cached(ONE)}
${managed('new ConcurrentMapCache("prices")')}`,
  },
  ignores: {
    "a manager whose maps end": `${build}${plain}${cached(ONE)}
${managed('new ConcurrentMapCache("prices", CacheBuilder.newBuilder().maximumSize(9).build().asMap(), false)').replace("\nimport", "\nimport com.google.common.cache.CacheBuilder;\nimport")}`,
    "a provider on the classpath": `${pom("spring-boot-starter-web", "spring-boot-starter-cache", "caffeine").trimEnd()}${plain}${cached(ONE)}`,
    "a provider that Spring Boot knows as well": `${pom("spring-boot-starter-web", "hazelcast").trimEnd()}${plain}${cached(ONE)}`,
    "another type in the configuration": `${build}${plain}${cached(ONE)}
//- src/main/resources/application.yml
spring:
  cache:
    type: none
`,
    "a manager of one's own": `${build}${plain}${cached(ONE)}
//- src/main/java/shop/Managers.java
package shop;
import org.springframework.cache.support.SimpleCacheManager;
class Managers {}
`,
    "one entry a cache, or as many as there are kinds": `${build}${plain}${cached('@Cacheable("prices") public Price of() { return read(); }\n  @Cacheable("kinds") public Price of(Kind kind) { return read(); }')}`,
    "a cache that no request fills": `${build}${plain}${cached(ONE).replace("prices.list(article, 1); return prices.of(article);", "return null;")}`,
    "a profile of development": `${build}${application("", '\n@Profile("dev")')}${cached(ONE)}`,
    // Seen on ita-social-projects/GreenCity, whose application brings Caffeine along.
    "a module of an application that has a provider": `${pomIn("core", "shop-service", "caffeine").trimEnd()}
${pomIn("dao", "spring-boot-starter-data-jpa").trimEnd()}
//- dao/src/main/java/shop/DaoApplication.java
package shop;
@SpringBootApplication class DaoApplication {}
//- core/src/main/java/shop/Application.java
package shop;
@SpringBootApplication @EnableCaching class Application {}
${pomIn("shop-service", "dao", "spring-boot-starter-web", "spring-boot-starter-cache").trimEnd()}${plain.replace("@SpringBootApplication", "@Service").replace("src/", "shop-service/src/")}${cached(ONE).replaceAll("src/", "shop-service/src/")}`,
    "a library": `${build.replace("spring-boot-maven-plugin", "maven-jar-plugin")}${plain.replace("@SpringBootApplication", "@Configuration")}${cached(ONE)}`,
    "a build that is not known": `${plain.trimStart()}${cached(ONE)}`,
  },
});
