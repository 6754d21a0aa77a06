import { connectionHeldDuringSlowWork } from "../../../../src/rules/java/connection-held-during-slow-work.ts";
import { rule } from "../../../harness/rule.ts";

/** A service with a template for transactions, a repository and a client that waits. */
const desk = (members: string): string => `
//- src/shop/Order.java
package shop;
@Entity class Order { @Id Long id; }
//- src/shop/OrderRepository.java
package shop;
import org.springframework.data.jpa.repository.JpaRepository;
interface OrderRepository extends JpaRepository<Order, Long> {}
//- src/shop/Desk.java
package shop;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.client.RestTemplate;
@Service
class Desk {
  private final OrderRepository orders;
  private final RestTemplate rest;
  private final TransactionTemplate transactions;
  private final java.util.concurrent.Executor executor;
  private void charge(Order order) { rest.postForObject("/charge", order, String.class); }
${members}
}
`;

rule(connectionHeldDuringSlowWork, {
  reports: {
    "what a TransactionTemplate executes": desk(`
  void pay(Long id) {
    transactions.executeWithoutResult(status -> {
               //~~~~~~~~~~~~~~~~~~~~ the transaction begins here
      Order order = orders.findById(id).orElseThrow();
                  //~~~~~~~~~~~~~~~~~~~ its first statement takes the connection
      charge(order);
    //^^^^^^^^^^^^^ charge runs RestTemplate.postForObject inside the transaction of Desk.pay
    });
  }`),
    "a template whose package is imported as a whole": desk(`
  void pay(Long id) {
    transactions.executeWithoutResult(status -> {
      charge(orders.findById(id).orElseThrow());
    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ charge runs RestTemplate.postForObject inside the transaction of Desk.pay
    });
  }`).replace("support.TransactionTemplate", "support.*"),
    "each of two transactions by itself": desk(`
  Order pay(Long id) {
    Order order = transactions.execute(status -> orders.findById(id).orElseThrow());
    return transactions.execute(status -> {
      orders.save(order);
      rest.postForObject("/charge", order, String.class);
    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ RestTemplate.postForObject runs inside the transaction of Desk.pay
      return order;
    });
  }`),
  },

  ignores: {
    "a method without a body beside a template": desk(`
  Order pay(Order order) { return transactions.execute(status -> orders.save(order)); }
}
abstract class Step {
  abstract void run(Order order);
}
@Service
class Charge extends Step {
  private final OrderRepository orders;
  private final RestTemplate rest;
  void run(Order order) { orders.save(order); rest.postForObject("/charge", order, String.class); }`),
    "work between two transactions": desk(`
  void pay(Long id) {
    Order order = transactions.execute(status -> orders.findById(id).orElseThrow());
    charge(order);
    transactions.executeWithoutResult(status -> orders.save(order));
  }`),
    "work that the transaction gives to another thread": desk(`
  void pay(Order order) {
    transactions.executeWithoutResult(status -> {
      orders.save(order);
      executor.execute(() -> charge(order));
    });
  }`),
    "a template of something else": desk(`
  private final org.springframework.retry.support.RetryTemplate retries;
  void pay(Order order) {
    retries.execute(context -> {
      orders.save(order);
      charge(order);
      return null;
    });
  }`),
  },
});
