import assert from "node:assert/strict";
import { queryInLoop } from "../../../src/rules/java/query-in-loop.ts";
import { saveInLoop } from "../../../src/rules/java/save-in-loop.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";

/** An office that knows a repository of another artifact, and its own parcels. */
const office = (
  method: string,
  imported = "org.harbour.core.CarrierRepository",
  field = "private final CarrierRepository carriers",
): string => `
//- src/main/java/org/harbour/office/Parcel.java
package org.harbour.office;
@Entity public class Parcel { @Id private Long id; private Long carrierId; public Long getCarrierId() { return carrierId; } }
//- src/main/java/org/harbour/office/ParcelRepository.java
package org.harbour.office;
public interface ParcelRepository extends JpaRepository<Parcel, Long> {}
//- src/main/java/org/harbour/office/Office.java
package org.harbour.office;
import ${imported};
import java.util.List;
@RestController
class Office {
  private ParcelRepository parcels;
  ${field};
${method}
}
`;

const LOOP = `  @GetMapping("/parcels") void all() {
    for (Parcel parcel : parcels.findAll()) print(carriers.findByRoute(parcel.getCarrierId()));
  }`;

rule(queryInLoop, {
  reports: {
    "a repository of another artifact of the same organisation, by its name and its method's": office(`
  @GetMapping("/parcels") void all() {
    for (Parcel parcel : parcels.findAll()) print(carriers.findByRoute(parcel.getCarrierId()));
                                                //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CarrierRepository.findByRoute, whose source is not here, probably queries once per element of parcels.findAll()
  }`),
    "the same through a method": office(`
  @GetMapping("/parcels") List<String> all() {
    return parcels.findAll().stream().map(this::label).toList();
                                        //^^^^^^^^^^^ label runs CarrierRepository.existsByRoute, whose source is not here, once per element of parcels.findAll()
  }
  private String label(Parcel parcel) { return carriers.existsByRoute(parcel.getCarrierId()) ? "yes" : "no"; }`),
  },
  ignores: {
    "a repository of another organisation": office(LOOP, "com.elsewhere.core.CarrierRepository"),
    "under a name that many organisations share": office(LOOP, "org.apache.core.CarrierRepository").replaceAll(
      "org.harbour.office",
      "org.apache.office",
    ),
    "a store that says that it is none of a database": office(
      LOOP.replace("carriers", "caches"),
      "org.harbour.core.InMemoryCarrierRepository",
      "private final InMemoryCarrierRepository caches",
    ),
    "a method that Spring Data has not": office(LOOP.replace("findByRoute", "resolve")),
    "what the class has made itself": office(LOOP, undefined, "private final CarrierRepository carriers = new CarrierRepository()"),
    "a type of that name in another package of the workspace": `${office(LOOP)}
//- src/main/java/org/harbour/memory/CarrierRepository.java
package org.harbour.memory;
public class CarrierRepository { public String findByRoute(Long id) { return ""; } }
`,
  },
});

rule(saveInLoop, {
  reports: {
    "what a repository of another artifact saves one by one": office(`
  @GetMapping("/parcels") void all() {
    for (Parcel parcel : parcels.findAll()) carriers.save(new Carrier(parcel));
                                          //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CarrierRepository.save, whose source is not here, probably commits once per element of parcels.findAll()
  }`),
  },
  ignores: {
    "in one transaction, as with a repository that is here": office(`
  @Transactional @GetMapping("/parcels") void all() {
    for (Parcel parcel : parcels.findAll()) carriers.save(new Carrier(parcel));
  }`),
  },
});

describe("loops of repositories whose source is not here, ranked", () => {
  it("is information where a request goes over rows, and never surer than possible", async () => {
    const workspace = new TestWorkspace([queryInLoop, saveInLoop]);
    const both = office(`
  @GetMapping("/parcels") void all() {
    for (Parcel parcel : parcels.findAll()) carriers.save(carriers.findByRoute(parcel.getCarrierId()));
  }`);
    await workspace.put(parseFixture(both).files);
    assert.deepEqual(
      workspace.findings().map(({ rule, severity, certainty }) => `${rule} ${severity} ${certainty}`),
      ["java/save-in-loop information possible", "java/query-in-loop information possible"],
    );
  });
});
