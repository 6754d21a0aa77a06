import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { rule } from "../../../harness/rule.ts";
import { OWNERS, postings, postingsWith, service } from "./shop.ts";

rule(queryInLoop, {
  reports: {
    "findById in a loop over a list": `${OWNERS}
//- src/shop/OrderService.java
package shop;

import java.util.List;
import java.util.Map;

class OrderService {
    private final CustomerRepository customers;

    OrderService(CustomerRepository customers) {
        this.customers = customers;
    }

    void notifyAll(List<Order> orders) {
        for (Order order : orders) {
            send(customers.findById(order.getCustomerId()).orElseThrow());
               //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.findById runs once per element of orders
        }
    }

    private void send(Customer customer) {
    }
}
`,
    "a derived query whose batch variant is missing": `
//- src/shop/Customer.java
package shop;
import jakarta.persistence.*;
@Entity
public class Customer {
  @Id private Long id;
  private String email;
  public String getEmail() { return email; }
}
//- src/shop/CustomerRepository.java
package shop;

import java.util.List;
import org.springframework.data.repository.CrudRepository;

public interface CustomerRepository extends CrudRepository<Customer, Long> {
    List<Customer> findByEmail(String email);
}
//- src/shop/Invitations.java
package shop;
import java.util.List;
class Invitations {
  private CustomerRepository customers;
  int count(List<String> emails) {
    int found = 0;
    for (String email : emails) {
      found += customers.findByEmail(email).size();
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.findByEmail runs once per element of emails
    }
    return found;
  }
}
`,
    // apache/fineract: an identifier whose type is a variable, and two lookups of one entity
    "two lookups of one entity with an inherited identifier": postingsWith(`    void post(List<Entry> entries) {
        for (Entry entry : entries) {
            Category debit = categories.findById(entry.getDebit()).orElse(null);
                           //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
            Category credit = creditOf(categories.findById(entry.getCredit()));
                                     //~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ related
            System.out.println(debit + " " + credit);
        }
    }`),
    "lists of a derived query, in a module for Java 8": postingsWith(
      `    int count(List<String> codes) {
        int found = 0;
        for (String code : codes) {
            found += categories.findByCode(code).size();
                   //^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
        }
        return found;
    }`,
      `
//- pom.xml
<project><groupId>g</groupId><artifactId>a</artifactId><properties><java.version>1.8</java.version></properties></project>
`,
    ),
    "what the loop saves itself, and what is asked anew for each element": postingsWith(`    void open(List<String> codes) {
        for (String code : codes) {
            if (categories.findByCode(code).isEmpty()) categories.save(new Category());
              //^^^^^^^^^^^^^^^^^^^^^^^^^^^
        }
    }
    // 10xDeVv/LazyDrop_Backend asks what has become of a row that it has just worked on.
    void check(List<Entry> entries) {
        for (Entry entry : entries) {
            rename(entry);
            Category category = categories.findById(entry.getDebit()).orElseThrow();
                              //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
            System.out.println(category);
        }
    }
    private void rename(Entry entry) { categories.save(new Category()); }
    void walk(List<String> codes) {
        for (String code : codes) {
            List<Category> below = categories.findByCode(code);
                                 //^^^^^^^^^^^^^^^^^^^^^^^^^^^
            walk(below.stream().map(Category::getCode).toList());
        }
    }`),
    "names that fill a line": `${OWNERS}
//- src/shop/OrderService.java
package shop;

import java.util.*;
import java.util.function.*;
import java.util.stream.*;

class OrderService {
    private CustomerRepository customerRepository;

    void notifyAll(List<Order> ordersThatAreToBeDeliveredWithinTheNextDays) {
        for (Order order : ordersThatAreToBeDeliveredWithinTheNextDays) {
            send(customerRepository.findById(order.getCustomerId()).orElse(null));
               //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
        }
    }

    private void send(Customer customer) {
    }
}
`,
    "an answer that nobody takes": postingsWith(`    void touch(List<String> codes) {
        for (String code : codes) {
            categories.findByCode(code);
          //^^^^^^^^^^^^^^^^^^^^^^^^^^^ CategoryRepository.findByCode runs once per element of codes
        }
    }`),
    "a key behind a condition": postingsWith(
      `    void post(List<Page> pages) {
        for (Page page : pages) {
            if (page.getEntry() == null) continue;
            System.out.println(categories.findById(page.getEntry().getDebit()));
                             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 CategoryRepository.findById runs once per element of pages
        }
    }`,
      `
//- src/book/Page.java
package book;
public class Page {
  private Entry entry;
  public Entry getEntry() { return entry; }
}
`,
    ),
    "a repository whose findAllById gives no list, and one whose method takes a set": `${OWNERS.replace("JpaRepository", "CrudRepository").replace("List<Customer> findByEmailIn(List<String>", "List<Customer> findByEmailIn(Set<String>")}
//- src/shop/OrderService.java
package shop;
class OrderService {
  private CustomerRepository customers;
  void all(List<Order> orders, List<String> emails) {
    for (Order order : orders) System.out.println(customers.findById(order.getCustomerId()));
                                                //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of orders
    for (String email : emails) System.out.println(customers.findByEmail(email));
                                                 //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findByEmail runs once per element of emails
  }
}
`,
  },
  ignores: {
    "one query before the loop": service(`
  void all(List<Order> orders) {
    for (Customer customer : customers.findAllById(orders.stream().map(Order::getCustomerId).toList())) customer.getEmail();
  }`),
  },
  fixes: {
    "a key behind a condition": postings(
      `    void post(List<Page> pages) {
        Map<Long, Category> categoriesById = categories
                .findAllById(pages.stream()
                        .map(page -> page.getEntry())
                        .filter(Objects::nonNull)
                        .map(entry -> entry.getDebit())
                        .distinct()
                        .collect(Collectors.toList()))
                .stream()
                .collect(Collectors.toMap(Category::getId, Function.identity()));
        for (Page page : pages) {
            if (page.getEntry() == null) continue;
            System.out.println(Optional.ofNullable(categoriesById.get(page.getEntry().getDebit())));
        }
    }`,
      `import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;`,
    ),
    "names that fill a line": `
//- src/shop/OrderService.java
package shop;

import java.util.*;
import java.util.function.*;
import java.util.stream.*;

class OrderService {
    private CustomerRepository customerRepository;

    void notifyAll(List<Order> ordersThatAreToBeDeliveredWithinTheNextDays) {
        Map<Long, Customer> customersById = customerRepository
                .findAllById(ordersThatAreToBeDeliveredWithinTheNextDays.stream()
                        .map(Order::getCustomerId)
                        .distinct()
                        .collect(Collectors.toList()))
                .stream()
                .collect(Collectors.toMap(Customer::getId, Function.identity()));
        for (Order order : ordersThatAreToBeDeliveredWithinTheNextDays) {
            send(customersById.get(order.getCustomerId()));
        }
    }

    private void send(Customer customer) {
    }
}
`,
    "findById in a loop over a list": `
//- src/shop/OrderService.java
package shop;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

class OrderService {
    private final CustomerRepository customers;

    OrderService(CustomerRepository customers) {
        this.customers = customers;
    }

    void notifyAll(List<Order> orders) {
        Map<Long, Customer> customersById = customers
                .findAllById(orders.stream().map(Order::getCustomerId).distinct().collect(Collectors.toList())).stream()
                .collect(Collectors.toMap(Customer::getId, Function.identity()));
        for (Order order : orders) {
            send(Optional.ofNullable(customersById.get(order.getCustomerId())).orElseThrow());
        }
    }

    private void send(Customer customer) {
    }
}
`,
    "a derived query whose batch variant is missing": `
//- src/shop/CustomerRepository.java
package shop;

import java.util.Collection;
import java.util.List;
import org.springframework.data.repository.CrudRepository;

public interface CustomerRepository extends CrudRepository<Customer, Long> {
    List<Customer> findByEmail(String email);

    List<Customer> findByEmailIn(Collection<String> emails);
}
//- src/shop/Invitations.java
package shop;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
class Invitations {
  private CustomerRepository customers;
  int count(List<String> emails) {
    int found = 0;
    Map<String, List<Customer>> customersByEmail = customers.findByEmailIn(emails).stream()
        .collect(Collectors.groupingBy(Customer::getEmail));
    for (String email : emails) {
      found += customersByEmail.getOrDefault(email, List.of()).size();
    }
    return found;
  }
}
`,
    "two lookups of one entity with an inherited identifier": postings(
      `    void post(List<Entry> entries) {
        Map<Long, Category> categoriesById = categories
                .findAllById(entries.stream().map(Entry::getDebit).distinct().collect(Collectors.toList())).stream()
                .collect(Collectors.toMap(Category::getId, Function.identity()));
        for (Entry entry : entries) {
            Category debit = categoriesById.get(entry.getDebit());
            Category credit = creditOf(categories.findById(entry.getCredit()));
            System.out.println(debit + " " + credit);
        }
    }`,
      `import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;`,
    ),
    "lists of a derived query, in a module for Java 8": postings(
      `    int count(List<String> codes) {
        int found = 0;
        Map<String, List<Category>> categoriesByCode = categories.findByCodeIn(codes).stream()
                .collect(Collectors.groupingBy(Category::getCode));
        for (String code : codes) {
            found += categoriesByCode.getOrDefault(code, Collections.emptyList()).size();
        }
        return found;
    }`,
      `import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;`,
    ),
  },
});
