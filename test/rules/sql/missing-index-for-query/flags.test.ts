import { missingIndexForQuery } from "../../../../src/rules/sql/missing-index-for-query.ts";
import { rule } from "../../../harness/rule.ts";
import { workspace } from "../ticketShop.ts";

rule(missingIndexForQuery, {
  reports: {
    "a flag of the query's own, and a range": workspace(
      `  @Query("select t from Ticket t where t.active = true and t.expiresAt < :day")
  List<Ticket> ending(Instant day);
             //^^^^^^ 💡 ending filters tickets by active, expires_at without an index`,
    ),
    "a flag in a method's name, and an order": workspace(
      `  List<Ticket> findTop10ByActiveFalseOrderByExpiresAtAsc();
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡`,
    ),
    "a flag that the caller gives, and a range": workspace(
      `  List<Ticket> findByActiveAndExpiresAtBefore(boolean active, Instant day);
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡`,
    ),
    "the same range for rows with the flag, and for others": workspace(
      `  List<Ticket> findByActiveTrueAndExpiresAtBefore(Instant day);
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
  List<Ticket> findByActiveFalseAndExpiresAtBefore(Instant day);
             //~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ related`,
    ),
    // DSpace: one index on the time serves both
    "the same range with a flag of the caller's, and without": workspace(
      `  List<Ticket> findByActiveAndExpiresAtBefore(boolean active, Instant day);
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
  List<Ticket> findByExpiresAtBefore(Instant day);
             //~~~~~~~~~~~~~~~~~~~~~ related`,
    ),
    // openvsx: tokens that have not been notified of, and all that are active
    "rows that all queries ask for": workspace(
      `  @Query(value = "SELECT * FROM tickets WHERE active AND NOT paid AND expires_at < :day", nativeQuery = true)
  List<Ticket> unpaid(Instant day);
             //^^^^^^ 💡
  List<Ticket> findByActiveTrueAndExpiresAtBefore(Instant day);
             //~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ related`,
      "\n//- src/main/resources/db/migration/V2__more.sql\nALTER TABLE tickets ADD COLUMN paid boolean NOT NULL DEFAULT false;",
    ),
    "a flag beside a column that tells rows apart": workspace(
      `  List<Ticket> findByCodeAndActiveTrue(String code);
             //^^^^^^^^^^^^^^^^^^^^^^^ 💡`,
    ),
  },
  ignores: {
    "an index of such rows": workspace(
      "  List<Ticket> findByActiveTrueAndExpiresAtBefore(Instant day);",
      "\n//- src/main/resources/db/migration/V2__more.sql\nCREATE INDEX idx_ending ON tickets (expires_at) WHERE active;",
    ),
    "a flag and nothing else": workspace("  List<Ticket> findByActiveTrue();"),
  },
  fixes: {
    "a flag of the query's own, and a range": `
//- src/main/resources/db/migration/V2__add_index_tickets_expires_at_active.sql
CREATE INDEX idx_tickets_expires_at_active ON tickets (expires_at) WHERE active;
`,
    "a flag in a method's name, and an order": `
//- src/main/resources/db/migration/V2__add_index_tickets_expires_at_active.sql
CREATE INDEX idx_tickets_expires_at_active ON tickets (expires_at) WHERE NOT active;
`,
    "a flag that the caller gives, and a range": `
//- src/main/resources/db/migration/V2__add_index_tickets_active_expires_at.sql
CREATE INDEX idx_tickets_active_expires_at ON tickets (active, expires_at);
`,
    "the same range for rows with the flag, and for others": `
//- src/main/resources/db/migration/V2__add_index_tickets_active_expires_at.sql
CREATE INDEX idx_tickets_active_expires_at ON tickets (active, expires_at);
`,
    "the same range with a flag of the caller's, and without": `
//- src/main/resources/db/migration/V2__add_index_tickets_expires_at_active.sql
CREATE INDEX idx_tickets_expires_at_active ON tickets (expires_at, active);
`,
    "rows that all queries ask for": `
//- src/main/resources/db/migration/V3__add_index_tickets_expires_at_active.sql
CREATE INDEX idx_tickets_expires_at_active ON tickets (expires_at) WHERE active;
`,
    "a flag beside a column that tells rows apart": `
//- src/main/resources/db/migration/V2__add_index_tickets_code.sql
CREATE INDEX idx_tickets_code ON tickets (code);
`,
  },
});
