import assert from "node:assert/strict";
import { cartesianFetch } from "../../../src/rules/java/cartesian-fetch.ts";
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

rule(cartesianFetch, {
  reports: {
    "two sets side by side": orders(`
  @EntityGraph(attributePaths = {"lines", "notes"}) List<Order> findByDay(String day);
                                                              //^^^^^^^^^ OrderRepository.findByDay multiplies lines by notes`),
    "a set beside what lies below another, for one order": orders(`
  @Query("from Order o left join fetch o.lines l left join fetch l.parts left join fetch o.notes where o.id = :id")
  Optional<Order> findWhole(Long id);
                //^^^^^^^^^ OrderRepository.findWhole multiplies lines by notes`),
    "elements that some value of theirs chooses may be many": orders(`
  @Query("select o from Order o left join fetch o.lines l left join fetch o.notes n where n.text = :text") List<Order> findNoted(String text);
                                                                                                                     //^^^^^^^^^ OrderRepository.findNoted multiplies lines by notes`),
    "a query whose method is called as anybody likes": orders(`
  @Query("select o from Order o left join fetch o.lines left join fetch o.notes") List<Order> everything();
                                                                                            //^^^^^^^^^^ OrderRepository.everything multiplies lines by notes`),
  },
  ignores: {
    "one of the two is asked for by its key, so that each owner has one": orders(`
  @Query("select distinct o from Order o left join fetch o.lines l left join fetch o.notes n where n.id = :id and o.day = :day")
  List<Order> findWithNote(Long id, String day);`),
    "a collection below a collection": orders(`
  @EntityGraph(attributePaths = {"lines", "lines.parts"}) List<Order> findByDay(String day);`),
    "one collection and a reference": orders(`
  @EntityGraph(attributePaths = {"lines", "buyer"}) List<Order> findByDay(String day);`),
    "joined, not fetched": orders(`
  @Query("select o from Order o join fetch o.lines join o.notes n where n.id = :id") List<Order> findByNote(Long id);`),
  },
});

describe("java/cartesian-fetch, by who sends the query", () => {
  const severities = async (call: string, mapping = ""): Promise<readonly string[]> => {
    const workspace = new TestWorkspace([cartesianFetch]);
    const query = '@EntityGraph(attributePaths = {"lines", "notes"}) List<Order> findByDay(String day);';
    const more = `//- src/Desk.java\n@RestController class Desk { private OrderRepository orders; ${mapping} void show() { ${call} } }`;
    await workspace.put(parseFixture(orders(query, "Set", more)).files);
    return workspace.findings().map(({ severity }) => severity);
  };

  // box/mojito declares a graph for a list of which it reads pages alone.
  it("hints at what nobody calls, and is quieter where nobody is known to wait", async () => {
    assert.deepEqual(await severities('orders.findByDay("x");', '@GetMapping("/day")'), ["warning"]);
    // Some of shopizer's are called, and no request or job is known to come there.
    assert.deepEqual(await severities('orders.findByDay("x");'), ["information"]);
    assert.deepEqual(await severities("orders.findAll();"), ["hint"]);
  });
});
