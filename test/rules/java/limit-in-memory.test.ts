import assert from "node:assert/strict";
import { limitInMemory } from "../../../src/rules/java/limit-in-memory.ts";
import { unboundedFindAll } from "../../../src/rules/java/unbounded-find-all.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { rule } from "../../harness/rule.ts";
import { service } from "./shop.ts";

rule(limitInMemory, {
  reports: {
    "the first element of a stream": service(`
    Optional<Customer> first(String city) {
        return customers.findByCityOrderByEmail(city).stream().findFirst();
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.findByCityOrderByEmail loads every matching row, of which the first is used
    }`),
    "sorted and limited in memory": service(`
    List<Customer> top() {
        return customers.findAll().stream().sorted(Comparator.comparing(Customer::getEmail)).limit(10).toList();
             //^^^^^^^^^^^^^^^^^^^ CustomerRepository.findAll loads every matching row, of which the first 10 are used
    }`),
    "a list in a local variable, asked whether it is empty": service(`
    Customer first(String city) {
        List<Customer> found = customers.findByCity(city);
                             //^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findByCity loads every matching row, of which the first is used
        return found.isEmpty() ? null : found.get(0);
    }`),
    "a stream in a variable": service(`
    List<Customer> some() {
        Stream<Customer> all = customers.findAll().stream();
                             //^^^^^^^^^^^^^^^^^^^ CustomerRepository.findAll loads every matching row, of which the first 5 are used
        return all.limit(5).toList();
    }
    List<Customer> oldest() {
        Stream<Customer> all = customers.findAll().stream();
                             //^^^^^^^^^^^^^^^^^^^ CustomerRepository.findAll loads every matching row, of which the first 5 are used
        Stream<Customer> sorted = all.sorted(Comparator.comparing(Customer::getId));
        return sorted.limit(5).toList();
    }`),
    "a variable that is set once, later": service(`
    Customer first(String city) {
        List<Customer> found;
        if (city == null) throw new IllegalArgumentException();
        found = customers.findByCity(city);
              //^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findByCity loads every matching row, of which the first is used
        return found.get(0);
    }`),
    "through a private method that is called once": service(`
    Customer first(String city) {
        return all(city).get(0);
    }
    private List<Customer> all(String city) {
        List<Customer> found = customers.findByCity(city);
                             //^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findByCity loads every matching row, of which the first is used
        return found;
    }
    List<Customer> few() {
        return cut(customers.findAll(), 3);
                 //^^^^^^^^^^^^^^^^^^^ CustomerRepository.findAll loads every matching row, of which the first number are used
    }
    private List<Customer> cut(List<Customer> all, int number) {
        return all.stream().limit(number).toList();
    }`),
    "a part of a list": service(`
    List<Customer> some(String city, int number) {
        return customers.findByCity(city).subList(0, number);
             //^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findByCity loads every matching row, of which the first number are used
    }`),
    "sorted by the code, then the first or the last": service(`
    Customer oldest(String city) {
        List<Customer> found = customers.findByCity(city);
                             //^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findByCity loads every matching row, of which the first is used
        found.sort(Comparator.comparing(Customer::getId));
        return found.isEmpty() ? null : found.get(0);
    }
    Customer newest(String city) {
        List<Customer> found = new ArrayList<>(customers.findByCity(city));
                                             //^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findByCity loads every matching row, of which the last is used
        Collections.sort(found, Comparator.comparing(Customer::getId));
        return found.get(found.size() - 1);
    }
    List<Customer> few() {
        return customers.findAll().stream().sorted((a, b) -> b.getEmail().compareTo(a.getEmail())).limit(3).toList();
             //^^^^^^^^^^^^^^^^^^^ CustomerRepository.findAll loads every matching row, of which the first 3 are used
    }
    Customer last() {
        return customers.findAll().stream().reduce((first, second) -> second).orElse(null);
             //^^^^^^^^^^^^^^^^^^^ CustomerRepository.findAll loads every matching row, of which the last is used
    }
    List<Customer> top(int number) {
        List<Customer> sorted = customers.findAll().stream().sorted(Comparator.comparing(Customer::getEmail)).collect(Collectors.toList());
                              //^^^^^^^^^^^^^^^^^^^ CustomerRepository.findAll loads every matching row, of which the first number are used
        return sorted.subList(0, number);
    }`),
    "the one with the most or the least of a column": service(`
    Optional<Customer> newest(String city) {
        return customers.findByCity(city).stream().max(Comparator.comparing(Customer::getId));
             //^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findByCity loads every matching row, of which the one with the most is used
    }
    Optional<Customer> oldest(String city) {
        return customers.findByCity(city).stream().min(Comparator.comparingLong(Customer::getId));
             //^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findByCity loads every matching row, of which the one with the least is used
    }`),
    "a part that is no longer than the list": service(`
    List<Customer> some(String city) {
        List<Customer> found = customers.findByCity(city);
                             //^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findByCity loads every matching row, of which the first n are used
        return found.subList(0, Math.min(5, found.size()));
    }`),
    "a page that is cut out of the list": service(`
    Page<Customer> page(String city, Pageable pageable) {
        List<Customer> found = customers.findByCity(city);
                             //^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findByCity loads every matching row, of which one page is used
        int from = (int) pageable.getOffset();
        int to = Math.min(from + pageable.getPageSize(), found.size());
        return new PageImpl<>(found.subList(from, to), pageable, found.size());
    }
    List<String> mapped(int page, int size) {
        List<String> emails = customers.findAll().stream().map(Customer::getEmail).collect(Collectors.toList());
                            //^^^^^^^^^^^^^^^^^^^ CustomerRepository.findAll loads every matching row, of which one page is used
        return emails.subList(page * size, Math.min((page + 1) * size, emails.size()));
    }
    List<Customer> skipped(String city, int page, int size) {
        return customers.findByCity(city).stream().skip((long) page * size).limit(size).toList();
             //^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findByCity loads every matching row, of which one page is used
    }`),
  },
  ignores: {
    "a stream that is filtered before, and one that is another in the end": service(`
    List<Customer> some() {
        Stream<Customer> all = customers.findAll().stream();
        Stream<Customer> mine = all.filter(Customer::owesUsMoney);
        return mine.limit(5).toList();
    }
    List<Customer> chosen(boolean debtors) {
        Stream<Customer> all = customers.findAll().stream();
        if (debtors) all = all.filter(Customer::owesUsMoney);
        return all.limit(5).toList();
    }`),
    "a variable that is set in two places": service(`
    Customer first(String city) {
        List<Customer> found;
        if (city == null) found = customers.findAll();
        else found = customers.findByCity(city);
        return found.get(0);
    }`),
    "a private method whose list others use whole, and one that others may call": service(`
    Customer first(String city) { return all(city).get(0); }
    List<Customer> each(String city) { return all(city); }
    private List<Customer> all(String city) { return customers.findByCity(city); }
    Customer any(String city) { return found(city).get(0); }
    List<Customer> found(String city) { return customers.findByCity(city); }`),
    "a private method that uses its list whole": service(`
    Customer first(String city) { return shown(customers.findByCity(city)); }
    private Customer shown(List<Customer> all) {
        all.forEach(System.out::println);
        return all.get(0);
    }`),
    "a part of another list, as long as this one at most": service(`
    List<String> some(String city, List<String> names) {
        List<Customer> found = customers.findByCity(city);
        return names.subList(0, Math.min(5, found.size()));
    }`),
    "one part after the other": service(`
    void send(String city) {
        List<Customer> found = customers.findByCity(city);
        for (int from = 0; from < found.size(); from += 100) mail(found.subList(from, Math.min(from + 100, found.size())));
    }`),
    "all but the first": service(`List<Customer> others(String city) { return customers.findByCity(city).stream().skip(1).toList(); }`),
    "a list that is used whole": service(`
    Customer first(String city) {
        List<Customer> found = customers.findByCity(city);
        found.forEach(customer -> customer.setActive(true));
        return found.get(0);
    }`),
    "a check that there is one at most": service(`
    Customer only(String city) {
        List<Customer> found = customers.findByCity(city);
        if (found.size() > 1) throw new IllegalStateException(city);
        return found.get(0);
    }`),
    "another element than the first": service(`Customer other(String city, int at) { return customers.findByCity(city).get(at); }`),
    "a filter before the limit, which needs the rows": service(`
    Optional<Customer> debtor(String city) { return customers.findByCity(city).stream().filter(Customer::owesUsMoney).findFirst(); }`),
    "the one with the most of what the code works out": service(`
    Optional<Customer> worst() { return customers.findAll().stream().max(Comparator.comparing(Customer::owesUsMoney)); }`),
    // eclipse-tractusx/puris: entities that compare themselves by parts of a version.
    "an order that the code works out": service(`
    Customer worst(String city) {
        List<Customer> found = customers.findByCity(city);
        found.sort(null);
        return found.isEmpty() ? null : found.get(0);
    }
    List<Customer> few() {
        return customers.findAll().stream().sorted(Comparator.comparing(c -> rank(c.getEmail()))).limit(3).toList();
    }
    int rank(String email) { return email.length(); }`),
    "the last of another list": service(`
    Customer other(String city, List<String> cities) { return customers.findByCity(city).get(cities.size() - 1); }`),
    "both ends": service(`
    boolean same(String city) {
        List<Customer> found = customers.findByCity(city);
        found.sort(Comparator.comparing(Customer::getId));
        return found.get(0).isActive() == found.get(found.size() - 1).isActive();
    }`),
    "a list that is sorted and used": service(`
    List<Customer> sorted(String city) {
        List<Customer> found = customers.findByCity(city);
        Collections.sort(found, Comparator.comparing(Customer::getId));
        return found;
    }`),
    "what was made of all of them before the first is taken": service(`
    String email(String city) { return customers.findByCity(city).stream().map(Customer::getEmail).collect(Collectors.toList()).get(0); }`),
    "the content of a page": service(`
    Customer first(org.springframework.data.domain.Pageable page) { return customers.findAll(page).getContent().get(0); }`),
    "a variable that is set again": service(`
    Customer first(String city) {
        List<Customer> found = customers.findByCity(city);
        if (found.isEmpty()) found = List.of(new Customer());
        return found.get(0);
    }`),
  },
  fixes: {
    "the first element of a stream": `
//- src/main/java/shop/CustomerRepository.java
package shop;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;

public interface CustomerRepository extends JpaRepository<Customer, Long> {
    long countByCity(String city);

    List<Customer> findByCity(String city);

    List<Customer> findByCityOrderByEmail(String city);

    Optional<Customer> findByEmail(String email);

    long countById(Long id);

    Optional<Customer> findFirstByCityOrderByEmail(String city);
}
//- src/main/java/shop/ShopService.java
package shop;

import java.util.*;
import java.util.stream.*;

class ShopService {
    private final CustomerRepository customers;
    private final OrderRepository orders;

    ShopService(CustomerRepository customers, OrderRepository orders) {
        this.customers = customers;
        this.orders = orders;
    }


    Optional<Customer> first(String city) {
        return customers.findFirstByCityOrderByEmail(city);
    }
}
`,
  },
});

describe("java/limit-in-memory of a whole table", () => {
  const severities = async (body: string): Promise<readonly string[]> => {
    const workspace = new TestWorkspace([limitInMemory, unboundedFindAll]);
    await workspace.put(
      Object.entries({
        "src/a/Choice.java":
          "package a; import jakarta.persistence.*; @Entity class Choice { @Id Long id; boolean open; Long getId() { return id; } }",
        "src/a/Choices.java":
          "package a; import java.util.*; import org.springframework.data.repository.CrudRepository; interface Choices extends CrudRepository<Choice, Long> { List<Choice> findAll(); }",
        "src/a/Desk.java": `package a; import java.util.*; import org.springframework.web.bind.annotation.*;
@RestController class Desk { private Choices choices; @GetMapping("/open") Object open() { List<Choice> all = choices.findAll(); ${body} } }`,
        "src/main/resources/db/migration/V1__init.sql": "CREATE TABLE choice (id bigint PRIMARY KEY, open boolean);",
      }),
    );
    return workspace.findings().map(({ rule: id, severity }) => `${id} ${severity}`);
  };

  // synyx/urlaubsverwaltung: whether the calendar of the company is shared
  it("is a hint where any row would do, since there is one", async () => {
    assert.deepEqual(await severities("return all.isEmpty() ? false : all.get(0).open;"), ["java/limit-in-memory hint"]);
  });

  it("is a warning where an order says which row is meant", async () => {
    const sorted = "all.sort(Comparator.comparing(Choice::getId)); return all.isEmpty() ? false : all.get(0).open;";
    assert.deepEqual(await severities(sorted), ["java/limit-in-memory warning"]);
  });

  it("is none where the rows are used, which java/unbounded-find-all tells of", async () => {
    assert.deepEqual(await severities("return all;"), ["java/unbounded-find-all warning"]);
  });
});
