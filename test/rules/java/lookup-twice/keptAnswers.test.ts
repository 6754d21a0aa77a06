import { lookupTwice } from "../../../../src/rules/java/lookup-twice.ts";
import { rule } from "../../../harness/rule.ts";
import { service, serviceFile } from "../shop.ts";

const twice = (query: string) => `CustomerRepository.${query} is sent twice with the same arguments`;

rule(lookupTwice, {
  reports: {
    "whether there is one, and then the row": service(`
    String cityOf(String email) {
        if (customers.findByEmail(email).isPresent()) {
            Customer known = customers.findByEmail(email).get();
                           //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 ${twice("findByEmail")}
            return known.getCity();
        }
        return "nowhere";
    }`),
    "the same number in several variables": service(`
    long sum(String city) {
        long first = customers.countByCity(city);
        System.out.println("counted");
        long second = customers.countByCity(city);
                    //^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 ${twice("countByCity")}
        return first + second;
    }`),
    "three times in one statement": service(`
    boolean isLonely(String city) {
        return customers.findByCity(city).isEmpty() || customers.findByCity(city).size() == 1 || customers.findByCity(city).contains(null);
                                                                                               //^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 ${twice("findByCity")}
                                                     //^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 ${twice("findByCity")}
    }`),
    "a row that is kept, and one that may be changed": service(`
    boolean change(String email) {
        Optional<Customer> old = customers.findByEmail(email);
        Customer fresh = customers.findByEmail(email).get();
                       //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ${twice("findByEmail")}
        fresh.setActive(!fresh.isActive());
        return old.get().isActive();
    }`),
    "a question that is not always asked": service(`
    String cityOf(String email) {
        if (email != null && customers.findByEmail(email).isPresent()) return customers.findByEmail(email).get().getCity();
                                                                            //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ${twice("findByEmail")}
        return "nowhere";
    }`),
    "something else that comes first in the statement": service(`
    String cityOf(String email, Iterator<String> others) {
        String both = others.next() + customers.findByEmail(email).isPresent();
        return both + customers.findByEmail(email).get().getCity();
                    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ${twice("findByEmail")}
    }`),
    "a variable of another type": service(`
    int both(String city) {
        Collection<Customer> some = customers.findByCity(city);
        System.out.println(some.size());
        return customers.findByCity(city).size();
             //^^^^^^^^^^^^^^^^^^^^^^^^^^ ${twice("findByCity")}
    }`),
    "rows of a list that somebody else gets": service(`
    void both(String city, List<Object> to) {
        to.add(customers.findByCity(city));
        to.add(customers.findByCity(city));
             //^^^^^^^^^^^^^^^^^^^^^^^^^^ ${twice("findByCity")}
    }`),
  },
  ignores: {},
  fixes: {
    "whether there is one, and then the row": serviceFile(`
    String cityOf(String email) {
        Optional<Customer> customer = customers.findByEmail(email);
        if (customer.isPresent()) {
            Customer known = customer.get();
            return known.getCity();
        }
        return "nowhere";
    }`),
    "the same number in several variables": serviceFile(`
    long sum(String city) {
        long first = customers.countByCity(city);
        System.out.println("counted");
        long second = first;
        return first + second;
    }`),
    "three times in one statement": serviceFile(`
    boolean isLonely(String city) {
        List<Customer> found = customers.findByCity(city);
        return found.isEmpty() || found.size() == 1 || found.contains(null);
    }`),
  },
});
