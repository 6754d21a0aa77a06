import { setNotNullScan } from "../../../src/rules/sql/set-not-null-scan.ts";
import { rule } from "../../harness/rule.ts";

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

rule(setNotNullScan, {
  reports: {
    "a column that may be null": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ALTER COLUMN state SET NOT NULL;
                 --^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 SET NOT NULL on state blocks reads and writes of orders while every row is read
`,
    "a check that is not valid": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD CONSTRAINT k CHECK (state IS NOT NULL) NOT VALID;
ALTER TABLE orders ALTER COLUMN state SET NOT NULL;
                 --^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
`,
    "a changeset": `
//- db/changelog/changes.sql (new from line 5)
--liquibase formatted sql
--changeset ann:1
CREATE TABLE customers (id bigserial PRIMARY KEY);
CREATE TABLE orders (id bigserial PRIMARY KEY, state text, customer_id bigint);
--changeset ann:2
ALTER TABLE orders ALTER state SET NOT NULL;
                 --^^^^^^^^^^^^^^^^^^^^^^^^ 💡
`,
  },
  ignores: {
    "a column that has always been so": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ALTER COLUMN code SET NOT NULL;
ALTER TABLE orders ALTER COLUMN id SET NOT NULL;
`,
    "a check that is valid says so": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD CONSTRAINT k CHECK (state IS NOT NULL) NOT VALID;
//- db/migration/V3__b.sql
ALTER TABLE orders VALIDATE CONSTRAINT k;
ALTER TABLE orders ALTER COLUMN state SET NOT NULL;
ALTER TABLE orders DROP CONSTRAINT k;
`,
    "a check that an earlier migration made": `
//- db/migration/V1__init.sql
CREATE TABLE orders (id bigserial PRIMARY KEY, state text);
ALTER TABLE orders ADD CONSTRAINT k CHECK (state IS NOT NULL);
${APPLIED}//- db/migration/V2__a.sql
ALTER TABLE orders ALTER COLUMN state SET NOT NULL;
`,
    "a column that the file adds with a default": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD COLUMN kind text DEFAULT 'plain';
ALTER TABLE orders ALTER COLUMN kind SET NOT NULL;
`,
    "a new column that is filled under a lock": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD COLUMN kind text;
UPDATE orders SET kind = 'plain';
ALTER TABLE orders ALTER COLUMN kind SET NOT NULL;
`,
    "a new table and a small one": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
CREATE TABLE items (id bigserial, name text);
ALTER TABLE items ALTER COLUMN name SET NOT NULL;
ALTER TABLE states ALTER COLUMN label SET NOT NULL;
`,
  },
  fixes: {
    "a column that may be null": `
//- db/migration/V2__more.sql
ALTER TABLE orders ADD CONSTRAINT orders_state_not_null CHECK (state IS NOT NULL) NOT VALID;
//- db/migration/V3__set_not_null_orders_state.sql
ALTER TABLE orders VALIDATE CONSTRAINT orders_state_not_null;
ALTER TABLE orders ALTER COLUMN state SET NOT NULL;
ALTER TABLE orders DROP CONSTRAINT orders_state_not_null;
`,
  },
  applied: {
    "a column that may be null": { difference: [] },
    "a changeset": { difference: [] },
  },
});
