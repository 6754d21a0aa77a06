import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { rule } from "../../../harness/rule.ts";

const ENTITIES = `
//- src/shop/Order.java
package shop;
import jakarta.persistence.*;
import java.util.List;
@Entity
public class Order {
  @Id private Long id;
  private String code;
  @ManyToOne(fetch = FetchType.LAZY) private Member owner;
  @OneToMany(mappedBy = "order") private List<Line> lines;
  public Long getId() { return id; }
  public String getCode() { return code; }
}
//- src/shop/Line.java
package shop;
import jakarta.persistence.*;
@Entity
public class Line { @Id Long id; @ManyToOne(fetch = FetchType.LAZY) Order order; }
//- src/shop/Member.java
package shop;
import jakarta.persistence.*;
@Entity
public class Member { @Id Long id; String name; @ManyToOne(fetch = FetchType.LAZY) Town town; }
//- src/shop/Town.java
package shop;
import jakarta.persistence.*;
@Entity
public class Town { @Id Long id; String name; }
`;

const EAGER = ENTITIES.replace("@ManyToOne(fetch = FetchType.LAZY) private Member owner;", "@ManyToOne private Member owner;");

/** Sends the orders of some keys. `marked` stands under the call. */
const sender = (marked: string): string => `
//- src/shop/Sender.java
package shop;

import java.util.List;

class Sender {
    private OrderRepository orders;

    void send(List<Long> ids) {
        for (Long id : ids) {
            show(orders.findById(id).get());
               //^^^^^^^^^^^^^^^^^^^ ${marked}OrderRepository.findById runs once per element of ids
        }
    }

    private void show(Order order) {
    }
}
`;

const repository = (body: string, imports = ""): string => `
//- src/shop/OrderRepository.java
package shop;

${["import org.springframework.data.jpa.repository.JpaRepository;\n", ...imports.split(/^/m)].sort().join("")}
public interface OrderRepository extends JpaRepository<Order, Long> {
${body}}
`;

const GRAPH_IMPORT = "import org.springframework.data.jpa.repository.EntityGraph;\n";
const QUERY_IMPORT = "import org.springframework.data.jpa.repository.Query;\n";

const GRAPHED = `  @EntityGraph(attributePaths = {"owner", "lines"})
  Optional<Order> findById(Long id);
`;

const PRESENT = `  @EntityGraph(attributePaths = {"owner", "lines"})
  List<Order> findByIdIn(List<Long> ids);
`;

const FETCHING = `  @Query("select o from Order o left join fetch o.owner where o.id = :id")
  Optional<Order> findById(Long id);
`;

/** The repository with the method that a fix adds behind what it has. */
const added = (graph: string, before = "", imports = ""): string => `//- src/shop/OrderRepository.java
package shop;

import java.util.Collection;
import java.util.List;
${GRAPH_IMPORT}import org.springframework.data.jpa.repository.JpaRepository;
${imports}
public interface OrderRepository extends JpaRepository<Order, Long> {
${before === "" ? "    " : `${before}\n  `}${graph}
${before === "" ? "    " : "  "}List<Order> findByIdIn(Collection<Long> ids);
}
`;

const sends = (bulk: string): string => `//- src/shop/Sender.java
package shop;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

class Sender {
    private OrderRepository orders;

    void send(List<Long> ids) {
        Map<Long, Order> ordersById = orders.${bulk}(ids).stream()
                .collect(Collectors.toMap(Order::getId, Function.identity()));
        for (Long id : ids) {
            show(Optional.ofNullable(ordersById.get(id)).get());
        }
    }

    private void show(Order order) {
    }
}
`;

rule(queryInLoop, {
  reports: {
    "a findById that joins an EAGER association": EAGER + repository("") + sender("💡 "),
    "a findById with an entity graph": ENTITIES + repository(GRAPHED, GRAPH_IMPORT) + sender("💡 "),
    "a findById with JOIN FETCH": ENTITIES + repository(FETCHING, QUERY_IMPORT) + sender("💡 "),
    "a repository that has the method": ENTITIES + repository(GRAPHED + PRESENT, GRAPH_IMPORT) + sender("💡 "),
    "EAGER associations that are asked for in batches": `${EAGER}${repository("")}${sender("💡 ")}
//- src/main/resources/application.properties
spring.jpa.properties.hibernate.default_batch_fetch_size=16
`,
    "a derived query with an entity graph": `${ENTITIES}${repository(
      `  @EntityGraph(attributePaths = "owner.town", type = EntityGraph.EntityGraphType.LOAD)
  Optional<Order> findByCode(String code);
`,
      `import java.util.Optional;\n${GRAPH_IMPORT}`,
    )}
//- src/shop/Sender.java
package shop;

import java.util.List;

class Sender {
    private OrderRepository orders;

    void send(List<String> codes) {
        for (String code : codes) {
            show(orders.findByCode(code).get());
               //^^^^^^^^^^^^^^^^^^^^^^^ 💡 OrderRepository.findByCode runs once per element of codes
        }
    }

    private void show(Order order) {
    }
}
`,
    "two collections, which no one statement should bring": `${EAGER.replace(
      '@OneToMany(mappedBy = "order")',
      '@OneToMany(mappedBy = "order", fetch = FetchType.EAGER)',
    ).replace(
      "private String code;",
      "@ElementCollection(fetch = FetchType.EAGER) private List<String> tags;",
    )}${repository("")}${sender("")}`,
    "a query that asks for more than the key":
      ENTITIES + repository(FETCHING.replace("= :id", "= :id and o.code is not null"), QUERY_IMPORT) + sender(""),
    "a query that leaves out orders without an owner":
      ENTITIES + repository(FETCHING.replace("left join", "join"), QUERY_IMPORT) + sender(""),
    "a repository that a class of the tests stands in for": `${EAGER}${repository("")}${sender("")}
//- src/test/java/shop/OrdersInMemory.java
package shop;
class OrdersInMemory implements OrderRepository {}
`,
    "rows that are locked":
      ENTITIES +
      repository(
        `  @Lock(LockModeType.PESSIMISTIC_WRITE)\n${GRAPHED}`,
        `import jakarta.persistence.LockModeType;\nimport org.springframework.data.jpa.repository.Lock;\n${GRAPH_IMPORT}`,
      ) +
      sender(""),
    "a method of the name that brings less": ENTITIES + repository(GRAPHED + PRESENT.replace("owner", "lines"), GRAPH_IMPORT) + sender(""),
    "a page of keys, whose content is the collection": `${ENTITIES}${repository("  Optional<Order> findByCode(String code);\n", "import java.util.Optional;\n")}
//- src/shop/Sender.java
package shop;
import org.springframework.data.domain.Page;
class Sender {
  private OrderRepository orders;
  void send(Page<String> codes) {
    for (String code : codes) System.out.println(orders.findByCode(code));
                                               //^^^^^^^^^^^^^^^^^^^^^^^ 💡 OrderRepository.findByCode runs once per element of codes
  }
}
`,
  },
  ignores: {
    "one order": `${EAGER}${repository("")}\n//- src/shop/One.java\npackage shop;\nclass One { OrderRepository orders; Order of(Long id) { return orders.findById(id).get(); } }\n`,
  },
  fixes: {
    "a findById that joins an EAGER association": `${sends("findByIdIn")}${added('@EntityGraph(attributePaths = "owner")')}`,
    "a findById with an entity graph": `${sends("findByIdIn")}${added('@EntityGraph(attributePaths = {"lines", "owner"})', GRAPHED)}`,
    "a findById with JOIN FETCH": `${sends("findByIdIn")}${added(
      '@EntityGraph(attributePaths = "owner", type = EntityGraph.EntityGraphType.LOAD)',
      FETCHING,
      QUERY_IMPORT,
    )}`,
    "a repository that has the method": sends("findByIdIn"),
    "EAGER associations that are asked for in batches": sends("findAllById"),
    "a derived query with an entity graph": `${sends("findByCodeIn")
      .replaceAll("ordersById", "ordersByCode")
      .replace("Order::getId", "Order::getCode")
      .replace("send(List<Long> ids)", "send(List<String> codes)")
      .replace("In(ids)", "In(codes)")
      .replace("(Long id : ids)", "(String code : codes)")
      .replace("get(id)", "get(code)")
      .replace("Map<Long,", "Map<String,")}//- src/shop/OrderRepository.java
package shop;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
${GRAPH_IMPORT}import org.springframework.data.jpa.repository.JpaRepository;

public interface OrderRepository extends JpaRepository<Order, Long> {
  @EntityGraph(attributePaths = "owner.town", type = EntityGraph.EntityGraphType.LOAD)
  Optional<Order> findByCode(String code);

  @EntityGraph(attributePaths = "owner.town", type = EntityGraph.EntityGraphType.LOAD)
  List<Order> findByCodeIn(Collection<String> codes);
}
`,
  },
});
