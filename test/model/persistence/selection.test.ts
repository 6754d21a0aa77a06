import assert from "node:assert/strict";
import { lazyAccesses } from "../../../src/model/persistence/loading/lazyAccesses.ts";
import { modelOf } from "../../harness/model.ts";

const SHOP = `
//- src/Cart.java
import jakarta.persistence.*;
import java.util.*;
@NamedEntityGraph(
  name = "Cart.whole",
  attributeNodes = {@NamedAttributeNode("owner"), @NamedAttributeNode(value = "lines", subgraph = "line")},
  subgraphs = @NamedSubgraph(name = "line", attributeNodes = @NamedAttributeNode("item")))
@Entity class Cart {
  @Id Long id;
  @ManyToOne(fetch = FetchType.LAZY) Customer owner;
  @OneToMany(mappedBy = "cart") List<Line> lines;
}
//- src/Line.java
import jakarta.persistence.*;
@Entity class Line {
  @Id Long id;
  @ManyToOne(fetch = FetchType.LAZY) Cart cart;
  @ManyToOne(fetch = FetchType.LAZY) Item item;
  Item getItem() { return item; }
}
//- src/Item.java
import jakarta.persistence.*;
@Entity class Item { @Id Long id; String name; String getName() { return name; } }
//- src/Customer.java
import jakarta.persistence.*;
@Entity class Customer { @Id Long id; }
//- src/CartRepository.java
import java.util.*;
import org.springframework.data.domain.*;
import org.springframework.data.jpa.repository.*;
interface CartRepository extends JpaRepository<Cart, Long> {
  List<Cart> findByOpen(boolean open);
  @EntityGraph("Cart.whole") Page<Cart> findByDay(String day, Pageable page);
  @EntityGraph(attributePaths = "lines.item", type = EntityGraph.EntityGraphType.LOAD) Optional<Cart> findByCode(String code);
  @Query("select c from Cart c left join fetch c.lines l join fetch l.item join c.owner o where o.id = ?1") List<Cart> findMine(Long owner);
  @Query("select l.cart from Line l join fetch l.cart.owner") List<Cart> findOfLines();
  @Query("select c.id from Cart c") List<Long> findIds();
  Optional<Cart> findFirstByOrderByDay();
}
`;

describe("selections", () => {
  it("know the paths that come with a query, and how many rows", async () => {
    const { persistence } = await modelOf(SHOP);
    const selections = persistence
      .selectionsOf("CartRepository")
      .map(({ method, rows, paged, fetched, graph }) => [method, rows, paged, fetched.join(" "), graph]);
    assert.deepEqual(selections, [
      ["findByOpen", "many", false, "", undefined],
      ["findByDay", "many", true, "lines lines.item owner", "fetch"],
      ["findByCode", "one", false, "lines lines.item", "load"],
      ["findMine", "many", false, "lines lines.item", undefined],
      ["findOfLines", "many", false, "owner", undefined],
      ["findFirstByOrderByDay", "one", true, "", undefined],
    ]);
  });
});

describe("selections of what is not right", () => {
  it("are none for an entity that does not exist, and fetch nothing where JPQL has a mistake", async () => {
    const { persistence } = await modelOf(`${SHOP}
//- src/OddRepository.java
import java.util.*;
import org.springframework.data.jpa.repository.*;
interface OddRepository extends JpaRepository<Ghost, Long> {
  List<Ghost> findByName(String name);
  @Query("select c from Cart c join fetch where") List<Cart> findCarts();
  @Query("select x from Cart c join fetch c.lines.") List<Cart> findLines();
}
`);
    const selections = persistence
      .selectionsOf("OddRepository")
      .map(({ method, fetched }) => [method, fetched.filter((path) => path === "")]);
    assert.deepEqual(selections, [
      ["findCarts", []],
      ["findLines", []],
    ]);
  });
});

describe("lazy accesses", () => {
  const accessesIn = async (body: string): Promise<readonly string[]> => {
    const model = await modelOf(`${SHOP}
//- src/Till.java
import java.util.*;
class Till {
  private CartRepository carts;
${body}
}
`);
    const [method] = model.calls.methodsIn("src/Till.java");
    assert.ok(method !== undefined);
    return lazyAccesses(model, method).map(
      ({ origin, path, each }) =>
        `${"selection" in origin ? origin.selection.method : "?"}: ${path.map(({ name }) => name).join(".")} ${each === undefined ? "once" : `per element from ${each}`}`,
    );
  };

  it("count from where the iteration begins", async () => {
    const below = "void print(String code) { for (Line line : carts.findByCode(code).get().getLines()) print(line.getItem().getName()); }";
    assert.deepEqual(await accessesIn(below), ["findByCode: lines once", "findByCode: lines.item per element from 1"]);
  });

  it("follow a method that calls itself, and end", async () => {
    const body = `
  void print(boolean open) { for (Cart cart : carts.findByOpen(open)) walk(cart, 3); }
  void walk(Cart cart, int depth) { if (depth > 0) walk(cart, depth - 1); cart.getLines().size(); }`;
    assert.deepEqual(await accessesIn(body), ["findByOpen: lines per element from 0"]);
  });
});
