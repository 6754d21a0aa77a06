import { columnDefaultRewrites } from "../../../src/rules/sql/column-default-rewrites.ts";
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

rule(columnDefaultRewrites, {
  reports: {
    "a default that is another one for each row": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD COLUMN token uuid DEFAULT gen_random_uuid();
                 --^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 The default of token rewrites orders while nothing can read or write it
`,
    "the same, never null, beside another command": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD COLUMN a text, ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid();
                                    --^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
`,
    "numbers of a sequence": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD COLUMN number bigserial;
                 --^^^^^^^^^^^^^^^^^^^^^^^^^^^ The serial column number rewrites orders while nothing can read or write it
ALTER TABLE orders ADD COLUMN line int GENERATED ALWAYS AS IDENTITY;
                 --^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ The identity column line rewrites orders while nothing can read or write it
`,
    "a stored column": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD COLUMN double_amount int GENERATED ALWAYS AS (amount * 2) STORED;
                 --^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ The stored column double_amount rewrites orders while nothing can read or write it
`,
    "the next number of a sequence": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
CREATE SEQUENCE numbers;
ALTER TABLE orders ADD COLUMN number character varying(20) NOT NULL DEFAULT nextval('numbers');
                 --^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 The default of number rewrites orders while nothing can read or write it
ALTER TABLE orders ADD COLUMN paid boolean;
`,
    "what a fix would leave undone": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD COLUMN token uuid UNIQUE DEFAULT gen_random_uuid();
                 --^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
ALTER TABLE customers ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid();
                    --^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
ALTER TABLE customers DROP CONSTRAINT customers_pkey;
`,
    "a changeset": `
//- db/changelog/changes.sql (new from line 5)
--liquibase formatted sql
--changeset ann:1
CREATE TABLE customers (id bigserial PRIMARY KEY);
CREATE TABLE orders (id bigserial PRIMARY KEY, state text, customer_id bigint);
--changeset ann:2
ALTER TABLE orders ADD COLUMN token uuid DEFAULT gen_random_uuid();
                 --^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
`,
  },
  ignores: {
    "constants, and what is worked out once": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD COLUMN a timestamptz NOT NULL DEFAULT now();
ALTER TABLE orders ADD COLUMN b text DEFAULT lower('A') || 'b';
ALTER TABLE orders ADD COLUMN c date DEFAULT CURRENT_DATE;
ALTER TABLE orders ADD COLUMN d jsonb NOT NULL DEFAULT '{}'::jsonb;
`,
    "no default, a virtual column, a function that nobody knows": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD COLUMN a uuid;
ALTER TABLE orders ADD COLUMN b int GENERATED ALWAYS AS (amount * 2) VIRTUAL;
ALTER TABLE orders ADD COLUMN c text DEFAULT next_code();
`,
    "new tables and small ones": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
CREATE TABLE items (name text);
ALTER TABLE items ADD COLUMN id bigserial;
ALTER TABLE states ADD COLUMN id bigserial;
`,
    "a default for new rows": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ALTER COLUMN code SET DEFAULT gen_random_uuid()::text;
`,
  },
  fixes: {
    "a default that is another one for each row": `
//- db/migration/V2__more.sql
ALTER TABLE orders ADD COLUMN token uuid, ALTER COLUMN token SET DEFAULT gen_random_uuid();
//- db/migration/V3__fill_orders_token.sql
${batches("orders", "token = DEFAULT", "(token IS NULL)")}
//- db/migration/V3__fill_orders_token.sql.conf
executeInTransaction=false
`,
  },
  applied: {
    "a default that is another one for each row": {
      difference: [],
      rows: "INSERT INTO orders (note, code) SELECT i, i FROM generate_series(1, 25000) AS i",
      same: "SELECT count(*), count(token), count(DISTINCT token) FROM orders",
    },
    "the same, never null, beside another command": {
      difference: [],
      rows: "INSERT INTO orders (note, code) SELECT i, i FROM generate_series(1, 25000) AS i",
      same: "SELECT count(*), count(token), count(DISTINCT token) FROM orders",
    },
    "a changeset": { difference: [] },
  },
});
