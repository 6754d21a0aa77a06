import assert from "node:assert/strict";
import { formulaIn } from "../../../src/model/persistence/mapping/formulas.ts";
import { modelOf } from "../../harness/model.ts";

const FILES = `
//- src/main/resources/db/migration/V1__all.sql
CREATE TABLE clubs (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE members (id bigint PRIMARY KEY, club_id bigint NOT NULL, state text NOT NULL);
//- src/main/java/a/Club.java
package a;
import org.hibernate.annotations.Formula;
@Entity @Table(name = "clubs") class Club {
  @Id Long id;
  String name;
  @Formula("(select count(*) from members m where m.club_id = id and m.state = 'OPEN')") int open;
  @Formula("upper(name)") String title;
}
`;

describe("formulas", () => {
  const columns = new Set(["id", "name", "from_day"]);
  const CASES: Readonly<Record<string, string>> = {
    "upper(name)": "upper(c.name)",
    "(select count(*) from members m where m.club_id = id)": "(select count(*) from members m where m.club_id = c.id)",
    "(select max(m.name) from name m where m.id = ID)": "(select max(m.name) from name m where m.id = c.ID)",
    "case when name = 'id' then 1 else from_day end": "case when c.name = 'id' then 1 else c.from_day end",
    "name(other)": "name(other)",
    'coalesce("name", title)': 'coalesce("name", title)',
  };
  for (const [text, expected] of Object.entries(CASES)) {
    it(`have the row's alias: ${text}`, () => assert.equal(formulaIn(text, columns, "c"), expected));
  }

  it("with a subquery are queries of their entity", async () => {
    const model = await modelOf(FILES);
    const [only, ...others] = model.persistence.formulas.all();
    assert.ok(only !== undefined);
    assert.deepEqual(others, []);
    assert.deepEqual([only.repository, only.method, only.scans.map(({ table }) => table)], ["a.Club", "open", ["clubs", "members"]]);
    const schema = model.schema.schemaFor(only.at.file);
    assert.ok(schema !== undefined);
    const sql = model.persistence.sqlOf(only, schema);
    assert.ok(sql.ok);
    assert.match(
      sql.sql,
      /^select \(select count\(\*\) from members m where m\.club_id = (\w+)\.id and m\.state = 'OPEN'\) from clubs \1$/,
    );
  });

  it("find rows by the columns that they ask for", async () => {
    const model = await modelOf(FILES);
    assert.deepEqual(model.persistence.lookupsBy("members", "club_id"), [["state"]]);
  });
});
