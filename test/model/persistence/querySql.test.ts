import assert from "node:assert/strict";
import { modelOf } from "../../harness/model.ts";
import { MODEL, sqlOf, T } from "./ticketModel.ts";

/** Declaration of a method, its SQL or why there is none. */
const CASES: Readonly<Record<string, readonly [method: string, sql: string]>> = {
  "a derived query": [
    "List<Ticket> findByStatusAndExpiresAtBeforeOrderByExpiresAtDesc(Status s, Instant t);",
    `SELECT t1.* ${T} WHERE (t1.status = $1) AND (t1.expires_at < $2) ORDER BY t1.expires_at DESC`,
  ],
  "an association that refers to another column than the key, beside a row": [
    '@Query("select s from Seat s, Event e where s.event = e and e.city = :city") List<Seat> q(String city);',
    "an association refers to another column than the key",
  ],
  "an association that refers to another column than the key, beside a parameter": [
    '@Query("select s from Seat s where s.event = :event") List<Seat> q(Event event);',
    "SELECT t1.* FROM seats t1 WHERE t1.event = $1",
  ],
  "a derived query along an association": [
    "List<Ticket> findByOwnerCityIgnoreCase(String city);",
    `SELECT t1.* ${T} JOIN owners t2 ON t1.owner_id = t2.id WHERE upper(t2.city) = upper($1)`,
  ],
  "join columns that hold another column than the key": [
    `@Query("select s from Seat s where s.event.city = :city") List<Seat> inCity(String city);`,
    "SELECT t1.* FROM seats t1 JOIN events t2 ON t1.event = t2.code WHERE t2.city = $1",
  ],
  "the other side of them": [
    `@Query("select e from Event e join e.seats s where s.id = :id") Event ofSeat(Long id);`,
    "SELECT t1.* FROM events t1 JOIN seats t2 ON t1.code = t2.event WHERE t2.id = $1",
  ],
  "what they hold, and the key that they do not": [
    `@Query("select s from Seat s where s.event.code = :code and s.event.id = :id") List<Seat> of(String code, Long id);`,
    "SELECT t1.* FROM seats t1 JOIN events t2 ON t1.event = t2.code WHERE (t1.event = $1) AND (t2.id = $2)",
  ],
  "a derived query by the other side's key": ["List<Ticket> findByOwnerId(Long id);", `SELECT t1.* ${T} WHERE t1.owner_id = $1`],
  "a derived test of existence": [
    "boolean existsByOwnerIdAndPaidTrue(Long id);",
    `SELECT t1.id ${T} WHERE (t1.owner_id = $1) AND (t1.paid = true) LIMIT 1`,
  ],
  "a derived count": ["long countByStatusIn(List<Status> s);", `SELECT count(t1.id) ${T} WHERE t1.status = ANY ($1)`],
  "a page": ["Page<Ticket> findByPaidFalse(Pageable page);", `SELECT t1.* ${T} WHERE t1.paid = false LIMIT 20`],
  "a join fetch": [
    '@Query("select distinct t from Ticket t join fetch t.owner o left join fetch t.notes where o.name = :name") List<Ticket> q(String name);',
    `SELECT DISTINCT t1.*, t2.*, t3.* ${T} JOIN owners t2 ON t1.owner_id = t2.id LEFT JOIN notes t3 ON t1.id = t3.ticket_id WHERE t2."order" = $1`,
  ],
  "a constructor expression, grouped": [
    '@Query("select new a.Count(t.owner.city, count(t)) from Ticket t group by t.owner.city") List<Count> q();',
    `SELECT t2.city, count(t1.id) ${T} JOIN owners t2 ON t1.owner_id = t2.id GROUP BY t2.city`,
  ],
  "a join with a condition on what it joins": [
    '@Query("select t from Ticket t left join t.notes n on n.text = :text where n is null") List<Ticket> q(String text);',
    `SELECT t1.* ${T} LEFT JOIN notes t2 ON t1.id = t2.ticket_id AND (t2.text = $1) WHERE t2.id IS NULL`,
  ],
  "many to many": [
    '@Query("from Ticket t join t.tags g where g.name in :names") List<Ticket> q(List<String> names);',
    `SELECT t1.*, t2.* ${T} JOIN ticket_tags t3 ON t1.id = t3.ticket_id JOIN tags t2 ON t3.tag_id = t2.id WHERE t2.name = ANY ($1)`,
  ],
  "enum constants by name, and by a number that we do not know": [
    '@Query("select t from Ticket t where t.status = a.Status.ISSUED and t.kind = a.Kind.DAY") List<Ticket> q();',
    `SELECT t1.* ${T} WHERE (t1.status = 'ISSUED') AND (t1.kind = $1)`,
  ],
  "an embedded value": [
    '@Query("select t from Ticket t where t.price.amount > 10L") List<Ticket> q();',
    `SELECT t1.* ${T} WHERE t1.price_amount > 10`,
  ],
  "a subquery and a collection that is not empty": [
    '@Query("select t from Ticket t where t.notes is not empty and exists (select n from Note n where n.ticket = t and n.text = :text)") List<Ticket> q(String text);',
    `SELECT t1.* ${T} WHERE (EXISTS (SELECT 1 FROM notes t2 WHERE t1.id = t2.ticket_id)) AND (EXISTS (SELECT t3.* FROM notes t3 WHERE (t3.ticket_id = t1.id) AND (t3.text = $1)))`,
  ],
  "an update": [
    '@Modifying @Query("update Ticket t set t.status = :s where t.owner.id = :o") void q(Status s, Long o);',
    "UPDATE tickets t1 SET status = $1 WHERE t1.owner_id = $2",
  ],
  "a native query with names, lists and JSON operators": [
    `@Query(value = "select * from tickets where owner_id in (:ids) and status <> 'a:b?' and doc ?| array['x'] and paid = :paid::boolean and id = :#{#t.id}", nativeQuery = true) List<Ticket> q(List<Long> ids, boolean paid);`,
    "select * from tickets where owner_id = ANY ($1) and status <> 'a:b?' and doc ?| array['x'] and paid = $2::boolean and id = $3",
  ],
  "a property that no column is known of": [
    '@Query("select t from Ticket t where t.colour = 1") List<Ticket> q();',
    "Ticket has no property colour that is known",
  ],
  "an aggregate of some rows": [
    '@Query("select count(t) filter (where t.paid = true) from Ticket t") long q();',
    `SELECT count(t1.id) FILTER (WHERE t1.paid = true) ${T}`,
  ],
  "a case, in the order": [
    '@Query("select t from Ticket t order by case when t.paid = true then 0 else 1 end, case t.kind when 1 then 2 end") List<Ticket> q();',
    `SELECT t1.* ${T} ORDER BY CASE WHEN t1.paid = true THEN 0 ELSE 1 END, CASE t1.kind WHEN 1 THEN 2 END`,
  ],
  "casts, parts of times and functions of the database": [
    `@Query("select t from Ticket t where cast(t.id as string) = :id and year(t.expiresAt) = :y and function('date_trunc', 'day', t.expiresAt) = :d") List<Ticket> q();`,
    `SELECT t1.* ${T} WHERE (cast(t1.id as varchar) = $1) AND (extract(year from t1.expires_at) = $2) AND (date_trunc('day', t1.expires_at) = $3)`,
  ],
  "a pattern with an escape, and a text without blanks": [
    `@Query("select t from Ticket t where t.status like :p escape '!' and trim(t.status) = upper(trim(:s))") List<Ticket> q();`,
    `SELECT t1.* ${T} WHERE (t1.status LIKE $1 ESCAPE '!') AND (btrim(t1.status) = upper(btrim($2)))`,
  ],
  "HQL's name for the key": ['@Query("select t from Ticket t where id(t) = :id") List<Ticket> q();', `SELECT t1.* ${T} WHERE t1.id = $1`],
  "constants of the JDK": [
    '@Query("select t from Ticket t where t.id < Long.MAX_VALUE") List<Ticket> q();',
    `SELECT t1.* ${T} WHERE t1.id < 9223372036854775807`,
  ],
  "a subquery that begins at what the query around it has": [
    '@Query("select t from Ticket t where exists (select n from t.notes n where n.text = :text)") List<Ticket> q(String text);',
    `SELECT t1.* ${T} WHERE EXISTS (SELECT t2.* FROM notes t2 WHERE (t1.id = t2.ticket_id) AND (t2.text = $1))`,
  ],
  "a test of existence alone": [
    '@Query("select exists (select t.id from Ticket t where t.paid = true)") boolean q();',
    `SELECT (EXISTS (SELECT t1.id ${T} WHERE t1.paid = true))`,
  ],
  "a list that JDBI puts in": [
    "@Query(value = \"select id from tickets where kind in (<kinds>) and owner_id not in ( <ids> ) and status <> 'in (<a>)'\", nativeQuery = true) List<Long> q(List<Integer> kinds, List<Long> ids);",
    "select id from tickets where kind = ANY ($1) and owner_id <> ALL ($2) and status <> 'in (<a>)'",
  ],
  "a native query with Spring Data's wildcards around parameters": [
    '@Query(value = "select id from tickets where status like %:part% or status like ?2% or status ilike :whole or kind % 2 = :rest", nativeQuery = true) List<Long> q(String part, String start, String whole, int rest);',
    "select id from tickets where status like ('%' || $1 || '%') or status like ($2 || '%') or status ilike $3 or kind % 2 = $4",
  ],
  "a native query that names the default schema": [
    '@Query(value = "select * from {h-schema}tickets where id = :id fetch first 5 rows only", nativeQuery = true) List<Ticket> q(Long id, Pageable page);',
    "select * from tickets where id = $1 fetch first 5 rows only",
  ],
  "a native query whose colons are escaped": [
    "@Query(value = \"select id\\\\:\\\\:text from tickets where id = :id\\\\:\\\\:bigint and status <> 'a\\\\:b'\", nativeQuery = true) Ticket q(String id);",
    "select id::text from tickets where id = $1::bigint and status <> 'a\\:b'",
  ],
  "an expression that our reader passes over": [
    '@Query("select t from Ticket t where treat(t.owner as Owner).city = :c") List<Ticket> q(String c);',
    "it has an expression that is not translated",
  ],
  "a window": [
    '@Query("select t.id, rank() over (order by t.id) from Ticket t") List<Object[]> q();',
    "what stands behind rank() is not translated",
  ],
  "a cast to a type that nobody knows": [
    '@Query("select t from Ticket t where cast(t.id as money) = :m") List<Ticket> q();',
    "a cast to money has no fixed translation",
  ],
  "a function without a fixed translation": [
    '@Query("select t from Ticket t where size(t.notes) > 3") List<Ticket> q();',
    "size() has no fixed translation",
  ],
};

describe("SQL of queries", () => {
  for (const [what, [method, expected]] of Object.entries(CASES)) {
    it(what, async () => {
      const model = await modelOf(`${MODEL}${method}\n}\n`);
      assert.equal(sqlOf(model), expected);
    });
  }
});

/** A call in a body, the SQL that it sends or why it is not known. */
const IN_BODIES: Readonly<Record<string, readonly [call: string, sql: string]>> = {
  "a text of JdbcTemplate": [
    'jdbc.queryForList("select * from tickets where owner_id = ? and status = ?", owner, "USED")',
    "select * from tickets where owner_id = $1 and status = $2",
  ],
  "a text with names, from a constant": ["named.query(OPEN, params, mapper)", "select * from tickets where status = ANY ($1)"],
  "a text of JdbcClient": [
    'client.sql("select id from tickets where owner_id = :owner").param("owner", owner).query(Long.class).list()',
    "select id from tickets where owner_id = $1",
  ],
  "JPQL of an entity manager, with a limit": [
    'em.createQuery("select t from Ticket t where t.owner.id = :o order by t.expiresAt").setParameter("o", owner).setMaxResults(5).getResultList()',
    `SELECT t1.* ${T} WHERE t1.owner_id = $1 ORDER BY t1.expires_at LIMIT 5`,
  ],
  "JPQL with a limit of the caller's": [
    'em.createQuery("select t from Ticket t where t.kind = :k").setMaxResults(size).getResultList()',
    `SELECT t1.* ${T} WHERE t1.kind = $1 LIMIT 20`,
  ],
  "a native text of an entity manager": [
    'em.createNativeQuery("select * from tickets where kind = ?1").getResultList()',
    "select * from tickets where kind = $1",
  ],
  "a text of JDBI": [
    'handle.createQuery("select * from notes where ticket_id = :id").bind("id", owner).mapTo(Note.class).list()',
    "select * from notes where ticket_id = $1",
  ],
  "what calls put together": ["em.createQuery(criteria).getResultList()", "SELECT t1.* FROM tickets t1"],
};

describe("SQL of queries in bodies", () => {
  for (const [what, [call, expected]] of Object.entries(IN_BODIES)) {
    it(what, async () => {
      const model = await modelOf(`${MODEL}}
//- src/main/java/a/Dao.java
package a;
import jakarta.persistence.*;
import jakarta.persistence.criteria.*;
import org.jdbi.v3.core.Handle;
import org.springframework.jdbc.core.*;
import org.springframework.jdbc.core.simple.*;
import org.springframework.jdbc.core.namedparam.*;
class Dao {
  private static final String OPEN = "select * from tickets " + "where status in (:states)";
  JdbcTemplate jdbc; NamedParameterJdbcTemplate named; JdbcClient client; EntityManager em; Handle handle;
  Object load(Long owner, int size) {
    CriteriaQuery<Ticket> criteria = em.getCriteriaBuilder().createQuery(Ticket.class);
    criteria.from(Ticket.class);
    return ${call};
  }
}
`);
      const [query] = model.persistence.written.in("src/main/java/a/Dao.java");
      const [schema] = model.schema.schemas();
      assert.ok(query !== undefined && schema !== undefined);
      const sql = model.persistence.sqlOf(query, schema);
      assert.equal(sql.ok ? sql.sql : sql.why, expected);
    });
  }
});

describe("what counts the rows of pages", () => {
  const COUNTS: Readonly<Record<string, string | undefined>> = {
    "Page<Ticket> findByStatusOrderByExpiresAtDesc(Status s, Pageable p);": `SELECT count(t1.id) ${T} WHERE t1.status = $1`,
    '@Query(value = "select t from Ticket t join fetch t.owner where t.paid = :paid", countQuery = "select count(t) from Ticket t where t.paid = :paid") Page<Ticket> q(boolean paid, Pageable p);': `SELECT count(t1.id) ${T} WHERE t1.paid = $1`,
    '@Query(value = "select * from tickets where kind = ?1", countQuery = "select count(*) from tickets where kind = ?1", nativeQuery = true) Page<Ticket> q(int kind, Pageable p);':
      "select count(*) from tickets where kind = $1",
    '@Query("select t from Ticket t join fetch t.owner o where t.paid = true order by o.email, t.id") Page<Ticket> q(Pageable p);': `SELECT count(t1.id) FROM tickets t1 JOIN owners t2 ON t1.owner_id = t2.id WHERE t1.paid = true`,
    '@Query("from Ticket where paid = true") Page<Ticket> q(Pageable p);': `SELECT count(t1.id) ${T} WHERE t1.paid = true`,
    '@Query("select t.owner from Ticket t where t.paid = true") Page<AppUser> q(Pageable p);': `SELECT count(t1.id) ${T} WHERE t1.paid = true`,
    '@Query("select t.status as s, t.paid as p from Ticket t where t.paid = ?1") Page<Object[]> q(boolean p, Pageable page);': `SELECT count(t1.id) ${T} WHERE t1.paid = $1`,
    '@Query("select distinct t from Ticket t where t.paid = true") Page<Ticket> q(Pageable p);': `SELECT count(DISTINCT t1.id) ${T} WHERE t1.paid = true`,
    '@Query(value = "select t.*, (select count(*) from tickets) as many from tickets t /* from */ where t.kind = ?1 order by t.id", nativeQuery = true) Page<Ticket> q(int kind, Pageable p);':
      "select count(1) from tickets t /* from */ where t.kind = $1",
    '@Query("select t.status, count(t) from Ticket t group by t.status") Page<Object[]> q(Pageable p);': undefined,
    '@Query("select distinct t.status, t.paid from Ticket t") Page<Object[]> q(Pageable p);': undefined,
    '@Query(value = "select t from Ticket t", countProjection = "t.id") Page<Ticket> q(Pageable p);': undefined,
    '@Query(value = "select distinct kind from tickets", nativeQuery = true) Page<Integer> q(Pageable p);': undefined,
    '@Query(value = "with x as (select * from tickets) select * from x", nativeQuery = true) Page<Ticket> q(Pageable p);': undefined,
    "Slice<Ticket> findByStatus(Status s, Pageable p);": undefined,
    "Page<Ticket> findTop10ByStatus(Status s, Pageable p);": undefined,
  };
  for (const [method, expected] of Object.entries(COUNTS)) {
    it(method, async () => {
      const model = await modelOf(`${MODEL.trimEnd()}\n  ${method}\n}`);
      const schema = model.schema.schemaFor("src/main/java/a/TicketRepository.java");
      const [query] = model.persistence.queriesOf("a.TicketRepository");
      assert.ok(schema && query);
      const counted = model.persistence.countSqlOf(query, schema);
      assert.equal(counted && (counted.ok ? counted.sql : counted.why), expected);
    });
  }
});
