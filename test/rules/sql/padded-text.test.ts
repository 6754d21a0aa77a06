import { paddedText } from "../../../src/rules/sql/padded-text.ts";
import { rule } from "../../harness/rule.ts";

rule(paddedText, {
  reports: {
    "a text that is as long as it is": `
//- db/migration/V1__init.sql
CREATE TABLE guests (id bigint PRIMARY KEY, city char(50), born date);
                                          //^^^^ guests.city is char(50): PostgreSQL fills each value with spaces up to 50 characters
`,
    "several of a table once, at the longest": `
//- db/migration/V1__init.sql
CREATE TABLE guests (id bigint PRIMARY KEY, title char(20), remark character(200));
                                          //~~~~~ title is char(20)
                                                          //^^^^^^ guests.remark and 1 more of guests are filled with spaces, this one up to 200 characters
`,
    "a column that is added": `
//- db/migration/V1__init.sql
CREATE TABLE guests (id bigint PRIMARY KEY);
//- db/migration/V2__street.sql
ALTER TABLE guests ADD COLUMN street char(80);
                            //^^^^^^ guests.street is char(80): PostgreSQL fills each value with spaces up to 80 characters
`,
  },
  ignores: {
    "codes, digests, keys, and what varies": `
//- db/migration/V1__init.sql
CREATE TABLE guests (id char(26) PRIMARY KEY, login char(20) UNIQUE, country char(2), mail_hash char(64), phone_number char(15),
  parent char(12) REFERENCES guests (login), city varchar(50), remark text);
`,
    "a column that a later migration widens to varchar": `
//- db/migration/V1__init.sql
CREATE TABLE guests (id bigint PRIMARY KEY, city char(50));
//- db/migration/V2__city.sql
ALTER TABLE guests ALTER COLUMN city TYPE varchar(50);
`,
    "a table that stays small, and one of a library": `
//- performance.yaml
version: 1
database: { tables: { modes: { rows: 20 } } }
//- db/migration/V1__init.sql
CREATE TABLE modes (id bigint PRIMARY KEY, label char(40));
CREATE TABLE spring_session (primary_id char(36) PRIMARY KEY, principal_name char(100));
`,
  },
});
