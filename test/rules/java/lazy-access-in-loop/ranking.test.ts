import assert from "node:assert/strict";
import { lazyAccessInLoop } from "../../../../src/rules/java/lazy-access-in-loop.ts";
import { TestWorkspace } from "../../../harness/check.ts";
import { parseFixture } from "../../../harness/fixture.ts";
import { depot } from "./shipmentDepot.ts";

describe("java/lazy-access-in-loop", () => {
  it("is information on a page of administrators", async () => {
    const severityAt = async (path: string): Promise<string> => {
      const workspace = new TestWorkspace([lazyAccessInLoop]);
      const source = depot(`
  @org.springframework.web.bind.annotation.GetMapping("${path}")
  int count() { int all = 0; for (Shipment s : shipments.findByDay("x")) all += s.getParcels().size(); return all; }`).replace(
        "class Depot {",
        "@org.springframework.web.bind.annotation.RestController class Depot {",
      );
      await workspace.put(parseFixture(`${source}\n`).files);
      return workspace
        .findings()
        .map(({ severity, certainty }) => `${severity} ${certainty}`)
        .join();
    };
    assert.equal(await severityAt("/parcels"), "warning proven");
    assert.equal(await severityAt("/admin/parcels"), "information proven");
    assert.equal(await severityAt("/depot/superAdmin/parcels"), "information proven");
  });

  it("is a hint where the rows refer to kinds, of which there are few", async () => {
    const workspace = new TestWorkspace([lazyAccessInLoop]);
    const source = depot("\n  void print(String day) { for (Shipment s : shipments.findByDay(day)) print(s.kind.name); }", {
      entity: "@ManyToOne(fetch = FetchType.LAZY) ParcelType kind;",
      more: "//- src/ParcelType.java\nimport jakarta.persistence.*;\n@Entity class ParcelType { @Id Long id; String name; }",
    });
    await workspace.put(parseFixture(`${source}\n`).files);
    assert.deepEqual(
      workspace.findings().map(({ severity, message, cost }) => `${severity}: ${message}: ${cost}`),
      ["hint: Shipment.kind is loaded per element of ShipmentRepository.findByDay: 1 query for each ParcelType that the elements refer to"],
    );
  });
});
