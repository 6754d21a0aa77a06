import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { rule } from "../../../harness/rule.ts";

const shop = (body: string, assembler = "return new OrderModel(order, lines.findByOrderId(order.getId()));"): string => `
//- src/shop/LineRepository.java
package shop;
interface LineRepository extends JpaRepository<Line, Long> { List<Line> findByOrderId(Long id); }
//- src/shop/Order.java
package shop;
@Entity class Order { @Id Long id; Long getId() { return id; } }
//- src/shop/OrderAssembler.java
package shop;
import org.springframework.hateoas.server.RepresentationModelAssembler;
@Component
class OrderAssembler implements RepresentationModelAssembler<Order, OrderModel> {
  private LineRepository lines;
  public OrderModel toModel(Order order) { ${assembler}
  }
}
//- src/shop/OrderController.java
package shop;
import java.util.List;
import org.springframework.data.web.PagedResourcesAssembler;
import org.springframework.hateoas.CollectionModel;
@RestController
class OrderController {
  private OrderAssembler assembler;
  private PagedResourcesAssembler<Order> pages;
${body}
}
`;

rule(queryInLoop, {
  reports: {
    "what an assembler does for each of a collection": shop(`
  @GetMapping("/orders") CollectionModel<OrderModel> all(List<Order> orders) {
    return assembler.toCollectionModel(orders);
         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ toCollectionModel runs LineRepository.findByOrderId once per element of orders
  }`),
    "what an assembler does for each of a page": shop(`
  @GetMapping("/orders") Object all(Page<Order> page) {
    return pages.toModel(page, assembler);
         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ toModel runs LineRepository.findByOrderId once per element of page
  }`),
    "an assembler that adds something to what it inherits": shop(
      '@GetMapping("/orders") CollectionModel<OrderModel> all(List<Order> orders) { return assembler.toCollectionModel(orders); }',
      `return new OrderModel(order, lines.findByOrderId(order.getId())); }
  public CollectionModel<OrderModel> toCollectionModel(Iterable<? extends Order> orders) {
    return RepresentationModelAssembler.super.toCollectionModel(orders).add(self());
         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ toCollectionModel runs LineRepository.findByOrderId once per element of orders`,
    ),
  },
  ignores: {
    "a model of one": shop('@GetMapping("/order") Object one(Order order) { return assembler.toModel(order); }'),
    "an assembler that only copies": shop(
      '@GetMapping("/orders") Object all(List<Order> orders) { return assembler.toCollectionModel(orders); }',
      "return new OrderModel(order, List.of());",
    ),
    "a page of models that are made without an assembler": shop(
      '@GetMapping("/orders") Object all(Page<Order> page) { return pages.toModel(page); }',
    ),
  },
});
