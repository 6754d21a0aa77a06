import assert from "node:assert/strict";
import { missingIndexForQuery } from "../../../../src/rules/sql/missing-index-for-query.ts";
import { TestWorkspace } from "../../../harness/check.ts";
import { parseFixture } from "../../../harness/fixture.ts";
import { rule } from "../../../harness/rule.ts";

/** Records of MyBatis-Plus, their mappers, and one service. */
const shop = (table: string, method: string): string => `
//- src/main/resources/db/migration/V1__shop.sql
CREATE TABLE parcel (id bigint PRIMARY KEY, code text, city text, deleted int);
CREATE TABLE shop_config (id bigint PRIMARY KEY, code text);
CREATE TABLE parcel_role (parcel_id bigint, role_id bigint, PRIMARY KEY (parcel_id, role_id));
//- src/main/java/shop/Row.java
package shop;
import com.baomidou.mybatisplus.annotation.*;
@TableName("${table}") class Row { private Long id; private Long roleId; private String code; private String city; public Long getRoleId() { return roleId; } public String getCode() { return code; } public String getCity() { return city; } }
//- src/main/java/shop/RowMapper.java
package shop;
import com.baomidou.mybatisplus.core.mapper.BaseMapper;
interface RowMapper extends BaseMapper<Row> {}
//- src/main/java/shop/Rows.java
package shop;
import java.util.List;
import com.baomidou.mybatisplus.core.conditions.query.LambdaQueryWrapper;
class Rows {
  private RowMapper rows;
${method}
}
`;

const BY_CODE = "  Row byCode(String code) { return rows.selectOne(new LambdaQueryWrapper<Row>().eq(Row::getCode, code)); }";

rule(missingIndexForQuery, {
  reports: {
    "what a wrapper asks": shop(
      "parcel",
      `  Row byCode(String code) { return rows.selectOne(new LambdaQueryWrapper<Row>().eq(Row::getCode, code)); }
                                 //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡 byCode filters parcel by code without an index`,
    ),
  },
  ignores: {
    "a column that is searched for a part": shop(
      "parcel",
      "  List<Row> in(String city) { return rows.selectList(new LambdaQueryWrapper<Row>().like(Row::getCity, city)); }",
    ),
    "conditions that are put together elsewhere": shop(
      "parcel",
      "  List<Row> by(LambdaQueryWrapper<Row> given) { return rows.selectList(given.eq(Row::getCode, 1)); }",
    ),
  },
});

describe("a table that stays small by its name", () => {
  const certainty = async (source: string): Promise<string> => {
    const workspace = new TestWorkspace([missingIndexForQuery]);
    await workspace.put(parseFixture(source).files);
    return workspace
      .findings()
      .map((finding) => `${finding.severity} ${finding.certainty}`)
      .join();
  };
  it("lacks no index", async () => {
    assert.equal(await certainty(shop("shop_config", BY_CODE)), "");
  });
  it("is not one whose rows belong to those of another", async () => {
    const byRole = BY_CODE.replaceAll("Code", "RoleId").replaceAll("String code", "Long code");
    assert.equal(await certainty(shop("parcel_role", byRole)), "information likely");
  });
  it("is not one that is said to be large", async () => {
    const large = "//- performance.yaml\nversion: 1\ndatabase:\n  tables:\n    shop_config: { rows: 2000000 }\n";
    assert.equal(await certainty(shop("shop_config", BY_CODE) + large), "information likely");
  });
});
