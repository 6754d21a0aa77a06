import { missingIndexForQuery } from "../../../../src/rules/sql/missing-index-for-query.ts";
import { rule } from "../../../harness/rule.ts";
import { workspace } from "../ticketShop.ts";

const desk = (body: string): string => `
//- src/main/java/shop/Desk.java
package shop;
class Desk { TicketRepository tickets;
${body}
}`;

const OPEN = '  @Query("select t from Ticket t where t.active = true")\n  Page<Ticket> open(Pageable page);\n';

rule(missingIndexForQuery, {
  reports: {
    "the order of the only call": workspace(
      `  @Query("select t from Ticket t")
  Page<Ticket> some(Pageable page);
             //^^^^ 💡 some sorts tickets by created_at without an index`,
      desk('  Page<Ticket> show() { return tickets.some(PageRequest.of(0, 20, Sort.by("createdAt").descending())); }'),
    ),
    "the order that all calls ask for, behind a filter": workspace(
      `  Page<Ticket> findByCode(String code, Pageable page);
             //^^^^^^^^^^ 💡 findByCode reads tickets by code in order of expires_at, created_at without an index`,
      desk(`  Page<Ticket> show(String code, int page) { return tickets.findByCode(code, PageRequest.of(page, 20, Sort.by("expiresAt", "createdAt"))); }
  Page<Ticket> first(String code) { Pageable first = PageRequest.of(0, 1, Sort.by("expiresAt", "createdAt")); return tickets.findByCode(code, first); }`),
    ),
  },
  ignores: {
    "an index in that order": workspace(
      OPEN,
      `${desk('  Page<Ticket> show() { return tickets.open(PageRequest.of(0, 20, Sort.by("createdAt"))); }')}
//- src/main/resources/db/migration/V2__index.sql
CREATE INDEX idx_tickets_created ON tickets (created_at);`,
    ),
    "calls that ask for different orders": workspace(
      OPEN,
      desk(`  Page<Ticket> show() { return tickets.open(PageRequest.of(0, 20, Sort.by("createdAt"))); }
  Page<Ticket> other() { return tickets.open(PageRequest.of(0, 20, Sort.by("expiresAt"))); }`),
    ),
    "an order that the request decides, at one of the calls": workspace(
      OPEN,
      desk(`  Page<Ticket> show() { return tickets.open(PageRequest.of(0, 20, Sort.by("createdAt"))); }
  Page<Ticket> other(Pageable page) { return tickets.open(page); }`),
    ),
    "an order by what is another table's": workspace(
      OPEN,
      desk('  Page<Ticket> show() { return tickets.open(PageRequest.of(0, 20, Sort.by("owner"))); }'),
    ),
    "no order": workspace(OPEN, desk("  Page<Ticket> show() { return tickets.open(PageRequest.of(0, 20)); }")),
  },
});
