import assert from "node:assert/strict";
import { assignedIdMerge } from "../../../src/rules/java/assigned-id-merge.ts";
import { connectionHeldDuringSlowWork } from "../../../src/rules/java/connection-held-during-slow-work.ts";
import { limitInMemory } from "../../../src/rules/java/limit-in-memory.ts";
import { lockHotPath } from "../../../src/rules/java/lock-hot-path.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";

const RULES = [assignedIdMerge, connectionHeldDuringSlowWork, limitInMemory, lockHotPath];

/** "rule severity" of each finding in a class that requests come to by `mapping`. */
async function found(mapping: string, body: string, annotation = ""): Promise<readonly string[]> {
  const workspace = new TestWorkspace(RULES);
  await workspace.put(
    parseFixture(`
//- src/club/Badge.java
package club;
import jakarta.persistence.*;
@Entity
class Badge { @Id private String code; private String colour; Badge(String code) { this.code = code; } }
//- src/club/BadgeRepository.java
package club;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
interface BadgeRepository extends JpaRepository<Badge, String> { List<Badge> findByColour(String colour); }
//- src/club/BadgeController.java
package club;
@RestController
class BadgeController {
  private BadgeService service;
  @PostMapping("${mapping}") void run(String text) { service.run(text); }
}
//- src/club/BadgeService.java
package club;
import java.util.*;
import javax.imageio.ImageIO;
import org.springframework.security.crypto.password.PasswordEncoder;
@Service
class BadgeService {
  private BadgeRepository badges;
  private PasswordEncoder encoder;
  ${annotation} void run(String text) { ${body} }
}
`).files,
  );
  return workspace.findings().map(({ rule, severity }) => `${rule} ${severity}`);
}

describe("what is seldom done, or soon over, is said quietly", () => {
  it("a password that is set in a transaction, as opposed to one that is compared", async () => {
    const held = "java/connection-held-during-slow-work";
    const set = 'badges.deleteById("a"); encoder.encode(text);';
    assert.deepEqual(await found("/badges", set, "@Transactional"), [`${held} hint`]);
    assert.deepEqual(await found("/badges", 'badges.deleteById("a"); encoder.matches(text, text);', "@Transactional"), [
      `${held} information`,
    ]);
  });

  it("pictures that administrators have computed in a transaction", async () => {
    const held = "java/connection-held-during-slow-work";
    const draws = 'badges.deleteById("a"); ImageIO.read(text);';
    assert.deepEqual(await found("/badges", draws, "@Transactional"), [`${held} information`]);
    assert.deepEqual(await found("/admin/badges", draws, "@Transactional"), [`${held} hint`]);
  });

  it("one row that is looked up before it is inserted", async () => {
    assert.deepEqual(await found("/badges", "badges.save(new Badge(text));"), ["java/assigned-id-merge hint"]);
    assert.deepEqual(await found("/badges", 'for (String code : text.split(",")) badges.save(new Badge(code));'), [
      "java/assigned-id-merge information",
    ]);
  });

  it("the first of a list, where a cache keeps it", async () => {
    const first = "badges.findAll().get(0);";
    assert.deepEqual(await found("/badges", first), ["java/limit-in-memory information"]);
    assert.deepEqual(await found("/badges", first, '@Cacheable("badges")'), ["java/limit-in-memory hint"]);
  });

  it("a lock that only administrators wait for", async () => {
    assert.deepEqual(await found("/badges", 'badges.deleteById("a");', "synchronized"), ["java/lock-hot-path information"]);
    assert.deepEqual(await found("/admin/badges", 'badges.deleteById("a");', "synchronized"), []);
  });
});
