import { notInSubquery } from "../../../src/rules/sql/not-in-subquery.ts";
import { rule } from "../../harness/rule.ts";
import { shop } from "./shop.ts";

rule(notInSubquery, {
  reports: {
    JPQL: shop({
      users: `  @Query("select u from User u where u.id not in (select t.owner.id from Ticket t)")
  List<User> withoutTickets();
           //^^^^^^^^^^^^^^ withoutTickets asks NOT IN of a subquery over tickets, which no anti join answers`,
    }),
    "native SQL with the word in front": shop({
      users: `  @Query(value = "SELECT * FROM users u WHERE NOT u.id IN (SELECT owner_id FROM tickets)", nativeQuery = true)
  List<User> withoutTickets();
           //^^^^^^^^^^^^^^ withoutTickets asks NOT IN of a subquery over tickets, which no anti join answers`,
    }),
  },
  ignores: {
    "NOT EXISTS": shop({
      users: `  @Query("select u from User u where not exists (select 1 from Ticket t where t.owner = u)")
  List<User> withoutTickets();`,
    }),
    "a list": shop({
      users: `  @Query("select u from User u where u.id not in :ids")
  List<User> others(List<UUID> ids);`,
    }),
    "a subquery that is asked for given values": shop({
      users: `  @Query("select u from User u where u.id not in (select t.owner.id from Ticket t where t.code in :codes)")
  List<User> withoutThese(List<String> codes);`,
    }),
    "a small table in the subquery": shop({
      rows: { tickets: 500 },
      users: `  @Query("select u from User u where u.id not in (select t.owner.id from Ticket t)")
  List<User> withoutTickets();`,
    }),
  },
});
