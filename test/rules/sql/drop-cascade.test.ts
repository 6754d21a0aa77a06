import { dropCascade } from "../../../src/rules/sql/drop-cascade.ts";
import { rule } from "../../harness/rule.ts";

const SCHEMA = `
//- performance.yaml
version: 1
migrations: { applied: 1 }
//- db/migration/V1__init.sql
CREATE TYPE state AS ENUM ('open', 'paid');
CREATE TABLE orders (id bigserial PRIMARY KEY, code text UNIQUE, state state);
CREATE TABLE lines (id bigserial PRIMARY KEY, order_id bigint REFERENCES orders, state state);
CREATE VIEW open_orders AS SELECT id, code FROM orders;
CREATE MATERIALIZED VIEW open_codes AS SELECT code FROM open_orders;
`;

rule(dropCascade, {
  reports: {
    "views and keys of a table": `${SCHEMA}
//- db/migration/V2__drop.sql
  DROP TABLE orders CASCADE;
--^^^^^^^^^^^^^^^^^^^^^^^^^ CASCADE takes view open_orders, view open_codes and 1 more along
`,
    "views of a column": `${SCHEMA}
//- db/migration/V2__drop.sql
  ALTER TABLE orders DROP COLUMN code CASCADE;
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CASCADE takes view open_orders and view open_codes along
`,
    "keys that need a constraint": `${SCHEMA}
//- db/migration/V2__drop.sql
  ALTER TABLE orders DROP CONSTRAINT orders_pkey CASCADE;
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CASCADE takes foreign key lines.(order_id) along
`,
    "columns of a type": `${SCHEMA}
//- db/migration/V2__drop.sql
  DROP TYPE state CASCADE;
--^^^^^^^^^^^^^^^^^^^^^^^ CASCADE takes column orders.state and column lines.state along
`,
  },
  ignores: {
    "what the migration makes anew, or drops itself": `${SCHEMA}
//- db/migration/V2__drop.sql
DROP VIEW open_orders CASCADE;
CREATE VIEW open_orders AS SELECT id, code, state FROM orders;
CREATE MATERIALIZED VIEW open_codes AS SELECT code FROM open_orders;
DROP TABLE lines, orders CASCADE;
CREATE TABLE orders (id bigserial PRIMARY KEY, code text);
CREATE VIEW open_orders AS SELECT id, code FROM orders;
CREATE MATERIALIZED VIEW open_codes AS SELECT code FROM open_orders;
`,
    "a key whose column goes, too": `${SCHEMA}
//- db/migration/V2__drop.sql
ALTER TABLE orders DROP CONSTRAINT orders_pkey CASCADE;
ALTER TABLE lines DROP COLUMN order_id;
`,
    "a cascade that takes nothing, and none": `${SCHEMA}
//- db/migration/V2__drop.sql
DROP TABLE lines CASCADE;
DROP MATERIALIZED VIEW open_codes;
`,
    "a migration that has run": `
//- db/migration/V1__init.sql
CREATE TABLE orders (id bigserial PRIMARY KEY);
CREATE VIEW all_orders AS SELECT id FROM orders;
//- db/migration/V2__drop.sql
DROP TABLE orders CASCADE;
`,
  },
});
