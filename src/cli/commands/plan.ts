import { readFileSync, statSync } from "node:fs";
import { relative, resolve } from "node:path";
import { workspaceOf } from "../../analysis/scan.ts";
import type { Workspace } from "../../analysis/workspace.ts";
import type { Model } from "../../model/model.ts";
import type { Query } from "../../model/persistence/query.ts";
import { redundancies } from "../../model/schema/coverage.ts";
import { isJudged, type Schema } from "../../model/schema/schema.ts";
import { type AdvisedQuery, advise, dispensable } from "../../planner/advice/advice.ts";
import { advisedQuery, assumptions } from "../../planner/advice/advisedQuery.ts";
import { viewStatements } from "../../planner/schema.ts";
import { assumedStatistics, withFile } from "../../planner/statistics/assumed.ts";
import { EXPORT_QUERY } from "../../planner/statistics/exported.ts";
import { readStatistics } from "../../planner/statistics/file.ts";
import type { Statistics } from "../../planner/statistics/statistics.ts";
import { isUnavailable, WhatIf } from "../../planner/whatIf.ts";
import { statisticsPathOf } from "../../project/settings.ts";
import type { SqlParser } from "../../syntax/sql.ts";
import { splitStatements } from "../../syntax/sqlSplitter.ts";
import { decodeText } from "../../text/encodings.ts";
import { similarNames } from "../../text/similar.ts";
import { EXIT, type ExitCode, type Shell, UsageError } from "../io.ts";
import { painter } from "../paint.ts";
import { type PlanReport, planJson, planReport, type Untold } from "../planReport.ts";
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
  readonly format: (typeof PLAN_FORMATS)[number];
}

/**
 * Plans one query, the statements of a file, or all queries of a project's repositories, as they are and with the indexes that would
 * help. 0 whether an index is advised or not; a planner that dies is an error.
 */
export async function plan(path: string, options: PlanOptions, shell: Shell): Promise<ExitCode> {
  const { io } = shell;
  if (options.exportQuery === true) {
    io.out(`${EXPORT_QUERY};\n`);
    return EXIT.clean;
  }
  const session = await openSession([path], { ...options, rule: [] }, shell);
  const workspace = await workspaceOf(session, { rules: [], settings: session.project.settings, onRuleError: session.onRuleError });
  const { model } = workspace;
  if (options.migration !== undefined) return locks(options.migration, options.format, workspace, session, shell);
  const parser = session.parsers.sql;
  await parser.load();
  const wanted =
    options.sql === undefined ? repositoryQueries(model, options.query, parser) : fileQueries(options.sql, session, model, parser);
  if (wanted.schema === undefined) throw new UsageError("There is no PostgreSQL schema: no migrations that fold to tables were found");
  const statistics = statisticsFor(wanted.schema, model, options.statistics ?? configuredStatistics(session), io.cwd);
  const planner = shell.tool.createPlanner();
  try {
    const whatIf = new WhatIf(
      planner,
      wanted.schema,
      statistics,
      viewStatements(wanted.schema, (file) => decodeText(readFileSync(session.pathOf(file))).text),
    );
    const remarks = await whatIf.remarks();
    if (isUnavailable(remarks)) return unavailable(remarks.unavailable, shell);
    const advice = await advise(whatIf, wanted.queries);
    if (isUnavailable(advice)) return unavailable(advice.unavailable, shell);
    const redundant = options.query === undefined && options.sql === undefined ? await redundantIndexes(whatIf, wanted.queries) : [];
    if (isUnavailable(redundant)) return unavailable(redundant.unavailable, shell);
    const report: PlanReport = {
      ...advice,
      untold: wanted.untold,
      remarks: [...assumptions(advice, wanted.assumed, statistics), ...remarks],
      redundant,
    };
    io.out(
      options.format === "json"
        ? planJson(report)
        : planReport(report, painter(io.colours), options.query !== undefined || options.sql !== undefined),
    );
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

interface Wanted {
  readonly schema: Schema | undefined;
  readonly queries: readonly AdvisedQuery[];
  readonly untold: readonly Untold[];
  readonly assumed: readonly string[];
}

/** The queries of repositories; of several schemas, those on the one with most of them. */
function repositoryQueries(model: Model, name: string | undefined, parser: SqlParser): Wanted {
  const all = model.persistence
    .repositories()
    .flatMap((repository) =>
      model.persistence.queriesOf(repository.qualified).map((query) => ({ query, name: `${repository.name}.${query.method}` })),
    );
  const found = name === undefined ? all : all.filter((one) => one.name === name || `${one.query.repository}.${one.query.method}` === name);
  if (found.length === 0 && name !== undefined) {
    const near = similarNames(
      name,
      all.map((one) => one.name),
    );
    throw new UsageError(`There is no query ${name}.${near.length === 0 ? "" : ` Did you mean ${near.join(" or ")}?`}`);
  }
  const bySchema = new Map<Schema, { readonly query: Query; readonly name: string }[]>();
  for (const one of found) {
    const schema = model.schema.schemaFor(one.query.at.file);
    if (schema !== undefined && isJudged(schema.dialect) && !schema.test) bySchema.set(schema, [...(bySchema.get(schema) ?? []), one]);
  }
  const [most] = [...bySchema].sort((a, b) => b[1].length - a[1].length);
  if (most === undefined) return { schema: firstSchema(model), queries: [], untold: [], assumed: [] };
  const [schema, members] = most;
  const queries: AdvisedQuery[] = [];
  const untold: Untold[] = [];
  const assumed = new Set<string>();
  for (const { query, name: shown } of members) {
    const sql = model.persistence.sqlOf(query, schema);
    const read = sql.ok ? advisedQuery(shown, sql.sql, schema, parser) : sql;
    if ("why" in read) untold.push({ name: shown, why: read.why });
    else queries.push(read);
    if (sql.ok) for (const one of sql.assumed) assumed.add(one);
  }
  return { schema, queries, untold, assumed: [...assumed] };
}

/** The statements of a file, on the schema nearest to it. */
function fileQueries(file: string, { io }: Session, model: Model, parser: SqlParser): Wanted {
  const text = readText(resolve(io.cwd, file), "SQL file");
  const schema = model.schema.schemaFor(relative(io.cwd, resolve(io.cwd, file)).replaceAll("\\", "/")) ?? firstSchema(model);
  if (schema === undefined) return { schema, queries: [], untold: [], assumed: [] };
  const statements = splitStatements(text);
  const queries: AdvisedQuery[] = [];
  const untold: Untold[] = [];
  for (const [i, { start, end }] of statements.entries()) {
    const name = statements.length === 1 ? file : `${file} #${i + 1}`;
    const read = advisedQuery(name, text.slice(start, end), schema, parser);
    if ("why" in read) untold.push({ name, why: read.why });
    else queries.push(read);
  }
  if (statements.length === 0) throw new UsageError(`${file} holds no statement`);
  return { schema, queries, untold, assumed: [] };
}

const firstSchema = (model: Model): Schema | undefined =>
  model.schema.schemas().find(({ dialect, test, tables }) => isJudged(dialect) && !test && tables.size > 0);

/** The file that `performance.yaml` names; of several, the first. */
const configuredStatistics = ({ project }: Session): string | undefined =>
  project.settings.configurations.flatMap((configuration) => statisticsPathOf(configuration) ?? [])[0];

function statisticsFor(schema: Schema, model: Model, file: string | undefined, cwd: string): Statistics {
  const assumed = assumedStatistics(schema, ({ name }) => model.tableSizes.rowsOf(name));
  if (file === undefined) return assumed;
  const read = readStatistics(readText(resolve(cwd, file), "statistics file"));
  if (!read.ok)
    throw new UsageError(`${file} is no statistics file: ${read.why}. "performance-auditor plan --export-query" prints what to run`);
  const both = withFile(assumed, read.statistics, file);
  if (![...both.tables.values()].some((table) => [...read.statistics.tables.values()].includes(table)))
    throw new UsageError(`${file} knows none of the tables of the migrations`);
  return both;
}

function readText(path: string, what: string): string {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) throw new UsageError(`There is no ${what} ${path}`);
  return decodeText(readFileSync(path)).text;
}

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
