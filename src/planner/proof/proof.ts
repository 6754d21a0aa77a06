import { createHash } from "node:crypto";
import { PAGE_ROWS } from "../../model/persistence/sql/sqlText.ts";
import { columnSql, sqlName } from "../../model/schema/edits/migrationEdit.ts";
import type { Table } from "../../model/schema/schema.ts";
import type { AdvisedIndex } from "../advice/advice.ts";
import type { AdvisedQuery } from "../advice/query.ts";
import { numbersIn, replaced } from "../parameters.ts";
import { type PlanNode, planOf, rowsMet } from "../plan.ts";
import type { Planner } from "../planner.ts";
import type { Row, Step, StepResult } from "../protocol.ts";
import { ddlOf } from "../schema.ts";
import type { SchemaPlans } from "../schemaPlans.ts";
import { literal } from "../statistics/inject.ts";
import { insertsOf, type RowPlan, rowPlans } from "./rows.ts";

export const PROOF_ROWS = 200_000;
/** A statement over so many rows; one that runs longer is stopped, and said. */
const STEP_MS = 60_000;

/** What one run of a query did. */
export interface Run {
  readonly plan: PlanNode;
  readonly durationMs: number;
  /** Pages of 8 KB that were read or found in memory. */
  readonly buffers: number;
}

export interface Proof {
  readonly tables: readonly { readonly name: string; readonly rows: number }[];
  /** What stood for `$1`, `$2`, … */
  readonly values: readonly string[];
  readonly before: Run;
  /** Undefined where no index is advised. */
  readonly after: Run | undefined;
  /** What a reader must know first; undefined where there is nothing. */
  readonly caution: string | undefined;
}

export interface ProofOptions {
  /** Rows of the largest table at most. */
  readonly rows: number;
  readonly signal: AbortSignal;
  progress(done: number, all: number, what: string): void;
}

/** A proof, or why there is none. */
export type Proven = { readonly ok: true; readonly proof: Proof } | { readonly ok: false; readonly why: string };

/**
 * Makes rows as the statistics say, and runs a query on them without and with indexes. The planner must be nobody else's meanwhile, and is
 * closed when the signal says so.
 */
export async function prove(
  planner: Planner,
  plans: SchemaPlans,
  query: AdvisedQuery,
  indexes: readonly AdvisedIndex[],
  options: ProofOptions,
): Promise<Proven> {
  const stop = (): void => void planner.close();
  options.signal.addEventListener("abort", stop);
  try {
    return await new Prover(planner, plans, options).prove(query, indexes);
  } catch (error) {
    if (error instanceof NoProof) return { ok: false, why: options.signal.aborted ? "it was stopped" : error.message };
    throw error;
  } finally {
    options.signal.removeEventListener("abort", stop);
  }
}

class NoProof extends Error {}

class Prover {
  readonly #planner: Planner;
  readonly #plans: SchemaPlans;
  readonly #options: ProofOptions;
  readonly #setup: { readonly key: string; readonly steps: readonly Step[] };

  constructor(planner: Planner, plans: SchemaPlans, options: ProofOptions) {
    this.#planner = planner;
    this.#plans = plans;
    this.#options = options;
    // Rows need not come in the order of their keys, nor meet conditions that nobody here understands.
    const steps = ddlOf(plans.schema, plans.around)
      .filter(({ about }) => !/^(?:foreign key|check) /.test(about))
      .map(({ sql }) => statement(sql));
    this.#setup = {
      key: `proof ${createHash("sha256")
        .update(JSON.stringify([steps, Math.random()]))
        .digest("hex")}`,
      steps,
    };
  }

  async prove(query: AdvisedQuery, indexes: readonly AdvisedIndex[]): Promise<Proven> {
    const { schema, statistics } = this.#plans;
    const tables = [...new Set(query.scans.map(({ table }) => table))].filter(({ kind }) => kind === "table");
    if (tables.length === 0) return { ok: false, why: "it reads no table that is known" };
    const wanted = rowPlans(tables, schema, statistics, this.#options.rows);
    // What they refer to decides which values they have; nothing reads its rows.
    await this.#fill(
      wanted.filter(({ table }) => tables.includes(table)),
      wanted,
    );
    await this.#run([statement("ANALYZE")], "looking at the rows");
    const { sql, values } = await this.#withValues(query, tables);
    const before = await this.#measure(sql);
    for (const { sql: create } of indexes) await this.#run([statement(create.replace(/;$/, ""))], "creating the index");
    if (indexes.length > 0) await this.#run([statement("ANALYZE")], "looking at the rows");
    const after = indexes.length === 0 ? undefined : await this.#measure(sql);
    const made = wanted.flatMap(({ table, rows }) => (tables.includes(table) ? [{ name: table.name, rows }] : []));
    return { ok: true, proof: { tables: made, values, before, after, caution: cautionOf(before) } };
  }

  async #fill(read: readonly RowPlan[], wanted: readonly RowPlan[]): Promise<void> {
    const { schema, statistics } = this.#plans;
    const all = read.reduce((sum, { rows }) => sum + rows, 0);
    let done = 0;
    for (const plan of read) {
      for (const { sql, rows } of insertsOf(plan, wanted, schema, statistics)) {
        this.#options.progress(done, all, plan.table.name);
        await this.#run([statement(sql)], `rows of ${plan.table.name}`);
        done += rows;
      }
    }
    this.#options.progress(all, all, "");
  }

  /** The query with values that the rows have: the median of the column that a parameter is compared with. */
  async #withValues(query: AdvisedQuery, tables: readonly Table[]): Promise<{ readonly sql: string; readonly values: readonly string[] }> {
    const numbers = [...new Set(numbersIn(query.sql))].sort((a, b) => a - b);
    if (numbers.length === 0) return { sql: query.sql, values: [] };
    const prepared = `PREPARE proof_types AS ${query.sql}`;
    const [, types] = await this.#run(
      [
        statement(prepared),
        statement("SELECT parameter_types::text[] AS types FROM pg_prepared_statements WHERE name = 'proof_types'"),
        statement("DEALLOCATE ALL"),
      ],
      "the query",
    );
    const typeOf = (number: number): string => String(((types?.[0]?.["types"] ?? []) as readonly string[])[number - 1] ?? "text");
    const values = new Map<number, string>();
    for (const number of numbers) {
      const found = query.scans.flatMap((scan) => {
        const own = query.same?.get(number) ?? number;
        const column = scan.parameters.get(own) ?? scan.lists.get(own) ?? scan.bounds.get(own)?.column;
        return column === undefined || !tables.includes(scan.table) ? [] : [{ table: scan.table, column, bound: scan.bounds.get(own) }];
      })[0];
      const isLimit = new RegExp(`\\blimit\\s+\\$${number}\\b`, "i").test(query.sql);
      const other = isLimit ? String(PAGE_ROWS) : defaultOf(typeOf(number));
      values.set(number, found === undefined ? other : await this.#valueIn(found, typeOf(number)));
    }
    const sql = replaced(query.sql, (_, number) => values.get(number) ?? "NULL");
    return { sql, values: numbers.map((number) => `$${number} = ${values.get(number)}`) };
  }

  async #valueIn(
    { table, column, bound }: { readonly table: Table; readonly column: string; readonly bound: { readonly above: boolean } | undefined },
    type: string,
  ): Promise<string> {
    const name = columnSql(table, column);
    // Of a range the hundredth part that its end leaves.
    const share = bound === undefined ? 0.5 : bound.above ? 0.99 : 0.01;
    const sql = `SELECT percentile_disc(${share}) WITHIN GROUP (ORDER BY ${name})::text AS value FROM ${sqlName(table.name)}`;
    const [rows] = await this.#run([statement(sql)], "a value");
    const value = rows?.[0]?.["value"];
    if (typeof value !== "string") return defaultOf(type);
    return type.endsWith("[]") ? `ARRAY[${literal(value)}]::${type}` : `${literal(value)}::${type}`;
  }

  /** The second of two runs: the first one reads from the disk what the second finds in memory. */
  async #measure(sql: string): Promise<Run> {
    const explain = statement(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${sql}`);
    const results = await this.#run(
      [statement("BEGIN"), explain, statement("ROLLBACK"), statement("BEGIN"), explain, statement("ROLLBACK")],
      "the query",
    );
    const explained: unknown = results[4]?.[0]?.["QUERY PLAN"];
    const plan = planOf(explained);
    const first: unknown = Array.isArray(explained) ? explained[0] : undefined;
    if (plan === undefined || typeof first !== "object" || first === null) throw new NoProof("the plan is not one that we read");
    const { "Execution Time": durationMs } = first as Readonly<Record<string, unknown>>;
    return { plan, durationMs: Number(durationMs ?? 0), buffers: plan.actual?.buffers ?? 0 };
  }

  /** The rows of each step; throws where one fails. */
  async #run(steps: readonly Step[], what: string): Promise<readonly (readonly Row[])[]> {
    if (this.#options.signal.aborted) throw new NoProof("it was stopped");
    const answer = await this.#planner.run(this.#setup, steps, STEP_MS);
    if (!answer.ok) throw new NoProof(answer.why);
    return answer.results.map((result: StepResult) => {
      if (!result.ok) throw new NoProof(`${what}: ${result.message}`);
      return result.rows;
    });
  }
}

/** Where nothing is found there is nothing to fetch, sort and send either. */
const cautionOf = ({ plan }: Run): string | undefined =>
  rowsMet(plan) > 0 ? undefined : "None of the rows that were made meets it: where some do, it costs more.";

function defaultOf(type: string): string {
  if (type.endsWith("[]")) return `'{}'::${type}`;
  if (/^(?:smallint|integer|bigint|numeric|real|double)/.test(type)) return `1::${type}`;
  if (type === "boolean") return "true";
  if (/^(?:timestamp|date)/.test(type)) return `'2024-12-31'::${type}`;
  return type === "text" || /^character/.test(type) ? "'a'" : `NULL::${type}`;
}

const statement = (sql: string): Step => ({ kind: "sql", sql });
