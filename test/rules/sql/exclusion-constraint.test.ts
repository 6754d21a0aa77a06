import { exclusionConstraint } from "../../../src/rules/sql/exclusion-constraint.ts";
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

rule(exclusionConstraint, {
  reports: {
    "a table that was there before": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD CONSTRAINT apart EXCLUDE USING gist (int4range(amount, amount + 1) WITH &&);
                 --^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ EXCLUDE apart blocks reads and writes of orders while its index is built
`,
  },
  ignores: {
    "a new table and a small one": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
CREATE TABLE stays (id bigserial, during tstzrange, EXCLUDE USING gist (during WITH &&));
ALTER TABLE stays ADD EXCLUDE USING gist (during WITH &&);
ALTER TABLE states ADD EXCLUDE (code WITH =);
`,
  },
});
