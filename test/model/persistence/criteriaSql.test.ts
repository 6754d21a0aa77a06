import { T } from "./ticketModel.ts";
import { told } from "./toldSql.ts";

const IMPORTS =
  "import jakarta.persistence.*;\nimport jakarta.persistence.criteria.*;\nimport org.springframework.data.jpa.domain.Specification;";

/** A query of tickets, with what code does to it. */
const query = (code: string, type = "Ticket"): string =>
  `CriteriaQuery<${type}> q = cb.createQuery(${type}.class); Root<Ticket> t = q.from(Ticket.class); ${code} em.createQuery(q).getResultList();`;

const REPOSITORY = `
//- src/main/java/a/TicketSearch.java
package a;
import org.springframework.data.jpa.repository.*;
interface TicketSearch extends JpaRepository<Ticket, Long>, JpaSpecificationExecutor<Ticket> {}
//- src/main/java/a/Tickets.java
package a;
import java.util.*;
import org.springframework.data.jpa.domain.Specification;
class Tickets {
  static Specification<Ticket> paid() { return (root, query, cb) -> cb.isTrue(root.get(Ticket_.paid)); }
  static Specification<Ticket> in(String city) { return (root, query, cb) -> city == null ? null : cb.equal(root.join("owner").get("city"), city); }
  static Specification<Ticket> of(List<Long> owners) { return (root, query, cb) -> { query.distinct(true); root.fetch("owner", JoinType.LEFT); return root.get("owner").get("id").in(owners); }; }
}
`;

describe("SQL of criteria queries", () => {
  it("is told for what statements put together", async () => {
    await told(
      IMPORTS,
      `EntityManager em; CriteriaBuilder cb; abstract Class kind();
  private Predicate of(Root<Ticket> from, Long id) { return cb.equal(from.get("owner").get("id"), id); }
  private List<Predicate> all(Root<Ticket> from, String name) { List<Predicate> found = new ArrayList<>(); if (name != null) { found.add(cb.equal(from.get("owner").get("city"), name)); } return found; }`,
      {
        "the whole table by its root": [query(""), `SELECT t1.* ${T}`],
        "a root whose class a method gives": [
          "CriteriaQuery<Ticket> q = cb.createQuery(kind()); Root<Ticket> t = q.from(kind()); q.where(cb.isTrue(t.get(Ticket_.paid))); em.createQuery(q).getResultList();",
          `SELECT t1.* ${T} WHERE t1.paid = true`,
        ],
        "a root of whatever subclasses keep": [
          "CriteriaQuery<E> q = cb.createQuery(kind()); Root<E> t = q.from(kind()); em.createQuery(q).getResultList();",
        ],
        "comparisons, and constants of the generated class": [
          query(
            'q.select(t).where(cb.equal(t.get(Ticket_.status), Status.ISSUED), cb.greaterThanOrEqualTo(t.get(Ticket_.EXPIRES_AT), now), t.get("kind").isNotNull());',
          ),
          `SELECT t1.* ${T} WHERE (t1.status = 'ISSUED') AND (t1.expires_at >= $1) AND (t1.kind IS NOT NULL)`,
        ],
        "joins with conditions, an order, and columns": [
          query(
            'Join<Ticket, Owner> o = t.join("owner", JoinType.LEFT); o.on(cb.equal(o.get("city"), name)); q.multiselect(t.get("id"), o.get("city")).orderBy(cb.desc(t.get("expiresAt")), cb.asc(t.get("id")));',
            "Tuple",
          ),
          `SELECT t1.id, t2.city ${T} LEFT JOIN owners t2 ON t1.owner_id = t2.id AND (t2.city = $1) ORDER BY t1.expires_at DESC, t1.id`,
        ],
        "a join that nothing else mentions": [
          query('t.join("notes"); t.fetch("owner");'),
          `SELECT t1.*, t3.* ${T} JOIN notes t2 ON t1.id = t2.ticket_id JOIN owners t3 ON t1.owner_id = t3.id`,
        ],
        "groups and aggregates": [
          query('q.multiselect(t.get("status"), cb.count(t)).groupBy(t.get("status")).having(cb.gt(cb.count(t), 5L));', "Object[]"),
          `SELECT t1.status, count(t1.id) ${T} GROUP BY t1.status HAVING count(t1.id) > 5`,
        ],
        "texts that are looked for": [
          query(
            'q.where(cb.or(cb.like(cb.lower(t.get("status")), "%" + name.toLowerCase() + "%"), cb.like(t.get("status"), String.format("%s%%", name))));',
          ),
          `SELECT t1.* ${T} WHERE (lower(t1.status) LIKE (('%' || $1) || '%')) OR (t1.status LIKE ($2 || '%'))`,
        ],
        "a list of conditions, under a condition": [
          query(
            'List<Predicate> found = new ArrayList<>(); found.add(cb.isFalse(t.get("paid"))); if (id != null) { found.add(of(t, id)); } q.where(found.toArray(new Predicate[0]));',
          ),
          `SELECT t1.* ${T} WHERE t1.paid = false`,
          `SELECT t1.* ${T} WHERE (t1.paid = false) AND (t1.owner_id = $1)`,
        ],
        "a condition that grows": [
          query(
            'Predicate p = cb.conjunction(); if (id != null) p = cb.and(p, of(t, id)); if (open) { p = cb.and(p, cb.isTrue(t.get("paid"))); } q.where(p);',
          ),
          `SELECT t1.* ${T}`,
          `SELECT t1.* ${T} WHERE t1.paid = true`,
          `SELECT t1.* ${T} WHERE t1.owner_id = $1`,
          `SELECT t1.* ${T} WHERE (t1.owner_id = $1) AND (t1.paid = true)`,
        ],
        "a list that a method gives": [
          query("q.where(cb.and(all(t, name).toArray(new Predicate[] {})));"),
          `SELECT t1.* ${T}`,
          `SELECT t1.* ${T} JOIN owners t2 ON t1.owner_id = t2.id WHERE t2.city = $1`,
        ],
        "the last of several conditions": [
          query('q.where(cb.isTrue(t.get("paid"))); q.where(of(t, id));'),
          `SELECT t1.* ${T} WHERE t1.owner_id = $1`,
        ],
        "either, never and not": [
          query('q.where(cb.or(cb.disjunction(), of(t, id)), cb.not(cb.between(t.get("kind"), 1, 2)));'),
          `SELECT t1.* ${T} WHERE (t1.owner_id = $1) AND (NOT (t1.kind BETWEEN 1 AND 2))`,
        ],
        "a subquery": [
          query(
            'Subquery<Long> sub = q.subquery(Long.class); Root<Note> n = sub.from(Note.class); sub.select(n.get("id")).where(cb.equal(n.get("ticket"), t), cb.equal(n.get("text"), name)); q.where(cb.exists(sub));',
          ),
          `SELECT t1.* ${T} WHERE EXISTS (SELECT t2.id FROM notes t2 WHERE (t2.ticket_id = t1.id) AND (t2.text = $1))`,
        ],
        "a count in one line, and a limit": [
          "CriteriaQuery<Long> q = cb.createQuery(Long.class); em.createQuery(q.select(cb.count(q.from(Ticket.class)))).setMaxResults(1).getSingleResult();",
          `SELECT count(t1.id) ${T} LIMIT 1`,
        ],
        "another name of the query": [
          query("CriteriaQuery<Ticket> s = q.select(t); s.where(of(t, id));").replace("em.createQuery(q)", "em.createQuery(s)"),
          `SELECT t1.* ${T} WHERE t1.owner_id = $1`,
        ],
        changes: [
          'CriteriaUpdate<Ticket> u = cb.createCriteriaUpdate(Ticket.class); Root<Ticket> t = u.from(Ticket.class); u.set("paid", true).where(t.get("id").in(ids)); em.createQuery(u).executeUpdate(); CriteriaDelete<Note> d = cb.createCriteriaDelete(Note.class); Root<Note> n = d.from(Note.class); d.where(cb.isNull(n.get("text"))); em.createQuery(d).executeUpdate();',
          "UPDATE tickets t1 SET paid = true WHERE t1.id = ANY ($1)",
          "DELETE FROM notes t1 WHERE t1.text IS NULL",
        ],
      },
    );
  });

  it("is none where a part is not known", async () => {
    await told(
      IMPORTS,
      `EntityManager em; CriteriaBuilder cb; Joins joins;
  private void more(CriteriaQuery<Ticket> query, Root<Ticket> from) { query.where(cb.isNull(from.get("paid"))); }
  private Predicate fetching(Root<Ticket> from) { from.fetch("owner"); return cb.isNull(from.get("paid")); }`,
      {
        "a condition that comes from outside": [query("q.where(predicate);"), "predicate is put together elsewhere"],
        "conditions that a loop adds": [
          query(
            'List<Predicate> found = new ArrayList<>(); for (Long one : ids) found.add(cb.equal(t.get("id"), one)); q.where(cb.or(found.toArray(new Predicate[0])));',
          ),
          "found is put together elsewhere",
        ],
        "conditions that a library's method adds": [
          query(
            "List<Predicate> found = new ArrayList<>(); Collections.addAll(found, given(name)); q.where(found.toArray(new Predicate[0]));",
          ),
          "found is put together elsewhere",
        ],
        "a method that is given the query": [query("more(q, t);"), "q is put together elsewhere"],
        "an object that is given the query": [query("new Page(q);"), "q is put together elsewhere"],
        "a fetch in a method": [query("q.where(fetching(t));"), "q is put together elsewhere"],
        "an attribute that is named at run time": [query("q.where(cb.equal(t.get(name), id));"), "an attribute is named at run time"],
        "a path of what is not known": [
          query('q.where(cb.equal(t.get("status"), joins.owner().get("city")));'),
          "get() is put together elsewhere",
        ],
        "what only runtime knows in place of a column": [query("q.where(cb.equal(joins.owner(), id));"), "an expression is not known"],
        "two names that are both changed": [
          query('CriteriaQuery<Ticket> s = q.select(t); q.where(cb.isTrue(t.get("paid")));').replace(
            "em.createQuery(q)",
            "em.createQuery(s)",
          ),
        ],
        "many conditions that may be left out": [
          query(
            'Predicate p = cb.conjunction(); if (open) p = cb.and(p, cb.isTrue(t.get("paid"))); if (id != null) p = cb.and(p, cb.equal(t.get("id"), id)); if (name != null) p = cb.and(p, cb.equal(t.get("status"), name)); q.where(p);',
          ),
          "parts of it are put in at run time",
        ],
        "a condition that is not known, under a condition": [
          query("Predicate p = cb.conjunction(); if (open) p = cb.and(p, predicate); q.where(p);"),
          "parts of it are put in at run time",
        ],
      },
    );
  });
});

describe("SQL of specifications", () => {
  it("is told for what a repository makes of them", async () => {
    await told(
      IMPORTS,
      `TicketSearch tickets;
  private Specification<Ticket> both(String name) { return Tickets.paid().and(Tickets.in(name)); }`,
      {
        "a lambda and its page": [
          'tickets.findAll((root, query, cb) -> cb.like(cb.lower(root.get("status")), "%" + name + "%"), page);',
          `SELECT t1.* ${T} WHERE lower(t1.status) LIKE (('%' || $1) || '%') LIMIT 20`,
        ],
        "a count and a question": [
          "tickets.count(Tickets.paid()); tickets.exists(Tickets.paid());",
          `SELECT count(t1.id) ${T} WHERE t1.paid = true`,
          `SELECT 1 ${T} WHERE t1.paid = true LIMIT 1`,
        ],
        "one that is not there": [
          "tickets.findAll(both(name));",
          `SELECT t1.* ${T} WHERE t1.paid = true`,
          `SELECT t1.* ${T} JOIN owners t2 ON t1.owner_id = t2.id WHERE (t1.paid = true) AND (t2.city = $1)`,
        ],
        "one that changes the query": [
          "tickets.findAll(Tickets.of(ids)); tickets.count(Tickets.of(ids));",
          `SELECT DISTINCT t1.*, t2.* ${T} LEFT JOIN owners t2 ON t1.owner_id = t2.id WHERE t1.owner_id = ANY ($1)`,
          `SELECT count(DISTINCT t1.id) ${T} LEFT JOIN owners t2 ON t1.owner_id = t2.id WHERE t1.owner_id = ANY ($1)`,
        ],
        "either of two": [
          'tickets.findAll(Specification.where(Tickets.paid()).or((root, query, cb) -> cb.isNull(root.get("kind"))));',
          `SELECT t1.* ${T} WHERE (t1.paid = true) OR (t1.kind IS NULL)`,
        ],
        "an object with a method, and a variable": [
          'Specification<Ticket> s = new Specification<Ticket>() { @Override public Predicate toPredicate(Root<Ticket> root, CriteriaQuery<?> query, CriteriaBuilder cb) { Predicate p = cb.isTrue(root.get("paid")); return cb.and(p, cb.equal(root.get("id"), id)); } }; tickets.findOne(s);',
          `SELECT t1.* ${T} WHERE (t1.paid = true) AND (t1.id = $1)`,
        ],
        "one that comes from outside": [
          "tickets.findAll(Specification.where(filter(name)).and(Tickets.paid()));",
          "filter() is put together elsewhere",
        ],
      },
      REPOSITORY,
    );
  });
});
