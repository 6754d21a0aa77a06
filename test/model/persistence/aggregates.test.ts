import assert from "node:assert/strict";
import { relationalName } from "../../../src/model/persistence/mapping/aggregates.ts";
import { modelOf } from "../../harness/model.ts";

const MODEL = `
//- src/main/resources/db/migration/V1__all.sql
CREATE TABLE customer_order (id bigint PRIMARY KEY, customer_no text, state text, total_price numeric, ship_city text, ship_postal_code text, member bigint, paid boolean, created_at timestamptz);
CREATE TABLE audits (id bigint PRIMARY KEY, userid text, body text);
//- src/main/java/a/CustomerOrder.java
package a;
import org.springframework.data.annotation.*;
import org.springframework.data.relational.core.mapping.*;
public record CustomerOrder(@Id Long id, @Column("customer_no") String customer, State state, BigDecimal totalPrice, @Embedded.Nullable(prefix = "ship_") Address address, AggregateReference<Member, Long> member, boolean paid, Set<Line> lines, @Transient String shown) {}
//- src/main/java/a/Address.java
package a;
public record Address(String city, String postalCode) {}
//- src/main/java/a/Line.java
package a;
public record Line(String product) {}
//- src/main/java/a/Member.java
package a;
public class Member { @org.springframework.data.annotation.Id Long id; }
//- src/main/java/a/State.java
package a;
public enum State { OPEN, SENT }
//- src/main/java/a/Base.java
package a;
abstract class Base { @org.springframework.data.annotation.Id Long id; static int count; }
//- src/main/java/a/Audit.java
package a;
import org.springframework.data.relational.core.mapping.*;
@Table(name = "audits", schema = "public") public class Audit extends Base { @Column("userid") String userId; Body body; }
//- src/main/java/a/Body.java
package a;
public class Body { String text; }
//- src/main/java/a/Plain.java
package a;
public class Plain { @org.springframework.data.annotation.Id Long id; String name; }
//- src/main/java/a/Plains.java
package a;
interface Plains extends org.springframework.data.repository.CrudRepository<Plain, Long> { List<Plain> findByName(String name); }
//- src/main/java/a/Audits.java
package a;
interface Audits extends org.springframework.data.repository.CrudRepository<Audit, Long> { List<Audit> findByUserId(String user); }
//- src/main/java/a/Orders.java
package a;
interface Orders extends org.springframework.data.repository.ListCrudRepository<CustomerOrder, Long> {
`;

/** Declaration of a method, its SQL or why there is none. */
const CASES: Readonly<Record<string, string>> = {
  "List<CustomerOrder> findByCustomerAndStateOrderByTotalPriceDesc(String c, State s);":
    "SELECT t1.* FROM customer_order t1 WHERE (t1.customer_no = $1) AND (t1.state = $2) ORDER BY t1.total_price DESC",
  "List<CustomerOrder> findByAddressPostalCode(String code);": "SELECT t1.* FROM customer_order t1 WHERE t1.ship_postal_code = $1",
  "List<CustomerOrder> findTop3ByMemberAndPaidTrue(Long member);":
    "SELECT t1.* FROM customer_order t1 WHERE (t1.member = $1) AND (t1.paid = true) LIMIT 3",
  "List<CustomerOrder> findByCustomerIgnoreCase(String c);": "SELECT t1.* FROM customer_order t1 WHERE upper(t1.customer_no) = upper($1)",
  "long countByState(State s);": "SELECT count(*) FROM customer_order t1 WHERE t1.state = $1",
  "boolean existsByCustomer(String c);": "SELECT t1.id FROM customer_order t1 WHERE t1.customer_no = $1 LIMIT 1",
  "void deleteByState(State s);": "DELETE FROM customer_order t1 WHERE t1.state = $1",
};

async function sqlOf(repository: string, methods: string): Promise<readonly string[]> {
  const model = await modelOf(`${MODEL.trimEnd()}\n  ${methods}\n}`);
  const schema = model.schema.schemaFor("src/main/java/a/Orders.java");
  assert.ok(schema);
  return model.persistence.queriesOf(repository).map((query) => {
    const sql = model.persistence.sqlOf(query, schema);
    return sql.ok ? sql.sql : `– ${sql.why}`;
  });
}

describe("aggregates of Spring Data JDBC and R2DBC", () => {
  for (const [method, sql] of Object.entries(CASES))
    it(method, async () => {
      const [told] = await sqlOf("a.Orders", method);
      assert.equal(told, sql);
    });

  it("are none that JPA keeps", async () => {
    const model = await modelOf(`${MODEL.trimEnd()}\n}`);
    assert.equal(model.persistence.entity("a.CustomerOrder"), undefined);
    const orders = model.persistence.repository("a.Orders");
    assert.ok(orders);
    assert.equal(orders.entity, "a.CustomerOrder");
    assert.equal(model.persistence.keptBy(orders)?.table, "customer_order");
  });

  it("have tables and columns named by Spring Data, unless they say otherwise", () => {
    const names = ["id", "line1Text", "userID", "aURLOf", "CustomerOrder", "already_snake", "address2"].map(relationalName);
    assert.deepEqual(names, ["id", "line1_text", "user_id", "a_url_of", "customer_order", "already_snake", "address2"]);
  });

  it("are not translated where a part lies in a table of its own", async () => {
    assert.deepEqual(await sqlOf("a.Audits", ""), ["– Audit is joined with its parts"]);
  });

  it("are kept by repositories that do not wait, too", async () => {
    const reactive = `interface Reactive extends org.springframework.data.r2dbc.repository.R2dbcRepository<CustomerOrder, Long> {
  Flux<CustomerOrder> findByStateIn(Collection<State> states);
  Mono<Long> countByPaidFalse();
  @Query("select * from customer_order where state = :state") Flux<CustomerOrder> inState(String state);
  Mono<CustomerOrder> findSome();
}
//- src/main/java/a/Documents.java
package a;
interface Documents extends org.springframework.data.repository.reactive.ReactiveCrudRepository<Member, Long> { Flux<Member> findById(Long id); }`;
    const model = await modelOf(`${MODEL.trimEnd()}\n}\n//- src/main/java/a/Reactive.java\npackage a;\n${reactive}`);
    const schema = model.schema.schemaFor("src/main/java/a/Orders.java");
    assert.ok(schema);
    assert.deepEqual(
      model.persistence.queriesOf("a.Reactive").map((query) => {
        const sql = model.persistence.sqlOf(query, schema);
        return [query.method, query.source, query.returns, sql.ok ? sql.sql : sql.why];
      }),
      [
        ["findByStateIn", "derived", "list", "SELECT t1.* FROM customer_order t1 WHERE t1.state = ANY ($1)"],
        ["countByPaidFalse", "derived", "one", "SELECT count(*) FROM customer_order t1 WHERE t1.paid = false"],
        ["inState", "native", "list", "select * from customer_order where state = $1"],
      ],
    );
    assert.equal(model.persistence.repository("a.Documents"), undefined);
  });

  it("are told by the build where the class imports nothing of it", async () => {
    const pom = (...artifacts: readonly string[]): string =>
      `//- pom.xml\n<project><artifactId>a</artifactId><dependencies>${artifacts.map((one) => `<dependency><groupId>org.springframework.boot</groupId><artifactId>${one}</artifactId></dependency>`).join("")}</dependencies></project>`;
    const of = async (...artifacts: readonly string[]): Promise<readonly string[]> => {
      const model = await modelOf(`${MODEL.trimEnd()}\n}\n${pom(...artifacts)}`);
      return model.persistence.queriesOf("a.Plains").flatMap(({ scans }) => scans.map(({ table }) => table));
    };
    assert.deepEqual(await of("spring-boot-starter-data-jdbc"), ["plain"]);
    assert.deepEqual(await of("spring-boot-starter-data-jdbc", "spring-boot-starter-data-mongodb"), []);
    assert.deepEqual(await of("spring-boot-starter-data-mongodb"), []);
  });
});
