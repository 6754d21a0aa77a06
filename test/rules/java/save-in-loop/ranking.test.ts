import assert from "node:assert/strict";
import { saveInLoop } from "../../../../src/rules/java/save-in-loop.ts";
import { TestWorkspace } from "../../../harness/check.ts";
import { parseFixture } from "../../../harness/fixture.ts";
import { service } from "../shop.ts";

describe("java/save-in-loop, ranked by what reaches the loop", () => {
  const rankOf = async (mapping: string, loop: string): Promise<string> => {
    const workspace = new TestWorkspace([saveInLoop]);
    const source = `${service("")}
//- src/main/java/shop/Desk.java
package shop;
import java.util.*;
import org.springframework.web.bind.annotation.*;
@RestController class Desk {
  private OrderRepository orders;
  ${mapping} void run() { ${loop} }
}
`;
    await workspace.put(parseFixture(source).files);
    return workspace
      .findings()
      .map(({ severity, certainty }) => `${severity} ${certainty}`)
      .join();
  };
  const rows = "for (Order order : orders.findAll()) orders.save(order);";

  it("is a warning for the rows of a query at a request", async () => {
    assert.equal(await rankOf('@GetMapping("/orders")', rows), "warning proven");
  });

  it("is information for administrators, and where nothing is known to reach it", async () => {
    assert.equal(await rankOf('@GetMapping("/admin/orders")', rows), "information proven");
    assert.equal(await rankOf("", rows), "information likely");
  });

  // openvsx: the scanners that a registry keeps.
  it("is a hint for as many elements as somebody has written down", async () => {
    const mapping = `static final List<String> NOTES = List.of("a", "b");
  interface Printer { String note(); }
  static class Plain implements Printer { public String note() { return ""; } }
  private Map<String, Printer> printers;
  List<Printer> getPrinters() { return List.copyOf(printers.values()); }
  @GetMapping("/orders")`;
    for (const over of ["String note : NOTES", "Printer printer : getPrinters()"])
      assert.equal(await rankOf(mapping, `for (${over}) orders.save(new Order());`), "hint possible", over);
  });

  // digitalservicebund/ris-backend-service
  it("is a hint for what is written only where it is not there yet", async () => {
    const loop = "for (Order order : orders.findAll()) orders.findById(order.id).orElseGet(() -> orders.save(order));";
    assert.equal(await rankOf('@GetMapping("/orders")', loop), "hint possible");
  });

  it("stays loud for a field that holds data", async () => {
    const mapping = `static class Line { String note; }
  private List<Line> lines;
  @GetMapping("/orders")`;
    assert.equal(await rankOf(mapping, "for (Line line : lines) orders.save(new Order());"), "information likely");
  });

  it("is a hint for few elements that nothing is known to reach", async () => {
    assert.equal(await rankOf("", "for (Order order : new Order[] { null, null, null, null }) orders.save(order);"), "hint possible");
  });

  it("is a hint for a migration, which runs once", async () => {
    const workspace = new TestWorkspace([saveInLoop]);
    const source = `${service("")}
//- src/main/java/shop/V2_8_0__hashCodes.java
package shop;
import java.util.*;
public class V2_8_0__hashCodes implements SpringMigration {
  private OrderRepository orders;
  public void migrate() { ${rows} }
}
`;
    await workspace.put(parseFixture(source).files);
    assert.deepEqual(
      workspace.findings().map(({ severity }) => severity),
      ["hint"],
    );
  });
});
