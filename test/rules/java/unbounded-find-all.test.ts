import { unboundedFindAll } from "../../../src/rules/java/unbounded-find-all.ts";
import { rule } from "../../harness/rule.ts";
import { controller, DOMAIN } from "./unbounded-find-all/tickets.ts";

const service = (methods: string): string => `
//- src/main/java/shop/TicketService.java
package shop;
@Service
class TicketService {
  private final TicketRepository tickets;
  TicketService(TicketRepository tickets) { this.tickets = tickets; }
${methods}
}`;

const workspace = (methods: string, more = ""): string => `${DOMAIN}${controller("return service.list();")}${service(methods)}${more}\n`;

const JOBS = `
//- src/main/java/shop/Job.java
package shop;
interface Job { void run(); }
//- src/main/java/shop/Cleaning.java
package shop;
@Component
class Cleaning implements Job { public void run() {} }
//- src/main/java/shop/Reminding.java
package shop;
@Component
class Reminding implements Job {
  private TicketService service;
  public void run() { service.list(); }
}
//- src/main/java/shop/Clock.java
package shop;
@Component
class Clock {
  private Job job;
  @Scheduled(fixedRate = 60000) void tick() { job.run(); }
}`;

rule(unboundedFindAll, {
  reports: {
    // alf.io has three clocks for one queue of jobs, of which each is of another kind.
    "a job of which a clock may run another one": `${DOMAIN}${service(`
  List<Ticket> list() {
    return tickets.findAll();
         //^^^^^^^^^^^^^^^^^ TicketRepository.findAll loads every Ticket each time @Scheduled tick comes to it
  }`)}${JOBS}
`,
    "a mapper's query without a page": workspace(
      `  private TicketMapper mapper;
  List<Ticket> list() {
    return mapper.list();
         //^^^^^^^^^^^^^ TicketMapper.list loads every row of tickets for GET /tickets
  }`,
      `
//- src/main/java/shop/TicketMapper.java
package shop;
import java.util.List;
import org.apache.ibatis.annotations.*;
@Mapper
interface TicketMapper { @Select("select * from tickets") List<Ticket> list(); }`,
    ),
    "the codes that were sent to people": workspace(
      `  List<ResetCode> list() {
    return codes.findAll();
         //^^^^^^^^^^^^^^^ ResetCodeRepository.findAll loads every ResetCode for GET /tickets
  }
  private ResetCodeRepository codes;`,
      `
//- src/main/java/shop/ResetCode.java
package shop;
@Entity class ResetCode { @Id String code; }
//- src/main/java/shop/ResetCodeRepository.java
package shop;
interface ResetCodeRepository extends JpaRepository<ResetCode, String> {}`,
    ),
    "findAll that a request reaches": workspace(`  List<Ticket> list() {
    return tickets.findAll();
         //^^^^^^^^^^^^^^^^^ TicketRepository.findAll loads every Ticket for GET /tickets
  }`),
    // it-academyproject/ERP-Backend-Spring looks first whether there are any.
    "one query twice in a method": workspace(`  List<Ticket> list() {
    if (tickets.findAll().isEmpty()) System.out.println("none");
      //^^^^^^^^^^^^^^^^^ TicketRepository.findAll loads every Ticket for GET /tickets; 1 more alike
    return tickets.findAll();
         //~~~~~~~~~~~~~~~~~ TicketRepository.findAll loads every Ticket for GET /tickets
  }`),
    "rows filtered in memory": workspace(`  List<Ticket> list() {
    return tickets.findAll().stream().filter(t -> t.active).limit(10).toList();
         //^^^^^^^^^^^^^^^^^ TicketRepository.findAll loads every Ticket for GET /tickets
  }`),
    "rows counted in memory": workspace(`  int list() { return helper(); }
  private int helper() {
    return tickets.findAll(Sort.by("id")).size();
         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ TicketRepository.findAll loads every Ticket for GET /tickets
  }`),
    "a query without conditions": workspace(`  List<Ticket> list() {
    return tickets.everything();
         //^^^^^^^^^^^^^^^^^^^^ TicketRepository.everything loads every Ticket for GET /tickets
  }`),
    "a job": `${DOMAIN}
//- src/main/java/shop/Cleanup.java
package shop;
@Component
class Cleanup {
  @Autowired TicketRepository tickets;
  @Scheduled(fixedDelay = 60000)
  void purge() {
    tickets.findAll().forEach(t -> t.active = false);
  //^^^^^^^^^^^^^^^^^ TicketRepository.findAll loads every Ticket at each run of @Scheduled purge
  }
}
`,
    "the way and the table": `
//- db/migration/V1__init.sql
CREATE TABLE tickets (id uuid PRIMARY KEY, active boolean NOT NULL);
           --~~~~~~~ tickets is created here${DOMAIN}
//- src/main/java/shop/TicketController.java
package shop;
@RestController
class TicketController {
  @Autowired TicketService service;
  @GetMapping("/all")
  List<Ticket> list() { return service.list(); }
             //~~~~ GET /all
}${service(`  List<Ticket> list() {
    return tickets.findAll();
         //^^^^^^^^^^^^^^^^^ TicketRepository.findAll loads every Ticket for GET /all
  }`)}
`,
    "a query of Querydsl without conditions": `${DOMAIN}${controller("return search.all();").replace("private final", "private final TicketSearch search;\n  private final")}
//- src/main/java/shop/TicketSearch.java
package shop;
import static shop.QTicket.ticket;
import com.querydsl.jpa.impl.JPAQueryFactory;
class TicketSearch {
  private final JPAQueryFactory factory;
  List<Ticket> all() {
    return factory.selectFrom(ticket).fetch();
                                    //^^^^^^^ JPAQuery.fetch loads every Ticket for GET /tickets
  }
  List<Ticket> first() { return factory.selectFrom(ticket).limit(10).fetch(); }
}
`,
    "a job of Quartz": `
//- src/shop/Tickets.java
package shop;
@Entity class Ticket { @Id Long id; String state; }
interface TicketRepository extends JpaRepository<Ticket, Long> {}
//- src/shop/PurgeJob.java
package shop;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
class PurgeJob implements Job {
  private TicketRepository tickets;
  @Override public void execute(JobExecutionContext context) {
    for (Ticket ticket : tickets.findAll()) purge(ticket);
                       //^^^^^^^^^^^^^^^^^ TicketRepository.findAll loads every Ticket at each run of Quartz PurgeJob
  }
}
`,
  },
  ignores: {
    // Spring Data's own, declared again, of an entity whose key is an object.
    "rows that are asked for by embedded keys": `
//- src/main/java/shop/Part.java
package shop;
@Entity class Part { @EmbeddedId PartNumber number; String title; }
//- src/main/java/shop/PartNumber.java
package shop;
@Embeddable class PartNumber { String value; }
//- src/main/java/shop/PartRepository.java
package shop;
interface PartRepository extends JpaRepository<Part, PartNumber> { List<Part> findAllById(Iterable<PartNumber> numbers); }
//- src/main/java/shop/PartController.java
package shop;
@RestController
class PartController {
  private PartRepository parts;
  @GetMapping("/parts") List<Part> some(List<PartNumber> numbers) { return parts.findAllById(numbers); }
}
`,
    "a page that PageHelper asks for": workspace(
      `  private TicketMapper mapper;
  List<Ticket> list() {
    PageHelper.startPage(1, 20);
    return mapper.list();
  }`,
      `
//- src/main/java/shop/TicketMapper.java
package shop;
import java.util.List;
import org.apache.ibatis.annotations.*;
@Mapper
interface TicketMapper { @Select("select * from tickets") List<Ticket> list(); }`,
    ),
    "what the object keeps once it has it": workspace(`  private Map<UUID, Ticket> known;
  Object list() {
    if (known == null) {
      known = new ConcurrentHashMap<>();
      for (Ticket ticket : tickets.findAll()) known.put(ticket.id, ticket);
    }
    return known;
  }`),
    "the codes of a status": workspace(
      "  List<TicketStatusCodeEntity> list() { return codes.findAll(); }\n  private TicketStatusCodeRepository codes;",
      `
//- src/main/java/shop/TicketStatusCodeEntity.java
package shop;
@Entity class TicketStatusCodeEntity { @Id String code; }
//- src/main/java/shop/TicketStatusCodeRepository.java
package shop;
interface TicketStatusCodeRepository extends JpaRepository<TicketStatusCodeEntity, String> {}`,
    ),
    "what runs for no job of Quartz": `
//- src/shop/Tickets.java
package shop;
@Entity class Ticket { @Id Long id; String state; }
interface TicketRepository extends JpaRepository<Ticket, Long> {}
//- src/shop/PurgeJob.java
package shop;
import org.quartz.JobExecutionContext;
class PurgeJob {
  private TicketRepository tickets;
  public void run(JobExecutionContext context) {
    for (Ticket ticket : tickets.findAll()) purge(ticket);
  }
}
`,
    // RegardsOss/regards-backend: each subtype of the service has entities of its own
    "a repository of whatever its subtypes store": workspace(`  @Autowired StoredRepository<Stored> stored;
  List<Stored> list() { return stored.findAll(); }
  interface Stored {}
  interface StoredRepository<T extends Stored> extends JpaRepository<T, Long> {}`),
    // rajadilipkolli/my-spring-boot-experiments: all rows go to the cache that had none
    "what is asked for where a cache has nothing": workspace(
      "  reactor.core.publisher.Flux<Ticket> list() { return cached().switchIfEmpty(tickets.findAll()); }",
    ),
    "a page": workspace(`  Page<Ticket> list(Pageable page) { return tickets.findAll(page); }
  Page<Ticket> list() { return tickets.findAll(PageRequest.of(0, 20)); }`),
    "a stream, a specification, an example": workspace(`  Object list() {
    tickets.findAll(Example.of(new Ticket()));
    return tickets.streamAllBy();
  }`),
    // openvsx asks for the kinds of its scans: few come back of however many rows.
    "the different values of a column": workspace(
      `  List<Boolean> list() { return kinds.kinds(); }
  @Autowired Kinds kinds;`,
      `
//- src/main/java/shop/Kinds.java
package shop;
interface Kinds extends JpaRepository<Ticket, UUID> { @Query("SELECT DISTINCT t.active FROM Ticket t") List<Boolean> kinds(); }`,
    ),
    conditions: workspace("  List<Ticket> list() { return tickets.findByActive(true); }"),
    "what no request and no job reaches": workspace(`  List<Ticket> list() { return List.of(); }
  List<Ticket> unused() { return tickets.findAll(); }`),
    "start-up": workspace(`  List<Ticket> list() { return List.of(); }
  @PostConstruct void warm() { tickets.findAll(); }`),
    // The rows are loaded once in the life of the cache's entry.
    "a cached method on the way": workspace(`  @Cacheable("tickets") List<Ticket> list() { return all(); }
  List<Ticket> all() { return tickets.findAll(); }`),
    "a cached repository method": `${DOMAIN.replace("  List<Ticket> findByActive", '  @Cacheable("t") List<Ticket> findAll();\n  List<Ticket> findByActive')}${controller("return service.list();")}${service("  List<Ticket> list() { return tickets.findAll(); }")}\n`,
    "a table that stays small": workspace(
      "  List<Ticket> list() { return tickets.findAll(); }",
      `
//- performance.yaml
version: 1
database:
  tables:
    tickets: { rows: 500 }`,
    ),
    "kinds and places": `
//- src/main/java/shop/TicketType.java
package shop;
@Entity class TicketType { @Id Long id; }
//- src/main/java/shop/CountryEntity.java
package shop;
@Entity class CountryEntity { @Id Long id; }
//- src/main/java/shop/Types.java
package shop;
interface Types extends JpaRepository<TicketType, Long> {}
//- src/main/java/shop/Countries.java
package shop;
interface Countries extends JpaRepository<CountryEntity, Long> {}
//- src/main/java/shop/KindController.java
package shop;
@RestController
class KindController {
  @Autowired Types types;
  @Autowired Countries countries;
  @GetMapping("/kinds") Object kinds() { return types.findAll(); }
  @GetMapping("/countries") Object countries() { return countries.findAll(); }
}
`,
    "a method of that name that is no repository's": `
//- src/main/java/shop/Menu.java
package shop;
class Menu { List<String> findAll() { return List.of(); } }
//- src/main/java/shop/MenuController.java
package shop;
@RestController
class MenuController {
  private final Menu menu = new Menu();
  @GetMapping("/menu") Object menu() { return menu.findAll(); }
}
`,
  },
});
