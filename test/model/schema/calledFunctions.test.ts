import assert from "node:assert/strict";
import type { SqlFile } from "../../../src/facts/fileFacts.ts";
import { foldFile } from "../../../src/model/schema/fold/fold.ts";
import { changesIn } from "../../../src/model/schema/fold/foldedFile.ts";
import { factsOf } from "../../harness/check.ts";

/** The tables after a script, with their columns; a question mark stands behind those of which not all is known. */
async function tables(script: string): Promise<readonly string[]> {
  const facts = ((await factsOf("V1__a.sql", script)) as SqlFile).sql;
  const folded = foldFile(new Map(), { file: "V1__a.sql", facts, seeds: true }, changesIn({ file: "V1__a.sql", facts, seeds: true }));
  return [...folded.values()].map(({ name, columns, uncertain }) => `${name}(${[...columns.keys()].join()})${uncertain ? "?" : ""}`);
}

const TABLES = "CREATE TABLE orders (id int); CREATE TABLE tokens (id int);\n";
const plpgsql = (body: string): string =>
  `CREATE FUNCTION tidy_up() RETURNS void AS $$ DECLARE found int; BEGIN ${body} END; $$ LANGUAGE plpgsql;\n`;

describe("functions that a script makes and calls", () => {
  const cases: Readonly<Record<string, readonly [string, readonly string[]]>> = {
    // reportportal/migrations: a table that goes where it is empty
    "statements of its body, and what it executes": [
      `${plpgsql("SELECT count(*) INTO found FROM tokens; IF found = 0 THEN EXECUTE 'DROP TABLE tokens;'; END IF; ALTER TABLE orders ADD note text;")}SELECT tidy_up(); DROP FUNCTION tidy_up;`,
      ["orders(id,note)"],
    ],
    "a function of a FROM": [`${plpgsql("DROP TABLE tokens;")}SELECT * FROM public.tidy_up();`, ["orders(id)"]],
    "a procedure": [
      "CREATE PROCEDURE tidy_up() LANGUAGE sql AS $$ DROP TABLE tokens; ALTER TABLE orders ADD note text $$; CALL tidy_up();",
      ["orders(id,note)"],
    ],
    "nothing of one that is not called": [plpgsql("DROP TABLE tokens;"), ["orders(id)", "tokens(id)"]],
    "nothing of a call before it is made": [`SELECT tidy_up();\n${plpgsql("DROP TABLE tokens;")}`, ["orders(id)", "tokens(id)"]],
    "what it puts together of constants": [
      `${plpgsql("EXECUTE format('DROP TABLE %I', 'tokens'); EXECUTE 'ALTER TABLE ' || 'orders' || ' ADD note text';")}SELECT tidy_up();`,
      ["orders(id,note)"],
    ],
    "nothing of what a run decides": [
      `${plpgsql("EXECUTE 'DROP TABLE ' || name FROM pg_class; EXECUTE format('DROP TABLE %I', current_user); EXECUTE 'DROP TABLE tokens' || $1 USING 'x';")}SELECT tidy_up();`,
      ["orders(id)", "tokens(id)"],
    ],
    // SORMAS: a column that is added where it is missing
    "what it is given, by a block and by another function": [
      `CREATE FUNCTION add_column(in_table text, in_column text) RETURNS void AS $$ DECLARE made text; BEGIN
  made := 'my_' || in_column;
  IF NOT EXISTS (SELECT 1 FROM pg_attribute WHERE attname = made) THEN EXECUTE format('ALTER TABLE %I ADD COLUMN %s int', in_table, made); END IF;
END $$ LANGUAGE plpgsql;
CREATE FUNCTION add_both(in_column text) RETURNS void AS $$ BEGIN PERFORM add_column('orders', in_column); PERFORM public.add_column('tokens', $1); END $$ LANGUAGE plpgsql;
SELECT add_column('orders', 'a'); SELECT * FROM add_column('tokens', 'b'); DO $$ BEGIN PERFORM add_both('c'); END $$;
SELECT add_column('orders', relname) FROM pg_class;`,
      ["orders(id,my_a,my_c)", "tokens(id,my_b,my_c)"],
    ],
    // harja: a part of the table for half a year each
    "tables that are named after what it is given": [
      `CREATE FUNCTION part(from_day date) RETURNS void AS $$ DECLARE name text; low text := 'orders'; BEGIN
  SELECT REPLACE(low, 'orders', 'orders_') INTO name;
  name := name || TO_CHAR(from_day, 'YYMM'); EXECUTE 'CREATE TABLE ' || name || ' () INHERITS (' || low || ')';
END $$ LANGUAGE plpgsql; SELECT part('2020-07-01'::date);`,
      ["orders(id)", "tokens(id)", "orders_2007(id)"],
    ],
    "nothing of a call in a condition": [
      `${plpgsql("DROP TABLE tokens;")}SELECT id FROM orders WHERE id = tidy_up();`,
      ["orders(id)", "tokens(id)"],
    ],
  };
  const blocks: typeof cases = {
    "a loop over an array": [
      "DO $$ DECLARE t text; BEGIN FOREACH t IN ARRAY ARRAY['orders', 'tokens'] LOOP EXECUTE format('ALTER TABLE %I ADD %2$s text', t, 'of_' || t); END LOOP; END $$;",
      ["orders(id,of_orders)", "tokens(id,of_tokens)"],
    ],
    "a loop over numbers that are reckoned with": [
      "DO $$ BEGIN FOR i IN 0..2 LOOP EXECUTE 'ALTER TABLE orders ADD c' || i + 1 - 1 || ' int'; END LOOP; END $$;",
      ["orders(id,c0,c1,c2)", "tokens(id)"],
    ],
    "a loop over numbers": [
      "DO $$ BEGIN FOR i IN 0..2 LOOP EXECUTE 'ALTER TABLE orders ADD c' || i || ' int'; END LOOP; END $$;",
      ["orders(id,c0,c1,c2)", "tokens(id)"],
    ],
    "not a loop that goes by steps": [
      "DO $$ BEGIN FOR i IN 0..4 BY 2 LOOP EXECUTE 'ALTER TABLE orders ADD c' || i || ' int'; END LOOP; END $$;",
      ["orders(id)?", "tokens(id)"],
    ],
    "not a loop that goes back, which has no turn here": [
      "DO $$ BEGIN FOR i IN REVERSE 0..2 LOOP EXECUTE 'ALTER TABLE orders ADD c' || i || ' int'; END LOOP; END $$;",
      ["orders(id)?", "tokens(id)"],
    ],
    "not what a branch leaves in a variable": [
      "DO $$ DECLARE t text := 'orders'; BEGIN IF now() > '2020-01-01' THEN t := 'tokens'; END IF; EXECUTE 'ALTER TABLE ' || t || ' ADD x int'; END $$;",
      ["orders(id)", "tokens(id)"],
    ],
    "not what rows hold": [
      "DO $$ DECLARE r record; BEGIN FOR r IN SELECT relname FROM pg_class LOOP EXECUTE 'DROP TABLE tokens' || r.relname; END LOOP; END $$;",
      ["orders(id)", "tokens(id)?"],
    ],
  };
  for (const [name, [script, expected]] of Object.entries({ ...cases, ...blocks }))
    it(name, async () => assert.deepEqual(await tables(TABLES + script), expected));
});
