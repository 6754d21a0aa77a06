import { cartesianProduct } from "../../../src/rules/sql/cartesian-product.ts";
import { rule } from "../../harness/rule.ts";
import { shop } from "./shop.ts";

rule(cartesianProduct, {
  reports: {
    "native SQL with a comma": shop({
      tickets: `  @Query(value = "SELECT count(*) FROM tickets t, users u WHERE t.code = :code AND u.city = :city", nativeQuery = true)
  long pairs(String code, String city);
     //^^^^^ pairs pairs each row of tickets with each of users: no condition connects them`,
    }),
    "two roots in JPQL": shop({
      tickets: `  @Query("select t from Ticket t, User u where u.blocked = true")
  List<Ticket> ofBlocked();
             //^^^^^^^^^ ofBlocked pairs each row of tickets with each of users: no condition connects them`,
    }),
  },
  ignores: {
    "a condition": shop({
      tickets: `  @Query("select t from Ticket t, User u where t.owner = u and u.blocked = true")
  List<Ticket> ofBlocked();`,
    }),
    "a condition in a function": shop({
      tickets: `  @Query(value = "SELECT t.* FROM tickets t, users u WHERE lower(t.code) = lower(u.email)", nativeQuery = true)
  List<Ticket> same();`,
    }),
    "a join along an association": shop({
      tickets: `  @Query("select t from Ticket t join t.owner o where o.blocked = true")
  List<Ticket> ofBlocked();`,
    }),
    "one row beside many": shop({
      tickets: `  @Query("select t from Ticket t, User u where u.id = :id and t.createdAt > :since")
  List<Ticket> beside(UUID id, Instant since);`,
    }),
    "CROSS JOIN, which says so": shop({
      tickets: `  @Query(value = "SELECT t.* FROM tickets t CROSS JOIN users u", nativeQuery = true)
  List<Ticket> all();`,
    }),
    "a subquery that may connect them": shop({
      tickets: `  @Query("select t from Ticket t, User u where exists (select 1 from Ticket o where o.owner = u and o.code = t.code)")
  List<Ticket> connected();`,
    }),
    "names without their tables": shop({
      tickets: `  @Query(value = "SELECT * FROM tickets t, users u WHERE owner_id = u.id", nativeQuery = true)
  List<Ticket> owned();`,
    }),
  },
});
