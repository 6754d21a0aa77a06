import type { MissingIndexClaim, PlanClaim, PlanVerdict, ProposedIndex, SpareIndexClaim } from "../model/persistence/scans/planClaim.ts";
import type { Query } from "../model/persistence/scans/query.ts";
import { makeName } from "../model/schema/fold/defaultNames.ts";
import type { Index, IndexKey, Schema, Table } from "../model/schema/schema.ts";
import type { SqlParser } from "../syntax/sql/sql.ts";
import { isNeverSent } from "./advice/advice.ts";
import { candidatesFor } from "./advice/candidates.ts";
import { costOf, isWorth } from "./advice/choice.ts";
import { dearerWithout } from "./advice/dispensable.ts";
import { type Inventory, inventoryOf, type PlannedQuery, queriesBySchema, storedInventory } from "./inventory.ts";
import { nodesOf, type PlanNode } from "./plan.ts";
import type { Planner } from "./planner.ts";
import { mentions, type PlanSources, SchemaPlans } from "./schemaPlans.ts";
import type { Spread } from "./statistics/assumed.ts";
import { type Candidate, isUnavailable, type NoPlanner } from "./whatIf.ts";

/** A planner that had no answer so often will have none for the rest. */
const MOST_FAILURES = 2;

export interface Verdicts {
  readonly of: ReadonlyMap<PlanClaim, PlanVerdict>;
  /** Why the planner had no answer to some. */
  readonly unavailable: string | undefined;
  /** Why the statistics file counts for nothing, where it does for no schema. */
  readonly wrong: string | undefined;
}

/**
 * What the planner says to claims, whatever schema they are about. A claim at which the planner dies is open, and so are all others of its
 * schema once it has died twice. The parser must be loaded.
 */
export async function verdictsOf(
  planner: Planner,
  sources: PlanSources,
  claims: readonly PlanClaim[],
  parser: SqlParser,
): Promise<Verdicts> {
  const { model } = sources;
  const of = new Map<PlanClaim, PlanVerdict>();
  const bySchema = queriesBySchema(model);
  const wrong: (string | undefined)[] = [];
  let unavailable: string | undefined;
  for (const id of new Set(claims.map(({ schema }) => schema))) {
    const schema = model.schema.schema(id);
    if (schema === undefined) continue;
    const own = claims.filter((claim) => claim.schema === id);
    const [sent, stored] = [inventoryOf(bySchema.get(schema) ?? [], schema, sources, parser), storedInventory(schema, sources, parser)];
    const read = stored.queries.filter((query) => !isNeverSent(query));
    const all = { queries: [...sent.queries, ...read], untold: [...sent.untold, ...stored.untold] };
    const said = await verdictsOn(planner, schema, sources, all, own);
    wrong.push(said.wrong);
    unavailable ??= said.unavailable;
    for (const [claim, verdict] of said.of) of.set(claim, verdict);
  }
  return { of, unavailable, wrong: wrong.includes(undefined) ? undefined : wrong[0] };
}

/** `all` are the queries of the schema: they decide whether an index is spare. */
async function verdictsOn(
  planner: Planner,
  schema: Schema,
  sources: PlanSources,
  all: Inventory,
  claims: readonly PlanClaim[],
): Promise<Verdicts> {
  const plans = new SchemaPlans(planner, schema, sources, "usual");
  const failures: string[] = [];
  const typed = await withTypes(plans, all.queries);
  if (isUnavailable(typed)) failures.push(typed.unavailable);
  const queries = isUnavailable(typed) ? [] : typed;
  const judged = new Map<PlanClaim, Judged>();
  const judge = async (by: Judge, claim: PlanClaim, beside: readonly Candidate[]): Promise<Judged> => {
    const [first = "", second] = failures;
    if (second !== undefined && failures.length >= MOST_FAILURES) return { verdict: open(second), candidate: undefined };
    if (isUnavailable(typed)) return { verdict: open(first), candidate: undefined };
    const said = await by.judge(claim, beside);
    if (!isUnavailable(said)) return said;
    failures.push(said.unavailable);
    return { verdict: open(said.unavailable), candidate: undefined };
  };
  const asAssumed = new Judge(plans, queries, all.untold);
  for (const claim of claims) judged.set(claim, await judge(asAssumed, claim, []));
  // Of a join that lacks two indexes, each alone may be worth nothing.
  for (const claim of withdrawnOf(judged)) {
    const beside = new Map(
      [...judged].flatMap(([other, { candidate }]) =>
        candidate !== undefined && sharesQuery(claim, other) ? [[candidate.index.name, candidate] as const] : [],
      ),
    );
    if (beside.size > 0) judged.set(claim, await judge(asAssumed, claim, [...beside.values()]));
  }
  // What is withdrawn for a spread of values that nobody has said has to be worth nothing with another one, too.
  for (const [spread, why] of OTHERWISE) {
    const claimed = withdrawnOf(judged);
    if (claimed.length === 0) break;
    const otherwise = new Judge(new SchemaPlans(planner, schema, sources, spread), queries, all.untold);
    for (const claim of claimed) {
      const { verdict } = await judge(otherwise, claim, []);
      if (verdict.verdict === "confirmed") judged.set(claim, { verdict: open(why), candidate: undefined });
    }
  }
  return { of: new Map([...judged].map(([claim, { verdict }]) => [claim, verdict])), unavailable: failures[0], wrong: plans.wrong };
}

const FEW_VALUES = 20;

const OTHERWISE: readonly (readonly [spread: Spread, why: string])[] = [
  ["selective", "it depends on how many values the columns have, which nobody has said"],
  ["crowded", "it depends on how many rows there are for each that they refer to, which nobody has said"],
];

interface Judged {
  readonly verdict: PlanVerdict;
  /** The index that helps most, be it little. */
  readonly candidate: Candidate | undefined;
}

const withdrawnOf = (judged: ReadonlyMap<PlanClaim, Judged>): readonly MissingIndexClaim[] =>
  [...judged].flatMap(([claim, { verdict }]) => (claim.kind === "missingIndex" && verdict.verdict === "withdrawn" ? [claim] : []));

const sharesQuery = (claim: MissingIndexClaim, other: PlanClaim): boolean =>
  other.kind === "missingIndex" &&
  other.table !== claim.table &&
  other.queries.some((query) => claim.queries.some((one) => isSame(query, one)));

const open = (why: string): PlanVerdict => ({ verdict: "open", text: `not confirmed: ${why}`, sized: false, asProposed: true });

async function withTypes(plans: SchemaPlans, queries: readonly PlannedQuery[]): Promise<readonly PlannedQuery[] | NoPlanner> {
  const typed = await plans.whatIf.typed(queries);
  return isUnavailable(typed) ? typed : queries.map((query, i) => ({ ...query, ...typed[i] }));
}

class Judge {
  readonly #plans: SchemaPlans;
  readonly #queries: readonly PlannedQuery[];
  readonly #untold: Inventory["untold"];

  constructor(plans: SchemaPlans, queries: readonly PlannedQuery[], untold: Inventory["untold"]) {
    this.#plans = plans;
    this.#queries = queries;
    this.#untold = untold;
  }

  /** `beside` are indexes that are there besides. */
  async judge(claim: PlanClaim, beside: readonly Candidate[]): Promise<Judged | NoPlanner> {
    const table = this.#plans.schema.tables.get(claim.table);
    if (table === undefined) return { verdict: open(`${claim.table} is no table that is known`), candidate: undefined };
    if (claim.kind === "missingIndex") return this.#missing(claim, table, beside);
    const verdict = await this.#spare(claim, table);
    return isUnavailable(verdict) ? verdict : { verdict, candidate: undefined };
  }

  async #missing(claim: MissingIndexClaim, table: Table, beside: readonly Candidate[]): Promise<Judged | NoPlanner> {
    const queries = claim.queries.flatMap(
      (query) => this.#queries.find((planned) => planned.counts !== true && isSame(planned.query, query)) ?? [],
    );
    if (queries.length === 0) return { verdict: open(this.#whyUntold(claim)), candidate: undefined };
    const proposed = claim.index === undefined ? undefined : candidateOf(claim.index, table);
    const others = candidatesFor(
      queries.flatMap(({ scans }) => scans.filter((scan) => scan.table === table)),
      this.#plans.statistics,
    ).filter(({ index }) => proposed === undefined || shapeOf(index) !== shapeOf(proposed.index));
    const candidates = [...(proposed === undefined ? [] : [proposed]), ...others];
    const there = beside.map(({ index }) => index.name);
    const shown = [there, ...candidates.map(({ index }) => [...there, index.name])];
    const answers = await this.#plans.whatIf.plan(
      queries.flatMap(({ sql }) => shown.map((names) => ({ sql, with: names, without: [] }))),
      [...beside, ...candidates],
    );
    if (isUnavailable(answers)) return answers;
    const found: Outcome[] = [];
    let why: string | undefined;
    for (const [i, query] of queries.entries()) {
      const [base, ...after] = answers.slice(i * shown.length, (i + 1) * shown.length);
      const before = costOf(base);
      if (before === undefined) {
        why ??= `PostgreSQL does not plan it: ${base?.ok === false ? base.why : "there is no answer"}`;
        continue;
      }
      const skipped = base?.ok === true ? skippedIndex(base.plan, table) : undefined;
      found.push({ query, candidate: undefined, before, after: before, skipped });
      for (const [at, candidate] of candidates.entries()) {
        const cost = costOf(after[at]);
        if (cost !== undefined) found.push({ query, candidate, before, after: cost, skipped });
      }
    }
    return found.length === 0 ? { verdict: open(why ?? "there is no plan"), candidate: undefined } : this.#said(found, proposed, table);
  }

  #said(found: readonly Outcome[], proposed: Candidate | undefined, table: Table): Judged {
    const at = this.#sizeOf(table);
    const worth = found.filter(
      ({ query, candidate, before, after }) => candidate !== undefined && isWorth(before, after, candidate, query),
    );
    const best = most(worth.filter(({ candidate }) => proposed === undefined || candidate === proposed)) ?? most(worth);
    if (best !== undefined) {
      const asProposed = proposed === undefined || best.candidate === proposed;
      const by = asProposed ? "" : ` with an index on ${keysOf(best.candidate?.index)} instead`;
      const text = `the planner confirms: cost ${cost(best.before)} → ${cost(best.after)}${at.text}${by}`;
      return { verdict: { verdict: "confirmed", text, sized: at.sized, asProposed }, candidate: best.candidate };
    }
    // Of what an unknown value leaves of a range PostgreSQL takes a third: that proves nothing either way.
    const range = found.flatMap(
      ({ query, candidate }) => candidate?.index.keys.filter(({ column }) => isRange(query, table, column)) ?? [],
    )[0];
    if (range !== undefined)
      return { verdict: open(`nobody knows how many rows the range on ${range.column} leaves`), candidate: undefined };
    // Of the rare ones of few values an index finds few rows, of the others most.
    const listed = found.flatMap(({ query }) => listedOf(query, table)).find((column) => this.#hasFewValues(table, column));
    if (listed !== undefined)
      return { verdict: open(`nobody knows how many rows have one of the values of ${listed}`), candidate: undefined };
    const skipped = found.find((one) => one.skipped !== undefined)?.skipped;
    if (skipped !== undefined)
      return { verdict: open(`PostgreSQL 18 skips through ${skipped}, which older versions read as a whole`), candidate: undefined };
    // Who adds rows tells that they are few, and not how many.
    const few = this.#plans.statistics.tables.get(table.key)?.because;
    if (few !== undefined) return { verdict: open(`no index makes it much cheaper${at.text}`), candidate: undefined };
    const least = most(found) as Outcome;
    const text =
      least.after < least.before
        ? `withdrawn: cost ${cost(least.before)} → ${cost(least.after)}${at.text} at best`
        : `withdrawn: no index makes it cheaper than ${cost(least.before)}${at.text}`;
    return { verdict: { verdict: "withdrawn", text, sized: at.sized, asProposed: true }, candidate: least.candidate };
  }

  #hasFewValues(table: Table, column: string): boolean {
    const distinct = this.#plans.statistics.tables.get(table.key)?.columns.get(column)?.distinct ?? -1;
    return distinct > 0 && distinct <= FEW_VALUES;
  }

  async #spare(claim: SpareIndexClaim, table: Table): Promise<PlanVerdict | NoPlanner> {
    const index = table.indexes.find(({ name }) => name === claim.index);
    if (index === undefined) return open(`${claim.index} is no index that is known`);
    // Of the rare one of two values an index finds few rows, of the other most.
    if (claim.by === undefined && !this.#plans.knowsSpread(table, index))
      return open(`nobody has said how many rows have each value of ${index.keys[0]?.column ?? "its key"}`);
    const unplanned = claim.queries.find((query) => !this.#queries.some((planned) => isSame(planned.query, query)));
    if (unplanned !== undefined) return open(`${unplanned.method}, which may read it, could not be planned`);
    const readers = [...this.#plans.readersOf(table)];
    const queries = this.#queries.filter(
      ({ scans, sql }) => scans.some((scan) => scan.table === table) || readers.some((name) => mentions(sql, name)),
    );
    const dearer = await dearerWithout(this.#plans.whatIf, [index], queries);
    if (isUnavailable(dearer)) return dearer;
    const at = this.#sizeOf(table);
    const [{ planned, worse } = { planned: 0, worse: [] }] = dearer;
    const [most] = [...worse].sort((a, b) => b.after - b.before - (a.after - a.before));
    if (most !== undefined) {
      const text = `withdrawn: ${most.name} costs ${cost(most.before)} → ${cost(most.after)} without it${at.text}`;
      return { verdict: "withdrawn", text, sized: at.sized, asProposed: true };
    }
    if (planned === 0) return open(`no query on ${table.name} could be planned`);
    const text = `the planner confirms: none of ${planned} ${planned === 1 ? "query" : "queries"} on ${table.name} is dearer without it${at.text}`;
    return { verdict: "confirmed", text, sized: at.sized, asProposed: true };
  }

  #sizeOf(table: Table): { readonly text: string; readonly sized: boolean } {
    const known = this.#plans.statistics.tables.get(table.key);
    if (known === undefined) return { text: "", sized: false };
    const rows = known.rows.toLocaleString("en", { maximumFractionDigits: 0 });
    const why = known.because === undefined ? "" : ` (${known.because})`;
    return { text: ` at ${known.assumed ? "an assumed " : ""}${rows} rows${why}`, sized: !known.assumed };
  }

  #whyUntold({ queries }: MissingIndexClaim): string {
    const [query] = queries;
    const simple = query === undefined ? "" : `${query.repository.slice(query.repository.lastIndexOf(".") + 1)}.${query.method}`;
    return this.#untold.find(({ name }) => name === simple)?.why ?? "its query could not be planned";
  }
}

interface Outcome {
  readonly query: PlannedQuery;
  /** Undefined: as it is. */
  readonly candidate: Candidate | undefined;
  readonly before: number;
  readonly after: number;
  /** The index that the plan as it is reads in skips. */
  readonly skipped: string | undefined;
}

/**
 * The index of which a plan looks up a later column by each value of the first one: PostgreSQL 18 can, older versions read all of it.
 * https://www.postgresql.org/docs/18/indexes-multicolumn.html
 */
function skippedIndex(plan: PlanNode, table: Table): string | undefined {
  return nodesOf(plan).flatMap(({ index: name, details }) => {
    const first = table.indexes.find((index) => index.name === name)?.keys[0]?.column;
    const condition = details.find(({ label }) => label === "Index Cond")?.text;
    const isSkipped = first !== undefined && condition !== undefined && !new RegExp(`\\b${first}\\b`, "i").test(condition);
    return isSkipped && name !== undefined ? [name] : [];
  })[0];
}

function most(found: readonly Outcome[]): Outcome | undefined {
  const gain = ({ before, after }: Outcome): number => before - after;
  return found.reduce<Outcome | undefined>((best, one) => (best === undefined || gain(one) > gain(best) ? one : best), undefined);
}

const isRange = ({ scans }: PlannedQuery, table: Table, column: string | undefined): boolean =>
  column !== undefined && scans.some((scan) => scan.table === table && scan.ranges.includes(column));

/** The columns of which a list of values is asked for. */
const listedOf = ({ scans }: PlannedQuery, table: Table): readonly string[] =>
  scans.flatMap((scan) => (scan.table === table ? [...scan.lists.values()] : []));

const isSame = (a: Query | undefined, b: Query): boolean =>
  a !== undefined && a.at.file === b.at.file && a.at.start === b.at.start && a.method === b.method && a.repository === b.repository;

function candidateOf({ keys, method, opclass, where, directions }: ProposedIndex, table: Table): Candidate {
  const made = keys.map((key): IndexKey => {
    const isColumn = table.columns.has(key);
    return {
      column: isColumn ? key : undefined,
      expression: isColumn ? undefined : key,
      ...(directions?.[key] ?? { descending: false, nullsFirst: false }),
      opclass,
      collation: undefined,
    };
  });
  const index: Index = {
    name: makeName("pa_proposed", table.name, ""),
    keys: made,
    unique: false,
    method,
    predicate: where,
    include: [],
    nullsNotDistinct: false,
    constraint: undefined,
    at: table.at,
  };
  return { table, index };
}

const shapeOf = ({ keys, method, predicate, include }: Index): string => JSON.stringify([keys, method, predicate, include]);

function keysOf(index: Index | undefined): string {
  const keys = index?.keys.map(({ column, expression, descending }) => `${column ?? expression}${descending ? " DESC" : ""}`) ?? [];
  const include = index === undefined || index.include.length === 0 ? "" : ` include (${index.include.join(", ")})`;
  const where = index?.predicate === undefined ? "" : ` where ${index.predicate}`;
  return `(${keys.join(", ")})${include}${where}`;
}

const cost = (value: number): string => value.toLocaleString("en", { maximumFractionDigits: value < 100 ? 1 : 0 });
