import assert from "node:assert/strict";
import { queryInLoop } from "../../../../src/rules/java/query-in-loop.ts";
import { TestWorkspace } from "../../../harness/check.ts";

describe("java/query-in-loop: what is asked for until one answers", () => {
  const severities = async (round: string): Promise<readonly string[]> => {
    const workspace = new TestWorkspace([queryInLoop]);
    await workspace.put([
      ["src/main/java/shop/Branch.java", "package shop; @Entity class Branch { @Id Long id; String name; }"],
      ["src/main/java/shop/Rule.java", "package shop; @Entity class Rule { @Id Long id; Long branch; boolean open; }"],
      [
        "src/main/java/shop/Branches.java",
        "package shop; interface Branches extends JpaRepository<Branch, Long> { List<Branch> findByName(String name); }",
      ],
      [
        "src/main/java/shop/Rules.java",
        "package shop; import java.util.Optional; interface Rules extends JpaRepository<Rule, Long> { Optional<Rule> findByBranch(Long branch); }",
      ],
      [
        "src/main/java/shop/Desk.java",
        `package shop; import java.util.*; @RestController class Desk { private final Branches branches; private final Rules rules;
  @GetMapping("/rule") Object rule(String name) { Object all = null; for (Branch branch : branches.findByName(name)) { ${round} } return all; } }`,
      ],
    ]);
    return workspace.findings().map(({ severity }) => severity);
  };
  const ASK = "Optional<Rule> found = rules.findByBranch(branch.id);";

  // sci2zero/TeslaRIS-backend goes up from an institute to its university.
  it("is information, as few are asked for as a rule", async () => {
    assert.deepEqual(await severities(`${ASK} if (found.isPresent()) return found;`), ["information"]);
    assert.deepEqual(await severities(`${ASK} if (found.isPresent()) { all = found.get(); break; }`), ["information"]);
  });

  it("is a warning where the loop goes on, or something else ends it", async () => {
    assert.deepEqual(await severities(`${ASK} if (found.isPresent()) all = found.get();`), ["warning"]);
    assert.deepEqual(await severities(`${ASK} if (branch.name == null) return found;`), ["warning"]);
    assert.deepEqual(await severities(`${ASK} if (found.isPresent()) return found; else all = branch;`), ["warning"]);
  });
});
