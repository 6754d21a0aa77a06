import { backfillInMigration } from "../../../src/rules/sql/backfill-in-migration.ts";
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

rule(backfillInMigration, {
  reports: {
    "an update of every row": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
  UPDATE orders SET state = upper(state);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 UPDATE writes every row of orders in one transaction
`,
    "rows in which the same column is null, beside other statements": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE states ADD COLUMN a text;
  UPDATE orders SET state = 'open' WHERE state IS NULL;
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 UPDATE writes every row of orders in one transaction
`,
    "in front of the first statement that runs under a lock for everybody": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
  UPDATE orders SET note = 'none' WHERE note IS NULL;
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
ALTER TABLE orders ALTER COLUMN note SET NOT NULL;
UPDATE orders SET state = 'a' WHERE state IS NULL;
`,
    "a delete of every row": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
  DELETE FROM orders;
--^^^^^^^^^^^^^^^^^^ DELETE takes every row of orders in one transaction
`,
    "a statement that follows needs the rows": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
  UPDATE orders SET state = 'a';
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
ALTER TABLE orders ADD CONSTRAINT k CHECK (state = 'a') NOT VALID;
`,
    "rows of another table, under another name": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
  UPDATE orders o SET note = (SELECT c.email FROM customers c WHERE c.id = o.customer_id);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ UPDATE writes every row of orders in one transaction
`,
    "a table in a schema that the tool names": `
//- db/migration/V1__init.sql
CREATE TABLE \${flyway:defaultSchema}.orders (id bigserial PRIMARY KEY, state text);
//- performance.yaml
version: 1
migrations: { applied: 1 }
//- db/migration/V2__more.sql
  UPDATE \${flyway:defaultSchema}.orders SET state = upper(state);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 UPDATE writes every row of orders in one transaction
`,
    "a changeset": `
//- db/changelog/changes.sql (new from line 5)
--liquibase formatted sql
--changeset ann:1
CREATE TABLE customers (id bigserial PRIMARY KEY);
CREATE TABLE orders (id bigserial PRIMARY KEY, state text, customer_id bigint);
--changeset ann:2
  UPDATE orders SET state = 'a';
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
`,
  },
  ignores: {
    "what runs under a lock for everybody": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD COLUMN a text;
UPDATE orders SET a = 'a';
UPDATE customers SET email = 'a';
`,
    "some of the rows": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
UPDATE orders SET state = 'late' WHERE amount > 100;
DELETE FROM orders WHERE id < 10;
`,
    "a new table and a small one": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
CREATE TABLE items (id bigserial, a text);
UPDATE items SET a = 'a';
UPDATE states SET label = upper(label);
`,
    "a migration that has run": `${SCHEMA}
//- db/migration/V2__more.sql
UPDATE orders SET state = 'a';
`,
  },
  fixes: {
    "a changeset": `
//- db/changelog/changes.sql
--liquibase formatted sql
--changeset ann:1
CREATE TABLE customers (id bigserial PRIMARY KEY);
CREATE TABLE orders (id bigserial PRIMARY KEY, state text, customer_id bigint);
--changeset ann:2 runInTransaction:false splitStatements:false
  ${batches("orders", "state = 'a'")}
`,
  },
  applied: {
    "an update of every row": {
      difference: [],
      rows: "INSERT INTO orders (note, state, code) SELECT i, i % 2, i FROM generate_series(1, 25000) AS i",
      same: "SELECT state, count(*) FROM orders GROUP BY 1 ORDER BY 1",
    },
    "rows in which the same column is null, beside other statements": {
      difference: [],
      rows: "INSERT INTO orders (note, code) SELECT i, i FROM generate_series(1, 25000) AS i",
      same: "SELECT state, count(*) FROM orders GROUP BY 1 ORDER BY 1",
    },
    "a changeset": { difference: [] },
  },
});
