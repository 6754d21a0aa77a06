import { connectionHeldDuringSlowWork } from "../../../../src/rules/java/connection-held-during-slow-work.ts";
import { rule } from "../../../harness/rule.ts";

/** A transaction that calls another one through an interface. */
const SHOP = `
//- src/shop/OrderRepository.java
package shop;
import org.springframework.data.jpa.repository.JpaRepository;
interface OrderRepository extends JpaRepository<Order, Long> {}
//- src/shop/Order.java
package shop;
@Entity class Order { @Id Long id; }
//- src/shop/Payments.java
package shop;
interface Payments { void charge(Order order); }
//- src/shop/CardPayments.java
package shop;
import org.springframework.web.client.RestTemplate;
@Service
class CardPayments implements Payments {
  private final RestTemplate rest;
  private final OrderRepository orders;
  @Transactional
//~~~~~~~~~~~~~~ the transaction begins here
  @Override public void charge(Order order) {
    orders.save(order);
  //~~~~~~~~~~~~~~~~~~ its first statement takes the connection
    rest.postForObject("/charge", order, String.class);
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ RestTemplate.postForObject runs inside the transaction of CardPayments.charge
  }
}
//- src/shop/Orders.java
package shop;
@Service
class Orders {
  private final OrderRepository orders;
  private final Payments payments;
  @Transactional
  void pay(Order order) {
    orders.save(order);
    payments.charge(order);
  }
}
`;

/** A client that Feign makes of an interface without Spring: `Feign.builder().target(…)`. */
const feign = (annotation: string): string => `
//- src/shop/Bank.java
package shop;
import feign.RequestLine;
interface Bank {
  ${annotation}
  Receipt charge(Order order);
}
//- src/shop/OrderRepository.java
package shop;
import org.springframework.data.jpa.repository.JpaRepository;
interface OrderRepository extends JpaRepository<Order, Long> {}
//- src/shop/Order.java
package shop;
@Entity class Order { @Id Long id; }
//- src/shop/Orders.java
package shop;
@Service
class Orders {
  private final OrderRepository orders;
  private final Bank bank;
  @Transactional
  void pay(Order order) {
    orders.save(order);
    bank.charge(order);
  }
}
`;

rule(connectionHeldDuringSlowWork, {
  reports: {
    // A poke app: nine facades asked another service so within their transactions.
    "a client of Feign without Spring": feign('@RequestLine("POST /charges")').replace(
      "    bank.charge(order);\n",
      `    bank.charge(order);
  //^^^^^^^^^^^^^^^^^^ Bank.charge runs inside the transaction of Orders.pay
`,
    ),
    "a transaction behind an interface, once": SHOP,
  },
  ignores: {
    "an interface that nobody says to be a client": feign("@Deprecated"),
    "a transaction behind an interface that does nothing slow": SHOP.replace(
      '    rest.postForObject("/charge", order, String.class);\n',
      "",
    ).replace(/^ *\/\/[~^].*\n/gm, ""),
  },
});
