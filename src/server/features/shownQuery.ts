import type { Index } from "../../model/schema/schema.ts";
import type { Advice, AdvisedIndex, QueryPlans } from "../../planner/advice/advice.ts";
import type { AdvisedQuery } from "../../planner/advice/query.ts";
import type { PlanPanelState, QueryPlace, ShownIndex } from "../../planner/panelProtocol.ts";
import { shownPlans, type TitledPlan } from "../../planner/planTree.ts";
import type { Proof, Run } from "../../planner/proof/proof.ts";
import type { SchemaPlans } from "../../planner/schemaPlans.ts";
import { buildTime } from "../../planner/statistics/buildTime.ts";

/** What was advised, and what a person must know who reads it. */
interface Advised {
  readonly advice: Advice;
  readonly remarks: readonly string[];
}

/** Of a query without a plan. */
export function unplanned(title: string, sql: string | undefined, message: string): PlanPanelState {
  return { title, sql: sql?.trim(), message, plans: [], indexes: [], assumed: [], place: undefined };
}

/** The plan of a query as it is, and with the indexes that would help. `needed` are indexes that another query cannot do without. */
export function explained(
  title: string,
  place: QueryPlace,
  { sql }: AdvisedQuery,
  { advice, remarks }: Advised,
  needed: ReadonlyMap<Index, string>,
  plans: SchemaPlans,
): PlanPanelState {
  const [own] = advice.queries;
  const before = own?.before;
  const refused = before?.ok === false ? `PostgreSQL does not plan it: ${before.why}.` : undefined;
  return {
    title,
    sql: sql.trim(),
    message: refused ?? (advice.indexes.length === 0 ? "No index would halve its cost." : undefined),
    plans: own === undefined ? [] : shownPlans(titled(own)),
    indexes: refused === undefined ? advice.indexes.map((index) => shownIndex(index, needed, plans)) : [],
    assumed: [...wrongFile(plans), ...(own === undefined ? [] : commonValues(own)), ...remarks],
    place,
  };
}

/** What a query did on rows that were made for it. */
export function proved(
  title: string,
  { sql }: AdvisedQuery,
  proof: Proof,
  { advice, remarks }: Advised,
  plans: SchemaPlans,
): PlanPanelState {
  const { tables, values, before, after, caution } = proof;
  const runs =
    after === undefined
      ? [{ title: "Run", run: before }]
      : [
          { title: "Before", run: before },
          { title: "After", run: after },
        ];
  return {
    title,
    sql: sql.trim(),
    message: sentences(caution, after === undefined ? "No index would halve its cost." : undefined),
    plans: shownPlans(runs.map(({ title: side, run }) => ({ title: side, summary: runSummary(run), plan: run.plan }))),
    indexes: advice.indexes.map((index) => shownIndex(index, new Map(), plans)),
    assumed: [
      ...wrongFile(plans),
      ...tables.map(({ name, rows }) => `made: ${rows.toLocaleString("en")} rows in ${name}`),
      ...values.map((value) => `run with ${value}`),
      ...remarks,
    ],
    place: undefined,
  };
}

function sentences(...all: readonly (string | undefined)[]): string | undefined {
  const said = all.filter((sentence) => sentence !== undefined);
  return said.length === 0 ? undefined : said.join(" ");
}

function titled({ before, after }: QueryPlans): readonly TitledPlan[] {
  if (!before.ok) return [];
  const summary = (total: number): string => `cost ${cost(total)}`;
  const one = { summary: summary(before.plan.totalCost), plan: before.plan };
  if (!after.ok || after.plan.totalCost >= before.plan.totalCost) return [{ title: "Plan", ...one }];
  return [
    { title: "Before", ...one },
    { title: "After", summary: summary(after.plan.totalCost), plan: after.plan },
  ];
}

function shownIndex(advised: AdvisedIndex, needed: ReadonlyMap<Index, string>, { statistics }: SchemaPlans): ShownIndex {
  const { sql, table, index, bytes, replaces, remarks } = advised;
  const redundant = replaces.map((one) => {
    const by = needed.get(one);
    return by === undefined ? `${one.name} becomes redundant` : `it covers ${one.name}, but ${by} is planned dearer without that`;
  });
  const known = statistics.tables.get(table.key);
  const time = known === undefined ? undefined : buildTime(table, index, known, statistics);
  const size = `about ${megabytes(bytes)}${time === undefined ? "" : `, built in ${time} on one core`}`;
  return { sql, remarks: [size, ...redundant, ...remarks] };
}

function commonValues({ common }: QueryPlans): readonly string[] {
  if (common?.before.ok !== true || !common.after.ok) return [];
  return [`with ${common.values.join(" and ")}: cost ${cost(common.before.plan.totalCost)} → ${cost(common.after.plan.totalCost)}`];
}

const wrongFile = ({ wrong }: SchemaPlans): readonly string[] =>
  wrong === undefined ? [] : [`the statistics file counts for nothing: ${wrong}`];

const runSummary = ({ durationMs, buffers }: Run): string => `${durationMs.toFixed(2)} ms, ${buffers.toLocaleString("en")} pages read`;
const cost = (value: number): string => value.toLocaleString("en", { maximumFractionDigits: value < 100 ? 1 : 0 });
const megabytes = (bytes: number): string => `${Math.max(1, Math.round(bytes / 1024 ** 2)).toLocaleString("en")} MB`;
