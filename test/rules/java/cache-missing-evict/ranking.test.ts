import assert from "node:assert/strict";
import { cacheMissingEvict } from "../../../../src/rules/java/cache-missing-evict.ts";
import { TestWorkspace } from "../../../harness/check.ts";
import { parseFixture } from "../../../harness/fixture.ts";
import { controller, DOMAIN, SAVE, service } from "./cachedTickets.ts";

describe("java/cache-missing-evict: how loud it is", () => {
  const severities = async (source: string): Promise<readonly string[]> => {
    const workspace = new TestWorkspace([cacheMissingEvict]);
    await workspace.put(parseFixture(source).files);
    return workspace.findings().map(({ severity, cost }) => `${severity}: ${cost}`);
  };
  const write = `${controller}${service(SAVE)}`;
  const lives = (builder: string): string => `
//- src/main/java/shop/Lives.java
package shop;
import org.springframework.data.redis.cache.RedisCacheManager;
class Lives { RedisCacheManager caches() { return of(RedisCacheConfiguration.defaultCacheConfig()${builder}); } }
`;
  const evictsElsewhere = `
//- src/main/java/shop/Admin.java
package shop;
@RestController
class Admin {
  @PostMapping("/admin/forget") @CacheEvict(value = "ticketList", allEntries = true) void forget() {}
}
`;

  it("warns of a cache whose entries never go", async () => {
    assert.deepEqual(await severities(DOMAIN + write), ["warning: old answers until somebody empties the cache"]);
  });

  it("warns of a cache that is emptied elsewhere, whatever its entries' life", async () => {
    assert.deepEqual(await severities(DOMAIN + write + evictsElsewhere + lives(".entryTtl(Duration.ofHours(1))")), [
      "warning: old answers for up to 3600 s after each write",
    ]);
  });

  it("informs where they live for a minute", async () => {
    assert.deepEqual(await severities(DOMAIN + write + evictsElsewhere + lives(".entryTtl(Duration.ofSeconds(60))")), [
      "information: old answers for up to 60 s after each write",
    ]);
  });

  it("informs where administrators write", async () => {
    const [only] = await severities(DOMAIN + write.replace("/tickets/{id}", "/admin/tickets/{id}"));
    assert.equal(only, "information: old answers until somebody empties the cache");
  });

  it("hints where entries expire and nobody means to empty the cache", async () => {
    assert.deepEqual(await severities(DOMAIN + write + lives(".entryTtl(Duration.ofMinutes(10))")), [
      "hint: old answers for up to 600 s after each write",
    ]);
    assert.deepEqual(await severities(DOMAIN + write + lives(".entryTtl(configured)")), ["hint: old answers until the entry expires"]);
  });

  it("takes the life that is given to the cache by name", async () => {
    const named = `.entryTtl(Duration.ofSeconds(20)), Map.of("ticketList", base.entryTtl(Duration.ofDays(1)))`;
    assert.deepEqual(await severities(DOMAIN + write + evictsElsewhere + lives(named)), [
      "warning: old answers for up to 86400 s after each write",
    ]);
  });

  // eperusteet gives each of its caches a life in a file of Ehcache's.
  it("hints where a provider's own file says how long entries live", async () => {
    const file = `
//- src/main/resources/application.properties
spring.cache.jcache.config=classpath:caches.xml
`;
    assert.deepEqual(await severities(DOMAIN + write + file), ["hint: old answers until the entry expires"]);
    assert.deepEqual(await severities(DOMAIN + write + evictsElsewhere + file), ["warning: old answers until the entry expires"]);
  });

  it("knows that use keeps an idle entry alive", async () => {
    const idle = `
//- src/main/resources/application.yml
spring.cache.caffeine.spec: maximumSize=10,expireAfterAccess=600s
`;
    assert.deepEqual(await severities(DOMAIN + write + evictsElsewhere + idle), [
      "warning: old answers for as long as somebody asks for them",
    ]);
  });

  it("informs where the table is read by another class, beside those that the cached method's own class reads", async () => {
    const seats = (members: string): string => `
//- src/main/java/shop/Seat.java
package shop;
@Entity @Table(name = "seats") class Seat { @Id Long id; }
//- src/main/java/shop/SeatRepository.java
package shop;
interface SeatRepository extends JpaRepository<Seat, Long> {}
//- src/main/java/shop/Plan.java
package shop;
@Service
public class Plan {
  private final SeatRepository seats;
  private final TicketReader reader;
  @Cacheable("plan") public Map<Long, Object> plan() { ${members} }
}
//- src/main/java/shop/PlanController.java
package shop;
@RestController
class PlanController { private final Plan plan; @GetMapping("/plan") Object plan() { return plan.plan(); } }
`;
    const shop = (DOMAIN + write).replace('@Cacheable("ticketList")', "");
    assert.deepEqual(await severities(shop + seats("return join(seats.findAll(), reader.all());")), [
      "information: old answers until somebody empties the cache",
    ]);
    assert.deepEqual(await severities(shop + seats("return of(reader.all());")), ["warning: old answers until somebody empties the cache"]);
  });
});
