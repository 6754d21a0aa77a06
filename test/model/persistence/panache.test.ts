import assert from "node:assert/strict";
import type { WrittenQuery } from "../../../src/model/persistence/written/writtenQueries.ts";
import { modelOf } from "../../harness/model.ts";

const MODEL = `
//- a/Boat.java
package a;
import io.quarkus.hibernate.orm.panache.PanacheEntity;
@Entity @Table(name = "boats") class Boat extends PanacheEntity {
  @Id Long id; String name; String harbour; boolean sunk; LocalDate built;
  static Boat named(String name) { return find("name", name).firstResult(); }
}
//- a/Fleet.java
package a;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
interface Fleet<E, I> extends PanacheRepositoryBase<E, I> {
  default List<E> find(Class<E> type, Filter filter) { return null; }
}
`.trimEnd();

function shown({ kind, returns, scans, limit, dynamicSort, understood, at: _ }: WrittenQuery): string {
  const tables = scans.map(({ table, tests, sort }) => {
    const order = sort.map(({ column, descending }) => `${column}${descending ? "-" : ""}`).join();
    return `${table}[${tests.map(({ column, test }) => `${column}:${test}`).join(" ")}]${order === "" ? "" : ` by ${order}`}`;
  });
  const rest = [limit === "none" ? "" : `limit ${limit}`, dynamicSort ? "any order" : "", understood ? "" : "in part"];
  return [`${kind} ${returns}`, ...tables, ...rest].filter((part) => part !== "").join(", ");
}

/** What calls send, by the method that they stand in. */
async function sentBy(methods: string, head = "class Boats implements Fleet<Boat, Long>"): Promise<Record<string, string>> {
  const model = await modelOf(`${MODEL}
//- a/Boats.java
package a;
import io.quarkus.hibernate.orm.panache.*;
import io.quarkus.panache.common.*;
${head} {
${methods}
}
`);
  return Object.fromEntries(model.persistence.written.in("a/Boats.java").map((query) => [query.method, shown(query)]));
}

describe("queries of Panache", () => {
  it("are those of its repositories, with what their texts leave out", async () => {
    const found = await sentBy(`
  List<Boat> word(String name) { return list("name", name); }
  Boat beside(String name) { return find("name", name).singleResult(); }
  List<Boat> filtered(Filter filter) { return find(Boat.class, filter); }
  Boat condition(String name) { return find("name = ?1 and sunk = false", name).firstResult(); }
  List<Boat> order(String harbour) { return find("harbour = ?1 order by built desc", harbour).page(0, 20).list(); }
  List<Boat> sorted(String harbour, Sort sort) { return list("harbour", sort, harbour); }
  List<Boat> bySort(String harbour) { return list("harbour", Sort.by("name"), harbour); }
  long many(String harbour) { return count("harbour = :harbour", Parameters.with("harbour", harbour)); }
  long counted(String harbour) { return find("harbour", harbour).count(); }
  long gone(LocalDate day) { return delete("built < ?1", day); }
  int moved(String to, String from) { return update("harbour = ?1 where harbour = ?2", to, from); }
  int set(String name) { return update("set sunk = true where name = ?1", name); }
  List<String> whole(String harbour) { return find("select b.name from Boat b where b.harbour = ?1", harbour).project(String.class).list(); }
  List<Boat> begun() { return list("from Boat where sunk = true"); }
  List<Boat> every() { return listAll(); }
  Boat key(Long id) { return findById(id); }
  List<Boat> chosen(String text) { return list(text); }
`);
    assert.deepEqual(found, {
      word: "find list, boats[name:equals]",
      beside: "find one, boats[name:equals]",
      condition: "find one, boats[name:equals sunk:equals], limit 1",
      order: "find list, boats[harbour:equals] by built-, limit page",
      sorted: "find list, boats[harbour:equals], any order",
      bySort: "find list, boats[harbour:equals], any order",
      many: "count scalar, boats[harbour:equals]",
      counted: "count scalar, boats[harbour:equals]",
      gone: "delete scalar, boats[built:range]",
      moved: "update scalar, boats[harbour:equals]",
      set: "update scalar, boats[name:equals]",
      whole: "find list, boats[harbour:equals]",
      begun: "find list, boats[sunk:equals]",
      every: "find list, boats[]",
    });
  });

  it("are those of entities, from within and from elsewhere", async () => {
    const found = await sentBy(`  List<Boat> of(String harbour) { return Boat.list("harbour", harbour); }`, "class Boats");
    assert.deepEqual(found, { of: "find list, boats[harbour:equals]" });
    const model = await modelOf(MODEL);
    assert.deepEqual(model.persistence.written.in("a/Boat.java").map(shown), ["find one, boats[name:equals], limit 1"]);
  });

  it("are none of what is called alike", async () => {
    const found = await sentBy(`  private Index index; List<Boat> of(String name) { return index.list("name", name); }`, "class Boats");
    assert.deepEqual(found, {});
  });
});

describe("queries of Hibernate Reactive", () => {
  it("are made by the sessions that lambdas get", async () => {
    const found = await sentBy(
      `
  private org.hibernate.reactive.mutiny.Mutiny.SessionFactory factory;
  Uni<List<Boat>> read(String name) { return factory.withSession(session -> session.createQuery("from Boat b where b.name = :name", Boat.class).setParameter("name", name).getResultList()); }
  Uni<Integer> write(String name) { return factory.withTransaction((session, tx) -> session.createQuery("delete from Boat b where b.name = :name").executeUpdate()); }
  Uni<List<Boat>> plain(String at) { return factory.withStatelessSession(session -> session.createNativeQuery("select * from boats where harbour = ?1", Boat.class).getResultList()); }
`,
      "class Boats",
    );
    assert.deepEqual(found, {
      read: "find list, boats[name:equals]",
      write: "delete void, boats[name:equals]",
      plain: "find list, boats[harbour:equals]",
    });
  });
});
