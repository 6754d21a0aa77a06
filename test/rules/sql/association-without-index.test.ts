import { associationWithoutIndex } from "../../../src/rules/sql/association-without-index.ts";
import { rule } from "../../harness/rule.ts";

/** Orders and their lines, which no foreign key connects. */
const shop = (association: string, more = ""): string => `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE orders (id bigint PRIMARY KEY, note text);
CREATE TABLE lines (id bigint PRIMARY KEY, order_id bigint NOT NULL, product text);
CREATE TABLE order_tags (order_id bigint NOT NULL, tag_id bigint NOT NULL, PRIMARY KEY (tag_id, order_id));
CREATE TABLE tags (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE remarks (order_id bigint NOT NULL, remark text NOT NULL, PRIMARY KEY (remark, order_id));
//- src/main/java/shop/Line.java
package shop;
@Entity @Table(name = "lines")
class Line { @Id Long id; @ManyToOne @JoinColumn(name = "order_id") Order order; String product; }
//- src/main/java/shop/Tag.java
package shop;
@Entity @Table(name = "tags")
class Tag { @Id Long id; String name; @ManyToMany(mappedBy = "tags") Set<Order> orders; }
//- src/main/java/shop/Order.java
package shop;
@Entity @Table(name = "orders")
class Order {
  @Id Long id;
  ${association}
}${more}
`;

const LINES = '@OneToMany(mappedBy = "order") List<Line> lines;';
const TAGS = `@ManyToMany @JoinTable(name = "order_tags", joinColumns = @JoinColumn(name = "order_id"), inverseJoinColumns = @JoinColumn(name = "tag_id"))
  Set<Tag> tags;`;
const migration = (sql: string): string => `
//- src/main/resources/db/migration/V2__more.sql
${sql}`;

rule(associationWithoutIndex, {
  reports: {
    // OpenLMIS/openlmis-fulfillment: status_changes(orderid)
    "the many of a one-to-many": shop(`${LINES}
                                          //^^^^^ 💡 Order.lines is loaded by lines(order_id), and no index starts with it`),
    // reliatec-gmbh/LibreClinica: five kinds of actions, each with its properties in one table.
    "of several entities whose rows one index finds, the first": shop(
      `@OneToMany @JoinColumn(name = "order_id") List<Line> lines;
                                                     //^^^^^ 💡 Order.lines is loaded by lines(order_id), and no index starts with it`,
      `
//- src/main/java/shop/Parcel.java
package shop;
@Entity @Table(name = "orders")
class Parcel { @Id Long id; @OneToMany @JoinColumn(name = "order_id") List<Line> content; }`,
    ),
    "pairs of keys in the other order": shop(`${TAGS}
         //^^^^ 💡 Order.tags is loaded by order_tags(order_id), and no index starts with it`),
    "a collection of values": shop(`@ElementCollection @CollectionTable(name = "remarks", joinColumns = @JoinColumn(name = "order_id"))
  @Column(name = "remark") Set<String> remarks;
                                     //^^^^^^^ 💡 Order.remarks is loaded by remarks(order_id), and no index starts with it`),
    "the inverse side of a one-to-one": shop(`@OneToOne(mappedBy = "order") Line lines;
                                   //^^^^^ 💡 Order.lines is loaded by lines(order_id), and no index starts with it`),
  },
  ignores: {
    "an index": shop(LINES, migration("CREATE INDEX lines_order ON lines (order_id);")),
    "a foreign key, of which its own rule speaks": shop(
      LINES,
      migration("ALTER TABLE lines ADD CONSTRAINT lines_order_fk FOREIGN KEY (order_id) REFERENCES orders (id);"),
    ),
    "a query that asks for it, of which its own rule speaks": shop(
      LINES,
      `
//- src/main/java/shop/Lines.java
package shop;
interface Lines extends JpaRepository<Line, Long> { List<Line> findByOrderId(Long id); }`,
    ),
    "a column that the table is not known to have": shop(LINES, migration("ALTER TABLE lines RENAME COLUMN order_id TO parent_id;")),
    "a side without a mapping that is known": shop('@OneToMany(mappedBy = "basket") List<Line> lines;'),
    "an owner of which there are few": shop(LINES)
      .replaceAll("class Order ", "class OrderType ")
      .replace("Order order;", "OrderType order;")
      .replace("Set<Order>", "Set<OrderType>"),
    "a table of few rows by its migrations": shop(
      LINES,
      migration("INSERT INTO lines (id, order_id, product) VALUES (1, 1, 'a'), (2, 1, 'b'), (3, 2, 'a');"),
    ),
  },
});
