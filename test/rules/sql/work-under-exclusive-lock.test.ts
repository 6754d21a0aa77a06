import { workUnderExclusiveLock } from "../../../src/rules/sql/work-under-exclusive-lock.ts";
import { rule } from "../../harness/rule.ts";
import { batches } from "./batches.ts";

const SCHEMA = `
//- db/migration/V1__init.sql
CREATE TABLE customers (id bigserial PRIMARY KEY, email text NOT NULL);
CREATE TABLE orders (id bigserial PRIMARY KEY, note varchar(20), amount int, state text, customer_id bigint, code text NOT NULL);
CREATE INDEX idx_orders_state ON orders (state);
CREATE TABLE states (code text PRIMARY KEY, label text);
INSERT INTO states VALUES ('a', 'A'), ('b', 'B');
`;
const APPLIED = `
//- performance.yaml
version: 1
migrations: { applied: 1 }
`;

rule(workUnderExclusiveLock, {
  reports: {
    "an update of every row behind a new column": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD COLUMN kind text;
  UPDATE orders SET kind = 'plain';
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 UPDATE orders runs while orders is locked for reads and writes
ALTER TABLE orders ALTER COLUMN kind SET DEFAULT 'plain';
`,
    "names in a schema that the script sets, and what is said of the statement": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
-- Kinds of orders
-- and what they were

SET search_path TO public;
ALTER TABLE orders ADD COLUMN kind text;

-- All of them were plain.
  UPDATE orders SET kind = 'plain'
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
`,
    "only rows that the column has made null": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD COLUMN kind text;
  UPDATE orders SET kind = state WHERE kind IS NULL;
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
`,
    "rows that are copied while another table is locked": `${SCHEMA}//- performance.yaml
version: 1
migrations: { applied: 1 }
database: { tables: { orders: { rows: 2M } } }
//- db/migration/V2__more.sql
ALTER TABLE customers ADD COLUMN phone text;
CREATE TABLE states_seen (state text);
  INSERT INTO states_seen SELECT state FROM orders;
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 INSERT INTO states_seen runs while customers is locked for reads and writes
`,
    "a changeset": `
//- db/changelog/changes.sql (new from line 5)
--liquibase formatted sql
--changeset ann:1
CREATE TABLE customers (id bigserial PRIMARY KEY);
CREATE TABLE orders (id bigserial PRIMARY KEY, state text, customer_id bigint);
--changeset ann:2
ALTER TABLE orders ADD COLUMN kind text;
  UPDATE orders SET kind = 'plain';
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
`,
  },
  ignores: {
    "rows that are copied, of a size that nobody knows": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE customers ADD COLUMN phone text;
INSERT INTO customers (email) SELECT state FROM orders;
`,
    "two migrations": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD COLUMN kind text;
//- db/migration/V3__fill.sql
UPDATE orders SET kind = 'plain';
`,
    "an update in front of the lock": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
UPDATE orders SET state = 'a' WHERE state IS NULL;
ALTER TABLE orders ALTER COLUMN state SET NOT NULL;
`,
    "some of the rows": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD COLUMN kind text;
UPDATE orders SET kind = 'late' WHERE amount > 100;
`,
    "a lock on a new or a small table": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
CREATE TABLE items (id bigserial);
ALTER TABLE items ADD COLUMN a text;
ALTER TABLE states ADD COLUMN a text;
UPDATE orders SET state = 'a';
`,
    "statements that run each for itself": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD COLUMN kind text;
UPDATE orders SET kind = 'plain';
//- db/migration/V2__more.sql.conf
executeInTransaction=false
`,
    "a migration that has run": `${SCHEMA}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD COLUMN kind text;
UPDATE orders SET kind = 'plain';
`,
  },
  fixes: {
    "an update of every row behind a new column": `
//- db/migration/V2__more.sql
ALTER TABLE orders ADD COLUMN kind text;
//- db/migration/V3__fill_orders.sql
${batches("orders", "kind = 'plain'")}
//- db/migration/V3__fill_orders.sql.conf
executeInTransaction=false
//- db/migration/V4__after_fill_orders.sql
ALTER TABLE orders ALTER COLUMN kind SET DEFAULT 'plain';
`,
    "names in a schema that the script sets, and what is said of the statement": `
//- db/migration/V2__more.sql
-- Kinds of orders
-- and what they were

SET search_path TO public;
ALTER TABLE orders ADD COLUMN kind text;
//- db/migration/V3__fill_orders.sql
SET search_path TO public;
-- All of them were plain.
  UPDATE orders SET kind = 'plain'
`,
    "a changeset": `
//- db/changelog/changes.sql
--liquibase formatted sql
--changeset ann:1
CREATE TABLE customers (id bigserial PRIMARY KEY);
CREATE TABLE orders (id bigserial PRIMARY KEY, state text, customer_id bigint);
--changeset ann:2
ALTER TABLE orders ADD COLUMN kind text;

--changeset ann:2-2 runInTransaction:false splitStatements:false
${batches("orders", "kind = 'plain'")}
`,
  },
  applied: {
    "an update of every row behind a new column": {
      difference: [],
      rows: "INSERT INTO orders (note, state, code) SELECT i, i % 2, i FROM generate_series(1, 25000) AS i",
      same: "SELECT kind, count(*) FROM orders GROUP BY 1",
    },
    "a changeset": { difference: [] },
  },
});
