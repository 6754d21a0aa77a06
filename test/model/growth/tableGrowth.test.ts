import assert from "node:assert/strict";
import type { Model } from "../../../src/model/model.ts";
import { modelOf } from "../../harness/model.ts";

const SCHEMA = `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE venues (id bigint PRIMARY KEY, town text);
CREATE TABLE members (id bigint PRIMARY KEY, name text);
CREATE TABLE visits (id bigint PRIMARY KEY, venue_id bigint REFERENCES venues, member_id bigint REFERENCES members);
CREATE TABLE halls (id bigint PRIMARY KEY, venue_id bigint REFERENCES venues, created_by bigint REFERENCES members, label text);
CREATE TABLE refunds (id bigint PRIMARY KEY, visit_id bigint REFERENCES visits, reason text);
CREATE TABLE units (id bigint PRIMARY KEY, venue_id bigint REFERENCES venues, symbol text);
INSERT INTO units VALUES (1, 1, 'kg'), (2, 1, 'm');
`.trim();

const ENTITIES = `
//- src/main/java/a/Venue.java
package a; @Entity @Table(name = "venues") class Venue { @Id Long id; String town; @OneToMany(mappedBy = "venue", cascade = CascadeType.ALL) List<Hall> halls;
  public List<Hall> getHalls() { return halls; } }
//- src/main/java/a/Hall.java
package a; @Entity @Table(name = "halls") class Hall { @Id Long id; @ManyToOne @JoinColumn(name = "venue_id") Venue venue; String label; }
//- src/main/java/a/Visit.java
package a; @Entity @Table(name = "visits") class Visit { @Id Long id; @ManyToOne @JoinColumn(name = "venue_id") Venue venue; }
//- src/main/java/a/Refund.java
package a; @Entity @Table(name = "refunds") class Refund { @Id Long id; @ManyToOne @JoinColumn(name = "visit_id") Visit visit; }
//- src/main/java/a/Unit.java
package a; @Entity @Table(name = "units") class Unit { @Id Long id; String symbol; }
//- src/main/java/a/Repositories.java
package a;
interface Venues extends JpaRepository<Venue, Long> {}
interface Halls extends JpaRepository<Hall, Long> {}
interface Visits extends JpaRepository<Visit, Long> {}
interface Refunds extends JpaRepository<Refund, Long> {}
interface Units extends JpaRepository<Unit, Long> {}
`.trim();

const service = (body: string): string => `
//- src/main/java/a/Desk.java
package a;
class Desk { Venues venues; Halls halls; Visits visits; Refunds refunds; Units units;
${body}
}`;

const controller = (path: string, body: string, guard = ""): string => `
//- src/main/java/a/${path.replace(/\W/g, "")}Controller.java
package a;
${guard} @RestController @RequestMapping("${path}") class ${path.replace(/\W/g, "")}Controller { Desk desk; Venues venues; Visits visits;
${body}
}`;

const VENUE_SAVED = service("  void open(Venue venue) { venues.save(venue); }");

async function because(table: string, ...files: readonly string[]): Promise<string | undefined> {
  return sizeIn(await modelOf([SCHEMA, ENTITIES, ...files].join("\n")), table);
}

function sizeIn(model: Model, name: string): string | undefined {
  const table = model.schema.table(name, "src/main/java/a/Venue.java");
  assert.ok(table, name);
  const size = model.growth.sizeOf(table);
  return size && `${size.rows}: ${size.because}`;
}

const TYPED = "probably few: only administrators add rows to it";

describe("the size of a table", () => {
  it("is probably small where only administrators add rows", async () => {
    const add = "  @PostMapping void add(@RequestBody Venue venue) { desk.open(venue); }";
    assert.equal(await because("venues", VENUE_SAVED, controller("/admin/venues", add)), TYPED);
    assert.equal(await because("venues", VENUE_SAVED, controller("/venues", add)), undefined);
    for (const guard of [
      "@PreAuthorize(\"hasRole('ADMIN')\")",
      '@RolesAllowed("site-admin")',
      "@Secured(Roles.ROLE_ADMIN)",
      "@AdminOnly",
      "@RequireGlobalAdminUser",
    ])
      assert.equal(await because("venues", VENUE_SAVED, controller("/venues", add, guard)), TYPED, guard);
    for (const guard of ["@PreAuthorize(\"hasAnyRole('ADMIN', 'MEMBER')\")", '@PreAuthorize("isAuthenticated()")', "@Administrated"])
      assert.equal(await because("venues", VENUE_SAVED, controller("/venues", add, guard)), undefined, guard);
  });

  it("is not known where others add rows, too, or nobody knows who does", async () => {
    const admin = controller("/admin/venues", "  @PostMapping void add(@RequestBody Venue venue) { desk.open(venue); }");
    assert.equal(
      await because("venues", VENUE_SAVED, admin, controller("/venues", "  @PostMapping void add() { desk.open(null); }")),
      undefined,
    );
    const task =
      "//- src/main/java/a/Task.java\npackage a; class Task { Desk desk; @Scheduled(fixedRate = 1000) void turn() { desk.open(null); } }";
    assert.equal(await because("venues", VENUE_SAVED, admin, task), undefined);
    const lost = "//- src/main/java/a/Lost.java\npackage a; class Lost { Desk desk; void maybe() { desk.open(null); } }";
    assert.equal(await because("venues", VENUE_SAVED, admin, lost), undefined);
    assert.equal(await because("venues", VENUE_SAVED), undefined);
    const machine = controller(
      "/venues",
      '  @PostMapping("/upsert") @Secured("ADMIN") void add(@RequestBody Venue venue) { desk.open(venue); }',
    );
    assert.equal(await because("venues", VENUE_SAVED, machine), undefined);
    const one = VENUE_SAVED.replace("void open(", "void open(Venue venue) { upsertVenue(venue); } void upsertVenue(");
    assert.equal(await because("venues", one, admin), TYPED);
    const imported = controller("/admin/venues/import", "  @PostMapping void add(@RequestBody Venue venue) { desk.open(venue); }");
    assert.equal(await because("venues", VENUE_SAVED, imported), undefined);
  });

  it("is as large as what the rows belong to, whoever adds them", async () => {
    const desk = service("  void give(Refund refund) { refunds.save(refund); }");
    const admin = controller("/admin/refunds", "  @PostMapping void add(@RequestBody Refund refund) { desk.give(refund); }");
    assert.equal(await because("refunds", desk, admin), undefined);
    const halls = `${service("  void open(Venue venue) { venues.save(venue); } void build(Hall hall) { halls.save(hall); }")}
${controller("/admin/venues", '  @PostMapping void add(@RequestBody Venue venue) { desk.open(venue); } @PostMapping("/halls") void hall(@RequestBody Hall hall) { desk.build(hall); }')}`;
    assert.equal(await because("halls", halls), TYPED);
  });

  it("counts what is saved with its owner, and what is put into one that is there", async () => {
    const admin = controller("/admin/venues", "  @PostMapping void add(@RequestBody Venue venue) { desk.open(venue); }");
    assert.equal(await because("halls", VENUE_SAVED, admin), TYPED);
    const anybody = controller(
      "/suggestions",
      "  @PostMapping void add(long id) { venues.findById(id).get().getHalls().add(new Hall()); }",
    );
    assert.equal(await because("halls", VENUE_SAVED, admin, anybody), undefined);
    assert.equal(await because("venues", VENUE_SAVED, admin, anybody), TYPED);
  });

  it("is told by what an entity manager is given, by a reference, too", async () => {
    const keeps = (body: string): string => `//- src/main/java/a/Keeper.java
package a; class Keeper { EntityManager em; void keep(List<Venue> some, Object other) { ${body} } }
${controller("/admin/venues", "  Keeper keeper; @PostMapping void add(@RequestBody List<Venue> some) { keeper.keep(some, null); }")}
${controller("/visits", "  @PostMapping void add(@RequestBody Visit visit) { visits.save(visit); }")}`;
    assert.equal(await because("venues", keeps("for (Venue one : some) em.persist(one);")), TYPED);
    assert.equal(await because("venues", keeps("some.forEach(em::persist);")), TYPED);
    assert.equal(await because("visits", keeps("some.forEach(em::persist);")), undefined);
    const anything = keeps("em.persist(other);").replace("/admin/venues", "/venues");
    assert.equal(await because("venues", `${anything}\n${VENUE_SAVED}`), undefined);
  });

  it("of a collection's table is that of its owner", async () => {
    const tags = `//- src/main/resources/db/migration/V2__tags.sql
CREATE TABLE hall_tags (hall_id bigint REFERENCES halls, tag text);
//- src/main/java/a/Tagged.java
package a; @Entity @Table(name = "halls") class Tagged { @Id Long id;
  @ElementCollection @CollectionTable(name = "hall_tags", joinColumns = @JoinColumn(name = "hall_id")) Set<String> tags;
  public Set<String> getTags() { return tags; } }
interface TaggedHalls extends JpaRepository<Tagged, Long> {}
class Tagging { TaggedHalls halls; void keep(Tagged hall) { halls.save(hall); } Tagged of(long id) { return halls.findById(id).get(); } }`;
    const admin = controller("/admin/venues", "  @PostMapping void add(@RequestBody Venue venue) { desk.open(venue); }");
    const tagged = controller("/admin/tags", "  Tagging tagging; @PostMapping void add(@RequestBody Tagged hall) { tagging.keep(hall); }");
    assert.equal(await because("hall_tags", tags, VENUE_SAVED, admin, tagged), TYPED);
    const anybody = controller("/tags", '  Tagging tagging; @PostMapping void add(long id) { tagging.of(id).getTags().add("new"); }');
    assert.equal(await because("hall_tags", tags, VENUE_SAVED, admin, tagged, anybody), undefined);
  });

  it("of a materialized view is that of its tables", async () => {
    const view =
      "//- src/main/resources/db/migration/V2__view.sql\nCREATE MATERIALIZED VIEW symbols AS SELECT u.symbol, v.town FROM units u JOIN venues v ON v.id = u.venue_id;";
    const admin = controller("/admin/venues", "  @PostMapping void add(@RequestBody Venue venue) { desk.open(venue); }");
    assert.equal(await because("symbols", view, VENUE_SAVED, admin), "probably few: the tables that it reads have few rows");
    assert.equal(await because("symbols", view, VENUE_SAVED), undefined);
    const plain = view.replace("units u JOIN venues v ON v.id = u.venue_id", "marks u").replace("u.symbol, v.town", "u.symbol");
    const marks = `//- src/main/resources/db/migration/V2__marks.sql
CREATE TABLE marks (id bigint PRIMARY KEY, symbol text); INSERT INTO marks VALUES (1, 'a'), (2, 'b'); ALTER TABLE marks ADD COLUMN day date;`;
    const scripts = `${marks}\n${plain.replace("V2__view", "V3__view")}`;
    assert.equal(await because("marks", scripts), undefined);
    const asked =
      '//- src/main/java/a/Raw.java\npackage a; class Raw { JdbcTemplate jdbc; void run() { jdbc.queryForList("select symbol from symbols"); } }';
    assert.equal(await because("marks", scripts, asked), "few: only migrations add rows to it");
  });

  it("is probably small where a change log loads a file into it, which may be long", async () => {
    const log = (load: string) => `//- src/main/resources/db/changelog/db.changelog-master.xml
<databaseChangeLog><changeSet id="1" author="a"><createTable tableName="places"><column name="code" type="varchar(10)"><constraints primaryKey="true"/></column>
<column name="town" type="text"/></createTable>${load}</changeSet></databaseChangeLog>
//- src/main/java/a/Place.java
package a; @Entity @Table(name = "places") class Place { @Id String code; String town; }
//- src/main/java/a/Places.java
package a; interface Places extends JpaRepository<Place, String> {}`;
    const sizeOf = async (load: string) => {
      const { schema, growth } = await modelOf(log(load));
      const table = schema.table("places", "src/main/java/a/Place.java");
      return table && growth.sizeOf(table);
    };
    const because = "only a file that its migrations load adds rows to it";
    assert.deepEqual(await sizeOf('<loadData tableName="places" file="places.csv"/>'), { rows: "probably few", because });
    assert.equal((await sizeOf('<insert tableName="places"><column name="code" value="1"/></insert>'.repeat(2)))?.rows, "few");
    assert.equal(await sizeOf(""), undefined);
  });

  it("is small where the application starts with its rows, and adds no others", async () => {
    const starts = `//- src/main/java/a/Starter.java
package a; class Starter implements CommandLineRunner { Units units; public void run(String... args) { units.save(new Unit()); } }`;
    const runner = starts.replaceAll("Starter", "UnitLoader");
    assert.equal(await because("units", runner), "few: rows are added to it only when the application starts");
  });

  it("is small where migrations add its rows, and nothing else", async () => {
    assert.equal(await because("units"), "few: only migrations add rows to it");
    assert.equal(await because("venues"), undefined);
    const desk = service("  void measure(Unit unit) { units.save(unit); }");
    assert.equal(
      await because("units", desk, controller("/units", "  @PostMapping void add(@RequestBody Unit unit) { desk.measure(unit); }")),
      undefined,
    );
    const text = "//- src/main/java/a/Raw.java\npackage a; class Raw { JdbcTemplate jdbc; void run(String sql) { jdbc.update(sql); } }";
    assert.equal(await because("units", text), undefined);
    const known = text.replace("jdbc.update(sql)", 'jdbc.update("insert into other (id) values (1)")');
    assert.equal(await because("units", known), "few: only migrations add rows to it");
    const trigger = `//- src/main/resources/db/migration/V2__trigger.sql
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO units VALUES (NEW.id, 1, 'x'); RETURN NEW; END $$;`;
    assert.equal(await because("units", trigger), undefined);
  });

  // folio-org/mod-entities-links: rules come from a file of the first migration, and are edited
  it("is as small where what was found is saved again", async () => {
    const edit = controller("/units", '  @PutMapping("/{id}") void set(long id, String symbol) { desk.rename(id, symbol); }');
    const few = "few: only migrations add rows to it";
    for (const body of [
      "Unit unit = units.findById(id).orElseThrow(); unit.symbol = symbol; units.save(unit);",
      "Unit unit = units.findById(id).orElseThrow(() -> new IllegalStateException()); unit.symbol = symbol; units.save(unit);",
      "var unit = found(id); unit.symbol = symbol; units.save(unit);",
      "units.findById(id).ifPresent(unit -> { unit.symbol = symbol; units.save(unit); });",
    ]) {
      const found = "private Unit found(long id) { return units.findById(id).orElseThrow(); }";
      assert.equal(await because("units", service(`  void rename(long id, String symbol) { ${body} } ${found}`), edit), few, body);
    }
    for (const body of [
      "Unit unit = units.findById(id).orElse(new Unit()); unit.symbol = symbol; units.save(unit);",
      "Unit unit = units.findById(id).orElseThrow(); if (symbol == null) unit = new Unit(); units.save(unit);",
      "var unit = found(id); unit.symbol = symbol; units.save(unit);",
      "units.findById(id).ifPresent(unit -> { Unit copy = new Unit(); copy.symbol = symbol; units.save(copy); });",
    ]) {
      const found = "private Unit found(long id) { if (id > 0) return units.findById(id).orElseThrow(); return new Unit(); }";
      assert.equal(await because("units", service(`  void rename(long id, String symbol) { ${body} } ${found}`), edit), undefined, body);
    }
  });

  it("counts the parts of what was found, which may be new", async () => {
    const edit = controller("/venues", '  @PutMapping("/{id}") void set(long id, Hall hall) { desk.extend(id, hall); }');
    const desk = service("  void extend(long id, Hall hall) { Venue venue = venues.findById(id).orElseThrow(); venues.save(venue); }");
    const seeds =
      "//- src/main/resources/db/migration/V2__rows.sql\nALTER TABLE venues ADD COLUMN day date; INSERT INTO venues VALUES (1, 'a'), (2, 'b'); INSERT INTO halls VALUES (1), (2);";
    assert.equal(await because("venues", seeds, desk, edit), "few: only migrations add rows to it");
    assert.equal(await because("halls", seeds, desk, edit), undefined);
  });

  it("is what somebody has told", async () => {
    const admin = controller("/admin/venues", "  @PostMapping void add(@RequestBody Venue venue) { desk.open(venue); }");
    const told = (rows: string): string => `//- performance.yaml\nversion: 1\ndatabase:\n  tables:\n    venues: { rows: ${rows} }`;
    assert.equal(await because("venues", VENUE_SAVED, admin, told("2M")), undefined);
    assert.equal(await because("venues", VENUE_SAVED, told("400")), "few: it has 400 rows");
  });

  it("is not known of a table that keeps what happens", async () => {
    const admin = controller("/admin/venues", "  @PostMapping void add(@RequestBody Venue venue) { desk.open(venue); }");
    const named = (files: readonly string[]): Promise<Model> =>
      modelOf(
        files
          .join("\n")
          .replaceAll("venues (id", "venue_visits (id")
          .replaceAll('"venues"', '"venue_visits"')
          .replaceAll("REFERENCES venues", "REFERENCES venue_visits"),
      );
    assert.equal(sizeIn(await named([SCHEMA, ENTITIES, VENUE_SAVED, admin]), "venue_visits"), undefined);
  });
});
