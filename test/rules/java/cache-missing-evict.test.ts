import { cacheMissingEvict } from "../../../src/rules/java/cache-missing-evict.ts";
import { rule } from "../../harness/rule.ts";
import { pom } from "../config/builds.ts";
import { CACHING, controller, DOMAIN, SAVE, service } from "./cache-missing-evict/cachedTickets.ts";

const missed = SAVE.replace(
  "tickets.save(ticket);",
  `tickets.save(ticket);
      //^^^^^^^^^^^^^^^^^^^^ 💡 PUT /tickets/{id} writes tickets and leaves ticketList as it was`,
);

const LONG_NAMES = [
  ["ticketList", "everyTicketThatIsSoldAtTheDesk"],
  ["ticketNames", "everyNameOfATicketThatIsSoldAtTheDesk"],
  ["ticketCount", "howManyTicketsAreSoldAtTheDesk"],
] as const;

rule(cacheMissingEvict, {
  reports: {
    "an entity whose embedded value changes": `${DOMAIN.replace("int price; ", "int price; @Embedded Place place; Place getPlace() { return place; } ")}
//- src/main/java/shop/Place.java
package shop;
@Embeddable class Place { String row; void setRow(String row) { this.row = row; } }${controller}${service(missed.replace("ticket.setPrice(price);", 'ticket.getPlace().setRow("A");'))}`,
    "without a fix where emptying the cache reads every key of Redis": `${pom("spring-boot-starter-web", "spring-boot-starter-cache", "spring-boot-starter-data-redis", "spring-boot-starter-data-jpa").trimEnd()}${DOMAIN}${controller}${service(missed.replace("💡 ", ""))}`,
    "a service that also calls itself": `${DOMAIN}${controller}${service(
      missed.replace("💡 ", "").concat("\n    public void free(Long id) { change(id, 0); }"),
    )}`,
    // mosip/admin-services: the first visit of an administrator makes a row.
    "without a fix where only pages are asked for": `${DOMAIN}${controller.replace("@PutMapping", "@GetMapping")}${service(
      missed.replace("💡 PUT", "GET"),
    )}`,
    "a service that saves": `${DOMAIN}${controller}${service(missed)}`,
    "a bulk statement of a nightly job, below another service": `${DOMAIN}
//- src/main/java/shop/Nightly.java
package shop;
@Component
class Nightly {
  private final TicketService service;
  @Scheduled(cron = "0 0 3 * * *") void raise() { service.raiseAll(); }
                                                //~~~~~~~~~~~~~~~~~~ related
}${service(`    public void raiseAll() { raise("front row"); }
    private void raise(String title) {
        tickets.raise(title, 5);
      //^^^^^^^^^^^^^^^^^^^^^^^ 💡 @Scheduled raise writes tickets and leaves ticketList as it was
    }`)}`,
    "a number that hangs on what is set": `${DOMAIN.replace("public List<Ticket> all() { return tickets.findAll(); }", "public long all() { return tickets.countByPrice(3); }").replace("long countByTitle(String title);", "long countByPrice(int price);").replace("List<Ticket> list()", "long list()")}${controller}${service(missed)}`,
    "a message, and a new row that a list lacks": `${DOMAIN}
//- src/main/java/shop/Orders.java
package shop;
@Component
class Orders {
  private final TicketRepository tickets;
  @KafkaListener(topics = "orders") void ordered(Order order) {
    tickets.save(new Ticket());
  //^^^^^^^^^^^^^^^^^^^^^^^^^^ @KafkaListener ordered writes tickets and leaves ticketList as it was
  }
}`,
    "another cache is emptied": `${DOMAIN}${controller}${service(
      missed.replace("    public void change", '    @CacheEvict(cacheNames = "tickets", allEntries = true)\n    public void change'),
      "import org.springframework.cache.annotation.CacheEvict;\n",
    )}`,
    "three caches with long names": LONG_NAMES.reduce(
      (text, [short, long]) => text.replaceAll(`"${short}"`, `"${long}"`),
      `${DOMAIN.replace(
        "public List<Ticket> all()",
        'public List<Ticket> all() { return tickets.findAll(); }\n  @Cacheable("ticketCount") public List<Ticket> sold() { return tickets.findAll(); }\n  @Cacheable("ticketNames") public List<Ticket> names()',
      ).replace(
        "return reader.all();",
        "reader.names(); reader.sold(); return reader.all();",
      )}${controller}${service(missed.replace(/ PUT .*/, ""))}`,
    ),
    "two caches, and two ways": `${DOMAIN.replace(
      "public List<Ticket> all()",
      'public List<Ticket> all() { return tickets.findAll(); }\n  @Cacheable("ticketNames") public List<Ticket> names()',
    ).replace("return reader.all();", "reader.names(); return reader.all();")}${controller.replace(
      "@PutMapping",
      '@DeleteMapping("/tickets/{id}/price") void free(@PathVariable Long id) { service.change(id, 0); }\n  @PutMapping',
    )}${service(
      missed.replace(
        "PUT /tickets/{id} writes tickets and leaves ticketList as it was",
        "PUT /tickets/{id} and 1 more write tickets and leave ticketList and ticketNames as they were",
      ),
    )}`.replace(/PUT \/tickets\/\{id\} and/, "DELETE /tickets/{id}/price and"),
    "statements of one's own, and an entity manager": `${DOMAIN}
//- src/main/java/shop/PriceController.java
package shop;
@RestController
class PriceController {
  private final JdbcTemplate jdbc;
  private final EntityManager manager;
  @PostMapping("/prices") void free() {
    jdbc.update("update tickets set price = 0");
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ POST /prices writes tickets and leaves ticketList as it was; 1 more alike
  }
  @PostMapping("/rename") void rename(Ticket ticket) {
    manager.merge(ticket);
  //~~~~~~~~~~~~~~~~~~~~~ POST /rename writes tickets and leaves ticketList as it was
  }
}`,
    "a repository's own method that is cached": `${CACHING}
//- src/main/java/shop/User.java
package shop;
@Entity @Table(name = "users")
class User { @Id Long id; String login; void setLogin(String login) {} }
//- src/main/java/shop/UserRepository.java
package shop;
interface UserRepository extends JpaRepository<User, Long> {
  @Cacheable("usersByLogin")
  Optional<User> findOneByLogin(String login);
               //~~~~~~~~~~~~~~ related
}
//- src/main/java/shop/UserController.java
package shop;
@RestController
class UserController {
  private final UserRepository users;
  @GetMapping("/me") User me(String login) { return users.findOneByLogin(login).orElseThrow(); }
  @PostMapping("/me") void rename(Long id, String login) {
    User user = users.findById(id).orElseThrow();
    user.setLogin(login);
    users.save(user);
  //^^^^^^^^^^^^^^^^ POST /me writes users and leaves usersByLogin as it was
  }
}
`,
  },
  ignores: {
    // OHDSI/WebAPI saves a definition for the sake of what it holds.
    "an entity that is saved for what it holds": `${DOMAIN.replace("int price; ", "int price; @OneToMany(cascade = CascadeType.ALL) List<Line> lines; List<Line> getLines() { return lines; } ")}${controller}${service(SAVE.replace("ticket.setPrice(price);", "ticket.getLines().add(new Line());"))}`,
    "a cached method without a body, of no repository": `${DOMAIN}${controller}
//- src/main/java/shop/Seats.java
package shop;
@Service
interface Seats {
  @Cacheable("seats") List<Ticket> free(Long hall);
}
//- src/main/java/shop/HallSeats.java
package shop;
@Service
class HallSeats implements Seats {
  public List<Ticket> free(Long hall) { return List.of(); }
}${service(SAVE.replace("    public", '    @CacheEvict(value = "ticketList", allEntries = true)\n    public'))}`,
    "the writer empties it": `${DOMAIN}${controller}${service(SAVE.replace("    public", '    @CacheEvict(value = "ticketList", allEntries = true)\n    public'))}`,
    "whoever calls the writer does": `${DOMAIN}${controller.replace("@PutMapping", '@CacheEvict(cacheNames = {"other", "ticketList"}, allEntries = true) @PutMapping')}${service(SAVE)}`,
    "the repository's method does": `${DOMAIN.replace("  long countByTitle", '  @Override @CacheEvict(value = "ticketList", allEntries = true) <S extends Ticket> S save(S ticket);\n  long countByTitle')}${controller}${service(SAVE)}`,
    "a helper does, by the manager": `${DOMAIN}${controller}${service(
      `${SAVE.replace("tickets.save(ticket);", "tickets.save(ticket);\n        forget();")}
    private final CacheManager caches;
    private static final String LIST = "ticketList";
    private void forget() { Objects.requireNonNull(caches.getCache(LIST)).clear(); }`,
      "import org.springframework.cache.CacheManager;",
    )}`,
    "a cache that is called by a name that is not known": `${DOMAIN}${controller}${service(
      SAVE.replace(
        "tickets.save(ticket);",
        "tickets.save(ticket);\n        for (String name : caches.getCacheNames()) caches.getCache(name).clear();",
      ).replace("    public", "    private final CacheManager caches;\n    public"),
      "import org.springframework.cache.CacheManager;",
    )}`,
    "keys that are deleted in Redis": `${DOMAIN}${controller}${service(
      SAVE.replace("tickets.save(ticket);", 'tickets.save(ticket);\n        redis.delete("ticketList::SimpleKey []");').replace(
        "    public",
        "    private final StringRedisTemplate redis;\n    public",
      ),
      "import org.springframework.data.redis.core.StringRedisTemplate;",
    )}`,
    "a listener does, when an event is published": `${DOMAIN}${controller}${service(
      SAVE.replace("tickets.save(ticket);", "tickets.save(ticket);\n        events.publishEvent(new TicketChanged(id));").replace(
        "    public",
        "    private final ApplicationEventPublisher events;\n    public",
      ),
    )}
//- src/main/java/shop/Forgetful.java
package shop;
@Component
class Forgetful {
  @TransactionalEventListener @CacheEvict(value = "ticketList", allEntries = true) public void changed(TicketChanged event) {}
}`,
    // openvsx tells its other instances, and itself, by a channel of Redis.
    "a subscriber does, when the writer publishes on a channel": `${DOMAIN}${controller.replace("service.change(id, price);", 'service.change(id, price); redis.publish("tickets", "all");').replace("private final TicketService service;", "private final TicketService service;\n  private final JedisCluster redis;")}${service(SAVE)}
//- src/main/java/shop/Subscriber.java
package shop;
import org.springframework.cache.CacheManager;
import redis.clients.jedis.JedisPubSub;
class Subscriber extends JedisPubSub {
  private final CacheManager caches;
  @Override public void onMessage(String channel, String message) { caches.getCache("ticketList").clear(); }
}
`,
    // cjmalloy/jasper
    "what a channel of Spring Integration brings the news to does": `${DOMAIN}${controller.replace("service.change(id, price);", "service.change(id, price); changes.send(new GenericMessage<>(id));").replace("private final TicketService service;", "private final TicketService service;\n  private final MessageChannel changes;").replace("package shop;", "package shop;\nimport org.springframework.messaging.MessageChannel;")}${service(SAVE)}
//- src/main/java/shop/Forgetful.java
package shop;
import org.springframework.cache.CacheManager;
class Forgetful {
  private final CacheManager caches;
  @ServiceActivator(inputChannel = "changes") void changed(Message<Long> message) { caches.getCache("ticketList").clear(); }
}`,
    "a callback of the entity does": `${DOMAIN}${controller}${service(SAVE)}
//- src/main/java/shop/TicketWatch.java
package shop;
import org.springframework.cache.CacheManager;
class TicketWatch {
  private CacheManager caches;
  @PostUpdate void changed(Ticket ticket) { caches.getCache("ticketList").clear(); }
}`,
    "an annotation of the workspace that carries Spring's": `${DOMAIN}${controller}${service(SAVE.replace("    public", "    @ForgetsTicketCaches\n    public"))}
//- src/main/java/shop/ForgetsTicketCaches.java
package shop;
@CacheEvict(cacheNames = "ticketList", allEntries = true)
public @interface ForgetsTicketCaches {}`,
    "a new row, and rows that are asked for one by one": `${DOMAIN.replace("public List<Ticket> all() { return tickets.findAll(); }", "public Ticket all() { return tickets.findById(1L).orElseThrow(); }").replace("List<Ticket> list()", "Ticket list()")}${controller}${service(`    public void change(Long id, int price) {
        Ticket ticket = new Ticket();
        ticket.setPrice(price);
        tickets.save(ticket);
    }`)}`,
    "a row that is mapped from a request": `${DOMAIN.replace("public List<Ticket> all() { return tickets.findAll(); }", "public Ticket all() { return tickets.findById(1L).orElseThrow(); }").replace("List<Ticket> list()", "Ticket list()")}${controller.replace("service.change(id, price)", "service.create(null)")}${service(`    public void create(Request request) {
        Ticket ticket = mapper.map(request, Ticket.class);
        tickets.save(ticket);
    }`)}`,
    // Seen on zhcet-web: favourites among the notifications, of which those that are not seen are counted.
    "a number that does not hang on what is set": `${DOMAIN.replace("public List<Ticket> all() { return tickets.findAll(); }", 'public long all() { return tickets.countByTitle("a"); }').replace("List<Ticket> list()", "long list()")}${controller}${service(`${SAVE}
    public void mark(Ticket ticket) {
        ticket.setPrice(0);
        tickets.save(ticket);
    }`)}
//- src/main/java/shop/MarkController.java
package shop;
@RestController
class MarkController {
  private final TicketService service;
  @PutMapping("/tickets/{ticket}/mark") void mark(@PathVariable Ticket ticket) { service.mark(ticket); }
}`,
    // Seen on pick-git, whose users are searched for in Elasticsearch.
    "documents of another store": `${DOMAIN}
//- src/main/java/shop/TicketSearch.java
package shop;
import org.springframework.data.elasticsearch.repository.ElasticsearchRepository;
interface TicketSearch extends ElasticsearchRepository<Ticket, Long> {}${controller}${service("    private final TicketSearch search;\n    public void change(Long id, int price) { search.save(new Ticket()); }")}`,
    "a counter of views": `${DOMAIN}${controller}${service("    public void change(Long id, int price) { tickets.updateViewCount(id); }")}`,
    "the start of the application, and code that nothing enters": `${DOMAIN}${service(`${SAVE}
    @EventListener(ApplicationReadyEvent.class) public void seed() { change(1L, 5); }`)}`,
    "a cache that nobody asks": `${DOMAIN.replace("return reader.all();", "return null;")}${controller}${service(SAVE)}`,
    "caching that is not switched on": `${DOMAIN.replace("@EnableCaching", "")}${controller}${service(SAVE)}`,
    "a cached command": `${DOMAIN.replace("return tickets.findAll();", "tickets.save(new Ticket()); return tickets.findAll();")}${controller}${service(SAVE)}`,
    "numbers that expire and that nobody empties": `${DOMAIN.replace("public List<Ticket> all() { return tickets.findAll(); }", 'public long all() { return tickets.countByTitle("a"); }').replace("List<Ticket> list()", "long list()")}${controller}${service(SAVE)}
//- src/main/resources/application.yml
spring:
  cache:
    caffeine:
      spec: maximumSize=100,expireAfterWrite=10m
`,
    "entries that live for half a minute": `${DOMAIN}${controller}${service(SAVE)}
//- src/main/java/shop/Lives.java
package shop;
import org.springframework.cache.caffeine.CaffeineCacheManager;
class Lives { CacheManager caches() { return manager(Caffeine.newBuilder().expireAfterWrite(30, TimeUnit.SECONDS)); } }
`,
    "a table of the same name in another application": `
${pom("spring-boot-starter-web").trimEnd().replace("//- pom.xml", "//- sales/pom.xml")}
${pom("spring-boot-starter-web").trimEnd().replace("//- pom.xml", "//- support/pom.xml").replace("<artifactId>shop<", "<artifactId>support<")}
${DOMAIN.replaceAll("//- src/", "//- sales/src/")}
//- support/src/main/java/desk/Ticket.java
package desk;
@Entity @Table(name = "tickets")
class Ticket { @Id Long id; }
//- support/src/main/java/desk/TicketStore.java
package desk;
interface TicketStore extends JpaRepository<Ticket, Long> {}
//- support/src/main/java/desk/DeskController.java
package desk;
@RestController
class DeskController {
  private final TicketStore store;
  @PostMapping("/desk") void save(@RequestBody Ticket ticket) { store.save(ticket); }
}
`,
  },
  fixes: {
    "a service that saves": `
//- src/main/java/shop/TicketService.java
package shop;

import org.springframework.cache.annotation.CacheEvict;

@Service
public class TicketService {
    private final TicketRepository tickets;
    @CacheEvict(cacheNames = "ticketList", allEntries = true)
    public void change(Long id, int price) {
        Ticket ticket = tickets.findById(id).orElseThrow();
        ticket.setPrice(price);
        tickets.save(ticket);
    }
}
`,
    "three caches with long names": `
//- src/main/java/shop/TicketService.java
package shop;

import org.springframework.cache.annotation.CacheEvict;

@Service
public class TicketService {
    private final TicketRepository tickets;
    @CacheEvict(cacheNames = {"everyTicketThatIsSoldAtTheDesk", "howManyTicketsAreSoldAtTheDesk",
            "everyNameOfATicketThatIsSoldAtTheDesk"}, allEntries = true)
    public void change(Long id, int price) {
        Ticket ticket = tickets.findById(id).orElseThrow();
        ticket.setPrice(price);
        tickets.save(ticket);
    }
}
`,
    "another cache is emptied": `
//- src/main/java/shop/TicketService.java
package shop;
import org.springframework.cache.annotation.CacheEvict;

@Service
public class TicketService {
    private final TicketRepository tickets;
    @CacheEvict(cacheNames = {"tickets", "ticketList"}, allEntries = true)
    public void change(Long id, int price) {
        Ticket ticket = tickets.findById(id).orElseThrow();
        ticket.setPrice(price);
        tickets.save(ticket);
    }
}
`,
  },
});
