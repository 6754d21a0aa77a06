import assert from "node:assert/strict";
import { purgeWithoutIndex } from "../../../src/rules/sql/purge-without-index.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { rule } from "../../harness/rule.ts";

const SCHEMA = `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE visits (id bigserial PRIMARY KEY, state text NOT NULL, seen_at timestamptz NOT NULL, seen_ms bigint);
`;
const SMALL = `
//- performance.yaml
version: 1
database: { tables: { visits: { rows: 900 } } }
`;
const job = (period: string): string => `
//- src/main/java/shop/PurgeJob.java
package shop;
class PurgeJob {
    private final VisitRepository visits;
    @Scheduled(${period}) void purge() { visits.deleteBySeenAtBefore(Instant.now()); }
}
`;

rule(purgeWithoutIndex, {
  reports: {
    "a derived delete that a job sends every minute": `${SCHEMA}
//- src/main/java/shop/Visit.java
package shop;
@Entity @Table(name = "visits")
class Visit { @Id Long id; String state; Instant seenAt; }
//- src/main/java/shop/VisitRepository.java
package shop;
interface VisitRepository extends JpaRepository<Visit, Long> {
    void deleteBySeenAtBefore(Instant limit);
       //^^^^^^^^^^^^^^^^^^^^ 💡 deleteBySeenAtBefore deletes from visits by seen_at, which no index starts with
}
${job("fixedRate = 60000")}
`,
    "a statement beside a test that no index serves": `${SCHEMA}
//- src/main/java/shop/Visit.java
package shop;
@Entity @Table(name = "visits")
class Visit { @Id Long id; String state; Instant seenAt; }
//- src/main/java/shop/VisitRepository.java
package shop;
interface VisitRepository extends JpaRepository<Visit, Long> {
    @Modifying @Query("delete from Visit v where v.state = :state and v.seenAt < :limit") int purge(String state, Instant limit);
                                                                                            //^^^^^ 💡
}
`,
    "SQL in a job": `${SCHEMA}
//- src/main/java/shop/PurgeJob.java
package shop;
class PurgeJob {
    private final JdbcTemplate jdbc;
    @Scheduled(fixedRate = 30000) void purge() { jdbc.update("delete from visits where seen_at < now() - interval '30 days'"); }
                                               //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 💡
}
`,
    "an index in which the time comes second": `${SCHEMA}CREATE INDEX ON visits (state, seen_at);
//- src/main/java/shop/Visit.java
package shop;
@Entity @Table(name = "visits")
class Visit { @Id Long id; String state; Instant seenAt; }
//- src/main/java/shop/VisitRepository.java
package shop;
interface VisitRepository extends JpaRepository<Visit, Long> {
    void deleteBySeenAtBefore(Instant limit);
       //^^^^^^^^^^^^^^^^^^^^ 💡
    void deleteBySeenMsBefore(long limit);
}
`,
    "a time that most rows do not have": `${SCHEMA}ALTER TABLE visits ADD COLUMN deleted_at timestamptz;
//- src/main/java/shop/Visit.java
package shop;
@Entity @Table(name = "visits")
class Visit { @Id Long id; String state; Instant seenAt; Instant deletedAt; }
//- src/main/java/shop/VisitRepository.java
package shop;
interface VisitRepository extends JpaRepository<Visit, Long> {
    void deleteByDeletedAtBefore(Instant limit);
       //^^^^^^^^^^^^^^^^^^^^^^^ 💡 deleteByDeletedAtBefore deletes from visits by deleted_at, which no index starts with
}
`,
  },
  ignores: {
    "an index on the time": `${SCHEMA}CREATE INDEX ON visits (seen_at);
//- src/main/java/shop/Visit.java
package shop;
@Entity @Table(name = "visits")
class Visit { @Id Long id; String state; Instant seenAt; }
//- src/main/java/shop/VisitRepository.java
package shop;
interface VisitRepository extends JpaRepository<Visit, Long> {
    void deleteBySeenAtBefore(Instant limit);
}
${job("fixedRate = 60000")}
`,
    "an index that keeps the order of rows": `${SCHEMA}CREATE INDEX ON visits USING brin (seen_at);
//- src/main/java/shop/Visit.java
package shop;
@Entity @Table(name = "visits")
class Visit { @Id Long id; String state; Instant seenAt; }
//- src/main/java/shop/VisitRepository.java
package shop;
interface VisitRepository extends JpaRepository<Visit, Long> {
    void deleteBySeenAtBefore(Instant limit);
}
`,
    "an index that finds the rows by another test": `${SCHEMA}CREATE INDEX ON visits (state);
//- src/main/java/shop/Visit.java
package shop;
@Entity @Table(name = "visits")
class Visit { @Id Long id; String state; Instant seenAt; }
//- src/main/java/shop/VisitRepository.java
package shop;
interface VisitRepository extends JpaRepository<Visit, Long> {
    @Modifying @Query("delete from Visit v where v.state = :state and v.seenAt < :limit") int purge(String state, Instant limit);
}
`,
    "a query beside it that lacks the same index": `${SCHEMA}
//- src/main/java/shop/Visit.java
package shop;
@Entity @Table(name = "visits")
class Visit { @Id Long id; String state; Instant seenAt; }
//- src/main/java/shop/VisitRepository.java
package shop;
interface VisitRepository extends JpaRepository<Visit, Long> {
    List<Visit> findByStateAndSeenAtBefore(String state, Instant limit);
    void deleteBySeenAtBefore(Instant limit);
}
`,
    "a small table": `${SMALL}${SCHEMA.trim()}
//- src/main/java/shop/Visit.java
package shop;
@Entity @Table(name = "visits")
class Visit { @Id Long id; String state; Instant seenAt; }
//- src/main/java/shop/VisitRepository.java
package shop;
interface VisitRepository extends JpaRepository<Visit, Long> {
    void deleteBySeenAtBefore(Instant limit);
}
${job("fixedRate = 60000")}
`,
    "a table in partitions": `
//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE visits (id bigint, state text, seen_at timestamptz) PARTITION BY RANGE (seen_at);
//- src/main/java/shop/Visit.java
package shop;
@Entity @Table(name = "visits")
class Visit { @Id Long id; String state; Instant seenAt; }
//- src/main/java/shop/VisitRepository.java
package shop;
interface VisitRepository extends JpaRepository<Visit, Long> {
    void deleteBySeenAtBefore(Instant limit);
}
`,
    "rows to come, and rows between two times": `${SCHEMA}
//- src/main/java/shop/Visit.java
package shop;
@Entity @Table(name = "visits")
class Visit { @Id Long id; String state; Instant seenAt; Instant deletedAt; }
//- src/main/java/shop/VisitRepository.java
package shop;
interface VisitRepository extends JpaRepository<Visit, Long> {
    void deleteBySeenAtAfter(Instant limit);
    @Modifying @Query("delete from Visit v where :from <= v.seenAt and v.seenAt < :to") int replace(Instant from, Instant to);
}
`,
    "a number that is no time, and reads": `${SCHEMA}ALTER TABLE visits ADD COLUMN score int;
//- src/main/java/shop/Visit.java
package shop;
@Entity @Table(name = "visits")
class Visit { @Id Long id; String state; Instant seenAt; }
//- src/main/java/shop/VisitRepository.java
package shop;
interface VisitRepository extends JpaRepository<Visit, Long> {
    List<Visit> findBySeenAtBefore(Instant limit);
    void deleteByIdLessThan(Long id);
}
`,
  },
  fixes: {
    "a time that most rows do not have": `
//- src/main/resources/db/migration/V2__add_index_visits_deleted_at.sql
CREATE INDEX idx_visits_deleted_at ON visits (deleted_at) WHERE deleted_at IS NOT NULL;
`,
    "a derived delete that a job sends every minute": `
//- src/main/resources/db/migration/V2__add_index_visits_seen_at.sql
CREATE INDEX idx_visits_seen_at ON visits (seen_at);
`,
  },
  applied: {
    "a derived delete that a job sends every minute": {
      difference: ["+ index CREATE INDEX idx_visits_seen_at ON public.visits USING btree (seen_at)"],
    },
  },
});

describe("the weight of a purge without an index", () => {
  const weightOf = async (table: string, period: string): Promise<string> => {
    const workspace = new TestWorkspace([purgeWithoutIndex]);
    const { files } = parseFixture(
      `//- src/main/resources/db/migration/V1__init.sql
CREATE TABLE ${table} (id bigserial PRIMARY KEY, seen_at timestamptz NOT NULL);
//- src/main/java/shop/PurgeJob.java
package shop;
class PurgeJob {
    private final JdbcTemplate jdbc;
    @Scheduled(${period}) void purge() { jdbc.update("delete from ${table} where seen_at < now() - interval '30 days'"); }
}
`,
    );
    await workspace.put(files);
    return workspace
      .findings()
      .map(({ certainty, severity }) => `${certainty} ${severity}`)
      .join();
  };

  it("hangs on how often it happens and on whether the table grows", async () => {
    assert.equal(await weightOf("access_log", "fixedRate = 60000"), "likely warning");
    // One row a server: sechub's pds_heartbeat.
    assert.equal(await weightOf("heartbeats", "fixedRate = 60000"), "likely information");
    assert.equal(await weightOf("access_log", 'cron = "0 0 3 * * *"'), "likely information");
    assert.equal(await weightOf("heartbeats", 'cron = "0 0 3 * * *"'), "possible hint");
  });
});
