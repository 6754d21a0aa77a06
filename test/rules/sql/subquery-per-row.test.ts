import assert from "node:assert/strict";
import { subqueryPerRow } from "../../../src/rules/sql/subquery-per-row.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";
import { shop } from "./shop.ts";

/** An entity that Hibernate selects more of than its columns. */
const club = (attributes: string, sql = "", more = "") => `${shop({ sql: `${CLUBS}${sql}` }).trimEnd()}
//- src/main/java/shop/Club.java
package shop;
import org.hibernate.annotations.Formula;
@Entity @Table(name = "clubs")
class Club {
  @Id Long id;
  String name;
${attributes}
}
${more}
`;

const CLUBS = `CREATE TABLE clubs (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE members (id bigint PRIMARY KEY, club_id bigint NOT NULL, state text NOT NULL);
`;

rule(subqueryPerRow, {
  reports: {
    "a native count": shop({
      users: `  @Query(value = "SELECT u.id, (SELECT count(*) FROM tickets t WHERE t.owner_id = u.id) FROM users u", nativeQuery = true)
  List<Object[]> counts();
               //^^^^^^ 💡 counts reads all of tickets for each row: no index leads with owner_id`,
    }),
    "JPQL, inside of another expression": shop({
      users: `  @Query("select u.email, coalesce((select max(t.createdAt) from Ticket t where t.owner = u), u.id) from User u where u.city = :city")
  List<Object[]> latest(String city);
               //^^^^^^ 💡 latest reads all of tickets for each row: no index leads with owner_id`,
    }),
    // "id" is the row's own, though members have one, too: Hibernate puts its alias before it.
    "what Hibernate counts with each row": club(`  @Formula("(SELECT COUNT(*) FROM members m WHERE m.club_id = id)")
  int memberCount;
    //^^^^^^^^^^^ 💡 memberCount reads all of members for each row: no index leads with club_id`),
    "what it counts with each row of those below a mapped superclass": club(
      "",
      "",
      `//- src/main/java/shop/Counted.java
package shop;
import org.hibernate.annotations.*;
@MappedSuperclass abstract class Counted {
  @Id Long id;
  @Formula("(select count(m.id) from members m where m.club_id = id and m.state = 'OPEN')")
  int open;
    //^^^^ 💡 open reads all of members for each row: no index leads with club_id
}
//- src/main/java/shop/Team.java
package shop;
@Entity @Table(name = "clubs") class Team extends Counted {}`,
    ),
    "what also has a value": shop({
      users: `  @Query(value = "SELECT u.id, (SELECT count(*) FROM tickets t WHERE t.owner_id = u.id AND t.code = :code) FROM users u", nativeQuery = true)
  List<Object[]> counts(String code);
               //^^^^^^ 💡 counts reads all of tickets for each row: no index leads with owner_id or code`,
    }),
    "an index on nothing but a flag": shop({
      sql: "ALTER TABLE tickets ADD closed boolean NOT NULL; CREATE INDEX by_closed ON tickets (closed);",
      users: `  @Query(value = "SELECT u.id, (SELECT count(*) FROM tickets t WHERE t.closed = true AND t.owner_id = u.id) FROM users u", nativeQuery = true)
  List<Object[]> counts();
               //^^^^^^ 💡 counts reads all of tickets for each row: no index leads with owner_id`,
    }),
  },
  applied: {
    // DataBiosphere/terra-workspace-manager: whether each application is enabled in one workspace
    "what also has a value": {
      difference: ["+ index CREATE INDEX idx_tickets_code_owner_id ON public.tickets USING btree (code, owner_id)"],
    },
    "a native count": { difference: ["+ index CREATE INDEX idx_tickets_owner_id ON public.tickets USING btree (owner_id)"] },
  },
  ignores: {
    "an index that finds what is counted": club(
      '  @Formula("(select count(*) from members m where m.club_id = id)") int memberCount;',
      "CREATE INDEX members_club ON members (club_id);",
    ),
    "a formula without a subquery": club('  @Formula("upper(name)") String title;'),
    "a subquery that asks for no row around it": club('  @Formula("(select count(*) from members)") int all;'),
    "an index": shop({
      sql: "CREATE INDEX tickets_owner ON tickets (owner_id);",
      users: `  @Query(value = "SELECT u.id, (SELECT count(*) FROM tickets t WHERE t.owner_id = u.id) FROM users u", nativeQuery = true)
  List<Object[]> counts();`,
    }),
    "one row": shop({
      users: `  @Query(value = "SELECT u.id, (SELECT count(*) FROM tickets t WHERE t.owner_id = u.id) FROM users u WHERE u.id = :id", nativeQuery = true)
  Optional<Object[]> count(UUID id);`,
    }),
    "one row by its key, whatever it is put into": shop({
      users: `  @Query(value = "SELECT u.email, (SELECT count(*) FROM tickets t WHERE t.owner_id = u.id) FROM users u WHERE u.id = :id", nativeQuery = true)
  List<Object[]> counts(UUID id);`,
    }),
    // It reads the table once and keeps what it found, as long as that fits into work_mem.
    "whether there is one": shop({
      users: `  @Query(value = "SELECT u.id, EXISTS (SELECT 1 FROM tickets t WHERE t.owner_id = u.id) FROM users u", nativeQuery = true)
  List<Object[]> withTickets();`,
    }),
    "a subquery that knows nothing of the row": shop({
      users: `  @Query(value = "SELECT u.id, (SELECT count(*) FROM tickets t WHERE t.code = :code) FROM users u", nativeQuery = true)
  List<Object[]> counts(String code);`,
    }),
    // PostgreSQL makes a join of it.
    "a subquery behind WHERE": shop({
      users: `  @Query(value = "SELECT u.id FROM users u WHERE EXISTS (SELECT 1 FROM tickets t WHERE t.owner_id = u.id)", nativeQuery = true)
  List<Object[]> withTickets();`,
    }),
    "a table that stays small": shop({
      rows: { tickets: 200 },
      users: `  @Query(value = "SELECT u.id, (SELECT count(*) FROM tickets t WHERE t.owner_id = u.id) FROM users u", nativeQuery = true)
  List<Object[]> counts();`,
    }),
  },
});

describe("the weight of a subquery per row", () => {
  const weightOf = async (rest: string): Promise<string> => {
    const text = shop({
      users: `  @Query(value = "SELECT u.id, (SELECT count(*) FROM tickets t WHERE t.owner_id = u.id) FROM users u ${rest}", nativeQuery = true)
  List<Object[]> counts();`,
    });
    const workspace = new TestWorkspace([subqueryPerRow]);
    await workspace.put(parseFixture(text).files);
    return workspace
      .findings()
      .map(({ certainty, severity }) => `${certainty} ${severity}`)
      .join();
  };

  it("is a warning for all rows, and for those of a state", async () => {
    for (const rest of ["", "WHERE u.blocked = false", "ORDER BY u.email LIMIT 50"])
      assert.equal(await weightOf(rest), "likely warning", rest);
  });

  it("is information for a short list", async () => assert.equal(await weightOf("ORDER BY u.email LIMIT 5"), "likely information"));

  // DataBiosphere/jade-data-repo
  it("is a hint for the rows of one owner, and for given keys", async () => {
    for (const rest of ["WHERE u.city = :city", "WHERE u.id IN (:ids)"]) assert.equal(await weightOf(rest), "possible hint", rest);
  });
});
