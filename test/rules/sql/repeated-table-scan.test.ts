import { repeatedTableScan } from "../../../src/rules/sql/repeated-table-scan.ts";
import { rule } from "../../harness/rule.ts";
import { changeset, log } from "./changelogFixtures.ts";

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

rule(repeatedTableScan, {
  reports: {
    "two columns that are set NOT NULL one by one": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ALTER COLUMN state SET NOT NULL;
  ALTER TABLE orders ALTER COLUMN amount SET NOT NULL;
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 orders is read a second time for SET NOT NULL, behind SET NOT NULL
`,
    "elements of a change log": log(
      changeset(`    <addNotNullConstraint tableName="orders" columnName="state"/>
    <addNotNullConstraint tableName="orders" columnName="user_id"/>
<!--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ orders is read a second time for SET NOT NULL, behind SET NOT NULL -->`),
    ),
    "a last statement without an end": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ALTER COLUMN state SET NOT NULL;
  ALTER TABLE orders ALTER COLUMN amount SET NOT NULL
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
`,
    "a last line without an end": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ALTER COLUMN state SET NOT NULL;
  ALTER TABLE orders ALTER COLUMN amount SET NOT NULL;
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡`,
    "statements of several lines": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders
  ALTER COLUMN state SET NOT NULL;
  ALTER TABLE orders
--^^^^^^^^^^^^^^^^^^ 💡
    ALTER COLUMN amount SET NOT NULL;
`,
    "a check behind it, with a statement in between": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ALTER COLUMN state SET NOT NULL;
UPDATE customers SET email = 'a' WHERE id = 1;
  ALTER TABLE orders ADD CONSTRAINT k CHECK (amount > 0);
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ orders is read a second time for ADD CHECK, behind SET NOT NULL
`,
  },
  ignores: {
    "rows that are written in between": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ALTER COLUMN state SET NOT NULL;
UPDATE orders SET amount = 1 WHERE amount = 0;
ALTER TABLE orders ADD CHECK (amount > 0);
`,
    "one statement with both": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ALTER COLUMN state SET NOT NULL, ALTER COLUMN amount SET NOT NULL;
`,
    "statements that read nothing": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD COLUMN a text;
ALTER TABLE orders ADD COLUMN b text;
ALTER TABLE orders ALTER COLUMN state SET NOT NULL;
`,
    "two tables, and a new one": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
CREATE TABLE items (a text, b text);
ALTER TABLE items ALTER COLUMN a SET NOT NULL;
ALTER TABLE items ALTER COLUMN b SET NOT NULL;
ALTER TABLE orders ALTER COLUMN state SET NOT NULL;
ALTER TABLE customers ADD CHECK (email <> '');
`,
  },
  fixes: {
    "statements of several lines": `
//- db/migration/V2__more.sql
ALTER TABLE orders
  ALTER COLUMN state SET NOT NULL,
  ALTER COLUMN amount SET NOT NULL;
`,
    "two columns that are set NOT NULL one by one": `
//- db/migration/V2__more.sql
ALTER TABLE orders ALTER COLUMN state SET NOT NULL, ALTER COLUMN amount SET NOT NULL;
`,
  },
  applied: {
    "two columns that are set NOT NULL one by one": { difference: [] },
  },
});
