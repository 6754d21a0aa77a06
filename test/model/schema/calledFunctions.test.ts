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
    "nothing of what it puts together": [
      `${plpgsql("EXECUTE format('DROP TABLE %I', 'tokens'); EXECUTE 'DROP TABLE ' || 'orders';")}SELECT tidy_up();`,
      ["orders(id)", "tokens(id)"],
    ],
    "nothing of a call in a condition": [
      `${plpgsql("DROP TABLE tokens;")}SELECT id FROM orders WHERE id = tidy_up();`,
      ["orders(id)", "tokens(id)"],
    ],
  };
  for (const [name, [script, expected]] of Object.entries(cases))
    it(name, async () => assert.deepEqual(await tables(TABLES + script), expected));
});
