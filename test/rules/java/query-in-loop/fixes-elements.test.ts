import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { rule } from "../../../harness/rule.ts";
import { OWNERS } from "./shop.ts";

const ORDERS = `${OWNERS}
//- src/shop/OrderStore.java
package shop;
import java.util.List;
import java.util.stream.Stream;
public interface OrderStore {
  List<Order> open();
  Stream<Order> all();
}
`;

const IMPORTS = ["java.util.List", "java.util.Map", "java.util.function.Function", "java.util.stream.Collectors"];

const mailer = (method: string, imports: readonly string[] = IMPORTS): string => `
//- src/shop/Mailer.java
package shop;

${imports.map((name) => `import ${name};`).join("\n")}

class Mailer {
    private CustomerRepository customers;
    private OrderStore store;

${method}
}
`;

rule(queryInLoop, {
  reports: {
    "what a call gives": `${ORDERS}${mailer(`    void print() {
        for (Order order : store.open()) {
            System.out.println(customers.findById(order.getCustomerId()).orElse(null));
                             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
        }
    }`)}`,
    "what a filter leaves": `${ORDERS}${mailer(`    List<Customer> payers(List<Order> orders) {
        return orders.stream()
                .filter(order -> order.getPayerId() != null)
                .map(order -> customers.findById(order.getPayerId()).orElse(null))
                            //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
                .collect(Collectors.toList());
    }`)}`,
    "the entries of a map": `${ORDERS}${mailer(`    void print(Map<Long, String> notes) {
        for (Map.Entry<Long, String> note : notes.entrySet()) {
            System.out.println(customers.findById(note.getKey()).orElse(null) + note.getValue());
                             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
        }
    }`)}`,
    "no fix: several threads, a stream that does not end by itself, elements behind another call, an array": `${ORDERS}${mailer(`    List<Customer> all(List<Long> ids) {
        return ids.parallelStream().filter(id -> id > 7).map(id -> customers.findById(id).orElse(null)).collect(Collectors.toList());
                                                                 //^^^^^^^^^^^^^^^^^^^^^^
    }

    void print(List<Long> ids) {
        System.out.println(store.open() + " " + ids.stream().filter(id -> id > 7).map(id -> customers.findById(id).orElse(null)).toList());
                                                                                          //^^^^^^^^^^^^^^^^^^^^^^
    }

    void each(Long[] ids) {
        for (Long id : ids) System.out.println(customers.findById(id).orElse(null));
                                             //^^^^^^^^^^^^^^^^^^^^^^
    }`)}`,
  },
  ignores: {
    "one order": `${ORDERS}${mailer(`    void print(Order order) {
        System.out.println(customers.findById(order.getCustomerId()).orElse(null));
    }`)}`,
  },
  fixes: {
    "what a call gives": mailer(`    void print() {
        List<Order> orders = store.open();
        Map<Long, Customer> customersById = customers
                .findAllById(orders.stream().map(Order::getCustomerId).distinct().collect(Collectors.toList())).stream()
                .collect(Collectors.toMap(Customer::getId, Function.identity()));
        for (Order order : orders) {
            System.out.println(customersById.get(order.getCustomerId()));
        }
    }`),
    "what a filter leaves": mailer(
      `    List<Customer> payers(List<Order> orders) {
        List<Order> orders2 = orders.stream()
                .filter(order -> order.getPayerId() != null)
                .collect(Collectors.toList());
        Map<Long, Customer> customersById = customers
                .findAllById(orders2.stream()
                        .map(order -> order.getPayerId())
                        .filter(Objects::nonNull)
                        .distinct()
                        .collect(Collectors.toList()))
                .stream()
                .collect(Collectors.toMap(Customer::getId, Function.identity()));
        return orders2.stream()
                .map(order -> customersById.get(order.getPayerId()))
                .collect(Collectors.toList());
    }`,
      [...IMPORTS.slice(0, 2), "java.util.Objects", ...IMPORTS.slice(2)],
    ),
    "the entries of a map": mailer(`    void print(Map<Long, String> notes) {
        Map<Long, Customer> customersById = customers
                .findAllById(notes.entrySet().stream()
                        .map(note -> note.getKey())
                        .distinct()
                        .collect(Collectors.toList()))
                .stream()
                .collect(Collectors.toMap(Customer::getId, Function.identity()));
        for (Map.Entry<Long, String> note : notes.entrySet()) {
            System.out.println(customersById.get(note.getKey()) + note.getValue());
        }
    }`),
  },
});
