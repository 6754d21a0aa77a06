import assert from "node:assert/strict";
import type { MigrationHistory } from "../../../src/model/schema/migrationHistory.ts";
import type { PendingMigration } from "../../../src/model/schema/pendingMigrations.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";

const SCHEMA = `
//- db/migration/V1__init.sql
CREATE TABLE orders (id bigserial PRIMARY KEY, note varchar(20));
`;

async function pendingIn(file: string, fixture: string, history?: MigrationHistory): Promise<PendingMigration | undefined> {
  const workspace = new TestWorkspace([]);
  await workspace.put(parseFixture(fixture).files);
  if (history !== undefined) workspace.workspace.setHistory(history);
  return workspace.workspace.model.pending.of(file);
}

/** One line a unit: how it runs, then each step as form, table, whether it is new. */
const shown = (pending: PendingMigration | undefined): readonly string[] =>
  (pending?.units ?? []).map(({ transactional, steps }) =>
    [
      transactional ? "transaction" : "alone",
      ...steps.map((step) => `${step.operation.form} ${step.table?.name ?? "-"}${step.pending ? "" : " (ran)"}`),
    ].join(": "),
  );

describe("migrations that have not run", () => {
  it("are those behind the version of performance.yaml, however it is written", async () => {
    const fixture = `${SCHEMA}
//- db/migration/V2.9__a.sql
ALTER TABLE orders ADD COLUMN a text;
//- db/migration/V2.10__b.sql
ALTER TABLE orders ADD COLUMN b text;
//- performance.yaml
version: 1
migrations:
  applied: "2.9"
`;
    assert.equal(await pendingIn("db/migration/V2.9__a.sql", fixture), undefined);
    assert.deepEqual(shown(await pendingIn("db/migration/V2.10__b.sql", fixture)), ["transaction: add column orders"]);
  });

  it("are told by the nearest performance.yaml, one above the workspace among them", async () => {
    const fixture = `
//- ../performance.yaml
version: 1
migrations: { applied: 1 }
//- b/performance.yaml
version: 1
migrations: { applied: 2 }
//- a/db/migration/V1__a.sql
CREATE TABLE orders (id bigserial PRIMARY KEY);
//- a/db/migration/V2__b.sql
CREATE INDEX i ON orders (id);
//- b/db/migration/V1__a.sql
CREATE TABLE items (id bigserial PRIMARY KEY);
//- b/db/migration/V2__b.sql
CREATE INDEX i ON items (id);
`;
    assert.deepEqual(shown(await pendingIn("a/db/migration/V2__b.sql", fixture)), ["transaction: create index orders"]);
    assert.equal(await pendingIn("b/db/migration/V2__b.sql", fixture), undefined);
  });

  it("are those that version control has as new; of changed files, the changed lines", async () => {
    const fixture = `${SCHEMA}
//- db/migration/V2__a.sql
ALTER TABLE orders ADD COLUMN a text;
ALTER TABLE orders ADD COLUMN b text;
`;
    const file = "db/migration/V2__a.sql";
    assert.equal(await pendingIn(file, fixture), undefined);
    const all = await pendingIn(file, fixture, { changed: new Map([[file, "new"]]) });
    assert.deepEqual(shown(all), ["transaction: add column orders: add column orders"]);
    const one = await pendingIn(file, fixture, { changed: new Map([[file, [{ first: 2, last: 2 }]]]) });
    assert.deepEqual(shown(one), ["transaction: add column orders (ran): add column orders"]);
    assert.equal(await pendingIn(file, fixture, { changed: new Map([[file, [{ first: 9, last: 9 }]]]) }), undefined);
  });

  it("make tables that nobody waits for, under whatever name", async () => {
    const fixture = `${SCHEMA}
//- db/migration/V2__a.sql
CREATE TABLE items (id int);
CREATE INDEX i ON items (id);
//- db/migration/V3__b.sql
ALTER TABLE items RENAME TO lines;
CREATE INDEX j ON lines (id);
CREATE INDEX k ON orders (note);
//- performance.yaml
version: 1
migrations: { applied: 1 }
`;
    assert.deepEqual(shown(await pendingIn("db/migration/V3__b.sql", fixture)), [
      "transaction: rename table -: create index -: create index orders",
    ]);
  });

  it("know a table as the statements before have left it", async () => {
    const fixture = `${SCHEMA}
//- db/migration/V2__a.sql
ALTER TABLE orders ADD COLUMN a text;
ALTER TABLE orders ALTER COLUMN a SET NOT NULL;
//- performance.yaml
version: 1
migrations: { applied: 1 }
`;
    const steps = (await pendingIn("db/migration/V2__a.sql", fixture))?.units[0]?.steps;
    assert.deepEqual(
      steps?.map(({ table }) => [...(table?.columns.keys() ?? [])].join()),
      ["id,note", "id,note,a"],
    );
  });

  it("run in one transaction, alone where Flyway sees that they must or the file beside them says so, or as they say themselves", async () => {
    const units = async (sql: string, more = "") =>
      shown(
        await pendingIn(
          "db/migration/V2__a.sql",
          `${SCHEMA}${more}\n//- performance.yaml\nversion: 1\nmigrations: { applied: 1 }\n//- db/migration/V2__a.sql\n${sql}\n`,
        ),
      );
    assert.deepEqual(await units("DROP INDEX CONCURRENTLY IF EXISTS i;"), ["alone: drop index concurrently -"]);
    assert.deepEqual(await units("UPDATE orders SET note = 'a';", "\n//- db/migration/V2__a.sql.conf\nexecuteInTransaction=false\n"), [
      "alone: update orders",
    ]);
    assert.deepEqual(await units("UPDATE orders SET note = 'a'; BEGIN; DELETE FROM orders; COMMIT; TRUNCATE orders;"), [
      "transaction: update orders",
      "transaction: delete orders",
      "transaction: truncate orders",
    ]);
  });

  it("of Liquibase are changesets", async () => {
    const file = "db/changelog/changes.sql";
    const fixture = `
//- db/changelog/changes.sql
--liquibase formatted sql
--changeset ann:1
CREATE TABLE orders (id bigserial PRIMARY KEY, note text);
--changeset ann:2 runInTransaction:false
CREATE INDEX CONCURRENTLY i ON orders (note);
`;
    const pending = await pendingIn(file, fixture, { changed: new Map([[file, [{ first: 4, last: 5 }]]]) });
    assert.deepEqual(shown(pending), ["transaction", "alone: create index concurrently orders"]);
    assert.deepEqual(
      pending?.units.map(({ changeset }) => changeset?.name),
      ["ann:1", "ann:2"],
    );
  });

  it("are none in other dialects, in tests and in scripts that are no migrations", async () => {
    for (const file of ["db/migration/mysql/V2__a.sql", "src/test/resources/db/migration/V2__a.sql", "schema.sql"]) {
      const fixture = `\n//- ${file}\nCREATE TABLE a (id serial);\nALTER TABLE a ADD COLUMN b text;\n`;
      assert.equal(await pendingIn(file, fixture, { changed: new Map([[file, "new"]]) }), undefined, file);
    }
  });

  it("outdate exactly what has asked for them", async () => {
    const workspace = new TestWorkspace([]);
    const file = "db/migration/V2__a.sql";
    await workspace.put(parseFixture(`${SCHEMA}\n//- ${file}\nCREATE INDEX i ON orders (note);\n`).files);
    const { model } = workspace.workspace;
    const read = model.reads.during(() => model.pending.of(file));
    const changed = [...model.pending.setHistory({ changed: new Map([[file, "new"]]) })];
    assert.ok(changed.some((key) => read.has(key)));
    assert.deepEqual([...model.pending.setHistory({ changed: new Map([[file, "new"]]) })], []);
  });
});
