import { randomOrder } from "../../../src/rules/sql/random-order.ts";
import { rule } from "../../harness/rule.ts";
import { shop } from "./shop.ts";

rule(randomOrder, {
  reports: {
    "native SQL": shop({
      tickets: `  @Query(value = "SELECT * FROM tickets ORDER BY random() LIMIT 5", nativeQuery = true)
  List<Ticket> some();
             //^^^^ some gives every row of tickets a random number and sorts them`,
    }),
    JPQL: shop({
      tickets: `  @Query("select t from Ticket t order by function('random')")
  List<Ticket> shuffled(Pageable page);
             //^^^^^^^^ shuffled gives every row of tickets a random number and sorts them`,
    }),
    "rows that an index on a boolean hardly finds": shop({
      sql: "CREATE INDEX users_blocked ON users (blocked);",
      users: `  @Query(value = "SELECT * FROM users WHERE blocked = false ORDER BY random() LIMIT 5", nativeQuery = true)
  List<User> some();
           //^^^^ some gives every row of users a random number and sorts them`,
    }),
  },
  ignores: {
    "the tickets of one owner": shop({
      sql: "CREATE INDEX tickets_owner ON tickets (owner_id);",
      tickets: `  @Query(value = "SELECT * FROM tickets WHERE owner_id = :owner ORDER BY random() LIMIT 5", nativeQuery = true)
  List<Ticket> some(UUID owner);`,
    }),
    "a small table": shop({
      rows: { tickets: 900 },
      tickets: `  @Query(value = "SELECT * FROM tickets ORDER BY random() LIMIT 5", nativeQuery = true)
  List<Ticket> some();`,
    }),
    "a random value that is not sorted by": shop({
      tickets: `  @Query(value = "SELECT random() FROM tickets WHERE id = :id", nativeQuery = true)
  double draw(UUID id);`,
    }),
  },
});
