import assert from "node:assert/strict";
import type { Schema } from "../../src/model/schema/schema.ts";
import { advise } from "../../src/planner/advice/advice.ts";
import { advisedQuery } from "../../src/planner/advice/advisedQuery.ts";
import { dispensable } from "../../src/planner/advice/dispensable.ts";
import type { AdvisedQuery } from "../../src/planner/advice/query.ts";
import { isUnavailable, WhatIf } from "../../src/planner/whatIf.ts";
import { plannerOfSuite, schemaOf } from "./planners.ts";
import { queriesOf, statistics, TABLES } from "./ticketTables.ts";

describe("what an advice says of its indexes", function () {
  this.timeout(60_000);
  const suite = plannerOfSuite();
  const { parser } = suite;

  it("says what an index replaces, and keeps what a query would miss", async () => {
    const schema = await schemaOf(
      `${TABLES} CREATE INDEX tickets_by_status ON tickets (status); CREATE INDEX tickets_by_owner ON tickets (owner_id);`,
    );
    const whatIf = new WhatIf(suite.planner, schema, statistics(schema, false));
    const asked = queriesOf(
      ["SELECT * FROM tickets WHERE status = $1 ORDER BY expires_at LIMIT 20", "SELECT * FROM tickets WHERE owner_id = $1"],
      schema,
      parser,
    );
    const advice = await advise(whatIf, asked);
    assert.ok(!isUnavailable(advice));
    assert.deepEqual(
      advice.indexes.map(({ sql, replaces }) => [sql, replaces.map(({ name }) => name)]),
      [["CREATE INDEX idx_tickets_status_expires_at ON tickets (status, expires_at);", ["tickets_by_status"]]],
    );
    const there = schema.tables.get("tickets")?.indexes ?? [];
    const gone = await dispensable(whatIf, there, asked);
    assert.ok(!isUnavailable(gone));
    assert.deepEqual(
      gone.map(({ name }) => name),
      ["tickets_pkey"],
    );
  });

  it("weighs queries by how often they are sent, and says what an index costs", async () => {
    const schema = await schemaOf(TABLES);
    const heat = (often: "often" | "seldom", by: string) => ({ often, by, weight: often === "often" ? 1 : 0.01 });
    const [nightly, asked, insert, update] = [
      "SELECT * FROM tickets WHERE note = $1 AND kind_id = $2 AND owner_id > 0",
      "SELECT * FROM owners WHERE city = $1",
      "INSERT INTO tickets (id, owner_id) VALUES ($1, $2)",
      "UPDATE tickets SET note = $1 WHERE id = $2",
    ].map((sql) => parsed(sql, schema));
    assert.ok(nightly !== undefined && asked !== undefined && insert !== undefined && update !== undefined);
    const advice = await advise(new WhatIf(suite.planner, schema, statistics(schema, false)), [
      { ...nightly, heat: heat("seldom", "@Scheduled purge") },
      { ...asked, heat: heat("often", "GET /owners") },
      insert,
      update,
    ]);
    assert.ok(!isUnavailable(advice));
    assert.deepEqual(
      advice.indexes.map(({ index, remarks }) => [index.name, remarks]),
      [
        ["idx_owners_city", []],
        [
          "idx_tickets_note_kind_id",
          [
            "it is read seldom: @Scheduled purge",
            `${insert.name} writes it with each row`,
            `${update.name} sets note: each update writes it, and is HOT no more`,
          ],
        ],
      ],
    );
  });

  it("plans for the most common value too, where statistics know it", async () => {
    const schema = await schemaOf(TABLES);
    const advice = await advise(
      new WhatIf(suite.planner, schema, statistics(schema, true)),
      queriesOf(
        [
          "SELECT * FROM tickets WHERE status = $1 AND owner_id = $2",
          "SELECT * FROM tickets WHERE kind_id = $1",
          "SELECT * FROM tickets WHERE status = $1 AND note <> 'costs $1'",
        ],
        schema,
        parser,
      ),
    );
    assert.ok(!isUnavailable(advice));
    const [first, second, third] = advice.queries;
    assert.deepEqual(first?.common?.values, ["status = 'EXPIRED', 90 % of the rows"]);
    assert.equal(first?.common?.before.ok && first.before.ok, true);
    assert.equal(second?.common, undefined);
    // A value in the text would end it.
    assert.equal(third?.common?.before.ok, true);
  });

  it("gives parameters the types that a driver would", async () => {
    const schema = await schemaOf(TABLES);
    const advice = await advise(
      new WhatIf(suite.planner, schema, statistics(schema, false)),
      queriesOf(["SELECT * FROM tickets WHERE ($1 IS NULL OR owner_id = $1) AND kind_id = $2"], schema, parser),
    );
    assert.ok(!isUnavailable(advice));
    assert.equal(
      advice.queries[0]?.query.sql,
      "SELECT * FROM tickets WHERE ($1::bigint IS NULL OR owner_id = $1::bigint) AND kind_id = $2::integer",
    );
    assert.equal(advice.queries[0]?.before.ok, true);
  });

  function parsed(sql: string, schema: Schema): AdvisedQuery {
    const read = advisedQuery(sql.slice(0, 20), sql, schema, parser);
    assert.ok(!("why" in read));
    return read;
  }
});
