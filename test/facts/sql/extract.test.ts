// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Flyway writes its placeholders
import assert from "node:assert/strict";
import type { SqlFile } from "../../../src/facts/fileFacts.ts";
import type { SchemaChange } from "../../../src/facts/sql/sqlFacts.ts";
import { factsOf } from "../../harness/check.ts";
import { cpuClock } from "../../harness/cpuTime.ts";

const read = async (text: string, file = "db/migration/V1__a.sql"): Promise<SqlFile> => (await factsOf(file, text)) as SqlFile;
const changes = async (text: string): Promise<readonly SchemaChange[]> => (await read(text)).sql.statements.flatMap((s) => s.changes);
const kinds = async (text: string): Promise<readonly string[]> => (await changes(text)).map(({ kind }) => kind);

describe("facts of SQL", () => {
  it("reads a table: columns, types, constraints, where they stand", async () => {
    const text = `/* é😀 */ CREATE TABLE app."Über" (
  id bigserial PRIMARY KEY,
  "größe" numeric(5, 2)[] NOT NULL, -- 😀
  owner uuid CONSTRAINT fk REFERENCES users (id) ON DELETE SET NULL,
  state varchar(20) CHECK (state IN ('A', 'B')),
  UNIQUE NULLS NOT DISTINCT (id, owner) INCLUDE (state)
);`;
    const [change] = await changes(text);
    assert.ok(change?.kind === "createTable");
    const at = (span: { start: number; end: number }) => text.slice(span.start, span.end);
    assert.deepEqual(change.table, { namespace: "app", name: "Über" });
    assert.equal(at(change.at), 'app."Über"');
    assert.deepEqual(
      change.columns.map(({ name, type, nullable, at: span }) => [name, type, nullable, at(span)]),
      [
        ["id", "int8", false, "id"],
        ["größe", "numeric(5,2)[]", false, '"größe"'],
        ["owner", "uuid", true, "owner"],
        ["state", "varchar(20)", true, "state"],
      ],
    );
    const [primary, foreign, check, unique] = change.constraints;
    assert.ok(primary?.type === "primary" && foreign?.type === "foreign" && check?.type === "check" && unique?.type === "unique");
    assert.deepEqual([foreign.name, foreign.columns, foreign.parentColumns, foreign.onDelete], ["fk", ["owner"], ["id"], "set null"]);
    assert.equal(at(foreign.at), "CONSTRAINT fk REFERENCES users (id) ON DELETE SET NULL");
    assert.deepEqual([check.column, check.values], ["state", 2]);
    assert.deepEqual([unique.index.nullsNotDistinct, unique.index.include], [true, ["state"]]);
    assert.equal(at(unique.index.at), "UNIQUE NULLS NOT DISTINCT (id, owner) INCLUDE (state)");
  });

  it("reads an index: keys, directions, expressions, predicate", async () => {
    const text =
      "CREATE UNIQUE INDEX CONCURRENTLY i ON s.t USING btree (a DESC, (lower(b)) text_pattern_ops, lower(f(c, ')')) NULLS FIRST, d COLLATE \"C\") INCLUDE (e)\n  WHERE a IS NOT NULL AND b = 'x (';";
    const [change] = await changes(text);
    assert.ok(change?.kind === "createIndex");
    const { keys, ...index } = change.index;
    assert.deepEqual(
      keys.map((key) => [key.column, key.expression, key.descending, key.nullsFirst, key.opclass, key.collation]),
      [
        ["a", undefined, true, true, undefined, undefined],
        [undefined, "(lower(b))", false, false, "text_pattern_ops", undefined],
        [undefined, "lower(f(c, ')'))", false, true, undefined, undefined],
        ["d", undefined, false, false, undefined, "C"],
      ],
    );
    assert.deepEqual([index.name, index.unique, index.include, index.predicate], ["i", true, ["e"], "a IS NOT NULL AND b = 'x ('"]);
    assert.equal(text.slice(index.at.start, index.at.end), text.slice(0, -1));
  });

  const forms: Record<string, readonly string[]> = {
    "ALTER TABLE t ADD COLUMN a int REFERENCES p, DROP COLUMN b, ALTER c TYPE text, ALTER d SET NOT NULL, ADD PRIMARY KEY (a), DROP CONSTRAINT x":
      ["addColumn", "dropColumn", "columnType", "columnNullable", "addConstraint", "dropConstraint"],
    "ALTER TABLE t RENAME TO u; ALTER TABLE u RENAME COLUMN a TO b; ALTER TABLE u RENAME CONSTRAINT c TO d; ALTER INDEX i RENAME TO j": [
      "renameTable",
      "renameColumn",
      "renameConstraint",
      "renameIndex",
    ],
    "ALTER TABLE t SET SCHEMA s; ALTER TABLE t ATTACH PARTITION u DEFAULT; ALTER TABLE u INHERIT t": ["moveTable", "attach", "attach"],
    "DROP TABLE IF EXISTS a, s.b CASCADE; DROP INDEX CONCURRENTLY i; DROP VIEW v; DROP MATERIALIZED VIEW m": [
      "dropTable",
      "dropTable",
      "dropIndex",
      "dropObject",
      "dropTable",
    ],
    "CREATE TEMP TABLE t (id int); CREATE TEMP VIEW v AS SELECT 1; COMMENT ON TABLE t IS 'x'; GRANT SELECT ON t TO x": [],
    "CREATE VIEW v AS SELECT 1; CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE SEQUENCE q; CREATE TYPE e AS ENUM ('A'); CREATE EXTENSION citext":
      ["createObject", "createObject", "createObject", "createObject", "createObject"],
    "ALTER TYPE e ADD VALUE 'B'; ALTER TYPE e RENAME TO k; DROP TYPE k; DROP FUNCTION f(int); DROP SCHEMA s CASCADE; DROP TRIGGER g ON t": [
      "enumValue",
      "renameObject",
      // an enum, a composite type or a range: the statement does not say
      "dropObject",
      "dropObject",
      "dropObject",
      "dropObject",
      "dropNamespace",
      "dropObject",
    ],
    "ALTER TABLE t ALTER a SET DEFAULT 1, ALTER b DROP DEFAULT, VALIDATE CONSTRAINT c, ALTER d ADD GENERATED ALWAYS AS IDENTITY; ALTER INDEX i ATTACH PARTITION j":
      ["columnDefault", "columnDefault", "validateConstraint", "columnNullable", "columnDefault", "attachIndex"],
    "CREATE TABLE a AS SELECT x, y AS z FROM b; CREATE MATERIALIZED VIEW m AS SELECT 1 AS one": ["createTable", "createTable"],
  };
  for (const [text, expected] of Object.entries(forms)) it(text, async () => assert.deepEqual(await kinds(text), expected));

  it("looks into DO blocks, and says what it cannot know", async () => {
    const text = `DO $do$
DECLARE n int := 0;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_class WHERE relname = 'i') THEN
    -- why
    CREATE INDEX i ON t (é);
  ELSE DROP INDEX j;
  END IF;
  FOR n IN 1..2 LOOP EXECUTE format('CREATE INDEX %I ON parts (x)', current_user); END LOOP;
EXCEPTION WHEN duplicate_table THEN ALTER TABLE t DROP COLUMN b;
END $do$;`;
    const found = await changes(text);
    assert.deepEqual(
      found.map(({ kind }) => kind),
      ["createIndex", "dropIndex", "unclear", "dropColumn"],
    );
    const [index, , unclear] = found;
    assert.ok(index?.kind === "createIndex" && unclear?.kind === "unclear");
    assert.equal(text.slice(index.index.at.start, index.index.at.end), "CREATE INDEX i ON t (é)");
    assert.ok(unclear.names.includes("parts"));
  });

  it("reads what a block executes as one text, with its place", async () => {
    const text = `DO $$
BEGIN
  IF true THEN
    EXECUTE 'CREATE INDEX i ON t (a) WHERE b = ''x''';
  END IF;
  EXECUTE $q$ALTER TABLE t DROP COLUMN b;$q$;
  EXECUTE 'DROP TABLE ' || name;
  EXECUTE 'DROP TABLE u' USING name;
END $$;`;
    const found = await changes(text);
    assert.deepEqual(
      found.map(({ kind }) => kind),
      ["createIndex", "dropColumn", "unclear", "unclear"],
    );
    const [index] = found;
    assert.ok(index?.kind === "createIndex");
    assert.equal(text.slice(index.index.at.start, index.index.at.end), "CREATE INDEX i ON t (a) WHERE b = ''x''");
  });

  for (const [tool, up, down] of [
    ["goose", "-- +goose Up", "-- +goose Down"],
    ["sql-migrate", "-- +migrate Up", "-- +migrate Down notransaction"],
    ["dbmate", "-- migrate:up transaction:false", "-- migrate:down"],
    ["MyBatis Migrations", "--  a table of people", "-- //@UNDO"],
  ] as const)
    it(`reads no way back: ${tool}`, async () => {
      const text = `${up}\nCREATE TABLE a (id int);\n\n${down}\n-- é\nDROP TABLE a;\n`;
      assert.deepEqual(
        (await changes(text)).map(({ kind }) => kind),
        ["createTable"],
      );
    });

  it("reads on behind a way back, where the next way up begins", async () => {
    const text = "-- +goose Down\nDROP TABLE a;\n-- +goose Up\nCREATE TABLE a (id int);\n";
    const [made, ...others] = await changes(text);
    assert.ok(made?.kind === "createTable");
    assert.equal(made.at.start, text.indexOf("a (id"));
    assert.deepEqual(others, []);
  });

  it("reads a long script so far, and says what that leaves open", async () => {
    const facts = await read(`CREATE TABLE a (id int);\n${"-- row\n".repeat(1_200_000)}CREATE INDEX i ON a (id);`);
    assert.deepEqual(
      facts.sql.statements.map(({ kind, changes: made }) => [kind, made[0]?.kind]),
      [
        ["CreateStmt", "createTable"],
        [undefined, "unread"],
      ],
    );
    assert.equal(facts.parse, "partly");
    assert.match(facts.problems[0]?.message ?? "", /^Only the first \d+ of \d+ characters are read/);
  });

  it("loses only the statement that does not parse, and says where", async () => {
    const text = "CREATE TABLE a (id serial);\nCREATE TABLE 😀 b (id int,);\nCREATE TABLE c (id int);";
    const facts = await read(text);
    assert.deepEqual(
      facts.sql.statements.map(({ kind, changes: made }) => [kind, made[0]?.kind]),
      [
        ["CreateStmt", "createTable"],
        [undefined, "unclear"],
        ["CreateStmt", "createTable"],
      ],
    );
    assert.equal(facts.parse, "partly");
    assert.deepEqual(
      facts.unparsed.map(({ start, end }) => text.slice(start, end)),
      ["CREATE TABLE 😀 b (id int,)"],
    );
    const [problem] = facts.problems;
    assert.ok(problem !== undefined);
    assert.match(problem.message, /^PostgreSQL does not read this statement: syntax error at or near "b"$/);
    assert.equal(text.slice(problem.span.start, problem.span.end), "b");
  });

  it("says nothing of a template's marks, unless the file is PostgreSQL's", async () => {
    const template = "INSERT INTO @results_schema.totals SELECT 1;\nCREATE TABLE [dbo] (id int);";
    assert.deepEqual((await read(template)).problems, []);
    assert.equal((await read(`CREATE TABLE a (id bigserial, at timestamptz);\n${template}`)).problems.length, 2);
    assert.equal((await read("CREATE TABLE a (id int,);")).problems.length, 1);
  });

  it("reads what other tools put into scripts", async () => {
    const text =
      "\uFEFF\\set x 1\r\nCREATE TABLE ${prefix}a (id int);\r\nCOPY a FROM stdin;\r\n1\r\nit's;\r\n\\.\r\nGO\r\nCREATE TABLE b (id :type)\r\nGO\r\n";
    const facts = await read(text);
    assert.deepEqual([facts.parse, facts.problems], ["full", []]);
    assert.deepEqual(
      facts.sql.statements.map(({ kind }) => kind),
      ["CreateStmt", "CopyStmt", "CreateStmt"],
    );
    assert.deepEqual(facts.sql.insertedRows, [{ table: "a", rows: 2 }]);
  });

  it("takes files without a statement", async () => {
    for (const text of ["", "\uFEFF", "-- nothing\n/* here", "\r\n;\r\n"]) {
      const facts = await read(text);
      assert.deepEqual([facts.sql.statements, facts.problems, facts.parse], [[], [], "full"]);
    }
  });

  it("counts rows, a big INSERT's too", async () => {
    const big = `INSERT INTO s."Big" (a, b) VALUES ${"(1, 'a (''), ;'), /* ( */ ".repeat(99_999)}(1, 'x') ON CONFLICT DO NOTHING;`;
    const text = `INSERT INTO one VALUES (1); INSERT INTO one (a) VALUES (2), (3); INSERT INTO many SELECT * FROM one; INSERT INTO one SELECT 4;\n${big}`;
    const spentMs = cpuClock();
    const facts = await read(text);
    assert.ok(spentMs() < 3_000);
    const byTable = Object.fromEntries(facts.sql.insertedRows.map(({ table, rows }) => [table, rows]));
    assert.deepEqual(byTable, { one: 4, many: 1_000_000, big: 100_000 });
    assert.deepEqual(facts.problems, []);
  });

  it("reads 50,000 lines of small INSERTs in reasonable time", async () => {
    const spentMs = cpuClock();
    const facts = await read("INSERT INTO t (a, b) VALUES (1, 'some text of ordinary length');\n".repeat(50_000));
    assert.ok(spentMs() < 5_000);
    assert.deepEqual(facts.sql.insertedRows, [{ table: "t", rows: 50_000 }]);
  });

  const dialects: Record<string, readonly [string, string]> = {
    "backticks and engines": ["CREATE TABLE `a` (id int) ENGINE=InnoDB;", "mysql"],
    "a column list of MySQL": ["ALTER TABLE a ADD COLUMN b bigint, ADD INDEX i (b);", "mysql"],
    "Oracle's types": ["CREATE TABLE a (n VARCHAR2(10 CHAR));", "oracle"],
    "SQL Server's brackets": ["CREATE TABLE [dbo].[a] (id int);", "sqlserver"],
    "SQLite's keys": ["CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT);", "sqlite"],
    "H2's order of words": ["DROP TABLE a IF EXISTS;", "h2"],
    "BigQuery's types": ["CREATE TABLE a (total INT64 NOT NULL);", "other"],
    "PostgreSQL's types": ["CREATE TABLE a (id jsonb);", "postgresql"],
    "MySQL's words in comments and strings only": [
      "-- ENGINE=InnoDB `a`\nCREATE TABLE a (n text DEFAULT 'AUTO_INCREMENT', d jsonb);",
      "postgresql",
    ],
    "an index dropped, which all can": ["DROP INDEX i;\nCREATE INDEX i ON t (a);", "unknown"],
  };
  for (const [name, [text, expected]] of Object.entries(dialects))
    it(`knows the dialect by ${name}`, async () => assert.equal((await read(text)).sql.dialect, expected));

  it("knows the dialect by the folder and by the file's name", async () => {
    const text = "CREATE TABLE a (id int,);";
    for (const file of [
      "db/migration/mysql/V1__a.sql",
      "db/oracle/V1__a.sql",
      "schema-h2.sql",
      "sql/hsqldb/x.sql",
      "db/bigquery/V1__a.sql",
    ]) {
      const facts = await read(text, file);
      assert.notEqual(facts.sql.dialect, "unknown", file);
      assert.deepEqual([facts.problems, facts.sql.statements], [[], []], file);
    }
    assert.equal((await read(text, "db/PGSQL/V1__a.sql")).sql.dialect, "postgresql");
    assert.equal((await read(text, "sql/schema-ts-psql.sql")).sql.dialect, "postgresql");
  });
});
