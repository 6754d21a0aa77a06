import assert from "node:assert/strict";
import { fixAll } from "../../../src/analysis/fixAll.ts";
import { foreignKeyWithoutIndex } from "../../../src/rules/sql/foreign-key-without-index.ts";
import { TestWorkspace, testParsers } from "../../harness/check.ts";

type Files = Readonly<Record<string, string>>;

const ROOT = "src/main/resources/db/changelog";
const SHOPS = "CREATE TABLE shops (id uuid PRIMARY KEY);\n";
const DESKS = "CREATE TABLE desks (id uuid PRIMARY KEY, shop_id uuid REFERENCES shops);\n";
const INDEX = "CREATE INDEX idx_desks_shop_id ON desks (shop_id);\n";

/** What the fix of a key without an index writes, by file; afterwards no finding is left, since the fold reads it. */
async function fixed(files: Files, which: "plain" | "concurrently" = "plain"): Promise<Files> {
  const workspace = new TestWorkspace([foreignKeyWithoutIndex]);
  await workspace.put(Object.entries(files));
  assert.equal(workspace.findings().length, 1);
  const result = await fixAll({
    workspace: workspace.workspace,
    sources: { text: (file) => workspace.texts.get(file) },
    parsers: await testParsers(),
    wants: ({ fixes }) => fixes.find(({ title }) => title.endsWith(" concurrently") === (which === "concurrently")),
  });
  assert.deepEqual(result.rejected, []);
  await workspace.put(result.changed.map(({ file, after }) => [file, after]));
  assert.deepEqual(workspace.findings(), []);
  return Object.fromEntries(result.changed.map(({ file, after }) => [file, after]));
}

const ALL = '<databaseChangeLog><includeAll path="db/changelog/sql"/></databaseChangeLog>';
const sqlFile = (path: string): string => `<sqlFile path="${path}"
             relativeToChangelogFile="true"
             splitStatements="false"/>`;
const xmlLog = (...paths: readonly string[]): string => `<?xml version="1.0" encoding="UTF-8"?>
<databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog">
${paths.map((path, i) => `  <changeSet id="${i + 1}" author="ann">\n    ${sqlFile(path)}\n  </changeSet>\n`).join("")}</databaseChangeLog>
`;

describe("a statement behind plain scripts that a change log of Liquibase runs", () => {
  const numbered = { [`${ROOT}/sql/001_shops.sql`]: SHOPS, [`${ROOT}/sql/002_desks.sql`]: DESKS };
  const master = xmlLog("sql/001_shops.sql", "sql/002_desks.sql");
  const withIndex = (attributes: string, element: string): string =>
    master.replace(
      "</databaseChangeLog>",
      () =>
        `  <changeSet id="add_index_desks_shop_id" author="UNKNOWN"${attributes}>\n    ${element}\n  </changeSet>\n</databaseChangeLog>`,
    );

  it("is the next script, which a changeset runs as the others run theirs", async () => {
    assert.deepEqual(await fixed({ [`${ROOT}/db.changelog-master.xml`]: master, ...numbered }), {
      [`${ROOT}/db.changelog-master.xml`]: withIndex("", sqlFile("sql/003_add_index_desks_shop_id.sql")),
      [`${ROOT}/sql/003_add_index_desks_shop_id.sql`]: INDEX,
    });
  });

  // CMSgov/ab2d
  it("is named for its change behind a script whose words end in a number", async () => {
    const sizes = { [`${ROOT}/sql/shops.sql`]: SHOPS, [`${ROOT}/sql/raise_number_of_desks_to_50.sql`]: DESKS };
    const made = await fixed({
      [`${ROOT}/db.changelog-master.xml`]: xmlLog("sql/shops.sql", "sql/raise_number_of_desks_to_50.sql"),
      ...sizes,
    });
    assert.equal(made[`${ROOT}/sql/add_index_desks_shop_id.sql`], INDEX);
  });

  it("is sent statement by statement where it runs outside of a transaction", async () => {
    assert.deepEqual(await fixed({ [`${ROOT}/db.changelog-master.xml`]: master, ...numbered }, "concurrently"), {
      [`${ROOT}/db.changelog-master.xml`]: withIndex(
        ' dbms="postgresql" runInTransaction="false"',
        sqlFile("sql/003_add_index_desks_shop_id.sql").replace(/\s+splitStatements="false"/, ""),
      ),
      [`${ROOT}/sql/003_add_index_desks_shop_id.sql`]: INDEX.replace("INDEX", "INDEX CONCURRENTLY"),
    });
  });

  // folio-org/mod-data-export
  it("has a change log of the same name where each script has one", async () => {
    const names = ["add_shops", "add_desks", "add_desk_names"];
    const includes = names.map((name) => `  <include file="changes/${name}.xml" relativeToChangelogFile="true"/>\n`);
    const all = `<databaseChangeLog>\n${includes.join("")}</databaseChangeLog>\n`;
    const files = names.map((name) => [`${ROOT}/changes/${name}.xml`, xmlLog(`${name}.sql`)] as const);
    const made = await fixed({
      [`${ROOT}/changelog-master.xml`]: all,
      ...Object.fromEntries(files),
      [`${ROOT}/changes/add_shops.sql`]: SHOPS,
      [`${ROOT}/changes/add_desks.sql`]: DESKS,
      [`${ROOT}/changes/add_desk_names.sql`]: "ALTER TABLE desks ADD COLUMN name text;\n",
    });
    assert.deepEqual(made, {
      [`${ROOT}/changelog-master.xml`]: all.replace(
        "</databaseChangeLog>",
        '  <include file="changes/add_index_desks_shop_id.xml" relativeToChangelogFile="true"/>\n</databaseChangeLog>',
      ),
      [`${ROOT}/changes/add_index_desks_shop_id.sql`]: INDEX,
      [`${ROOT}/changes/add_index_desks_shop_id.xml`]: xmlLog("add_index_desks_shop_id.sql").replace(
        'id="1" author="ann"',
        'id="add_index_desks_shop_id" author="UNKNOWN"',
      ),
    });
  });

  it("is run as YAML runs the last one, whose comment tells of that one alone", async () => {
    const changeset = (id: string, author: string, path: string, comment = ""): string => `  - changeSet:
      id: ${id}
      author: ${author}
      changes:
        - sqlFile:
${comment}            encoding: UTF-8
            path: db/changelog/sql/${path}.sql
`;
    const log = `databaseChangeLog:\n${changeset("1", "ann", "shops")}${changeset("2", "ann", "desks", "            comment: Desks of a shop\n")}`;
    const files = { [`${ROOT}/sql/shops.sql`]: SHOPS, [`${ROOT}/sql/desks.sql`]: DESKS };
    assert.deepEqual(await fixed({ [`${ROOT}/db.changelog-master.yaml`]: log, ...files }), {
      [`${ROOT}/db.changelog-master.yaml`]: log + changeset("add_index_desks_shop_id", "UNKNOWN", "add_index_desks_shop_id"),
      [`${ROOT}/sql/add_index_desks_shop_id.sql`]: INDEX,
    });
  });

  it("stands in the changeset itself where a property says which script another one runs", async () => {
    const log = master.replace("<changeSet", '<property name="dir" value="sql"/>\n  <changeSet').replaceAll('path="sql/', `path="\${dir}/`);
    const made = await fixed({ [`${ROOT}/db.changelog-master.xml`]: log, ...numbered });
    assert.deepEqual(made, {
      [`${ROOT}/db.changelog-master.xml`]: log.replace(
        "</databaseChangeLog>",
        () =>
          `  <changeSet id="add_index_desks_shop_id" author="UNKNOWN">\n    <sql>${INDEX.trim()}</sql>\n  </changeSet>\n</databaseChangeLog>`,
      ),
    });
  });

  it("is included as they are, as a change log where only that can say how it runs", async () => {
    const include = (name: string): string => `  - include:\n      file: db/changelog/${name}.sql\n`;
    const log = `databaseChangeLog:\n${include("create-shops")}${include("create-desks")}`;
    const files = {
      [`${ROOT}/db.changelog-master.yaml`]: log,
      [`${ROOT}/create-shops.sql`]: SHOPS,
      [`${ROOT}/create-desks.sql`]: DESKS,
    };
    const longer = { [`${ROOT}/db.changelog-master.yaml`]: log + include("add-index-desks-shop-id") };
    assert.deepEqual(await fixed(files), { [`${ROOT}/add-index-desks-shop-id.sql`]: INDEX, ...longer });
    assert.deepEqual(await fixed(files, "concurrently"), {
      [`${ROOT}/add-index-desks-shop-id.sql`]: `--liquibase formatted sql

--changeset UNKNOWN:add_index_desks_shop_id runInTransaction:false dbms:postgresql
${INDEX.replace("INDEX", "INDEX CONCURRENTLY")}`,
      ...longer,
    });
  });

  it("is the next one of a folder whose names are the order", async () => {
    const made = await fixed({
      [`${ROOT}/db.changelog-master.xml`]: ALL,
      [`${ROOT}/sql/V001__shops.sql`]: SHOPS,
      [`${ROOT}/sql/V002__desks.sql`]: DESKS,
    });
    assert.deepEqual(made, { [`${ROOT}/sql/V003__add_index_desks_shop_id.sql`]: INDEX });
  });

  it("is named after the last one of a folder whose names follow no scheme, where the order of names runs it behind that one", async () => {
    const loose = { [`${ROOT}/db.changelog-master.xml`]: ALL, [`${ROOT}/sql/b.sql`]: DESKS, [`${ROOT}/sql/a.sql`]: SHOPS };
    assert.deepEqual(await fixed(loose), { [`${ROOT}/sql/b_add_index_desks_shop_id.sql`]: INDEX });
    const dashed = { [`${ROOT}/db.changelog-master.xml`]: ALL, [`${ROOT}/sql/a-shops.sql`]: SHOPS, [`${ROOT}/sql/the-desks.sql`]: DESKS };
    assert.deepEqual(await fixed(dashed), { [`${ROOT}/sql/the-desks_add-index-desks-shop-id.sql`]: INDEX });
  });

  // A changeset in what runs before the script would come before the table.
  it("does not go to an earlier change log", async () => {
    const made = await fixed({
      [`${ROOT}/db.changelog-master.xml`]:
        '<databaseChangeLog>\n  <include file="db/changelog/shops.sql"/>\n  <include file="db/changelog/desks.sql"/>\n</databaseChangeLog>\n',
      [`${ROOT}/shops.sql`]: `--liquibase formatted sql\n\n--changeset ann:1\n${SHOPS}`,
      [`${ROOT}/desks.sql`]: DESKS,
    });
    assert.deepEqual(Object.keys(made).sort(), [`${ROOT}/add_index_desks_shop_id.sql`, `${ROOT}/db.changelog-master.xml`]);
  });
});
