import { filterInMemory } from "../../../../src/rules/java/filter-in-memory.ts";
import { rule } from "../../../harness/rule.ts";
import { service, serviceFile } from "../shop.ts";

const COUNTED = "loads rows that are only counted";
const LAST = "    long countById(Long id);\n";

/** A service beside a repository with a method more. */
const beside = (method: string, members: string, imported?: string): string =>
  service(members)
    .replace(LAST, `${LAST}\n    ${method}\n`)
    .replace("import java.util.Optional;\n", `import java.util.Optional;\n${imported === undefined ? "" : `import ${imported};\n`}`);

rule(filterInMemory, {
  reports: {
    "without a fix what another query says": beside(
      '@Query("select c from Customer c where c.city = ?1") List<Customer> named(String city);',
      `
    int of(String city) {
        return customers.named(city).size();
             //^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.named ${COUNTED}
    }`,
      "org.springframework.data.jpa.repository.Query",
    ),
    "without a fix rows that are locked": beside(
      "@Lock(LockModeType.PESSIMISTIC_WRITE) List<Customer> findByActiveTrueAndCity(String city);",
      `
    int of(String city) {
        return customers.findByActiveTrueAndCity(city).size();
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findByActiveTrueAndCity ${COUNTED}
    }`,
      "org.springframework.data.jpa.repository.Lock",
    ),
    "without a fix an order that is handed over": beside(
      "List<Customer> findAllByCity(String city, Sort sort);",
      `
    int of(String city, Sort sort) {
        return customers.findAllByCity(city, sort).size();
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findAllByCity ${COUNTED}
    }`,
      "org.springframework.data.domain.Sort",
    ),
    "without a fix a list that a variable holds until later": service(`
    int of(String city) {
        List<Customer> found = customers.findByCity(city);
                             //^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findByCity ${COUNTED}
        customers.deleteAll();
        return found.size();
    }`),
    "without a fix a list that a variable holds for two numbers": service(`
    int of(String city) {
        List<Customer> found = customers.findByCity(city);
                             //^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findByCity ${COUNTED}
        int twice = found.size() * 2;
        return twice - found.size();
    }`),
    "a list that a variable holds": service(`
    long of(String city) {
        List<Customer> found = customers
                             //^^^^^^^^^ 💡 CustomerRepository.findByCity ${COUNTED}
            .findByCity(city);
        long number = (long) found.size();
        return number * 2;
    }`),
    "without a fix where the number that is there is an object": beside(
      "List<Customer> findByActive(boolean active); Long countByActive(boolean active);",
      `
    int active() {
        return customers.findByActive(true).size();
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findByActive ${COUNTED}
    }`,
    ),
    "without a fix where the method of that name counts something else": beside(
      'List<Customer> findByActive(boolean active); @Query("select count(c) from Customer c") long countByActive(boolean active);',
      `
    int active() {
        return customers.findByActive(true).size();
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findByActive ${COUNTED}
    }`,
      "org.springframework.data.jpa.repository.Query",
    ),
    "without a fix where the method of that name is told something else": beside(
      "List<Customer> findByActive(boolean active); long countByActive(String active);",
      `
    int active() {
        return customers.findByActive(true).size();
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findByActive ${COUNTED}
    }`,
    ),
    "all rows of a table": service(`
    int all() {
        return 1 + customers.findAll().size();
                 //^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.findAll ${COUNTED}
    }`),
    "a comparison, which needs no cast": service(`
    boolean isFull(String city, int most) {
        return customers.findByCityOrderByEmail(city).size() >= most;
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.findByCityOrderByEmail ${COUNTED}
    }`),
    "a number that is kept as a long": service(`
    long all() {
        long number = customers.findAll().size();
                    //^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.findAll ${COUNTED}
        return number;
    }`),
    "what a stream counts": service(`
    Long of(String city) {
        return customers.findByCity(city).stream().count();
             //^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.findByCity ${COUNTED}
    }`),
    "a number that is there as an int": beside(
      "List<Customer> findByActive(boolean active); int countByActive(boolean active);",
      `
    int active() {
        return customers.findByActive(true).size();
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.findByActive ${COUNTED}
    }`,
    ),
    "a method that the repository lacks": service(`
    int of(Customer customer) {
        return this.orders.findByCustomer(customer).size();
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 OrderRepository.findByCustomer ${COUNTED}
    }`),
  },
  ignores: {
    "a list that is counted and gone through": service(`
    int of(String city) {
        List<Customer> found = customers.findByCity(city);
        found.forEach(System.out::println);
        return found.size();
    }`),
  },
  fixes: {
    "all rows of a table": serviceFile(`
    int all() {
        return 1 + (int) customers.count();
    }`),
    "a comparison, which needs no cast": serviceFile(`
    boolean isFull(String city, int most) {
        return customers.countByCity(city) >= most;
    }`),
    "a list that a variable holds": serviceFile(`
    long of(String city) {
        long number = (long) customers.countByCity(city);
        return number * 2;
    }`),
    "a number that is kept as a long": serviceFile(`
    long all() {
        long number = customers.count();
        return number;
    }`),
    "what a stream counts": serviceFile(`
    Long of(String city) {
        return customers.countByCity(city);
    }`),
    "a number that is there as an int": serviceFile(`
    int active() {
        return customers.countByActive(true);
    }`),
    "a method that the repository lacks": `
//- src/main/java/shop/OrderRepository.java
package shop;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
public interface OrderRepository extends JpaRepository<Order, Long> {
  List<Order> findByCustomer(Customer customer);

  long countByCustomer(Customer customer);
}${serviceFile(`
    int of(Customer customer) {
        return (int) this.orders.countByCustomer(customer);
    }`)}`,
  },
});
