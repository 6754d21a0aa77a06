import assert from "node:assert/strict";
import { foreignKeyWithoutIndex } from "../../src/rules/sql/foreign-key-without-index.ts";
import { functionOnColumn } from "../../src/rules/sql/function-on-column.ts";
import { indexNotConcurrent } from "../../src/rules/sql/index-not-concurrent.ts";
import { missingIndexForQuery } from "../../src/rules/sql/missing-index-for-query.ts";
import { redundantIndex } from "../../src/rules/sql/redundant-index.ts";
import { uniqueIndexMissing } from "../../src/rules/sql/unique-index-missing.ts";
import { TestWorkspace } from "../harness/check.ts";
import { fixedAll } from "../harness/fixedAll.ts";

describe("fixing all findings of migrations", () => {
  it("gives every new migration a version of its own", async () => {
    const workspace = new TestWorkspace([foreignKeyWithoutIndex, redundantIndex]);
    await workspace.put([
      ["db/migration/V1__a.sql", "CREATE TABLE p (id int PRIMARY KEY);\nCREATE TABLE a (id int PRIMARY KEY, p_id int REFERENCES p);\n"],
      ["db/migration/V2__b.sql", "CREATE TABLE b (id int PRIMARY KEY, p_id int REFERENCES p);\nCREATE INDEX again ON b (id);\n"],
    ]);
    const result = await fixedAll(workspace);
    assert.deepEqual(
      result.changed.map(({ file, before }) => [file, before]),
      [
        ["db/migration/V3__add_index_a_p_id.sql", undefined],
        ["db/migration/V4__add_index_b_p_id.sql", undefined],
        ["db/migration/V5__drop_index_again.sql", undefined],
      ],
    );
    assert.deepEqual(result.rejected, []);
  });

  it("adds no index for one that it has just added", async () => {
    const workspace = new TestWorkspace([missingIndexForQuery, uniqueIndexMissing, redundantIndex]);
    await workspace.put([
      ["src/main/resources/db/migration/V1__a.sql", "CREATE TABLE badge (id bigint PRIMARY KEY, code text NOT NULL);\n"],
      ["src/main/java/a/Badge.java", "package a;\n@Entity class Badge { @Id Long id; String code; }\n"],
      [
        "src/main/java/a/BadgeRepository.java",
        "package a;\ninterface BadgeRepository extends JpaRepository<Badge, Long> {\n  Optional<Badge> findByCode(String code);\n}\n",
      ],
    ]);
    const result = await fixedAll(workspace);
    assert.deepEqual(
      result.changed.map(({ file, after }) => [file, after.trim()]),
      [["src/main/resources/db/migration/V2__add_index_badge_code.sql", "CREATE INDEX idx_badge_code ON badge (code);"]],
    );
    assert.deepEqual(result.rejected, []);
  });

  it("adds the index that another one, which it has just added, has behind its first key", async () => {
    const workspace = new TestWorkspace([missingIndexForQuery]);
    await workspace.put([
      [
        "src/main/resources/db/migration/V1__a.sql",
        "CREATE TABLE badge (id bigint PRIMARY KEY, code text NOT NULL, owner text NOT NULL);\n",
      ],
      ["src/main/java/a/Badge.java", "package a;\n@Entity class Badge { @Id Long id; String code; String owner; }\n"],
      [
        "src/main/java/a/BadgeRepository.java",
        "package a;\ninterface BadgeRepository extends JpaRepository<Badge, Long> {\n  List<Badge> findByCodeAndOwner(String code, String owner);\n  List<Badge> findByOwner(String owner);\n}\n",
      ],
    ]);
    const result = await fixedAll(workspace);
    assert.deepEqual(
      result.changed.map(({ after }) => after.trim()),
      ["CREATE INDEX idx_badge_code_owner ON badge (code, owner);", "CREATE INDEX idx_badge_owner ON badge (owner);"],
    );
  });

  it("makes an index that it has just added unique where that is asked for as well", async () => {
    const workspace = new TestWorkspace([missingIndexForQuery, uniqueIndexMissing, redundantIndex]);
    const changelog = "src/main/resources/db/changelog/db.changelog-master.yaml";
    const changesets = `databaseChangeLog:
  - changeSet:
      id: tables
      author: kim
      changes:
        - sql:
            sql: "CREATE TABLE badge (id bigint PRIMARY KEY, code text NOT NULL);"
`;
    const repository =
      "package a;\ninterface BadgeRepository extends JpaRepository<Badge, Long> {\n  Optional<Badge> findByCode(String code);\n  boolean existsByCode(String code);\n}\n";
    const desk =
      "package a;\n@Service class Desk { BadgeRepository badges; boolean isTaken(String code) { return badges.existsByCode(code); } }\n";
    const badge = "package a;\n@Entity class Badge { @Id Long id; String code; }\n";
    for (const [migration, text, changed, made] of [
      [
        "src/main/resources/db/migration/V1__a.sql",
        "CREATE TABLE badge (id bigint PRIMARY KEY, code text NOT NULL);\n",
        "src/main/resources/db/migration/V2__add_index_badge_code.sql",
        "CREATE UNIQUE INDEX idx_badge_code ON badge (code);\n",
      ],
      [
        changelog,
        changesets,
        changelog,
        `${changesets.trimEnd()}
  - changeSet:
      id: add_index_badge_code
      author: UNKNOWN
      changes:
        - sql:
            sql: "CREATE UNIQUE INDEX idx_badge_code ON badge (code);"
`,
      ],
    ] as const) {
      await workspace.put([
        [migration, text],
        ["src/main/java/a/Badge.java", badge],
        ["src/main/java/a/BadgeRepository.java", repository],
        ["src/main/java/a/Desk.java", desk],
      ]);
      const result = await fixedAll(workspace, { history: { changed: new Map() } });
      assert.deepEqual(
        result.changed.map(({ file, after }) => [file, after]),
        [[changed, made]],
      );
      await workspace.put([
        [migration, undefined],
        [changed, undefined],
      ]);
    }
  });

  it("adds the widest index first, and drops what was there before it", async () => {
    const workspace = new TestWorkspace([foreignKeyWithoutIndex, missingIndexForQuery, redundantIndex]);
    const folder = "src/main/resources/db/migration";
    await workspace.put([
      [
        `${folder}/V1__a.sql`,
        `CREATE TABLE p (id bigint PRIMARY KEY);
CREATE TABLE badge (id bigint PRIMARY KEY, p_id bigint NOT NULL REFERENCES p, code text NOT NULL);
CREATE INDEX badge_code ON badge (code);
`,
      ],
      ["src/main/java/a/Badge.java", "package a;\n@Entity class Badge { @Id Long id; Long pId; String code; Instant givenAt; }\n"],
      [
        "src/main/java/a/BadgeRepository.java",
        `package a;
interface BadgeRepository extends JpaRepository<Badge, Long> {
  List<Badge> findByPId(Long p);
  List<Badge> findByPIdAndCode(Long p, String code);
}
`,
      ],
    ]);
    const fixed = async () => (await fixedAll(workspace, { history: { changed: new Map() } })).changed;
    const changed = await fixed();
    assert.equal(changed.filter(({ after }) => after.startsWith("CREATE INDEX")).length, 1);
    await workspace.put(changed.map(({ file, after }) => [file, after] as const));
    assert.deepEqual(await fixed(), []);
  });

  it("judges what it has added as a migration that has not run", async () => {
    const workspace = new TestWorkspace([foreignKeyWithoutIndex, indexNotConcurrent]);
    const properties = "src/main/resources/application.properties";
    await workspace.put([
      [properties, "spring.datasource.url=jdbc:postgresql://db/shop\n"],
      [
        "src/main/resources/db/migration/V1__a.sql",
        "CREATE TABLE p (id int PRIMARY KEY);\nCREATE TABLE a (id int PRIMARY KEY, p_id int REFERENCES p);\n",
      ],
    ]);
    const result = await fixedAll(workspace, { history: { changed: new Map() } });
    assert.deepEqual(
      result.changed.map(({ file, after }) => [file, after]),
      [
        [properties, "spring.datasource.url=jdbc:postgresql://db/shop\nspring.flyway.postgresql.transactional-lock=false\n"],
        [
          "src/main/resources/db/migration/V2__add_index_a_p_id.sql",
          "DROP INDEX CONCURRENTLY IF EXISTS idx_a_p_id;\nCREATE INDEX CONCURRENTLY idx_a_p_id ON a (p_id);\n",
        ],
      ],
    );
    assert.deepEqual(result.rejected, []);
  });

  it("rewrites a query for an index that it has just added", async () => {
    const workspace = new TestWorkspace([missingIndexForQuery, functionOnColumn]);
    const repository = (condition: string) => `package a;
interface BadgeRepository extends JpaRepository<Badge, Long> {
  List<Badge> findByGivenAt(OffsetDateTime at);
  @Query(value = "SELECT * FROM badge b WHERE ${condition}", nativeQuery = true)
  List<Badge> of(LocalDate day);
}
`;
    await workspace.put([
      ["src/main/resources/db/migration/V1__a.sql", "CREATE TABLE badge (id bigint PRIMARY KEY, given_at timestamptz NOT NULL);\n"],
      ["src/main/java/a/Badge.java", "package a;\n@Entity class Badge { @Id Long id; OffsetDateTime givenAt; }\n"],
      ["src/main/java/a/BadgeRepository.java", repository("date(b.given_at) = :day")],
    ]);
    const result = await fixedAll(workspace);
    assert.deepEqual(
      result.changed.map(({ file, after }) => [file, after.trim()]),
      [
        [
          "src/main/java/a/BadgeRepository.java",
          repository("b.given_at >= CAST(:day AS date) AND b.given_at < CAST(:day AS date) + 1").trim(),
        ],
        ["src/main/resources/db/migration/V2__add_index_badge_given_at.sql", "CREATE INDEX idx_badge_given_at ON badge (given_at);"],
      ],
    );
    assert.deepEqual(result.rejected, []);
  });
});
