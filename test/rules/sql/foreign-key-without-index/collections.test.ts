import assert from "node:assert/strict";
import { foreignKeyWithoutIndex } from "../../../../src/rules/sql/foreign-key-without-index.ts";
import { TestWorkspace } from "../../../harness/check.ts";

/** Shops and their orders, both with repositories, and a desk that does something with a shop. */
const files = (work: string, mapping = '@OneToMany(mappedBy = "shop")'): Readonly<Record<string, string>> => ({
  "db/migration/V1__init.sql":
    "CREATE TABLE shops (id uuid PRIMARY KEY, name text); CREATE TABLE orders (id uuid PRIMARY KEY, shop_id uuid NOT NULL REFERENCES shops, code text);",
  "src/main/java/a/Shop.java": `package a;
@Entity @Table(name = "shops") class Shop { @Id UUID id; String name; ${mapping} List<Order> orders; }`,
  "src/main/java/a/Order.java": `package a;
@Entity @Table(name = "orders") class Order { @Id UUID id; @ManyToOne @JoinColumn(name = "shop_id") Shop shop; String code; }`,
  "src/main/java/a/Shops.java": "package a; interface Shops extends JpaRepository<Shop, UUID> { Shop findByName(String name); }",
  "src/main/java/a/Orders.java": "package a; interface Orders extends JpaRepository<Order, UUID> { }",
  "src/main/java/a/Desk.java": `package a;
@RestController class Desk { Shops shops; @GetMapping("/work") void work(String of) { Shop shop = shops.findByName(of); ${work} } }`,
});

describe("a collection whose rows are found by a foreign key without an index", () => {
  const told = async (given: Readonly<Record<string, string>>): Promise<readonly (readonly unknown[])[]> => {
    const workspace = new TestWorkspace([foreignKeyWithoutIndex]);
    await workspace.put(Object.entries(given));
    return workspace
      .findings()
      .map(({ severity, cost, related }) => [severity, cost, related.map(({ at, message }) => `${at.file}: ${message}`)]);
  };
  const PARENT = "db/migration/V1__init.sql: the parent; ON DELETE NO ACTION";

  it("makes the key loud, and is named beside it", async () => {
    const places = [PARENT, "src/main/java/a/Shop.java: Shop.orders is loaded by shop_id"];
    assert.deepEqual(await told(files("")), [["warning", "each lookup by shop_id reads all of orders", places]]);
  });

  it("is named where it points to its rows itself", async () => {
    const [[, , places] = []] = await told(files("", '@OneToMany @JoinColumn(name = "shop_id")'));
    assert.deepEqual(places, [PARENT, "src/main/java/a/Shop.java: Shop.orders is loaded by shop_id"]);
  });

  it("is named beside deletes where there may be some", async () => {
    const [[, cost] = []] = await told(files("shops.delete(shop);"));
    assert.equal(cost, "each delete from shops, and each lookup by shop_id, reads all of orders");
  });

  // robinfriedli/aiode has no repositories: playlists are asked for in a session.
  it("makes the key loud where the owner is found without a repository, and not where nothing is known to find it", async () => {
    const session = (sends: string): Readonly<Record<string, string>> => ({
      ...files(""),
      "src/main/java/a/Shops.java": "package a; class Shops { }",
      "src/main/java/a/Orders.java": "package a; class Orders { }",
      "src/main/java/a/Desk.java": `package a; import java.util.*; import jakarta.persistence.EntityManager;
@RestController class Desk { EntityManager em; @GetMapping("/work") List<?> work(String of) { return ${sends}; } }`,
    });
    const find = 'em.createQuery("select s from Shop s where s.name = :of", Shop.class).setParameter("of", of).getResultList()';
    assert.deepEqual(
      (await told(session(find))).map(([severity]) => severity),
      ["warning"],
    );
    assert.deepEqual(
      (await told(session("List.of()"))).map(([severity]) => severity),
      ["information"],
    );
  });

  it("is silent where none is mapped and no query asks", async () => {
    assert.deepEqual(await told(files("", "@Transient")), []);
  });
});
