import { redundancies } from "../../model/schema/coverage.ts";
import type { Index, IndexKey } from "../../model/schema/schema.ts";
import { costToTheEnd } from "../plan.ts";
import { indexSize } from "../statistics/inject.ts";
import { type Candidate, isUnavailable, type NoPlanner, type Planned, type WhatIf } from "../whatIf.ts";
import { isNarrower } from "./narrower.ts";
import type { AdvisedQuery } from "./query.ts";

/** An index is advised where a query costs half at most with it, and so much less, in PostgreSQL's unit. */
export const LEAST_FACTOR = 2;
const LEAST_FACTOR_OF_GUESSES = 10;
export const LEAST_GAIN = 100;
/** What one must spare beside an index that finds the rows already, by finding fewer or by carrying more of their columns: some milliseconds. */
const LEAST_GAIN_OF_ANOTHER = 1_000;
/** Candidates that give nearly as much as the best: of these the smallest is taken, since every write pays for it. */
const NEARLY = 0.95;
/** A plan so much dearer is felt. */
export const TOLERANCE = 1.1;
const MOST_INDEXES = 20;

/**
 * Takes the candidate that saves most, plans what it touches anew, and goes on until none is worth its writes. A candidate is planned
 * with the queries of its own table, and again only when an index has been chosen that such a query may use.
 */
export async function choose(
  whatIf: WhatIf,
  queries: readonly AdvisedQuery[],
  planned: readonly Planned[],
  all: readonly Candidate[],
): Promise<readonly Candidate[] | NoPlanner> {
  const chosen: Candidate[] = [];
  const current = planned.map(costOf);
  const gains = new Map(all.map((candidate) => [candidate, new Map<number, number>()]));
  let stale: ReadonlySet<number> = new Set(queries.keys());
  while (gains.size > 0 && chosen.length < MOST_INDEXES) {
    const pairs = [...gains.keys()].flatMap((candidate) =>
      queries.flatMap((query, i) => (stale.has(i) && serves(candidate, query) ? [{ candidate, query, i }] : [])),
    );
    const answers = await whatIf.plan(
      pairs.map(({ query, candidate }) => ask(query, [...chosen, candidate])),
      [...chosen, ...new Set(pairs.map(({ candidate }) => candidate))],
    );
    if (isUnavailable(answers)) return answers;
    for (const [at, { candidate, query, i }] of pairs.entries()) {
      const [before, after] = [current[i], costOf(answers[at])];
      const worth = before !== undefined && after !== undefined && isWorth(before, after, candidate, query, chosen);
      gains.get(candidate)?.set(i, worth ? (before - after) * (query.heat?.weight ?? 1) : 0);
    }
    const total = new Map(
      [...gains].map(([candidate, byQuery]) => [candidate, [...byQuery.values()].reduce((sum, gain) => sum + gain, 0)]),
    );
    const best = Math.max(0, ...total.values());
    const [next] = [...total]
      .filter(([, gain]) => gain > 0 && gain >= NEARLY * best)
      .map(([candidate]) => candidate)
      .sort((a, b) => pagesMore(a, whatIf) - pagesMore(b, whatIf) || a.index.keys.length - b.index.keys.length);
    if (next === undefined) break;
    chosen.push(next);
    const touched = [...queries.keys()].filter((i) => concerns(queries[i] as AdvisedQuery, next));
    // What gave nothing now will give nothing beside another, but in a join of which the other serves another table.
    const joins = touched.flatMap((i) =>
      (queries[i] as AdvisedQuery).scans.some(({ table }) => table !== next.table) ? [queries[i] as AdvisedQuery] : [],
    );
    for (const [candidate, gain] of total) {
      const mayYet = candidate.table !== next.table && joins.some((query) => serves(candidate, query));
      if (candidate === next || (gain === 0 && !mayYet)) gains.delete(candidate);
    }
    const again = await whatIf.plan(
      touched.map((i) => ask(queries[i] as AdvisedQuery, chosen)),
      chosen,
    );
    if (isUnavailable(again)) return again;
    for (const [at, i] of touched.entries()) current[i] = costOf(again[at]);
    stale = new Set(touched);
  }
  return chosen;
}

/** Whether a query could use a candidate for what it is: an inverted index for its patterns and documents, not for what a B-tree does better. */
export function serves(candidate: Candidate, query: AdvisedQuery): boolean {
  if (!concerns(query, candidate)) return false;
  if (candidate.index.method !== "gin") return isLed(candidate, query);
  const column = candidate.index.keys[0]?.column;
  return query.scans.some(
    ({ table, contains, documents }) =>
      table === candidate.table && (contains.some((one) => one === column) || documents.some((one) => one.column === column)),
  );
}

/**
 * Whether a query says something of the first column of a B-tree. PostgreSQL 18 skips over the values of a column that is not asked for,
 * which pays only where there are few of them, and which older versions cannot do: no reason for an index.
 */
export function isLed({ table, index }: Candidate, { scans }: AdvisedQuery): boolean {
  const [first] = index.keys;
  if (index.predicate !== undefined || first === undefined) return true;
  return scans.some((scan) => scan.table === table && asksFor(first, scan));
}

/** Whether a scan says something of what a key of an index holds. */
const asksFor = ({ column, expression }: IndexKey, { equal, ranges, joined, sort, expressions }: AdvisedQuery["scans"][number]): boolean =>
  column === undefined
    ? expression !== undefined && expressions.includes(expression)
    : [...equal, ...ranges, ...joined, ...sort.map((key) => key.column)].includes(column);

/** Whether an index saves a query enough, with those that are there and those beside it. */
export function isWorth(
  before: number,
  after: number,
  candidate: Candidate,
  query: AdvisedQuery,
  beside: readonly Candidate[] = [],
): boolean {
  return (
    !takesAll(candidate, query) &&
    isNarrower(candidate, query, beside) &&
    before >= (isGuessed(candidate, query) ? LEAST_FACTOR_OF_GUESSES : LEAST_FACTOR) * after &&
    before - after >= (isOnlyCarried(candidate) ? LEAST_GAIN_OF_ANOTHER : LEAST_GAIN)
  );
}

/** Whether it saves so much that it is worth its writes where an index finds the rows already. */
export const isFelt = (before: number, after: number, candidate: Candidate, query: AdvisedQuery, beside: readonly Candidate[]): boolean =>
  isWorth(before, after, candidate, query, beside) && (before - after >= LEAST_GAIN_OF_ANOTHER || !isFound(candidate, query, beside));

/** Whether an index of the table, or one beside, leads to the rows that a query asks for. */
function isFound({ table }: Candidate, { scans }: AdvisedQuery, beside: readonly Candidate[]): boolean {
  const there = [...table.indexes, ...beside.flatMap((one) => (one.table === table ? [one.index] : []))];
  return scans.every(
    (scan) =>
      scan.table !== table ||
      there.some(({ method, predicate, keys: [first] }) => {
        const column = first?.column;
        return (
          method === "btree" &&
          predicate === undefined &&
          column !== undefined &&
          (scan.equal.includes(column) || scan.joined.includes(column))
        );
      }),
  );
}

/** Whether an index of the table has the keys already, and columns are only added beside them. */
const isOnlyCarried = ({ table, index: { keys, include } }: Candidate): boolean =>
  include.length > 0 &&
  table.indexes.some(
    (known) =>
      known.method === "btree" &&
      known.predicate === undefined &&
      keys.every(({ column }, i) => column !== undefined && known.keys[i]?.column === column),
  );

/** Whether the query brings the whole rows of the whole table: it is read whole, in whatever order. */
function takesAll({ table }: Candidate, { scans }: AdvisedQuery): boolean {
  return scans
    .filter((scan) => scan.table === table)
    .every(({ filtered, limited, needed }) => !filtered && !limited && needed === undefined);
}

/**
 * Whether only a range leads the index: of one with an unknown end PostgreSQL assumes a third of the rows. Where these come in their order,
 * too, it takes the first ones that pass: how many have the state that is asked for besides is not known either, and the oldest of what
 * waits is behind all that is done.
 */
function isGuessed({ table, index }: Candidate, { scans }: AdvisedQuery): boolean {
  const [first] = index.keys;
  const there = scans.filter((scan) => scan.table === table);
  const led = there.filter((scan) => first !== undefined && asksFor(first, scan));
  return (led.length > 0 ? led : there).every(
    ({ ranges, sort, equal }) =>
      ranges.some((column) => column === first?.column) &&
      (!sort.some(({ column }) => column === first?.column) || equal.length > 0) &&
      first?.expression === undefined,
  );
}

export const concerns = ({ scans }: AdvisedQuery, { table }: Candidate): boolean => scans.some((scan) => scan.table === table);

export const costOf = (planned: Planned | undefined): number | undefined => (planned?.ok === true ? costToTheEnd(planned.plan) : undefined);

export const ask = ({ sql }: AdvisedQuery, candidates: readonly Candidate[]) => ({
  sql,
  with: candidates.map(({ index }) => index.name),
  without: [],
});

/** Existing indexes whose work a new one does. */
export const coveredBy = ({ table, index }: Candidate): readonly Index[] =>
  redundancies({ ...table, indexes: [...table.indexes, index] }).flatMap((one) => (one.by === index ? [one.index] : []));

/** What a new index has more than those whose place it takes. */
const pagesMore = (candidate: Candidate, whatIf: WhatIf): number =>
  coveredBy(candidate).reduce((pages, index) => pages - pagesOf({ table: candidate.table, index }, whatIf), pagesOf(candidate, whatIf));

export function pagesOf({ table, index }: Candidate, { statistics }: WhatIf): number {
  const known = statistics.tables.get(table.key);
  return known === undefined ? 0 : indexSize(table, index, known, statistics).pages;
}
