import assert from "node:assert/strict";
import { controller, ranks } from "./parcels.ts";

const cases: Readonly<Record<string, readonly [source: string, ...ranks: readonly string[]]>> = {
  // vlongle29/cinema-booking-backend: whose bookings are listed hangs on the role.
  "a local that is given its rows later": [
    controller(`
  @GetMapping("/parcels") void list(@RequestParam String city) {
    List<Parcel> found;
    if (city == null) found = parcels.findAll();
    else found = parcels.findByCity(city);
    for (Parcel p : found) counter.of(p);
  }
  @GetMapping("/page") Object page(Pageable page, @RequestParam String city) {
    Page<Parcel> found = Page.empty();
    if (city != null) found = parcels.findByCity(city, page);
    return found.map(p -> counter.of(p));
  }
  @GetMapping("/kept") void kept(@RequestParam boolean all) {
    List<Parcel> found = parcels.findByCity("x");
    if (!all) found = found.stream().filter(p -> p.getId() > 1).toList();
    for (Parcel p : found) counter.of(p);
  }`),
    "warning proven",
    "warning proven",
    "warning proven",
  ],
  // hmcts/pip-data-management: what is asked hangs on what is searched for.
  "a local that a switch gives its rows": [
    controller(`
  @GetMapping("/parcels") void list(@RequestParam String by) {
    List<Parcel> found;
    switch (by) {
      case "city", "town" -> found = parcels.findByCity("x");
      case "all" -> found = parcels.findAll();
      default -> throw new IllegalArgumentException(by);
    }
    found = found.stream().filter(p -> counter.of(p) > 0).toList();
  }`),
    "warning proven",
  ],
  // box/mojito makes a list of one for each text that it saves.
  "a list that each round makes for itself": [
    controller(`
  @GetMapping("/parcels") void list() {
    for (Parcel p : parcels.findByCity("x")) {
      List<Parcel> alone = new ArrayList<>();
      alone.add(p);
      look(alone);
    }
  }
  private void look(List<Parcel> all) { for (Parcel p : all) items.countByParcelId(p.getId()); }`),
    "warning proven",
    "information likely",
  ],
  "a local that is given what is not known, or a few": [
    controller(`
  @GetMapping("/parcels") void list(@RequestParam boolean one) {
    List<Parcel> found = null;
    if (one) found = parcels.findFirstByCity("x").map(List::of).orElse(List.of());
    for (Parcel p : found) counter.of(p);
  }`),
    "information likely",
  ],
};

describe("java/query-in-loop, ranked by what a local holds", () => {
  for (const [name, [source, ...expected]] of Object.entries(cases)) {
    it(name, async () => assert.deepEqual(await ranks(source), expected));
  }
});
