import assert from "node:assert/strict";
import { read, set } from "./changelogs.ts";

describe("operations of Liquibase's change logs", () => {
  it("say what each element does to tables that are there", async () => {
    const forms = async (inner: string) =>
      (await read(set(inner))).sql.statements.flatMap(({ operations }) =>
        operations.map(({ form, table, name, filtered, ofNewColumn }) =>
          [form, table?.name, name, filtered ? "filtered" : "", ofNewColumn ? "new" : ""].filter(Boolean).join(" "),
        ),
      );
    assert.deepEqual(await forms(`<createTable tableName="t"><column name="a" type="int"/></createTable>`), []);
    assert.deepEqual(
      await forms(`<addColumn tableName="t">
<column name="a" type="int" valueNumeric="1"/>
<column name="b" type="int" defaultValueNumeric="1"/>
<column name="c" type="uuid" defaultValueComputed="gen_random_uuid()"/>
<column name="d" type="int" autoIncrement="true"/>
<column name="e" type="int" defaultValueComputed="next_number()"/>
<column name="f" type="int"><constraints unique="true" uniqueConstraintName="u" references="p(id)" foreignKeyName="fk"/></column>
</addColumn>`),
      [
        "add column t a",
        "add column with default t b",
        "add column with volatile default t c",
        "add identity column t d",
        "add column t f",
        "add unique t u new",
        "add foreign key t fk new",
        "update t",
      ],
    );
    assert.deepEqual(
      await forms(`<dropColumn tableName="t" columnName="a"/><renameColumn tableName="t" oldColumnName="a" newColumnName="b"/>
<dropNotNullConstraint tableName="t" columnName="a"/><addDefaultValue tableName="t" columnName="a" defaultValue="x"/>
<addAutoIncrement tableName="t" columnName="id"/><addNotNullConstraint tableName="t" columnName="a" defaultNullValue="x"/>
<addPrimaryKey tableName="t" columnNames="a, b" constraintName="pk"/><addUniqueConstraint tableName="t" columnNames="a" forIndexName="i"/>
<dropForeignKeyConstraint baseTableName="t" constraintName="fk"/><dropTable tableName="t"/><renameTable oldTableName="t" newTableName="s"/>
<delete tableName="t"/><delete tableName="t"><where>a = 1</where></delete>
<update tableName="t"><column name="a" value="x"/><where>a IS NULL</where></update>`),
      [
        "drop column t a",
        "rename column t a",
        "drop not null t a",
        "set default t a",
        "set not null t id",
        "set default t id",
        "update t",
        "set not null t a",
        "add primary key t pk",
        "add constraint using index t",
        "drop constraint t fk",
        "drop table t",
        "rename table t",
        "delete t",
        "delete t filtered",
        "update t",
      ],
    );
  });
});
