import assert from "node:assert/strict";
import type { JavaFile } from "../../../src/facts/fileFacts.ts";
import type { SqlFacts } from "../../../src/facts/sql/sqlFacts.ts";
import { factsOf, TestWorkspace } from "../../harness/check.ts";

const FILE = "src/main/java/db/migration/V2__Orders.java";

const inClass = (body: string, head = "extends BaseJavaMigration"): string => `package db.migration;
import org.flywaydb.core.api.migration.BaseJavaMigration;
public class V2__Orders ${head} {
${body}
}
`;

const migration = async (text: string): Promise<SqlFacts | undefined> => ((await factsOf(FILE, text)) as JavaFile).java.migration;

/** The statements' own texts in the file, with the kinds of their changes. */
const said = async (body: string): Promise<readonly string[]> => {
  const text = inClass(body);
  const facts = await migration(text);
  return (facts?.statements ?? []).map(
    ({ span, changes }) => `${changes.map(({ kind }) => kind).join()}: ${text.slice(span.start, span.end)}`,
  );
};

describe("SQL in migrations written in Java", () => {
  it("is read in strings, constants and text blocks, each where it stands", async () => {
    assert.deepEqual(
      await said(`
  private static final String INDEX = "CREATE INDEX i ON orders (\\"customer\\")";
  public void migrate(Context context) throws Exception {
    try (Statement statement = context.getConnection().createStatement()) {
      statement.execute("ALTER TABLE orders ADD COLUMN customer bigint"); // "CREATE TABLE no (id int)"
      statement.execute(INDEX);
    }
    jdbcTemplate.execute("""
        DROP INDEX IF EXISTS old;
        CREATE TABLE lines (
          id bigserial PRIMARY KEY
        )
        """);
  }`),
      [
        'createIndex: CREATE INDEX i ON orders (\\"customer\\")',
        "addColumn: ALTER TABLE orders ADD COLUMN customer bigint",
        "dropIndex: DROP INDEX IF EXISTS old",
        "createTable: CREATE TABLE lines (\n          id bigserial PRIMARY KEY\n        )",
      ],
    );
  });

  it("may be put together of several literals", async () => {
    const body = `
  String sql = "CREATE INDEX i " // for the list
      + "ON orders "
      + "(customer, at)";`;
    const text = inClass(body);
    const [statement] = (await migration(text))?.statements ?? [];
    const [change] = statement?.changes ?? [];
    assert.ok(change?.kind === "createIndex");
    assert.deepEqual(
      change.index.keys.map(({ column }) => column),
      ["customer", "at"],
    );
    assert.equal(text.slice(statement?.span.start, statement?.span.end), body.slice(body.indexOf("CREATE"), body.indexOf('";')));
  });

  it("is unclear where more than literals is put together", async () => {
    for (const body of [
      'String sql = "ALTER TABLE " + TABLE + " DROP COLUMN x";',
      'String sql = "ALTER TABLE orders DROP COLUMN " + column;',
      'String sql = "ALTER TABLE orders DROP COLUMN %s".formatted(column);',
      'String sql = String.format("ALTER TABLE orders DROP COLUMN %s", column);',
    ])
      assert.equal((await said(body))[0]?.split(":")[0], "unclear", body);
  });

  it("is also what works on the rows of a table, unless Java picks them", async () => {
    assert.deepEqual(
      await said(`
  void f() {
    s.execute("UPDATE orders SET state = 'new'::text");
    s.execute("UPDATE orders SET state = ? WHERE id = ?");
    s.execute("DELETE FROM orders WHERE id = " + id);
    s.execute("INSERT INTO states VALUES ('new')");
    s.execute("Update failed, lock lost");
    s.execute("SET LOCAL lock_timeout = '5s'");
  }`),
      [": UPDATE orders SET state = 'new'::text", ": SET LOCAL lock_timeout = '5s'"],
    );
  });

  it("is that of older classes, and none in queries, in messages, in other classes and in other dialects", async () => {
    assert.deepEqual(
      await said(
        'String sql = "SELECT 1"; void f() { log.info("drop table orders"); throw new IllegalStateException("create table orders"); }',
      ),
      [],
    );
    const named = inClass('String sql = "DROP TABLE orders";', "extends Base");
    assert.equal(await migration(named.replace("V2__Orders", "Orders")), undefined);
    assert.equal(await migration(named.replace("V2__Orders extends Base", "V2__Orders")), undefined);
    const old = await migration(inClass('String sql = "DROP TABLE orders";', "implements SpringJdbcMigration"));
    assert.deepEqual(
      old?.statements.map(({ kind }) => kind),
      ["DropStmt"],
    );
    const mysql = await migration(inClass('String sql = "CREATE TABLE `orders` (`id` int) ENGINE=InnoDB";'));
    assert.deepEqual([mysql?.dialect, mysql?.statements], ["mysql", []]);
  });

  // dimagi/formplayer: all 28 extend a class of the project, which runs what they list
  it("is that of classes below a base class of the project, which Flyway's names tell", async () => {
    for (const name of ["V2__Orders", "V2_1__Orders", "R__Orders", "B7__Orders"]) {
      const text = inClass('Iterable<String> statements() { return List.of("DROP TABLE orders", "DROP TABLE lines"); }', "extends Base");
      const facts = await migration(text.replace(/^import.*$/m, "").replace("V2__Orders", name));
      assert.deepEqual(
        facts?.statements.map(({ changes: [change] }) => change?.kind),
        ["dropTable", "dropTable"],
        name,
      );
    }
  });

  it("is folded at its version", async () => {
    const tests = new TestWorkspace([]);
    const V1 = "src/main/resources/db/migration/V1__init.sql";
    const V3 = "src/main/resources/db/migration/V3__more.sql";
    await tests.put([
      [V1, "CREATE TABLE orders (id bigserial PRIMARY KEY);"],
      [FILE, inClass('void f() { s.execute("ALTER TABLE orders ADD COLUMN customer bigint REFERENCES orders"); }')],
      [V3, "CREATE INDEX i ON orders (customer); ALTER TABLE orders RENAME COLUMN customer TO owner;"],
    ]);
    const table = () => tests.workspace.model.schema.schemas()[0]?.tables.get("orders");
    assert.deepEqual([...(table()?.columns.keys() ?? [])], ["id", "owner"]);
    assert.deepEqual(
      table()?.foreignKeys.map(({ columns, at }) => [columns, at.file]),
      [[["owner"], FILE]],
    );
    await tests.put([[FILE, inClass('void f() { s.execute("ALTER TABLE orders ADD COLUMN shop bigint"); }')]]);
    assert.deepEqual([...(table()?.columns.keys() ?? [])], ["id", "shop"]);
    await tests.put([[FILE, undefined]]);
    assert.deepEqual([...(table()?.columns.keys() ?? [])], ["id"]);
  });

  it("makes a schema of its own where all migrations are written in Java", async () => {
    const tests = new TestWorkspace([]);
    const V1 = "src/main/java/shop/migrations/V1__Init.java";
    const V2 = "src/main/java/shop/migrations/V2__Rows.java";
    await tests.put([[V2, inClass('void f() { s.execute("ALTER TABLE orders ADD COLUMN code text"); }')]]);
    assert.deepEqual(tests.workspace.model.schema.schemas(), []);
    await tests.put([[V1, inClass('void f() { s.execute("CREATE TABLE orders (id bigserial PRIMARY KEY)"); }')]]);
    const [schema] = tests.workspace.model.schema.schemas();
    assert.deepEqual(
      [schema?.id, [...(schema?.tables.get("orders")?.columns.keys() ?? [])]],
      ["src/main/resources/shop/migrations", ["id", "code"]],
    );
  });

  // overture-stack/ego: flyway/sql and, in Java only, db/migration
  it("is folded where one configuration lists its package beside the scripts", async () => {
    const tests = new TestWorkspace([]);
    const columns = () => [...(tests.workspace.model.schema.schemas()[0]?.tables.get("orders")?.columns.keys() ?? [])];
    await tests.put([
      ["src/main/resources/flyway/sql/V1__init.sql", "CREATE TABLE orders (id bigserial PRIMARY KEY);"],
      [FILE, inClass('void f() { s.execute("ALTER TABLE orders ADD COLUMN customer bigint"); }')],
    ]);
    assert.deepEqual(columns(), ["id"]);
    await tests.put([["src/main/resources/application.yml", 'spring.flyway.locations: "classpath:flyway/sql,classpath:db/migration"']]);
    assert.deepEqual(columns(), ["id", "customer"]);
  });
});
