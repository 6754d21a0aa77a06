import assert from "node:assert/strict";
import type { LockForm } from "../../../src/facts/sql/operationFacts.ts";
import { LOCK_TABLE, LOCK_VERSIONS, type LockMode, lockOf, waitsFor } from "../../../src/model/schema/locks.ts";
import { factsOf } from "../../harness/check.ts";
import { LOCK_SETUP, LOCK_STATEMENTS, OUTSIDE_OF_TRANSACTIONS } from "../../harness/lockStatements.ts";
import { describeWithPostgres, type PostgresDatabase } from "../../harness/postgres.ts";

describe("lock levels", () => {
  it("have one row a form and version, in order", () => {
    const keys = LOCK_TABLE.map(({ form, since }) => `${form} ${since}`);
    assert.equal(new Set(keys).size, keys.length);
    for (const { since } of LOCK_TABLE) assert.ok((LOCK_VERSIONS as readonly number[]).includes(since));
  });

  it("have a statement for every form, which facts give that form", async () => {
    for (const { form } of LOCK_TABLE) {
      const [sql] = LOCK_STATEMENTS[form] ?? [];
      assert.equal(sql === undefined, OUTSIDE_OF_TRANSACTIONS.has(form), form);
      if (sql === undefined) continue;
      const facts = await factsOf("db/migration/V1__a.sql", `${sql};`);
      assert.ok(facts.language === "sql");
      assert.deepEqual(
        facts.sql.statements.flatMap(({ operations }) => operations.map((one) => one.form)),
        [form],
      );
    }
  });

  it("know what a version does not know", () => {
    assert.equal(lockOf("detach partition concurrently", 13), undefined);
    assert.equal(lockOf("detach partition concurrently", 14)?.lock, "SHARE UPDATE EXCLUSIVE");
    assert.equal(lockOf("add not null not valid", 17), undefined);
  });

  it("say who waits", () => {
    assert.equal(waitsFor("ACCESS EXCLUSIVE"), "reads and writes");
    assert.equal(waitsFor("SHARE"), "writes");
    assert.equal(waitsFor("SHARE UPDATE EXCLUSIVE"), undefined);
  });
});

describeWithPostgres("lock levels on a real server", (server) => {
  it("are what pg_locks says, and tables are rewritten where the table says so", () => {
    const { major } = server();
    const database = server().database();
    database.run(LOCK_SETUP);
    const seen: string[] = [];
    const said: string[] = [];
    for (const [form, [sql, table, other]] of Object.entries(LOCK_STATEMENTS) as [LockForm, readonly [string, string, string?]][]) {
      const row = lockOf(form, major);
      if (row === undefined) continue;
      const { locks, rewritten } = observed(database, sql, [table, ...(other === undefined ? [] : [other])]);
      // DROP INDEX takes the index's lock on its table, REFRESH and TRUNCATE write new files for other reasons.
      seen.push(`${form}: ${locks.join(", ")}${rewritten ? ", rewrites" : ""}`);
      const rewrites = row.work === "rewrite" || form === "truncate" || form === "refresh materialized view";
      said.push(
        `${form}: ${[row.lock, ...(other === undefined ? [] : [row.other as LockMode])].join(", ")}${rewrites ? ", rewrites" : ""}`,
      );
    }
    assert.deepEqual(seen, said);
  });
});

/** The strongest lock on each table, and whether the first one's rows lie in a new file, inside a transaction that is rolled back. */
function observed(database: PostgresDatabase, sql: string, tables: readonly string[]): { locks: readonly string[]; rewritten: boolean } {
  const strength =
    "array_position(ARRAY['AccessShareLock','RowShareLock','RowExclusiveLock','ShareUpdateExclusiveLock','ShareLock','ShareRowExclusiveLock','ExclusiveLock','AccessExclusiveLock'], l.mode)";
  const oids = tables.map(
    (table) => `SELECT '${table}'::regclass::oid AS oid_${table}, coalesce(pg_relation_filenode('${table}'), 0) AS file_${table} \\gset`,
  );
  const locks = tables.map(
    (table) => `SELECT mode FROM pg_locks l WHERE pid = pg_backend_pid() AND relation = :oid_${table} ORDER BY ${strength} DESC LIMIT 1;`,
  );
  const file = tables[0];
  const script = `BEGIN;\n${oids.join("\n")}\n${sql};\n${locks.join("\n")}\nSELECT coalesce(pg_relation_filenode(:oid_${file}) <> :file_${file}, false);\nROLLBACK;`;
  const lines = database.run(script).split("\n");
  const rewritten = lines.at(-1) === "t";
  const words = (mode: string): string =>
    mode
      .replace(/Lock$/, "")
      .replace(/(?<=[a-z])(?=[A-Z])/g, " ")
      .toUpperCase();
  return { locks: lines.slice(-1 - tables.length, -1).map(words), rewritten };
}
