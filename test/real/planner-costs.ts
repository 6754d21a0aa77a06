/**
 * Holds the costs of the what-if planner against a real PostgreSQL with real rows: `npm run planner-costs`. The server gets a million
 * rows and the indexes; the planner gets the server's statistics and no row. Prints a line a query; fails above 5 %.
 */
import { planOf } from "../../src/planner/plan.ts";
import { assumedStatistics, sizesOfSchema, withFile } from "../../src/planner/statistics/assumed.ts";
import { EXPORT_QUERY } from "../../src/planner/statistics/exported.ts";
import { readStatistics } from "../../src/planner/statistics/file.ts";
import { isUnavailable, WhatIf } from "../../src/planner/whatIf.ts";
import { modelOf } from "../harness/model.ts";
import { PostgresServer } from "../harness/postgres.ts";
import { newPlanner } from "../planner/planners.ts";

const ROWS = 1_000_000;
const MOST_DIFFERENCE = 0.05;

const TABLES = `
CREATE TABLE owners (id bigint PRIMARY KEY, name text NOT NULL, city text);
CREATE TABLE tickets (id uuid PRIMARY KEY, owner_id bigint NOT NULL REFERENCES owners (id), status text NOT NULL, expires_at timestamptz NOT NULL, title varchar(200));
`;
const INDEXES = `
CREATE INDEX tickets_by_owner ON tickets (owner_id, status, expires_at DESC);
CREATE INDEX tickets_by_expiry ON tickets (expires_at);
CREATE INDEX tickets_issued ON tickets (expires_at) WHERE status = 'ISSUED';
CREATE INDEX owners_by_name ON owners (lower(name));
`;
const LOAD = `
INSERT INTO owners SELECT i, 'Owner ' || i, 'City ' || (i % 500) FROM generate_series(1, ${ROWS / 20}) i;
INSERT INTO tickets SELECT gen_random_uuid(), 1 + (hashint4(i) & 2147483647) % ${ROWS / 20},
  CASE WHEN i % 50 = 0 THEN 'ISSUED' WHEN i % 10 = 1 THEN 'USED' ELSE 'EXPIRED' END, timestamptz '2026-01-01' + i * interval '30 seconds', 'Ticket ' || i
  FROM generate_series(1, ${ROWS}) i;
`;

/** By what the plan shows. */
const QUERIES: readonly (readonly [what: string, sql: string])[] = [
  ["sequential", "SELECT * FROM tickets WHERE title LIKE '%77%'"],
  ["sequential, counted", "SELECT count(*) FROM tickets WHERE status <> 'EXPIRED'"],
  ["primary key", "SELECT * FROM tickets WHERE id = '8d3c3a5e-4a4f-4e1c-9a0e-1c5d6f7a8b90'"],
  ["index, in order, limited", "SELECT * FROM tickets WHERE owner_id = 4711 AND status = 'EXPIRED' ORDER BY expires_at DESC LIMIT 20"],
  ["index range", "SELECT * FROM tickets WHERE expires_at BETWEEN '2026-02-01' AND '2026-02-03'"],
  ["index-only", "SELECT expires_at FROM tickets WHERE expires_at > '2026-12-01'"],
  ["partial", "SELECT * FROM tickets WHERE status = 'ISSUED' AND expires_at < '2026-01-20'"],
  ["bitmap", "SELECT * FROM tickets WHERE owner_id IN (1, 22, 333, 4444, 5555, 6666, 7777)"],
  ["bitmap, combined", "SELECT * FROM tickets WHERE owner_id = 4711 OR expires_at < '2026-01-02'"],
  ["sorted", "SELECT * FROM tickets WHERE status = 'USED' ORDER BY title"],
  ["sorted, top", "SELECT * FROM tickets WHERE status = 'USED' ORDER BY title LIMIT 10"],
  ["join, filtered", "SELECT * FROM tickets t JOIN owners o ON o.id = t.owner_id WHERE o.city = 'City 7'"],
  ["join, one row", "SELECT * FROM tickets t JOIN owners o ON o.id = t.owner_id WHERE lower(o.name) = 'owner 4711'"],
  ["grouped", "SELECT status, count(*) FROM tickets GROUP BY status"],
];

const missing = PostgresServer.missing();
if (missing !== undefined) {
  console.log(missing);
  process.exit(0);
}
const server = PostgresServer.start();
const database = server.database();
const planner = await newPlanner();
let worst = 0;
try {
  const startMs = performance.now();
  database.run(`${TABLES} ${LOAD} ${INDEXES} VACUUM ANALYZE;`);
  console.log(
    `PostgreSQL ${server.major} with ${ROWS.toLocaleString("en")} rows, loaded in ${((performance.now() - startMs) / 1000).toFixed(0)} s`,
  );
  const exported = readStatistics(database.run(EXPORT_QUERY));
  if (!exported.ok) throw new Error(exported.why);
  const model = await modelOf(`//- src/main/resources/db/migration/V1__tables.sql\n${TABLES}${INDEXES}`);
  const [schema] = model.schema.schemas();
  if (schema === undefined) throw new Error("The schema was not folded");
  const whatIf = new WhatIf(
    planner,
    schema,
    withFile(
      assumedStatistics(
        schema,
        sizesOfSchema(() => undefined),
        "usual",
      ),
      exported.statistics,
      "the server",
    ),
  );
  const remarks = await whatIf.remarks();
  if (isUnavailable(remarks)) throw new Error(remarks.unavailable);
  for (const remark of remarks) console.log(`  ${remark}`);
  const plans = await whatIf.plan(QUERIES.map(([, sql]) => ({ sql, with: [], without: [] })));
  if (isUnavailable(plans)) throw new Error(plans.unavailable);
  console.log(`${"".padEnd(28)}${"server".padStart(12)}${"planner".padStart(12)}${"".padStart(9)}  plan`);
  for (const [i, [what, sql]] of QUERIES.entries()) {
    const real = planOf(database.run(`SET max_parallel_workers_per_gather = 0; EXPLAIN (FORMAT JSON) ${sql}`));
    const planned = plans[i];
    if (real === undefined || planned?.ok !== true) throw new Error(`${what}: ${planned?.ok === false ? planned.why : "no plan"}`);
    const difference = planned.plan.totalCost / real.totalCost - 1;
    worst = Math.max(worst, Math.abs(difference));
    const same = shape(planned.plan) === shape(real) ? shape(real) : `${shape(real)} / ${shape(planned.plan)}`;
    const percent = `${(100 * difference).toFixed(2)} %`;
    console.log(
      `${what.padEnd(28)}${real.totalCost.toFixed(2).padStart(12)}${planned.plan.totalCost.toFixed(2).padStart(12)}${percent.padStart(9)}  ${same}`,
    );
  }
} finally {
  await planner.close();
  server.stop();
}
console.log(`Largest difference: ${(100 * worst).toFixed(2)} %`);
process.exitCode = worst <= MOST_DIFFERENCE ? 0 : 1;

function shape(plan: { readonly type: string; readonly children: readonly unknown[] }): string {
  const inner = (plan.children as readonly (typeof plan)[]).map(shape);
  return inner.length === 0 ? plan.type : `${plan.type}(${inner.join(", ")})`;
}
