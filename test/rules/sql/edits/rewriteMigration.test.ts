import assert from "node:assert/strict";
import type { AnyRule } from "../../../../src/rules/rule.ts";
import { dropIndexNotConcurrent } from "../../../../src/rules/sql/drop-index-not-concurrent.ts";
import { indexNotConcurrent } from "../../../../src/rules/sql/index-not-concurrent.ts";
import { setNotNullScan } from "../../../../src/rules/sql/set-not-null-scan.ts";
import { TestWorkspace } from "../../../harness/check.ts";
import { parseFixture } from "../../../harness/fixture.ts";

const SCHEMA = `
//- performance.yaml
version: 1
migrations: { applied: 1 }
//- db/migration/V1__init.sql
CREATE TABLE orders (id bigserial PRIMARY KEY, state text, code text);
CREATE INDEX idx_state ON orders (state);
//- src/main/resources/application.yml
spring.flyway.postgresql.transactional-lock: false
`;

/** The files that the first finding's fix changes, in order; undefined where it offers nothing. */
async function changed(rule: AnyRule, fixture: string): Promise<readonly string[] | undefined> {
  const workspace = new TestWorkspace([rule]);
  await workspace.put(parseFixture(SCHEMA + fixture).files);
  const [finding] = workspace.findings();
  assert.ok(finding !== undefined);
  return finding.fixes[0]?.edits({ text: (file) => workspace.texts.get(file) })?.map(({ file }) => file);
}

describe("a migration that is rewritten", () => {
  it("goes on in the next one that there is none of", async () => {
    const add = "//- db/migration/V2__a.sql\nALTER TABLE orders ADD COLUMN a text;\nCREATE INDEX i ON orders (a);\n";
    assert.deepEqual(await changed(indexNotConcurrent, add), ["db/migration/V2__a.sql", "db/migration/V3__create_index_i.sql"]);
    const other = "//- db/migration/V3__b.sql\nCREATE TABLE items (id bigserial);\n";
    assert.deepEqual(await changed(indexNotConcurrent, add + other), ["db/migration/V2__a.sql", "db/migration/V4__create_index_i.sql"]);
  });

  it("is left alone where one that is there may need what would run behind it", async () => {
    const add = "//- db/migration/V2__a.sql\nALTER TABLE orders ADD COLUMN a text;\nCREATE INDEX i ON orders (a);\n";
    assert.equal(await changed(indexNotConcurrent, `${add}//- db/migration/V3__b.sql\nDROP INDEX i;\n`), undefined);
    const notNull = "//- db/migration/V2__a.sql\nALTER TABLE orders ALTER COLUMN code SET NOT NULL;\n";
    assert.notEqual(await changed(setNotNullScan, notNull), undefined);
    assert.equal(await changed(setNotNullScan, `${notNull}//- db/migration/V3__b.sql\nALTER TABLE orders DROP COLUMN code;\n`), undefined);
  });

  it("is left alone where the index is made anew under its name", async () => {
    const anew = "//- db/migration/V2__a.sql\nDROP INDEX idx_state;\nCREATE UNIQUE INDEX idx_state ON orders (state);\n";
    assert.equal(await changed(dropIndexNotConcurrent, anew), undefined);
  });

  it("is left alone where Flyway would wait for itself and nobody knows the configuration", async () => {
    const workspace = new TestWorkspace([indexNotConcurrent]);
    const { files } = parseFixture(`${SCHEMA}//- db/migration/V2__a.sql\nCREATE INDEX i ON orders (code);\n`);
    await workspace.put([...files].filter(([file]) => !file.endsWith(".yml")));
    const [finding] = workspace.findings();
    assert.equal(finding?.fixes[0]?.edits({ text: (file) => workspace.texts.get(file) }), undefined);
  });
});
