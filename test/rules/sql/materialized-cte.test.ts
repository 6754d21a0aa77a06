import { materializedCte } from "../../../src/rules/sql/materialized-cte.ts";
import { rule } from "../../harness/rule.ts";
import { shop } from "./shop.ts";

const INDEX = "CREATE INDEX tickets_owner ON tickets (owner_id);";

/** A query of tickets, without what would end its text. */
const asked = (query: string): string =>
  shop({
    sql: INDEX,
    tickets: `  @Query(nativeQuery = true, value = "${query}")
  List<String> codes(UUID owner);`,
  });

rule(materializedCte, {
  reports: {
    "a column that an index leads with": shop({
      sql: INDEX,
      tickets: `  @Query(nativeQuery = true, value = "WITH shown AS MATERIALIZED (SELECT t.owner_id, t.code FROM tickets t WHERE t.note IS NOT NULL) SELECT s.code FROM shown s WHERE s.owner_id = :owner")
  List<String> codes(UUID owner);
             //^^^^^ 💡 codes makes all of shown for one owner_id: AS MATERIALIZED keeps it from tickets_owner`,
    }),
    "another name, a star, a join": shop({
      sql: INDEX,
      tickets: `  @Query(nativeQuery = true, value = "with shown as materialized (select owner_id as who, * from tickets) select s.code, u.city from shown s join users u on u.id = s.who where s.who = :owner and s.note is null")
  List<String> codes(UUID owner);
             //^^^^^ 💡 codes makes all of shown for one owner_id: AS MATERIALIZED keeps it from tickets_owner`,
    }),
  },
  ignores: {
    "PostgreSQL is free to join it": asked(
      "WITH shown AS (SELECT t.owner_id, t.code FROM tickets t) SELECT s.code FROM shown s WHERE s.owner_id = :owner",
    ),
    "it says NOT MATERIALIZED": asked(
      "WITH shown AS NOT MATERIALIZED (SELECT t.owner_id, t.code FROM tickets t) SELECT s.code FROM shown s WHERE s.owner_id = :owner",
    ),
    "it is read twice": asked(
      "WITH shown AS MATERIALIZED (SELECT t.owner_id, t.code FROM tickets t) SELECT s.code FROM shown s WHERE s.owner_id = :owner AND s.code IN (SELECT code FROM shown)",
    ),
    "few rows are found inside": asked(
      "WITH shown AS MATERIALIZED (SELECT t.owner_id, t.code FROM tickets t WHERE t.id = :id) SELECT s.code FROM shown s WHERE s.owner_id = :owner",
    ),
    "rows are grouped, cut off, locked or taken once": asked(
      "WITH a AS MATERIALIZED (SELECT owner_id, max(code) AS code FROM tickets GROUP BY owner_id) SELECT a.code FROM a WHERE a.owner_id = :owner",
    ).replace(
      "  List<String> codes",
      `  List<String> grouped(UUID owner);
  @Query(nativeQuery = true, value = "WITH b AS MATERIALIZED (SELECT owner_id, code FROM tickets LIMIT 10) SELECT code FROM b WHERE b.owner_id = :owner")
  List<String> cut(UUID owner);
  @Query(nativeQuery = true, value = "WITH c AS MATERIALIZED (SELECT owner_id, code FROM tickets FOR UPDATE) SELECT code FROM c WHERE c.owner_id = :owner")
  List<String> locked(UUID owner);
  @Query(nativeQuery = true, value = "WITH d AS MATERIALIZED (SELECT DISTINCT owner_id, code FROM tickets) SELECT code FROM d WHERE d.owner_id = :owner")
  List<String> codes`,
    ),
    "a function that counts its calls": asked(
      "WITH shown AS MATERIALIZED (SELECT t.owner_id, nextval('numbers') AS code FROM tickets t) SELECT s.code FROM shown s WHERE s.owner_id = :owner",
    ),
    "a column without an index, and one that is computed": asked(
      "WITH shown AS MATERIALIZED (SELECT t.note, lower(t.code) AS owner_id, t.code FROM tickets t) SELECT s.code FROM shown s WHERE s.note = :owner AND s.owner_id = :owner",
    ),
    "rows without it stay, too": asked(
      "WITH shown AS MATERIALIZED (SELECT t.owner_id, t.code FROM tickets t) SELECT u.city FROM users u LEFT JOIN shown s ON s.owner_id = u.id AND s.owner_id = :owner",
    ),
  },
  fixes: {
    "a column that an index leads with": `
//- src/main/java/shop/TicketRepository.java
package shop;
interface TicketRepository extends JpaRepository<Ticket, UUID> {
  @Query(nativeQuery = true, value = "WITH shown AS (SELECT t.owner_id, t.code FROM tickets t WHERE t.note IS NOT NULL) SELECT s.code FROM shown s WHERE s.owner_id = :owner")
  List<String> codes(UUID owner);
}
`,
  },
});
