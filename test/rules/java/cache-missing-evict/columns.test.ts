import { cacheMissingEvict } from "../../../../src/rules/java/cache-missing-evict.ts";
import { rule } from "../../../harness/rule.ts";
import { controller, DOMAIN, service } from "./cachedTickets.ts";

/** The cache holds the different titles. */
const titles = (query: string): string =>
  DOMAIN.replace("String title;", "String title; String state; void setTitle(String title) {} void setState(String state) {}")
    .replace(
      "interface TicketRepository extends JpaRepository<Ticket, Long> {",
      (head) => `${head}\n  @Query("${query}") List<String> titles();`,
    )
    .replace("public List<Ticket> all() { return tickets.findAll(); }", "public List<String> all() { return tickets.titles(); }")
    .replace("List<Ticket> list()", "List<String> list()");

const TITLES = titles("select distinct t.title from Ticket t where t.state = 'OPEN'");

const change = (body: string, domain = TITLES): string =>
  `${domain}${controller}${service(`    private final JdbcTemplate jdbc;
    @Transactional
    public void change(Long id, int price) {
${body}
    }`)}`;

/** A view of a ticket, kept by its id, that shows the title alone. */
const VIEWS = DOMAIN.replace(
  "String title;",
  "String title; String state; String getTitle() { return title; } void setTitle(String title) {} void setState(String state) {}",
)
  .replace(
    "public List<Ticket> all() { return tickets.findAll(); }",
    "public TicketView all() { return tickets.findById(1L).map(TicketView::of).orElseThrow(); }",
  )
  .replace("List<Ticket> list()", "TicketView list()")
  .concat(`
//- src/main/java/shop/TicketView.java
package shop;
public record TicketView(String title) {
  static TicketView of(Ticket ticket) { return new TicketView(ticket.getTitle()); }
}
//- src/main/java/shop/Clerk.java
package shop;
@Service
class Clerk {
  void close(Ticket ticket) { ticket.setState("closed"); }
  void rename(Ticket ticket) { note(ticket); }
  private void note(Ticket ticket) { ticket.setTitle("closed"); }
}`);

const withClerk = (body: string): string =>
  change(brought(body), VIEWS).replace("private final JdbcTemplate jdbc;", "private final Clerk clerk;");

const brought = (body: string): string => `        Ticket ticket = tickets.findById(id).orElseThrow();\n${body}`;

rule(cacheMissingEvict, {
  reports: {
    "a column that the answer gives": change(
      brought(`        ticket.setTitle("b");
      //^^^^^^^^^^^^^^^^^^^^ 💡 PUT /tickets/{id} writes tickets and leaves ticketList as it was`),
    ),
    "a column that the query asks, behind another one": change(
      brought(`        ticket.setPrice(price);
      //^^^^^^^^^^^^^^^^^^^^^^ 💡 PUT /tickets/{id} writes tickets and leaves ticketList as it was
        ticket.setState("SOLD");`),
    ),
    "an entity that somebody else may change": change(
      brought(`        ticket.setPrice(price);
      //^^^^^^^^^^^^^^^^^^^^^^ 💡 PUT /tickets/{id} writes tickets and leaves ticketList as it was
        patcher.apply(ticket);`),
    ),
    "whole rows are kept": change(
      brought(`        ticket.setPrice(price);
      //^^^^^^^^^^^^^^^^^^^^^^ 💡 PUT /tickets/{id} writes tickets and leaves ticketList as it was`),
      titles("select t from Ticket t"),
    ),
    "a query that is sorted by the column": change(
      brought(`        ticket.setPrice(price);
      //^^^^^^^^^^^^^^^^^^^^^^ 💡 PUT /tickets/{id} writes tickets and leaves ticketList as it was`),
      titles("select t.title from Ticket t order by t.price"),
    ),
    "a query that is sorted by what each write changes along": change(
      brought(`        ticket.setPrice(price);
      //^^^^^^^^^^^^^^^^^^^^^^ 💡 PUT /tickets/{id} writes tickets and leaves ticketList as it was`),
      titles("select t.title from Ticket t order by t.updatedAt").replace(
        "String state;",
        "String state; @UpdateTimestamp Instant updatedAt;",
      ),
    ),
    "a subquery, which may ask anything": change(
      brought(`        ticket.setPrice(price);
      //^^^^^^^^^^^^^^^^^^^^^^ 💡 PUT /tickets/{id} writes tickets and leaves ticketList as it was`),
      titles("select t.title from Ticket t where exists (select u from Ticket u where u.price > 5)"),
    ),
    // SAIKO9X/hospital-management-microservices keeps views of users, and notes each login in their rows.
    "a column that the kept view of the row gives": change(
      brought(`        ticket.setTitle("b");
      //^^^^^^^^^^^^^^^^^^^^ 💡 PUT /tickets/{id} writes tickets and leaves ticketList as it was`),
      VIEWS,
    ),
    "the same, set by another bean": withClerk(`        clerk.rename(ticket);
        tickets.save(ticket);
      //^^^^^^^^^^^^^^^^^^^^ 💡 PUT /tickets/{id} writes tickets and leaves ticketList as it was`),
    "the same, by the caller of the private method that saves": withClerk(`        ticket.setTitle("b");
        keep(ticket);
    }
    private void keep(Ticket ticket) {
        ticket.setState("sold");
        tickets.save(ticket);
      //^^^^^^^^^^^^^^^^^^^^ 💡 PUT /tickets/{id} writes tickets and leaves ticketList as it was`).replace("@Transactional", ""),
    "a row that a method of its own has found and changed": change(
      `        Ticket ticket = renamed(id);
        ticket.setPrice(price);
        tickets.save(ticket);
      //^^^^^^^^^^^^^^^^^^^^ 💡 PUT /tickets/{id} writes tickets and leaves ticketList as it was
    }
    private Ticket renamed(Long id) {
        Ticket ticket = tickets.findById(id).orElseThrow();
        ticket.setTitle("b");
        return ticket;`,
      VIEWS,
    ).replace("@Transactional", ""),
    "a view that is made by what is not known": change(
      brought(`        ticket.setPrice(price);
      //^^^^^^^^^^^^^^^^^^^^^^ 💡 PUT /tickets/{id} writes tickets and leaves ticketList as it was`),
      VIEWS.replace("map(TicketView::of)", "map(viewMapper::toView)"),
    ),
    "a new row": change(`        Ticket ticket = new Ticket();
        ticket.setPrice(price);
        tickets.save(ticket);
      //^^^^^^^^^^^^^^^^^^^^ 💡 PUT /tickets/{id} writes tickets and leaves ticketList as it was`),
    "a statement that sets the column": change(
      `        jdbc.update("update tickets set state = ? where id = ?", price, id);
      //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 PUT /tickets/{id} writes tickets and leaves ticketList as it was`,
    ),
  },
  ignores: {
    "a column that the answer does not hang on": change(brought("        ticket.setPrice(price);\n        tickets.save(ticket);")),
    "the same, and the row is handed to what points at it": change(
      brought("        ticket.setPrice(price);\n        new Line().setTicket(ticket);\n        tickets.save(ticket);"),
    ),
    "the same without a save, and the row is shown": change(
      brought("        ticket.setPrice(price);\n        show(mapper.toDto(ticket));"),
    ),
    "in a lambda": change("        tickets.findById(id).ifPresent(ticket -> { ticket.setPrice(price); tickets.save(ticket); });"),
    "a column that the kept view of the row does not give": change(brought("        ticket.setPrice(price);"), VIEWS),
    "the same, of a row that a method of its own has found": change(
      `        Ticket ticket = ticketOrThrow(id);
        ticket.setPrice(price);
        tickets.save(ticket);
    }
    private Ticket ticketOrThrow(Long id) {
        return tickets.findById(id).orElseThrow(() -> new IllegalArgumentException("no ticket"));`,
      VIEWS,
    ),
    "the same, set by another bean": withClerk("        clerk.close(ticket);\n        tickets.save(ticket);"),
    "the same, by the caller of the private method that saves": withClerk(`        ticket.setPrice(price);
        keep(ticket);
    }
    private void keep(Ticket ticket) {
        ticket.setState("sold");
        tickets.save(ticket);`).replace("@Transactional", ""),
    "a statement that sets another column": change('        jdbc.update("update tickets set price = ? where id = ?", price, id);'),
    "an update of the repository": change(
      "        tickets.mark(id);",
      TITLES.replace(
        "List<String> titles();",
        'List<String> titles();\n  @Modifying @Query("update Ticket t set t.price = 0 where t.id = ?1") void mark(Long id);',
      ),
    ),
  },
});
