import { cacheStampede } from "../../../src/rules/java/cache-stampede.ts";
import { rule } from "../../harness/rule.ts";
import { pom } from "../config/builds.ts";

const DOMAIN = `
${pom("spring-boot-starter-web", "spring-boot-starter-cache", "caffeine").trim()}
//- src/main/resources/application.yml
spring:
  cache:
    caffeine:
      spec: maximumSize=1000,expireAfterWrite=10m
//- src/main/java/shop/Ticket.java
package shop;
@Entity @Table(name = "tickets")
class Ticket { @Id Long id; int price; }
//- src/main/java/shop/TicketRepository.java
package shop;
interface TicketRepository extends JpaRepository<Ticket, Long> {
  @Query("select avg(t.price) from Ticket t") double average();
}
//- src/main/java/shop/StatsController.java
package shop;
@RestController
class StatsController {
  private final Stats stats;
  @GetMapping("/stats") Overview stats(@RequestParam String code) { return stats.overview(); }
}`;
const stats = (body: string): string => `
//- src/main/java/shop/Stats.java
package shop;
@Service
public class Stats {
  private final TicketRepository tickets;
  private final RestTemplate rates;
  private final Numbers numbers;
${body}
}
`;
const LIST = "public Overview overview() { return new Overview(tickets.findAll()); }";

rule(cacheStampede, {
  reports: {
    "a list of all": `${DOMAIN}${stats(`  @Cacheable("overview")
//^^^^^^^^^^^^^^^^^^^^^^ 💡 overview lets each request that misses it run TicketRepository.findAll
  ${LIST}`)}`,
    "an aggregate below a helper, with a key": `${DOMAIN}${stats(`  @Cacheable(cacheNames = "overview", key = "'all'")
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 overview lets each request that misses it run TicketRepository.average
  public Overview overview() { return helped(); }
  private Overview helped() { return new Overview(tickets.average()); }`)}`,
    "a remote call": `${DOMAIN}${stats(`  @Cacheable("rates")
//^^^^^^^^^^^^^^^^^^^ 💡 rates lets each request that misses it run RestTemplate.getForObject
  public Overview overview() { return rates.getForObject("/rates", Overview.class); }`)}`,
    "where Spring does not allow it": `${DOMAIN}${stats(`  @Cacheable(value = "overview", unless = "#result == null")
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ overview lets each request that misses it run TicketRepository.findAll
  ${LIST}`)}`,
    "an annotation of an interface": `${DOMAIN}
//- src/main/java/shop/Stats.java
package shop;
public interface Stats {
  @Cacheable("overview")
//^^^^^^^^^^^^^^^^^^^^^^ 💡 overview lets each request that misses it run TicketRepository.findAll
  Overview overview();
}
//- src/main/java/shop/StoredStats.java
package shop;
@Service
class StoredStats implements Stats {
  private final TicketRepository tickets;
  ${LIST}
}
`,
    "two caches": `${DOMAIN}${stats(`  @Cacheable({"overview", "stats"})
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ overview lets each request that misses it run TicketRepository.findAll
  ${LIST}`)}`,
    "a computation that asks the same cache": `${DOMAIN}${stats(`  @Cacheable("overview")
//^^^^^^^^^^^^^^^^^^^^^^ overview lets each request that misses it run TicketRepository.findAll
  public Overview overview() { return new Overview(tickets.findAll(), numbers.more()); }`)}//- src/main/java/shop/Numbers.java
package shop;
@Service
public class Numbers { @Cacheable(cacheNames = "overview", key = "'more'") public int more() { return 1; } }
`,
  },
  ignores: {
    "one computes, others wait": `${DOMAIN}${stats(`  @Cacheable(value = "overview", sync = true) ${LIST}`)}`,
    "one row": `${DOMAIN}${stats('  @Cacheable("overview") public Overview overview() { return new Overview(tickets.findById(1L)); }')}`,
    "as many keys as visitors": `${DOMAIN.replace("stats.overview()", "stats.overview(code)")}${stats(`  @Cacheable("overview") ${LIST.replace("overview()", "overview(String code)")}`)}`,
    "entries that stay": `${DOMAIN.replace("maximumSize=1000,expireAfterWrite=10m", "maximumSize=1000")}${stats(`  @Cacheable("overview") ${LIST}`)}`,
    "code that no request reaches, and administrators": `${DOMAIN.replace('@GetMapping("/stats")', '@GetMapping("/admin/stats")')}${stats(`  @Cacheable("overview") ${LIST}
  @Cacheable("other") ${LIST.replace("overview()", "other()")}`)}`,
    "what comes later": `${DOMAIN}${stats('  @Cacheable("overview") public CompletableFuture<Overview> overview() { return later(tickets.findAll()); }')}`,
    "a private method without a weaver": `${DOMAIN}${stats(`  public Overview overview() { return kept(); }
  @Cacheable("overview") private Overview kept() { return new Overview(tickets.findAll()); }`)}`,
    "a table that stays small": `${DOMAIN}${stats(`  @Cacheable("overview") ${LIST}`)}
//- performance.yaml
version: 1
database:
  tables:
    tickets: { rows: 50 }
`,
  },
  fixes: {
    "a list of all": stats(`  @Cacheable(value = "overview", sync = true)
  ${LIST}`),
    "an aggregate below a helper, with a key": stats(`  @Cacheable(cacheNames = "overview", key = "'all'", sync = true)
  public Overview overview() { return helped(); }
  private Overview helped() { return new Overview(tickets.average()); }`),
  },
});
