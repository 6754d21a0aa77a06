import { groupedPerRequest } from "../../../src/rules/sql/grouped-per-request.ts";
import { rule } from "../../harness/rule.ts";
import { shop } from "./shop.ts";

const endpoint = (call: string, annotations = ""): string => `
//- src/main/java/shop/ReportController.java
package shop;
@RestController
class ReportController {
  private final TicketRepository tickets;
  private final UserRepository users;
  @GetMapping("/report") Object report(Instant since, UUID id) { return numbers(since, id); }
  ${annotations} Object numbers(Instant since, UUID id) { return ${call}; }
}
`;

const PER_CITY = `  @Query("select o.city, count(t) from Ticket t join t.owner o where t.createdAt > :since group by o.city")
  List<Object[]> perCity(Instant since);`;

rule(groupedPerRequest, {
  reports: {
    "two tables, for a range": `${shop({
      tickets: `${PER_CITY}
               //^^^^^^^ perCity joins and groups tickets and users for each GET /report`,
    })}${endpoint("tickets.perCity(since)")}`,
    "SQL, and a value that many rows have": `${shop({
      users: `  @Query(nativeQuery = true, value = "SELECT u.city, count(*) FROM users u JOIN tickets t ON t.owner_id = u.id WHERE u.blocked = :blocked GROUP BY u.city")
  List<Object[]> perCity(boolean blocked);
               //^^^^^^^ perCity joins and groups users and tickets for each GET /report`,
    })}${endpoint("users.perCity(true)")}`,
  },
  ignores: {
    "one owner's rows, one table, nothing grouped": `${shop({
      tickets: `  @Query("select t.code, count(o) from Ticket t join t.owner o where o.id = :id group by t.code")
  List<Object[]> ofOwner(UUID id);
  @Query("select o.city, count(t) from Ticket t join t.owner o where o.email like concat('%', :part, '%') group by o.city")
  List<Object[]> found(String part);
  @Query("select t.code, count(t) from Ticket t group by t.code")
  List<Object[]> perCode();
  @Query("select t from Ticket t join t.owner o where o.city like 'x%'")
  List<Ticket> every();`,
    })}${endpoint("List.of(tickets.ofOwner(id), tickets.found(null), tickets.perCode(), tickets.every())")}`,
    "a group for each row": `${shop({
      tickets: `  @Query(nativeQuery = true, value = "SELECT t.id, string_agg(u.city, ',') FROM tickets t JOIN users u ON t.owner_id = u.id GROUP BY t.id, t.code")
  List<Object[]> perTicket();`,
    })}${endpoint("tickets.perTicket()")}`,
    "one day": `${shop({
      tickets: `  @Query(nativeQuery = true, value = "SELECT u.city, count(*) FROM tickets t JOIN users u ON t.owner_id = u.id WHERE date(t.created_at) = :since GROUP BY u.city")
  List<Object[]> ofDay(Instant since);`,
    })}${endpoint("tickets.ofDay(since)")}`,
    "a job": `${shop({ tickets: PER_CITY })}
//- src/main/java/shop/Nightly.java
package shop;
class Nightly {
  private final TicketRepository tickets;
  @Scheduled(cron = "0 0 3 * * *") void run() { tickets.perCity(Instant.now()); }
}
`,
    "what a cache keeps": `${shop({ tickets: PER_CITY })}${endpoint("tickets.perCity(since)", "@Cacheable")}`,
    "a small table": `${shop({ rows: { users: 40 }, tickets: PER_CITY })}${endpoint("tickets.perCity(since)")}`,
  },
});
