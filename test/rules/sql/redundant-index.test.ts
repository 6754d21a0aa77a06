import { redundantIndex } from "../../../src/rules/sql/redundant-index.ts";
import { rule } from "../../harness/rule.ts";

rule(redundantIndex, {
  reports: {
    // Opetushallitus/oppijanumerorekisteri
    "a column in parentheses is a column": `
//- db/migration/V1__init.sql
CREATE TABLE links (id bigint PRIMARY KEY, master text);
CREATE INDEX links_by_master ON links (master);
  CREATE INDEX links_master ON links ((master));
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 links_master repeats links_by_master on links(master)
`,
    "an index that an entity declares beside a unique column": `
//- src/main/resources/application.properties
spring.jpa.hibernate.ddl-auto=update
spring.datasource.url=jdbc:postgresql://localhost/shop
//- src/main/java/shop/Share.java
package shop;
import jakarta.persistence.*;
@Entity
@Table(name = "shares", indexes = {
    @Index(name = "idx_symbol", columnList = "symbol"),
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 idx_symbol repeats shares_symbol_key on shares(symbol)
    @Index(name = "idx_listed", columnList = "listedOn")
})
class Share { @Id Long id; @Column(unique = true) String symbol; java.time.LocalDate listedOn; }
                                                       //~~~~~~ shares_symbol_key (symbol)
`,
    "the only index that an entity declares, behind its name": `
//- src/main/resources/application.properties
spring.jpa.hibernate.ddl-auto=update
spring.datasource.url=jdbc:postgresql://localhost/shop
//- src/main/java/shop/Share.java
package shop;
import jakarta.persistence.*;
@Entity
@Table(name = "shares", indexes = @Index(name = "idx_symbol", columnList = "symbol"))
                                //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 idx_symbol repeats shares_symbol_key on shares(symbol)
class Share { @Id Long id; @NaturalId String symbol; }
                                           //~~~~~~ shares_symbol_key (symbol)
`,
    "a duplicate under another name": `
//- db/migration/V1__init.sql
CREATE TABLE tickets (id int PRIMARY KEY, owner_id int, status varchar(20), note text, at timestamptz);
  CREATE INDEX idx_a ON tickets (owner_id);
--~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ idx_a (owner_id)
//- db/migration/V2__again.sql
  CREATE INDEX idx_b ON tickets USING btree (owner_id ASC);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 idx_b repeats idx_a on tickets(owner_id)
`,
    // gakkaweo V16
    "an index that a unique constraint makes already": `
//- db/migration/V1__init.sql
CREATE TABLE sentences (id int PRIMARY KEY, scheduled_at date UNIQUE);
  CREATE INDEX idx_sentences_at ON sentences (scheduled_at);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 idx_sentences_at repeats sentences_scheduled_at_key on sentences(scheduled_at)
`,
    "an index that a later constraint repeats": `
//- db/migration/V1__init.sql
CREATE TABLE tickets (id int PRIMARY KEY, owner_id int, status varchar(20), note text, at timestamptz);
  CREATE UNIQUE INDEX idx_a ON tickets (owner_id);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
//- db/migration/V2__constraint.sql
ALTER TABLE tickets ADD CONSTRAINT one_each UNIQUE (owner_id);
`,
    "a unique constraint on the primary key": `
//- db/migration/V1__init.sql
CREATE TABLE tickets (id int PRIMARY KEY);
ALTER TABLE tickets ADD CONSTRAINT again UNIQUE (id);
                      --^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 again repeats tickets_pkey on tickets(id)
`,
    "a constraint that a foreign key may lean on": `
//- db/migration/V1__init.sql
CREATE TABLE tickets (id int PRIMARY KEY);
ALTER TABLE tickets ADD CONSTRAINT again UNIQUE (id);
                      --^^^^^^^^^^^^^^^^^^^^^^^^^^^^
CREATE TABLE notes (id int PRIMARY KEY, ticket_id int REFERENCES tickets (id));

`,
    "a left prefix": `
//- db/migration/V1__init.sql
CREATE TABLE tickets (id int PRIMARY KEY, owner_id int, status varchar(20), note text, at timestamptz);
  CREATE INDEX idx_a ON tickets (owner_id);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 idx_a on tickets(owner_id) is a left prefix of idx_b
CREATE INDEX idx_b ON tickets (owner_id, status);
`,
    // thingsboard 536f252b16
    "a left prefix of a unique constraint, found at birth": `
//- db/migration/V1__init.sql
CREATE TABLE assets (id int PRIMARY KEY, tenant_id int, name varchar(255), CONSTRAINT asset_name UNIQUE (tenant_id, name));
//- db/migration/V2__tenant.sql
  CREATE INDEX idx_assets_tenant ON assets (tenant_id);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 idx_assets_tenant on assets(tenant_id) is a left prefix of asset_name
`,
    "the same column in the other direction": `
//- db/migration/V1__init.sql
CREATE TABLE tickets (id int PRIMARY KEY, owner_id int, status varchar(20), note text, at timestamptz);
CREATE INDEX idx_a ON tickets (at);
  CREATE INDEX idx_b ON tickets (at DESC);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 idx_b on tickets(at DESC) is idx_a read backwards
`,
    "all directions turned around": `
//- db/migration/V1__init.sql
CREATE TABLE tickets (id int PRIMARY KEY, owner_id int, status varchar(20), note text, at timestamptz);
CREATE INDEX idx_a ON tickets (owner_id, at DESC);
  CREATE INDEX idx_b ON tickets (owner_id DESC, at);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
`,
    "expressions and predicates that differ in spelling only": `
//- db/migration/V1__init.sql
CREATE TABLE tickets (id int PRIMARY KEY, owner_id int, status varchar(20), note text, at timestamptz);
CREATE INDEX idx_a ON tickets (lower(status)) WHERE owner_id IS NOT NULL;
  CREATE INDEX idx_b ON tickets ((LOWER( status ))) WHERE (owner_id is not null);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
`,
    "a renamed table and a renamed index": `
//- db/migration/V1__init.sql
CREATE TABLE issues (id int PRIMARY KEY, owner_id int);
  CREATE INDEX idx_old ON issues (owner_id);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 idx_new on tickets(owner_id) is a left prefix of idx_b
ALTER TABLE issues RENAME TO tickets;
ALTER INDEX idx_old RENAME TO idx_new;
CREATE INDEX idx_b ON tickets (owner_id, id);
`,
    "an index in a PostgreSQL schema": `
//- db/migration/V20240131235959__init.sql
CREATE TABLE crm.tickets (id int PRIMARY KEY, owner_id int);
CREATE INDEX idx_a ON crm.tickets (owner_id);
  CREATE INDEX idx_b ON crm.tickets (owner_id);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
`,
    "a script that creates everything": `
//- sql/schema.sql
CREATE TABLE tickets (id int PRIMARY KEY, owner_id int, status varchar(20), note text, at timestamptz);
CREATE INDEX idx_a ON tickets (owner_id);
  CREATE INDEX idx_b ON tickets (owner_id);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
`,
    "a script of statements with blank lines between": `
//- sql/schema.sql
CREATE TABLE tickets (id int PRIMARY KEY, owner_id int, status varchar(20), note text, at timestamptz);

CREATE INDEX idx_a ON tickets (owner_id);

  CREATE INDEX idx_b ON tickets (owner_id);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡

CREATE INDEX idx_c ON tickets (status);
`,
  },
  applied: {
    "a duplicate under another name": { difference: ["- index CREATE INDEX idx_b ON public.tickets USING btree (owner_id)"] },
    "an index that a unique constraint makes already": {
      difference: ["- index CREATE INDEX idx_sentences_at ON public.sentences USING btree (scheduled_at)"],
    },
    "an index that a later constraint repeats": {
      difference: ["- index CREATE UNIQUE INDEX idx_a ON public.tickets USING btree (owner_id)"],
    },
    "a unique constraint on the primary key": {
      difference: ["- constraint tickets.again UNIQUE (id)", "- index CREATE UNIQUE INDEX again ON public.tickets USING btree (id)"],
    },
    "a left prefix": { difference: ["- index CREATE INDEX idx_a ON public.tickets USING btree (owner_id)"] },
    "a left prefix of a unique constraint, found at birth": {
      difference: ["- index CREATE INDEX idx_assets_tenant ON public.assets USING btree (tenant_id)"],
    },
    "expressions and predicates that differ in spelling only": {
      difference: ["- index CREATE INDEX idx_b ON public.tickets USING btree (lower((status)::text)) WHERE (owner_id IS NOT NULL)"],
    },
    "a renamed table and a renamed index": {
      difference: ["- index CREATE INDEX idx_new ON public.tickets USING btree (owner_id)"],
    },
    "an index in a PostgreSQL schema": {
      before: "CREATE SCHEMA crm",
      difference: ["- index CREATE INDEX idx_b ON crm.tickets USING btree (owner_id)"],
    },
    "a script that creates everything": { difference: ["- index CREATE INDEX idx_b ON public.tickets USING btree (owner_id)"] },
  },
  ignores: {
    "a prefix that the script of a library makes": `
//- db/migration/V1__quartz.sql
CREATE TABLE qrtz_triggers (sched_name varchar(120), trigger_name varchar(190), trigger_state varchar(16), next_fire_time bigint, PRIMARY KEY (sched_name, trigger_name));
CREATE INDEX idx_qrtz_t_state ON qrtz_triggers (sched_name, trigger_state);
CREATE INDEX idx_qrtz_t_nft_st ON qrtz_triggers (sched_name, trigger_state, next_fire_time);
`,
    "a unique constraint on the primary key in one statement, of which PostgreSQL makes one index": `
//- db/migration/V1__init.sql
CREATE TABLE tickets (id int PRIMARY KEY, code text UNIQUE, CONSTRAINT again UNIQUE (id), UNIQUE (code));
`,
    "indexes that start with other columns": `
//- db/migration/V1__init.sql
CREATE TABLE tickets (id int PRIMARY KEY, owner_id int, status varchar(20), note text, at timestamptz);
CREATE INDEX idx_a ON tickets (owner_id);
CREATE INDEX idx_b ON tickets (status, owner_id);
`,
    "an index of which the other one was dropped": `
//- db/migration/V1__init.sql
CREATE TABLE tickets (id int PRIMARY KEY, owner_id int, status varchar(20), note text, at timestamptz);
CREATE INDEX idx_a ON tickets (owner_id);
CREATE INDEX idx_b ON tickets (owner_id);
//- db/migration/V2__drop.sql
DROP INDEX idx_a;
`,
    "the same index created twice with IF NOT EXISTS": `
//- db/migration/V1__init.sql
CREATE TABLE tickets (id int PRIMARY KEY, owner_id int, status varchar(20), note text, at timestamptz);
CREATE INDEX IF NOT EXISTS idx_a ON tickets (owner_id);
//- db/migration/V2__again.sql
CREATE INDEX IF NOT EXISTS idx_a ON tickets (owner_id);
`,
    // skeema #237: the smaller index of the two has its use.
    "a partial index beside a full one": `
//- db/migration/V1__init.sql
CREATE TABLE tickets (id int PRIMARY KEY, owner_id int, status varchar(20), note text, at timestamptz);
CREATE INDEX idx_a ON tickets (owner_id);
CREATE INDEX idx_b ON tickets (owner_id) WHERE status = 'OPEN';
CREATE INDEX idx_c ON tickets (owner_id) WHERE status = 'Open';
CREATE INDEX idx_d ON tickets (owner_id, at) WHERE status = 'NEW';
`,
    // It is a constraint, not only an index.
    "a unique index that starts a longer one": `
//- db/migration/V1__init.sql
CREATE TABLE tickets (id int PRIMARY KEY, owner_id int, status varchar(20), note text, at timestamptz);
CREATE UNIQUE INDEX idx_a ON tickets (owner_id);
CREATE INDEX idx_b ON tickets (owner_id, status);
`,
    "a unique constraint over the same columns in another order": `
//- db/migration/V1__init.sql
CREATE TABLE members (user_id int, group_id int, PRIMARY KEY (user_id, group_id), UNIQUE (group_id, user_id));
`,
    "other operator classes, collations and kinds": `
//- db/migration/V1__init.sql
CREATE TABLE tickets (id int PRIMARY KEY, owner_id int, status varchar(20), note text, at timestamptz);
CREATE INDEX idx_a ON tickets (note);
CREATE INDEX idx_b ON tickets (note text_pattern_ops);
CREATE INDEX idx_c ON tickets (note COLLATE "C");
CREATE INDEX idx_d ON tickets USING hash (note);
CREATE INDEX idx_e ON tickets USING gin (note gin_trgm_ops);
`,
    "NULLs at the other end": `
//- db/migration/V1__init.sql
CREATE TABLE tickets (id int PRIMARY KEY, owner_id int, status varchar(20), note text, at timestamptz);
CREATE INDEX idx_a ON tickets (at);
CREATE INDEX idx_b ON tickets (at DESC NULLS LAST);
`,
    "one direction of several turned around": `
//- db/migration/V1__init.sql
CREATE TABLE tickets (id int PRIMARY KEY, owner_id int, status varchar(20), note text, at timestamptz);
CREATE INDEX idx_a ON tickets (owner_id, at);
CREATE INDEX idx_b ON tickets (owner_id, at DESC);
`,
    "INCLUDE columns that the longer index lacks": `
//- db/migration/V1__init.sql
CREATE TABLE tickets (id int PRIMARY KEY, owner_id int, status varchar(20), note text, at timestamptz);
CREATE INDEX idx_a ON tickets (owner_id) INCLUDE (note);
CREATE INDEX idx_b ON tickets (owner_id, status);
`,
    "a column that only INCLUDE carries": `
//- db/migration/V1__init.sql
CREATE TABLE tickets (id int PRIMARY KEY, owner_id int, status varchar(20), note text, at timestamptz);
CREATE INDEX idx_a ON tickets (owner_id, status);
CREATE INDEX idx_b ON tickets (owner_id, at) INCLUDE (status);
`,
    "unique indexes that differ in what NULL is": `
//- db/migration/V1__init.sql
CREATE TABLE tickets (id int PRIMARY KEY, owner_id int, status varchar(20), note text, at timestamptz);
CREATE UNIQUE INDEX idx_a ON tickets (owner_id);
CREATE UNIQUE INDEX idx_b ON tickets (owner_id) NULLS NOT DISTINCT;
`,
    "an index whose column a later migration drops": `
//- db/migration/V1__init.sql
CREATE TABLE tickets (id int PRIMARY KEY, owner_id int, status varchar(20), note text, at timestamptz);
CREATE INDEX idx_a ON tickets (owner_id);
CREATE INDEX idx_b ON tickets (owner_id, status);
//- db/migration/V2__drop.sql
ALTER TABLE tickets DROP COLUMN status;
`,
    MySQL: `
//- db/migration/V1__init.sql
CREATE TABLE tickets (id bigint NOT NULL AUTO_INCREMENT, owner_id bigint, PRIMARY KEY (id));
CREATE INDEX idx_a ON tickets (owner_id);
CREATE INDEX idx_b ON tickets (owner_id);
`,
    "a partition's own index beside its parent's": `
//- db/migration/V1__init.sql
CREATE TABLE logs (id int, at date) PARTITION BY RANGE (at);
CREATE INDEX idx_logs ON logs (at);
CREATE TABLE logs_1 PARTITION OF logs FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE INDEX idx_logs_1 ON logs_1 (at);
`,
  },
  fixes: {
    "an index that an entity declares beside a unique column": `
//- src/main/java/shop/Share.java
package shop;
import jakarta.persistence.*;
@Entity
@Table(name = "shares", indexes = {
    @Index(name = "idx_listed", columnList = "listedOn")
})
class Share { @Id Long id; @Column(unique = true) String symbol; java.time.LocalDate listedOn; }
`,
    "the only index that an entity declares, behind its name": `
//- src/main/java/shop/Share.java
package shop;
import jakarta.persistence.*;
@Entity
@Table(name = "shares")
class Share { @Id Long id; @NaturalId String symbol; }
`,
    "a duplicate under another name": `
//- db/migration/V3__drop_index_idx_b.sql
DROP INDEX idx_b;
`,
    "a unique constraint on the primary key": `
//- db/migration/V2__drop_constraint_again.sql
ALTER TABLE tickets DROP CONSTRAINT again;
`,
    "an index in a PostgreSQL schema": `
//- db/migration/V20240201000000__drop_index_idx_b.sql
DROP INDEX crm.idx_b;
`,
    "a script that creates everything": `
//- sql/schema.sql
CREATE TABLE tickets (id int PRIMARY KEY, owner_id int, status varchar(20), note text, at timestamptz);
CREATE INDEX idx_a ON tickets (owner_id);
`,
    "a script of statements with blank lines between": `
//- sql/schema.sql
CREATE TABLE tickets (id int PRIMARY KEY, owner_id int, status varchar(20), note text, at timestamptz);

CREATE INDEX idx_a ON tickets (owner_id);

CREATE INDEX idx_c ON tickets (status);
`,
  },
});
