import assert from "node:assert/strict";
import type { WrittenQuery } from "../../../src/model/persistence/written/writtenQueries.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { modelOf } from "../../harness/model.ts";

const ENTITIES = `
//- a/Team.java
package a;
@Entity @Table(name = "teams")
public class Team { @Id Long id; String name; @OneToMany(mappedBy = "team") List<Member> members; }
//- a/Member.java
package a;
@Entity public class Member { @Id Long id; String email; int age; boolean active; LocalDate born; @ManyToOne Team team; }
`.trimEnd();

function show(query: WrittenQuery): string {
  const scans = query.scans.map(({ table, tests, sort }) => {
    const shown = tests.map((t) => `${t.column}:${t.test}${t.constant ? "!" : ""}${t.folded ?? ""}`);
    const order = sort.map((key) => `${key.column}${key.descending ? "-" : ""}`).join();
    return `${table}[${shown.join(" ")}]${order === "" ? "" : ` sort ${order}`}`;
  });
  const rest = [query.aggregates ? "aggregates" : "", query.dynamicSort ? "any order" : "", query.understood ? "" : "in part"];
  return [`${query.kind} ${query.returns}`, scans.join("; "), query.limit === "none" ? "" : `limit ${query.limit}`, ...rest]
    .filter((part) => part !== "")
    .join(", ");
}

/** What the methods of a class send, by method. */
async function written(imports: string, fields: string, methods: string, more = ""): Promise<Record<string, string[]>> {
  const model = await modelOf(`${ENTITIES}
//- a/Dao.java
package a;
import java.util.*;
${imports}
class Dao {
  ${fields}
${methods}
}
${more}`);
  const byMethod: Record<string, string[]> = {};
  for (const query of model.persistence.written.in("a/Dao.java")) (byMethod[query.method] ??= []).push(show(query));
  return byMethod;
}

describe("queries in code", () => {
  it("are put together with Querydsl", async () => {
    const queries = await written(
      "import static a.QMember.member;\nimport static a.QTeam.*;\nimport com.querydsl.jpa.impl.*;\nimport com.querydsl.core.BooleanBuilder;",
      "JPAQueryFactory factory; EntityManager em;",
      `
  List<Member> all() { return factory.selectFrom(member).fetch(); }
  List<Member> young(int age) { return factory.selectFrom(member).where(member.age.lt(age), member.active.isTrue()).orderBy(member.born.desc(), member.id.asc()).limit(10).fetch(); }
  Member byEmail(String email) { return factory.select(member).from(member).join(member.team, team).fetchJoin().where(member.email.equalsIgnoreCase(email).and(team.name.eq("x"))).fetchOne(); }
  List<Member> ofTeam(Long id, Pageable page) { return factory.selectFrom(QMember.member).where(QMember.member.team.id.eq(id)).offset(page.getOffset()).limit(page.getPageSize()).fetch(); }
  List<String> names(String name) { QMember m = QMember.member; return factory.select(m.email).from(m).where(m.team.name.startsWith(name).or(m.age.gt(3))).fetch(); }
  long count(String email) { return factory.select(member.count()).from(member).where(member.email.lower().eq(email)).fetchOne(); }
  List<Tuple> grouped() { return factory.select(member.team.id, member.age.max()).from(member).groupBy(member.team.id).fetch(); }
  List<Member> maybe(String email) { return factory.selectFrom(member).where(hasEmail(email), member.age.eq(1)).fetch(); }
  List<Member> built(String email) { BooleanBuilder b = new BooleanBuilder(); return factory.selectFrom(member).where(b).fetch(); }
  List<Member> steps(String email) { JPAQuery<Member> q = factory.selectFrom(member); if (email != null) q.where(member.email.eq(email)); return q.fetch(); }
  Member kept(String email) { JPAQuery<Member> q = factory.selectFrom(member).where(member.email.in(email)); return q.fetchFirst(); }
  long change(Long id) { return factory.update(member).set(member.age, 1).where(member.team.id.eq(id)).execute(); }
  long purge() { return factory.delete(member).where(member.born.isNull()).execute(); }
  List<Member> on() { return factory.selectFrom(member).leftJoin(team).on(member.team.id.eq(team.id)).orderBy(sorts()).fetch(); }
  List<Member> mine() { return new JPAQuery<Member>(em).from(member).fetch(); }
  List<Unknown> unknown() { return factory.selectFrom(unknown).fetch(); }`,
    );
    assert.deepEqual(queries, {
      all: ["find list, member[]"],
      young: ["find list, member[age:range active:equals!] sort born-,id, limit 10"],
      byEmail: ["find one, member[team_id:join email:equalslower]; teams[id:join name:equals!]"],
      ofTeam: ["find list, member[team_id:equals], limit page"],
      names: ["find list, member[team_id:join age:either]; teams[id:join name:either]"],
      count: ["count scalar, member[email:equalslower], aggregates"],
      grouped: ["find list, member[], aggregates"],
      maybe: ["find list, member[age:equals!], in part"],
      built: ["find list, member[]"],
      steps: ["find list, member[]", "find list, member[email:equals]"],
      kept: ["find one, member[email:in], limit 1"],
      change: ["update void, member[team_id:equals]"],
      purge: ["delete void, member[born:null!]"],
      on: ["find list, member[team_id:join]; teams[id:join], any order"],
      mine: ["find list, member[]"],
    });
  });

  it("are put together with jOOQ", async () => {
    const queries = await written(
      "import static db.Tables.*;\nimport org.jooq.*;\nimport org.jooq.impl.DSL;",
      "DSLContext dsl;",
      `
  List<Order> open(long shop) { return dsl.select(ORDERS.ID, ITEMS.NAME).from(ORDERS).join(ITEMS).on(ITEMS.ORDER_ID.eq(ORDERS.ID)).where(ORDERS.SHOP_ID.eq(shop)).and(ORDERS.STATE.in("a", "b")).orderBy(ORDERS.CREATED.desc()).limit(5).fetchInto(Order.class); }
  Order one(long id) { return dsl.selectFrom(Tables.ORDERS).where(Tables.ORDERS.ID.eq(id).and(Tables.ORDERS.GONE.isNull())).fetchOneInto(Order.class); }
  boolean any(String code) { return dsl.fetchExists(dsl.selectOne().from(ORDERS).where(DSL.lower(ORDERS.CODE).eq(code))); }
  int number(String code) { return dsl.fetchCount(ORDERS, ORDERS.CODE.eq(code)); }
  List<Order> aliased(int n) { Orders o = ORDERS.as("o"); return dsl.selectFrom(o).where(o.TOTAL.between(1, n)).fetch(); }
  List<Order> either(int n) { return dsl.selectFrom(ORDERS).where(ORDERS.TOTAL.eq(n)).or(ORDERS.STATE.eq("x")).fetch(); }
  void gone(long id) { dsl.deleteFrom(ORDERS).where(ORDERS.SHOP_ID.eq(id)).execute(); }
  void state(long id) { dsl.update(ORDERS).set(ORDERS.STATE, "x").where(ORDERS.SHOP_ID.eq(id)).execute(); }
  void add(long id) { dsl.insertInto(ORDERS).columns(ORDERS.ID).values(id).execute(); }
  Result<Record> plain(long id) { return dsl.fetch("select * from orders where shop_id = ?", id); }
  List<Order> derived(Table<?> t) { return dsl.select().from(t).fetchInto(Order.class); }`,
    );
    assert.deepEqual(queries, {
      open: ["find list, orders[id:join shop_id:equals state:in!] sort created-; items[order_id:join], limit 5"],
      one: ["find one, orders[id:equals gone:null!]"],
      any: ["exists scalar, orders[code:equalslower], limit 1"],
      number: ["count scalar, orders[code:equals], aggregates"],
      aliased: ["find list, orders[total:range]"],
      either: ["find list, orders[total:either state:either]"],
      gone: ["delete void, orders[shop_id:equals]"],
      state: ["update void, orders[shop_id:equals]"],
      add: ["insert void, orders[]"],
      plain: ["find list, orders[shop_id:equals]"],
    });
  });

  it("are texts that are handed over", async () => {
    const queries = await written(
      "import org.springframework.jdbc.core.*;\nimport org.springframework.jdbc.core.simple.JdbcClient;\nimport jakarta.persistence.*;\nimport org.jdbi.v3.core.*;",
      'JdbcTemplate jdbc; JdbcClient client; EntityManager em; Jdbi jdbi; static final String BY_AGE = "select * from member where age > ?";',
      `
  List<String> a(int age) { return jdbc.query(BY_AGE, mapper, age); }
  String b(String name) { String sql = "select email from member" + " where team_id = (select id from teams where name = ?)"; return jdbc.queryForObject(sql, String.class, name); }
  String c(String sql) { return jdbc.queryForObject(sql, String.class); }
  List<Member> d(Long id) { return client.sql("select * from member where team_id = :id").param("id", id).query(Member.class).list(); }
  int e() { return client.sql("delete from member where born is null").update(); }
  List<Member> f(String n) { return em.createQuery("select m from Member m where m.team.name = :n", Member.class).setParameter("n", n).setMaxResults(5).getResultList(); }
  Member g(String n) { Query q = em.createNativeQuery("select * from member where email = :n", Member.class); q.setParameter("n", n); return (Member) q.getSingleResult(); }
  List<Member> h() { CriteriaQuery<Member> c = em.getCriteriaBuilder().createQuery(Member.class); Root<Member> r = c.from(Member.class); return em.createQuery(c).getResultList(); }
  List<Member> i(String n) { return em.createNamedQuery("Member.all", Member.class).getResultList(); }
  List<Member> j(int age) { return jdbi.withHandle(h -> h.createQuery("select * from member where age = :a").bind("a", age).mapTo(Member.class).list()); }
  void k(int age) { jdbi.useHandle(handle -> handle.createUpdate("update member set age = 2 where age = :a").bind("a", age).execute()); }
  String l(boolean b) { String sql = "select 1 from member"; if (b) sql = sql + " where age = 1"; return jdbc.queryForObject(sql, String.class); }`,
    );
    assert.deepEqual(queries, {
      a: ["find list, member[age:range]"],
      b: ["find one, member[team_id:equals]; teams[name:equals]"],
      d: ["find list, member[team_id:equals]"],
      e: ["delete void, member[born:null!]"],
      f: ["find list, member[team_id:join]; teams[id:join name:equals], limit 5"],
      g: ["find one, member[email:equals]"],
      h: ["find list, member[]"],
      j: ["find list, member[age:equals]"],
      k: ["update void, member[age:equals]"],
      l: ["find one, member[]", "find one, member[age:equals!]"],
    });
  });

  it("change with the mapping of what they name, and go with their file", async () => {
    const dao =
      "package a;\nimport static a.QMember.member;\nclass Dao { com.querydsl.jpa.impl.JPAQueryFactory factory; Object one(String e) { return factory.selectFrom(member).where(member.email.eq(e)).fetchOne(); } }";
    const entity = (column: string): string =>
      `package a;\n@Entity public class Member { @Id Long id; @Column(name = "${column}") String email; }`;
    const workspace = new TestWorkspace([]);
    await workspace.put([
      ["a/Dao.java", dao],
      ["a/Member.java", entity("email")],
    ]);
    const { persistence } = workspace.workspace.model;
    const shown = (): readonly string[] => persistence.written.all().map(show);
    assert.deepEqual(shown(), ["find one, member[email:equals]"]);
    await workspace.put([["a/Member.java", entity("mail")]]);
    assert.deepEqual(shown(), ["find one, member[mail:equals]"]);
    assert.deepEqual(persistence.lookupsBy("member", "mail"), [[]]);
    await workspace.put([["a/Dao.java", undefined]]);
    assert.deepEqual(shown(), []);
    assert.equal(persistence.lookupsBy("member", "mail"), undefined);
  });
});
