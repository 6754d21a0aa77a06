import { foreignKeyTypeMismatch } from "../../../src/rules/sql/foreign-key-type-mismatch.ts";
import { rule } from "../../harness/rule.ts";

rule(foreignKeyTypeMismatch, {
  reports: {
    "a column that cannot hold all keys": `
//- db/migration/V1__init.sql
CREATE TABLE users (id bigserial PRIMARY KEY);
CREATE TABLE tickets (id bigint PRIMARY KEY, owner_id integer REFERENCES users (id));
                                                            --^^^^^^^^^^^^^^^^^^^^^ 💡 tickets.owner_id is integer, and cannot hold every bigint key of users.id
`,
    "texts that PostgreSQL casts to compare": `
//- db/migration/V1__init.sql
CREATE TABLE batches (code char(36) PRIMARY KEY);
CREATE TABLE tickets (id bigint PRIMARY KEY, code varchar(36) REFERENCES batches (code));
                                                            --^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 tickets.code is varchar(36): lookups from batches.code cast it to char(36), and use no index
`,
    "a number that is compared as numeric, with the primary key of another script": `
//- db/migration/V1__init.sql
CREATE TABLE batches (id numeric(19) PRIMARY KEY);
//- db/migration/V2__tickets.sql
CREATE TABLE tickets (id bigint PRIMARY KEY, batch_id bigint REFERENCES batches);
                                                           --^^^^^^^^^^^^^^^^^^ 💡
`,
    "types that no key connects": `
//- db/migration/V1__init.sql
CREATE TABLE users (id uuid PRIMARY KEY, at timestamptz);
CREATE INDEX ON users USING brin (at);
CREATE TABLE tickets (id bigint PRIMARY KEY, owner_id varchar(36) REFERENCES users (id));
                                                                --^^^^^^^^^^^^^^^^^^^^^ tickets.owner_id is varchar(36), users.id is uuid: PostgreSQL refuses this foreign key
`,
    "a parent that a later migration widens, and is said to be large": `
//- performance.yaml
version: 1
database: { tables: { users: { rows: 1200M } } }
//- db/migration/V1__init.sql
CREATE TABLE users (id serial PRIMARY KEY);
CREATE TABLE tickets (id bigint PRIMARY KEY, owner_id integer REFERENCES users);
                                                            --^^^^^^^^^^^^^^^^ 💡
//- db/migration/V2__widen.sql
ALTER TABLE users ALTER COLUMN id TYPE bigint;
`,
    "one column of several": `
//- db/migration/V1__init.sql
CREATE TABLE rows (hall_id int, nr bigint, PRIMARY KEY (hall_id, nr));
CREATE TABLE seats (id int PRIMARY KEY, hall_id int, nr int);
ALTER TABLE seats ADD FOREIGN KEY (hall_id, nr) REFERENCES rows (hall_id, nr);
                    --^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 seats.nr is integer, and cannot hold every bigint key of rows.nr
`,
  },
  ignores: {
    "a wider column, and types of one family": `
//- db/migration/V1__init.sql
CREATE TABLE users (id int PRIMARY KEY, name text UNIQUE, day date UNIQUE);
CREATE TABLE tickets (
  id bigint PRIMARY KEY,
  owner_id bigint REFERENCES users,
  owner_name varchar(20) REFERENCES users (name),
  at timestamp REFERENCES users (day)
);
`,
    "few keys, and few rows": `
//- performance.yaml
version: 1
database: { tables: { batches: { rows: 200 }, halls: { rows: 50 } } }
//- db/migration/V1__init.sql
CREATE TABLE batches (id bigint PRIMARY KEY, number numeric UNIQUE);
CREATE TABLE halls (id int PRIMARY KEY, batch_id int REFERENCES batches, number int REFERENCES batches (number));
`,
    "types that the schema names itself, and a parent that is not known": `
//- db/migration/V1__init.sql
CREATE DOMAIN key AS bigint;
CREATE TABLE users (id key PRIMARY KEY);
CREATE TABLE tickets (id int PRIMARY KEY, owner_id int REFERENCES users, event_id int REFERENCES events);
`,
    "a dialect that nothing shows": `
//- db/migration/V1__init.sql
CREATE TABLE users (id int PRIMARY KEY);
CREATE TABLE tickets (id int PRIMARY KEY, owner_id varchar(36) REFERENCES users (id));
`,
  },
  fixes: {
    "a column that cannot hold all keys": `
//- db/migration/V2__change_type_of_tickets_owner_id.sql
ALTER TABLE tickets ALTER COLUMN owner_id TYPE bigint;
`,
  },
  applied: {
    "a column that cannot hold all keys": { difference: ["+ column tickets.owner_id bigint", "- column tickets.owner_id integer"] },
    "texts that PostgreSQL casts to compare": {
      difference: ["+ column tickets.code character(36)", "- column tickets.code character varying(36)"],
    },
    "a number that is compared as numeric, with the primary key of another script": {
      difference: ["+ column tickets.batch_id numeric(19,0)", "- column tickets.batch_id bigint"],
    },
  },
});
