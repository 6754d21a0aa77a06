import assert from "node:assert/strict";
import { foreignKeyWithoutIndex } from "../../../src/rules/sql/foreign-key-without-index.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { fixedAll } from "../../harness/fixedAll.ts";

type Files = Readonly<Record<string, string>>;

/** What the fixes of keys without an index write, by file; afterwards no finding is left, since the fold reads it. */
async function fixed(files: Files): Promise<Files> {
  const workspace = new TestWorkspace([foreignKeyWithoutIndex]);
  await workspace.put(Object.entries(files));
  assert.notEqual(workspace.findings().length, 0);
  const result = await fixedAll(workspace);
  assert.deepEqual(result.rejected, []);
  await workspace.put(result.changed.map(({ file, after }) => [file, after]));
  assert.deepEqual(workspace.findings(), []);
  return Object.fromEntries(result.changed.map(({ file, after }) => [file, after]));
}

const ROOT = "src/main/resources/db/changelog";
const SHOPS = "CREATE TABLE shops (id uuid PRIMARY KEY);";
const DESKS = "CREATE TABLE desks (id uuid PRIMARY KEY, shop_id uuid REFERENCES shops);";

const xmlLog = (...changes: readonly string[]): string => `<?xml version="1.0" encoding="UTF-8"?>
<databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
                   objectQuotingStrategy="QUOTE_ONLY_RESERVED_WORDS">
    <!-- What it is about. -->
${changes.map((sql, i) => `    <changeSet id="${i + 1}" author="ann"><sql>${sql}</sql></changeSet>`).join("\n")}
</databaseChangeLog>
`;
const yamlLog = (sql: string): string =>
  `databaseChangeLog:\n  - changeSet:\n      id: 1\n      author: ann\n      changes:\n        - sql:\n            sql: ${sql}\n`;
const sqlLog = (sql: string): string => `--liquibase formatted sql\n\n--changeset ann:1\n${sql}\n`;
const jsonLog = (sql: string): string =>
  `${JSON.stringify({ databaseChangeLog: [{ changeSet: { id: "1", author: "ann", changes: [{ sql: { sql } }] } }] }, undefined, 2)}\n`;

describe("a changeset where each change has a file", () => {
  it("is a new file that the master includes behind the others, in XML", async () => {
    const master = `<databaseChangeLog>
    <include file="changes/001-shops.xml" relativeToChangelogFile="true"/>
    <include file="changes/002-desks.xml" relativeToChangelogFile="true" context="!test"/>
    <!-- <include file="changes/000-old.xml"/> -->
    <!-- new ones come here -->
</databaseChangeLog>
`;
    const made = await fixed({
      [`${ROOT}/master.xml`]: master,
      [`${ROOT}/changes/001-shops.xml`]: xmlLog(SHOPS),
      [`${ROOT}/changes/002-desks.xml`]: xmlLog(DESKS),
    });
    assert.deepEqual(made, {
      [`${ROOT}/changes/003-add-index-desks-shop-id.xml`]: `<?xml version="1.0" encoding="UTF-8"?>
<databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
                   objectQuotingStrategy="QUOTE_ONLY_RESERVED_WORDS">
    <changeSet id="add_index_desks_shop_id" author="UNKNOWN">
        <sql>CREATE INDEX idx_desks_shop_id ON desks (shop_id);</sql>
    </changeSet>
</databaseChangeLog>
`,
      [`${ROOT}/master.xml`]: master.replace(
        ' context="!test"/>\n',
        ' context="!test"/>\n    <include file="changes/003-add-index-desks-shop-id.xml" relativeToChangelogFile="true"/>\n',
      ),
    });
  });

  // gridsuite/user-admin-server
  it("is a file for each of two changes whose files would have one name", async () => {
    const include = (time: string): string => `    <include file="changelog_${time}.xml" relativeToChangelogFile="true"/>\n`;
    const master = (...times: readonly string[]): string => `<databaseChangeLog>\n${times.map(include).join("")}</databaseChangeLog>\n`;
    const before = ["20240130T120000Z", "20240131T120000Z", "20240201T120000Z"] as const;
    const made = await fixed({
      [`${ROOT}/master.xml`]: master(...before),
      [`${ROOT}/changelog_${before[0]}.xml`]: xmlLog(SHOPS),
      [`${ROOT}/changelog_${before[1]}.xml`]: xmlLog(DESKS),
      [`${ROOT}/changelog_${before[2]}.xml`]: xmlLog(DESKS.replace("desks", "doors")),
    });
    assert.deepEqual(Object.keys(made).sort(), [
      `${ROOT}/changelog_20240201T120001Z.xml`,
      `${ROOT}/changelog_20240201T120002Z.xml`,
      `${ROOT}/master.xml`,
    ]);
    assert.equal(made[`${ROOT}/master.xml`], master(...before, "20240201T120001Z", "20240201T120002Z"));
    assert.match(made[`${ROOT}/changelog_20240201T120001Z.xml`] ?? "", /<changeSet id="add_index_desks_shop_id"/);
    assert.match(made[`${ROOT}/changelog_20240201T120002Z.xml`] ?? "", /<changeSet id="add_index_doors_shop_id"/);
  });

  it("is a new file that the master includes in YAML, whatever notation the file has", async () => {
    const block =
      "databaseChangeLog:\n  - include:\n      file: db/changelog/20240130120000_shops.sql\n  - include:\n      file: db/changelog/20240131235959_desks.sql\n";
    const files = { [`${ROOT}/20240130120000_shops.sql`]: sqlLog(SHOPS), [`${ROOT}/20240131235959_desks.sql`]: sqlLog(DESKS) };
    assert.deepEqual(await fixed({ [`${ROOT}/db.changelog-master.yaml`]: block, ...files }), {
      [`${ROOT}/20240201000000_add_index_desks_shop_id.sql`]:
        "--liquibase formatted sql\n\n--changeset UNKNOWN:add_index_desks_shop_id\nCREATE INDEX idx_desks_shop_id ON desks (shop_id);\n",
      [`${ROOT}/db.changelog-master.yaml`]: `${block}  - include:\n      file: db/changelog/20240201000000_add_index_desks_shop_id.sql\n`,
    });
    const flow =
      "databaseChangeLog:\n- include: { file: V1_shops.yml, relativeToChangelogFile: true }\n- include: { file: V2_desks.yml, relativeToChangelogFile: true }";
    const made = await fixed({
      [`${ROOT}/master.yml`]: flow,
      [`${ROOT}/V1_shops.yml`]: yamlLog(SHOPS),
      [`${ROOT}/V2_desks.yml`]: yamlLog(DESKS),
    });
    assert.equal(made[`${ROOT}/master.yml`], `${flow}\n- include: { file: V3_add_index_desks_shop_id.yml, relativeToChangelogFile: true }`);
    assert.equal(
      made[`${ROOT}/V3_add_index_desks_shop_id.yml`],
      `databaseChangeLog:
  - changeSet:
      id: add_index_desks_shop_id
      author: UNKNOWN
      changes:
        - sql:
            sql: "CREATE INDEX idx_desks_shop_id ON desks (shop_id);"
`,
    );
  });

  it("is a new file in JSON, and one without a description where the others have none", async () => {
    const master =
      '{ "databaseChangeLog": [\n  { "include": { "file": "changes/changelog-009.json", "relativeToChangelogFile": true } },\n  { "include": { "file": "changes/changelog-010.json", "relativeToChangelogFile": true } }\n] }\n';
    const made = await fixed({
      [`${ROOT}/master.json`]: master,
      [`${ROOT}/changes/changelog-009.json`]: jsonLog(SHOPS),
      [`${ROOT}/changes/changelog-010.json`]: jsonLog(DESKS),
    });
    assert.deepEqual(Object.keys(made).sort(), [`${ROOT}/changes/changelog-011.json`, `${ROOT}/master.json`]);
    assert.deepEqual(JSON.parse(made[`${ROOT}/changes/changelog-011.json`] ?? ""), {
      databaseChangeLog: [
        {
          changeSet: {
            id: "add_index_desks_shop_id",
            author: "UNKNOWN",
            changes: [{ sql: { sql: "CREATE INDEX idx_desks_shop_id ON desks (shop_id);" } }],
          },
        },
      ],
    });
    const included = JSON.parse(made[`${ROOT}/master.json`] ?? "") as { readonly databaseChangeLog: readonly unknown[] };
    assert.deepEqual(included.databaseChangeLog[2], { include: { file: "changes/changelog-011.json", relativeToChangelogFile: true } });
  });

  // gridsuite/directory-server
  it("is a new file that is dated to the second behind the last one, as Liquibase's diffs are", async () => {
    const names = ["changelog_20240131T093000Z", "changelog_20240131T235959Z"];
    const made = await fixed({
      [`${ROOT}/master.xml`]: `<databaseChangeLog>\n${names.map((name) => `    <include file="changes/${name}.xml" relativeToChangelogFile="true"/>\n`).join("")}</databaseChangeLog>\n`,
      [`${ROOT}/changes/${names[0]}.xml`]: xmlLog(SHOPS),
      [`${ROOT}/changes/${names[1]}.xml`]: xmlLog(DESKS),
    });
    assert.deepEqual(Object.keys(made).sort(), [`${ROOT}/changes/changelog_20240201T000000Z.xml`, `${ROOT}/master.xml`]);
  });

  it("is a new file alone, where the master takes all in a folder, one for each finding", async () => {
    const made = await fixed({
      [`${ROOT}/master.yaml`]: "databaseChangeLog:\n  - includeAll:\n      path: db/changelog/changes/\n",
      [`${ROOT}/changes/2024-01-31-01-shops.yaml`]: yamlLog(SHOPS),
      [`${ROOT}/changes/2024-02-01-01-desks.yaml`]: yamlLog(DESKS),
      [`${ROOT}/changes/2024-02-01-02-bills.yaml`]: yamlLog(DESKS.replace("desks", "bills")),
    });
    assert.deepEqual(Object.keys(made).sort(), [
      `${ROOT}/changes/2024-02-01-03-add-index-desks-shop-id.yaml`,
      `${ROOT}/changes/2024-02-01-04-add-index-bills-shop-id.yaml`,
    ]);
  });

  it("is a new file that is named for what it changes, where the list alone says in which order they run", async () => {
    const names = ["create-shops.xml", "create-desks.xml", "create-bills.xml"];
    const made = await fixed({
      [`${ROOT}/master.xml`]: `<databaseChangeLog>\n${names.map((name) => `  <include file="/changes/v2/${name}" relativeToChangelogFile="true"></include>`).join("\n")}\n</databaseChangeLog>\n`,
      [`${ROOT}/changes/v2/create-shops.xml`]: xmlLog(SHOPS),
      [`${ROOT}/changes/v2/create-desks.xml`]: xmlLog(DESKS),
      [`${ROOT}/changes/v2/create-bills.xml`]: xmlLog("CREATE TABLE bills (id uuid PRIMARY KEY);"),
    });
    assert.deepEqual(Object.keys(made).sort(), [`${ROOT}/changes/v2/add-index-desks-shop-id.xml`, `${ROOT}/master.xml`]);
    const last =
      '  <include file="/changes/v2/add-index-desks-shop-id.xml" relativeToChangelogFile="true"></include>\n</databaseChangeLog>\n';
    assert.ok(made[`${ROOT}/master.xml`]?.endsWith(last));
  });

  it("is appended where files are releases, are named for tables, or would not run in the order of their numbers", async () => {
    const many = xmlLog(SHOPS, ...[1, 2, 3].map((i) => `CREATE TABLE t${i} (id uuid PRIMARY KEY);`));
    const includes = (...names: readonly string[]): string =>
      `<databaseChangeLog>${names.map((name) => `<include file="${name}" relativeToChangelogFile="true"/>`).join("")}</databaseChangeLog>`;
    const releases = await fixed({
      [`${ROOT}/master.xml`]: includes("release-1.xml", "release-2.xml"),
      [`${ROOT}/release-1.xml`]: many,
      [`${ROOT}/release-2.xml`]: many.replaceAll("t1", "u1").replaceAll("t2", "u2").replaceAll("t3", "u3").replace(SHOPS, DESKS),
    });
    assert.deepEqual(Object.keys(releases), [`${ROOT}/release-2.xml`]);
    const named = await fixed({
      [`${ROOT}/master.xml`]: includes("shops.xml", "desks.xml"),
      [`${ROOT}/shops.xml`]: xmlLog(SHOPS),
      [`${ROOT}/desks.xml`]: xmlLog(DESKS),
    });
    assert.deepEqual(Object.keys(named), [`${ROOT}/desks.xml`]);
    const unpadded = await fixed({
      [`${ROOT}/master.xml`]: '<databaseChangeLog><includeAll path="changes" relativeToChangelogFile="true"/></databaseChangeLog>',
      [`${ROOT}/changes/8-shops.xml`]: xmlLog(SHOPS),
      [`${ROOT}/changes/9-desks.xml`]: xmlLog(DESKS),
    });
    assert.deepEqual(Object.keys(unpadded), [`${ROOT}/changes/9-desks.xml`]);
  });
});
