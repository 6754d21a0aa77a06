import { unboundedFindAll } from "../../../../src/rules/java/unbounded-find-all.ts";
import { rule } from "../../../harness/rule.ts";

/** An endpoint that asks for tickets by queries that stand in the code. */
const desk = (body: string): string => `
//- src/main/java/shop/Ticket.java
package shop;
import jakarta.persistence.*;
@Entity @Table(name = "tickets")
class Ticket { @Id Long id; boolean active; }
//- src/main/java/shop/Desk.java
package shop;
import jakarta.persistence.*;
import jakarta.persistence.criteria.*;
import java.util.List;
@RestController
class Desk {
  private EntityManager em;
  @GetMapping("/tickets") List<Ticket> all(int shop) {
${body}
  }
}
`;

const criteria = (more: string, result: string): string =>
  desk(`    CriteriaBuilder build = em.getCriteriaBuilder();
    CriteriaQuery<Ticket> query = build.createQuery(Ticket.class);
    Root<Ticket> ticket = query.from(Ticket.class);
${more}
    return ${result}`);

/** The same through a method of a base class that sends what it is given. */
const handed = (call: string): string => `${desk(`    return store.all();`).replace("private EntityManager em;", "private Store store;")}
//- src/main/java/shop/Base.java
package shop;
import jakarta.persistence.*;
abstract class Base<T> {
  protected EntityManager em;
  protected List<T> list(Query query, int limit) {
    if (limit > 0) query.setMaxResults(limit);
    return query.getResultList();
  }
  protected List<T> list(String jpql, int limit) { return list(em.createQuery(jpql), limit); }
}
//- src/main/java/shop/Store.java
package shop;
import java.util.List;
class Store extends Base<Ticket> {
  List<Ticket> all() {
    return ${call}
  }
}
`;

const MARK = "TypedQuery.getResultList loads every Ticket for GET /tickets";

rule(unboundedFindAll, {
  reports: {
    "all of what is read inside":
      desk(`    Query query = em.createNativeQuery("select * from (select id, active from tickets) every", Ticket.class);
    return query.getResultList();
         //^^^^^^^^^^^^^^^^^^^^^ Query.getResultList loads every row of tickets for GET /tickets`),
    "criteria without a condition": criteria(
      '    query.select(ticket).orderBy(build.asc(ticket.get("id")));',
      `em.createQuery(query).getResultList();
                               //^^^^^^^^^^^^^^^ ${MARK}`,
    ),
    "a query of text that a variable holds":
      desk(`    TypedQuery<Ticket> query = em.createQuery("select t from Ticket t order by t.id", Ticket.class);
    return query.getResultList();
         //^^^^^^^^^^^^^^^^^^^^^ ${MARK}`),
    "a text that a method of the project sends": handed(`list("select t from Ticket t", 0);
         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Base.list loads every Ticket for GET /tickets`),
    "a query that a method of the project sends": handed(`list(em.createQuery("select t from Ticket t"), -1);
         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Base.list loads every Ticket for GET /tickets`),
  },
  ignores: {
    "the newest row of each shop, by a rank": desk(`    return em.createNativeQuery("""
        select id, active from (select id, active, row_number() over (partition by shop_id order by id desc) as place from tickets) ranked
        where place = 1
        """, Ticket.class).getResultList();`),
    "some of what a named query gives": desk(`    return em.createNativeQuery("""
        with ranked as (select id, row_number() over (partition by shop_id order by id desc) as place from tickets)
        select id from ranked where place = 1
        """, Ticket.class).getResultList();`),
    "a few of what is read inside": desk(
      `    return em.createNativeQuery("select * from (select id, active from tickets order by id limit 20) newest", Ticket.class).getResultList();`,
    ),
    "a text with a limit that a method of the project sets": handed('list("select t from Ticket t", 50);'),
    "a text with a condition that a method of the project sends": handed('list("select t from Ticket t where t.id = :id", 0);'),
    "criteria with a condition": criteria('    query.where(build.isTrue(ticket.get("active")));', "em.createQuery(query).getResultList();"),
    "criteria with a condition that is perhaps there": criteria(
      '    if (shop > 0) query.where(build.isTrue(ticket.get("active")));',
      "em.createQuery(query).getResultList();",
    ),
    "criteria by pages": criteria(
      "    query.select(ticket);",
      "em.createQuery(query).setFirstResult(shop).setMaxResults(20).getResultList();",
    ),
    "pages of a query that a variable holds":
      desk(`    TypedQuery<Ticket> query = em.createQuery("select t from Ticket t order by t.id", Ticket.class);
    query.setFirstResult(shop);
    query.setMaxResults(20);
    return query.getResultList();`),
    "criteria of whatever class": desk(`    CriteriaQuery<Ticket> query = em.getCriteriaBuilder().createQuery(kind());
    query.from(kind());
    return em.createQuery(query).getResultList();`),
  },
});
