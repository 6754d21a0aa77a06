import { lockTimeoutMissing } from "../../../src/rules/sql/lock-timeout-missing.ts";
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

rule(lockTimeoutMissing, {
  reports: {
    "the first of several migrations that lock": `${SCHEMA}${APPLIED}${SPRING}
//- db/migration/V2__more.sql
CREATE TABLE items (id bigserial);
ALTER TABLE items ADD COLUMN a text;
ALTER TABLE orders ADD COLUMN a text;
                 --^^^^^^^^^^^^^^^^^ 💡 orders is locked without a lock_timeout: whoever comes after waits, too
ALTER TABLE orders ADD COLUMN b text;
//- db/migration/V3__x.sql
ALTER TABLE customers ADD COLUMN a text;
`,
  },
  ignores: {
    "a timeout in the script": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
SET lock_timeout = '5s';
ALTER TABLE orders ADD COLUMN a text;
`,
    "a callback of Flyway sets it": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD COLUMN a text;
//- db/migration/beforeEachMigrate.sql
SET lock_timeout = '5s';
`,
    "connections begin with it": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD COLUMN a text;
//- src/main/resources/application.yml
spring:
  flyway:
    init-sqls: SET lock_timeout = '5s'
`,
    "the URL says so": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD COLUMN a text;
//- src/main/resources/application.properties
spring.datasource.url=jdbc:postgresql://db/shop?options=-c%20lock_timeout=5000
`,
    "statements that keep nobody off": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
UPDATE orders SET state = 'a' WHERE id = 1;
CREATE INDEX CONCURRENTLY i ON orders (code);
`,
  },
  fixes: {
    "the first of several migrations that lock": `
//- src/main/resources/application.yml
spring:
  flyway:
    enabled: true
    init-sqls: SET lock_timeout = '5s'
`,
  },
});
