import { cacheUnsafeValue } from "../../../src/rules/java/cache-unsafe-value.ts";
import { rule } from "../../harness/rule.ts";

const service = (body: string): string => `
//- src/shop/Order.java
package shop;
import java.util.List;
import jakarta.persistence.*;
@Entity class Order {
  @Id Long id;
  @OneToMany(mappedBy = "order") List<Line> lines;
}
//- src/shop/Line.java
package shop;
import jakarta.persistence.*;
@Entity class Line { @Id Long id; @ManyToOne(fetch = FetchType.EAGER) Order order; }
//- src/shop/Vet.java
package shop;
import java.util.Set;
import jakarta.persistence.*;
@Entity class Vet { @Id Long id; @ManyToMany(fetch = FetchType.EAGER) Set<Line> skills; }
//- src/shop/Orders.java
package shop;
import java.util.List;
import java.util.stream.Stream;
@Service
class Orders {
  OrderRepository orders;
${body}
}
`;

const repository = (methods: string): string => `
//- src/shop/OrderRepository.java
package shop;
import java.util.*;
import org.springframework.data.jpa.repository.*;
interface OrderRepository extends JpaRepository<Order, Long> {
${methods}
}
`;

rule(cacheUnsafeValue, {
  reports: {
    "a stream": service(`
  @Cacheable("names") public Stream<String> names() { return read(); }
//^^^^^^^^^^^^^^^^^^^ Orders.names keeps a Stream in names, which can be read once`),
    "in a cache that a resolver chooses": service(`
  @Cacheable(cacheResolver = "chosen") public List<Order> all() { return read(); }
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Orders.all keeps Order in a cache with lines not loaded`),
    "entities whose query leaves the collection out": `${service(`
  @Cacheable("orders") public Order plain(Long id) { return orders.findPlain(id).orElseThrow(); }
//^^^^^^^^^^^^^^^^^^^^ Orders.plain keeps Order in orders with lines not loaded`)}${repository(`
  @Query("select o from Order o left join o.lines l where l.id = :id") Optional<Order> findPlain(Long id);`)}`,
    "entities whose collection is not loaded": service(`
  @Cacheable("orders") public List<Order> all() { return read(); }
//^^^^^^^^^^^^^^^^^^^^ Orders.all keeps Order in orders with lines not loaded`),
  },
  ignores: {
    "entities whose query brings the collection": `${service(`
  @Cacheable("orders") public Order whole(Long id) { return orders.findWhole(id).orElseThrow(() -> new IllegalStateException("none")); }`)}${repository(`
  @Query("select o from Order o left join fetch o.lines where o.id = :id") Optional<Order> findWhole(Long id);`)}`,
    "a cached query of a repository that brings the collection": `${service("")}${repository(`
  @Cacheable("orders") @EntityGraph(attributePaths = "lines") Optional<Order> findByCode(String code);`)}`,
    values: service(`
  @Cacheable("names") public List<String> names() { return read(); }
  @CacheEvict("names") public Stream<String> forget() { return read(); }`),
    // spring-petclinic caches its vets, whose specialties come with them.
    "entities that are loaded whole": service(`  @Cacheable("vets") public List<Vet> vets() { return read(); }`),
  },
});
