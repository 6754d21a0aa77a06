import assert from "node:assert/strict";
import type { Schema } from "../../../src/model/schema/schema.ts";
import { TestWorkspace } from "../../harness/check.ts";

const PROPERTIES = "src/main/resources/application.properties";
const ENTITY = "src/main/java/shop/Owner.java";
const OWNER = `package shop;
import jakarta.persistence.*;
@Entity class Owner { @Id Long id; String city; }
`;
const UPDATE = "spring.jpa.hibernate.ddl-auto=update\n";
const POSTGRESQL = "spring.datasource.url=jdbc:postgresql://localhost/shop\n";

async function workspace(files: Readonly<Record<string, string>>) {
  const tests = new TestWorkspace([]);
  await tests.put(Object.entries(files));
  return {
    model: tests.workspace.model,
    put: (file: string, text: string | undefined) => tests.put([[file, text]]),
    schemas: (): readonly Schema[] => tests.workspace.model.schema.schemas(),
  };
}

const mapped = async (files: Readonly<Record<string, string>>): Promise<readonly string[]> =>
  (await workspace({ [ENTITY]: OWNER, ...files }))
    .schemas()
    .filter((schema) => schema.mapped)
    .map(({ id }) => id);

describe("schemas that Hibernate makes", () => {
  it("are there where the configuration lets it, in PostgreSQL", async () => {
    assert.deepEqual(await mapped({ [PROPERTIES]: UPDATE + POSTGRESQL }), [PROPERTIES]);
    assert.deepEqual(await mapped({ [PROPERTIES]: `spring.jpa.properties.hibernate.hbm2ddl.auto=create-drop\n${POSTGRESQL}` }), [
      PROPERTIES,
    ]);
    assert.deepEqual(await mapped({ [PROPERTIES]: POSTGRESQL }), []);
    assert.deepEqual(await mapped({ [PROPERTIES]: UPDATE }), []);
    assert.deepEqual(await mapped({ [PROPERTIES]: `${UPDATE}spring.datasource.url=jdbc:mysql://localhost/shop\n` }), []);
    assert.deepEqual(await mapped({ [PROPERTIES]: `spring.jpa.hibernate.ddl-auto=validate\n${POSTGRESQL}` }), []);
  });

  it("are not there where another database or another profile may have another one", async () => {
    const files = { [PROPERTIES]: UPDATE + POSTGRESQL };
    const profile = (name: string, text: string) => ({ ...files, [`src/main/resources/application-${name}.properties`]: text });
    assert.deepEqual(await mapped(profile("prod", "spring.jpa.hibernate.ddl-auto=validate\n")), []);
    assert.deepEqual(await mapped(profile("mysql", "spring.datasource.url=jdbc:mysql://localhost/shop\n")), []);
    assert.deepEqual(await mapped(profile("dev", "spring.datasource.url=jdbc:h2:mem:shop\n")), [PROPERTIES]);
    assert.deepEqual(await mapped(profile("test", "spring.jpa.hibernate.ddl-auto=none\n")), [PROPERTIES]);
  });

  it("give way to scripts and to tools that run them", async () => {
    const files = { [PROPERTIES]: UPDATE + POSTGRESQL };
    const owner = "CREATE TABLE owner (id bigserial PRIMARY KEY);";
    assert.deepEqual(await mapped({ ...files, "src/main/resources/db/migration/V1__init.sql": owner }), []);
    assert.deepEqual(await mapped({ ...files, "src/main/resources/schema.sql": owner }), []);
    assert.deepEqual(await mapped({ ...files, "src/test/resources/schema.sql": owner }), [PROPERTIES]);
    assert.deepEqual(await mapped({ ...files, "src/main/resources/schema.sql": "CREATE TABLE quartz_locks (name text PRIMARY KEY);" }), [
      PROPERTIES,
    ]);
    const flyway = `<project><modelVersion>4.0.0</modelVersion><artifactId>shop</artifactId>
<dependencies><dependency><groupId>org.flywaydb</groupId><artifactId>flyway-core</artifactId></dependency></dependencies></project>`;
    assert.deepEqual(await mapped({ ...files, "pom.xml": flyway }), []);
  });

  it("take in what scripts add to their tables", async () => {
    const { schemas } = await workspace({
      [ENTITY]: OWNER,
      [PROPERTIES]: UPDATE + POSTGRESQL,
      "src/main/resources/import.sql": "CREATE INDEX i ON owner (city); INSERT INTO owner VALUES (1, 'Bern');",
    });
    assert.deepEqual(
      schemas()[0]
        ?.tables.get("owner")
        ?.indexes.map(({ name, at }) => [name, at.file]),
      [
        ["owner_pkey", ENTITY],
        ["i", "src/main/resources/import.sql"],
      ],
    );
  });

  it("are one for each application", async () => {
    const { model } = await workspace({
      [`one/${PROPERTIES}`]: UPDATE + POSTGRESQL,
      [`two/${PROPERTIES}`]: UPDATE + POSTGRESQL,
      "one/pom.xml": "<project><artifactId>one</artifactId></project>",
      "two/pom.xml": "<project><artifactId>two</artifactId></project>",
      [`one/${ENTITY}`]: OWNER,
      [`two/${ENTITY}`]: OWNER.replace("package shop", "package two").replace("String city", "String street"),
    });
    const columns = (file: string) => [...(model.schema.table("owner", file)?.columns.keys() ?? [])].sort();
    assert.deepEqual(columns(`one/${ENTITY}`), ["city", "id"]);
    assert.deepEqual(columns(`two/${ENTITY}`), ["id", "street"]);
  });

  it("follow each edit of an entity and of the configuration", async () => {
    const { schemas, put } = await workspace({ [ENTITY]: OWNER, [PROPERTIES]: UPDATE + POSTGRESQL });
    const columns = () => [...(schemas()[0]?.tables.get("owner")?.columns.keys() ?? [])].sort();
    assert.deepEqual(columns(), ["city", "id"]);
    await put(ENTITY, OWNER.replace("String city", "String town"));
    assert.deepEqual(columns(), ["id", "town"]);
    await put(
      "src/main/java/shop/Pet.java",
      "package shop;\nimport jakarta.persistence.*;\n@Entity class Pet { @Id Long id; @ManyToOne Owner owner; }\n",
    );
    assert.deepEqual([...(schemas()[0]?.tables.keys() ?? [])], ["owner", "pet"]);
    await put(ENTITY, undefined);
    assert.deepEqual([...(schemas()[0]?.tables.keys() ?? [])], ["pet"]);
    assert.deepEqual(schemas()[0]?.tables.get("pet")?.foreignKeys, []);
    await put(PROPERTIES, POSTGRESQL);
    assert.deepEqual(schemas(), []);
  });
});
