import { cacheMissingEvict } from "../../../src/rules/java/cache-missing-evict.ts";
import { rule } from "../../harness/rule.ts";
import { controller, DOMAIN, service } from "./cachedTickets.ts";

const change = (annotation: string, body: string): string =>
  `${DOMAIN}${controller}${service(`    ${annotation}
    public void change(Long id, int price) {
        Ticket ticket = tickets.findById(id).orElseThrow();
${body}
    }`)}`;

rule(cacheMissingEvict, {
  reports: {
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
