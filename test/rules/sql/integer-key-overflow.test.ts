import { integerKeyOverflow } from "../../../src/rules/sql/integer-key-overflow.ts";
import { rule } from "../../harness/rule.ts";

rule(integerKeyOverflow, {
  reports: {
    "a table that keeps what happens": `
//- db/migration/V1__init.sql
CREATE TABLE email_log (
  id serial PRIMARY KEY,
--^^ email_log.id counts in integer, which ends at 2,147,483,647; email_log keeps growing
  sent_at timestamptz NOT NULL
);
CREATE TABLE bounces (id bigint PRIMARY KEY, mail_id int REFERENCES email_log);
                                                       --~~~~~~~~~~~~~~~~~~~~ bounces references it
`,
    "a sequence of its own, and two words": `
//- db/migration/V1__init.sql
CREATE SEQUENCE click_seq;
CREATE TABLE banner_clicks (id int PRIMARY KEY DEFAULT nextval('click_seq'), at timestamptz);
                          --^^
`,
    "a table that is said to be large": `
//- performance.yaml
version: 1
database: { tables: { orders: { rows: 300M } } }
//- db/migration/V1__init.sql
CREATE TABLE orders (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz);
                   --^^ orders.id counts in integer: 300,000,000 of 2,147,483,647 numbers are in use
`,
    "a table that is nearly full": `
//- performance.yaml
version: 1
database: { tables: { orders: { rows: 1500M } } }
//- db/migration/V1__init.sql
CREATE TABLE orders (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz);
                   --^^
`,
  },
  ignores: {
    "things, however many": `
//- db/migration/V1__init.sql
CREATE TABLE users (id serial PRIMARY KEY, created_at timestamptz);
CREATE TABLE event (id serial PRIMARY KEY, start_at timestamptz);
`,
    // hmcts/pcs-api: notices of cases
    "what people do, however long": `
//- db/migration/V1__init.sql
CREATE TABLE case_notification (id serial PRIMARY KEY, created_at timestamptz);
CREATE TABLE audit_events (id serial PRIMARY KEY, at timestamptz);
`,
    // metabrainz/musicbrainz-server: l_artist_event ties artists to concerts
    "what ties rows to events": `
//- db/migration/V1__init.sql
CREATE TABLE event (id int PRIMARY KEY, name text);
CREATE TABLE artist (id int PRIMARY KEY, name text);
CREATE TABLE artist_event (id serial PRIMARY KEY, artist int REFERENCES artist, event int REFERENCES event, updated_at timestamptz);
`,
    "a bigint, a key that is given, a column that is no key": `
//- db/migration/V1__init.sql
CREATE TABLE email_log (id bigserial PRIMARY KEY, sent_at timestamptz);
CREATE TABLE sms_log (id int PRIMARY KEY, sent_at timestamptz);
CREATE TABLE push_log (id uuid PRIMARY KEY, nr serial, sent_at timestamptz);
`,
    "a column that a later migration widens": `
//- db/migration/V1__init.sql
CREATE TABLE email_log (id serial PRIMARY KEY, sent_at timestamptz);
//- db/migration/V2__wide.sql
ALTER TABLE email_log ALTER COLUMN id TYPE bigint;
`,
    "a log that is said to be small, one without a time, one of a library": `
//- performance.yaml
version: 1
database: { tables: { email_log: { rows: 2M } } }
//- db/migration/V1__init.sql
CREATE TABLE email_log (id serial PRIMARY KEY, sent_at timestamptz);
CREATE TABLE message (id serial PRIMARY KEY, text text);
CREATE TABLE batch_job_execution (id serial PRIMARY KEY, start_time timestamp);
`,
  },
});
