import assert from "node:assert/strict";
import { Model } from "../../../src/model/model.ts";
import { TestWorkspace } from "../../harness/check.ts";

const V1 = "db/migration/V1__a.sql";
const V2 = "db/migration/V2__b.sql";
const V3 = "db/migration/V3__c.sql";
const JAVA = "src/main/java/A.java";

async function workspace(files: Readonly<Record<string, string>>) {
  const tests = new TestWorkspace([]);
  await tests.put(Object.entries(files));
  const model: Model = tests.workspace.model;
  return { model, put: (file: string, text: string | undefined) => tests.put([[file, text]]), tests };
}

/** The keys that an update yields, seen from a model of its own. */
async function changedBy(files: Readonly<Record<string, string>>, file: string, text: string | undefined): Promise<readonly string[]> {
  const { tests } = await workspace(files);
  const model = new Model();
  const all = () => ({
    get: (name: string) => tests.workspace.get(name),
    of: (language: never) => tests.workspace.of(language) as Iterable<never>,
  });
  model.update(
    [...tests.workspace.files()].map((name) => ({ file: name, before: undefined, after: tests.workspace.get(name) })),
    all(),
  );
  const before = tests.workspace.get(file);
  await tests.put([[file, text]]);
  return [...model.update([{ file, before, after: tests.workspace.get(file) }], all())]
    .filter((key) => /^(schema|table|declared|migration)/.test(key))
    .sort();
}

const FILES = {
  [V1]: "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY, a_id int REFERENCES a);",
  [V2]: "CREATE INDEX i ON b (a_id);",
  [V3]: "CREATE TABLE c (id int);",
};

describe("the schema model", () => {
  it("answers for the code near a schema", async () => {
    const { model } = await workspace({
      "one/src/main/resources/db/migration/V1__a.sql": "CREATE TABLE t (one int);",
      "two/src/main/resources/db/migration/V1__a.sql": "CREATE TABLE t (two int);",
      "two/src/test/resources/db/migration/V1__a.sql": "CREATE TABLE t (test int);",
      "two/src/main/resources/db/h2/schema.sql": "CREATE TABLE t (h2 int);",
    });
    const columns = (file: string) => [...(model.schema.table("T", file)?.columns.keys() ?? [])];
    assert.deepEqual(columns("one/src/main/java/A.java"), ["one"]);
    assert.deepEqual(columns("two/src/main/java/a/b/A.java"), ["two"]);
    assert.deepEqual(columns("two/src/test/java/ATest.java"), ["test"]);
    assert.equal(model.schema.schemaFor("three/A.java")?.id, "one/src/main/resources/db/migration");
    assert.equal(model.schema.table("missing", JAVA), undefined);
    assert.equal(model.schema.schemas().length, 4);
  });

  it("answers for the code beside the entities of a second database", async () => {
    const entity = (table: string) =>
      `package p;\nimport jakarta.persistence.*;\n@Entity @Table(name = "${table}") class E_${table} { @Id Long id; }\n`;
    const { model, put } = await workspace({
      "src/main/resources/db/books/V1__a.sql":
        "CREATE TABLE book (id bigint); CREATE TABLE shelf (id bigint); CREATE TABLE note (books int);",
      "src/main/resources/db/trail/V1__a.sql": "CREATE TABLE step (id bigint); CREATE TABLE note (trail int);",
      "src/main/java/p/books/E_book.java": entity("book"),
      "src/main/java/p/trail/model/E_step.java": entity("step"),
    });
    const id = (folder: string) => model.schema.schemaFor(`src/main/java/p/${folder}A.java`)?.id.slice("src/main/resources/".length);
    assert.equal(id("books/"), "db/books");
    assert.equal(id("trail/model/"), "db/trail");
    assert.equal(id("trail/store/"), "db/trail");
    assert.deepEqual([...(model.schema.table("note", "src/main/java/p/trail/A.java")?.columns.keys() ?? [])], ["trail"]);
    // Entities of both lie around it: the larger one, as before.
    assert.equal(id("web/"), "db/books");
    await put("src/main/java/p/trail/model/E_step.java", entity("shelf"));
    assert.equal(id("trail/store/"), "db/books");
  });

  it("answers with what is kept, not with its archive, unless the configuration names that", async () => {
    const orders = 'package p;\nimport jakarta.persistence.*;\n@Entity @Table(name = "orders") class Order { @Id Long id; }\n';
    const configuration = "src/main/resources/application.properties";
    const { model, put } = await workspace({
      "src/main/resources/db/migration/archive/V1__a.sql":
        "CREATE TABLE orders (id bigint); CREATE TABLE runs (id int) PARTITION BY LIST (id);",
      "src/main/resources/db/migration/archive/V2__b.sql": "CREATE TABLE runs_1 PARTITION OF runs FOR VALUES IN (1);",
      "src/main/resources/db/migration/live/V1__a.sql": "CREATE TABLE orders (id bigint); CREATE TABLE users (id bigint);",
      "src/main/resources/db/migration/live/V2__b.sql": "ALTER TABLE users ADD name text;",
      "src/main/resources/db/migration/live/V3__c.sql": "ALTER TABLE users ADD age int;",
      "src/main/java/p/Order.java": orders,
    });
    const id = () => model.schema.schemaFor("src/main/java/p/A.java")?.id.slice("src/main/resources/db/migration/".length);
    assert.equal(id(), "live");
    await put(configuration, "spring.flyway.locations=classpath:db/migration/archive");
    assert.equal(id(), "archive");
  });

  // Abiess/storeBackend: no Flyway runs the folder, and its scripts add to what another one makes.
  it("answers with the script that makes nearly all tables, not with a few migrations beside it", async () => {
    const names = ["carts", "orders", "people", "shops", "stocks"];
    const entity = (name: string) =>
      `package p;\nimport jakarta.persistence.*;\n@Entity @Table(name = "${name}") class ${name} { @Id Long id; }\n`;
    const schemaWith = async (migrated: readonly string[]) => {
      const make = (tables: readonly string[]) => tables.map((name) => `CREATE TABLE ${name} (id bigint);`).join("\n");
      const { model } = await workspace({
        ...Object.fromEntries(names.map((name) => [`src/main/java/p/${name}.java`, entity(name)])),
        "src/main/resources/schema.sql": make(["carts", "orders", "people", "shops"]),
        "src/main/resources/db/migration/V1__a.sql": make(migrated),
      });
      return model.schema.schemaFor("src/main/java/p/A.java")?.id;
    };
    assert.equal(await schemaWith(["stocks", "prices", "rates"]), "src/main/resources/db/migration");
    assert.equal(await schemaWith(["prices", "rates"]), "src/main/resources");
  });

  it("has no schema where there are no migrations", async () => {
    const { model } = await workspace({ "x.sql": "SELECT 1;" });
    assert.deepEqual([model.schema.schemas(), model.schema.schemaFor(JAVA), model.schema.table("t", JAVA)], [[], undefined, undefined]);
  });

  it("knows what a file declares that still holds", async () => {
    const { model, put } = await workspace(FILES);
    assert.deepEqual(
      model.schema.foreignKeysDeclaredIn(V1).map(({ what }) => what.name),
      ["b_a_id_fkey"],
    );
    assert.deepEqual(
      model.schema.indexesDeclaredIn(V2).map(({ what }) => what.name),
      ["i"],
    );
    assert.deepEqual(
      model.schema.tablesDeclaredIn(V1).map(({ table }) => table.name),
      ["a", "b"],
    );
    assert.deepEqual(
      model.schema.columnsDeclaredIn(V1).map(({ table, what }) => `${table.name}.${what.name}`),
      ["a.id", "b.id", "b.a_id"],
    );
    await put("db/migration/V4__d.sql", "DROP INDEX i; ALTER TABLE b DROP CONSTRAINT b_a_id_fkey;");
    assert.deepEqual(model.schema.foreignKeysDeclaredIn(V1), []);
    assert.deepEqual(model.schema.indexesDeclaredIn(V2), []);
  });

  it("tells exactly what a change changes", async () => {
    assert.deepEqual(await changedBy(FILES, V2, "CREATE INDEX i ON b (a_id, id);"), ["schema:db/migration", "table:b"]);
    assert.deepEqual(await changedBy(FILES, V2, `${FILES[V2]} -- a comment`), []);
    assert.deepEqual(await changedBy(FILES, V3, "CREATE TABLE d (id int);"), [
      `declared:${V3}`,
      "schema:db/migration",
      "table:c",
      "table:d",
    ]);
    assert.deepEqual(await changedBy(FILES, V2, undefined), [`declared:${V2}`, `migration:${V3}`, "schema:db/migration", "table:b"]);
    assert.deepEqual(await changedBy(FILES, V3, undefined), [`declared:${V3}`, "schema:db/migration", "table:c"]);
    assert.deepEqual(await changedBy(FILES, "db/migration/V3__d.sql", "ALTER TABLE c ADD COLUMN x int;"), [
      "declared:db/migration/V3__d.sql",
      "migration:db/migration/V3__d.sql",
      "schema:db/migration",
      "table:c",
    ]);
    assert.deepEqual(await changedBy(FILES, "other/schema.sql", "CREATE TABLE a (x int);"), [
      "declared:other/schema.sql",
      "schema:other",
      "schemas:all",
      "table:a",
    ]);
    assert.deepEqual(await changedBy(FILES, "x/query.sql", "SELECT 1;"), []);
  });

  it("folds to the same, whatever the order of changes", async () => {
    const cold = await workspace({
      ...FILES,
      "db/migration/V1.5__x.sql": "ALTER TABLE b RENAME TO bb;",
      [V2]: "CREATE INDEX i ON bb (a_id);",
    });
    const warm = await workspace({});
    for (const [file, text] of [
      [V3, FILES[V3]],
      [V2, FILES[V2]],
      [V1, "CREATE TABLE z (id int);"],
      ["db/migration/V1.5__x.sql", "ALTER TABLE b RENAME TO bb;"],
      [V1, undefined],
      [V1, FILES[V1]],
      [V2, "CREATE INDEX i ON bb (a_id);"],
    ] as const)
      await warm.put(file, text);
    const [expected, found] = [cold, warm].map(({ model }) =>
      model.schema.schemas().map(({ id, tables, migrations }) => ({ id, tables: new Map([...tables].sort()), migrations })),
    );
    assert.deepEqual(found, expected);
    assert.ok(expected?.[0]?.tables.has("bb"));
  });

  it("notes what was looked at, also in vain", async () => {
    const { model } = await workspace(FILES);
    const reads = (work: () => void) => [...model.reads.during(work)].sort();
    assert.deepEqual(
      reads(() => model.schema.table("nope", JAVA)),
      ["schemas:all", "table:nope"],
    );
    assert.deepEqual(
      reads(() => model.schema.schemaFor(JAVA)),
      ["schema:db/migration", "schemas:all"],
    );
    assert.deepEqual(
      reads(() => model.schema.indexesDeclaredIn(V2)),
      [`declared:${V2}`, "table:b"],
    );
    assert.deepEqual(
      reads(() => model.schema.problemsOf(V2)),
      [`migration:${V2}`],
    );
  });
});
