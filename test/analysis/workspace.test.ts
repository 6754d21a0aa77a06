import assert from "node:assert/strict";
import { TestWorkspace } from "../harness/check.ts";

describe("problems of files", () => {
  const problemsWith = async (first: string): Promise<readonly string[]> => {
    const tested = new TestWorkspace([]);
    await tested.put([
      ["db/migration/V1__a.sql", first],
      ["db/migration/V2__b.sql", "ALTER TABLE a ADD (b char(3) DEFAULT ();"],
    ]);
    return tested.workspace.problemsOf("db/migration/V2__b.sql").map(({ message }) => message);
  };

  it("are what PostgreSQL does not read, where nothing speaks for another database", async () => {
    assert.deepEqual(await problemsWith("CREATE TABLE a (id int);"), [
      'PostgreSQL does not read this statement: syntax error at or near "("',
    ]);
    assert.equal((await problemsWith("CREATE TABLE a (id bigserial);")).length, 1);
  });

  it("are none where the migrations before it are Oracle's", async () => {
    assert.deepEqual(await problemsWith('CREATE TABLE "A" ("ID" NUMBER(19,0), "B" VARCHAR2(255 CHAR));'), []);
  });

  /** What is wrong with a script of rows, beside the configuration of its application. */
  const problemsBeside = async (configuration: string) => {
    const tested = new TestWorkspace([]);
    await tested.put([
      ["src/main/resources/application.yml", configuration],
      ["src/main/resources/data.sql", "INSERT INTO a VALUES (1, CURRENT_TIMESTAMP());"],
    ]);
    const { workspace } = tested;
    return [workspace.problemsOf("src/main/resources/data.sql").length, workspace.otherDialectOf("src/main/resources/data.sql")];
  };

  it("are none where the application connects to another database", async () => {
    assert.deepEqual(await problemsBeside("spring.datasource.url: jdbc:mysql://localhost:3306/a"), [0, "mysql"]);
    assert.deepEqual(await problemsBeside("spring.jpa.database-platform: org.hibernate.dialect.OracleDialect"), [0, "oracle"]);
    assert.deepEqual(await problemsBeside("spring.r2dbc.url: r2dbc:pool:mariadb://localhost/a"), [0, "mysql"]);
  });

  it("are there where it connects to PostgreSQL, with another database for those who try it out", async () => {
    const beside = "spring.datasource.url: jdbc:h2:mem:a\n---\nspring.config.activate.on-profile: live\n";
    assert.deepEqual(await problemsBeside(`${beside}spring.datasource.url: jdbc:postgresql://db/a`), [1, undefined]);
    assert.deepEqual(await problemsBeside("server.port: 80"), [1, undefined]);
  });

  it("are none of a file that is not there", () => {
    assert.deepEqual(new TestWorkspace([]).workspace.problemsOf("a.sql"), []);
  });
});
