import { unboundedFindAll } from "../../../../src/rules/java/unbounded-find-all.ts";
import { rule } from "../../../harness/rule.ts";

/** Repositories below a base that declares what they may do, and an endpoint that reads from one of them. */
const desk = (field: string, call: string, findAll = ""): string => `
//- src/main/java/shop/ReadOnly.java
package shop;
import org.springframework.data.repository.*;
@NoRepositoryBean interface ReadOnly<T, I> extends Repository<T, I> { ${findAll} Iterable<T> findAll(); }
//- src/main/java/shop/Order.java
package shop;
import jakarta.persistence.*;
@Entity @Table(name = "orders") class Order { @Id Long id; boolean active; }
//- src/main/java/shop/Country.java
package shop;
import jakarta.persistence.*;
@Entity @Table(name = "countries") class Country { @Id String code; }
//- src/main/java/shop/Orders.java
package shop;
interface Orders extends ReadOnly<Order, Long> { }
//- src/main/java/shop/Codes.java
package shop;
interface Codes extends ReadOnly<Country, String> { }
//- src/main/java/shop/Desk.java
package shop;
import java.util.*;
@RestController
class Desk {
  private ${field};
  @GetMapping("/all") Object all() { return ${call}
  }
  private <T, I> List<T> listOf(ReadOnly<T, I> rows) {
    List<T> all = new ArrayList<>();
    rows.findAll().forEach(all::add);
    return all;
  }
}
`;

rule(unboundedFindAll, {
  reports: {
    "what a base declares with an annotation that asks for nothing": desk(
      "Orders orders",
      `orders.findAll();
                                          //^^^^^^^^^^^^^^^^ Orders.findAll loads every Order for GET /all`,
      "@Override",
    ),
    "what a generic base declares, with the entity of the repository below it": desk(
      "Orders orders",
      `orders.findAll();
                                          //^^^^^^^^^^^^^^^^ Orders.findAll loads every Order for GET /all`,
    ),
  },
  ignores: {
    // CDCgov/prime-simplereport: what is deleted stays, and is left out
    "a condition that a generic base adds for the entity of each": desk(
      "Orders orders",
      "orders.findAll();",
      '@Query("select e from #{#entityName} e where e.active = true")',
    ),
    // hmcts/juror-api
    "a list of countries": desk("Codes codes", "codes.findAll();"),
    "the base itself, which reads whatever those below it keep": desk("Orders orders", "listOf(orders);"),
  },
});
