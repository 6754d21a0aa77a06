import assert from "node:assert/strict";
import { assignedIdMerge } from "../../../src/rules/java/assigned-id-merge.ts";
import { connectionHeldDuringSlowWork } from "../../../src/rules/java/connection-held-during-slow-work.ts";
import { countForExistence } from "../../../src/rules/java/count-for-existence.ts";
import { deleteAllLoadsEntities } from "../../../src/rules/java/delete-all-loads-entities.ts";
import { duplicateQueryInRequest } from "../../../src/rules/java/duplicate-query-in-request.ts";
import { eagerSecondarySelect } from "../../../src/rules/java/eager-secondary-select.ts";
import { limitInMemory } from "../../../src/rules/java/limit-in-memory.ts";
import { lockHotPath } from "../../../src/rules/java/lock-hot-path.ts";
import { lombokEntity } from "../../../src/rules/java/lombok-entity.ts";
import { unidirectionalOneToMany } from "../../../src/rules/java/unidirectional-one-to-many.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";

const RULES = [
  assignedIdMerge,
  connectionHeldDuringSlowWork,
  countForExistence,
  deleteAllLoadsEntities,
  duplicateQueryInRequest,
  eagerSecondarySelect,
  limitInMemory,
  lockHotPath,
  lombokEntity,
  unidirectionalOneToMany,
];

/** "rule severity" of each finding in a class that requests come to by `mapping`. */
async function found(mapping: string, body: string, annotation = "", verb = "Post", member = ""): Promise<readonly string[]> {
  const workspace = new TestWorkspace(RULES);
  await workspace.put(
    parseFixture(`
//- src/club/Badge.java
package club;
import jakarta.persistence.*;
@Entity
class Badge { @Id private String code; private String colour; Badge(String code) { this.code = code; } ${member} }
//- src/club/BadgeRepository.java
package club;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
interface BadgeRepository extends JpaRepository<Badge, String> { List<Badge> findByColour(String colour); Badge findByCode(String code); long countByColour(String colour); long countByColourNot(String colour);
  List<Badge> findByCity(String city); List<Badge> findByCityAndStreet(String city, String street); }
//- src/club/BadgeController.java
package club;
@RestController
class BadgeController {
  private BadgeService service;
  @${verb}Mapping("${mapping}") void run(String text) { service.run(text); }
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

  it("the first of rows that equality chooses, whoever asks", async () => {
    const first = "badges.findByColour(text).stream().findFirst();";
    assert.deepEqual(await found("/badges", first, "", "Get"), ["java/limit-in-memory hint"]);
    assert.deepEqual(await found("/admin/badges", first, "", "Get"), ["java/limit-in-memory hint"]);
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

  it("a lock around one statement, for those who change something; one for administrators is not said", async () => {
    const [locked, statement] = ["java/lock-hot-path", 'badges.findByColour("red");'];
    assert.deepEqual(await found("/badges", statement, "synchronized", "Get"), [`${locked} information`]);
    assert.deepEqual(await found("/badges", statement, "synchronized"), [`${locked} hint`]);
    assert.deepEqual(await found("/badges", "Thread.sleep(500);", "synchronized"), [`${locked} information`]);
    assert.deepEqual(await found("/admin/badges", statement, "synchronized", "Get"), []);
  });

  it("a count of what belongs to one, as opposed to one of a state that many are in", async () => {
    const count = (by: string): string => `if (badges.${by} > 0) throw new IllegalStateException();`;
    assert.deepEqual(await found("/badges", count("countByColour(text)")), ["java/count-for-existence hint"]);
    assert.deepEqual(await found("/badges", count("countByColourNot(text)")), ["java/count-for-existence information"]);
  });

  it("a row by its key that two methods ask for", async () => {
    const twice = (by: string): string => `badges.${by}(text); again(text); } void again(String text) { badges.${by}(text);`;
    assert.deepEqual(await found("/badges", twice("findById")), []);
    assert.deepEqual(await found("/badges", twice("findByCode"), "", "Get"), ["java/duplicate-query-in-request hint"]);
    assert.deepEqual(await found("/badges", twice("findByColour")), ["java/duplicate-query-in-request information"]);
  });

  it("references of the few rows that two values narrow", async () => {
    const eager = "private String city; private String street; @ManyToOne private Badge part;";
    const each = "java/eager-secondary-select";
    assert.deepEqual(await found("/badges", "badges.findByCity(text);", "", "Get", eager), [`${each} information`]);
    assert.deepEqual(await found("/badges", "badges.findByCityAndStreet(text, text);", "", "Get", eager), [`${each} hint`]);
  });

  it("a list that owns the keys of its rows", async () => {
    const list = (join: string): string => `@OneToMany ${join} private java.util.Set<Badge> parts;`;
    assert.deepEqual(await found("/badges", "", "", "Get", list("@JoinColumn")), ["java/unidirectional-one-to-many hint"]);
    assert.deepEqual(await found("/badges", "", "", "Get", list("")), ["java/unidirectional-one-to-many information"]);
  });

  it("what administrators delete one by one, and pairs that are compared by hand", async () => {
    const all = "badges.deleteAll(badges.findByColour(text));";
    assert.deepEqual(await found("/badges", all), ["java/delete-all-loads-entities information"]);
    assert.deepEqual(await found("/admin/badges", all), ["java/delete-all-loads-entities hint"]);
    const part = "@ManyToOne(fetch = FetchType.LAZY) private Badge part;";
    const equals = "public boolean equals(Object other) { return part.equals(((Badge) other).part); }";
    const text = 'public String toString() { return "badge of " + parts; }';
    const parts = '@OneToMany(mappedBy = "part") private java.util.List<Badge> parts;';
    assert.deepEqual(await found("/badges", "", "", "Get", `${part} ${equals}`), ["java/lombok-entity hint"]);
    assert.deepEqual(await found("/badges", "", "", "Get", `${part} ${equals} ${parts} ${text}`), ["java/lombok-entity information"]);
    assert.deepEqual(await found("/badges", "", "", "Get", `${part} ${text.replace("parts", "part")}`), ["java/lombok-entity hint"]);
  });
});
