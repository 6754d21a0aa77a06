import { rowByRowWrite } from "../../../src/rules/sql/row-by-row-write.ts";
import { rule } from "../../harness/rule.ts";

const TABLES = `
//- db/migration/V1__init.sql
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, total numeric);
CREATE TABLE totals (customer_id bigint PRIMARY KEY, total numeric);
CREATE TABLE tags (id bigserial PRIMARY KEY, order_id bigint, tag text);
`;

const block = (marker: string): string => `
//- db/migration/V2__fill.sql
DO $$
DECLARE r record;
BEGIN
  FOR r IN SELECT * FROM orders LOOP
    UPDATE totals SET total = r.total WHERE customer_id = r.customer_id;
${marker}  END LOOP;
END $$;
`;

rule(rowByRowWrite, {
  reports: {
    "an update in a loop over a table": `${TABLES}
//- db/migration/V2__function.sql
CREATE PROCEDURE add_up() AS $$
DECLARE r record;
BEGIN
  FOR r IN SELECT customer_id, total FROM orders LOOP
    IF r.total > 0 THEN
      UPDATE totals SET total = total + r.total WHERE customer_id = r.customer_id;
    //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ add_up() runs UPDATE totals for each row of orders
    END IF;
  END LOOP;
END $$ LANGUAGE plpgsql;
`,
    "several statements of one loop, once": `${TABLES}
//- db/migration/V2__function.sql
CREATE PROCEDURE merge() AS $$
DECLARE r record;
BEGIN
  FOR r IN SELECT id, customer_id FROM orders LOOP
    DELETE FROM tags WHERE order_id = r.id;
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ merge() runs DELETE FROM tags and 2 more statements for each row of orders
    INSERT INTO tags (order_id) VALUES (r.id);
    UPDATE totals SET total = 0 WHERE customer_id = r.customer_id;
  END LOOP;
  FOR r IN SELECT id FROM orders LOOP
    DELETE FROM tags WHERE order_id = r.id;
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ merge() runs DELETE FROM tags for each row of orders
  END LOOP;
END $$ LANGUAGE plpgsql;
`,
    "inserts of a trigger that takes a document apart": `${TABLES}
//- db/migration/V2__trigger.sql
CREATE FUNCTION tag_order() RETURNS trigger AS $$
DECLARE one text;
BEGIN
  FOR one IN SELECT * FROM jsonb_array_elements_text(NEW.document -> 'tags') LOOP
    INSERT INTO tags (order_id, tag) VALUES (NEW.id, one);
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ tag_order() runs INSERT INTO tags for each row of its loop
  END LOOP;
  RETURN NEW;
END $$ LANGUAGE plpgsql;
CREATE TRIGGER tag_order AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION tag_order();
`,
    "a block of a migration that has not run": `
//- performance.yaml
version: 1
migrations: { applied: "1" }
${TABLES}${block("  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the block runs UPDATE totals for each row of orders\n")}`,
  },
  ignores: {
    "a block that has run": `
//- performance.yaml
version: 1
migrations: { applied: "2" }
${TABLES}${block("")}`,
    "loops that commit, or run what is put together for each row": `${TABLES}
//- db/migration/V2__function.sql
CREATE PROCEDURE add_up() AS $$
DECLARE r record;
BEGIN
  FOR r IN SELECT customer_id, total FROM orders LOOP
    UPDATE totals SET total = r.total WHERE customer_id = r.customer_id;
    COMMIT;
  END LOOP;
  FOR r IN SELECT id FROM orders LOOP
    EXECUTE format('DROP TABLE IF EXISTS part_%s', r.id);
    DELETE FROM totals WHERE customer_id = r.id;
  END LOOP;
END $$ LANGUAGE plpgsql;
`,
    "a key that is needed for the next statement": `${TABLES}
//- db/migration/V2__function.sql
CREATE PROCEDURE copy() AS $$
DECLARE r record; made bigint;
BEGIN
  FOR r IN SELECT id FROM orders LOOP
    INSERT INTO tags (order_id) VALUES (r.id) RETURNING id INTO made;
  END LOOP;
END $$ LANGUAGE plpgsql;
`,
    "loops over numbers, values and what is small": `${TABLES}
CREATE TABLE modes (code text PRIMARY KEY CHECK (code IN ('on', 'off')));
//- db/migration/V2__function.sql
CREATE PROCEDURE fill() AS $$
DECLARE r record;
BEGIN
  FOR i IN 1..3 LOOP
    INSERT INTO tags (order_id) VALUES (i);
  END LOOP;
  FOR r IN SELECT * FROM (VALUES (1), (2)) AS v(n) LOOP
    INSERT INTO tags (order_id) VALUES (r.n);
  END LOOP;
  FOR r IN SELECT code FROM modes LOOP
    INSERT INTO tags (tag) VALUES (r.code);
  END LOOP;
END $$ LANGUAGE plpgsql;
`,
  },
});
