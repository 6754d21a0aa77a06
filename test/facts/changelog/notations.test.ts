import assert from "node:assert/strict";
import type { SchemaChange } from "../../../src/facts/sql/sqlFacts.ts";
import { changes, kinds, read, set } from "./changelogs.ts";

describe("notations of Liquibase's change logs", () => {
  // cwa-verification-server; Liquibase 4.29 adds the column
  it("may leave out the list around one column", async () => {
    const yaml = `databaseChangeLog:
  - changeSet:
      id: 1
      author: a
      changes:
        - addColumn:
            tableName: orders
            columns:
              name: note
              type: varchar(64)
              constraints: { nullable: false }
`;
    const [change, ...others] = await changes(yaml, "db/changelog/a.yaml");
    assert.deepEqual(others, []);
    assert.ok(change?.kind === "addColumn");
    assert.deepEqual([change.column.name, change.column.type, change.column.nullable], ["note", "varchar(64)", false]);
  });

  it("are read from Dropwizard's file, too", async () => {
    const text = set(`<createTable tableName="orders"><column name="id" type="bigint"/></createTable>`);
    assert.deepEqual(await kinds(text, "src/main/resources/migrations.xml"), ["createTable"]);
  });

  // sldt-digital-twin-registry; Liquibase 4.29 quotes "SHELL_pkey"
  it("name a primary key after the table as it is written", async () => {
    const nameOf = async (table: string): Promise<string | undefined> => {
      const column = `<column name="ID" type="bigint"><constraints primaryKey="true"/></column>`;
      const [change] = await changes(set(`<createTable tableName="${table}">${column}</createTable>`));
      return change?.kind === "createTable" ? change.constraints[0]?.name : undefined;
    };
    assert.equal(await nameOf("SHELL"), "SHELL_pkey");
    assert.equal(await nameOf("shell"), undefined);
  });

  it("are the same in XML, YAML and JSON", async () => {
    const fromXml = await changes(
      set(`<createTable tableName="orders"><column name="id" type="bigint" autoIncrement="true"><constraints primaryKey="true" nullable="false"/></column>
<column name="state" type="varchar(20)" defaultValue="NEW"><constraints nullable="false" unique="true" uniqueConstraintName="u"/></column></createTable>
<createIndex indexName="i" tableName="orders" unique="false"><column name="state" descending="true"/></createIndex>`),
    );
    const yaml = `databaseChangeLog:
  - changeSet:
      id: 1
      author: a
      changes:
        - createTable:
            tableName: orders
            columns:
              - column: { name: id, type: bigint, autoIncrement: true, constraints: { primaryKey: true, nullable: false } }
              - column:
                  name: state
                  type: varchar(20)
                  defaultValue: NEW
                  constraints: { nullable: false, unique: true, uniqueConstraintName: u }
        - createIndex:
            indexName: i
            tableName: orders
            unique: false
            columns:
              - column: { name: state, descending: true }
`;
    const json = `{"databaseChangeLog": [{"changeSet": {"id": "1", "author": "a", "changes": [
  {"createTable": {"tableName": "orders", "columns": [
    {"column": {"name": "id", "type": "bigint", "autoIncrement": true, "constraints": {"primaryKey": true, "nullable": false}}},
    {"column": {"name": "state", "type": "varchar(20)", "defaultValue": "NEW", "constraints": {"nullable": false, "unique": true, "uniqueConstraintName": "u"}}}]}},
  {"createIndex": {"indexName": "i", "tableName": "orders", "unique": false, "columns": [{"column": {"name": "state", "descending": true}}]}}]}}]}`;
    const plain = (found: readonly SchemaChange[]): unknown =>
      JSON.parse(JSON.stringify(found, (key, value) => (key === "at" ? undefined : value)));
    assert.deepEqual(plain(await changes(yaml, "db/changelog/a.yaml")), plain(fromXml));
    assert.deepEqual(plain(await changes(json, "db/changelog/a.json")), plain(fromXml));
    const [table, index] = fromXml;
    assert.ok(table?.kind === "createTable" && index?.kind === "createIndex");
    assert.deepEqual(
      table.columns.map(({ name, type, nullable, default: given }) => [name, type, nullable, given?.kind, given?.text]),
      [
        ["id", "int8", false, "identity", ""],
        ["state", "varchar(20)", false, "constant", "'NEW'"],
      ],
    );
    assert.deepEqual(
      table.constraints.map(({ type, name }) => [type, name]),
      [
        ["primary", undefined],
        ["unique", "u"],
      ],
    );
    assert.equal(index.index.keys[0]?.descending, true);
  });

  // candlepin, dockstore: a unique index for some of the rows only
  it("put what is appended on PostgreSQL behind an index", async () => {
    const index = '<createIndex tableName="t" indexName=""><column name="a"/></createIndex>';
    const appended = (dbms: string) => `<modifySql dbms="${dbms}"><append value=" WHERE a IS NOT NULL"/></modifySql>`;
    const predicates = async (dbms: string) =>
      (await changes(set(index + appended(dbms)))).map((change) =>
        change.kind === "createIndex" ? [change.index.name, change.index.predicate] : change.kind,
      );
    assert.deepEqual(await predicates("postgresql"), [[undefined, "a IS NOT NULL"]]);
    assert.deepEqual(await predicates("mssql"), [[undefined, undefined]]);
    const parted = '<createTable tableName="t"/><modifySql><append value=" PARTITION BY LIST (a) (PARTITION b)"/></modifySql>';
    assert.deepEqual(
      (await changes(set(parted))).map((change) => change.kind === "createTable" && change.partitionBy),
      ["list"],
    );
  });

  // CMSgov/dpc-app: Liquibase writes now() alone
  it("leave out what stands behind the present time", async () => {
    const column = (value: string) =>
      `<addColumn tableName="t"><column name="a" type="timestamp" defaultValueComputed="${value}"/></addColumn>`;
    const written = async (value: string) =>
      (await changes(set(column(value)))).map((change) => change.kind === "addColumn" && change.column.default?.text);
    assert.deepEqual(await written("current_timestamp + ('90 day')::interval"), ["now()"]);
    assert.deepEqual(await written("CURRENT_TIMESTAMP(3)"), ["CURRENT_TIMESTAMP(3)"]);
  });

  it("say where names stand", async () => {
    const text = set(
      `<createTable tableName="t"><column name="a" type="int"/></createTable><createIndex tableName="t" indexName="my_index"><column name="a"/></createIndex>`,
    );
    const [table, index] = await changes(text);
    assert.ok(table?.kind === "createTable" && index?.kind === "createIndex");
    assert.equal(text.slice(table.at.start, table.at.end), "t");
    assert.equal(text.slice(index.index.at.start, index.index.at.end), "my_index");
    const column = table.columns[0];
    assert.equal(column && text.slice(column.at.start, column.at.end), "a");
  });

  it("keep the offsets of SQL with entities, CDATA and comments", async () => {
    const text = set("<sql><!-- why --><![CDATA[CREATE TABLE t (a int);]]> ALTER TABLE t ADD CHECK (a &gt;= 1 AND a &lt;&gt; 3);</sql>");
    const { sql } = await read(text);
    assert.deepEqual(
      sql.statements.map(({ span }) => text.slice(span.start, span.end)),
      ["CREATE TABLE t (a int)", "ALTER TABLE t ADD CHECK (a &gt;= 1 AND a &lt;&gt; 3)"],
    );
    const check = sql.statements[1]?.changes[0];
    assert.ok(check?.kind === "addConstraint" && check.constraint.type === "check");
    assert.equal(check.constraint.text.replace(/\s+/g, ""), "a>=1ANDa<>3");
  });

  it("take SQL that YAML writes without an element of its own", async () => {
    const yaml = `databaseChangeLog:
  - changeSet: { id: 1, author: a, sql: [CREATE TABLE a (id int)] }
  - changeSet:
      id: 2
      author: a
      changes:
        sql:
          CREATE TABLE b (id int)
  - changeSet:
      id: 3
      author: a
      changes:
        - sql: CREATE TABLE c (id int)
        - sql: { sql: CREATE TABLE d (id int) }
`;
    const made = (await changes(yaml, "db/changelog/a.yaml")).map((change) =>
      change.kind === "createTable" ? change.table.name : change.kind,
    );
    assert.deepEqual(made, ["a", "b", "c", "d"]);
  });

  it("read braces in YAML that begin too far left, as Liquibase does", async () => {
    const text =
      'databaseChangeLog:\n  - changeSet:\n      id: 1\n      author: a\n      changes:\n        - customChange: {\n          "class": "x.Y"\n        }\n        - dropTable:\n            tableName: t\n';
    const facts = await read(text, "db/changelog/a.yaml");
    assert.deepEqual([facts.problems, await kinds(text, "db/changelog/a.yaml")], [[], ["dropTable"]]);
  });

  it("take the text of block scalars where it stands", async () => {
    const text =
      "databaseChangeLog:\n- changeSet:\n    id: 1\n    author: a\n    changes:\n    - sql:\n        splitStatements: true\n        sql: |\n          CREATE TABLE t (a int);\n          CREATE INDEX i ON t (a);\n";
    const { sql } = await read(text, "db/changelog/a.yaml");
    assert.deepEqual(
      sql.statements.map(({ span }) => text.slice(span.start, span.end)),
      ["CREATE TABLE t (a int)", "CREATE INDEX i ON t (a)"],
    );
  });
});
