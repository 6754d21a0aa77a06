import assert from "node:assert/strict";
import { fallbackEager } from "../../../src/rules/java/fallback-eager.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";
import { service, serviceFile } from "./shop.ts";

const CONTROLLER = `
//- src/main/java/shop/CustomerController.java
package shop;
@RestController
class CustomerController {
  private final ShopService service;
  CustomerController(ShopService service) { this.service = service; }
  @GetMapping("/customers/{email}") Object get(@PathVariable String email) { return service.find(email); }
}
`;
const served = (code: string): string => service(code) + CONTROLLER;

rule(fallbackEager, {
  reports: {
    "a query in the place of a value": served(`
    Customer find(String email) {
        return customers.findByEmail(email).orElse(customers.findById(1L).get());
                                                 //^^^^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.findById is asked whether there is a value or not: orElse takes a result (GET /customers/{email})
    }`),
    "a method that asks": service(`
    Customer find(String email) {
        return customers.findByEmail(email).orElse(house());
                                                 //^^^^^^^ 💡 CustomerRepository.findById is asked whether there is a value or not: orElse takes a result
    }
    private Customer house() { return customers.findById(1L).orElseThrow(); }`),
    "a part of the fallback": service(`
    String find(String email) {
        return customers.findByEmail(email).map(Customer::getCity).orElse("near " + house().getCity());
                                                                                  //^^^^^^^ 💡 CustomerRepository.findById is asked whether there is a value or not: orElse takes a result
    }
    private Customer house() { return customers.findById(1L).orElseThrow(); }`),
    "a row that is written each time": served(`
    Customer find(String email) {
        return customers.findByEmail(email).orElse(customers.save(new Customer()));
                                                 //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.save writes whether there is a value or not: orElse takes a result (GET /customers/{email})
    }`),
    "a value for null": service(`
    long find(Long known, String city) {
        return Objects.requireNonNullElse(known, customers.countByCity(city));
                                               //^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 CustomerRepository.countByCity is asked whether there is a value or not: requireNonNullElse takes a result
    }`),
    "a map's": service(`
    Customer find(java.util.Map<Long, Customer> byId, Long id) {
        return byId.getOrDefault(id, customers.findById(id).orElseThrow());
                                   //^^^^^^^^^^^^^^^^^^^^^^ CustomerRepository.findById is asked whether there is a value or not: getOrDefault takes a result
    }`),
  },
  ignores: {
    "a way to get it": service(`
    Customer find(String email) { return customers.findByEmail(email).orElseGet(() -> customers.findById(1L).get()); }`),
    "what is at hand": service(`
    Customer find(String email, Customer other) { return customers.findByEmail(email).orElse(other); }`),
    "a question that comes first": service(`
    Customer find(String email) {
        Customer house = customers.findById(1L).get();
        return customers.findByEmail(email).orElse(house);
    }`),
    "a branch that may not be taken": service(`
    Customer find(String email, boolean any) {
        return customers.findByEmail(email).orElse(any ? customers.findById(1L).get() : null);
    }`),
    "what a cache answers": service(`
    Customer find(String email) { return customers.findByEmail(email).orElse(houses.house()); }
    private final Houses houses;
    @Component static class Houses {
        private final CustomerRepository customers;
        @Cacheable("house") public Customer house() { return customers.findById(1L).get(); }
    }`),
    "a method of the same name of something else": service(`
    static class Either { Customer orElse(Customer other) { return other; } }
    Customer find(Either either) { return either.orElse(customers.findById(1L).get()); }`),
    "the value itself": service(`
    long find(String city) { return Objects.requireNonNullElse(customers.countByCity(city), 0L); }`),
    "what the start does": service(`
    @PostConstruct void fill() { customers.findByEmail("house").orElse(customers.save(new Customer())); }`),
  },
  fixes: {
    "a method that asks": serviceFile(`
    Customer find(String email) {
        return customers.findByEmail(email).orElseGet(() -> house());
    }
    private Customer house() { return customers.findById(1L).orElseThrow(); }`),
    "a value for null": serviceFile(`
    long find(Long known, String city) {
        return Objects.requireNonNullElseGet(known, () -> customers.countByCity(city));
    }`),
  },
});

describe("java/fallback-eager, by what it costs and what can be done", () => {
  const told = async (code: string): Promise<readonly string[]> => {
    const checked = new TestWorkspace([fallbackEager]);
    await checked.put(parseFixture(code).files);
    const text = checked.texts.get("src/main/java/shop/ShopService.java") as string;
    const sources = { text: (file: string) => checked.texts.get(file) };
    return checked.findings().map(({ severity, span, fixes }) => {
      const edits = fixes[0]?.edits(sources);
      return `${severity} ${text.slice(span.start, span.end)}${edits === undefined ? "" : " has a fix"}`;
    });
  };
  const find = (body: string, throws = ""): string =>
    served(`
    Object find(String email) ${throws} { ${body} }
    private Customer house() { return customers.findById(1L).orElseThrow(); }
    private Customer open() throws java.io.IOException { return customers.findById(2L).orElseThrow(); }`);

  it("is loud about rows that are written, and about queries for each element", async () => {
    assert.deepEqual(await told(find("return customers.findByEmail(email).orElse(house());")), ["information house() has a fix"]);
    assert.deepEqual(await told(find("return customers.findByEmail(email).orElse(customers.save(new Customer()));")), [
      "warning customers.save(new Customer()) has a fix",
    ]);
    assert.deepEqual(
      await told(find("return orders.findAll().stream().map(o -> customers.findByEmail(o.toString()).orElse(house())).toList();")),
      ["warning house() has a fix"],
    );
    // Nobody is known to come.
    const unreached = find("return customers.findByEmail(email).orElse(customers.save(new Customer()));").replace(CONTROLLER, "");
    assert.deepEqual(await told(unreached), ["information customers.save(new Customer()) has a fix"]);
  });

  it("offers no function for what changes, or may throw", async () => {
    assert.deepEqual(
      await told(
        find("String city = email; city += 'x'; return customers.findByEmail(email).map(c -> 1L).orElse(customers.countByCity(city));"),
      ),
      ["information customers.countByCity(city)"],
    );
    assert.deepEqual(await told(find("return customers.findByEmail(email).orElse(open());", "throws java.io.IOException")), [
      "information open()",
    ]);
    assert.deepEqual(await told(find("return customers.findByEmail(email).orElse(house());", "throws java.io.IOException")), [
      "information house() has a fix",
    ]);
    assert.deepEqual(
      await told(find("try { return customers.findByEmail(email).orElse(open()); } catch (java.io.IOException gone) { return null; }")),
      ["information open()"],
    );
  });
});
