import assert from "node:assert/strict";
import { countForExistence } from "../../../src/rules/java/count-for-existence.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";

/** A mapper as MyBatis Generator makes it, and a controller that asks it. */
const depot = (body: string): string => `
//- src/depot/CrateMapper.java
package depot;
import java.util.List;
import org.apache.ibatis.annotations.*;
public interface CrateMapper { long countByExample(CrateExample example); List<Crate> selectByExample(CrateExample example); }
//- src/depot/CrateExample.java
package depot;
public class CrateExample { public Criteria createCriteria() { return null; } public Criteria or() { return null; } public void clear() {} }
//- src/depot/Crate.java
package depot;
public class Crate { Long id; String shelf; boolean full; }
//- src/main/resources/depot/CrateMapper.xml
<mapper namespace="depot.CrateMapper">
  <sql id="where"><where><foreach collection="oredCriteria" item="one"><if test="one.valid">\${one.condition} #{one.value}</if></foreach></where></sql>
  <select id="countByExample" resultType="java.lang.Long">select count(*) from crate <if test="_parameter != null"><include refid="where"/></if></select>
  <select id="selectByExample" resultType="depot.Crate">select id, shelf, full from crate <if test="_parameter != null"><include refid="where"/></if></select>
</mapper>
//- src/depot/CrateController.java
package depot;
import org.springframework.web.bind.annotation.*;
@RestController
class CrateController {
  private final CrateMapper crates;
  CrateController(CrateMapper crates) { this.crates = crates; }
  @GetMapping("/any/{id}") boolean any(@PathVariable String id) {
    CrateExample example = new CrateExample();
    ${body}
  }
}
`;

async function severities(body: string): Promise<readonly string[]> {
  const workspace = new TestWorkspace([countForExistence]);
  await workspace.put(parseFixture(depot(body)).files);
  return workspace.findings().map(({ severity, message }) => `${severity} ${message.replace(/ every row.*/, "")}`);
}

// metersphere: whether a name is taken, whether a parent is there.
describe("java/count-for-existence of MyBatis Generator's Examples", () => {
  it("informs where nothing or only a constant is asked", async () => {
    const found = ["information CrateMapper.countByExample counts"];
    assert.deepEqual(await severities("example.createCriteria().andFullEqualTo(true); return crates.countByExample(example) > 0;"), found);
    assert.deepEqual(await severities("example.createCriteria().andShelfLike(id); return crates.countByExample(example) > 0;"), found);
    const emptied = "example.createCriteria().andIdEqualTo(id); example.clear(); example.createCriteria().andIdNotEqualTo(id);";
    assert.deepEqual(await severities(`${emptied} return crates.countByExample(example) > 0;`), found);
  });

  it("hints where one value says whose rows are meant", async () => {
    const criteria =
      "CrateExample.Criteria criteria = example.createCriteria(); criteria.andFullEqualTo(true); criteria.andShelfEqualTo(id);";
    assert.deepEqual(await severities(`${criteria} return crates.countByExample(example) > 0;`), [
      "hint CrateMapper.countByExample counts",
    ]);
  });

  it("leaves rows alone that are asked for by their key", async () => {
    const criteria = "example.createCriteria().andFullEqualTo(true).andIdEqualTo(id);";
    assert.deepEqual(await severities(`${criteria} return crates.countByExample(example) == 0;`), []);
    assert.deepEqual(await severities(`${criteria} return crates.selectByExample(example).isEmpty();`), []);
  });
});
