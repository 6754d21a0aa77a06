import { connectionHeldDuringSlowWork } from "../../../../src/rules/java/connection-held-during-slow-work.ts";
import { rule } from "../../../harness/rule.ts";

/** A service that registers what is to be done behind the commit. */
const registering = (body: string, { imports = "import org.springframework.transaction.support.*;", entity = "@Entity" } = {}): string => `
//- src/shop/Order.java
package shop;
${entity} class Order { @Id Long id; }
//- src/shop/OrderRepository.java
package shop;
import org.springframework.data.jpa.repository.JpaRepository;
interface OrderRepository extends JpaRepository<Order, Long> {}
//- src/shop/OrderService.java
package shop;
import java.util.concurrent.*;
${imports}
import org.springframework.web.client.RestTemplate;
@Service
class OrderService {
  private final OrderRepository orders;
  private final RestTemplate rest;
  private final ExecutorService pool;
  @Transactional public void pay(Order order) {
    orders.save(order);
    tell(order);
  }
  private void tell(Order order) {
${body}
  }
  private void send(Order order) { rest.postForObject("/bills", order, String.class); }
}
`;

rule(connectionHeldDuringSlowWork, {
  reports: {
    "a call behind the commit": registering(`
    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
      @Override public void afterCommit() { send(order); }
                          //~~~~~~~~~~~ runs before the transaction has cleaned up
                                          //^^^^^^^^^^^ RestTemplate.postForObject runs in OrderService.tell, behind the commit but before the connection is given back
    });`),
    "a call at the end, whatever it is, in the older form": registering(
      `
    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronizationAdapter() {
      @Override public void afterCompletion(int status) {
        if (status == STATUS_COMMITTED) rest.postForObject("/bills", order, String.class);
                                      //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ RestTemplate.postForObject runs in OrderService.tell, behind the commit but before the connection is given back
      }
    });`,
      {
        imports: `import org.springframework.transaction.support.TransactionSynchronizationAdapter;
import org.springframework.transaction.support.TransactionSynchronizationManager;`,
      },
    ),
    "a function that is kept, and run at once whatever there is": registering(`
    Runnable sending = () -> send(order);
    sending.run();`).replace(
      "    tell(order);",
      `    tell(order);
  //^^^^^^^^^^^ tell runs RestTemplate.postForObject inside the transaction of OrderService.pay`,
    ),
  },
  ignores: {
    // beyou: a mail that goes out behind the commit, or at once where nothing is to be committed.
    "a function that is kept for behind the commit, and for where there is no transaction": registering(`
    Runnable sending = () -> send(order);
    if (TransactionSynchronizationManager.isSynchronizationActive()) {
      TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
        @Override public void afterCommit() { sending.run(); }
      });
    } else {
      sending.run();
    }`),
    "a task for another thread": registering(`
    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
      @Override public void afterCommit() { pool.submit(() -> send(order)); }
    });`),
    "a name that is written behind the commit": registering(`
    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
      @Override public void afterCommit() { order.toString(); }
    });`),
    "nothing is kept in a database": registering(
      `
    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
      @Override public void afterCommit() { send(order); }
    });`,
      { entity: "" },
    ).replace("extends JpaRepository<Order, Long> ", ""),
  },
});
