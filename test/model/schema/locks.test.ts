import assert from "node:assert/strict";
import type { LockForm } from "../../../src/facts/sql/operationFacts.ts";
import { LOCK_TABLE, LOCK_VERSIONS, type LockMode, lockOf, waitsFor } from "../../../src/model/schema/locks.ts";
import { factsOf } from "../../harness/check.ts";
import { describeWithPostgres, type PostgresDatabase } from "../../harness/postgres.ts";

const SETUP = `
CREATE TABLE orders (id int PRIMARY KEY, note varchar(20), amount int, state text, ref int NOT NULL, owner int);
CREATE TABLE owners (id int PRIMARY KEY);
CREATE INDEX idx_state ON orders (state);
CREATE UNIQUE INDEX idx_note ON orders (note);
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID;
CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION nothing();
CREATE MATERIALIZED VIEW totals AS SELECT id, amount FROM orders;
CREATE UNIQUE INDEX idx_totals ON totals (id);
CREATE TABLE parts (id int NOT NULL, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE parts_2 (id int NOT NULL, day date NOT NULL);
`;

/** A statement of each form that a server can run in a transaction, the table that it locks, and the other one. */
const STATEMENTS: Readonly<Partial<Record<LockForm, readonly [sql: string, table: string, other?: string]>>> = {
  "create index": ["CREATE INDEX i ON orders (amount)", "orders"],
  "drop index": ["DROP INDEX idx_state", "orders"],
  reindex: ["REINDEX TABLE orders", "orders"],
  "add column": ["ALTER TABLE orders ADD COLUMN c text", "orders"],
  "add column with default": ["ALTER TABLE orders ADD COLUMN c timestamptz NOT NULL DEFAULT now()", "orders"],
  "add column with volatile default": ["ALTER TABLE orders ADD COLUMN c uuid DEFAULT gen_random_uuid()", "orders"],
  "add serial column": ["ALTER TABLE orders ADD COLUMN c bigserial", "orders"],
  "add identity column": ["ALTER TABLE orders ADD COLUMN c bigint GENERATED ALWAYS AS IDENTITY", "orders"],
  "add stored generated column": ["ALTER TABLE orders ADD COLUMN c int GENERATED ALWAYS AS (amount * 2) STORED", "orders"],
  "add virtual generated column": ["ALTER TABLE orders ADD COLUMN c int GENERATED ALWAYS AS (amount * 2) VIRTUAL", "orders"],
  "drop column": ["ALTER TABLE orders DROP COLUMN owner", "orders"],
  "set column type": ["ALTER TABLE orders ALTER COLUMN note TYPE varchar(40)", "orders"],
  "rewrite column type": ["ALTER TABLE orders ALTER COLUMN ref TYPE text USING lower(ref::text)", "orders"],
  "set default": ["ALTER TABLE orders ALTER COLUMN amount SET DEFAULT 1", "orders"],
  "set not null": ["ALTER TABLE orders ALTER COLUMN state SET NOT NULL", "orders"],
  "drop not null": ["ALTER TABLE orders ALTER COLUMN ref DROP NOT NULL", "orders"],
  "add not null not valid": ["ALTER TABLE orders ADD CONSTRAINT n NOT NULL state NOT VALID", "orders"],
  "add identity": ["ALTER TABLE orders ALTER COLUMN ref ADD GENERATED ALWAYS AS IDENTITY", "orders"],
  "add foreign key": ["ALTER TABLE orders ADD CONSTRAINT f FOREIGN KEY (owner) REFERENCES owners", "orders", "owners"],
  "add foreign key not valid": ["ALTER TABLE orders ADD CONSTRAINT f FOREIGN KEY (owner) REFERENCES owners NOT VALID", "orders", "owners"],
  "add check": ["ALTER TABLE orders ADD CONSTRAINT k CHECK (ref > 0)", "orders"],
  "add check not valid": ["ALTER TABLE orders ADD CONSTRAINT k CHECK (ref > 0) NOT VALID", "orders"],
  "add unique": ["ALTER TABLE orders ADD CONSTRAINT u UNIQUE (amount)", "orders"],
  "add primary key": ["ALTER TABLE parts_2 ADD PRIMARY KEY (id)", "parts_2"],
  "add constraint using index": ["ALTER TABLE orders ADD CONSTRAINT u UNIQUE USING INDEX idx_note", "orders"],
  "add exclusion": ["ALTER TABLE orders ADD CONSTRAINT e EXCLUDE USING gist (int4range(amount, ref) WITH &&)", "orders"],
  "validate constraint": ["ALTER TABLE orders VALIDATE CONSTRAINT positive", "orders"],
  "drop constraint": ["ALTER TABLE orders DROP CONSTRAINT positive", "orders"],
  "rename column": ["ALTER TABLE orders RENAME COLUMN note TO remark", "orders"],
  "rename table": ["ALTER TABLE orders RENAME TO purchases", "orders"],
  "rename constraint": ["ALTER TABLE orders RENAME CONSTRAINT positive TO above_zero", "orders"],
  "rename index": ["ALTER INDEX idx_state RENAME TO idx_states", "idx_state"],
  "drop table": ["DROP TABLE parts_2", "parts_2"],
  truncate: ["TRUNCATE orders", "orders"],
  "create trigger": ["CREATE TRIGGER s BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION nothing()", "orders"],
  "drop trigger": ["DROP TRIGGER t ON orders", "orders"],
  "toggle trigger": ["ALTER TABLE orders DISABLE TRIGGER t", "orders"],
  "attach partition": ["ALTER TABLE parts ATTACH PARTITION parts_2 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')", "parts", "parts_2"],
  "detach partition": ["ALTER TABLE parts DETACH PARTITION parts_1", "parts", "parts_1"],
  "create partition": ["CREATE TABLE parts_3 PARTITION OF parts FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')", "parts"],
  "set logged": ["ALTER TABLE parts_2 SET UNLOGGED", "parts_2"],
  "set storage parameters": ["ALTER TABLE orders SET (fillfactor = 90)", "orders"],
  "set statistics": ["ALTER TABLE orders ALTER COLUMN state SET STATISTICS 500", "orders"],
  "refresh materialized view": ["REFRESH MATERIALIZED VIEW totals", "totals"],
  "refresh materialized view concurrently": ["REFRESH MATERIALIZED VIEW CONCURRENTLY totals", "totals"],
  cluster: ["CLUSTER orders USING idx_state", "orders"],
  "lock table": ["LOCK TABLE orders", "orders"],
  update: ["UPDATE orders SET amount = 1", "orders"],
  delete: ["DELETE FROM orders", "orders"],
  "insert select": ["INSERT INTO owners SELECT id FROM orders", "owners"],
};

/** Forms that run outside of transactions only, or that need a table space: their lock is seen in no transaction of ours. */
const OUTSIDE: ReadonlySet<LockForm> = new Set([
  "create index concurrently",
  "drop index concurrently",
  "reindex concurrently",
  "detach partition concurrently",
  "vacuum full",
  "set tablespace",
]);

describe("lock levels", () => {
  it("have one row a form and version, in order", () => {
    const keys = LOCK_TABLE.map(({ form, since }) => `${form} ${since}`);
    assert.equal(new Set(keys).size, keys.length);
    for (const { since } of LOCK_TABLE) assert.ok((LOCK_VERSIONS as readonly number[]).includes(since));
  });

  it("have a statement for every form, which facts give that form", async () => {
    for (const { form } of LOCK_TABLE) {
      const [sql] = STATEMENTS[form] ?? [];
      assert.equal(sql === undefined, OUTSIDE.has(form), form);
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
    database.run(SETUP);
    const seen: string[] = [];
    const said: string[] = [];
    for (const [form, [sql, table, other]] of Object.entries(STATEMENTS) as [LockForm, readonly [string, string, string?]][]) {
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
