import assert from "node:assert/strict";
import { TestWorkspace } from "../../harness/check.ts";
import { modelOf } from "../../harness/model.ts";

/** The texts that the methods of a class hand over, by method: `…` in front of one that is only a part. */
async function texts(methods: string, more = ""): Promise<Record<string, string[]>> {
  const { persistence } = await modelOf(`
//- a/Dao.java
package a;
import java.util.*;
import org.springframework.jdbc.core.JdbcTemplate;
import jakarta.persistence.*;
class Dao {
  private JdbcTemplate jdbc;
${methods}
}
${more}`);
  const found: Record<string, string[]> = {};
  for (const query of persistence.written.in("a/Dao.java")) {
    const text = persistence.written.textOf(query);
    const shown = "why" in text ? text.why : `${text.dynamic ? "… " : ""}${text.text.replace(/\s+/g, " ").trim()}`;
    (found[query.method] ??= []).push(shown);
  }
  return found;
}

describe("texts that code puts together", () => {
  it("are followed through builders, assignments and formats", async () => {
    const found = await texts(`
  private static final String FROM = " from items";
  void builder() { StringBuilder sql = new StringBuilder(100); sql.append("select id").append(FROM); sql.append(" where id = ?"); jdbc.queryForList(sql.toString()); }
  void chain() { jdbc.queryForList(new StringBuilder("select id").append(FROM).toString()); }
  void added() { String sql = "select id"; sql += FROM; sql = sql + " where id = ?"; jdbc.queryForList(sql); }
  void formatted() { jdbc.queryForList(String.format("select id%s where n%%2 = %d", FROM, 1)); jdbc.queryForList("select %2$s from %1$s".formatted("items", "id")); }
  void joined() { jdbc.queryForList(String.join(" ", "select id", "from items", "where id = ?")); }
  void replaced() { jdbc.queryForList("select id from {t}".replace("{t}", "items").trim()); }
  void number(int id, long shop) { jdbc.queryForList("select id" + FROM + " where id = " + id + " and shop = " + (shop + 1)); }
  void quoted(String name) { jdbc.queryForList("select id" + FROM + " where name = '" + name + "' and kind = 'x'"); }
  void tried() { String sql; try { sql = "select id" + FROM; } catch (RuntimeException e) { throw e; } jdbc.queryForList(sql); }
`);
    assert.deepEqual(found, {
      builder: ["select id from items where id = ?"],
      chain: ["select id from items"],
      added: ["select id from items where id = ?"],
      formatted: ["select id from items where n%2 = 1", "select id from items"],
      joined: ["select id from items where id = ?"],
      replaced: ["select id from items"],
      number: ["select id from items where id = ? and shop = ?"],
      quoted: ["select id from items where name = ? and kind = 'x'"],
      tried: ["select id from items"],
    });
  });

  it("have the names of classes", async () => {
    const found = await texts(
      `
  private EntityManager em;
  void made() { em.createQuery("select new " + ItemView.class.getCanonicalName() + "(i.id) from Item i", ItemView.class).getResultList(); }
  void whole() { em.createQuery("select i from " + Item.class.getSimpleName() + " i").getResultList(); }
  void other() { em.createQuery("select i from " + java.util.List.class.getName() + " i").getResultList(); }
  void any(Class<?> type) { em.createQuery("select i from " + type.getSimpleName() + " i").getResultList(); }
`,
      `
//- a/ItemView.java
package a;
public class ItemView {}
//- a/Item.java
package a;
@Entity class Item { @Id Long id; }
`,
    );
    assert.deepEqual(found, {
      made: ["select new a.ItemView(i.id) from Item i"],
      whole: ["select i from Item i"],
      other: ["select i from java.util.List i"],
    });
  });

  it("are several where conditions decide", async () => {
    const found = await texts(`
  void one(String name) { String sql = "select id from items"; if (name != null) sql += " where name = ?"; jdbc.queryForList(sql); }
  void either(boolean old) { final String sql; if (old) { sql = "select id from olds"; } else { sql = "select id from items"; } jdbc.queryForList(sql); }
  void picked(boolean up) { jdbc.queryForList("select id from items order by id " + (up ? "asc" : "desc")); }
  void same(String name) { StringBuilder sql = new StringBuilder("select id from items i"); if (name != null) sql.append(" join names n on n.item = i.id"); if (name == null) sql.append(" where i.n is null"); else sql.append(" where n.name = ?"); jdbc.queryForList(sql.toString()); }
  void inside(Integer a, Integer b) { String sql = "select id from items"; if (a != null || b != null) { sql += " where "; if (a != null) { sql += "a = ?"; } if (b != null) { sql += a != null ? " and b = ?" : "b = ?"; } } jdbc.queryForList(sql); }
  void some(boolean all) { String sql = ""; if (all) sql += "select id from items"; jdbc.queryForList(sql); }
  void ended(boolean bad) { String sql = "select id from items"; if (bad) { sql += " nonsense"; return; } jdbc.queryForList(sql); }
  void refused(String kind) { String sql = "select id"; if (kind == null) { sql = ""; throw new RuntimeException(); } sql += " from items"; jdbc.queryForList(sql); }
`);
    assert.deepEqual(found, {
      one: ["select id from items", "select id from items where name = ?"],
      either: ["select id from olds", "select id from items"],
      picked: ["select id from items order by id asc", "select id from items order by id desc"],
      same: ["select id from items i where i.n is null", "select id from items i join names n on n.item = i.id where n.name = ?"],
      inside: [
        "select id from items",
        "select id from items where b = ?",
        "select id from items where a = ?",
        "select id from items where a = ? and b = ?",
      ],
      some: ["select id from items"],
      ended: ["select id from items"],
      refused: ["select id from items"],
    });
  });

  it("are a part where conditions are many, change, or ask about one value apart", async () => {
    const found = await texts(
      `
  void many(Filter f) { String sql = "select id from items where x = 1"; if (f.a() != null) sql += " and a = ?"; if (f.b() != null) sql += " and b = ?"; if (f.c() != null) sql += " and c = ?"; jdbc.queryForList(sql); }
  void changing(Filter f) { boolean where = false; String sql = "select id from items"; if (f.a() != null) { sql += " where a = ?"; where = true; } if (f.b() != null) { sql += where ? " and b = ?" : " where b = ?"; } jdbc.queryForList(sql); }
  void related(String kind) { String sql = "select id from items"; if (kind.equals("a")) sql += " where a = 1"; if (kind.equals("b")) sql += " where b = 1"; jdbc.queryForList(sql); }
`,
      `
//- a/Filter.java
package a;
record Filter(String a, String b, String c) {}
`,
    );
    assert.deepEqual(found, {
      many: ["… select id from items where x = 1"],
      changing: ["… select id from items"],
      related: ["… select id from items"],
    });
  });

  it("come from other methods, fields and classes", async () => {
    const found = await texts(
      `
  private final RowReader reader = new RowReader();
  void ofMethod() { jdbc.queryForList(select("items", true)); jdbc.queryForList(select("olds", false)); }
  private String select(String table, boolean sorted) { return "select id from " + table + (sorted ? " order by id" : ""); }
  void ofClass() { jdbc.queryForList("select " + reader.columns() + " where i.id = ?"); jdbc.queryForList(Texts.all()); }
  void returned(String name) { jdbc.queryForList(choose(name)); }
  private String choose(String n) { if (n == null) { return "select id from items"; } return "select id from items where name = ?"; }
`,
      `
//- a/RowReader.java
package a;
class RowReader {
  private final String columns;
  RowReader() { StringBuilder b = new StringBuilder(); b.append("i.id, i.name "); b.append("from items i"); this.columns = b.toString(); }
  String columns() { return this.columns; }
}
//- a/Texts.java
package a;
final class Texts { private static final String TABLE = "items"; static String all() { return "select id from " + TABLE; } }
`,
    );
    assert.deepEqual(found, {
      ofMethod: ["select id from items order by id", "select id from olds"],
      ofClass: ["select i.id, i.name from items i where i.id = ?", "select id from items"],
      returned: ["select id from items", "select id from items where name = ?"],
    });
  });

  it("are not known of a builder in a field that a method adds to", async () => {
    // apache/fineract: what is joined on stands in another method
    const found = await texts(
      `
  void added() { RowReader reader = new RowReader(); jdbc.queryForList("select " + reader.columns()); }
  void kept() { jdbc.queryForList(new Kept().text()); }
`,
      `
//- a/RowReader.java
package a;
class RowReader {
  private final StringBuilder text = new StringBuilder("i.id from items i left join parts p");
  String columns() { if (text.length() > 9) { this.text.append(" on p.item = i.id"); } return this.text.toString(); }
}
//- a/Kept.java
package a;
class Kept {
  private final StringBuilder text = new StringBuilder("select id from items");
  String text() { return text.toString(); }
}
`,
    );
    assert.deepEqual(found, { kept: ["select id from items"] });
  });

  it("are not known where loops, lambdas, other code or anything but values put in a part", async () => {
    const found = await texts(
      `
  static final String sql = "select id from olds";
  void given(String sql) { jdbc.queryForList(sql); }
  void table(String table) { jdbc.queryForList("select id from " + table); }
  void looped(List<String> ids) { StringBuilder sql = new StringBuilder("select id from items where id in ("); for (String id : ids) sql.append("?,"); jdbc.queryForList(sql.append("1)").toString()); }
  void lambda(List<String> ids) { StringBuilder sql = new StringBuilder("select id from items"); ids.forEach(id -> sql.append(id)); jdbc.queryForList(sql.toString()); }
  void handed(String name) { StringBuilder sql = new StringBuilder("select id from items"); restrict(sql, name); jdbc.queryForList(sql.toString()); }
  private void restrict(StringBuilder sql, String name) { sql.append(" where name = ?"); }
  void inserted() { StringBuilder sql = new StringBuilder("select id from items"); sql.insert(0, "explain "); jdbc.queryForList(sql.toString()); }
  void caught() { String sql = "select id"; try { sql += check(); } catch (RuntimeException e) { sql = "?"; } jdbc.queryForList(sql); }
  void like(String name) { jdbc.queryForList("select id from items where name like '%" + name + "%'"); }
  void overridden() { jdbc.queryForList(over()); }
  String over() { return "select id from items"; }
  private String check() { return " from items"; }
`,
      `
//- a/Sub.java
package a;
class Sub extends Dao { @Override String over() { return "select id from olds"; } }
`,
    );
    assert.deepEqual(found, {});
  });

  it("are handed to a method of the project that makes the query", async () => {
    const found = await texts(
      `
  private EntityManager em;
  List<Item> made(String name) { return query("select i from Item i where i.name = :name").setParameter("name", name).getResultList(); }
  List<Item> behind(Context context) { return createQuery(context, "select i from Item i").setMaxResults(3).getResultList(); }
  List<Item> either(boolean all) { return choose("select i from Item i", all).getResultList(); }
  private TypedQuery<Item> query(String text) { return em.createQuery("/* dao */ " + text, Item.class).setHint("x", true); }
  private Query createQuery(Context context, String text) { return em.createQuery(text); }
  private Query choose(String text, boolean all) { if (all) { return em.createQuery(text); } return em.createNativeQuery(text); }
`,
      `
//- a/Item.java
package a;
@Entity public class Item { @Id Long id; String name; }
//- a/Context.java
package a;
class Context {}
`,
    );
    assert.deepEqual(found, {
      made: ["/* dao */ select i from Item i where i.name = :name"],
      behind: ["select i from Item i"],
    });
  });

  it("change with the file that a part comes from", async () => {
    const workspace = new TestWorkspace([]);
    const texts = (table: string): string => `package a;\nfinal class Texts { static String all() { return "select id from ${table}"; } }`;
    await workspace.put([
      [
        "a/Dao.java",
        "package a;\nclass Dao { org.springframework.jdbc.core.JdbcTemplate jdbc; Object all() { return jdbc.queryForList(Texts.all()); } }",
      ],
      ["a/Texts.java", texts("items")],
    ]);
    const { persistence } = workspace.workspace.model;
    const tables = (): readonly string[] => persistence.written.all().flatMap(({ scans }) => scans.map(({ table }) => table));
    assert.deepEqual(tables(), ["items"]);
    await workspace.put([["a/Texts.java", texts("olds")]]);
    assert.deepEqual(tables(), ["olds"]);
  });
});
