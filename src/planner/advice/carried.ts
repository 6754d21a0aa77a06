import { sizeOf } from "../statistics/inject.ts";
import { type Candidate, isUnavailable, type NoPlanner, type WhatIf } from "../whatIf.ts";
import { isThere, withoutIncluded } from "./candidates.ts";
import { ask, costOf, LEAST_FACTOR, LEAST_GAIN, serves } from "./choice.ts";
import type { AdvisedQuery } from "./query.ts";

/**
 * The chosen indexes, without the columns that are only carried beside their keys where that spares next to nothing: PostgreSQL counts a
 * page that is not looked at as one that is read from disk, and the pages of most tables are in memory. Left out is what is then no use.
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
    const instead = isThere(bare.index, [...candidate.table.indexes, ...beside]) ? others : [...others, bare];
    const served = queries.filter((query) => serves(candidate, query));
    const carries = await isFeltAgainst(instead, left, served, IN_MEMORY, whatIf);
    if (isUnavailable(carries)) return carries;
    if (carries) continue;
    const isUseful = instead === others ? false : await isFeltAgainst(others, instead, served, {}, whatIf);
    if (isUnavailable(isUseful)) return isUseful;
    left = isUseful ? instead : others;
  }
  return left;
}

/** Whether a query costs half at most with some indexes instead of others, and so much less as makes an index worth it. */
async function isFeltAgainst(
  those: readonly Candidate[],
  these: readonly Candidate[],
  queries: readonly AdvisedQuery[],
  settings: Readonly<Record<string, number>>,
  whatIf: WhatIf,
): Promise<boolean | NoPlanner> {
  const [before, after] = [await costs(those), await costs(these)];
  if (isUnavailable(before)) return before;
  if (isUnavailable(after)) return after;
  return before.some((one = 0, i) => {
    const other = after[i] ?? one;
    return one >= LEAST_FACTOR * other && one - other >= LEAST_GAIN;
  });

  async function costs(there: readonly Candidate[]) {
    const answers = await whatIf.plan(
      queries.map((query) => ({ ...ask(query, there), settings })),
      there,
    );
    return isUnavailable(answers) ? answers : answers.map(costOf);
  }
}

/** What a page costs that is in memory, where a row costs 0.01: measured in docs/decisions/planning.md. */
const PAGE_IN_MEMORY = 0.2;
const IN_MEMORY = { seq_page_cost: PAGE_IN_MEMORY, random_page_cost: PAGE_IN_MEMORY };

/** Whether a table fits what PostgreSQL takes to be cached. */
function isInMemory({ table }: Candidate, { statistics }: WhatIf): boolean {
  const known = statistics.tables.get(table.key);
  if (known === undefined) return false;
  const [, number, unit = ""] = /^(\d+)\s*(kB|MB|GB|TB)$/.exec(statistics.settings["effective_cache_size"] ?? "4GB") ?? [];
  const pages = Number(number) * (PAGES_OF[unit] ?? Number.NaN);
  return sizeOf(table, known).pages <= pages;
}

const PAGES_OF: Readonly<Record<string, number>> = { kB: 1 / 8, MB: 128, GB: 131_072, TB: 134_217_728 };
