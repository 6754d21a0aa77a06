import { dropIndexNotConcurrent } from "../../../src/rules/sql/drop-index-not-concurrent.ts";
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

rule(dropIndexNotConcurrent, {
  reports: {
    "an index that was there before": `${SCHEMA}${APPLIED}${SPRING}
//- db/migration/V2__more.sql
  DROP INDEX idx_orders_state;
--^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 DROP INDEX idx_orders_state blocks reads and writes of orders from when it waits for its lock
`,
    "between others, with empty lines around": `${SCHEMA}${APPLIED}${SPRING}
//- db/migration/V2__more.sql
SET lock_timeout = '2s';
ALTER TABLE orders ADD COLUMN a text;

  DROP INDEX idx_orders_state;
--^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡

ALTER TABLE orders ADD COLUMN b text;
`,
    "beside other statements": `${SCHEMA}${APPLIED}${SPRING}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD COLUMN a text;
  DROP INDEX IF EXISTS idx_orders_state;
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
`,
  },
  ignores: {
    concurrently: `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
DROP INDEX CONCURRENTLY idx_orders_state;
`,
    "an index of the same migration": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
CREATE INDEX idx_code ON orders (code);
DROP INDEX idx_code;
`,
    "an index that nobody knows": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
DROP INDEX idx_of_another_schema;
`,
    "an index of a constraint, which goes with it": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
DROP INDEX states_pkey;
DROP INDEX orders_pkey;
`,
  },
  fixes: {
    "an index that was there before": `
//- db/migration/V2__more.sql
  DROP INDEX CONCURRENTLY IF EXISTS idx_orders_state;
//- src/main/resources/application.yml
spring:
  flyway:
    enabled: true
    postgresql:
      transactional-lock: false
`,
    "between others, with empty lines around": `
//- db/migration/V2__more.sql
SET lock_timeout = '2s';
ALTER TABLE orders ADD COLUMN a text;

ALTER TABLE orders ADD COLUMN b text;
//- db/migration/V3__drop_index_idx_orders_state.sql
DROP INDEX CONCURRENTLY IF EXISTS idx_orders_state;
//- src/main/resources/application.yml
spring:
  flyway:
    enabled: true
    postgresql:
      transactional-lock: false
`,
    "beside other statements": `
//- db/migration/V2__more.sql
ALTER TABLE orders ADD COLUMN a text;
//- db/migration/V3__drop_index_idx_orders_state.sql
DROP INDEX CONCURRENTLY IF EXISTS idx_orders_state;
//- src/main/resources/application.yml
spring:
  flyway:
    enabled: true
    postgresql:
      transactional-lock: false
`,
  },
  applied: {
    "an index that was there before": { difference: [] },
    "beside other statements": { difference: [] },
  },
});
