import { lazyAccessInLoop } from "../../../../src/rules/java/lazy-access-in-loop.ts";
import { rule } from "../../../harness/rule.ts";

const shop = (body: string, model = "order.getCustomer().getName()"): string => `
//- src/shop/Order.java
package shop;
@Entity class Order {
  @Id Long id;
  String title;
  @ManyToOne(fetch = FetchType.LAZY) Customer customer;
  String getTitle() { return title; }
  Customer getCustomer() { return customer; }
}
//- src/shop/Customer.java
package shop;
@Entity class Customer { @Id Long id; String name; String getName() { return name; } }
//- src/shop/OrderRepository.java
package shop;
interface OrderRepository extends JpaRepository<Order, Long> { List<Order> findByTitle(String title); }
//- src/shop/OrderAssembler.java
package shop;
import org.springframework.hateoas.server.RepresentationModelAssembler;
@Component
class OrderAssembler implements RepresentationModelAssembler<Order, OrderModel> {
  public OrderModel toModel(Order order) { return new OrderModel(${model}); }
}
//- src/shop/OrderController.java
package shop;
@RestController
class OrderController {
  private OrderRepository orders;
  private OrderAssembler assembler;
  private PagedResourcesAssembler<Order> pages;
${body}
}
`;

rule(lazyAccessInLoop, {
  reports: {
    "what an assembler looks into, for each of a collection": shop(`
  @GetMapping("/orders") Object all(String title) {
    return assembler.toCollectionModel(orders.findByTitle(title));
         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 Order.customer is loaded per element of OrderRepository.findByTitle (GET /orders)
  }`),
    "what an assembler looks into, for each of a page": shop(`
  @GetMapping("/orders") Object all(Pageable pageable) {
    return pages.toModel(orders.findAll(pageable), assembler);
         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Order.customer is loaded per element of OrderRepository.findAll (GET /orders)
  }`),
  },
  ignores: {
    "a model of one": shop('@GetMapping("/order") Object one(Long id) { return assembler.toModel(orders.findById(id).orElseThrow()); }'),
    "columns of the row": shop(
      '@GetMapping("/orders") Object all(String title) { return assembler.toCollectionModel(orders.findByTitle(title)); }',
      "order.getTitle()",
    ),
  },
});
