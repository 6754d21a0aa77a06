import { uniqueConstraintBuildsIndex } from "../../../src/rules/sql/unique-constraint-builds-index.ts";
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
const SPRING = `
//- src/main/resources/application.yml
spring:
  flyway:
    enabled: true
`;

rule(uniqueConstraintBuildsIndex, {
  reports: {
    "a constraint on a table that was there before": `${SCHEMA}${APPLIED}${SPRING}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD CONSTRAINT uq_code UNIQUE (code, id);
                 --^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 UNIQUE uq_code blocks reads and writes of orders while its index is built
`,
    "a constraint without a name, behind other statements": `${SCHEMA}${APPLIED}${SPRING}
//- db/migration/V2__more.sql
ALTER TABLE customers ADD COLUMN phone text;
ALTER TABLE orders ADD UNIQUE (code);
                 --^^^^^^^^^^^^^^^^^ 💡 UNIQUE orders_code_key blocks reads and writes of orders while its index is built
`,
    "a constraint that is checked late": `${SCHEMA}${APPLIED}${SPRING}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD CONSTRAINT uq_code UNIQUE (code) DEFERRABLE INITIALLY DEFERRED;
                 --^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
`,
    "a primary key": `
//- db/migration/V1__init.sql
CREATE TABLE orders (id bigint NOT NULL, at timestamptz);
${APPLIED}${SPRING}//- db/migration/V2__a.sql
ALTER TABLE orders ADD PRIMARY KEY (id);
                 --^^^^^^^^^^^^^^^^^^^^ 💡 PRIMARY KEY orders_pkey blocks reads and writes of orders while its index is built
`,
    "other statements behind it may lean on it": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD CONSTRAINT uq_code UNIQUE (code);
                 --^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
CREATE TABLE items (code text REFERENCES orders (code));
`,
    "a changeset": `
//- db/changelog/changes.sql (new from line 5)
--liquibase formatted sql
--changeset ann:1
CREATE TABLE customers (id bigserial PRIMARY KEY);
CREATE TABLE orders (id bigserial PRIMARY KEY, state text, customer_id bigint);
--changeset ann:2
ALTER TABLE orders ADD CONSTRAINT uq UNIQUE (state);
                 --^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
`,
  },
  ignores: {
    "an index that is there": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD CONSTRAINT uq_code UNIQUE USING INDEX idx_code;
`,
    "a new column without values": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD COLUMN token uuid UNIQUE;
ALTER TABLE orders ADD COLUMN number int;
ALTER TABLE orders ADD CONSTRAINT uq UNIQUE (number);
`,
    "a new table and a small one": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
CREATE TABLE items (id bigserial, name text);
ALTER TABLE items ADD UNIQUE (name);
ALTER TABLE states ADD UNIQUE (label);
`,
  },
  fixes: {
    "a constraint that is checked late": `
//- db/migration/V2__more.sql
DROP INDEX CONCURRENTLY IF EXISTS uq_code;
CREATE UNIQUE INDEX CONCURRENTLY uq_code ON orders (code);
//- db/migration/V3__add_constraint_uq_code.sql
ALTER TABLE orders ADD CONSTRAINT uq_code UNIQUE USING INDEX uq_code DEFERRABLE INITIALLY DEFERRED;
//- src/main/resources/application.yml
spring:
  flyway:
    enabled: true
    postgresql:
      transactional-lock: false
`,
    "a constraint on a table that was there before": `
//- db/migration/V2__more.sql
DROP INDEX CONCURRENTLY IF EXISTS uq_code;
CREATE UNIQUE INDEX CONCURRENTLY uq_code ON orders (code, id);
//- db/migration/V3__add_constraint_uq_code.sql
ALTER TABLE orders ADD CONSTRAINT uq_code UNIQUE USING INDEX uq_code;
//- src/main/resources/application.yml
spring:
  flyway:
    enabled: true
    postgresql:
      transactional-lock: false
`,
    "a constraint without a name, behind other statements": `
//- db/migration/V2__more.sql
ALTER TABLE customers ADD COLUMN phone text;
//- db/migration/V3__create_index_orders_code_key.sql
DROP INDEX CONCURRENTLY IF EXISTS orders_code_key;
CREATE UNIQUE INDEX CONCURRENTLY orders_code_key ON orders (code);
//- db/migration/V4__add_constraint_orders_code_key.sql
ALTER TABLE orders ADD CONSTRAINT orders_code_key UNIQUE USING INDEX orders_code_key;
//- src/main/resources/application.yml
spring:
  flyway:
    enabled: true
    postgresql:
      transactional-lock: false
`,
  },
  applied: {
    "a constraint on a table that was there before": { difference: [] },
    "a constraint without a name, behind other statements": { difference: [] },
    "a constraint that is checked late": { difference: [] },
    "a primary key": { difference: [] },
    "a changeset": { difference: [] },
  },
});
