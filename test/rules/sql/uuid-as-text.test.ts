import { uuidAsText } from "../../../src/rules/sql/uuid-as-text.ts";
import { rule } from "../../harness/rule.ts";

rule(uuidAsText, {
  reports: {
    "a key of fixed length, with what refers to it": `
//- db/migration/V1__init.sql
CREATE TABLE tickets (id char(36) PRIMARY KEY, event_id bigint);
                    //^^ tickets.id keeps UUIDs as char(36): 37 bytes each, where uuid takes 16
CREATE TABLE scans (id bigint PRIMARY KEY, ticket_id char(36) REFERENCES tickets (id));
                                                            //~~~~~~~~~~~~~~~~~~~~~~~ scans.ticket_id keeps it, too
`,
    "a column that says so, and one whose default does": `
//- db/migration/V1__init.sql
CREATE TABLE users (id bigint PRIMARY KEY, user_uuid varchar(36) UNIQUE);
                                         //^^^^^^^^^ users.user_uuid keeps UUIDs as varchar(36): 37 bytes each, where uuid takes 16; 1 more alike
CREATE TABLE orders (id varchar(36) PRIMARY KEY DEFAULT gen_random_uuid()::text, total numeric);
                   //~~ orders.id keeps UUIDs as varchar(36): 37 bytes each, where uuid takes 16
`,
  },
  ignores: {
    "uuid itself, and texts that may be anything": `
//- db/migration/V1__init.sql
CREATE TABLE tickets (id uuid PRIMARY KEY, external_uuid uuid UNIQUE);
CREATE TABLE zones (id varchar(36) PRIMARY KEY, hash char(64) UNIQUE);
`,
    "a column without a key, tables of libraries under another name, and a small one": `
//- performance.yaml
version: 1
database: { tables: { modes: { rows: 20 } } }
//- db/migration/V1__init.sql
CREATE TABLE calls (id bigint PRIMARY KEY, trace char(36));
CREATE TABLE shop_spring_session (primary_id char(36) PRIMARY KEY);
CREATE TABLE shop_lock (lock_key char(36) PRIMARY KEY, client_id char(36) UNIQUE);
CREATE TABLE modes (id char(36) PRIMARY KEY, label text);
`,
  },
});
