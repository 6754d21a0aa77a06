import type { Model } from "../model/model.ts";
import type { Index, Schema, Table } from "../model/schema/schema.ts";
import type { ColumnStatistics } from "../model/schema/statistics.ts";
import { type Advice, advise } from "./advice/advice.ts";
import { assumptions } from "./advice/advisedQuery.ts";
import type { AdvisedQuery } from "./advice/query.ts";
import type { Rates } from "./heat.ts";
import type { Planner } from "./planner.ts";
import { type Spread, sizesOf } from "./statistics/assumed.ts";
import { knownStatistics, type StatisticsText } from "./statistics/known.ts";
import type { Statistics } from "./statistics/statistics.ts";
import { type Surroundings, surroundingsOf } from "./surroundings.ts";
import { isUnavailable, type NoPlanner, WhatIf } from "./whatIf.ts";

/** What the plans of a schema are made from, besides the schema. */
export interface PlanSources {
  readonly model: Model;
  readonly statistics: StatisticsText | undefined;
  readonly rates: Rates;
  /** The text of a file of the workspace; undefined where it is not to be had. */
  textOf(file: string): string | undefined;
}

/** The planner on one schema, with its views and with what is known of its tables. */
export class SchemaPlans {
  readonly schema: Schema;
  readonly statistics: Statistics;
  /** Why the statistics file counts for nothing. */
  readonly wrong: string | undefined;
  readonly around: Surroundings;
  readonly whatIf: WhatIf;
  /** Whether a statistics file says how values are spread. */
  readonly #isTold: boolean;
  readonly #textOf: PlanSources["textOf"];

  constructor(planner: Planner, schema: Schema, sources: PlanSources, spread: Spread) {
    const { model, statistics, textOf } = sources;
    const known = knownStatistics(schema, sizesOf(model), statistics, spread);
    this.#textOf = textOf;
    this.schema = schema;
    this.statistics = known.statistics;
    this.wrong = known.wrong;
    this.#isTold = statistics !== undefined && known.wrong === undefined;
    this.around = surroundingsOf(schema, model, textOf);
    this.whatIf = new WhatIf(planner, schema, known.statistics, this.around);
  }

  /** Whether somebody has said how many rows have the common values of the first key of an index, or that none is common. */
  knowsSpread(table: Table, { name, keys }: Index): boolean {
    const known = this.statistics.tables.get(table.key);
    if (!this.#isTold || known?.assumed !== false) return false;
    const column = keys[0]?.column;
    // PostgreSQL keeps no common values where none is, but the bounds between them.
    const spread = column === undefined ? this.#firstExpression(name) : known.columns.get(column);
    return spread?.mostCommon !== undefined || spread?.histogram !== undefined || spread?.nullFraction === 1;
  }

  #firstExpression(index: string): ColumnStatistics | undefined {
    const [known] = this.statistics.indexes.get(index.toLowerCase())?.expressions.values() ?? [];
    return known;
  }

  /** The names of views and functions that read a table, perhaps through others. */
  readersOf(table: Table): ReadonlySet<string> {
    const texts = [...this.schema.objects.values()].flatMap(({ what, name, at }) =>
      what === "view" || what === "function" ? [{ name, text: this.#textOf(at.file)?.slice(at.start, at.end) ?? "" }] : [],
    );
    const found = new Set([table.name]);
    for (let before = 0; before < found.size; ) {
      before = found.size;
      for (const { name, text } of texts) if ([...found].some((one) => mentions(text, one))) found.add(name);
    }
    return found;
  }

  /** The indexes that queries lack, and what a person must know who reads the plans. `taken` is what was taken for granted before. */
  async advise(
    queries: readonly AdvisedQuery[],
    taken: readonly string[],
  ): Promise<{ readonly advice: Advice; readonly remarks: readonly string[] } | NoPlanner> {
    const left = await this.whatIf.remarks();
    if (isUnavailable(left)) return left;
    const advice = await advise(this.whatIf, queries);
    if (isUnavailable(advice)) return advice;
    return { advice, remarks: [...assumptions(advice, [...new Set(taken)], this.statistics), ...left] };
  }
}

/** Whether SQL names something. */
export const mentions = (sql: string, name: string): boolean => new RegExp(`\\b${name.replace(/\W/g, "\\$&")}\\b`, "i").test(sql);
