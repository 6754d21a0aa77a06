import { qualified, sqlName } from "../model/schema/migrationEdit.ts";
import type { Index, Schema, Table } from "../model/schema/schema.ts";
import { type PlanNode, planOf } from "./plan.ts";
import { LIMIT_MS, type Planner, type Setup } from "./planner.ts";
import type { Step, StepResult } from "./protocol.ts";
import { createIndex, type Ddl, ddlOf, schemaRemarks } from "./schema.ts";
import { expressionSteps, indexSize, injection, sizeOf, sizeSteps } from "./statistics/inject.ts";
import type { Statistics } from "./statistics/statistics.ts";

/** An index that might be; its name is one that no other has. */
export interface Candidate {
  readonly table: Table;
  readonly index: Index;
}

/** One question to the planner: a query, with some indexes in their places and some not. */
export interface Question {
  /** Parameters are written `$1`, `$2`, … */
  readonly sql: string;
  /** Names of candidates that are there. */
  readonly with: readonly string[];
  /** Existing indexes that are not there. */
  readonly without: readonly Index[];
}

/** The plan of a question, or what PostgreSQL says against it. */
export type Planned = { readonly ok: true; readonly plan: PlanNode } | { readonly ok: false; readonly why: string };

/** Why there is no answer at all: the planner died, or was stopped. */
export interface NoPlanner {
  readonly unavailable: string;
}

/** A plan takes one or two; a hundred thousand of them are no query that runs away. */
const STEP_MS = 10;

/** Plans of queries on one schema with one set of statistics. */
export class WhatIf {
  readonly schema: Schema;
  readonly statistics: Statistics;
  readonly #planner: Planner;
  readonly #ddl: readonly Ddl[];
  readonly #setup: Setup;

  /** `more` is what the folded schema leaves out: views and functions, in the order in which they are made. */
  constructor(planner: Planner, schema: Schema, statistics: Statistics, more: readonly string[] = []) {
    this.schema = schema;
    this.statistics = statistics;
    this.#planner = planner;
    this.#ddl = ddlOf(schema);
    const steps = [...this.#ddl.map(({ sql }) => sql), ...more].map(statement).concat(injection(schema, statistics));
    this.#setup = { key: JSON.stringify(steps), steps };
  }

  /** What of the schema the planner does not see as it is. */
  async remarks(): Promise<readonly string[] | NoPlanner> {
    const answer = await this.#planner.run(this.#setup, []);
    return answer.ok ? schemaRemarks(this.schema, this.#ddl, answer.setup) : { unavailable: answer.why };
  }

  /** The plans of all questions, in their order. Candidates are created for the time of the questions, and are nowhere but where named. */
  async plan(questions: readonly Question[], candidates: readonly Candidate[] = []): Promise<readonly Planned[] | NoPlanner> {
    const steps: Step[] = [...this.#created(candidates)];
    const at: number[] = [];
    for (const question of questions) {
      const invisible = [...question.without.map((index) => this.#nameOf(index))];
      const shown = candidates.filter(({ index }) => question.with.includes(index.name));
      if (shown.length > 0) steps.push(validity(shown.map(nameOf), true));
      if (invisible.length > 0) steps.push(validity(invisible, false));
      at.push(steps.length);
      steps.push(statement(`EXPLAIN (FORMAT JSON${/\$\d/.test(question.sql) ? ", GENERIC_PLAN" : ""}) ${question.sql}`));
      if (shown.length > 0) steps.push(validity(shown.map(nameOf), false));
      if (invisible.length > 0) steps.push(validity(invisible, true));
    }
    steps.push(...candidates.map((candidate) => statement(`DROP INDEX IF EXISTS ${nameOf(candidate)}`)));
    const answer = await this.#planner.run(this.#setup, steps, LIMIT_MS + steps.length * STEP_MS);
    return answer.ok ? at.map((i) => plannedOf(answer.results[i])) : { unavailable: answer.why };
  }

  /**
   * The queries with a cast at each parameter where PostgreSQL cannot tell a type by itself, as of `$1 IS NULL`: a driver says what it
   * sends, so the type is that of the parameter's other places. What finds no type stays as it is.
   */
  async typed(queries: readonly string[]): Promise<readonly string[] | NoPlanner> {
    const open = queries.filter((sql) => NULL_TEST.test(sql));
    const steps = open.flatMap((sql) => [
      statement(`PREPARE planner_types AS ${sql.replace(new RegExp(NULL_TEST, "gi"), "TRUE")}`),
      statement("SELECT parameter_types::text[] AS types FROM pg_prepared_statements WHERE name = 'planner_types'"),
      statement("DEALLOCATE ALL"),
    ]);
    const answer = await this.#planner.run(this.#setup, steps);
    if (!answer.ok) return { unavailable: answer.why };
    const found = new Map<string, string>();
    for (const [i, sql] of open.entries()) {
      const result = answer.results[3 * i + 1];
      const types = result?.ok === true ? result.rows[0]?.["types"] : undefined;
      if (Array.isArray(types))
        found.set(
          sql,
          sql.replace(/\$(\d+)(?!\d|::)/g, (place, number) => cast(place, types[Number(number) - 1])),
        );
    }
    return queries.map((sql) => found.get(sql) ?? sql);
  }

  /** Creating an index reads its table, so the tables are empty meanwhile. */
  #created(candidates: readonly Candidate[]): readonly Step[] {
    if (candidates.length === 0) return [];
    const tables = [...new Set(candidates.map(({ table }) => table))];
    const known = (table: Table) => this.statistics.tables.get(table.name.toLowerCase());
    const sizes = tables.flatMap((table) => {
      const about = known(table);
      return about === undefined ? [] : [sizeOf(table, about)];
    });
    const added = candidates.flatMap(({ table, index }) => {
      const about = known(table);
      return about === undefined ? [] : [indexSize(table, index, about, this.statistics)];
    });
    return [
      { kind: "resize", relations: tables.map((table) => ({ name: qualified(table), pages: 0 })) },
      ...candidates.map(({ table, index }) => statement(createIndex(table, index))),
      ...sizeSteps([...sizes, ...added]),
      ...candidates.flatMap(({ table, index }) => {
        const about = known(table);
        return about === undefined ? [] : expressionSteps(table, index, about, this.statistics);
      }),
      validity(candidates.map(nameOf), false),
    ];
  }

  #nameOf(index: Index): string {
    for (const table of this.schema.tables.values()) if (table.indexes.includes(index)) return nameOf({ table, index });
    return sqlName(index.name);
  }
}

const NULL_TEST = /\$\d+\s+is\s+(?:not\s+)?null\b/i;

const cast = (place: string, type: unknown): string => (typeof type === "string" && type !== "unknown" ? `${place}::${type}` : place);

export const isUnavailable = <T>(answer: T | NoPlanner): answer is NoPlanner =>
  typeof answer === "object" && answer !== null && "unavailable" in answer;

const nameOf = ({ table, index }: Candidate): string => qualified({ name: index.name, namespace: table.namespace });

const statement = (sql: string): Step => ({ kind: "sql", sql });

/** PostgreSQL plans without an index that is said to be invalid. */
function validity(names: readonly string[], valid: boolean): Step {
  const list = names.map((name) => `to_regclass('${name.replaceAll("'", "''")}')`).join(", ");
  return statement(`UPDATE pg_index SET indisvalid = ${valid} WHERE indexrelid IN (${list}) AND indisvalid <> ${valid}`);
}

function plannedOf(result: StepResult | undefined): Planned {
  if (result === undefined) return { ok: false, why: "there is no answer" };
  if (!result.ok) return { ok: false, why: result.message };
  const plan = planOf(result.rows[0]?.["QUERY PLAN"]);
  return plan === undefined ? { ok: false, why: "the plan is not one that we read" } : { ok: true, plan };
}
