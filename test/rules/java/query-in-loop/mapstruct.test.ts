import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { rule } from "../../../harness/rule.ts";
import { OWNERS } from "./shop.ts";

const mapped = (mapper: string, call: string): string => `${OWNERS}
//- src/shop/Orders.java
package shop;
import java.util.List;
@RestController
class Orders {
  private OrderMapper mapper;
  @PostMapping("/orders") List<OrderDto> show(@RequestBody List<Order> orders) {
${call}
  }
}
//- src/shop/OrderDto.java
package shop;
public class OrderDto { private Long customerId; private String email; }
//- src/shop/OrderMapper.java
package shop;
import java.util.List;
import org.mapstruct.*;
${mapper}
`;

const LIST = `    return mapper.toDtos(orders);
         //^^^^^^^^^^^^^^^^^^^^^ toDtos runs CustomerRepository.findById once per element of orders`;
const PLAIN = "    return mapper.toDtos(orders);";

rule(queryInLoop, {
  reports: {
    "after the mapping of each element": mapped(
      `@Mapper abstract class OrderMapper {
  CustomerRepository customers;
  abstract OrderDto toDto(Order order);
  abstract List<OrderDto> toDtos(List<Order> orders);
  @AfterMapping void addEmail(Order order, @MappingTarget OrderDto dto) { dto.setEmail(customers.findById(order.getCustomerId()).orElseThrow().getEmail()); }
}`,
      LIST,
    ),
    "for a property, by the method that is named": mapped(
      `@Mapper abstract class OrderMapper {
  CustomerRepository customers;
  @Mapping(target = "email", source = "customerId", qualifiedByName = "email") abstract OrderDto toDto(Order order);
  abstract List<OrderDto> toDtos(List<Order> orders);
  @Named("email") String emailOf(Long id) { return customers.findById(id).orElseThrow().getEmail(); }
}`,
      LIST,
    ),
    "by a mapper that is used, in a stream": mapped(
      `@Mapper(uses = {Emails.class}) interface OrderMapper { @Mapping(target = "email", source = "customerId") OrderDto toDto(Order order); }
class Emails {
  CustomerRepository customers;
  String emailOf(Long id) { return customers.findById(id).orElseThrow().getEmail(); }
}`,
      `    return orders.stream().map(mapper::toDto).toList();
                             //^^^^^^^^^^^^^ toDto runs CustomerRepository.findById once per element of orders`,
    ),
  },
  ignores: {
    "once for the list": mapped(
      `@Mapper abstract class OrderMapper {
  CustomerRepository customers;
  abstract OrderDto toDto(Order order);
  abstract List<OrderDto> toDtos(List<Order> orders);
  @AfterMapping void addAll(List<Order> orders, @MappingTarget List<OrderDto> dtos) { customers.findByEmailIn(List.of("a", "b")); }
}`,
      PLAIN,
    ),
    "after the mapping of something else": mapped(
      `@Mapper abstract class OrderMapper {
  CustomerRepository customers;
  abstract OrderDto toDto(Order order);
  abstract List<OrderDto> toDtos(List<Order> orders);
  @AfterMapping void add(Customer customer, @MappingTarget OrderDto dto) { customers.findById(customer.getId()); }
}`,
      PLAIN,
    ),
  },
});
