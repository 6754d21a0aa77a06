import type { Schema } from "../model/schema/schema.ts";
import type { Planner } from "./planner.ts";
import type { Step, StepResult } from "./protocol.ts";
import { ddlOf } from "./schema.ts";
import { NO_SURROUNDINGS } from "./surroundings.ts";
import type { NoPlanner } from "./whatIf.ts";

/** PostgreSQL's modes, the weakest first. https://www.postgresql.org/docs/current/explicit-locking.html */
const LOCK_MODES = [
  "ACCESS SHARE",
  "ROW SHARE",
  "ROW EXCLUSIVE",
  "SHARE UPDATE EXCLUSIVE",
  "SHARE",
  "SHARE ROW EXCLUSIVE",
  "EXCLUSIVE",
  "ACCESS EXCLUSIVE",
] as const;
export type LockMode = (typeof LOCK_MODES)[number];

/** What a statement does to one table that was there before it. */
export interface TableLock {
  readonly table: string;
  /** The strongest that it takes. */
  readonly mode: LockMode;
  /** All rows are written anew; whether a `timestamp` is the same as a `timestamptz` depends on the time zone of the session. */
  readonly rewrites: boolean | "outside of UTC";
}

/** What a statement of a migration locks, or why that could not be seen. */
export type StatementLocks =
  | { readonly ok: true; readonly locks: readonly TableLock[]; readonly source: "run" | "documentation" }
  | { readonly ok: false; readonly why: string };

const LOCKS = "SELECT relation::text AS oid, mode FROM pg_locks WHERE granted AND relation IS NOT NULL";
const TABLES = `SELECT c.oid::text, c.relname AS name, pg_relation_filenode(c.oid)::text AS file FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')`;

/**
 * What each statement of a migration locks and rewrites: it is run in a transaction on the schema as it is before the migration, which is
 * then rolled back; the statements before it have run. `replayed` are the statements of earlier migrations. As of PostgreSQL 18:
 * `sinceVersion` says what older ones do not know.
 */
export async function locksOf(
  planner: Planner,
  before: Schema,
  statements: readonly string[],
  replayed: readonly string[] = [],
): Promise<readonly StatementLocks[] | NoPlanner> {
  // What a replay leaves is truer than the fold: triggers, partitions, views. What it misses, the fold still has.
  const created = [
    ...replayed.filter((sql) => !WRITES_ROWS.test(sql)).map((sql): Step => statement(withoutConcurrently(sql))),
    ...ddlOf(before, NO_SURROUNDINGS).map(({ sql }): Step => statement(sql)),
  ];
  const steps: Step[] = [];
  const at: number[] = [];
  for (const sql of statements) {
    const run = withoutConcurrently(sql);
    at.push(steps.length);
    const [inUtc, elsewhere] = ["UTC", "Europe/Berlin"].map((zone) => [
      "BEGIN",
      `SET LOCAL TimeZone = '${zone}'`,
      TABLES,
      run,
      LOCKS,
      TABLES,
      "ROLLBACK",
    ]);
    steps.push(...[...(inUtc ?? []), ...(elsewhere ?? []), run].map(statement));
  }
  // A key of its own: the statements stay, and nobody else may find them.
  const key = `locks ${JSON.stringify([created, statements])}`;
  const answer = await planner.run({ key, steps: created }, steps);
  if (!answer.ok) return { unavailable: answer.why };
  await planner.run({ key: "nothing", steps: [] }, []);
  return statements.map((sql, i) => readLocks(sql, answer.results.slice(at[i])));
}

/** Of one run in a transaction. */
const STEPS = 7;

function readLocks(sql: string, results: readonly StepResult[]): StatementLocks {
  const [, , tablesBefore, run, locks, tablesAfter] = results;
  const [, , elsewhereBefore, , , elsewhereAfter] = results.slice(STEPS);
  if (run?.ok !== true) return { ok: false, why: run?.message ?? "there is no answer" };
  const there = new Map(rowsOf(tablesBefore).map((row) => [row["oid"], row]));
  const isRewritten = (oid: unknown, before: StepResult | undefined, after: StepResult | undefined): boolean => {
    const [old, now] = [before, after].map((result) => rowsOf(result).find((row) => row["oid"] === oid));
    return old !== undefined && now !== undefined && old["file"] !== now["file"];
  };
  const strongest = new Map<unknown, LockMode>();
  for (const { oid, mode } of rowsOf(locks)) {
    const known = modeOf(String(mode));
    const before = strongest.get(oid);
    if (known === undefined || !there.has(oid)) continue;
    if (before === undefined || LOCK_MODES.indexOf(known) > LOCK_MODES.indexOf(before)) strongest.set(oid, known);
  }
  const concurrent = CONCURRENTLY.test(sql);
  const found = [...strongest].map(([oid, mode]): TableLock => {
    const table = String(there.get(oid)?.["name"]);
    // It runs outside of transactions, so the plain form was run: of this one PostgreSQL's documentation tells the mode.
    if (concurrent) return { table, mode: mode === "ACCESS SHARE" ? mode : "SHARE UPDATE EXCLUSIVE", rewrites: false };
    const elsewhere = isRewritten(oid, elsewhereBefore, elsewhereAfter);
    return { table, mode, rewrites: isRewritten(oid, tablesBefore, tablesAfter) || (elsewhere && "outside of UTC") };
  });
  const byStrength = (a: TableLock, b: TableLock): number =>
    LOCK_MODES.indexOf(b.mode) - LOCK_MODES.indexOf(a.mode) || (a.table < b.table ? -1 : 1);
  return { ok: true, locks: found.sort(byStrength), source: concurrent ? "documentation" : "run" };
}

/** Rows have no say in locks, and may be many. */
const WRITES_ROWS = /^\s*(?:insert|update|delete|merge|copy|select|truncate|vacuum|analyze)\b/i;

const CONCURRENTLY = /^\s*(?:create\s+(?:unique\s+)?index|drop\s+index|reindex\b.*?)\s+concurrently\b/is;

const withoutConcurrently = (sql: string): string => (CONCURRENTLY.test(sql) ? sql.replace(/\bconcurrently\b/i, "") : sql);

/** "AccessExclusiveLock" */
function modeOf(name: string): LockMode | undefined {
  const spelled = name
    .replace(/Lock$/, "")
    .replace(/(?<=[a-z])(?=[A-Z])/g, " ")
    .toUpperCase();
  return LOCK_MODES.find((mode) => mode === spelled);
}

const rowsOf = (result: StepResult | undefined) => (result?.ok === true ? result.rows : []);

const statement = (sql: string): Step => ({ kind: "sql", sql });

/**
 * What PostgreSQL learned after version 12, by its release notes: an older server refuses these. What 12 knows already takes the same locks
 * in all versions since (`src/model/schema/locks.ts`, which a test holds against this and against a server).
 */
const LEARNED: readonly (readonly [version: number, form: RegExp])[] = [
  [13, /\bgen_random_uuid\s*\(/i],
  [13, /\balter\s+column\b[^;]*\bdrop\s+expression\b/i],
  [14, /\balter\s+column\b[^;]*\bset\s+compression\b/i],
  [14, /\bdetach\s+partition\b[^;]*\bconcurrently\b/i],
  [15, /\bnulls\s+not\s+distinct\b/i],
  [15, /\balter\s+table\b[^;]*\bset\s+access\s+method\b/i],
  [17, /\balter\s+column\b[^;]*\bset\s+expression\b/i],
  [18, /\bgenerated\s+always\s+as\s*\([^;]*\)\s*virtual\b/i],
  [18, /\bnot\s+null\s+\w+[^;]*\bnot\s+valid\b/i],
  [18, /\bnot\s+enforced\b/i],
  [18, /\buuidv7\s*\(/i],
];

/** The least major version of PostgreSQL that takes a statement, 12 where nothing tells otherwise. */
export function sinceVersion(sql: string): number {
  return Math.max(12, ...LEARNED.filter(([, form]) => form.test(sql)).map(([version]) => version));
}
