import assert from "node:assert/strict";
import type { Schema } from "../../../src/model/schema/schema.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { modelOf } from "../../harness/model.ts";

const log = (inner: string) => `<databaseChangeLog>${inner}</databaseChangeLog>`;
const table = (id: string, name: string, more = "") =>
  `<changeSet id="${id}" author="a"><createTable tableName="${name}"><column name="id" type="bigint"><constraints primaryKey="true"/></column>${more}</createTable></changeSet>`;
const schemas = async (files: Readonly<Record<string, string>>): Promise<readonly Schema[]> => {
  const fixture = Object.entries(files).map(([file, text]) => `//- ${file}\n${text}`);
  return (await modelOf(`\n${fixture.join("\n")}\n`)).schema.schemas();
};
const CHANGELOG = "src/main/resources/db/changelog";

describe("schemas of Liquibase", () => {
  it("run what a change log includes where it includes it", async () => {
    const [schema, ...others] = await schemas({
      [`${CHANGELOG}/db.changelog-master.xml`]: log(
        `${table("1", "first")}<include file="db/changelog/b.xml"/><include file="a.yaml" relativeToChangelogFile="true"/><includeAll path="db/changelog/later"/><changeSet id="9" author="a"><dropTable tableName="second"/><sqlFile path="db/changelog/plain.sql"/></changeSet>`,
      ),
      [`${CHANGELOG}/b.xml`]: log(table("2", "second")),
      [`${CHANGELOG}/a.yaml`]:
        "databaseChangeLog:\n  - changeSet:\n      id: 3\n      author: a\n      changes:\n        - renameTable: { oldTableName: first, newTableName: renamed }",
      [`${CHANGELOG}/later/2.xml`]: log('<changeSet id="5" author="a"><renameTable oldTableName="early" newTableName="late"/></changeSet>'),
      [`${CHANGELOG}/later/1.sql`]:
        "--liquibase formatted sql\n--changeset a:4\nCREATE TABLE early (id int);\n--rollback DROP TABLE early;",
      [`${CHANGELOG}/plain.sql`]: "CREATE TABLE plain (id int);",
      [`${CHANGELOG}/left-over.xml`]: log(table("0", "left_over")),
    });
    assert.deepEqual([...(schema?.tables.keys() ?? [])].sort(), ["late", "plain", "renamed"]);
    assert.deepEqual(
      schema?.migrations.map(({ file }) => file.slice(CHANGELOG.length + 1)),
      ["db.changelog-master.xml", "b.xml", "a.yaml", "later/1.sql", "later/2.xml", "plain.sql"],
    );
    assert.deepEqual(others, []);
  });

  // bytechefhq/bytechef: the master lies in a module of its own.
  it("take from the class path what other modules have, in its order", async () => {
    const [schema, ...others] = await schemas({
      "config/src/main/resources/db/changelog/master.xml": log(
        '<includeAll path="classpath:db/changelog/log/"/><include file="classpath:db/changelog/last.xml"/>',
      ),
      "a/src/main/resources/db/changelog/log/2.xml": log(
        '<changeSet id="2" author="a"><renameTable oldTableName="early" newTableName="late"/></changeSet>',
      ),
      "b/src/main/resources/db/changelog/log/1.xml": log(table("1", "early")),
      "b/src/main/resources/db/changelog/last.xml": log(table("3", "last")),
    });
    assert.deepEqual([...(schema?.tables.keys() ?? [])].sort(), ["last", "late"]);
    assert.deepEqual(others, []);
  });

  it("take nothing of which two modules have one each", async () => {
    const found = await schemas({
      "config/src/main/resources/db/changelog/master.xml": log(`<include file="classpath:db/changelog/part.xml"/>${table("1", "own")}`),
      "a/src/main/resources/db/changelog/part.xml": log(table("2", "a")),
      "b/src/main/resources/db/changelog/part.xml": log(table("2", "b")),
    });
    assert.deepEqual(
      found.map(({ tables }) => [...tables.keys()]),
      [["a"], ["b"], ["own"]],
    );
  });

  it("begin where the configuration says", async () => {
    const found = await schemas({
      "src/main/resources/application.properties": "spring.liquibase.change-log=classpath:db/changelog/main.xml",
      [`${CHANGELOG}/main.xml`]: log(table("1", "main")),
      [`${CHANGELOG}/other.xml`]: log(`<include file="db/changelog/part.xml"/>`),
      [`${CHANGELOG}/part.xml`]: log(table("2", "part")),
    });
    assert.deepEqual(
      found.map(({ id }) => id),
      [`${CHANGELOG}/main.xml`],
    );
  });

  it("drop a primary key by its table, whatever it is called", async () => {
    const create = `<changeSet id="1" author="a"><createTable tableName="parcels">
      <column name="id" type="bigint"><constraints primaryKey="true" primaryKeyName="parcels_key"/></column>
      <column name="code" type="bigint"><constraints unique="true" uniqueConstraintName="parcels_code"/></column></createTable></changeSet>`;
    const drop = (more: string) => `<changeSet id="2" author="a"><dropPrimaryKey tableName="parcels"${more}/></changeSet>`;
    const left = async (more: string) => {
      const [schema] = await schemas({ [`${CHANGELOG}/db.changelog-master.xml`]: log(create + drop(more)) });
      return schema?.tables.get("parcels")?.indexes.map(({ name }) => name);
    };
    assert.deepEqual(await left(""), ["parcels_code"]);
    assert.deepEqual(await left(' constraintName="parcels_key"'), ["parcels_code"]);
    assert.deepEqual(await left(' constraintName="parcels_pkey"'), ["parcels_key", "parcels_code"]);
  });

  // InseeFr/Pearl-Jam-Back-Office
  it("leave out what runs one of them and rows to look at", async () => {
    const ids = async (files: Readonly<Record<string, string>>) => (await schemas(files)).map(({ id }) => id.slice(CHANGELOG.length + 1));
    const master = log(`<include file="db/changelog/part.xml"/>`);
    const demo = log(`<include file="db/changelog/master.xml"/><include file="db/changelog/rows.sql"/>`);
    const files = {
      [`${CHANGELOG}/master.xml`]: master,
      [`${CHANGELOG}/part.xml`]: log(table("2", "part")),
      [`${CHANGELOG}/rows.sql`]: "INSERT INTO part VALUES (1), (2);",
    };
    assert.deepEqual(await ids({ ...files, [`${CHANGELOG}/on-demo.xml`]: demo, [`${CHANGELOG}/test.xml`]: demo }), ["master.xml"]);
    const named = { "src/main/resources/application.yml": "spring.liquibase.change-log: classpath:db/changelog/on-demo.xml" };
    assert.deepEqual(await ids({ ...files, ...named, [`${CHANGELOG}/on-demo.xml`]: demo }), ["on-demo.xml"]);
    // One that the master runs itself is a part of it.
    const whole = log(`<include file="db/changelog/test.xml"/>`);
    assert.deepEqual(await ids({ ...files, [`${CHANGELOG}/root.xml`]: whole, [`${CHANGELOG}/test.xml`]: demo }), ["root.xml"]);
  });

  it("put in the properties of the change logs around", async () => {
    const [schema] = await schemas({
      [`${CHANGELOG}/master.xml`]: log('<property name="kind" value="longblob"/><include file="db/changelog/a.xml"/>'),
      [`${CHANGELOG}/a.xml`]: log(table("1", "t", `<column name="data" type="\${kind}"/><column name="x" type="\${nobody.knows}"/>`)),
    });
    assert.deepEqual(
      [...(schema?.tables.get("t")?.columns.values() ?? [])].map(({ type }) => type),
      ["int8", "bytea", `\${nobody.knows}`],
    );
  });

  it("survive what includes itself, what is missing and what leaves the workspace", async () => {
    const [schema] = await schemas({
      [`${CHANGELOG}/master.xml`]: log(
        `<include file="db/changelog/a.xml"/><include file="../../../../../../../x.xml" relativeToChangelogFile="true"/><include file="gone.xml"/><includeAll path="nowhere"/>${table("1", "t")}`,
      ),
      [`${CHANGELOG}/a.xml`]: log('<include file="db/changelog/a.xml"/><include file="db/changelog/b.xml"/>'),
      [`${CHANGELOG}/b.xml`]: log(`${table("2", "u")}<include file="db/changelog/a.xml"/>`),
    });
    assert.deepEqual([...(schema?.tables.keys() ?? [])].sort(), ["t", "u"]);
  });

  it("are not PostgreSQL's where the project says otherwise", async () => {
    const [schema] = await schemas({
      "src/main/resources/application.properties": "spring.datasource.url=jdbc:mariadb://localhost/shop",
      [`${CHANGELOG}/master.xml`]: log(table("1", "t")),
    });
    assert.equal(schema?.dialect, "mysql");
  });

  it("are PostgreSQL's, too, where they name it and the application has its driver", async () => {
    const dialect = async (dbms: string, driver: string) =>
      (
        await schemas({
          "src/main/resources/application.properties": "spring.datasource.url=jdbc:mariadb://localhost/shop",
          "build.gradle": `dependencies {\n  runtimeOnly '${driver}'\n}\n`,
          [`${CHANGELOG}/master.xml`]: log(`${table("1", "t")}<changeSet id="2" author="a" dbms="${dbms}"><sql>SELECT 1</sql></changeSet>`),
        })
      )[0]?.dialect;
    assert.equal(await dialect("postgresql", "org.postgresql:postgresql:42.7.4"), "postgresql");
    assert.equal(await dialect("mysql", "org.postgresql:postgresql:42.7.4"), "mysql");
    assert.equal(await dialect("postgresql", "org.mariadb.jdbc:mariadb-java-client:3.4.1"), "mysql");
  });

  it("are PostgreSQL's where H2 stands in for it", async () => {
    const dialect = async (url: string) =>
      (
        await schemas({
          "src/main/resources/application.properties": `spring.datasource.url=${url}`,
          [`${CHANGELOG}/master.xml`]: log(table("1", "t")),
        })
      )[0]?.dialect;
    assert.equal(await dialect("jdbc:h2:mem:db;DB_CLOSE_DELAY=-1;MODE=PostgreSQL"), "postgresql");
    assert.equal(await dialect("jdbc:h2:mem:db;DB_CLOSE_DELAY=-1"), "h2");
  });

  it("leave out the changesets that the configured contexts and labels keep off", async () => {
    const master = `<databaseChangeLog>${[
      "",
      'context="test"',
      'context="!prod"',
      'contextFilter="prod and (eu or us)"',
      'labels="v1, beta"',
      'labels="v3"',
    ]
      .map((more, i) => table(String(i), `t${i}`).replace("<changeSet ", `<changeSet ${more} `))
      .join("")}<include file="db/changelog/more.sql"/></databaseChangeLog>`;
    const more =
      '--liquibase formatted sql\n--changeset a:7 context:test\nCREATE TABLE s7 (id int);\n--changeset a:8 contextFilter:"prod, eu"\nCREATE TABLE s8 (id int);\n';
    const made = async (configuration: Readonly<Record<string, string>>): Promise<string> => {
      const [schema] = await schemas({ [`${CHANGELOG}/master.xml`]: master, [`${CHANGELOG}/more.sql`]: more, ...configuration });
      return [...(schema?.tables.keys() ?? [])].sort().join(" ");
    };
    const properties = (text: string) => ({ "src/main/resources/application.properties": text });
    const all = "s7 s8 t0 t1 t2 t3 t4 t5";
    assert.equal(await made({}), all);
    assert.equal(await made(properties("spring.liquibase.contexts=prod,eu")), "s8 t0 t3 t4 t5");
    assert.equal(await made(properties("spring.liquibase.contexts=prod\nspring.liquibase.label-filter=v1 or v2")), "s8 t0 t4");
    assert.equal(await made(properties(`spring.liquibase.contexts=$\{CONTEXTS:prod}`)), "s8 t0 t4 t5");
    // Whatever the environment says.
    assert.equal(await made(properties(`spring.liquibase.contexts=$\{CONTEXTS}`)), all);
    // What developers and tests run says nothing of production.
    assert.equal(await made({ "src/main/resources/application-dev.properties": "spring.liquibase.contexts=test" }), all);
    assert.equal(await made({ "src/main/resources/application-prod.properties": "spring.liquibase.contexts=prod" }), "s8 t0 t4 t5");
  });

  it("leave out what an include with contexts or labels brings, for whom these keep it off", async () => {
    const include = (more: string, file: string): string => `<include file="db/changelog/${file}" ${more}/>`;
    const inside = (id: string): string =>
      log(table(id, `t${id}`) + table(`${id}0`, `t${id}0`).replace("<changeSet ", '<changeSet context="eu" '));
    const files = {
      [`${CHANGELOG}/master.xml`]: log(
        include('context="test"', "a.xml") +
          include('contextFilter="prod"', "b.xml") +
          include('labels="v2"', "plain.sql") +
          table("9", "t9")
            .replace("</changeSet>", '<sqlFile path="db/changelog/rows.sql"/></changeSet>')
            .replace("<changeSet ", '<changeSet context="test" ') +
          '<includeAll path="db/changelog/all" context="!prod"/>',
      ),
      [`${CHANGELOG}/a.xml`]: inside("1"),
      [`${CHANGELOG}/b.xml`]: inside("2"),
      [`${CHANGELOG}/all/c.xml`]: inside("3"),
      [`${CHANGELOG}/plain.sql`]: "CREATE TABLE p (id int);",
      [`${CHANGELOG}/rows.sql`]: "CREATE TABLE r (id int);",
    };
    const made = async (text: string): Promise<string> => {
      const [schema] = await schemas({ ...files, "src/main/resources/application.properties": text });
      return [...(schema?.tables.keys() ?? [])].sort().join(" ");
    };
    assert.equal(await made(""), "p r t1 t10 t2 t20 t3 t30 t9");
    assert.equal(await made("spring.liquibase.contexts=prod"), "p t2");
    assert.equal(await made("spring.liquibase.contexts=prod,eu"), "p t2 t20");
    assert.equal(await made("spring.liquibase.contexts=test"), "p r t1 t3 t9");
    assert.equal(await made("spring.liquibase.contexts=test,eu\nspring.liquibase.label-filter=v1"), "r t1 t10 t3 t30 t9");
  });

  it("are folded again from the change log that changes", async () => {
    const workspace = new TestWorkspace([]);
    const include = (name: string) => `<include file="db/changelog/${name}.xml"/>`;
    await workspace.put([
      [`${CHANGELOG}/master.xml`, log(include("a") + include("b"))],
      [`${CHANGELOG}/a.xml`, log(table("1", "a"))],
      [`${CHANGELOG}/b.xml`, log(table("2", "b"))],
    ]);
    const schema = () => workspace.workspace.model.schema.schemas()[0] as Schema;
    const before = schema().tables.get("a");
    await workspace.put([[`${CHANGELOG}/b.xml`, log(table("2", "c"))]]);
    assert.deepEqual([...schema().tables.keys()], ["a", "c"]);
    assert.equal(schema().tables.get("a"), before);
    await workspace.put([[`${CHANGELOG}/b.xml`, undefined]]);
    assert.deepEqual([...schema().tables.keys()], ["a"]);
  });
});
