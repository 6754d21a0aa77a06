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

rule(connectionHeldDuringSlowWork, {
  reports: {
    "a transaction behind an interface, once": SHOP,
  },
  ignores: {
    "a transaction behind an interface that does nothing slow": SHOP.replace(
      '    rest.postForObject("/charge", order, String.class);\n',
      "",
    ).replace(/^ *\/\/[~^].*\n/gm, ""),
  },
});
