import assert from "node:assert/strict";
import type { MigrationSet } from "../../../src/model/schema/sets/migrationSet.ts";
import { defaultSchemaSettings } from "../../../src/model/schema/sets/settings.ts";
import { sets } from "./setsOf.ts";

const shown = (found: readonly MigrationSet[]) => found.map(({ id, migrations }) => [id, migrations.map(({ file }) => file)]);
const next = (set: MigrationSet | undefined, near: string) => set?.naming?.nextFile("add_index", near);
const tables = (...names: readonly string[]) => names.map((name) => `CREATE TABLE ${name} (id serial PRIMARY KEY);`).join("\n");

describe("layouts of migrations", () => {
  // epam/cloud-pipeline: flyway.sql-migration-prefix=v
  it("Flyway's with a small letter", async () => {
    const found = await sets({
      "db/migration/v2024.01.31_09.00__b.sql": tables("b"),
      "db/migration/v2023.12.01_10.00__a.sql": tables("a"),
    });
    assert.deepEqual(shown(found), [["db/migration", ["db/migration/v2023.12.01_10.00__a.sql", "db/migration/v2024.01.31_09.00__b.sql"]]]);
    assert.equal(next(found[0], "db/migration/v2024.01.31_09.00__b.sql"), "db/migration/v2024.01.31_09.01__add_index.sql");
  });

  // ministryofjustice/hmpps-approved-premises-api: an empty spring.flyway.sql-migration-prefix
  it("Flyway's without a letter, in several locations", async () => {
    const files = {
      "src/main/resources/db/migration/all/20240101090000__rooms.sql": tables("rooms"),
      "src/main/resources/db/migration/all/20240301090000__beds.sql": tables("beds"),
      "src/main/resources/db/migration/but_tests/20240201090000__keys.sql": tables("keys"),
      "src/main/resources/db/migration/but_tests/20240401090000__locks.sql": tables("locks"),
    };
    const configured = { ...defaultSchemaSettings, flywayLocations: () => [["db/migration/all", "db/migration/but_tests"]] };
    const [all, ...more] = await sets(files, configured);
    assert.deepEqual(
      all?.migrations.map(({ file }) => file.replace(/^.*\/(\d+)__(\w+)\.sql$/, "$2")),
      ["rooms", "keys", "beds", "locks"],
    );
    assert.deepEqual([all?.id, more], ["src/main/resources/db/migration/all", []]);
    assert.equal((await sets(files)).length, 2);
  });

  // rust-lang/crates.io has both: an index of 2014 stood behind the script of 2024 that drops it.
  it("folders that are dates with and without dashes, in one order", async () => {
    const found = await sets({
      "migrations/20140929103760_a/up.sql": `${tables("a")} CREATE INDEX by_id ON a (id);`,
      "migrations/2024-02-12-120203_b/up.sql": "DROP INDEX by_id;",
      "migrations/2026-07-30-140000-0000_c/up.sql": tables("c"),
      "migrations/20170101000000_d/up.sql": tables("d"),
    });
    assert.deepEqual(
      found[0]?.migrations.map(({ file }) => file.slice("migrations/".length, -"/up.sql".length)),
      ["20140929103760_a", "20170101000000_d", "2024-02-12-120203_b", "2026-07-30-140000-0000_c"],
    );
  });

  it("releases of one history, few of which make a table that another one has made", async () => {
    const releases = ["v0.1", "v0.2", "v0.3", "v0.4", "v0.5", "v0.6", "v0.7", "v0.8"];
    const grants = Object.fromEntries(releases.map((release) => [`sql/${release}/02-grants.sql`, "GRANT SELECT ON a TO PUBLIC;"]));
    const history = { ...grants, "sql/v0.1/01-tables.sql": tables("a"), "sql/v0.5/01-tables.sql": `DROP TABLE a; ${tables("a")}` };
    assert.deepEqual(
      (await sets(history)).map(({ id, migrations }) => [id, migrations.length]),
      [["sql", 10]],
    );
    const whole = Object.fromEntries(releases.map((release) => [`sql/${release}/01-tables.sql`, tables("a", "b")]));
    assert.equal((await sets({ ...grants, ...whole })).length, releases.length);
  });

  it("a folder for each migration: Diesel's and Hasura's up.sql, Prisma's migration.sql", async () => {
    const found = await sets({
      "server/migrations/2024-02-01-120000_posts/up.sql": tables("posts"),
      "server/migrations/2024-02-01-120000_posts/down.sql": "DROP TABLE posts;",
      "server/migrations/2023-10-01-080000_users/up.sql": tables("users"),
      "server/migrations/2023-10-01-080000_users/down.sql": "DROP TABLE users;",
      "web/prisma/migrations/20240131120000_init/migration.sql": tables("carts"),
    });
    assert.deepEqual(shown(found), [
      ["server/migrations", ["server/migrations/2023-10-01-080000_users/up.sql", "server/migrations/2024-02-01-120000_posts/up.sql"]],
      ["web/prisma/migrations", ["web/prisma/migrations/20240131120000_init/migration.sql"]],
    ]);
    assert.equal(
      next(found[1], "web/prisma/migrations/20240131120000_init/migration.sql"),
      "web/prisma/migrations/20240131120001_add_index/migration.sql",
    );
  });

  it("a folder for each release, in the order of the releases", async () => {
    const found = await sets({
      "schema/10/01_c.up.sql": tables("c"),
      "schema/2/02_b.up.sql": "ALTER TABLE a ADD b int;",
      "schema/2/01_b.up.sql": tables("b"),
      "schema/0/01_a.up.sql": tables("a"),
    });
    assert.deepEqual(shown(found), [
      ["schema", ["schema/0/01_a.up.sql", "schema/2/01_b.up.sql", "schema/2/02_b.up.sql", "schema/10/01_c.up.sql"]],
    ]);
    assert.equal(next(found[0], "schema/10/01_c.up.sql"), "schema/10/02_add_index.up.sql");
  });

  it("folders of releases that each make all tables count for themselves", async () => {
    const found = await sets({
      "schema/1.0/01_tables.sql": tables("a", "b"),
      "schema/1.0/02_rows.sql": "INSERT INTO a VALUES (1);",
      "schema/2.0/01_tables.sql": tables("a", "b", "c"),
      "schema/2.0/02_rows.sql": "INSERT INTO a VALUES (1);",
    });
    assert.deepEqual(
      found.map(({ id }) => id),
      ["schema/1.0", "schema/2.0"],
    );
  });

  it("Sqitch's deploy, without revert, verify and what a rework replaced", async () => {
    const found = await sets({
      "db/deploy/tables/user.sql": tables("member"),
      "db/deploy/tables/user@v1.0.sql": tables("member"),
      "db/deploy/tables/user_001_mail.sql": "ALTER TABLE member ADD mail text;",
      "db/revert/tables/user.sql": "DROP TABLE member;",
      "db/verify/tables/user.sql": "SELECT id FROM member WHERE false;",
      "db/verify/001_a.sql": "SELECT 1;",
      "db/verify/002_b.sql": "SELECT 1;",
    });
    assert.deepEqual(shown(found), [["db/deploy", ["db/deploy/tables/user.sql", "db/deploy/tables/user_001_mail.sql"]]]);
  });

  it("a deploy folder without the others is a folder like any", async () => {
    const found = await sets({ "deploy/001_a.sql": tables("a"), "deploy/002_b.sql": tables("b") });
    assert.deepEqual(shown(found), [["deploy", ["deploy/001_a.sql", "deploy/002_b.sql"]]]);
  });

  // apache/polaris
  it("the latest of schema-v1.sql, schema-v2.sql", async () => {
    const found = await sets({ "pg/schema-v1.sql": tables("a"), "pg/schema-v2.sql": tables("a", "b") });
    assert.deepEqual(shown(found), [["pg", ["pg/schema-v2.sql"]]]);
  });
});

describe("sets beside the one that runs", () => {
  const migrations = {
    "app/src/main/resources/db/migration/V1__a.sql": tables("a", "b", "c"),
    "app/src/main/resources/db/migration/V2__d.sql": tables("d", "e", "f"),
  };

  // espoon-voltti/evaka: docs/db/schema.sql, written by pg_dump
  it("a dump of what migrations make is left out", async () => {
    const found = await sets({ ...migrations, "docs/db/schema.sql": tables("a", "b", "c", "d", "e", "f") });
    assert.deepEqual(
      found.map(({ id }) => id),
      ["app/src/main/resources/db/migration"],
    );
  });

  it("a script with tables of its own is not, nor one among resources", async () => {
    const found = await sets({
      ...migrations,
      "docs/db/schema.sql": tables("a", "b", "c", "d", "x", "y"),
      "other/src/main/resources/schema.sql": tables("a", "b", "c", "d", "e"),
    });
    assert.deepEqual(
      found.map(({ id }) => id),
      ["app/src/main/resources/db/migration", "docs/db", "other/src/main/resources"],
    );
  });

  // bekalpaslan/chain: the tables of its first days, which Spring Boot would make in a database in memory
  it("a script that Spring Boot is not told to run beside Flyway is left out, whatever it makes", async () => {
    const files = {
      ...migrations,
      "app/src/main/resources/schema.sql": tables("a", "x"),
      "lib/src/main/resources/schema.sql": tables("b"),
    };
    const ids = async (leaves: boolean) =>
      (await sets(files, { ...defaultSchemaSettings, leavesBootScripts: () => leaves })).map(({ id }) => id);
    assert.deepEqual(await ids(true), ["app/src/main/resources/db/migration", "lib/src/main/resources"]);
    assert.deepEqual(await ids(false), ["app/src/main/resources", "app/src/main/resources/db/migration", "lib/src/main/resources"]);
  });

  // Opetushallitus/organisaatio: db/migration_old
  it("an old history beside the configured one is left out", async () => {
    const files = { "app/src/main/resources/db/migration_old/V0__a.sql": tables("a"), ...migrations };
    const configured = { ...defaultSchemaSettings, flywayLocations: () => [["db/migration"]] };
    const ids = (found: readonly MigrationSet[]) => found.map(({ id }) => id.slice(id.lastIndexOf("/") + 1));
    assert.deepEqual(ids(await sets(files, configured)), ["migration"]);
    assert.deepEqual(ids(await sets(files, { ...configured, flywayLocations: () => [["db/migration", "db/migration_old"]] })), [
      "migration",
    ]);
    // Flyway's own location, where none is configured.
    assert.deepEqual(ids(await sets(files)), ["migration"]);
  });

  it("folders of an archive, and of documents, are left out of a module with a history, and are one where there is no other", async () => {
    const ids = async (files: Readonly<Record<string, string>>) => (await sets(files)).map(({ id }) => id);
    const history = { "src/main/resources/db/migration/V1__all.sql": tables("a", "b") };
    const archived = { "archived_migrations/V001__a.sql": tables("a"), "archived_migrations/V002__z.sql": tables("z") };
    const shown = { "docs/before/V1__y.sql": tables("y"), "docs/before/V2__x.sql": tables("x") };
    assert.deepEqual(await ids({ ...history, ...archived, ...shown }), ["src/main/resources/db/migration"]);
    assert.deepEqual(await ids(archived), ["archived_migrations"]);
    assert.deepEqual(await ids(shown), ["docs/before"]);
    // Another module's history says nothing of it, and what lies where Flyway looks for it is run, whatever its module is called.
    const elsewhere = { "shop/src/main/resources/db/migration/V1__all.sql": tables("a"), "stock/old/V1__a.sql": tables("c") };
    assert.equal((await ids(elsewhere)).length, 2);
    const legacy = { ...history, "legacy/src/main/resources/db/migration/V1__a.sql": tables("c") };
    assert.equal((await ids(legacy)).length, 2);
  });

  const changeLog = (...names: readonly string[]) => {
    const changes = names.map((name) => `<createTable tableName="${name}"><column name="id" type="int"/></createTable>`).join("");
    return `<databaseChangeLog><changeSet id="1" author="a">${changes}</changeSet></databaseChangeLog>`;
  };

  // ORCID/ORCID-Source: db-master.xml beside schema.sql of its first days, and a dump for the container
  it("dumps beside a change log: a script among resources, and what a container of PostgreSQL starts with", async () => {
    const names = ["a", "b", "c", "d", "e", "f"];
    const dumps = {
      "app/src/main/resources/schema.sql": tables("a", "b", "c", "d", "e"),
      "docker-entrypoint-initdb.d/1-roles.sql": "CREATE ROLE shop;",
      "docker-entrypoint-initdb.d/2-tables.sql": tables(...names),
    };
    const ids = (found: readonly MigrationSet[]) => found.map(({ id }) => id);
    const log = { "app/src/main/resources/db-master.xml": changeLog(...names) };
    assert.deepEqual(ids(await sets({ ...dumps, ...log })), ["app/src/main/resources/db-master.xml"]);
    assert.deepEqual(ids(await sets(dumps)), ["app/src/main/resources", "docker-entrypoint-initdb.d"]);
    const other = { "app/src/main/resources/db-master.xml": changeLog("p", "q", "r", "s", "t") };
    assert.equal((await sets({ ...dumps, ...other })).length, 3);
  });

  // hmcts/em-hrs-api: a change log from before a project went over to Flyway
  it("a change log that the build has no Liquibase for is left out", async () => {
    const files = { ...migrations, "app/src/main/resources/db/changelog.xml": changeLog("a", "b", "c", "gone") };
    const built = { ...defaultSchemaSettings, leavesChangeLogs: () => true };
    const ids = (found: readonly MigrationSet[]) => found.map(({ id }) => id.slice(id.lastIndexOf("/") + 1));
    assert.deepEqual(ids(await sets(files, built)), ["migration"]);
    assert.deepEqual(ids(await sets(files)), ["changelog.xml", "migration"]);
    const others = { ...files, "app/src/main/resources/db/changelog.xml": changeLog("a", "x", "y", "z") };
    assert.deepEqual(ids(await sets(others, built)), ["changelog.xml", "migration"]);
  });

  // openforis/collect: the change log for others says the same once more
  it("a change log for all databases beside one for PostgreSQL is left out", async () => {
    const ids = async (standard: string) => {
      const found = await sets({ "db/changelog-postgresql.xml": changeLog("a", "b"), [standard]: changeLog("a", "b") });
      return found.map(({ id }) => id);
    };
    assert.deepEqual(await ids("db/changelog-standard.xml"), ["db/changelog-postgresql.xml"]);
    assert.deepEqual(await ids("shop/changelog-standard.xml"), ["db/changelog-postgresql.xml", "shop/changelog-standard.xml"]);
  });

  // metabrainz/musicbrainz-server: admin/sql/CreateTables.sql and admin/sql/updates
  it("upgrades give way to the scripts that make the whole schema", async () => {
    const upgrades = { "sql/updates/20230101-c.sql": tables("c"), "sql/updates/20240101-d.sql": "ALTER TABLE a ADD d int;" };
    const whole = { "sql/CreateTables.sql": tables("a", "b", "c"), "sql/CreateIndexes.sql": "CREATE INDEX i ON a (id);" };
    assert.deepEqual(shown(await sets({ ...upgrades, ...whole })), [["sql", ["sql/CreateIndexes.sql", "sql/CreateTables.sql"]]]);
    assert.deepEqual(
      (await sets(upgrades)).map(({ id }) => id),
      ["sql/updates"],
    );
  });

  // CatalogueOfLife/backend: scripts that rebuild an index stand in front of dbschema.sql
  it("a set without tables does not hide the scripts that make them", async () => {
    const found = await sets({
      "jobs/01_a.sql": "DELETE FROM a;",
      "jobs/02_b.sql": "DELETE FROM b;",
      "dao/dbschema.sql": tables("a", "b"),
    });
    assert.deepEqual(
      found.map(({ id }) => id),
      ["dao", "jobs"],
    );
  });
});
