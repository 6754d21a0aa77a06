import { triggerLock } from "../../../src/rules/sql/trigger-lock.ts";
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

rule(triggerLock, {
  reports: {
    "a trigger on a table that was there before": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
  CREATE TRIGGER t AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION notice();
--^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CREATE TRIGGER blocks writes to orders from when it waits for its lock
ALTER TABLE orders DISABLE TRIGGER t;
`,
    "a trigger that goes, and one that is switched off": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
  DROP TRIGGER t ON orders;
--^^^^^^^^^^^^^^^^^^^^^^^^ DROP TRIGGER blocks reads and writes of orders from when it waits for its lock
ALTER TABLE customers DISABLE TRIGGER ALL;
                    --^^^^^^^^^^^^^^^^^^^ ALTER TABLE … TRIGGER blocks writes to customers from when it waits for its lock
`,
  },
  ignores: {
    "a table that the same transaction has locked already": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
ALTER TABLE orders ADD COLUMN a text;
CREATE TRIGGER t AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION notice();
`,
    "a new table and a small one": `${SCHEMA}${APPLIED}
//- db/migration/V2__more.sql
CREATE TABLE items (id bigserial);
CREATE TRIGGER t AFTER INSERT ON items FOR EACH ROW EXECUTE FUNCTION notice();
DROP TRIGGER t ON states;
`,
    "a migration that has run": `${SCHEMA}
//- db/migration/V2__more.sql
CREATE TRIGGER t AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION notice();
`,
  },
});
