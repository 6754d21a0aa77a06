import { openInView } from "../../../src/rules/config/open-in-view.ts";
import { rule } from "../../harness/rule.ts";
import { webAndJpa } from "./builds.ts";

const UNSET = "spring.jpa.open-in-view is not set: requests keep their connection until the response";
const NEEDED = "spring.jpa.open-in-view is not set, and 1 place loads lazily outside of transactions";

const shop = `${webAndJpa}
//- src/main/java/shop/Order.java
package shop;

import jakarta.persistence.*;
import java.util.List;

@Entity
public class Order {
  @Id Long id;
  String note;
  @ManyToOne(fetch = FetchType.LAZY) Customer customer;
  @OneToMany(mappedBy = "order") List<Line> lines;
  public Long getId() { return id; }
  public String getNote() { return note; }
  public void setNote(String note) { this.note = note; }
  public Customer getCustomer() { return customer; }
  public List<Line> getLines() { return lines; }
}
//- src/main/java/shop/Line.java
package shop;

import jakarta.persistence.*;

@Entity
public class Line {
  @Id Long id;
  @ManyToOne(fetch = FetchType.LAZY) Order order;
}
//- src/main/java/shop/Customer.java
package shop;

import jakarta.persistence.*;

@Entity
public class Customer {
  @Id Long id;
  String name;
  public Long getId() { return id; }
  public String getName() { return name; }
}
//- src/main/java/shop/Orders.java
package shop;

import java.util.List;
import org.springframework.data.jpa.repository.*;

public interface Orders extends JpaRepository<Order, Long> {
  List<Order> findByNote(String note);

  @Query("select o from Order o join fetch o.lines where o.note = :note")
  List<Order> withLines(String note);
}
//- src/main/java/shop/OrderView.java
package shop;

public record OrderView(Long id, int lines) {}
`;

const needing = `//- src/main/resources/application.yml
  spring:
# ^^^^^^ ${NEEDED}
    application: { name: shop }
`;
const free = `//- src/main/resources/application.yml
  spring:
# ^^^^^^ 💡 ${UNSET}
    application: { name: shop }
`;

const controller = (body: string, above = "@RestController") => `//- src/main/java/shop/OrderController.java
package shop;

import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.*;

${above}
class OrderController {
  private final Orders orders;
  private final OrderService service;
  private final TransactionTemplate template;
  OrderController(Orders orders, OrderService service, TransactionTemplate template) {
    this.orders = orders;
    this.service = service;
    this.template = template;
  }

${body}
}
`;

const service = (body: string) => `//- src/main/java/shop/OrderService.java
package shop;

import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class OrderService {
  private final Orders orders;
  OrderService(Orders orders) {
    this.orders = orders;
  }

${body}
}
`;

/** A controller that gives a mapper what a repository has found. */
const mapping = (entity: string, repository: string, endpoint: string): string => `//- src/main/java/shop/${entity}MappingController.java
package shop;

import java.util.List;
import org.springframework.web.bind.annotation.*;

@RestController
class ${entity}MappingController {
  private final ${repository};
  private final ${entity}Mapper mapper;
  ${entity}MappingController(${repository}, ${entity}Mapper mapper) {
    this.${repository.split(" ")[1]} = ${repository.split(" ")[1]};
    this.mapper = mapper;
  }

${endpoint}
}
`;

rule(openInView, {
  reports: {
    "a controller that looks into what it has found": `${shop}${controller(`  @GetMapping("/orders/{id}")
  OrderView one(@PathVariable Long id) {
    Order order = orders.findById(id).orElseThrow();
    return new OrderView(order.getId(), order.getLines().size());
                                      //~~~~~~~~~~~~~~~~ Order.lines is LAZY, and no transaction is around
  }`)}${needing}`,
    "a service without a transaction, by a method reference": `${shop}${service(`  List<OrderView> all() {
    return orders.findByNote("new").stream().map(this::viewOf).toList();
  }

  private OrderView viewOf(Order order) {
    return new OrderView(order.getId(), order.getLines().size());
                                      //~~~~~~~~~~~~~~~~ Order.lines is LAZY, and no transaction is around
  }`)}${controller(`  @GetMapping("/orders")
  List<OrderView> all() {
    return service.all();
  }`)}${needing}`,
    "a transaction that nobody opens, since the object calls itself": `${shop}${service(`  OrderView one(Long id) {
    return viewOf(id);
  }

  @Transactional
  public OrderView viewOf(Long id) {
    Order order = orders.findById(id).orElseThrow();
    return new OrderView(id, order.getLines().size());
                           //~~~~~~~~~~~~~~~~ Order.lines is LAZY, and no transaction is around
  }`)}${controller(`  @GetMapping("/orders/{id}")
  OrderView one(@PathVariable Long id) {
    return service.one(id);
  }`)}${needing}`,
    "a constructor that looks into what it is given": `${shop}//- src/main/java/shop/OrderSheet.java
package shop;

public class OrderSheet {
  public final String customer;
  public OrderSheet(Order order) {
    this.customer = order.getCustomer().getName();
                  //~~~~~~~~~~~~~~~~~~~ Order.customer is LAZY, and no transaction is around
  }
}
${controller(`  @GetMapping("/orders")
  List<OrderSheet> all() {
    return orders.findByNote("new").stream().map(OrderSheet::new).toList();
  }`)}${needing}`,
    "what is written as JSON": `${shop}${controller(`  @GetMapping("/orders/{id}")
  @Transactional(readOnly = true)
  public Order one(@PathVariable Long id) {
             //~~~ GET /orders/{id} writes Order with its lazy customer
    return orders.findById(id).orElseThrow();
  }`)}${needing}`,
    "what a page is given": `${shop}${controller(
      `  @GetMapping("/orders/{id}")
  String one(@PathVariable Long id, Model model) {
    model.addAttribute("order", orders.findById(id).orElseThrow());
                              //~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ a page is given Order with its lazy customer
    return "order";
  }`,
      "@Controller",
    )}${needing}`,
    "what every page is given": `${shop}${controller(
      `  @ModelAttribute("newest")
  List<Order> newest() {
            //~~~~~~ pages are given Order with its lazy customer
    return orders.findByNote("new");
  }

  @GetMapping("/")
  String start() {
    return "start";
  }`,
      "@Controller",
    )}${needing}`,
    "what a reference stands for": `${shop}${controller(`  @GetMapping("/orders/{id}/note")
  String note(@PathVariable Long id) {
    return orders.getReferenceById(id).getNote();
         //~~~~~~~~~~~~~~~~~~~~~~~~~~~ Orders.getReferenceById gives a reference, and no transaction is around
  }`)}${needing}`,
    "a transaction that looks into what was read before": `${shop}${service(`  @Transactional
  public int count(Order order) {
    return order.getLines().size();
  }`)}${controller(`  @GetMapping("/orders/{id}/lines")
  int lines(@PathVariable Long id) {
    return service.count(orders.findById(id).orElseThrow());
         //~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ OrderService.count looks into Order, which was read before its transaction
  }`)}${needing}`,
    "a transaction that changes what was read before, and does not save it": `${shop}${service(`  @Transactional
  public void close(Order order) {
    order.setNote("closed");
  }`)}${controller(`  @PostMapping("/orders/{id}/close")
  void close(@PathVariable Long id) {
    service.close(orders.findById(id).orElseThrow());
  //~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ OrderService.close changes Order, which was read before its transaction
  }`)}${needing}`,
    "a mapper that is generated": `${shop}//- src/main/java/shop/OrderMapper.java
package shop;

import java.util.List;
import org.mapstruct.Mapper;

@Mapper
public interface OrderMapper {
  OrderSheet toSheet(Order order);
}
//- src/main/java/shop/OrderSheet.java
package shop;

import java.util.List;

public class OrderSheet {
  public Long id;
  public List<Long> lines;
}
${mapping(
  "Order",
  "Orders orders",
  `  @GetMapping("/sheets/{id}")
  OrderSheet one(@PathVariable Long id) {
    return mapper.toSheet(orders.findById(id).orElseThrow());
         //~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ Order.lines is LAZY, and is mapped here
  }`,
)}${needing}`,
    "a mapper into what the build makes": `${shop}//- src/main/java/shop/LineMapper.java
package shop;

import com.acme.api.LineModel;
import java.util.List;
import org.mapstruct.Mapper;

@Mapper
public interface LineMapper {
  List<LineModel> toModels(List<Line> lines);
}
//- src/main/java/shop/Lines.java
package shop;

import org.springframework.data.jpa.repository.JpaRepository;

public interface Lines extends JpaRepository<Line, Long> {}
${mapping(
  "Line",
  "Lines lines",
  `  @GetMapping("/lines")
  List<com.acme.api.LineModel> all() {
    return mapper.toModels(lines.findAll());
         //~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ Line.order is LAZY, and is mapped here
  }`,
)}${needing}`,
    "all is read in transactions": `${shop}${service(`  @Transactional(readOnly = true)
  public OrderView one(Long id) {
    Order order = orders.findById(id).orElseThrow();
    return new OrderView(id, order.getLines().size());
  }

  @Transactional
  public void close(Order order) {
    order.setNote("closed");
    orders.save(order);
  }`)}${controller(`  @GetMapping("/orders/{id}")
  OrderView one(@PathVariable Long id) {
    return service.one(id);
  }

  @PostMapping("/orders/{id}/close")
  void close(@PathVariable Long id) {
    service.close(orders.findById(id).orElseThrow());
  }

  @GetMapping("/orders/{id}/size")
  int size(@PathVariable Long id) {
    return template.execute(status -> orders.findById(id).orElseThrow().getLines().size());
  }`)}${free}`,
    "a query fetches it, a key needs no row, and what a request brings has no session": `${shop}${controller(`  @GetMapping("/orders")
  List<OrderView> all() {
    return orders.withLines("new").stream().map(order -> new OrderView(order.getId(), order.getLines().size())).toList();
  }

  @GetMapping("/orders/{id}/customer")
  Long customer(@PathVariable Long id) {
    return orders.findById(id).orElseThrow().getCustomer().getId();
  }

  @PostMapping("/orders/check")
  int check(@RequestBody Order order) {
    Order copy = new Order();
    return order.getLines().size() - copy.getLines().size();
  }`)}${free}`,
    "a job has no view to read by": `${shop}//- src/main/java/shop/OrderJob.java
package shop;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

@Component
class OrderJob {
  private final Orders orders;
  OrderJob(Orders orders) {
    this.orders = orders;
  }

  @Scheduled(fixedDelay = 60000)
  void count() {
    for (Order order : orders.findByNote("new")) System.out.println(order.getLines().size());
  }
}
${free}`,
  },
  ignores: {},
});
