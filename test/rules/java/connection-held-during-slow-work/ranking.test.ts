import assert from "node:assert/strict";
import { connectionHeldDuringSlowWork } from "../../../../src/rules/java/connection-held-during-slow-work.ts";
import { TestWorkspace } from "../../../harness/check.ts";
import { parseFixture } from "../../../harness/fixture.ts";
import { service } from "./orders.ts";

describe("java/connection-held-during-slow-work, ranked by what reaches it", () => {
  const severityOf = async (mapping: string): Promise<readonly string[]> => {
    const workspace = new TestWorkspace([connectionHeldDuringSlowWork]);
    const source = `${service(`
  public long count() { return orders.count(); }
  @Transactional public void refund(Long id) { payments.charge(orders.findById(id).orElseThrow()); }`)}
//- src/shop/Desk.java
package shop;
import org.springframework.web.bind.annotation.*;
@RestController class Desk {
  private OrderService orders;
  ${mapping}
}
`;
    await workspace.put(parseFixture(source).files);
    return workspace.findings().map(({ severity, certainty }) => `${severity} ${certainty}`);
  };

  it("is a warning for a request", async () => {
    assert.deepEqual(await severityOf('@PostMapping("/refunds") void refund(Long id) { orders.refund(id); }'), ["warning proven"]);
  });

  // alf.io: a provider's refund whose interface is commented out.
  it("is information where requests reach other methods of the class only", async () => {
    assert.deepEqual(await severityOf('@GetMapping("/orders") long count() { return orders.count(); }'), ["information likely"]);
  });

  it("stays a warning where nothing is known of the whole class", async () => {
    assert.deepEqual(await severityOf(""), ["warning proven"]);
  });
});
