import assert from "node:assert/strict";
import { connectionHeldDuringSlowWork } from "../../../../src/rules/java/connection-held-during-slow-work.ts";
import { TestWorkspace } from "../../../harness/check.ts";
import { parseFixture } from "../../../harness/fixture.ts";
import { rule } from "../../../harness/rule.ts";
import { pom } from "../../config/builds.ts";
import { service } from "./orders.ts";

/** An index of orders beside their table. */
const INDEX = `
//- src/shop/OrderIndex.java
package shop;
import org.springframework.data.elasticsearch.repository.ElasticsearchRepository;
interface OrderIndex extends ElasticsearchRepository<OrderDocument, Long> { OrderDocument findByNumber(String number); }
//- src/shop/OrderDocument.java
package shop;
import org.springframework.data.elasticsearch.annotations.Document;
@Document(indexName = "orders") class OrderDocument { Long id; }`;

const indexed = (body: string): string => `${INDEX}${service(`  private final OrderIndex index;${body}`)}`;

rule(connectionHeldDuringSlowWork, {
  reports: {
    // sci2zero/TeslaRIS-backend: most services index what they save.
    "a document that is written where its row is": indexed(`
  @Transactional public void place(Order order) {
    orders.save(order);
    index.save(order.document());
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ OrderIndex.save asks a search index inside the transaction of OrderService.place
  }`),
    "an index behind a helper": indexed(`
  @Transactional public void place(Order order) {
    orders.save(order);
    show(order);
  //^^^^^^^^^^^ show runs OrderIndex.findByNumber, which asks a search index, inside the transaction of OrderService.place
  }
  private void show(Order order) { index.findByNumber(order.number()); }`),
    "what is slower, behind the index": indexed(`
  @Transactional public void place(Order order) {
    orders.save(order);
    index.save(order.document());
    payments.charge(order);
  //^^^^^^^^^^^^^^^^^^^^^^ charge runs RestTemplate.postForObject inside the transaction of OrderService.place
  }`),
    // Remy2404/wing-ecommerce-backend: a mail in a `try`, behind the hash of a password.
    "the mail, and not the hash before it": service(`
  @Transactional public void register(Order order, String password) {
    if (orders.existsById(order.id)) return;
    order.secret(encoder.encode(password));
    orders.save(order);
    try {
      mail.send(order.message());
    //^^^^^^^^^^^^^^^^^^^^^^^^^^ JavaMailSender.send runs inside the transaction of OrderService.register
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }`),
    "what is slower before the first statement, where the connection is held by then": `${pom("spring-boot-starter-data-jpa")}
${service(`
  @Transactional public void register(Order order, String password) {
    payments.charge(order);
  //^^^^^^^^^^^^^^^^^^^^^^ charge runs RestTemplate.postForObject inside the transaction of OrderService.register
    orders.save(order);
    orders.save(order.with(encoder.encode(password)));
  }`)}`,
  },
  ignores: {
    "a module that has an index, and no database": `${pom("spring-boot-starter-data-elasticsearch")}
${indexed(`
  @Transactional public void place(Order order) {
    index.save(order.document());
    payments.charge(order);
  }`)}`,
    // thehyve/podium: an entity that is indexed has a repository for each.
    "rows of an entity that is indexed, too": `
//- src/shop/Shop.java
package shop;
import org.springframework.data.elasticsearch.annotations.Document;
@Entity @Document(indexName = "shops") class Shop { @Id Long id; }
//- src/shop/ShopRepository.java
package shop;
import org.springframework.data.jpa.repository.JpaRepository;
interface ShopRepository extends JpaRepository<Shop, Long> {}
${service(`
  private final ShopRepository shops;
  @Transactional public void open(Order order, Shop shop) {
    orders.save(order);
    shops.save(shop);
  }`)}`,
    "a listener behind the commit that indexes": indexed(`
  @TransactionalEventListener public void placed(Order order) { index.save(order.document()); }`),
  },
});

describe("java/connection-held-during-slow-work, of an index", () => {
  it("is information, and one cause for all of a project", async () => {
    const workspace = new TestWorkspace([connectionHeldDuringSlowWork]);
    await workspace.put(
      parseFixture(
        indexed(`
  @Transactional public void place(Order order) {
    orders.save(order);
    index.save(order.document());
  }
  @Transactional public void show(Order order) {
    orders.findById(order.id);
    find(order);
  }
  private void find(Order order) { index.findByNumber(order.number()); }`),
      ).files,
    );
    const findings = workspace.findings();
    assert.deepEqual(
      findings.map(({ severity, certainty }) => `${severity} ${certainty}`),
      ["information likely", "information likely"],
    );
    assert.equal(new Set(findings.map(({ cause }) => cause)).size, 1);
    assert.notEqual(findings[0]?.cause, undefined);
  });
});
