import { cacheMissingEvict } from "../../../../src/rules/java/cache-missing-evict.ts";
import { rule } from "../../../harness/rule.ts";
import { CACHING, controller, service } from "./cachedTickets.ts";

/** The cache holds what a method looks at in one row; rows change by methods of their own. */
const row = (read: string): string => `${CACHING}
//- src/main/java/shop/Ticket.java
package shop;
@Entity @Table(name = "tickets")
class Ticket {
  @Id Long id;
  String state;
  int price;
  @Embedded Seat seat;
  @ManyToOne Event event;
  void close() { if (!isOpen()) throw new IllegalStateException(); state = "CLOSED"; event.sold(); }
  boolean isOpen() { return state == null; }
  void raise(int more) { price += more; }
  void raiseAndClose(int more) { raise(more); close(); }
  void move(int number) { state = "MOVED"; seat.move(number); }
}
//- src/main/java/shop/Event.java
package shop;
@Entity class Event { @Id Long id; int seats; void sold() { seats--; } }
//- src/main/java/shop/TicketRepository.java
package shop;
interface TicketRepository extends JpaRepository<Ticket, Long> {
  Optional<Ticket> findByIdAndState(Long id, String state);
}
//- src/main/java/shop/TicketReader.java
package shop;
@Service
public class TicketReader {
  private final TicketRepository tickets;
  @Cacheable("prices") public Price price(Long id) {
    ${read}
  }
}
//- src/main/java/shop/PriceController.java
package shop;
@RestController
class PriceController {
  private final TicketReader reader;
  @GetMapping("/prices/{id}") Price one(@PathVariable Long id) { return reader.price(id); }
}`;

const PRICE = row("Ticket ticket = tickets.findById(id).orElseThrow(); return new Price(ticket.getId(), ticket.getPrice());");

const change = (domain: string, body: string): string =>
  `${domain}${controller}${service(`    @Transactional
    public void change(Long id, int price) {
        Ticket ticket = tickets.findById(id).orElseThrow();
${body}
    }`)}`;

const STALE = "💡 PUT /tickets/{id} writes tickets and leaves prices as it was";

rule(cacheMissingEvict, {
  reports: {
    "a method of the row that changes what is kept": change(PRICE, `        ticket.raise(price);\n      //^^^^^^^^^^^^^^^^^^^ ${STALE}`),
    // bekalpaslan/chain keeps tickets in a cache by a method that notes which are over, and a job that does so leaves the cache alone.
    "a row whose reader writes it, where it has to": change(
      row(
        "Ticket ticket = tickets.findById(id).orElseThrow(); if (ticket.isOpen()) { ticket.close(); tickets.save(ticket); } return new Price(ticket);",
      ),
      `        ticket.raise(price);\n      //^^^^^^^^^^^^^^^^^^^ ${STALE}`,
    ),
    "through another method of the row": change(
      PRICE,
      `        ticket.raiseAndClose(price);\n      //^^^^^^^^^^^^^^^^^^^^^^^^^^^ ${STALE}`,
    ),
    "a method that changes a part of the row, whose columns are not seen": change(
      PRICE,
      `        ticket.move(price);\n      //^^^^^^^^^^^^^^^^^^ ${STALE}`,
    ),
    "the row itself is handed on": change(
      row("Ticket ticket = tickets.findById(id).orElseThrow(); return Price.of(ticket);"),
      `        ticket.close();\n      //^^^^^^^^^^^^^^ ${STALE}`,
    ),
    "the row is found by what changes": change(
      row(
        'Ticket ticket = tickets.findByIdAndState(id, "OPEN").orElse(null); return ticket == null ? null : new Price(ticket.getPrice());',
      ),
      `        ticket.close();\n      //^^^^^^^^^^^^^^ ${STALE}`,
    ),
  },
  ignores: {
    "a command whose answer is kept": change(
      row("Ticket ticket = tickets.findById(id).orElseThrow(); ticket.close(); tickets.save(ticket); return new Price(ticket);"),
      "        ticket.raise(price);",
    ),
    // shopping-mall-fashion keeps how many of an item there are, and changes whether it is sold.
    "a method of the row that changes what is not kept": change(PRICE, "        ticket.close();"),
    "the same, and saved": change(PRICE, "        ticket.close();\n        tickets.save(ticket);"),
    "the row is the parameter of a lambda": change(
      row("return tickets.findById(id).map(ticket -> new Price(ticket.getPrice())).orElseThrow();"),
      "        ticket.close();",
    ),
  },
});
