import { lowSelectivityIndex } from "../../../src/rules/sql/low-selectivity-index.ts";
import { rule } from "../../harness/rule.ts";

rule(lowSelectivityIndex, {
  reports: {
    "a boolean": `
//- db/migration/V1__init.sql
CREATE TABLE tickets (id int PRIMARY KEY, owner_id int, done boolean NOT NULL, note text);
  CREATE INDEX idx_done ON tickets (done);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ idx_done tells rows of tickets apart by the 2 values of done
`,
    "a column with a check": `
//- db/migration/V1__init.sql
CREATE TABLE tickets (id int PRIMARY KEY, owner_id int, state text CHECK (state IN ('NEW', 'OPEN', 'DONE')));
  CREATE INDEX idx_state ON tickets (state);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ idx_state tells rows of tickets apart by the 3 values of state
`,
    "an enum": `
//- db/migration/V1__init.sql
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE tickets (id int PRIMARY KEY, mood mood);
  CREATE INDEX idx_mood ON tickets USING hash (mood);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
`,
  },
  ignores: {
    "partial, unique and longer indexes, and columns with many values": `
//- db/migration/V1__init.sql
CREATE TABLE tickets (id int PRIMARY KEY, owner_id int, done boolean, state text CHECK (state IN ('A', 'B', 'C', 'D', 'E', 'F')), note text);
CREATE INDEX idx_open ON tickets (done) WHERE NOT done;
CREATE UNIQUE INDEX idx_one ON tickets (done);
CREATE INDEX idx_two ON tickets (done, owner_id);
CREATE INDEX idx_with ON tickets (done) INCLUDE (owner_id);
CREATE INDEX idx_state ON tickets (state);
CREATE INDEX idx_note ON tickets (note);
`,
    "what sql/redundant-index says already": `
//- db/migration/V1__init.sql
CREATE TABLE tickets (id int PRIMARY KEY, owner_id int, done boolean NOT NULL);
CREATE INDEX idx_done ON tickets (done);
CREATE INDEX idx_done_owner ON tickets (done, owner_id);
`,
    "a table that stays small": `
//- db/migration/V1__init.sql
CREATE TABLE tickets (id int PRIMARY KEY, owner_id int, done boolean NOT NULL);
CREATE INDEX idx_done ON tickets (done);
//- performance.yaml
database:
  tables:
    tickets: { rows: 300 }
`,
  },
});
