import { columnTypeRewrites } from "../../../src/rules/sql/column-type-rewrites.ts";
import { rule } from "../../harness/rule.ts";

const SCHEMA = `
//- db/migration/V1__init.sql
CREATE TABLE customers (id bigserial PRIMARY KEY, email text NOT NULL);
CREATE TABLE orders (id bigserial PRIMARY KEY, note varchar(20), amount int, state text, customer_id bigint, code text NOT NULL);
CREATE INDEX idx_orders_state ON orders (state);
CREATE TABLE states (code text PRIMARY KEY, label text);
INSERT INTO states VALUES ('a', 'A'), ('b', 'B');
`;
const APPLIED = `
//- performance.yaml
version: 1
migrations: { applied: 1 }
`;

rule(columnTypeRewrites, {
  reports: {
    "another width of the number": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ALTER COLUMN amount TYPE bigint;
                 --^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ amount from int4 to int8 rewrites orders while nothing can read or write it
`,
    "a shorter text, a text that becomes short": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ALTER COLUMN note TYPE varchar(10);
                 --^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
ALTER TABLE orders ALTER COLUMN state SET DATA TYPE varchar(10);
                 --^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
`,
    "an expression": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ALTER COLUMN state TYPE text USING lower(state);
                 --^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ state from text to text rewrites orders while nothing can read or write it
`,
  },
  ignores: {
    "a longer text, and no limit at all": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ALTER COLUMN note TYPE varchar(40);
ALTER TABLE orders ALTER COLUMN note TYPE text;
ALTER TABLE orders ALTER COLUMN note TYPE varchar USING note::varchar;
`,
    "what the server's time zone decides, and types that nobody knows": `
//- db/migration/V1__init.sql
CREATE TABLE orders (id bigserial PRIMARY KEY, at timestamp, kind order_kind);
${APPLIED}//- db/migration/V2__a.sql
ALTER TABLE orders ALTER COLUMN at TYPE timestamptz;
ALTER TABLE orders ALTER COLUMN kind TYPE text;
`,
    "a column that is new, too": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD COLUMN a int;
ALTER TABLE orders ALTER COLUMN a TYPE bigint;
`,
    "a small table": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE states ALTER COLUMN label TYPE varchar(3);
`,
  },
});
