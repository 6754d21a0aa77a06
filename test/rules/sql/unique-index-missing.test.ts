import { uniqueIndexMissing } from "../../../src/rules/sql/unique-index-missing.ts";
import { rule } from "../../harness/rule.ts";
import { shop } from "./shop.ts";

const INDEX = "CREATE INDEX tickets_code ON tickets (code);";
const FINDER = "  Optional<Ticket> findByCode(String code);";

/** A service that asks before it saves. */
const service = (save: string): string => `
//- src/main/java/shop/TicketService.java
package shop;
@Service
class TicketService {
  private final TicketRepository tickets;
  void add(Ticket ticket, String code) {
    if (tickets.existsByCode(code)) throw new IllegalStateException(code);
    ${save}
  }
}
`;

rule(uniqueIndexMissing, {
  reports: {
    "an Optional by one column, of which nothing says that there are no two": shop({
      sql: INDEX,
      tickets: `  Optional<Ticket> findByCode(String code);
                 //^^^^^^^^^^ findByCode takes one row of tickets by code, but tickets_code is not unique`,
    }),
    "an Optional by one column, beside a question whether there is one": `${shop({
      sql: INDEX,
      tickets: `  Optional<Ticket> findByCode(String code);
                 //^^^^^^^^^^ 💡 findByCode takes one row of tickets by code, but tickets_code is not unique
  boolean existsByCode(String code);`,
    })}${service("tickets.save(ticket);")}`,
    "an Optional by one column, beside a question that nothing asks": `${shop({
      sql: INDEX,
      tickets: `  Optional<Ticket> findByCode(String code);
                 //^^^^^^^^^^ findByCode takes one row of tickets by code, but tickets_code is not unique
  boolean existsByCode(String code);`,
    })}${service("").replace("existsByCode", "findByCode")}`,
    "an index that has not been created yet": `${shop({
      sql: "create index tickets_code ON tickets (code);",
      tickets: `  Optional<Ticket> findByCode(String code);
                 //^^^^^^^^^^ 💡 findByCode takes one row of tickets by code, but tickets_code is not unique
  boolean existsByCode(String code);`,
    })}//- performance.yaml
version: 1
migrations: { applied: 1 }
`,
    "one that is unique with another column": shop({
      sql: `${INDEX} ALTER TABLE tickets ADD shard int NOT NULL DEFAULT 1, ADD UNIQUE (shard, code);`,
      tickets: `  Ticket findByCode(String code);
       //^^^^^^^^^^ findByCode takes one row of tickets by code, but tickets_code is not unique`,
    }),
    "an entity by two columns, in any order": shop({
      sql: "CREATE INDEX tickets_code ON tickets (code, owner_id);",
      tickets: `  @Query("select t from Ticket t where t.owner.id = :owner and t.code = :code")
  Ticket of(UUID owner, String code);
       //^^ of takes one row of tickets by code, owner_id, but tickets_code is not unique`,
    }),
    "another row than this one": shop({
      sql: INDEX,
      tickets: `  Optional<Ticket> findByCode(String code);
                 //^^^^^^^^^^
  Optional<Ticket> findByCodeAndIdNot(String code, UUID id);`,
    }),
    "a check in front of a save": `${shop({ sql: INDEX, tickets: "  boolean existsByCode(String code);" })}${service(
      "tickets.save(ticket);",
    ).replace(
      "    if (tickets.existsByCode(code)) throw new IllegalStateException(code);",
      `    if (tickets.existsByCode(code)) throw new IllegalStateException(code);
      //^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 existsByCode is asked before a save, but tickets_code on code of tickets is not unique`,
    )}`,
  },
  ignores: {
    // avniproject/avni-server
    "one that is unique within each tenant": shop({
      sql: `${INDEX} ALTER TABLE tickets ADD organisation_id bigint NOT NULL DEFAULT 1, ADD UNIQUE (code, organisation_id);`,
      tickets: "  Ticket findByCode(String code);",
    }),
    "one that is unique for what a policy asks": shop({
      sql: `${INDEX} ALTER TABLE tickets ADD shard int NOT NULL DEFAULT 1, ADD UNIQUE (shard, code);
CREATE POLICY own ON tickets USING (shard = current_setting('app.shard')::int); ALTER TABLE tickets ENABLE ROW LEVEL SECURITY;`,
      tickets: "  Ticket findByCode(String code);",
    }),
    "a unique index, also of fewer columns, of some rows, or of an expression": `${shop({
      sql: `${INDEX}
CREATE UNIQUE INDEX tickets_once ON tickets (code) WHERE note IS NULL;
CREATE INDEX users_email ON users (email, city);
CREATE UNIQUE INDEX users_once ON users (lower(email));`,
      tickets: FINDER,
      users: "  Optional<User> findByEmailAndCity(String email, String city);",
    })}`,
    "the mapping says that it is unique": shop({ sql: INDEX, tickets: FINDER }).replace(
      "String code;",
      "@Column(unique = true) String code;",
    ),
    // eperusteet's projects, of which several may have one number by now.
    "an index that was unique before": shop({
      sql: "CREATE UNIQUE INDEX by_code ON tickets (code);\n//- src/main/resources/db/migration/V3__lift.sql\nDROP INDEX by_code;\nCREATE INDEX by_code ON tickets (code);",
      tickets: FINDER,
    }),
    // The sagas of EDUC-STUDENT-DATA-COLLECTION-API: one of a kind that is not finished.
    "another method picks one of several": shop({
      sql: INDEX,
      tickets: `${FINDER}
  Optional<Ticket> findByCodeAndNoteNot(String code, String note);`,
    }),
    "another method takes several": shop({ sql: INDEX, tickets: `${FINDER}\n  List<Ticket> findAllByCode(String code);` }),
    "the first of several": shop({
      sql: INDEX,
      tickets: `  Optional<Ticket> findFirstByCodeOrderByCreatedAtDesc(String code);
  Ticket findTopByCode(String code);
  List<Ticket> findByCode(String code);`,
    }),
    // sql/missing-index-for-query is asked then.
    "no index is made for it": shop({ tickets: FINDER }),
    "an index that finds more": shop({
      sql: "CREATE INDEX tickets_owner ON tickets (owner_id);",
      tickets: "  Optional<Ticket> findByOwnerIdAndCode(UUID owner, String code);",
    }),
    "a constant picks the row that counts": shop({
      sql: "CREATE INDEX tickets_code ON tickets (code, note);",
      tickets: `  @Query("select t from Ticket t where t.code = :code and t.note = 'current'")
  Optional<Ticket> current(String code);`,
    }),
    "a number, and what is put together of several rows": shop({
      sql: INDEX,
      tickets: `  @Query("select max(t.createdAt) from Ticket t where t.code = :code")
  Optional<Instant> last(String code);
  long countByCode(String code);`,
    }),
    "nothing is saved behind the check": `${shop({ sql: INDEX, tickets: "  boolean existsByCode(String code);" })}${service("")}`,
    "a table that stays small": shop({ sql: INDEX, rows: { tickets: 100 }, tickets: FINDER }),
  },
  fixes: {
    "an Optional by one column, beside a question whether there is one": `
//- src/main/resources/db/migration/V3__add_index_tickets_code.sql
CREATE UNIQUE INDEX idx_tickets_code ON tickets (code);
`,
    "an index that has not been created yet": `
//- src/main/resources/db/migration/V2__more.sql
create unique index tickets_code ON tickets (code);
`,
  },
});
