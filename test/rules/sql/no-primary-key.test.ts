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

rule(noPrimaryKey, {
  reports: {
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
    "a list of kinds": `
//- db/migration/V1__init.sql
CREATE TABLE colours (name text);
INSERT INTO colours VALUES ('red'), ('blue');
`,
  },
  fixes: {
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
