import assert from "node:assert/strict";
import { rules } from "../../src/rules/index.ts";
import { TestWorkspace } from "../harness/check.ts";
import { parseFixture } from "../harness/fixture.ts";
import { endsAsCold } from "./anyEdits.ts";

/** The invariant of incremental.property.test.ts, where what one file writes makes old what another one keeps. */
describe("any sequence of edits of a workspace with caches", () => {
  it("starts from one with caches that annotations and code fill, and that writes leave behind", async () => {
    const workspace = new TestWorkspace(rules);
    await workspace.put(BASE);
    const found = workspace.findings().filter(({ rule }) => rule === "java/cache-missing-evict");
    assert.deepEqual(
      found.map(({ file, severity }) => `${file} ${severity}`),
      ["src/shop/Prices.java information", "src/shop/Tickets.java warning"],
    );
    const hot = workspace.findings().filter(({ rule }) => rule === "java/uncached-hot-endpoint");
    assert.deepEqual(
      hot.flatMap(({ fixes }) => fixes.map(({ title }) => title)),
      ["Cache the result of Reader.count"],
    );
  });

  it("ends with the findings of a cold run", () =>
    endsAsCold({
      base: BASE,
      replacements: REPLACEMENTS,
      additions: ADDITIONS,
      names: ["src/shop/Renamed.java", "src/other/Renamed.java"],
    })).timeout(300_000);
});

const BASE = parseFixture(
  `
//- src/shop/Caches.java
package shop;
@Configuration @EnableCaching
class Caches {}
//- src/shop/Ticket.java
package shop;
@Entity @Table(name = "tickets")
class Ticket { @Id Long id; String title; int price; void setPrice(int price) { this.price = price; } void raise() { price++; } }
//- src/shop/Price.java
package shop;
@Entity @Table(name = "prices")
class Price { @Id Long id; int amount; void setAmount(int amount) { this.amount = amount; } }
//- src/shop/TicketRepository.java
package shop;
interface TicketRepository extends JpaRepository<Ticket, Long> { long countByTitle(String title); }
//- src/shop/PriceRepository.java
package shop;
interface PriceRepository extends JpaRepository<Price, Long> { List<Price> findByAmount(int amount); }
//- src/shop/Reader.java
package shop;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
@Service
public class Reader {
  private final TicketRepository tickets;
  private final PriceRepository prices;
  private final Cache<Integer, List<Price>> kept = Caffeine.newBuilder().build();
  @Cacheable("ticketList") public List<Ticket> all() { return tickets.findAll(); }
  public long count() { return tickets.count(); }
  public List<Price> prices(int amount) { return kept.get(amount, wanted -> prices.findByAmount(wanted)); }
}
//- src/shop/Tickets.java
package shop;
@Service
public class Tickets {
  private final TicketRepository tickets;
  private final Changes changes;
  @Transactional public void change(Long id, int price) {
    Ticket ticket = tickets.findById(id).orElseThrow();
    ticket.setPrice(price);
  }
  public void add(Ticket ticket) { tickets.save(ticket); changes.tell(ticket); }
}
//- src/shop/Prices.java
package shop;
@Service
public class Prices {
  private final PriceRepository prices;
  public void change(Long id, int amount) {
    Price price = prices.findById(id).orElseThrow();
    price.setAmount(amount);
    prices.save(price);
  }
}
//- src/shop/Changes.java
package shop;
@Component
public class Changes {
  private final ApplicationEventPublisher events;
  public void tell(Ticket ticket) { events.publishEvent(new Changed(ticket)); }
}
//- src/shop/Emptied.java
package shop;
@Component
public class Emptied {
  @EventListener @CacheEvict(cacheNames = "ticketList", allEntries = true) public void on(Changed changed) {}
}
//- src/shop/Changed.java
package shop;
record Changed(Ticket ticket) {}
//- src/shop/Controller.java
package shop;
import org.springframework.web.bind.annotation.*;
@RestController
class Controller {
  private final Reader reader;
  private final Tickets tickets;
  private final Prices prices;
  @GetMapping("/tickets") List<Ticket> all() { return reader.all(); }
  @GetMapping("/tickets/count") long count() { return reader.count(); }
  @GetMapping("/prices/{amount}") List<Price> prices(@PathVariable int amount) { return reader.prices(amount); }
  @PutMapping("/tickets/{id}") void change(@PathVariable Long id, @RequestBody int price) { tickets.change(id, price); }
  @PutMapping("/prices/{id}") void changePrice(@PathVariable Long id, @RequestBody int amount) { prices.change(id, amount); }
  @PostMapping("/tickets") void add(@RequestBody Ticket ticket) { tickets.add(ticket); }
}
`,
).files;

const REPLACEMENTS: readonly (readonly [string, string])[] = [
  ['@Cacheable("ticketList")', '@CacheEvict("ticketList")'],
  ["@EnableCaching", "@EnableAsync"],
  ["ticketList", "priceList"],
  ["ticket.setPrice(price);", "ticket.raise();"],
  ["price++;", ""],
  ["prices.save(price);", ""],
  ["tickets.save(ticket);", "tickets.countByTitle(null);"],
  ["events.publishEvent(", "String.valueOf("],
  ["changes.tell(ticket);", ""],
  ["@Transactional ", ""],
  ["TicketRepository", "PriceRepository"],
  ["kept.get(amount, wanted -> prices.findByAmount(wanted))", "prices.findByAmount(amount)"],
  ["Caffeine.newBuilder()", "Caffeine.newBuilder().expireAfterWrite(limit)"],
  ["JpaRepository<Ticket, Long>", "Rows"],
  ['"tickets"', '"prices"'],
  ["@PutMapping", "@GetMapping"],
  ["@EventListener", "@Scheduled(fixedRate = 5)"],
  ["allEntries = true", "key = \"'a'\""],
  ["@RestController", "@Component"],
  ["{", "{ "],
  ["}", ""],
];

const ADDITIONS: readonly (readonly [string, string])[] = [
  ["src/shop/Rows.java", "package shop;\ninterface Rows extends JpaRepository<Ticket, Long> {}\n"],
  ["src/shop/Quiet.java", "package shop;\nclass Quiet extends Changes { public void tell(Ticket ticket) {} }\n"],
  [
    "src/shop/Emptying.java",
    'package shop;\n@Component class Emptying extends Prices { @CacheEvict("*") public void change(Long id, int amount) {} }\n',
  ],
  [
    "src/shop/Jobs.java",
    "package shop;\n@Component class Jobs { Tickets tickets; @Scheduled(fixedRate = 1) void run() { tickets.change(1L, 2); } }\n",
  ],
  [
    "src/shop/Manager.java",
    'package shop;\nimport org.springframework.cache.CacheManager;\n@Component class Manager { CacheManager caches; @EventListener void on(Changed changed) { caches.getCache("ticketList").clear(); } }\n',
  ],
  ["src/other/Ticket.java", 'package other;\n@Entity @Table(name = "prices") class Ticket { @Id Long id; }\n'],
];
