import { concurrentIndexInTransaction } from "../../../src/rules/sql/concurrent-index-in-transaction.ts";
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

/** A module whose migrations golang-migrate runs, with the first of them. */
const GO_MODULE = `
//- go.mod
module example.com/shop
require (
	github.com/golang-migrate/migrate/v4 v4.17.0
)
//- db/migrations/000001_init.up.sql
CREATE TABLE orders (id bigserial PRIMARY KEY, state text);
`;

rule(concurrentIndexInTransaction, {
  reports: {
    "a changeset of Liquibase": `
//- db/changelog/changes.sql (new from line 5)
--liquibase formatted sql
--changeset ann:1
CREATE TABLE customers (id bigserial PRIMARY KEY);
CREATE TABLE orders (id bigserial PRIMARY KEY, state text, customer_id bigint);
--changeset ann:2
  CREATE INDEX CONCURRENTLY idx_state ON orders (state);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 CREATE INDEX CONCURRENTLY fails in the transaction that this changeset runs in
`,
    "Flyway, beside a statement that runs in a transaction": `${SCHEMA}${APPLIED}${SPRING}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD COLUMN a text;
  CREATE INDEX CONCURRENTLY idx_a ON orders (a);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 Flyway refuses CREATE INDEX CONCURRENTLY beside statements that run in a transaction
`,
    "what Flyway does not recognise": `${SCHEMA}${APPLIED}${SPRING}
//- db/migration/V2__more.sql
  REINDEX INDEX CONCURRENTLY idx_orders_state;
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 REINDEX CONCURRENTLY fails in the transaction that this file runs in
`,
    "a transaction that the script opens itself": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
BEGIN;
  CREATE INDEX CONCURRENTLY idx_code ON orders (code);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CREATE INDEX CONCURRENTLY fails in the transaction that BEGIN runs in
COMMIT;
`,
    "a migration written in Java": `${SCHEMA}${APPLIED}${SPRING}
//- db/migration/V2__Codes.java
package db.migration;
class V2__Codes extends BaseJavaMigration {
  public void migrate(Context context) throws Exception {
    context.getConnection().createStatement().execute("CREATE INDEX CONCURRENTLY idx_code ON orders (code)");
//                                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CREATE INDEX CONCURRENTLY fails in the transaction that this class runs in
  }
}
`,
    "several statements in one file of golang-migrate": `${GO_MODULE}//- db/migrations/000002_indexes.up.sql (new)
SET lock_timeout = '5s';
  CREATE INDEX CONCURRENTLY idx_state ON orders (state);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CREATE INDEX CONCURRENTLY fails beside other statements, which golang-migrate sends as one
CREATE INDEX CONCURRENTLY idx_id ON orders (id);
`,
    "golang-migrate in an image": `
//- docker-compose.yml
services:
  migrate:
    image: migrate/migrate:v4
    command: ["-path", "/migrations", "-database", "postgres://db", "up"]
//- db/migrations/000001_init.up.sql
CREATE TABLE orders (id bigserial PRIMARY KEY, state text);
//- db/migrations/000002_indexes.up.sql (new)
  DROP INDEX CONCURRENTLY IF EXISTS idx_state;
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ DROP INDEX CONCURRENTLY fails beside other statements, which golang-migrate sends as one
CREATE INDEX CONCURRENTLY idx_state ON orders (state);
`,
  },
  ignores: {
    "golang-migrate with one statement in a file": `${GO_MODULE}//- db/migrations/000002_indexes.up.sql (new)
CREATE INDEX CONCURRENTLY idx_state ON orders (state);
`,
    "golang-migrate that sends statement by statement, as its address says": `
//- docker-compose.yml
services:
  migrate:
    image: migrate/migrate:v4
    command: ["-path", "/migrations", "-database", "postgres://db?x-multi-statement=true", "up"]
//- db/migrations/000001_init.up.sql
CREATE TABLE orders (id bigserial PRIMARY KEY, state text);
//- db/migrations/000002_indexes.up.sql (new)
CREATE INDEX CONCURRENTLY idx_state ON orders (state);
CREATE INDEX CONCURRENTLY idx_id ON orders (id);
`,
    "golang-migrate that has done so before": `${GO_MODULE}//- db/migrations/000003_more.up.sql
DROP INDEX CONCURRENTLY IF EXISTS idx_old;
CREATE INDEX CONCURRENTLY idx_old ON orders (state, id);
//- db/migrations/000002_indexes.up.sql (new)
CREATE INDEX CONCURRENTLY idx_state ON orders (state);
CREATE INDEX CONCURRENTLY idx_id ON orders (id);
`,
    "golang-migrate that something else needs": `
//- go.mod
module example.com/shop
require (
	github.com/golang-migrate/migrate/v4 v4.17.0 // indirect
)
//- db/migrations/000001_init.up.sql
CREATE TABLE orders (id bigserial PRIMARY KEY, state text);
//- db/migrations/000002_indexes.up.sql (new)
CREATE INDEX CONCURRENTLY idx_state ON orders (state);
CREATE INDEX CONCURRENTLY idx_id ON orders (id);
`,
    "a migration written in Java that says so, whatever else it does": `${SCHEMA}${APPLIED}${SPRING}
//- db/migration/V2__Codes.java
package db.migration;
class V2__Codes extends BaseJavaMigration {
  @Override
  public boolean canExecuteInTransaction() {
    return false; // indexes
  }
  public void migrate(Context context) throws Exception {
    context.getConnection().createStatement().execute("ALTER TABLE orders ADD COLUMN a text");
    context.getConnection().createStatement().execute("CREATE INDEX CONCURRENTLY idx_code ON orders (code)");
  }
}
`,
    "a migration written in Java that asks whether it may": `${SCHEMA}${APPLIED}${SPRING}
//- db/migration/V2__Codes.java
package db.migration;
class V2__Codes extends BaseJavaMigration {
  public boolean canExecuteInTransaction() { return !postgres; }
  public void migrate(Context context) throws Exception {
    context.getConnection().createStatement().execute("CREATE INDEX CONCURRENTLY idx_code ON orders (code)");
  }
}
`,
    "a migration written in Java with a connection of its own": `${SCHEMA}${APPLIED}${SPRING}
//- db/migration/V2__Codes.java
package db.migration;
class V2__Codes extends BaseJavaMigration {
  private final DataSource dataSource;
  public void migrate(Context context) throws Exception {
    try (Connection connection = dataSource.getConnection()) {
      connection.createStatement().execute("CREATE INDEX CONCURRENTLY idx_code ON orders (code)");
    }
  }
}
`,
    "a file of its own, which Flyway runs outside of a transaction": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
DROP INDEX CONCURRENTLY IF EXISTS idx_code;
CREATE INDEX CONCURRENTLY idx_code ON orders (code);
`,
    "a changeset that says so": `
//- db/changelog/changes.sql (new from line 5)
--liquibase formatted sql
--changeset ann:1
CREATE TABLE customers (id bigserial PRIMARY KEY);
CREATE TABLE orders (id bigserial PRIMARY KEY, state text, customer_id bigint);
--changeset ann:2 runInTransaction:false
CREATE INDEX CONCURRENTLY idx_state ON orders (state);
`,
    "a file beside the script that says so": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
REINDEX INDEX CONCURRENTLY idx_orders_state;
//- db/migration/V2__more.sql.conf
executeInTransaction=false
`,
    "Flyway may mix": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD COLUMN a text;
CREATE INDEX CONCURRENTLY idx_a ON orders (a);
//- src/main/resources/application.properties
spring.flyway.mixed=true
`,
    "a migration that has run": `${SCHEMA}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD COLUMN a text;
CREATE INDEX CONCURRENTLY idx_a ON orders (a);
`,
    "numbered files, of a tool that nobody knows": `
//- migrations/001_init.sql
CREATE TABLE orders (id bigserial PRIMARY KEY);
//- migrations/002_index.sql (new)
CREATE INDEX CONCURRENTLY i ON orders (id);
ALTER TABLE orders ADD COLUMN a text;
`,
  },
  fixes: {
    "a changeset of Liquibase": `
//- db/changelog/changes.sql
--liquibase formatted sql
--changeset ann:1
CREATE TABLE customers (id bigserial PRIMARY KEY);
CREATE TABLE orders (id bigserial PRIMARY KEY, state text, customer_id bigint);
--changeset ann:2 runInTransaction:false
  CREATE INDEX CONCURRENTLY idx_state ON orders (state);
`,
    "Flyway, beside a statement that runs in a transaction": `
//- db/migration/V2__more.sql
ALTER TABLE orders ADD COLUMN a text;
//- db/migration/V3__create_index_idx_a.sql
CREATE INDEX CONCURRENTLY idx_a ON orders (a);
//- src/main/resources/application.yml
spring:
  flyway:
    enabled: true
    postgresql:
      transactional-lock: false
`,
    "what Flyway does not recognise": `
//- db/migration/V2__more.sql
  REINDEX INDEX CONCURRENTLY idx_orders_state;
//- db/migration/V2__more.sql.conf
executeInTransaction=false
//- src/main/resources/application.yml
spring:
  flyway:
    enabled: true
    postgresql:
      transactional-lock: false
`,
  },
});
