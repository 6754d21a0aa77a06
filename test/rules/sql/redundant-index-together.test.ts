import { redundantIndex } from "../../../src/rules/sql/redundant-index.ts";
import { rule } from "../../harness/rule.ts";

rule(redundantIndex, {
  reports: {
    "copies of what constraints of one script make, with one migration for all, and a prefix beside them": `
//- db/migration/V1__init.sql
CREATE TABLE hosts (id int PRIMARY KEY, code text UNIQUE, place int UNIQUE);
  CREATE INDEX idx_hosts_code ON hosts (code);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 idx_hosts_code repeats hosts_code_key on hosts(code); 2 more alike
  CREATE INDEX idx_hosts_place ON hosts (place);
--~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ idx_hosts_place repeats hosts_place_key on hosts(place)
CREATE TABLE rooms (id int PRIMARY KEY, host_id int, door int, label text, UNIQUE (host_id, door), CONSTRAINT labels UNIQUE (label));
  CREATE UNIQUE INDEX idx_rooms_label ON rooms (label);
--~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ idx_rooms_label repeats labels on rooms(label)
  CREATE INDEX idx_rooms_host ON rooms (host_id);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 idx_rooms_host on rooms(host_id) is a left prefix of rooms_host_id_door_key
`,
    "copies in two scripts, each told where it is": `
//- db/migration/V1__init.sql
CREATE TABLE hosts (id int PRIMARY KEY, code text UNIQUE, place int UNIQUE);
  CREATE INDEX idx_hosts_code ON hosts (code);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 idx_hosts_code repeats hosts_code_key on hosts(code)
//- db/migration/V2__more.sql
  CREATE INDEX idx_hosts_place ON hosts (place);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 idx_hosts_place repeats hosts_place_key on hosts(place)
`,
    "copies at the first of them, whichever table is older": `
//- db/migration/V1__init.sql
CREATE TABLE rooms (id int PRIMARY KEY, label text UNIQUE);
CREATE TABLE hosts (id int PRIMARY KEY, code text UNIQUE);
//- db/migration/V2__more.sql
  CREATE INDEX idx_hosts_code ON hosts (code);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 idx_hosts_code repeats hosts_code_key on hosts(code); 1 more alike
  CREATE INDEX idx_rooms_label ON rooms (label);
--~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ idx_rooms_label repeats rooms_label_key on rooms(label)
`,
    "a copy that has an excuse is left out": `
//- db/migration/V1__init.sql
CREATE TABLE hosts (id int PRIMARY KEY, code text UNIQUE, place int UNIQUE, label text UNIQUE);
-- perf-ignore sql/redundant-index: a report names it
CREATE INDEX idx_hosts_code ON hosts (code);
  CREATE INDEX idx_hosts_place ON hosts (place);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 idx_hosts_place repeats hosts_place_key on hosts(place); 1 more alike
  CREATE INDEX idx_hosts_label ON hosts (label);
--~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ idx_hosts_label repeats hosts_label_key on hosts(label)
`,
    "copies of a script that makes all anew, constraints among them": `
//- sql/schema.sql
CREATE TABLE hosts (id int PRIMARY KEY, code text, place int UNIQUE);
CREATE UNIQUE INDEX hosts_code ON hosts (code);
  CREATE INDEX idx_hosts_place ON hosts (place);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 idx_hosts_place repeats hosts_place_key on hosts(place); 1 more alike
ALTER TABLE hosts ADD CONSTRAINT again UNIQUE (id);
                    --~~~~~~~~~~~~~~~~~~~~~~~~~~~~ again repeats hosts_pkey on hosts(id)
`,
  },
  applied: {
    "copies of what constraints of one script make, with one migration for all, and a prefix beside them": {
      difference: [
        "- index CREATE INDEX idx_hosts_code ON public.hosts USING btree (code)",
        "- index CREATE INDEX idx_hosts_place ON public.hosts USING btree (place)",
        "- index CREATE UNIQUE INDEX idx_rooms_label ON public.rooms USING btree (label)",
      ],
    },
  },
  ignores: {
    "copies that all have an excuse": `
//- db/migration/V1__init.sql
-- perf-ignore-file sql/redundant-index: reports name them
CREATE TABLE hosts (id int PRIMARY KEY, code text UNIQUE, place int UNIQUE);
CREATE INDEX idx_hosts_code ON hosts (code);
CREATE INDEX idx_hosts_place ON hosts (place);
`,
  },
  fixes: {
    "copies of what constraints of one script make, with one migration for all, and a prefix beside them": `
//- db/migration/V2__drop_3_indexes.sql
DROP INDEX idx_hosts_code;
DROP INDEX idx_hosts_place;
DROP INDEX idx_rooms_label;
`,
    "a copy that has an excuse is left out": `
//- db/migration/V2__drop_2_indexes.sql
DROP INDEX idx_hosts_place;
DROP INDEX idx_hosts_label;
`,
    "copies of a script that makes all anew, constraints among them": `
//- sql/schema.sql
CREATE TABLE hosts (id int PRIMARY KEY, code text, place int UNIQUE);
CREATE UNIQUE INDEX hosts_code ON hosts (code);
ALTER TABLE hosts ADD CONSTRAINT again UNIQUE (id);

ALTER TABLE hosts DROP CONSTRAINT again;
`,
  },
});
