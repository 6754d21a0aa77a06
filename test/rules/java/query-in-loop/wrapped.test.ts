import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { rule } from "../../../harness/rule.ts";
import { OWNERS, service } from "./shop.ts";

/** Functions that throw what streams do not allow, and what is done with them. */
const THROWING = `
//- src/shop/Throwing.java
package shop;
import java.util.*;
import java.util.function.Function;
import java.util.stream.*;
interface Throwing<A, B> {
  B apply(A one) throws Exception;
  static <A, B> Function<A, B> rethrow(Throwing<? super A, B> read) {
    return one -> { try { return read.apply(one); } catch (Exception e) { throw new IllegalStateException(e); } };
  }
  static <A, B> Function<A, B> memoized(Function<A, B> read) {
    Map<A, B> known = new HashMap<>();
    return one -> known.computeIfAbsent(one, read);
  }
}
interface ThrowingFunction<A, B> extends Throwing<A, B> { }
//- src/shop/Reports.java
package shop;
import java.util.*;
import java.util.stream.*;
final class Reports {
  static <T> List<T> of(List<Long> ids, ThrowingFunction<Long, T> read) { return of(ids, ids.stream().map(Throwing.rethrow(read))); }
  static <T> List<T> of(List<Long> ids, Stream<T> rows) { return rows.toList(); }
}
`;

/** A DAO as they were before JPA. */
const dao = (methods: string): string => `${OWNERS}
//- src/shop/CustomerDao.java
package shop;
import java.util.*;
import org.hibernate.*;
import org.hibernate.criterion.*;
class CustomerDao {
  private SessionFactory sessions;
  private Session session() { return sessions.getCurrentSession(); }
${methods}
}
`;

/** The same with what Spring had for it. */
const template = (methods: string): string => `${OWNERS}
//- src/shop/CustomerDao.java
package shop;
import java.util.*;
import org.springframework.orm.hibernate5.support.HibernateDaoSupport;
class CustomerDao extends HibernateDaoSupport {
${methods}
}
`;

rule(queryInLoop, {
  reports: {
    "a function that throws": service(
      `
  List<Optional<Customer>> load(List<Long> ids) {
    return ids.stream().map(Throwing.rethrow(id -> customers.findById(id))).toList();
                                                 //^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of ids
  }`,
      THROWING,
    ),
    "a reference that a library makes throw": service(`
  List<Optional<Customer>> load(List<Long> ids) {
    return ids.stream().map(Unchecked.function(customers::findById)).toList();
                                             //^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of ids
  }`),
    "a value of a map": service(
      `
  Map<Long, Optional<Customer>> load(List<Long> ids) {
    return ids.stream().collect(Collectors.toMap(id -> id, Throwing.rethrow(id -> customers.findById(id))));
                                                                                //^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of ids
  }`,
      THROWING,
    ),
    "a method of the project that makes its function throw, where another one is given rows": service(
      `
  List<Optional<Customer>> load(List<Long> ids) { return Reports.of(ids, customers::findById); }
                                                                       //^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of ids`,
      THROWING,
    ),
    "what elements have of partitions": service(`
  void load(List<Order> orders) {
    orders.stream().collect(Collectors.groupingBy(order -> order.getPartition().getOwner())).keySet().stream()
        .map(id -> customers.findById(id)).toList();
                 //^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of orders.stream().collect(…)
  }`),
    "batches of goods, which are entities": service(`
  void load(List<Order> batches) {
    for (Order batch : batches) customers.findById(batch.getCustomerId());
                              //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of batches
  }`),
    // metersphere's actions on many bugs: what is called batchIds are keys.
    "the keys of a batch, one by one": service(`
  void load(List<Long> batchIds) {
    batchIds.forEach(id -> customers.findById(id));
                         //^^^^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.findById runs once per element of batchIds
  }`),
    "the elements of a chunk, one by one": service(`
  List<Optional<Customer>> load(List<Long> chunk) {
    return chunk.stream().map(customers::findById).toList();
                            //^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.findById runs once per element of chunk
  }`),
    "a function behind a cast": service(`
  void load(List<Long> ids) {
    ids.forEach((Consumer<Long>) id -> customers.findById(id));
                                     //^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of ids
  }`),
    "criteria of Hibernate": dao(`
  void all(List<String> emails, List<Customer> found) {
    for (String email : emails) {
      found.add((Customer) session().createCriteria(Customer.class).createAlias("orders", "o").add(Restrictions.eq("email", email))
          .uniqueResult());
         //^^^^^^^^^^^^^^ Criteria.uniqueResult runs once per element of emails
    }
  }`),
    "a template of Spring's": template(`
  void all(List<Long> ids, List<Customer> found) {
    for (Long id : ids) found.add(getHibernateTemplate().get(Customer.class, id));
                                                       //^^^^^^^^^^^^^^^^^^^^^^^ HibernateTemplate.get runs once per element of ids
  }`),
  },
  ignores: {
    "batches, told by what an element is called or by its type": service(`
  void load(List<Long> batchIds, List<List<String>> chunks) {
    batchIds.forEach(batchId -> customers.findById(batchId));
    chunks.forEach(emails -> customers.findByEmailIn(emails));
  }`),
    "a function that remembers": service(
      `
  List<Optional<Customer>> load(List<Long> ids) { return ids.stream().map(Throwing.memoized(customers::findById)).toList(); }`,
      THROWING,
    ),
    "what is made once for all elements": service(`
  List<String> load(List<Long> ids) { return ids.stream().map(labels(() -> customers.findAll())).toList(); }`),
    "a function of an optional": service(
      `
  Optional<Optional<Customer>> load(Optional<Long> id) { return id.map(Throwing.rethrow(one -> customers.findById(one))); }`,
      THROWING,
    ),
    "parts that a lambda gives": service(`
  void load(List<Long> ids) {
    for (var some : (Iterable<List<Long>>) () -> ids.stream().gather(Gatherers.windowFixed(BATCH_SIZE)).iterator()) customers.findAllById(some);
  }`),
    "parts that a step makes of each": service(`
  void load(List<Topic> topics) {
    topics.stream().flatMap(topic -> Lists.partition(topic.ids(), 500).stream()).collect(Collectors.toList()).stream()
        .map(ids -> customers.findAllById(ids)).toList();
  }`),
  },
});
