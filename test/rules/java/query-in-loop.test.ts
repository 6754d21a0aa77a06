import { queryInLoop } from "../../../src/rules/java/query-in-loop.ts";
import { rule } from "../../harness/rule.ts";
import { OWNERS, service } from "./query-in-loop/shop.ts";

rule(queryInLoop, {
  reports: {
    "through private methods, a port and its adapter": `${OWNERS}
//- src/shop/CustomerPort.java
package shop;
interface CustomerPort { String emailOf(Long id); }
//- src/shop/CustomerAdapter.java
package shop;
import org.springframework.stereotype.Component;
@Component
class CustomerAdapter implements CustomerPort {
  private final CustomerRepository customers;
  CustomerAdapter(CustomerRepository customers) { this.customers = customers; }
  @Override public String emailOf(Long id) { return customers.findById(id).map(Customer::getEmail).orElse(""); }
                                                  //~~~~~~~~~~~~~~~~~~~~~~ CustomerAdapter.emailOf calls CustomerRepository.findById
}
//- src/shop/Mailer.java
package shop;
import java.util.List;
import lombok.RequiredArgsConstructor;
@RequiredArgsConstructor
class Mailer {
  private final CustomerPort port;
  void mail(List<Order> orders) {
    for (Order order : orders) {
      String address = address(order);
                     //^^^^^^^^^^^^^^ address runs CustomerRepository.findById once per element of orders
    }
  }
  private String address(Order order) { return port.emailOf(order.getCustomerId()); }
                                             //~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ Mailer.address calls emailOf
}
`,
    "a lambda of a stream": service(`
  List<String> emails(List<Order> orders) {
    return orders.stream().filter(o -> o != null).map(o -> customers.findById(o.getCustomerId()).get().getEmail()).toList();
                                                         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.findById runs once per element of orders
  }`),
    "a method reference": service(`
  List<Optional<Customer>> load(Set<Long> ids) {
    return ids.stream().map(customers::findById).collect(Collectors.toList());
                          //^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.findById runs once per element of ids
  }`),
    "a method reference to a method that reads": service(`
  List<String> emails(List<Order> orders) {
    return orders.stream().map(this::emailOf).toList();
                             //^^^^^^^^^^^^^ 💡 emailOf runs CustomerRepository.findById once per element of orders
  }
  private String emailOf(Order order) { return customers.findById(order.getCustomerId()).get().getEmail(); }`),
    "the elements of a page": service(`
  Page<Customer> owners(Page<Order> page) {
    return page.map(order -> customers.findById(order.getCustomerId()).orElse(null));
                           //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.findById runs once per element of page
  }`),
    "a collector's function": service(`
  Map<Long, Customer> byOrder(List<Order> orders) {
    return orders.stream().collect(Collectors.toMap(Order::getCustomerId, o -> customers.findById(o.getCustomerId()).get()));
                                                                             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of orders
  }`),
    "forEach of a map, removeIf of a list": service(`
  void both(Map<String, Order> byName, List<String> emails) {
    byName.forEach((name, order) -> customers.findById(order.getCustomerId()));
                                  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of byName
    emails.removeIf(email -> customers.findByEmail(email).isPresent());
                           //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findByEmail runs once per element of emails
  }`),
    "a counting loop over a list and an iterator": service(`
  void all(List<Long> ids, Iterator<Long> more) {
    for (int i = 0; i < ids.size(); i++) customers.findById(ids.get(i));
                                       //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of ids
    while (more.hasNext()) customers.findById(more.next());
                         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of more
  }`),
    "elements inside a retry, and a retry inside elements": service(`
  void insist(List<Long> ids) {
    for (int attempt = 0; attempt < 3; attempt++) {
      for (Long id : ids) customers.existsById(id);
                        //^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.existsById runs once per element of ids
    }
    for (Long id : ids) {
      for (int attempt = 0; attempt < 3; attempt++) if (customers.existsById(id)) break;
                                                      //^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.existsById runs once per element of ids
    }
  }`),
    "one finding for the reads of one loop": service(`
  void mail(List<Order> orders) {
    for (Order order : orders) {
      nameOf(order.getCustomerId());
    //~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ CustomerRepository.findById runs here too
      send(customers.findById(order.getCustomerId()));
         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.findById and 1 more run once per element of orders
    }
  }
  private String nameOf(Long id) { return customers.findById(id).get().getEmail(); }`),
    "what a method asks the same each time, behind what it asks of the element": service(`
  void mail(List<Order> orders, String sender) {
    for (Order order : orders) mail(order, sender);
                             //^^^^^^^^^^^^^^^^^^^ mail runs CustomerRepository.findById, and 1 more run, once per element of orders
  }
  private void mail(Order order, String sender) { print(customers.findById(order.getCustomerId()), from(sender)); }
  private Optional<Customer> from(String sender) { return customers.findByEmail(sender); }
                                                        //~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ CustomerRepository.findByEmail runs with it, and asks the same each time
  private void print(Object to, Object from) {}`),
    "nothing of what a method asks the same each time where it may be done before": service(`
  void mail(List<Order> orders, String sender) {
    for (Order order : orders) mail(order, sender);
                             //^^^^^^^^^^^^^^^^^^^ mail runs CustomerRepository.findById once per element of orders
  }
  private void mail(Order order, String sender) {
    if (customers.findById(order.getCustomerId()).isEmpty()) return;
    print(from(sender));
  }
  private Optional<Customer> from(String sender) { return customers.findByEmail(sender); }
  private void print(Object from) {}`),
    "one finding for a method that several loops call": service(`
  void mail(List<Long> first, List<Long> second) {
    for (Long id : first) nameOf(id);
                        //^^^^^^^^^^ nameOf runs CustomerRepository.findById, and 1 more run, once per element of first
    for (Long id : second) nameOf(id);
                         //~~~~~~~~~~ once per element of second, too
  }
  private String nameOf(Long id) { return customers.findById(id).get().getEmail(); }`),
    // thingsboard's DAOs: forty classes inherit `findById`, of which a receiver's type leaves one.
    "a method declared far above the receiver's type": `${OWNERS}
//- src/shop/Stores.java
package shop;
import java.util.List;
interface Store<T> { T load(Long id); }
interface CustomerStore extends Store<Customer> {}
class CustomerTable implements CustomerStore { CustomerRepository customers; public Customer load(Long id) { return customers.findById(id).get(); } }
class A implements Store<String> { public String load(Long id) { return ""; } }
class B implements Store<Long> { public Long load(Long id) { return id; } }
class C implements Store<Integer> { public Integer load(Long id) { return 1; } }
class Reader {
  CustomerStore store;
  void all(List<Long> ids) {
    for (Long id : ids) store.load(id);
                      //^^^^^^^^^^^^^^ load runs CustomerRepository.findById once per element of ids
  }
}
`,
    "the levels above, one after the other": service(`
  List<Long> path(Long id) {
    Optional<Long> parent = parentOf(id);
    while (parent.isPresent()) {
      found.add(parent.get());
      parent = parentOf(parent.get());
             //^^^^^^^^^^^^^^^^^^^^^^ parentOf runs CustomerRepository.findById once per element of the chain of parent
    }
    return found;
  }
  private Optional<Long> parentOf(Long id) { return customers.findById(id).map(Customer::getId); }`),
    "an asynchronous query for each row of another": `
//- src/shop/PetRepository.java
package shop;
import org.springframework.data.r2dbc.repository.R2dbcRepository;
interface PetRepository extends R2dbcRepository<Pet, Long> { Flux<Pet> findByOwnerId(Long id); }
//- src/shop/Pet.java
package shop;
record Pet(Long id, Long ownerId) {}
//- src/shop/Pets.java
package shop;
class Pets {
  PetRepository pets;
  Flux<Pet> brothers() {
    return pets.findAll().flatMap(pet -> pets.findByOwnerId(pet.ownerId()));
                                       //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ PetRepository.findByOwnerId runs once per element of pets.findAll()
  }
}
`,
  },
  ignores: {
    "a query for what was not loaded with the others": service(`
  List<String> emails(List<Order> orders) {
    List<Customer> known = customers.findAllById(orders.stream().map(Order::getCustomerId).toList());
    java.util.Map<Long, Customer> byId = new java.util.HashMap<>();
    orders.forEach(order -> java.util.Optional.ofNullable(byId.get(order.getCustomerId())).orElseGet(() -> customers.findById(order.getCustomerId()).get()));
    return orders.stream().map(order -> of(known, order).getEmail()).toList();
  }
  private Customer of(List<Customer> known, Order order) {
    return known.stream().filter(one -> one.getId().equals(order.getCustomerId())).findFirst()
      .orElseGet(() -> customers.findById(order.getCustomerId()).get());
  }`),
    "rows that are kept in memory or in Redis": `
//- src/shop/Launcher.java
package shop;
import org.springframework.data.keyvalue.annotation.KeySpace;
@KeySpace("launchers") class Launcher { @Id String id; }
//- src/shop/Token.java
package shop;
import org.springframework.data.redis.core.RedisHash;
@RedisHash("tokens") class Token { @Id String id; }
//- src/shop/LauncherRepository.java
package shop;
import org.springframework.data.keyvalue.repository.KeyValueRepository;
interface LauncherRepository extends KeyValueRepository<Launcher, String> { Launcher findByName(String name); }
//- src/shop/TokenRepository.java
package shop;
import org.springframework.data.repository.CrudRepository;
interface TokenRepository extends CrudRepository<Token, String> {}
//- src/shop/Reader.java
package shop;
import java.util.List;
class Reader {
  LauncherRepository launchers;
  TokenRepository tokens;
  void all(List<String> names) { for (String name : names) { launchers.findByName(name); tokens.findById(name); } }
}
`,
    "the cookies of a request": service(`
  boolean known(jakarta.servlet.http.Cookie[] cookies) {
    for (jakarta.servlet.http.Cookie cookie : cookies) if ("key".equals(cookie.getName()) && customers.findByEmail(cookie.getValue()).isPresent()) found = true;
    return Arrays.stream(cookies).filter(cookie -> customers.findByEmail(cookie.getValue()).isPresent()).findFirst().isPresent();
  }`),
    "more than three classes of which any may run": `${OWNERS}
//- src/shop/Stores.java
package shop;
import java.util.List;
interface Store { Object load(Long id); }
class Table implements Store { CustomerRepository customers; public Customer load(Long id) { return customers.findById(id).get(); } }
class A implements Store { public String load(Long id) { return ""; } }
class B implements Store { public Long load(Long id) { return id; } }
class C implements Store { public Integer load(Long id) { return 1; } }
class Reader {
  Store store;
  void all(List<Long> ids) { for (Long id : ids) store.load(id); }
}
`,
    "Optional.map, which runs at most once": service(`
  Optional<Customer> owner(Optional<Order> order) {
    return order.map(o -> customers.findById(o.getCustomerId())).orElseGet(Optional::empty);
  }`),
    "what is asked again until it is done, and what goes on page by page": service(`
  void wait(Long id) {
    Customer previous = customers.findById(id).get();
    while (previous != null) previous = customers.findByEmail("next").orElse(null);
    Customer one = customers.findById(id).get();
    while (one != null) one = customers.findById(one.getId()).orElse(null);
  }`),
    // RabeMaster/gakkaweo's nickname generator: a retry loop that returns with the first free name.
    "a retry loop": service(`
  String free(Random random) {
    for (int attempt = 0; attempt < 10; attempt++) {
      String name = "n" + random.nextInt();
      if (customers.findByEmail(name).isEmpty()) return name;
    }
    while (true) {
      String name = "m" + random.nextInt();
      if (customers.findByEmail(name).isEmpty()) return name;
    }
  }`),
    "a constant bound of at most three": service(`
  void three() {
    for (int i = 0; i < 3; i++) customers.findById((long) i);
    for (Long id : List.of(1L, 2L)) customers.findById(id);
    Stream.of(1L, 2L, 3L).map(customers::findById).toList();
  }`),
    "the constants of an enum": service(
      `
  void colours() {
    for (Colour colour : Colour.values()) customers.findByEmail(colour.name());
    Arrays.stream(Colour.values()).forEach(colour -> customers.findByEmail(colour.name()));
    Stream.of(Colour.values()).forEach(colour -> customers.findByEmail(colour.name()));
  }`,
      `
//- src/shop/Colour.java
package shop;
enum Colour { RED, GREEN }
`,
    ),
    "a loop that ends with the first hit": service(`
  Customer first(List<Order> orders) {
    for (Order order : orders) {
      if (order != null) return customers.findById(order.getCustomerId()).get();
    }
    for (Order order : orders) {
      if (order == null) continue;
      customers.findById(order.getCustomerId());
      break;
    }
    return null;
  }`),
    // thingsboard: a handful of kinds
    "constants of an enum, which the request names": service(
      `
  void all(Map<Kind, String> wanted, Set<Kind> kinds) {
    wanted.keySet().stream().sorted().forEach(kind -> customers.findByEmail(kind.name()));
    for (Kind kind : kinds) customers.findByEmail(kind.name());
  }
  void grouped(List<Parcel> parcels) {
    parcels.stream().collect(Collectors.groupingBy(Parcel::getKind)).forEach((kind, some) -> customers.findByEmail(kind.name()));
  }`,
      `
//- src/shop/Kind.java
package shop;
enum Kind { SMALL, LARGE }
//- src/shop/Parcel.java
package shop;
interface Parcel { Kind getKind(); }
`,
    ),
    "reading page by page": service(`
  void pages() {
    Page<Customer> page;
    int number = 0;
    do {
      page = customers.findAll(PageRequest.of(number++, 100));
    } while (page.hasNext());
  }`),
    "a reference that sends no query": service(`
  void refer(List<Order> orders) {
    for (Order order : orders) customers.getReferenceById(order.getCustomerId());
  }`),
    "only writes": service(`
  void save(List<Customer> all) {
    for (Customer customer : all) customers.save(customer);
  }`),
    "only when an element fails": service(`
  void failing(List<Order> orders) {
    for (Order order : orders) {
      try { ship(order); } catch (RuntimeException failed) { customers.findById(order.getCustomerId()); }
    }
  }
  void ship(Order order) {}`),
    "circular inheritance and circular calls": `
//- src/shop/Circle.java
package shop;
import java.util.List;
class Circle extends Ring { void a(List<Long> ids) { for (Long id : ids) b(id); } void b(Long id) { a(List.of(id)); } }
class Ring extends Circle {}
`,
  },
});
