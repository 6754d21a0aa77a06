import assert from "node:assert/strict";
import type { MigrationSet } from "../../../src/model/schema/sets/migrationSet.ts";
import { type SchemaSettings, schemaSettings, touchesSchemaSettings } from "../../../src/model/schema/sets/settings.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { sets } from "./setsOf.ts";

const shown = (found: readonly MigrationSet[]) =>
  found.map(({ id, dialect, migrations }) => [id, dialect, migrations.map(({ file }) => file.slice(file.lastIndexOf("/") + 1))]);

describe("migration sets", () => {
  it("orders Flyway's: versions, then repeatable ones, then callbacks; undo left out", async () => {
    const files = [
      "R__b.sql",
      "V10__j.sql",
      "V9__i.sql",
      "afterMigrate__z.sql",
      "R__a.sql",
      "V1.1__b.sql",
      "V1__a.sql",
      "U9__i.sql",
      "beforeMigrate.sql",
    ];
    assert.deepEqual(shown(await sets(files.map((name) => `app/src/main/resources/db/migration/${name}`))), [
      [
        "app/src/main/resources/db/migration",
        "unknown",
        ["V1__a.sql", "V1.1__b.sql", "V9__i.sql", "V10__j.sql", "R__a.sql", "R__b.sql", "afterMigrate__z.sql"],
      ],
    ]);
  });

  it("looks below Flyway's location", async () => {
    assert.deepEqual(
      shown(
        await sets(["m/db/migration/2024/V2__b.sql", "m/db/migration/2023/V1__a.sql", "m/db/migration/R__v.sql", "m/db/other/V7__x.sql"]),
      ),
      [
        ["m/db/migration", "unknown", ["V1__a.sql", "V2__b.sql", "R__v.sql"]],
        ["m/db/other", "unknown", ["V7__x.sql"]],
      ],
    );
  });

  it("keeps vendors apart, each with what is common", async () => {
    const files = ["common/V1__a", "postgresql/V2__b", "mysql/V2__b", "h2/V3__c"].map((name) => `db/migration/${name}.sql`);
    assert.deepEqual(shown(await sets(files)), [
      ["db/migration/h2", "h2", ["V1__a.sql", "V3__c.sql"]],
      ["db/migration/mysql", "mysql", ["V1__a.sql", "V2__b.sql"]],
      ["db/migration/postgresql", "postgresql", ["V1__a.sql", "V2__b.sql"]],
    ]);
  });

  it("leaves Flyway's own folder to itself beside one for another database, and shares it with PostgreSQL's", async () => {
    const own = ["db/migration/V1__a", "db/migration/V2__b"];
    const named = (names: readonly string[]) => sets(names.map((name) => `src/main/resources/${name}.sql`));
    assert.deepEqual(shown(await named([...own, "db/bigquery/V1__events"])), [
      ["src/main/resources/db/bigquery", "other", ["V1__events.sql"]],
      ["src/main/resources/db/migration", "unknown", ["V1__a.sql", "V2__b.sql"]],
    ]);
    assert.deepEqual(
      shown(await named([...own, "db/postgresql/V3__c", "db/h2/V3__c"])).map(([id, dialect, files]) => [
        id,
        dialect,
        (files as string[]).length,
      ]),
      [
        ["src/main/resources/db/h2", "h2", 3],
        ["src/main/resources/db/postgresql", "postgresql", 3],
      ],
    );
  });

  it("names the next migration in the vendor's own folder, behind what is common", async () => {
    const [set] = await sets(["sql/common/V7__a.sql", "sql/postgres/V2__b.sql"]);
    assert.equal(set?.naming?.nextFile("add_x", "sql/postgres/V7__x.sql"), "sql/postgres/V8__add_x.sql");
  });

  // digitraffic: base and update; atlas: baseline and migrations
  it("joins a folder with the one that goes on behind its last version, where that changes its tables", async () => {
    const base = "CREATE TABLE ports (id int PRIMARY KEY);";
    const change = "ALTER TABLE ports ADD code text;";
    const found = await sets({ "sql/base/V1__all.sql": base, "sql/update/V2/V2.0__code.sql": change });
    assert.deepEqual(shown(found), [["sql/update/V2", "unknown", ["V1__all.sql", "V2.0__code.sql"]]]);
    assert.equal(found[0]?.naming?.nextFile("add_x", "sql/base/V1__all.sql"), "sql/update/V2/V2.1__add_x.sql");
    const three = {
      "sql/base/V1__all.sql": base,
      "sql/V2/V2__code.sql": `${change}CREATE TABLE ships (id int);`,
      "sql/V3/V3__x.sql": "ALTER TABLE ships ADD x int;",
    };
    assert.deepEqual(shown(await sets(three)), [["sql/V3", "unknown", ["V1__all.sql", "V2__code.sql", "V3__x.sql"]]]);
    const apart = [
      { "sql/a/V1__all.sql": base, "sql/b/V2__code.sql": "CREATE TABLE ships (id int);" },
      { "sql/a/V2__all.sql": base, "sql/b/V1__code.sql": change },
      { "a/sql/V1__all.sql": base, "b/sql/V2__code.sql": change },
    ];
    for (const files of apart) assert.equal((await sets(files)).length, 2, Object.keys(files).join());
  });

  it("takes a baseline only where it replaces the versions before it", async () => {
    assert.deepEqual(shown(await sets(["db/migration/B3__base.sql", "db/migration/V4__d.sql"]))[0]?.[2], ["B3__base.sql", "V4__d.sql"]);
    assert.deepEqual(shown(await sets(["db/migration/B3__base.sql", "db/migration/V1__a.sql"]))[0]?.[2], ["V1__a.sql"]);
  });

  it("lets the files vote on the dialect", async () => {
    const mysql = "CREATE TABLE `a` (id int);";
    assert.equal((await sets({ "db/migration/V1__a.sql": mysql, "db/migration/V2__b.sql": "SELECT 1;" }))[0]?.dialect, "mysql");
    const mixed = {
      "db/migration/V1__a.sql": mysql,
      "db/migration/V2__b.sql": "SELECT 1::int;",
      "db/migration/V3__c.sql": "SELECT now()::date;",
    };
    assert.equal((await sets(mixed))[0]?.dialect, "postgresql");
  });

  it("takes folders of numbered files, whatever else lies there", async () => {
    assert.deepEqual(
      shown(
        await sets([
          "migrations/002_b.sql",
          "migrations/001_a.up.sql",
          "migrations/001_a.down.sql",
          "migrations/seed.sql",
          "sql/1_only.sql",
        ]),
      ),
      [["migrations", "unknown", ["001_a.up.sql", "002_b.sql"]]],
    );
  });

  it("takes the first file of a folder of migrations before there is a second", async () => {
    assert.deepEqual(shown(await sets(["api/migrations/20240102000000_init.sql", "reports/2024_totals.sql"])), [
      ["api/migrations", "unknown", ["20240102000000_init.sql"]],
    ]);
  });

  // pdhuy2k3/booking-platform: what was saved of two databases, beside the change logs that make them.
  it("takes what was saved day by day for no history", async () => {
    const dump = "CREATE TABLE t (id bigint);";
    assert.deepEqual(shown(await sets({ "database_backup/15_09_hotels.sql": dump, "database_backup/16_09_flights.sql": dump })), []);
  });

  it("takes schema scripts, by vendor, and no upgrades of them", async () => {
    const files = [
      "s/schema.sql",
      "s/schema-mysql.sql",
      "s/schema-views.sql",
      "s/schema_update.sql",
      "s/data.sql",
      "db/postgres/schema.sql",
    ];
    assert.deepEqual(shown(await sets(files)), [
      ["db/postgres", "postgresql", ["schema.sql"]],
      ["s", "mysql", ["schema-mysql.sql", "schema-views.sql", "schema.sql"]],
    ]);
  });

  it("takes the latest of the schema scripts that a project keeps for each release", async () => {
    assert.deepEqual(shown(await sets(["s/schema-0.9.0-postgresql.sql", "s/schema-0.10.0-postgresql.sql", "s/schema-views.sql"])), [
      ["s", "postgresql", ["schema-0.10.0-postgresql.sql", "schema-views.sql"]],
    ]);
  });

  it("takes scripts that are called after a database, where there are several", async () => {
    assert.deepEqual(shown(await sets(["db/mysql.sql", "db/postgresql.sql", "db/oracle.sql"])), [
      ["db (mysql)", "mysql", ["mysql.sql"]],
      ["db (oracle)", "oracle", ["oracle.sql"]],
      ["db (postgresql)", "postgresql", ["postgresql.sql"]],
    ]);
    assert.deepEqual(shown(await sets(["db/postgresql.sql"])), []);
  });

  it("takes no scripts that go back, or from one release to the next, for a history", async () => {
    assert.deepEqual(shown(await sets(["sql/1.0_to_1.1_upgrade.sql", "sql/1.0_to_1.1_rollback.sql"])), [["sql", "unknown", []]]);
    assert.deepEqual(shown(await sets(["sql/1_a.sql", "sql/2_b.sql", "sql/2_b_rollback.sql"]))[0]?.[2], ["1_a.sql", "2_b.sql"]);
  });

  it("takes Liquibase's change logs in SQL", async () => {
    const log = "--liquibase formatted sql\n--changeset a:1\nCREATE TABLE a (id int);\n";
    const [set] = await sets({ "db/changelog/a.sql": log, "db/changelog/b.sql": log });
    assert.deepEqual([set?.id, set?.liquibase, set?.migrations.length, set?.naming], ["db/changelog", true, 2, undefined]);
  });

  it("knows tests' migrations", async () => {
    const found = await sets(["app/src/test/resources/db/migration/V1__a.sql", "app/src/main/resources/db/migration/V1__a.sql"]);
    assert.deepEqual(
      found.map(({ id, test }) => [id.split("/")[2], test]),
      [
        ["main", false],
        ["test", true],
      ],
    );
  });

  const configured = (values: Readonly<Record<string, string>>, artifacts: readonly string[] = []) =>
    schemaSettings({
      everyValue: (key) => (values[key] === undefined ? [] : [{ value: values[key], profile: undefined, at: { file: "application.yml" } }]),
      buildOf: () => ({ testArtifacts: [], has: (...wanted) => wanted.some((artifact) => artifacts.includes(artifact)) }),
    });

  it("joins the folders that spring.flyway.locations lists", async () => {
    const files = [
      "app/src/main/resources/db/tables/V1__a.sql",
      "app/src/main/resources/db/data/V2__b.sql",
      "app/src/main/resources/db/old/V1__z.sql",
    ];
    const expected = [
      ["app/src/main/resources/db/old", "unknown", ["V1__z.sql"]],
      ["app/src/main/resources/db/tables", "unknown", ["V1__a.sql", "V2__b.sql"]],
    ];
    assert.deepEqual(
      shown(await sets(files, configured({ "spring.flyway.locations": "classpath:db/tables, classpath:/db/data/" }))),
      expected,
    );
    const list = { "spring.flyway.locations[0]": "classpath:db/tables", "spring.flyway.locations[1]": "classpath:db/data/{vendor}" };
    assert.deepEqual(shown(await sets(files, configured(list))), expected);
    assert.equal((await sets(files)).length, 3);
  });

  it("learns the dialect from the JDBC URL, else from the driver, where no script tells", async () => {
    const of = async (settings: SchemaSettings, text = "SELECT 1;") =>
      (await sets({ "db/migration/V1__a.sql": text }, settings))[0]?.dialect;
    assert.equal(await of(configured({ "spring.datasource.url": "jdbc:mysql://db/x" }, ["postgresql"])), "mysql");
    assert.equal(await of(configured({ "spring.datasource.url": "jdbc:tc:postgresql:16:///x" })), "postgresql");
    assert.equal(await of(configured({}, ["h2", "postgresql"])), "postgresql");
    assert.equal(await of(configured({}, ["h2"])), "h2");
    assert.equal(await of(configured({})), "unknown");
    assert.equal(await of(configured({}, ["h2"]), "SELECT 1::int;"), "postgresql");
  });

  it("takes scripts that set a database up for its schema where there is no other", async () => {
    const table = (name: string): string => `CREATE TABLE ${name} (id bigserial PRIMARY KEY);`;
    const found = async (files: Readonly<Record<string, string>>) => shown(await sets(files)).map(([id, dialect]) => `${id} ${dialect}`);
    assert.deepEqual(await found({ "docker/init.sql": table("a") }), ["docker postgresql"]);
    assert.deepEqual(await found({ "db/init/pg/create-table.sql": table("a"), "db/init/mysql/schema.sql": "SELECT 1;" }), [
      "db/init/mysql mysql",
      "db/init/pg postgresql",
    ]);
    assert.deepEqual(await found({ "db/og/init.sql": table("a"), "db/pg/init.sql": table("a") }), ["db/pg postgresql"]);
    assert.deepEqual(await found({ "pg-initdb.d/shop.sql": table("a") }), ["pg-initdb.d postgresql"]);
    const many = ["a", "b", "c", "d", "e"].map(table).join("\n");
    assert.deepEqual(await found({ "sql/postgresql/shop.sql": many, "sql/mysql/shop.sql": many }), [
      "sql/mysql mysql",
      "sql/postgresql postgresql",
    ]);
    assert.deepEqual(
      await found({ "sql/postgresql/upgrade.sql": table("a"), "x/report.sql": many, "src/test/resources/init.sql": many }),
      [],
    );
    assert.deepEqual(await found({ "docker/init.sql": table("a"), "db/migration/V1__a.sql": table("a") }), ["db/migration postgresql"]);
    const vendors = { "sql/postgresql/shop.sql": many, "sql/mysql/shop.sql": many };
    assert.deepEqual(shown(await sets({ ...vendors, "sql/postgresql/schema-detection.sql": "SELECT * FROM a;" })), [
      ["sql/mysql", "mysql", ["shop.sql"]],
      ["sql/postgresql", "postgresql", ["shop.sql"]],
    ]);
    assert.deepEqual(await found({ ...vendors, "demo/schema.sql": "CREATE TABLE x (id bigserial);" }), [
      "demo postgresql",
      "sql/mysql mysql",
      "sql/postgresql postgresql",
    ]);
    assert.deepEqual(await found({ ...vendors, "demo/schema.sql": "ALTER TABLE c ADD d jsonb;" }), ["demo postgresql"]);
    assert.deepEqual(await found({ "docker/init.sql": "GRANT ALL ON SCHEMA public TO shop;" }), []);
    assert.deepEqual(await found({ "a/orders-schema.sql": table("a"), "b/drop-schema.sql": table("b") }), ["a postgresql"]);
  });

  it("takes what adds indexes to the tables of such scripts", async () => {
    const files = {
      "docker/init.sql": "CREATE TABLE a (id bigserial PRIMARY KEY, b int);",
      "docker/indexes.sql": "CREATE INDEX a_b ON a (b);",
      "docker/others.sql": "CREATE INDEX x_b ON x (b);",
      "docker/cleanup.sql": "DROP INDEX a_b;",
    };
    assert.deepEqual(shown(await sets(files)), [["docker", "postgresql", ["indexes.sql", "init.sql"]]]);
  });

  it("stops at Flyway's target, whose later versions count for the next name only", async () => {
    const sql = {
      "src/main/resources/db/migration/V1__a.sql": "CREATE TABLE a (id int);",
      "src/main/resources/db/migration/V2__b.sql": "CREATE TABLE b (id int);",
      "src/main/resources/db/migration/V2.1__c.sql": "CREATE TABLE c (id int);",
      "src/main/resources/db/migration/R__v.sql": "CREATE INDEX i ON a (id);",
    };
    const folded = async (files: Readonly<Record<string, string>>) => {
      const tests = new TestWorkspace([]);
      await tests.put(Object.entries({ ...sql, ...files }));
      const [schema] = tests.workspace.model.schema.schemas();
      return [[...(schema?.tables.keys() ?? [])].join(), schema?.tables.get("a")?.indexes.length, schema?.migrations.length];
    };
    const properties = "src/main/resources/application.properties";
    assert.deepEqual(await folded({}), ["a,b,c", 1, 4]);
    assert.deepEqual(await folded({ [properties]: "spring.flyway.target=2" }), ["a,b", 1, 4]);
    assert.deepEqual(await folded({ [properties]: "spring.flyway.target=2_1?" }), ["a,b,c", 1, 4]);
    assert.deepEqual(await folded({ [properties]: "spring.flyway.target=latest" }), ["a,b,c", 1, 4]);
    assert.deepEqual(await folded({ "flyway.conf": "flyway.url=jdbc:postgresql://localhost/a\nflyway.target=1" }), ["a", 1, 4]);
    assert.deepEqual(await folded({ "src/main/resources/application-dev.properties": "spring.flyway.target=1" }), ["a,b,c", 1, 4]);
    const tests = new TestWorkspace([]);
    await tests.put(Object.entries({ ...sql, [properties]: "spring.flyway.target=1" }));
    const [schema] = tests.workspace.model.schema.schemas();
    assert.equal(
      schema?.naming?.nextFile("next", "src/main/resources/db/migration/V1__a.sql"),
      "src/main/resources/db/migration/V2.2__next.sql",
    );
    assert.equal(tests.workspace.model.schema.migration("src/main/resources/db/migration/V2__b.sql"), undefined);
    await tests.put([[properties, "spring.flyway.target=2"]]);
    assert.deepEqual([...(tests.workspace.model.schema.schemas()[0]?.tables.keys() ?? [])], ["a", "b"]);
  });

  it("knows which configuration concerns it", () => {
    const concerns = ["config:spring.flyway.locations[0]", "config:spring.datasource.url", "build:app", "modules:"];
    for (const key of concerns) assert.ok(touchesSchemaSettings(new Set([key])), key);
    assert.ok(!touchesSchemaSettings(new Set(["config:spring.jpa.openinview", "type:A"])));
  });
});
