import { type Candidate, isUnavailable, type NoPlanner, type WhatIf } from "../whatIf.ts";
import { mergedIndex } from "./candidates.ts";
import { ask, concerns, costOf, isFelt, isLed, isWorth, LEAST_FACTOR, LEAST_GAIN, serves } from "./choice.ts";
import { findsAsMuch } from "./narrower.ts";
import type { AdvisedQuery } from "./query.ts";

/** Of chosen indexes those that are worth it beside the others: what was chosen later may do the work of what was chosen before. */
export const needs = (whatIf: WhatIf, queries: readonly AdvisedQuery[], chosen: readonly Candidate[]) =>
  worthIt(whatIf, queries, chosen, isWorth);

/** Of those that are left the ones that are felt, where an index finds the rows already. The last one goes first. */
export async function felt(
  whatIf: WhatIf,
  queries: readonly AdvisedQuery[],
  needed: readonly Candidate[],
): Promise<readonly Candidate[] | NoPlanner> {
  const kept = await worthIt(whatIf, queries, [...needed].reverse(), isFelt);
  return isUnavailable(kept) ? kept : needed.filter((one) => kept.includes(one));
}

async function worthIt(
  whatIf: WhatIf,
  queries: readonly AdvisedQuery[],
  chosen: readonly Candidate[],
  isEnough: typeof isFelt,
): Promise<readonly Candidate[] | NoPlanner> {
  let left = chosen;
  for (const candidate of chosen) {
    const others = left.filter((one) => one !== candidate);
    const [without, with_] = [
      await costsWithout(whatIf, queries, left, candidate),
      await costsWithout(whatIf, queries, left, undefined, candidate),
    ];
    if (isUnavailable(without)) return without;
    if (isUnavailable(with_)) return with_;
    const worth = [...without].some(([i, before]) => {
      const [query, after] = [queries[i], with_.get(i)];
      return query !== undefined && after !== undefined && serves(candidate, query) && isEnough(before, after, candidate, query, others);
    });
    if (!worth) left = left.filter((one) => one !== candidate);
  }
  return left;
}

/** Two indexes of one table become one where it does the work of both: no query is then dearer by what would be worth an index. */
export async function consolidated(
  whatIf: WhatIf,
  queries: readonly AdvisedQuery[],
  needed: readonly Candidate[],
): Promise<readonly Candidate[] | NoPlanner> {
  let left = needed;
  for (const small of needed) {
    for (const large of needed) {
      const both = left.includes(small) && left.includes(large) ? mergedIndex(small, large) : undefined;
      if (both === undefined) continue;
      if (queries.some((query) => (isLed(small, query) || isLed(large, query)) && !isLed(both, query))) continue;
      if (!queries.every((query) => findsAsMuch(both, query, [small, large]))) continue;
      const instead = [...left.filter((one) => one !== small && one !== large), both];
      const [now, then] = [
        await costsWithout(whatIf, queries, left, undefined, small),
        await costsWithout(whatIf, queries, instead, undefined, small),
      ];
      if (isUnavailable(now)) return now;
      if (isUnavailable(then)) return then;
      const isAsGood = [...now].every(
        ([i, before]) => (then.get(i) ?? Number.POSITIVE_INFINITY) <= Math.max(before * LEAST_FACTOR, before + LEAST_GAIN),
      );
      if (isAsGood) left = instead;
    }
  }
  return left;
}

/** What the queries of a candidate's table cost with all of these indexes but one, by the query's place. */
export async function costsWithout(
  whatIf: WhatIf,
  queries: readonly AdvisedQuery[],
  all: readonly Candidate[],
  without: Candidate | undefined,
  about: Candidate | undefined = without,
): Promise<ReadonlyMap<number, number> | NoPlanner> {
  const there = all.filter((one) => one !== without);
  const places = [...queries.keys()].filter((i) => about === undefined || concerns(queries[i] as AdvisedQuery, about));
  const answers = await whatIf.plan(
    places.map((i) => ask(queries[i] as AdvisedQuery, there)),
    there,
  );
  if (isUnavailable(answers)) return answers;
  return new Map(
    places.flatMap((i, at) => {
      const cost = costOf(answers[at]);
      return cost === undefined ? [] : [[i, cost] as const];
    }),
  );
}
