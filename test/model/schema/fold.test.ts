import assert from "node:assert/strict";
import { foldUnordered } from "../../../src/model/schema/fold/foldUnordered.ts";
import { fold, folded, indexes, input, keys, only } from "./folded.ts";

describe("folding migrations", () => {
  it("takes of branches that make one index that of the columns there are", async () => {
    const table = await only(`CREATE TABLE visits (id int PRIMARY KEY, guest int, day date);
      DO $$ BEGIN
        IF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'visits' AND column_name = 'owner') THEN
          CREATE INDEX IF NOT EXISTS visits_who ON visits (owner, day);
        ELSIF EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 'visits' AND column_name = 'guest') THEN
          CREATE INDEX IF NOT EXISTS visits_who ON visits (guest, day);
        ELSE
          CREATE INDEX IF NOT EXISTS visits_who ON visits (day);
        END IF;
      END $$;`);
    assert.deepEqual(indexes(table), ["visits_pkey(id)", "visits_who(guest,day)"]);
  });

  it("knows one primary key: an older one, and what needed it, was dropped where nobody reads it", async () => {
    const tables = await fold(
      `CREATE TABLE t (id int PRIMARY KEY, uuid uuid); CREATE TABLE c (t_id int REFERENCES t, u int REFERENCES t (id));
       ALTER TABLE t ADD PRIMARY KEY (uuid); ALTER TABLE c ADD COLUMN t_uuid uuid REFERENCES t;`,
    );
    assert.deepEqual([indexes(tables.get("t")), keys(tables.get("c"))], [["t_pkey(uuid)"], ["c_t_uuid_fkey(t_uuid)->t()"]]);
    const asked = await only("CREATE TABLE t (id int PRIMARY KEY); ALTER TABLE t ADD CONSTRAINT t_pk PRIMARY KEY (id);");
    assert.deepEqual(indexes(asked), ["t_pkey(id)"]);
  });

  it("changes columns", async () => {
    const table = await only(
      "CREATE TABLE t (a int, b int); ALTER TABLE t ADD COLUMN c text NOT NULL, ALTER a TYPE bigint, DROP COLUMN b, ADD COLUMN IF NOT EXISTS a text, ADD PRIMARY KEY (a);",
    );
    assert.deepEqual(
      [...table.columns].map(([key, { name, type, nullable }]) => [key, name, type, nullable]),
      [
        ["a", "a", "int8", false],
        ["c", "c", "text", false],
      ],
    );
  });

  it("keeps defaults, checks and what is not validated", async () => {
    const table = await only(
      `CREATE TABLE t (a int DEFAULT 1, b int CHECK (b > 0), c int DEFAULT 3, CHECK (a > b));
       ALTER TABLE t ALTER a SET DEFAULT 2, ALTER c DROP DEFAULT, ADD CONSTRAINT n CHECK (c > 0) NOT VALID, ADD CONSTRAINT f FOREIGN KEY (c) REFERENCES p NOT VALID;
       ALTER TABLE t VALIDATE CONSTRAINT n; ALTER TABLE t RENAME b TO d;`,
    );
    assert.deepEqual(
      [...table.columns.values()].map((column) => [column.name, column.default?.text]),
      [
        ["a", "2"],
        ["d", undefined],
        ["c", undefined],
      ],
    );
    assert.deepEqual(
      table.checks.map(({ name, text, notValid }) => [name, text, notValid]),
      [
        ["t_b_check", "d > 0", undefined],
        ["t_check", "a > d", undefined],
        ["n", "c > 0", undefined],
      ],
    );
    assert.equal(table.foreignKeys[0]?.notValid, true);
  });

  it("makes an index on a partitioned table valid when all partitions have theirs", async () => {
    const text = `CREATE TABLE t (a int) PARTITION BY RANGE (a); CREATE TABLE t1 PARTITION OF t DEFAULT; CREATE TABLE t2 PARTITION OF t DEFAULT;
       CREATE INDEX i ON ONLY t (a); CREATE INDEX i1 ON t1 (a); CREATE INDEX i2 ON t2 (a); ALTER INDEX i ATTACH PARTITION i1;`;
    const half = await fold(text);
    assert.deepEqual([half.get("t")?.partitionBy, half.get("t")?.indexes[0]?.invalid], ["range", true]);
    assert.equal((await fold("ALTER INDEX i ATTACH PARTITION i2;", half)).get("t")?.indexes[0]?.invalid, undefined);
  });

  it("copies with LIKE what is asked for", async () => {
    const before = "CREATE TABLE s (a int NOT NULL DEFAULT 1 CHECK (a > 0));";
    const tables = await fold(`${before} CREATE TABLE t (LIKE s); CREATE TABLE u (LIKE s INCLUDING ALL);`);
    const [t, u] = [tables.get("t"), tables.get("u")];
    assert.deepEqual([t?.columns.get("a")?.nullable, t?.columns.get("a")?.default, t?.checks.length], [false, undefined, 0]);
    assert.deepEqual([u?.columns.get("a")?.default?.text, u?.checks.length], ["1", 1]);
  });

  it("drops what hangs on a column, in other tables too", async () => {
    const tables = await fold(
      `CREATE TABLE p (id int PRIMARY KEY, code int UNIQUE);
       CREATE TABLE t (a int REFERENCES p (code), b int REFERENCES p, c int);
       CREATE INDEX i ON t (c) WHERE b > 0; CREATE INDEX j ON t (c) INCLUDE (b); CREATE INDEX k ON t (abs(b)); CREATE INDEX l ON t (c);
       ALTER TABLE t DROP COLUMN b; ALTER TABLE p DROP COLUMN code;`,
    );
    assert.deepEqual(indexes(tables.get("t")), ["l(c)"]);
    assert.deepEqual(keys(tables.get("t")), []);
    assert.deepEqual(indexes(tables.get("p")), ["p_pkey(id)"]);
  });

  it("renames tables, columns, constraints and indexes everywhere", async () => {
    const tables = await fold(
      `CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE t (a int REFERENCES p (id), ab text);
       CREATE INDEX i ON t (lower(ab), a) WHERE a IS NOT NULL;
       ALTER TABLE p RENAME TO q; ALTER TABLE q RENAME COLUMN id TO key; ALTER TABLE t RENAME a TO "Z"; ALTER INDEX i RENAME TO j;
       ALTER TABLE t RENAME CONSTRAINT t_a_fkey TO fk; ALTER TABLE q RENAME CONSTRAINT p_pkey TO pk;`,
    );
    assert.deepEqual([...tables.keys()].sort(), ["q", "t"]);
    assert.deepEqual(keys(tables.get("t")), ["fk(z)->q(key)"]);
    assert.deepEqual(indexes(tables.get("t")), ["j(lower(ab),z)"]);
    assert.equal(tables.get("t")?.indexes[0]?.predicate, "z IS NOT NULL");
    assert.equal(tables.get("t")?.columns.get("z")?.name, "Z");
    assert.deepEqual(indexes(tables.get("q")), ["pk(key)"]);
  });

  it("takes columns from parents, LIKE and queries", async () => {
    const tables = await fold(
      `CREATE TABLE p (id int PRIMARY KEY, a text); CREATE INDEX i ON p (a);
       CREATE TABLE l (LIKE p INCLUDING ALL, b int); CREATE TABLE m (LIKE p); CREATE TABLE h () INHERITS (p);
       CREATE TABLE c AS SELECT id, a AS z, count(*) FROM p; CREATE TABLE x () INHERITS (nowhere);`,
    );
    const columns = (name: string) => [...(tables.get(name)?.columns.keys() ?? [])];
    assert.deepEqual(["l", "m", "h", "c"].map(columns), [
      ["id", "a", "b"],
      ["id", "a"],
      ["id", "a"],
      ["id", "z"],
    ]);
    assert.deepEqual(indexes(tables.get("l")), ["l_pkey(id)", "l_a_idx(a)"]);
    assert.deepEqual(indexes(tables.get("m")), []);
    assert.equal(tables.get("x")?.uncertain, true);
  });

  it("gives columns of a query the types of what they hold, where all of it is known", async () => {
    const tables = await fold(
      `CREATE TABLE t (id int PRIMARY KEY, name varchar(9) NOT NULL); CREATE TABLE u (t_id int8, name text);
       CREATE TABLE copy AS SELECT * FROM t; CREATE TABLE joined AS SELECT u.t_id AS id, t.name, t.id::text shown, count(*) AS n, max(t_id) AS last
       FROM t JOIN u ON u.t_id = t.id GROUP BY 1, 2, 3; CREATE TABLE unknown AS SELECT * FROM elsewhere; CREATE TABLE doubtful AS SELECT name FROM t, u;
       CREATE TABLE merged AS SELECT * FROM t JOIN u USING (name)`,
    );
    const types = (name: string) => [...(tables.get(name)?.columns.values() ?? [])].map((column) => `${column.name} ${column.type}`);
    assert.deepEqual(types("copy"), ["id int4", "name varchar(9)"]);
    assert.deepEqual(types("joined"), ["id int8", "name varchar(9)", "shown text", "n int8", "last "]);
    assert.deepEqual(types("doubtful"), ["name "]);
    assert.ok([...(tables.get("copy")?.columns.values() ?? [])].every(({ nullable }) => nullable));
    assert.deepEqual([tables.get("copy")?.copied, tables.get("unknown")?.copied, tables.get("t")?.copied], [true, true, undefined]);
  });

  it("changes the columns of partitions with those of their table", async () => {
    const tables = await fold(
      `CREATE TABLE t (id int, at date, old int) PARTITION BY RANGE (at); CREATE TABLE t_1 PARTITION OF t DEFAULT; CREATE TABLE apart (id int);
       ALTER TABLE t ADD COLUMN note text NOT NULL DEFAULT '', DROP COLUMN old, ALTER id TYPE bigint; ALTER TABLE t RENAME at TO day;`,
    );
    const columns = (name: string) =>
      [...(tables.get(name)?.columns.values() ?? [])].map((column) => `${column.name} ${column.type} ${column.nullable}`);
    assert.deepEqual(columns("t_1"), ["id int8 true", "day date true", "note text false"]);
    assert.deepEqual(columns("t_1"), columns("t"));
    assert.deepEqual(columns("apart"), ["id int4 true"]);
  });

  it("makes tables in the schema that the search path begins with", async () => {
    const tables = await fold(
      `CREATE TABLE a (id int); SET search_path TO Billing, public; CREATE TABLE b (id int); CREATE TABLE other.c (id int); CREATE TABLE pg_temp.x (id int);
       DO $$ BEGIN CREATE TABLE d (id int); END $$; SET search_path = public; CREATE TABLE e (id int); SET search_path TO "$user", billing;
       CREATE TABLE f (id int)`,
    );
    assert.deepEqual(
      [...tables.values()].map(({ name, namespace }) => [name, namespace]),
      [
        ["a", undefined],
        ["b", "billing"],
        ["c", "other"],
        ["d", "billing"],
        ["e", undefined],
        ["f", undefined],
      ],
    );
  });

  it("makes an index a constraint", async () => {
    const table = await only(
      "CREATE TABLE t (id int); CREATE UNIQUE INDEX i ON t (id); ALTER TABLE t ADD CONSTRAINT pk PRIMARY KEY USING INDEX i;",
    );
    assert.deepEqual(
      table.indexes.map(({ name, constraint }) => [name, constraint]),
      [["pk", "primary"]],
    );
  });

  it("doubts the tables before what was not read of a long script", async () => {
    const tables = await fold(`CREATE TABLE a (id int);\n${"-- row\n".repeat(1_200_000)}CREATE INDEX i ON a (id);`);
    assert.deepEqual(
      [...tables.values()].map(({ name, uncertain }) => [name, uncertain]),
      [["a", true]],
    );
  });

  it("doubts tables that a statement mentions which does not parse, and names that are given twice", async () => {
    const tables = await fold(
      "CREATE TABLE a (id int); CREATE TABLE b (id int); CREATE TABLE x.c (id int); CREATE TABLE x.c (id int); ALTER TABLE A FROBNICATE;",
    );
    assert.deepEqual(
      [...tables.values()].map(({ name, uncertain }) => [name, uncertain]),
      [
        ["a", true],
        ["b", false],
        ["c", true],
      ],
    );
  });

  it("says why a table stays small", async () => {
    const why = async (text: string) => (await only(text)).small;
    assert.equal(await why("CREATE TABLE t (id boolean PRIMARY KEY CHECK (id))"), "a check leaves it one row");
    assert.equal(await why("CREATE TABLE t (id int UNIQUE CHECK (id = 1))"), "a check leaves it one row");
    assert.equal(await why("CREATE TABLE t (k text PRIMARY KEY, CHECK (k IN ('a', 'b')))"), "a check leaves it 2 rows");
    assert.equal(await why("CREATE TABLE t (id serial PRIMARY KEY, k text CHECK (k IN ('a', 'b')))"), undefined);
    assert.equal(
      await why("CREATE TABLE t (id serial PRIMARY KEY, k text); INSERT INTO t VALUES (1, 'a'), (2, 'b')"),
      "its rows come from migrations",
    );
    assert.equal(await why("CREATE TABLE t (id serial PRIMARY KEY, k text); INSERT INTO t VALUES (1, 'admin')"), undefined);
    assert.equal(await why("CREATE TABLE t (id serial, at timestamptz); INSERT INTO t VALUES (1, now()), (2, now())"), undefined);
    // bcgov/nr-spar: codes with the days between which they count.
    assert.equal(
      await why("CREATE TABLE t (kind_code serial PRIMARY KEY, k text, ends date); INSERT INTO t VALUES (1, 'a', now()), (2, 'b', now())"),
      "its rows come from migrations",
    );
    assert.equal(await why("CREATE TABLE t (id int); INSERT INTO t SELECT id FROM s"), undefined);
  });

  it("leaves the tables before as they were", async () => {
    const before = await fold("CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int)");
    const a = before.get("a");
    const after = folded(before, await input("ALTER TABLE b ADD COLUMN x int REFERENCES a; DROP TABLE a;", "V2__b.sql"));
    assert.equal(before.get("a"), a);
    assert.equal(before.get("b")?.columns.size, 1);
    assert.deepEqual([...after.keys()], ["b"]);
  });

  it("knows what no two rows of an exclusion constraint have together", async () => {
    const table = await only(
      "CREATE TABLE t (a date, b date, c int, EXCLUDE USING gist (daterange(a, b) WITH &&, c WITH OPERATOR(pg_catalog.=)) WHERE (c > 0));",
    );
    const [index] = table.indexes;
    assert.deepEqual(
      [index?.keys.map(({ column, expression }) => column ?? expression), index?.operators, index?.predicate],
      [["daterange(a, b)", "c"], ["&&", "="], "c > 0"],
    );
  });

  it("creates tables first where nobody knows the order, the first of a name winning", async () => {
    const files = [
      await input("CREATE INDEX i ON t (id); ALTER TABLE t ADD COLUMN b int;", "schema-idx.sql"),
      await input("CREATE TABLE t (id int);", "schema-a.sql"),
      await input("CREATE TABLE t (other int);", "schema-b.sql"),
    ];
    const table = foldUnordered(files).get("t");
    assert.deepEqual([indexes(table), [...(table?.columns.keys() ?? [])], table?.uncertain], [["i(id)"], ["id", "b"], false]);
  });

  it("takes the drops of a script that can run twice for what they are", async () => {
    const script = await input(
      `DROP TABLE IF EXISTS b; DROP TABLE IF EXISTS a; DROP TABLE IF EXISTS elsewhere;
      CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (a_id int REFERENCES a); CREATE TABLE helper (id int); DROP TABLE helper;
      DROP INDEX IF EXISTS i; CREATE INDEX i ON b (a_id);`,
      "schema.sql",
    );
    const tables = foldUnordered([await input("CREATE TABLE elsewhere (id int);", "schema-more.sql"), script]);
    assert.deepEqual([...tables.keys()].sort(), ["a", "b", "elsewhere"]);
    assert.deepEqual([tables.get("b")?.foreignKeys.length, tables.get("b")?.indexes.length], [1, 1]);
  });
});
