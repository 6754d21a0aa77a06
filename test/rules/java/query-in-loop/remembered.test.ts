import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { rule } from "../../../harness/rule.ts";
import { OWNERS, service } from "./shop.ts";

rule(queryInLoop, {
  reports: {
    "every so many elements, in another loop": service(`
  void all(List<List<Order>> groups) {
    for (List<Order> group : groups) {
      int count = 0;
      for (Order order : group) {
        if (++count % 100 == 0) customers.findByEmail(order.toString());
                              //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      }
    }
  }`),
    "answers of Redis that are not given back": service(`
  private RedisTemplate<String, Customer> redis;
  void all(List<Order> orders) { for (Order order : orders) ensure(order.toString()); }
                                                          //^^^^^^^^^^^^^^^^^^^^^^^^
  private Customer ensure(String email) {
    if (redis.hasKey("paused")) return null;
    return customers.findByEmail(email);
  }`),
    "elements of one kind, of which there may be many": service(`
  void all(List<Order> orders) {
    for (Order order : orders) {
      if ("gift".equals(order.toString())) use(customers.findByEmail(order.toString()));
                                             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
    }
  }`),
    "a list that is empty, and that nobody fills": `${OWNERS}
//- src/shop/Rates.java
package shop;
import java.util.*;
@Service
class Rates {
  private CustomerRepository customers;
  private final Map<String, Customer> known = new HashMap<>();
  private final Map<String, Customer> others = new HashMap<>();
  void all(List<Order> orders) { for (Order order : orders) ensure(order); }
                                                          //^^^^^^^^^^^^^ ensure runs CustomerRepository.findAll once per element of orders
  private void ensure(Order order) { if (known.isEmpty()) fill(); }
  private void fill() { for (Customer one : customers.findAll()) others.put(one.getEmail(), one); }
}
`,
    "a flag that nobody raises": `${OWNERS}
//- src/shop/Rates.java
package shop;
import java.util.*;
@Service
class Rates {
  private CustomerRepository customers;
  private boolean loaded;
  void all(List<Order> orders) { for (Order order : orders) ensure(order); }
                                                          //^^^^^^^^^^^^^ ensure runs CustomerRepository.findAll once per element of orders
  private void ensure(Order order) {
    if (!loaded) {
      customers.findAll();
      loaded = false;
    }
  }
}
`,
    "the keys of objects that no query of the transaction has brought": `${OWNERS}
//- src/shop/Reload.java
package shop;
import java.util.*;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.*;
@RestController
class Reload {
  private CustomerRepository customers;
  @Transactional @PostMapping("/reload")
  public void reload(@RequestBody List<Customer> given) {
    for (Customer one : given) customers.findById(one.getId()).orElseThrow();
                             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.findById runs once per element of given
  }
}
`,
  },
  ignores: {
    "what Redis has, by its keys": service(`
  private RedisTemplate<String, Customer> redis;
  void all(List<Order> orders) { for (Order order : orders) ensure(order.toString()); }
  private Customer ensure(String email) {
    if (Boolean.TRUE.equals(redis.hasKey(email))) return redis.opsForValue().get(email);
    return customers.findByEmail(email);
  }`),
    "what Redis has, as a text": service(`
  private StringRedisTemplate redis;
  private ObjectMapper mapper;
  void all(List<Order> orders) { for (Order order : orders) ensure(order.toString()); }
  private Customer ensure(String email) {
    String json = redis.opsForValue().get(email);
    if (json != null && !json.isEmpty()) return mapper.readValue(json, Customer.class);
    return customers.findByEmail(email);
  }`),
    "what Redis has, or else": service(`
  private ValueOperations<String, Customer> values;
  void all(List<Order> orders) { for (Order order : orders) ensure(order.toString()); }
  private Customer ensure(String email) { return Optional.ofNullable(values.get(email)).orElseGet(() -> customers.findByEmail(email)); }`),
    // macrozheng/mall-swarm: a service in front of Redis.
    "what a service of the project's own keeps": service(`
  private CustomerCacheService customerCacheService;
  void all(List<Order> orders) { for (Order order : orders) ensure(order.toString()); }
  private Customer ensure(String email) {
    Customer known = customerCacheService.getCustomer(email);
    if (known != null) return known;
    return customers.findByEmail(email);
  }`),
    "what a cache of Spring's manager holds": service(`
  private CacheManager caches;
  void all(List<Order> orders) { for (Order order : orders) ensure(order.toString()); }
  private Customer ensure(String email) {
    Cache.ValueWrapper known = caches.getCache("customers").get(email);
    if (known != null) return (Customer) known.get();
    return customers.findByEmail(email);
  }`),
    // uaa and conductor ask for one of the names that they go through.
    "one of the elements": service(`
  void all(List<String> names, String wanted) {
    for (String name : names) {
      if ("root".equals(name) && names.size() > 1) customers.findByEmail(name);
      if (name == ROOT) customers.findByEmail(name);
      if (name.equals(Role.OWNER.name())) customers.findByEmail(name);
    }
    // it-at-m/dave-backend looks for one count among those of a place.
    for (Customer customer : customers.findAll()) if (customer.getId().equalsIgnoreCase(wanted)) customers.findByEmail(wanted);
    for (Customer customer : customers.findAll()) if (PUSH.equals(customer.getName())) customers.findByEmail(customer.getName());
    names.forEach(name -> { if (name.equals("root")) customers.findByEmail(name); });
    customers.findAll().stream().filter(customer -> customer.getId().equals(7L)).forEach(customer -> customers.findByEmail(customer.getEmail()));
  }`),
    // dhis2's configurations, Airsonic's newest version: what an object remembers, whoever calls it.
    "what a bean loads once in many calls": `${OWNERS}
//- src/shop/Rates.java
package shop;
import java.util.*;
import java.util.concurrent.atomic.AtomicBoolean;
@Service
class Rates {
  private CustomerRepository customers;
  private final AtomicBoolean started = new AtomicBoolean();
  private boolean loaded;
  private List<Customer> known;
  private long fetchedAt;
  void all(List<Order> orders) {
    for (Order order : orders) {
      start();
      load();
      list();
      refresh();
      refreshOld();
    }
  }
  private void start() { if (started.compareAndSet(false, true)) customers.findAll(); }
  private void load() {
    if (this.loaded) return;
    customers.findAll();
    this.loaded = true;
  }
  private List<Customer> list() {
    if (known != null) return known;
    known = customers.findAll();
    return known;
  }
  private void refresh() {
    long now = System.currentTimeMillis();
    boolean old = now - fetchedAt > 60_000;
    if (old) {
      fetchedAt = now;
      known = customers.findAll();
    }
  }
  private void refreshOld() {
    if (System.nanoTime() - fetchedAt < 60_000) { return; }
    known = customers.findAll();
    fetchedAt = System.nanoTime();
  }
}
`,
    // Services of British Columbia's schools keep what other services answer in maps, and fill them at the first question.
    "what a bean fills when it finds it empty": `${OWNERS}
//- src/shop/Rates.java
package shop;
import java.util.*;
@Component
class Rates {
  private CustomerRepository customers;
  private final Map<String, Customer> known = new HashMap<>();
  private List<Customer> all = List.of();
  private boolean loaded;
  void all(List<Order> orders) {
    for (Order order : orders) {
      find(order);
      list();
      load();
    }
  }
  private Customer find(Order order) {
    if (this.known.isEmpty()) {
      this.fill();
    }
    return known.get(order.toString());
  }
  private void fill() { for (Customer one : customers.findAll()) this.known.put(one.getEmail(), one); }
  private List<Customer> list() {
    if (!all.isEmpty()) return all;
    all = customers.findAll();
    return all;
  }
  private void load() { if (!loaded) loadAll(); }
  private void loadAll() {
    customers.findAll();
    loaded = true;
  }
}
`,
    "the keys of entities that the transaction has loaded": `${OWNERS}
//- src/shop/Reload.java
package shop;
import java.util.*;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.*;
@RestController
class Reload {
  private CustomerRepository customers;
  @Transactional @PostMapping("/reload")
  public void reload(@RequestBody List<String> emails) {
    for (Customer one : customers.findByEmailIn(emails)) customers.findById(one.getId()).orElseThrow();
  }
}
`,
    // box/mojito's LocaleService and PluralFormService: the callee answers from a cache.
    "a cached callee": service(
      `
  void all(List<Order> orders, CachedCustomers cached) {
    for (Order order : orders) cached.find(order.getCustomerId());
  }`,
      `
//- src/shop/CachedCustomers.java
package shop;
import org.springframework.cache.annotation.Cacheable;
class CachedCustomers {
  CustomerRepository customers;
  @Cacheable("customers") public Customer find(Long id) { return customers.findById(id).orElse(null); }
}
`,
    ),
    "a repository's method that a cache answers, called at once and through another": service(
      `
  void all(List<Order> orders, KnownCustomers known) {
    for (Order order : orders) known.findByEmail(order.getEmail());
    for (Order order : orders) find(order, known);
  }
  private Customer find(Order order, KnownCustomers known) { return known.findByEmail(order.getEmail()); }`,
      `
//- src/shop/KnownCustomers.java
package shop;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.data.jpa.repository.JpaRepository;
interface KnownCustomers extends JpaRepository<Customer, Long> {
  @Cacheable("customers") Customer findByEmail(String email);
}
`,
    ),
    // box/mojito's removal of text units in partitions: one query a chunk is the batch that is wanted.
    "chunks whose callee takes the chunk": service(`
  void all(List<String> emails) {
    for (List<String> chunk : Lists.partition(emails, 500)) customers.findByEmailIn(chunk);
    Lists.partition(emails, 500).forEach(chunk -> customers.findByEmailIn(chunk));
  }`),
    "a counter that strides": service(`
  void all(List<String> emails) {
    for (int i = 0; i < emails.size(); i += 500) customers.findByEmailIn(emails.subList(i, Math.min(i + 500, emails.size())));
  }`),
    // eladmin's roles: a list from Redis, and the database where it is empty.
    "a list that a store did not have": service(`
  void all(List<Order> orders) { for (Order order : orders) load(order); }
  private List<Customer> load(Order order) {
    List<Customer> known = store.get(order);
    if (CollUtil.isEmpty(known)) known = customers.findByEmailIn(List.of(order.toString()));
    return known;
  }`),
    "a value that is remembered per key": service(`
  void remember(List<Order> orders, Map<Long, Customer> known) {
    for (Order order : orders) known.computeIfAbsent(order.getCustomerId(), id -> customers.findById(id).get());
    for (Order order : orders) {
      if (!known.containsKey(order.getCustomerId())) known.put(order.getCustomerId(), customers.findById(order.getCustomerId()).get());
    }
  }`),
    // thingsboard's services ask their cache, and hand over what it runs when it has no value.
    "a supplier of a cache": service(
      `
  void all(List<Order> orders, CustomerCache cache, Map<Long, Customer> known) {
    for (Order order : orders) cache.getOrLoad(order.getCustomerId(), () -> customers.findById(order.getCustomerId()).get());
    for (Order order : orders) known.computeIfAbsent(order.getCustomerId(), this::load);
    for (Order order : orders) cached(order, cache);
  }
  private Customer load(Long id) { return customers.findById(id).get(); }
  private Customer cached(Order order, CustomerCache cache) { return cache.getOrLoad(order.getCustomerId(), () -> load(order.getCustomerId())); }`,
      `
//- src/shop/CustomerCache.java
package shop;
import java.util.function.Supplier;
interface CustomerCache { Customer getOrLoad(Long id, Supplier<Customer> loader); }
`,
    ),
    // box/mojito: elements are collected, and every so many of them are one query
    "one query for every so many elements": service(`
  void all(List<Order> orders) {
    List<String> batch = new ArrayList<>();
    int count = 1;
    for (Order order : orders) {
      batch.add(order.toString());
      if (count++ % 100 == 0) {
        customers.findByEmailIn(batch);
        batch.clear();
      }
      if (batch.size() >= 100) customers.findByEmailIn(batch);
    }
  }`),
    // thingsboard: a dictionary of keys
    "an answer that a map remembers": service(`
  private final Map<Long, Customer> known = new HashMap<>();
  void all(List<Order> orders) {
    for (Order order : orders) of(order.getCustomerId());
  }
  private Customer of(Long id) {
    Customer before = known.get(id);
    if (before != null) {
      return before;
    }
    Customer found = customers.findById(id).orElseThrow();
    known.put(id, found);
    return found;
  }`),
  },
});
