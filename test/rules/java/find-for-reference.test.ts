import { findForReference } from "../../../src/rules/java/find-for-reference.ts";
import { rule } from "../../harness/rule.ts";
import { service, serviceFile } from "./shop.ts";

rule(findForReference, {
  reports: {
    "an object that is only set": service(`
    void order(Order order, Long id) {
        order.setCustomer(customers.findById(id).orElseThrow());
                        //^^^^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.findById loads Customer only to set Order.customer
    }`),
    "through a local variable": service(`
    void order(Order order, Long id) {
        Customer customer = customers.findById(id).get();
                          //^^^^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.findById loads Customer only to set Order.customer
        order.setCustomer(customer);
    }`),
    "an object that a function has made": service(`
    private final java.util.function.Function<String, Order> draft = note -> new Order();
    void order(String note, Long id) {
        var order = draft.apply(note);
        order.setCustomer(customers.findById(id).orElseThrow());
                        //^^^^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.findById loads Customer only to set Order.customer
    }`),
  },
  ignores: {
    "an answer for the caller where it is missing": service(`
    void order(Order order, Long id) {
        order.setCustomer(customers.findById(id).orElseThrow(() -> new NoSuchElementException("no customer " + id)));
    }`),
    "an object that is looked at": service(`
    void order(Order order, Long id) {
        Customer customer = customers.findById(id).get();
        order.setCustomer(customer);
        order.setNote(customer.getEmail());
    }`),
    // ch-clinic-admin hands on what it has put into the objects before.
    "an association that is looked into later, in a list of what was made": service(`
    void order(List<Order> wanted, Long id) {
        for (Order order : wanted) order.setCustomer(customers.findById(id).get());
        for (Order order : wanted) notify(order.getCustomer().getEmail());
    }`),
    "a row that is locked": service(`
    void order(Order order, Long id) {
        order.setCustomer(customers.findById(id).orElseThrow());
    }`).replace("long countByCity", "@Lock(LockModeType.PESSIMISTIC_WRITE) Optional<Customer> findById(Long id);\n    long countByCity"),
    "a reference": service(`void order(Order order, Long id) { order.setCustomer(customers.getReferenceById(id)); }`),
    "a value of another object": service(`
    static class Draft { Customer customer; void setCustomer(Customer customer) { this.customer = customer; } }
    void order(Draft draft, Long id) { draft.setCustomer(customers.findById(id).get()); }`),
  },
  fixes: {
    "an object that is only set": serviceFile(`
    void order(Order order, Long id) {
        order.setCustomer(customers.getReferenceById(id));
    }`),
  },
});
