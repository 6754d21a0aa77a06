import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { MIGRATION, REPOSITORY, ServerWorkspace } from "./workspace.ts";

const MISSING = "sql/missing-index-for-query";

/** What the export says of a table with so many rows. */
const exported = (rows: number): string =>
  JSON.stringify({ version: 1, server: 150_000, relations: [{ schema: "public", name: "ticket", kind: "r", rows, pages: 1 }] });

describe("server: the statistics file", function () {
  this.timeout(60_000);
  let workspace: ServerWorkspace;
  beforeEach(() => {
    workspace = new ServerWorkspace();
    writeFileSync(workspace.path(MIGRATION), "CREATE TABLE ticket (id BIGINT PRIMARY KEY, owner_id BIGINT NOT NULL);\n");
    writeFileSync(workspace.path("performance.yaml"), "version: 1\nstatistics: production.json\n");
  });
  afterEach(() => workspace.dispose());

  it("is read again when it is written anew, made or deleted, and nobody tells", async () => {
    writeFileSync(workspace.path("production.json"), exported(12));
    const client = await workspace.start();
    client.pullWorkspace();
    assert.deepEqual(await client.diagnostics(REPOSITORY), []);
    writeFileSync(workspace.path("production.json"), exported(3_000_000));
    assert.deepEqual(await client.workspaceCodes(REPOSITORY, (codes) => codes.length > 0), [MISSING]);
    writeFileSync(workspace.path("production.json"), exported(120));
    assert.deepEqual(await client.workspaceCodes(REPOSITORY, (codes) => codes.length === 0), []);
    rmSync(workspace.path("production.json"));
    assert.deepEqual(await client.workspaceCodes(REPOSITORY, (codes) => codes.length > 0), [MISSING]);
  });
});
