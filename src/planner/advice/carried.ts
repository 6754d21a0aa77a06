import { sizeOf } from "../statistics/inject.ts";
import { type Candidate, isUnavailable, type NoPlanner, type WhatIf } from "../whatIf.ts";
import { isThere, withoutIncluded } from "./candidates.ts";
import { ask, concerns, costOf, LEAST_FACTOR, LEAST_GAIN, serves } from "./choice.ts";
import { isNarrower } from "./narrower.ts";
import type { AdvisedQuery } from "./query.ts";

/**
 * The chosen indexes, without the columns that are only carried beside their keys where that spares next to nothing: PostgreSQL counts a
 * page that is not looked at as one that is read from disk, and the pages of most tables are in memory. Left out are those whose keys
 * find no more than other indexes.
 */
export async function carryingWhatIsFelt(
  whatIf: WhatIf,
  queries: readonly AdvisedQuery[],
  chosen: readonly Candidate[],
): Promise<readonly Candidate[] | NoPlanner> {
  let left = chosen;
  for (const candidate of chosen) {
    if (candidate.index.include.length === 0 || !isInMemory(candidate, whatIf)) continue;
    const others = left.filter((one) => one !== candidate);
    const bare = withoutIncluded(candidate);
    const beside = others.flatMap(({ table, index }) => (table === candidate.table ? [index] : []));
    const served = queries.filter((query) => concerns(query, candidate) && serves(candidate, query));
    const helped = isThere(bare.index, [...candidate.table.indexes, ...beside])
      ? []
      : served.filter((query) => isNarrower(bare, query, others));
    const carried = await costsInMemory(whatIf, served, left);
    if (isUnavailable(carried)) return carried;
    const without = await costsInMemory(whatIf, served, others);
    if (isUnavailable(without)) return without;
    const plain = helped.length === 0 ? without : await costsInMemory(whatIf, served, [...others, bare]);
    if (isUnavailable(plain)) return plain;
    const isSpared = served.some((query, i) => {
      const [after, before] = [carried[i], helped.includes(query) ? plain[i] : without[i]];
      return after !== undefined && before !== undefined && before >= LEAST_FACTOR * after && before - after >= LEAST_GAIN;
    });
    if (!isSpared) left = helped.length === 0 ? others : [...others, bare];
  }
  return left;
}

/** What a page costs that is in memory, where a row costs 0.01: measured in docs/decisions/planning.md. */
const PAGE_IN_MEMORY = 0.2;
const SETTINGS = { seq_page_cost: PAGE_IN_MEMORY, random_page_cost: PAGE_IN_MEMORY };

async function costsInMemory(whatIf: WhatIf, queries: readonly AdvisedQuery[], there: readonly Candidate[]) {
  const answers = await whatIf.plan(
    queries.map((query) => ({ ...ask(query, there), settings: SETTINGS })),
    there,
  );
  return isUnavailable(answers) ? answers : answers.map(costOf);
}

/** Whether a table fits what PostgreSQL takes to be cached. */
function isInMemory({ table }: Candidate, { statistics }: WhatIf): boolean {
  const known = statistics.tables.get(table.key);
  if (known === undefined) return false;
  const [, number, unit = ""] = /^(\d+)\s*(kB|MB|GB|TB)$/.exec(statistics.settings["effective_cache_size"] ?? "4GB") ?? [];
  const pages = Number(number) * (PAGES_OF[unit] ?? Number.NaN);
  return sizeOf(table, known).pages <= pages;
}

const PAGES_OF: Readonly<Record<string, number>> = { kB: 1 / 8, MB: 128, GB: 131_072, TB: 134_217_728 };
