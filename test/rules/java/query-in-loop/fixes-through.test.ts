import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { rule } from "../../../harness/rule.ts";
import { OWNERS } from "./shop.ts";

/** A service that imports what its fixes need, with methods. */
const billing = (methods: string, imports = "import java.util.List;", others = OWNERS): string => `${others}
//- src/shop/Billing.java
package shop;

${imports}

class Billing {
    private final CustomerRepository customers;

    Billing(CustomerRepository customers) {
        this.customers = customers;
    }

${methods}
}
`;
const after = (methods: string, imports: string): string => billing(methods, imports, "");

const WITH_FUNCTION = `import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;`;
const WITH_OPTIONAL = WITH_FUNCTION.replace("import java.util.function", "import java.util.Optional;\nimport java.util.function");

rule(queryInLoop, {
  reports: {
    "a private method that the loop alone calls": billing(`    void bill(List<Order> orders, String note) {
        for (Order order : orders) {
            billOne(order, note);
          //^^^^^^^^^^^^^^^^^^^^ 💡 billOne runs CustomerRepository.findById once per element of orders
        }
    }

    private void billOne(Order order, String note) {
        Customer customer = customers.findById(order.getCustomerId()).orElseThrow();
        System.out.println(customer.getEmail() + note);
    }`),
    // bcgov/EDUC-GRAD-COURSE-API, gridsuite/dynamic-mapping-server
    "a key that may be missing, and arguments in lines of their own": billing(`    void bill(List<Order> orders, String note) {
        for (Order order : orders) {
            billOne(
          //^^^^^^^^ 💡
                order,
                note);
        }
    }

    private void billOne(Order order, String note) {
        if (order.getCustomerId() == null) return;
        Customer customer = customers.findById(order.getCustomerId()).orElseThrow();
        System.out.println(customer.getEmail() + note);
    }`),
    "a method reference, and a key that the method keeps in a local": billing(`    List<String> emails(List<Order> orders) {
        return orders.stream().map(this::emailOf).toList();
                                 //^^^^^^^^^^^^^ 💡
    }

    private String emailOf(Order order) {
        Long id = order.getCustomerId();
        Customer customer = customers.findById(id).orElse(null);
        return customer == null ? "" : customer.getEmail();
    }`),
    "two lookups in one method": billing(`    void bill(List<Order> orders) {
        for (Order order : orders) billOne(order.getCustomerId(), order);
                                 //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
    }

    private void billOne(Long payer, Order order) {
        Customer one = customers.findById(payer).orElse(null);
        Customer same = customers.findById(order.getCustomerId()).orElse(null);
        Customer other = customers.findById(order.getPayerId()).orElse(null);
        System.out.println(one + " " + same + " " + other);
    }`),
    "one return that others call as well": billing(`    void bill(List<Order> orders) {
        for (Order order : orders) {
            Customer customer = customerOf(order.getCustomerId());
                              //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
            System.out.println(customer.getEmail());
        }
    }

    Customer one(Order order) {
        return customerOf(order.getCustomerId());
    }

    private Customer customerOf(Long id) {
        return customers.findById(id).orElseThrow(() -> new IllegalArgumentException("no customer " + id));
    }`),
    "a reference to one return that others call as well": billing(`    List<Customer> all(List<Long> ids) {
        return ids.stream().map(this::customerOf).toList();
                              //^^^^^^^^^^^^^^^^ 💡
    }

    Customer one(Order order) {
        return customerOf(order.getCustomerId());
    }

    private Customer customerOf(Long number) {
        return customers.findById(number).orElse(null);
    }`),
    "methods that the fix would break": billing(`    void several(List<Order> orders) {
        for (Order order : orders) shared(order);
                                 //^^^^^^^^^^^^^
        shared(orders.get(0));
    }
    private void shared(Order order) {
        Customer customer = customers.findById(order.getCustomerId()).orElse(null);
        System.out.println(customer);
    }
    void written(List<Order> orders) {
        for (Order order : orders) saved(order);
                                 //^^^^^^^^^^^^
    }
    private void saved(Order order) {
        if (customers.findById(order.getCustomerId()).isEmpty()) customers.save(new Customer());
    }
    void written2(List<Order> orders) {
        for (Order order : orders) {
            seen(order);
          //^^^^^^^^^^^
            store(new Customer());
        }
    }
    private void seen(Order order) {
        System.out.println(customers.findById(order.getCustomerId()).isEmpty());
    }
    private void store(Customer customer) {
        customers.save(customer);
    }
    void widened(List<Integer> numbers) {
        for (int number : numbers) wide(number);
                                 //^^^^^^^^^^^^
    }
    private void wide(long number) {
        System.out.println(customers.findById(number));
    }
    void otherKey(List<Order> orders) {
        for (Order order : orders) keyed(order, 7L);
                                 //^^^^^^^^^^^^^^^^
    }
    private void keyed(Order order, Long id) {
        System.out.println(order + " " + customers.findById(id));
    }
    void set(List<Long> ids) {
        for (Long id : ids) next(id);
                          //^^^^^^^^
    }
    private void next(Long id) {
        id = id + 1;
        System.out.println(customers.findById(id));
    }
    void two(List<Order> orders) {
        for (Order order : orders) overloaded(order);
                                 //^^^^^^^^^^^^^^^^^
    }
    private void overloaded(Order order) {
        System.out.println(customers.findById(order.getCustomerId()));
    }
    private void overloaded(String name) {
    }`),
    "a local that hides the repository, and one that the loop's variable is":
      billing(`    void bill(List<Order> orders, CustomerRepository customers) {
        for (Order order : orders) hidden(order);
                                 //^^^^^^^^^^^^^
    }
    private void hidden(Order order) {
        System.out.println(customers.findById(order.getCustomerId()));
    }
    void again(List<Order> orders) {
        for (Order order : orders) {
            order = new Order();
            hiddenToo(order);
          //^^^^^^^^^^^^^^^^
        }
    }
    private void hiddenToo(Order order) {
        System.out.println(customers.findById(order.getCustomerId()));
    }`),
  },
  ignores: {
    "the map that the fix hands on": billing(`    void bill(List<Order> orders, java.util.Map<Long, Customer> customersById) {
        for (Order order : orders) billOne(order, customersById);
    }
    private void billOne(Order order, java.util.Map<Long, Customer> customersById) {
        System.out.println(customersById.get(order.getCustomerId()));
    }`),
  },
  fixes: {
    "a key that may be missing, and arguments in lines of their own": after(
      `    void bill(List<Order> orders, String note) {
        Map<Long, Customer> customersById = customers
                .findAllById(orders.stream()
                        .map(Order::getCustomerId)
                        .filter(Objects::nonNull)
                        .distinct()
                        .collect(Collectors.toList()))
                .stream()
                .collect(Collectors.toMap(Customer::getId, Function.identity()));
        for (Order order : orders) {
            billOne(
                order,
                note,
                customersById);
        }
    }

    private void billOne(Order order, String note, Map<Long, Customer> customersById) {
        if (order.getCustomerId() == null) return;
        Customer customer = Optional.ofNullable(customersById.get(order.getCustomerId())).orElseThrow();
        System.out.println(customer.getEmail() + note);
    }`,
      WITH_OPTIONAL.replace("import java.util.Optional", "import java.util.Objects;\nimport java.util.Optional"),
    ),
    "a private method that the loop alone calls": after(
      `    void bill(List<Order> orders, String note) {
        Map<Long, Customer> customersById = customers
                .findAllById(orders.stream().map(Order::getCustomerId).distinct().collect(Collectors.toList())).stream()
                .collect(Collectors.toMap(Customer::getId, Function.identity()));
        for (Order order : orders) {
            billOne(order, note, customersById);
        }
    }

    private void billOne(Order order, String note, Map<Long, Customer> customersById) {
        Customer customer = Optional.ofNullable(customersById.get(order.getCustomerId())).orElseThrow();
        System.out.println(customer.getEmail() + note);
    }`,
      WITH_OPTIONAL,
    ),
    "a method reference, and a key that the method keeps in a local": after(
      `    List<String> emails(List<Order> orders) {
        Map<Long, Customer> customersById = customers
                .findAllById(orders.stream()
                        .map(order -> order.getCustomerId())
                        .distinct()
                        .collect(Collectors.toList()))
                .stream()
                .collect(Collectors.toMap(Customer::getId, Function.identity()));
        return orders.stream().map(order -> emailOf(order, customersById)).toList();
    }

    private String emailOf(Order order, Map<Long, Customer> customersById) {
        Long id = order.getCustomerId();
        Customer customer = customersById.get(id);
        return customer == null ? "" : customer.getEmail();
    }`,
      WITH_FUNCTION,
    ),
    "two lookups in one method": after(
      `    void bill(List<Order> orders) {
        Map<Long, Customer> customersById = customers
                .findAllById(orders.stream().map(Order::getCustomerId).distinct().collect(Collectors.toList())).stream()
                .collect(Collectors.toMap(Customer::getId, Function.identity()));
        Map<Long, Customer> customersById2 = customers
                .findAllById(orders.stream().map(Order::getPayerId).distinct().collect(Collectors.toList())).stream()
                .collect(Collectors.toMap(Customer::getId, Function.identity()));
        for (Order order : orders) billOne(order.getCustomerId(), order, customersById, customersById2);
    }

    private void billOne(Long payer, Order order, Map<Long, Customer> customersById, Map<Long, Customer> customersById2) {
        Customer one = customersById.get(payer);
        Customer same = customersById.get(order.getCustomerId());
        Customer other = customersById2.get(order.getPayerId());
        System.out.println(one + " " + same + " " + other);
    }`,
      WITH_FUNCTION,
    ),
    "one return that others call as well": after(
      `    void bill(List<Order> orders) {
        Map<Long, Customer> customersById = customers
                .findAllById(orders.stream().map(Order::getCustomerId).distinct().collect(Collectors.toList())).stream()
                .collect(Collectors.toMap(Customer::getId, Function.identity()));
        for (Order order : orders) {
            Customer customer = Optional.ofNullable(customersById.get(order.getCustomerId())).orElseThrow(() -> new IllegalArgumentException("no customer " + order.getCustomerId()));
            System.out.println(customer.getEmail());
        }
    }

    Customer one(Order order) {
        return customerOf(order.getCustomerId());
    }

    private Customer customerOf(Long id) {
        return customers.findById(id).orElseThrow(() -> new IllegalArgumentException("no customer " + id));
    }`,
      WITH_OPTIONAL,
    ),
    "a reference to one return that others call as well": after(
      `    List<Customer> all(List<Long> ids) {
        Map<Long, Customer> customersById = customers.findAllById(ids).stream()
                .collect(Collectors.toMap(Customer::getId, Function.identity()));
        return ids.stream().map(number -> customersById.get(number)).toList();
    }

    Customer one(Order order) {
        return customerOf(order.getCustomerId());
    }

    private Customer customerOf(Long number) {
        return customers.findById(number).orElse(null);
    }`,
      WITH_FUNCTION,
    ),
  },
});
