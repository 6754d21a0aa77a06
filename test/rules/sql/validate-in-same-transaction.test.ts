import { validateInSameTransaction } from "../../../src/rules/sql/validate-in-same-transaction.ts";
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

rule(validateInSameTransaction, {
  reports: {
    "a check in one file": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT positive;
                 --^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 VALIDATE CONSTRAINT positive reads orders under the lock that added it
`,
    "a key in one changeset": `
//- db/changelog/changes.sql (new from line 5)
--liquibase formatted sql
--changeset ann:1
CREATE TABLE customers (id bigserial PRIMARY KEY);
CREATE TABLE orders (id bigserial PRIMARY KEY, state text, customer_id bigint);
--changeset ann:2
ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT fk;
                 --^^^^^^^^^^^^^^^^^^^^^^ 💡
`,
  },
  ignores: {
    "two files": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID;
//- db/migration/V3__validate.sql
ALTER TABLE orders VALIDATE CONSTRAINT positive;
`,
    "two changesets": `
//- db/changelog/changes.sql (new from line 5)
--liquibase formatted sql
--changeset ann:1
CREATE TABLE customers (id bigserial PRIMARY KEY);
CREATE TABLE orders (id bigserial PRIMARY KEY, state text, customer_id bigint);
--changeset ann:2
ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (customer_id) REFERENCES customers NOT VALID;
--changeset ann:3
ALTER TABLE orders VALIDATE CONSTRAINT fk;
`,
    "a constraint that was there before": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD COLUMN a text;
ALTER TABLE orders VALIDATE CONSTRAINT older;
`,
    "statements that run each for itself": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT positive;
//- db/migration/V2__more.sql.conf
executeInTransaction=false
`,
  },
  fixes: {
    "a check in one file": `
//- db/migration/V2__more.sql
ALTER TABLE orders ADD CONSTRAINT positive CHECK (amount > 0) NOT VALID;
//- db/migration/V3__validate_positive.sql
ALTER TABLE orders VALIDATE CONSTRAINT positive;
`,
  },
  applied: {
    "a check in one file": { difference: [] },
    "a key in one changeset": { difference: [] },
  },
});
