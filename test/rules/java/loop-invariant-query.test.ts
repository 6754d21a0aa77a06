import assert from "node:assert/strict";
import { loopInvariantQuery } from "../../../src/rules/java/loop-invariant-query.ts";
import { unboundedFindAll } from "../../../src/rules/java/unbounded-find-all.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";
import { service, serviceFile } from "./shop.ts";

const DESK = `
//- src/main/java/shop/Desk.java
package shop;
@org.springframework.stereotype.Service
class Desk {
    private final CustomerRepository customers;
    private final OrderRepository orders;
    private final org.springframework.jdbc.core.JdbcTemplate jdbc;
    long getMost() { return most(); }
    private long most() { return customers.countByCity("Brno"); }
    void close(Order order) {
        order.setNote("closed");
        orders.save(order);
    }
    void welcome(Customer customer) { customers.save(customer); }
    void count() { jdbc.update(text()); }
    private String text() { return System.getenv("COUNT"); }
}`;

rule(loopInvariantQuery, {
  reports: {
    "the same key at every round": service(`
    void assign(List<Order> all, Long id) {
        for (Order order : all) {
            Customer customer = customers.findById(id).orElseThrow();
                              //^^^^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.findById asks the same for every element of all
            order.setCustomer(customer);
        }
    }`),
    "an argument that is evaluated for the log": service(`
    private static final org.slf4j.Logger LOG = org.slf4j.LoggerFactory.getLogger(ShopService.class);
    void log(List<Order> all) {
        all.forEach(order -> LOG.debug("order {} of {}", order.getId(), orders.count()));
                                                                      //^^^^^^^^^^^^^^ OrderRepository.count asks the same for every element of all
    }`),
    // bekalpaslan/chain logs the rule of the day for each ticket that expires, and writes tickets and users in between.
    "for the log, through a bean that others write beside":
      service(`
    private static final org.slf4j.Logger LOG = org.slf4j.LoggerFactory.getLogger(ShopService.class);
    private final Desk desk;
    void close(List<Order> all) {
        for (Order order : all) {
            LOG.info("order {} of {}", order.getId(), desk.getMost());
                                                    //^^^^^^^^^^^^^^ getMost runs CustomerRepository.countByCity with the same arguments for every element of all
            desk.close(order);
        }
    }`) + DESK,
    "a table that the loop does not write": service(`
    void close(List<Order> all, String city) {
        for (Order order : all) {
            if (customers.countByCity(city) < 10) orders.save(order);
              //^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.countByCity asks the same for every element of all
        }
    }`),
    "through a method": service(`
    void assign(List<Order> all, String email) {
        for (Order order : all) {
            order.setCustomer(findOwner(email));
                            //^^^^^^^^^^^^^^^^ findOwner runs CustomerRepository.findByEmail with the same arguments for every element of all
        }
    }
    private Customer findOwner(String email) { return customers.findByEmail(email).orElseThrow(); }`),
    // bcgov/nr-spar looks for each tree's traits among those of its whole lot, which it reads again for each tree.
    "a method that looks for the element among rows that are the same each time": service(`
    void mark(List<Order> all, String city) {
        for (Order order : all) {
            if (isFrom(order, city)) order.setNote(city);
              //^^^^^^^^^^^^^^^^^^^ isFrom runs CustomerRepository.findByCity, which asks the same for every element of all
        }
    }
    private boolean isFrom(Order order, String city) { return customers.findByCity(city).contains(order.getCustomer()); }`),
    "a method that asks for no more than its own constant, two calls down": service(`
    void mark(List<Order> all) {
        all.forEach(order -> order.setNote(noteOf(order)));
                                         //^^^^^^^^^^^^^ noteOf runs CustomerRepository.countByCity, which asks the same for every element of all
    }
    private String noteOf(Order order) { return order.getId() + " of " + most("Brno"); }
    private long most(String city) { return customers.countByCity(city); }`),
    "once, what several calls of a loop come to": service(`
    void mark(List<Order> all, String city) {
        for (Order order : all) {
            if (isFrom(order, city)) order.setNote(city);
              //^^^^^^^^^^^^^^^^^^^ isFrom runs CustomerRepository.findByCity, which asks the same for every element of all
            else order.setNote(firstOf(order, city).getEmail());
                             //~~~~~~~~~~~~~~~~~~~~ firstOf runs it, too
        }
    }
    private boolean isFrom(Order order, String city) { return customers.findByCity(city).contains(order.getCustomer()); }
    private Customer firstOf(Order order, String city) { return all(city).get(0); }
    private List<Customer> all(String city) { return customers.findByCity(city); }`),
    // synyx/urlaubsverwaltung reads its settings for each day of a calendar, and has the view closed.
    "a key that a method asks for without a session": `${service(`
    private static final long OWNER = 1;
    void mark(List<Order> all) {
        for (Order order : all) print(ownerOf(order));
                                    //^^^^^^^^^^^^^^ ownerOf runs CustomerRepository.findById, which asks the same for every element of all
    }
    private Customer ownerOf(Order order) { return customers.findById(OWNER).orElse(order.getCustomer()); }
    private void print(Object what) {}`)}
//- src/main/java/shop/ShopController.java
package shop;
@RestController class ShopController {
    private final ShopService shop;
    private final OrderRepository orders;
    @GetMapping("/orders") void all() { shop.mark(orders.findAll()); }
}
//- src/main/resources/application.properties
spring.jpa.open-in-view=false
`,
    "through a method that builds its query": service(`
    private org.jooq.DSLContext dsl;
    void mark(List<Order> all, String city) {
        for (Order order : all) {
            order.setNote(selectNotes(city));
                        //^^^^^^^^^^^^^^^^^ selectNotes runs Select.fetchOneInto with the same arguments for every element of all
        }
    }
    private String selectNotes(String city) { return dsl.select(NOTES.TEXT).from(NOTES).where(NOTES.CITY.eq(city)).fetchOneInto(String.class); }`),
    "other queries than lookups by key, in a transaction": service(`
    @org.springframework.transaction.annotation.Transactional
    public void assign(List<Order> all, String email) {
        for (Order order : all) {
            order.setCustomer(customers.findByEmail(email).orElseThrow());
                            //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findByEmail asks the same for every element of all
        }
    }`),
    "a key, of a session that is cleared": service(`
    private EntityManager em;
    @org.springframework.transaction.annotation.Transactional
    public void assign(List<Order> all, Long id) {
        for (Order order : all) {
            order.setCustomer(customers.findById(id).orElseThrow());
                            //^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById asks the same for every element of all
            em.clear();
        }
    }`),
    // Seen on xm-online/xm-ms-entity.
    "the end of a counted loop": service(`
    void index(int size) {
        for (int i = 0; i <= orders.count() / size; i++) {
                           //^^^^^^^^^^^^^^ 💡 OrderRepository.count is asked before every round how far the loop goes
            index(orders.findAll(PageRequest.of(i, size)).getContent());
        }
    }
    private void index(List<Order> page) {}`),
    "the end of a loop that counts for itself, through a method": service(`
    void index(String city) {
        int page = 0;
        while (page * 100 < countOf(city)) {
                          //^^^^^^^^^^^^^ 💡 CustomerRepository.countByCity is asked before every round how far the loop goes
            page++;
        }
    }
    private long countOf(String city) { return customers.countByCity(city); }`),
  },
  ignores: {
    "attempts, with a pause of its own before each": service(`
    private static final long[] PAUSES_MS = { 50, 200, 800 };
    Customer await(String email) throws InterruptedException {
        for (int i = 0; i < PAUSES_MS.length; i++) {
            Thread.sleep(PAUSES_MS[i]);
            java.util.Optional<Customer> found = customers.findByEmail(email);
            if (found.isPresent()) return found.get();
        }
        return null;
    }`),
    "an argument whose declaration cannot be read": service(`
    void assign(List<Order> all) {
        for (Order order : all) {
            String email # order.getNote();
            order.setCustomer(customers.findByEmail(email).orElseThrow());
        }
    }`),
    "what one case of the element asks": service(`
    void count(List<String> kinds) {
        kinds.forEach(kind -> {
            switch (kind) {
                case "orders": System.out.println(orders.count()); break;
                default: System.out.println(customers.count());
            }
        });
    }`),
    "the next number of a sequence": service(`
    private static final String NEXT = "SELECT nextval('order_no')";
    private Numbers numbers;
    private org.springframework.jdbc.core.JdbcTemplate jdbc;
    void number(List<Order> all) {
        for (Order order : all) order.setNote("" + numbers.take());
        for (Order order : all) order.setNote("" + jdbc.queryForObject(NEXT, Long.class));
        for (Order order : all) order.setNote("" + getNumber());
    }
    private Long getNumber() {
        String sql = "select next value for order_no";
        return jdbc.queryForObject(sql, Long.class);
    }
    interface Numbers extends org.springframework.data.jpa.repository.JpaRepository<Order, Long> {
        @org.springframework.data.jpa.repository.Query(value = "select nextval('order_no')", nativeQuery = true) Long take();
    }`),
    // MyBatis' page helper turns the page.
    "another page at each round": service(`
    int all(List<Integer> pages, String city) {
        int sum = 0;
        for (Integer page : pages) {
            PageHelper.startPage(page, 100);
            sum += customers.findByCity(city).size();
        }
        return sum;
    }`),
    // rakheen-dama/b2b-strawman
    "another tenant at each round": service(`
    private static final ScopedValue<String> TENANT = ScopedValue.newInstance();
    private org.springframework.transaction.support.TransactionTemplate transactions;
    void find(List<String> tenants, Long id) {
        for (String tenant : tenants) {
            ScopedValue.where(TENANT, tenant).run(() -> transactions.execute(status -> orders.findById(id)));
        }
    }
    void count(List<String> tenants, String city) {
        for (String tenant : tenants) {
            TenantContext.setCurrentTenant(tenant);
            print(customers.countByCity(city));
        }
    }`),
    "the end of a loop that changes what is counted": service(`
    void empty(List<Order> spare) {
        for (int i = 0; i < orders.count(); i++) orders.delete(spare.get(i));
        while (orders.count() > 0) orders.deleteAllInBatch(spare);
    }`),
    "a loop that waits for others": service(`
    void await(int wanted) {
        while (orders.count() < wanted) Thread.onSpinWait();
    }`),
    "the end of a loop, asked once": service(`
    void index(int size) {
        long count = orders.count();
        for (int i = 0; i <= count / size; i++) print(orders.findAll(PageRequest.of(i, size)));
        for (long i = orders.count(); i > 0; i--) print(i);
    }
    private void print(Object what) {}`),
    "a key that the session of the transaction knows after the first round": service(`
    private jakarta.persistence.EntityManager em;
    @org.springframework.transaction.annotation.Transactional
    public void assign(List<Order> all, Long id) {
        for (Order order : all) order.setCustomer(customers.findById(id).orElseThrow());
        for (Order order : all) order.setCustomer(em.find(Customer.class, id));
        for (Order order : all) order.setCustomer(load(id));
    }
    private Customer load(Long id) { return customers.findById(id).orElseThrow(); }`),
    "a method that asks for the element": service(`
    void mark(List<Order> all, String city) {
        for (Order order : all) if (isFrom(order, city)) order.setNote(city);
    }
    private boolean isFrom(Order order, String city) {
        return orders.findByCustomer(order.getCustomer()).size() == customers.countByCity(city);
    }`),
    "a method whose rows the loop writes": service(`
    void mark(List<Order> all, String city) {
        for (Order order : all) if (isFrom(order, city)) customers.save(order.getCustomer());
    }
    private boolean isFrom(Order order, String city) { return customers.findByCity(city).contains(order.getCustomer()); }`),
    "a method that writes what it asks": service(`
    void mark(List<Order> all, String city) { for (Order order : all) welcome(order, city); }
    private void welcome(Order order, String city) {
        if (customers.countByCity(city) < 10) customers.save(order.getCustomer());
    }`),
    "a method that asks on one of its ways": service(`
    void mark(List<Order> all, String city) { for (Order order : all) if (isFrom(order, city)) order.setNote(city); }
    private boolean isFrom(Order order, String city) { return order.getId() > 7 && customers.findByCity(city).contains(order.getCustomer()); }`),
    // ls1intum/Hephaestus asks before each of its calls whether the switch that forbids them was thrown.
    "a method that waits for another server each time": service(`
    private org.springframework.web.client.RestTemplate rest;
    void tell(List<Order> all) { for (Order order : all) tell(order); }
    private void tell(Order order) {
        if (customers.countByCity("Brno") == 0) throw new IllegalStateException();
        rest.postForObject("http://bell/", order.getId(), String.class);
    }`),
    "a key that a method asks a session for": service(`
    private static final long OWNER = 1;
    @org.springframework.transaction.annotation.Transactional
    public void mark(List<Order> all) { for (Order order : all) order.setCustomer(ownerOf(order)); }
    private Customer ownerOf(Order order) { return customers.findById(OWNER).orElse(order.getCustomer()); }`),
    "a key of the element": service(`
    void touch(List<Order> all) { for (Order order : all) customers.findById(order.getId()); }`),
    "a key that comes from the element on the way": service(`
    void touch(List<Order> all) {
        for (Order order : all) {
            Long id = order.getId();
            customers.findById(id);
        }
    }`),
    "a bean that writes what is asked":
      service(`
    private final Desk desk;
    void close(List<Order> all) {
        for (Order order : all) {
            order.setNote("one of " + desk.getMost());
            desk.welcome(order.getCustomer());
        }
    }`) + DESK,
    "a write that is not known":
      service(`
    private final Desk desk;
    void close(List<Order> all) {
        for (Order order : all) {
            order.setNote("one of " + desk.getMost());
            desk.count();
        }
    }`) + DESK,
    "a loop that writes in between": service(`
    void fill(List<Order> all, String city) {
        for (Order order : all) {
            if (customers.countByCity(city) < 10) customers.save(order.getCustomer());
        }
    }`),
    "an argument that the loop moves on": service(`
    void page(List<Order> all) {
        long id = 0;
        for (Order order : all) {
            customers.findById(id);
            id++;
        }
    }`),
    "an argument that may be another each time": service(`
    void draw(List<Order> all, Random random) { for (Order order : all) customers.findById(random.nextLong()); }`),
    "a value that is remembered": service(`
    void assign(List<Order> all, Long id) {
        Customer customer = null;
        for (Order order : all) {
            if (customer == null) customer = customers.findById(id).orElseThrow();
            order.setCustomer(customer);
        }
    }`),
    // alf.io's reservations have one subscription at most, and the stream says so.
    "a stream that is cut after its first element": service(`
    List<Long> one(List<Order> all, Long id) {
        return all.stream().limit(1).map(order -> customers.findById(id).orElseThrow().getId()).toList();
    }`),
    // gakkaweo draws names until one is free: the loop ends with the first hit.
    "a loop that ends with the first hit": service(`
    Customer any(List<Order> all, Long id) { for (Order order : all) { return customers.findById(id).orElseThrow(); } return null; }`),
  },
  fixes: {
    "the end of a counted loop": serviceFile(`
    void index(int size) {
        long count = orders.count();
        for (int i = 0; i <= count / size; i++) {
            index(orders.findAll(PageRequest.of(i, size)).getContent());
        }
    }
    private void index(List<Order> page) {}`),
    "the same key at every round": serviceFile(`
    void assign(List<Order> all, Long id) {
        Customer customer = customers.findById(id).orElseThrow();
        for (Order order : all) {
            order.setCustomer(customer);
        }
    }`),
  },
});

describe("java/loop-invariant-query", () => {
  // hamza-damra/Sales-Managment-System-Backend-SpringBoot
  it("is the one finding of a query that loads a whole table in each round", async () => {
    const workspace = new TestWorkspace([loopInvariantQuery, unboundedFindAll]);
    await workspace.put(
      parseFixture(`
//- src/shop/Sale.java
package shop;
@Entity class Sale { @Id Long id; Long guest; Long getGuest() { return guest; } }
//- src/shop/Sales.java
package shop;
interface Sales extends JpaRepository<Sale, Long> {}
//- src/shop/SaleController.java
package shop;
@RestController class SaleController {
  private Sales sales;
  @GetMapping("/guests") List<Long> buying(@RequestParam List<Long> guests) {
    return guests.stream().filter(guest -> sales.findAll().stream().anyMatch(sale -> sale.getGuest().equals(guest))).toList();
  }
  @GetMapping("/sales") List<Sale> all() { return sales.findAll(); }
}
`).files,
    );
    assert.deepEqual(
      workspace.findings().map(({ rule }) => rule),
      ["java/loop-invariant-query", "java/unbounded-find-all"],
    );
  });
});
