import assert from "node:assert/strict";
import { advisedQuery } from "../../src/planner/advice/advisedQuery.ts";
import type { Planner } from "../../src/planner/planner.ts";
import { type Proven, prove } from "../../src/planner/proof/proof.ts";
import { SchemaPlans } from "../../src/planner/schemaPlans.ts";
import { isUnavailable } from "../../src/planner/whatIf.ts";
import { modelOf } from "../harness/model.ts";
import { newPlanner, plannerOfSuite } from "./planners.ts";

const TABLES = `
CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TABLE owners (id uuid PRIMARY KEY, email varchar(20) UNIQUE NOT NULL);
CREATE TABLE tickets (id bigserial PRIMARY KEY, owner_id uuid NOT NULL REFERENCES owners (id), state text NOT NULL CHECK (state IN ('OPEN', 'DONE')),
  mood mood, paid boolean, price numeric(5, 2), code varchar(4), day date, at timestamptz NOT NULL, opening time, tags text[], data jsonb,
  raw bytea, place inet, small smallint, share double precision, letter "char", found tsvector, UNIQUE (owner_id, at));
`;

/** A query, its parameters' values, and whether an index is advised. */
const CASES: Readonly<Record<string, { readonly sql: string; readonly values: readonly RegExp[]; readonly gains: boolean }>> = {
  "a lookup": {
    sql: "SELECT * FROM tickets WHERE code = $1 AND price > 0",
    values: [/^\$1 = '\w+'::(?:text|character varying)$/],
    gains: true,
  },
  "a join": {
    sql: "SELECT t.* FROM tickets t JOIN owners o ON o.id = t.owner_id WHERE o.email = $1",
    values: [/^\$1 = '\w{3,}[^']*'::(?:text|character varying)$/],
    gains: false,
  },
  "a list and a page": {
    sql: "SELECT * FROM tickets WHERE small = ANY ($1) ORDER BY at LIMIT $2",
    values: [/^\$1 = ARRAY\['\d+'\]::smallint\[\]$/, /^\$2 = 20$/],
    gains: false,
  },
  "a change, which is taken back": {
    sql: "DELETE FROM tickets WHERE day < $1 AND code = 'x'",
    values: [/^\$1 = '20\d\d-\d\d-\d\d'::date$/],
    gains: true,
  },
  "what only looks like a parameter": {
    sql: "SELECT * FROM tickets WHERE code <> 'costs $2' AND small = $1",
    values: [/^\$1 = '\d+'::smallint$/],
    gains: false,
  },
  "no parameter": { sql: "SELECT count(*) FROM tickets WHERE mood = 'bad'", values: [], gains: false },
};

describe("proof on rows", function () {
  this.timeout(90_000);
  const suite = plannerOfSuite();
  const { parser } = suite;

  for (const [what, { sql, values, gains }] of Object.entries(CASES)) {
    it(`of ${what}`, async () => {
      const proven = await proofOf(sql, 6_000);
      assert.ok(proven.ok, JSON.stringify(proven));
      const { proof } = proven;
      assert.equal(proof.values.length, values.length, proof.values.join());
      for (const [i, value] of values.entries()) assert.match(proof.values[i] ?? "", value);
      assert.equal(proof.tables.find(({ name }) => name === "tickets")?.rows, 6_000);
      assert.ok(proof.before.durationMs > 0);
      assert.ok(proof.before.buffers > 0);
      assert.equal(proof.after !== undefined && proof.after.buffers * 2 < proof.before.buffers, gains, JSON.stringify(proof));
    });
  }

  it("says where none of the rows meets the query, whatever is made of them", async () => {
    const cautionOf = async (sql: string): Promise<string | undefined> => {
      const proven = await proofOf(sql, 2_000);
      assert.ok(proven.ok, JSON.stringify(proven));
      return proven.proof.caution;
    };
    const nothing = "None of the rows that were made meets it: where some do, it costs more.";
    // A code has four letters at most.
    for (const sql of [
      "SELECT * FROM tickets WHERE code = 'nobody'",
      "SELECT count(*) FROM tickets WHERE code = 'nobody' AND small = $1",
      "SELECT id FROM tickets WHERE code = 'nobody' ORDER BY at DESC LIMIT $1",
      "DELETE FROM tickets WHERE code = 'nobody'",
      "SELECT t.id FROM tickets t JOIN owners o ON o.id = t.owner_id WHERE o.email = 'nobody'",
    ])
      assert.equal(await cautionOf(sql), nothing, sql);
    for (const sql of [
      "SELECT * FROM tickets WHERE code = $1",
      "SELECT count(*) FROM tickets WHERE small = $1",
      "SELECT id FROM tickets ORDER BY at OFFSET 1000000 LIMIT 20",
      "DELETE FROM tickets WHERE small = $1",
      "SELECT * FROM owners o WHERE NOT EXISTS (SELECT 1 FROM tickets t WHERE t.owner_id = o.id AND t.code = 'nobody')",
    ])
      assert.equal(await cautionOf(sql), undefined, sql);
  });

  it("makes as many different values as the statistics say, and the same ones in every run", async () => {
    const [first, second] = [
      await proofOf("SELECT * FROM tickets WHERE owner_id = $1", 6_000),
      await proofOf("SELECT * FROM tickets WHERE owner_id = $1", 6_000),
    ];
    assert.ok(first.ok && second.ok);
    assert.deepEqual(first.proof.values, second.proof.values);
    // Ten tickets an owner.
    assert.ok(Math.abs(first.proof.before.plan.rows - 10) < 5, String(first.proof.before.plan.rows));
  });

  it("stops when it is told to", async () => {
    const stopped = new AbortController();
    const own = await newPlanner();
    const proven = await proofOf("SELECT * FROM tickets WHERE code = $1", 400_000, {
      by: own,
      signal: stopped.signal,
      progress: () => stopped.abort(),
    });
    assert.deepEqual(proven, { ok: false, why: "it was stopped" });
    await own.close();
  });

  it("says why there is none", async () => {
    const proven = await proofOf("SELECT 1", 100);
    assert.deepEqual(proven, { ok: false, why: "it reads no table that is known" });
    const broken = await proofOf("SELECT nothing(code) FROM tickets WHERE code = $1", 100);
    assert.equal(broken.ok, false);
    assert.match(broken.ok ? "" : broken.why, /^the query: function nothing\(character varying\) does not exist/);
  });

  async function proofOf(
    sql: string,
    rows: number,
    given: { readonly by: Planner; readonly signal: AbortSignal; progress(): void } = {
      by: suite.planner,
      signal: new AbortController().signal,
      progress: () => undefined,
    },
  ): Promise<Proven> {
    const model = await modelOf(`//- src/main/resources/db/migration/V1__all.sql\n${TABLES}`);
    const [schema] = model.schema.schemas();
    assert.ok(schema !== undefined);
    const sources = { model, statistics: undefined, rates: new Map(), textOf: () => undefined };
    const plans = new SchemaPlans(given.by, schema, sources, "usual");
    const query = advisedQuery("query", sql, schema, parser);
    assert.ok(!("why" in query));
    const advised = await plans.advise([query], []);
    assert.ok(!isUnavailable(advised));
    return prove(given.by, plans, query, advised.advice.indexes, { rows, signal: given.signal, progress: given.progress });
  }
});
