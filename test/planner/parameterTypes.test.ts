import assert from "node:assert/strict";
import { assumedStatistics, sizesOfSchema } from "../../src/planner/statistics/assumed.ts";
import { isUnavailable, WhatIf } from "../../src/planner/whatIf.ts";
import { plannerOfSuite, schemaOf } from "./planners.ts";

const TABLES = "CREATE TABLE tickets (id bigint PRIMARY KEY, owner_id uuid, note text, due timestamptz, made timestamp);";

/** A query, and with which types it is planned. */
const CASES: Readonly<Record<string, readonly [sql: string, typed: string]>> = {
  "types that PostgreSQL finds are left to it": ["SELECT * FROM tickets WHERE id = $1", "SELECT * FROM tickets WHERE id = $1"],
  "a test for NULL has the type of the other place": [
    "SELECT * FROM tickets WHERE ($1 IS NULL OR id = $1)",
    "SELECT * FROM tickets WHERE ($1::bigint IS NULL OR id = $1::bigint)",
  ],
  "what is put into a text is one, beside a test for NULL": [
    "SELECT * FROM tickets WHERE ($1 IS NULL OR due > $1) AND note ILIKE concat('%', $2, '%')",
    "SELECT * FROM tickets WHERE ($1::timestamp with time zone IS NULL OR due > $1::timestamp with time zone) AND note ILIKE concat('%', $2::text, '%')",
  ],
  "a cast that is written as a function": [
    "SELECT * FROM tickets WHERE owner_id = uuid($1) OR owner_id = uuid($2)",
    "SELECT * FROM tickets WHERE owner_id = uuid($1::text) OR owner_id = uuid($2::text)",
  ],
  "one name with two types is two parameters": [
    "UPDATE tickets SET due = $1, made = $1 WHERE id = $2",
    "UPDATE tickets SET due = $1::timestamp with time zone, made = $3::timestamp without time zone WHERE id = $2::bigint",
  ],
  "a list that is asked for its presence": [
    "SELECT * FROM tickets WHERE CAST($1 AS text) IS NULL OR note = ANY ($1)",
    "SELECT * FROM tickets WHERE CAST($1::text AS text) IS NULL OR note = ANY ($2::text[])",
  ],
  "what stands in quotes is no parameter": [
    "SELECT * FROM tickets WHERE note <> 'it costs $1' AND ($1 IS NULL OR id = $1)",
    "SELECT * FROM tickets WHERE note <> 'it costs $1' AND ($1::bigint IS NULL OR id = $1::bigint)",
  ],
  "what PostgreSQL refuses for another reason stays as it is": [
    "SELECT * FROM nowhere WHERE id = $1",
    "SELECT * FROM nowhere WHERE id = $1",
  ],
};

describe("types of parameters", function () {
  this.timeout(60_000);
  const suite = plannerOfSuite();

  for (const [what, [sql, expected]] of Object.entries(CASES)) {
    it(what, async () => {
      const whatIf = await started();
      const typed = await whatIf.typed([{ sql, byDriver: true }]);
      assert.ok(!isUnavailable(typed));
      assert.equal(typed[0]?.sql, expected);
      const [planned] = (await whatIf.plan([{ sql: expected, with: [], without: [] }])) as readonly { readonly ok: boolean }[];
      assert.equal(planned?.ok, !sql.includes("nowhere"));
    });
  }

  it("says which parameters have one value", async () => {
    const typed = await (await started()).typed([{ sql: "UPDATE tickets SET due = $1, made = $1 WHERE id = $2", byDriver: true }]);
    assert.ok(!isUnavailable(typed));
    assert.deepEqual([...(typed[0]?.same ?? [])], [[3, 1]]);
  });

  it("leaves a file alone whose parameters are what they are", async () => {
    const sql = "UPDATE tickets SET due = $1, made = $1 WHERE id = $2";
    const typed = await (await started()).typed([{ sql }]);
    assert.deepEqual(typed, [{ sql, same: new Map() }]);
  });

  async function started(): Promise<WhatIf> {
    const schema = await schemaOf(TABLES);
    const statistics = assumedStatistics(
      schema,
      sizesOfSchema(() => undefined),
      "usual",
    );
    return new WhatIf(suite.planner, schema, statistics);
  }
});
