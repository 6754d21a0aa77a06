import { multipleCounts } from "../../../src/rules/java/multiple-counts.ts";
import { rule } from "../../harness/rule.ts";
import { SHOP, service } from "./shop.ts";

const queries = (members: string): string => `${SHOP}
//- src/main/java/shop/Queries.java
package shop;
import jakarta.persistence.EntityManager;
import org.springframework.jdbc.core.JdbcTemplate;
class Queries {
  private JdbcTemplate jdbc;
  private EntityManager em;
${members}
}
`;

rule(multipleCounts, {
  reports: {
    "three counts of a table": service(`
    String overview() {
        long all = customers.count();
                 //^^^^^^^^^^^^^^^^^ overview counts customer 3 times
        long here = customers.countByCity("Ulm");
        return all + " " + here + " " + customers.countByCity("Bonn");
    }`),
    "counts behind a port and an adapter that only pass them on": service(`
    private Places places;
    String overview() {
        return places.numberIn("Ulm") + " " + places.numberIn("Bonn") + " " + places.numberIn("Kiel");
             //^^^^^^^^^^^^^^^^^^^^^^ overview counts customer 3 times
    }
}
interface Places { long numberIn(String city); }
@org.springframework.stereotype.Component
class StoredPlaces implements Places {
    private CustomerRepository customers;
    @Override
    public long numberIn(String city) { return customers.countByCity(city); }`),
    "texts that JdbcTemplate sends": queries(`  String overview() {
    return jdbc.queryForObject("select count(*) from customer where city = 'Ulm'", Long.class)
         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ overview counts customer 3 times
      + "," + jdbc.queryForObject("select count(*) from customer where city = 'Bonn'", Long.class)
      + "," + jdbc.queryForObject("select count(*) from customer where active", Long.class);
  }`),
    "texts that a method of the project sends": queries(`  String overview() {
    return number("select count(c) from Customer c where c.city = 'Ulm'")
         //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ overview counts customer 3 times
      + "," + number("select count(c) from Customer c where c.city = 'Bonn'")
      + "," + number("select count(c) from Customer c where c.active = true");
  }
  private long number(String text) { return em.createQuery(text, Long.class).getSingleResult(); }`),
  },
  ignores: {
    "texts on tables of their own": queries(`  String overview() {
    return number("select count(c) from Customer c") + "," + number("select count(o) from Order o");
  }
  private long number(String text) { return em.createQuery(text, Long.class).getSingleResult(); }`),
    "texts that are only printed": queries(`  void overview() {
    print("select count(c) from Customer c where c.city = 'Ulm'");
    print("select count(c) from Customer c where c.city = 'Bonn'");
  }
  private void print(String text) { System.out.println(text); }`),
    // HospitalitySolutions/calendra.si
    "the same count twice": service(`
    boolean isFirst(String city) {
        if (customers.countByCity(city) > 5) throw new IllegalStateException();
        return customers.countByCity(city) == 0;
    }`),
    // hawkbit: what is left is counted again after the rows have been changed.
    "a write in between": service(`
    long left() {
        long before = customers.count();
        customers.deleteAll();
        return before - customers.countByCity("Ulm");
    }`),
    "a write in between, in another method": service(`
    long left() {
        long before = customers.count();
        clear();
        return before - customers.countByCity("Ulm");
    }
    private void clear() { customers.deleteAll(); }`),
    "one count a table": service(`long both() { return customers.count() + orders.count(); }`),
    "two branches": service(`
    long number(String city) {
        if (city == null) return customers.count();
        return customers.countByCity(city);
    }`),
    "a choice": service(`long number(String city) { return city == null ? customers.count() : customers.countByCity(city); }`),
  },
});
