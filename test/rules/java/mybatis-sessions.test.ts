import assert from "node:assert/strict";
import { duplicateQueryInRequest } from "../../../src/rules/java/duplicate-query-in-request.ts";
import { lookupTwice } from "../../../src/rules/java/lookup-twice.ts";
import { loopInvariantQuery } from "../../../src/rules/java/loop-invariant-query.ts";
import { queryInLoop } from "../../../src/rules/java/query-in-loop.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";

/** A service that asks a mapper of MyBatis, and the controller in front of it. */
const press = (head: string, more = ""): string => `
//- src/press/PlateMapper.java
package press;
import org.apache.ibatis.annotations.*;
public interface PlateMapper {
  @Select("SELECT * FROM plates WHERE code = #{code}") Plate byCode(@Param("code") String code);
  @Update("UPDATE plates SET used = used + 1 WHERE code = #{code}") int use(@Param("code") String code);
}
//- src/press/Plate.java
package press;
public class Plate { String code; }
//- src/press/PressService.java
package press;
import java.util.*;
import org.springframework.transaction.annotation.Transactional;
@org.springframework.stereotype.Service
${head}
public class PressService {
  private final PlateMapper plates;
  PressService(PlateMapper plates) { this.plates = plates; }
  public int twice(String code) {
    int first = plates.byCode(code).hashCode();
    return first + plates.byCode(code).hashCode();
  }
  public Plate checked(String code) {
    check(code);
    return plates.byCode(code);
  }
  private void check(String code) { if (plates.byCode(code) == null) throw new IllegalArgumentException(); }
  public void all(List<String> sheets, String code) {
    for (String sheet : sheets) print(sheet, plates.byCode(code));
  }
  public void used(List<String> sheets, String code) {
    for (String sheet : sheets) { print(sheet, plates.byCode(code)); plates.use(code); }
  }
  public int usedBetween(String code) {
    int first = plates.byCode(code).hashCode();
    plates.use(code);
    return first + plates.byCode(code).hashCode();
  }
}
//- src/press/PressController.java
package press;
import java.util.*;
import org.springframework.web.bind.annotation.*;
@RestController
class PressController {
  private final PressService press;
  PressController(PressService press) { this.press = press; }
  @GetMapping("/twice/{code}") int twice(@PathVariable String code) { return press.twice(code); }
  @GetMapping("/checked/{code}") Plate checked(@PathVariable String code) { return press.checked(code); }
  @PostMapping("/all/{code}") void all(@RequestBody List<String> sheets, @PathVariable String code) { press.all(sheets, code); }
  @PostMapping("/used/{code}") void used(@RequestBody List<String> sheets, @PathVariable String code) { press.used(sheets, code); }
}
${more}`;

async function found(fixture: string): Promise<readonly string[]> {
  const workspace = new TestWorkspace([duplicateQueryInRequest, lookupTwice, loopInvariantQuery, queryInLoop]);
  await workspace.put(parseFixture(fixture).files);
  return workspace.findings().map(({ rule, message }) => `${rule.slice("java/".length)}: ${message}`);
}

const EACH = "query-in-loop: PlateMapper.byCode runs once per element of sheets";

// metersphere's services look for a row before they load it, in one transaction.
describe("A session of MyBatis", () => {
  it("answers again what it has read in a transaction, until it writes", async () => {
    assert.deepEqual(await found(press("@Transactional")), [EACH]);
  });

  it("ends with each statement where there is no transaction", async () => {
    assert.deepEqual(await found(press("")), [
      "lookup-twice: PlateMapper.byCode is sent twice with the same arguments",
      "duplicate-query-in-request: PlateMapper.byCode asks the same in PressService.check and in PressService.checked",
      "loop-invariant-query: PlateMapper.byCode asks the same for every element of sheets",
      EACH,
    ]);
  });

  it("keeps nothing where it is configured so", async () => {
    const settings = "//- src/main/resources/application.properties\nmybatis.configuration.local-cache-scope=statement\n";
    assert.equal((await found(press("@Transactional", settings))).length, 4);
    for (const [name, value, count] of [
      ["localCacheScope", "STATEMENT", 4],
      ["localCacheScope", "SESSION", 1],
      ["lazyLoadingEnabled", "true", 1],
    ] as const) {
      const own = `//- src/main/resources/mybatis-config.xml
<!DOCTYPE configuration PUBLIC "-//mybatis.org//DTD Config 3.0//EN" "http://mybatis.org/dtd/mybatis-3-config.dtd">
<configuration><settings><setting name="${name}" value="${value}"/></settings></configuration>
`;
      assert.equal((await found(press("@Transactional", own))).length, count, `${name}=${value}`);
    }
  });

  it("is one for a mapper that says all in XML, too", async () => {
    const plain = press("@Transactional", inXml("")).replace(
      /import org\.apache\.ibatis\S+\n|@(?:Select|Update)\(.*?\) |@Param\(.*?\) /g,
      "",
    );
    assert.deepEqual(await found(plain), [EACH]);
  });

  it("forgets it before a statement that says so", async () => {
    const flushing = (policy: string): string =>
      press("@Transactional").replace('@Select("SELECT', `@Options(flushCache = Options.FlushCachePolicy.${policy}) @Select("SELECT`);
    assert.equal((await found(flushing("TRUE"))).length, 4);
    assert.deepEqual(await found(flushing("DEFAULT")), [EACH]);
    assert.equal((await found(press("@Transactional", inXml('flushCache="true"')).replace(/@Select\(.*?\) /, ""))).length, 4);
    assert.deepEqual(await found(press("@Transactional", inXml("")).replace(/@Select\(.*?\) /, "")), [EACH]);
  });

  // cBioPortal's genes of a reference genome.
  it("asks for nothing that a cache of the mapper keeps for all sessions", async () => {
    const kept = async (attributes: string, cache = "<cache readOnly='true'/>", more = ""): Promise<readonly string[]> =>
      await found(press("", inXml(attributes, cache) + more).replace(/@Select\(.*?\) /, ""));
    const settings = (value: boolean): string => `//- src/main/resources/mybatis-config.xml
<configuration><settings><setting name="cacheEnabled" value="${value}"/></settings></configuration>
`;
    assert.deepEqual(await kept(""), []);
    assert.deepEqual(await kept("", "<cache-ref namespace='press.InkMapper'/>"), []);
    assert.deepEqual(await kept("", undefined, settings(true)), []);
    assert.equal((await kept("", undefined, settings(false))).length, 4);
    assert.equal((await kept('useCache="false"')).length, 4);
    assert.equal((await kept('flushCache="true"')).length, 4);
    assert.equal((await kept("", "")).length, 4);
  });
});

/** The mapper's query in XML. */
const inXml = (attributes: string, cache = ""): string => `//- src/main/resources/mapper/PlateMapper.xml
<mapper namespace="press.PlateMapper">${cache}
  <select id="byCode" resultType="press.Plate" ${attributes}>SELECT * FROM plates WHERE code = #{code}</select>
</mapper>
`;
