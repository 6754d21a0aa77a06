import assert from "node:assert/strict";
import { addChangeset, type NewChangeset } from "../../../src/model/schema/edits/changesetEdit.ts";
import type { IndexElement } from "../../../src/model/schema/edits/indexElement.ts";
import { applyEdits } from "../../../src/text/edits.ts";

const INDEX: NewChangeset = { id: "add_index", sql: 'CREATE INDEX i ON t ("a");', alone: false };

function added(file: string, text: string, changeset = INDEX): string | undefined {
  const [edit] = addChangeset(file, text, changeset) ?? [];
  if (edit === undefined) return undefined;
  assert.ok(edit.kind === "change" && edit.file === file);
  return applyEdits(text, edit.edits);
}

describe("a changeset at the end of a change log", () => {
  it("is written in formatted SQL", () => {
    const text = "--liquibase formatted sql\n--changeset ann:1\nSELECT 1;";
    assert.equal(added("a.sql", text), `${text}\n\n--changeset UNKNOWN:add_index\nCREATE INDEX i ON t ("a");`);
    assert.equal(added("a.sql", `${text}\n`), `${text}\n\n--changeset UNKNOWN:add_index\nCREATE INDEX i ON t ("a");\n`);
    assert.match(
      added("a.sql", text, { ...INDEX, alone: true }) ?? "",
      /^--changeset UNKNOWN:add_index runInTransaction:false dbms:postgresql$/m,
    );
  });

  it("is written in XML, with the line breaks and the indentation of the file", () => {
    const text = `<databaseChangeLog>\r\n  <changeSet id="1" author="ann">\r\n    <sql>SELECT 1</sql>\r\n  </changeSet>\r\n</databaseChangeLog>\r\n`;
    const changeset = `  <changeSet id="add_index" author="UNKNOWN">\r\n    <sql>CREATE INDEX i ON t ("a");</sql>\r\n  </changeSet>\r\n`;
    assert.equal(added("a.xml", text), text.replace("</databaseChangeLog>", `${changeset}</databaseChangeLog>`));
    const partial = { id: "1", sql: "CREATE INDEX i ON t (a) WHERE b < 1;", alone: true };
    const [, tag, sql] = /(<changeSet id="1-2" author="UNKNOWN"[^>]*>)\s*<sql>(.*)<\/sql>/.exec(added("a.xml", text, partial) ?? "") ?? [];
    assert.equal(tag, '<changeSet id="1-2" author="UNKNOWN" dbms="postgresql" runInTransaction="false">');
    assert.equal(sql, "CREATE INDEX i ON t (a) WHERE b &lt; 1;");
  });

  it("is written in XML as the others are: what its attributes begin with, and an empty line between", () => {
    const one = '    <changeSet author="ann" id="1"/>';
    const two = '    <changeSet author="ann" id="2">\n    </changeSet>';
    const text = `<databaseChangeLog>\n${one.replace("/>", "></changeSet>")}\n\n${two}\n</databaseChangeLog>\n`;
    const changeset =
      '\n    <changeSet author="UNKNOWN" id="add_index">\n        <sql>CREATE INDEX i ON t ("a");</sql>\n    </changeSet>\n';
    assert.equal(added("a.xml", text), text.replace("</databaseChangeLog>", `${changeset}</databaseChangeLog>`));
  });

  it("is written in YAML of any indentation", () => {
    const text = "databaseChangeLog:\n- changeSet:\n    author: ann o'neill\n    id: 1\n    changes:\n    - sql:\n        sql: SELECT 1\n";
    assert.equal(
      added("a.yaml", text),
      `${text.trimEnd()}\n- changeSet:\n    id: add_index\n    author: UNKNOWN\n    changes:\n      - sql:\n          sql: "CREATE INDEX i ON t (\\"a\\");"\n`,
    );
    const deeper = "databaseChangeLog:\n  - changeSet:\n      id: add_index\n      author: ann\n      changes: []\n";
    assert.match(
      added("a.yml", deeper, { ...INDEX, alone: true }) ?? "",
      /\n {2}- changeSet:\n {6}id: add_index-2\n {6}author: UNKNOWN\n {6}dbms: postgresql\n {6}runInTransaction: false\n {6}changes:\n/,
    );
  });

  it("is written in JSON", () => {
    const text = '{ "databaseChangeLog": [\n  { "changeSet": { "id": "1", "author": "ann", "changes": [] } }\n] }\n';
    const log = JSON.parse(added("a.json", text, { ...INDEX, alone: true }) ?? "") as { readonly databaseChangeLog: readonly unknown[] };
    assert.deepEqual(log.databaseChangeLog[1], {
      changeSet: {
        id: "add_index",
        author: "UNKNOWN",
        dbms: "postgresql",
        runInTransaction: false,
        changes: [{ sql: { sql: INDEX.sql } }],
      },
    });
  });

  it("is none where there are no changesets, the list does not end the file, or the file is no change log", () => {
    assert.equal(added("a.sql", "SELECT 1;"), undefined);
    assert.equal(added("a.xml", "<databaseChangeLog><include file='b.xml'/></databaseChangeLog>"), undefined);
    assert.equal(added("a.yaml", "databaseChangeLog:\n- changeSet:\n    id: 1\n    author: ann\nother: 1\n"), undefined);
    assert.equal(added("a.yaml", "databaseChangeLog: [{changeSet: {id: 1, author: ann}}]\n"), undefined);
    assert.equal(added("a.json", '{ "databaseChangeLog": [] }'), undefined);
    assert.equal(added("a.groovy", "databaseChangeLog { }"), undefined);
  });

  describe("that says its changes by elements", () => {
    const element: IndexElement = {
      kind: "createIndex",
      index: "idx_desks_shopId_floor",
      table: "desks",
      namespace: undefined,
      columns: ["shopId", "floor"],
      unique: false,
    };
    const create = { ...INDEX, elements: [element] };
    const drop = { ...INDEX, elements: [{ ...element, kind: "dropIndex" as const, columns: [] }] };
    const log = (change: string): string =>
      `<databaseChangeLog>\n  <changeSet id="1" author="ann">\n    ${change}\n  </changeSet>\n</databaseChangeLog>\n`;
    const xml = log('<dropTable tableName="chairs"/>');

    it("has the index as an element of XML", () => {
      const made = added("a.xml", xml, create) ?? "";
      assert.ok(
        made.endsWith(`  <changeSet id="add_index" author="UNKNOWN">
    <createIndex indexName="idx_desks_shopId_floor" tableName="desks">
      <column name="shopId"/>
      <column name="floor"/>
    </createIndex>
  </changeSet>
</databaseChangeLog>
`),
        made,
      );
      const unique = { ...create, elements: [{ ...element, unique: true, namespace: "hall" }] };
      assert.ok(
        added("a.xml", xml, unique)?.includes(
          '<createIndex indexName="idx_desks_shopId_floor" schemaName="hall" tableName="desks" unique="true">',
        ),
      );
      assert.ok(added("a.xml", xml, drop)?.includes('\n    <dropIndex indexName="idx_desks_shopId_floor" tableName="desks"/>\n'));
    });

    it("has it as an element of YAML and of JSON", () => {
      const yaml =
        "databaseChangeLog:\n  - changeSet:\n      id: 1\n      author: ann\n      changes:\n        - dropTable:\n            tableName: chairs\n";
      const made = added("a.yaml", yaml, create) ?? "";
      assert.ok(
        made.endsWith(`      changes:
        - createIndex:
            indexName: idx_desks_shopId_floor
            tableName: desks
            columns:
              - column:
                  name: shopId
              - column:
                  name: floor
`),
        made,
      );
      const json =
        '{ "databaseChangeLog": [\n  { "changeSet": { "id": "1", "author": "ann", "changes": [{ "dropTable": { "tableName": "chairs" } }] } }\n] }\n';
      const read = JSON.parse(added("a.json", json, drop) ?? "") as { readonly databaseChangeLog: readonly unknown[] };
      assert.deepEqual(read.databaseChangeLog[1], {
        changeSet: {
          id: "add_index",
          author: "UNKNOWN",
          changes: [{ dropIndex: { indexName: "idx_desks_shopId_floor", tableName: "desks" } }],
        },
      });
    });

    it("has several of them in one changeset", () => {
      const other = { ...element, index: "idx_floors", kind: "dropIndex" as const, columns: [] };
      const both = { ...drop, elements: [...drop.elements, other] };
      const lines = ["idx_desks_shopId_floor", "idx_floors"].map((name) => `    <dropIndex indexName="${name}" tableName="desks"/>\n`);
      assert.ok(added("a.xml", xml, both)?.includes(`UNKNOWN">\n${lines.join("")}  </changeSet>`));
      const yaml =
        "databaseChangeLog:\n  - changeSet:\n      id: 1\n      author: ann\n      changes:\n        - dropTable:\n            tableName: a\n";
      const items = ["idx_desks_shopId_floor", "idx_floors"].map(
        (name) => `        - dropIndex:\n            indexName: ${name}\n            tableName: desks\n`,
      );
      assert.ok(added("a.yaml", yaml, both)?.endsWith(`      changes:\n${items.join("")}`));
      // One that elements cannot say makes SQL of all.
      assert.ok(
        added("a.xml", xml, { ...both, elements: [...both.elements, { ...other, index: "Idx 3" }] })?.includes(`<sql>${INDEX.sql}`),
      );
    });

    it("has SQL where indexes are made so, or where Liquibase would spell a name otherwise", () => {
      const isSql = (text: string, changeset: NewChangeset): boolean => added("a.xml", text, changeset)?.includes(INDEX.sql) === true;
      assert.ok(isSql(log("<sql>CREATE INDEX a ON b (c);</sql><dropTable/>"), create));
      assert.ok(isSql(log("<sql>UPDATE desks SET floor = 1;</sql>"), create));
      assert.ok(isSql(xml, { ...create, elements: [{ ...element, table: "DESKS" }] }));
      assert.ok(isSql(xml, { ...create, elements: [{ ...element, columns: ["shop id"] }] }));
      assert.ok(isSql(xml.replace("<databaseChangeLog", '<databaseChangeLog objectQuotingStrategy="QUOTE_ONLY_RESERVED_WORDS"'), create));
    });
  });
});
