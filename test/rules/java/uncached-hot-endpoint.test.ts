import assert from "node:assert/strict";
import { uncachedHotEndpoint } from "../../../src/rules/java/uncached-hot-endpoint.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";

import { pom } from "../config/builds.ts";

const DOMAIN = `
//- src/main/java/shop/Ticket.java
package shop;
@Entity @Table(name = "tickets")
class Ticket { @Id UUID id; int price; boolean active; }
//- src/main/java/shop/TicketRepository.java
package shop;
interface TicketRepository extends JpaRepository<Ticket, UUID> {
  @Query("select coalesce(avg(t.price), 0) from Ticket t") double averagePrice();
  List<Ticket> findByActiveTrue();
  Optional<Ticket> findFirstByOrderByPriceDesc();
}
`.trimEnd();

const ENABLED = `
//- src/main/java/shop/CacheConfig.java
package shop;
@Configuration @EnableCaching
class CacheConfig {}`;

const controller = (method: string): string => `
//- src/main/java/shop/StatsController.java
package shop;
@RestController @RequestMapping("/stats")
class StatsController {
  private final StatsService stats;
  StatsController(StatsService stats) { this.stats = stats; }
${method}
}`;

const service = (methods: string): string => `
//- src/main/java/shop/StatsService.java
package shop;

import java.util.List;

@Service
public class StatsService {
    private final TicketRepository tickets;

    StatsService(TicketRepository tickets) { this.tickets = tickets; }

${methods}
}`;

const OVERVIEW = `  @GetMapping
  Stats overview() { return stats.getOverview(); }
      //^^^^^^^^ 💡 GET /stats runs TicketRepository.count at each request, uncached`;
const PLAIN = `  @GetMapping
  Stats overview() { return stats.getOverview(); }`;

const OFFICE = (service: string): string => `
//- src/main/java/shop/OfficeController.java
package shop;
@RestController
class OfficeController {
  private final Office office;
  OfficeController(Office office) { this.office = office; }
  @PostMapping("/tickets") void sell(@RequestBody Order order) { office.sell(order); }
}
//- src/main/java/shop/Office.java
package shop;

import org.springframework.stereotype.Service;

${service}
  private final TicketRepository tickets;

  Office(TicketRepository tickets) { this.tickets = tickets; }

  public void sell(Order order) {
    tickets.save(new Ticket());
  }
}`;

rule(uncachedHotEndpoint, {
  reports: {
    "what another service writes": `${DOMAIN}${ENABLED}${OFFICE("@Service\npublic class Office {")}${controller(OVERVIEW)}${service("    public Stats getOverview() { return new Stats(tickets.count()); }")}
`,
    "what is written where no cache can be emptied": `${DOMAIN}${ENABLED}${OFFICE("public class Office {")}${controller(OVERVIEW.replace("💡 ", ""))}${service("    public Stats getOverview() { return new Stats(tickets.count()); }")}
`,
    "a count for everybody": `${DOMAIN}${ENABLED}${controller(OVERVIEW)}${service(`    public Stats getOverview() {
        return new Stats(tickets.count());
                       //~~~~~~~~~~~~~~~ StatsService.getOverview calls TicketRepository.count
    }`)}
`,
    "several aggregates, below a helper": `${DOMAIN}${ENABLED}${controller(`  @GetMapping
  Stats overview() { return stats.getOverview(); }
      //^^^^^^^^ 💡 GET /stats runs TicketRepository.averagePrice and 1 more at each request, uncached`)}${service(`    public Stats getOverview() {
        return new Stats(numbers(), tickets.averagePrice());
    }
    private long numbers() { return tickets.count(); }`)}
`,
    "a list of all, by page": `${DOMAIN}${ENABLED}${controller(`  @GetMapping("/prices")
  List<Integer> prices(Locale locale) { return stats.prices(); }
              //^^^^^^ 💡 GET /stats/prices runs TicketRepository.findAll at each request, uncached`)}${service("    public List<Integer> prices() { return tickets.findAll().stream().map(t -> t.price).toList(); }")}
`,
    "a query whose conditions are constants": `${DOMAIN}${ENABLED}${controller(`  @GetMapping("/active")
  List<Integer> active() { return stats.active(); }
              //^^^^^^ 💡 GET /stats/active runs TicketRepository.findByActiveTrue at each request, uncached`)}${service("    public List<Integer> active() { return tickets.findByActiveTrue().stream().map(t -> t.price).toList(); }")}
`,
    "a result that Redis cannot write": `${pom("spring-boot-starter-web", "spring-boot-starter-data-redis").trimEnd()}${DOMAIN}${ENABLED}${controller(OVERVIEW.replace("💡 ", ""))}${service("    public Stats getOverview() { return new Stats(tickets.count()); }")}
//- src/main/java/shop/Stats.java
package shop;
record Stats(long tickets) {}
`,
    "an application without a cache": `${DOMAIN}${controller(OVERVIEW.replace("💡 ", ""))}${service("    public Stats getOverview() { return new Stats(tickets.count()); }")}
`,
    "through an interface": `${DOMAIN}
//- src/main/java/shop/Numbers.java
package shop;
interface Numbers { long total(); }
//- src/main/java/shop/TicketNumbers.java
package shop;
@Service
class TicketNumbers implements Numbers {
  @Autowired TicketRepository tickets;
  public long total() { return tickets.count(); }
}
//- src/main/java/shop/NumbersController.java
package shop;
@RestController
class NumbersController {
  @Autowired Numbers numbers;
  @GetMapping("/total") long total() { return numbers.total(); }
                           //^^^^^ GET /total runs TicketRepository.count at each request, uncached
}
`,
  },
  ignores: {
    // woowacourse/prolog starts its synchronisation with a GET.
    "a command behind a GET": `${DOMAIN}${ENABLED}${controller(PLAIN)}${service(`    public Stats getOverview() {
        tickets.findAll().forEach(ticket -> tickets.save(ticket));
        return new Stats(tickets.count());
    }`)}\n`,
    "an endpoint without an answer": `${DOMAIN}${ENABLED}${controller(`  @GetMapping ResponseEntity<Void> warm() { stats.getOverview(); return null; }`)}${service("    public Stats getOverview() { return new Stats(tickets.count()); }")}\n`,
    "the number of all rows, beside a page of them": `${DOMAIN}${ENABLED}${controller(`  @GetMapping Stats list(@RequestParam int page) { return stats.getOverview(); }`)}${service("    public Stats getOverview() { return new Stats(tickets.count()); }")}\n`,
    "a cached service": `${DOMAIN}${ENABLED}${controller(PLAIN)}${service(`    @Cacheable("overview") public Stats getOverview() { return new Stats(tickets.count()); }`)}\n`,
    "a cached controller": `${DOMAIN}${ENABLED}${controller(PLAIN.replace("@GetMapping", '@GetMapping @Cacheable("o")'))}${service("    public Stats getOverview() { return new Stats(tickets.count()); }")}\n`,
    "a cached repository method": `${DOMAIN.replace("List<Ticket> findByActiveTrue", '@Cacheable("a") List<Ticket> findByActiveTrue')}${ENABLED}${controller(PLAIN)}${service("    public Stats getOverview() { return new Stats(tickets.findByActiveTrue()); }")}\n`,
    "a repository method whose answers Hibernate keeps": `${DOMAIN.replace("List<Ticket> findByActiveTrue", '@QueryHints(@QueryHint(name = "org.hibernate.cacheable", value = "true")) List<Ticket> findByActiveTrue')}${ENABLED}${controller(PLAIN)}${service("    public Stats getOverview() { return new Stats(tickets.findByActiveTrue()); }")}\n`,
    // wangqiqi95/mall4cloud
    "an answer for who asks, whom a holder of the project's own knows": `${DOMAIN}${ENABLED}${controller(PLAIN)}${service("    public Stats getOverview() { return new Stats(AuthUserContext.get().getUserId(), tickets.count()); }")}\n`,
    // RegardsOss/regards-backend
    "an answer for the tenant that asks": `${DOMAIN}${ENABLED}${controller(PLAIN)}${service("    private TenantResolver tenantResolver;\n    public Stats getOverview() { return new Stats(tenantResolver.getTenant(), tickets.count()); }")}\n`,
    // Aiven-Open/klaw
    "an answer for who asks, whom a method of its own finds out": `${DOMAIN}${ENABLED}${controller(PLAIN)}${service(`    private String userName() { return SecurityContextHolder.getContext().getAuthentication().getName(); }
    public Stats getOverview() { return new Stats(userName(), tickets.count()); }`)}\n`,
    "what is told to read anew": `${DOMAIN}${ENABLED}${controller(`  @GetMapping("/resetCache") Stats reset() { return stats.getOverview(); }`)}${service("    public Stats getOverview() { return new Stats(tickets.count()); }")}\n`,
    "a cache that the code asks itself": `${DOMAIN}${controller(PLAIN)}${service(`    private final CacheManager caches;
    private final Map<String, Stats> statsCache = new ConcurrentHashMap<>();
    public Stats getOverview() { return caches.getCache("stats").get("all", () -> new Stats(tickets.count())); }
    public Stats other() { return statsCache.computeIfAbsent("all", key -> new Stats(tickets.count())); }`)}\n`,
    "a value in Redis": `${DOMAIN}${controller(PLAIN)}${service(`    private final StringRedisTemplate redis;
    public Stats getOverview() {
        String known = redis.opsForValue().get("stats");
        return known != null ? Stats.of(known) : new Stats(tickets.count());
    }`)}\n`,
    "an answer that clients keep": `${DOMAIN}${controller(`  @GetMapping
  ResponseEntity<Stats> overview() {
    return ResponseEntity.ok().cacheControl(CacheControl.maxAge(10, TimeUnit.MINUTES)).body(stats.getOverview());
  }`)}${service("    public Stats getOverview() { return new Stats(tickets.count()); }")}\n`,
    "input of one user": `${DOMAIN}${controller(`  @GetMapping("/{id}") Stats one(@PathVariable UUID id) { return stats.getOverview(); }
  @GetMapping("/mine") Stats mine(Principal who) { return stats.getOverview(); }
  @GetMapping("/search") Stats search(@RequestParam String term) { return stats.getOverview(); }
  @GetMapping("/current") Stats current(@CurrentUser User user) { return stats.getOverview(); }
  @GetMapping("/session") Stats session() { SecurityContextHolder.getContext(); return stats.getOverview(); }
  @GetMapping("/own") Stats own() { return stats.of(getLoginUserId()); }
  @GetMapping("/token") Stats token() { return stats.of(StpUtil.getLoginIdAsLong()); }`)}${service("    public Stats getOverview() { return new Stats(tickets.count()); }\n    public Stats of(Long user) { return new Stats(tickets.count()); }")}\n`,
    "other verbs, and pages for few": `${DOMAIN}${controller(`  @PostMapping Stats create() { return stats.getOverview(); }
  @GetMapping("/admin/overview") Stats admin() { return stats.getOverview(); }
  @GetMapping("/audit") @PreAuthorize("hasRole('AUDITOR')") Stats audit() { return stats.getOverview(); }
  @GetMapping("/health") Stats health() { return stats.getOverview(); }`)}${service("    public Stats getOverview() { return new Stats(tickets.count()); }")}\n`,
    "one row, one page": `${DOMAIN}${controller(`  @GetMapping("/top") Object top() { return stats.top(); }
  @GetMapping("/page") Object page(Pageable page) { return stats.page(page); }`)}${service(`    public Object top() { return tickets.findFirstByOrderByPriceDesc(); }
    public Object page(Pageable page) { return tickets.findAll(page); }`)}\n`,
    "a table that stays small": `${DOMAIN}${controller(PLAIN)}${service("    public Stats getOverview() { return new Stats(tickets.count()); }")}
//- performance.yaml
version: 1
database:
  tables:
    tickets: { rows: 800 }
`,
  },
  fixes: {
    "what another service writes": `
//- src/main/java/shop/Office.java
package shop;

import org.springframework.cache.annotation.CacheEvict;
import org.springframework.stereotype.Service;

@Service
public class Office {
  private final TicketRepository tickets;

  Office(TicketRepository tickets) { this.tickets = tickets; }

  @CacheEvict(cacheNames = "overview", allEntries = true)
  public void sell(Order order) {
    tickets.save(new Ticket());
  }
}
//- src/main/java/shop/StatsService.java
package shop;

import java.util.List;
import org.springframework.cache.annotation.Cacheable;

@Service
public class StatsService {
    private final TicketRepository tickets;

    StatsService(TicketRepository tickets) { this.tickets = tickets; }

    @Cacheable("overview")
    public Stats getOverview() { return new Stats(tickets.count()); }
}
`,
    "a count for everybody": `
//- src/main/java/shop/StatsService.java
package shop;

import java.util.List;
import org.springframework.cache.annotation.Cacheable;

@Service
public class StatsService {
    private final TicketRepository tickets;

    StatsService(TicketRepository tickets) { this.tickets = tickets; }

    @Cacheable("overview")
    public Stats getOverview() {
        return new Stats(tickets.count());
    }
}
`,
  },
});

describe("java/uncached-hot-endpoint", () => {
  it("is a hint where the answer is all rows of a table that grows", async () => {
    const severityOf = async (call: string): Promise<string> => {
      const workspace = new TestWorkspace([uncachedHotEndpoint]);
      const kind = DOMAIN.replaceAll("TicketRepository", "KindRepository")
        .replaceAll("Ticket", "TicketKind")
        .replaceAll("tickets", "kinds");
      const source = `${DOMAIN}${kind}${ENABLED}
//- src/main/java/shop/ListController.java
package shop;
@RestController
class ListController {
  private final TicketRepository tickets;
  private final KindRepository kinds;
  ListController(TicketRepository tickets, KindRepository kinds) { this.tickets = tickets; this.kinds = kinds; }
  @GetMapping("/list") Object list() { return ${call}; }
}
`;
      await workspace.put(parseFixture(source).files);
      return workspace
        .findings()
        .map(({ severity }) => severity)
        .join();
    };
    assert.equal(await severityOf("tickets.findAll()"), "hint");
    assert.equal(await severityOf("kinds.findAll()"), "information");
    assert.equal(await severityOf("tickets.count()"), "information");
    assert.equal(await severityOf("List.of(tickets.findAll(), kinds.findAll())"), "information");
  });
});
