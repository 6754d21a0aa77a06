import assert from "node:assert/strict";
import type { Index, Schema, Table } from "../../src/model/schema/schema.ts";
import { indexesOf, nodesOf, planText } from "../../src/planner/plan.ts";
import { assumedStatistics, sizesOfSchema } from "../../src/planner/statistics/assumed.ts";
import { type Candidate, isUnavailable, type Planned, type Question, WhatIf } from "../../src/planner/whatIf.ts";
import { newPlanner, plannerOfSuite, schemaOf } from "./planners.ts";

const TICKETS = `
CREATE TYPE ticket_status AS ENUM ('ISSUED', 'USED', 'EXPIRED');
CREATE TABLE owners (id bigint PRIMARY KEY, "displayName" text NOT NULL);
CREATE TABLE tickets (id bigint PRIMARY KEY, owner_id bigint NOT NULL REFERENCES owners (id), status ticket_status NOT NULL, expires_at timestamptz, position geometry(Point, 4326));
CREATE INDEX tickets_by_owner ON tickets (owner_id);
CREATE UNIQUE INDEX owners_by_name ON owners (lower("displayName"));
`;

describe("what if", function () {
  this.timeout(60_000);
  const suite = plannerOfSuite();

  it("plans on a schema whose tables have no rows as if they had a million", async () => {
    const { whatIf } = await started(TICKETS);
    const [found, all, joined] = await plans(whatIf, [
      ask("SELECT * FROM tickets WHERE owner_id = $1"),
      ask("SELECT * FROM tickets WHERE expires_at < $1"),
      ask(
        `SELECT * FROM tickets t JOIN owners o ON o.id = t.owner_id WHERE lower(o."displayName") = $1 AND t.status = 'USED'::ticket_status`,
      ),
    ]);
    assert.deepEqual(indexesOf(found), ["tickets_by_owner"]);
    assert.equal(all.type, "Seq Scan");
    assert.equal(all.rows, 333_333);
    assert.ok(indexesOf(joined).includes("owners_by_name"), planText(joined));
  });

  it("says what of the schema it does not see as it is", async () => {
    const { whatIf } = await started(
      `${TICKETS} CREATE EXTENSION postgis; CREATE INDEX places ON tickets USING gist (position gist_geometry_ops);`,
    );
    const remarks = await whatIf.remarks();
    assert.ok(!isUnavailable(remarks));
    assert.deepEqual(remarks, [
      "extension postgis is not there",
      "type geometry is planned as text",
      'index places was left out: operator class "gist_geometry_ops" does not exist for access method "gist"',
    ]);
    const [near, other] = (await whatIf.plan([
      ask("SELECT * FROM tickets WHERE ST_DWithin(position, $1, 5)"),
      ask("SELECT 1 FROM tickets"),
    ])) as readonly Planned[];
    assert.match(near?.ok === false ? near.why : "", /^function st_dwithin\(.*\) does not exist$/);
    assert.equal(other?.ok, true);
  });

  it("compares with indexes that might be, and leaves none behind", async () => {
    const { whatIf, schema } = await started(TICKETS);
    const candidate = btree(tableOf(schema, "tickets"), "advised", ["expires_at"]);
    const query = "SELECT * FROM tickets ORDER BY expires_at LIMIT 20";
    const [without, with_] = await plans(whatIf, [ask(query), { ...ask(query), with: ["advised"] }], [candidate]);
    assert.ok(nodesOf(without).some(({ type }) => type === "Sort"));
    assert.deepEqual(indexesOf(with_), ["advised"]);
    assert.ok(with_.totalCost * 100 < without.totalCost, `${without.totalCost} ${with_.totalCost}`);
    const [again] = await plans(whatIf, [ask(query)]);
    assert.deepEqual(again, without);
  });

  it("plans without an index that is there", async () => {
    const { whatIf, schema } = await started(TICKETS);
    const [owners] = tableOf(schema, "tickets").indexes.filter(({ name }) => name === "tickets_by_owner");
    const query = ask("SELECT * FROM tickets WHERE owner_id = $1");
    const [with_, without, again] = await plans(whatIf, [query, { ...query, without: [owners as Index] }, query]);
    assert.equal(without.type, "Seq Scan");
    assert.deepEqual(again, with_);
  });

  it("gives PostgreSQL's words where a query does not plan, and goes on", async () => {
    const { whatIf } = await started(TICKETS);
    const answers = await whatIf.plan([ask("SELECT * FROM reports"), ask("SELECT * FROM tickets")]);
    assert.ok(!isUnavailable(answers));
    assert.deepEqual(answers[0], { ok: false, why: 'relation "reports" does not exist' });
    assert.equal(answers[1]?.ok, true);
  });

  it("answers that it cannot when the planner does not start", async () => {
    const lame = await newPlanner({ script: "/nowhere/planner.cjs" });
    const schema = await schemaOf(TICKETS);
    const whatIf = new WhatIf(
      lame,
      schema,
      assumedStatistics(
        schema,
        sizesOfSchema(() => undefined),
        "usual",
      ),
    );
    const answer = await whatIf.plan([ask("SELECT 1")]);
    assert.ok(isUnavailable(answer) && answer.unavailable.startsWith("the planner died: "), JSON.stringify(answer));
  });

  async function started(migration: string): Promise<{ readonly whatIf: WhatIf; readonly schema: Schema }> {
    const schema = await schemaOf(migration);
    return {
      schema,
      whatIf: new WhatIf(
        suite.planner,
        schema,
        assumedStatistics(
          schema,
          sizesOfSchema(() => undefined),
          "usual",
        ),
      ),
    };
  }
});

const ask = (sql: string): Question => ({ sql, with: [], without: [] });

function tableOf(schema: Schema, name: string): Table {
  const table = schema.tables.get(name);
  assert.ok(table !== undefined);
  return table;
}

function btree(table: Table, name: string, columns: readonly string[]): Candidate {
  const keys = columns.map((column) => ({
    column,
    expression: undefined,
    descending: false,
    nullsFirst: false,
    opclass: undefined,
    collation: undefined,
  }));
  const index: Index = {
    name,
    keys,
    unique: false,
    method: "btree",
    predicate: undefined,
    include: [],
    nullsNotDistinct: false,
    constraint: undefined,
    at: table.at,
  };
  return { table, index };
}

async function plans(whatIf: WhatIf, questions: readonly Question[], candidates: readonly Candidate[] = []) {
  const answers = await whatIf.plan(questions, candidates);
  assert.ok(!isUnavailable(answers), JSON.stringify(answers));
  return answers.map((answer: Planned) => {
    assert.ok(answer.ok, JSON.stringify(answer));
    return answer.plan;
  }) as [ReturnType<typeof one>, ReturnType<typeof one>, ReturnType<typeof one>];
}

const one = (answer: Extract<Planned, { ok: true }>) => answer.plan;
