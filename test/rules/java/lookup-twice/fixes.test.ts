import { lookupTwice } from "../../../../src/rules/java/lookup-twice.ts";
import { rule } from "../../../harness/rule.ts";
import { service, serviceFile } from "../shop.ts";

const LOADS = "CustomerRepository.findById loads what existsById has looked up just before";

rule(lookupTwice, {
  reports: {
    "a guard in braces, and a row that is taken right behind it": service(`
    Customer load(Long id) {
        if (!customers.existsById(id)) {
            throw new NoSuchElementException("customer " + id);
        }
        Customer found = customers.findById(id).get();
                       //^^^^^^^^^^^^^^^^^^^^^^ 💡 ${LOADS}
        return found;
    }`),
    "an exception that nobody has seen so far, and too long a line": service(`
    String emailOf(Long id) {
        if (!customers.existsById(id)) throw new NoSuchElementException("there is no customer that has this number: " + id);
        return customers.findById(id).orElseThrow().getEmail();
             //^^^^^^^^^^^^^^^^^^^^^^ 💡 ${LOADS}
    }`),
    "a guard that is not the only thing in between": service(`
    Customer load(Long id, String note) {
        if (!customers.existsById(id)) throw new NoSuchElementException();
        System.out.println(note);
        return customers.findById(id).get();
             //^^^^^^^^^^^^^^^^^^^^^^ ${LOADS}
    }`),
    "another call before it in its statement": service(`
    String load(Long id, StringBuilder to) {
        if (!customers.existsById(id)) throw new NoSuchElementException();
        return to.append(to.length()).append(customers.findById(id).get()).toString();
                                           //^^^^^^^^^^^^^^^^^^^^^^ ${LOADS}
    }`),
    "a variable that a lambda could not see": service(`
    Customer load(Long id, String note) {
        note = note.trim();
        if (!customers.existsById(id)) throw new NoSuchElementException(note);
        return customers.findById(id).get();
             //^^^^^^^^^^^^^^^^^^^^^^ ${LOADS}
    }`),
    "a guard that does more, or something else where the row is there": service(`
    Customer load(Long id) {
        if (!customers.existsById(id)) { System.out.println(id); throw new NoSuchElementException(); }
        return customers.findById(id).get();
             //^^^^^^^^^^^^^^^^^^^^^^ ${LOADS}
    }
    Customer orNull(Long id) {
        if (!customers.existsById(id)) throw new NoSuchElementException();
        return customers.findById(id).orElse(null);
             //^^^^^^^^^^^^^^^^^^^^^^ ${LOADS}
    }`),
  },
  ignores: {},
  fixes: {
    "a guard in braces, and a row that is taken right behind it": serviceFile(`
    Customer load(Long id) {
        Customer found = customers.findById(id).orElseThrow(() -> new NoSuchElementException("customer " + id));
        return found;
    }`),
    "an exception that nobody has seen so far, and too long a line": serviceFile(`
    String emailOf(Long id) {
        return customers.findById(id)
                .orElseThrow(() -> new NoSuchElementException("there is no customer that has this number: " + id)).getEmail();
    }`),
  },
});
