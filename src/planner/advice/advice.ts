import { redundancies } from "../../model/schema/coverage.ts";
import { makeName } from "../../model/schema/defaultNames.ts";
import type { Index, Schema, Table } from "../../model/schema/schema.ts";
import { costToTheEnd } from "../plan.ts";
import { createIndex } from "../schema.ts";
import { indexSize } from "../statistics/inject.ts";
import { type Candidate, isUnavailable, type NoPlanner, type Planned, type WhatIf } from "../whatIf.ts";
import { candidatesFor } from "./candidates.ts";
import { withCommonValues } from "./commonValues.ts";
import type { TableScan } from "./scans.ts";

/** A query to be planned. */
export interface AdvisedQuery {
  /** As a person knows it: "TicketRepository.findByOwner". */
  readonly name: string;
  readonly sql: string;
  readonly scans: readonly TableScan[];
}

/** A query's plan as it is, and with the indexes that are advised. */
export interface QueryPlans {
  readonly query: AdvisedQuery;
  readonly before: Planned;
  /** The same as before where no index helps it. */
  readonly after: Planned;
  /** The same for the most common values of parameters, where statistics know them. */
  readonly common: { readonly values: readonly string[]; readonly before: Planned; readonly after: Planned } | undefined;
}

export interface AdvisedIndex {
  readonly table: Table;
  readonly index: Index;
  readonly sql: string;
  /** Estimated, after HypoPG's formula. */
  readonly bytes: number;
  /** The queries that it makes cheaper, with their costs without it and with it, the other advised indexes being there. */
  readonly queries: readonly { readonly name: string; readonly before: number; readonly after: number }[];
  /** Existing indexes whose work it does: no query is planned dearer without them. */
  readonly replaces: readonly Index[];
}

export interface Advice {
  readonly queries: readonly QueryPlans[];
  readonly indexes: readonly AdvisedIndex[];
}

/** An index is advised where a query costs half at most with it, and so much less, in PostgreSQL's unit. */
const LEAST_FACTOR = 2;
const LEAST_FACTOR_OF_GUESSES = 10;
const LEAST_GAIN = 100;
/** Candidates that give nearly as much as the best: of these the smallest is taken, since every write pays for it. */
const NEARLY = 0.95;
/** A plan so much dearer is felt. */
const TOLERANCE = 1.1;
const PAGE_BYTES = 8_192;
const MOST_INDEXES = 20;

/** The few indexes that make queries cheaper by much, all queries considered together. */
export async function advise(whatIf: WhatIf, given: readonly AdvisedQuery[]): Promise<Advice | NoPlanner> {
  const typed = await whatIf.typed(given.map(({ sql }) => sql));
  if (isUnavailable(typed)) return typed;
  const queries = given.map((query, i) => ({ ...query, sql: typed[i] ?? query.sql }));
  const candidates = candidatesFor(
    queries.flatMap(({ scans }) => scans),
    whatIf.statistics,
  );
  const planned = await whatIf.plan(queries.map((query) => ask(query, [])));
  if (isUnavailable(planned)) return planned;
  const chosen = candidates.length === 0 ? [] : await choose(whatIf, queries, planned, candidates);
  if (isUnavailable(chosen)) return chosen;
  const needed = await needs(whatIf, queries, chosen);
  if (isUnavailable(needed)) return needed;
  const named = needed.map((candidate, i) => withName(candidate, whatIf.schema, needed.slice(0, i)));
  const common = await commonPlans(whatIf, queries, named);
  if (isUnavailable(common)) return common;
  if (named.length === 0) return { indexes: [], queries: queries.map((query, i) => plansOf(query, planned[i], planned[i], common.get(i))) };
  const after = await whatIf.plan(
    queries.map((query) => ask(query, named)),
    named,
  );
  if (isUnavailable(after)) return after;
  const indexes: AdvisedIndex[] = [];
  for (const candidate of named) {
    const without = await costsWithout(whatIf, queries, named, candidate);
    if (isUnavailable(without)) return without;
    const replaces = await replacedBy(whatIf, candidate, queries, named);
    if (isUnavailable(replaces)) return replaces;
    const helped = queries.flatMap(({ name }, i) => {
      const [before, now] = [without.get(i), costOf(after[i])];
      return before !== undefined && now !== undefined && before > now * TOLERANCE ? [{ name, before, after: now }] : [];
    });
    indexes.push(advised(candidate, helped, replaces, whatIf));
  }
  return { indexes, queries: queries.map((query, i) => plansOf(query, planned[i], after[i], common.get(i))) };
}

const NOT_PLANNED: Planned = { ok: false, why: "there is no answer" };

const plansOf = (
  query: AdvisedQuery,
  before: Planned | undefined,
  after: Planned | undefined,
  common: QueryPlans["common"],
): QueryPlans => ({ query, before: before ?? NOT_PLANNED, after: after ?? NOT_PLANNED, common });

/** The plans for common values, by the query's place. */
async function commonPlans(
  whatIf: WhatIf,
  queries: readonly AdvisedQuery[],
  named: readonly Candidate[],
): Promise<ReadonlyMap<number, QueryPlans["common"]> | NoPlanner> {
  const known = queries.flatMap((query, i) => {
    const common = withCommonValues(query.sql, query.scans, whatIf.statistics);
    return common === undefined ? [] : [{ i, common }];
  });
  if (known.length === 0) return new Map();
  const answers = await whatIf.plan(
    known.flatMap(({ common: { sql } }) => [
      { sql, with: [], without: [] },
      { sql, with: named.map(({ index }) => index.name), without: [] },
    ]),
    named,
  );
  if (isUnavailable(answers)) return answers;
  return new Map(
    known.map(({ i, common: { values } }, at) => [
      i,
      { values, before: answers[2 * at] ?? NOT_PLANNED, after: answers[2 * at + 1] ?? NOT_PLANNED },
    ]),
  );
}

/** Of chosen indexes those that are worth it beside the others: what was chosen later may do the work of what was chosen before. */
async function needs(
  whatIf: WhatIf,
  queries: readonly AdvisedQuery[],
  chosen: readonly Candidate[],
): Promise<readonly Candidate[] | NoPlanner> {
  let left = chosen;
  for (const candidate of chosen) {
    const [without, with_] = [
      await costsWithout(whatIf, queries, left, candidate),
      await costsWithout(whatIf, queries, left, undefined, candidate),
    ];
    if (isUnavailable(without)) return without;
    if (isUnavailable(with_)) return with_;
    const worth = [...without].some(([i, before]) => {
      const [query, after] = [queries[i], with_.get(i)];
      return query !== undefined && after !== undefined && isWorth(before, after, candidate, query);
    });
    if (!worth) left = left.filter((one) => one !== candidate);
  }
  return left;
}

/** What the queries of a candidate's table cost with all of these indexes but one, by the query's place. */
async function costsWithout(
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

/**
 * Takes the candidate that saves most, plans what it touches anew, and goes on until none is worth its writes. A candidate is planned
 * with the queries of its own table, and again only when an index has been chosen that such a query may use.
 */
async function choose(
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
      const worth = before !== undefined && after !== undefined && isWorth(before, after, candidate, query);
      gains.get(candidate)?.set(i, worth ? before - after : 0);
    }
    const total = new Map(
      [...gains].map(([candidate, byQuery]) => [candidate, [...byQuery.values()].reduce((sum, gain) => sum + gain, 0)]),
    );
    const best = Math.max(0, ...total.values());
    const [next] = [...total]
      .filter(([, gain]) => gain > 0 && gain >= NEARLY * best)
      .map(([candidate]) => candidate)
      .sort((a, b) => pagesOf(a, whatIf) - pagesOf(b, whatIf) || a.index.keys.length - b.index.keys.length);
    if (next === undefined) break;
    chosen.push(next);
    // What gave nothing now will give nothing beside another.
    for (const [candidate, gain] of total) if (candidate === next || gain === 0) gains.delete(candidate);
    const touched = [...queries.keys()].filter((i) => concerns(queries[i] as AdvisedQuery, next));
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
function serves(candidate: Candidate, query: AdvisedQuery): boolean {
  if (!concerns(query, candidate)) return false;
  if (candidate.index.method !== "gin") return true;
  const column = candidate.index.keys[0]?.column;
  return query.scans.some(
    ({ table, contains, documents }) =>
      table === candidate.table && (contains.some((one) => one === column) || documents.some((one) => one.column === column)),
  );
}

export function isWorth(before: number, after: number, candidate: Candidate, query: AdvisedQuery): boolean {
  return before >= (isGuessed(candidate, query) ? LEAST_FACTOR_OF_GUESSES : LEAST_FACTOR) * after && before - after >= LEAST_GAIN;
}

/** Whether only a range leads the index: of one with an unknown end PostgreSQL assumes a third of the rows. */
function isGuessed({ table, index }: Candidate, { scans }: AdvisedQuery): boolean {
  const [first] = index.keys;
  return scans.every(
    (scan) =>
      scan.table !== table ||
      (scan.ranges.some((column) => column === first?.column) &&
        !scan.sort.some(({ column }) => column === first?.column) &&
        first?.expression === undefined),
  );
}

const concerns = ({ scans }: AdvisedQuery, { table }: Candidate): boolean => scans.some((scan) => scan.table === table);

export const costOf = (planned: Planned | undefined): number | undefined => (planned?.ok === true ? costToTheEnd(planned.plan) : undefined);

const ask = ({ sql }: AdvisedQuery, candidates: readonly Candidate[]) => ({
  sql,
  with: candidates.map(({ index }) => index.name),
  without: [],
});

function pagesOf({ table, index }: Candidate, { statistics }: WhatIf): number {
  const known = statistics.tables.get(table.name.toLowerCase());
  return known === undefined ? 0 : indexSize(table, index, known, statistics).pages;
}

function withName(candidate: Candidate, schema: Schema, before: readonly Candidate[]): Candidate {
  const { table, index } = candidate;
  const taken = new Set(
    [...[...schema.tables.values()].flatMap(({ indexes }) => indexes), ...before.map((one) => one.index)].map(({ name }) =>
      name.toLowerCase(),
    ),
  );
  const of = index.name.replace(/^pa\d+_/, "").slice(table.name.length + 1);
  const wanted = makeName(`idx_${table.name}`, of, "");
  let name = wanted;
  for (let i = 2; taken.has(name.toLowerCase()); i++) name = makeName(wanted, String(i), "");
  return { table, index: { ...index, name } };
}

function advised(candidate: Candidate, queries: AdvisedIndex["queries"], replaces: readonly Index[], whatIf: WhatIf): AdvisedIndex {
  const { table, index } = candidate;
  const sql = `${createIndex(table, index).replace(" USING btree", "")};`;
  return { table, index, sql, bytes: pagesOf(candidate, whatIf) * PAGE_BYTES, queries, replaces };
}

/** Existing indexes that the new one covers, as far as all queries are planned as cheaply without them. */
async function replacedBy(
  whatIf: WhatIf,
  { table, index }: Candidate,
  queries: readonly AdvisedQuery[],
  chosen: readonly Candidate[],
): Promise<readonly Index[] | NoPlanner> {
  const covered = redundancies({ ...table, indexes: [...table.indexes, index] })
    .filter((one) => one.by === index)
    .map((one) => one.index);
  return covered.length === 0 ? [] : dispensable(whatIf, covered, queries, chosen);
}

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
