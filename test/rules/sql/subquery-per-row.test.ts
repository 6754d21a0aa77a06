import { subqueryPerRow } from "../../../src/rules/sql/subquery-per-row.ts";
import { rule } from "../../harness/rule.ts";
import { shop } from "./shop.ts";

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
  },
  applied: {
    "a native count": { difference: ["+ index CREATE INDEX idx_tickets_owner_id ON public.tickets USING btree (owner_id)"] },
  },
  ignores: {
    "an index": shop({
      sql: "CREATE INDEX tickets_owner ON tickets (owner_id);",
      users: `  @Query(value = "SELECT u.id, (SELECT count(*) FROM tickets t WHERE t.owner_id = u.id) FROM users u", nativeQuery = true)
  List<Object[]> counts();`,
    }),
    "one row": shop({
      users: `  @Query(value = "SELECT u.id, (SELECT count(*) FROM tickets t WHERE t.owner_id = u.id) FROM users u WHERE u.id = :id", nativeQuery = true)
  Optional<Object[]> count(UUID id);`,
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
