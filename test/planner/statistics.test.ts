import assert from "node:assert/strict";
import { assumedStatistics, sizesOf, sizesOfSchema, withFile } from "../../src/planner/statistics/assumed.ts";
import { EXPORT_QUERY } from "../../src/planner/statistics/exported.ts";
import { readStatistics } from "../../src/planner/statistics/file.ts";
import { btreePages, tablePages, typicalBytes } from "../../src/planner/statistics/width.ts";
import { modelOf } from "../harness/model.ts";
import { describeWithPostgres } from "../harness/postgres.ts";
import { schemaOf } from "./planners.ts";

const EXPORTED = {
  version: 1,
  server: 150_004,
  settings: { random_page_cost: "1.1", listen_addresses: "*" },
  relations: [
    {
      schema: "public",
      name: "tickets",
      kind: "r",
      rows: 12_000_000,
      pages: 150_000,
      visiblePages: 149_000,
      columns: [
        {
          name: "status",
          nullFraction: 0,
          distinct: 3,
          averageBytes: 7,
          correlation: 0.4,
          mostCommonValues: "{EXPIRED,USED,ISSUED}",
          mostCommonFrequencies: [0.9, 0.08, 0.02],
          histogram: null,
        },
      ],
    },
    { schema: "public", name: "tickets_pkey", kind: "i", rows: 12_000_000, pages: 46_000 },
  ],
};

/** As pg_dump of PostgreSQL 18 writes them. */
const DUMP = `
SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180000'::integer,
	'schemaname', 'public',
	'relname', 'tickets',
	'relpages', '150000'::integer,
	'reltuples', '1.2e+07'::real,
	'relallvisible', '149000'::integer,
	'relallfrozen', '0'::integer
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180000'::integer,
	'schemaname', 'public',
	'relname', 'tickets',
	'attname', 'title',
	'inherited', 'f'::boolean,
	'null_frac', '0.25'::real,
	'avg_width', '21'::integer,
	'n_distinct', '-0.5'::real,
	'most_common_vals', '{"it''s","a, b"}'::text,
	'most_common_freqs', '{0.01,0.005}'::real[],
	'correlation', '-0.1'::real
);`;

describe("statistics", () => {
  it("are read from what the export query gives, with the settings that plans depend on", () => {
    for (const text of [
      JSON.stringify(EXPORTED),
      JSON.stringify([{ json_build_object: EXPORTED }]),
      `\uFEFF${JSON.stringify(EXPORTED)}\n`,
    ]) {
      const read = readStatistics(text);
      assert.ok(read.ok);
      const { tables, indexes, settings } = read.statistics;
      assert.deepEqual(settings, { random_page_cost: "1.1" });
      assert.equal(indexes.get("tickets_pkey")?.pages, 46_000);
      assert.deepEqual(tables.get("tickets")?.columns.get("status")?.mostCommon, {
        values: "{EXPIRED,USED,ISSUED}",
        frequencies: [0.9, 0.08, 0.02],
      });
    }
  });

  it("know since version 2 what is read and written, of tables and indexes of one name together", () => {
    const index = (schema: string, scans: number) => ({
      ...{ schema, name: "tickets_owner", kind: "i", rows: 10, pages: 2 },
      use: { table: "tickets", scans, bytes: 16_384 },
    });
    const [tickets, key] = EXPORTED.relations;
    const writes = { inserted: 500, updated: 40, hotUpdated: 30, deleted: 0 };
    const small = { ...tickets, schema: "other", rows: 3 };
    const read = readStatistics(
      JSON.stringify({
        ...EXPORTED,
        version: 2,
        counted: { since: "2024-01-01T10:00:00.123+01:00", until: "2024-03-01T10:00:00+00:00", standby: false, replicas: 1 },
        relations: [{ ...tickets, writes }, small, key, index("public", 0), index("other", 7)],
      }),
    );
    assert.ok(read.ok, JSON.stringify(read));
    const { tables, indexes, counted } = read.statistics;
    assert.deepEqual(counted, { since: "2024-01-01", days: 60, standby: false, replicas: 1 });
    assert.deepEqual([tables.get("tickets")?.rows, tables.get("tickets")?.writes], [12_000_000, writes]);
    assert.deepEqual(indexes.get("tickets_owner")?.use, { table: "tickets", scans: 7, bytes: 32_768 });
    assert.equal(indexes.get("tickets_pkey")?.use, undefined);
  });

  it("are read from a dump of statistics", () => {
    const read = readStatistics(DUMP);
    assert.ok(read.ok);
    const tickets = read.statistics.tables.get("tickets");
    assert.equal(tickets?.rows, 12_000_000);
    assert.equal(tickets?.visiblePages, 149_000);
    assert.deepEqual(tickets?.columns.get("title"), {
      nullFraction: 0.25,
      distinct: -0.5,
      averageBytes: 21,
      correlation: -0.1,
      mostCommon: { values: `{"it's","a, b"}`, frequencies: [0.01, 0.005] },
      histogram: undefined,
    });
  });

  for (const [what, text, why] of [
    ["nothing", " \n", "it is empty"],
    ["another file", "id,name\n1,a\n", "it is neither the JSON of the export query nor the SQL of pg_dump --statistics-only"],
    ["half a JSON", '{"version": 1', "it is no JSON"],
    ["another version", JSON.stringify({ ...EXPORTED, version: 3 }), "it is not what the export query gives: version: "],
    [
      "a share above 1",
      JSON.stringify(EXPORTED).replace('"nullFraction":0', '"nullFraction":7'),
      "it is not what the export query gives: relations.0.columns.0.nullFraction: ",
    ],
    ["a dump that is cut off", DUMP.slice(0, 200), "one of its calls of pg_restore_… is cut off or is not as pg_dump writes it"],
  ] as const) {
    it(`say what is wrong with ${what}`, () => {
      const read = readStatistics(text);
      assert.ok(!read.ok && read.why.startsWith(why), JSON.stringify(read));
    });
  }

  it("are assumed where nobody has any: a million rows, few in what stays small, unique keys, references", async () => {
    const schema = await schemaOf(`
CREATE TABLE kinds (id int PRIMARY KEY, name text);
INSERT INTO kinds VALUES (1, 'a'), (2, 'b'), (3, 'c');
CREATE TABLE tickets (id bigint PRIMARY KEY, kind_id int NOT NULL REFERENCES kinds (id), paid boolean, state text CHECK (state IN ('OPEN', 'DONE')), note text, created_at timestamptz);
CREATE TABLE payments (id bigint PRIMARY KEY);`);
    const { tables } = assumedStatistics(
      schema,
      sizesOfSchema(({ name }) => (name === "payments" ? 5_000_000 : undefined)),
      "usual",
    );
    assert.deepEqual(
      [...tables].map(([name, { rows, assumed }]) => [name, rows, assumed]),
      [
        ["kinds", 100, true],
        ["tickets", 1_000_000, true],
        ["payments", 5_000_000, false],
      ],
    );
    const distinct = [...(tables.get("tickets")?.columns ?? [])].map(([name, column]) => [name, column.distinct]);
    assert.deepEqual(Object.fromEntries(distinct), { id: -1, kind_id: 100, paid: 2, state: 2, note: 200, created_at: -1 });
    const file = readStatistics(JSON.stringify(EXPORTED));
    assert.ok(file.ok);
    const both = withFile(
      assumedStatistics(
        schema,
        sizesOfSchema(() => undefined),
        "usual",
      ),
      file.statistics,
      "production.json",
    );
    assert.equal(both.tables.get("tickets")?.rows, 12_000_000);
    assert.equal(both.tables.get("payments")?.rows, 1_000_000);
  });

  it("are of rows in the order in which they were written", async () => {
    const model = await modelOf(`
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE desks (id bigint PRIMARY KEY);
CREATE TABLE visits (
  id bigint PRIMARY KEY, number int GENERATED ALWAYS AS IDENTITY, desk_id bigint REFERENCES desks, guests int,
  created_at timestamptz, visit_date date NOT NULL, noted timestamptz DEFAULT now(), birth_date date NOT NULL, due_date date NOT NULL,
  updated_at timestamptz DEFAULT now() NOT NULL, paid_at timestamptz, came timestamptz);
CREATE TABLE seats (desk_id bigint REFERENCES desks, visit_id bigint REFERENCES visits, PRIMARY KEY (desk_id, visit_id));
CREATE TABLE notes (id bigint PRIMARY KEY REFERENCES visits, text text);
//- src/main/java/a/Visit.java
package a;
import org.hibernate.annotations.CreationTimestamp;
@Entity @Table(name = "visits") class Visit { @Id Long id; @CreationTimestamp Instant came; Instant paidAt; }
`);
    const schema = model.schema.schemaFor("src/main/java/a/Visit.java");
    assert.ok(schema !== undefined);
    const { tables } = assumedStatistics(schema, sizesOf(model), "usual");
    const inOrder = [...tables].map(([name, { columns }]) => [
      name,
      [...columns].flatMap(([column, { correlation }]) => (correlation === 1 ? [column] : [])),
    ]);
    assert.deepEqual(Object.fromEntries(inOrder), {
      desks: ["id"],
      visits: ["id", "number", "created_at", "visit_date", "noted", "came"],
      seats: [],
      notes: [],
    });
  });

  it("are of as many values as there are rows where columns are unique together", async () => {
    const schema = await schemaOf(`
CREATE TABLE buses (id bigint PRIMARY KEY, plate text, city text, kind text, line_id bigint, UNIQUE (plate, city), UNIQUE (kind, line_id));
CREATE UNIQUE INDEX one_plate ON buses (plate, kind) WHERE city = 'Graz';`);
    const { tables } = assumedStatistics(
      schema,
      sizesOfSchema(() => undefined),
      "usual",
    );
    const distinct = [...(tables.get("buses")?.columns ?? [])].map(([name, column]) => [name, column.distinct]);
    // A thousand plates in a thousand cities are a million buses; a kind has few values, whatever the index says.
    assert.deepEqual(Object.fromEntries(distinct), { id: -1, plate: 1_000, city: 1_000, kind: 8, line_id: 100_000 });
  });

  it("are of few rows where only administrators add them, with the reason", async () => {
    const model = await modelOf(`
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE halls (id bigint PRIMARY KEY, label text);
CREATE TABLE visits (id bigint PRIMARY KEY, hall_id bigint REFERENCES halls);
//- src/main/java/a/Hall.java
package a; @Entity @Table(name = "halls") class Hall { @Id Long id; String label; }
//- src/main/java/a/Visit.java
package a; @Entity @Table(name = "visits") class Visit { @Id Long id; @ManyToOne @JoinColumn(name = "hall_id") Hall hall; }
//- src/main/java/a/Repositories.java
package a;
interface Halls extends JpaRepository<Hall, Long> {}
interface Visits extends JpaRepository<Visit, Long> {}
//- src/main/java/a/Desk.java
package a;
@RestController class Desk { Halls halls; Visits visits;
  @PreAuthorize("hasRole('ADMIN')") @PostMapping("/admin/halls") void add(Hall hall) { halls.save(hall); }
  @PostMapping("/visits") void come(Visit visit) { visits.save(visit); } }
`);
    const schema = model.schema.schemaFor("src/main/java/a/Desk.java");
    assert.ok(schema !== undefined);
    const { tables } = assumedStatistics(schema, sizesOf(model), "usual");
    assert.deepEqual(
      [...tables].map(([name, { rows, assumed, because }]) => [name, rows, assumed, because]),
      [
        ["halls", 1_000, true, "only administrators add rows to it"],
        ["visits", 1_000_000, true, undefined],
      ],
    );
    // As many values as there are rows that they refer to.
    assert.equal(tables.get("visits")?.columns.get("hall_id")?.distinct, 1_000);
  });

  it("know sizes: types as PostgreSQL guesses, rows with their overhead, B-trees after HypoPG's formula", async () => {
    assert.deepEqual(
      ["int8", "varchar(20)", "varchar(1000)", "bpchar(3)", "text", "numeric(10,2)"].map(typicalBytes),
      [8, 20, 64, 4, 32, 8],
    );
    const schema = await schemaOf("CREATE TABLE t (id uuid PRIMARY KEY, owner_id uuid, status text, expires_at timestamptz);");
    const table = schema.tables.get("t");
    assert.ok(table !== undefined);
    // 72 bytes of data and 28 around them: 81 rows a page.
    assert.equal(tablePages(table, 1_000_000, new Map()), 12_346);
    assert.equal(btreePages(1_000_000, 8), 3_190);
  });
});

describeWithPostgres("the export query", (server) => {
  it("gives a server's sizes, and what it has counted", () => {
    const database = server().database();
    database.run(`CREATE TABLE t (id int PRIMARY KEY, note text); CREATE INDEX t_note ON t (note);
INSERT INTO t SELECT i, 'n' || i FROM generate_series(1, 5000) i;
ANALYZE t;
SET enable_seqscan = off; SELECT * FROM t WHERE id = 4; SELECT pg_stat_force_next_flush();`);
    const read = readStatistics(database.run(EXPORT_QUERY));
    assert.ok(read.ok, JSON.stringify(read));
    const { tables, indexes, counted } = read.statistics;
    assert.equal(tables.get("t")?.rows, 5000);
    assert.deepEqual(tables.get("t")?.writes, { inserted: 5000, updated: 0, hotUpdated: 0, deleted: 0 });
    assert.deepEqual(
      [indexes.get("t_note")?.use?.table, indexes.get("t_note")?.use?.scans, indexes.get("t_pkey")?.use?.scans],
      ["t", 0, 1],
    );
    assert.ok((indexes.get("t_note")?.use?.bytes ?? 0) > 100_000);
    assert.deepEqual([counted?.days, counted?.standby, counted?.replicas], [0, false, 0]);
  });
});
