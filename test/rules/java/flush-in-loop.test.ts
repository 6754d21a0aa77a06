import assert from "node:assert/strict";
import { flushInLoop } from "../../../src/rules/java/flush-in-loop.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";
import { service, serviceFile } from "./shop.ts";

rule(flushInLoop, {
  reports: {
    "saveAndFlush for each": service(`
    void store(List<Order> all) {
        for (Order order : all) {
            orders.saveAndFlush(order);
          //^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 OrderRepository.saveAndFlush flushes the session for every element of all
        }
    }`),
    "a flush that what follows may need": service(`
    void replace(List<Order> all) {
        for (Order order : all) {
            orders.saveAndFlush(order);
          //^^^^^^^^^^^^^^^^^^^^^^^^^^ OrderRepository.saveAndFlush flushes the session for every element of all
            order.setNote("");
        }
    }`),
    "flush for each": service(`
    void store(List<Order> all) {
        for (Order order : all) {
            order.setNote("");
            orders.flush();
          //^^^^^^^^^^^^^^ 💡 OrderRepository.flush flushes the session for every element of all
        }
    }`),
  },
  ignores: {
    // hmcts/darts-api
    "a loop without a transaction around it, in which each call has a session of its own": service(`
    @org.springframework.scheduling.annotation.Scheduled(fixedRate = 60000)
    void store() {
        for (Order order : orders.findAll()) {
            orders.saveAndFlush(order);
        }
    }`),
    "a flush every so often": service(`
    void store(List<Order> all) {
        int n = 0;
        for (Order order : all) {
            orders.save(order);
            if (++n % 50 == 0) orders.flush();
        }
    }`),
    "a flush with a clear, which keeps the session small": service(`
    jakarta.persistence.EntityManager em;
    void store(List<Order> all) {
        for (Order order : all) {
            em.persist(order);
            em.flush();
            em.clear();
        }
    }`),
    "an element that may fail": service(`
    void store(List<Order> all) {
        for (Order order : all) {
            try { orders.saveAndFlush(order); } catch (RuntimeException e) { order.setNote("failed"); }
        }
    }`),
    "a flush behind the loop": service(`void store(List<Order> all) { for (Order order : all) orders.save(order); orders.flush(); }`),
  },
  fixes: {
    "saveAndFlush for each": serviceFile(`
    void store(List<Order> all) {
        for (Order order : all) {
            orders.save(order);
        }
        orders.flush();
    }`),
  },
});

// apache/fineract: the five settings of mails.
it("java/flush-in-loop is information for what somebody has written down", async () => {
  const severities = async (over: string): Promise<readonly string[]> => {
    const workspace = new TestWorkspace([flushInLoop]);
    const body = `  @org.springframework.transaction.annotation.Transactional void store() { for (Order order : ${over}) orders.saveAndFlush(order); }`;
    await workspace.put(parseFixture(service(body)).files);
    return workspace.findings().map(({ severity }) => severity);
  };
  assert.deepEqual(await severities("orders.findAll()"), ["warning"]);
  assert.deepEqual(await severities("new Order[] { first, second, third, last }"), ["information"]);
});

// hmcts/darts-api: tasks that a scheduler of their own runs, each call of a repository a transaction by itself
it("java/flush-in-loop is information where no transaction is seen", async () => {
  const workspace = new TestWorkspace([flushInLoop]);
  await workspace.put(parseFixture(service("  void store(List<Order> all) { for (Order order : all) orders.saveAndFlush(order); }")).files);
  assert.deepEqual(
    workspace.findings().map(({ severity, certainty }) => `${severity} ${certainty}`),
    ["information likely"],
  );
});
