import { unionWithoutDuplicates } from "../../../src/rules/sql/union-without-duplicates.ts";
import { rule } from "../../harness/rule.ts";
import { shop } from "./shop.ts";

const native = (sql: string, method: string): string => `  @Query(nativeQuery = true, value = "${sql}")\n  ${method}`;

rule(unionWithoutDuplicates, {
  reports: {
    "a constant tells the arms apart, keys the rows of each": shop({
      tickets: `  @Query(nativeQuery = true, value = """
      SELECT 'ticket' AS kind, t.id, t.code AS name FROM tickets t
      UNION
      SELECT 'user', u.id, u.email FROM users u
      ORDER BY name LIMIT 20
      """)
  List<Object[]> names();
               //^^^^^ 💡 names joins rows of tickets by UNION to others, from which all of them differ`,
    }),
    "rows of an arm differ by DISTINCT and by what it groups": shop({
      tickets: `${native("select 1, t.code from tickets t group by t.code union select 2, u.email from users u group by u.email union select distinct 3, note from tickets", "List<Object[]> texts();")}
               //^^^^^ 💡`,
    }),
    "IN of a UNION": shop({
      users: `  @Query("select u from User u where u.city = :city and u.id in (select t.owner.id from Ticket t union select t.id from Ticket t where t.note is null)")
  List<User> known(String city);
           //^^^^^ 💡 known asks IN of a UNION over tickets, all of whose rows are read first`,
    }),
  },
  ignores: {
    "UNION ALL, other operators, and both": shop({
      tickets: [
        native("select 'a', id from tickets union all select 'b', id from users", "List<Object[]> all();"),
        native("select 'a', id from tickets intersect select 'b', id from users", "List<Object[]> both();"),
        native(
          "select 'a', id from tickets union select 'b', id from users union all select 'c', id from users",
          "List<Object[]> mixed();",
        ),
      ].join("\n"),
    }),
    "the same constant, none, and constants of different columns": shop({
      tickets: [
        native("select 'a', id from tickets union select 'a', id from users", "List<Object[]> same();"),
        native("select id from tickets union select id from users", "List<UUID> none();"),
        native("select 'a', t.code, t.id from tickets t union select u.email, 'b', u.id from users u", "List<Object[]> elsewhere();"),
        native("select 1, id from tickets union select 1.0, id from users", "List<Object[]> equal();"),
        native("select 1, id from tickets union select '01', id from users", "List<Object[]> read();"),
      ].join("\n"),
    }),
    "rows of an arm that may come twice: no key, a key of two joined tables, a star, a function, NULL in a key": shop({
      sql: "CREATE TABLE marks (code text UNIQUE, name text);",
      tickets: [
        native("select 'a', t.code from tickets t union select 'b', u.email from users u", "List<Object[]> noKey();"),
        native(
          "select 'a', t.id from tickets t join users u on u.city = t.code union select 'b', u.id from users u",
          "List<Object[]> joined();",
        ),
        native("select 'a', t.* from tickets t union select 'b', t.* from tickets t", "List<Object[]> star();"),
        native(
          "select 'a', t.id, unnest(:x) from tickets t union select 'b', t.id, t.code from tickets t",
          "List<Object[]> several(String x);",
        ),
        native("select 'a', code from marks union select 'b', m.code from marks m", "List<Object[]> unknown();"),
        native(
          "select distinct on (code) 'a', note from tickets t union select 'b', email from users group by email",
          "List<Object[]> first();",
        ),
      ].join("\n"),
    }),
    "one row of each arm, and few rows": shop({
      rows: { tickets: 100 },
      users: [
        native("select 'a', count(*) from users union select 'b', count(*) from users", "List<Object[]> counts();"),
        native("select 'a', t.id from tickets t union select 'b', u.id from users u", "List<Object[]> few();"),
      ].join("\n"),
    }),
    "what is reached step by step ends by UNION": shop({
      users: native(
        "with recursive r as (select 'a' as kind, id from users union select 'b', t.id from tickets t join r on r.id = t.owner_id) select id from r",
        "List<UUID> reached();",
      ),
    }),
    "a list for given values, one that is cut off, and NOT IN": shop({
      users: `  @Query("select u from User u where u.id in (select t.owner.id from Ticket t where t.code = :code union select t.id from Ticket t)")
  List<User> given(String code);
${native("select * from users where id in (select owner_id from tickets union select id from tickets limit 9)", "List<User> first();")}
${native("select * from users where id not in (select owner_id from tickets union select id from tickets)", "List<User> others();")}`,
    }),
  },
  fixes: {
    "a constant tells the arms apart, keys the rows of each": `
//- src/main/java/shop/TicketRepository.java
package shop;
interface TicketRepository extends JpaRepository<Ticket, UUID> {
  @Query(nativeQuery = true, value = """
      SELECT 'ticket' AS kind, t.id, t.code AS name FROM tickets t
      UNION ALL
      SELECT 'user', u.id, u.email FROM users u
      ORDER BY name LIMIT 20
      """)
  List<Object[]> names();
}
`,
    "rows of an arm differ by DISTINCT and by what it groups": `
//- src/main/java/shop/TicketRepository.java
package shop;
interface TicketRepository extends JpaRepository<Ticket, UUID> {
  @Query(nativeQuery = true, value = "select 1, t.code from tickets t group by t.code union all select 2, u.email from users u group by u.email union all select distinct 3, note from tickets")
  List<Object[]> texts();
}
`,
    "IN of a UNION": `
//- src/main/java/shop/UserRepository.java
package shop;
interface UserRepository extends JpaRepository<User, UUID> {
  @Query("select u from User u where u.city = :city and u.id in (select t.owner.id from Ticket t union all select t.id from Ticket t where t.note is null)")
  List<User> known(String city);
}
`,
  },
});
