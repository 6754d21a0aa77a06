import { selectStar } from "../../../src/rules/sql/select-star.ts";
import { rule } from "../../harness/rule.ts";
import { shop } from "./shop.ts";

/** Seven columns. */
const WIDE = "ALTER TABLE tickets ADD COLUMN history text, ADD COLUMN price int;";

const line = (body: string): string => `
//- src/main/java/shop/Line.java
package shop;
${body}
`;

const LINE = line("interface Line { UUID getId(); String getCode(); }");

const store = (members: string): string => `${shop({ sql: WIDE })}
//- src/main/java/shop/TicketStore.java
package shop;
import org.springframework.jdbc.core.*;
@Repository
class TicketStore {
  private final JdbcTemplate jdbc;
${members}
}
`;

rule(selectStar, {
  reports: {
    "an interface of getters": `${shop({
      sql: WIDE,
      tickets: `  @Query(value = "SELECT * FROM tickets WHERE owner_id = :owner", nativeQuery = true)
  List<Line> lines(UUID owner);
           //^^^^^ 💡 lines selects all 7 columns of tickets, of which 2 are read`,
    })}${LINE}`,
    "one row with a long text that nobody reads, behind an alias": `${shop({
      sql: WIDE,
      tickets: `  @Query(value = "select t.* from tickets t join users u on u.id = t.owner_id where u.email = :email and t.code = :code", nativeQuery = true)
  Optional<Line> line(String email, String code);
               //^^^^ 💡 line selects all 7 columns of tickets, of which 2 are read`,
    })}${LINE}`,
    "columns that a constructor names": `${shop({
      sql: WIDE,
      tickets: `  @Query(value = "SELECT * FROM tickets WHERE owner_id = :owner", nativeQuery = true)
  List<Line> lines(UUID owner);
           //^^^^^ 💡 lines selects all 7 columns of tickets, of which 2 are read`,
    })}${line('class Line { private final String text; Line(@Column("code") String code, @Column("note") String note) { text = code + note; } }')}`,
    "a mapper of rows": store(`  List<Line> lines() {
    return jdbc.query("SELECT * FROM tickets WHERE price > 10", (rows, number) -> new Line(rows.getObject("id", UUID.class), rows.getString("code")));
         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ lines selects all 7 columns of tickets, of which 2 are read
  }`),
  },
  ignores: {
    "an entity, and what is not known": shop({
      sql: WIDE,
      tickets: `  @Query(value = "SELECT * FROM tickets WHERE owner_id = :owner", nativeQuery = true)
  List<Ticket> tickets(UUID owner);
  @Query(value = "SELECT * FROM tickets WHERE owner_id = :owner", nativeQuery = true)
  List<Object[]> rows(UUID owner);`,
    }),
    "more than half of the columns": `${shop({
      sql: WIDE,
      tickets: `  @Query(value = "SELECT * FROM tickets WHERE owner_id = :owner", nativeQuery = true)
  List<Line> lines(UUID owner);`,
    })}${line("record Line(UUID id, String code, String note, Instant createdAt) {}")}`,
    "a narrow table": `${shop({
      tickets: `  @Query(value = "SELECT * FROM tickets WHERE owner_id = :owner", nativeQuery = true)
  List<Line> lines(UUID owner);`,
    })}${LINE}`,
    "something that is no column of it": `${shop({
      sql: WIDE,
      tickets: `  @Query(value = "SELECT * FROM tickets WHERE owner_id = :owner", nativeQuery = true)
  List<Line> lines(UUID owner);`,
    })}${line("interface Line { UUID getId(); String getTown(); }")}`,
    // alf.io's rows, whose constructors name what they take.
    "a constructor that takes more than it keeps": `${shop({
      sql: WIDE,
      tickets: `  @Query(value = "SELECT * FROM tickets WHERE owner_id = :owner", nativeQuery = true)
  List<Line> lines(UUID owner);`,
    })}${line(`class Line {
  private final String code;
  Line(@Column("code") String code, @Column("note") String note, @Column("owner_id") UUID owner, @Column("created_at") Instant at) { this.code = code + note; }
}`)}`,
    "a property that is computed of the whole row": `${shop({
      sql: WIDE,
      tickets: `  @Query(value = "SELECT * FROM tickets WHERE owner_id = :owner", nativeQuery = true)
  List<Line> lines(UUID owner);`,
    })}${line('interface Line { UUID getId(); @Value("#{target.code + target.note}") String getCode(); }')}`,
    "other columns beside it, two tables, a row around": `${shop({
      sql: WIDE,
      tickets: `  @Query(value = "SELECT t.*, u.city FROM tickets t JOIN users u ON u.id = t.owner_id", nativeQuery = true)
  List<Line> more();
  @Query(value = "SELECT * FROM tickets t JOIN users u ON u.id = t.owner_id", nativeQuery = true)
  List<Line> both();
  @Query(value = "SELECT code FROM (SELECT * FROM tickets) t", nativeQuery = true)
  List<String> codes();`,
    })}${LINE}`,
    "a mapper that hands the row on, or counts columns": store(`  List<Line> lines() {
    return jdbc.query("SELECT * FROM tickets", (rows, number) -> read(rows));
  }
  List<Line> others() {
    return jdbc.query("SELECT * FROM tickets", (rows, number) -> new Line(rows.getObject(1)));
  }`),
  },
  fixes: {
    "an interface of getters": `
//- src/main/java/shop/TicketRepository.java
package shop;
interface TicketRepository extends JpaRepository<Ticket, UUID> {
  @Query(value = "SELECT id, code FROM tickets WHERE owner_id = :owner", nativeQuery = true)
  List<Line> lines(UUID owner);
}
`,
    "one row with a long text that nobody reads, behind an alias": `
//- src/main/java/shop/TicketRepository.java
package shop;
interface TicketRepository extends JpaRepository<Ticket, UUID> {
  @Query(value = "select t.id, t.code from tickets t join users u on u.id = t.owner_id where u.email = :email and t.code = :code", nativeQuery = true)
  Optional<Line> line(String email, String code);
}
`,
  },
});
