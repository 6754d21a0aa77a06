import { indexNotConcurrent } from "../../../src/rules/sql/index-not-concurrent.ts";
import { rule } from "../../harness/rule.ts";

const SCHEMA = `
//- db/migration/V1__init.sql
CREATE TABLE orders (id bigserial PRIMARY KEY, note varchar(20), state text);
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

rule(indexNotConcurrent, {
  reports: {
    "an index on a table that was there before": `${SCHEMA}${APPLIED}${SPRING}
//- db/migration/V2__more.sql
  CREATE INDEX idx_orders_state ON orders (state);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 CREATE INDEX blocks writes to orders while it builds idx_orders_state
`,
    "an index without a name, beside other statements": `${SCHEMA}${APPLIED}${SPRING}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD COLUMN paid_at timestamptz;
  CREATE UNIQUE INDEX ON orders (note) WHERE paid_at IS NULL;
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 CREATE INDEX blocks writes to orders while it builds orders_note_idx
ALTER TABLE orders ADD COLUMN closed boolean;
`,
    "Flyway's lock is released already": `${SCHEMA}${APPLIED}
//- src/main/resources/application.yml
spring.flyway.postgresql.transactional-lock: false
//- db/migration/V2__more.sql
  CREATE INDEX IF NOT EXISTS idx_orders_state ON orders (state);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
`,
    "a changeset of Liquibase with nothing else in it": `
//- db/changelog/changes.sql (new from line 4)
--liquibase formatted sql
--changeset ann:1
CREATE TABLE orders (id bigserial PRIMARY KEY, state text);
--changeset ann:2
  CREATE INDEX idx_orders_state ON orders (state);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
--changeset ann:3
ALTER TABLE orders ADD COLUMN a text;
`,
    "a table that performance.yaml says is large": `${SCHEMA}
//- performance.yaml
version: 1
migrations: { applied: 1 }
database: { tables: { orders: { rows: 20M } } }
//- db/migration/V2__more.sql
  CREATE INDEX idx_orders_state ON orders (state);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
`,
    "a table of a migration that has run, behind other new ones": `${SCHEMA}${APPLIED}
//- db/migration/V2__a.sql
CREATE TABLE items (id bigserial PRIMARY KEY);
CREATE INDEX idx_items ON items (id);
//- db/migration/V3__b.sql
  CREATE INDEX idx_orders_state ON orders (state);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
`,
    "several on one table and one on another": `${SCHEMA}CREATE TABLE items (id bigserial PRIMARY KEY, a text);
${APPLIED.trimStart()}${SPRING}
//- db/migration/V2__more.sql
  CREATE INDEX idx_a ON orders (state);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 CREATE INDEX blocks writes to orders while it builds idx_a and 1 more
  CREATE INDEX idx_b ON items (a);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 CREATE INDEX blocks writes to items while it builds idx_b
CREATE INDEX idx_c ON orders (note);
`,
    "a partitioned table, which takes no concurrent index": `
//- db/migration/V1__init.sql
CREATE TABLE orders (id bigint, day timestamptz) PARTITION BY RANGE (day);
CREATE TABLE orders_2024 PARTITION OF orders FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
${APPLIED.trimStart()}
//- db/migration/V2__more.sql
  CREATE INDEX idx_orders_id ON orders (id);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
`,
    "a migration written in Java": `
//- db/migration/V1__init.sql
CREATE TABLE orders (id bigserial PRIMARY KEY, code text NOT NULL, state text);
//- performance.yaml
version: 1
migrations: { applied: 1 }
//- db/migration/V2__Codes.java
class V2__Codes implements JavaMigration {
  public void migrate(Context context) throws Exception {
    Statement s = context.getConnection().createStatement();
    s.execute("CREATE INDEX idx_orders_code ON orders (code)");
//             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CREATE INDEX blocks writes to orders while it builds idx_orders_code and 1 more
    s.execute("CREATE INDEX idx_orders_state ON orders (state)");
  }
}
`,
    // supabase/cli#2898: the client sends all statements of a file in one batch.
    "a migration of Supabase's, which is told without a fix": `
//- supabase/migrations/0001_init.sql
CREATE TABLE orders (id bigserial PRIMARY KEY, state text);
//- supabase/migrations/0002_state.sql
  CREATE INDEX idx_orders_state ON orders (state);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CREATE INDEX blocks writes to orders while it builds idx_orders_state
//- performance.yaml
version: 1
migrations: { applied: 1 }
`,
  },
  ignores: {
    "a migration written in Java that has run, or on a table that it makes": `
//- db/migration/V1__init.sql
CREATE TABLE orders (id bigserial PRIMARY KEY, code text NOT NULL);
//- performance.yaml
version: 1
migrations: { applied: 2 }
//- db/migration/V2__Codes.java
class V2__Codes extends BaseJavaMigration {
  void f() { s.execute("CREATE INDEX idx_orders_code ON orders (code)"); }
}
//- db/migration/V3__Lines.java
class V3__Lines extends BaseJavaMigration {
  void f() { s.execute("CREATE TABLE lines (id bigint, code text)"); s.execute("CREATE INDEX i ON lines (code)"); }
}
`,
    "a migration that has run": `${SCHEMA}
//- db/migration/V2__more.sql
CREATE INDEX idx_orders_state ON orders (state);
`,
    "a table of the same migration, and of one before it that has not run": `${SCHEMA}${APPLIED}
//- db/migration/V2__a.sql
CREATE TABLE items (id bigserial PRIMARY KEY, name text);
CREATE INDEX idx_items_name ON items (name);
//- db/migration/V3__b.sql
CREATE INDEX idx_items_id_name ON items (id, name);
`,
    "an index that is built concurrently": `${SCHEMA}${APPLIED}
//- db/migration/V2__a.sql
CREATE INDEX CONCURRENTLY idx_orders_state ON orders (state);
`,
    "small tables: by nature, and declared so": `${SCHEMA}
//- performance.yaml
version: 1
migrations: { applied: 1 }
database: { tables: { orders: { rows: 900 } } }
//- db/migration/V2__a.sql
CREATE INDEX idx_states_label ON states (label);
CREATE INDEX idx_orders_state ON orders (state);
`,
    "a table that no migration here creates": `${SCHEMA}${APPLIED}
//- db/migration/V2__a.sql
CREATE INDEX idx_invoices ON invoices (id);
`,
    "a materialized view, which only REFRESH writes to": `${SCHEMA}
CREATE MATERIALIZED VIEW totals AS SELECT id FROM orders;
${APPLIED.trimStart()}
//- db/migration/V2__a.sql
CREATE INDEX idx_totals ON totals (id);
`,
    "another dialect": `
//- db/migration/mysql/V1__init.sql
CREATE TABLE orders (id serial PRIMARY KEY, state text);
${APPLIED.trimStart()}
//- db/migration/mysql/V2__a.sql
CREATE INDEX idx_orders_state ON orders (state);
`,
  },
  fixes: {
    "a changeset of Liquibase with nothing else in it": `
//- db/changelog/changes.sql
--liquibase formatted sql
--changeset ann:1
CREATE TABLE orders (id bigserial PRIMARY KEY, state text);
--changeset ann:2 runInTransaction:false
  DROP INDEX CONCURRENTLY IF EXISTS idx_orders_state;

--changeset ann:2-2 runInTransaction:false
CREATE INDEX CONCURRENTLY idx_orders_state ON orders (state);

--changeset ann:3
ALTER TABLE orders ADD COLUMN a text;
`,
    "an index on a table that was there before": `
//- db/migration/V2__more.sql
  DROP INDEX CONCURRENTLY IF EXISTS idx_orders_state;
CREATE INDEX CONCURRENTLY idx_orders_state ON orders (state);
//- src/main/resources/application.yml
spring:
  flyway:
    enabled: true
    postgresql:
      transactional-lock: false
`,
    "an index without a name, beside other statements": `
//- db/migration/V2__more.sql
ALTER TABLE orders ADD COLUMN paid_at timestamptz;
ALTER TABLE orders ADD COLUMN closed boolean;
//- db/migration/V3__create_index_orders_note_idx.sql
DROP INDEX CONCURRENTLY IF EXISTS orders_note_idx;
CREATE UNIQUE INDEX CONCURRENTLY orders_note_idx ON orders (note) WHERE paid_at IS NULL;
//- src/main/resources/application.yml
spring:
  flyway:
    enabled: true
    postgresql:
      transactional-lock: false
`,
    "Flyway's lock is released already": `
//- db/migration/V2__more.sql
  DROP INDEX CONCURRENTLY IF EXISTS idx_orders_state;
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_orders_state ON orders (state);
`,
  },
  applied: {
    "several on one table and one on another": { difference: [] },
    "a changeset of Liquibase with nothing else in it": { difference: [] },
    "an index on a table that was there before": { difference: [] },
    "an index without a name, beside other statements": { difference: [] },
    "Flyway's lock is released already": { difference: [] },
  },
});
