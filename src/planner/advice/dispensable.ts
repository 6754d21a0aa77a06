import type { Index } from "../../model/schema/schema.ts";
import { type Candidate, isUnavailable, type NoPlanner, type WhatIf } from "../whatIf.ts";
import { ask, costOf, TOLERANCE } from "./choice.ts";
import type { AdvisedQuery } from "./query.ts";

/** Of these indexes, those without which no query is planned dearer than with them; one is hidden at a time. */
export async function dispensable(
  whatIf: WhatIf,
  indexes: readonly Index[],
  queries: readonly AdvisedQuery[],
  beside: readonly Candidate[] = [],
): Promise<readonly Index[] | NoPlanner> {
  const answers = await dearerWithout(whatIf, indexes, queries, beside);
  return isUnavailable(answers) ? answers : indexes.filter((_, at) => answers[at]?.worse.length === 0);
}

/** What hiding one index does to queries. */
export interface Without {
  /** Queries that PostgreSQL plans. */
  readonly planned: number;
  readonly worse: readonly { readonly name: string; readonly before: number; readonly after: number }[];
}

/** The queries that are planned dearer without each of these indexes; one is hidden at a time. */
export async function dearerWithout(
  whatIf: WhatIf,
  indexes: readonly Index[],
  queries: readonly AdvisedQuery[],
  beside: readonly Candidate[] = [],
): Promise<readonly Without[] | NoPlanner> {
  const questions = indexes.flatMap((index) => queries.map((query) => ({ ...ask(query, beside), without: [index] })));
  const answers = await whatIf.plan([...queries.map((query) => ask(query, beside)), ...questions], beside);
  if (isUnavailable(answers)) return answers;
  const costs = answers.slice(0, queries.length).map(costOf);
  const planned = costs.filter((cost) => cost !== undefined).length;
  return indexes.map((_, at) => ({
    planned,
    worse: queries.flatMap(({ name }, i) => {
      const [before, after] = [costs[i], costOf(answers[queries.length * (at + 1) + i])];
      if (before === undefined || (after !== undefined && after <= before * TOLERANCE)) return [];
      return [{ name, before, after: after ?? Number.POSITIVE_INFINITY }];
    }),
  }));
}
