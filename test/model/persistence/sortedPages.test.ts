import assert from "node:assert/strict";
import type { Model } from "../../../src/model/model.ts";
import { modelOf } from "../../harness/model.ts";

const BASE = `
//- src/main/java/a/Order.java
package a;
import jakarta.persistence.*;
@Entity class Order { @Id Long id; String state; java.time.Instant placedAt; }
//- src/main/java/a/Orders.java
package a;
import org.springframework.data.jpa.repository.JpaRepository;
interface Orders extends JpaRepository<Order, Long> {}
`;

describe("pages whose order stands at the call", () => {
  it("are queries in that order", async () => {
    const model = await modelOf(`${BASE}
//- src/main/java/a/Lists.java
package a;
import org.springframework.data.domain.*;
class Lists {
  static final String PLACED = "placedAt";
  private Orders orders;
  Page<Order> a(int n) { return orders.findAll(PageRequest.of(n, 20, Sort.by("placedAt"))); }
  Page<Order> b(int n) { return orders.findAll(PageRequest.of(n, 20, Sort.by("placedAt", "state").descending())); }
  Page<Order> c(int n) { return orders.findAll(PageRequest.of(n, 20, Sort.by(Sort.Direction.DESC, "placedAt"))); }
  Page<Order> d(int n) { return orders.findAll(PageRequest.of(n, 20, Sort.Direction.ASC, "state", "placedAt")); }
  Page<Order> e(int n) { return orders.findAll(PageRequest.of(n, 20, Sort.by(Sort.Order.desc("placedAt"), Sort.Order.asc("id")))); }
  Page<Order> f(int n) { return orders.findAll(PageRequest.of(n, 20).withSort(Sort.by("state").and(Sort.by("placedAt").descending()))); }
  Page<Order> g(int n) { Sort newest = Sort.by("placedAt").descending(); Pageable page = PageRequest.of(n, 20, newest); return orders.findAll(page); }
}
`);
    assert.deepEqual(textsOf(model), {
      a: "select e from Order e order by e.placedAt",
      b: "select e from Order e order by e.placedAt desc, e.state desc",
      c: "select e from Order e order by e.placedAt desc",
      d: "select e from Order e order by e.state, e.placedAt",
      e: "select e from Order e order by e.placedAt desc, e.id",
      f: "select e from Order e order by e.state, e.placedAt desc",
      g: "select e from Order e order by e.placedAt desc",
    });
    const [first] = model.persistence.written.all();
    assert.deepEqual([first?.kind, first?.limit, first?.returns, first?.understood], ["find", "page", "page", true]);
    assert.deepEqual(first?.scans, [{ table: "order", tests: [], sort: [{ column: "placed_at", descending: false }] }]);
  });

  it("are not known where anything else decides the order", async () => {
    const model = await modelOf(`${BASE}
//- src/main/java/a/Lists.java
package a;
import org.springframework.data.domain.*;
class Lists {
  private Orders orders;
  Page<Order> a(Pageable page) { return orders.findAll(page); }
  Page<Order> b(int n) { return orders.findAll(PageRequest.of(n, 20)); }
  Page<Order> c(int n, String by) { return orders.findAll(PageRequest.of(n, 20, Sort.by(by))); }
  Page<Order> d(int n, Sort.Direction way) { return orders.findAll(PageRequest.of(n, 20, way, "placedAt")); }
  Page<Order> e(int n, boolean up) { Sort sort = Sort.by("state"); if (up) sort = Sort.by("placedAt"); return orders.findAll(PageRequest.of(n, 20, sort)); }
  Page<Order> f(int n, boolean up) { return orders.findAll(PageRequest.of(n, 20, up ? Sort.by("state") : Sort.by("placedAt"))); }
}
`);
    assert.deepEqual(textsOf(model), {});
  });
});

function textsOf({ persistence }: Model): Readonly<Record<string, string>> {
  return Object.fromEntries(
    persistence.written.all().map((query) => {
      const text = persistence.written.textOf(query);
      return [query.method, "why" in text ? text.why : text.text];
    }),
  );
}
