import { eagerSecondarySelect } from "../../../../src/rules/java/eager-secondary-select.ts";
import { rule } from "../../../harness/rule.ts";
import { authors, repository } from "./authors.ts";

rule(eagerSecondarySelect, {
  reports: {
    "a text that a method of the project sends": `${authors("private Set<Book> books;")}
//- src/Authors.java
import jakarta.persistence.*;
import java.util.List;
class Authors {
  private EntityManager em;
  List<Author> all() {
    return list("select a from Author a where a.name like :name");
         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 Authors.all sends one more query per Author for Author.books
  }
  private List<Author> list(String text) { return em.createQuery(text).getResultList(); }
}
`,
    "a text of JPQL in a body, at the call that sends it": `${repository("")}
//- src/AuthorDao.java
import jakarta.persistence.*;
import java.util.List;
class AuthorDao {
  private EntityManager em;
  List<Author> byName(String name) {
    return em.createQuery("select a from Author a where a.name = :name", Author.class).setParameter("name", name).getResultList();
                                                                                                                //^^^^^^^^^^^^^^^ 💡 AuthorDao.byName sends one more query per Author for Author.books
  }
}
`,
    "a named query, at the call that sends it": `${repository("")}
//- src/Shelf.java
import jakarta.persistence.*;
@NamedQuery(name = "Author.byName", query = "select a from Author a where a.name = :name")
@Entity class Shelf { @Id Long id; }
//- src/AuthorDao.java
import jakarta.persistence.*;
import java.util.List;
class AuthorDao {
  private EntityManager em;
  List<Author> byName(String name) {
    TypedQuery<Author> query = em.createNamedQuery("Author.byName", Author.class);
    query.setParameter("name", name);
    return query.getResultList();
         //^^^^^^^^^^^^^^^^^^^^^ 💡 AuthorDao.byName sends one more query per Author for Author.books
  }
}
`,
    "a text of SQL of whose rows entities are made": `${repository("")}
//- src/AuthorDao.java
import jakarta.persistence.*;
import java.util.List;
class AuthorDao {
  private EntityManager em;
  List<Author> found(String condition) {
    return em.createNativeQuery("select a.* from author a where " + condition, Author.class).getResultList();
                                                                                           //^^^^^^^^^^^^^^^ 💡 AuthorDao.found sends one more query per Author for Author.books
  }
}
`,
    "what a base of several repositories declares, where it is called": `
//- src/shop/Base.java
package shop;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
@NoRepositoryBean interface Base<E, K> extends JpaRepository<E, K> { List<E> findByHiddenFalse(); }
//- src/shop/Order.java
package shop;
import jakarta.persistence.*;
import java.util.*;
@Entity class Order { @Id Long id; boolean hidden; @ElementCollection(fetch = FetchType.EAGER) List<String> notes; }
//- src/shop/OrderRepository.java
package shop;
interface OrderRepository extends Base<Order, Long> {}
//- src/shop/Orders.java
package shop;
class Orders {
  private final OrderRepository orders;
  Orders(OrderRepository orders) { this.orders = orders; }
  int count() { return orders.findByHiddenFalse().size(); }
                     //^^^^^^^^^^^^^^^^^^^^^^^^^^ OrderRepository.findByHiddenFalse sends one more query per Order for Order.notes
}
`,
  },
  ignores: {
    "one row, as a caller of the project's own sender asks for": `
//- src/shop/Order.java
package shop;
import jakarta.persistence.*;
import java.util.*;
@Entity class Order { @Id Long id; String title; @ElementCollection(fetch = FetchType.EAGER) List<String> notes; }
//- src/shop/Sender.java
package shop;
import jakarta.persistence.*;
import java.util.*;
class Sender {
  @PersistenceContext private EntityManager em;
  List<Order> ask(String text, int most) { return em.createQuery(text, Order.class).setMaxResults(most).getResultList(); }
}
//- src/shop/Orders.java
package shop;
import java.util.*;
class Orders {
  private Sender sender;
  boolean any() { return !sender.ask("from Order o where o.title is null", 1).isEmpty(); }
}
`,
    "texts in a body that fetch it, or bring one row": `${repository("")}
//- src/AuthorDao.java
import jakarta.persistence.*;
import java.util.List;
class AuthorDao {
  private EntityManager em;
  List<Author> all() {
    return em.createQuery("from Author a join fetch a.books b join fetch b.publisher", Author.class).getResultList();
  }
  Author one(Long id) { return em.createQuery("from Author a where a.id = :id", Author.class).setParameter("id", id).getSingleResult(); }
  Author named(String name) {
    return Results.getSingleResult(em.createQuery("from Author a where a.name = :name", Author.class).setParameter("name", name).getResultList());
  }
}
`,
  },
});
