import assert from "node:assert/strict";
import type { Planner } from "../../../src/planner/planner.ts";
import type { AnyRule } from "../../../src/rules/rule.ts";
import { countAboveZero } from "../../../src/rules/sql/count-above-zero.ts";
import { distinctCount } from "../../../src/rules/sql/distinct-count.ts";
import { functionOnColumn } from "../../../src/rules/sql/function-on-column.ts";
import { notInSubquery } from "../../../src/rules/sql/not-in-subquery.ts";
import { redundantDistinct } from "../../../src/rules/sql/redundant-distinct.ts";
import { unionWithoutDuplicates } from "../../../src/rules/sql/union-without-duplicates.ts";
import { applyEdits } from "../../../src/text/edits.ts";
import { TestWorkspace } from "../../harness/check.ts";
import { parseFixture } from "../../harness/fixture.ts";
import { describeWithPostgres } from "../../harness/postgres.ts";
import { newPlanner } from "../../planner/planners.ts";
import { shop } from "./shop.ts";

const RULES: readonly AnyRule[] = [
  functionOnColumn,
  redundantDistinct,
  notInSubquery,
  countAboveZero,
  distinctCount,
  unionWithoutDuplicates,
];

const ROWS = `
INSERT INTO users SELECT ('00000000-0000-0000-0000-0000000000' || n)::uuid, n || '@shop', CASE WHEN n % 3 = 0 THEN NULL ELSE 'c' || n % 2 END, n % 5 = 0
  FROM generate_series(10, 39) n;
INSERT INTO tickets SELECT ('00000000-0000-0000-0000-00000000' || (1000 + n))::uuid, ('00000000-0000-0000-0000-0000000000' || (10 + n % 17))::uuid,
  CASE WHEN n % 4 = 0 THEN 'a' ELSE 'b' END || n, CASE WHEN n % 3 = 0 THEN NULL ELSE 'note' || n % 7 END, '2024-05-01 22:00:00+00'::timestamptz + n * interval '1 hour' FROM generate_series(1, 120) n;
`;

/** Methods of UserRepository, and which rows are to be compared. */
const CASES: Readonly<Record<string, string>> = {
  "DISTINCT of whole rows": `@Query("select distinct u from User u where u.email like :x") List<User> q(String x);`,
  "DISTINCT in IN": `@Query("select u from User u where u.id in (select distinct t.owner.id from Ticket t where t.code like 'a%')") List<User> q();`,
  "DISTINCT of a column in IN, native": `@Query(nativeQuery = true, value = "SELECT u.id FROM users u WHERE u.id IN (SELECT DISTINCT(owner_id) FROM tickets WHERE note IS NOT NULL)") List<UUID> q();`,
  "DISTINCT of rows that are counted": `@Query("select count(distinct u) from User u where u.email like :x") long q(String x);`,
  "DISTINCT of keys that are counted, native": `@Query(nativeQuery = true, value = "SELECT COUNT(DISTINCT t.id) FROM tickets t WHERE t.note IS NOT NULL") long q();`,
  "different values that are counted": `@Query(nativeQuery = true, value = "SELECT COUNT(DISTINCT t.note) FROM tickets t") long q();`,
  "different values of joined tables": `@Query(nativeQuery = true, value = "select count(distinct u.city) from users u join tickets t on t.owner_id = u.id") long q();`,
  "UNION of arms that differ": `@Query(nativeQuery = true, value = "SELECT 'ticket' AS kind, id, note FROM tickets UNION SELECT 'user', id, city FROM users ORDER BY id") List<Object[]> q();`,
  "UNION of groups and different rows": `@Query(nativeQuery = true, value = "SELECT 1, note FROM tickets GROUP BY note UNION SELECT DISTINCT 2, city FROM users") List<Object[]> q();`,
  "IN of a UNION": `@Query(nativeQuery = true, value = "SELECT u.id FROM users u WHERE u.id IN (SELECT owner_id FROM tickets WHERE note IS NULL UNION SELECT id FROM users WHERE city IS NULL)") List<UUID> q();`,
  "NOT IN": `@Query("select u from User u where u.id not in (select t.owner.id from Ticket t)") List<User> q();`,
  "NOT IN with alternatives": `@Query(nativeQuery = true, value = "SELECT id FROM users WHERE id NOT IN (SELECT DISTINCT owner_id FROM tickets WHERE code LIKE 'a%' OR note IS NULL) AND NOT blocked") List<UUID> q();`,
  "two NOT IN": `@Query(nativeQuery = true, value = "SELECT u.id FROM users u WHERE u.id NOT IN (SELECT owner_id FROM tickets WHERE note IS NULL) AND u.email NOT IN (SELECT t.code FROM tickets t)") List<UUID> q();`,
  "a day": `@Query(nativeQuery = true, value = "SELECT t.id FROM tickets t WHERE date(t.created_at) = :x") List<UUID> q(LocalDate x);`,
  "from a day to another, not included": `@Query(nativeQuery = true, value = "SELECT id FROM tickets WHERE created_at::date > :x AND cast(created_at as date) < :y") List<UUID> q(LocalDate x, LocalDate y);`,
  "from a day to another": `@Query(nativeQuery = true, value = "SELECT id FROM tickets WHERE date(created_at) >= date(:x) AND date(created_at) <= :y") List<UUID> q(LocalDate x, LocalDate y);`,
  "count above 0": `@Query(nativeQuery = true, value = "SELECT count(*) > 0 FROM tickets WHERE code LIKE 'a1%'") boolean q();`,
  "count above 0, none": `@Query(nativeQuery = true, value = "SELECT CASE WHEN COUNT(*) > 0 THEN TRUE ELSE FALSE END FROM tickets WHERE code LIKE 'z%'") boolean q();`,
};

/** Some rules ask for what requests wait for. */
const REQUEST = [
  "src/main/java/shop/UserController.java",
  `package shop;\n@RestController\nclass UserController { UserRepository users; @GetMapping("/q") Object q() { return users.q(); } }\n`,
] as const;

/** The SQL of the method's query as it is and with the fix, and the script that makes the tables. */
async function rewritten(method: string): Promise<{ readonly before: string; readonly after: string; readonly tables: string }> {
  const workspace = new TestWorkspace(RULES);
  const { files } = parseFixture(shop({ sql: "CREATE INDEX ON tickets (created_at);", users: `  ${method}` }));
  await workspace.put([...files, REQUEST]);
  const before = sqlOf(workspace, method);
  const fix = workspace.findings().find(({ fixes }) => fixes.length > 0)?.fixes[0];
  const [edit] = fix?.edits({ text: (file) => workspace.texts.get(file) }) ?? [];
  assert.ok(edit?.kind === "change", "a finding with a fix that changes a file");
  await workspace.put([[edit.file, applyEdits(workspace.texts.get(edit.file) ?? "", edit.edits)]]);
  return { before, after: sqlOf(workspace, method), tables: workspace.texts.get("src/main/resources/db/migration/V1__init.sql") ?? "" };
}

function sqlOf({ workspace }: TestWorkspace, method: string): string {
  const { persistence, schema } = workspace.model;
  const [folded] = schema.schemas();
  const query = persistence.query("shop.UserRepository", "q");
  assert.ok(folded !== undefined && query !== undefined);
  const text = persistence.sqlOf(query, folded);
  assert.ok(text.ok, `no SQL: ${JSON.stringify(text)}`);
  const values = method.includes("LocalDate") ? ["'2024-05-03'", "'2024-05-05'"] : ["'%@shop'"];
  return text.sql.replace(/\$(\d)/g, (_, n: string) => values[Number(n) - 1] ?? "");
}

/** Where a day of the server's is none of UTC's. */
const all = (sql: string): string => `SET TIME ZONE 'America/New_York'; SELECT r::text AS r FROM (${sql}) r ORDER BY r::text`;

describeWithPostgres("statements that fixes rewrite, on a real server", (server) => {
  for (const [name, method] of Object.entries(CASES)) {
    it(name, async () => {
      const { before, after, tables } = await rewritten(method);
      assert.notEqual(after, before);
      const database = server().database();
      database.run(tables + ROWS);
      const expected = database.run(all(before));
      assert.ok(expected !== "", "rows to compare");
      assert.equal(database.run(all(after)), expected);
    });
  }
});

describe("statements that fixes rewrite, in the planner's own PostgreSQL", () => {
  let planner: Planner;
  before(async function () {
    this.timeout(60_000);
    planner = await newPlanner();
  });
  after(() => planner.close());
  for (const [name, method] of Object.entries(CASES)) {
    it(name, async () => {
      const { before, after, tables } = await rewritten(method);
      const answer = await planner.run({ key: "shop", steps: [{ kind: "sql", sql: tables + ROWS }] }, [
        { kind: "sql", sql: all(before) },
        { kind: "sql", sql: all(after) },
      ]);
      assert.ok(answer.ok);
      const [expected, rows] = answer.results;
      assert.ok(expected?.ok && rows?.ok, JSON.stringify(answer.results));
      assert.ok(expected.rows.length > 0);
      assert.deepEqual(rows.rows, expected.rows);
    });
  }
});
