import assert from "node:assert/strict";
import { GivenConstants } from "../../src/planner/givenConstants.ts";
import { queriesBySchema } from "../../src/planner/inventory.ts";
import { modelOf } from "../harness/model.ts";

/** Orders that wait have an index of their own; what asks for them, and what calls it. */
const shop = (query: string, calls: string, column = "status text NOT NULL") => `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE orders (id bigint PRIMARY KEY, ${column}, code text NOT NULL);
CREATE INDEX orders_open ON orders (code) WHERE status = 'OPEN';
//- src/main/java/shop/Order.java
package shop;
@Entity @Table(name = "orders") class Order { @Id Long id; @Enumerated(EnumType.STRING) Status status; String code; }
//- src/main/java/shop/Status.java
package shop;
enum Status { OPEN, CLOSED }
//- src/main/java/shop/Orders.java
package shop;
interface Orders extends JpaRepository<Order, Long> { ${query} }
//- src/main/java/shop/Service.java
package shop;
class Service { private static final String STATE = "OPEN"; Orders orders; ${calls} }
`;

async function sqlOf(fixture: string): Promise<string> {
  const model = await modelOf(fixture);
  const [known] = queriesBySchema(model);
  assert.ok(known !== undefined);
  const [schema, queries] = known;
  const [first] = queries;
  assert.ok(first !== undefined);
  const sql = new GivenConstants([first.query], schema, model).applied(first.query, model.persistence.sqlOf(first.query, schema));
  assert.ok(sql.ok);
  return sql.sql.replace(/^.* WHERE /i, "");
}

describe("constants that calls give", () => {
  const BY_NAME = "List<Order> findByStatusAndCode(Status status, String code);";
  const CASES: Readonly<Record<string, readonly [fixture: string, where: string]>> = {
    "all calls the same": [
      shop(
        BY_NAME,
        'List<Order> a(String c) { return orders.findByStatusAndCode(Status.OPEN, c); } Object b() { return orders.findByStatusAndCode(Status.OPEN, "1"); }',
      ),
      "(t1.status = 'OPEN') AND (t1.code = $1)",
    ],
    "a text in a constant": [
      shop(
        '@Query(value = "SELECT * FROM orders o WHERE o.code = :code AND o.status = :state", nativeQuery = true) List<Order> in(@Param("state") String s, @Param("code") String c);',
        "List<Order> a(String c) { return orders.in(STATE, c); }",
      ),
      "o.code = $1 AND o.status = 'OPEN'",
    ],
    "one call another": [
      shop(
        BY_NAME,
        "List<Order> a(Status s, String c) { return orders.findByStatusAndCode(Status.OPEN, orders.findByStatusAndCode(s, c).get(0).code); }",
      ),
      "(t1.status = $1) AND (t1.code = $2)",
    ],
    "a constant that the index does not hold": [
      shop(BY_NAME, "List<Order> a(String c) { return orders.findByStatusAndCode(Status.CLOSED, c); }"),
      "(t1.status = $1) AND (t1.code = $2)",
    ],
    "no call": [shop(BY_NAME, ""), "(t1.status = $1) AND (t1.code = $2)"],
  };
  for (const [what, [fixture, where]] of Object.entries(CASES)) {
    it(what, async () => assert.equal(await sqlOf(fixture), where));
  }

  it("are no names where the column holds numbers", async () => {
    const fixture = shop(
      BY_NAME,
      "List<Order> a(String c) { return orders.findByStatusAndCode(Status.OPEN, c); }",
      "status smallint NOT NULL",
    );
    assert.equal(await sqlOf(fixture), "(t1.status = $1) AND (t1.code = $2)");
  });
});
