import { multipleBagFetch } from "../../../src/rules/java/multiple-bag-fetch.ts";
import { rule } from "../../harness/rule.ts";

const orders = (methods: string, collection = "List"): string => `
//- src/Order.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Order {
  @Id Long id;
  @ManyToOne(fetch = FetchType.LAZY) Buyer buyer;
  @OneToMany(mappedBy = "order") ${collection}<Line> lines;
  @OneToMany(mappedBy = "order") ${collection}<Note> notes;
}
//- src/Line.java
import jakarta.persistence.*;
import java.util.*;
@Entity class Line { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Order order; @OneToMany ${collection}<Part> parts; }
//- src/Note.java
import jakarta.persistence.*;
@Entity class Note { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Order order; }
//- src/Part.java
import jakarta.persistence.*;
@Entity class Part { @Id Long id; }
//- src/Buyer.java
import jakarta.persistence.*;
@Entity class Buyer { @Id Long id; }
//- src/OrderRepository.java
import java.util.*;
import org.springframework.data.domain.*;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;
interface OrderRepository extends JpaRepository<Order, Long> {
${methods}
}
`;

rule(multipleBagFetch, {
  reports: {
    "an entity graph over two lists": orders(`
  @EntityGraph(attributePaths = {"lines", "notes"}) List<Order> findByDay(String day);
                                                              //^^^^^^^^^ OrderRepository.findByDay fetches the bags lines and notes at once`),
    "a list below a list": orders(`
  @Query("select o from Order o join fetch o.lines l join fetch l.parts") List<Order> findWhole();
                                                                                    //^^^^^^^^^ OrderRepository.findWhole fetches the bags lines and lines.parts at once`),
  },
  ignores: {
    // boot-ui took its rule for declarations back (pull request 975)
    "two bags that are only declared": orders(`
  List<Order> findByDay(String day);
  @EntityGraph(attributePaths = {"lines", "buyer"}) List<Order> findByBuyer(Buyer buyer);`),
    sets: orders(
      `
  @EntityGraph(attributePaths = {"lines", "notes"}) List<Order> findByDay(String day);`,
      "Set",
    ),
    "lists that keep their order": orders(
      `
  @EntityGraph(attributePaths = {"lines", "notes"}) List<Order> findByDay(String day);`,
      "@OrderColumn List",
    ),
    "a query without fetching": orders(`
  @Query("select o from Order o join o.lines l join o.notes n") List<Order> findAny();`),
  },
});
