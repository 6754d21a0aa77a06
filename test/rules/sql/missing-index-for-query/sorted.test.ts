import assert from "node:assert/strict";
import { missingIndexForQuery } from "../../../../src/rules/sql/missing-index-for-query.ts";
import { TestWorkspace } from "../../../harness/check.ts";
import { rule } from "../../../harness/rule.ts";
import { workspace } from "../ticketShop.ts";

const more = (sql: string): string => `
//- src/main/resources/db/migration/V2__more.sql
${sql}`;

rule(missingIndexForQuery, {
  reports: {
    "a key whose values many rows share comes first": workspace(
      `  Optional<Ticket> findFirstByCodeOrderByStatusAscExpiresAtAsc(String code);
                 //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 findFirstByCodeOrderByStatusAscExpiresAtAsc reads tickets by code in order of status, expires_at without an index`,
      more("CREATE INDEX idx_tickets_code ON tickets (code, status);"),
    ),
    "an index gives the order and knows nothing of the values": workspace(
      `  List<Ticket> findTop20ByOwnerIdOrderByCreatedAtDesc(UUID owner);
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 findTop20ByOwnerIdOrderByCreatedAtDesc looks for owner_id of tickets along idx_tickets_created`,
      more("CREATE INDEX idx_tickets_created ON tickets (created_at);"),
    ),
    "two directions, which no index of plain columns gives": workspace(
      `  List<Ticket> findTop20ByOrderByExpiresAtDescCodeAsc();
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 findTop20ByOrderByExpiresAtDescCodeAsc sorts tickets by expires_at, code without an index`,
    ),
    "two directions behind an index that begins with a state": workspace(
      `  List<Ticket> findTop20ByOrderByStatusAscCreatedAtDesc();
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 findTop20ByOrderByStatusAscCreatedAtDesc sorts tickets by status, created_at without an index`,
      more("CREATE INDEX idx_tickets_status ON tickets (status, created_at);"),
    ),
    "NULL at the other end": workspace(
      `  @Query("select t from Ticket t order by t.createdAt desc nulls last")
  List<Ticket> latest(Pageable page);
             //^^^^^^ 💡 latest sorts tickets by created_at with NULL at the other end than idx_tickets_created has it: all rows are sorted`,
      more("CREATE INDEX idx_tickets_created ON tickets (created_at);"),
    ),
    "NULL at the other end of a value's rows": workspace(
      `  @Query(value = "SELECT * FROM tickets WHERE code = :code ORDER BY used_at DESC NULLS LAST LIMIT 5", nativeQuery = true)
  List<Ticket> latest(String code);
             //^^^^^^ 💡 latest reads tickets by code in order of used_at, with NULL at the other end than idx_tickets_code has it`,
      more("ALTER TABLE tickets ADD COLUMN used_at timestamptz;\nCREATE INDEX idx_tickets_code ON tickets (code, used_at);"),
    ),
    "the last of a column is the first row in its order, behind the value that is asked for": workspace(
      `  @Query("select max(t.createdAt) from Ticket t where t.code = :code")
  Instant lastOf(String code);
        //^^^^^^ 💡 lastOf asks tickets by code for the first or last created_at without an index`,
    ),
    "the first of a whole table, or a value in its place": workspace(
      `  @Query(value = "SELECT coalesce(min(created_at), now()) FROM tickets", nativeQuery = true)
  Instant first();
        //^^^^^ 💡 first asks tickets for the first or last created_at without an index`,
    ),
  },
  applied: {
    "two directions, which no index of plain columns gives": {
      difference: ["+ index CREATE INDEX idx_tickets_expires_at_code ON public.tickets USING btree (expires_at DESC, code)"],
    },
    "NULL at the other end of a value's rows": {
      difference: ["+ index CREATE INDEX idx_tickets_code_used_at ON public.tickets USING btree (code, used_at DESC NULLS LAST)"],
    },
    "the last of a column is the first row in its order, behind the value that is asked for": {
      difference: ["+ index CREATE INDEX idx_tickets_code_created_at ON public.tickets USING btree (code, created_at)"],
    },
  },
  ignores: {
    "an index in both directions, and one that is read backwards": workspace(
      `  List<Ticket> findTop20ByOrderByExpiresAtDescCodeAsc();
  List<Ticket> findTop20ByOrderByExpiresAtAscCodeDesc();
  @Query("select t from Ticket t order by t.createdAt nulls first") List<Ticket> first(Pageable page);`,
      more(`CREATE INDEX idx_tickets_expires ON tickets (expires_at DESC, code);
CREATE INDEX idx_tickets_created ON tickets (created_at DESC NULLS LAST);`),
    ),
    "rows in the order of the first key, of which few share a value": workspace(
      "  List<Ticket> findTop20ByOrderByCreatedAtDescCodeAsc();",
      more("CREATE INDEX idx_tickets_created ON tickets (created_at);"),
    ),
    "an index that gives the order and has the values behind it": workspace(
      "  List<Ticket> findTop20ByOwnerIdOrderByCreatedAtDesc(UUID owner);",
      more("CREATE INDEX idx_tickets_created ON tickets (created_at, owner_id);"),
    ),
    "an index that gives the order of rows of which many have the value": workspace(
      "  List<Ticket> findTop20ByStatusOrderByCreatedAtDesc(String status);",
      more("CREATE INDEX idx_tickets_created ON tickets (created_at);"),
    ),
    // ministryofjustice/laa-data-claims-api: the last assessment of a claim
    "the last of the few rows of a parent": workspace(
      "  Optional<Ticket> findFirstByOwnerIdOrderByCreatedAtDesc(UUID owner);",
      more(`ALTER TABLE tickets ADD FOREIGN KEY (owner_id) REFERENCES users;
CREATE INDEX idx_tickets_owner ON tickets (owner_id);`),
    ),
    "the order of rows that a nearly unique value finds": `${workspace("")}
//- src/main/resources/db/migration/V2__more.sql
CREATE INDEX idx_users_email ON users (email);
//- src/main/java/shop/UserRepository.java
package shop;
interface UserRepository extends JpaRepository<User, UUID> { Optional<User> findFirstByEmailOrderByCityDesc(String email); }
`.replace("email text NOT NULL UNIQUE", "email text NOT NULL"),
    "few rows found by another index": workspace(
      "  List<Ticket> findTop20ByOwnerIdOrderByCreatedAtDesc(UUID owner);",
      more("CREATE INDEX idx_tickets_created ON tickets (created_at); CREATE INDEX idx_tickets_owner ON tickets (owner_id);"),
    ),
    "an index in whose order the last one stands": workspace(
      `  @Query("select max(t.createdAt) from Ticket t where t.code = :code")
  Instant lastOf(String code);`,
      more("CREATE INDEX idx_tickets_code ON tickets (code, created_at);"),
    ),
    "the few rows of a value, which an index finds": workspace(
      `  @Query("select max(t.createdAt) from Ticket t where t.code = :code")
  Instant lastOf(String code);`,
      more("CREATE INDEX idx_tickets_code ON tickets (code);"),
    ),
    "the last of each code, and the last beside the number of rows": workspace(
      `  @Query("select max(t.createdAt) from Ticket t group by t.code")
  List<Instant> lastOfEach();
  @Query("select max(t.createdAt), count(t) from Ticket t")
  Object[] lastAndAll();`,
    ),
    // CatalogueOfLife/backend: dataset_import (dataset_key, attempt) is its key, and the last attempt is asked for
    "keys behind those that tell rows apart": workspace(
      "  Optional<Ticket> findFirstByCodeOrderByCreatedAtDescExpiresAtDesc(String code);",
      more("CREATE UNIQUE INDEX idx_tickets_code ON tickets (code, created_at);"),
    ),
    "rows that come in the order of the first key": workspace(
      "  Optional<Ticket> findFirstByCodeOrderByCreatedAtDescExpiresAtDesc(String code);",
      more("CREATE INDEX idx_tickets_code ON tickets (code, created_at);"),
    ),
  },
  fixes: {
    "NULL at the other end": `
//- src/main/java/shop/TicketRepository.java
package shop;
interface TicketRepository extends JpaRepository<Ticket, UUID> {
  @Query("select t from Ticket t order by t.createdAt desc")
  List<Ticket> latest(Pageable page);
}
`,
  },
});

const weightOf = async (method: string): Promise<string> => {
  const files = workspace(method)
    .split(/^\/\/- /m)
    .slice(1);
  const tested = new TestWorkspace([missingIndexForQuery]);
  await tested.put(files.map((file) => [file.slice(0, file.indexOf("\n")), file.slice(file.indexOf("\n") + 1)]));
  return tested
    .findings()
    .map(({ certainty, severity }) => `${certainty} ${severity}`)
    .join();
};

// tmfg/digitraffic-road asks lists of codes when they were changed last.
it("the last of all rows, or of those of a state, is a hint", async () => {
  const lastOf = (where: string): Promise<string> =>
    weightOf(`  @Query("select max(t.createdAt) from Ticket t ${where}")\n  Instant lastOf(String value);`);
  assert.equal(await lastOf(""), "possible hint");
  assert.equal(await lastOf("where t.status = :value"), "possible hint");
  assert.equal(await lastOf("where t.code = :value"), "likely information");
});

// mousko667/FINAL-PROJECT- keeps one row of settings, and takes the oldest in case there are more.
it("the oldest of all rows is a hint, the oldest of some and the newest are none", async () => {
  const firstOf = (method: string): Promise<string> => weightOf(`  Optional<Ticket> ${method};`);
  assert.equal(await firstOf("findFirstByOrderByCreatedAtAsc()"), "possible hint");
  assert.equal(await firstOf("findFirstByOrderByCreatedAtDesc()"), "likely information");
  assert.equal(await firstOf("findFirstByCodeOrderByCreatedAtAsc(String code)"), "likely information");
});
