import assert from "node:assert/strict";
import { modelOf } from "../../harness/model.ts";

const schemaOf = async (...texts: readonly string[]) => {
  const fixture = texts.map((text, i) => `//- src/main/resources/db/migration/V${i + 1}__a.sql\n${text}`).join("\n");
  const [schema] = (await modelOf(`\n${fixture}\n`)).schema.schemas();
  assert.ok(schema !== undefined);
  return schema;
};

describe("what else than tables a schema holds", () => {
  it("is known by name, with its statement, as the last migration leaves it", async () => {
    const schema = await schemaOf(
      `CREATE VIEW open AS SELECT 1; CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE SEQUENCE numbers;
CREATE TYPE state AS ENUM ('A', 'B'); CREATE DOMAIN mail AS text; CREATE EXTENSION IF NOT EXISTS citext; CREATE VIEW gone AS SELECT 1;`,
      `ALTER TYPE state ADD VALUE IF NOT EXISTS 'C'; ALTER TYPE state RENAME VALUE 'A' TO 'Z'; CREATE OR REPLACE VIEW open AS SELECT 2;
DROP VIEW IF EXISTS gone; ALTER SEQUENCE numbers RENAME TO counts; DROP FUNCTION f;`,
    );
    assert.deepEqual([...schema.objects.keys()].sort(), ["domain:mail", "enum:state", "extension:citext", "sequence:counts", "view:open"]);
    assert.deepEqual(schema.objects.get("enum:state")?.values, ["Z", "B", "C"]);
    assert.equal(schema.objects.get("view:open")?.at.file, "src/main/resources/db/migration/V2__a.sql");
  });

  it("goes with its table and with its PostgreSQL schema", async () => {
    const schema = await schemaOf(
      `CREATE TABLE t (id int); CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
CREATE TABLE u (id int); CREATE TRIGGER g BEFORE INSERT ON u FOR EACH ROW EXECUTE FUNCTION f(); CREATE TRIGGER h BEFORE INSERT ON u FOR EACH ROW EXECUTE FUNCTION f();
CREATE TABLE old.v (id int); CREATE VIEW old.w AS SELECT 1;`,
      "DROP TABLE t; DROP TRIGGER h ON u; DROP SCHEMA old CASCADE;",
    );
    assert.deepEqual([...schema.objects.keys()], ["trigger:u.g"]);
    assert.deepEqual([...schema.tables.keys()], ["u"]);
  });

  it("goes with what it reads where that is dropped by CASCADE", async () => {
    const tables = `CREATE TABLE orders (id int, code text, note text); CREATE TABLE users (id int, name text);`;
    const views = `CREATE VIEW coded AS SELECT id, code FROM orders;
CREATE VIEW twice AS SELECT o.id FROM shop.coded o UNION SELECT u.id FROM users u;
CREATE MATERIALIZED VIEW counted AS SELECT count(*) AS n FROM twice; CREATE VIEW shown AS SELECT n FROM counted;
CREATE VIEW people AS WITH orders AS (SELECT name FROM users) SELECT name FROM orders; CREATE VIEW noted AS SELECT id, note FROM orders;`;
    const left = async (last: string): Promise<readonly string[]> => {
      const { tables: kept, objects } = await schemaOf(tables, views, last);
      return [...kept.keys(), ...objects.keys()].sort();
    };
    const all = ["counted", "orders", "users", "view:coded", "view:noted", "view:people", "view:shown", "view:twice"];
    const without = (...names: readonly string[]): readonly string[] => all.filter((name) => !names.includes(name));
    const behind = ["view:coded", "view:twice", "counted", "view:shown"];
    assert.deepEqual(await left("DROP TABLE orders CASCADE;"), without("orders", "view:noted", ...behind));
    assert.deepEqual(await left("DROP VIEW coded CASCADE;"), without(...behind));
    assert.deepEqual(await left("ALTER TABLE orders DROP COLUMN code CASCADE;"), without(...behind));
    assert.deepEqual(await left("ALTER TABLE users DROP COLUMN name CASCADE;"), without("view:people"));
    assert.deepEqual(await left("DROP MATERIALIZED VIEW counted CASCADE;"), without("counted", "view:shown"));
    // PostgreSQL refuses it.
    assert.deepEqual(await left("DROP TABLE orders;"), without("orders"));
    assert.deepEqual(
      await left("DROP TABLE users CASCADE; CREATE VIEW people AS SELECT 1;"),
      without("users", "view:twice", "counted", "view:shown"),
    );
  });

  it("goes with a column that it names anywhere, and that is dropped by CASCADE", async () => {
    const tables = "CREATE TABLE orders (id int, code text, state text, rank int, user_id int); CREATE TABLE users (id int, user_id int);";
    const views = `CREATE VIEW filtered AS SELECT id FROM orders WHERE state = 'A'; CREATE VIEW sorted AS SELECT o.id FROM orders o ORDER BY o.rank;
CREATE VIEW joined AS SELECT o.id FROM orders o JOIN users u ON u.id = o.user_id; CREATE VIEW used AS SELECT count(*) AS n FROM orders JOIN users USING (user_id);
CREATE VIEW whole AS SELECT * FROM orders; CREATE VIEW below AS SELECT u.id FROM users u WHERE EXISTS (SELECT 1 FROM orders o WHERE o.id = u.id AND o.code = 'x');
CREATE MATERIALIZED VIEW grouped AS SELECT count(*) AS n FROM orders GROUP BY code;`;
    const gone = async (column: string): Promise<readonly string[]> => {
      const all = ["below", "filtered", "grouped", "joined", "sorted", "used", "whole"];
      const { tables: kept, objects } = await schemaOf(tables, views, `ALTER TABLE orders DROP COLUMN ${column} CASCADE;`);
      return all.filter((name) => !kept.has(name) && !objects.has(`view:${name}`));
    };
    assert.deepEqual(await gone("state"), ["filtered", "whole"]);
    assert.deepEqual(await gone("rank"), ["sorted", "whole"]);
    assert.deepEqual(await gone("code"), ["below", "grouped", "whole"]);
    assert.deepEqual(await gone("user_id"), ["joined", "used", "whole"]);
  });

  it("takes along what needs a type or a key, by CASCADE", async () => {
    const schema = await schemaOf(
      `CREATE TYPE state AS ENUM ('A'); CREATE DOMAIN mail AS text;
CREATE TABLE p (id int PRIMARY KEY, code text UNIQUE, s state, sent mail, many state[]); CREATE INDEX ON p (s);
CREATE TABLE c (p_id int REFERENCES p, code text REFERENCES p (code));`,
      "DROP TYPE state CASCADE; DROP DOMAIN mail CASCADE; ALTER TABLE p DROP CONSTRAINT p_pkey CASCADE;",
    );
    const [p, c] = [schema.tables.get("p"), schema.tables.get("c")];
    assert.deepEqual([[...(p?.columns.keys() ?? [])], p?.indexes.map(({ name }) => name)], [["id", "code"], ["p_code_key"]]);
    assert.deepEqual(
      c?.foreignKeys.map(({ name }) => name),
      ["c_code_fkey"],
    );
  });

  it("says what a sequence begins with and counts in, as the last migration leaves it", async () => {
    const schema = await schemaOf(
      "CREATE SEQUENCE a; CREATE SEQUENCE b INCREMENT BY 50 START 7; CREATE SEQUENCE c INCREMENT 5; CREATE SEQUENCE d INCREMENT BY 9999999999;",
      "ALTER SEQUENCE c INCREMENT BY 10; ALTER SEQUENCE c RESTART WITH 9; ALTER SEQUENCE nothing INCREMENT BY 2; ALTER SEQUENCE a OWNED BY NONE;",
    );
    const numbers = [...schema.objects.values()].map(({ name, increment, start }) => [name, increment, start]);
    assert.deepEqual(numbers, [
      ["a", undefined, undefined],
      ["b", 50, 7],
      ["c", 10, 9],
      ["d", 0, undefined],
    ]);
  });

  it("ignores what it does not know", async () => {
    const schema = await schemaOf(
      "ALTER TYPE nothing ADD VALUE 'x'; DROP VIEW nothing; ALTER VIEW nothing RENAME TO more; CREATE TABLE t (id int);",
    );
    assert.equal(schema.objects.size, 0);
  });
});
