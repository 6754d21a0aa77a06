import assert from "node:assert/strict";
import { languageOf } from "../../../src/facts/languages.ts";
import { changes, kinds, read, set, xml } from "./changelogs.ts";

describe("facts of Liquibase's change logs", () => {
  it("are read from files that say so by name or folder", () => {
    const logs = [
      "a/db/changelog/x.yaml",
      "src/main/resources/db.changelog-master.xml",
      "config/liquibase/master.xml",
      "db/changelogs/v1/a.json",
      "migrations/changelog-2.yml",
      "db/migration/a.xml",
      "app/src/main/resources/master.xml",
      "app/src/main/resources/db-master.xml",
      "app/src/main/resources/shop-db-master.xml",
      "app/src/main/resources/db/install.xml",
      "app/src/main/resources/db/updates/orders.xml",
      "app/src/main/resources/migration/v2/0001-init.xml",
      "app/src/main/resources/migrations.1.2.0.xml",
      "app/src/main/resources/db-migration-scripts/initial/tables.xml",
    ];
    for (const file of logs) assert.equal(languageOf(file), "sql", file);
    const others = [
      "src/main/resources/application.yml",
      "pom.xml",
      "web/package.json",
      "db/changelog/readme.md",
      "mapper/UserMapper.xml",
      "data/items.json",
      "docs/master.xml",
      "app/src/main/resources/webmaster.xml",
      "app/src/test/db/rows.xml",
      "docs/migration/guide.xml",
      "src/main/resources/migrationguide.xml",
      "src/main/resources/migration/rules.json",
    ];
    for (const file of others) assert.notEqual(languageOf(file), "sql", file);
  });

  it("say nothing where there is no change log", async () => {
    for (const text of ["", "<project/>", "{}", "a: [b]", "<databaseChangeLog", "databaseChangeLog:"])
      for (const file of ["db/changelog/a.xml", "db/changelog/a.yaml", "db/changelog/a.json"]) {
        const { sql } = await read(text, file);
        assert.deepEqual([sql.statements, sql.changelog?.steps ?? []], [[], []], `${file}: ${text}`);
      }
  });

  const forms: Record<string, readonly string[]> = {
    '<addColumn tableName="t"><column name="a" type="int"><constraints foreignKeyName="f" references="p(id)" deleteCascade="true"/></column><column name="b" type="int"/></addColumn>':
      ["addColumn", "addColumn"],
    '<dropColumn tableName="t" columnName="a"/><dropColumn tableName="t"><column name="b"/><column name="c"/></dropColumn>': [
      "dropColumn",
      "dropColumn",
      "dropColumn",
    ],
    '<renameColumn tableName="t" oldColumnName="a" newColumnName="b"/><renameTable oldTableName="t" newTableName="u"/>': [
      "renameColumn",
      "renameTable",
    ],
    '<modifyDataType tableName="t" columnName="a" newDataType="clob"/><addNotNullConstraint tableName="t" columnName="a"/><dropNotNullConstraint tableName="t" columnName="a"/>':
      ["columnType", "columnNullable", "columnNullable"],
    '<addDefaultValue tableName="t" columnName="a" defaultValueNumeric="1"/><dropDefaultValue tableName="t" columnName="a"/>': [
      "columnDefault",
      "columnDefault",
    ],
    '<addPrimaryKey tableName="t" columnNames="a, b"/><dropPrimaryKey tableName="t"/><addUniqueConstraint tableName="t" columnNames="a" constraintName="u"/><dropUniqueConstraint tableName="t" constraintName="u"/>':
      ["addConstraint", "dropPrimaryKey", "addConstraint", "dropConstraint"],
    '<addForeignKeyConstraint baseTableName="t" baseColumnNames="a" constraintName="f" referencedTableName="p" referencedColumnNames="id"/><dropForeignKeyConstraint baseTableName="t" constraintName="f"/>':
      ["addConstraint", "dropConstraint"],
    '<dropIndex tableName="t" indexName="i"/><dropTable tableName="t"/><createSequence sequenceName="s"/><createView viewName="v">SELECT 1</createView><dropView viewName="v"/>':
      ["dropIndex", "dropTable", "createObject", "createObject", "dropObject"],
    '<createSequence sequenceName="s" incrementBy="50"/><alterSequence sequenceName="s" incrementBy="10"/><alterSequence sequenceName="s" maxValue="9"/>':
      ["createObject", "alterSequence"],
    '<sql>CREATE TABLE t (a int); CREATE INDEX i ON t (a);</sql><sql dbms="oracle">CREATE TABLE u (a int)</sql>': [
      "createTable",
      "createIndex",
    ],
    '<rollback><dropTable tableName="t"/></rollback><comment>createTable</comment><tagDatabase tag="x"/><unknownChange tableName="t"/>': [],
    '<insert tableName="t"><column name="a" value="1"/></insert><loadData tableName="t" file="a.csv"/><update tableName="t"/>': [],
  };
  for (const [text, expected] of Object.entries(forms)) it(text, async () => assert.deepEqual(await kinds(set(text)), expected));

  it("count rows, several of a file, and none of sample data", async () => {
    const rows = async (inner: string, attributes = "") => (await read(set(inner, attributes))).sql.insertedRows;
    const insert = '<insert tableName="T"><column name="a" value="1"/></insert>';
    const load = '<loadData tableName="units" file="units.csv" separator=";"/>';
    assert.deepEqual(await rows(insert + insert + insert + load), [
      { table: "t", rows: 3 },
      { table: "units", rows: 2, atLeast: true },
    ]);
    assert.deepEqual(await rows(insert + load, 'context="faker"'), []);
    assert.deepEqual(await rows(insert + load, 'dbms="mysql"'), []);
  });

  it("have the types that Liquibase gives on PostgreSQL", async () => {
    const types: Record<string, string> = {
      "java.sql.Types.VARCHAR(30)": "varchar(30)",
      "VARCHAR(255 CHAR)": "varchar(255)",
      nvarchar: "varchar",
      char: "bpchar(1)",
      longtext: "text",
      blob: "oid",
      longblob: "bytea",
      "tinyint(1)": "int2",
      bit: "bit",
      "float(24)": "float4",
      float: "float8",
      "number(19,0)": "numeric(19,0)",
      datetime: "timestamp",
      "datetime(6)": "timestamp(6)",
      "timestamp(3) with time zone": "timestamptz(3)",
      "java.sql.Types.TIMESTAMP_WITH_TIMEZONE": "timestamptz",
      "double precision": "float8",
      "character varying(9)": "varchar(9)",
      "int unsigned": "int4",
      "text[]": "text[]",
      bigserial: "int8",
      my_enum: "my_enum",
    };
    const columns = Object.keys(types).map((type, i) => `<column name="c${i}" type="${type}"/>`);
    const [table] = await changes(set(`<createTable tableName="t">${columns.join("")}</createTable>`));
    assert.ok(table?.kind === "createTable");
    assert.deepEqual(
      table.columns.map(({ type }) => type),
      Object.values(types),
    );
  });

  it("write defaults as Liquibase does, which quotes no numbers of a column that it makes", async () => {
    const made = await changes(
      set(`<createTable tableName="t"><column name="a" type="bigint" defaultValue="0"/><column name="b" type="varchar(9)" defaultValue="0"/>
<column name="c" type="numeric(10,2)" defaultValue="-1.5"/><column name="d" type="boolean" defaultValue="false"/>
<column name="e" type="timestamp" defaultValue="now()"/><column name="g" type="timestamp" defaultValueDate="CURRENT_TIMESTAMP"/><column name="f" type="bigserial"/><column name="i" type="boolean" defaultValueNumeric="1"/></createTable>
<addColumn tableName="t"><column name="g" type="int" defaultValue="7"/><column name="h" type="bigserial"/></addColumn>
<addDefaultValue tableName="t" columnName="a" defaultValue="1"/><addAutoIncrement tableName="t" columnName="a"/>`),
    );
    const given = made.flatMap((change) =>
      change.kind === "createTable"
        ? change.columns.map((column) => column.default)
        : change.kind === "addColumn"
          ? [change.column.default]
          : change.kind === "columnDefault"
            ? [change.default]
            : [],
    );
    assert.deepEqual(
      given.map((one) => one && `${one.kind} ${one.text}`.trim()),
      [
        "constant 0",
        "constant '0'",
        "constant -1.5",
        "constant FALSE",
        "stable now()",
        "stable now()",
        "identity",
        "constant TRUE",
        "constant 7",
        undefined,
        "constant '1'",
        "serial",
      ],
    );
  });

  it("leave out what does not run on PostgreSQL", async () => {
    const table = (name: string) => `<createTable tableName="${name}"><column name="a" type="int"/></createTable>`;
    const text = xml(`
<changeSet id="1" author="a" dbms="mysql,h2">${table("no1")}</changeSet>
<changeSet id="2" author="a" dbms="!postgresql">${table("no2")}</changeSet>
<changeSet id="3" author="a"><preConditions onFail="MARK_RAN"><not><dbms type="postgresql"/></not></preConditions>${table("no3")}</changeSet>
<changeSet id="4" author="a"><preConditions onFail="MARK_RAN"><or><dbms type="postgresql"/><dbms type="h2"/></or></preConditions>${table("yes1")}</changeSet>
<changeSet id="5" author="a" dbms="!oracle" context="test" labels="x">${table("yes2")}</changeSet>
<changeSet id="6" author="a"><preConditions onFail="MARK_RAN"><not><tableExists tableName="yes3"/></not></preConditions>${table("yes3")}</changeSet>`);
    const facts = await read(text);
    const found = facts.sql.statements
      .flatMap((statement) => statement.changes)
      .flatMap((change) => (change.kind === "createTable" ? [[change.table.name, change.ifNotExists]] : []));
    assert.deepEqual(found, [
      ["yes1", false],
      ["yes2", false],
      ["yes3", true],
    ]);
    assert.deepEqual(
      facts.sql.changesets.map(({ name, contexts, labels }) => [name, contexts, labels]),
      [
        ["a:4", undefined, undefined],
        ["a:5", "test", "x"],
        ["a:6", undefined, undefined],
      ],
    );
    const elsewhere = await read(
      xml(`<preConditions><dbms type="mssql"/></preConditions><changeSet id="1" author="a">${table("no")}</changeSet>`),
    );
    assert.deepEqual([elsewhere.sql.dialect, elsewhere.sql.statements.length], ["other", 0]);
  });

  it("leave out what contexts that are databases say is another's", async () => {
    const table = (name: string) => `<createTable tableName="${name}"><column name="a" type="int"/></createTable>`;
    const set = (contexts: string, name: string) => `<changeSet id="${name}" author="a" context="${contexts}">${table(name)}</changeSet>`;
    const text = xml(
      `<property name="size" value="10" context="mysql"/><property name="size" value="20" context="postgresql"/>
<include file="mysql.xml" context="mysql"/><include file="shop.xml" context="shop AND !first_run"/>` +
        set("mysql", "no1") +
        set("shop AND !postgresql", "no2") +
        set("shop and (mariadb)", "no3") +
        set("postgresql", "yes1") +
        set("shop and not mysql", "yes2") +
        set("mysql or postgresql", "yes3") +
        set("mysql, shop", "yes4"),
    );
    const { sql } = await read(text);
    const tables = sql.statements.flatMap(({ changes }) =>
      changes.map((change) => (change.kind === "createTable" ? change.table.name : "")),
    );
    assert.deepEqual(tables, ["yes1", "yes2", "yes3", "yes4"]);
    const included = sql.changelog?.steps.flatMap((step) => (step.kind === "file" ? [step.path] : []));
    assert.deepEqual(included, ["shop.xml"]);
    assert.deepEqual(sql.changelog?.properties, [{ name: "size", value: "20" }]);
    assert.equal(sql.changelog?.namesPostgres, true);
    assert.equal((await read(xml(set("shop", "t")))).sql.changelog?.namesPostgres, undefined);
  });

  it("put properties in, as far as the file has them", async () => {
    const text = xml(
      `<property name="now" value="now()" dbms="postgresql"/><property name="now" value="sysdate" dbms="oracle"/><property name="kind" value="\${base}(40)"/><property name="base" value="varchar"/>
<changeSet id="1" author="a"><createTable tableName="t"><column name="a" type="\${kind}"/><column name="b" type="\${elsewhere}"/><column name="c" type="timestamp" defaultValueComputed="\${now}"/></createTable></changeSet>`,
    );
    const [table] = await changes(text);
    assert.ok(table?.kind === "createTable");
    assert.deepEqual(
      table.columns.map(({ type, default: given }) => [type, given?.text]),
      [
        ["varchar(40)", undefined],
        [`\${elsewhere}`, undefined],
        ["timestamp", "now()"],
      ],
    );
  });

  it("lose only what is broken, and say so", async () => {
    const facts = await read(
      set('<sql>CREATE TABLE t (a int,);</sql><createTable tableName="u"><column name="a" type="int"/></createTable>'),
    );
    assert.deepEqual(
      facts.sql.statements.map(({ changes: made }) => made[0]?.kind),
      ["unclear", "createTable"],
    );
    assert.equal(facts.problems.length, 1);
    const cut = await read(
      xml(
        '<changeSet id="1" author="a"><createTable tableName="u"><column name="a" type="int"/></createTable><dropTable tableName="v"',
      ).replace("</databaseChangeLog>", ""),
    );
    assert.ok(cut.problems.length > 0);
    assert.ok(cut.sql.statements.some(({ changes: made }) => made[0]?.kind === "createTable"));
    const yaml = await read(
      "databaseChangeLog:\n  - changeSet:\n      id: 1\n      author: a\n      changes:\n        - dropTable: { tableName: t }\n   oops\n - : }{\n",
      "db/changelog/a.yaml",
    );
    assert.ok(yaml.problems.length > 0 && yaml.problems.length <= 3);
  });
});
