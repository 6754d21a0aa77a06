import { unboundedQueryMethod } from "../../../src/rules/java/unbounded-query-method.ts";
import { rule } from "../../harness/rule.ts";
import { statistics, type ToldTable } from "../../harness/statistics.ts";

const shop = (methods: string, body: string, mapping = '@GetMapping("/tickets")'): string => `
//- src/main/resources/db/migration/V1__tickets.sql
CREATE TABLE tickets (id bigint PRIMARY KEY, owner_id bigint NOT NULL, venue_id bigint NOT NULL, state text NOT NULL, code text NOT NULL UNIQUE, created_at timestamptz NOT NULL);
//- src/main/java/shop/Ticket.java
package shop;
@Entity @Table(name = "tickets")
class Ticket { @Id Long id; Long ownerId; Long venueId; String state; String code; Instant createdAt; }
//- src/main/java/shop/TicketRepository.java
package shop;
interface TicketRepository extends JpaRepository<Ticket, Long> {
  ${methods}
}
//- src/main/java/shop/TicketController.java
package shop;
@RestController
class TicketController {
  private final TicketRepository tickets;
  TicketController(TicketRepository tickets) { this.tickets = tickets; }
  ${mapping}
  int list(Long id, String text) {
${body}
  }
}
`;

const TICKETS: ToldTable = {
  rows: 4_000_000,
  columns: {
    owner_id: { distinct: 1_000_000, mostCommonValues: "{7,8}", mostCommonFrequencies: [0.05, 0.001] },
    venue_id: { distinct: 120 },
    state: { distinct: 3, mostCommonValues: "{USED,OPEN,LOST}", mostCommonFrequencies: [0.9, 0.0995, 0.0005] },
    code: { distinct: -1 },
    created_at: { distinct: -0.9 },
  },
};
const told = (more: Partial<ToldTable> = {}): string => statistics({ tickets: { ...TICKETS, ...more } });

rule(unboundedQueryMethod, {
  reports: {
    "all tickets of a venue": `${shop(
      "List<Ticket> findByVenueId(Long venueId);",
      `    var found =
      tickets.findByVenueId(id);
    //^^^^^^^^^^^^^^^^^^^^^^^^^ TicketRepository.findByVenueId loads about 33,000 Ticket rows for GET /tickets
    return found.size();`,
    )}${told()}`,
    "a state that is written down": `${shop(
      `@Query("select t from Ticket t where t.state = 'OPEN'") List<Ticket> open();`,
      `    var found =
      tickets.open();
    //^^^^^^^^^^^^^^ TicketRepository.open loads about 400,000 Ticket rows for GET /tickets
    return found.size();`,
    )}${told()}`,
    "an owner who has very many, as a hint": `${shop(
      "List<Ticket> findByOwnerId(Long ownerId);",
      `    var found =
      tickets.findByOwnerId(id);
    //^^^^^^^^^^^^^^^^^^^^^^^^^ TicketRepository.findByOwnerId loads about 200,000 Ticket rows of the most common owner_id, for GET /tickets
    return found.size();`,
    )}${told()}`,
    // eclipse-hawkbit/hawkbit asks for the ids of distribution sets that actions have: 40,000 rows of actions for each.
    "rows of another table than the repository's": `${shop("", "    return 0;")}
//- src/main/java/shop/Venue.java
package shop;
@Entity @Table(name = "venues")
class Venue { @Id Long id; }
//- src/main/java/shop/VenueRepository.java
package shop;
interface VenueRepository extends JpaRepository<Venue, Long> {
  @Query("select t.venueId from Ticket t where t.venueId = :venue") List<Long> used(Long venue);
}
//- src/main/java/shop/VenueController.java
package shop;
@RestController
class VenueController {
  private final VenueRepository venues;
  VenueController(VenueRepository venues) { this.venues = venues; }
  @GetMapping("/venues")
  boolean isUsed(Long id) {
    var found =
      venues.used(id);
    //^^^^^^^^^^^^^^^ VenueRepository.used loads about 33,000 Ticket rows for GET /venues
    return !found.isEmpty();
  }
}
${told()}`,
    "a job": `${shop(
      "List<Ticket> findByVenueId(Long venueId);",
      `    var found =
      tickets.findByVenueId(id);
    //^^^^^^^^^^^^^^^^^^^^^^^^^ TicketRepository.findByVenueId loads about 33,000 Ticket rows at each run of @Scheduled list
    return found.size();`,
      "@Scheduled(fixedDelay = 60_000)",
    )}${told()}`,
  },
  ignores: {
    "what nobody has counted": shop("List<Ticket> findByVenueId(Long venueId);", "    return tickets.findByVenueId(id).size();"),
    "few rows a value": `${shop("List<Ticket> findByOwnerId(Long ownerId);", "    return tickets.findByOwnerId(id).size();")}${told({
      columns: { owner_id: { distinct: 1_000_000 } },
    })}`,
    "a rare state": `${shop(
      `@Query("select t from Ticket t where t.state = 'LOST'") List<Ticket> lost();`,
      "    return tickets.lost().size();",
    )}${told()}`,
    "a value that the column does not call so": `${shop(
      `@Query("select t from Ticket t where t.state = 'open'") List<Ticket> open();`,
      "    return tickets.open().size();",
    )}${told()}`,
    "a page": `${shop(
      "List<Ticket> findByVenueId(Long venueId, Pageable page);",
      "    return tickets.findByVenueId(id, PageRequest.of(0, 20)).size();",
    )}${told()}`,
    "the first of them": `${shop("List<Ticket> findTop10ByVenueId(Long venueId);", "    return tickets.findTop10ByVenueId(id).size();")}${told()}`,
    "a range, of which nobody knows what it leaves": `${shop(
      "List<Ticket> findByVenueIdAndCreatedAtAfter(Long venueId, Instant after);",
      "    return tickets.findByVenueIdAndCreatedAtAfter(id, Instant.now()).size();",
    )}${told()}`,
    "two conditions that leave few": `${shop(
      "List<Ticket> findByVenueIdAndState(Long venueId, String state);",
      "    return tickets.findByVenueIdAndState(id, text).size();",
    )}${told({ columns: { ...TICKETS.columns, venue_id: { distinct: 400_000 } } })}`,
    "a number of rows": `${shop("long countByVenueId(Long venueId);", "    return (int) tickets.countByVenueId(id);")}${told()}`,
    "a table that is small": `${shop("List<Ticket> findByVenueId(Long venueId);", "    return tickets.findByVenueId(id).size();")}${told({
      rows: 9_000,
    })}`,
    "what is kept in a cache": `${shop(
      "List<Ticket> findByVenueId(Long venueId);",
      "    return tickets.findByVenueId(id).size();",
      '@Cacheable("tickets") @GetMapping("/tickets")',
    )}${told()}`,
    "what nothing reaches": `${shop("List<Ticket> findByVenueId(Long venueId);", "    return tickets.findByVenueId(id).size();", "")}${told()}`,
  },
});
