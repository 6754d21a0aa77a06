import assert from "node:assert/strict";
import { bean, controller, ranks } from "./parcels.ts";

const cases: Readonly<Record<string, readonly [source: string, ...ranks: readonly string[]]>> = {
  "the rows of a query, at a request": [
    controller(`@GetMapping("/parcels") void list() { for (Parcel p : parcels.findAll()) items.countByParcelId(p.getId()); }`),
    "warning proven",
  ],
  "through another bean": [
    controller(`@GetMapping("/parcels") void list() { parcels.findByCity("x").forEach(p -> counter.of(p)); }`),
    "warning proven",
  ],
  "the rows of a page": [
    controller(`@GetMapping("/parcels") Object list(Pageable page) { return parcels.findByCity("x", page).map(p -> counter.of(p)); }`),
    "warning proven",
  ],
  // kunfengcs/hm-dianping asks for the writer of each post of a page.
  "the rows of a page of MyBatis-Plus": [
    controller(
      `private ShelfService shelves;
  @GetMapping("/shelves") void list(long number) {
    com.baomidou.mybatisplus.extension.plugins.pagination.Page<Shelf> page = shelves.query().orderByDesc("city").page(new Page<>(number, 10));
    List<Shelf> found = page.getRecords();
    found.forEach(one -> items.countByParcelId(one.getId()));
    for (String sheet : page.getSheets()) parcels.findByCity(sheet);
  }`,
      `//- src/shop/Shelf.java
package shop;
class Shelf { private Long id; Long getId() { return id; } }
//- src/shop/ShelfService.java
package shop;
interface ShelfService extends com.baomidou.mybatisplus.extension.service.IService<Shelf> {}`,
    ),
    "warning proven",
    "information likely",
  ],
  "what a request brings": [
    controller(`@PostMapping("/parcels") void look(@RequestBody List<Long> ids) { for (Long id : ids) parcels.findById(id); }`),
    "information proven",
  ],
  "rows that are read again, to have them as they are by now": [
    controller(
      `jakarta.persistence.EntityManager em;
  @PostMapping("/parcels") void list() { for (Parcel p : parcels.findAll()) em.refresh(p); }`,
    ),
    "information proven",
  ],
  // Netflix/genie looks for few identifiers among the tags of an address.
  "what an address brings": [
    controller(`@GetMapping("/parcels") void look(@RequestParam List<Long> ids) { for (Long id : ids) parcels.findById(id); }`),
    "information likely",
  ],
  "what a request brings in an object": [
    controller(
      `@PostMapping("/parcels") void look(@RequestBody Wish wish) { for (Long id : wish.getIds()) parcels.findById(id); }`,
      `//- src/shop/Wish.java
package shop;
import java.util.List;
class Wish { private List<Long> ids; List<Long> getIds() { return ids; } }`,
    ),
    "information proven",
  ],
  "a parameter, given by the caller who has read it": [
    controller(`
  @GetMapping("/parcels") void list() { List<Parcel> found = parcels.findByCity("x"); count(found); }
  private void count(List<Parcel> all) { for (Parcel p : all) counter.of(p); }`),
    "warning proven",
  ],
  "rows that were put into a list first": [
    controller(`
  @GetMapping("/parcels") void list() {
    List<Long> ids = new ArrayList<>();
    for (Parcel p : parcels.findByCity("x")) ids.add(p.getId());
    for (Long id : ids) items.countByParcelId(id);
  }`),
    "warning proven",
  ],
  "a method that returns what it has read": [
    controller(`
  @GetMapping("/parcels") void list() { for (Parcel p : open()) counter.of(p); }
  private List<Parcel> open() { return parcels.findByCity("x").stream().filter(p -> p.getId() > 1).toList(); }`),
    "warning proven",
  ],
  "a listener, and a clock that strikes every few seconds": [
    bean(
      "class Parcels {",
      `
  @EventListener void on(String city) { for (Parcel p : parcels.findByCity(city)) counter.of(p); }
  @Scheduled(fixedDelay = 5 * SECOND) void poll() { for (Parcel p : parcels.findByCity("x")) counter.of(p); }
  @Scheduled(cron = "0 */5 * * * *") void often() { for (Parcel p : parcels.findByCity("x")) counter.of(p); }`,
    ),
    "warning proven",
    "warning proven",
    "warning proven",
  ],
  "a clock that strikes at night, and the start of the application": [
    bean(
      "class Parcels {",
      `
  @Scheduled(cron = "0 0 3 * * *") void nightly() { for (Parcel p : parcels.findByCity("x")) counter.of(p); }
  @Scheduled(fixedRate = 3600 * SECOND) void hourly() { for (Parcel p : parcels.findByCity("x")) counter.of(p); }
  @EventListener void ready(ApplicationReadyEvent event) { for (Parcel p : parcels.findByCity("x")) counter.of(p); }`,
    ),
    "information proven",
    "information proven",
    "hint possible",
  ],
  "pages of administrators, by path and by role": [
    controller(
      `
  @GetMapping("/parcels") void list() { for (Parcel p : parcels.findAll()) counter.of(p); }`,
      `//- src/shop/Roles.java
package shop;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.*;
@RestController class Roles {
  private ParcelRepository parcels;
  private Counter counter;
  @PreAuthorize("hasRole('ADMIN')") @GetMapping("/all") void all() { for (Parcel p : parcels.findAll()) counter.of(p); }
  @PreAuthorize("hasAnyRole('ADMIN', 'CLERK')") @GetMapping("/some") void some() { for (Parcel p : parcels.findAll()) counter.of(p); }
}`,
      "/admin",
    ),
    "information proven",
    "information proven",
    "warning proven",
  ],
  "a public request, though an administrator's comes nearer": [
    controller(
      `
  private Office office;
  @GetMapping("/parcels") void list() { step(); }
  private void step() { office.list(); }`,
      `//- src/shop/Office.java
package shop;
class Office {
  private ParcelRepository parcels;
  private Counter counter;
  void list() { for (Parcel p : parcels.findAll()) counter.of(p); }
}
//- src/shop/AdminOffice.java
package shop;
import org.springframework.web.bind.annotation.*;
@RestController class AdminOffice {
  private Office office;
  @GetMapping("/admin/list") void list() { office.list(); }
}`,
    ),
    "warning proven",
  ],
  "an import": [
    bean(
      "@RestController class ParcelImporter {",
      `@PostMapping("/parcels") void load(@RequestBody List<Long> ids) { for (Long id : ids) parcels.findById(id); }`,
    ),
    "information proven",
  ],
  "a collection that a parent holds": [
    controller(
      `@GetMapping("/parcel") void one() { for (Item item : parcels.findFirstByCity("x").get().getItems()) items.findById(item.getId()); }`,
    ),
    "information likely",
  ],
  "a collection that a parent holds, where nothing is known to reach it": [
    bean("class Parcels {", "void one(Parcel parcel) { for (Item item : parcel.getItems()) items.findById(item.getId()); }"),
    "hint possible",
  ],
  "one by one where all at once has failed": [
    controller(`
  @GetMapping("/parcels") void list() {
    List<Parcel> all = parcels.findByCity("x");
    try { counter.all(all); } catch (IllegalStateException tooMany) { for (Parcel p : all) items.countByParcelId(p.getId()); }
  }`),
    "hint possible",
  ],
  "elements of unknown number": [
    controller(`
  private List<Long> ids;
  @GetMapping("/parcel") void one() { for (Long id : ids) items.findById(id); }`),
    "information likely",
  ],
  "what nothing is known to reach": [
    bean("class Parcels {", "void all() { for (Parcel p : parcels.findAll()) counter.of(p); }"),
    "information proven",
  ],
  // thingsboard's messages of its edges: no known caller, an unknown number, and a class of which several might run.
  "nothing that is known for sure": [
    bean(
      "class Parcels {",
      "private Weigher weigher; void all(List<Parcel> some) { for (Parcel p : some) weigher.weigh(p); }",
      `//- src/shop/Weigher.java
package shop;
interface Weigher { long weigh(Parcel parcel); }
class ByCount implements Weigher { private ItemRepository items; public long weigh(Parcel p) { return items.countByParcelId(p.getId()); } }
class ByTable implements Weigher { public long weigh(Parcel p) { return 1; } }`,
    ),
  ],
  // alf.io's reservations and generated codes, thingsboard's deletions: each element is changed, the read belongs to the change.
  "a call that changes each element": [
    controller(`
  @PostMapping("/parcels") void pack(@RequestBody List<Long> ids) { for (Long id : ids) pack(id); }
  private void pack(Long id) { parcels.save(parcels.findById(id).get()); }`),
    "information proven",
  ],
  // box/mojito's deletion of one text unit goes through the deletion of several.
  "a list of one, given by the only caller": [
    controller(`
  @PostMapping("/parcels") void look(@RequestBody String city) { look(Arrays.asList(city)); }
  private void look(List<String> cities) { for (String city : cities) parcels.findByCity(city); }`),
    "hint possible",
  ],
  // alf.io's order summary: the categories of all tickets are one or two.
  "the different values of many rows": [
    controller(`
  @GetMapping("/parcels") void list() {
    parcels.findByCity("x").stream().map(Parcel::getId).distinct().forEach(id -> items.countByParcelId(id));
    parcels.findAll().stream().map(Parcel::getId).collect(Collectors.toSet()).stream().forEach(id -> items.countByParcelId(id));
    for (List<Parcel> group : parcels.findAll().stream().collect(Collectors.groupingBy(Parcel::getId)).values()) items.countByParcelId(group.get(0).getId());
  }`),
    "information likely",
    "information likely",
    "information likely",
  ],
  "as few as the caller asks for": [
    controller(
      `
  private Pending pending;
  @GetMapping("/some") void some() { for (Long id : pending.ids(10)) items.countByParcelId(id); }
  @GetMapping("/all") void all() { for (Long id : pending.ids(1000)) items.countByParcelId(id); }`,
      `//- src/shop/Pending.java
package shop;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
class Pending {
  private JdbcTemplate jdbc;
  List<Long> ids(int most) { return jdbc.queryForList("select id from parcel where weight > 0 order by id limit ?", Long.class, most); }
}`,
    ),
    "information likely",
    "warning proven",
  ],
  "listeners that have been registered": [
    controller(
      `
  private final List<ParcelListener> told = new ArrayList<>();
  private final List<Parcel> kept = new ArrayList<>();
  @GetMapping("/told") void told() { for (ParcelListener one : told) items.countByParcelId(one.of()); }
  @GetMapping("/kept") void kept() { for (Parcel one : kept) items.countByParcelId(one.getId()); }`,
      `//- src/shop/ParcelListener.java
package shop;
interface ParcelListener { Long of(); }`,
    ),
    "hint possible",
    "information likely",
  ],
  "several classes that might run": [
    controller(
      `
  private Weigher weigher;
  @GetMapping("/parcels") void list() { for (Parcel p : parcels.findAll()) weigher.weigh(p); }`,
      `//- src/shop/Weigher.java
package shop;
interface Weigher { long weigh(Parcel parcel); }
class ByCount implements Weigher { private ItemRepository items; public long weigh(Parcel p) { return items.countByParcelId(p.getId()); } }
class ByTable implements Weigher { public long weigh(Parcel p) { return 1; } }`,
    ),
    "information likely",
  ],
};

describe("java/query-in-loop, ranked by what reaches the loop", () => {
  for (const [name, [source, ...expected]] of Object.entries(cases)) {
    it(name, async () => assert.deepEqual(await ranks(source), expected));
  }
});
