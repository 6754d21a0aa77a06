import assert from "node:assert/strict";
import { storedQueries } from "../../src/planner/storedQueries.ts";
import { SqlParser } from "../../src/syntax/sql/sql.ts";
import { schemaOf } from "./planners.ts";

const TABLES =
  "CREATE TABLE owners (id bigint PRIMARY KEY, name text); CREATE TABLE tickets (id bigint PRIMARY KEY, owner_id bigint, state text, note text);\n";

/** A statement, and the queries that it keeps. */
const CASES: Readonly<Record<string, readonly [statement: string, queries: Readonly<Record<string, string>>]>> = {
  "a view": [
    "CREATE VIEW open_tickets AS SELECT * FROM tickets WHERE state = 'OPEN' WITH LOCAL CHECK OPTION",
    { open_tickets: "SELECT * FROM tickets WHERE state = 'OPEN'" },
  ],
  "a materialized view": [
    "CREATE MATERIALIZED VIEW totals AS WITH t AS (SELECT owner_id FROM tickets) SELECT owner_id, count(*) FROM t GROUP BY owner_id WITH NO DATA",
    { totals: "WITH t AS (SELECT owner_id FROM tickets) SELECT owner_id, count(*) FROM t GROUP BY owner_id" },
  ],
  "a function in SQL": [
    "CREATE FUNCTION of_owner(p_owner bigint) RETURNS SETOF tickets LANGUAGE sql AS $$ SELECT * FROM tickets WHERE owner_id = p_owner $$",
    { "of_owner()": "SELECT * FROM tickets WHERE owner_id = $1::int8" },
  ],
  "a function in PL/pgSQL": [
    `CREATE FUNCTION touch(p_owner bigint, largest int) RETURNS SETOF owners LANGUAGE plpgsql AS $$
DECLARE n int; r record; c CURSOR FOR SELECT id FROM owners WHERE name = 'é';
BEGIN
  SELECT count(*) INTO n FROM tickets t WHERE t.owner_id = p_owner AND t.note <> 'ü p_owner';
  FOR r IN SELECT * FROM tickets WHERE owner_id = p_owner LIMIT largest LOOP
    UPDATE tickets SET note = 'x' WHERE id = r.id;
  END LOOP;
  IF EXISTS (SELECT 1 FROM tickets WHERE state = 'NEW' AND id = n) THEN PERFORM pg_sleep(1); END IF;
  EXECUTE 'DELETE FROM tickets WHERE id = ' || n;
  RETURN QUERY SELECT * FROM owners WHERE id = p_owner;
END $$`,
    {
      "touch() #1": "SELECT id FROM owners WHERE name = 'é'",
      "touch() #2": "SELECT count(*)        FROM tickets t WHERE t.owner_id = $1::bigint AND t.note <> 'ü p_owner'",
      "touch() #3": "SELECT * FROM tickets WHERE owner_id = $1::bigint LIMIT $2::integer",
      "touch() #4": "UPDATE tickets SET note = 'x' WHERE id = $1",
      "touch() #5": "SELECT EXISTS (SELECT 1 FROM tickets WHERE state = 'NEW' AND id = $1::int)",
      "touch() #6": "SELECT * FROM owners WHERE id = $1::bigint",
    },
  ],
  "the function of a trigger": [
    "CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DELETE FROM tickets WHERE owner_id = OLD.id; RETURN OLD; END $$",
    { "keep()": "DELETE FROM tickets WHERE owner_id = $1" },
  ],
  "a parameter of a type that a migration makes": [
    "CREATE FUNCTION mark(wanted ticket_kind) RETURNS void LANGUAGE plpgsql AS $$ BEGIN UPDATE tickets SET state = wanted WHERE id = 1; END $$",
    { "mark()": "UPDATE tickets SET state = $1 WHERE id = 1" },
  ],
  "an assignment": [
    "CREATE FUNCTION give() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.note := (SELECT name FROM owners WHERE id = NEW.owner_id); RETURN NEW; END $$",
    { "give()": "SELECT (SELECT name FROM owners WHERE id = $1)" },
  ],
  "nothing of what only computes": ["CREATE FUNCTION twice(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN n * 2; END $$", {}],
  "nothing of what does not parse": ["CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN IF THEN $$", {}],
};

describe("queries that the database keeps", () => {
  const parser = new SqlParser();
  before(() => parser.load());

  for (const [what, [statement, expected]] of Object.entries(CASES)) {
    it(`of ${what}`, async () => {
      const text = `${TABLES}${statement};\n`;
      const found = storedQueries(await schemaOf(text), () => text, parser);
      assert.deepEqual(Object.fromEntries(found.map(({ name, sql }) => [name, sql])), expected);
    });
  }
});
