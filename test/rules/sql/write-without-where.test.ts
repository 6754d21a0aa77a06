import { writeWithoutWhere } from "../../../src/rules/sql/write-without-where.ts";
import { rule } from "../../harness/rule.ts";
import { shop } from "./shop.ts";

/** What a request reaches. */
const controller = (call: string, type = "TicketRepository"): string => `
//- src/main/java/shop/TicketController.java
package shop;
@RestController
class TicketController {
  private final ${type} tickets;
  @PostMapping("/tickets/reset")
  public void reset() { tickets.${call}; }
}
`;

const MILLIONS = { tickets: 3_000_000 };

rule(writeWithoutWhere, {
  reports: {
    "an update in JPQL": `${shop({
      rows: MILLIONS,
      tickets: `  @Modifying
  @Query("update Ticket t set t.note = null, t.code = :code")
  void forget(String code);
     //^^^^^^ forget sets note, code in all 3,000,000 rows of tickets`,
    })}${controller('forget("x")')}`,
    "a delete in SQL": `${shop({
      rows: { tickets: 200_000 },
      tickets: `  @Modifying
  @Query(nativeQuery = true, value = "DELETE FROM tickets")
  void clear();
     //^^^^^ clear deletes all 200,000 rows of tickets one by one`,
    })}${controller("clear()")}`,
    "a statement of JDBC": `${shop({ rows: MILLIONS })}
//- src/main/java/shop/TicketStore.java
package shop;
import org.springframework.jdbc.core.JdbcTemplate;
@Repository
class TicketStore {
  private final JdbcTemplate jdbc;
  void forget() { jdbc.update("UPDATE tickets SET note = ''"); }
                //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ forget sets note in all 3,000,000 rows of tickets
}
${controller("forget()", "TicketStore").trim()}
`,
    // The method that is handed the condition is silent: others give it one.
    "a statement whose condition the caller leaves empty": `${shop({ rows: MILLIONS })}
//- src/main/java/shop/TicketStore.java
package shop;
import org.springframework.jdbc.core.JdbcTemplate;
@Repository
class TicketStore {
  private final JdbcTemplate jdbc;
  void forget(String which) { jdbc.update("UPDATE tickets SET note = '' " + which); }
}
//- src/main/java/shop/TicketController.java
package shop;
@RestController
class TicketController {
  private final TicketStore tickets;
  @PostMapping("/tickets/reset")
  public void reset() { tickets.forget(""); }
                      //^^^^^^^^^^^^^^^^^^ reset sets note in all 3,000,000 rows of tickets
}
`,
  },
  ignores: {
    // A switch for all rows, a cache that is built anew, the one row of the settings: what the statements of 192 repositories mean.
    "a table of which nobody has told that it is large": `${shop({
      tickets: `  @Modifying
  @Query("update Ticket t set t.note = null")
  void forget();`,
    })}${controller("forget()")}`,
    // Samples and test helpers of waltz.
    "nothing is known to reach it": shop({
      rows: MILLIONS,
      tickets: `  @Modifying
  @Query("update Ticket t set t.note = null")
  void forget();`,
    }),
    "a table of which somebody has told that it is not": `${shop({
      rows: { tickets: 20_000 },
      tickets: `  @Modifying
  @Query("delete from Ticket")
  void clear();`,
    })}${controller("clear()")}`,
    "some of the rows": `${shop({
      rows: MILLIONS,
      tickets: `  @Modifying
  @Query("update Ticket t set t.note = null where t.note is not null")
  void forget();
  @Modifying
  @Query(nativeQuery = true, value = "DELETE FROM tickets t USING users u WHERE u.id = t.owner_id AND u.blocked")
  void clear();
  @Modifying
  @Query(nativeQuery = true, value = "UPDATE tickets SET note = u.city FROM users u WHERE u.id = owner_id")
  void copy();`,
    })}${controller("forget(); tickets.clear(); tickets.copy()")}`,
    "rows that the mapping leaves out": `${shop({
      rows: MILLIONS,
      tickets: `  @Modifying
  @Query("update Ticket t set t.note = null")
  void forget();`,
    }).replace("class Ticket {", '@SQLRestriction("note is not null")\nclass Ticket {')}${controller("forget()")}`,
    // yaci-store
    "TRUNCATE where the database knows it": `${shop({ rows: MILLIONS })}
//- src/main/java/shop/TicketStore.java
package shop;
import org.springframework.jdbc.core.JdbcTemplate;
@Repository
class TicketStore {
  private final JdbcTemplate jdbc;
  void clear(boolean mysql) {
    if (mysql) jdbc.update("DELETE FROM tickets");
    else jdbc.update("TRUNCATE TABLE tickets");
  }
}
${controller("clear(false)", "TicketStore").trim()}
`,
    "a condition that is put in at run time": `${shop({ rows: MILLIONS })}
//- src/main/java/shop/TicketStore.java
package shop;
import org.springframework.jdbc.core.JdbcTemplate;
@Repository
class TicketStore {
  private final JdbcTemplate jdbc;
  void forget(String which) { jdbc.update("UPDATE tickets SET note = '' " + which); }
}
${controller('forget(System.getProperty("which"))', "TicketStore").trim()}
`,
  },
});
