import assert from "node:assert/strict";
import { unboundedFindAll } from "../../../../src/rules/java/unbounded-find-all.ts";
import { TestWorkspace } from "../../../harness/check.ts";
import { parseFixture } from "../../../harness/fixture.ts";
import { controller, DOMAIN } from "./tickets.ts";

describe("java/unbounded-find-all", () => {
  const weightOf = async (path: string, columns = "active boolean NOT NULL"): Promise<string> => {
    const workspace = new TestWorkspace([unboundedFindAll]);
    const table = `\n//- db/migration/V1__init.sql\nCREATE TABLE tickets (id uuid PRIMARY KEY, ${columns});`;
    const source = `${DOMAIN}${table}${controller("return tickets.findAll();").replace('"/tickets"', `"${path}"`).replace("service;", "service; @Autowired TicketRepository tickets;")}`;
    await workspace.put(parseFixture(`${source}\n`).files);
    return workspace
      .findings()
      .map(({ severity, certainty }) => `${severity} ${certainty}`)
      .join();
  };

  it("is a warning at a request, and a hint at one of administrators", async () => {
    assert.equal(await weightOf("/tickets"), "warning likely");
    for (const path of ["/admin/tickets", "/exportData", "/tickets/export-csv", "/mock-server/tickets"])
      assert.equal(await weightOf(path), "hint possible", path);
    assert.equal(await weightOf("/important"), "warning likely");
  });

  // hamza-damra/Sales-Managment-System-Backend-SpringBoot lists what there is in the message of what there is not.
  it("is information where nothing but a mistake comes to it", async () => {
    const weightWith = async (body: string): Promise<string> => {
      const workspace = new TestWorkspace([unboundedFindAll]);
      const table = "\n//- db/migration/V1__init.sql\nCREATE TABLE tickets (id uuid PRIMARY KEY, active boolean NOT NULL);";
      const source = `${DOMAIN}${table}${controller(body).replace("service;", "service; @Autowired TicketRepository tickets;")}`;
      await workspace.put(parseFixture(`${source}\n`).files);
      return workspace
        .findings()
        .map(({ severity, cost }) => `${severity}: ${cost}`)
        .join();
    };
    const rare = "information: every row of tickets becomes an object, at each mistake";
    const one = "tickets.findById(key)";
    assert.equal(await weightWith(`return ${one}.orElseThrow(() -> new Missing(tickets.findAll().toString()));`), rare);
    assert.equal(
      await weightWith(`if (${one}.isEmpty()) { var all = tickets.findAll(); throw new Missing(all.toString()); } return null;`),
      rare,
    );
    const usual = "warning: every row of tickets becomes an object, at each request";
    assert.equal(await weightWith(`return ${one}.orElseGet(() -> tickets.findAll().get(0));`), usual);
    assert.equal(await weightWith(`if (${one}.isEmpty()) { throw new Missing(); } return tickets.findAll();`), usual);
  });

  // bh1848/suchat-backend lists its members, of a MySQL whose tables Hibernate makes.
  it("is a warning without any migration, where users are known to add rows or they are read by pages", async () => {
    const weightWithout = async (columns: string, adds: string, declares = ""): Promise<string> => {
      const workspace = new TestWorkspace([unboundedFindAll]);
      await workspace.put(
        parseFixture(`
//- src/shop/Guest.java
package shop;
import jakarta.persistence.*;
@Entity class Guest { @Id @GeneratedValue Long id; ${columns} }
//- src/shop/GuestRepository.java
package shop;
interface GuestRepository extends JpaRepository<Guest, Long> { ${declares} }
//- src/shop/GuestController.java
package shop;
@RestController
class GuestController {
  @Autowired GuestRepository guests;
  @GetMapping("/guests") Object all() { return guests.findAll(); }
  ${adds}
}
`).files,
      );
      return workspace
        .findings()
        .map(({ severity, certainty }) => `${severity} ${certainty}`)
        .join();
    };
    const anybody = '@PostMapping("/guests") void add(@RequestBody Guest guest) { guests.save(guest); }';
    assert.equal(await weightWithout("String name; LocalDate born;", anybody), "warning likely");
    assert.equal(await weightWithout("String name; LocalDate born;", ""), "information likely");
    const administrators = anybody.replace("/guests", "/admin/guests");
    assert.equal(await weightWithout("String name; LocalDate born;", administrators), "information likely");
    // Wahllokalsystem's days of election come from another system, when somebody looks at them.
    const anew = '@GetMapping("/guests/new") void refresh() { guests.saveAll(desk.arrivals()); }';
    assert.equal(await weightWithout("String name; LocalDate born;", anew), "information likely");
    assert.equal(await weightWithout("String name; boolean active;", anybody), "information likely");
    assert.equal(await weightWithout("String name; @ManyToOne Guest host;", anybody), "warning likely");
    // Whoever asks for them page by page elsewhere takes them for many.
    const pages = "Page<Guest> findByBornAfter(LocalDate born, Pageable pageable);";
    assert.equal(await weightWithout("String name; LocalDate born;", "", pages), "warning likely");
    assert.equal(await weightWithout("String name; boolean active;", "", pages), "information likely");
    assert.equal(
      await weightWithout("String name; LocalDate born;", "", "List<Guest> findByBornAfter(LocalDate born);"),
      "information likely",
    );
  });

  // bekalpaslan/chain goes through all tickets there have ever been, every quarter of an hour.
  it("is a warning at a job where users add rows, and information where the job itself does", async () => {
    const weightAt = async (adds: string): Promise<string> => {
      const workspace = new TestWorkspace([unboundedFindAll]);
      const job = `
//- src/shop/GuestJob.java
package shop;
@Component
class GuestJob {
  @Autowired GuestRepository guests;
  @Scheduled(cron = "0 0 3 * * *") void clean() { for (Guest guest : guests.findAll()) guests.delete(guest); }
  ${adds}
}
//- src/shop/Guest.java
package shop;
import jakarta.persistence.*;
@Entity class Guest { @Id @GeneratedValue Long id; String name; LocalDate born; }
//- src/shop/GuestRepository.java
package shop;
interface GuestRepository extends JpaRepository<Guest, Long> {}
//- src/shop/GuestController.java
package shop;
@RestController
class GuestController {
  @Autowired GuestJob job;
  @PostMapping("/guests") void add(@RequestBody Guest guest) { job.add(guest); }
}
`;
      await workspace.put(parseFixture(job).files);
      return workspace
        .findings()
        .map(({ severity, certainty }) => `${severity} ${certainty}`)
        .join();
    };
    assert.equal(await weightAt("void add(Guest guest) { guests.save(guest); }"), "warning likely");
    assert.equal(await weightAt("@Scheduled(fixedDelay = 1000) void fill() { guests.saveAll(desk.arrivals()); }"), "information likely");
  });

  // ch-clinic-admin lists its symptoms, specializations and degrees.
  it("is an information where the table is a list of words to choose from", async () => {
    const words = "name text NOT NULL, icon text, is_active boolean, created_by text, created_time timestamp, sort_order int";
    assert.equal(await weightOf("/tickets", words), "information likely");
    assert.equal(await weightOf("/tickets", `${words}, price numeric`), "warning likely");
    assert.equal(await weightOf("/tickets", "first_name text, last_name text"), "warning likely");
    assert.equal(await weightOf("/tickets", "name text, owner text REFERENCES owners"), "warning likely");
  });
});
