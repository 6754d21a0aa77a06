import assert from "node:assert/strict";
import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { TestWorkspace } from "../../../harness/check.ts";
import { parseFixture } from "../../../harness/fixture.ts";
import { rule } from "../../../harness/rule.ts";
import { OWNERS } from "./shop.ts";

interface Beans {
  readonly stored?: string;
  readonly fixed?: string;
}

/** Prices that the database knows, prices that are written down, and a controller that is given one of them. */
const prices = (members: string, beans: Beans = {}, on = "@RestController"): string => `${OWNERS}
//- src/shop/Prices.java
package shop;
public interface Prices { String of(Order order); }
//- src/shop/StoredPrices.java
package shop;
${beans.stored ?? "@Component"}
public class StoredPrices implements Prices {
  private CustomerRepository customers;
  @Override public String of(Order order) { return customers.findById(order.getCustomerId()).get().getEmail(); }
}
//- src/shop/FixedPrices.java
package shop;
${beans.fixed ?? "@Component"}
public class FixedPrices implements Prices {
  @Override public String of(Order order) { return "1.00"; }
}
//- src/shop/Shop.java
package shop;
import java.util.List;
${on}
public class Shop {
${members}
  @PostMapping("/prices/batch") List<String> all(@RequestBody List<Order> orders) {
    return orders.stream().map(order -> prices.of(order)).toList();
  }
}
`;

const FOUND = `return orders.stream().map(order -> prices.of(order)).toList();
                                      //^^^^^^^^^^^^^^^^ of runs CustomerRepository.findById once per element of orders`;
const reported = (workspace: string): string => workspace.replace("return orders.stream().map(order -> prices.of(order)).toList();", FOUND);

const byConstructor = (parameter: string): string => `  private final Prices prices;
  Shop(${parameter}) { this.prices = prices; }`;

/** Several handlers of one generic interface, and one that runs another for each of its lines. */
const handlers = (field: string, byLine = "Handler<Line, AddLine>"): string => `${OWNERS}
//- src/shop/Handler.java
package shop;
public interface Handler<R, C> { R handle(C command); }
//- src/shop/Commands.java
package shop;
import java.util.List;
class Line { }
class Stock { }
record AddLine(Order order) { }
record Restock(Order order) { }
record PlaceOrder(List<AddLine> lines, List<Restock> restocks) { }
//- src/shop/AddLineHandler.java
package shop;
@UseCase
public class AddLineHandler implements ${byLine} {
  private CustomerRepository customers;
  @Override public Line handle(AddLine command) { customers.findById(command.order().getCustomerId()); return new Line(); }
}
//- src/shop/RestockHandler.java
package shop;
@UseCase
public class RestockHandler implements Handler<Stock, Restock> {
  @Override public Stock handle(Restock command) { return new Stock(); }
}
//- src/shop/CheckHandler.java
package shop;
@UseCase
public class CheckHandler implements Handler<Stock, PlaceOrder> {
  @Override public Stock handle(PlaceOrder command) { return new Stock(); }
}
//- src/shop/PlaceOrderHandler.java
package shop;
import java.util.List;
@UseCase
public class PlaceOrderHandler implements Handler<Order, PlaceOrder> {
${field}
  @Override public Order handle(PlaceOrder command) { return new Order(); }
}
`;

rule(queryInLoop, {
  reports: {
    "the one of several that the arguments of the field's type leave": handlers(`  private Handler<Line, AddLine> lines;
  List<Line> add(PlaceOrder command) { return command.lines().stream().map(line -> lines.handle(line)).toList(); }
                                                                                 //^^^^^^^^^^^^^^^^^^ handle runs CustomerRepository.findById once per element of command.lines()`),
    "the bean that a constructor's parameter names": reported(prices(byConstructor(`@Qualifier("storedPrices") Prices prices`))),
    "the bean that a field names": reported(
      prices(`  @Autowired @Qualifier("dear") private Prices prices;`, { stored: `@Component("dear")` }),
    ),
    "the bean that a resource names": reported(prices(`  @Resource(name = "storedPrices") private Prices prices;`)),
    "the qualifier of a class": reported(
      prices(byConstructor(`@Qualifier("dear") Prices prices`), { stored: `@Component @Qualifier("dear")` }),
    ),
    "the primary one": reported(prices(byConstructor("Prices prices"), { stored: "@Component @Primary" })),
    "the one that Lombok's constructor is handed": reported(
      prices(`  @Qualifier("storedPrices") private final Prices prices;`, {}, "@RestController @RequiredArgsConstructor"),
    ),
    "a qualifier that Lombok's constructor may have lost, so that nobody knows which": reported(
      prices(
        `  @Qualifier("fixedPrices") private final Prices prices;`,
        { stored: "@Component @Primary" },
        "@RestController @RequiredArgsConstructor",
      ),
    ),
    "a primary one that may be missing": reported(prices(byConstructor("Prices prices"), { fixed: `@Service @Primary @Profile("demo")` })),
  },
  ignores: {
    "another of the interface, by the arguments of the field's type": handlers(`  private Handler<Stock, Restock> stocks;
  List<Stock> add(PlaceOrder command) { return command.restocks().stream().map(one -> stocks.handle(one)).toList(); }`),
    "the other bean that a constructor's parameter names": prices(byConstructor(`@Qualifier("fixedPrices") Prices prices`)),
    "the other one is primary": prices(byConstructor("Prices prices"), { fixed: "@Service @Primary" }),
    "the one of the field's name": prices("  @Autowired private Prices prices;", { fixed: `@Component("prices")` }),
    "the one that Lombok's constructor is handed": prices(
      `  @Qualifier("fixedPrices") private final Prices prices;`,
      {},
      "@RestController @RequiredArgsConstructor",
    ),
  },
});

describe("java/query-in-loop, where one of several beans is named", () => {
  const severities = async (workspace: string): Promise<readonly string[]> => {
    const checked = new TestWorkspace([queryInLoop]);
    await checked.put(parseFixture(workspace).files);
    return checked.findings().map(({ severity }) => severity);
  };

  it("is as sure as with one bean", async () => {
    assert.deepEqual(await severities(prices(byConstructor(`@Qualifier("storedPrices") Prices prices`))), ["warning"]);
    assert.deepEqual(await severities(prices(byConstructor("Prices prices"))), ["information"]);
  });
});
