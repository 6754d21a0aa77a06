import assert from "node:assert/strict";
import { foreignKeyWithoutIndex } from "../../../src/rules/sql/foreign-key-without-index.ts";
import { TestWorkspace } from "../../harness/check.ts";

const SQL =
  "CREATE TABLE shops (id uuid PRIMARY KEY, name text); CREATE TABLE orders (id uuid PRIMARY KEY, shop_id uuid NOT NULL REFERENCES shops, code text);";

interface Parts {
  /** Of the collection. */
  readonly mapping?: string;
  /** Of the class that has it. */
  readonly onShop?: string;
  readonly inShop?: string;
  readonly inOrder?: string;
  readonly more?: Readonly<Record<string, string>>;
}

/** Shops and their orders, both with repositories, and a desk that reads them one by one. */
const java = ({ mapping = '@OneToMany(mappedBy = "shop")', onShop = "", inShop = "", inOrder = "", more = {} }: Parts) => ({
  "src/main/java/a/Shop.java": `package a; import jakarta.persistence.*; import java.util.*;
@Entity @Table(name = "shops") ${onShop} public class Shop { @Id UUID id; String name; ${mapping} private List<Order> orders = new ArrayList<>();
  public String getName() { return name; } public List<Order> getOrders() { return orders; } public void setOrders(List<Order> orders) { this.orders = orders; } ${inShop} }`,
  "src/main/java/a/Order.java": `package a; import jakarta.persistence.*; import java.util.*;
@Entity @Table(name = "orders") public class Order { @Id UUID id; ${inOrder} @ManyToOne(fetch = FetchType.LAZY) @JoinColumn(name = "shop_id") Shop shop; String code; }`,
  "src/main/java/a/Shops.java": `package a; import java.util.*; import org.springframework.data.jpa.repository.*;
public interface Shops extends JpaRepository<Shop, UUID> { Shop findByName(String name); }`,
  "src/main/java/a/Orders.java": `package a; import java.util.*; import org.springframework.data.jpa.repository.*;
public interface Orders extends JpaRepository<Order, UUID> { }`,
  "src/main/java/a/Desk.java": `package a; import java.util.*; import org.springframework.web.bind.annotation.*;
@RestController public class Desk { private Shops shops; @GetMapping("/name") public String name(String of) { return shops.findByName(of).getName(); } }`,
  ...more,
});

/** A class that does something with a shop for each request. */
const doing = (body: string, annotations = "", returns = "void"): Readonly<Record<string, string>> => ({
  "src/main/java/a/Clerk.java": `package a; import java.util.*; import org.springframework.web.bind.annotation.*; import org.springframework.http.ResponseEntity;
@RestController public class Clerk { private Shops shops; private Views views; ${annotations} @GetMapping("/clerk") public ${returns} work(String of) { ${body} } }`,
});

describe("who reads a collection that a foreign key without an index maps", () => {
  const said = async (parts: Parts): Promise<readonly string[]> => {
    const workspace = new TestWorkspace([foreignKeyWithoutIndex]);
    await workspace.put(Object.entries({ "db/migration/V1__init.sql": SQL, ...java(parts) }));
    return workspace.findings().map(({ severity }) => severity);
  };
  const LOUD = ["warning"];
  const SHOP = "Shop shop = shops.findByName(of);";

  it("is nobody, then the key is silent", async () => {
    assert.deepEqual(await said({}), []);
  });

  it("is named with its collection, and deletes are where there may be some", async () => {
    const told = async (more: Readonly<Record<string, string>>): Promise<readonly unknown[]> => {
      const workspace = new TestWorkspace([foreignKeyWithoutIndex]);
      await workspace.put(Object.entries({ "db/migration/V1__init.sql": SQL, ...java({ more }) }));
      return workspace.findings().map(({ cost, related }) => [cost, related.map(({ at, message }) => `${at.file}: ${message}`)]);
    };
    const reads = doing(`${SHOP} for (Order order : shop.getOrders()) order.toString();`);
    const places = [
      "db/migration/V1__init.sql: the parent; ON DELETE NO ACTION",
      "src/main/java/a/Shop.java: Shop.orders is loaded by shop_id",
    ];
    assert.deepEqual(await told(reads), [["each lookup by shop_id reads all of orders", places]]);
    const deletes = doing(`${SHOP} for (Order order : shop.getOrders()) order.toString(); shops.delete(shop);`);
    assert.deepEqual(await told(deletes), [["each delete from shops, and each lookup by shop_id, reads all of orders", places]]);
  });

  it("is a test, which reads few rows", async () => {
    const reads = doing(`${SHOP} shop.getOrders().size();`)["src/main/java/a/Clerk.java"] ?? "";
    assert.deepEqual(await said({ more: { "src/test/java/a/ClerkTest.java": reads.replace("class Clerk", "class ClerkTest") } }), []);
  });

  it("is whoever calls its getter, in a body or by a reference", async () => {
    assert.deepEqual(await said({ more: doing(`${SHOP} for (Order order : shop.getOrders()) order.toString();`) }), LOUD);
    assert.deepEqual(await said({ more: doing("shops.findAll().stream().map(Shop::getOrders).count();") }), LOUD);
  });

  it("is a method of the entity that somebody calls, and none that nobody does", async () => {
    const inShop =
      "public int total() { return count(); } private int count() { return orders.size(); } public Shop add(Order order) { orders.add(order); return this; }";
    assert.deepEqual(await said({ inShop }), []);
    assert.deepEqual(await said({ inShop, more: doing(`${SHOP} shop.total();`) }), LOUD);
    assert.deepEqual(await said({ inShop: "@Override public String toString() { return name + orders; }" }), LOUD);
  });

  it("is a query, an entity graph or a specification that names it", async () => {
    const graph = {
      "src/main/java/a/Shops.java": java({})["src/main/java/a/Shops.java"].replace(
        "Shop findByName",
        '@EntityGraph(attributePaths = "orders") Shop findByName',
      ),
    };
    assert.deepEqual(await said({ more: graph }), LOUD);
    assert.deepEqual(
      await said({
        more: doing('Object made = (Specification<Shop>) (root, query, builder) -> builder.isNotNull(root.join("orders").get("code"));'),
      }),
      LOUD,
    );
    assert.deepEqual(
      await said({
        more: doing("Object made = (Specification<Shop>) (root, query, builder) -> builder.isNotNull(root.join(Shop_.orders));"),
      }),
      LOUD,
    );
    assert.deepEqual(await said({ onShop: '@NamedEntityGraph(name = "whole", attributeNodes = @NamedAttributeNode("orders"))' }), LOUD);
  });

  it("is no path of a request and no name of a cache that is called like it", async () => {
    const cache = doing('System.out.println(Shop.class.getName() + ".orders");', '@Tag(name = "orders")');
    const path = { "src/main/java/a/Paths.java": 'package a; @RequestMapping("/shops.orders") class Paths { }' };
    assert.deepEqual(await said({ more: { ...cache, ...path } }), []);
  });

  it("is Hibernate, where it is eager or goes with a shop that is deleted, or is merged with it", async () => {
    assert.deepEqual(await said({ mapping: '@OneToMany(mappedBy = "shop", fetch = FetchType.EAGER)' }), LOUD);
    assert.deepEqual(await said({ mapping: '@OneToMany(mappedBy = "shop", cascade = CascadeType.ALL)' }), LOUD);
    const removes = '@OneToMany(mappedBy = "shop", orphanRemoval = true)';
    assert.deepEqual(await said({ mapping: removes }), []);
    assert.deepEqual(await said({ mapping: removes, more: doing("shops.deleteById(of);") }), LOUD);
  });

  it("is what Lombok writes, unless it is told to leave it out", async () => {
    assert.deepEqual(await said({ onShop: "@Data" }), LOUD);
    assert.deepEqual(await said({ onShop: "@Getter @Setter" }), []);
    assert.deepEqual(await said({ onShop: '@ToString(exclude = "orders") @EqualsAndHashCode(onlyExplicitlyIncluded = true)' }), []);
    assert.deepEqual(
      await said({ onShop: "@Data", mapping: '@ToString.Exclude @EqualsAndHashCode.Exclude @OneToMany(mappedBy = "shop")' }),
      [],
    );
  });

  it("is an answer that Jackson writes, unless it hides it", async () => {
    const answers = doing(`${SHOP} return shop;`, "", "Shop");
    assert.deepEqual(await said({ more: answers }), LOUD);
    assert.deepEqual(await said({ more: doing(`${SHOP} return ResponseEntity.ok(shop);`, "", "ResponseEntity<?>") }), LOUD);
    assert.deepEqual(await said({ mapping: '@JsonIgnore @OneToMany(mappedBy = "shop")', more: answers }), []);
    assert.deepEqual(await said({ onShop: '@JsonIgnoreProperties("orders")', more: answers }), []);
    const wrapped = {
      ...doing(`${SHOP} return new Answer(shop);`, "", "Answer"),
      "src/main/java/a/Answer.java": "package a; public record Answer(Shop shop) { }",
    };
    assert.deepEqual(await said({ more: wrapped }), LOUD);
  });

  it("is an answer that leads to it", async () => {
    const answers = {
      "src/main/java/a/Till.java":
        'package a; import java.util.*; import org.springframework.web.bind.annotation.*; @RestController class Till { private Orders orders; @GetMapping("/till") public List<Order> all() { return orders.findAll(); } }',
    };
    assert.deepEqual(await said({ more: answers }), LOUD);
    assert.deepEqual(await said({ inOrder: "@JsonIgnore", more: answers }), []);
  });

  it("is a template, a mapper that reflects, or code that is not known, even where it is hidden", async () => {
    const mapping = '@JsonIgnore @OneToMany(mappedBy = "shop")';
    assert.deepEqual(await said({ mapping, more: doing(`${SHOP} views.render("shop", shop);`) }), LOUD);
    assert.deepEqual(
      await said({ mapping, more: doing(`${SHOP} org.springframework.beans.BeanUtils.copyProperties(shop, new Object());`) }),
      LOUD,
    );
    assert.deepEqual(
      await said({
        mapping,
        more: doing(`${SHOP} List<Shop> some = new ArrayList<>(); some.add(shop); shops.save(shop); Optional.of(shop).map(Shop::getName);`),
      }),
      [],
    );
  });

  it("is a MapStruct mapping to what has a property of its name", async () => {
    const mapper = (view: string) => ({
      "src/main/java/a/Mapped.java": `package a; class Mapped { private ShopMapper mapper; private Shops shops; ShopView show(String of) { return mapper.toView(shops.findByName(of)); } }`,
      "src/main/java/a/ShopMapper.java":
        "package a; import org.mapstruct.Mapper; @Mapper interface ShopMapper extends Base<ShopView, Shop> { }",
      "src/main/java/a/Base.java":
        "package a; import java.util.*; interface Base<D, E> { D toView(E from); List<D> toView(List<E> from); }",
      "src/main/java/a/ShopView.java": `package a; import java.util.*; public record ShopView(String name${view}) { }`,
    });
    assert.deepEqual(await said({ more: mapper("") }), []);
    assert.deepEqual(await said({ more: mapper(", List<Order> orders") }), LOUD);
  });

  it("is unknown where repositories are served, or another annotation may read it", async () => {
    const served = {
      "pom.xml":
        "<project><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-data-rest</artifactId></dependency></dependencies></project>",
    };
    assert.deepEqual(await said({ more: served }), LOUD);
    assert.deepEqual(await said({ mapping: '@IndexedEmbedded @OneToMany(mappedBy = "shop")' }), LOUD);
  });

  it("is told anew when code changes", async () => {
    const workspace = new TestWorkspace([foreignKeyWithoutIndex]);
    await workspace.put(Object.entries({ "db/migration/V1__init.sql": SQL, ...java({}) }));
    assert.deepEqual(workspace.findings(), []);
    await workspace.put(Object.entries(doing(`${SHOP} shop.getOrders().size();`)));
    assert.deepEqual(
      workspace.findings().map(({ severity }) => severity),
      LOUD,
    );
    await workspace.put(Object.entries(doing(`${SHOP} shop.getName();`)));
    assert.deepEqual(workspace.findings(), []);
  });
});
