import { maintenanceInMigration } from "../../../src/rules/sql/maintenance-in-migration.ts";
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

rule(maintenanceInMigration, {
  reports: {
    "indexes that are built anew": `${SCHEMA}${APPLIED}${SPRING}
//- db/migration/V2__more.sql
  REINDEX TABLE orders;
--^^^^^^^^^^^^^^^^^^^^ 💡 REINDEX blocks writes to orders while its indexes are built anew
`,
    "one index": `${SCHEMA}${APPLIED}${SPRING}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD COLUMN a text;
  REINDEX INDEX idx_orders_state;
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
`,
    "a table that is written anew": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
  VACUUM (FULL, ANALYZE) orders;
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ VACUUM FULL blocks reads and writes of orders while it is written anew
//- db/migration/V3__x.sql
  CLUSTER orders USING idx_orders_state;
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CLUSTER blocks reads and writes of orders while it is written anew
`,
    "a table that is written into another file": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders SET UNLOGGED;
                 --^^^^^^^^^^^^ SET UNLOGGED blocks reads and writes of orders while it is written anew
ALTER TABLE customers SET LOGGED;
                    --^^^^^^^^^^ SET LOGGED blocks reads and writes of customers while it is written anew
//- db/migration/V3__x.sql
ALTER TABLE orders SET TABLESPACE fast;
                 --^^^^^^^^^^^^^^^^^^^ SET TABLESPACE blocks reads and writes of orders while it is written anew
`,
    "a lock": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
  LOCK TABLE orders IN SHARE MODE;
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ LOCK TABLE blocks writes to orders until the migration ends
  LOCK TABLE customers;
--^^^^^^^^^^^^^^^^^^^^ LOCK TABLE blocks reads and writes of customers until the migration ends
`,
  },
  ignores: {
    "concurrently, and without FULL": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
REINDEX TABLE CONCURRENTLY orders;
//- db/migration/V3__x.sql
VACUUM ANALYZE orders;
`,
    "locks that keep nobody off": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
LOCK TABLE orders IN ROW EXCLUSIVE MODE;
`,
    "a new table and a small one": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
CREATE TABLE items (id bigserial PRIMARY KEY);
REINDEX TABLE items;
ALTER TABLE items SET UNLOGGED;
ALTER TABLE orders SET (fillfactor = 80);
REINDEX TABLE states;
`,
  },
  fixes: {
    "indexes that are built anew": `
//- db/migration/V2__more.sql
  REINDEX TABLE CONCURRENTLY orders;
//- db/migration/V2__more.sql.conf
executeInTransaction=false
`,
  },
  applied: {
    "indexes that are built anew": { difference: [] },
    "one index": { difference: [] },
  },
});
