import { noPrimaryKey } from "../../../src/rules/sql/no-primary-key.ts";
import { rule } from "../../harness/rule.ts";

const ENTITY = `
//- src/main/java/shop/Visit.java
package shop;
@Entity @Table(name = "visits")
class Visit { @Id UUID id; Instant at; }
//- src/main/java/shop/VisitRepository.java
package shop;
interface VisitRepository extends JpaRepository<Visit, UUID> {}
`;

const MAPPER = `
//- src/main/java/shop/CardMapper.java
package shop;
@Mapper interface CardMapper {
  @Select("SELECT * FROM cards WHERE id = #{id}")
  Card selectById(@Param("id") long id);
     //~~~~~~~~~~ selectById finds rows by id
  @Delete("DELETE FROM cards WHERE id = #{id}")
  int deleteById(@Param("id") long id);
    //~~~~~~~~~~ deleteById finds rows by id
}`.trim();

rule(noPrimaryKey, {
  reports: {
    // apache/shenyu: of 72 queries without an index 27 lacked nothing but the key.
    "a key that the scripts for another database have": `
//- src/main/resources/db/migration/mysql/V1__init.sql
CREATE TABLE \`cards\` (\`id\` bigint NOT NULL, \`pid\` varchar(255), PRIMARY KEY (\`id\`)) ENGINE=InnoDB;
//- src/main/resources/db/migration/postgresql/V1__init.sql
CREATE TABLE cards (id bigint NOT NULL, pid varchar(255));
           --^^^^^ 💡 cards has no primary key, and MySQL has one: id
${MAPPER}
`,
    "queries that find rows by an id": `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE cards (id bigint NOT NULL, pid varchar(255));
           --^^^^^ 💡 cards has no primary key, and selectById finds rows by id
${MAPPER}
`,
    "a pair of keys that has one elsewhere, though its rows belong to others": `
//- db/mysql/schema.sql
CREATE TABLE users (id bigint NOT NULL PRIMARY KEY);
CREATE TABLE user_groups (user_id bigint NOT NULL, name varchar(20) NOT NULL, PRIMARY KEY (user_id, name));
//- db/postgres/schema.sql
CREATE TABLE users (id bigint PRIMARY KEY);
CREATE TABLE user_groups (user_id bigint NOT NULL REFERENCES users, name text NOT NULL);
           --^^^^^^^^^^^ 💡 user_groups has no primary key, and MySQL has one: user_id, name
`,
    "the table of an entity": `${ENTITY.trimEnd()}
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE visits (id uuid NOT NULL, at timestamptz);
           --^^^^^^ 💡 Visit is found by id, and visits has neither key nor index for it
`,
    "a table that belongs to no other": `
//- db/migration/V1__init.sql
CREATE TABLE members (username text NOT NULL, email text);
           --^^^^^^^ members has no primary key, and no unique index in its place
CREATE UNIQUE INDEX ON members (username) WHERE email IS NULL;
`,
  },
  ignores: {
    // SORMAS and Opetushallitus/valintaperusteet: a trigger writes old rows, as the extension temporal_tables does.
    "what a trigger writes and nobody changes": `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE visits (id uuid PRIMARY KEY, note text, sys_period tstzrange NOT NULL);
CREATE TABLE visits_history (LIKE visits);
CREATE TABLE login_log (who text NOT NULL, at timestamptz NOT NULL);
`,
    // openforis/collect
    "a table of one row that says its version": `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE shop_info (version text NOT NULL);
`,
    "an index on the id that queries find rows by": `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE owners (id bigint PRIMARY KEY);
CREATE TABLE cards (id bigint NOT NULL, owner_id bigint REFERENCES owners);
CREATE INDEX ON cards (id);
${MAPPER.replace(/\n *\/\/~.*/g, "")}
`,
    // veilarbportefolje: what lists were on a day.
    "the rows of another table as they were": `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE lists (id bigint PRIMARY KEY, note text);
CREATE TABLE lists_2024_01_16 AS SELECT * FROM lists;
`,
    "a primary key, also of a later migration": `${ENTITY.trimEnd()}
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE visits (id uuid NOT NULL, at timestamptz);
CREATE TABLE a (id int PRIMARY KEY);
//- src/main/resources/db/migration/V2__key.sql
ALTER TABLE visits ADD CONSTRAINT visits_pkey PRIMARY KEY (id);
`,
    "an index on what the entity is found by": `${ENTITY.trimEnd()}
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE visits (id uuid NOT NULL, at timestamptz);
CREATE INDEX ON visits (id);
`,
    "a unique key": `
//- db/migration/V1__init.sql
CREATE TABLE members (a int NOT NULL, b int NOT NULL, UNIQUE (a, b));
CREATE TABLE installs (guid text UNIQUE);
`,
    "pairs of keys, partitions, copies, one row that stands for a lock": `
//- db/migration/V1__init.sql
CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE user_groups (user_id int REFERENCES users, name text);
CREATE TABLE logs (at timestamptz) PARTITION BY RANGE (at);
CREATE TABLE logs_1 PARTITION OF logs FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE users_backup AS SELECT * FROM users;
CREATE TABLE tmp_users (id int);
CREATE TABLE import_lock (at timestamptz);
`,
    // OpenID-Connect-Java-Spring-Server: 22 tables for lists of texts.
    "elements of an entity's collection": `
//- src/main/java/shop/Client.java
package shop;
@Entity @Table(name = "clients")
class Client { @Id Long id; @ElementCollection @CollectionTable(name = "client_contacts", joinColumns = @JoinColumn(name = "owner_id")) List<String> contacts; }
//- db/migration/V1__init.sql
CREATE TABLE clients (id bigint PRIMARY KEY);
CREATE TABLE client_contacts (owner_id bigint, contact text);
`,
    // openremote's data points: TimescaleDB finds them by their time
    "a table that is cut by time": `
//- db/migration/V1__init.sql
CREATE TABLE readings (at timestamptz NOT NULL, value float8);
//- db/migration/V2__timescale.sql
SELECT create_hypertable('readings', 'at', migrate_data => true);
`,
    "a list of kinds": `
//- db/migration/V1__init.sql
CREATE TABLE colours (name text);
INSERT INTO colours VALUES ('red'), ('blue');
`,
  },
  fixes: {
    "a key that the scripts for another database have": `
//- src/main/resources/db/migration/postgresql/V2__add_primary_key_of_cards.sql
ALTER TABLE cards ADD PRIMARY KEY (id);
`,
    "the table of an entity": `
//- src/main/resources/db/migration/V2__add_primary_key_of_visits.sql
ALTER TABLE visits ADD PRIMARY KEY (id);
`,
  },
  applied: {
    "the table of an entity": {
      difference: [
        "+ constraint visits.visits_pkey PRIMARY KEY (id)",
        "+ index CREATE UNIQUE INDEX visits_pkey ON public.visits USING btree (id)",
      ],
    },
  },
});
