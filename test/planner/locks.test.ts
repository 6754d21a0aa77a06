import assert from "node:assert/strict";
import { locksOf, sinceVersion } from "../../src/planner/locks.ts";
import type { Planner } from "../../src/planner/planner.ts";
import { isUnavailable } from "../../src/planner/whatIf.ts";
import { newPlanner, schemaOf } from "./planners.ts";

const BEFORE = `
CREATE TABLE owners (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE tickets (id int PRIMARY KEY, owner_id bigint, status varchar(10), amount numeric(10, 2), note text, at timestamp);
ALTER TABLE tickets ADD CONSTRAINT positive CHECK (amount > 0);
CREATE INDEX tickets_by_status ON tickets (status);
`;

/** Each statement, and what it locks: "rewrites" where all rows are written anew. */
const CASES: Readonly<Record<string, string>> = {
  "CREATE INDEX i ON tickets (owner_id)": "tickets SHARE",
  "CREATE INDEX CONCURRENTLY i ON tickets (owner_id)": "tickets SHARE UPDATE EXCLUSIVE",
  "DROP INDEX tickets_by_status": "tickets ACCESS EXCLUSIVE",
  "ALTER TABLE tickets ADD COLUMN paid boolean DEFAULT false": "tickets ACCESS EXCLUSIVE",
  "ALTER TABLE tickets ADD COLUMN token uuid DEFAULT gen_random_uuid()": "tickets ACCESS EXCLUSIVE rewrites",
  "ALTER TABLE tickets ADD COLUMN made timestamptz DEFAULT now()": "tickets ACCESS EXCLUSIVE",
  "ALTER TABLE tickets ADD COLUMN twice numeric GENERATED ALWAYS AS (amount * 2) STORED": "tickets ACCESS EXCLUSIVE rewrites",
  "ALTER TABLE tickets ADD COLUMN twice numeric GENERATED ALWAYS AS (amount * 2) VIRTUAL": "tickets ACCESS EXCLUSIVE",
  "ALTER TABLE tickets ALTER COLUMN status TYPE varchar(20)": "tickets ACCESS EXCLUSIVE",
  "ALTER TABLE tickets ALTER COLUMN status TYPE text": "tickets ACCESS EXCLUSIVE",
  "ALTER TABLE tickets ALTER COLUMN status TYPE varchar(5)": "tickets ACCESS EXCLUSIVE rewrites",
  "ALTER TABLE tickets ALTER COLUMN id TYPE bigint": "tickets ACCESS EXCLUSIVE rewrites",
  "ALTER TABLE tickets ALTER COLUMN at TYPE timestamptz": "tickets ACCESS EXCLUSIVE rewrites outside of UTC",
  "ALTER TABLE tickets ALTER COLUMN amount TYPE numeric(12, 2)": "tickets ACCESS EXCLUSIVE",
  "ALTER TABLE tickets ALTER COLUMN note SET NOT NULL": "tickets ACCESS EXCLUSIVE",
  "ALTER TABLE tickets ADD CONSTRAINT f FOREIGN KEY (owner_id) REFERENCES owners (id)":
    "owners SHARE ROW EXCLUSIVE, tickets SHARE ROW EXCLUSIVE",
  "ALTER TABLE tickets ADD CONSTRAINT c CHECK (amount > 0) NOT VALID": "tickets ACCESS EXCLUSIVE",
  "ALTER TABLE tickets ADD CONSTRAINT u UNIQUE (note)": "tickets ACCESS EXCLUSIVE",
  "ALTER TABLE tickets DROP CONSTRAINT positive": "tickets ACCESS EXCLUSIVE",
  "ALTER TABLE tickets DROP COLUMN note": "tickets ACCESS EXCLUSIVE",
  "ALTER TABLE tickets RENAME TO passes": "tickets ACCESS EXCLUSIVE",
  "UPDATE tickets SET note = '' WHERE note IS NULL": "tickets ROW EXCLUSIVE",
  "CREATE TABLE parts (id int PRIMARY KEY, ticket_id int REFERENCES tickets (id))": "tickets SHARE ROW EXCLUSIVE",
  "ALTER TABLE nowhere ADD COLUMN a int": 'relation "nowhere" does not exist',
};

describe("locks of a migration", function () {
  this.timeout(60_000);
  let planner: Planner;

  before(async () => {
    planner = await newPlanner();
  });
  after(() => planner.close());

  for (const [sql, expected] of Object.entries(CASES)) {
    it(sql, async () => {
      assert.deepEqual(await shown(BEFORE, [sql]), [expected]);
    });
  }

  it("are seen where the statements before have run, and nothing stays", async () => {
    const sql = ["ALTER TABLE tickets ADD COLUMN paid boolean", "CREATE INDEX i ON tickets (paid)", "DROP TABLE owners"];
    const expected = ["tickets ACCESS EXCLUSIVE", "tickets SHARE", "owners ACCESS EXCLUSIVE"];
    assert.deepEqual(await shown(BEFORE, sql), expected);
    assert.deepEqual(await shown(BEFORE, sql), expected);
  });

  it("are those of PostgreSQL 18; what older ones refuse is known", () => {
    assert.equal(sinceVersion("ALTER TABLE t ADD COLUMN a int GENERATED ALWAYS AS (b + 1) VIRTUAL"), 18);
    assert.equal(sinceVersion("ALTER TABLE t ADD CONSTRAINT n NOT NULL c NOT VALID"), 18);
    assert.equal(sinceVersion("CREATE UNIQUE INDEX i ON t (a) NULLS NOT DISTINCT"), 15);
    assert.equal(sinceVersion("ALTER TABLE t DETACH PARTITION p CONCURRENTLY"), 14);
    assert.equal(sinceVersion("ALTER TABLE t ADD CONSTRAINT c CHECK (a IS NOT NULL) NOT VALID"), 12);
  });

  async function shown(before: string, statements: readonly string[]): Promise<readonly string[]> {
    const answers = await locksOf(planner, await schemaOf(before), statements);
    assert.ok(!isUnavailable(answers), JSON.stringify(answers));
    return answers.map((answer) =>
      answer.ok
        ? answer.locks
            .map(
              ({ table, mode, rewrites }) =>
                `${table} ${mode}${rewrites === false ? "" : rewrites === true ? " rewrites" : ` rewrites ${rewrites}`}`,
            )
            .join(", ")
        : answer.why,
    );
  }
});
