import assert from "node:assert/strict";
import type { LockForm } from "../../src/facts/sql/operationFacts.ts";
import { LOCK_TABLE, lockOf } from "../../src/model/schema/locks.ts";
import { locksOf, sinceVersion } from "../../src/planner/locks.ts";
import { isUnavailable } from "../../src/planner/whatIf.ts";
import { splitStatements } from "../../src/syntax/sql/sqlSplitter.ts";
import { LOCK_SETUP, LOCK_STATEMENTS } from "../harness/lockStatements.ts";
import { describeWithPostgres } from "../harness/postgres.ts";
import { plannerOfSuite, schemaOf } from "./planners.ts";

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

/** What the oracle and the table cannot be compared in, and why. */
const NOT_COMPARED: Readonly<Partial<Record<LockForm, string>>> = {
  "rename index": "the table speaks of the index itself, the oracle of tables",
};

/** What older versions refuse, and since when it is known. */
const SINCE: readonly (readonly [sql: string, since: number])[] = [
  ["ALTER TABLE tickets ADD COLUMN a int GENERATED ALWAYS AS (id + 1) VIRTUAL", 18],
  ["ALTER TABLE tickets ADD CONSTRAINT n NOT NULL note NOT VALID", 18],
  ["ALTER TABLE tickets ADD CONSTRAINT k CHECK (id > 0) NOT ENFORCED", 18],
  ["ALTER TABLE tickets ADD COLUMN k uuid DEFAULT uuidv7()", 18],
  ["CREATE UNIQUE INDEX i ON tickets (note) NULLS NOT DISTINCT", 15],
  ["ALTER TABLE tickets SET ACCESS METHOD heap", 15],
  ["ALTER TABLE tickets ALTER COLUMN note SET COMPRESSION pglz", 14],
  ["ALTER TABLE tickets ADD COLUMN k uuid DEFAULT gen_random_uuid()", 13],
  ["ALTER TABLE tickets ADD CONSTRAINT c CHECK (id IS NOT NULL) NOT VALID", 12],
];

describeWithPostgres("versions of statements on a real server", (server) => {
  it("are refused by servers that are older", () => {
    const { major } = server();
    const database = server().database();
    database.run(BEFORE);
    const takes = ([sql]: readonly [string, number]): boolean => {
      try {
        database.run(`BEGIN; ${sql}; ROLLBACK;`);
        return true;
      } catch {
        return false;
      }
    };
    assert.deepEqual(
      SINCE.map((one) => [one[0], takes(one)]),
      SINCE.map(([sql, since]) => [sql, since <= major]),
    );
    assert.deepEqual(
      SINCE.map(([sql]) => sinceVersion(sql)),
      SINCE.map(([, since]) => since),
    );
  });
});

describe("locks of a migration", function () {
  this.timeout(60_000);
  const suite = plannerOfSuite();

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

  it("are those that the table of forms says, for every form that runs in a transaction", async () => {
    const schema = await schemaOf(LOCK_SETUP);
    const replayed = splitStatements(LOCK_SETUP).map(({ start, end }) => LOCK_SETUP.slice(start, end));
    const [seen, said]: [string[], string[]] = [[], []];
    for (const [form, [sql, table, other]] of Object.entries(LOCK_STATEMENTS) as [LockForm, readonly [string, string, string?]][]) {
      if (NOT_COMPARED[form] !== undefined) continue;
      const answers = await locksOf(suite.planner, schema, [sql], replayed);
      assert.ok(!isUnavailable(answers));
      const [answer] = answers;
      const row = lockOf(form);
      assert.ok(answer !== undefined && row !== undefined);
      const of = (name: string | undefined) => (answer.ok ? answer.locks.find((lock) => lock.table === name) : undefined);
      seen.push(
        `${form}: ${answer.ok ? [of(table)?.mode, ...(other === undefined ? [] : [of(other)?.mode])].join(", ") : answer.why}${of(table)?.rewrites === true ? ", rewrites" : ""}`,
      );
      // TRUNCATE and REFRESH write new files for other reasons than a changed row.
      const rewrites = row.work === "rewrite" || form === "truncate" || form === "refresh materialized view";
      said.push(`${form}: ${[row.lock, ...(other === undefined ? [] : [row.other])].join(", ")}${rewrites ? ", rewrites" : ""}`);
    }
    assert.deepEqual(seen, said);
  });

  it("are known since the version that the table of forms says", () => {
    for (const [form, [sql]] of Object.entries(LOCK_STATEMENTS)) {
      const since = LOCK_TABLE.find((row) => row.form === form)?.since;
      // What the statement of the test uses besides its form: gen_random_uuid().
      assert.equal(sinceVersion(sql), form === "add column with volatile default" ? 13 : since, form);
    }
  });

  async function shown(before: string, statements: readonly string[]): Promise<readonly string[]> {
    const answers = await locksOf(suite.planner, await schemaOf(before), statements);
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
