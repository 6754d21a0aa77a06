import assert from "node:assert/strict";
import { foldUnordered } from "../../../src/model/schema/fold/foldUnordered.ts";
import { fold, folded, indexes, input, keys, only } from "./folded.ts";

describe("names in folded migrations", () => {
  it("names what a script leaves unnamed as PostgreSQL does", async () => {
    const table = await only(
      "CREATE TABLE t (id int PRIMARY KEY, a int UNIQUE, b int REFERENCES p, c int, UNIQUE (b, c), EXCLUDE USING gist (c WITH =)); CREATE INDEX ON t (a, lower(x)); CREATE INDEX ON t (a, lower(x)); CREATE INDEX ON t ((a + 1));",
    );
    assert.deepEqual(indexes(table), [
      "t_pkey(id)",
      "t_a_key(a)",
      "t_b_c_key(b,c)",
      "t_c_excl(c)",
      "t_a_lower_idx(a,lower(x))",
      "t_a_lower_idx1(a,lower(x))",
      "t_expr_idx((a + 1))",
    ]);
    assert.deepEqual(keys(table), ["t_b_fkey(b)->p()"]);
    const long = await only(`CREATE TABLE ${"t".repeat(50)} (${"c".repeat(40)} int UNIQUE)`);
    assert.equal(long.indexes[0]?.name, `${"t".repeat(29)}_${"c".repeat(29)}_key`);
  });

  it("counts on where another table has the name, as one that was renamed", async () => {
    const long = "t".repeat(60);
    const tables = await fold(
      `CREATE TABLE parts (id int PRIMARY KEY, code text UNIQUE, owner int REFERENCES p CHECK (owner > 0)); CREATE INDEX ON parts (owner);
       ALTER TABLE parts RENAME TO old_parts; ALTER TABLE old_parts RENAME COLUMN code TO label;
       CREATE TABLE parts (id int PRIMARY KEY, code text UNIQUE, owner int REFERENCES p CHECK (owner > 0)); CREATE INDEX ON parts (owner);
       CREATE TABLE other.parts2 (id int PRIMARY KEY); CREATE TABLE ${long} (id int PRIMARY KEY); ALTER TABLE ${long} RENAME TO b;
       CREATE TABLE ${long} (id int PRIMARY KEY);`,
    );
    const all = (name: string) => [indexes(tables.get(name)), keys(tables.get(name)), tables.get(name)?.checks.map((check) => check.name)];
    assert.deepEqual(all("old_parts"), [
      ["parts_pkey(id)", "parts_code_key(label)", "parts_owner_idx(owner)"],
      ["parts_owner_fkey(owner)->p()"],
      ["parts_owner_check"],
    ]);
    assert.deepEqual(all("parts"), [
      ["parts_pkey1(id)", "parts_code_key1(code)", "parts_owner_idx1(owner)"],
      ["parts_owner_fkey1(owner)->p()"],
      ["parts_owner_check1"],
    ]);
    assert.deepEqual(indexes(tables.get(long)), [`${"t".repeat(57)}_pkey1(id)`]);
  });

  it("drops a key of several columns by the name that PostgreSQL gave it before version 12", async () => {
    const table = await only(
      "CREATE TABLE t (a int, b int, FOREIGN KEY (a, b) REFERENCES p (a, b)); ALTER TABLE t DROP CONSTRAINT t_a_fkey;",
    );
    assert.deepEqual(keys(table), []);
    const other = await only(
      "CREATE TABLE t (a int, b int, FOREIGN KEY (a, b) REFERENCES p (a, b)); ALTER TABLE t DROP CONSTRAINT t_b_fkey;",
    );
    assert.deepEqual(keys(other), ["t_a_b_fkey(a,b)->p(a,b)"]);
  });

  it("drops constraints by name, made up or given, and tables with the keys that point to them", async () => {
    const tables = await fold(
      `CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (id int PRIMARY KEY, a int REFERENCES p UNIQUE, b int, CONSTRAINT u UNIQUE (b));
       CREATE INDEX i ON t (b); ALTER TABLE t DROP CONSTRAINT t_a_key, DROP CONSTRAINT u, DROP CONSTRAINT i, DROP CONSTRAINT IF EXISTS x; DROP TABLE p;`,
    );
    assert.deepEqual([...tables.keys()], ["t"]);
    assert.deepEqual(indexes(tables.get("t")), ["t_pkey(id)", "i(b)"]);
    assert.deepEqual(keys(tables.get("t")), []);
  });

  it("keeps tables of one name apart by their schemas", async () => {
    const tables = await fold(
      "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE x.a (id int PRIMARY KEY, n int); CREATE TABLE x.b (a int REFERENCES x.a, o int REFERENCES a);",
    );
    assert.deepEqual(
      [...tables].map(([key, { name, namespace, columns }]) => [key, name, namespace, columns.size]),
      [
        ["a", "a", undefined, 1],
        ["x.a", "a", "x", 2],
        ["b", "b", "x", 2],
      ],
    );
    assert.deepEqual(keys(tables.get("b")), ["b_a_fkey(a)->x.a()", "b_o_fkey(o)->a()"]);
    const after = folded(tables, await input("DROP TABLE a CASCADE;", "V2__b.sql"));
    assert.deepEqual([...after.keys()], ["b", "a"]);
    assert.deepEqual(keys(after.get("b")), ["b_a_fkey(a)->a()"]);
  });

  it("takes scripts for several set-ups for one where only one of them names a schema", async () => {
    const files = [await input("CREATE TABLE a (id int)", "one.sql"), await input("CREATE TABLE x.a (id int, n int)", "two.sql")];
    assert.deepEqual([...foldUnordered(files).keys()], ["a"]);
  });
});
