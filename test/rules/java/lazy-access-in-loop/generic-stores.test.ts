import { lazyAccessInLoop } from "../../../../src/rules/java/lazy-access-in-loop.ts";
import { rule } from "../../../harness/rule.ts";

const ENTITIES = `
//- src/shop/Order.java
package shop;
import jakarta.persistence.*;
@Entity
class Order {
  @Id Long id;
  String title;
  @ManyToOne(fetch = FetchType.LAZY) Customer customer;
  @ManyToOne(fetch = FetchType.LAZY) Customer payer;
  Customer getCustomer() { return customer; }
  Customer getPayer() { return payer; }
}
//- src/shop/Customer.java
package shop;
import jakarta.persistence.*;
@Entity
class Customer { @Id Long id; String name; String getName() { return name; } }
`;

/** A base of Spring Data repositories whose own methods one class implements for all of them. */
const guarded = (fetch: string, body: string): string => `${ENTITIES}
//- src/shop/Guard.java
package shop;
class Guard {}
//- src/shop/GuardedRepository.java
package shop;
import java.util.*;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.repository.NoRepositoryBean;
@NoRepositoryBean
interface GuardedRepository<T, ID> extends JpaRepository<T, ID> {
  List<T> findGuarded(Guard guard);
  List<T> findGuarded(Guard guard, List<String> paths);
}
//- src/shop/GuardedRepositoryImpl.java
package shop;
import jakarta.persistence.*;
import jakarta.persistence.criteria.*;
import java.util.*;
import org.springframework.data.jpa.repository.support.*;
class GuardedRepositoryImpl<T, ID> extends SimpleJpaRepository<T, ID> implements GuardedRepository<T, ID> {
  private final EntityManager em;
  private final JpaEntityInformation<T, ?> info;
  @Override public List<T> findGuarded(Guard guard) { return findGuarded(guard, List.of()); }
  @Override public List<T> findGuarded(Guard guard, List<String> paths) {
    CriteriaQuery<T> query = em.getCriteriaBuilder().createQuery(info.getJavaType());
    Root<T> root = query.from(info.getJavaType());
    ${fetch}
    return em.createQuery(query).getResultList();
  }
}
//- src/shop/OrderRepository.java
package shop;
interface OrderRepository extends GuardedRepository<Order, Long> {}
//- src/shop/Orders.java
package shop;
import java.util.*;
class Orders {
  private final OrderRepository orders;
  Orders(OrderRepository orders) { this.orders = orders; }
${body}
}
`;

const FETCHES_WHAT_IS_NAMED = "for (String path : paths) root.fetch(path, JoinType.LEFT);";

/** Stores of one's own: an interface, an abstract class that is told the entity, and a class for each. */
const store = (body: string): string => `${ENTITIES}
//- src/shop/Condition.java
package shop;
import jakarta.persistence.criteria.*;
interface Condition<T> { Predicate of(Root<T> root, CriteriaBuilder cb); }
//- src/shop/Store.java
package shop;
import java.util.*;
interface Store<T> { T byId(Long id); List<T> matching(Condition<T>... conditions); List<T> byText(String text); List<T> all(); }
//- src/shop/AbstractStore.java
package shop;
import jakarta.persistence.*;
import jakarta.persistence.criteria.*;
import java.util.*;
abstract class AbstractStore<T> implements Store<T> {
  @PersistenceContext private EntityManager em;
  private final Class<T> type;
  AbstractStore(Class<T> type) { this.type = type; }
  @Override public T byId(Long id) { return em.find(type, id); }
  @Override public List<T> matching(Condition<T>... conditions) { return list(conditions); }
  @Override public List<T> byText(String text) { return em.createQuery(text, type).getResultList(); }
  @Override public List<T> all() { return em.createQuery("from " + type.getName(), type).getResultList(); }
  private List<T> list(Condition<T>[] conditions) {
    CriteriaBuilder cb = em.getCriteriaBuilder();
    CriteriaQuery<T> query = cb.createQuery(type);
    Root<T> root = query.from(type);
    for (Condition<T> one : conditions) query.where(one.of(root, cb));
    return em.createQuery(query).getResultList();
  }
}
//- src/shop/OrderStore.java
package shop;
interface OrderStore extends Store<Order> {}
//- src/shop/OrderStoreBean.java
package shop;
class OrderStoreBean extends AbstractStore<Order> implements OrderStore { OrderStoreBean() { super(Order.class); } }
//- src/shop/Orders.java
package shop;
import java.util.*;
class Orders {
  private final OrderStore orders;
  Orders(OrderStore orders) { this.orders = orders; }
${body}
}
`;

rule(lazyAccessInLoop, {
  reports: {
    "what a method of a repository's base gives": guarded(
      "",
      `  List<String> names() { return orders.findGuarded(new Guard()).stream().map(order -> order.getCustomer().getName()).toList(); }
                                                                                    //^^^^^^^^^^^^^^^^^^^ Order.customer is loaded per element of OrderRepository.findGuarded`,
    ),
    "what its caller does not name among the paths to fetch": guarded(
      FETCHES_WHAT_IS_NAMED,
      `  List<String> names(Guard guard) {
    return orders.findGuarded(guard, List.of("payer")).stream().map(order -> order.getCustomer().getName() + order.getPayer().getName()).toList();
                                                                           //^^^^^^^^^^^^^^^^^^^ Order.customer is loaded per element of OrderRepository.findGuarded
  }`,
    ),
    "what a store of the project's own gives": store(`
  List<String> names() {
    List<String> names = new ArrayList<>();
    for (Order order : orders.all()) names.add(order.getCustomer().getName());
                                             //^^^^^^^^^^^^^^^^^^^ Order.customer is loaded per element of OrderStore.all
    return names;
  }
  List<String> some(String title) {
    return orders.matching((root, cb) -> cb.equal(root.get("title"), title)).stream().map(order -> order.getPayer().getName()).toList();
                                                                                                 //^^^^^^^^^^^^^^^^ Order.payer is loaded per element of OrderStore.matching
  }`),
  },
  ignores: {
    "what the caller names, and what may stand in a variable": guarded(
      FETCHES_WHAT_IS_NAMED,
      `  List<String> names(Guard guard) {
    return orders.findGuarded(guard, List.of("customer")).stream().map(order -> order.getCustomer().getName()).toList();
  }
  List<String> held(Guard guard) {
    List<String> paths = List.of("customer");
    return orders.findGuarded(guard, paths).stream().map(order -> order.getCustomer().getName()).toList();
  }
  List<String> given(Guard guard, List<String> paths) {
    return orders.findGuarded(guard, paths).stream().map(order -> order.getCustomer().getName()).toList();
  }`,
    ),
    "what the base fetches for all": guarded(
      'root.fetch("customer");',
      `  List<String> names() { return orders.findGuarded(new Guard()).stream().map(order -> order.getCustomer().getName()).toList(); }`,
    ),
    "one row, a text of the caller's and a condition that fetches": store(`
  String one(Long id) { return orders.byId(id).getCustomer().getName(); }
  List<String> names(String text) {
    return orders.byText("from Order o join fetch o.customer where o.title = " + text).stream().map(order -> order.getCustomer().getName()).toList();
  }
  List<String> some(String title) {
    return orders.matching((root, cb) -> { root.fetch("payer"); return cb.equal(root.get("title"), title); })
      .stream().map(order -> order.getPayer().getName()).toList();
  }`),
  },
});
