import assert from "node:assert/strict";
import { rules } from "../../src/rules/index.ts";
import { TestWorkspace } from "../harness/check.ts";
import { parseFixture } from "../harness/fixture.ts";

/** What is typed into a method, and says nothing that others ask for, is no reason to look at them again. */
describe("a line that is typed before a call of what Spring Data declares", () => {
  it("leaves alone who calls the same of another repository", async () => {
    const tested = new TestWorkspace(rules);
    await tested.put(FILES);
    const eager = tested.findings().filter(({ rule }) => rule === "java/eager-secondary-select");
    assert.deepEqual(
      eager.map(({ file }) => file),
      ["src/shop/Orders.java", "src/shop/Tickets.java"],
    );
    const text = FILES.get("src/shop/Tickets.java") ?? "";
    const typed = text.replace("return ", "int typed = 1;\n    return ");
    assert.notEqual(typed, text);
    assert.deepEqual([...(await tested.put([["src/shop/Tickets.java", typed]]))], ["src/shop/Tickets.java"]);
  });
});

const FILES = parseFixture(`
//- src/shop/Owner.java
package shop;
@Entity
class Owner { @Id Long id; }
//- src/shop/Ticket.java
package shop;
@Entity
class Ticket { @Id Long id; @ManyToOne(fetch = FetchType.EAGER) Owner owner; }
//- src/shop/Order.java
package shop;
@Entity
class Order { @Id Long id; @ManyToOne(fetch = FetchType.EAGER) Owner owner; }
//- src/shop/TicketRepository.java
package shop;
interface TicketRepository extends JpaRepository<Ticket, Long> {}
//- src/shop/OrderRepository.java
package shop;
interface OrderRepository extends JpaRepository<Order, Long> {}
//- src/shop/Tickets.java
package shop;
@Service
public class Tickets {
  private final TicketRepository tickets;
  public List<Ticket> all() {
    return tickets.findAll();
  }
}
//- src/shop/Orders.java
package shop;
@Service
public class Orders {
  private final OrderRepository orders;
  public List<Order> all() { return orders.findAll(); }
}
`).files;
