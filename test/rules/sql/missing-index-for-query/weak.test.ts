import { missingIndexForQuery } from "../../../../src/rules/sql/missing-index-for-query.ts";
import { rule } from "../../../harness/rule.ts";
import { workspace } from "../ticketShop.ts";

const indexed = (columns: string, methods: string): string =>
  workspace(methods, `\n//- src/main/resources/db/migration/V2__index.sql\nCREATE INDEX tickets_found ON tickets (${columns});`);

const BY_BOTH = "  List<Ticket> findByCodeAndStatusIn(String code, Set<TicketStatus> status);";

rule(missingIndexForQuery, {
  reports: {
    // Netflix/genie: jobs(agent_hostname) beside jobs(status)
    "an index finds rows by what has few values": indexed(
      "status",
      `${BY_BOTH}
             //^^^^^^^^^^^^^^^^^^^^^ 💡 findByCodeAndStatusIn filters tickets by code, status: tickets_found knows only status, of few values`,
    ),
    // RedHatInsights/rhsm-subscriptions: tally_snapshots(snapshot_date) for the snapshots of a product and a month
    "an index finds all between two times": indexed(
      "created_at",
      `  List<Ticket> findByCodeAndCreatedAtBetween(String code, Instant from, Instant to);
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 findByCodeAndCreatedAtBetween filters tickets by code, created_at: tickets_found knows only a range of created_at`,
    ),
    "an index on a time of which one end alone is asked for": indexed(
      "created_at",
      `  @Query("select t from Ticket t where t.code = :code and t.createdAt > :since")
  List<Ticket> since(String code, Instant since);
             //^^^^^ 💡 since filters tickets by code, created_at without an index`,
    ),
    "another query that no index finds rows for speaks for it": indexed(
      "status",
      `${BY_BOTH}
  List<Ticket> findByCode(String code);
             //^^^^^^^^^^ 💡 findByCode filters tickets by code without an index`,
    ),
    // hmcts/fact-data-api: changes since a day, of all subjects or of one kind of them
    "one index on a time for who asks for a state besides":
      workspace(`  List<Ticket> findByStatusAndCreatedAtAfter(TicketStatus status, Instant since);
  List<Ticket> findByCreatedAtAfter(Instant since);
             //^^^^^^^^^^^^^^^^^^^^ 💡 findByCreatedAtAfter filters tickets by created_at without an index`),
    "an index of its own for what is waiting": workspace(`  List<Ticket> findByCreatedAtAfter(Instant since);
             //^^^^^^^^^^^^^^^^^^^^ 💡 findByCreatedAtAfter filters tickets by created_at without an index
  @Query("select t from Ticket t where t.status = 'ISSUED' and t.createdAt > :since") List<Ticket> waiting(Instant since);
                                                                                                 //^^^^^^^ 💡 waiting filters tickets by status, created_at without an index`),
    "a flag": indexed(
      "active, created_at",
      `  List<Ticket> findByCodeAndActive(String code, boolean active);
             //^^^^^^^^^^^^^^^^^^^ 💡 findByCodeAndActive filters tickets by code, active: tickets_found knows only active, of few values`,
    ),
  },
  ignores: {
    "the column of many values stands behind it": indexed("status, code", BY_BOTH),
    "the column of many values stands before it": indexed("code, status", BY_BOTH),
    "few rows may wait": indexed(
      "status",
      "  @Query(\"select t from Ticket t where t.code = :code and t.status = 'ISSUED'\") List<Ticket> waiting(String code);",
    ),
    "an index of some rows": indexed(
      "status) WHERE (active",
      "  List<Ticket> findByCodeAndStatusAndActive(String code, TicketStatus s, boolean a);",
    ),
    // thingsboard: resource(tenant_id, etag)
    "two looks into another index": indexed(
      "status); CREATE INDEX tickets_created ON tickets (created_at",
      `  @Query("select t from Ticket t where (t.createdAt = :a or t.createdAt = :b) and t.code = :code and t.status = :status")
  List<Ticket> atEither(Instant a, Instant b, String code, TicketStatus status);`,
    ),
  },
});
