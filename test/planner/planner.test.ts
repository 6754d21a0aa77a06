import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sourcePlanner } from "../../src/planner/assets.ts";
import type { Planner, Setup } from "../../src/planner/planner.ts";
import type { Step, StepResult } from "../../src/planner/protocol.ts";
import { newPlanner } from "./planners.ts";

const TICKETS: Setup = {
  key: "tickets",
  steps: [
    sql("CREATE TABLE tickets (id bigint PRIMARY KEY, owner_id uuid NOT NULL, status text)"),
    sql("CREATE INDEX tickets_owner ON tickets (owner_id)"),
  ],
};

describe("the planner's thread", function () {
  this.timeout(60_000);
  let planner: Planner;

  before(async () => {
    planner = await newPlanner();
  });
  after(() => planner.close());

  it("starts with the first question, from the snapshot, in little memory", async () => {
    const fresh = await newPlanner();
    assert.equal(fresh.running, false);
    const startMs = performance.now();
    await ask(fresh, [sql("SELECT 1")]);
    const tookMs = performance.now() - startMs;
    await fresh.close();
    // 0.8 s on a machine that has nothing else to do.
    assert.ok(tookMs < 10_000, `${tookMs} ms`);
    assert.ok(fresh.residentBytes > 0);
  });

  it("undoes a step that fails and goes on", async () => {
    const results = await ask(planner, [sql("BEGIN; SELECT broken"), sql("SELECT 42 AS answer")]);
    assert.deepEqual(results[0], { ok: false, message: 'column "broken" does not exist', code: "42703" });
    assert.deepEqual(results[1], { ok: true, rows: [{ answer: 42 }] });
  });

  it("keeps the setup between questions, and changes it with its key", async () => {
    await ask(planner, [sql("INSERT INTO tickets VALUES (1, gen_random_uuid(), 'OPEN')")], TICKETS);
    const [kept] = await ask(planner, [sql("SELECT count(*)::int AS n FROM tickets")], TICKETS);
    assert.deepEqual(kept, { ok: true, rows: [{ n: 1 }] });
    const [other] = await ask(planner, [sql("SELECT count(*) FROM tickets")], { key: "empty", steps: [] });
    assert.equal(other?.ok, false);
  });

  it("stops what runs away and answers the next question", async () => {
    const before = performance.now();
    const answer = await planner.run(TICKETS, [sql("SELECT count(*) FROM generate_series(1, 1000000000000)")], 500);
    assert.deepEqual(answer, { ok: false, why: "the planner did not answer within 0.5 s and was stopped" });
    assert.ok(performance.now() - before < 10_000);
    assert.equal(planner.running, false);
    assert.deepEqual(await ask(planner, [sql("SELECT count(*)::int AS n FROM tickets")], TICKETS), [{ ok: true, rows: [{ n: 0 }] }]);
  });

  it("ends when nobody asks", async () => {
    const idle = await newPlanner({ idleMs: 50 });
    await ask(idle, [sql("SELECT 1")]);
    for (let i = 0; i < 100 && idle.running; i++) await sleep(50);
    assert.equal(idle.running, false);
    await ask(idle, [sql("SELECT 1")]);
    await idle.close();
  });

  it("says why it cannot start", async () => {
    const broken = join(tmpdir(), `no-wasm-${process.pid}`);
    writeFileSync(broken, "no module");
    const { assets } = { assets: { ...sourcePlanner(broken), wasm: broken } };
    const lame = await newPlanner({ assets });
    const answer = await lame.run(TICKETS, []);
    assert.ok(!answer.ok && answer.why.startsWith("the planner could not start: "), JSON.stringify(answer));
    assert.equal(lame.running, false);
  });

  describe("what it rests on in PGlite", () => {
    it("is the version that was measured", async () => {
      const [version] = await ask(planner, [sql("SELECT version()")]);
      assert.match(String(version?.ok && version.rows[0]?.["version"]), /^PostgreSQL 18\.6 \(PGlite 0\.5\.16\)/);
    });

    it("believes the size that a file tells, beyond one segment", async () => {
      for (const pages of [9_346, 400_000, 12]) {
        const results = await ask(
          planner,
          [
            { kind: "resize", relations: [{ name: "tickets", pages }] },
            sql("SELECT pg_relation_size('tickets') / 8192 AS pages"),
            sql("EXPLAIN SELECT * FROM tickets"),
          ],
          TICKETS,
        );
        assert.deepEqual(results[1], { ok: true, rows: [{ pages }] });
        assert.equal(results[2]?.ok, true);
      }
    });

    it("takes statistics of PostgreSQL 18", async () => {
      const results = await ask(
        planner,
        [
          sql("SELECT pg_restore_relation_stats('schemaname', 'public', 'relname', 'tickets', 'relpages', 12, 'reltuples', 1000::real)"),
          sql(
            `SELECT pg_restore_attribute_stats('schemaname', 'public', 'relname', 'tickets', 'attname', 'status', 'inherited', false, 'null_frac', 0.5::real,
             'n_distinct', 2::real, 'most_common_vals', '{OPEN,DONE}'::text, 'most_common_freqs', '{0.4,0.1}'::real[])`,
          ),
          sql("EXPLAIN (FORMAT JSON) SELECT * FROM tickets WHERE status = 'OPEN'"),
        ],
        TICKETS,
      );
      assert.equal(plannedRows(results[2]), 400);
    });

    it("plans without an index that is said to be invalid", async () => {
      const explain = sql("EXPLAIN (FORMAT JSON) SELECT * FROM tickets WHERE owner_id = '00000000-0000-0000-0000-000000000000'");
      const hide = (valid: boolean) => sql(`UPDATE pg_index SET indisvalid = ${valid} WHERE indexrelid = 'tickets_owner'::regclass`);
      const [, visible, , hidden, , again] = await ask(
        planner,
        [sql("SET enable_seqscan = off"), explain, hide(false), explain, hide(true), explain],
        TICKETS,
      );
      assert.match(JSON.stringify(visible), /tickets_owner/);
      assert.doesNotMatch(JSON.stringify(hidden), /tickets_owner/);
      assert.match(JSON.stringify(again), /tickets_owner/);
    });
  });
});

function sql(text: string): Step {
  return { kind: "sql", sql: text };
}

async function ask(planner: Planner, steps: readonly Step[], setup: Setup = { key: "empty", steps: [] }): Promise<readonly StepResult[]> {
  const answer = await planner.run(setup, steps);
  if (!answer.ok) throw new Error(answer.why);
  return answer.results;
}

function plannedRows(result: StepResult | undefined): unknown {
  const [row] = result?.ok === true ? result.rows : [];
  const plans = row?.["QUERY PLAN"] as readonly { readonly Plan: { readonly "Plan Rows": number } }[] | undefined;
  return plans?.[0]?.Plan["Plan Rows"];
}
