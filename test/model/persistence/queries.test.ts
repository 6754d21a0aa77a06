import assert from "node:assert/strict";
import type { Model } from "../../../src/model/model.ts";
import type { Query } from "../../../src/model/persistence/scans/query.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { modelOf } from "../../harness/model.ts";

const ENTITIES = `
//- a/Owner.java
package a;
@Entity @Table(name = "owners")
class Owner { @Id Long id; String name; @Embedded Address home; @OneToMany(mappedBy = "owner") List<Pet> pets; @ManyToMany List<Club> clubs; }
//- a/Address.java
package a;
@Embeddable class Address { String city; String zipCode; }
//- a/Pet.java
package a;
@Entity class Pet { @Id Long id; @ManyToOne Owner owner; Kind kind; LocalDate born; boolean chipped; }
//- a/Club.java
package a;
@Entity class Club { @Id Long id; String title; String note; }
//- a/Stay.java
package a;
@Entity class Stay { @Id Long id; @ManyToOne @JoinColumn(name = "club", referencedColumnName = "title") Club club; }
//- a/Kind.java
package a;
enum Kind { CAT, DOG }
`.trimEnd();

const repository = (methods: string, entity = "Pet"): string => `${ENTITIES}
//- a/Repo.java
package a;
interface Repo extends JpaRepository<${entity}, Long> {
${methods}
}
`;

/** "table[column:test …] sort …" of every scan. */
function show(query: Query | undefined): string {
  if (query === undefined) return "";
  return query.scans
    .map(({ table, tests, sort }) => {
      const shown = tests.map(
        (t) => `${t.column}:${t.test}${t.constant ? "!" : ""}${t.fewValues ? "~" : ""}${t.folded ?? ""}${t.ambiguous ? "?" : ""}`,
      );
      return `${table}[${shown.join(" ")}]${sort.length > 0 ? ` sort ${sort.map((key) => `${key.column}${key.descending ? "-" : ""}`).join()}` : ""}`;
    })
    .join("; ");
}

async function scansOf(methods: string, entity?: string): Promise<Record<string, string>> {
  const model = await modelOf(repository(methods, entity));
  return Object.fromEntries(model.persistence.queriesOf("a.Repo").map((query) => [query.method, show(query)]));
}

describe("queries of repositories", () => {
  it("come from method names", async () => {
    const scans = await scansOf(`
  List<Pet> findByOwnerIdAndKindIn(Long owner, List<Kind> kinds);
  List<Pet> findByOwner(Owner owner);
  List<Pet> findByOwnerHomeCityOrderByBornDescIdDesc(String city);
  long countByChippedTrueAndBornBetween(LocalDate a, LocalDate b);
  boolean existsByOwnerNameIgnoreCase(String name);
  void deleteByKindOrChipped(Kind kind, boolean chipped);
  List<Pet> findByNothing(String nothing);
  default List<Pet> findByKind(Kind kind) { return null; }
  List<Pet> custom(String text);`);
    assert.deepEqual(scans, {
      findByOwnerIdAndKindIn: "pet[owner_id:equals kind:in~]",
      findByOwner: "pet[owner_id:equals]",
      findByOwnerHomeCityOrderByBornDescIdDesc: "pet[owner_id:join] sort born-,id-; owners[id:join city:equals]",
      countByChippedTrueAndBornBetween: "pet[chipped:equals!~ born:range]",
      existsByOwnerNameIgnoreCase: "pet[owner_id:join]; owners[id:join name:equalsupper]",
      deleteByKindOrChipped: "pet[kind:either~ chipped:either~]",
    });
  });

  it("follow join columns that hold another column than the key", async () => {
    const scans = await scansOf(
      `
  List<Stay> findByClubTitle(String title);
  List<Stay> findByClubId(Long id);
  List<Stay> findByClubNoteOrderById(String note);`,
      "Stay",
    );
    assert.deepEqual(scans, {
      findByClubTitle: "stay[club:equals]",
      // One row has the key, and that has one title.
      findByClubId: "stay[club:equals]",
      findByClubNoteOrderById: "stay[club:join] sort id; club[title:join note:equals]",
    });
  });

  it("follow collections", async () => {
    const scans = await scansOf(
      "  List<Owner> findByPetsKind(Kind kind);\n  List<Owner> findByClubsTitle(String title);\n  List<Owner> findByHome(Address home);",
      "Owner",
    );
    assert.deepEqual(scans, {
      findByPetsKind: "owners[id:join]; pet[owner_id:join kind:equals~]",
      findByClubsTitle: "owners[id:join]; club[id:join title:equals]; owners_clubs[owner_id:join clubs_id:join]",
      findByHome: "owners[city:equals zip_code:equals]",
    });
  });

  it("come from JPQL", async () => {
    const scans = await scansOf(`
  @Query("select p from Pet p join fetch p.owner o where o.name = :name and p.kind = a.Kind.CAT order by p.born desc") List<Pet> a(String name);
  @Query("select p from #{#entityName} p where p.owner.id = ?1 and (:k is null or p.kind = :k)") List<Pet> b(Long o, Kind k);
  @Query("select p from Pet p, Owner o where p.owner = o and lower(o.name) like 'x%' and o.home.city like concat('%', :c)") List<Pet> c(String c);
  @Query("from Pet where owner.home.zipCode in :zips and not chipped = true") List<Pet> d(List<String> zips);
  @Query("select o from Owner o where exists (select 1 from Pet p where p.owner = o and p.born > :since)") List<Owner> e(LocalDate since);
  @Modifying @Query("update Pet p set p.kind = :k where p.owner.id in (select o.id from Owner o where o.name = 'x')") int f(Kind k);`);
    assert.deepEqual(scans, {
      a: "pet[owner_id:join kind:equals!~] sort born-; owners[id:join name:equals]",
      b: "pet[owner_id:equals kind:either~]",
      c: "pet[owner_id:join]; owners[id:join name:prefixlower city:contains]",
      d: "pet[owner_id:join chipped:not~]; owners[id:join zip_code:in]",
      e: "owners[id:join]; pet[owner_id:join born:range]",
      f: "pet[owner_id:in]; owners[name:equals!]",
    });
  });

  it("come from SQL", async () => {
    const scans = await scansOf(`
  @Query(value = "select p.* from public.pet p join owners o on o.id = p.owner_id where name = :name and p.born >= now() - interval '1 day' limit 5", nativeQuery = true) List<Pet> a(String name);
  @NativeQuery("with old as (select id from pet where born < ?1) select * from old where id = ?2") List<Pet> b(LocalDate born, long id);
  @Query(value = "SELECT * FROM pet WHERE id = ANY(:ids) AND \\"Kind\\" IS NULL ORDER BY born", nativeQuery = true) List<Pet> c(long[] ids);`);
    assert.deepEqual(scans, {
      a: "pet[owner_id:join name:equals? born:range]; owners[id:join name:equals?]",
      b: "pet[born:range]",
      c: "pet[id:in kind:null!] sort born",
    });
  });

  it("leave out what a mapper says to other databases", async () => {
    const model = await modelOf(`
//- a/PetMapper.java
package a;
import org.apache.ibatis.annotations.Select;
interface PetMapper {
  @Select("<script>SELECT id FROM pet WHERE chip = #{chip} <if test=\\"_databaseId == 'db2'\\">with UR </if></script>")
  Pet ofChip(String chip);
  @Select("<script>SELECT id FROM pet WHERE chip = #{chip} <if test=\\"_databaseId == 'postgres'\\">AND kind = 2</if></script>")
  Pet ofOurs(String chip);
}
`);
    const read = model.persistence.queriesOf("a.PetMapper").map((query) => [query.method, show(query), query.understood]);
    assert.deepEqual(read, [
      ["ofChip", "pet[chip:equals]", true],
      ["ofOurs", "pet[chip:equals kind:equals!]", true],
    ]);
  });

  it("come from SQL, which Spring Data JDBC and R2DBC call a query", async () => {
    const model = await modelOf(`
//- a/Tokens.java
package a;
import org.springframework.data.jdbc.repository.query.Query;
interface Tokens extends ListCrudRepository<Token, Long> {
  @Query("DELETE FROM tokens WHERE expires_at < :now") void purge(Instant now);
}
//- a/Cards.java
package a;
import org.springframework.data.r2dbc.repository.Query;
interface Cards extends CrudRepository<Card, Long> {
  @Query("SELECT * FROM cards WHERE pid = :pid") Flux<Card> of(String pid);
}
`);
    const [purge] = model.persistence.queriesOf("a.Tokens");
    const [of] = model.persistence.queriesOf("a.Cards");
    assert.deepEqual(
      [purge?.source, show(purge), of?.source, show(of)],
      ["native", "tokens[expires_at:range]", "native", "cards[pid:equals]"],
    );
  });

  it("say what they bring", async () => {
    const model = await modelOf(
      repository(`
  Optional<Pet> findFirstByKind(Kind kind);
  Page<Pet> findByKind(Kind kind, Pageable page);
  List<Pet> findByKind(Kind kind);
  Slice<Pet> findByBorn(LocalDate born, Pageable page);
  Stream<Pet> streamByKind(Kind kind);
  @Query("select count(p) from Pet p") long total();
  @Query("select p.kind, max(p.born) from Pet p group by p.kind") List<Object[]> latest();
  @Query("select coalesce(avg(p.id), 0) from Pet p") double mean();
  @Query("select distinct p.kind from Pet p") List<Kind> kinds();
  @Query("select distinct p from Pet p") List<Pet> different();
  @Query(value = "select exists(select 1 from pet where kind = 'CAT')", nativeQuery = true) boolean anyCat();
  @Modifying @Query("delete from Pet p where p.chipped = false") void purge();
  @Query(value = "insert into pet (id) values (1)", nativeQuery = true) void add();`),
    );
    const brings = model.persistence
      .queriesOf("a.Repo")
      .map((q) => `${q.method}/${q.parameters} ${q.kind} ${q.limit} ${q.returns}${q.aggregates ? " aggregates" : ""}`);
    assert.deepEqual(brings, [
      "findFirstByKind/1 find 1 optional",
      "findByKind/2 find page page",
      "findByKind/1 find none list",
      "findByBorn/2 find page slice",
      "streamByKind/1 find none stream",
      "total/0 count none scalar aggregates",
      "latest/0 find none list aggregates",
      "mean/0 find none scalar aggregates",
      "kinds/0 find none list aggregates",
      "different/0 find none list",
      "anyCat/0 exists 1 scalar",
      "purge/0 delete none void",
      "add/0 insert none void",
    ]);
    assert.equal(model.persistence.query("a.Repo", "findByKind", 1)?.returns, "list");
  });
});

describe("repositories", () => {
  const found = (model: Model): Record<string, string> =>
    Object.fromEntries(model.persistence.repositories().map(({ name, style, entity, id }) => [name, `${style} ${entity} ${id}`]));

  it("are found through any number of interfaces, their entity through type arguments", async () => {
    const model = await modelOf(`${ENTITIES}
//- lib/Base.java
package lib;
import org.springframework.data.repository.*;
@NoRepositoryBean public interface Base<K, E> extends Named, CrudRepository<E, K> { List<E> findByOwner(Object owner); }
//- lib/Named.java
package lib;
public interface Named {}
//- b/Pets.java
package b;
import a.Pet; import lib.Base;
interface Pets extends Base<Long, Pet> {}
//- b/Plain.java
package b;
import org.springframework.data.repository.Repository;
interface Plain extends Repository<a.Owner, java.lang.Long> {}
//- b/Own.java
package b;
interface Own extends Repository<String> {}
interface Repository<T> {}
//- b/Defined.java
package b;
@RepositoryDefinition(domainClass = a.Pet.class, idClass = Long.class) interface Defined { a.Pet findById(Long id); }
//- b/Tickets.java
package b;
interface Tickets { @Query("select * from ticket where code = :code") String code(@Bind("code") String code); }
//- b/Api.java
package b;
interface Api { @GET("/x") String get(@Query("q") String q); }
`);
    assert.deepEqual(found(model), {
      Base: "spring-data E K",
      Defined: "spring-data a.Pet java.lang.Long",
      Pets: "spring-data a.Pet java.lang.Long",
      Plain: "spring-data a.Owner java.lang.Long",
      Tickets: "statements undefined undefined",
    });
    assert.equal(
      show(model.persistence.query("b.Pets", "findByOwner")),
      "pet[owner_id:equals]",
      "an inherited method is a query over the entity",
    );
    assert.equal(show(model.persistence.query("b.Tickets", "code")), "ticket[code:equals]");
  });

  it("may inherit from each other in a circle", async () => {
    const model = await modelOf("//- a/A.java\npackage a;\ninterface A extends B {}\n//- a/B.java\npackage a;\ninterface B extends A {}\n");
    assert.deepEqual(found(model), {});
  });
});

describe("the use of tables", () => {
  it("is what queries, mappings and calls do", async () => {
    const { usage } = await modelOf(`${repository("  List<Pet> findByKind(Kind kind);")}
//- a/Owners.java
package a;
interface Owners extends JpaRepository<Owner, Long> { @Query("select o from Owner o where o.name = :n") Owner named(String n); }
//- a/Service.java
package a;
class Service { Owners owners; Repo pets; void drop(Long id) { owners.deleteById(id); } }
`);
    const asked = (table: string, column: string) => usage.lookupsBy(table, column, "a/Service.java")?.length;
    assert.deepEqual([asked("pet", "kind"), asked("owners", "name"), asked("pet", "owner_id"), asked("pet", "born")], [1, 1, 0, 0]);
    const collections = (column: string) => usage.collectionsBy("pet", column).length;
    assert.deepEqual([collections("owner_id"), collections("kind")], [1, 0], "an owner's pets are found by owner_id");
    assert.deepEqual([usage.deletesFrom("owners", ""), usage.deletesFrom("pet", "")], [true, false]);
    assert.deepEqual([asked("elsewhere", "id"), usage.deletesFrom("elsewhere", "")], [undefined, undefined]);
  });
});

describe("changes of the persistence model", () => {
  it("are told by the answers that come out different", async () => {
    const workspace = new TestWorkspace([]);
    const file = (name: string, body: string): [string, string] => [`a/${name}.java`, `package a;\n${body}\n`];
    await workspace.put([
      file("Pet", "@Entity class Pet { @Id Long id; String name; void a() {} }"),
      file("Repo", "interface Repo extends JpaRepository<Pet, Long> { Pet findByName(String n); Pet findById(Long id); }"),
    ]);
    const { model } = workspace.workspace;
    const byName = () => show(model.persistence.query("a.Repo", "findByName"));
    const changed = async (name: string, body: string): Promise<readonly string[]> => {
      const keys: string[] = [];
      const update = model.persistence.update.bind(model.persistence);
      model.persistence.update = (...args) => {
        const told = [...update(...args)];
        keys.push(...told);
        return told;
      };
      await workspace.put([file(name, body)]);
      model.persistence.update = update;
      return keys.filter((key) => key.startsWith("query:")).sort();
    };
    assert.equal(byName(), "pet[name:equals]");
    model.persistence.query("a.Repo", "findById");
    assert.deepEqual(await changed("Pet", "@Entity class Pet { @Id Long id; String name; void a() { int x = 1; } }"), [], "a body");
    assert.deepEqual(await changed("Pet", '@Entity class Pet { @Id Long id; @Column(name = "label") String name; void a() {} }'), [
      "query:a.Repo#findByName",
    ]);
    assert.equal(byName(), "pet[label:equals]");
    assert.deepEqual(await changed("Pet", "class Pet { Long id; String name; }"), ["query:a.Repo#findById", "query:a.Repo#findByName"]);
    assert.equal(byName(), "");
  });
});
