import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { rule } from "../../../harness/rule.ts";
import { OWNERS } from "./shop.ts";

/** A desk with a customer repository and these members. */
const desk = (members: string): string => `${OWNERS}
//- src/shop/Desk.java
package shop;
import java.util.List;
import java.util.function.*;
class Desk {
  private final CustomerRepository customers;
${members}
}
`;

/** Exports whose rows are made by those below. */
const EXPORT = (body: string): string => `
  static abstract class Export<T> {
    List<String> run(List<T> all) { ${body} }
    protected abstract String row(T one);
  }`;
const EACH = "return all.stream().map(one -> row(one)).toList();";
const anonymous = (body: string, row: string): string =>
  desk(`${EXPORT(body)}
  List<String> all(List<Order> orders) {
    return new Export<Order>() {
      @Override protected String row(Order order) {
${row}
      }
    }.run(orders);
  }`);

rule(queryInLoop, {
  reports: {
    "a method that an anonymous class gives the one above it, which runs it for each": anonymous(
      EACH,
      `        return customers.findById(order.getCustomerId()).get().getEmail();
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of the elements`,
    ),
    "what an enum's constant does": desk(`
  enum Label {
    FULL { @Override String of(Order order, CustomerRepository customers) { return customers.findById(order.getCustomerId()).get().getEmail(); } };
    abstract String of(Order order, CustomerRepository customers);
  }
  void all(List<Order> orders, Label label) { orders.forEach(order -> print(label.of(order, customers))); }
                                                                          //^^^^^^^^^^^^^^^^^^^^^^^^^^ of runs CustomerRepository.findById once per element of orders`),
    "a function that a field keeps": desk(`
  private final Function<Long, Customer> byId = id -> this.customers.findById(id).get();
  List<Customer> all(List<Long> ids) { return ids.stream().map(byId).toList(); }
                                                             //^^^^ byId runs CustomerRepository.findById once per element of ids`),
    "a function that the constructor sets, asked in a loop": desk(`
  private final Function<Long, Customer> byId;
  Desk(CustomerRepository customers) { this.customers = customers; this.byId = id -> customers.findById(id).get(); }
  void all(List<Long> ids) {
    for (Long id : ids) print(byId.apply(id));
                            //^^^^^^^^^^^^^^ apply runs CustomerRepository.findById once per element of ids
  }`),
    "a function that a method gives back": desk(`
  List<Order> paid(List<Order> orders) { return orders.stream().filter(isKnown()).toList(); }
                                                                     //^^^^^^^^^ isKnown runs CustomerRepository.existsById once per element of orders
  private Predicate<Order> isKnown() { return order -> customers.existsById(order.getCustomerId()); }`),
    "a reference that a method gives back": desk(`
  List<String> labels(List<Order> orders) { return orders.stream().map(this.labels()).toList(); }
                                                                     //^^^^^^^^^^^^^ labels runs CustomerRepository.findById once per element of orders
  private Function<Order, String> labels() { return this::label; }
  private String label(Order order) { return customers.findById(order.getCustomerId()).get().getEmail(); }`),
    "a function that a method of the class asks for one after the other": desk(`
  private final Function<Long, Customer> byId = id -> this.customers.findById(id).get();
  void all(List<Long> ids) { ids.forEach(id -> print(one(id))); }
                                                   //^^^^^^^ one runs CustomerRepository.findById once per element of ids
  private Customer one(Long id) { return byId.apply(id); }`),
  },
  ignores: {
    "a function that is handed to something that may never run it": desk(`
  private final Function<Long, Customer> byId = id -> this.customers.findById(id).get();
  void all(List<Long> ids, Cache cache) { for (Long id : ids) cache.get(id, byId); }`),
    "a variable of the same name": desk(`
  private final Function<Long, Customer> byId = id -> this.customers.findById(id).get();
  List<Customer> all(List<Long> ids, Function<Long, Customer> byId) { return ids.stream().map(byId).toList(); }`),
    "one of two methods of a name": desk(`
  List<Order> paid(List<Order> orders) { return orders.stream().filter(isKnown(true)).toList(); }
  private Predicate<Order> isKnown() { return order -> customers.existsById(order.getCustomerId()); }
  private Predicate<Order> isKnown(boolean known) { return order -> known; }`),
    "a function that a helper makes, which may remember": desk(`
  private final Function<Long, Customer> byId = Memo.of(id -> this.customers.findById(id).get());
  List<Customer> all(List<Long> ids) { return ids.stream().map(byId).toList(); }`),
    "an anonymous class whose method runs once": anonymous(
      "return List.of(row(all.get(0)));",
      "        return customers.findById(order.getCustomerId()).get().getEmail();",
    ),
    "an Optional": desk(`
  private final Function<Long, Customer> byId = id -> this.customers.findById(id).get();
  Customer of(java.util.Optional<Long> id) { return id.map(byId).get(); }`),
  },
});
