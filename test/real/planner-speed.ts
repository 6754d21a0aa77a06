/**
 * How long the planner takes: `npm run planner-speed`. A schema of 60 tables, 100 queries with ten candidates each, one question to the
 * planner a pair; then the advice for one query when everything is warm: nine queries in turn, three times over, each with its quickest
 * time, so that a machine that does something else for a moment says nothing about the planner. Nothing of an answer is kept between
 * rounds: every round asks the planner anew. Fails above the budgets.
 */
import { advise } from "../../src/planner/advice/advice.ts";
import { candidatesFor } from "../../src/planner/advice/candidates.ts";
import type { AdvisedQuery } from "../../src/planner/advice/query.ts";
import { scansOf } from "../../src/planner/advice/scans.ts";
import { assumedStatistics, sizesOfSchema } from "../../src/planner/statistics/assumed.ts";
import { isUnavailable, type NoPlanner, WhatIf } from "../../src/planner/whatIf.ts";
import { SqlParser } from "../../src/syntax/sql/sql.ts";
import { newPlanner, schemaOf } from "../planner/planners.ts";

const TABLES = 60;
const QUERIES = 100;
const CANDIDATES = 10;
const ROUNDS = 3;
const BUDGETS_MS = { matrix: 15_000, advice: 300 };

const migration = Array.from(
  { length: TABLES },
  (
    _,
    i,
  ) => `CREATE TABLE orders_${i} (id bigint PRIMARY KEY, owner_id bigint NOT NULL${i === 0 ? "" : ` REFERENCES orders_${i - 1} (id)`}, status text NOT NULL,
  kind int, total numeric(10, 2), email text, created_at timestamptz NOT NULL, due_at timestamptz, note text);`,
).join("\n");
const texts = Array.from({ length: QUERIES }, (_, i) => {
  const [table, parent] = [`orders_${1 + (i % (TABLES - 1))}`, `orders_${i % (TABLES - 1)}`];
  return [
    `SELECT * FROM ${table} WHERE owner_id = $1 AND status = $2 AND created_at > $3 ORDER BY due_at DESC LIMIT 20`,
    `SELECT t.id, p.status FROM ${table} t JOIN ${parent} p ON p.id = t.owner_id WHERE p.kind = $1 AND t.status = $2 AND t.total > $3 ORDER BY t.created_at LIMIT 50`,
    `SELECT count(*) FROM ${table} WHERE kind = $1 AND email = $2 AND due_at BETWEEN $3 AND $4`,
  ][i % 3] as string;
});

const parser = new SqlParser();
await parser.load();
const schema = await schemaOf(migration);
const queries: readonly AdvisedQuery[] = texts.map((sql, i) => {
  const parsed = parser.parse(sql);
  if (!parsed.ok) throw new Error(parsed.message);
  return { name: `query ${i}`, sql, scans: scansOf(parsed.statements[0]?.stmt, schema) };
});
const planner = await newPlanner();
const whatIf = new WhatIf(
  planner,
  schema,
  assumedStatistics(
    schema,
    sizesOfSchema(() => undefined),
    "usual",
  ),
);

function answered<T>(answer: T | NoPlanner): T {
  if (isUnavailable(answer)) throw new Error(answer.unavailable);
  return answer as T;
}

async function timed<T>(what: string, run: () => Promise<T | NoPlanner>): Promise<number> {
  const startMs = performance.now();
  answered(await run());
  const tookMs = performance.now() - startMs;
  console.log(`${what.padEnd(60)}${Math.round(tookMs).toString().padStart(8)} ms`);
  return tookMs;
}

await timed("start, and a schema of 60 tables with statistics", () => whatIf.remarks());
console.log(
  `${"memory of the process".padEnd(60)}${Math.round(planner.residentBytes / 1024 ** 2)
    .toString()
    .padStart(8)} MB`,
);
let pairs = 0;
const matrixMs = await timed(`${QUERIES} queries, each with ${CANDIDATES} candidates, one plan a pair`, async () => {
  for (const query of queries) {
    const candidates = candidatesFor(query.scans, whatIf.statistics).slice(0, CANDIDATES);
    pairs += candidates.length;
    const plans = await whatIf.plan(
      [[], ...candidates.map(({ index }) => [index.name])].map((names) => ({ sql: query.sql, with: names, without: [] })),
      candidates,
    );
    if (isUnavailable(plans)) return plans;
  }
  return undefined;
});
console.log(`${"pairs".padEnd(60)}${String(pairs).padStart(8)}`);
await timed("advice for all of them together", () => advise(whatIf, queries));
const quickest = new Map<string, number>();
for (let round = 1; round <= ROUNDS; round++)
  for (const query of queries.slice(0, 9)) {
    const tookMs = await timed(`advice for ${query.name}, warm, round ${round}`, () => advise(whatIf, [query]));
    quickest.set(query.name, Math.min(tookMs, quickest.get(query.name) ?? Number.POSITIVE_INFINITY));
  }
const times = [...quickest.values()].sort((a, b) => a - b);
const adviceMs = times[Math.floor(times.length / 2)] as number;
await planner.close();
console.log(`median of the quickest advice of each: ${Math.round(adviceMs)} ms`);
process.exitCode = matrixMs <= BUDGETS_MS.matrix && adviceMs <= BUDGETS_MS.advice ? 0 : 1;
