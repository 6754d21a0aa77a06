import { relative, resolve } from "node:path";
import { workspaceOf } from "../../analysis/scan.ts";
import type { Workspace } from "../../analysis/workspace.ts";
import type { Model } from "../../model/model.ts";
import { redundancies } from "../../model/schema/coverage.ts";
import { isJudged, type Schema } from "../../model/schema/schema.ts";
import { type Advice, isNeverSent } from "../../planner/advice/advice.ts";
import { advisedQuery } from "../../planner/advice/advisedQuery.ts";
import { dispensable } from "../../planner/advice/dispensable.ts";
import type { AdvisedQuery } from "../../planner/advice/query.ts";
import {
  allQueries,
  inventoryOf,
  type NamedQuery,
  type PlannedQuery,
  queriesBySchema,
  sentElsewhere,
  storedInventory,
  type Untold,
} from "../../planner/inventory.ts";
import type { Planner } from "../../planner/planner.ts";
import { PROOF_ROWS, prove } from "../../planner/proof/proof.ts";
import { type PlanSources, SchemaPlans } from "../../planner/schemaPlans.ts";
import { EXPORT_QUERY } from "../../planner/statistics/exported.ts";
import { isUnavailable, type WhatIf } from "../../planner/whatIf.ts";
import type { SqlParser } from "../../syntax/sql/sql.ts";
import { splitStatements } from "../../syntax/sql/sqlSplitter.ts";
import { similarNames } from "../../text/similar.ts";
import { EXIT, type ExitCode, type Shell, UsageError } from "../io.ts";
import { painter } from "../paint.ts";
import { type PlanReport, planJson, planReport } from "../planReport.ts";
import { configuredStatistics, mustCount, planSources, readText, statisticsText, toldBy } from "../planSources.ts";
import { openSession, type Session } from "../session.ts";
import { migrationLocks } from "./planLocks.ts";

export const PLAN_FORMATS = ["text", "json"] as const;

export interface PlanOptions {
  readonly query?: string;
  readonly sql?: string;
  readonly migration?: string;
  readonly statistics?: string;
  readonly config?: string;
  readonly cache: boolean;
  readonly cacheLocation?: string;
  readonly exportQuery?: boolean;
  readonly prove: boolean;
  readonly rows?: number;
  readonly format: (typeof PLAN_FORMATS)[number];
}

/**
 * Plans one query, the statements of a file, or all queries of a project's repositories, as they are and with the indexes that would
 * help. 0 whether an index is advised or not; a planner that dies is an error.
 */
export async function plan(path: string, options: PlanOptions, shell: Shell, signal: AbortSignal): Promise<ExitCode> {
  const { io } = shell;
  if (options.exportQuery === true) {
    io.out(`${EXPORT_QUERY};\n`);
    return EXIT.clean;
  }
  if (options.prove && options.query === undefined && options.sql === undefined) throw new UsageError("--prove needs --query or --sql");
  const session = await openSession([path], { rule: [], ...options }, shell);
  const workspace = await workspaceOf(session, { rules: [], settings: session.project.settings, onRuleError: session.onRuleError });
  const { model } = workspace;
  const statistics = options.statistics === undefined ? configuredStatistics(session) : statisticsText(session, options.statistics);
  workspace.setStatistics(toldBy(statistics).statistics);
  if (options.migration !== undefined) return locks(options.migration, options.format, workspace, session, shell);
  const parser = session.parsers.sql;
  await parser.load();
  const sources = planSources(session, model, statisticsText(session, options.statistics));
  const wanted = options.sql === undefined ? codeQueries(sources, options.query, parser) : fileQueries(options.sql, session, model, parser);
  if (wanted.schema === undefined) throw new UsageError("There is no PostgreSQL schema: no migrations that fold to tables were found");
  const planner = shell.tool.createPlanner();
  try {
    const plans = new SchemaPlans(
      planner,
      wanted.schema,
      planSources(session, model, statisticsText(session, options.statistics)),
      "usual",
    );
    mustCount(plans.wrong);
    const advised = await plans.advise(
      wanted.queries,
      wanted.queries.flatMap(({ assumed }) => assumed),
    );
    if (isUnavailable(advised)) return unavailable(advised.unavailable, shell);
    const { advice, remarks } = advised;
    const whole = options.query !== undefined || options.sql !== undefined;
    const redundant = whole
      ? []
      : await redundantIndexes(
          plans.whatIf,
          wanted.queries.filter((query) => !isNeverSent(query)),
        );
    if (isUnavailable(redundant)) return unavailable(redundant.unavailable, shell);
    const proofs = options.prove ? await proofsOf(planner, plans, advice, options.rows ?? PROOF_ROWS, signal, io) : [];
    const report: PlanReport = { untold: wanted.untold, remarks, redundant, proofs, ...advice };
    io.out(options.format === "json" ? planJson(report) : planReport(report, painter(io.colours), whole));
    return EXIT.clean;
  } finally {
    await planner.close();
  }
}

async function locks(file: string, format: PlanOptions["format"], workspace: Workspace, session: Session, shell: Shell): Promise<ExitCode> {
  const planner = shell.tool.createPlanner();
  try {
    const report = await migrationLocks(file, format, workspace, session, planner);
    if (isUnavailable(report)) return unavailable(report.unavailable, shell);
    shell.io.out(report);
    return EXIT.clean;
  } finally {
    await planner.close();
  }
}

function unavailable(why: string, { io }: Shell): ExitCode {
  io.err(`performance-auditor: ${why}. What the rules find without it stays as it is, not confirmed by a plan.\n`);
  return EXIT.error;
}

/** One after the other: each makes its own rows. */
async function proofsOf(
  planner: Planner,
  plans: SchemaPlans,
  { queries, indexes }: Advice,
  rows: number,
  signal: AbortSignal,
  io: Shell["io"],
): Promise<PlanReport["proofs"]> {
  const proofs: PlanReport["proofs"][number][] = [];
  for (const { query } of queries) {
    const helping = indexes.filter((index) => index.queries.some(({ name }) => name === query.name));
    let tenths = -1;
    const progress = (done: number, all: number, what: string): void => {
      const now = Math.floor((10 * done) / all);
      if (now === tenths) return;
      tenths = now;
      io.err(`${query.name}: ${10 * now} % of the rows${what === "" ? "" : `, ${what}`}\n`);
    };
    proofs.push({ name: query.name, proven: await prove(planner, plans, query, helping, { rows, signal, progress }) });
  }
  return proofs;
}

interface Wanted {
  readonly schema: Schema | undefined;
  readonly queries: readonly (AdvisedQuery & Pick<PlannedQuery, "assumed">)[];
  readonly untold: readonly Untold[];
}

/** The queries of the code; of several schemas, those on the one with most of them. */
function codeQueries(sources: PlanSources, name: string | undefined, parser: SqlParser): Wanted {
  const { model } = sources;
  const isAsked = (one: NamedQuery): boolean =>
    name === undefined || one.name === name || `${one.query.repository}.${one.query.method}` === name;
  if (name !== undefined) {
    const all = allQueries(model);
    const near = similarNames(
      name,
      all.map((one) => one.name),
    );
    if (!all.some(isAsked))
      throw new UsageError(`There is no query ${name}.${near.length === 0 ? "" : ` Did you mean ${near.join(" or ")}?`}`);
  }
  const asked = [...queriesBySchema(model)].map(([schema, queries]) => ({ schema, queries: queries.filter(isAsked) }));
  const [most] = asked.sort((a, b) => b.queries.length - a.queries.length);
  if (most === undefined || most.queries.length === 0) return { schema: firstSchema(model), queries: [], untold: [] };
  const sent = inventoryOf(most.queries, most.schema, sources, parser);
  if (name !== undefined) return { schema: most.schema, ...sent };
  const stored = storedInventory(most.schema, sources, parser);
  const elsewhere = sentElsewhere(model, most.schema);
  return { schema: most.schema, queries: [...sent.queries, ...stored.queries], untold: [...sent.untold, ...stored.untold, ...elsewhere] };
}

/** The statements of a file, on the schema nearest to it. */
function fileQueries(file: string, { io }: Session, model: Model, parser: SqlParser): Wanted {
  const text = readText(resolve(io.cwd, file), "SQL file");
  const schema = model.schema.schemaFor(relative(io.cwd, resolve(io.cwd, file)).replaceAll("\\", "/")) ?? firstSchema(model);
  if (schema === undefined) return { schema, queries: [], untold: [] };
  const statements = splitStatements(text);
  const queries: Wanted["queries"][number][] = [];
  const untold: Untold[] = [];
  for (const [i, { start, end }] of statements.entries()) {
    const name = statements.length === 1 ? file : `${file} #${i + 1}`;
    const read = advisedQuery(name, text.slice(start, end), schema, parser);
    if ("why" in read) untold.push({ name, why: read.why });
    else queries.push({ assumed: [], ...read });
  }
  if (statements.length === 0) throw new UsageError(`${file} holds no statement`);
  return { schema, queries, untold };
}

const firstSchema = (model: Model): Schema | undefined =>
  model.schema.schemas().find(({ dialect, test, tables }) => isJudged(dialect) && !test && tables.size > 0);

/** Existing indexes whose work another does, as far as no query is planned dearer without them. */
async function redundantIndexes(whatIf: WhatIf, queries: readonly AdvisedQuery[]) {
  const pairs = [...whatIf.schema.tables.values()].flatMap((table) => redundancies(table).map((redundancy) => ({ table, ...redundancy })));
  const confirmed = await dispensable(
    whatIf,
    pairs.map(({ index }) => index),
    queries,
  );
  if (isUnavailable(confirmed)) return confirmed;
  return pairs.map(({ table, index, by }) => ({ table: table.name, index: index.name, by: by.name, confirmed: confirmed.includes(index) }));
}
