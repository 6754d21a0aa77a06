import assert from "node:assert/strict";
import { collectionFetchPaging } from "../../../src/rules/java/collection-fetch-paging.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";

const orders = (methods: string, collection = "Set", more = ""): string => `
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
${more}`;

rule(collectionFetchPaging, {
  reports: {
    "a page with an entity graph over a collection": orders(`
  @EntityGraph(attributePaths = "lines") Page<Order> findByDay(String day, Pageable page);
                                                   //^^^^^^^^^ OrderRepository.findByDay fetches lines, so its page is cut in memory`),
    "a join fetch with a limit": orders(`
  @Query("select o from Order o left join fetch o.lines where o.day = :day")
  List<Order> findOfDay(String day, Limit limit);
            //^^^^^^^^^ OrderRepository.findOfDay fetches lines, so its page is cut in memory`),
    "a limit in the query's own text": orders(`
  @Query("select o from Order o left join fetch o.lines where o.day = :day order by o.id limit :rows")
  List<Order> findOfDay(String day, int rows);
            //^^^^^^^^^ OrderRepository.findOfDay fetches lines, so its page is cut in memory`),
    "a limit in the query's own text, and a graph": orders(`
  @EntityGraph(attributePaths = "lines") @Query("select o from Order o where o.day = :day order by o.id limit 20")
  List<Order> findOfDay(String day);
            //^^^^^^^^^ OrderRepository.findOfDay fetches lines by its graph: the limit of its text cuts them`),
    "the first by an order, of which all are read": orders(`
  @EntityGraph(attributePaths = {"buyer", "lines"})
  Optional<Order> findFirstByOrderByDayDesc();
                //^^^^^^^^^^^^^^^^^^^^^^^^^ OrderRepository.findFirstByOrderByDayDesc fetches lines, so its page is cut in memory`),
    "a specification with a graph": orders(`
  @EntityGraph(attributePaths = "lines.parts")
  Page<Order> findAll(org.springframework.data.jpa.domain.Specification<Order> wanted, Pageable page);
            //^^^^^^^ OrderRepository.findAll fetches lines, so its page is cut in memory`),
    "a setting that makes it fail": orders(
      `
  @EntityGraph(attributePaths = "lines") Page<Order> findByDay(String day, Pageable page);
                                                   //^^^^^^^^^ OrderRepository.findByDay fetches lines with a page, which fail_on_pagination_over_collection_fetch refuses`,
      "Set",
      `
//- src/main/resources/application.properties
spring.jpa.properties.hibernate.query.fail_on_pagination_over_collection_fetch=true
`,
    ),
  },
  ignores: {
    "a reference, which adds no rows": orders(`
  @EntityGraph(attributePaths = "buyer") Page<Order> findByDay(String day, Pageable page);`),
    // sci2zero/TeslaRIS-backend: documents of a backup, by their keys
    "a page without an end, which is all that is asked for": `${orders(`
  @EntityGraph(attributePaths = "lines") List<Order> findByIdIn(List<Long> ids, Pageable page);`)}
//- src/Backup.java
import org.springframework.data.domain.*;
@Service class Backup {
  private final OrderRepository orders;
  Backup(OrderRepository orders) { this.orders = orders; }
  void keep(java.util.List<Long> ids) { orders.findByIdIn(ids, Pageable.unpaged()).forEach(System.out::println); }
}
`,
    "a limit in the text of a query without the collection": orders(`
  @Query("select o from Order o left join fetch o.buyer where o.day = :day order by o.id limit 20")
  List<Order> findOfDay(String day);`),
    "no page": orders(`
  @EntityGraph(attributePaths = "lines") List<Order> findByDay(String day, Sort sort);`),
    "the two steps": orders(`
  @Query("select o.id from Order o where o.day = :day") Page<Long> findIdsByDay(String day, Pageable page);
  @EntityGraph(attributePaths = "lines") List<Order> findByIdIn(Collection<Long> ids);`),
    "a Hibernate that limits in SQL": orders(
      `
  @EntityGraph(attributePaths = "lines") Page<Order> findByDay(String day, Pageable page);`,
      "Set",
      `
//- pom.xml
<project><groupId>a</groupId><artifactId>b</artifactId><version>1</version><dependencies><dependency>
<groupId>org.hibernate.orm</groupId><artifactId>hibernate-core</artifactId><version>7.4.0.Final</version></dependency></dependencies></project>
`,
    ),
  },
});

describe("java/collection-fetch-paging: how loud it is", () => {
  const query = '@EntityGraph(attributePaths = "lines") Page<Order> findByDay(String day, Pageable page);';
  const pom = `
//- pom.xml
<project><groupId>a</groupId><artifactId>b</artifactId><version>1</version><dependencies><dependency>
<groupId>org.hibernate.orm</groupId><artifactId>hibernate-core</artifactId><version>6.6.0.Final</version></dependency></dependencies></project>
`;
  const severities = async (more: string): Promise<readonly string[]> => {
    const workspace = new TestWorkspace([collectionFetchPaging]);
    await workspace.put(parseFixture(orders(query, "Set", `${pom}${more}`)).files);
    return workspace.findings().map(({ severity }) => severity);
  };

  it("is an error where a request runs it", async () => {
    const desk = `
//- src/Desk.java
@RestController class Desk {
  private OrderRepository orders;
  @GetMapping("/orders") Page<Order> all(String day, Pageable page) { return orders.findByDay(day, page); }
}
`;
    assert.deepEqual(await severities(desk), ["error"]);
  });

  // pagopa-cruscotto-backend has kept what a generator wrote.
  it("warns where nothing is known to run it", async () => {
    assert.deepEqual(await severities(""), ["warning"]);
  });
});
