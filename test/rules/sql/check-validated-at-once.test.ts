import { checkValidatedAtOnce } from "../../../src/rules/sql/check-validated-at-once.ts";
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

rule(checkValidatedAtOnce, {
  reports: {
    "a check of a table that was there before": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0);
                 --^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 positive blocks reads and writes of orders while every row is checked
`,
    "a check without a name": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD CHECK (amount > 0);
                 --^^^^^^^^^^^^^^^^^^^^^^ 💡 orders_amount_check blocks reads and writes of orders while every row is checked
`,
  },
  ignores: {
    "NOT VALID": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID;
`,
    "a new column, and a new table": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD COLUMN kind text CHECK (kind <> '');
CREATE TABLE items (id bigserial CHECK (id > 0));
ALTER TABLE items ADD CHECK (id < 100);
`,
    "a small table": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE states ADD CONSTRAINT k CHECK (length(code) = 1);
`,
  },
  fixes: {
    "a check of a table that was there before": `
//- db/migration/V2__more.sql
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID;
//- db/migration/V3__validate_positive.sql
ALTER TABLE orders VALIDATE CONSTRAINT positive;
`,
  },
  applied: {
    "a check of a table that was there before": { difference: [] },
    "a check without a name": { difference: [] },
  },
});
