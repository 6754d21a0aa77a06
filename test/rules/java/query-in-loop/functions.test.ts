import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { rule } from "../../../harness/rule.ts";
import { OWNERS, service } from "./shop.ts";

/** A class of the project whose methods are given elements and a function. */
const LISTS = `${OWNERS}
//- src/shop/Lists.java
package shop;
import java.util.*;
import java.util.function.*;
import java.util.stream.Collectors;
import org.springframework.data.domain.*;
final class Lists {
  static <A, B> List<B> mapAll(Collection<A> from, Function<? super A, ? extends B> to) {
    return from == null ? List.of() : from.stream().filter(Objects::nonNull).map(to).collect(Collectors.toList());
  }
  static <A, B> List<B> eachOf(Iterable<A> from, Function<A, B> to) {
    List<B> all = new ArrayList<>();
    for (A one : from) all.add(to.apply(one));
    return all;
  }
  static <K, V> Map<K, V> byKey(List<K> keys, Function<K, V> value) { return keys.stream().collect(Collectors.toMap(k -> k, value)); }
  static <A> A firstOf(List<A> from, Predicate<A> wanted) {
    for (A one : from) if (wanted.test(one)) return one;
    return null;
  }
  static <A> void inParts(List<A> from, Consumer<List<A>> part) {
    for (int i = 0; i < from.size(); i += 500) part.accept(from.subList(i, Math.min(from.size(), i + 500)));
  }
  static <A> void partsOf(List<List<A>> parts, Consumer<List<A>> action) { for (List<A> part : parts) action.accept(part); }
  static <A> List<List<A>> split(List<A> from, int size) { return List.of(from); }
  static <A, B> B once(A one, Function<A, B> to) { return to.apply(one); }
  static <A> A again(Supplier<A> read) {
    for (int i = 0; i < 5; i++) { A got = read.get(); if (got != null) return got; }
    return null;
  }
  static <A, B> Page<B> paged(int number, Function<Pageable, Page<A>> read, Function<A, B> to) {
    Page<A> rows = read.apply(PageRequest.of(number, 20));
    return rows.map(to);
  }
  static <A, B> Optional<B> newest(Function<Pageable, Page<A>> read, Function<A, B> to) {
    Optional<A> first = read.apply(PageRequest.of(0, 1)).stream().findFirst();
    return first.map(to);
  }
  static <A, B> Optional<B> maybe(Optional<A> one, Function<A, B> to) { return one.map(to); }
}
`;

const reader = (method: string): string => `${LISTS}
//- src/shop/Reader.java
package shop;
import java.util.*;
class Reader {
  private final CustomerRepository customers;
  Reader(CustomerRepository customers) { this.customers = customers; }
${method}
}
`;

const tasks = (methods: string): string => `
//- src/shop/Task.java
package shop;
class Task {
  private final CustomerRepository customers;
  Task(CustomerRepository customers) { this.customers = customers; }
${methods}
}
`;

rule(queryInLoop, {
  reports: {
    // bcgov/nr-silva
    "a function that a method makes, applied at once, by the name of that method": reader(`
  private Function<Long, Customer> finding(boolean strict) { return id -> customers.findById(id).orElse(null); }
  List<Customer> all(List<Long> ids) {
    return ids.stream().map(id -> finding(true).apply(id)).toList();
                                              //^^^^^^^^^ finding runs CustomerRepository.findById once per element of ids
  }`),
    "a method of the elements, which has the name of one with a parameter": `${reader(`
  void finish(List<Task> tasks) { tasks.forEach(Task::end); }
                                              //^^^^^^^^^ end runs CustomerRepository.findByEmail once per element of tasks`)}${tasks(`
  void end() { customers.findByEmail("nobody"); }
  void end(int seconds) { }`)}`,
    "a method of two parameters, which has the name of one with one": reader(`
  void send(Map<String, String> mails) { mails.forEach(this::send); }
                                                     //^^^^^^^^^^ send runs CustomerRepository.findByEmail once per element of mails
  private void send(String to, String text) { customers.findByEmail(to); }
  private void send(String text) { }`),
    "a function that a variable holds": service(`
  List<Optional<Customer>> load(List<Long> ids) {
    Function<Long, Optional<Customer>> byId = customers::findById;
                                            //^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of ids
    return ids.stream().map(byId).toList();
  }`),
    "a function that a variable holds and a loop applies": service(`
  void load(List<Long> ids, List<Customer> found) {
    Function<Long, Customer> byId = id -> customers.findById(id).orElse(null);
                                        //^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of ids
    for (Long id : ids) found.add(byId.apply(id));
  }`),
    "a predicate's opposite": service(`
  List<Long> missing(List<Long> ids) {
    return ids.stream().filter(Predicate.not(customers::existsById)).toList();
                                           //^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.existsById runs once per element of ids
  }`),
    "a comparator's key": service(`
  List<Long> ranked(List<Long> ids) {
    return ids.stream().sorted(Comparator.comparing((Long id) -> customers.findById(id).get().getEmail()).reversed()).toList();
                                                               //^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of ids
  }`),
    "a method of the project that maps a stream": reader(`
  List<Customer> load(Set<Long> ids) { return Lists.mapAll(ids, id -> customers.findById(id).orElse(null)); }
                                                                    //^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of ids`),
    "a method of the project that loops": reader(`
  List<Optional<Customer>> load(Set<Long> ids) { return Lists.eachOf(ids, customers::findById); }
                                                                        //^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of ids`),
    "a method of the project that reads a page and maps it": reader(`
  Object page(Books books) {
    return Lists.paged(0, pageable -> books.read(pageable), order -> customers.findById(order.getCustomerId()));
                                                                   //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of paged(…)
  }`),
    "a method of the project that collects": reader(`
  Map<Long, Optional<Customer>> load(List<Long> ids) { return Lists.byKey(ids, customers::findById); }
                                                                             //^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of ids`),
    "a page of the project that maps what it has": `${OWNERS}
//- src/shop/Rows.java
package shop;
import java.util.*;
import java.util.function.Function;
class Rows<T> {
  private final List<T> data;
  Rows(List<T> data) { this.data = data; }
  <R> Rows<R> mapped(Function<T, R> to) { return new Rows<>(data.stream().map(to).toList()); }
}
//- src/shop/Reader.java
package shop;
import java.util.*;
class Reader {
  private final CustomerRepository customers;
  Reader(CustomerRepository customers) { this.customers = customers; }
  Rows<Optional<Customer>> owners(Rows<Order> rows) {
    return rows.mapped(order -> customers.findById(order.getCustomerId()));
                              //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of rows
  }
}
`,
    "a chain of another name than parent": service(`
  Customer first(Customer customer) {
    Customer at = customer;
    while (at.getInviter() != null) {
      at = customers.findById(at.getInviter().getId()).get();
         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of the chain of at
    }
    return at;
  }`),
    "a list of work that grows": service(`
  int size(Long root) {
    int found = 0;
    Deque<Long> open = new ArrayDeque<>();
    open.add(root);
    while (!open.isEmpty()) {
      Customer at = customers.findById(open.poll()).get();
                  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of open
      open.addAll(at.invitedIds());
      found++;
    }
    return found;
  }`),
  },
  ignores: {
    "a method of the elements, where one with a parameter reads": `${reader(`
  void finish(List<Task> tasks) { tasks.forEach(Task::end); }`)}${tasks(`
  void end() { }
  void end(int seconds) { customers.findByEmail("nobody"); }`)}`,
    "a method of two parameters, where one with one reads": reader(`
  void send(Map<String, String> mails) { mails.forEach(this::send); }
  private void send(String to, String text) { }
  private void send(String text) { customers.findByEmail(text); }`),
    "a method that ends with the first hit": reader(`
  Long first(List<Long> ids) { return Lists.firstOf(ids, customers::existsById); }`),
    "a method that is given parts": reader(`
  void load(List<Long> ids) { Lists.inParts(ids, customers::findAllById); }`),
    "a method that goes over parts": reader(`
  void load(List<List<Long>> parts) { Lists.partsOf(parts, part -> customers.findAllById(part)); }`),
    "parts that a variable holds": reader(`
  void load(List<Long> ids) {
    List<List<Long>> cut = Lists.split(ids, 100);
    for (List<Long> some : cut) customers.findAllById(some);
  }`),
    "what is read only to be thrown": service(`
  void check(List<Order> orders) {
    orders.forEach(order -> {
      if (order.getPayerId() == null) {
        throw new IllegalStateException(customers.findById(order.getCustomerId()).get().getEmail());
      }
    });
  }`),
    "a method that runs it once": reader(`
  Optional<Customer> load(Long id) { return Lists.once(id, customers::findById); }`),
    "a method that tries again": reader(`
  Customer load(Long id) { return Lists.again(() -> customers.findById(id).orElse(null)); }`),
    "a method that maps the first of a page": reader(`
  Object newest(Books books) {
    return Lists.newest(pageable -> books.read(pageable), order -> customers.findById(order.getCustomerId()));
  }`),
    "a method for what may be there": reader(`
  Optional<Optional<Customer>> load(Optional<Long> id) { return Lists.maybe(id, customers::findById); }`),
    "a list of two": reader(`
  List<Optional<Customer>> load(Long a, Long b) { return Lists.eachOf(List.of(a, b), customers::findById); }`),
    "a variable that is applied once": service(`
  Customer load(Long id) {
    Function<Long, Customer> byId = key -> customers.findById(key).orElse(null);
    return byId.apply(id);
  }`),
    "a list of work that is taken in parts": service(`
  void load(List<Long> ids) {
    Deque<Long> open = new ArrayDeque<>(ids);
    while (!open.isEmpty()) {
      List<Long> part = new ArrayList<>();
      while (!open.isEmpty() && part.size() < 500) part.add(open.poll());
      customers.findAllById(part);
    }
  }`),
    "a tree that is walked level by level": service(`
  void load(List<Long> roots) {
    List<Long> level = new ArrayList<>(roots);
    while (!level.isEmpty()) {
      List<Long> below = new ArrayList<>();
      for (Customer customer : customers.findAllById(level)) below.addAll(customer.invitedIds());
      level = below;
    }
  }`),
  },
});
