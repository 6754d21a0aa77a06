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
${body}
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
    "entities whose collection is not loaded": service(`
  @Cacheable("orders") public List<Order> all() { return read(); }
//^^^^^^^^^^^^^^^^^^^^ Orders.all keeps Order in orders with lines not loaded`),
  },
  ignores: {
    values: service(`
  @Cacheable("names") public List<String> names() { return read(); }
  @CacheEvict("names") public Stream<String> forget() { return read(); }`),
    // spring-petclinic caches its vets, whose specialties come with them.
    "entities that are loaded whole": service(`  @Cacheable("vets") public List<Vet> vets() { return read(); }`),
  },
});
