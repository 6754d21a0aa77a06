import { limitInMemory } from "../../../src/rules/java/limit-in-memory.ts";
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
    "a part of a list": service(`
    List<Customer> some(String city, int number) {
        return customers.findByCity(city).subList(0, number);
             //^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findByCity loads every matching row, of which the first number are used
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
