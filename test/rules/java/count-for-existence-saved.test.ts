import { countForExistence } from "../../../src/rules/java/count-for-existence.ts";
import { rule } from "../../harness/rule.ts";
import { service } from "./shop.ts";

rule(countForExistence, {
  reports: {
    "a row that is saved where there is none": service(`
    void add(Long id, Customer fresh) {
        if (customers.findById(id).isPresent()) { throw new IllegalStateException(); }
          //^^^^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.findById loads an object only to learn whether it exists
        customers.save(fresh);
    }
    void added(Long id, Customer fresh) {
        if (customers.findById(id).isEmpty()) customers.save(fresh);
          //^^^^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.findById loads an object only to learn whether it exists
    }`),
  },
  ignores: {
    // bcgov/EDUC-STUDENT-PROFILE-API: what is saved is merged into the row that the session has.
    "a row that is saved where it exists": service(`
    void rename(Long id, Customer changed) {
        if (customers.findById(id).isPresent()) customers.save(changed);
        else throw new IllegalStateException();
    }
    void renamed(Long id, Customer changed) {
        if (customers.findById(id).isEmpty()) { throw new IllegalStateException(); }
        customers.save(changed);
    }`),
  },
});
