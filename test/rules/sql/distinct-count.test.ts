import { distinctCount } from "../../../src/rules/sql/distinct-count.ts";
import { rule } from "../../harness/rule.ts";
import { shop } from "./shop.ts";

/** A request that counts. */
const controller = (mapping: string, call: string, annotation = ""): string => `
//- src/main/java/shop/StatisticsController.java
package shop;
@RestController
class StatisticsController {
  private final TicketRepository tickets;
  ${annotation}
  @${mapping}
  public long number() { return tickets.${call}; }
}
`;

/** Tables that no script of ours makes. */
const unknown = (more: string): string => `
//- src/main/java/shop/Ticket.java
package shop;
@Entity
class Ticket { @Id UUID id; String code; }
//- src/main/java/shop/TicketRepository.java
package shop;
interface TicketRepository extends JpaRepository<Ticket, UUID> {
  @Query("select count(distinct t.code) from Ticket t")
  long owners();
}
${more.trim()}
`;

rule(distinctCount, {
  reports: {
    "tables that nothing here describes, PostgreSQL's driver": unknown(`
//- pom.xml
<project><groupId>a</groupId><artifactId>b</artifactId><version>1</version><dependencies><dependency>
<groupId>org.postgresql</groupId><artifactId>postgresql</artifactId><version>42.7.4</version></dependency></dependencies></project>
${controller('GetMapping("/owners")', "owners()").trim()}`).replace(
      "  long owners();",
      "  long owners();\n     //^^^^^^ owners counts the different code of all ticket for each GET /owners",
    ),
    "a column of all rows": `${shop({
      tickets: `  @Query(nativeQuery = true, value = "SELECT COUNT(DISTINCT t.owner_id) FROM tickets t WHERE t.note IS NOT NULL")
  long owners();
     //^^^^^^ 💡 owners counts the different owner_id of all tickets for each GET /owners`,
    })}${controller('GetMapping("/owners")', "owners()")}`,
    "in JPQL, joined with others": `${shop({
      tickets: `  @Query("select count(distinct t.owner.id) from Ticket t join t.owner o where o.blocked = false")
  long owners();
     //^^^^^^ owners counts the different owner_id of all tickets for each GET /owners`,
    })}${controller('GetMapping("/owners")', "owners()")}`,
  },
  ignores: {
    // ryu-blog-webflux
    "another database, or one that is not known": unknown(controller('GetMapping("/owners")', "owners()")),
    "few of the rows": `${shop({
      tickets: `  @Query("select count(distinct t.owner.id) from Ticket t where t.createdAt > :since")
  long owners(Instant since);`,
    })}${controller('GetMapping("/owners")', "owners(null)")}`,
    "nobody waits": `${shop({
      tickets: `  @Query("select count(distinct t.owner.id) from Ticket t")
  long owners();`,
    })}${controller('Scheduled(cron = "0 0 3 * * *")', "owners()")}`,
    "kept between requests": `${shop({
      tickets: `  @Query("select count(distinct t.owner.id) from Ticket t")
  long owners();`,
    })}${controller('GetMapping("/owners")', "owners()", '@Cacheable("owners")')}`,
    "a table of few rows": `${shop({
      rows: { tickets: 100 },
      tickets: `  @Query("select count(distinct t.owner.id) from Ticket t")
  long owners();`,
    })}${controller('GetMapping("/owners")', "owners()")}`,
    "all rows, keys, and one number for each group": `${shop({
      tickets: `  @Query("select count(t) from Ticket t")
  long owners();
  @Query("select count(distinct t.id) from Ticket t")
  long keys();
  @Query("select count(distinct t.owner.id) from Ticket t group by t.code")
  List<Long> groups();`,
    })}${controller('GetMapping("/owners")', "owners() + tickets.keys() + tickets.groups().size()")}`,
  },
  fixes: {
    "a column of all rows": `
//- src/main/java/shop/TicketRepository.java
package shop;
interface TicketRepository extends JpaRepository<Ticket, UUID> {
  @Query(nativeQuery = true, value = "SELECT COUNT(counted.owner_id) FROM (SELECT DISTINCT t.owner_id FROM tickets t WHERE t.note IS NOT NULL) AS counted")
  long owners();
}
`,
  },
});
