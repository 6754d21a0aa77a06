import assert from "node:assert/strict";
import { filterInMemory } from "../../../src/rules/java/filter-in-memory.ts";
import { unboundedFindAll } from "../../../src/rules/java/unbounded-find-all.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";
import { service } from "./shop.ts";

rule(filterInMemory, {
  reports: {
    "a filter by a column": service(`
    List<Customer> active() {
        return customers.findAll().stream().filter(customer -> customer.isActive()).toList();
             //^^^^^^^^^^^^^^^^^^^ CustomerRepository.findAll loads rows that customer.isActive() leaves out in memory
    }`),
    "a comparison with a parameter, in a loop": service(`
    void greet(String city) {
        for (Customer customer : customers.findAll()) {
                               //^^^^^^^^^^^^^^^^^^^ CustomerRepository.findAll loads rows that customer.getCity().equals(…) leaves out in memory
            if (customer.getCity().equals(city)) {
                greet(customer);
            }
        }
    }
    void greet(Customer customer) {}`),
    "a counted loop, with a variable and without one": service(`
    void greet(String city) {
        List<Customer> all = customers.findAll();
                           //^^^^^^^^^^^^^^^^^^^ CustomerRepository.findAll loads rows that customer.getCity().equals(…) leaves out in memory
        for (int i = 0; i < all.size(); i++) {
            Customer customer = all.get(i);
            if (customer.getCity().equals(city)) greet(customer);
        }
    }
    void greetActive() {
        List<Customer> all = customers.findAll();
                           //^^^^^^^^^^^^^^^^^^^ CustomerRepository.findAll loads rows that all.get(i).isActive() leaves out in memory
        for (int i = 0; i < all.size(); i++) if (all.get(i).isActive()) greet(all.get(i));
    }
    void greet(Customer customer) {}`),
    "an iterator": service(`
    void greet(String city) {
        Iterator<Customer> it = customers.findAll().iterator();
                              //^^^^^^^^^^^^^^^^^^^ CustomerRepository.findAll loads rows that customer.getCity().equals(…) leaves out in memory
        while (it.hasNext()) {
            Customer customer = it.next();
            if (customer.getCity().equals(city)) greet(customer);
        }
    }
    void greet(Customer customer) {}`),
    "a method reference to an accessor": service(`
    long active(String city) {
        return customers.findByCity(city).stream().filter(Customer::isActive).count();
             //^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findByCity loads rows that Customer::isActive leaves out in memory
    }`),
    "a test of any, and of none": service(`
    boolean hasActive(String city) {
        return customers.findByCity(city).stream().anyMatch(Customer::isActive);
             //^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findByCity loads rows that Customer::isActive leaves out in memory
    }
    boolean isFree(String city, String email) {
        return customers.findByCity(city).stream().noneMatch(customer -> customer.getEmail().equals(email));
             //^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findByCity loads rows that customer.getEmail().equals(…) leaves out in memory
    }`),
    "a stream in a variable": service(`
    long active(String city) {
        Stream<Customer> all = customers.findByCity(city).stream();
                             //^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findByCity loads rows that Customer::isActive leaves out in memory
        return all.filter(Customer::isActive).count();
    }`),
    "through a private method that is called once": service(`
    long active(String city) {
        return all(city).stream().filter(Customer::isActive).count();
    }
    private List<Customer> all(String city) {
        return customers.findByCity(city);
             //^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findByCity loads rows that Customer::isActive leaves out in memory
    }`),
    "rows that are only counted": service(`
    int number(String city) {
        return customers.findByCity(city).size();
             //^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.findByCity loads rows that are only counted
    }`),
    // phac-nml/irida: the samples of each project of a table.
    "rows behind another bean, of which one caller wants the number": `${service(`
    List<Customer> ofCity(String city) { return customers.findByCity(city); }`)}
//- src/main/java/shop/Board.java
package shop;
class Board {
  private final ShopService service;
  String number(String city) { return String.valueOf(service.ofCity(city).size()); }
                                                   //^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findByCity loads rows that are only counted
  void all(String city) { for (Customer customer : service.ofCity(city)) print(customer.getEmail()); }
}
`,
  },
  ignores: {
    "rows behind another bean that are counted and used": `${service(`
    List<Customer> ofCity(String city) { return customers.findByCity(city); }
    List<Customer> debtors(String city) { return customers.findByCity(city).stream().filter(Customer::owesUsMoney).toList(); }`)}
//- src/main/java/shop/Board.java
package shop;
class Board {
  private final ShopService service;
  void all(String city) {
    java.util.List<Customer> found = service.ofCity(city);
    print(found.size());
    for (Customer customer : found) print(customer.getEmail());
  }
  int debtors(String city) { return service.debtors(city).size(); }
}
`,
    "what several places choose from": service(`
    long active(String city) { return all(city).stream().filter(Customer::isActive).count(); }
    long debtors(String city) { return all(city).stream().filter(Customer::owesUsMoney).count(); }
    private List<Customer> all(String city) { return customers.findByCity(city); }`),
    "a test of any that computes": service(`
    boolean owes(String city) { return customers.findByCity(city).stream().anyMatch(customer -> customer.owesUsMoney()); }`),
    "a method that computes": service(`
    List<Customer> debtors() { return customers.findAll().stream().filter(customer -> customer.owesUsMoney()).toList(); }`),
    "a method reference to one that computes": service(`
    List<Customer> debtors() { return customers.findAll().stream().filter(Customer::owesUsMoney).toList(); }`),
    "a test that another method makes": service(`
    List<Customer> chosen() { return customers.findAll().stream().filter(customer -> matches(customer)).toList(); }
    boolean matches(Customer customer) { return customer.isActive(); }`),
    "a list that is used whole as well": service(`
    int number(String city) {
        List<Customer> found = customers.findByCity(city);
        found.forEach(customer -> customer.setActive(true));
        return found.size();
    }`),
    "elements that are changed before": service(`
    List<Customer> active() { return customers.findAll().stream().peek(c -> c.setActive(true)).filter(Customer::isActive).toList(); }`),
    "a list that is filtered by its order": service(`
    void every(int other) {
        List<Customer> all = customers.findAll();
        for (int i = 0; i < all.size(); i++) if (all.get(i).isActive() && i % other == 0) greet(all.get(i));
    }
    void greet(Customer customer) {}`),
    "everything but one": service(`
    List<Customer> others(Long id) { return customers.findAll().stream().filter(customer -> !customer.getId().equals(id)).toList(); }`),
    // RegardsOss/regards-backend: what was loaded for all names is searched for each of them
    "a list that is searched for each of other elements": service(`
    void greet(List<String> cities) {
        List<Customer> known = customers.findAll();
        for (String city : cities) known.stream().filter(customer -> customer.getCity().equals(city)).forEach(this::greet);
    }
    void greetEach(List<String> cities) {
        List<Customer> known = customers.findAll();
        cities.forEach(city -> greet(known.stream().filter(customer -> customer.getCity().equals(city)).findFirst().orElseThrow()));
    }
    void greet(Customer customer) {}`),
    // hmcts/opal-fines-service: every row has a key
    "a key that is asked whether it is there": service(`
    List<Customer> kept(String city) { return customers.findByCity(city).stream().filter(customer -> customer.getId() != null).toList(); }`),
    // hmcts/darts-api: a method of its own finds the row of each item among all that were loaded
    "a list that a private method searches for each of other elements": service(`
    void greet(List<String> cities) {
        List<Customer> known = customers.findAll();
        for (String city : cities) greet(customerIn(city, known));
    }
    private Customer customerIn(String city, List<Customer> all) {
        return all.stream().filter(customer -> customer.getCity().equals(city)).findFirst().orElseThrow();
    }
    void greet(Customer customer) {}`),
    "a loop that does more": service(`
    int n;
    void greet() {
        for (Customer customer : customers.findAll()) {
            n++;
            if (customer.isActive()) n += 2;
        }
    }`),
    "a page": service(`
    long active(org.springframework.data.domain.Pageable page) { return customers.findAll(page).stream().filter(Customer::isActive).count(); }`),
  },
});

describe("java/filter-in-memory", () => {
  const told = async (path: string, read: string): Promise<readonly string[]> => {
    const workspace = new TestWorkspace([filterInMemory, unboundedFindAll]);
    await workspace.put(
      parseFixture(`
//- db/migration/V1__init.sql
CREATE TABLE seat (id bigint PRIMARY KEY, sold boolean NOT NULL, price int NOT NULL);
//- src/shop/Seat.java
package shop;
import jakarta.persistence.*;
@Entity class Seat { @Id Long id; boolean sold; int price; boolean isSold() { return sold; } }
//- src/shop/SeatRepository.java
package shop;
interface SeatRepository extends JpaRepository<Seat, Long> { List<Seat> findByPrice(int price); }
//- src/shop/SeatController.java
package shop;
@RestController
class SeatController {
  @Autowired SeatRepository seats;
  @GetMapping("${path}") List<Seat> sold() { return seats.${read}.stream().filter(Seat::isSold).toList(); }
}
`).files,
    );
    return workspace.findings().map(({ rule, severity, message, related }) => `${severity} ${rule} ${message}, ${related.at(-1)?.message}`);
  };

  // gitpatrickv/Fullstack-Ecommerce-Backend-Springboot adds up all orders at each look at its front page.
  it("is as loud as the load of the whole table that it stands for, and names who waits", async () => {
    const loads = "java/filter-in-memory SeatRepository.findAll loads rows that Seat::isSold leaves out in memory";
    assert.deepEqual(await told("/seats/sold", "findAll()"), [`warning ${loads} (GET /seats/sold), GET /seats/sold`]);
    assert.deepEqual(await told("/admin/seats", "findAll()"), [`information ${loads}, rows are left out here`]);
    assert.deepEqual(await told("/seats/sold", "findByPrice(5)"), [
      `hint ${loads.replace("findAll", "findByPrice")}, SeatRepository.findByPrice is declared here`,
    ]);
  });
});
