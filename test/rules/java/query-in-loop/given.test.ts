import assert from "node:assert/strict";
import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { TestWorkspace } from "../../../harness/check.ts";
import { parseFixture } from "../../../harness/fixture.ts";

/** The severity of each finding, in order. */
async function severities(body: string, annotation = ""): Promise<readonly string[]> {
  const workspace = new TestWorkspace([queryInLoop]);
  await workspace.put(
    parseFixture(`
//- src/shop/Parcel.java
package shop;
import jakarta.persistence.*;
@Entity
public class Parcel { @Id private Long id; private String city; public Long getId() { return id; } }
//- src/shop/ParcelRepository.java
package shop;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
public interface ParcelRepository extends JpaRepository<Parcel, Long> { List<Parcel> findByCity(String city); long countByCity(String city); }
//- src/shop/Role.java
package shop;
import jakarta.persistence.*;
@Entity
public class Role { @Id private Long id; private String name; }
//- src/shop/RoleRepository.java
package shop;
import org.springframework.data.jpa.repository.JpaRepository;
public interface RoleRepository extends JpaRepository<Role, Long> { Role findByName(String name); }
//- src/shop/Trip.java
package shop;
import java.util.List;
public class Trip { private List<String> stops; public List<String> getStops() { return stops; } }
//- src/shop/StopProvider.java
package shop;
import java.util.List;
public interface StopProvider { List<String> getStops(); }
//- src/shop/Parcels.java
package shop;
import java.util.*;
import org.springframework.web.bind.annotation.*;
@RestController ${annotation}
class Parcels {
  private ParcelRepository parcels;
  private RoleRepository roles;
  private StopProvider provider;
${body}
}`).files,
  );
  return workspace.findings().map(({ severity }) => severity);
}

const list = (before: string, loop = "for (Parcel found : all) parcels.countByCity(found.toString());"): string =>
  `@GetMapping("/parcels") void list() { List<Parcel> all = parcels.findByCity("x"); ${before} ${loop} }`;

describe("java/query-in-loop, by how many elements there can be", () => {
  it("is a warning for the rows of a query, and information for what somebody has picked", async () => {
    const look = "(@RequestBody List<Long> ids) { for (Long id : ids) parcels.findById(id); }";
    assert.deepEqual(await severities(list("")), ["warning"]);
    assert.deepEqual(await severities(`@PostMapping("/parcels") void look${look}`), ["information"]);
  });

  it("is a warning for what is sent to an endpoint that is there for many", async () => {
    const look = "(@RequestBody List<Long> ids) { for (Long id : ids) parcels.findById(id); }";
    assert.deepEqual(await severities(`@PostMapping("/parcels/bulk") void look${look}`), ["warning"]);
    assert.deepEqual(await severities(`@PostMapping("/look") void look${look}`, '@RequestMapping("/batches")'), ["warning"]);
  });

  it("is a hint for roles and their kin, of which there are few", async () => {
    const names = "(@RequestBody List<String> roleNames) { for (String name : roleNames)";
    assert.deepEqual(await severities(`@PostMapping("/users") void add${names} roles.findByName(name); }`), ["hint"]);
    assert.deepEqual(await severities(`@PostMapping("/users") void add${names} parcels.countByCity(name); }`), ["information"]);
    // Each of many may refer to one of few.
    const users = "(@RequestBody List<String> users) { for (String user : users) roles.findByName(user); }";
    assert.deepEqual(await severities(`@PostMapping("/users") void add${users}`), ["information"]);
  });

  it("is a warning for what members make, whatever it is called", async () => {
    const plans = (owner: string): string => `
@GetMapping("/plans") void list() { for (Plan plan : plans.findAll()) parcels.countByCity(plan.toString()); }
private PlanRepository plans;
@jakarta.persistence.Entity static class Plan { @Id private Long id; ${owner} }
@jakarta.persistence.Entity static class Member { @Id private Long id; }
interface PlanRepository extends org.springframework.data.jpa.repository.JpaRepository<Plan, Long> {}`;
    assert.deepEqual(await severities(plans("@ManyToOne private Member member;")), ["warning"]);
    assert.deepEqual(await severities(plans("private String name;")), ["information"]);
  });

  it("is a hint for the few that an object holds, where the query is far away", async () => {
    const stops = (call: string, from = "trip"): string => `
@GetMapping("/trip") void show() { Trip trip = new Trip(); for (String stop : ${from}.getStops()) ${call}; }
void near(String stop) { parcels.countByCity(stop); }
void far(String stop) { near(stop); }`;
    assert.deepEqual(await severities(stops("near(stop)")), ["information"]);
    assert.deepEqual(await severities(stops("far(stop)")), ["hint"]);
    // What a bean gives nobody holds.
    assert.deepEqual(await severities(stops("far(stop)", "provider")), ["information"]);
    assert.deepEqual(await severities(`private Trip plan;${stops("far(stop)", "plan")}`), ["information"]);
  });

  it("is a hint for a number of rounds that is written down", async () => {
    const rounds = (n: number): string => `@GetMapping("/x") void x() { for (int i = 0; i < ${n}; i++) parcels.countByCity("" + i); }`;
    assert.deepEqual(await severities(rounds(4)), ["hint"]);
    assert.deepEqual(await severities(rounds(40)), ["information"]);
  });

  it("is a hint in imports of nobody knows how many", async () => {
    const body = (name: string): string => `@GetMapping("/x") void x() {}
  static class ${name} { private ParcelRepository parcels; void look(List<Long> ids) { for (Long id : ids) parcels.findById(id); } }`;
    assert.deepEqual(await severities(body("ParcelImporter")), ["hint"]);
    assert.deepEqual(await severities(body("ParcelReader")), ["information"]);
  });

  // alf.io lets a user be seen by those who own the one organization that he is in.
  it("is no warning where the code goes on with few elements alone", async () => {
    for (const guard of [
      "if (all.size() != 1) throw new IllegalStateException();",
      'if (all.size() > 5 || all.get(0) == null) { System.out.println("many"); return; }',
      "if (all.size() >= 3) return;",
    ])
      assert.deepEqual(await severities(list(guard)), ["information"], guard);
    const inside = "if (all.size() == 1) all.forEach(found -> parcels.countByCity(found.toString()));";
    assert.deepEqual(await severities(list("", inside)), ["information"]);
    assert.deepEqual(await severities(list("", inside.replace("== 1", "<= 3 && ready"))), ["information"]);
  });

  it("is a warning where what is asked bounds nothing", async () => {
    for (const guard of [
      "if (all.size() < 5) return;",
      "if (all.size() == 0) return;",
      "if (all.size() > 500) return;",
      "if (all.size() > 5) System.out.println(all);",
      "if (all.size() > 5 && ready) return;",
      "if (others.size() != 1) return;",
      'if (all.size() != 1) return; all.addAll(parcels.findByCity("y"));',
    ])
      assert.deepEqual(await severities(list(guard)), ["warning"], guard);
    const outside = "if (all.size() != 1) all.forEach(found -> parcels.countByCity(found.toString()));";
    assert.deepEqual(await severities(list("", outside)), ["warning"]);
  });

  // yudao-cloud tells each member of a group, on threads for that.
  it("is no warning where the queries are sent on threads for which nobody waits", async () => {
    const looked = (annotation: string) =>
      `${list("", "for (Parcel found : all) teller.tell(found);")} private Teller teller;
@Component static class Teller { private ParcelRepository parcels; ${annotation} void tell(Parcel found) { parcels.countByCity(found.toString()); } }`;
    assert.deepEqual(await severities(looked("")), ["warning"]);
    assert.deepEqual(await severities(looked("@Async")), ["information"]);
  });
});
