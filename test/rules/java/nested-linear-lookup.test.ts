import { nestedLinearLookup } from "../../../src/rules/java/nested-linear-lookup.ts";
import { rule } from "../../harness/rule.ts";

const code = (body: string): string => `
//- src/Match.java
import java.util.List;

class Match {
    private static final List<String> KNOWN = List.of("a", "b");

    void all(List<Order> orders, List<Long> ids, List<Customer> customers) {
${body}
    }
}
//- src/Order.java
class Order {
    Long id;
    Long customerId;
    List<Long> tags;
    Long getId() { return id; }
    Long getCustomerId() { return customerId; }
    List<Long> getTags() { return tags; }
}
//- src/Customer.java
class Customer {
    Long id;
    Long getId() { return id; }
}
`;

rule(nestedLinearLookup, {
  reports: {
    "a loop that only looks for the one that fits": code(`
        for (Order order : orders) {
            for (Customer customer : customers) {
          //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ customers is searched from its start once per element of orders
                if (customer.getId().equals(order.getCustomerId())) System.out.println(customer);
            }
        }`),
    "counted loops, one in the other": code(`
        for (int i = 0; i < orders.size(); i++) {
            Order order = orders.get(i);
            for (int k = 0; k < customers.size(); k++) {
          //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ customers is searched from its start once per element of orders
                if (customers.get(k).getId().equals(order.getCustomerId())) System.out.println(order);
            }
        }`),
    "a private method that searches, called in a loop": code(`
        for (Order order : orders) System.out.println(customerOf(customers, order.getCustomerId()));
    }
    private Customer customerOf(List<Customer> all, Long id) {
        for (Customer one : all) {
      //^^^^^^^^^^^^^^^^^^^^^^^ customers is searched from its start once per element of orders
            if (one.getId().equals(id)) return one;
        }
        return null;
    }
    void marked(List<Order> orders, List<Long> ids) {
        orders.stream().filter(order -> isMarked(ids, order)).forEach(System.out::println);
    }
    private boolean isMarked(List<Long> marked, Order order) {
        return marked.contains(order.getId());
             //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ids is searched from its start once per element of orders`),
    "a stream in a variable": code(`        for (Order order : orders) {
            Stream<Customer> all = customers.stream();
            Customer c = all.filter(x -> x.getId().equals(order.getCustomerId())).findFirst().orElse(null);
                       //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ customers is searched from its start once per element of orders
        }`),
    "contains of a list in a loop": code(`        for (Order order : orders) {
            if (ids.contains(order.getId())) System.out.println(order);
              //^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 ids is searched from its start once per element of orders
        }`),
    "all that match, of a stream and of Guava's view": code(`        for (Order order : orders) {
            List<Customer> mine = customers.stream().filter(x -> x.getId().equals(order.getCustomerId())).toList();
                                //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ customers is searched from its start once per element of orders
            print(Iterables.filter(ids, id -> id == order.getId()));
                //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ids is searched from its start once per element of orders
            print(Collections2.filter(ids, new Predicate<Long>() { public boolean apply(Long id) { return id.equals(order.getId()); } }));
                //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ids is searched from its start once per element of orders
        }`),
    "the first match of a stream": code(`        for (Order order : orders) {
            Customer c = customers.stream().filter(x -> x.getId().equals(order.getCustomerId())).findFirst().orElse(null);
                       //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ customers is searched from its start once per element of orders
        }`),
    "a lambda per element": code(`        orders.stream().filter(order -> !ids.contains(order.getId())).toList();
                                       //^^^^^^^^^^^^^^^^^^^^^^^^^^^ ids is searched from its start once per element of orders`),
    "a list out of the database": `
//- src/Stock.java
class Stock {
    ItemRepository items;
    void all(List<Item> wanted) {
        List<Item> known = items.findAll();
        for (Item item : wanted) {
            if (known.indexOf(item) < 0) System.out.println(item);
              //^^^^^^^^^^^^^^^^^^^
        }
    }
}
//- src/ItemRepository.java
interface ItemRepository extends JpaRepository<Item, Long> {}
`,
    "a list that belongs to a key: a hint": `
//- src/Events.java
class Events {
    EventRepository events;
    OrganizationRepository organizations;
    void all(String user) {
        List<Long> own = organizations.findIdsByUser(user);
        for (Event event : events.findAll()) {
            if (own.contains(event.organizationId)) System.out.println(event);
              //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 own is searched from its start once per element of events.findAll()
        }
    }
}
//- src/Event.java
class Event { Long organizationId; }
//- src/EventRepository.java
interface EventRepository extends JpaRepository<Event, Long> {}
//- src/OrganizationRepository.java
interface OrganizationRepository extends JpaRepository<Organization, Long> {
    @Query("select o.id from Organization o join o.users u where u.name = ?1") List<Long> findIdsByUser(String user);
}
`,
    // apache/dolphinscheduler: what is called adds to the list
    "a list that is handed on: no fix": code(`        for (Order order : orders) {
            if (!ids.contains(order.getId())) follow(order, ids);
               //^^^^^^^^^^^^^^^^^^^^^^^^^^^ ids is searched from its start once per element of orders
        }`),
    // synyx/urlaubsverwaltung
    "a list that may be null: no fix": code(`        for (Order order : orders) {
            if (ids == null || !ids.contains(order.getId())) System.out.println(order);
                              //^^^^^^^^^^^^^^^^^^^^^^^^^^^ ids is searched from its start once per element of orders
        }`),
    "asked twice in one round": code(`        for (Order order : orders) {
            if (ids.contains(order.getId())) System.out.println(order);
              //^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
            else if (!ids.contains(order.getCustomerId())) System.out.println(ids.size());
                    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
        }`),
  },
  ignores: {
    "a private method that is called elsewhere, too, or asked for the same each time": code(`
        Long id = 1L;
        for (Order order : orders) System.out.println(isKnown(ids, id));
        for (Order order : orders) System.out.println(isMarked(ids, order.getId()));
        System.out.println(isMarked(ids, id));
    }
    private boolean isKnown(List<Long> known, Long id) { return known.contains(id); }
    private boolean isMarked(List<Long> marked, Long id) {
        return marked.contains(id);`),
    "a private method that is handed the element's own list, or one that grows": code(`
        List<Long> seen = new ArrayList<>();
        for (Order order : orders) {
            if (isTagged(order.getTags(), order.getId()) || isSeen(seen, order.getId())) continue;
            seen.add(order.getId());
        }
    }
    private boolean isTagged(List<Long> tags, Long id) { return tags.contains(id); }
    private boolean isSeen(List<Long> seen, Long id) {
        return seen.contains(id);`),
    "each with each": code(`
        for (Order order : orders) {
            for (Customer customer : customers) System.out.println(order.getId().equals(customer.getId()));
        }`),
    "a loop that asks nothing of the element": code(`
        for (Order order : orders) {
            for (Customer customer : customers) if (customer.getId().equals(7L)) System.out.println(order);
        }`),
    "a list of the element": code(`
        for (Order order : orders) {
            for (Long tag : order.getTags()) if (tag.equals(order.getId())) System.out.println(order);
        }`),
    "all that match, beside a call of another machine": code(`        org.springframework.web.client.RestTemplate rest = client();
        for (Order order : orders) {
            List<Customer> mine = customers.stream().filter(x -> x.getId().equals(order.getCustomerId())).toList();
            rest.postForObject("/mine", mine, Void.class);
        }`),
    // thingsboard: the formats that a device is asked for
    "an array that the caller writes down": code(`        List<String> wanted = Arrays.asList(names());
        for (Order order : orders) if (Arrays.asList(KNOWN).contains(order.toString())) System.out.println(order);`),
    // elunez/eladmin
    "a list that is filled where it is made": code(`        List<String> few = new ArrayList<String>() {{ add("x"); add("y"); }};
        for (Order order : orders) if (few.contains(order.toString())) System.out.println(order);`),
    "a list of an enum's constants": `
//- src/Shop.java
class Shop {
    void all(List<Payment> payments, List<Method> accepted) {
        for (Payment payment : payments) if (accepted.contains(payment.method)) System.out.println(payment);
    }
}
//- src/Payment.java
class Payment { Method method; }
//- src/Method.java
enum Method { CARD, CASH }
`,
    "a set": code(`        Set<Long> known = new HashSet<>(ids);
        for (Order order : orders) known.contains(order.getId());`),
    "the element's own list": code(`        for (Order order : orders) {
            List<Long> tags = order.getTags();
            if (tags.contains(order.getId()) || order.getTags().contains(order.getId())) System.out.println(order);
        }`),
    "a list that is written down": code(`        List<String> few = List.of("x", "y");
        for (Order order : orders) {
            if (few.contains(order.toString()) || KNOWN.contains(order.toString())) System.out.println(order);
        }`),
    "a question that is the same each round": code(`        Long id = 1L;
        for (Order order : orders) if (ids.contains(id)) System.out.println(order);`),
    "a list that grows in the loop": code(`        List<Long> seen = new ArrayList<>();
        for (Order order : orders) if (!seen.contains(order.getId())) seen.add(order.getId());`),
    "a part of a string": code(`        String text = "a";
        for (Order order : orders) text.contains(order.toString());`),
    "a search that is no comparison": code(`        for (Order order : orders) customers.stream().anyMatch(x -> x.likes(order));`),
  },
  fixes: {
    "contains of a list in a loop": {
      "Look up in a HashSet of ids": `
//- src/Match.java
import java.util.HashSet;
import java.util.List;
import java.util.Set;

class Match {
    private static final List<String> KNOWN = List.of("a", "b");

    void all(List<Order> orders, List<Long> ids, List<Customer> customers) {
        Set<Long> idsSet = new HashSet<>(ids);
        for (Order order : orders) {
            if (idsSet.contains(order.getId())) System.out.println(order);
        }
    }
}
`,
    },
    "asked twice in one round": {
      "Look up in a HashSet of ids": `
//- src/Match.java
import java.util.HashSet;
import java.util.List;
import java.util.Set;

class Match {
    private static final List<String> KNOWN = List.of("a", "b");

    void all(List<Order> orders, List<Long> ids, List<Customer> customers) {
        Set<Long> idsSet = new HashSet<>(ids);
        for (Order order : orders) {
            if (idsSet.contains(order.getId())) System.out.println(order);
            else if (!idsSet.contains(order.getCustomerId())) System.out.println(ids.size());
        }
    }
}
`,
    },
  },
});
