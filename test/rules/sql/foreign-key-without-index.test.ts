import { foreignKeyWithoutIndex } from "../../../src/rules/sql/foreign-key-without-index.ts";
import { rule } from "../../harness/rule.ts";

const parent = "CREATE TABLE users (id uuid PRIMARY KEY);";

rule(foreignKeyWithoutIndex, {
  reports: {
    "a column that references": `
//- src/main/resources/db/migration/V1__init.sql
${parent}
           //~~~~~ the parent; ON DELETE NO ACTION
CREATE TABLE tickets (
  id uuid PRIMARY KEY,
  owner_id uuid NOT NULL REFERENCES users (id)
                       --^^^^^^^^^^^^^^^^^^^^^ 💡
);
`,
    "a constraint of a later migration": `
//- db/migration/V1__init.sql
${parent}
CREATE TABLE tickets (id uuid PRIMARY KEY, owner_id uuid);
//- db/migration/V2__owner.sql
ALTER TABLE tickets ADD CONSTRAINT fk_owner FOREIGN KEY (owner_id) REFERENCES users (id) ON DELETE CASCADE;
                      --^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
`,
    "an index in which the column comes second": `
//- db/migration/V1__init.sql
${parent}
CREATE TABLE tickets (id uuid PRIMARY KEY, status text, owner_id uuid REFERENCES users);
                                                                    --^^^^^^^^^^^^^^^^ 💡
CREATE INDEX idx_tickets_status ON tickets (status, owner_id);
`,
    "names as they are written": `
//- db/migration/V1__init.sql
${parent}
CREATE TABLE "Ticket" (id uuid PRIMARY KEY, "ownerId" uuid REFERENCES users);
                                                         --^^^^^^^^^^^^^^^^ 💡 Ticket.ownerId references users, and no index starts with it
`,
    "an index that a later migration drops": `
//- db/migration/V1__init.sql
${parent}
CREATE TABLE tickets (id uuid PRIMARY KEY, owner_id uuid REFERENCES users);
                                                       --^^^^^^^^^^^^^^^^ 💡
CREATE INDEX idx_tickets_owner ON tickets (owner_id);
//- db/migration/V2__drop.sql
DROP INDEX idx_tickets_owner;
`,
    "a partial index that leaves rows out": `
//- db/migration/V1__init.sql
${parent}
CREATE TABLE tickets (id uuid PRIMARY KEY, status text, owner_id uuid REFERENCES users);
                                                                    --^^^^^^^^^^^^^^^^ 💡
CREATE INDEX idx_tickets_open ON tickets (owner_id) WHERE status = 'OPEN';
`,
    "several columns, with an index on some": `
//- db/migration/V1__init.sql
CREATE TABLE events (tenant_id int, id int, PRIMARY KEY (tenant_id, id));
CREATE TABLE seats (id int PRIMARY KEY, tenant_id int, event_id int,
  FOREIGN KEY (tenant_id, event_id) REFERENCES events (tenant_id, id));
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 seats(tenant_id, event_id) references events, and no index starts with these columns
CREATE INDEX idx_seats_event ON seats (event_id, id);
`,
    "an index of a kind that no equality uses": `
//- db/migration/V1__init.sql
${parent}
CREATE TABLE tickets (id uuid PRIMARY KEY, owner_id uuid REFERENCES users);
                                                       --^^^^^^^^^^^^^^^^ 💡
CREATE INDEX idx_tickets_owner ON tickets USING brin (owner_id);
`,
    "one of two foreign keys over the same column": `
//- db/migration/V1__init.sql
${parent}
CREATE TABLE members (user_id uuid PRIMARY KEY);
CREATE TABLE tickets (id uuid PRIMARY KEY, owner_id uuid REFERENCES users,
                                                       --^^^^^^^^^^^^^^^^ 💡
  FOREIGN KEY (owner_id) REFERENCES members (user_id));
`,
    "names that have to be quoted": `
//- db/migration/V007__Init.sql
CREATE TABLE "User" (id uuid PRIMARY KEY);
CREATE TABLE crm."order" (id uuid PRIMARY KEY, "ownerId" uuid REFERENCES "User" (id));
                                                            --^^^^^^^^^^^^^^^^^^^^^^ 💡
`,
    "a script that creates everything": `
//- src/main/resources/schema.sql
${parent}
CREATE TABLE tickets (id uuid PRIMARY KEY, owner_id uuid REFERENCES users);
                                                       --^^^^^^^^^^^^^^^^ 💡
`,
    "alf.io's way to number": `
//- db/PGSQL/V204_2.0.0.9__INIT.sql
${parent}
CREATE TABLE tickets (id uuid PRIMARY KEY, owner_id uuid REFERENCES users);
                                                       --^^^^^^^^^^^^^^^^ 💡
//- db/PGSQL/V204_2.0.0.43__ADD_STATUS.sql
ALTER TABLE tickets ADD COLUMN status text;
`,
    "a change log of Liquibase": `
//- db/changelog/changes.sql
--liquibase formatted sql
--changeset ann:1
${parent}
CREATE TABLE tickets (id uuid PRIMARY KEY, owner_id uuid REFERENCES users);
                                                       --^^^^^^^^^^^^^^^^ 💡
`,
    "a script that a change log includes, of which nobody is the author": `
//- src/main/resources/application.properties
spring.datasource.url=jdbc:postgresql://db/shop
//- src/main/resources/db/changelog/db.changelog-master.yaml
databaseChangeLog:
  - includeAll:
      path: db/changelog/ddl/
//- src/main/resources/db/changelog/ddl/changelog-0001.sql
${parent}
CREATE TABLE tickets (id uuid PRIMARY KEY, owner_id uuid REFERENCES users);
                                                       --^^^^^^^^^^^^^^^^ 💡
`,
    "an application whose configuration is there": `
//- src/main/resources/application.properties
spring.datasource.url=jdbc:postgresql://db/shop
//- src/main/resources/db/migration/V1__init.sql
${parent}
CREATE TABLE tickets (id uuid PRIMARY KEY, owner_id uuid REFERENCES users);
                                                       --^^^^^^^^^^^^^^^^ 💡
`,
    "a history that ends with a class": `
//- src/main/resources/db/migration/V1__init.sql
${parent}
CREATE TABLE tickets (id uuid PRIMARY KEY, owner_id uuid REFERENCES users);
                                                       --^^^^^^^^^^^^^^^^ 💡
//- src/main/java/db/migration/V2__Compute.java
package db.migration;
public class V2__Compute extends BaseJavaMigration {}
`,
  },
  ignores: {
    "a key that is the primary key of other databases' scripts, which sql/no-primary-key misses": `
//- db/mysql/schema.sql
CREATE TABLE users (id bigint NOT NULL PRIMARY KEY);
CREATE TABLE profiles (user_id bigint NOT NULL PRIMARY KEY);
//- db/postgres/schema.sql
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE profiles (user_id bigint NOT NULL REFERENCES users);
`,
    "an index that a migration in Java creates": `
//- src/main/resources/db/migration/V1__init.sql
${parent}
CREATE TABLE tickets (id uuid PRIMARY KEY, owner_id uuid REFERENCES users);
//- src/main/java/db/migration/V2__Owners.java
package db.migration;
class V2__Owners extends BaseJavaMigration {
  public void migrate(Context context) { execute("CREATE INDEX idx_owner ON tickets (owner_id)"); }
}
`,
    "an index that starts with the column": `
//- db/migration/V1__init.sql
${parent}
CREATE TABLE tickets (id uuid PRIMARY KEY, owner_id uuid REFERENCES users);
CREATE INDEX ON tickets (owner_id, id);
`,
    // splinter #90: the primary key's index counts.
    "a primary key and a unique constraint that start with the column": `
//- db/migration/V1__init.sql
${parent}
CREATE TABLE members (user_id uuid REFERENCES users, group_id int, PRIMARY KEY (user_id, group_id));
CREATE TABLE profiles (id int PRIMARY KEY, user_id uuid UNIQUE REFERENCES users);
`,
    "an index with the columns in another order": `
//- db/migration/V1__init.sql
CREATE TABLE events (tenant_id int, id int, PRIMARY KEY (tenant_id, id));
CREATE TABLE seats (id int PRIMARY KEY, tenant_id int, event_id int, FOREIGN KEY (tenant_id, event_id) REFERENCES events);
CREATE INDEX idx_seats_event ON seats (event_id, tenant_id, id);
`,
    // feedless V87: leaving out NULL leaves out nothing that a key could find.
    "a partial index over what is not null": `
//- db/migration/V1__init.sql
${parent}
CREATE TABLE tickets (id uuid PRIMARY KEY, owner_id uuid REFERENCES users);
CREATE INDEX idx_tickets_owner ON tickets (owner_id) WHERE (owner_id IS NOT NULL);
`,
    "an index of the next migration": `
//- db/migration/V1__init.sql
${parent}
CREATE TABLE tickets (id uuid PRIMARY KEY, owner_id uuid REFERENCES users);
//- db/migration/V10__late.sql
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_tickets_owner ON tickets (owner_id);
//- db/migration/V9__rename.sql
ALTER TABLE tickets RENAME COLUMN owner_id TO owned_by;
ALTER TABLE tickets RENAME COLUMN owned_by TO owner_id;
`,
    "a foreign key or a table that is dropped later": `
//- db/migration/V1__init.sql
${parent}
CREATE TABLE tickets (id uuid PRIMARY KEY, owner_id uuid REFERENCES users);
CREATE TABLE drafts (id uuid PRIMARY KEY, owner_id uuid REFERENCES users);
//- db/migration/V2__drop.sql
ALTER TABLE tickets DROP CONSTRAINT tickets_owner_id_fkey;
DROP TABLE drafts;
`,
    "a table that stays small": `
//- db/migration/V1__init.sql
${parent}
CREATE TABLE settings (id boolean PRIMARY KEY DEFAULT true CHECK (id), admin_id uuid REFERENCES users);
`,
    "a table that is declared small": `
//- performance.yaml
version: 1
database:
  tables:
    tickets: { rows: 500 }
//- db/migration/V1__init.sql
${parent}
CREATE TABLE tickets (id uuid PRIMARY KEY, owner_id uuid REFERENCES users);
`,
    "a partition whose parent has the index": `
//- db/migration/V1__init.sql
${parent}
CREATE TABLE logs (id int, owner_id uuid) PARTITION BY RANGE (id);
CREATE INDEX idx_logs_owner ON logs (owner_id);
CREATE TABLE logs_1 PARTITION OF logs FOR VALUES FROM (1) TO (100);
ALTER TABLE logs_1 ADD FOREIGN KEY (owner_id) REFERENCES users;
`,
    // MySQL and H2 make the index themselves.
    "another dialect": `
//- db/migration/mysql/V1__init.sql
${parent}
CREATE TABLE tickets (id int PRIMARY KEY, owner_id int REFERENCES users);
//- app/src/main/resources/schema-h2.sql
${parent}
CREATE TABLE tickets (id int PRIMARY KEY, owner_id int REFERENCES users);
//- other/db/migration/V1__init.sql
CREATE TABLE \`users\` (id int PRIMARY KEY) ENGINE=InnoDB;
//- other/db/migration/V2__tickets.sql
CREATE TABLE tickets (id int PRIMARY KEY, owner_id int REFERENCES users);
`,
    "the schema of tests": `
//- src/test/resources/db/migration/V1__init.sql
${parent}
CREATE TABLE tickets (id uuid PRIMARY KEY, owner_id uuid REFERENCES users);
`,
    "a script that no migration tool runs": `
//- docs/example.sql
${parent}
CREATE TABLE tickets (id uuid PRIMARY KEY, owner_id uuid REFERENCES users);
`,
    "a table that a statement mentions which does not parse": `
//- db/migration/V1__init.sql
${parent}
CREATE TABLE tickets (id uuid PRIMARY KEY, owner_id uuid REFERENCES users);
CREATE INDEX idx_tickets_owner ON tickets (owner_id;
`,
    "an index that a DO block creates once": `
//- db/migration/V1__init.sql
${parent}
CREATE TABLE tickets (id uuid PRIMARY KEY, owner_id uuid REFERENCES users);
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_indexes WHERE indexname = 'idx_tickets_owner') THEN
    CREATE INDEX idx_tickets_owner ON tickets (owner_id);
  END IF;
END $$;
`,
    "temporary tables": `
//- db/migration/V1__init.sql
${parent}
CREATE TEMP TABLE old_tickets (id uuid PRIMARY KEY, owner_id uuid REFERENCES users);
`,
  },
  applied: {
    "an application whose configuration is there": {
      title: "Create index on tickets (owner_id) concurrently",
      difference: ["+ index CREATE INDEX idx_tickets_owner_id ON public.tickets USING btree (owner_id)"],
    },
    "a column that references": {
      difference: ["+ index CREATE INDEX idx_tickets_owner_id ON public.tickets USING btree (owner_id)"],
    },
    "several columns, with an index on some": {
      difference: ["+ index CREATE INDEX idx_seats_tenant_id_event_id ON public.seats USING btree (tenant_id, event_id)"],
    },
    "names that have to be quoted": {
      before: "CREATE SCHEMA crm",
      difference: ['+ index CREATE INDEX idx_order_ownerid ON crm."order" USING btree ("ownerId")'],
    },
    "a script that creates everything": {
      difference: ["+ index CREATE INDEX idx_tickets_owner_id ON public.tickets USING btree (owner_id)"],
    },
    "alf.io's way to number": {
      difference: ["+ index CREATE INDEX idx_tickets_owner_id ON public.tickets USING btree (owner_id)"],
    },
    "a change log of Liquibase": {
      difference: ["+ index CREATE INDEX idx_tickets_owner_id ON public.tickets USING btree (owner_id)"],
    },
  },
  fixes: {
    "a script that a change log includes, of which nobody is the author": `
//- src/main/resources/db/changelog/ddl/changelog-0002.sql
CREATE INDEX idx_tickets_owner_id ON tickets (owner_id);
`,
    "an application whose configuration is there": {
      "Create index on tickets (owner_id) concurrently": `
//- src/main/resources/application.properties
spring.datasource.url=jdbc:postgresql://db/shop
spring.flyway.postgresql.transactional-lock=false
//- src/main/resources/db/migration/V2__add_index_tickets_owner_id.sql
DROP INDEX CONCURRENTLY IF EXISTS idx_tickets_owner_id;
CREATE INDEX CONCURRENTLY idx_tickets_owner_id ON tickets (owner_id);
`,
    },
    "a change log of Liquibase": `
//- db/changelog/changes.sql
--liquibase formatted sql
--changeset ann:1
${parent}
CREATE TABLE tickets (id uuid PRIMARY KEY, owner_id uuid REFERENCES users);

--changeset UNKNOWN:add_index_tickets_owner_id
CREATE INDEX idx_tickets_owner_id ON tickets (owner_id);
`,
    "a column that references": `
//- src/main/resources/db/migration/V2__add_index_tickets_owner_id.sql
CREATE INDEX idx_tickets_owner_id ON tickets (owner_id);
`,
    "several columns, with an index on some": `
//- db/migration/V2__add_index_seats_tenant_id_event_id.sql
CREATE INDEX idx_seats_tenant_id_event_id ON seats (tenant_id, event_id);
`,
    "names that have to be quoted": `
//- db/migration/V008__Add_index_order_ownerid.sql
CREATE INDEX idx_order_ownerid ON crm."order" ("ownerId");
`,
    "a script that creates everything": `
//- src/main/resources/schema.sql
${parent}
CREATE TABLE tickets (id uuid PRIMARY KEY, owner_id uuid REFERENCES users);

CREATE INDEX idx_tickets_owner_id ON tickets (owner_id);
`,
    "a history that ends with a class": `
//- src/main/resources/db/migration/V3__add_index_tickets_owner_id.sql
CREATE INDEX idx_tickets_owner_id ON tickets (owner_id);
`,
    "alf.io's way to number": `
//- db/PGSQL/V204_2.0.0.44__ADD_INDEX_TICKETS_OWNER_ID.sql
CREATE INDEX idx_tickets_owner_id ON tickets (owner_id);
`,
  },
});
