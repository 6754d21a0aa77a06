import { cacheMissingEvict } from "../../../../src/rules/java/cache-missing-evict.ts";
import { rule } from "../../../harness/rule.ts";
import { controller, DOMAIN, service } from "./cachedTickets.ts";

/** The cache is of one row that is asked for by its key. */
const ONE_ROW = DOMAIN.replace(
  "public List<Ticket> all() { return tickets.findAll(); }",
  "public Ticket all() { return tickets.findById(1L).orElseThrow(); }",
).replace("List<Ticket> list()", "Ticket list()");

const change = (annotation: string, body: string): string =>
  `${DOMAIN}${controller}${service(`    ${annotation}
    public void change(Long id, int price) {
        Ticket ticket = tickets.findById(id).orElseThrow();
${body}
    }`)}`;

rule(cacheMissingEvict, {
  reports: {
    "a row that a method of the class brings": `${ONE_ROW}${controller}${service(`    public void change(Long id, int price) {
        Ticket ticket = build(id, price);
        tickets.save(ticket);
      //^^^^^^^^^^^^^^^^^^^^ 💡 PUT /tickets/{id} writes tickets and leaves ticketList as it was
    }
    private Ticket build(Long id, int price) {
        Ticket ticket = tickets.findById(id).orElseThrow();
        ticket.setPrice(price);
        return ticket;
    }`)}`,
    "a setter of an entity that its transaction writes": change(
      "@Transactional",
      `        ticket.setPrice(price);
      //^^^^^^^^^^^^^^^^^^^^^^ 💡 PUT /tickets/{id} writes tickets and leaves ticketList as it was`,
    ),
    "a method of the entity that changes it, in a lambda": `${DOMAIN.replace("void setPrice(int price) {}", "void reprice(int next) { this.price = next; }")}${controller}${service(`    @Transactional
    public void change(Long id, int price) {
        tickets.findById(id).ifPresent(ticket -> ticket.reprice(price));
                                               //^^^^^^^^^^^^^^^^^^^^^ 💡 PUT /tickets/{id} writes tickets and leaves ticketList as it was
    }`)}`,
    "a job, for each of the rows": `${DOMAIN}
//- src/main/java/shop/Sales.java
package shop;
@Component
class Sales {
  private final TicketRepository tickets;
  @Scheduled(cron = "0 0 * * * *") @Transactional
  public void end() {
    for (Ticket ticket : tickets.findAll()) ticket.setPrice(0);
                                          //^^^^^^^^^^^^^^^^^^ @Scheduled end writes tickets and leaves ticketList as it was
  }
}
`,
    "an entity that another bean has loaded": `${DOMAIN}${controller}
//- src/main/java/shop/TicketStore.java
package shop;
@Component
class TicketStore {
  private final TicketRepository tickets;
  Ticket byId(Long id) { return tickets.findById(id).orElseThrow(); }
  List<Ticket> every() { return tickets.findAll(); }
}
//- src/main/java/shop/TicketService.java
package shop;
@Service
public class TicketService {
  private final TicketStore store;
  @Transactional
  public void change(Long id, int price) {
    for (Ticket ticket : store.every()) ticket.setPrice(price);
                                      //^^^^^^^^^^^^^^^^^^^^^^ 💡 PUT /tickets/{id} writes tickets and leaves ticketList as it was
  }
}
`,
  },
  ignores: {
    // mosip/esignet: two builders further down, and an overload that brings the row instead.
    "a new row that methods of the class make, and a cache of single rows": `${ONE_ROW}${controller}${service(`    public void change(Long id, int price) {
        Ticket ticket = build(price);
        tickets.save(ticket);
    }
    private Ticket build(int price) {
        Ticket ticket = made(price);
        ticket.setPrice(price);
        return ticket;
    }
    private Ticket made(int price) { return new Ticket(); }
    private Ticket build(Long id, int price) { return tickets.findById(id).orElseThrow(); }`)}`,
    "no transaction": change("", "        ticket.setPrice(price);"),
    "a transaction that is declared without a body": `${DOMAIN}${controller}
//- src/main/java/shop/TicketService.java
package shop;
interface TicketService { @Transactional void change(Long id, int price); }
`,
    "a transaction that only reads": change("@Transactional(readOnly = true)", "        ticket.setPrice(price);"),
    "the cache is emptied": change(
      '@Transactional @CacheEvict(value = "ticketList", allEntries = true)',
      "        ticket.setPrice(price);",
    ),
    "the entity is detached": change("@Transactional", "        em.detach(ticket);\n        ticket.setPrice(price);"),
    "nothing is changed": change("@Transactional", "        show(ticket.getPrice());"),
    "a method that only computes": `${DOMAIN.replace("void setPrice(int price) {}", "int with(int more) { int price = this.price + more; return price; }")}${controller}${service(`    @Transactional
    public void change(Long id, int price) { show(tickets.findById(id).orElseThrow().with(price)); }`)}`,
    "what is changed is no row yet": `${DOMAIN}${controller}${service(`    @Transactional
    public void change(Long id, int price) {
        if (tickets.existsById(id)) return;
        Ticket ticket = new Ticket();
        ticket.setPrice(price);
    }`)}`,
  },
});
