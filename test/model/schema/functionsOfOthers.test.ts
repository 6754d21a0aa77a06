import assert from "node:assert/strict";
import { TestWorkspace } from "../../harness/check.ts";

const FOLDER = "src/main/resources/db/migration";
const HELPERS = `${FOLDER}/V1__helpers.sql`;
const TABLES = `${FOLDER}/V2__tables.sql`;
const CALLS = `${FOLDER}/V3__calls.sql`;

const helpers = (column: string) => `
CREATE FUNCTION with_times(table_name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE 'ALTER TABLE ' || table_name || ' ADD COLUMN ${column} timestamptz NOT NULL DEFAULT now()';
  EXECUTE 'CREATE INDEX ' || table_name || '_times ON ' || table_name || ' (${column})';
END $$;
CREATE PROCEDURE refers(child text, parent text) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %I ADD COLUMN %I bigint REFERENCES %I (id)', child, parent || '_id', parent);
END $$;`;

const tables = "CREATE TABLE orders (id bigint PRIMARY KEY); CREATE TABLE buyers (id bigint PRIMARY KEY);";

const workspaceOf = async (files: Readonly<Record<string, string | undefined>>): Promise<TestWorkspace> => {
  const workspace = new TestWorkspace([]);
  await workspace.put(Object.entries(files));
  return workspace;
};

const shown = (workspace: TestWorkspace): readonly string[] =>
  [...(workspace.workspace.model.schema.schema(FOLDER)?.tables.values() ?? [])].map(
    ({ name, columns, indexes, foreignKeys }) =>
      `${name}(${[...columns.keys()].join()}) ${indexes.map((index) => index.name).join()} ${foreignKeys.map(({ parent }) => parent).join()}`,
  );

// avniproject/avni-server
describe("functions that another script has made", () => {
  it("change what they are told to, in the order of the scripts", async () => {
    const calls = "SELECT with_times('orders'); CALL refers('orders', 'buyers'); SELECT with_times('nothing');";
    const workspace = await workspaceOf({ [HELPERS]: helpers("made_at"), [TABLES]: tables, [CALLS]: calls });
    assert.deepEqual(shown(workspace), ["orders(id,made_at,buyers_id) orders_pkey,orders_times buyers", "buyers(id) buyers_pkey "]);
    const made = workspace.workspace.model.schema.schema(FOLDER)?.tables.get("orders")?.columns.get("made_at");
    assert.deepEqual([made?.at.file, made?.at.start], [CALLS, 0]);
  });

  it("are taken as the last script before has made them", async () => {
    const files = { [HELPERS]: helpers("a"), [TABLES]: `${tables}SELECT with_times('orders');` };
    const again = `${FOLDER}/V2_1__again.sql`;
    const workspace = await workspaceOf({ ...files, [again]: helpers("b"), [CALLS]: "SELECT with_times('buyers');" });
    assert.deepEqual(shown(workspace), ["orders(id,a) orders_pkey,orders_times ", "buyers(id,b) buyers_pkey,buyers_times "]);
  });

  it("are looked up again when their script changes", async () => {
    const workspace = await workspaceOf({ [HELPERS]: helpers("a"), [TABLES]: tables, [CALLS]: "SELECT with_times('orders');" });
    await workspace.put([[HELPERS, helpers("b")]]);
    assert.deepEqual(shown(workspace)[0], "orders(id,b) orders_pkey,orders_times ");
    await workspace.put([[HELPERS, undefined]]);
    assert.deepEqual(shown(workspace)[0], "orders(id) orders_pkey ");
  });

  it("do nothing that is known where it is not known what they are given", async () => {
    const calls =
      "SELECT with_times(name) FROM buyers; SELECT with_times('Or' || 'ders'); SELECT with_times(); SELECT elsewhere('orders');";
    const workspace = await workspaceOf({ [HELPERS]: helpers("a"), [TABLES]: tables, [CALLS]: calls });
    assert.deepEqual(shown(workspace), ["orders(id) orders_pkey ", "buyers(id) buyers_pkey "]);
  });
});
