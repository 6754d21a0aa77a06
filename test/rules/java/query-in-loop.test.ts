import { queryInLoop } from "../../../src/rules/java/query-in-loop.ts";
import { rule } from "../../harness/rule.ts";

const OWNERS = `
//- src/shop/Customer.java
package shop;
import jakarta.persistence.*;
@Entity
public class Customer {
  @Id private Long id;
  private String email;
  public Long getId() { return id; }
  public String getEmail() { return email; }
}
//- src/shop/CustomerRepository.java
package shop;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
public interface CustomerRepository extends JpaRepository<Customer, Long> {
  Optional<Customer> findByEmail(String email);
  List<Customer> findByEmailIn(List<String> emails);
}
//- src/shop/Order.java
package shop;
public class Order {
  private Long customerId;
  public Long getCustomerId() { return customerId; }
}
`;

/** A service with a customer repository and one method. */
const service = (method: string, more = ""): string => `${OWNERS}
//- src/shop/OrderService.java
package shop;
import java.util.*;
import java.util.stream.*;
import org.springframework.data.domain.Page;
class OrderService {
  private final CustomerRepository customers;
  OrderService(CustomerRepository customers) { this.customers = customers; }
${method}
}
${more}`;

const postings = (method: string, imports: string): string => `
//- src/book/Postings.java
package book;

${imports}

class Postings {
    private CategoryRepository categories;

${method}

    private Category creditOf(java.util.Optional<Category> found) {
        return found.get();
    }
}
`;
const postingsWith = (method: string, more = ""): string => `
//- src/book/Numbered.java
package book;
import jakarta.persistence.*;
@MappedSuperclass
public abstract class Numbered<T> {
  @Id private T id;
  public T getId() { return id; }
}
//- src/book/Category.java
package book;
@jakarta.persistence.Entity
public class Category extends Numbered<Long> {
  private String code;
  public String getCode() { return code; }
}
//- src/book/CategoryRepository.java
package book;
import java.util.*;
import org.springframework.data.jpa.repository.JpaRepository;
public interface CategoryRepository extends JpaRepository<Category, Long> {
  List<Category> findByCode(String code);
  List<Category> findByCodeIn(Collection<String> codes);
}
//- src/book/Entry.java
package book;
public class Entry {
  private Long debit;
  private Long credit;
  public Long getDebit() { return debit; }
  public Long getCredit() { return credit; }
}
${more}${postings(method, "import java.util.List;")}`;

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
    "a statement of an XML mapper": `
//- src/main/java/shop/LineMapper.java
package shop;
public interface LineMapper { Line first(Long orderId); int purge(Long orderId); }
                                 //~~~~~ related
//- src/main/resources/mapper/LineMapper.xml
<mapper namespace="shop.LineMapper">
  <select id="first" resultType="shop.Line">select * from line where order_id = #{orderId} limit 1</select>
  <delete id="purge">delete from line where order_id = #{orderId}</delete>
</mapper>
//- src/main/java/shop/Lines.java
package shop;
import java.util.List;
class Lines {
  private LineMapper lines;
  void print(List<Long> orders) {
    for (Long order : orders) show(lines.first(order));
                                 //^^^^^^^^^^^^^^^^^^ LineMapper.first runs once per element of orders
    for (Long order : orders) lines.purge(order);
  }
}
`,
    "what MyBatis-Plus declares": `
//- src/main/java/shop/LineMapper.java
package shop;
import com.baomidou.mybatisplus.core.mapper.BaseMapper;
public interface LineMapper extends BaseMapper<Line> {}
//- src/main/java/shop/Lines.java
package shop;
import java.util.List;
class Lines {
  private LineMapper lines;
  void print(List<Long> ids) {
    for (Long id : ids) show(lines.selectById(id));
                           //^^^^^^^^^^^^^^^^^^^^ LineMapper.selectById runs once per element of ids
  }
}
`,
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
                                                         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of orders
  }`),
    "a method reference": service(`
  List<Optional<Customer>> load(Set<Long> ids) {
    return ids.stream().map(customers::findById).collect(Collectors.toList());
                          //^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of ids
  }`),
    "a method reference to a method that reads": service(`
  List<String> emails(List<Order> orders) {
    return orders.stream().map(this::emailOf).toList();
                             //^^^^^^^^^^^^^ emailOf runs CustomerRepository.findById once per element of orders
  }
  private String emailOf(Order order) { return customers.findById(order.getCustomerId()).get().getEmail(); }`),
    "the elements of a page": service(`
  Page<Customer> owners(Page<Order> page) {
    return page.map(order -> customers.findById(order.getCustomerId()).orElse(null));
                           //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of page
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
    "EntityManager, JdbcTemplate, JdbcClient and jOOQ": `
//- src/shop/Reports.java
package shop;
import java.util.List;
import jakarta.persistence.EntityManager;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.jooq.DSLContext;
class Reports {
  EntityManager em; JdbcTemplate jdbc; JdbcClient client; DSLContext dsl;
  void run(List<Long> ids) {
    for (Long id : ids) em.find(Report.class, id);
                      //^^^^^^^^^^^^^^^^^^^^^^^^^ EntityManager.find runs once per element of ids
    for (Long id : ids) em.createQuery("from Report r where r.parent = :p", Report.class).setParameter("p", id).getResultList();
                                                                                                              //^^^^^^^^^^^^^^^ TypedQuery.getResultList runs once per element of ids
    for (Long id : ids) jdbc.queryForObject("select count(*) from t where id = ?", Integer.class, id);
                      //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ JdbcTemplate.queryForObject runs once per element of ids
    for (Long id : ids) client.sql("select name from t where id = ?").param(id).query(String.class).single();
                                                                                                  //^^^^^^^^ MappedQuery.single runs once per element of ids
    for (Long id : ids) dsl.selectFrom(T).where(T.ID.eq(id)).fetchOne();
                                                           //^^^^^^^^^^ Select.fetchOne runs once per element of ids
  }
}
class Report {}
`,
    "a generic base repository declared elsewhere": `
//- src/base/BaseRepository.java
package base;
import org.springframework.data.repository.CrudRepository;
import org.springframework.data.repository.NoRepositoryBean;
@NoRepositoryBean
public interface BaseRepository<T> extends CrudRepository<T, Long> {}
//- src/shop/TagRepository.java
package shop;
import base.BaseRepository;
interface TagRepository extends BaseRepository<Tag> {}
//- src/shop/Tag.java
package shop;
class Tag {}
//- src/shop/Tags.java
package shop;
import java.util.List;
class Tags {
  TagRepository tags;
  void touch(List<Long> ids) {
    ids.forEach(id -> { if (id > 0) { try { tags.findById(id); } finally { } } });
                                          //^^^^^^^^^^^^^^^^^ TagRepository.findById runs once per element of ids
  }
}
`,
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
      customers.findById(order.getCustomerId());
    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.findById and 1 more run once per element of orders
    }
  }
  private String nameOf(Long id) { return customers.findById(id).get().getEmail(); }`),
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
    "JDBI: a handle, and an interface with statements": `
//- src/shop/UserDao.java
package shop;
import java.util.*;
import org.jdbi.v3.sqlobject.statement.*;
public interface UserDao {
  @SqlQuery("select * from users where id = :id") Optional<User> find(long id);
  @SqlBatch("insert into users (id) values (:id)") void add(List<Long> id);
}
//- src/shop/Users.java
package shop;
import java.util.*;
import org.jdbi.v3.core.Jdbi;
import org.springframework.web.bind.annotation.*;
@RestController
class Users {
  private Jdbi jdbi;
  @PostMapping("/users")
  public void load(@RequestBody List<Long> ids) {
    jdbi.useHandle(handle -> {
      for (Long id : ids) {
        handle.createQuery("select * from users where id = :id").bind("id", id).mapTo(User.class).one();
                                                                                                //^^^^^ Query.one runs once per element of ids
      }
    });
  }
  @PostMapping("/users/2")
  public void extended(@RequestBody List<Long> ids) {
    jdbi.useExtension(UserDao.class, dao -> ids.forEach(id -> dao.find(id)));
                                                            //^^^^^^^^^^^^ UserDao.find runs once per element of ids
  }
  @PostMapping("/users/3")
  public void add(@RequestBody List<Long> ids) { jdbi.onDemand(UserDao.class).add(ids); }
}
`,
    "Querydsl and jOOQ": `${OWNERS}
//- src/shop/Search.java
package shop;
import static shop.QCustomer.customer;
import static shop.db.Tables.ORDERS;
import java.util.*;
import com.querydsl.jpa.impl.JPAQueryFactory;
import org.jooq.*;
import org.springframework.web.bind.annotation.*;
@RestController
class Search {
  private JPAQueryFactory factory;
  private DSLContext dsl;
  @PostMapping("/search")
  public void load(@RequestBody List<String> emails) {
    for (String email : emails) {
      Customer found = factory.selectFrom(customer).where(customer.email.eq(email)).fetchOne();
                                                                                  //^^^^^^^^^^ JPAQuery.fetchOne runs once per element of emails
    }
  }
  @GetMapping("/orders")
  public void orders() {
    for (Customer one : factory.selectFrom(customer).fetch()) {
      dsl.selectFrom(ORDERS).where(ORDERS.CUSTOMER_ID.eq(one.getId())).fetch();
                                                                     //^^^^^^^ Select.fetch runs once per element of factory.selectFrom(…).fetch()
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
  },
  ignores: {
    // The session answers: it has loaded them.
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
    // alf.io writes its statements of constants: the first of them says what the statement is.
    "a statement put together of constants that writes": `
//- src/shop/Texts.java
package shop;
interface Texts { String UPDATE = "update ticket set name = :name"; String WHERE = " where id = :id"; }
//- src/shop/TicketNames.java
package shop;
import ch.digitalfondue.npjt.Bind;
import ch.digitalfondue.npjt.Query;
interface TicketNames {
  @Query(Texts.UPDATE + Texts.WHERE) int rename(@Bind("id") long id, @Bind("name") String name);
  @Query(Texts.UPDATE) int renameAll(@Bind("name") String name);
}
//- src/shop/Renaming.java
package shop;
import java.util.List;
class Renaming {
  TicketNames names;
  void all(List<Long> ids) { for (Long id : ids) { names.rename(id, "x"); names.renameAll("y"); } }
}
`,
    "one query before the loop": service(`
  void all(List<Order> orders) {
    for (Customer customer : customers.findAllById(orders.stream().map(Order::getCustomerId).toList())) customer.getEmail();
  }`),
    "Optional.map, which runs at most once": service(`
  Optional<Customer> owner(Optional<Order> order) {
    return order.map(o -> customers.findById(o.getCustomerId())).orElseGet(Optional::empty);
  }`),
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
    // box/mojito's removal of text units in partitions: one query a chunk is the batch that is wanted.
    "chunks whose callee takes the chunk": service(`
  void all(List<String> emails) {
    for (List<String> chunk : Lists.partition(emails, 500)) customers.findByEmailIn(chunk);
    Lists.partition(emails, 500).forEach(chunk -> customers.findByEmailIn(chunk));
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
    // thingsboard's relations: what is deleted comes back as rows.
    "a statement that deletes and returns": `
//- src/shop/Purge.java
package shop;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
class Purge {
  private static final String DELETE = "DELETE FROM orders WHERE id = ? RETURNING id";
  JdbcTemplate jdbc;
  void all(List<Long> ids) {
    for (Long id : ids) {
      jdbc.query(DELETE, rows -> {}, id);
      jdbc.queryForList("delete from orders where id = ? returning id", Long.class, id);
    }
  }
}
`,
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
    "a method of the same name on something that is no repository": `
//- src/shop/Names.java
package shop;
import java.util.List;
class Names {
  String findById(Long id) { return ""; }
  void all(List<Long> ids) { for (Long id : ids) findById(id); }
}
`,
    "a receiver of unknown type": `
//- src/shop/Unknown.java
package shop;
import java.util.List;
class Unknown {
  void all(List<Long> ids) { for (Long id : ids) somewhere().findById(id); }
}
`,
    "circular inheritance and circular calls": `
//- src/shop/Circle.java
package shop;
import java.util.List;
class Circle extends Ring { void a(List<Long> ids) { for (Long id : ids) b(id); } void b(Long id) { a(List.of(id)); } }
class Ring extends Circle {}
`,
  },

  fixes: {
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
