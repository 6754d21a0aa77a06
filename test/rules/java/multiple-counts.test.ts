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
    "one count a table": service(`long both() { return customers.count() + orders.count(); }`),
    "two branches": service(`
    long number(String city) {
        if (city == null) return customers.count();
        return customers.countByCity(city);
    }`),
    "a choice": service(`long number(String city) { return city == null ? customers.count() : customers.countByCity(city); }`),
  },
});
