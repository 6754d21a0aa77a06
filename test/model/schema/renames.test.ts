import assert from "node:assert/strict";
import type { SqlFile } from "../../../src/facts/fileFacts.ts";
import { foldFile } from "../../../src/model/schema/fold/fold.ts";
import { changesIn } from "../../../src/model/schema/fold/foldedFile.ts";
import type { Table } from "../../../src/model/schema/schema.ts";
import { factsOf } from "../../harness/check.ts";

/** The last table that a script makes. */
async function lastOf(script: string): Promise<Table> {
  const facts = ((await factsOf("V1__a.sql", script)) as SqlFile).sql;
  const input = { file: "V1__a.sql", facts, seeds: true };
  const table = [...foldFile(new Map(), input, changesIn(input)).values()].at(-1);
  assert.ok(table !== undefined);
  return table;
}

const defaults = async (script: string) =>
  [...(await lastOf(script)).columns.values()].map(({ name, default: given }) => `${name} ${given?.text ?? "-"}`);

describe("names that are given later", () => {
  const cases: Readonly<Record<string, readonly [string, readonly string[]]>> = {
    "a serial keeps its sequence when its table is renamed": [
      "CREATE TABLE guest (id bigserial, no int); ALTER TABLE guest RENAME TO visitor;",
      ["id nextval('guest_id_seq'::regclass)", "no -"],
    ],
    "and when its column is": [
      "CREATE TABLE hotel.guest (id serial); ALTER TABLE hotel.guest RENAME COLUMN id TO number;",
      ["number nextval('hotel.guest_id_seq'::regclass)"],
    ],
    "a copy counts with the sequence of what it copies": [
      "CREATE TABLE guest (id serial); CREATE TABLE visitor (LIKE guest INCLUDING DEFAULTS);",
      ["id nextval('guest_id_seq'::regclass)"],
    ],
    "a sequence under a new name": [
      "CREATE SEQUENCE numbers; CREATE TABLE guest (id int DEFAULT nextval('numbers'), no serial); ALTER SEQUENCE numbers RENAME TO counted; ALTER TABLE guest_no_seq RENAME TO more;",
      ["id nextval('counted')", "no nextval('more'::regclass)"],
    ],
    "a function, a type and a value of it": [
      "CREATE TYPE mood AS ENUM ('CALM'); CREATE TABLE guest (tag text DEFAULT fresh(), mood mood DEFAULT 'CALM'::mood); ALTER FUNCTION fresh RENAME TO made; ALTER TYPE mood RENAME TO temper; ALTER TYPE temper RENAME VALUE 'CALM' TO 'MILD';",
      ["tag made()", "mood 'MILD'::temper"],
    ],
  };
  for (const [name, [script, expected]] of Object.entries(cases)) it(name, async () => assert.deepEqual(await defaults(script), expected));

  // harja: a column that two migrations add, the second only where it is missing
  it("a column that there is takes no constraints of one that is added if it is missing", async () => {
    const { foreignKeys, indexes } = await lastOf(
      "CREATE TABLE room (id int); CREATE TABLE guest (room_id int REFERENCES room); ALTER TABLE guest ADD COLUMN IF NOT EXISTS room_id int UNIQUE REFERENCES room;",
    );
    assert.deepEqual([foreignKeys.map(({ name }) => name), indexes], [["guest_room_id_fkey"], []]);
  });

  // harja: parts of a year that inherit, with columns that came later
  it("columns and checks of a table come to those that inherit from it, keys and indexes do not", async () => {
    const { columns, indexes, checks } = await lastOf(
      "CREATE TABLE stay (id int PRIMARY KEY); CREATE TABLE stay_2020 (CHECK (id < 9)) INHERITS (stay); ALTER TABLE stay ADD COLUMN paid boolean UNIQUE, ADD CONSTRAINT positive CHECK (id > 0), ADD CONSTRAINT gone CHECK (id <> 5); ALTER TABLE stay DROP CONSTRAINT gone;",
    );
    assert.deepEqual([[...columns.keys()], indexes], [["id", "paid"], []]);
    assert.deepEqual(
      checks.map(({ name }) => name),
      ["stay_2020_id_check", "positive"],
    );
  });
});
