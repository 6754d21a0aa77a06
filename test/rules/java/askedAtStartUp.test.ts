import assert from "node:assert/strict";
import { lookupTwice } from "../../../src/rules/java/lookup-twice.ts";
import { loopInvariantQuery } from "../../../src/rules/java/loop-invariant-query.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { SHOP } from "./shop.ts";

/** Customers that are made ready by what a method is called from. */
const filling = (entrance: string): string => `${SHOP}
//- src/main/java/shop/Samples.java
package shop;
import java.util.List;
@RestController
class Samples {
  private final CustomerRepository customers;
  ${entrance} void fill() { office(7L); all(List.of("a", "b"), 7L); }
  private void office(Long id) { keep(id); }
  private Customer keep(Long id) { return customers.existsById(id) ? customers.findById(id).get() : null; }
  private void all(List<String> names, Long id) { for (String name : names) place(name, customers.countByCity("Kiel")); }
  private void place(String name, long customers) { total = total + customers; }
}
`;

async function severities(entrance: string): Promise<readonly string[]> {
  const checked = new TestWorkspace([lookupTwice, loopInvariantQuery]);
  await checked.put(parseFixture(filling(entrance)).files);
  return checked.findings().map(({ rule, severity }) => `${rule} ${severity}`);
}

describe("queries that are asked again when the application starts", () => {
  it("are hints, some calls away from where it does, and more where requests come", async () => {
    assert.deepEqual(await severities("@EventListener(ApplicationReadyEvent.class)"), [
      "java/lookup-twice hint",
      "java/loop-invariant-query hint",
    ]);
    assert.deepEqual(await severities('@PostMapping("/samples")'), ["java/lookup-twice information", "java/loop-invariant-query warning"]);
  });
});
