import { saveInLoop } from "../../../../src/rules/java/save-in-loop.ts";
import { rule } from "../../../harness/rule.ts";
import { service, serviceFile } from "../shop.ts";

const FOUND = "OrderRepository.save opens and commits a transaction for every element of all";

/** A loop that saves what it makes, with further statements behind the save and in front of it. */
const loop = (behind: string, front = ""): string =>
  service(`
    private org.springframework.mail.javamail.JavaMailSender mail;
    private org.example.Bell bell;
    void order(List<Customer> all) {
        for (Customer customer : all) {
            ${front}
            Order order = new Order();
            order.setCustomer(customer);
            orders.save(order);
          //^^^^^^^^^^^^^^^^^^ ${FOUND}
            ${behind}
        }
    }`);

rule(saveInLoop, {
  reports: {
    "a mail behind it": loop(`mail.send(message(customer));`),
    "a mail in front of it": loop("", `mail.send(message(customer));`),
    "what a library tells others": loop(`bell.notifyAbout(customer);`),
    "the key that the save has given": loop(`print(order.getId());`),
    "a row that refers to it": loop(`customers.save(new Customer());`),
    "a loop that is left with what was saved": loop(`if (customer.isActive()) return;`),
    "a loop that fails in its middle": loop("", `if (customer.isActive()) throw new IllegalStateException();`),
    "a mail behind a method": `${loop(`tell(customer);`).replace(
      /\}\s*$/,
      `    private void tell(Customer customer) { mail.send(message(customer)); }
}
`,
    )}`,
    // ita-social-projects/GreenCityUBS: what the same list has twice is found by the second round.
    "a question to the repository behind a method": `${loop("", `checkHasNone(customer);`).replace(
      /\}\s*$/,
      `    private void checkHasNone(Customer customer) {
        if (!orders.findByCustomer(customer).isEmpty()) System.out.println(customer.getEmail());
    }
}
`,
    )}`,
    "a question to another repository behind a method": `${loop("", `checkHasNone(customer);`)
      .replace(FOUND, `💡 ${FOUND}`)
      .replace(
        /\}\s*$/,
        `    private void checkHasNone(Customer customer) {
        if (customers.countByCity(customer.getCity()) > 9) System.out.println(customer.getEmail());
    }
}
`,
      )}`,
    "the element, which is not what was saved": loop(`print(customer.getEmail());`).replace(FOUND, `💡 ${FOUND}`),
    "a loop that goes on": loop("", `if (customer.isActive()) continue;`).replace(FOUND, `💡 ${FOUND}`),
    "what the loop goes over comes from the repository itself": service(`
    void forget() {
        orders.findAll().forEach(order -> {
            order.setNote("");
            orders.save(order);
          //^^^^^^^^^^^^^^^^^^ 💡 OrderRepository.save opens and commits a transaction for every element of orders.findAll()
        });
    }`),
    "a loop over what the repository has": service(`
    void forget() {
        for (Order order : orders.findAll()) {
            order.setNote("");
            orders.save(order);
          //^^^^^^^^^^^^^^^^^^ 💡 OrderRepository.save opens and commits a transaction for every element of orders.findAll()
        }
    }`),
    // ita-social-projects/GreenCityUBS: points of an order's certificates
    "a loop that changes each element of a collection and saves it": service(`
    void forget(Set<Order> all) {
        for (Order order : all) {
            order.setNote("");
            orders.save(order);
          //^^^^^^^^^^^^^^^^^^ 💡 OrderRepository.save opens and commits a transaction for every element of all
        }
    }`),
    "each element of a list, in a lambda": service(`
    void forget(List<Order> all) {
        all.forEach(order -> {
            order.setNote("");
            orders.save(order);
          //^^^^^^^^^^^^^^^^^^ 💡 OrderRepository.save opens and commits a transaction for every element of all
        });
    }`),
    "some elements only": service(`
    void forget(List<Order> all) {
        for (Order order : all) {
            if (order.getNote() == null) continue;
            order.setNote("");
            orders.save(order);
          //^^^^^^^^^^^^^^^^^^ 💡 OrderRepository.save opens and commits a transaction for every element of all
        }
    }`),
    "elements of an array": service(`
    void forget(Order[] all) {
        for (Order order : all) {
            order.setNote("");
            orders.save(order);
          //^^^^^^^^^^^^^^^^^^ 💡 OrderRepository.save opens and commits a transaction for every element of all
        }
    }`),
  },
  ignores: {
    "what is saved behind the loop": service(`
    void order(List<Customer> all) {
        List<Order> made = new ArrayList<>();
        for (Customer customer : all) made.add(new Order());
        orders.saveAll(made);
    }`),
  },
  fixes: {
    "what the loop goes over comes from the repository itself": serviceFile(`
    void forget() {
        List<Order> ordersToSave = new ArrayList<>();
        orders.findAll().forEach(order -> {
            order.setNote("");
            ordersToSave.add(order);
        });
        orders.saveAll(ordersToSave);
    }`),
    "a loop over what the repository has": serviceFile(`
    void forget() {
        List<Order> ordersToSave = new ArrayList<>();
        for (Order order : orders.findAll()) {
            order.setNote("");
            ordersToSave.add(order);
        }
        orders.saveAll(ordersToSave);
    }`),
    "a loop that changes each element of a collection and saves it": serviceFile(`
    void forget(Set<Order> all) {
        for (Order order : all) {
            order.setNote("");
        }
        orders.saveAll(all);
    }`),
    "each element of a list, in a lambda": serviceFile(`
    void forget(List<Order> all) {
        all.forEach(order -> {
            order.setNote("");
        });
        orders.saveAll(all);
    }`),
    "some elements only": serviceFile(`
    void forget(List<Order> all) {
        List<Order> ordersToSave = new ArrayList<>();
        for (Order order : all) {
            if (order.getNote() == null) continue;
            order.setNote("");
            ordersToSave.add(order);
        }
        orders.saveAll(ordersToSave);
    }`),
    "elements of an array": serviceFile(`
    void forget(Order[] all) {
        List<Order> ordersToSave = new ArrayList<>();
        for (Order order : all) {
            order.setNote("");
            ordersToSave.add(order);
        }
        orders.saveAll(ordersToSave);
    }`),
  },
});
