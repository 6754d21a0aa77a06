import { concurrentIndexStaysInvalid } from "../../../src/rules/sql/concurrent-index-stays-invalid.ts";
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

rule(concurrentIndexStaysInvalid, {
  reports: {
    "several in one file": `${SCHEMA}${APPLIED}${SPRING}
//- db/migration/V2__more.sql
  CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_code ON orders (code);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 IF NOT EXISTS keeps idx_code and 1 more as they are, also when their first build failed
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_note ON orders (note);
`,
    "IF NOT EXISTS and no drop": `${SCHEMA}${APPLIED}${SPRING}
//- db/migration/V2__more.sql
  CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_code ON orders (code);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 IF NOT EXISTS keeps idx_code as it is, also when its first build failed
`,
    "a changeset": `
//- db/changelog/changes.sql (new from line 5)
--liquibase formatted sql
--changeset ann:1
CREATE TABLE customers (id bigserial PRIMARY KEY);
CREATE TABLE orders (id bigserial PRIMARY KEY, state text, customer_id bigint);
--changeset ann:2 runInTransaction:false
  CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_state ON orders (state);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
`,
  },
  ignores: {
    "what is left is dropped before": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
DROP INDEX CONCURRENTLY IF EXISTS idx_code;
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_code ON orders (code);
`,
    "the next run fails and says so": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
CREATE INDEX CONCURRENTLY idx_code ON orders (code);
`,
    "a build in a transaction leaves nothing behind": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
CREATE INDEX IF NOT EXISTS idx_code ON orders (code);
`,
  },
  fixes: {
    "IF NOT EXISTS and no drop": `
//- db/migration/V2__more.sql
  DROP INDEX CONCURRENTLY IF EXISTS idx_code;
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_code ON orders (code);
`,
    "several in one file": `
//- db/migration/V2__more.sql
  DROP INDEX CONCURRENTLY IF EXISTS idx_code;
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_code ON orders (code);
DROP INDEX CONCURRENTLY IF EXISTS idx_note;
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_note ON orders (note);
`,
    "a changeset": `
//- db/changelog/changes.sql
--liquibase formatted sql
--changeset ann:1
CREATE TABLE customers (id bigserial PRIMARY KEY);
CREATE TABLE orders (id bigserial PRIMARY KEY, state text, customer_id bigint);
--changeset ann:2 runInTransaction:false
  DROP INDEX CONCURRENTLY IF EXISTS idx_state;

--changeset ann:2-2 runInTransaction:false
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_state ON orders (state);
`,
  },
  applied: {
    "IF NOT EXISTS and no drop": { difference: [] },
    "several in one file": { difference: [] },
    "a changeset": { difference: [] },
  },
});
