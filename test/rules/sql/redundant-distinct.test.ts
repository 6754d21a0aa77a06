import { redundantDistinct } from "../../../src/rules/sql/redundant-distinct.ts";
import { rule } from "../../harness/rule.ts";
import { shop } from "./shop.ts";

/** Orders with collections of entities, of keys in a table between, and of plain values. */
const orders = (methods: string, hibernate = "6.6.1.Final"): string => `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE orders (id uuid PRIMARY KEY, owner_id uuid NOT NULL, note text);
CREATE TABLE items (id uuid PRIMARY KEY, order_id uuid NOT NULL REFERENCES orders (id), name text NOT NULL);
//- pom.xml
<project><groupId>a</groupId><artifactId>b</artifactId><version>1</version><dependencies><dependency>
<groupId>org.hibernate.orm</groupId><artifactId>hibernate-core</artifactId><version>${hibernate}</version></dependency></dependencies></project>
//- src/main/java/shop/Order.java
package shop;
@Entity @Table(name = "orders")
class Order {
  @Id UUID id;
  String note;
  @Column(name = "owner_id") UUID owner;
  @OneToMany(mappedBy = "order") List<Item> items;
  @ManyToMany @JoinTable(name = "order_marks") List<Mark> marks;
  @ElementCollection List<String> codes;
}
//- src/main/java/shop/Item.java
package shop;
@Entity @Table(name = "items")
class Item { @Id UUID id; @ManyToOne @JoinColumn(name = "order_id") Order order; String name; }
//- src/main/java/shop/Mark.java
package shop;
@Entity
class Mark { @Id UUID id; }
//- src/main/java/shop/OrderRepository.java
package shop;
interface OrderRepository extends JpaRepository<Order, UUID> {
${methods}
}
`;

rule(redundantDistinct, {
  reports: {
    "rows that a collection doubles, page by page":
      orders(`  @Query("select distinct o from Order o left join o.items i where i.name like %:name% or o.note like %:name%")
  Page<Order> searched(String name, Pageable page);
            //^^^^^^^^ searched takes the first of orders behind DISTINCT: all rows that the join has doubled are sorted for each page`),
    "whole rows of one table": shop({
      tickets: `  @Query("select distinct t from Ticket t where t.code like :code")
  List<Ticket> startingWith(String code);
             //^^^^^^^^^^^^ 💡 startingWith asks for different rows of tickets, which differ anyway`,
    }),
    "what is joined has one row for each": shop({
      tickets: `  @Query("""
      SELECT DISTINCT t
      FROM Ticket t JOIN FETCH t.owner o
      WHERE o.city = :city
      """)
  Page<Ticket> ofCity(String city, Pageable page);
             //^^^^^^ 💡 ofCity asks for different rows of tickets, which differ anyway`,
    }),
    "a collection that Hibernate 6 puts together":
      orders(`  @Query("select distinct o " + "from Order o left join fetch o.items i where i.name = :name")
  List<Order> withItem(String name);
            //^^^^^^^^ 💡 withItem asks for different rows of orders: with what it fetches all of them differ`),
    "no schema of ours": `
//- src/main/java/shop/Visit.java
package shop;
@Entity
class Visit { @Id UUID id; String page; }
//- src/main/java/shop/VisitRepository.java
package shop;
interface VisitRepository extends JpaRepository<Visit, UUID> {
  @Query("select distinct v from Visit v order by v.page")
  List<Visit> byPage();
            //^^^^^^ 💡 byPage asks for different rows of visit, which differ anyway
}
`,
    "IN of different values": shop({
      users: `  @Query("select u from User u where u.city = :city and u.id in (select distinct t.owner.id from Ticket t)")
  List<User> withTickets(String city);
           //^^^^^^^^^^^ 💡 withTickets asks IN of different values of tickets, all of which are looked up first`,
    }),
    "rows that are counted": shop({
      tickets: `  @Query("select count(distinct t) from Ticket t join t.owner o where o.city like :city")
  long ofCity(String city);
     //^^^^^^ 💡 ofCity counts different rows of tickets, which differ anyway`,
    }),
    "keys that are counted, native": shop({
      tickets: `  @Query(nativeQuery = true, value = "SELECT COUNT( DISTINCT(id)) FROM tickets WHERE note LIKE :note")
  long noted(String note);
     //^^^^^ 💡`,
    }),
    "native SQL, the word without a blank": shop({
      users: `  @Query(nativeQuery = true, value = "SELECT DISTINCT u.city FROM users u WHERE u.id NOT IN (SELECT DISTINCT(owner_id) FROM tickets) " // all
      + "AND u.id IN (SELECT DISTINCT(owner_id) FROM tickets)")
  List<String> cities();
             //^^^^^^ 💡`,
    }),
  },
  ignores: {
    "a column, no DISTINCT": shop({
      tickets: `  @Query("select distinct t.code from Ticket t")
  List<String> codes();
  @Query("select t from Ticket t")
  List<Ticket> every();`,
    }),
    "counted values that may come twice: no key, rows that a join doubles, a condition on the others, two of a group":
      orders(`  @Query("select count(distinct o.note) from Order o")
  long notes();
  @Query("select count(distinct o) from Order o join o.items i")
  long withItems();
  @Query(nativeQuery = true, value = "select count(distinct o.id) from orders o join items i on i.order_id = o.id")
  long withItemsToo();
  @Query("select count(distinct o.id) from Order o group by o.note")
  List<Long> ofNotes();`),
    "other entities than that of FROM, and two in FROM": shop({
      tickets: `  @Query("select distinct o from Ticket t join t.owner o")
  List<User> owners();
  @Query("select distinct t from Ticket t, User u where u.email = t.code")
  List<Ticket> codesOfUsers();`,
    }),
    "one row": shop({
      tickets: `  @Query("select distinct t from Ticket t where t.id = :id")
  Optional<Ticket> one(UUID id);`,
    }),
    "few rows": shop({
      rows: { tickets: 300 },
      tickets: `  @Query("select distinct t from Ticket t")
  List<Ticket> every();`,
    }),
    "a collection that is only joined, of all rows, or of the few that have a value":
      orders(`  @Query("select distinct o from Order o join o.items i where i.name like :name")
  List<Order> withItem(String name);
  @Query("select distinct o from Order o join o.items i where i.name = :name")
  Page<Order> withThatItem(String name, Pageable page);
  @Query("select distinct o from Order o join o.items i where i.name like :name and o.owner = :owner")
  Page<Order> ofOwner(UUID owner, String name, Pageable page);`),
    "a collection, and an entity graph, for Hibernate 5": orders(
      `  @Query("select distinct o from Order o join fetch o.items")
  List<Order> withItems();
  @EntityGraph(attributePaths = "items") @Query("select distinct o from Order o")
  List<Order> graph();`,
      "5.6.15.Final",
    ),
    "a page of them, whose count is worked out from the statement":
      orders(`  @Query("select distinct o from Order o left join fetch o.items")
  Page<Order> page(Pageable page);`),
    "values, and pairs of keys, that may come twice in a list": orders(`  @Query("select distinct o from Order o left join fetch o.codes")
  List<Order> withCodes();
  @Query("select distinct o from Order o left join fetch o.marks")
  List<Order> withMarks();`),
    "different values of what is asked for given ones": shop({
      users: `  @Query("select u from User u where u.id in (select distinct t.owner.id from Ticket t where t.code = :code)")
  List<User> withTicket(String code);
  @Query("select u from User u where u.id in (select distinct t.owner.id from Ticket t join t.owner o where o.email = :email)")
  List<User> ofOwner(String email);`,
    }),
    "the first different values, DISTINCT ON, and NOT IN, whose hash table is smaller for it": shop({
      users: `  @Query(nativeQuery = true, value = "SELECT * FROM users u WHERE u.id IN (SELECT DISTINCT owner_id FROM tickets ORDER BY owner_id LIMIT 9)")
  List<User> first();
  @Query(nativeQuery = true, value = "SELECT * FROM users u WHERE u.id IN (SELECT DISTINCT ON (code) owner_id FROM tickets ORDER BY code, created_at)")
  List<User> firstOfCode();
  @Query(nativeQuery = true, value = "SELECT * FROM users u WHERE u.id NOT IN (SELECT DISTINCT owner_id FROM tickets)")
  List<User> others();`,
    }),
  },
  fixes: {
    "whole rows of one table": `
//- src/main/java/shop/TicketRepository.java
package shop;
interface TicketRepository extends JpaRepository<Ticket, UUID> {
  @Query("select t from Ticket t where t.code like :code")
  List<Ticket> startingWith(String code);
}
`,
    "what is joined has one row for each": `
//- src/main/java/shop/TicketRepository.java
package shop;
interface TicketRepository extends JpaRepository<Ticket, UUID> {
  @Query("""
      SELECT t
      FROM Ticket t JOIN FETCH t.owner o
      WHERE o.city = :city
      """)
  Page<Ticket> ofCity(String city, Pageable page);
}
`,
    "a collection that Hibernate 6 puts together": `
//- src/main/java/shop/OrderRepository.java
package shop;
interface OrderRepository extends JpaRepository<Order, UUID> {
  @Query("select o " + "from Order o left join fetch o.items i where i.name = :name")
  List<Order> withItem(String name);
}
`,
    "rows that are counted": `
//- src/main/java/shop/TicketRepository.java
package shop;
interface TicketRepository extends JpaRepository<Ticket, UUID> {
  @Query("select count(t) from Ticket t join t.owner o where o.city like :city")
  long ofCity(String city);
}
`,
    "keys that are counted, native": `
//- src/main/java/shop/TicketRepository.java
package shop;
interface TicketRepository extends JpaRepository<Ticket, UUID> {
  @Query(nativeQuery = true, value = "SELECT COUNT( (id)) FROM tickets WHERE note LIKE :note")
  long noted(String note);
}
`,
    "native SQL, the word without a blank": `
//- src/main/java/shop/UserRepository.java
package shop;
interface UserRepository extends JpaRepository<User, UUID> {
  @Query(nativeQuery = true, value = "SELECT DISTINCT u.city FROM users u WHERE u.id NOT IN (SELECT DISTINCT(owner_id) FROM tickets) " // all
      + "AND u.id IN (SELECT (owner_id) FROM tickets)")
  List<String> cities();
}
`,
  },
});
