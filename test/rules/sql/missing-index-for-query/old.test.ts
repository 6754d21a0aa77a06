import assert from "node:assert/strict";
import { missingIndexForQuery } from "../../../../src/rules/sql/missing-index-for-query.ts";
import { TestWorkspace } from "../../../harness/check.ts";
import { parseFixture } from "../../../harness/fixture.ts";

describe("the weight of an index for what has become old", () => {
  const weightOf = async (method: string, sender: string): Promise<string> => {
    const workspace = new TestWorkspace([missingIndexForQuery]);
    const { files } = parseFixture(`
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE visits (id bigint PRIMARY KEY, created_at timestamptz NOT NULL);
//- src/main/java/a/Visit.java
package a; @Entity @Table(name = "visits") class Visit { @Id Long id; Instant createdAt; }
//- src/main/java/a/Visits.java
package a; interface Visits extends JpaRepository<Visit, Long> { List<Visit> ${method}(Instant at); }
//- src/main/java/a/Desk.java
package a; @RestController class Desk { Visits visits; Desk(Visits visits) { this.visits = visits; }
  ${sender} Object some() { return visits.${method}(Instant.now()); } }
`);
    await workspace.put(files);
    return workspace
      .findings()
      .map(({ certainty, severity }) => `${certainty} ${severity}`)
      .join();
  };

  // quarano makes old cases anonymous every night.
  it("is a hint for a job that runs now and then, and information where somebody waits or what is new is asked for", async () => {
    const nightly = '@Scheduled(cron = "0 0 3 * * *")';
    assert.equal(await weightOf("findByCreatedAtBefore", nightly), "possible hint");
    assert.equal(await weightOf("findByCreatedAtAfter", nightly), "likely information");
    assert.equal(await weightOf("findByCreatedAtBefore", "@Scheduled(fixedRate = 60000)"), "likely information");
    assert.equal(await weightOf("findByCreatedAtBefore", '@GetMapping("/visits")'), "likely information");
  });
});
