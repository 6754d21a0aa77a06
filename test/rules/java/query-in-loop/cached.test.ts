import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { rule } from "../../../harness/rule.ts";
import { pom } from "../../config/builds.ts";
import { OWNERS } from "./shop.ts";

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

/** A shop that asks Hibernate to keep whom it finds by e-mail, with these settings. */
const hinted = (hint: string, loop: string, settings: string): string => `${OWNERS.replace(
  "  Optional<Customer> findByEmail",
  `  @QueryHints(${hint})\n  Optional<Customer> findByEmail`,
)}
//- src/main/resources/application.properties
${settings}
//- src/shop/Shop.java
package shop;
@RestController
class Shop {
  private CustomerRepository customers;
  @PostMapping("/names") void all(@RequestBody List<String> emails) {
${loop}
  }
}
`;

const HINT = '@QueryHint(name = "org.hibernate.cacheable", value = "true")';
const DATABASE = "spring.datasource.url=jdbc:postgresql://db/shop";
const ASK = "    for (String email : emails) print(customers.findByEmail(email));";
const ASKED = `${ASK}
                                    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.findByEmail runs once per element of emails`;

/** Names that look themselves up, in a class that may be cached. */
const ownCalls = (application: string, loop: string, dependencies?: string[]): string =>
  shop(application, SILENT, "", dependencies).replace(
    "  private CustomerRepository customers;\n",
    `  private CustomerRepository customers;\n${loop}\n`,
  );
const OWN = `  public void print(List<Order> orders) { orders.forEach(order -> System.out.println(of(order.getCustomerId()))); }`;
const OWN_ASKED = `${OWN}
                                                                                   //^^^^^^^^^^^^^^^^^^^^^^^^^ of runs CustomerRepository.findById once per element of orders`;

const META = `@Cacheable(cacheNames = "names", sync = true)
@interface KeptForDays {}`;
/** The same with an annotation of the project's own in the place of Spring's. */
const OWN_ANNOTATION = (workspace: string): string =>
  `${workspace
    .replace("import org.springframework.cache.annotation.Cacheable;\n@Service", "@Service")
    .replace('@Cacheable("names") public', "@KeptForDays public")}
//- src/main/java/shop/KeptForDays.java
package shop;
import org.springframework.cache.annotation.*;
${META}
`;

rule(queryInLoop, {
  reports: {
    "a cached method that the object calls on itself, past the proxy": ownCalls(ON, OWN_ASKED),
    "the same as a reference": ownCalls(
      ON,
      `  public List<String> all(List<Long> ids) { return ids.stream().map(this::of).toList(); }
                                                                  //^^^^^^^^ of runs CustomerRepository.findById once per element of ids`,
    ),
    "a method with an annotation of the project's own, past the proxy": OWN_ANNOTATION(ownCalls(ON, OWN_ASKED)),
    "an annotation of the project's own that empties a cache": OWN_ANNOTATION(shop(ON, EACH)).replace(
      META,
      META.replace("Cacheable", "CacheEvict"),
    ),
    "a query cache that nobody switches on": hinted(HINT, ASKED, DATABASE),
    "a query cache that is switched off": hinted(HINT, ASKED, "spring.jpa.properties.hibernate.cache.use_query_cache=false"),
    "a hint about something else": hinted(HINT.replace("cacheable", "readOnly"), ASKED, "spring.application.name=shop"),
    "nothing switches caches on": shop("@SpringBootApplication", EACH),
    "the settings name no cache": shop(ON, EACH, "spring.cache.type=none"),
  },
  ignores: {
    // jss-backend keeps its tables of codes so, and the settings lie outside of the repository.
    "answers that Hibernate keeps, as far as is known": hinted(`{ ${HINT} }`, ASK, "spring.application.name=shop"),
    "answers that Hibernate keeps": hinted(
      '@QueryHint(name = HibernateHints.HINT_CACHEABLE, value = "true")',
      ASK,
      `${DATABASE}\nspring.jpa.properties.hibernate.cache.use_query_cache=true`,
    ),
    "caches are on": shop(ON, SILENT),
    "an annotation of the project's own that carries Spring's": OWN_ANNOTATION(shop(ON, SILENT)),
    "a cached method that an aspect in the class remembers": ownCalls(
      "@SpringBootApplication @EnableCaching(mode = AdviceMode.ASPECTJ)",
      OWN,
    ),
    "beans of Quarkus, whose own calls are cached": ownCalls(ON, OWN, ["quarkus-spring-cache", "quarkus-spring-data-jpa"]),
    "a cached method called on the proxy of its own bean": ownCalls(
      ON,
      `  @Autowired private Names self;
${OWN.replace("(of(", "(self.of(")}`,
    ),
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
