import assert from "node:assert/strict";
import { defaultSchemaSettings } from "../../../src/model/schema/sets/settings.ts";
import { sets } from "./setsOf.ts";

describe("histories side by side", () => {
  it("lets folders that begin with one version count for themselves, Spring Modulith's root first", async () => {
    const files = ["orders/V1__a", "orders/V2__b", "__root/V1__r", "users/V1__c"].map((name) => `db/migration/${name}.sql`);
    const [set] = await sets(files);
    assert.deepEqual(
      set?.migrations.map(({ file }) => file),
      ["__root/V1__r", "orders/V1__a", "orders/V2__b", "users/V1__c"].map((name) => `db/migration/${name}.sql`),
    );
    assert.equal(set.naming?.nextFile("add_x", "db/migration/orders/V2__b.sql"), "db/migration/orders/V3__add_x.sql");
    assert.equal(set.naming?.nextFile("add_x", "db/migration/users/V1__c.sql"), "db/migration/users/V2__add_x.sql");
    assert.deepEqual(
      set.migrations.map(({ file }) => set.naming?.isLast(file)),
      [true, false, true, true],
    );
    assert.deepEqual(set.problems, []);
  });

  it("lets folders with names of their own that share a version count for themselves, too", async () => {
    const shared = (a: string, b: string): readonly string[] => [
      `db/migration/${a}/V1__a.sql`,
      `db/migration/${a}/V2__b.sql`,
      `db/migration/${b}/V2__c.sql`,
    ];
    assert.deepEqual((await sets(shared("simple", "extended")))[0]?.problems, []);
    assert.equal((await sets(shared("2023", "2024")))[0]?.problems.length, 1);
  });

  // pagopa/pagopa-debt-position: what is paid, its archive and what reports read, each with a Flyway of its own
  it("tells databases apart by the tables that histories side by side make", async () => {
    const files = {
      "db/migration/live/V1__a.sql": "CREATE TABLE parcels (id int PRIMARY KEY);",
      "db/migration/live/V2__b.sql": "ALTER TABLE parcels ADD weight int;",
      "db/migration/kept/V1__a.sql": "CREATE TABLE IF NOT EXISTS kept.parcels (id int);",
      "db/migration/users/V1__a.sql": "CREATE TABLE users (id int PRIMARY KEY);",
      "db/migration/users/R__views.sql": "CREATE VIEW names AS SELECT id FROM users;",
      "db/migration/R__all.sql": "SELECT 1;",
    };
    const found = await sets(files);
    assert.deepEqual(
      found.map(({ id, migrations }) => [id, migrations.map(({ file }) => file.replace("db/migration/", ""))]),
      [
        ["db/migration/kept", ["kept/V1__a.sql", "users/V1__a.sql", "R__all.sql", "users/R__views.sql"]],
        ["db/migration/live", ["live/V1__a.sql", "live/V2__b.sql"]],
      ],
    );
    assert.equal(found[1]?.naming?.nextFile("add_x", "db/migration/live/V1__a.sql"), "db/migration/live/V3__add_x.sql");
    assert.equal(found[0]?.naming?.nextFile("add_x", "db/migration/users/V1__a.sql"), "db/migration/users/V2__add_x.sql");
    const shared = (a: string, b: string) => ({
      "db/migration/orders/V1__a.sql": `CREATE TABLE ${a} (id int);`,
      "db/migration/users/V1__b.sql": `CREATE TABLE ${b} (id int);`,
    });
    const tables: readonly [string, string, number][] = [
      ["outbox", "users", 1],
      ["IF NOT EXISTS outbox", "IF NOT EXISTS outbox", 1],
      ["IF NOT EXISTS outbox", "outbox", 2],
      ["IF NOT EXISTS orders.outbox", "IF NOT EXISTS users.outbox", 2],
    ];
    for (const [a, b, count] of tables) assert.equal((await sets(shared(a, b))).length, count, `${a}, ${b}`);
  });

  it("makes one history of the folders that one setting lists, beside those that others list", async () => {
    const files = {
      "db/migration/ddl/V1__a.sql": "CREATE TABLE orders (id int);",
      "db/migration/ddl/V3__c.sql": "CREATE TABLE users (id int);",
      "db/migration/seed/V2__b.sql": "INSERT INTO orders VALUES (1);",
      "db/migration/dev/V4__d.sql": "INSERT INTO orders VALUES (2);",
      "db/migration/qa/V4__d.sql": "INSERT INTO orders VALUES (3);",
    };
    const order = async (...locations: string[][]) =>
      (await sets(files, { ...defaultSchemaSettings, flywayLocations: () => locations })).map(({ migrations }) =>
        migrations.map(({ file }) => file.replace("db/migration/", "")).join(" "),
      );
    const [ddl, seed, dev] = ["db/migration/ddl", "db/migration/seed", "db/migration/dev"] as const;
    assert.deepEqual(await order([ddl, seed, dev]), ["ddl/V1__a.sql seed/V2__b.sql ddl/V3__c.sql dev/V4__d.sql qa/V4__d.sql"]);
    assert.deepEqual(await order([ddl, seed, dev], [ddl, seed, "db/migration/qa"]), [
      "ddl/V1__a.sql seed/V2__b.sql ddl/V3__c.sql dev/V4__d.sql qa/V4__d.sql",
    ]);
    // What cannot be one history is none, whatever is listed.
    assert.deepEqual(await order([ddl, dev, "db/migration/qa"]), ["ddl/V1__a.sql ddl/V3__c.sql dev/V4__d.sql qa/V4__d.sql seed/V2__b.sql"]);
  });
});
