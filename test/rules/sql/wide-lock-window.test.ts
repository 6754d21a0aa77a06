import { wideLockWindow } from "../../../src/rules/sql/wide-lock-window.ts";
import { rule } from "../../harness/rule.ts";

const APPLIED = `
//- performance.yaml
version: 1
migrations: { applied: 1 }
`;

rule(wideLockWindow, {
  reports: {
    "four tables in one transaction": `
//- db/migration/V1__init.sql
CREATE TABLE a (id bigserial PRIMARY KEY);
CREATE TABLE b (id bigserial PRIMARY KEY);
CREATE TABLE c (id bigserial PRIMARY KEY);
CREATE TABLE d (id bigserial PRIMARY KEY);
${APPLIED}//- db/migration/V2__x.sql
ALTER TABLE a ADD COLUMN x text;
ALTER TABLE b ADD COLUMN x text;
ALTER TABLE c ADD COLUMN x text;
ALTER TABLE d ADD COLUMN x text;
            --^^^^^^^^^^^^^^^^^ d is locked while 3 other tables stay locked in the same transaction
`,
  },
  ignores: {
    "three tables, one of them twice": `
//- db/migration/V1__init.sql
CREATE TABLE a (id bigserial PRIMARY KEY);
CREATE TABLE b (id bigserial PRIMARY KEY);
CREATE TABLE c (id bigserial PRIMARY KEY);
CREATE TABLE d (id bigserial PRIMARY KEY);
${APPLIED}//- db/migration/V2__x.sql
ALTER TABLE a ADD COLUMN x text;
ALTER TABLE b ADD COLUMN x text;
ALTER TABLE c ADD COLUMN x text;
ALTER TABLE c ADD COLUMN y text;
`,
    "locks that keep nobody off": `
//- db/migration/V1__init.sql
CREATE TABLE a (id bigserial PRIMARY KEY);
CREATE TABLE b (id bigserial PRIMARY KEY);
CREATE TABLE c (id bigserial PRIMARY KEY);
CREATE TABLE d (id bigserial PRIMARY KEY);
${APPLIED}//- db/migration/V2__x.sql
UPDATE a SET id = id;
UPDATE b SET id = id;
UPDATE c SET id = id;
ALTER TABLE d ADD COLUMN x text;
`,
    "a migration that has run": `
//- db/migration/V1__init.sql
CREATE TABLE a (id bigserial PRIMARY KEY);
CREATE TABLE b (id bigserial PRIMARY KEY);
CREATE TABLE c (id bigserial PRIMARY KEY);
CREATE TABLE d (id bigserial PRIMARY KEY);
//- db/migration/V2__x.sql
ALTER TABLE a ADD COLUMN x text;
ALTER TABLE b ADD COLUMN x text;
ALTER TABLE c ADD COLUMN x text;
ALTER TABLE d ADD COLUMN x text;
`,
    "tables that go": `
//- db/migration/V1__init.sql
CREATE TABLE a (id bigserial PRIMARY KEY);
CREATE TABLE b (id bigserial PRIMARY KEY);
CREATE TABLE c (id bigserial PRIMARY KEY);
CREATE TABLE d (id bigserial PRIMARY KEY);
${APPLIED}//- db/migration/V2__x.sql
DROP TABLE a;
DROP TABLE b;
DROP TABLE c;
DROP TABLE d;
`,
    "new tables": `
//- db/migration/V1__init.sql
CREATE TABLE a (id bigserial PRIMARY KEY);
CREATE TABLE b (id bigserial PRIMARY KEY);
CREATE TABLE c (id bigserial PRIMARY KEY);
CREATE TABLE d (id bigserial PRIMARY KEY);
${APPLIED}//- db/migration/V2__x.sql
CREATE TABLE e (id int);
ALTER TABLE e ADD COLUMN x text;
ALTER TABLE b ADD COLUMN x text;
ALTER TABLE c ADD COLUMN x text;
ALTER TABLE d ADD COLUMN x text;
`,
  },
});
