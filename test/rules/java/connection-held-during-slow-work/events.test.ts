import { connectionHeldDuringSlowWork } from "../../../../src/rules/java/connection-held-during-slow-work.ts";
import { rule } from "../../../harness/rule.ts";

const publishing = (body: string, listener: string): string => `
//- src/shop/Order.java
package shop;
@Entity class Order { @Id Long id; }
//- src/shop/OrderRepository.java
package shop;
import org.springframework.data.jpa.repository.JpaRepository;
interface OrderRepository extends JpaRepository<Order, Long> {}
//- src/shop/OrderPaid.java
package shop;
record OrderPaid(Order order) {}
//- src/shop/OrderService.java
package shop;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.web.client.RestTemplate;
@Service
class OrderService {
  private final OrderRepository orders;
  private final ApplicationEventPublisher events;
  private final RestTemplate rest;
${body}
}
//- src/shop/Billing.java
package shop;
import org.springframework.context.event.EventListener;
import org.springframework.transaction.event.*;
import org.springframework.web.client.RestTemplate;
@Component
class Billing {
  private final OrderRepository orders;
  private final RestTemplate rest;
${listener}
}
`;

const pay = (publish: string): string => `  @Transactional public void pay(Order order) {
    orders.save(order);
${publish}
  }`;

const PUBLISHES = "    events.publishEvent(new OrderPaid(order));";
const HELD = `${PUBLISHES}
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ publishEvent runs RestTemplate.postForObject inside the transaction of OrderService.pay`;
const BILLS = `void bill(OrderPaid paid) { rest.postForObject("/bills", paid, String.class); }`;
const BEHIND = `void bill(OrderPaid paid) {
    rest.postForObject("/bills", paid, String.class);
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ RestTemplate.postForObject runs in Billing.bill, behind the commit but before the connection is given back
  }`;

rule(connectionHeldDuringSlowWork, {
  reports: {
    "a listener after the commit": publishing(pay(PUBLISHES), `  @TransactionalEventListener ${BEHIND}`),
    "a listener at the end, whatever it is, behind another method": publishing(
      `${pay("    tell(order);")}
  private void tell(Order order) { events.publishEvent(new OrderPaid(order)); }`,
      `  @TransactionalEventListener(phase = TransactionPhase.AFTER_COMPLETION) ${BEHIND}`,
    ),
    "a listener after the commit with a transaction of its own": publishing(
      pay(PUBLISHES),
      `  @TransactionalEventListener @Transactional(propagation = Propagation.REQUIRES_NEW) ${BEHIND}`,
    ),
    "a listener that runs at once": publishing(pay(HELD), `  @EventListener ${BILLS}`),
    "what a helper does at once only within a transaction": publishing(
      `${pay(`    tell(order);
  //^^^^^^^^^^^ tell runs RestTemplate.postForObject inside the transaction of OrderService.pay`)}
  private void tell(Order order) {
    if (TransactionSynchronizationManager.isActualTransactionActive()) rest.postForObject("/bills", order, String.class);
  }`,
      "",
    ),
    "a listener before the commit": publishing(pay(HELD), `  @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT) ${BILLS}`),
  },
  ignores: {
    // HospitalitySolutions/calendra.si deletes a file behind the commit, or at once where there is none.
    "what a helper does at once only without a transaction": publishing(
      `${pay("    tell(order); announce(order); report(order);")}
  private void tell(Order order) {
    if (!TransactionSynchronizationManager.isSynchronizationActive()) {
      send(order);
      return;
    }
    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
      @Override public void afterCommit() { send(order); }
    });
  }
  private void announce(Order order) {
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      later(order);
      return;
    }
    rest.postForObject("/news", order, String.class);
  }
  private void report(Order order) {
    if (TransactionSynchronizationManager.isActualTransactionActive()) later(order);
    else rest.postForObject("/reports", order, String.class);
  }
  private void later(Order order) {}
  private void send(Order order) { rest.postForObject("/bills", order, String.class); }`,
      "",
    ),
    "a listener after the commit on another thread": publishing(pay(PUBLISHES), `  @Async @TransactionalEventListener ${BILLS}`),
    "a message after the commit, which its client buffers": publishing(
      pay(PUBLISHES),
      `  private final org.springframework.kafka.core.KafkaTemplate<String, String> kafka;
  @TransactionalEventListener void bill(OrderPaid paid) { kafka.send("bills", "paid"); }`,
    ),
    "a listener after the commit that hands it to an executor": publishing(
      pay(PUBLISHES),
      `  private final java.util.concurrent.ExecutorService executor;
  @TransactionalEventListener void bill(OrderPaid paid) { executor.execute(() -> rest.postForObject("/bills", paid, String.class)); }`,
    ),
    "a listener on another thread": publishing(pay(PUBLISHES), `  @Async @EventListener ${BILLS}`),
    "a call behind an event whose listener sends the first statement after the commit": publishing(
      `  @Transactional public void pay(Order order) {
    events.publishEvent(new OrderPaid(order));
    rest.postForObject("/bills", order, String.class);
  }`,
      "  @TransactionalEventListener void on(OrderPaid paid) { orders.findById(1L); }",
    ),
  },
});
