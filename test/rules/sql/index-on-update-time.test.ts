import assert from "node:assert/strict";
import { indexOnUpdateTime } from "../../../src/rules/sql/index-on-update-time.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";

const SCHEMA = `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE orders (id bigint PRIMARY KEY, code text NOT NULL, note text, updated_at timestamptz NOT NULL, version int NOT NULL);
CREATE UNIQUE INDEX orders_code ON orders (code);
CREATE INDEX orders_note ON orders (note);
`.trimEnd();

const order = (members: string, annotations = ""): string => `
//- src/main/java/shop/Order.java
package shop;
@Entity @Table(name = "orders") ${annotations}
class Order {
  @Id Long id;
  String code;
  String note;
  ${members}
}
//- src/main/java/shop/OrderRepository.java
package shop;
interface OrderRepository extends JpaRepository<Order, Long> {}
`;

const DATED = `
//- src/main/java/shop/Dated.java
package shop;
@MappedSuperclass
class Dated { private Instant updatedAt; @PreUpdate void touch() { updatedAt = Instant.now(); } }
`;
/** All fields are private. */
const closed = (more: string): string => `
//- src/main/java/shop/Order.java
package shop;
@Entity @Table(name = "orders")
class Order extends Dated {
  @Id private Long id;
  private String code;
  private String note;
  Order(String code) { this.code = code; }
  public String getCode() { return code; }
${more}
}
//- src/main/java/shop/OrderRepository.java
package shop;
interface OrderRepository extends JpaRepository<Order, Long> {}
`;

/** Spring Data sets dates in the entities that its listener hears of. */
const AUDITING = `
//- src/main/java/shop/Application.java
package shop;
@SpringBootApplication @EnableJpaAuditing class Application {}
`;
const AUDITED = "@EntityListeners(AuditingEntityListener.class)";

rule(indexOnUpdateTime, {
  reports: {
    "a date that auditing sets": `${SCHEMA}
  CREATE INDEX orders_updated ON orders (updated_at);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ each update of orders changes updated_at, which orders_updated holds
CREATE INDEX orders_note_updated ON orders (note, updated_at);
${order(
  `@LastModifiedDate Instant updatedAt;
                          //~~~~~~~~~ updatedAt is set at each update
  int version;`,
  "@EntityListeners({Mails.class, AuditingEntityListener.class})",
)}${AUDITING}`,
    "a callback in a class that listens to what the entity extends": `${SCHEMA}
  CREATE INDEX orders_updated ON orders (updated_at);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ each update of orders changes updated_at, which orders_updated holds
//- src/main/java/shop/Dated.java
package shop;
@MappedSuperclass @EntityListeners(Clock.class)
class Dated { Instant updatedAt; void setUpdatedAt(Instant at) { updatedAt = at; } }
//- src/main/java/shop/Clock.java
package shop;
class Clock {
  @PreUpdate void touch(Dated row) { row.setUpdatedAt(Instant.now()); }
                //~~~~~ touch sets updatedAt at each update
}
${order("int version;").replace("class Order {", "class Order extends Dated {")}`,
    "a callback in what the entity extends": `${SCHEMA}
  CREATE INDEX orders_note_updated ON orders (note, updated_at);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ each update of orders changes updated_at, which orders_note_updated holds
//- src/main/java/shop/Dated.java
package shop;
@MappedSuperclass
class Dated {
  Instant updatedAt;
  @PreUpdate void touch() { this.updatedAt = Instant.now(); }
                //~~~~~ touch sets updatedAt at each update
}
${order("int version;").replace("class Order {", "class Order extends Dated {")}`,
    "rows of a class that changes what its constructor has set": `${SCHEMA}
  CREATE INDEX orders_updated ON orders (updated_at);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ each update of orders changes updated_at, which orders_updated holds
${DATED}${closed("  void rename(String name) { this.note = name; }")}`,
    "a version in the columns that come along": `${SCHEMA}
  CREATE INDEX orders_covering ON orders (note) INCLUDE (version);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ each update of orders changes version, which orders_covering holds
${order("@Version int version; Instant updatedAt;")}`,
  },
  ignores: {
    // avniproject/avni-server: devices fetch what has changed since they asked last
    "a time that a query asks for": `${SCHEMA}
CREATE INDEX orders_updated ON orders (updated_at);
${order("@UpdateTimestamp Instant updatedAt;")}
//- src/main/java/shop/Changes.java
package shop;
interface Changes extends JpaRepository<Order, Long> { List<Order> findByUpdatedAtAfter(Instant since); }
`,
    "a time that a query sorts by": `${SCHEMA}
CREATE INDEX orders_updated ON orders (updated_at);
${order("@UpdateTimestamp Instant updatedAt;")}
//- src/main/java/shop/Changes.java
package shop;
interface Changes extends JpaRepository<Order, Long> { List<Order> findTop20ByOrderByUpdatedAtDesc(); }
`,
    "a date that nobody sets at each update": `${SCHEMA}
CREATE INDEX orders_updated ON orders (updated_at);
${order("Instant updatedAt;\n  @PreUpdate void touch() { if (note != null) { updatedAt = Instant.now(); } }")}`,
    "a listener that sets the date of another row, or of some": `${SCHEMA}
CREATE INDEX orders_updated ON orders (updated_at);
//- src/main/java/shop/Clock.java
package shop;
class Clock {
  Order last;
  @PreUpdate void touch(Order row) { last.setUpdatedAt(Instant.now()); if (row.note != null) { row.setUpdatedAt(Instant.now()); } }
}
${order("Instant updatedAt; void setUpdatedAt(Instant at) { updatedAt = at; }", "@EntityListeners(Clock.class)")}`,
    "auditing that nothing listens for": `${SCHEMA}
CREATE INDEX orders_updated ON orders (updated_at);
${order("@LastModifiedDate Instant updatedAt;")}${AUDITING}`,
    "auditing that nobody switches on": `${SCHEMA}
CREATE INDEX orders_updated ON orders (updated_at);
${order("@LastModifiedDate Instant updatedAt;", AUDITED)}`,
    "few indexes": `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE orders (id bigint PRIMARY KEY, code text NOT NULL, note text, updated_at timestamptz NOT NULL);
CREATE INDEX orders_updated ON orders (updated_at);
${order("@LastModifiedDate Instant updatedAt;", AUDITED)}${AUDITING}`,
    "a summary of pages, which HOT updates leave alone, and a key": `${SCHEMA}
CREATE INDEX orders_updated ON orders USING brin (updated_at);
CREATE UNIQUE INDEX orders_code_version ON orders (code, version);
${order("@LastModifiedDate Instant updatedAt; @Version int version;", AUDITED)}${AUDITING}`,
    "a key that changes, too": `${SCHEMA}
CREATE INDEX orders_updated ON orders (updated_at);
ALTER TABLE orders ADD UNIQUE (note, updated_at);
${order("@UpdateTimestamp Instant updatedAt;")}`,
    // OSGP/open-smart-grid-platform: a log of messages
    "rows of a class that changes nothing": `${SCHEMA}
CREATE INDEX orders_updated ON orders (updated_at);
${DATED}${closed("")}`,
    "rows that are never updated": `${SCHEMA}
CREATE INDEX orders_updated ON orders (updated_at);
${order("@UpdateTimestamp Instant updatedAt;", "@Immutable")}`,
  },
});

describe("sql/index-on-update-time", () => {
  it("hears of a callback whose body has changed", async () => {
    const workspace = new TestWorkspace([indexOnUpdateTime]);
    const before = order("Instant updatedAt;\n  @PreUpdate void touch() { note = code; }");
    const { files } = parseFixture(`${SCHEMA}\nCREATE INDEX orders_updated ON orders (updated_at);\n${before}`);
    await workspace.put(files);
    assert.equal(workspace.findings().length, 0);
    const file = "src/main/java/shop/Order.java";
    await workspace.put([[file, (files.get(file) ?? "").replace("note = code", "updatedAt = Instant.now()")]]);
    assert.equal(workspace.findings().length, 1);
  });
});
