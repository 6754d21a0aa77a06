import assert from "node:assert/strict";
import type { Table } from "../../../src/model/schema/schema.ts";
import { TestWorkspace } from "../../harness/check.ts";

const CONFIGURATION = `
spring.jpa.hibernate.ddl-auto=update
spring.datasource.url=jdbc:postgresql://localhost/shop
`;

/**
 * The tables that Hibernate makes of classes, each as its keys. What is expected here is what Hibernate 6.6 wrote for the same classes
 * with the naming strategies of Spring Boot.
 */
async function tables(classes: string, files: Readonly<Record<string, string>> = {}): Promise<ReadonlyMap<string, Table>> {
  const tests = new TestWorkspace([]);
  await tests.put(
    Object.entries({
      "src/main/resources/application.properties": CONFIGURATION,
      "src/main/java/shop/All.java": `package shop;\nimport jakarta.persistence.*;\nimport java.util.*;\n${classes}`,
      ...files,
    }),
  );
  return tests.workspace.model.schema.schemaFor("src/main/java/shop/All.java")?.tables ?? new Map();
}

function keysOf(table: Table | undefined): readonly string[] {
  return [
    ...(table?.indexes ?? []).map(({ constraint, keys }) => {
      const columns = keys.map(({ column, descending }) => `${column}${descending ? " desc" : ""}`);
      return `${constraint ?? "index"} ${columns.join(", ")}`;
    }),
    ...(table?.foreignKeys ?? []).map(
      ({ columns, parent, onDelete }) => `${columns.join(", ")} → ${parent}${onDelete === "no action" ? "" : ` ${onDelete}`}`,
    ),
  ].sort();
}

const columnsOf = (table: Table | undefined): string =>
  [...(table?.columns.values() ?? [])]
    .map(({ name, type, nullable }) => `${name} ${type}${nullable ? "" : "!"}`)
    .sort()
    .join(", ");

describe("tables that Hibernate makes", () => {
  it("have columns with types, of what they inherit and embed, too", async () => {
    const made = await tables(`
@MappedSuperclass abstract class Base { @Id Long id; @Column(name = "created", nullable = false) java.time.Instant createdAt; }
enum State { NEW, OPEN }
@Embeddable class Address { String street; @Column(length = 10) String zipCode; }
@Entity class Customer extends Base {
  String eMail;
  @Embedded Address home;
  @Embedded @AttributeOverride(name = "street", column = @Column(name = "work_street")) @AttributeOverride(name = "zipCode", column = @Column(name = "work_zip", length = 10)) Address work;
  @Enumerated(EnumType.STRING) State state; State number; boolean active; Boolean maybe;
  java.math.BigDecimal amount; @Column(precision = 10, scale = 4) java.math.BigDecimal rate;
  @Lob String bio; byte[] raw; @Column(columnDefinition = "text not null") String note; @JdbcTypeCode(SqlTypes.JSON) Map<String, String> extra;
  UUID token; java.time.LocalDate day; @Column(length = Integer.MAX_VALUE) String letter; @Convert(converter = Money.class) Money price; @NotNull String filled; @Transient String none;
}`);
    assert.equal(
      columnsOf(made.get("customer")),
      [
        "active bool!",
        "amount numeric(38,2)",
        "bio oid",
        "created timestamptz!",
        "day date",
        "e_mail varchar(255)",
        "extra jsonb",
        "filled varchar(255)!",
        "id int8!",
        "letter text",
        "maybe bool",
        "note text",
        "number int2",
        "price ",
        "rate numeric(10,4)",
        "raw bytea",
        "state varchar(255)",
        "street varchar(255)",
        "token uuid",
        "work_street varchar(255)",
        "work_zip varchar(10)",
        "zip_code varchar(10)",
      ].join(", "),
    );
    assert.deepEqual(
      made.get("customer")?.checks.map(({ text }) => text),
      ["state IN ('NEW', 'OPEN')", "number BETWEEN 0 AND 1"],
    );
  });

  it("have the keys and indexes that annotations name, by columns and by attributes", async () => {
    const made = await tables(`
@Entity
@Table(name = "customers", indexes = { @Index(name = "i", columnList = "lastName, createdOn DESC"), @Index(columnList = "eMail", unique = true) },
  uniqueConstraints = @UniqueConstraint(columnNames = { "eMail", "lastName" }))
class Customer { @Id Long id; String eMail; String lastName; java.time.LocalDate createdOn; @Column(unique = true) String code; @NaturalId String tax; }`);
    assert.deepEqual(keysOf(made.get("customers")), [
      "index last_name, created_on desc",
      "primary id",
      "unique code",
      "unique e_mail",
      "unique e_mail, last_name",
      "unique tax",
    ]);
  });

  it("refer to each other without an index", async () => {
    const made = await tables(`
@Entity class Country { @Id String code; }
@Entity class Customer {
  @Id Long id;
  @ManyToOne Country home;
  @ManyToOne @JoinColumn(name = "born_in") @OnDelete(action = OnDeleteAction.CASCADE) Country born;
  @ManyToOne @JoinColumn(name = "loose", foreignKey = @ForeignKey(ConstraintMode.NO_CONSTRAINT)) Country loose;
  @OneToOne Country capital;
}`);
    assert.deepEqual(keysOf(made.get("customer")), [
      "born_in → country cascade",
      "capital_code → country",
      "home_code → country",
      "primary id",
      "unique capital_code",
    ]);
  });

  it("are made for collections, too: a set has a primary key, a bag none", async () => {
    const made = await tables(`
@Entity class Tag { @Id Long id; @ManyToMany(mappedBy = "liked") List<Customer> likers; }
@Embeddable class Phone { @Column(nullable = false) String number; String kind; }
@Entity @Table(name = "customers") class Customer {
  @Id Long id;
  @ElementCollection Set<String> nullables;
  @ElementCollection @Column(name = "nick", nullable = false) Set<String> nicks;
  @ElementCollection @OrderColumn List<String> lines;
  @ElementCollection Map<String, Integer> scores;
  @ElementCollection @CollectionTable(name = "phones", joinColumns = @JoinColumn(name = "cust_id"), indexes = @Index(columnList = "cust_id")) List<Phone> phones;
  @ManyToMany Set<Tag> tags;
  @ManyToMany List<Tag> wanted;
  @ManyToMany Set<Tag> liked;
  @OneToMany Set<Tag> owned;
  @OneToMany @JoinColumn(name = "wish_customer_id") List<Tag> wishes;
}`);
    const of = (name: string) => keysOf(made.get(name));
    const tag = "_id → tag";
    assert.deepEqual(of("customer_nullables"), ["customer_id → customers"]);
    assert.deepEqual(of("customer_nicks"), ["customer_id → customers", "primary customer_id, nick"]);
    assert.deepEqual(of("customer_lines"), ["customer_id → customers", "primary customer_id, lines_order"]);
    assert.deepEqual(of("customer_scores"), ["customer_id → customers", "primary customer_id, scores_key"]);
    assert.deepEqual(of("phones"), ["cust_id → customers", "index cust_id"]);
    assert.equal(columnsOf(made.get("phones")), "cust_id int8!, kind varchar(255), number varchar(255)!");
    assert.deepEqual(of("customers_tags"), ["customer_id → customers", "primary customer_id, tags_id", `tags${tag}`]);
    assert.deepEqual(of("customers_wanted"), ["customer_id → customers", `wanted${tag}`]);
    assert.deepEqual(of("customers_liked"), [`liked${tag}`, "likers_id → customers", "primary likers_id, liked_id"]);
    assert.deepEqual(of("customers_owned"), ["customer_id → customers", `owned${tag}`, "primary customer_id, owned_id", "unique owned_id"]);
    assert.deepEqual(of("tag"), ["primary id", "wish_customer_id → customers"]);
  });

  it("have keys of several parts in the order of their attributes' names", async () => {
    const made = await tables(`
@Embeddable class LineKey { @Column(name = "a_number") Integer position; Long orderId; @Column(name = "z") String mid; }
@Entity @Table(name = "orders") class Order { @Id Long id; @OneToOne Passport passport; }
@Entity class Passport { @Id UUID id; }
@Entity class Photo { @Id UUID id; @MapsId @OneToOne Passport passport; }
@Entity class Line { @EmbeddedId LineKey id; @MapsId("orderId") @ManyToOne Order order; }
@Entity @IdClass(PairId.class) class Pair { @Id Integer zz; @Id Long bb; @Id String aa; }`);
    assert.deepEqual(keysOf(made.get("line")), ["order_id → orders", "primary z, order_id, a_number"]);
    assert.deepEqual(keysOf(made.get("pair")), ["primary aa, bb, zz"]);
    assert.deepEqual(keysOf(made.get("photo")), ["passport_id → passport", "primary passport_id"]);
    assert.equal(columnsOf(made.get("photo")), "passport_id uuid!");
  });

  it("hold several classes, or go on in the tables of those above", async () => {
    const made = await tables(`
@Entity @Inheritance class Payment { @Id Long id; @Column(nullable = false) String total; }
@Entity class CardPayment extends Payment { @Column(nullable = false) String card; @ManyToOne Product product; }
@Entity @Inheritance(strategy = InheritanceType.JOINED) class Product { @Id Long id; String title; }
@Entity class Book extends Product { String isbn; }`);
    assert.equal(columnsOf(made.get("payment")), "card varchar(255), dtype varchar(31)!, id int8!, product_id int8, total varchar(255)!");
    assert.deepEqual(keysOf(made.get("payment")), ["primary id", "product_id → product"]);
    assert.equal(columnsOf(made.get("book")), "id int8!, isbn varchar(255)");
    assert.deepEqual(keysOf(made.get("book")), ["id → product", "primary id"]);
  });

  it("leave in doubt what the mapping does not tell", async () => {
    const made = await tables(`
@Entity @SecondaryTable(name = "more") class Two { @Id Long id; @Column(table = "more") String text; }
@Entity class Foreign { @Id Long id; @Embedded org.elsewhere.Money price; }
@Entity @Subselect("select 1 as id") class Seen { @Id Long id; }`);
    assert.deepEqual([made.get("two")?.uncertain, made.get("foreign")?.uncertain, made.has("seen")], [true, true, false]);
  });

  it("have unique one-to-ones that may be missing from Hibernate 6.2 on", async () => {
    const entity = "@Entity class A { @Id Long id; @OneToOne A other; @OneToOne(optional = false) A sure; }";
    const boot = (version: string): string => `<project><modelVersion>4.0.0</modelVersion>
<parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>${version}</version></parent>
<artifactId>shop</artifactId></project>`;
    const old = await tables(entity, { "pom.xml": boot("2.7.1") });
    assert.deepEqual(keysOf(old.get("a")), ["other_id → a", "primary id", "sure_id → a", "unique sure_id"]);
    const recent = await tables(entity, { "pom.xml": boot("3.3.0") });
    assert.deepEqual(keysOf(recent.get("a")), ["other_id → a", "primary id", "sure_id → a", "unique other_id", "unique sure_id"]);
  });
});
