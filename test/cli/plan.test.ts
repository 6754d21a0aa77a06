import assert from "node:assert/strict";
import { plannerFiles } from "../../scripts/plannerFiles.mjs";
import { inFolder } from "./shell.ts";

const PROJECT = `
//- src/main/resources/db/migration/V1__tables.sql
CREATE TABLE tickets (id bigint PRIMARY KEY, owner_id bigint NOT NULL, status text NOT NULL, expires_at timestamptz NOT NULL);
CREATE INDEX tickets_by_status ON tickets (status);
CREATE INDEX tickets_by_status_again ON tickets (status, expires_at);
CREATE VIEW issued_tickets AS SELECT id, owner_id FROM tickets WHERE status = 'ISSUED';
//- src/main/java/a/Ticket.java
package a;
@Entity @Table(name = "tickets") class Ticket { @Id Long id; Long ownerId; String status; Instant expiresAt; }
//- src/main/java/a/TicketRepository.java
package a;
import org.springframework.data.jpa.repository.*;
interface TicketRepository extends JpaRepository<Ticket, Long> {
  List<Ticket> findByOwnerId(Long ownerId);
  @Query("select t from Ticket t where size(t.parts) > 1") List<Ticket> findLarge();
}
//- performance.yaml
version: 1
database: { tables: { tickets: { rows: 5M } } }
//- reports.sql
SELECT count(*) FROM issued_tickets WHERE owner_id = $1;
SELECT * FROM nowhere;
`;

describe("plan", function () {
  this.timeout(60_000);
  before(() => plannerFiles());

  it("shows the plans of a query before and after, the index, and what was assumed", () =>
    inFolder(PROJECT, async (folder) => {
      const { exit, out, err } = await folder.run("plan", ".", "--query", "TicketRepository.findByOwnerId");
      assert.equal(err, "");
      assert.equal(exit, 0);
      assert.match(
        out,
        /^TicketRepository\.findByOwnerId\n {2}SELECT t1\.\* FROM tickets t1 WHERE t1\.owner_id = \$1\n {2}before\n {4}Seq Scan on tickets/,
      );
      assert.match(out, /CREATE INDEX idx_tickets_owner_id ON tickets \(owner_id\);\n {4}about 125 MB/);
      assert.match(out, /1 query planned, 0 not, 1 index advised\n$/);
      assert.doesNotMatch(out, /rows in tickets: nobody/);
    }));

  it("plans everything that repositories send, as JSON, and confirms what is redundant", () =>
    inFolder(PROJECT, async (folder) => {
      const { out } = await folder.run("plan", "--format", "json");
      const report = JSON.parse(out);
      assert.deepEqual(report.untold, [{ name: "TicketRepository.findLarge", why: "size() has no fixed translation" }]);
      assert.deepEqual(report.redundant, [
        { table: "tickets", index: "tickets_by_status", by: "tickets_by_status_again", confirmed: true },
      ]);
      assert.ok(report.queries[0].before.cost > 100 * report.queries[0].after.cost);
      assert.equal(report.indexes[0].name, "idx_tickets_owner_id");
    }));

  it("says which queries are sent to another schema", () =>
    inFolder(
      `//- shop/pom.xml
<project><modelVersion>4.0.0</modelVersion><groupId>a</groupId><artifactId>shop</artifactId></project>
//- shop/src/main/resources/db/migration/V1__tables.sql
CREATE TABLE tickets (id bigserial PRIMARY KEY, code text);
//- shop/src/main/java/a/Tickets.java
package a;
import org.springframework.data.jpa.repository.*;
interface Tickets extends JpaRepository<Object, Long> {
  @Query(value = "select * from tickets where code = :code", nativeQuery = true) List<Object> coded(String code);
  @Query(value = "select count(*) from tickets", nativeQuery = true) long all();
}
//- mail/pom.xml
<project><modelVersion>4.0.0</modelVersion><groupId>a</groupId><artifactId>mail</artifactId></project>
//- mail/src/main/resources/db/migration/V1__tables.sql
CREATE TABLE mails (id bigserial PRIMARY KEY, sender text);
//- mail/src/main/java/b/Mails.java
package b;
import org.springframework.data.jpa.repository.*;
interface Mails extends JpaRepository<Object, Long> { @Query(value = "select * from mails where sender = :s", nativeQuery = true) List<Object> sent(String s); }
`,
      async (folder) => {
        const { untold, queries } = JSON.parse((await folder.run("plan", "--format", "json")).out);
        assert.equal(queries.length, 2);
        assert.deepEqual(untold, [{ name: "Mails.sent", why: "it is sent to another schema, mail/src/main/resources/db/migration" }]);
      },
    ));

  it("plans the statements of a file, through views", () =>
    inFolder(PROJECT, async (folder) => {
      const { out } = await folder.run("plan", "--sql", "reports.sql");
      assert.match(out, /reports\.sql #1\n/);
      assert.match(out, /reports\.sql #2: relation "nowhere" does not exist/);
    }));

  it("reads statistics, and says what is wrong with them", () =>
    inFolder(PROJECT, async (folder) => {
      folder.write("bad.json", "[]");
      folder.write(
        "other.json",
        JSON.stringify({ version: 1, server: 150000, relations: [{ schema: "public", name: "x", kind: "r", rows: 1, pages: 1 }] }),
      );
      folder.write(
        "few.json",
        JSON.stringify({ version: 1, server: 150000, relations: [{ schema: "public", name: "tickets", kind: "r", rows: 40, pages: 1 }] }),
      );
      const bad = await folder.run("plan", "--statistics", "bad.json");
      assert.equal(bad.exit, 2);
      assert.match(bad.err, /^performance-auditor: bad\.json is no statistics file: it is not what the export query gives: /);
      const other = await folder.run("plan", "--statistics", "other.json");
      assert.match(other.err, /other\.json knows none of the tables of the migrations/);
      const few = await folder.run("plan", "--statistics", "few.json");
      assert.match(few.out, /none that would halve the cost of a query/);
      folder.write("performance.yaml", "version: 1\nstatistics: few.json\n");
      assert.equal((await folder.run("plan")).out, few.out);
      assert.match((await folder.run("plan", "--export-query")).out, /^SELECT json_build_object\(/);
    }));

  it("says what the statements of a migration lock, on the schema before it", () =>
    inFolder(PROJECT, async (folder) => {
      const migration = "src/main/resources/db/migration/V2__more.sql";
      folder.write(
        migration,
        "ALTER TABLE tickets ALTER COLUMN expires_at TYPE date;\nALTER TABLE tickets ALTER COLUMN id TYPE numeric;\nCREATE INDEX i ON tickets (owner_id);\nCREATE TABLE a (id int);\n",
      );
      const { out, exit } = await folder.run("plan", "--migration", migration);
      assert.equal(exit, 0);
      assert.equal(
        out,
        `ALTER TABLE tickets ALTER COLUMN expires_at TYPE date
  tickets of 5,000,000 rows: ACCESS EXCLUSIVE, all rows are written anew
ALTER TABLE tickets ALTER COLUMN id TYPE numeric
  not run: cannot alter type of a column used by a view or rule
CREATE INDEX i ON tickets (owner_id)
  tickets of 5,000,000 rows: SHARE
CREATE TABLE a (id int)
  locks no table that was there before
`,
      );
      folder.write(
        "src/main/resources/db/migration/V2__more.sql",
        "CREATE TABLE parts (id int, day date NOT NULL) PARTITION BY RANGE (day);\nCREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');\n",
      );
      const later = "src/main/resources/db/migration/V3__detach.sql";
      folder.write(later, "ALTER TABLE parts DETACH PARTITION parts_1;\n");
      assert.match(
        (await folder.run("plan", "--migration", later)).out,
        /\n {2}parts of [^\n]*: ACCESS EXCLUSIVE\n {2}parts_1 of [^\n]*: ACCESS EXCLUSIVE\n/,
      );
      const { exit: other, err } = await folder.run("plan", "--migration", "reports.sql");
      assert.equal(other, 2);
      assert.equal(err, "performance-auditor: reports.sql is no migration of an ordered set\n");
    }));

  it("runs a query on rows that it makes, before and after an index", () =>
    inFolder(PROJECT, async (folder) => {
      const query = ["--query", "TicketRepository.findByOwnerId", "--prove", "--rows", "5000"];
      const { out, err, exit } = await folder.run("plan", ".", ...query);
      assert.equal(exit, 0);
      assert.match(
        err,
        /^TicketRepository\.findByOwnerId: 0 % of the rows, tickets\n(?:.*\n)*TicketRepository\.findByOwnerId: 100 % of the rows\n$/,
      );
      assert.match(
        out,
        /\nOn rows\n {2}TicketRepository\.findByOwnerId: [\d.]+ ms, \d+ pages → [\d.]+ ms, \d+ pages\n {4}made rows: 5,000 in tickets; \$1 = '\d+'::bigint\n/,
      );
      const { proofs } = JSON.parse((await folder.run("plan", ".", ...query, "--format", "json")).out);
      assert.ok(proofs[0].before.buffers > 5 * proofs[0].after.buffers);
      assert.match((await folder.run("plan", ".", "--prove")).err, /--prove needs --query or --sql/);
    }));

  it("says which query it may have been", () =>
    inFolder(PROJECT, async (folder) => {
      const { exit, err } = await folder.run("plan", ".", "--query", "TicketRepository.findByOwnrId");
      assert.equal(exit, 2);
      assert.equal(
        err,
        "performance-auditor: There is no query TicketRepository.findByOwnrId. Did you mean TicketRepository.findByOwnerId or TicketRepository.findLarge?\n",
      );
    }));
});
