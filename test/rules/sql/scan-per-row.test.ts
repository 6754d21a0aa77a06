import { scanPerRow } from "../../../src/rules/sql/scan-per-row.ts";
import { rule } from "../../harness/rule.ts";

const TABLES = `
//- db/migration/V1__init.sql
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, status text);
CREATE TABLE items (id bigint PRIMARY KEY, order_id bigint, sku text);
CREATE TABLE stock (sku text PRIMARY KEY, amount int);
`;
const TRIGGER = "CREATE TRIGGER check_items AFTER INSERT ON items FOR EACH ROW EXECUTE FUNCTION check_items();";

rule(scanPerRow, {
  reports: {
    "a trigger that counts by a column without an index": `${TABLES}
//- db/migration/V2__trigger.sql
CREATE FUNCTION check_items() RETURNS trigger AS $$
DECLARE n int;
BEGIN
  SELECT count(*) INTO n FROM items WHERE order_id = NEW.order_id;
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 check_items() reads all of items for each row that changes in items: no index leads with order_id
  RETURN NEW;
END $$ LANGUAGE plpgsql;
${TRIGGER}
`,
    "an update, and a question in a condition": `${TABLES}
//- db/migration/V2__trigger.sql
CREATE FUNCTION check_items() RETURNS trigger AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = NEW.id) THEN
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
    UPDATE items SET sku = NEW.sku WHERE items.order_id = NEW.order_id;
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
  END IF;
  RETURN NEW;
END $$ LANGUAGE plpgsql;
${TRIGGER}
`,
    "a loop over a table that grows": `${TABLES}
//- db/migration/V2__function.sql
CREATE PROCEDURE tidy() AS $$
DECLARE r record;
BEGIN
  FOR r IN SELECT id FROM orders LOOP
    DELETE FROM items WHERE order_id = r.id;
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 tidy() reads all of items for each row of its loop: no index leads with order_id
  END LOOP;
END $$ LANGUAGE plpgsql;
`,
  },
  ignores: {
    "looks that an index serves": `${TABLES}
//- db/migration/V2__trigger.sql
CREATE INDEX ON items (order_id);
CREATE FUNCTION check_items() RETURNS trigger AS $$
DECLARE n int;
BEGIN
  SELECT count(*) INTO n FROM items WHERE order_id = NEW.order_id AND sku = NEW.sku;
  UPDATE stock SET amount = amount - 1 WHERE sku = NEW.sku;
  RETURN NEW;
END $$ LANGUAGE plpgsql;
${TRIGGER}
`,
    "a trigger for each statement, a function that nothing calls, and one that was replaced": `${TABLES}
//- db/migration/V2__trigger.sql
CREATE FUNCTION check_items() RETURNS trigger AS $$
BEGIN
  UPDATE items SET sku = upper(sku) WHERE order_id = 1;
  RETURN NULL;
END $$ LANGUAGE plpgsql;
CREATE TRIGGER check_items AFTER INSERT ON items FOR EACH STATEMENT EXECUTE FUNCTION check_items();
CREATE FUNCTION find_items(wanted bigint) RETURNS bigint AS $$
BEGIN
  FOR i IN 1..3 LOOP
    PERFORM 1 FROM items WHERE order_id = wanted;
  END LOOP;
  RETURN (SELECT count(*) FROM items WHERE order_id = wanted);
END $$ LANGUAGE plpgsql;
CREATE FUNCTION count_items() RETURNS trigger AS $$
BEGIN
  PERFORM 1 FROM items WHERE order_id = NEW.order_id;
  RETURN NEW;
END $$ LANGUAGE plpgsql;
CREATE TRIGGER count_items AFTER INSERT ON items FOR EACH ROW EXECUTE FUNCTION count_items();
//- db/migration/V3__replaced.sql
CREATE OR REPLACE FUNCTION count_items() RETURNS trigger AS $$
BEGIN
  RETURN NEW;
END $$ LANGUAGE plpgsql;
`,
    "what runs only where a column has changed": `${TABLES}
//- db/migration/V2__trigger.sql
CREATE FUNCTION move_items() RETURNS trigger AS $$
BEGIN
  IF NEW.customer_id <> OLD.customer_id THEN
    UPDATE items SET sku = 'moved' WHERE order_id = NEW.id;
  END IF;
  RETURN NEW;
END $$ LANGUAGE plpgsql;
CREATE TRIGGER move_items AFTER UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION move_items();
`,
    "a table that stays small, conditions that no plain index serves, and SQL that is put together": `${TABLES}
CREATE TABLE modes (code text PRIMARY KEY CHECK (code IN ('on', 'off')), label text);
//- db/migration/V2__trigger.sql
CREATE FUNCTION check_items() RETURNS trigger AS $$
BEGIN
  PERFORM 1 FROM modes WHERE label = NEW.sku;
  PERFORM 1 FROM items WHERE lower(sku) = NEW.sku;
  EXECUTE 'DELETE FROM items WHERE order_id = $1' USING NEW.order_id;
  RETURN NEW;
END $$ LANGUAGE plpgsql;
${TRIGGER}
`,
    "a loop that commits on its way": `${TABLES}
//- db/migration/V2__function.sql
CREATE PROCEDURE tidy() AS $$
DECLARE r record;
BEGIN
  FOR r IN SELECT id FROM orders LOOP
    DELETE FROM items WHERE order_id = r.id;
    COMMIT;
  END LOOP;
END $$ LANGUAGE plpgsql;
`,
  },
  fixes: {
    "a trigger that counts by a column without an index": `
//- db/migration/V3__add_index_items_order_id.sql
CREATE INDEX idx_items_order_id ON items (order_id);
`,
  },
  applied: {
    "a trigger that counts by a column without an index": {
      difference: ["+ index CREATE INDEX idx_items_order_id ON public.items USING btree (order_id)"],
    },
  },
});
