import assert from "node:assert/strict";
import { modelOf } from "../../harness/model.ts";

const BASE = `
//- a/Order.java
package a;
@Entity @Table(name = "orders") public class Order { @Id Long id; String state; @ManyToOne Shop shop; }
//- a/Shop.java
package a;
@Entity public class Shop { @Id Long id; String name; }
//- a/Base.java
package a;
import java.util.*;
import jakarta.persistence.*;
import jakarta.persistence.criteria.*;
import org.springframework.jdbc.core.JdbcTemplate;
abstract class Base<T> {
  protected EntityManager em;
  JdbcTemplate jdbc;
  protected List<T> find(String jpql, Object... values) { Query query = em.createQuery(jpql); bind(query, values); return query.getResultList(); }
  protected T first(String jpql) { List<T> all = all(jpql); return all.isEmpty() ? null : all.get(0); }
  protected List<T> all(String jpql) { return em.createQuery(jpql).getResultList(); }
  protected List<T> where(String where) { String jpql = "select o from Order o where " + where; return em.createQuery(jpql).getResultList(); }
  protected T single(Query query) { query.setMaxResults(1); List<T> all = list(query); return all.size() == 1 ? all.get(0) : null; }
  protected List<T> list(Query query) { return query.getResultList(); }
  protected List<T> list(CriteriaQuery<T> criteria, int limit) {
    criteria.distinct(true);
    return page(criteria, limit);
  }
  protected List<T> page(CriteriaQuery<T> criteria, int limit) {
    Query query = em.createQuery(criteria);
    if (limit != -1) query.setMaxResults(limit);
    return query.getResultList();
  }
  protected long count(CriteriaQuery<Long> criteria, CriteriaBuilder cb, Root<T> root) {
    criteria.select(cb.count(root));
    return em.createQuery(criteria).getSingleResult();
  }
  List<Map<String, Object>> rows(String sql, Object[] values) {
    if (values == null) return jdbc.queryForList(sql);
    return jdbc.queryForList(sql, values);
  }
  void each(String sql, List<List<Long>> lists) { for (List<Long> one : lists) jdbc.update(sql, one); }
  List<T> kept(String sql) { log(sql); em.createQuery("select s from Shop s").getResultList(); return null; }
  List<T> both(String one, String other) { em.createQuery(one).getResultList(); return em.createQuery(other).getResultList(); }
  List<T> openly(String jpql) { return em.createQuery(jpql).getResultList(); }
  private void bind(Query query, Object[] values) { }
}
//- a/Open.java
package a;
class Open extends Base<Shop> { List<Shop> openly(String jpql) { return null; } }
`.trimEnd();

/** What each method of a DAO sends. */
async function sent(methods: string): Promise<Record<string, string[]>> {
  const model = await modelOf(`${BASE}
//- a/Dao.java
package a;
import java.util.*;
import jakarta.persistence.*;
import jakarta.persistence.criteria.*;
class Dao extends Base<Order> {
${methods}
}`);
  const byMethod: Record<string, string[]> = {};
  for (const query of model.persistence.written.in("a/Dao.java")) {
    const read = model.persistence.written.textOf(query);
    const said = [
      `${query.kind} ${query.returns} ${query.limit}`,
      "text" in read ? read.text : read.why,
      query.understood ? "" : "in part",
    ];
    (byMethod[query.method] ??= []).push(said.filter((part) => part !== "").join(": "));
  }
  return byMethod;
}

describe("queries that are handed to a method which sends them", () => {
  it("are texts", async () => {
    const queries = await sent(`
  List<Order> a(String s) { return find("select o from Order o where o.state = ?1", s); }
  List<Order> b(String s, Shop t) { return find("select o from Order o where o.state = ?1 and o.shop = ?2", s, t); }
  List<Order> none() { return find("select o from Order o"); }
  Order c() { return first("select o from Order o where o.state = 'a'"); }
  List<Order> d(String s) { return where("o.state = :s"); }
  int e(Long id) { return rows("select id from orders where shop_id = ?", new Object[] { id }).size(); }
  List<Order> unknown(String jpql) { return all(jpql); }`);
    assert.deepEqual(queries, {
      a: ["find list page: select o from Order o where o.state = ?1"],
      b: ["find list page: select o from Order o where o.state = ?1 and o.shop = ?2"],
      none: ["find list page: select o from Order o"],
      c: ["find one none: select o from Order o where o.state = 'a'"],
      d: ["find list none: select o from Order o where o.state = :s"],
      e: ["find list none: select id from orders where shop_id = ?"],
    });
  });

  it("are queries that the caller has made", async () => {
    const queries = await sent(`
  Order a(String s) { Query query = em.createQuery("select o from Order o where o.state = :s"); query.setParameter("s", s); return single(query); }
  List<Order> b() { return list(em.createNativeQuery("select * from orders", Order.class)); }
  List<Order> c(int n) { Query query = em.createQuery("select o from Order o").setMaxResults(n); return list(query); }
  List<Order> d(Query query) { return list(query); }`);
    assert.deepEqual(queries, {
      a: ["find one 1: select o from Order o where o.state = :s"],
      b: ["find list none: select * from orders"],
      c: ["find list page: select o from Order o"],
    });
  });

  it("are criteria", async () => {
    const criteria = (then: string) =>
      `{ CriteriaBuilder cb = em.getCriteriaBuilder(); CriteriaQuery<Order> query = cb.createQuery(Order.class); Root<Order> root = query.from(Order.class); ${then} }`;
    const queries = await sent(`
  List<Order> all(String s) ${criteria('query.where(cb.equal(root.get("state"), s)); return list(query, -1);')}
  List<Order> some(String s) ${criteria('query.where(cb.equal(root.get("state"), s)); return list(query, 10);')}
  List<Order> page(int n) ${criteria("query.select(root); return page(query, n);")}
  List<Order> open(List<Predicate> given) ${criteria("query.where(given.toArray(new Predicate[0])); return page(query, n);")}
  long count(Long id) { CriteriaBuilder cb = em.getCriteriaBuilder(); CriteriaQuery<Long> query = cb.createQuery(Long.class); Root<Order> root = query.from(Order.class); query.where(cb.equal(root.get("shop").get("id"), id)); return count(query, cb, root); }`);
    assert.deepEqual(queries, {
      all: ["find list none: select distinct root_ from a.Order root_ where root_.state = ?"],
      some: ["find list 10: select distinct root_ from a.Order root_ where root_.state = ?"],
      page: ["find list page: select root_ from a.Order root_"],
      open: ["find list page: given is put together elsewhere: in part"],
      count: ["count one none: select count(root_) from a.Order root_ where root_.shop.id = ?"],
    });
  });

  it("are not known where the method sends others, more than one, or is overridden", async () => {
    const queries = await sent(`
  void a(List<List<Long>> ids) { each("delete from orders where id = any(?)", ids); }
  void b() { kept("select o from Order o"); }
  void c() { both("select o from Order o", "select s from Shop s"); }
  void d() { openly("select o from Order o"); }`);
    assert.deepEqual(queries, {});
  });

  it("stand where the call is, once", async () => {
    const model = await modelOf(`${BASE}
//- a/Dao.java
package a;
class Dao extends Base<Order> {
  java.util.List<Order> a() { return all("select o from Order o"); }
}`);
    assert.deepEqual(
      model.persistence.written.all().map(({ at, method }) => `${at.file} ${method}`),
      ["a/Base.java kept", "a/Dao.java a"],
    );
  });
});
