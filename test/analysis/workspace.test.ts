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

  it("are none of a file that is not there", () => {
    assert.deepEqual(new TestWorkspace([]).workspace.problemsOf("a.sql"), []);
  });
});
