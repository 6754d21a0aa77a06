import { multipleCounts } from "../../../src/rules/java/multiple-counts.ts";
import { rule } from "../../harness/rule.ts";
import { service } from "./shop.ts";

rule(multipleCounts, {
  reports: {
    "three counts of a table": service(`
    String overview() {
        long all = customers.count();
                 //^^^^^^^^^^^^^^^^^ overview counts customer 3 times
        long here = customers.countByCity("Ulm");
        return all + " " + here + " " + customers.countByCity("Bonn");
    }`),
  },
  ignores: {
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
