import { httpCallInLoop } from "../../../../src/rules/java/http-call-in-loop.ts";
import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { rule } from "../../../harness/rule.ts";
import { OWNERS } from "./shop.ts";

const EVENTS = `
//- src/shop/OrderShipped.java
package shop;
public class OrderShipped extends OrderChanged { public OrderShipped(Order order) { super(order); } }
//- src/shop/OrderChanged.java
package shop;
public abstract class OrderChanged {
  private final Order order;
  OrderChanged(Order order) { this.order = order; }
  public Order getOrder() { return order; }
}
//- src/shop/Stored.java
package shop;
public class Stored<T> { public Stored(T what) {} }
//- src/shop/OrderStored.java
package shop;
public class OrderStored extends Stored<Order> { public OrderStored(Order order) { super(order); } }
`;

const shipping = (loop: string): string => `${OWNERS}${EVENTS}
//- src/shop/Shipping.java
package shop;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
@RestController
class Shipping {
  private final ApplicationEventPublisher events;
  @PostMapping("/ship") void ship(@RequestBody List<Order> orders) {
${loop}
  }
}
`;

const EACH = `    for (Order order : orders) events.publishEvent(new OrderShipped(order));
                             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ publishEvent runs CustomerRepository.findById once per element of orders`;
const SILENT = "    for (Order order : orders) events.publishEvent(new OrderShipped(order));";

/** A bean that listens, with these members. */
const listener = (members: string, annotations = "@Component", above = ""): string => `
//- src/shop/Notices.java
package shop;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.EventListener;
import org.springframework.transaction.event.*;
${annotations}
class Notices ${above}{
  private final CustomerRepository customers;
  private final RestTemplate rest;
  private Long last = 0L;
${members}
  private Long next() { return last++; }
}
`;

const FIND = "customers.findById(event.getOrder().getCustomerId());";

rule(queryInLoop, {
  reports: {
    "a listener of the event": shipping(EACH) + listener(`  @EventListener void on(OrderShipped event) { ${FIND} }`),
    "a publisher whose package is imported as a whole":
      shipping(EACH).replace("context.ApplicationEventPublisher", "context.*") +
      listener(`  @EventListener void on(OrderShipped event) { ${FIND} }`),
    "a listener of what the event extends": shipping(EACH) + listener(`  @EventListener public void on(OrderChanged event) { ${FIND} }`),
    "a listener that names the event's class":
      shipping(EACH) + listener("  @EventListener(OrderShipped.class) void on() { customers.findById(next()); }"),
    "a listener after the commit, which runs for each event all the same":
      shipping(EACH) + listener(`  @TransactionalEventListener void on(OrderShipped event) { ${FIND} }`),
    "a listener by its interface":
      shipping(EACH) +
      listener(
        `  @Override public void onApplicationEvent(OrderShipped event) { ${FIND} }`,
        "@Component",
        "implements ApplicationListener<OrderShipped> ",
      ),
    "a generic event whose class says what it is of":
      shipping(`    for (Order order : orders) events.publishEvent(new OrderStored(order));
                             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ publishEvent runs CustomerRepository.findById once per element of orders`) +
      listener("  @EventListener void on(Stored<Order> event) { customers.findById(next()); }"),
    "events that are made first, by a method reference":
      shipping(`    List<OrderShipped> shipped = orders.stream().map(OrderShipped::new).collect(Collectors.toList());
    shipped.forEach((OrderShipped one) -> events.publishEvent(one));
                                        //^^^^^^^^^^^^^^^^^^^^^^^^ publishEvent runs CustomerRepository.findById, and 1 more run, once per element of shipped
    shipped.forEach(events::publishEvent);
                  //~~~~~~~~~~~~~~~~~~~~ related`) + listener(`  @EventListener void on(OrderShipped event) { ${FIND} }`),
  },
  ignores: {
    "a listener of another event":
      shipping(SILENT) + listener(`  @EventListener void on(OrderStored event) { customers.findById(next()); }`),
    "a listener that runs on another thread":
      shipping(SILENT) + listener(`  @Async @EventListener void on(OrderShipped event) { ${FIND} }`),
    "a bean whose methods all run on other threads":
      shipping(SILENT) + listener(`  @EventListener void on(OrderShipped event) { ${FIND} }`, "@Async @Component"),
    "a listener that runs under a condition":
      shipping(SILENT) + listener(`  @EventListener(condition = "#event.order.large") void on(OrderShipped event) { ${FIND} }`),
    "a listener of one profile":
      shipping(SILENT) + listener(`  @EventListener void on(OrderShipped event) { ${FIND} }`, `@Component @Profile("demo")`),
    "an event that may be of that class or of another":
      shipping("    for (OrderChanged changed : changes(orders)) events.publishEvent(changed);") +
      listener(`  @EventListener void on(OrderShipped event) { ${FIND} }`),
    "a generic event whose arguments are lost":
      shipping("    for (Order order : orders) events.publishEvent(new Stored<>(order));") +
      listener("  @EventListener void on(Stored<Customer> event) { customers.findById(next()); }"),
    "a generic event of something else":
      shipping("    for (Order order : orders) events.publishEvent(new OrderStored(order));") +
      listener("  @EventListener void on(Stored<Customer> event) { customers.findById(next()); }"),
    "a multicaster of the project's own": `${shipping(SILENT)}${listener(`  @EventListener void on(OrderShipped event) { ${FIND} }`)}
//- src/shop/Events.java
package shop;
@Configuration
class Events {
  @Bean ApplicationEventMulticaster applicationEventMulticaster() { return threads(); }
}
`,
    "a publisher of another library": `${shipping(SILENT).replace("org.springframework.context.Appl", "org.example.Appl")}${listener(`  @EventListener void on(OrderShipped event) { ${FIND} }`)}`,
    "one event for all":
      shipping("    events.publishEvent(new OrderShipped(orders.get(0)));") +
      listener(`  @EventListener void on(OrderShipped event) { ${FIND} }`),
  },
});

rule(httpCallInLoop, {
  reports: {
    "two listeners of one event are one finding":
      shipping(`    for (Order order : orders) events.publishEvent(new OrderShipped(order));
                             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ publishEvent runs RestTemplate.postForObject once per element of orders`) +
      listener(`  @EventListener void on(OrderShipped event) { tell(event); }
  @EventListener void log(OrderShipped event) { rest.postForObject("/log", event, String.class); }
  private void tell(OrderShipped event) { rest.postForObject("/mails", event, String.class); }`),
  },
  ignores: {
    "a listener on another thread":
      shipping(SILENT) +
      listener(`  @Async @EventListener void on(OrderShipped event) { rest.postForObject("/mails", event, String.class); }`),
  },
});
