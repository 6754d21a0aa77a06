import { qualified, sqlName } from "../model/schema/edits/migrationEdit.ts";
import type { Index, Schema, Table } from "../model/schema/schema.ts";
import type { AdvisedQuery } from "./advice/query.ts";
import { numbersIn } from "./parameters.ts";
import { ParameterTypes, type TypedQuery } from "./parameterTypes.ts";
import { type PlanNode, planOf } from "./plan.ts";
import type { Planner, Setup } from "./planner.ts";
import type { Step, StepResult } from "./protocol.ts";
import { createIndex, type Ddl, ddlOf, schemaRemarks } from "./schema.ts";
import { expressionSteps, indexSize, injection, sizeOf, sizeSteps } from "./statistics/inject.ts";
import type { Statistics } from "./statistics/statistics.ts";
import { NO_SURROUNDINGS, type Surroundings } from "./surroundings.ts";

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
  /** What a unit of work costs, where it is not as the statistics say. */
  readonly settings?: Readonly<Record<string, number>>;
}

/** The plan of a question, or what PostgreSQL says against it. */
export type Planned = { readonly ok: true; readonly plan: PlanNode } | { readonly ok: false; readonly why: string };

/** Why there is no answer at all: the planner died, or was stopped. */
export interface NoPlanner {
  readonly unavailable: string;
}

/** Plans of queries on one schema with one set of statistics. */
export class WhatIf {
  readonly schema: Schema;
  readonly statistics: Statistics;
  readonly #planner: Planner;
  readonly #ddl: readonly Ddl[];
  readonly #setup: Setup;

  constructor(planner: Planner, schema: Schema, statistics: Statistics, around: Surroundings = NO_SURROUNDINGS) {
    this.schema = schema;
    this.statistics = statistics;
    this.#planner = planner;
    this.#ddl = ddlOf(schema, around);
    const steps = [...this.#ddl.map(({ sql }) => sql), ...around.views].map(statement).concat(injection(schema, statistics));
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
      const settings = Object.entries(question.settings ?? {}).map(([name, value]) => `SET LOCAL ${name} = ${value}; `);
      steps.push(
        statement(`${settings.join("")}EXPLAIN (FORMAT JSON${numbersIn(question.sql).length > 0 ? ", GENERIC_PLAN" : ""}) ${question.sql}`),
      );
      if (shown.length > 0) steps.push(validity(shown.map(nameOf), false));
      if (invisible.length > 0) steps.push(validity(invisible, true));
    }
    steps.push(...candidates.map((candidate) => statement(`DROP INDEX IF EXISTS ${nameOf(candidate)}`)));
    const answer = await this.#planner.run(this.#setup, steps);
    return answer.ok ? at.map((i) => plannedOf(answer.results[i])) : { unavailable: answer.why };
  }

  /** The queries with types at parameters where PostgreSQL cannot tell them by itself. What finds no type stays as it is. */
  async typed(queries: readonly Pick<AdvisedQuery, "sql" | "byDriver">[]): Promise<readonly TypedQuery[] | NoPlanner> {
    const all = queries.map(({ sql, byDriver }) => new ParameterTypes(sql, byDriver === true));
    for (let open = all; (open = open.filter((one) => one.open)).length > 0; ) {
      const questions = open.map((one) => one.questions());
      const steps = questions.flat().map(statement);
      const answer = await this.#planner.run(this.#setup, steps);
      if (!answer.ok) return { unavailable: answer.why };
      let at = 0;
      for (const [i, one] of open.entries()) {
        one.take(answer.results[at], answer.results[at + 1]);
        at += questions[i]?.length ?? 0;
      }
    }
    return all.map(({ typed }) => typed);
  }

  /** Creating an index reads its table, so the tables are empty meanwhile. */
  #created(candidates: readonly Candidate[]): readonly Step[] {
    if (candidates.length === 0) return [];
    const tables = [...new Set(candidates.map(({ table }) => table))];
    const known = (table: Table) => this.statistics.tables.get(table.key);
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
