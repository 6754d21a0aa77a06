import { duplicateQueryInRequest } from "../../../src/rules/java/duplicate-query-in-request.ts";
import { rule } from "../../harness/rule.ts";
import { SHOP } from "./shop.ts";

/** A controller, and the two services that it asks. */
const request = (controller: string, access: string, loading: string): string => `${SHOP}
//- src/main/java/shop/CustomerController.java
package shop;
import org.springframework.web.bind.annotation.*;
@RestController
class CustomerController {
    private final Access access;
    private final Loading loading;
    CustomerController(Access access, Loading loading) { this.access = access; this.loading = loading; }
${controller}
}
//- src/main/java/shop/Access.java
package shop;
@org.springframework.stereotype.Service
class Access {
    private final CustomerRepository customers;
    Access(CustomerRepository customers) { this.customers = customers; }
${access}
}
//- src/main/java/shop/Loading.java
package shop;
import java.util.*;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.security.core.context.SecurityContextHolder;
@org.springframework.stereotype.Service
class Loading {
    private final CustomerRepository customers;
    private int asked;
    Loading(CustomerRepository customers) { this.customers = customers; }
${loading}
}
`;

const CHECK = `    void check(String email) { if (customers.findByEmail(email).isEmpty()) throw new IllegalArgumentException(); }`;
const LOAD = `    Customer load(String address) { return customers.findByEmail(address).orElseThrow(); }`;
const HANDLER = `    @GetMapping("/customers/{email}")
    Customer show(@PathVariable String email) {
        access.check(email);
        return loading.load(email);
    }`;
const FOUND = `    @GetMapping("/customers/{email}")
    Customer show(@PathVariable String email) {
        access.check(email);
        return loading.load(email);
             //^^^^^^^^^^^^^^^^^^^ CustomerRepository.findByEmail asks the same in Access.check and in Loading.load
    }`;

const HASH = "String hashKey(String key) { return Integer.toHexString(key.hashCode()); }";

rule(duplicateQueryInRequest, {
  reports: {
    "a repository that a method is given, twice the same": request(
      `    @GetMapping("/customers")
    List<Customer> all() { return loading.both(); }`,
      "",
      `    List<Customer> both() {
        List<Customer> found = one(customers);
        found.addAll(one(customers));
                   //^^^^^^^^^^^^^^ CustomerRepository.findAll asks the same twice in Loading.one
        return found;
    }
    private List<Customer> one(CustomerRepository repository) { return repository.findAll(); }`,
    ),
    // gakkaweo finds a token by its hash, which one service works out for each of two methods.
    "what is found by the hash of the same value": request(
      `    @GetMapping("/customers/{email}")
    Customer show(@PathVariable String email) {
        loading.check(email);
        return loading.load(email);
             //^^^^^^^^^^^^^^^^^^^ CustomerRepository.findByEmail asks the same in Loading.check and in Loading.load
    }`,
      "",
      `    ${HASH}
    void check(String key) {
        String hash = hashKey(key);
        if (customers.findByEmail(hash).isEmpty()) throw new IllegalArgumentException();
    }
    Customer load(String address) { return customers.findByEmail(hashKey(address)).orElseThrow(); }`,
    ),
    "a check that is not always made": request(
      `    @GetMapping("/customers/{email}")
    Customer show(@PathVariable String email, boolean checked) {
        if (checked) access.check(email);
        return loading.load(email);
             //^^^^^^^^^^^^^^^^^^^ CustomerRepository.findByEmail asks the same in Access.check and in Loading.load
    }`,
      CHECK,
      LOAD,
    ),
    "an access check and the service behind it": request(
      FOUND,
      `    void check(String email) { if (customers.findByEmail(email).isEmpty()) throw new IllegalArgumentException(); }
                                 //~~~~~~~~~~~~~~~~~~~~~~~~~~~~ Access.check calls CustomerRepository.findByEmail`,
      `    Customer load(String address) { return customers.findByEmail(address).orElseThrow(); }
                                         //~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ Loading.load calls CustomerRepository.findByEmail`,
    ),
    "further down, by what a getter gives": request(
      `    @PostMapping("/customers")
    int rename(@RequestBody Customer given) {
        access.check(given);
        return loading.count(given.getCity());
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findByCity asks the same in Access.inCity and in Loading.count
    }`,
      `    void check(Customer given) { inCity(given.getCity()); }
    private void inCity(String city) { customers.findByCity(city); }`,
      "    int count(String city) { return customers.findByCity(city).size(); }",
    ),
    "who is logged in": request(
      `    @GetMapping("/me")
    String me() {
        Customer first = loading.current();
        return first.getCity() + loading.mayOrder();
                               //^^^^^^^^^^^^^^^^^^ CustomerRepository.findByEmail asks the same twice in Loading.current
    }`,
      "",
      `    Customer current() {
        String name = SecurityContextHolder.getContext().getAuthentication().getName();
        return customers.findByEmail(name).orElseThrow();
    }
    boolean mayOrder() { return current().isActive(); }`,
    ),
    "once in the method, once below": request(
      `    @GetMapping("/customers/{email}")
    Customer show(@PathVariable String email) { return loading.both(email); }`,
      "",
      `    Customer both(String email) {
        Optional<Customer> known = customers.findByEmail(email);
        return known.isEmpty() ? null : load(email);
                                      //^^^^^^^^^^^ CustomerRepository.findByEmail asks the same in Loading.both and in Loading.load
    }
${LOAD}`,
    ),
    "one cause at two handlers": request(
      `${FOUND}
    @GetMapping("/customers/{email}/city")
    String city(@PathVariable String email) {
        access.check(email);
        return loading.load(email).getCity();
             //~~~~~~~~~~~~~~~~~~~ the same happens here
    }`,
      CHECK,
      LOAD,
    ),
    "a key, where nothing keeps the session open": `${request(
      `    @GetMapping("/customers/{id}")
    Customer show(@PathVariable Long id) {
        access.check(id);
        return loading.load(id);
             //^^^^^^^^^^^^^^^^ CustomerRepository.findById asks the same in Access.check and in Loading.load
    }`,
      "    void check(Long id) { customers.findById(id).orElseThrow(); }",
      "    Customer load(Long id) { return customers.findById(id).orElseThrow(); }",
    )}
//- src/main/resources/application.properties
spring.jpa.open-in-view=false
`,
  },
  ignores: {
    // entur/uttu: what exports all of a repository is given one repository after the other
    "a repository that a method is given, each time another one": request(
      `    @GetMapping("/customers")
    List<Customer> all() {
        List<Customer> found = loading.allOf(loading.first());
        found.addAll(loading.allOf(loading.second()));
        return found;
    }`,
      "",
      `    private final CustomerRepository others = null;
    CustomerRepository first() { return customers; }
    CustomerRepository second() { return others; }
    List<Customer> allOf(CustomerRepository repository) { return repository.findAll(); }
    List<Customer> both() {
        List<Customer> found = one(customers);
        found.addAll(one(others));
        return found;
    }
    private List<Customer> one(CustomerRepository repository) { return repository.findAll(); }`,
    ),
    "hashes that are salted": request(
      HANDLER,
      CHECK.replace("findByEmail(email)", "findByEmail(hashPassword(email))").replace(
        "void check",
        `${HASH.replaceAll("hashKey", "hashPassword")} void check`,
      ),
      LOAD.replace("findByEmail(address)", "findByEmail(hashPassword(address))").replace(
        "Customer load",
        `${HASH.replaceAll("hashKey", "hashPassword")} Customer load`,
      ),
    ),
    // The session of an open view, or of a transaction, finds it among what it has loaded.
    "a key, in the session of the request": request(
      `    @GetMapping("/customers/{id}")
    Customer show(@PathVariable Long id) {
        access.check(id);
        return loading.load(id);
    }`,
      "    void check(Long id) { customers.findById(id).orElseThrow(); }",
      "    Customer load(Long id) { return customers.findById(id).orElseThrow(); }",
    ),
    "another argument": request(
      `    @GetMapping("/customers/{email}")
    Customer show(@PathVariable String email, String other) {
        access.check(email);
        return loading.load(other);
    }`,
      CHECK,
      LOAD,
    ),
    // apache/pulsar-manager: MyBatis' page helper turns the page in front of the second statement.
    "another page": request(
      `    @GetMapping("/customers")
    int all(String city) {
        int first = loading.page(city, 1);
        return first + loading.page(city, 2);
    }`,
      CHECK,
      `    int page(String city, int number) {
        PageHelper.startPage(number, 100);
        return customers.findByCity(city).size();
    }`,
    ),
    "a page that the handler turns": request(
      `    @GetMapping("/customers")
    int all(String city) {
        int first = loading.count(city);
        PageHelper.startPage(2, 100);
        return first + loading.count(city);
    }`,
      CHECK,
      "    int count(String city) { return customers.findByCity(city).size(); }",
    ),
    "the parameter is set in between": request(
      `    @GetMapping("/customers/{email}")
    Customer show(@PathVariable String email) {
        access.check(email);
        email = email + "!";
        return loading.load(email);
    }`,
      CHECK,
      LOAD,
    ),
    "a write in between": request(
      HANDLER,
      `    void check(String email) {
        Customer customer = customers.findByEmail(email).orElseThrow();
        customers.save(customer);
    }`,
      LOAD,
    ),
    "a write before the second": request(
      HANDLER,
      CHECK,
      `    Customer load(String address) {
        customers.deleteById(1L);
        return customers.findByEmail(address).orElseThrow();
    }`,
    ),
    // genie reads a job again since the status was set in a transaction of its own.
    "an entity that the first changes": request(
      HANDLER,
      `    @org.springframework.transaction.annotation.Transactional
    public void check(String email) {
        Customer customer = customers.findByEmail(email).orElseThrow();
        customer.setActive(true);
    }`,
      LOAD,
    ),
    "one of two branches": request(
      `    @GetMapping("/customers/{email}")
    Customer show(@PathVariable String email, boolean checked) {
        if (checked) access.check(email);
        else return loading.load(email);
        return null;
    }`,
      CHECK,
      LOAD,
    ),
    // woowacourse-teams/2024-friendogly tells the walker when a walk begins, and when it ends.
    "two decisions of which one at most is taken": request(
      `    @GetMapping("/customers/{email}")
    void show(@PathVariable String email, State state) {
        if (state.begins()) access.check(email);
        if (state.ends()) loading.load(email);
    }`,
      CHECK,
      LOAD,
    ),
    "only sometimes sent": request(
      HANDLER,
      CHECK,
      `    Customer load(String address) { return address.isEmpty() ? null : customers.findByEmail(address).orElseThrow(); }`,
    ),
    "a method that is cached": request(
      HANDLER,
      CHECK,
      `    @Cacheable("customers")
    public Customer load(String address) { return customers.findByEmail(address).orElseThrow(); }`,
    ),
    "what a bean counts up": request(
      `    @GetMapping("/cities")
    int cities() { return loading.one() + loading.one(); }`,
      "",
      `    int one() { return customers.findByCity("city " + getAsked()).size(); }
    String getAsked() { return String.valueOf(asked++); }`,
    ),
    "twice in one method: java/lookup-twice": request(
      `    @GetMapping("/customers/{email}")
    Customer show(@PathVariable String email) { return loading.both(email); }`,
      "",
      "    Customer both(String email) { return customers.findByEmail(email).isEmpty() ? null : customers.findByEmail(email).get(); }",
    ),
    "code that no request reaches": request(HANDLER.replace('    @GetMapping("/customers/{email}")\n', ""), CHECK, LOAD),
    "a lock after the look": `${request(
      `    @GetMapping("/orders")
    void show(Customer customer) {
        access.look(customer);
        access.look(customer);
    }`,
      `    private AccountRepository accounts;
    void look(Customer customer) { accounts.findByEmail(customer.getEmail()); }`,
      "",
    )}
//- src/main/java/shop/AccountRepository.java
package shop;
import org.springframework.data.jpa.repository.*;
interface AccountRepository extends JpaRepository<Customer, Long> {
    @Lock(jakarta.persistence.LockModeType.PESSIMISTIC_WRITE)
    Customer findByEmail(String email);
}
`,
  },
});
