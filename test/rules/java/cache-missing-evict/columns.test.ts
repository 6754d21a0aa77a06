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
