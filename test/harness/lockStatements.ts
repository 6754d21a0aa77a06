import type { LockForm } from "../../src/facts/sql/operationFacts.ts";

/** The tables that the statements below are about. */
export const LOCK_SETUP = `
CREATE TABLE orders (id int PRIMARY KEY, note varchar(20), amount int, state text, ref int NOT NULL, owner int);
CREATE TABLE owners (id int PRIMARY KEY);
CREATE TABLE buyers (id int NOT NULL);
CREATE TABLE sellers () INHERITS (owners);
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
export const LOCK_STATEMENTS: Readonly<Partial<Record<LockForm, readonly [sql: string, table: string, other?: string]>>> = {
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
  inherit: ["ALTER TABLE buyers INHERIT owners", "buyers", "owners"],
  "no inherit": ["ALTER TABLE sellers NO INHERIT owners", "sellers", "owners"],
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
export const OUTSIDE_OF_TRANSACTIONS: ReadonlySet<LockForm> = new Set([
  "create index concurrently",
  "drop index concurrently",
  "reindex concurrently",
  "detach partition concurrently",
  "vacuum full",
  "set tablespace",
]);
