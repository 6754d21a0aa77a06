import type { Advice, AdvisedIndex, QueryPlans } from "../planner/advice/advice.ts";
import type { Untold } from "../planner/inventory.ts";
import { planText } from "../planner/plan.ts";
import type { Proven, Run } from "../planner/proof/proof.ts";
import type { Planned } from "../planner/whatIf.ts";
import type { Paint } from "../report/text.ts";

export interface PlanReport extends Advice {
  readonly untold: readonly Untold[];
  /** What was assumed, and what of the schema is planned otherwise than it is. */
  readonly remarks: readonly string[];
  /** Of queries that were run on rows. */
  readonly proofs: readonly { readonly name: string; readonly proven: Proven }[];
  readonly redundant: readonly { readonly table: string; readonly index: string; readonly by: string; readonly confirmed: boolean }[];
}

/** For people: the plans of what was asked for, then the indexes; `whole` prints the plans of queries that nothing changes, too. */
export function planReport(report: PlanReport, paint: Paint, whole: boolean): string {
  const shown = whole
    ? report.queries
    : report.queries.filter(({ before, after }) => before.ok && after.ok && after.plan.totalCost < before.plan.totalCost);
  const failed = report.queries.flatMap(({ query, before }) => (before.ok ? [] : [{ name: query.name, why: before.why }]));
  const planned = report.queries.length - failed.length;
  return [
    ...shown.flatMap((plans) => [...plansOf(plans, paint), ""]),
    paint("bold", "Indexes"),
    ...(report.indexes.length === 0
      ? ["  none that would halve the cost of a query"]
      : report.indexes.flatMap((index) => indexLines(index, paint))),
    ...section(
      "Redundant",
      report.redundant.map(
        ({ table, index, by, confirmed }) =>
          `${index} on ${table}: ${by} does its work${confirmed ? ", no query is planned dearer without it" : ", but a query is planned dearer without it"}`,
      ),
      paint,
    ),
    ...section("On rows", report.proofs.flatMap(proofLines), paint),
    ...section("Not planned", grouped([...report.untold, ...failed]), paint),
    ...section("Assumed", report.remarks, paint),
    "",
    `${planned} ${planned === 1 ? "query" : "queries"} planned, ${report.untold.length + failed.length} not, ${report.indexes.length} ${report.indexes.length === 1 ? "index" : "indexes"} advised`,
    "",
  ].join("\n");
}

export function planJson({ queries, indexes, untold, remarks, redundant, proofs }: PlanReport): string {
  const side = (planned: Planned) => (planned.ok ? { cost: planned.plan.totalCost, plan: planned.plan } : { error: planned.why });
  const report = {
    version: 1,
    queries: queries.map(({ query, before, after, common }) => ({
      name: query.name,
      sql: query.sql,
      before: side(before),
      after: side(after),
      ...(common === undefined ? {} : { common: { values: common.values, before: side(common.before), after: side(common.after) } }),
    })),
    indexes: indexes.map(({ table, index, sql, bytes, queries: helped, replaces, remarks: price }) => ({
      table: table.name,
      name: index.name,
      sql,
      bytes,
      queries: helped,
      replaces: replaces.map(({ name }) => name),
      remarks: price,
    })),
    redundant,
    ...(proofs.length === 0
      ? {}
      : { proofs: proofs.map(({ name, proven }) => ({ name, ...(proven.ok ? proven.proof : { error: proven.why }) })) }),
    untold,
    assumed: remarks,
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function plansOf({ query, before, after, common }: QueryPlans, paint: Paint): readonly string[] {
  const sql = indented(query.sql.replace(/\s+/g, " ").trim());
  if (!before.ok) return [paint("bold", query.name), paint("dim", sql), `  not planned: ${before.why}`];
  const same = !after.ok || after.plan.totalCost >= before.plan.totalCost;
  return [
    paint("bold", query.name),
    paint("dim", sql),
    `  ${same ? "as it is" : "before"}`,
    indented(planText(before.plan).trimEnd(), "    "),
    ...(same ? [] : ["  after", indented(planText(after.plan).trimEnd(), "    ")]),
    ...(common?.before.ok === true && common.after.ok
      ? [`  with ${common.values.join(" and ")}: ${cost(common.before.plan.totalCost)} → ${cost(common.after.plan.totalCost)}`]
      : []),
  ];
}

function proofLines({ name, proven }: PlanReport["proofs"][number]): readonly string[] {
  if (!proven.ok) return [`${name}: not run: ${proven.why}`];
  const { tables, values, before, after, caution } = proven.proof;
  const rows = tables.map((table) => `${table.rows.toLocaleString("en")} in ${table.name}`).join(", ");
  const shown = ({ durationMs, buffers }: Run): string => `${durationMs.toFixed(2)} ms, ${buffers.toLocaleString("en")} pages`;
  return [
    `${name}: ${after === undefined ? shown(before) : `${shown(before)} → ${shown(after)}`}`,
    `  made rows: ${rows}${values.length === 0 ? "" : `; ${values.join(", ")}`}`,
    ...(caution === undefined ? [] : [`  ${caution}`]),
    indented(planText(before.plan).trimEnd(), "    "),
    ...(after === undefined ? [] : ["  with the index", indented(planText(after.plan).trimEnd(), "    ")]),
  ].flatMap((text) => text.split("\n"));
}

function indexLines({ sql, bytes, queries, replaces, remarks }: AdvisedIndex, paint: Paint): readonly string[] {
  const best = queries.slice().sort((a, b) => b.before / b.after - a.before / a.after);
  const helped = best.slice(0, MOST_QUERIES).map(({ name, before, after }) => `    ${name}: ${cost(before)} → ${cost(after)}`);
  return [
    `  ${paint("green", sql)}`,
    `    about ${size(bytes)}; equal keys are stored once, which makes it smaller`,
    ...helped,
    ...(best.length > MOST_QUERIES ? [`    and ${best.length - MOST_QUERIES} more queries`] : []),
    ...replaces.map(({ name }) => `    ${name} becomes redundant`),
    ...remarks.map((remark) => `    ${remark}`),
  ];
}

const MOST_QUERIES = 5;

function grouped(untold: readonly Untold[]): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const { name, why } of untold) byReason.set(why, [...(byReason.get(why) ?? []), name]);
  return [...byReason].map(
    ([why, names]) =>
      `${names.slice(0, MOST_QUERIES).join(", ")}${names.length > MOST_QUERIES ? ` and ${names.length - MOST_QUERIES} more` : ""}: ${why}`,
  );
}

const section = (title: string, lines: readonly string[], paint: Paint): readonly string[] =>
  lines.length === 0 ? [] : ["", paint("bold", title), ...lines.map((line) => `  ${line}`)];

const indented = (text: string, by = "  "): string => text.replace(/^/gm, by);

const cost = (value: number): string => value.toLocaleString("en", { maximumFractionDigits: value < 100 ? 1 : 0 });

const size = (bytes: number): string =>
  bytes >= 1024 ** 2 ? `${Math.round(bytes / 1024 ** 2)} MB` : `${Math.max(8, Math.round(bytes / 1024))} KB`;
