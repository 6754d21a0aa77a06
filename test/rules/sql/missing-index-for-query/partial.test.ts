import { missingIndexForQuery } from "../../../../src/rules/sql/missing-index-for-query.ts";
import { rule } from "../../../harness/rule.ts";
import { workspace } from "../ticketShop.ts";

const more = (sql: string): string => `
//- src/main/resources/db/migration/V2__more.sql
${sql}`;

rule(missingIndexForQuery, {
  reports: {
    "an index that holds only some of the rows": workspace(
      `  Optional<Ticket> findByCode(String code);
                 //^^^^^^^^^^ 💡 findByCode filters tickets by code: idx_active holds only rows where active`,
      more("CREATE INDEX idx_active ON tickets (code) WHERE active;"),
    ),
    "an index that holds the other rows": workspace(
      `  @Query("select t from Ticket t where t.code = :code and t.active = false")
  List<Ticket> old(String code);
             //^^^ 💡 old filters tickets by code, active: idx_active holds only rows where (active = true)`,
      more("CREATE INDEX idx_active ON tickets (code) WHERE (active = true);"),
    ),
    "an index over one state, and SQL that asks for another": workspace(
      `  @Query(value = "SELECT * FROM tickets WHERE code = :code AND status = 'USED'", nativeQuery = true)
  List<Ticket> used(String code);
             //^^^^ 💡 used filters tickets by code, status: idx_issued holds only rows where status = 'ISSUED'`,
      more("CREATE INDEX idx_issued ON tickets (code) WHERE status = 'ISSUED';"),
    ),
    "an index over one state, and an enum's constant of another": workspace(
      `  @Query("select t from Ticket t where t.code = :code and t.status = shop.TicketStatus.USED")
  List<Ticket> used(String code);
             //^^^^ 💡 used filters tickets by code, status: idx_issued holds only rows where status = 'ISSUED'`,
      more("CREATE INDEX idx_issued ON tickets (code) WHERE status = 'ISSUED';"),
    ),
    "an index over what is there, and a query for what is not": workspace(
      `  @Query("select t from Ticket t where t.code = :code and t.expiresAt is null")
  List<Ticket> lasting(String code);
             //^^^^^^^ 💡`,
      more("CREATE INDEX idx_ends ON tickets (code) WHERE expires_at IS NOT NULL;"),
    ),
  },
  ignores: {
    // gridsuite/directory-server: NULL is a value that a btree finds.
    "an index behind a column that is asked for NULL": workspace(
      '  @Query("select t from Ticket t where t.owner is null and t.code = :code") List<Ticket> free(String code);',
      "\n//- src/main/resources/db/migration/V2__index.sql\nCREATE INDEX idx_tickets_owner_code ON tickets (owner_id, code);\n",
    ),
    "the same rows, or what a parameter may ask for": workspace(
      `  @Query("select t from Ticket t where t.code = :code and t.active = false") List<Ticket> old(String code);
  @Query(value = "SELECT * FROM tickets WHERE owner_id = :owner AND status = 'ISSUED'", nativeQuery = true) List<Ticket> issued(UUID owner);
  @Query(value = "SELECT * FROM tickets WHERE owner_id = :owner AND status = :status", nativeQuery = true) List<Ticket> some(UUID owner, String status);`,
      more("CREATE INDEX ON tickets (code) WHERE NOT active;\nCREATE INDEX ON tickets (owner_id) WHERE ((status)::text = 'ISSUED'::text);"),
    ),
    // A converter may store another text.
    "a constant of an enum, which may be stored otherwise": workspace(
      `  @Query("select t from Ticket t where t.code = :code and t.status = shop.TicketStatus.USED") List<Ticket> used(String code);`,
      more("CREATE INDEX ON tickets (code) WHERE status = 'U';"),
    ),
  },
});
