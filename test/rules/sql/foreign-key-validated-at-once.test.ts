import { foreignKeyValidatedAtOnce } from "../../../src/rules/sql/foreign-key-validated-at-once.ts";
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

rule(foreignKeyValidatedAtOnce, {
  reports: {
    "a schema that the tool fills in": `
//- db/migration/V1__init.sql
CREATE TABLE \${shop}.customers (id bigserial PRIMARY KEY);
CREATE TABLE \${shop}.orders (id bigserial PRIMARY KEY, customer_id bigint);
${APPLIED}//- db/migration/V2__more.sql
ALTER TABLE \${shop}.orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES \${shop}.customers;
                         --^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
`,
    "a key between two tables that were there before": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders
  ADD CONSTRAINT fk_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE;
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 fk_customer blocks writes to orders and customers while every row is checked
`,
    // digitalservicebund/ris-norms V0.24
    "a new parent that is filled from the table": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
CREATE TABLE kinds (code text PRIMARY KEY);
INSERT INTO kinds SELECT DISTINCT code FROM orders;
ALTER TABLE orders ADD CONSTRAINT fk_kind FOREIGN KEY (code) REFERENCES kinds;
                 --^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 fk_kind blocks writes to orders while every row is looked up in kinds, which is filled from it
`,
    "a key without a name": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers;
                 --^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 orders_customer_id_fkey blocks writes to orders and customers while every row is checked
`,
    "a changeset": `
//- db/changelog/changes.sql (new from line 5)
--liquibase formatted sql
--changeset ann:1
CREATE TABLE customers (id bigserial PRIMARY KEY);
CREATE TABLE orders (id bigserial PRIMARY KEY, state text, customer_id bigint);
--changeset ann:2
ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers;
                 --^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
--changeset ann:3
ALTER TABLE orders ADD COLUMN a text;
`,
    "one command of several": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD COLUMN a text, ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers (id), ADD COLUMN b text;
                                    --^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
`,
  },
  ignores: {
    "a new parent that is filled from another table": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
CREATE TABLE kinds (code text PRIMARY KEY);
INSERT INTO kinds SELECT DISTINCT email FROM customers;
ALTER TABLE orders ADD CONSTRAINT fk_kind FOREIGN KEY (code) REFERENCES kinds;
`,
    "NOT VALID": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;
`,
    "a new column, whose values are all null": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD COLUMN buyer_id bigint;
ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (buyer_id) REFERENCES customers;
ALTER TABLE orders ADD COLUMN seller_id bigint REFERENCES customers;
`,
    "a new child or a new parent": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
CREATE TABLE items (id bigserial PRIMARY KEY, order_id bigint);
ALTER TABLE items ADD CONSTRAINT fk FOREIGN KEY (order_id) REFERENCES orders;
ALTER TABLE orders ADD CONSTRAINT fk2 FOREIGN KEY (customer_id) REFERENCES items;
`,
    "a child that is small": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE states ADD CONSTRAINT fk FOREIGN KEY (code) REFERENCES customers (email);
`,
  },
  fixes: {
    "a schema that the tool fills in": `
//- db/migration/V2__more.sql
ALTER TABLE \${shop}.orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES \${shop}.customers NOT VALID;
//- db/migration/V3__validate_fk.sql
ALTER TABLE \${shop}.orders VALIDATE CONSTRAINT fk;
`,
    "a key between two tables that were there before": `
//- db/migration/V2__more.sql
ALTER TABLE orders
  ADD CONSTRAINT fk_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE NOT VALID;
//- db/migration/V3__validate_fk_customer.sql
ALTER TABLE orders VALIDATE CONSTRAINT fk_customer;
`,
    "a key without a name": `
//- db/migration/V2__more.sql
ALTER TABLE orders ADD CONSTRAINT orders_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;
//- db/migration/V3__validate_orders_customer_id_fkey.sql
ALTER TABLE orders VALIDATE CONSTRAINT orders_customer_id_fkey;
`,
    "a changeset": `
//- db/changelog/changes.sql
--liquibase formatted sql
--changeset ann:1
CREATE TABLE customers (id bigserial PRIMARY KEY);
CREATE TABLE orders (id bigserial PRIMARY KEY, state text, customer_id bigint);
--changeset ann:2
ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;

--changeset ann:2-2
ALTER TABLE orders VALIDATE CONSTRAINT fk;

--changeset ann:3
ALTER TABLE orders ADD COLUMN a text;
`,
  },
  applied: {
    "a key between two tables that were there before": { difference: [] },
    "a key without a name": { difference: [] },
    "a changeset": { difference: [] },
    "one command of several": { difference: [] },
  },
});
