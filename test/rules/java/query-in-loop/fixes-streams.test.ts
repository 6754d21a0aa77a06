import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { rule } from "../../../harness/rule.ts";
import { OWNERS } from "./shop.ts";

const IMPORTS = `import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.data.domain.Page;`;

const WITH_MAPS = `import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.data.domain.Page;`;

/** A class with a repository and one method. */
const mailer = (method: string, imports = IMPORTS): string => `
//- src/shop/Mailer.java
package shop;

${imports}

class Mailer {
    private final CustomerRepository customers;

    Mailer(CustomerRepository customers) {
        this.customers = customers;
    }

${method}
}
`;

rule(queryInLoop, {
  reports: {
    "a step of a stream": `${OWNERS}${mailer(`    List<Customer> all(List<Long> ids) {
        return ids.stream().map(id -> customers.findById(id).orElseThrow()).collect(Collectors.toList());
                                    //^^^^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.findById runs once per element of ids
    }`)}`,
    "a method reference, behind a step that keeps the elements": `${OWNERS}${mailer(`    List<Optional<Customer>> all(List<Long> ids) {
        List<Optional<Customer>> found = ids.stream().sorted().map(customers::findById).collect(Collectors.toList());
                                                                 //^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.findById runs once per element of ids
        return found;
    }`)}`,
    "forEach of a list": `${OWNERS}${mailer(`    void print(List<Order> orders) {
        orders.forEach(order -> {
            System.out.println(customers.findById(order.getCustomerId()).orElse(null));
                             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.findById runs once per element of orders
        });
    }`)}`,
    "a key that a local holds": `${OWNERS}${mailer(`    void print(List<Order> orders) {
        for (Order order : orders) {
            Long id = order.getCustomerId();
            System.out.println(customers.findById(id).orElse(null));
                             //^^^^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.findById runs once per element of orders
        }
    }`)}`,
    "no fix: a key that a local held before": `${OWNERS}${mailer(`    void print(List<Order> orders) {
        for (Order order : orders) {
            Long id = order.getCustomerId();
            if (id == null) id = 7L;
            System.out.println(customers.findById(id).orElse(null));
                             //^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of orders
        }
    }`)}`,
    "a page": `${OWNERS}${mailer(`    Page<String> emails(Page<Order> page) {
        return page.map(order -> customers.findById(order.getCustomerId()).map(Customer::getEmail).orElse("?"));
                               //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.findById runs once per element of page
    }`)}`,
    "a list that the database sorts": `
//- src/shop/Customer.java
package shop;
@Entity
public class Customer {
  @Id private Long id;
  private String city;
  public Long getId() { return id; }
  public String getCity() { return city; }
}
//- src/shop/CustomerRepository.java
package shop;

import java.util.List;

public interface CustomerRepository extends JpaRepository<Customer, Long> {
    List<Customer> findByCityOrderByIdDesc(String city);
}
${mailer(`    long count(List<String> cities) {
        return cities.stream().mapToLong(city -> customers.findByCityOrderByIdDesc(city).size()).sum();
                                               //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.findByCityOrderByIdDesc runs once per element of cities
    }`)}`,
    "no fix: in a branch, up to the first, of those that a filter leaves behind another call, in another function": `${OWNERS}${mailer(`    List<Customer> some(List<Long> ids, boolean wanted) {
        return wanted ? ids.stream().map(id -> customers.findById(id).orElse(null)).collect(Collectors.toList()) : List.of();
                                             //^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of ids
    }

    Optional<Customer> first(List<Long> ids) {
        return ids.stream().map(id -> customers.findById(id).orElse(null)).findFirst();
                                    //^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of ids
    }

    Stream<Customer> filtered(List<Long> ids) {
        return Stream.concat(all(), ids.stream().filter(id -> id > 7).map(id -> customers.findById(id).orElse(null)));
                                                                              //^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of ids
    }

    Runnable later(List<Long> ids) {
        return () -> ids.forEach(id -> System.out.println(customers.findById(id)));
                                                        //^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of ids
    }`)}`,
  },
  ignores: {
    "one that may be there": `${OWNERS}${mailer(`    Optional<Customer> of(Optional<Long> id) {
        return id.map(one -> customers.findById(one).orElse(null));
    }`)}`,
  },
  fixes: {
    "a step of a stream": mailer(
      `    List<Customer> all(List<Long> ids) {
        Map<Long, Customer> customersById = customers.findAllById(ids).stream()
                .collect(Collectors.toMap(Customer::getId, Function.identity()));
        return ids.stream()
                .map(id -> Optional.ofNullable(customersById.get(id)).orElseThrow())
                .collect(Collectors.toList());
    }`,
      WITH_MAPS,
    ),
    "a method reference, behind a step that keeps the elements": mailer(
      `    List<Optional<Customer>> all(List<Long> ids) {
        Map<Long, Customer> customersById = customers.findAllById(ids).stream()
                .collect(Collectors.toMap(Customer::getId, Function.identity()));
        List<Optional<Customer>> found = ids.stream().sorted()
                .map(key -> Optional.ofNullable(customersById.get(key)))
                .collect(Collectors.toList());
        return found;
    }`,
      WITH_MAPS,
    ),
    "forEach of a list": mailer(
      `    void print(List<Order> orders) {
        Map<Long, Customer> customersById = customers
                .findAllById(orders.stream()
                        .map(order -> order.getCustomerId())
                        .distinct()
                        .collect(Collectors.toList()))
                .stream()
                .collect(Collectors.toMap(Customer::getId, Function.identity()));
        orders.forEach(order -> {
            System.out.println(customersById.get(order.getCustomerId()));
        });
    }`,
      WITH_MAPS,
    ),
    "a key that a local holds": mailer(
      `    void print(List<Order> orders) {
        Map<Long, Customer> customersById = customers
                .findAllById(orders.stream().map(Order::getCustomerId).distinct().collect(Collectors.toList())).stream()
                .collect(Collectors.toMap(Customer::getId, Function.identity()));
        for (Order order : orders) {
            Long id = order.getCustomerId();
            System.out.println(customersById.get(id));
        }
    }`,
      WITH_MAPS,
    ),
    "a page": mailer(
      `    Page<String> emails(Page<Order> page) {
        Map<Long, Customer> customersById = customers
                .findAllById(page.stream().map(order -> order.getCustomerId()).distinct().collect(Collectors.toList()))
                .stream()
                .collect(Collectors.toMap(Customer::getId, Function.identity()));
        return page.map(order ->
                Optional.ofNullable(customersById.get(order.getCustomerId())).map(Customer::getEmail).orElse("?"));
    }`,
      WITH_MAPS,
    ),
    "a list that the database sorts": `
//- src/shop/CustomerRepository.java
package shop;

import java.util.Collection;
import java.util.List;

public interface CustomerRepository extends JpaRepository<Customer, Long> {
    List<Customer> findByCityOrderByIdDesc(String city);

    List<Customer> findByCityInOrderByIdDesc(Collection<String> cities);
}
${mailer(
  `    long count(List<String> cities) {
        Map<String, List<Customer>> customersByCity = customers.findByCityInOrderByIdDesc(cities).stream()
                .collect(Collectors.groupingBy(Customer::getCity));
        return cities.stream().mapToLong(city -> customersByCity.getOrDefault(city, List.of()).size()).sum();
    }`,
  `import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.data.domain.Page;`,
)}`,
  },
});
