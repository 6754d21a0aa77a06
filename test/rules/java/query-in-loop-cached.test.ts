import { queryInLoop } from "../../../src/rules/java/query-in-loop.ts";
import { rule } from "../../harness/rule.ts";
import { pom } from "../config/builds.ts";
import { OWNERS } from "./queryInLoopShop.ts";

/** A shop whose names are cached, in an application of these annotations, with these settings. */
const shop = (
  application: string,
  loop: string,
  settings = "",
  dependencies = ["spring-boot-starter-web", "spring-boot-starter-cache"],
): string => `${pom(...dependencies).trimEnd()}
//- src/main/resources/application.properties
spring.application.name=shop
${settings}
//- src/main/java/shop/Application.java
package shop;
${application}
class Application {}${OWNERS.replaceAll("//- src/", "//- src/main/java/")}
//- src/main/java/shop/Names.java
package shop;
import org.springframework.cache.annotation.Cacheable;
@Service
class Names {
  private CustomerRepository customers;
  @Cacheable("names") public String of(Long id) { return customers.findById(id).orElseThrow().getEmail(); }
}
//- src/main/java/shop/Shop.java
package shop;
@RestController
class Shop {
  private Names names;
  @PostMapping("/names") void all(@RequestBody List<Order> orders) {
${loop}
  }
}
`;

const EACH = `    for (Order order : orders) print(names.of(order.getCustomerId()));
                                   //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ of runs CustomerRepository.findById once per element of orders`;
const SILENT = "    for (Order order : orders) print(names.of(order.getCustomerId()));";
const ON = "@SpringBootApplication @EnableCaching";

rule(queryInLoop, {
  reports: {
    "nothing switches caches on": shop("@SpringBootApplication", EACH),
    "the settings name no cache": shop(ON, EACH, "spring.cache.type=none"),
  },
  ignores: {
    "caches are on": shop(ON, SILENT),
    "a library may switch them on": shop("@SpringBootApplication", SILENT, "", ["spring-boot-starter-web", "acme-caching"]),
    "no cache in one profile": `${shop(ON, SILENT, "spring.cache.type=caffeine")}//- src/main/resources/application-dev.properties
spring.cache.type=none
`,
    "no cache but in one profile": `${shop(ON, SILENT, "spring.cache.type=none")}//- src/main/resources/application-prod.properties
spring.cache.type=redis
`,
    "settings that the environment decides": shop(ON, SILENT, `spring.cache.type=$${"{CACHE:none}"}`),
    "a manager of the project's own": `${shop(ON, SILENT, "spring.cache.type=none")}//- src/main/java/shop/Caches.java
package shop;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.springframework.cache.caffeine.CaffeineCacheManager;
@Configuration
class Caches { @Bean CaffeineCacheManager manager() { return new CaffeineCacheManager(); } }
`,
  },
});
