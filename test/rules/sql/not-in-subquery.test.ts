import { notInSubquery } from "../../../src/rules/sql/not-in-subquery.ts";
import { rule } from "../../harness/rule.ts";
import { shop } from "./shop.ts";

rule(notInSubquery, {
  reports: {
    JPQL: shop({
      users: `  @Query("select u from User u where u.id not in (select t.owner.id from Ticket t)")
  List<User> withoutTickets();
           //^^^^^^^^^^^^^^ 💡 withoutTickets asks NOT IN of a subquery over tickets, which no anti join answers`,
    }),
    "SQL in several literals, the column without its table, alternatives in the subquery": shop({
      users: `  @Modifying @Query(nativeQuery = true, value =
      "DELETE FROM users "
      + "WHERE id NOT IN (SELECT DISTINCT(owner_id) FROM tickets WHERE code LIKE 'a%' OR note IS NULL) "
      + "AND blocked")
  void purge();
     //^^^^^ 💡`,
    }),
    "a constant": shop({
      users: `  String UNUSED =
      "SELECT id FROM users " // whoever has bought nothing
      + "WHERE id NOT IN (SELECT DISTINCT(owner_id) FROM tickets) FOR UPDATE";
  @Query(value = UNUSED, nativeQuery = true)
  Set<UUID> unused();
          //^^^^^^ 💡`,
    }),
    "a constant that is part of others": shop({
      users: `  String UNUSED = "SELECT id FROM users u WHERE u.id NOT IN (SELECT t.owner_id FROM tickets t)";
  @Query(value = UNUSED + " ORDER BY u.id", nativeQuery = true)
  List<UUID> sorted();
           //^^^^^^`,
    }),
    "NULLs that the subquery leaves out": shop({
      sql: "ALTER TABLE tickets ADD COLUMN seller_id uuid;",
      users: `  @Query(nativeQuery = true, value = """
      SELECT * FROM users u
      WHERE u.id NOT IN (
        SELECT t.seller_id FROM tickets t
        WHERE t.seller_id IS NOT NULL
      )
      """)
  List<User> withoutSales();
           //^^^^^^^^^^^^ 💡`,
    }),
    "what NOT EXISTS would not find the same for": shop({
      sql: "ALTER TABLE tickets ADD COLUMN seller_id uuid;",
      users: `  @Query(nativeQuery = true, value = "SELECT * FROM users u WHERE u.id NOT IN (SELECT t.seller_id FROM tickets t)")
  List<User> withNull();
           //^^^^^^^^
  @Query("select u.id from Ticket t left join t.owner u where u.id not in (select i.owner.id from Ticket i)")
  List<UUID> joined();
           //^^^^^^
  @Query(nativeQuery = true, value = "SELECT * FROM users u WHERE u.city NOT IN (SELECT t.code FROM tickets t)")
  List<User> nullOutside();
           //^^^^^^^^^^^
  @Query(nativeQuery = true, value = "SELECT * FROM users u WHERE u.id NOT IN (SELECT owner_id FROM tickets a JOIN tickets b ON a.code = b.note)")
  List<User> anyTable();
           //^^^^^^^^
  @Query(nativeQuery = true, value = "SELECT * FROM users WHERE id NOT IN (SELECT max(owner_id) FROM tickets GROUP BY code)")
  List<User> groups();
           //^^^^^^
  @Query(nativeQuery = true, value = "SELECT * FROM users t WHERE t.id NOT IN (SELECT t.owner_id FROM tickets t)")
  List<User> sameName();
           //^^^^^^^^`,
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
  fixes: {
    JPQL: `
//- src/main/java/shop/UserRepository.java
package shop;
interface UserRepository extends JpaRepository<User, UUID> {
  @Query("select u from User u where not exists (select 1 from Ticket t where t.owner.id = u.id)")
  List<User> withoutTickets();
}
`,
    "SQL in several literals, the column without its table, alternatives in the subquery": `
//- src/main/java/shop/UserRepository.java
package shop;
interface UserRepository extends JpaRepository<User, UUID> {
  @Modifying @Query(nativeQuery = true, value =
      "DELETE FROM users "
      + "WHERE NOT EXISTS (SELECT 1 FROM tickets WHERE (code LIKE 'a%' OR note IS NULL) AND owner_id = users.id) "
      + "AND blocked")
  void purge();
}
`,
    "a constant": `
//- src/main/java/shop/UserRepository.java
package shop;
interface UserRepository extends JpaRepository<User, UUID> {
  String UNUSED =
      "SELECT id FROM users " // whoever has bought nothing
      + "WHERE NOT EXISTS (SELECT 1 FROM tickets WHERE owner_id = users.id) FOR UPDATE";
  @Query(value = UNUSED, nativeQuery = true)
  Set<UUID> unused();
}
`,
    "NULLs that the subquery leaves out": `
//- src/main/java/shop/UserRepository.java
package shop;
interface UserRepository extends JpaRepository<User, UUID> {
  @Query(nativeQuery = true, value = """
      SELECT * FROM users u
      WHERE NOT EXISTS (
        SELECT 1 FROM tickets t
        WHERE t.seller_id IS NOT NULL AND t.seller_id = u.id
      )
      """)
  List<User> withoutSales();
}
`,
  },
});
