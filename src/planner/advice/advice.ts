import { makeName } from "../../model/schema/fold/defaultNames.ts";
import type { Index, Schema, Table } from "../../model/schema/schema.ts";
import { createIndex } from "../schema.ts";
import { type Candidate, isUnavailable, type NoPlanner, type Planned, type WhatIf } from "../whatIf.ts";
import { candidatesFor } from "./candidates.ts";
import { carryingWhatIsFelt } from "./carried.ts";
import { ask, choose, costOf, coveredBy, pagesOf, TOLERANCE } from "./choice.ts";
import { withCommonValues } from "./commonValues.ts";
import { dispensable } from "./dispensable.ts";
import { consolidated, costsWithout, felt, needs } from "./fewer.ts";
import { priceOf } from "./price.ts";
import type { AdvisedQuery } from "./query.ts";

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
  /** What it costs, and how seldom it is read, a line each. */
  readonly remarks: readonly string[];
}

export interface Advice {
  readonly queries: readonly QueryPlans[];
  readonly indexes: readonly AdvisedIndex[];
}

const PAGE_BYTES = 8_192;

/** The few indexes that make queries cheaper by much, all queries considered together. What is never sent is planned, and no more. */
export async function advise(whatIf: WhatIf, given: readonly AdvisedQuery[]): Promise<Advice | NoPlanner> {
  const idle = given.filter(isNeverSent);
  const sent = await adviseSent(
    whatIf,
    given.filter((query) => !isNeverSent(query)),
  );
  if (isUnavailable(sent) || idle.length === 0) return sent;
  const planned = await whatIf.plan(idle.map((query) => ask(query, [])));
  if (isUnavailable(planned)) return planned;
  return { ...sent, queries: [...sent.queries, ...idle.map((query, i) => plansOf(query, planned[i], planned[i], undefined))] };
}

export const isNeverSent = ({ heat }: AdvisedQuery): boolean => heat?.weight === 0;

async function adviseSent(whatIf: WhatIf, given: readonly AdvisedQuery[]): Promise<Advice | NoPlanner> {
  const typed = await whatIf.typed(given);
  if (isUnavailable(typed)) return typed;
  const queries = given.map((query, i) => ({ ...query, ...typed[i] }));
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
  const merged = await consolidated(whatIf, queries, needed);
  if (isUnavailable(merged)) return merged;
  const feltOnes = await felt(whatIf, queries, merged);
  if (isUnavailable(feltOnes)) return feltOnes;
  const few = await carryingWhatIsFelt(whatIf, queries, feltOnes);
  if (isUnavailable(few)) return few;
  const named: Candidate[] = [];
  for (const candidate of few) named.push(withName(candidate, whatIf.schema, named));
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
    const helped = queries.flatMap((query, i) => {
      const [before, now] = [without.get(i), costOf(after[i])];
      return before !== undefined && now !== undefined && before > now * TOLERANCE ? [{ query, name: query.name, before, after: now }] : [];
    });
    // What another one does now, too.
    if (helped.length === 0) continue;
    const remarks = priceOf(
      candidate,
      helped.map(({ query }) => query),
      queries,
    );
    indexes.push(
      advised(
        candidate,
        helped.map(({ query: _query, ...costs }) => costs),
        replaces,
        remarks,
        whatIf,
      ),
    );
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
    const common = withCommonValues(query, whatIf.statistics);
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

function advised(
  candidate: Candidate,
  queries: AdvisedIndex["queries"],
  replaces: readonly Index[],
  remarks: readonly string[],
  whatIf: WhatIf,
): AdvisedIndex {
  const { table, index } = candidate;
  const sql = `${createIndex(table, index).replace(" USING btree", "")};`;
  return { table, index, sql, bytes: pagesOf(candidate, whatIf) * PAGE_BYTES, queries, replaces, remarks };
}

/** Existing indexes that the new one covers, as far as all queries are planned as cheaply without them. */
async function replacedBy(
  whatIf: WhatIf,
  candidate: Candidate,
  queries: readonly AdvisedQuery[],
  chosen: readonly Candidate[],
): Promise<readonly Index[] | NoPlanner> {
  const covered = coveredBy(candidate);
  return covered.length === 0 ? [] : dispensable(whatIf, covered, queries, chosen);
}
