import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { rule } from "../../../harness/rule.ts";
import { service } from "./shop.ts";

rule(queryInLoop, {
  reports: {
    "forEach of what a library gives, whose type is not read": service(`
  void check(org.letters.Letter letter) {
    letter.getLines().forEach(line -> customers.findById(line.customer()));
                                    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of letter.getLines()
  }`),
    "a stream of what a library gives": service(`
  void check(org.letters.Letter letter) {
    letter.getLines().stream().filter(line -> customers.existsById(line.customer())).toList();
                                            //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.existsById runs once per element of letter.getLines()
  }`),
    "a stream that a variable holds": service(`
  void check(List<Long> ids) {
    Stream<Long> known = ids.stream().filter(id -> id > 0);
    known.forEach(id -> customers.findById(id));
                      //^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of ids
  }`),
    "a list that is short at first, and another one later": service(`
  void check(List<Long> ids, boolean all) {
    List<Long> chosen = List.of(1L, 2L);
    if (all) chosen = ids;
    for (Long id : chosen) customers.findById(id);
                         //^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById runs once per element of chosen
  }`),
  },
  ignores: {
    "what a variable holds is cut short, short or picked by its key": service(`
  void check(List<Long> ids, List<Order> orders, Long wanted) {
    Stream<Long> first = ids.stream().limit(2);
    first.forEach(id -> customers.findById(id));
    List<Long> chosen = List.of(1L, 2L);
    for (Long id : chosen) customers.findById(id);
    chosen.forEach(id -> customers.findById(id));
    Stream<Order> one = orders.stream().filter(order -> order.getId().equals(wanted));
    one.forEach(order -> customers.findById(order.getCustomerId()));
  }`),
    "values of an enum that a variable holds": `
//- src/shop/Kind.java
package shop;
enum Kind { NEW, OLD }
${service(`
  void check() {
    Kind[] kinds = Kind.values();
    for (Kind kind : kinds) customers.findByEmail(kind.name());
    Stream<Kind> some = Stream.of(kinds);
    some.forEach(kind -> customers.findByEmail(kind.name()));
  }`)}`,
    "forEach of a library that is given something else": service(`
  void check(org.letters.Mailbox mailbox) {
    mailbox.forEach(customers.findAll());
    mailbox.forEach((from, letter) -> customers.findByEmail(from));
  }`),
  },
});
