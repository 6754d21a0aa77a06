import assert from "node:assert/strict";
import type { Model } from "../../../src/model/model.ts";
import { physicalName } from "../../../src/model/persistence/mapping/naming.ts";
import { modelOf } from "../../harness/model.ts";

/** "name kind table.columns" of every attribute. */
function attributes(model: Model, name: string): readonly string[] {
  const entity = model.persistence.entity(name);
  assert.ok(entity !== undefined, `${name} is mapped`);
  return entity.attributes.map((a) =>
    [
      a.name,
      a.kind,
      `${a.table}(${a.columns.join()})`,
      a.id ? "id" : "",
      a.fewValues ? "few" : "",
      a.fetch === "lazy" ? "lazy" : "",
      a.mappedBy ?? "",
    ]
      .filter((part) => part !== "")
      .join(" "),
  );
}

describe("entities", () => {
  it("have names in the database as Hibernate makes them", () => {
    const snake = ["ownerId", "URL", "ownerURL", "user.name", "OwnerID", "addressLine2", "`Order`"].map((name) =>
      physicalName(name, "snake"),
    );
    assert.deepEqual(snake, ["owner_id", "url", "ownerurl", "user_name", "ownerid", "address_line2", "order"]);
    assert.equal(physicalName("ownerId", "as written"), "ownerid");
  });

  it("are read with defaults, names and constants", async () => {
    const model = await modelOf(`
//- a/Names.java
package a;
class Names { static final String PREFIX = "t_"; static final String CODE = PREFIX + "code"; }
//- a/Kind.java
package a;
enum Kind { A, B }
//- a/Ticket.java
package a;
import static a.Names.CODE;
@jakarta.persistence.Entity
@Table(name = Names.PREFIX + "tickets", schema = "shop")
class Ticket {
  static int count;
  transient int cached;
  @Transient int passing;
  @Formula("1 + 1") int two;
  @Id @GeneratedValue Long id;
  @Column(name = CODE) String code;
  String holderName;
  Kind kind;
  boolean active;
  @Enumerated(EnumType.STRING) Elsewhere other;
  @ManyToOne Owner owner;
  @ManyToOne(fetch = FetchType.LAZY) @JoinColumn(name = "sellerId") Owner seller;
  @OneToMany(mappedBy = "ticket") List<Note> notes;
  @ElementCollection Set<String> tags;
}
//- a/Owner.java
package a;
@Entity class Owner { @Id @Column(name = "owner_key") Long key; }
//- a/Note.java
package a;
@Entity class Note { @Id Long id; @ManyToOne Ticket ticket; }
`);
    assert.equal(model.persistence.entity("a.Ticket")?.table, "t_tickets");
    assert.deepEqual(attributes(model, "a.Ticket"), [
      "id basic t_tickets(id) id",
      "code basic t_tickets(t_code)",
      "holderName basic t_tickets(holder_name)",
      "kind basic t_tickets(kind) few",
      "active basic t_tickets(active) few",
      "other basic t_tickets(other) few",
      "owner toOne t_tickets(owner_owner_key)",
      "seller toOne t_tickets(seller_id) lazy",
      "notes toMany t_tickets() lazy ticket",
      "tags elements t_tickets() lazy",
    ]);
    const tags = model.persistence.entity("a.Ticket")?.attributes.find(({ name }) => name === "tags");
    assert.deepEqual(tags?.through, {
      table: "ticket_tags",
      columns: ["ticket_id"],
      inverse: [],
      values: { columns: ["tags"], fewValues: false },
    });
    assert.equal(model.persistence.entity("a.Kind"), undefined);
    assert.equal(model.persistence.entityNamed("Ticket", "")?.qualified, "a.Ticket");
  });

  it("inherit from mapped superclasses and entities", async () => {
    const model = await modelOf(`
//- a/Base.java
package a;
@MappedSuperclass abstract class Base<K> { @Id K id; Instant createdAt; String note; }
//- a/Person.java
package a;
@Entity @Inheritance(strategy = InheritanceType.JOINED) @AttributeOverride(name = "note", column = @Column(name = "remark"))
class Person extends Base<Long> { String name; }
//- a/Member.java
package a;
@Entity class Member extends Person { String card; }
//- a/Vehicle.java
package a;
@Entity(name = "Car") class Vehicle { @Id Long id; }
//- a/Truck.java
package a;
@Entity class Truck extends Vehicle { int load; }
`);
    assert.deepEqual(attributes(model, "a.Member"), [
      "card basic member(card)",
      "name basic person(name)",
      "id basic member(id) id",
      "createdAt basic person(created_at)",
      "note basic person(remark)",
    ]);
    assert.deepEqual(attributes(model, "a.Person").at(-1), "note basic person(remark)");
    assert.equal(model.persistence.entity("a.Truck")?.table, "car", "one table for the hierarchy, named by the root");
    assert.equal(model.persistence.entityNamed("Car", "")?.qualified, "a.Vehicle");
    assert.equal(model.persistence.entityNamed("Vehicle", ""), undefined);
  });

  it("are the nearest of several that JPQL calls by one name", async () => {
    const model = await modelOf(`
//- billing/src/billing/Account.java
package billing;
@Entity class Account { @Id Long id; }
//- shop/src/shop/Account.java
package shop;
@Entity class Account { @Id Long id; }
`);
    assert.equal(model.persistence.entityNamed("Account", "shop/src/shop/Orders.java")?.qualified, "shop.Account");
    assert.equal(model.persistence.entityNamed("Account", "billing/src/billing/Invoices.java")?.qualified, "billing.Account");
    assert.equal(model.persistence.entityNamed("Account", "elsewhere/Report.java")?.qualified, "billing.Account", "else the first by path");
  });

  it("embed values, join through tables, and may be mapped on getters", async () => {
    const model = await modelOf(`
//- a/Address.java
package a;
@Embeddable class Address { String city; @Column(name = "zip_code") String zip; }
//- a/Shop.java
package a;
@Entity class Shop {
  private Long id; private String label;
  @Id public Long getId() { return id; }
  @Column(name = "title") public String getLabel() { return label; }
  public Address getAddress() { return null; }
  @ManyToMany @JoinTable(name = "shop_staff", joinColumns = @JoinColumn(name = "shop"), inverseJoinColumns = {@JoinColumn(name = "person")})
  public List<Staff> getStaff() { return null; }
  @OneToMany @JoinColumn(name = "shop_ref") public List<Staff> getGuests() { return null; }
}
//- a/Staff.java
package a;
@Entity class Staff {
  @EmbeddedId StaffKey key;
  @AttributeOverrides({@AttributeOverride(name = "city", column = @Column(name = "home_city"))}) Address home;
  @ManyToMany(mappedBy = "staff") Set<Shop> shops;
  @ManyToOne @JoinColumns({@JoinColumn(name = "a"), @JoinColumn(name = "b")}) Shop pair;
}
//- a/StaffKey.java
package a;
@Embeddable class StaffKey { long number; }
`);
    assert.deepEqual(attributes(model, "a.Shop"), [
      "id basic shop(id) id",
      "label basic shop(title)",
      "address embedded shop()",
      "staff toMany shop() lazy",
      "guests toMany shop() lazy",
    ]);
    const [staff, guests] = model.persistence.entity("a.Shop")?.attributes.slice(-2) ?? [];
    assert.deepEqual(staff?.through, { table: "shop_staff", columns: ["shop"], inverse: ["person"] });
    assert.deepEqual(guests?.through, { table: "staff", columns: ["shop_ref"], inverse: [] });
    const [key, home, shops, pair] = model.persistence.entity("a.Staff")?.attributes ?? [];
    assert.deepEqual(
      [key?.kind, key?.id, home?.overrides, shops?.mappedBy, pair?.columns],
      ["embedded", true, { city: "home_city" }, "staff", ["a", "b"]],
    );
  });

  it("keep their names where the configuration says so", async () => {
    const java = `
//- src/main/java/a/T.java
package a;
@Entity class T { @Id Long id; String ownerId; }
`;
    const configured = await modelOf(`${java}
//- src/main/resources/application.properties
spring.jpa.hibernate.naming.physical-strategy=org.hibernate.boot.model.naming.PhysicalNamingStrategyStandardImpl
`);
    assert.equal(attributes(configured, "a.T")[1], "ownerId basic t(ownerid)");
    assert.equal(attributes(await modelOf(java), "a.T")[1], "ownerId basic t(owner_id)");
  });

  // RedHatInsights/notifications-backend: entities in a library with settings of its own, the strategy in each application
  it("are what the applications have that use their module", async () => {
    const pom = (name: string, uses: string) => `
//- ${name}/pom.xml
<project><groupId>a</groupId><artifactId>${name}</artifactId><version>1</version><dependencies>
<dependency><groupId>io.quarkus</groupId><artifactId>quarkus-hibernate-orm</artifactId></dependency>${uses}</dependencies></project>`;
    const uses = "<dependency><groupId>a</groupId><artifactId>common</artifactId><version>1</version></dependency>";
    const settings = (name: string, strategy: string) =>
      `\n//- ${name}/src/main/resources/application.properties\nquarkus.hibernate-orm.physical-naming-strategy=${strategy}`;
    const common = `${pom("common", "")}
//- common/src/main/resources/application.properties
quarkus.log.level=INFO
//- common/src/main/java/a/T.java
package a;
@Entity class T { @Id Long id; String ownerId; }${pom("engine", uses)}${pom("backend", uses)}`;
    const named = async (more: string) => attributes(await modelOf(common + more), "a.T")[1];
    assert.equal(await named(settings("engine", "a.SnakeCase") + settings("backend", "a.SnakeCase")), "ownerId basic t(owner_id)");
    assert.equal(await named(settings("engine", "a.SnakeCase") + settings("backend", "a.AsWritten")), "ownerId basic t(ownerid)");
  });

  // OpenLMIS/openlmis-stockmanagement
  it("are columns without underscores where a class of the project takes these out", async () => {
    const model = (taken: string) =>
      modelOf(`
//- src/main/resources/application.properties
spring.jpa.hibernate.naming.physical-strategy=a.Names
//- src/main/java/a/Names.java
package a;
public class Names extends PhysicalNamingStrategyStandardImpl {
  public Identifier toPhysicalColumnName(Identifier name, JdbcEnvironment environment) {
    return environment.getIdentifierHelper().toIdentifier(name.getText().${taken});
  }
}
//- src/main/java/a/Card.java
package a;
@Entity @Table(name = "stock_cards") class Card { @Id UUID id; @ManyToOne Card origin; }
`);
    assert.equal(attributes(await model('replaceAll("_", "")'), "a.Card")[1], "origin toOne stock_cards(originid)");
    assert.equal(attributes(await model('replaceAll("-", "_")'), "a.Card")[1], "origin toOne stock_cards(origin_id)");
  });

  it("keep their names without Spring Boot, unless something names a strategy", async () => {
    const named = async (more: string) =>
      attributes(
        await modelOf(`
//- pom.xml
<project><artifactId>t</artifactId><dependencies>
<dependency><groupId>io.quarkus</groupId><artifactId>quarkus-hibernate-orm</artifactId></dependency>
</dependencies></project>
//- src/main/java/a/T.java
package a;
@Entity class T { @Id Long id; String ownerId; }
${more}`),
        "a.T",
      )[1];
    assert.equal(await named(""), "ownerId basic t(ownerid)");
    const strategy = "org.hibernate.boot.model.naming.CamelCaseToUnderscoresNamingStrategy";
    const quarkus = `//- src/main/resources/application.properties\nquarkus.hibernate-orm.physical-naming-strategy=${strategy}\n`;
    assert.equal(await named(quarkus), "ownerId basic t(owner_id)");
    const inCode = `
//- src/main/java/a/Sessions.java
package a;
import org.hibernate.cfg.Configuration;
class Sessions { void set(Configuration c) { c.setProperty("hibernate.physical_naming_strategy", "${strategy}"); } }
`;
    assert.equal(await named(inCode), "ownerId basic t(owner_id)");
    // TEAMMATES/teammates
    const byMethod = inCode.replace(/c\.setProperty\(.*?\);/, "c.setPhysicalNamingStrategy(new CamelCaseToUnderscoresNamingStrategy());");
    assert.equal(await named(byMethod), "ownerId basic t(owner_id)");
  });

  it("are broken at digits from Hibernate 7 on", async () => {
    const named = async (boot: string) =>
      attributes(
        await modelOf(`
//- pom.xml
<project><artifactId>t</artifactId>
<parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>${boot}</version></parent>
<dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-data-jpa</artifactId></dependency>
</dependencies></project>
//- src/main/java/a/T.java
package a;
@Entity class T { @Id Long id; String sha256Hash; String rowX2; String ownerURL; }
`),
        "a.T",
      ).slice(1);
    assert.deepEqual(await named("3.5.6"), ["sha256Hash basic t(sha256hash)", "rowX2 basic t(rowx2)", "ownerURL basic t(ownerurl)"]);
    assert.deepEqual(await named("4.0.0"), ["sha256Hash basic t(sha256_hash)", "rowX2 basic t(row_x2)", "ownerURL basic t(ownerurl)"]);
  });
});
